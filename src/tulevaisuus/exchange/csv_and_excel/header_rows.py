"""Where the headers of a sheet are: in one row, or in two of which the upper one groups columns."""

import itertools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import attrs

from tulevaisuus.exchange.csv_and_excel.columns import HeaderMap, folded, words
from tulevaisuus.exchange.csv_and_excel.grid import Grid

__all__ = ["Header", "HeaderCell", "find_header", "known_headers", "without_findings"]

_FIRST_ROWS = 50
"""The number of rows, not counting empty ones, in which headers are looked for."""

_LEAST = 2
"""An upper row with fewer texts is a title, and not one of groups of columns."""


class HeaderCell(NamedTuple):
    """The header of a column: its text, its row, and the group above it that changes its meaning.

    ``group`` is set only if its text is unknown, so that the header may mean something else.
    """

    text: str
    row: int
    group: str | None = None


class Header(NamedTuple):
    """The headers of a sheet by column, their first and last row, and how many are known."""

    first: int
    last: int
    cells: Mapping[int, HeaderCell]
    known_count: int


def find_header(grid: Grid, headers: HeaderMap) -> Header | None:
    """Return the earliest rows with the most known headers; ``None`` if no header is known."""
    best = max(_candidates(grid, headers), key=lambda each: each.known_count, default=None)
    return best if best and best.known_count else None


def known_headers(grid: Grid, headers: HeaderMap) -> int:
    """Return how many headers of a grid are known."""
    found = find_header(grid, headers)
    return found.known_count if found else 0


def without_findings(grid: Grid, headers: HeaderMap) -> Grid:
    """Return a grid without the column that `write_checked` added, and the rows of nothing else.

    The findings are beside titles, sums and footnotes, too, which look like entities with them.
    """
    header = find_header(grid, headers)
    texts = () if header is None else grid.texts(header.last)
    added = {column for column, text in texts if folded(text) in words("findings")}
    if not added:
        return grid
    rows = {
        row: {column: value for column, value in cells.items() if column not in added}
        for row, cells in grid.rows.items()
    }
    return attrs.evolve(grid, rows={row: cells for row, cells in rows.items() if cells})


def _candidates(grid: Grid, headers: HeaderMap) -> Iterator[Header]:
    """Yield each row as headers, then each two rows that show more together than alone."""
    rows = list(grid.rows)[:_FIRST_ROWS]
    single = {row: _header(row, row, _of_row(grid, row), headers) for row in rows}
    yield from single.values()
    for upper, lower in itertools.pairwise(rows):
        if lower == upper + 1 and len(single[upper].cells) >= _LEAST:
            both = _header(upper, lower, _of_two(grid, upper, lower, headers), headers)
            if both.known_count > max(single[upper].known_count, single[lower].known_count):
                yield both


def _header(first: int, last: int, cells: Mapping[int, HeaderCell], headers: HeaderMap) -> Header:
    mappings = {headers.find(cell.text) for cell in cells.values()} - {None}
    return Header(first, last, cells, len(mappings))


def _of_row(grid: Grid, row: int) -> dict[int, HeaderCell]:
    return {column: HeaderCell(text, row) for column, text in grid.texts(row)}


def _of_two(grid: Grid, upper: int, lower: int, headers: HeaderMap) -> dict[int, HeaderCell]:
    """Join the texts of two rows, as people read them from above."""
    below = dict(grid.texts(lower))
    groups = _groups(grid, upper, below)
    cells: dict[int, HeaderCell] = {
        column: HeaderCell(text, upper) for column, text in grid.texts(upper) if column not in below
    }
    for column, text in below.items():
        cells[column] = _joined(groups.get(column), text, lower, headers)
    return dict(sorted(cells.items()))


def _groups(grid: Grid, upper: int, below: Mapping[int, str]) -> dict[int, str]:
    """Return the text of the upper row above each column: merged, or up to the next text."""
    above = dict(grid.texts(upper))
    spans = {merge.first[1]: merge.last[1] for merge in grid.merges if merge.first[0] == upper}
    groups: dict[int, str] = {}
    current: tuple[str, int] | None = None
    for column in range(1, max([*above, *below]) + 1):
        if column in above:
            last = spans.get(column, column) if spans else max([*above, *below])
            current = above[column], last
        if current and column <= current[1]:
            groups[column] = current[0]
    return groups


def _joined(group: str | None, text: str, row: int, headers: HeaderMap) -> HeaderCell:
    if group is None:
        return HeaderCell(text, row)
    for joined in (f"{group} {text}", f"{text} {group}"):
        if headers.find(joined):
            return HeaderCell(joined, row)
    is_clear = headers.find(group) or folded(group) in words("group")
    return HeaderCell(text, row, None if is_clear else group)
