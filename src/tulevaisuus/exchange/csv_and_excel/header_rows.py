"""Finds the headers of a sheet: one row, or two rows of which the upper one groups columns."""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import attrs

from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_meanings import (
    HeaderMap,
    group_templates,
    normalise,
    words_meaning,
)

__all__ = [
    "FIRST_ROWS",
    "Header",
    "HeaderCell",
    "count_known_headers",
    "find_header",
    "without_findings_column",
]

FIRST_ROWS = 50
"""The number of rows, not counting empty ones, in which headers are looked for."""

_MIN_GROUPS = 2
"""A row with fewer texts is a title, and not a row of groups."""


_VALUE = re.compile(r"(?!(?:19|20)[0-9]{2}\Z)[-\N{MINUS SIGN}]?[0-9][0-9\s.,:/\N{EN DASH}€-]*")
"""A number or a date, but not a year."""


class HeaderCell(NamedTuple):
    """The header of a column: its text, its row, and the group above it.

    ``group`` is kept only if its text is not known: it may change the meaning of the header.
    """

    text: str
    row: int
    group: str | None = None


class Header(NamedTuple):
    """The headers of a sheet by column, their first and last row, and how many fields they name."""

    first: int
    last: int
    cells: Mapping[int, HeaderCell]
    known_count: int


def find_header(grid: Grid, headers: HeaderMap) -> Header | None:
    """Return the header rows with the most known headers; of equal ones the first."""
    best = max(_candidates(grid, headers), key=lambda each: each.known_count, default=None)
    return best if best and best.known_count else None


def count_known_headers(grid: Grid, headers: HeaderMap) -> int:
    """Return how many headers of a grid are known."""
    header = find_header(grid, headers)
    return header.known_count if header else 0


def without_findings_column(grid: Grid, headers: HeaderMap) -> Grid:
    """Return a grid without the column of findings that `write_checked` added.

    With that column, titles, sums and footnotes would have two filled cells and look like entities.
    """
    header = find_header(grid, headers)
    texts = () if header is None else grid.texts(header.last)
    added_columns = {
        column for column, text in texts if normalise(text) in words_meaning("findings")
    }
    if not added_columns:
        return grid
    rows = {
        row: {column: value for column, value in cells.items() if column not in added_columns}
        for row, cells in grid.rows.items()
    }
    return attrs.evolve(grid, rows={row: cells for row, cells in rows.items() if cells})


def _candidates(grid: Grid, headers: HeaderMap) -> Iterator[Header]:
    """Yield each row, then each pair of rows that has more known headers than its rows alone."""
    rows = list(grid.rows)[:FIRST_ROWS]
    single = {row: _make_header(row, row, _cells_of_row(grid, row), headers) for row in rows}
    yield from (each for each in single.values() if not _is_row_of_values(grid, each))
    for upper, lower in itertools.pairwise(rows):
        if lower == upper + 1 and len(single[upper].cells) >= _MIN_GROUPS:
            cells = _cells_of_two_rows(grid, upper, lower, headers)
            both = _make_header(upper, lower, cells, headers)
            if both.known_count > max(single[upper].known_count, single[lower].known_count):
                yield both


def _is_row_of_values(grid: Grid, header: Header) -> bool:
    """Return whether a row has numbers or dates, and only one text that is also a known header.

    *Myönnetty* is a header of amounts, and a status in the rows below. Headers may be years.
    """
    if header.known_count > 1:
        return False
    values = grid.rows[header.first].values()
    return any(
        not isinstance(value, str | int) or bool(_VALUE.fullmatch(str(value).strip()))
        for value in values
    )


def _make_header(
    first: int, last: int, cells: Mapping[int, HeaderCell], headers: HeaderMap
) -> Header:
    mappings = {headers.find(cell.text) for cell in cells.values()} - {None}
    return Header(first, last, cells, len(mappings))


def _cells_of_row(grid: Grid, row: int) -> dict[int, HeaderCell]:
    return {column: HeaderCell(text, row) for column, text in grid.texts(row)}


def _cells_of_two_rows(
    grid: Grid, upper: int, lower: int, headers: HeaderMap
) -> dict[int, HeaderCell]:
    """Return the headers of a lower row, each joined with the group in the row above."""
    below = dict(grid.texts(lower))
    groups = _group_texts(grid, upper, below)
    cells: dict[int, HeaderCell] = {
        column: HeaderCell(text, upper) for column, text in grid.texts(upper) if column not in below
    }
    for column, text in below.items():
        cells[column] = _join_group(groups.get(column), text, lower, headers)
    return dict(sorted(cells.items()))


def _group_texts(grid: Grid, upper: int, below: Mapping[int, str]) -> dict[int, str]:
    """Return the group above each column.

    If the upper row has merged cells, a group ends with them; otherwise it ends at the next text.
    """
    above = dict(grid.texts(upper))
    last_by_first = {
        merge.first[1]: merge.last[1] for merge in grid.merges if merge.first[0] == upper
    }
    last_column = max([*above, *below])
    groups: dict[int, str] = {}
    group, group_end = "", 0
    for column in range(1, last_column + 1):
        if column in above:
            group = above[column]
            group_end = last_by_first.get(column, column) if last_by_first else last_column
        if column <= group_end:
            groups[column] = group
    return groups


def _join_group(group: str | None, text: str, row: int, headers: HeaderMap) -> HeaderCell:
    if group is None:
        return HeaderCell(text, row)
    template = group_templates().get(normalise(group), "{group} {header}")
    compound = template.format(group=group, header=text)
    for joined in (f"{group} {text}", f"{text} {group}", compound):
        if headers.find(joined):
            return HeaderCell(joined, row)
    is_known = headers.find(group) or normalise(group) in words_meaning("group")
    return HeaderCell(text, row, None if is_known else group)
