"""Each statement of the five pages that the library grew from stands in the facts, sourced.

``tests/data/seed_statements.json`` lists them: for each statement the fields that carry it. The
numbers that are missing in it are the three statements out of scope: a picture, an invented
example, and praise of those who were chosen.
"""

import json
import pathlib
from collections import Counter
from typing import NotRequired, TypedDict, cast

import pytest

import tulevaisuus as tul
from tulevaisuus import formats

DATA = pathlib.Path(__file__).parent.parent / "data" / "seed_statements.json"


class Place(TypedDict):
    """A field that carries a statement, or, with ``note``, a note on that field."""

    register: str
    key: str | int | list[str | int]
    field: str
    contains: str
    source: NotRequired[str]
    note: NotRequired[bool]


STATEMENTS = cast("dict[str, list[Place]]", json.loads(DATA.read_text(encoding="utf-8")))


def thing_at(place: Place) -> tul.Entity:
    """Reach the entity that carries a statement."""
    if place["register"] == "programme":
        assert place["key"] == tul.programme.id
        return tul.programme
    goal_and_target = place["key"]
    key = tuple(goal_and_target) if isinstance(goal_and_target, list) else goal_and_target
    return tul.reference.registers()[place["register"]][cast("str", key)]


def in_a_note(entity: tul.Entity, place: Place) -> bool:
    """Return whether a note on the field says it, and names the source if there is one."""
    sources = {place["source"]} if "source" in place else set[str]()
    return any(
        note.field == place["field"]
        and place["contains"] in (note.text or "")
        and sources.issubset(note.sources)
        for note in entity.notes
    )


def in_the_field(entity: tul.Entity, place: Place) -> bool:
    """Return whether the field says it, and the entity names the source if there is one."""
    sources = {place["source"]} if "source" in place else set[str]()
    written = cast("dict[str, object]", formats.unstructure(entity))[place["field"]]
    said = json.dumps(written, ensure_ascii=False)
    return place["contains"] in said and sources.issubset(entity.sources)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_is_reached_with_its_source(statement: str) -> None:
    """Every place of a statement says it, and names the page as a source that is listed."""
    for place in STATEMENTS[statement]:
        holds = in_a_note if place.get("note") else in_the_field
        assert holds(thing_at(place), place), place
        assert place.get("source", "thl-programme") in tul.sources


def test_no_statement_is_left_out() -> None:
    """All statements of the pages are there, but for three out of scope."""
    assert Counter(statement.split("-")[0] for statement in STATEMENTS) == {
        "s000": 18,
        "s001": 28,
        "s002": 12,
        "s003": 17,
        "s004": 16,
    }


def test_every_statement_but_those_of_the_source_itself_names_a_source() -> None:
    """Only what describes a source may do without one."""
    places = [place for statement in STATEMENTS.values() for place in statement]
    assert {place["register"] for place in places if "source" not in place} == {"sources"}
    assert all(STATEMENTS.values())
