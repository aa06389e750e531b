"""What a field may hold: each kind takes its values as they are and refuses the rest."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

import pytest

import tulevaisuus as tul
from tests.helpers import refused
from tulevaisuus.model.kinds import (
    Anything,
    Count,
    Day,
    Flag,
    Identifier,
    Kind,
    Line,
    Many,
    Member,
    Money,
    Nested,
    Ref,
    Several,
    Url,
    kind_of,
)
from tulevaisuus.model.register import Holding

NOON = dt.datetime(2021, 1, 1, 12, tzinfo=dt.UTC)
TEXT = tul.Text("a")
ANNOTATIONS: list[tuple[object, type[Kind], bool]] = [
    (str, Line, False),
    (str | None, Line, True),
    (bool, Flag, False),
    (dt.date | None, Day, True),
    (Annotated[str, Identifier()], Identifier, False),
    (tul.Language, Member, False),
    (tul.Text, Nested, False),
    (tuple[str, ...] | None, Many, True),
    (frozenset[tul.Sector], Several, False),
    (tul.Register[tul.Goal], Holding, False),
    (Annotated[Mapping[str, str], Anything()], Anything, False),
]
GOAL = tul.Goal(number=tul.GoalNumber.ACCESS, name=TEXT)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Line(), "a"),
        (Line(), " a\n"),
        (Identifier(), "a"),
        (Identifier(), "Ä 1/2 €"),
        pytest.param(Identifier(), "x" * 200, id="longest-identifier"),
        (Ref("calls"), "shc-2021"),
        (Url(), "http://a"),
        (Url(), "https://example.org/ä?b=c#d"),
        (Day(), dt.date(2021, 1, 1)),
        (Flag(), True),
        (Flag(), False),
        (Count(), 0),
        (Count(1), 1),
        (Money(), Decimal("0.01")),
        (Money(), Decimal("999999999999.99")),
        (Money(), Decimal("10.00")),
        (Money(may_be_zero=True), Decimal(0)),
        (Member(tul.Language), tul.Language.SV),
        (Nested(tul.Text), TEXT),
        (Anything(), NOON),
    ],
)
def test_keeps_what_it_takes(kind: Kind, value: object) -> None:
    """A value of the kind is kept as it is, the same object."""
    assert kind.accept(value) is value


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (Money(), 5, Decimal(5)),
        (Money(), 10**12 - 1, Decimal(999999999999)),
        (Money(may_be_zero=True), 0, Decimal(0)),
        (Member(tul.Language), "sv", tul.Language.SV),
        (Member(tul.GoalNumber), 5, tul.GoalNumber.COSTS),
        (Many(Line()), ["b", "a", "b"], ("b", "a", "b")),
        (Many(Line()), [], ()),
        (Several(Member(tul.Language)), ["sv", tul.Language.FI], frozenset(("fi", "sv"))),
        (Several(Line()), {"a"}, frozenset("a")),
        (Holding(tul.Goal), [GOAL], tul.Register([GOAL])),
        (Holding(tul.Goal), (), tul.Register()),
    ],
)
def test_keeps_the_same_in_its_own_type(kind: Kind, value: object, kept: object) -> None:
    """What means the same in one way only is kept in the type of the model."""
    accepted = kind.accept(value)
    assert accepted == kept
    assert type(accepted) is type(kept)


@pytest.mark.parametrize(
    ("kind", "value", "finding"),
    [
        (Line(), "", "TSK013"),
        (Line(), " \t\n\u00a0\u2003", "TSK013"),
        (Line(), "a\ud800", "TSK006"),
        (Line(), None, "TSK002"),
        (Line(), b"a", "TSK002"),
        (Line(), 1, "TSK002"),
        (Line(), ["a"], "TSK002"),
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
        (Day(), NOON, "TSK002"),
        (Day(), "2021-01-01", "TSK002"),
        (Day(), 20210101, "TSK002"),
        (Flag(), 1, "TSK002"),
        (Flag(), "true", "TSK002"),
        (Flag(), None, "TSK002"),
        (Count(), -1, "TSK006"),
        (Count(1), 0, "TSK006"),
        (Count(), True, "TSK002"),
        (Count(), 1.0, "TSK002"),
        (Count(), Decimal(1), "TSK002"),
        (Count(), "1", "TSK002"),
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
        (Money(may_be_zero=True), Decimal("-0.01"), "TSK012"),
        (Money(may_be_zero=True), Decimal("0E+3"), "TSK012"),
        (Member(tul.Language), "FI", "TSK005"),
        (Member(tul.Language), "", "TSK005"),
        (Member(tul.Language), 1, "TSK002"),
        (Member(tul.Language), None, "TSK002"),
        (Member(tul.Language), tul.Sector.HEALTH, "TSK002"),
        (Member(tul.GoalNumber), 6, "TSK005"),
        (Member(tul.GoalNumber), True, "TSK002"),
        (Member(tul.GoalNumber), 1.0, "TSK002"),
        (Member(tul.GoalNumber), "1", "TSK002"),
        pytest.param(Member(tul.GoalNumber), 10**5000, "TSK005", id="huge-goal"),
        (Nested(tul.Text), "a", "TSK002"),
        (Nested(tul.Text), {"fi": "a"}, "TSK002"),
        (Nested(tul.Text), tul.Text, "TSK002"),
        (Many(Line()), "abc", "TSK002"),
        (Many(Line()), {"a"}, "TSK002"),
        (Many(Line()), {"a": 1}, "TSK002"),
        (Many(Line()), None, "TSK002"),
        (Several(Line()), "abc", "TSK002"),
        (Holding(tul.Goal), {"1": GOAL}, "TSK002"),
        (Holding(tul.Goal), None, "TSK002"),
    ],
)
def test_refuses_the_rest(kind: Kind, value: object, finding: str) -> None:
    """Nothing is coerced: another type, form or size is refused under its code."""
    assert refused(kind.accept, value) == [finding]


@pytest.mark.parametrize(
    ("kind", "value", "findings"),
    [
        (Many(Line()), ["", "a", 1], ["TSK013 /0", "TSK002 /2"]),
        (Several(Member(tul.Language)), ["de", "fi", 1], ["TSK005 /0", "TSK002 /2"]),
        (Many(Many(Line())), [["a"], ["a", ""]], ["TSK013 /1/1"]),
        (Holding(tul.Goal), [GOAL, TEXT, GOAL], ["TSK002 /1", "TSK008 /2/number"]),
        (Holding(tul.Theme), [GOAL], ["TSK002 /0"]),
        (Holding(tul.Theme), tul.Register([GOAL]), ["TSK002 /0"]),
    ],
)
def test_refuses_each_element_at_its_place(kind: Kind, value: object, findings: list[str]) -> None:
    """All elements that are wrong are told, each by its index."""
    assert refused(kind.accept, value) == findings


@pytest.mark.parametrize(
    ("value", "hint"),
    [("grantd", 'did you mean "granted"?'), ("zzz", "use one of planned, applied, granted")],
)
def test_a_wrong_code_is_helped(value: str, hint: str) -> None:
    """A near code is suggested; where none is near, all are listed."""
    with pytest.raises(tul.InvalidValueError) as caught:
        Member(tul.GrantStatus).accept(value)
    assert caught.value.findings[0].message("en").endswith(hint)


@pytest.mark.parametrize(("annotation", "kind", "may_be_unknown"), ANNOTATIONS)
def test_reads_the_kind_of_a_field_from_its_type(
    annotation: object, kind: type[Kind], *, may_be_unknown: bool
) -> None:
    """The annotation of a field says all: what it holds, and whether it may be unknown."""
    found, optional = kind_of(annotation)
    assert type(found) is kind
    assert optional is may_be_unknown


@pytest.mark.parametrize("annotation", [int, float, list[str], dict, "Later", int | None])
def test_what_has_no_kind(annotation: object) -> None:
    """A field of a user's own says what it holds, or is told how to."""
    with pytest.raises(TypeError, match="has no kind: say which one by Annotated"):
        kind_of(annotation)


@pytest.mark.parametrize("minimum", [0, 1])
def test_a_refused_count_names_its_bound(minimum: int) -> None:
    """The message says from which number on a count is taken."""
    with pytest.raises(tul.InvalidValueError, match=f"at least {minimum}"):
        Count(minimum).accept(-5)
