"""The intake keeps the first entity of each key, and reports what is wrong with the others."""

from typing import Any

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import found
from tulevaisuus.formats.intake import Entry, Intake
from tulevaisuus.formats.reading_result import Rejected
from tulevaisuus.model.annotations import Id

GRANT: dict[str, Any] = {"id": "g1", "call": "c", "project": "p", "status": "granted"}


def entry(value: object, position: int | None = 0) -> Entry:
    """Make an entry of a list of grants."""
    return Entry(tul.Grant, "grants", position, value)


def test_only_an_entity_that_is_kept_is_returned() -> None:
    """Whoever passes on what the intake returns passes on each key once."""
    intake = Intake()
    kept = intake.take(entry(GRANT))
    assert isinstance(kept, tul.Grant)
    assert intake.take(entry(GRANT, 1)) is None
    assert intake.take(entry({**GRANT, "id": 5}, 2)) is None
    assert [*intake.register("grants")] == [kept]


@pytest.mark.parametrize("is_newer", [False, True])
def test_an_unknown_field_is_a_warning_only_in_a_newer_source(*, is_newer: bool) -> None:
    """A source has the present version unless it states a newer one."""
    intake = Intake(is_newer=True) if is_newer else Intake()
    assert (intake.take(entry({**GRANT, "colour": "red"})) is not None) is is_newer
    severity = tul.Severity.WARNING if is_newer else tul.Severity.ERROR
    assert [each.severity for each in intake.findings] == [severity]


def test_a_second_programme_is_not_returned() -> None:
    """A portfolio has one programme; in a list, programmes are entities like others."""
    programme = {"id": "p", "name": {"fi": "ohjelma"}}
    for position, expected in ((None, ["TSK008 /programme/id"]), (1, list[str]())):
        intake = Intake()
        assert intake.take(Entry(tul.Programme, "programme", None, programme)) is not None
        second = Entry(tul.Programme, "programme", position, programme)
        assert (intake.take(second) is None) is (position is None)
        assert found(intake.findings) == expected


@attrs.frozen(kw_only=True, repr=False)
class Stay(tul.Entity):
    """An entity whose key is made of a field that no key field names."""

    place: Id

    @property
    def key(self) -> str:
        """The place."""
        return f"stay {self.place}"


def test_a_rejected_entity_without_key_fields_has_no_key() -> None:
    """Its class makes the key of an entity, and there is none."""
    intake = Intake()
    intake.take(Entry(Stay, "stays", 0, {"place": 5, "id": "x", "sources": [], "notes": []}))
    assert intake.reading({}).rejected == (Rejected("stays", 0, None),)
    assert intake.take(Entry(Stay, "stays", 1, {"place": "x"})) is not None


def test_the_key_of_a_rejected_entity_is_that_of_its_valid_fields() -> None:
    """One key field is the key itself, two make a pair; a wrong one makes none."""
    intake = Intake()
    intake.take(entry({**GRANT, "status": 5}))
    link: dict[str, Any] = {"goal": 1, "target": "x"}
    intake.take(Entry(tul.GoalLink, "goal_links", 0, link))
    intake.take(Entry(tul.GoalLink, "goal_links", 1, {**link, "goal": 9}))
    keys = [each.key for each in intake.reading({}).rejected]
    assert keys == ["g1", (tul.GoalNumber(1), "x"), None]
