"""Bounds, samples and suggestions of texts, numbers and dates, at their limits."""

import datetime as dt
import math
from decimal import Decimal
from enum import StrEnum
from typing import Self

import pytest

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus.model import text_number_and_date_types
from tulevaisuus.model.codelists import EnumMember
from tulevaisuus.model.day_or_period_type import DayOrPeriod
from tulevaisuus.model.field_type_base import Scalar
from tulevaisuus.model.money_and_percent_types import Money, SignedMoney, nearest_cents
from tulevaisuus.model.name_search import suggest_keys
from tulevaisuus.model.text_number_and_date_types import (
    Boolean,
    Date,
    Identifier,
    NonBlankText,
    Ref,
    WholeNumber,
    is_iso_date,
    remembered,
)


@pytest.mark.parametrize(
    "text",
    [
        *("2021/12/31", "2021~12~31", "2021.12.31", "2021-12~31", "20211-2-31", "2021-123-1"),
        *("2021-12-3", "2021-12-311", "2021-12-31\n", " 2021-12-31", "21-12-31", ""),
        *("202a-12-31", "2021-a1-31", "2021-1a-31", "2021-12-a1", "2021-12-3a"),
    ],
)
def test_only_one_form_of_a_date_is_iso(text: str) -> None:
    """Ten characters, with hyphens, which begin with the year."""
    assert is_iso_date("2021-12-31")
    assert not is_iso_date(text)


def test_samples_of_dates_are_bounds_of_years() -> None:
    """The first day of the first year of calls, and the last day of the last."""
    assert Date().samples() == (dt.date(2021, 1, 1), dt.date(2023, 12, 31))


def test_samples_of_amounts_have_cents_and_both_signs() -> None:
    """Generated tests try a whole amount first; only a ledger has negative ones."""
    assert Money().samples() == (Decimal(100_000), Decimal("1250.50"))
    assert SignedMoney().samples() == (Decimal("1250.50"), Decimal(-100))


FAST_VALUES: list[tuple[Scalar, list[object], list[object]]] = [
    (
        Money(),
        [1, 10**12 - 1, Decimal("0.1"), Decimal("0.01"), Decimal("999999999999.9")],
        [0, -1, 10**12, True, Decimal("0.0"), Decimal("-0.5"), Decimal("1000000000000.0"), "1"],
    ),
    (Money(allows_zero=True), [0, 1, Decimal("0.5")], [-1, 10**12, Decimal("-0.01"), False]),
    (WholeNumber(), [0, 1, 10**12 - 1], [-1, 10**12, False, 1.0]),
    (WholeNumber(1), [1, 2], [0, 10**12]),
    (Identifier(), ["x", "x" * 200, "a b"], ["", "x" * 201, " x", "x ", "a\n"]),
    (Ref("grants"), ["x", "x" * 200], ["", "x" * 201, " x", 5]),
    (NonBlankText(), ["x", " x "], ["", " ", "a\n"]),
    (Boolean(), [True, False], [0, 1, None]),
    (Date(), ["2021-12-31", dt.date(2021, 12, 31)], [5, None]),
]


@pytest.mark.parametrize(
    ("field_type", "fast", "slow"), FAST_VALUES, ids=[repr(each) for each, *_ in FAST_VALUES]
)
def test_generated_readers_take_all_usual_values(
    field_type: Scalar, fast: list[object], slow: list[object]
) -> None:
    """Valid values are read by the generated code; all others go to the full check."""
    names: dict[str, object] = {}

    def bind(value: object) -> str:
        """Give an object a name in the generated code."""
        names[f"n{len(names)}"] = value
        return f"n{len(names) - 1}"

    paths = field_type.fast_read(bind)

    def is_read(value: object) -> bool:
        """Return whether a fast path takes the value; then it reads the same as the full check."""
        for path in paths:
            if eval(path.condition, names, {"v": value}):  # noqa: S307 - our own source text
                read = eval(path.value, names, {"v": value})  # noqa: S307
                assert read == field_type.read(value)
                return True
        return False

    assert [each for each in fast if not is_read(each)] == []
    assert [each for each in slow if is_read(each)] == []


