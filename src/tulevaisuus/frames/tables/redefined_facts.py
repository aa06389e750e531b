"""TSK008 on tables: a row with the key of a bundled fact must be equal to the fact.

Complete objects are compared, with their lists. There are few facts, so the rows with their keys
are read into memory when `check` is called.
"""

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.frames.engines.expressions import LazyFrame, is_true
from tulevaisuus.frames.tables.checked_tables import Tables
from tulevaisuus.frames.tables.code_lists import (
    CodeLists,
    ObjectViolation,
    code_list_violations,
    python_row,
)
from tulevaisuus.frames.tables.finding_places import Rows
from tulevaisuus.frames.tables.schemas import SCHEMAS, schemas_of
from tulevaisuus.rules.document import duplicate_id

__all__ = ["redefined_facts"]

CODE = "TSK008"
REGISTERS = ("organisations", "bodies", "sources")
"""The registers of data whose facts a document may not redefine."""


def redefined_facts(tables: Tables) -> Iterator[ObjectViolation]:
    """Return the rows that differ from the fact with the same key.

    A register is not checked if one of the tables of its lists is missing.
    """
    context = tables.context
    for register in REGISTERS:
        names = [schema.name for schema in schemas_of(register)]
        if not tables.has(*names) or tables.inputs[register].is_empty:
            continue
        keys = sorted(map(str, getattr(context.reference, register).keys()))
        rows = _rows_of(tables, names, keys)
        read = CodeLists(read_rows(rows), rows)
        for each in code_list_violations(read, context.reference, [CODE], context.link_evidence):
            # Another check reports repeated keys.
            if each.finding.template == duplicate_id.messages["redefined"]:
                yield each


def _rows_of(tables: Tables, names: list[str], keys: list[str]) -> Rows:
    """Read the rows of tables that belong to the entities with these keys."""
    frames: list[LazyFrame] = []
    for name in names:
        given = tables.inputs[name]
        rows = given.with_flags.with_columns(row_key=given.key)
        chosen = rows.filter(is_true(nw.col("row_key").is_in(keys)))
        frames.append(chosen.select(**given.original_columns))
    listed = zip(names, tables.engine.collect_rows(frames), strict=True)
    return {name: [python_row(row, SCHEMAS[name]) for row in rows] for name, rows in listed}
