"""Which rules have a table form, and why others have none."""

import functools
import importlib
from collections.abc import Iterator, Mapping

from tulevaisuus.frames import document
from tulevaisuus.frames.forms import Coverage, Form
from tulevaisuus.rules.registry import rulebook

__all__ = ["AT_THE_DOOR", "coverage", "forms"]

FAMILIES = (
    "document",
    "programme",
    "regions",
    "grants",
    "grants_together",
    "projects",
    "projects_in_time",
    "centres",
    "posts",
)
"""The modules with forms, in the order of codes."""

AT_THE_DOOR = (
    "TSK002",
    "TSK003",
    "TSK004",
    "TSK005",
    "TSK006",
    "TSK008",
    "TSK011",
    "TSK012",
    "TSK013",
)
"""What is found while columns and cells are read, in every table."""

_REASONS: Mapping[str, str] = {
    "TSK001": "it is about the bytes of a document; whoever makes the frame has parsed them",
    "TSK007": "it is about the version of a document, and frames have none",
    "TSK008": "a redefined bundled fact is not found: that compares whole objects",
    "TSK102": "a programme is one row: its table is read whole and judged as an object",
}
"""Why rules have no table form, or one for a part only."""


@functools.cache
def forms() -> tuple[Form, ...]:
    """Return all table forms, in the order of codes."""
    return tuple(sorted(_forms(), key=lambda each: each.code))


def _forms() -> Iterator[Form]:
    yield from document.FORMS
    for family in FAMILIES:
        module = importlib.import_module(f"tulevaisuus.frames.{family}")
        yield from (value for value in vars(module).values() if isinstance(value, Form))


def coverage() -> Mapping[str, Coverage]:
    """Return for each rule the tables on which it is judged, or why it has no table form.

    >>> coverage()["TSK302"].tables, coverage()["TSK102"].tables
    (('grants',), ())
    """
    return {rule.code: _coverage(rule.code) for rule in rulebook}


def _coverage(code: str) -> Coverage:
    own = [each for each in forms() if each.code == code]
    tables = tuple(dict.fromkeys(each.of for each in own))
    needs = tuple(dict.fromkeys(name for each in own for name in each.needs if name not in tables))
    if code in AT_THE_DOOR:
        return Coverage(code, ("every table",), (), _REASONS.get(code))
    return Coverage(code, tables, needs, _REASONS.get(code))
