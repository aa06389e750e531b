"""`Value`: validation on creation, immutability, equality, repr and pickles."""

import copy
import pickle
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis.vendor.pretty import pretty

import tulevaisuus as tul
from tests.helpers import REPLACE_FUNCTIONS, rejected
from tulevaisuus.findings import Finding, messages
from tulevaisuus.findings.collector import Collector
from tulevaisuus.model.value import Invariant, check_invariants_and_raise, fields_of, rebuild


def _grown(low: int, high: int) -> Iterator[Finding]:
    if high < low:
        yield messages.REJECTED_BY_CONVERTER.finding("/high", problem="shrunk")


def _odd(high: int) -> Iterator[Finding]:
    if high % 2 == 0:
        yield messages.REJECTED_BY_CONVERTER.finding("/high", problem="even")


@attrs.frozen(repr=False)
class Span(tul.Value):
    """A user's own value, with invariants."""

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("low", "high"), _grown),
        Invariant(("high",), _odd),
    )

    name: str
    low: tul.GoalNumber
    high: tul.GoalNumber
    tags: tuple[str, ...] | None = None


def test_valid_value_is_made() -> None:
    """Codes become members, lists tuples; nothing else changes."""
    span = Span("a", 1, 3, ["x"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert span == Span("a", tul.GoalNumber.ACCESS, tul.GoalNumber.QUALITY, ("x",))
    assert isinstance(span.low, tul.GoalNumber)


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        (("", 1, 3), ["TSK013 /name"]),
        (("", 3, 1, ["", 1]), ["TSK013 /name", "TSK002 /high", "TSK013 /tags/0", "TSK002 /tags/1"]),
        (("a", 3, 2), ["TSK002 /high", "TSK002 /high"]),
        (("a", "x", 2), ["TSK002 /low", "TSK002 /high"]),
        (("a", 3, "x"), ["TSK002 /high"]),
        (("a", 9, 9), ["TSK005 /low", "TSK005 /high"]),
    ],
)
def test_all_errors_are_reported_in_the_order_of_fields(
    values: tuple[object, ...], findings: list[str]
) -> None:
    """Invariants are checked together with fields, as soon as their own fields are valid."""
    assert rejected(Span, *values) == findings


@pytest.mark.parametrize("changed", REPLACE_FUNCTIONS)
@pytest.mark.parametrize(
    "change", [{"high": 1}, {"high": 4}, {"name": ""}, {"tags": [None]}, {"low": True}]
)
def test_changed_copy_is_checked_again(
    changed: Callable[..., object], change: dict[str, object]
) -> None:
    """No function that makes a changed copy accepts what the constructor rejects."""
    span = Span("a", tul.GoalNumber.PREVENTION, tul.GoalNumber.QUALITY)
    assert rejected(changed, span, **change)
    assert changed(span, name="b") == attrs.evolve(span, name="b") != span


@pytest.mark.parametrize("arguments", [{}, {"fi": "a", "de": "b"}])
def test_missing_and_unknown_arguments_are_type_errors(arguments: dict[str, Any]) -> None:
    """Arguments that are not in the signature are a `TypeError`, as everywhere."""
    with pytest.raises(TypeError):
        tul.Text(**arguments)


@pytest.mark.parametrize("name", ["fi", "sv", "new"])
def test_value_is_immutable(name: str) -> None:
    """No field can be set, deleted or added."""
    text = tul.Text("a")
    with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
        setattr(text, name, "b")
    with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
        delattr(text, name)
    assert text == tul.Text("a")
    assert not hasattr(text, "__dict__")


def test_values_of_different_classes_differ() -> None:
    """Equality is of class and fields, never of fields alone or of text."""
    texts: list[object] = [tul.Text("0204819-8"), tul.BusinessId("0204819-8"), "0204819-8"]
    assert [[one == other for one in texts] for other in texts] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
    assert len({tul.Text("a"), tul.Text("a"), tul.Text("a", sv="a")}) == 2


