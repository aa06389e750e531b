"""`Amount`: exact and approximate euros, sums, differences and comparisons."""

import copy
import decimal
import operator
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import pytest

import tulevaisuus as tul
from tulevaisuus import Amount, Precision

ROUNDED = Amount(5_450_000, 5_550_000)
UNKNOWN = Amount()


def test_bounds_are_normalised() -> None:
    """Equal amounts have the same hash and text, however their bounds were written."""
    written = [
        Amount(Decimal("1.50"), 20),
        Amount(Decimal("1.5"), Decimal("2E1")),
        Amount(Decimal("1.500"), Decimal("20.00")),
    ]
    assert len(set(written)) == 1
    assert {repr(each) for each in written} == {"Amount(Decimal('1.5'), 20)"}
    assert {str(each) for each in written} == {"1.5/20 EUR"}


@pytest.mark.parametrize("amount", [UNKNOWN, ROUNDED, Amount(0), Amount(None, Decimal("0.5"))])
def test_repr_can_be_evaluated(amount: Amount) -> None:
    """The representation evaluates to an equal amount; copies and pickles are equal, too."""
    assert eval(repr(amount), {"Amount": Amount, "Decimal": Decimal}) == amount  # noqa: S307
    assert copy.copy(amount) is amount
    assert copy.deepcopy(amount) is amount
    assert pickle.loads(pickle.dumps(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Amount(100, 200), "100/200 EUR"),
        (Amount(100, 100), "100 EUR"),
        (Amount(100), "100/.. EUR"),
        (Amount(None, Decimal("0.5")), "../0.5 EUR"),
        (UNKNOWN, "../.. EUR"),
    ],
)
def test_str_shows_both_bounds(amount: Amount, text: str) -> None:
    """An open side is two dots, as in a period."""
    assert str(amount) == text


@pytest.mark.parametrize(
    "value",
    [True, 1.5, "5", float("nan")],
)
def test_other_types_are_rejected(value: object) -> None:
    """A bool, a float or a text is rejected, and the finding names the bound."""
    with pytest.raises(tul.InvalidValueError) as caught:
        Amount(0, value)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    assert [(each.code, each.path) for each in caught.value.findings] == [("TSK002", "/most")]


@pytest.mark.parametrize(
    "value",
    [
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1e999999"),
        Decimal("1e-7"),
        10**30,
        -(10**30),
        pytest.param(10**5000, id="many digits"),
        Decimal(10) ** 30,
    ],
)
def test_invalid_numbers_are_rejected(value: Decimal | int) -> None:
    """Infinite, too large and too precise numbers are rejected, and quickly."""
    with pytest.raises(tul.InvalidValueError) as caught:
        Amount(value, Decimal("NaN"))
    found = [(each.code, each.path) for each in caught.value.findings]
    assert found == [("TSK006", "/least"), ("TSK006", "/most")]


def test_widest_bounds_are_accepted() -> None:
    """One below the limit, and six decimals, are valid."""
    assert Amount(10**30 - 1).least == Decimal(10**30 - 1)
    assert Amount(Decimal("0.000001")).least == Decimal("0.000001")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_bounds_in_the_wrong_order_are_rejected(language: str) -> None:
    """The finding is at the upper bound and names the lower one in each language."""
    with pytest.raises(tul.InvalidValueError) as caught:
        Amount(5, 3)
    (finding,) = caught.value.findings
    assert (finding.code, finding.path) == ("TSK006", "/most")
    assert "5" in finding.message(language)


def test_exact_needs_equal_bounds() -> None:
    """An interval, an open side and an unknown amount have no exact value."""
    assert Amount(5, 5).exact == Decimal(5)
    assert [each.exact for each in (ROUNDED, Amount(5), Amount(None, 5), UNKNOWN)] == [None] * 4


