"""TSK008 on tables: repeated keys, repeated elements of lists, and facts that a row changes.

The rules are derived for every table of data from the fields of its class. The same for documents
is in `tulevaisuus.model.duplicate_keys`.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple, Self

import narwhals.stable.v2 as nw

from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.frames.engines.expressions import LazyFrame, all_of, as_text, is_true
from tulevaisuus.frames.table_rules.rule_declaration import QueryResult, QueryRule, TableRule
from tulevaisuus.frames.tables.code_lists import (
    CodeLists,
    ObjectViolation,
    code_list_violations,
    python_row,
)
from tulevaisuus.frames.tables.finding_places import Rows
from tulevaisuus.frames.tables.schemas import SCHEMAS, Field, TableSchema, schemas_of
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.rules.document import duplicate_id

__all__ = ["duplicate_rules", "redefined_facts"]

_MAX_COMPARED = 8
"""How many elements of inner lists are compared, as engines compare columns."""

_REGISTERS_WITH_FACTS = ("organisations", "bodies", "sources")
"""The registers of data whose facts a document may not redefine."""


def duplicate_rules(schema: TableSchema) -> Iterator[TableRule]:
    """Return the rule TSK008: repeated keys, and repeated elements, which no list may have."""
    if schema.is_list:
        yield QueryRule(
            code="TSK008", table=schema.name, function=partial(_duplicate_elements, schema)
        )
    else:
        yield QueryRule(
            code="TSK008", table=schema.name, function=partial(_duplicate_keys, schema.name)
        )


def _all_but_first(frame: LazyFrame, group: list[str], order: tuple[str, ...]) -> LazyFrame:
    """Return all rows but the first of each group of several."""
    several = frame.group_by(*group).agg(nw.len().alias("number")).filter(nw.col("number") > 1)
    named = several.select(**{f"{name}_several": nw.col(name) for name in group})
    right = [f"{name}_several" for name in group]
    few = frame.join(named, left_on=group, right_on=right, how="semi")
    row_number = nw.col("key").cum_count().over(*group, order_by=order)
    return few.with_columns(row_number=row_number).filter(nw.col("row_number") > 1)


def _duplicate_keys(table: str, tables: Tables) -> Iterator[QueryResult]:
    """Find repeated keys."""
    later = _all_but_first(tables.valid_rows(table, ()), ["key"], tables.order_of(table))
    (column,) = SCHEMAS[table].key_columns
    found = later.select(*tables.row_columns(table), value="key")
    yield QueryResult(found, table, column)


def _duplicate_elements(schema: TableSchema, tables: Tables) -> Iterator[QueryResult]:
    """Find repeated elements of a list: all cells and inner lists are equal.

    An element with an invalid cell is rejected, so it is not compared.
    """
    *outer, place = schema.place_columns
    columns = [field.column for field in schema.fields]
    rows = tables.inputs[schema.name].rows_with_validity((*schema.place_columns, *columns))
    cells = {f"cell_{each.column}": _comparable(each) for each in schema.fields}
    compared = rows.filter(nw.col("is_valid")).with_columns(**cells)
    group = ["key", *outer, *cells]
    for listed in schema.table.lists:
        if listed.name not in tables.inputs:
            continue
        if not tables.has(listed.name):
            return  # without the inner lists it is not known which elements are equal
        inner_list = _InnerList.combine(SCHEMAS[listed.name], tables)
        compared = inner_list.join_to(compared, schema)
        group += inner_list.columns
    later = _all_but_first(compared, group, (place,))
    first = columns[0]
    yield QueryResult(later.select("key", "place", value=as_text(first)), schema.name, first)


def _comparable(field: Field) -> nw.Expr:
    """Return the text of a cell; an empty cell equals the default of its field."""
    if field.required:
        return as_text(field.column)
    default = "" if field.default is None else str(field.default)
    is_boolean = isinstance(field.default, bool)
    return as_text(field.column).fill_null(default.lower() if is_boolean else default)


class _InnerList(NamedTuple):
    """The inner lists of the elements of a list, such as the sources of notes, one in each row.

    ``columns`` are those by which they are compared: the first elements and their number.
    """

    rows: LazyFrame
    owner: list[str]
    columns: list[str]

    @classmethod
    def combine(cls, schema: TableSchema, tables: Tables) -> Self:
        """Combine the rows of a table of inner lists: one row for each list."""
        *outer, place = schema.place_columns
        owner, name = ["key", *outer], schema.name
        rows = tables.inputs[name].rows_with_validity((*schema.place_columns, "value"))
        elements = {
            f"{name}_{number}": nw.when(nw.col(place) == number).then(as_text("value"))
            for number in range(_MAX_COMPARED)
        }
        invalid = nw.when(nw.col("is_valid")).then(nw.lit(0)).otherwise(nw.lit(1))
        listed = rows.with_columns(**elements, **{f"{name}_invalid": invalid})
        lists = listed.group_by(*owner).agg(
            nw.len().cast(nw.Int64).alias(f"{name}_count"),
            nw.col("value").n_unique().cast(nw.Int64).alias(f"{name}_distinct"),
            nw.col(f"{name}_invalid").max(),
            *(nw.col(each).max() for each in elements),
        )
        renamed = lists.rename({each: f"{name}_{each}" for each in owner})
        return cls(renamed, [f"{name}_{each}" for each in owner], [f"{name}_count", *elements])

    def join_to(self, elements: LazyFrame, schema: TableSchema) -> LazyFrame:
        """Join the inner lists to their elements.

        Elements are left out if their inner list is invalid, as they are rejected, or too long.
        """
        own = ["key", *schema.place_columns]
        joined = elements.join(self.rows, left_on=own, right_on=self.owner, how="left")
        count = self.columns[0]
        name = count.removesuffix("count")
        is_whole = all_of(
            [
                nw.col(count) <= _MAX_COMPARED,
                nw.col(count) == nw.col(f"{name}distinct"),
                nw.col(f"{name}invalid") == 0,
            ]
        )
        kept = joined.filter(nw.col(count).is_null() | is_true(is_whole))
        return kept.with_columns(
            nw.col(count).fill_null(0), *(nw.col(each).fill_null("") for each in self.columns[1:])
        )


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
    return {name: [python_row(row, SCHEMAS[name]) for row in rows] for name, rows in listed}