def test_repr_shows_the_fields_that_are_set() -> None:
    """Unset fields are left out, and an empty list is set."""
    assert repr(tul.Text("a", en="b")) == "Text(fi='a', en='b')"
    assert repr(tul.Tile(1, 2)) == "Tile(row=1, column=2)"
    assert repr(tul.Note("name", "b")) == "Note(field='name', text='b')"


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        (
            tul.Service(code=tul.ServiceCode.ORAL_HEALTH_CARE, name=tul.Text("suu")),
            "<Service 'oral_health_care' suu>",
        ),
        (
            tul.Grant(id="g", call="c", project="p", status=tul.GrantStatus.GRANTED),
            "<Grant 'g' call=c, project=p, status=granted>",
        ),
        (tul.CooperationGoal(number=1, name=tul.Text("a\x1b")), r"<CooperationGoal 1 a\u001b>"),
        (
            tul.CooperationGoal(number=1, name=tul.Text("a" * 61)),
            f"<CooperationGoal 1 {'a' * 60}…>",
        ),
    ],
)
def test_repr_of_an_entity_is_one_short_line(entity: tul.Entity, text: str) -> None:
    """It has the key and the name, or what is required beside the key."""
    assert repr(entity) == text


def test_empty_list_differs_from_unknown() -> None:
    """None and an empty list are different values, also in pickles."""
    unknown = tul.Project(id="p", name=tul.Text("a"), regions=("05",))
    none = attrs.evolve(unknown, goals=())
    assert none != unknown
    assert none.set_fields()["goals"] == ()
    assert "goals" not in unknown.set_fields()
    assert pickle.loads(pickle.dumps(none)).goals == ()


def test_copy_is_the_value_itself() -> None:
    """An immutable value need not be copied."""
    text = tul.Text("a", en="b", unofficial=frozenset({tul.Language.EN}))
    assert copy.copy(text) is text
    assert copy.deepcopy([text])[0] is text


def test_fields_are_in_the_order_of_documents() -> None:
    """A class's own fields come before the sources and notes that all entities have."""
    names = list(fields_of(tul.CooperationGoal))
    assert names == ["number", "name", "sources", "notes"]
    spec = fields_of(tul.Grant)["amount_eur"]
    assert (spec.required, spec.allows_none, spec.default) == (False, True, None)
    assert fields_of(tul.Grant)["id"].required


def test_pickle_is_validated_when_loaded() -> None:
    """A pickle that was tampered with, or made under other invariants, is rejected."""
    assert rejected(rebuild, tul.Period, {}) == ["TSK003 /start"]


def test_values_of_checked_fields_are_equal() -> None:
    """A reader that has checked fields makes the same object as the constructor."""
    assert tul.Text.construct_unchecked({"fi": "a"}) == tul.Text("a")


def test_findings_are_sorted_by_the_given_order() -> None:
    """A reader sorts findings by the order of its document; unknown fields come last."""
    found = Collector()
    found.extend(messages.EMPTY_TEXT.finding(path) for path in ("/x", "/fi/0", "", "/sv", "/fi"))
    with pytest.raises(tul.InvalidValueError) as caught:
        check_invariants_and_raise(tul.Text, {}, found, ["sv", "fi"])
    paths = [finding.path for finding in caught.value.findings]
    assert paths == ["/sv", "/fi/0", "/fi", "/x", ""]


def test_no_findings_raise_nothing() -> None:
    """Valid fields and satisfied invariants raise no error."""
    check_invariants_and_raise(tul.Text, {"fi": "a"}, Collector(), ["fi"])


def test_value_without_a_key_is_not_a_subject() -> None:
    """Only entities are subjects of findings."""
    assert tul.Text.subject({"fi": "a"}) == ""


def test_counterexamples_show_the_fields_that_are_set() -> None:
    """Long objects take several lines, with the entities of a small register."""
    grant = tul.Grant(
        id="g1",
        call="c",
        project="p",
        status=tul.GrantStatus.APPLIED,
        case_number="a long number of a case",
    )
    assert pretty(grant) == (
        "Grant(id='g1',\n call='c',\n project='p',\n"
        " status=<GrantStatus.APPLIED: 'applied'>,\n case_number='a long number of a case')"
    )
    assert pretty(tul.Text("a", sv="b")) == "Text(fi='a', sv='b')"
    role = tul.Register([tul.Role(code="r", name=tul.Text("a"))])
    assert pretty(role) == "Register([Role(code='r', name=Text(fi='a'))])"
    assert pretty(tul.regions) == repr(tul.regions)
    roles = [tul.Role(code=f"role-{n}", name=tul.Text("a" * 40)) for n in range(6)]
    assert pretty(tul.Register(roles)) == repr(tul.Register(roles))
    few = pretty(tul.Register(roles[:5])).splitlines()
    assert len(few) == 10
    assert few[1].startswith("   name=")
    assert few[2].startswith("  Role(code='role-1',")
    assert pretty(tul.Role) == "tulevaisuus.model.role.Role"
