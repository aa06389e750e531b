"""Field types: which values each accepts, and the findings on the others."""

import datetime as dt
from collections.abc import Mapping
from decimal import Context, Decimal, Inexact, Rounded, localcontext
from typing import Annotated, Any

import pytest

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus.model.day_or_period_type import DayOrPeriod
from tulevaisuus.model.field_types import (
    AnyObject,
    Boolean,
    Date,
    EnumMember,
    FieldType,
    Identifier,
    ListOf,
    Money,
    NonBlankText,
    ObjectOf,
    Ref,
    Scalar,
    SetOf,
    Url,
    WholeNumber,
    field_type_of,
)
from tulevaisuus.model.register import RegisterOf
from tulevaisuus.model.value import fields_of

NOON = dt.datetime(2021, 1, 1, 12, tzinfo=dt.UTC)
TEXT = tul.Text("a")
ANNOTATIONS: list[tuple[object, type[FieldType], bool]] = [
    (str, NonBlankText, False),
    (str | None, NonBlankText, True),
    (bool, Boolean, False),
    (dt.date | None, Date, True),
    (Annotated[str, Identifier()], Identifier, False),
    (tul.Language, EnumMember, False),
    (tul.Text, ObjectOf, False),
    (tuple[str, ...] | None, ListOf, True),
    (frozenset[tul.Sector], SetOf, False),
    (tul.Register[tul.Goal], RegisterOf, False),
    (Annotated[Mapping[str, str], AnyObject()], AnyObject, False),
]
GOAL = tul.Goal(number=tul.GoalNumber.ACCESS, name=TEXT)


@pytest.mark.parametrize(
    ("field_type", "value"),
    [
        (NonBlankText(), "a"),
        (NonBlankText(), " a\n"),
        (Identifier(), "a"),
        (Identifier(), "Ä 1/2 €"),
        pytest.param(Identifier(), "x" * 200, id="longest-identifier"),
        (Ref("calls"), "shc-2021"),
        (Url(), "http://a"),
        (Url(), "https://example.org/ä?b=c#d"),
        (Date(), dt.date(2021, 1, 1)),
        (Boolean(), True),
        (Boolean(), False),
        (WholeNumber(), 0),
        (WholeNumber(1), 1),
        (Money(), Decimal("0.01")),
        (Money(), Decimal("999999999999.99")),
        (Money(), Decimal("10.00")),
        (Money(allows_zero=True), Decimal(0)),
        (EnumMember(tul.Language), tul.Language.SV),
        (ObjectOf(tul.Text), TEXT),
        (AnyObject(), NOON),
    ],
)
def test_valid_value_is_kept(field_type: FieldType, value: object) -> None:
    """A value of the type is kept as the same object."""
    assert field_type.validate(value) is value


@pytest.mark.parametrize(
    ("field_type", "value", "kept"),
    [
        (Money(), 5, Decimal(5)),
        (Money(), 10**12 - 1, Decimal(999999999999)),
        (Money(allows_zero=True), 0, Decimal(0)),
        (EnumMember(tul.Language), "sv", tul.Language.SV),
        (EnumMember(tul.GoalNumber), 5, tul.GoalNumber.COSTS),
        (ListOf(NonBlankText()), ["b", "a", "b"], ("b", "a", "b")),
        (ListOf(NonBlankText()), [], ()),
        (SetOf(EnumMember(tul.Language)), ["sv", tul.Language.FI], frozenset(("fi", "sv"))),
        (SetOf(NonBlankText()), {"a"}, frozenset("a")),
        (RegisterOf(tul.Goal), [GOAL], tul.Register([GOAL])),
        (RegisterOf(tul.Goal), (), tul.Register()),
    ],
)
def test_equivalent_value_is_normalised(field_type: FieldType, value: object, kept: object) -> None:
    """A value that means the same in only one way is stored in the type of the model."""
    validated = field_type.validate(value)
    assert validated == kept
    assert type(validated) is type(kept)


