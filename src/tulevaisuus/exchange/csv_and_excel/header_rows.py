"""Finds the headers of a sheet: one row, or two rows of which the upper one groups columns.

A header is known if the vocabulary, a `HeaderMap`, has a field for it. A grid has the cells of a
sheet. An entity is one record of a table, such as a grant.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import attrs

from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_meanings import HeaderMap, group_templates, normalise
from tulevaisuus.exchange.csv_and_excel.words_in_cells import words_meaning

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

# Not a year; then an optional minus sign, a digit, and digits with the marks of numbers and dates.
_VALUE = re.compile(r"(?!(?:19|20)[0-9]{2}\Z)[-\N{MINUS SIGN}]?[0-9][0-9\s.,:/\N{EN DASH}€-]*")
"""A number or a date, such as ``-1 250,50 €`` or ``1.1.2021``, but not a year: ``2021``."""


class HeaderCell(NamedTuple):
    """The header of a column: its text, its row, and the group above it.

    ``group`` is ``None`` if there is none, or if its meaning is known: an unknown one may change
    the meaning of the header.
    """

    text: str
    row: int
    group: str | None = None


class Header(NamedTuple):
    """The headers of a sheet by column, and their first and last row.

    ``known_count`` is the number of known headers; several of the same field count once.
    """

    first: int
    last: int
    cells: Mapping[int, HeaderCell]
    known_count: int


def find_header(grid: Grid, vocabulary: HeaderMap) -> Header | None:
    """Return the header rows with the most known headers, the first of several; or ``None``."""
    candidates = _candidates(grid, vocabulary)
    best = max(candidates, key=lambda header: header.known_count, default=None)
    return best if best and best.known_count else None


def count_known_headers(grid: Grid, vocabulary: HeaderMap) -> int:
    """Return how many headers of a grid are known."""
    header = find_header(grid, vocabulary)
    return header.known_count if header else 0


def without_findings_column(grid: Grid, vocabulary: HeaderMap) -> Grid:
    """Return a grid without the column of findings that `write_checked` added.

    `write_checked` copies a table and writes the findings about each row beside it. With that
    column, titles, sums and footnotes would have two filled cells and look like entities.
    """
    header = find_header(grid, vocabulary)
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


def _candidates(grid: Grid, vocabulary: HeaderMap) -> Iterator[Header]:
    """Yield rows that may be headers, and pairs of rows with more known headers than each row."""
    rows = list(grid.rows)[:FIRST_ROWS]
    one_row = {row: _make_header(row, row, _cells_of_row(grid, row), vocabulary) for row in rows}
    yield from (header for header in one_row.values() if not _is_row_of_values(grid, header))
    for upper, lower in itertools.pairwise(rows):
        if lower == upper + 1 and len(one_row[upper].cells) >= _MIN_GROUPS:
            cells = _cells_of_two_rows(grid, upper, lower, vocabulary)
            both = _make_header(upper, lower, cells, vocabulary)
            if both.known_count > max(one_row[upper].known_count, one_row[lower].known_count):
                yield both


def _is_row_of_values(grid: Grid, header: Header) -> bool:
    """Return whether a row has numbers or dates, and only one text that is also a known header.

    *Myönnetty* ("granted") is a header of amounts, and a status in the rows below. Headers may be
    years.
    """
    if header.known_count > 1:
        return False
    values = grid.rows[header.first].values()
    return any(
        not isinstance(value, str | int) or bool(_VALUE.fullmatch(str(value).strip()))
        for value in values
    )


def _make_header(
    first: int, last: int, cells: Mapping[int, HeaderCell], vocabulary: HeaderMap
) -> Header:
    """Make the header of the rows from ``first`` to ``last``, and count its known headers."""
    fields = {vocabulary.find(cell.text) for cell in cells.values()} - {None}
    return Header(first, last, cells, len(fields))


def _cells_of_row(grid: Grid, row: int) -> dict[int, HeaderCell]:
    """Return the headers of a row without groups, by column."""
    return {column: HeaderCell(text, row) for column, text in grid.texts(row)}


def _cells_of_two_rows(
    grid: Grid, upper: int, lower: int, vocabulary: HeaderMap
) -> dict[int, HeaderCell]:
    """Return the headers of two rows: those below are joined with the group above them."""
    below = dict(grid.texts(lower))
    groups = _group_texts(grid, upper, below)
    cells: dict[int, HeaderCell] = {
        column: HeaderCell(text, upper) for column, text in grid.texts(upper) if column not in below
    }
    for column, text in below.items():
        cells[column] = _join_group(groups.get(column), text, lower, vocabulary)
    return dict(sorted(cells.items()))


def _group_texts(grid: Grid, upper: int, below: Mapping[int, str]) -> dict[int, str]:
    """Return the group above each column.

    If the upper row has merged cells, a group ends with them; otherwise it ends at the next text.
    """
    above = dict(grid.texts(upper))
    merge_ends = {merge.left: merge.right for merge in grid.merges if merge.top == upper}
    last_column = max([*above, *below])
    groups: dict[int, str] = {}
    group, group_end = "", 0
    for column in range(1, last_column + 1):
        if column in above:
            group = above[column]
            group_end = merge_ends.get(column, column) if merge_ends else last_column
        if column <= group_end:
            groups[column] = group
    return groups


def _join_group(group: str | None, text: str, row: int, vocabulary: HeaderMap) -> HeaderCell:
    """Return a header joined with its group, if both together are known; otherwise the header."""
    if group is None:
        return HeaderCell(text, row)
    # *Hanke* above *tunnus* is *Hankkeen tunnus*: the template has the group in its genitive.
    template = group_templates().get(normalise(group), "{group} {header}")
    compound = template.format(group=group, header=text)
    for joined in (f"{group} {text}", f"{text} {group}", compound):
        if vocabulary.find(joined):
            return HeaderCell(joined, row)
    is_known = vocabulary.find(group) or normalise(group) in words_meaning("group")
    return HeaderCell(text, row, None if is_known else group)
