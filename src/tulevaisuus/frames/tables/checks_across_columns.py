"""Checks the columns of one value against each other, such as the bounds of a period."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import narwhals.stable.v2 as nw

from tulevaisuus.findings import messages
from tulevaisuus.frames.engines.expressions import any_of, is_true, null_text
from tulevaisuus.frames.tables.column_parsing import CellCheck, ParsedColumn, any_check_fails
from tulevaisuus.frames.tables.schemas import Field, TableSchema

__all__ = ["Columns", "value_checks"]

Columns: TypeAlias = Mapping[str, ParsedColumn]
"""The usable columns of a table."""

_Check: TypeAlias = tuple[str, CellCheck, nw.Expr]
"""The column of the finding, the check, and the text of a cell that fails it."""


def value_checks(schema: TableSchema, columns: Columns) -> Iterator[_Check]:
    """Yield the checks of cells that depend on other cells of their row.

    Each has the column of its finding, and the text of a cell that fails it.

    Args:
        schema: The schema of the table.
        columns: Its usable columns.
    """
    for field in schema.fields:
        if field.siblings:
            yield from _check_required_part(field, columns)
        if field.column.rpartition("_")[2] == "unofficial":
            yield from _check_wordings(field.column, columns)
    for start, end in schema.periods:
        yield from _check_period(start, end, columns)


def _check_required_part(field: Field, columns: Columns) -> Iterator[_Check]:
    """Find rows with a part of an optional object, but without this required part of it."""
    others = [~nw.col(each).is_null() for each in field.siblings if each in columns]
    if not others:
        return
    is_empty = nw.lit(value=True)
    if field.column in columns:
        is_empty = nw.col(field.column).is_null()
    check = CellCheck(messages.MISSING_FIELD.code, is_empty & any_of(others))
    yield field.column, check, null_text()


def _check_period(start: str, end: str, columns: Columns) -> Iterator[_Check]:
    """Find periods that end before they start."""
    if start in columns and end in columns:
        first, last = _valid_value(columns[start]), _valid_value(columns[end])
        any_reversed = (columns[end].value < columns[start].value).any()
        check = CellCheck(messages.PERIOD_REVERSED.code, is_true(last < first), any_reversed)
        yield end, check, columns[end].text


def _valid_value(parsed: ParsedColumn) -> nw.Expr:
    """Return the value of a valid cell, null for an invalid one: any day may be invalid."""
    return nw.when(~any_check_fails(parsed.checks)).then(parsed.value)


def _check_wordings(column: str, columns: Columns) -> Iterator[_Check]:
    """Find languages that are named as unofficial and have no wording."""
    if column not in columns:
        return
    text = columns[column].text
    lacks_wording: list[nw.Expr] = []
    for language in ("sv", "en"):
        wording = column.removesuffix("unofficial") + language
        is_empty = nw.col(wording).is_null() if wording in columns else nw.lit(value=True)
        lacks_wording.append(is_true(text.str.contains(language)) & is_empty)
    is_valid = ~any_check_fails(columns[column].checks)
    check = CellCheck(messages.MISSING_WORDING.code, any_of(lacks_wording) & is_valid)
    yield column, check, text