@pytest.mark.parametrize(
    ("field_type", "value", "finding"),
    [
        (NonBlankText(), "", "TSK013"),
        (NonBlankText(), " \t\n\u00a0\u2003", "TSK013"),
        (NonBlankText(), "a\ud800", "TSK006"),
        (NonBlankText(), None, "TSK002"),
        (NonBlankText(), b"a", "TSK002"),
        (NonBlankText(), 1, "TSK002"),
        (NonBlankText(), ["a"], "TSK002"),
        (Identifier(), "", "TSK006"),
        (Identifier(), " a", "TSK006"),
        (Identifier(), "a\u00a0", "TSK006"),
        (Identifier(), "a\nb", "TSK006"),
        (Identifier(), "a\x7f", "TSK006"),
        (Identifier(), "a\x85b", "TSK006"),
        pytest.param(Identifier(), "x" * 201, "TSK006", id="too-long-identifier"),
        (Identifier(), "\udfff", "TSK006"),
        (Identifier(), 5, "TSK002"),
        (Ref("calls"), "", "TSK006"),
        (Ref("calls"), None, "TSK002"),
        (Url(), "", "TSK006"),
        (Url(), "example.org", "TSK006"),
        (Url(), "ftp://example.org", "TSK006"),
        (Url(), "https://", "TSK006"),
        (Url(), "https://a b", "TSK006"),
        (Url(), "https://a\n", "TSK006"),
        (Url(), "https://a\ud800", "TSK006"),
        (Url(), 1, "TSK002"),
        (Date(), NOON, "TSK002"),
        (Date(), "2021-01-01", "TSK002"),
        (Date(), 20210101, "TSK002"),
        (Boolean(), 1, "TSK002"),
        (Boolean(), "true", "TSK002"),
        (Boolean(), None, "TSK002"),
        (WholeNumber(), -1, "TSK006"),
        (WholeNumber(1), 0, "TSK006"),
        (WholeNumber(), True, "TSK002"),
        (WholeNumber(), 1.0, "TSK002"),
        (WholeNumber(), Decimal(1), "TSK002"),
        (WholeNumber(), "1", "TSK002"),
        (Money(), 0, "TSK012"),
        (Money(), -1, "TSK012"),
        (Money(), Decimal("-0.01"), "TSK012"),
        (Money(), Decimal(0), "TSK012"),
        (Money(), 10**12, "TSK012"),
        pytest.param(Money(), 10**5000, "TSK012", id="huge"),
        pytest.param(Money(), -(10**5000), "TSK012", id="huge-below-zero"),
        (Money(), Decimal("0.001"), "TSK012"),
        (Money(), Decimal("1.000"), "TSK012"),
        (Money(), Decimal("1E+2"), "TSK012"),
        (Money(), Decimal("1E+999999"), "TSK012"),
        (Money(), Decimal("1E-999999"), "TSK012"),
        (Money(), Decimal("NaN"), "TSK012"),
        (Money(), Decimal("sNaN"), "TSK012"),
        (Money(), Decimal("Infinity"), "TSK012"),
        (Money(), 1.5, "TSK002"),
        (Money(), True, "TSK002"),
        (Money(), "5", "TSK002"),
        (Money(allows_zero=True), Decimal("-0.01"), "TSK012"),
        (Money(allows_zero=True), Decimal("0E+3"), "TSK012"),
        (EnumMember(tul.Language), "FI", "TSK005"),
        (EnumMember(tul.Language), "", "TSK005"),
        (EnumMember(tul.Language), 1, "TSK002"),
        (EnumMember(tul.Language), None, "TSK002"),
        (EnumMember(tul.Language), tul.Sector.HEALTH, "TSK002"),
        (EnumMember(tul.GoalNumber), 6, "TSK005"),
        (EnumMember(tul.GoalNumber), True, "TSK002"),
        (EnumMember(tul.GoalNumber), 1.0, "TSK002"),
        (EnumMember(tul.GoalNumber), "1", "TSK002"),
        pytest.param(EnumMember(tul.GoalNumber), 10**5000, "TSK005", id="huge-goal"),
        (ObjectOf(tul.Text), "a", "TSK002"),
        (ObjectOf(tul.Text), {"fi": "a"}, "TSK002"),
        (ObjectOf(tul.Text), tul.Text, "TSK002"),
        (ListOf(NonBlankText()), "abc", "TSK002"),
        (ListOf(NonBlankText()), {"a"}, "TSK002"),
        (ListOf(NonBlankText()), {"a": 1}, "TSK002"),
        (ListOf(NonBlankText()), None, "TSK002"),
        (SetOf(NonBlankText()), "abc", "TSK002"),
        (RegisterOf(tul.Goal), {"1": GOAL}, "TSK002"),
        (RegisterOf(tul.Goal), None, "TSK002"),
    ],
)
def test_other_values_are_rejected(field_type: FieldType, value: object, finding: str) -> None:
    """Nothing is coerced: another type, form or size is rejected with its code."""
    assert rejected(field_type.validate, value) == [finding]


