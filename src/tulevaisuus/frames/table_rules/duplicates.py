"""TSK008 on tables: repeated keys, repeated elements of lists, and facts that a row changes.

TSK008 is the code of the rule. It is derived for every table of data. Repeated rows are found
before all rules, as no rule is checked on them (`tulevaisuus.frames.tables.rejected_rows`).
"""

from collections.abc import Iterator
from functools import partial

import narwhals.stable.v2 as nw

from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.frames.engines.expressions import LazyFrame, is_true
from tulevaisuus.frames.table_rules.rule_declaration import QueryResult, QueryRule, TableRule
from tulevaisuus.frames.tables.code_lists import (
    CodeLists,
    ObjectViolation,
    code_list_violations,
    python_row,
)
from tulevaisuus.frames.tables.finding_places import Rows
from tulevaisuus.frames.tables.schemas import SCHEMAS, TableSchema, schemas_of
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.rules.document import duplicate_id

__all__ = ["duplicate_rules", "redefined_facts"]

_REGISTERS_WITH_FACTS = ("organisations", "bodies", "sources")
"""The registers of data whose facts a document may not redefine."""


def duplicate_rules(schema: TableSchema) -> Iterator[TableRule]:
    """Return the rule TSK008: repeated keys, and repeated elements, which no list may have."""
    function = partial(_duplicate_elements if schema.is_list else _duplicate_keys, schema)
    yield QueryRule(code="TSK008", table=schema.name, function=function)


def _duplicate_keys(schema: TableSchema, tables: Tables) -> Iterator[QueryResult]:
    """Find repeated keys."""
    repeated = tables.rejected.repeated_keys(schema.name)
    if repeated is not None:
        (column,) = schema.key_columns
        found = repeated.select(*tables.row_columns(schema.name), value="key")
        yield QueryResult(found, schema.name, column)


def _duplicate_elements(schema: TableSchema, tables: Tables) -> Iterator[QueryResult]:
    """Find repeated elements of a list: all cells and inner lists are equal."""
    repeated = tables.rejected.repeated_elements(schema.name)
    if repeated is not None:
        yield QueryResult(repeated, schema.name, schema.fields[0].column)


def redefined_facts(tables: Tables) -> Iterator[ObjectViolation]:
    """Return the rows that differ from the bundled fact with the same key.

    Complete objects are compared, with their lists. There are few facts, so the rows with their
    keys are read into memory. A register is not checked if one of the tables of its lists is
    missing.
    """
    context = tables.context
    for register in _REGISTERS_WITH_FACTS:
        names = [schema.name for schema in schemas_of(register)]
        if not tables.has(*names) or tables.inputs[register].is_empty:
            continue
        keys = sorted(map(str, getattr(context.reference, register).keys()))
        rows = _rows_of(tables, names, keys)
        read = CodeLists(read_rows(rows), rows)
        code, evidence = duplicate_id.code, context.link_evidence
        for each in code_list_violations(read, context.reference, [code], evidence):
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
    return {
        name: [python_row(row, SCHEMAS[name], tables.inputs[name].given.decimals) for row in rows]
        for name, rows in listed
    }
