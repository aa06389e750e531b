"""Finds keys that occur twice in a table, and elements that a list has twice.

The same for documents is in `tulevaisuus.model.duplicate_keys` and `ListOf`.
"""

from collections.abc import Mapping
from typing import NamedTuple, Self

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import LazyFrame, all_of, as_text, is_true
from tulevaisuus.frames.tables.input_table import InputTable
from tulevaisuus.frames.tables.schemas import Field, TableSchema

__all__ = ["all_but_first", "repeated_elements"]

_MAX_COMPARED = 8
"""The longest inner list that is compared: each of its elements becomes a column."""


def all_but_first(frame: LazyFrame, group: list[str], order: tuple[str, ...]) -> LazyFrame:
    """Return all rows but the first of each group of several."""
    several = frame.group_by(*group).agg(nw.len().alias("number")).filter(nw.col("number") > 1)
    named = several.select(**{f"{name}_several": nw.col(name) for name in group})
    right = [f"{name}_several" for name in group]
    few = frame.join(named, left_on=group, right_on=right, how="semi")
    row_number = nw.col("key").cum_count().over(*group, order_by=order)
    return few.with_columns(row_number=row_number).filter(nw.col("row_number") > 1)


def repeated_elements(
    schema: TableSchema, rows: LazyFrame, inputs: Mapping[str, InputTable]
) -> LazyFrame | None:
    """Return the repeated elements of a list: all cells and inner lists are equal.

    An element with an invalid cell is rejected, so it is not compared.

    Args:
        schema: The table of the list.
        rows: Its rows.
        inputs: The given tables.

    Returns:
        The key, place and value of each repeated element. ``None`` if it is not known which ones
        are equal, as the table of their inner lists cannot be read.
    """
    *outer, position = schema.position_columns
    columns = [field.column for field in schema.fields]
    listed = inputs[schema.name].rows_with_validity(rows, (*schema.position_columns, *columns))
    cells = {f"cell_{each.column}": _comparable(each) for each in schema.fields}
    compared = listed.filter(nw.col("is_valid")).with_columns(**cells)
    group = ["key", *outer, *cells]
    for each in schema.table.lists:
        if each.name not in inputs:
            continue
        if not inputs[each.name].is_readable:
            return None
        inner_list = _InnerList.combine(inputs[each.name])
        compared = inner_list.join_to(compared, schema)
        group += inner_list.columns
    later = all_but_first(compared, group, (position,))
    return later.select("key", "place", value=as_text(columns[0]))


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
    def combine(cls, table_input: InputTable) -> Self:
        """Combine the rows of a table of inner lists: one row for each list."""
        schema = table_input.schema
        *outer, position = schema.position_columns
        owner, name = ["key", *outer], schema.name
        columns = (*schema.position_columns, "value")
        rows = table_input.rows_with_validity(table_input.with_flags, columns)
        elements = {
            f"{name}_{number}": nw.when(nw.col(position) == number).then(as_text("value"))
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
        element = ["key", *schema.position_columns]
        joined = elements.join(self.rows, left_on=element, right_on=self.owner, how="left")
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