@pytest.mark.parametrize(
    ("field_type", "value", "findings"),
    [
        (ListOf(NonBlankText()), ["", "a", 1], ["TSK013 /0", "TSK002 /2"]),
        (SetOf(EnumMember(tul.Language)), ["de", "fi", 1], ["TSK005 /0", "TSK002 /2"]),
        (ListOf(ListOf(NonBlankText())), [["a"], ["a", ""]], ["TSK013 /1/1"]),
        (RegisterOf(tul.Goal), [GOAL, TEXT, GOAL], ["TSK002 /1", "TSK008 /2/number"]),
        (RegisterOf(tul.Theme), [GOAL], ["TSK002 /0"]),
        (RegisterOf(tul.Theme), tul.Register([GOAL]), ["TSK002 /0"]),
    ],
)
def test_each_invalid_element_is_reported_at_its_index(
    field_type: FieldType, value: object, findings: list[str]
) -> None:
    """All invalid elements are reported, each by its index."""
    assert rejected(field_type.validate, value) == findings


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("grantd", 'did you mean "granted"?'),
        ("zzz", "use one of planned, applied, granted, rejected"),
    ],
)
def test_invalid_code_has_suggestions(value: str, hint: str) -> None:
    """A similar code is suggested; if none is similar, all are listed."""
    with pytest.raises(tul.InvalidValueError) as caught:
        EnumMember(tul.GrantStatus).validate(value)
    assert caught.value.findings[0].message("en").endswith(hint)


@pytest.mark.parametrize(("annotation", "field_type", "allows_none"), ANNOTATIONS)
def test_field_type_is_read_from_the_annotation(
    annotation: object, field_type: type[FieldType], *, allows_none: bool
) -> None:
    """The annotation of a field has its type, and whether it may be None."""
    found, optional = field_type_of(annotation)
    assert type(found) is field_type
    assert optional is allows_none


@pytest.mark.parametrize("annotation", [int, float, list[str], dict, "Later", int | None])
def test_annotation_without_a_field_type_is_an_error(annotation: object) -> None:
    """The error explains how to declare the type of a field."""
    with pytest.raises(TypeError, match="has no field type: name one by Annotated"):
        field_type_of(annotation)


@pytest.mark.parametrize("minimum", [0, 1])
def test_invalid_count_names_its_bound(minimum: int) -> None:
    """The message has the smallest valid number."""
    with pytest.raises(tul.InvalidValueError, match=f"at least {minimum}"):
        WholeNumber(minimum).validate(-5)


def foreign(module: str, name: str, base: type = object, **members: object) -> object:
    """Make a value of a class with the name and the module of another library."""
    cls: Any = type(name, (base,), {"__module__": module, **members})
    return cls(2021, 1, 1) if issubclass(base, dt.date) else cls()


class Scalar64:
    """A scalar as numpy has them: `item` returns the Python object."""

    __module__ = "numpy"

    def __init__(self, plain: object) -> None:
        """Keep the Python object."""
        self.plain = plain

    def item(self) -> object:
        """Return the Python object."""
        return self.plain


TIMESTAMP = foreign("pandas._libs.tslibs.timestamps", "Timestamp", dt.datetime)
DATETIME64 = foreign("numpy", "datetime64")
ARRAY = foreign("numpy", "ndarray", ndim=2, item=None, tolist=None)
SERIES = foreign("pandas.core.series", "Series", ndim=1, to_list=None, item=None)
AS_DAY = '.astype("datetime64[D]").item()'