@pytest.mark.parametrize("text", ["x", "ab", "x" * 199, "x" * 200])
def test_usual_ids_need_no_pattern(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly all ids are printable and short, and patterns take longer."""
    monkeypatch.setattr(text_number_and_date_types, "_compiled", None)
    assert Identifier().validate(text) == text
    assert NonBlankText().validate(text) == text
    with pytest.raises(TypeError):
        Identifier().validate("x" * 201)


@pytest.mark.parametrize(("minimum", "number"), [(0, -1), (1, 0), (0, 10**12), (1, 10**12 + 1)])
def test_whole_numbers_have_two_bounds(minimum: int, number: int) -> None:
    """A number is at least the minimum, and below a trillion."""
    assert rejected(WholeNumber(minimum).validate, number) == ["TSK006"]
    assert WholeNumber(minimum).validate(10**12 - 1) == 10**12 - 1


def test_a_bounded_number_of_values_is_remembered() -> None:
    """Ten thousand values: a file with very many different ids does not fill the memory."""
    asked: list[object] = []
    same = remembered(asked.append)
    for number in range(10_001):
        same(number)
    for number in (1, 10_000, 0):
        same(number)
    assert asked == [*range(10_001), 0]


def test_samples_of_dates_or_periods_have_one_of_each() -> None:
    """The last day of a year, and a period around it that has whole months."""
    day, period = DayOrPeriod().samples()
    assert day == dt.date(2021, 12, 31)
    assert period == tul.Period.parse("2021-12-01/2022-01-31")


@pytest.mark.parametrize("minimum", [0, 1, 2])
def test_samples_of_whole_numbers_begin_at_the_minimum(minimum: int) -> None:
    """Errors are most likely at the two smallest numbers."""
    assert WholeNumber(minimum).samples() == (minimum, minimum + 1)


def test_period_of_one_day_equals_the_date() -> None:
    """Equal costs are equal values, however the day was written."""
    assert DayOrPeriod().read("2021-12-31/2021-12-31") == dt.date(2021, 12, 31)
    two_days = DayOrPeriod().read("2021-12-30/2021-12-31")
    assert two_days == tul.Period(dt.date(2021, 12, 30), dt.date(2021, 12, 31))


def test_rounding_error_of_a_float_is_bounded() -> None:
    """A difference of up to 64 units in the last place is a rounding error."""
    noise = Decimal(math.ulp(1.0))
    assert nearest_cents(1 + 64 * noise) == 1
    assert nearest_cents(1 - 64 * noise) == 1
    assert nearest_cents(1 + 65 * noise) is None


@pytest.mark.parametrize(
    "amount", ["1.5", "1.50", "1.500", "0.004", "0.0000000001", "1e12", "1e13", "1e80", "-1e80"]
)
def test_other_floats_have_no_suggestion(amount: str) -> None:
    """Exact cents, less than a cent, and amounts above the limit are not rounding errors."""
    assert nearest_cents(Decimal(amount)) is None


class _Labelled(StrEnum):
    """A code list with labels in one language."""

    _label: str

    def __new__(cls, code: str, label: str) -> Self:
        made = str.__new__(cls, code)
        made._value_ = code
        made._label = label
        return made

    @property
    def label(self) -> tul.Text:
        return tul.Text(self._label)


class Work(_Labelled):
    """Codes whose labels are compounds."""

    ONE = "w1", "zzabcdefghuuu"
    TWO = "w2", "zqabcdefghvvv"
    THREE = "w3", "zyabcdefghkkk"
    FOUR = "w4", "ziabcdefghmmm"
    SHORT = "w5", "nnnnopqrsnnnn"
    LONG = "w6", "xfoxtrotx xechoyx xdeltax xcharliex xbravox xalphax"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("abcdefghxyz", ("w1", "w2", "w3")),
        ("abcdefgwxyz", ()),
        ("opqrs", ("w5",)),
        ("opqr", ()),
        ("alpha bravo charlie delta echoy foxtrot", ("w6",)),
        ("alpha bravo charlie delta echoy foxtrot golfz", ("w6",)),
        ("alpha bravo charlie delta echoy golfz", ()),
    ],
)
def test_part_of_a_compound_suggests_its_codes(text: str, codes: tuple[str, ...]) -> None:
    """All but the last three letters, five at least, of up to six words; three codes at most."""
    with pytest.raises(tul.InvalidValueError) as error:
        EnumMember(Work).validate(text)
    (finding,) = error.value.findings
    assert dict(finding.params).get("suggestions", ()) == codes


def _bodies(*ids: str) -> "tul.Register[tul.Body]":
    return tul.Register(tul.Body(id=each, name=tul.Text(f"nimi {each}")) for each in ids)


@pytest.mark.parametrize("key", [True, 10**9, 10**10, -(10**9), 1.5, 1e9, float("inf")])
def test_other_values_suggest_no_code(key: object) -> None:
    """Booleans, and numbers that no code has, have no suggestion."""
    bodies = _bodies("1", "1000000000", "10000000000", "15")
    with pytest.raises(tul.UnknownCodeError) as caught:
        bodies[key]  # type: ignore[index]  # pyright: ignore[reportArgumentType]
    assert caught.value.suggestions == ()


@pytest.mark.parametrize("key", [999_999_999, 999_999_999.0])
def test_code_that_became_a_number_is_suggested(key: object) -> None:
    """A spreadsheet turns a code into a number, a data frame into a float."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        _bodies("999999999", "1")[key]  # type: ignore[index]  # pyright: ignore[reportArgumentType]
    assert caught.value.suggestions == ("999999999",)


@pytest.mark.parametrize(
    ("count", "others"), [(2, None), (10, None), (11, "or 1 others"), (13, "or 3 others")]
)
def test_ambiguous_name_lists_ten(count: int, others: str | None) -> None:
    """The first ten are listed, and the others are counted."""
    organisations = tul.Register(
        tul.Body(id=f"b{number:02}", name=tul.Text("sama")) for number in range(count)
    )
    with pytest.raises(tul.AmbiguousNameError) as caught:
        organisations.find("sama")
    assert len(caught.value.suggestions) == min(count, 10)
    assert str(caught.value).count(" (sama)") == min(count, 10)
    assert (others or "others") in str(caught.value) or others is None
    assert ("others" in str(caught.value)) is (others is not None)


def test_pairs_are_suggested_for_pairs_only() -> None:
    """A plain key has plain keys as suggestions, and a pair has pairs."""
    with pytest.raises(tul.UnknownCodeError) as pair:
        tul.goal_links[1, "digitall"]
    assert pair.value.suggestions
    with pytest.raises(tul.UnknownCodeError) as text:
        tul.goal_links["1 digital"]
    assert text.value.suggestions == ()
    with pytest.raises(tul.UnknownCodeError) as code:
        tul.regions["5"]
    assert code.value.suggestions == ("05",)
    assert suggest_keys("Turku", tul.municipalities) == ("853",)
    with pytest.raises(tul.UnknownCodeError) as other:
        tul.regions["0", "5"]
    assert other.value.suggestions == ()
