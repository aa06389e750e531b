"""What a field may hold: each kind takes its values as they are and refuses the rest."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

import pytest

import tulevaisuus as tul
from tests.helpers import rejected
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
    SetOf,
    Url,
    WholeNumber,
    field_type_of,
)
from tulevaisuus.model.register import RegisterOf

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
def test_keeps_what_it_takes(field_type: FieldType, value: object) -> None:
    """A value of the kind is kept as it is, the same object."""
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
def test_keeps_the_same_in_its_own_type(field_type: FieldType, value: object, kept: object) -> None:
    """What means the same in one way only is kept in the type of the model."""
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
def test_refuses_the_rest(field_type: FieldType, value: object, finding: str) -> None:
    """Nothing is coerced: another type, form or size is refused under its code."""
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
def test_refuses_each_element_at_its_place(
    field_type: FieldType, value: object, findings: list[str]
) -> None:
    """All elements that are wrong are told, each by its index."""
    assert rejected(field_type.validate, value) == findings


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("grantd", 'did you mean "granted"?'),
        ("zzz", "use one of planned, applied, granted, rejected"),
    ],
)
def test_a_wrong_code_is_helped(value: str, hint: str) -> None:
    """A near code is suggested; where none is near, all are listed."""
    with pytest.raises(tul.InvalidValueError) as caught:
        EnumMember(tul.GrantStatus).validate(value)
    assert caught.value.findings[0].message("en").endswith(hint)


@pytest.mark.parametrize(("annotation", "field_type", "allows_none"), ANNOTATIONS)
def test_reads_the_kind_of_a_field_from_its_type(
    annotation: object, field_type: type[FieldType], *, allows_none: bool
) -> None:
    """The annotation of a field says all: what it holds, and whether it may be unknown."""
    found, optional = field_type_of(annotation)
    assert type(found) is field_type
    assert optional is allows_none


@pytest.mark.parametrize("annotation", [int, float, list[str], dict, "Later", int | None])
def test_what_has_no_kind(annotation: object) -> None:
    """A field of a user's own says what it holds, or is told how to."""
    with pytest.raises(TypeError, match="has no field type: name one by Annotated"):
        field_type_of(annotation)


@pytest.mark.parametrize("minimum", [0, 1])
def test_a_refused_count_names_its_bound(minimum: int) -> None:
    """The message says from which number on a count is taken."""
    with pytest.raises(tul.InvalidValueError, match=f"at least {minimum}"):
        WholeNumber(minimum).validate(-5)