@pytest.mark.parametrize(
    ("euros", "precision", "unit", "amount"),
    [
        (None, None, None, Amount(0)),
        (100, None, None, Amount(100, 100)),
        (100, Precision.EXACT, 10, Amount(100, 100)),
        (5_500_000, Precision.ROUNDED, 1_000_000, Amount(5_000_000, 6_000_000)),
        (5_500_000, Precision.ROUNDED, None, ROUNDED),
        (5_500_000, Precision.APPROXIMATE, None, ROUNDED),
        (Decimal("0.5"), Precision.ROUNDED, None, Amount(Decimal("0.45"), Decimal("0.55"))),
        (
            Decimal("12.5"),
            Precision.ROUNDED,
            Decimal("0.01"),
            Amount(Decimal("12.495"), Decimal("12.505")),
        ),
        (3, Precision.ROUNDED, 10, Amount(0, 8)),
        (0, Precision.ROUNDED, None, Amount(0, Decimal("0.5"))),
    ],
)
def test_of_derives_bounds_from_precision_and_rounding(
    euros: Decimal | int | None,
    precision: Precision | None,
    unit: Decimal | int | None,
    amount: Amount,
) -> None:
    """A rounded figure may be off by half its unit, but is never below zero."""
    assert Amount.of(euros, precision, unit) == amount


def test_grants_and_calls_have_amounts() -> None:
    """The fields of euros, precision and rounding of a grant or a call make an `Amount`."""
    grant = tul.Grant(
        id="g",
        call="c",
        project="p",
        status=tul.GrantStatus.GRANTED,
        amount_eur=Decimal(5_500_000),
        precision=Precision.ROUNDED,
        rounded_to_eur=Decimal(100_000),
    )
    assert grant.amount == ROUNDED
    call = tul.Call(
        id="c",
        name=tul.Text("Haku"),
        maximum_eur=Decimal(70),
        maximum_precision=Precision.ROUNDED,
        maximum_rounded_to_eur=Decimal(2),
        granted_eur=Decimal(60),
        granted_precision=Precision.ROUNDED,
        granted_rounded_to_eur=Decimal(4),
    )
    assert (call.maximum, call.granted) == (Amount(69, 71), Amount(58, 62))


@pytest.mark.parametrize("value", [None, "1", True])
def test_total_accepts_only_amounts(value: object) -> None:
    """The path has the index of another type, and the message names `Amount.of(None)`."""
    assert Amount.total([Amount(1, 2), Amount.of(None)]) == Amount(1)
    with pytest.raises(tul.InvalidValueError, match=r"Amount\.of\(None\)") as caught:
        Amount.total([Amount(1, 1), cast("Amount", value)])
    assert caught.value.findings[0].path == "/1"


def test_approximate_total_has_no_upper_bound() -> None:
    """The call of 2020 granted *about* 70 million, so no sum is known to exceed it."""
    call = tul.calls["shc-2020"]
    assert call.granted_precision is Precision.APPROXIMATE
    assert call.granted == Amount(0)
    assert tul.calls["shc-2021"].granted.is_above(140_000_000)


def test_sums_and_differences_of_bounds() -> None:
    """Bounds are added; in a difference the other's bounds are swapped; open sides stay open."""
    assert ROUNDED + 1 == 1 + ROUNDED == Amount(5_450_001, 5_550_001)
    assert Amount(1, 2) - Amount(10, 20) == Amount(-19, -8)
    assert 10 - Amount(1, 2) == Amount(8, 9)
    assert Amount(1, 2) + Amount(3) == Amount(4)
    assert Amount(1, 2) - Amount(3) == Amount(None, -1)
    assert Amount(1, 2) - Amount(None, 3) == Amount(-2)
    assert sum([Amount(1, 2), Amount(3, 4)]) == Amount.total([Amount(3, 4), Amount(1, 2)])
    assert Amount.total([]) == Amount(0, 0)


@pytest.mark.parametrize("other", ["5", 1.5, None])
def test_only_numbers_and_amounts_can_be_added(other: object) -> None:
    """A text or a float is not an operand."""
    with pytest.raises(TypeError):
        ROUNDED + other  # type: ignore[operator] # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    with pytest.raises(TypeError):
        ROUNDED - other  # type: ignore[operator] # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    with pytest.raises(TypeError):
        other - ROUNDED  # type: ignore[operator] # pyright: ignore[reportOperatorIssue, reportUnusedExpression]