@pytest.mark.parametrize(
    ("field_type", "value", "conversion"),
    [
        (Date(), NOON, ".date()"),
        (Date(), TIMESTAMP, ".date()"),
        (Money(), TIMESTAMP, None),
        (NonBlankText(), TIMESTAMP, None),
        (Date(), DATETIME64, AS_DAY),
        (Money(), DATETIME64, None),
        (Money(), Scalar64(5), ".item()"),
        (WholeNumber(), Scalar64(5), ".item()"),
        (Money(), Scalar64(0.1), "decimal.Decimal(str(...))"),
        (WholeNumber(), Scalar64(0.1), None),
        (Boolean(), Scalar64(plain=True), ".item()"),
        (Boolean(), Scalar64(5), None),
        (NonBlankText(), Scalar64(5), None),
        (Ref("calls"), Scalar64(5), None),
        (EnumMember(tul.GrantStatus), Scalar64(5), None),
        (EnumMember(tul.GoalNumber), Scalar64(9), ".item()"),
        (DayOrPeriod(), TIMESTAMP, ".date()"),
        (Money(), Scalar64(plain=True), None),
        (NonBlankText(), Scalar64(b"a"), None),
        (Money(), foreign("pandas", "Timedelta"), None),
        (ListOf(Date()), ARRAY, ".tolist()"),
        (Money(), ARRAY, None),
        (ListOf(Date()), SERIES, ".to_list()"),
        (Money(), SERIES, None),
        (ListOf(Date()), foreign("polars", "Expr"), None),
        (Money(), foreign("own", "int64"), None),
    ],
)
def test_values_of_other_libraries_have_a_conversion(
    field_type: FieldType, value: object, conversion: str | None
) -> None:
    """The message names what to call, if that makes a valid value; nothing is converted."""
    with pytest.raises(tul.InvalidValueError, match="TSK002") as caught:
        field_type.validate(value)
    (finding,) = caught.value.findings
    assert dict(finding.params).get("conversion") == conversion


@pytest.mark.parametrize(
    "value",
    [
        foreign("pandas._libs.tslibs.nattype", "NaTType", dt.datetime),
        foreign("pandas._libs.missing", "NAType"),
        float("nan"),
    ],
    ids=["NaT", "NA", "NaN"],
)
@pytest.mark.parametrize("field_type", [Date(), Money(), WholeNumber(), ListOf(Date())])
def test_marks_of_missing_values_are_explained(field_type: FieldType, value: object) -> None:
    """Data frames mark a missing value in their own way; a field takes `None`."""
    with pytest.raises(tul.InvalidValueError, match="use None instead, or leave the field out"):
        field_type.validate(value)


def test_classes_of_other_libraries_are_named_with_the_library() -> None:
    """A period of pandas is no `Period`: the message is not that a Period is expected and found."""
    period = foreign("pandas._libs.tslibs.period", "Period")
    with pytest.raises(tul.InvalidValueError, match=r"found a value of type pandas\.Period;"):
        ObjectOf(tul.Period).validate(period)


