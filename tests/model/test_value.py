"""Values are checked when they are made, cannot change, and are equal by what they say."""

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
from tulevaisuus.model.value import Invariant, fields_of, raise_if_wrong, rebuild


def _grown(low: int, high: int) -> Iterator[Finding]:
    if high < low:
        yield messages.REJECTED_BY_CONVERTER.finding("/high", problem="shrunk")


def _odd(high: int) -> Iterator[Finding]:
    if high % 2 == 0:
        yield messages.REJECTED_BY_CONVERTER.finding("/high", problem="even")


@attrs.frozen(repr=False)
class Span(tul.Value):
    """A value of a user's own, with invariants."""

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("low", "high"), _grown),
        Invariant(("high",), _odd),
    )

    name: str
    low: tul.GoalNumber
    high: tul.GoalNumber
    tags: tuple[str, ...] | None = None


def test_a_valid_value_is_made() -> None:
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
def test_tells_all_that_is_wrong_in_the_order_of_fields(
    values: tuple[object, ...], findings: list[str]
) -> None:
    """Fields and invariants are judged at once; an invariant as soon as its fields are valid."""
    assert rejected(Span, *values) == findings


@pytest.mark.parametrize("changed", REPLACE_FUNCTIONS)
@pytest.mark.parametrize(
    "change", [{"high": 1}, {"high": 4}, {"name": ""}, {"tags": [None]}, {"low": True}]
)
def test_a_changed_value_is_checked_again(
    changed: Callable[..., object], change: dict[str, object]
) -> None:
    """No way of changing a value makes what the constructor rejects."""
    span = Span("a", tul.GoalNumber.PREVENTION, tul.GoalNumber.QUALITY)
    assert rejected(changed, span, **change)
    assert changed(span, name="b") == attrs.evolve(span, name="b") != span


@pytest.mark.parametrize("arguments", [{}, {"fi": "a", "de": "b"}])
def test_missing_and_unknown_arguments_are_pythons_own_mistake(arguments: dict[str, Any]) -> None:
    """A call that no signature has is a `TypeError`, as everywhere."""
    with pytest.raises(TypeError):
        tul.Text(**arguments)


@pytest.mark.parametrize("name", ["fi", "sv", "new"])
def test_a_value_cannot_change(name: str) -> None:
    """No field can be set or deleted, none added."""
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


def test_repr_of_a_value_shows_what_is_set_and_nothing_more() -> None:
    """What is unknown does not clutter the picture, and an empty list is something set."""
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
    """It shows the key and the name, or what there must be beside the key, and is no code."""
    assert repr(entity) == text


def test_an_empty_list_is_not_unknown() -> None:
    """Known to be none and not known are different values, and stay so in pickles."""
    unknown = tul.Project(id="p", name=tul.Text("a"), regions=("05",))
    none = attrs.evolve(unknown, goals=())
    assert none != unknown
    assert none.set_fields()["goals"] == ()
    assert "goals" not in unknown.set_fields()
    assert pickle.loads(pickle.dumps(none)).goals == ()


def test_copies_are_the_value_itself() -> None:
    """What cannot change need not be copied."""
    text = tul.Text("a", en="b", unofficial=frozenset({tul.Language.EN}))
    assert copy.copy(text) is text
    assert copy.deepcopy([text])[0] is text


def test_fields_stand_as_documents_write_them() -> None:
    """A class's own fields come before the sources and notes that all entities have."""
    names = list(fields_of(tul.CooperationGoal))
    assert names == ["number", "name", "sources", "notes"]
    spec = fields_of(tul.Grant)["amount_eur"]
    assert (spec.required, spec.allows_none, spec.default) == (False, True, None)
    assert fields_of(tul.Grant)["id"].required


def test_a_pickle_is_checked_when_it_is_loaded() -> None:
    """A pickle that was tampered with, or made under other invariants, cannot smuggle a value."""
    assert rejected(rebuild, tul.Period, {}) == ["TSK003 /start"]


def test_valid_fields_need_no_second_check() -> None:
    """A reader that has checked fields makes the same object as the constructor."""
    assert tul.Text.construct_unchecked({"fi": "a"}) == tul.Text("a")


def test_findings_come_in_the_order_asked_for() -> None:
    """A reader orders findings as its document runs; what has no place there comes last."""
    found = Collector()
    found.extend(messages.EMPTY_TEXT.finding(path) for path in ("/x", "/fi/0", "", "/sv", "/fi"))
    with pytest.raises(tul.InvalidValueError) as caught:
        raise_if_wrong(tul.Text, {}, found, ["sv", "fi"])
    paths = [finding.path for finding in caught.value.findings]
    assert paths == ["/sv", "/fi/0", "/fi", "/x", ""]


def test_nothing_found_raises_nothing() -> None:
    """Sound fields and kept invariants conclude in silence."""
    raise_if_wrong(tul.Text, {"fi": "a"}, Collector(), ["fi"])


def test_a_mere_value_has_no_name() -> None:
    """Only entities are subjects of findings."""
    assert tul.Text.subject({"fi": "a"}) == ""


def test_counterexamples_show_what_is_said() -> None:
    """Over several lines where one is not enough, with the entities of a small register."""
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