@pytest.mark.parametrize(
    ("one", "other", "below", "above", "equal"),
    [
        (Amount(1, 2), Amount(3, 4), True, False, False),
        (Amount(3, 4), Amount(1, 2), False, True, False),
        (Amount(1, 3), Amount(2, 4), None, None, None),
        (Amount(1, 2), Amount(2, 3), None, False, None),
        (Amount(2, 3), Amount(1, 2), False, None, None),
        (Amount(2, 2), Amount(2, 2), False, False, True),
        (Amount(1, 1), Amount(2, 2), True, False, False),
        (Amount(2, 2), Amount(1, 1), False, True, False),
        (Amount(2, 2), Amount(1, 3), None, None, None),
        (Amount(1), Amount(None, 5), None, None, None),
        (UNKNOWN, UNKNOWN, None, None, None),
        (Amount(1), Amount(None, 0), False, True, False),
    ],
)
def test_comparison_is_true_false_or_unknown(
    one: Amount,
    other: Amount,
    below: bool | None,  # noqa: FBT001 - an expected answer
    above: bool | None,  # noqa: FBT001 - an expected answer
    equal: bool | None,  # noqa: FBT001 - an expected answer
) -> None:
    """The result is known only if it is the same for all possible values."""
    assert (one.is_below(other), one.is_above(other)) == (below, above)
    assert one.is_at_least(other) == (None if below is None else not below)
    assert one.is_at_most(other) == (None if above is None else not above)
    assert one.is_equal_to(other) is equal


def test_amount_cannot_be_used_as_a_boolean() -> None:
    """``if amount`` and ``<`` raise an error, as the result may be unknown."""
    with pytest.raises(TypeError, match="is_above"):
        bool(UNKNOWN)
    with pytest.raises(TypeError):
        UNKNOWN < ROUNDED  # noqa: B015 # pyright: ignore[reportUnusedExpression]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(1000, 1000), ("1\xa0000\xa0€", "1\xa0000\xa0€", "€1,000")),
        (
            Amount(1, 2),
            (
                "vähintään 1\xa0€ ja enintään 2\xa0€",
                "minst 1\xa0€ och högst 2\xa0€",
                "at least €1 and at most €2",
            ),
        ),
        (Amount(1), ("vähintään 1\xa0€", "minst 1\xa0€", "at least €1")),
        (Amount(None, 2), ("enintään 2\xa0€", "högst 2\xa0€", "at most €2")),
        (UNKNOWN, ("ei tiedossa", "inte känt", "not known")),
        (Amount(0), ("ei tiedossa", "inte känt", "not known")),
        (
            Amount(Decimal("0.995"), Decimal("1.005")),
            (
                "vähintään 0,99\xa0€ ja enintään 1,01\xa0€",
                "minst 0,99\xa0€ och högst 1,01\xa0€",
                "at least €0.99 and at most €1.01",
            ),
        ),
    ],
)
def test_localized_text_never_exceeds_the_bounds(
    amount: Amount, words: tuple[str, str, str]
) -> None:
    """Each language has its own text; half cents are rounded outwards."""
    assert tuple(amount.localize(language) for language in ("fi", "sv", "en")) == words


def test_decimal_context_of_the_caller_has_no_effect() -> None:
    """Few digits, another rounding and traps change no result."""
    amounts = [Amount.of(Decimal("123456789.12"), Precision.ROUNDED)] * 3
    expected = Amount.total(amounts)
    narrow = decimal.Context(prec=2, rounding=decimal.ROUND_UP, traps=[decimal.Inexact])
    with decimal.localcontext(narrow):
        assert Amount.total(amounts) == expected
        assert [Amount.of(Decimal("123456789.12"), Precision.ROUNDED)] * 3 == amounts
        assert expected.localize("en") == "at least €370,370,367.34 and at most €370,370,367.38"


@pytest.mark.parametrize(
    ("compare", "method"),
    [
        (operator.gt, "is_above"),
        (operator.lt, "is_below"),
        (operator.ge, "is_at_least"),
        (operator.le, "is_at_most"),
    ],
)
def test_amounts_have_no_order(compare: Callable[[Any, Any], object], method: str) -> None:
    """The error names the method that compares, also for an amount on the right."""
    with pytest.raises(TypeError, match=rf"amounts have no order, .* use {method}\(5\)"):
        compare(tul.Amount(1), 5)
    with pytest.raises(TypeError, match="amounts have no order"):
        compare(5, tul.Amount(1))
    with pytest.raises(TypeError, match="amounts have no order"):
        sorted([tul.Amount(1), tul.Amount(2)])