class OwnText(str):
    """A text that is equal to any other."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        """Return true."""
        return True


class OwnDay(dt.date):
    """A day that is written in another way."""

    def isoformat(self) -> str:
        """Return no date."""
        return "today"


class OwnDecimal(Decimal):
    """An amount that is smaller than any other."""

    def __lt__(self, other: object) -> bool:
        """Return true."""
        return True


class OwnNumber(int):
    """A number that is written in another way."""

    def __str__(self) -> str:
        """Return no number."""
        return "many"


@pytest.mark.parametrize(
    ("field_type", "value"),
    [
        (Identifier(), OwnText("g1")),
        (Ref("grants"), OwnText("g1")),
        (NonBlankText(), OwnText("a")),
        (Identifier(), tul.GrantStatus.PLANNED),
        (Date(), OwnDay(2021, 1, 1)),
        (Money(), OwnDecimal("5.50")),
        (Money(), OwnNumber(5)),
        (WholeNumber(), OwnNumber(5)),
    ],
)
def test_objects_of_subclasses_become_plain(field_type: FieldType, value: object) -> None:
    """What a subclass overrides has no effect on comparisons and output."""
    plain = field_type.validate(value)
    assert type(plain) in {str, dt.date, Decimal, int}
    assert plain == value


@pytest.mark.parametrize("value", [tul.CallKind.PROGRAMME, tul.Severity.ERROR])
def test_member_of_another_code_list_is_named(value: object) -> None:
    """The message does not say that text was expected and a text was found."""
    with pytest.raises(tul.InvalidValueError, match=rf"found {type(value).__name__}\.[A-Z]+;"):
        EnumMember(tul.GrantStatus).validate(value)


@pytest.mark.parametrize("cls", [tul.Grant, tul.Period])
def test_a_dict_in_place_of_an_object_names_what_reads_it(cls: type) -> None:
    """A constructor takes objects, and `structure` makes one of plain data."""
    hint = rf"formats\.structure\(\.\.\., {cls.__name__}\)"
    with pytest.raises(tul.InvalidValueError, match=hint):
        ObjectOf(cls).validate({})


@pytest.mark.parametrize(
    ("field_type", "value", "message_part"),
    [
        (Date(), "2021-02-03", 'datetime.date.fromisoformat("2021-02-03")'),
        (Date(), "3.2.2021", 'datetime.date.fromisoformat("2021-12-31")'),
        (Money(), 1.5, 'Decimal("1.5")'),
        (Money(), float("nan"), 'Decimal("1250.50")'),
        (Money(), "5", "decimal.Decimal"),
    ],
)
def test_constructors_name_the_python_type(
    field_type: FieldType, value: object, message_part: str
) -> None:
    """In Python the error names the expected Python type, not the form of documents."""
    with pytest.raises(tul.InvalidValueError) as caught:
        field_type.validate(value)
    assert message_part in caught.value.findings[0].message("en")


@pytest.mark.parametrize(
    ("amount", "intended"),
    [
        ("41133.770000000004", "41133.77"),
        ("0.30000000000000004", "0.30"),
        ("999999999999.9899", None),
        ("41133.7701", None),
        ("1.000", None),
        ("0.0000000000000001", None),
    ],
)
def test_rounding_error_of_a_float_is_recognised(amount: str, intended: str | None) -> None:
    """The intended result of a binary sum is suggested; other decimals are surplus."""
    for value in (Decimal(amount), float(amount)):
        if isinstance(value, float) and amount == "1.000":
            continue  # a float does not know its zeros
        with pytest.raises(tul.InvalidValueError, match="TSK012") as caught:
            Money().read(value)
        message = caught.value.findings[0].message("en")
        assert message.endswith(f"did you mean {intended}?") == (intended is not None)


def test_decimal_context_has_no_effect() -> None:
    """The precision or traps of the caller do not affect amounts."""
    with localcontext(Context(prec=3, traps=[Inexact, Rounded])):
        assert Money().validate(Decimal("41133.77")) == Decimal("41133.77")
        assert rejected(Money().validate, Decimal("41133.770000000004")) == ["TSK012"]


def test_samples_are_valid_and_differ() -> None:
    """Each simple field type has samples for tests: all are valid and different."""
    named = [getattr(tul, name) for name in tul.__all__]
    values = [each for each in named if isinstance(each, type) and issubclass(each, tul.Value)]
    made = [cls for cls in values if cls is not tul.Value]
    types = [spec.type for cls in made for spec in fields_of(cls).values()]
    scalars = [each for each in types if isinstance(each, Scalar)]
    assert len(scalars) > 50
    for scalar in scalars:
        samples = [*scalar.samples()]
        assert [scalar.validate(sample) for sample in samples] == samples
        assert all(samples.count(sample) == 1 for sample in samples)
    assert [*WholeNumber(0).samples()] == [0, 1]


@pytest.mark.parametrize("allows_zero", [True, False])
def test_amount_as_text_is_a_wrong_type(allows_zero: bool) -> None:  # noqa: FBT001 - both
    """Its value may be valid; its type is not."""
    with pytest.raises(tul.InvalidValueError, match="euros as a number without quotes") as text:
        Money(allows_zero=allows_zero).read("5.50")
    with pytest.raises(tul.InvalidValueError, match="below a trillion") as boolean:
        Money(allows_zero=allows_zero).read(True)  # noqa: FBT003 - the value
    assert {text.value.findings[0].code, boolean.value.findings[0].code} == {"TSK002"}
