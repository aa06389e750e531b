"""Each statement of the five web pages that the library is based on is in the facts, with a source.

``tests/data/seed_statements.json`` lists them: for each statement the fields that contain it. The
three numbers that are missing are out of scope: a picture, an invented example, and praise.
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
    """A field that contains a statement, or, with ``note``, a note on that field."""

    register: str
    key: str | int | list[str | int]
    field: str
    contains: str
    source: NotRequired[str]
    note: NotRequired[bool]


STATEMENTS = cast("dict[str, list[Place]]", json.loads(DATA.read_text(encoding="utf-8")))


def entity_at(place: Place) -> tul.Entity:
    """Return the entity that contains a statement."""
    if place["register"] == "programme":
        assert place["key"] == tul.programme.id
        return tul.programme
    goal_and_target = place["key"]
    key = tuple(goal_and_target) if isinstance(goal_and_target, list) else goal_and_target
    return tul.reference.registers()[place["register"]][cast("str", key)]


def in_a_note(entity: tul.Entity, place: Place) -> bool:
    """Return whether a note on the field has the statement, and its source if there is one."""
    sources = {place["source"]} if "source" in place else set[str]()
    return any(
        note.field == place["field"]
        and place["contains"] in (note.text or "")
        and sources.issubset(note.sources)
        for note in entity.notes
    )


def in_the_field(entity: tul.Entity, place: Place) -> bool:
    """Return whether the field has the statement, and the entity its source if there is one."""
    sources = {place["source"]} if "source" in place else set[str]()
    written = cast("dict[str, object]", formats.unstructure(entity))[place["field"]]
    text = json.dumps(written, ensure_ascii=False)
    return place["contains"] in text and sources.issubset(entity.sources)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_statement_is_in_the_facts_with_its_source(statement: str) -> None:
    """Every field listed for a statement contains it, and the entity lists the page."""
    for place in STATEMENTS[statement]:
        holds = in_a_note if place.get("note") else in_the_field
        assert holds(entity_at(place), place), place
        assert place.get("source", "thl-programme") in tul.sources


def test_no_statement_is_missing() -> None:
    """All statements of the pages are listed, except three out of scope."""
    assert Counter(statement.split("-")[0] for statement in STATEMENTS) == {
        "s000": 18,
        "s001": 28,
        "s002": 12,
        "s003": 17,
        "s004": 16,
    }


def test_statements_need_a_source() -> None:
    """Only the statements that describe a source itself need none."""
    places = [place for statement in STATEMENTS.values() for place in statement]
    assert {place["register"] for place in places if "source" not in place} == {"sources"}
    assert all(STATEMENTS.values())
