"""Lists the rules that can be checked on tables, and why others cannot."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator, Mapping

from tulevaisuus.frames.table_rules import document
from tulevaisuus.frames.table_rules.rule_declaration import Coverage, TableRule
from tulevaisuus.rules.rule_declaration import rulebook

__all__ = ["FAMILIES", "SCHEMA_CHECK_CODES", "coverage", "table_rules"]

FAMILIES = (
    "document",
    "programme",
    "regions_counties_and_municipalities",
    "grants",
    "grants_across_rows",
    "projects",
    "projects_gaps_and_overlaps",
    "centres",
    "posts",
)
"""The modules with rules on tables, in the order of codes."""

SCHEMA_CHECK_CODES = (
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
"""The codes of the rules that every table is checked by while its columns and cells are read."""

_REASONS: Mapping[str, str] = {
    "TSK001": "it is about the bytes of a document; whoever makes the frame has parsed them",
    "TSK007": "it is about the version of a document, and frames have none",
    "TSK102": "a programme is one row: its table is read into memory and checked as an object",
}
"""By code, the reasons why rules cannot be checked on tables, or only in part."""


@functools.cache
def table_rules() -> tuple[TableRule, ...]:
    """Return all rules on tables, in the order of codes."""
    return tuple(sorted(_table_rules(), key=lambda each: each.code))


def _table_rules() -> Iterator[TableRule]:
    yield from document.TABLE_RULES
    for family in FAMILIES:
        module = importlib.import_module(f"tulevaisuus.frames.table_rules.{family}")
        yield from (value for value in vars(module).values() if isinstance(value, TableRule))


def coverage() -> Mapping[str, Coverage]:
    """Return for each rule the tables on which it is checked, or why it cannot be checked on them.

    >>> coverage()["TSK302"].tables, coverage()["TSK102"].tables
    (('grants',), ())
    """
    return {rule.code: _coverage(rule.code) for rule in rulebook}


def _coverage(code: str) -> Coverage:
    with_code = [each for each in table_rules() if each.code == code]
    tables = tuple(dict.fromkeys(each.table for each in with_code))
    needs = tuple(
        dict.fromkeys(name for each in with_code for name in each.needs if name not in tables)
    )
    if code in SCHEMA_CHECK_CODES:
        return Coverage(code, ("every table",), (), _REASONS.get(code))
    return Coverage(code, tables, needs, _REASONS.get(code))
