"""How a sheet is laid out: where its headers are, what its columns mean, which rows are data."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import attrs

from tulevaisuus.exchange import messages
from tulevaisuus.exchange.columns import HeaderMap, Meaning, folded, words
from tulevaisuus.exchange.grid import Grid, cell_name, column_name
from tulevaisuus.findings import expectations
from tulevaisuus.findings.finding import Finding

__all__ = ["Layout", "header_row", "known_headers", "lay_out"]

_FIRST_ROWS = 50
"""Headers are looked for in so many rows that are not empty."""

_SHOWN = 10
"""A message lists so many rows; the last of more is an ellipsis."""

_SUGGESTIONS = 20
"""Looking for near headers is slow, and nobody reads so many."""


class Layout(NamedTuple):
    """What the columns of a sheet mean, which row has the headers, and what there is to report.

    ``columns`` are in the order in which they are read: codes before names, as names that are
    unknown do not matter beside a code.
    """

    header: int
    columns: Mapping[int, Meaning]
    findings: tuple[Finding, ...]


def known_headers(grid: Grid, headers: HeaderMap) -> int:
    """Return how many headers of a grid are known, of the row that has most of them."""
    return max((known for known, _ in _scores(grid, headers)), default=0)


def header_row(grid: Grid, headers: HeaderMap) -> int | None:
    """Return the first row with the most headers that are known; nothing if no row has any."""
    known, row = max(_scores(grid, headers), key=lambda each: each[0], default=(0, 0))
    return row if known else None


def _scores(grid: Grid, headers: HeaderMap) -> Iterator[tuple[int, int]]:
    for row in list(grid.rows)[:_FIRST_ROWS]:
        meanings = (headers.find(text) for _, text in grid.texts(row))
        yield len({meaning for meaning in meanings if meaning}), row


def lay_out(grid: Grid, headers: HeaderMap) -> Layout | Finding:
    """Read the row of headers; a finding if there is none."""
    header = header_row(grid, headers)
    path = f"/{headers.cls.plural}"
    if header is None:
        known = tuple(headers.wordings.values())[-_SHOWN:]
        missing = messages.NO_HEADER.finding(path, rows=_FIRST_ROWS, known=known)
        first = next(iter(grid.rows), 1)
        return attrs.evolve(missing, location=grid.location(first))
    reader = _HeaderReader(grid, headers, header)
    columns = reader.columns()
    return Layout(header, columns, (*_above(grid, header, path), *reader.findings))


def _above(grid: Grid, header: int, path: str) -> Iterator[Finding]:
    rows = [row for row in grid.rows if row < header]
    if rows:
        found = messages.ROWS_ABOVE.finding(path, header=header, rows=listed(rows))
        yield attrs.evolve(found, location=grid.location(rows[0]))


class _HeaderReader:
    """Reads the headers of one sheet."""

    def __init__(self, grid: Grid, headers: HeaderMap, row: int) -> None:
        self.grid = grid
        self.headers = headers
        self.row = row
        self.path = f"/{headers.cls.plural}"
        self.findings: list[Finding] = []

    def columns(self) -> Mapping[int, Meaning]:
        """Return what the columns mean, and note the findings on those that mean nothing."""
        taken: dict[Meaning, int] = {}
        for column, text in sorted(self.grid.texts(self.row)):
            if folded(text) in words("findings"):  # of a copy that `write_checked` made
                continue
            meaning = self.headers.find(text)
            if meaning is None:
                self._report(column, self._unknown(text))
            elif meaning in taken:
                other = cell_name(self.row, taken[meaning])
                field, found = meaning.target.name, expectations.quote(text)
                self._report(
                    column, messages.TWO_COLUMNS.finding(found=found, field=field, other=other)
                )
            else:
                taken[meaning] = column
        for column in self._nameless():
            self._report(column, messages.NO_HEADER_ABOVE.finding(column=column_name(column)))
        self._report_hidden(taken.values())
        ordered = sorted(taken.items(), key=lambda each: (not each[0].mode, each[1]))
        return {column: meaning for meaning, column in ordered}

    def _unknown(self, text: str) -> Finding:
        found = expectations.quote(text)
        near = self.headers.near(text) if len(self.findings) < _SUGGESTIONS else ()
        if near:
            return messages.UNKNOWN_HEADER_NEAR.finding(found=found, suggestions=near)
        return messages.UNKNOWN_HEADER.finding(found=found)

    def _nameless(self) -> list[int]:
        """Return the columns with values but without a header."""
        used = {
            column for row, cells in self.grid.rows.items() if row > self.row for column in cells
        }
        return sorted(used.difference(self.grid.rows[self.row]))

    def _report(self, column: int, finding: Finding) -> None:
        location = self.grid.location(self.row, column)
        self.findings.append(attrs.evolve(finding, path=self.path, location=location))

    def _report_hidden(self, read: Collection[int]) -> None:
        hidden = sorted(self.grid.hidden_columns.intersection(read))
        if hidden:
            names = tuple(map(column_name, hidden))
            self._report(hidden[0], messages.HIDDEN_COLUMNS.finding(columns=names))


def listed(rows: Iterable[int]) -> tuple[str, ...]:
    """Write numbers of rows as messages list them: the first ones, runs as ``5–9``."""
    runs: list[tuple[int, int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return (*shown[:_SHOWN], *(["…"] if len(shown) > _SHOWN else []))


def sum_word(grid: Grid, row: int, columns: Mapping[int, Meaning]) -> str | None:
    """Return the text that makes a row a sum: *Yhteensä*, *Yhteensä 2021*, *Avustukset yhteensä*.

    A row that has all the other fields that an entity must have is none, whatever its texts are.
    """
    texts = dict(grid.texts(row))
    for column, text in texts.items():
        parts = folded(text).split()
        if not {*parts[:1], *parts[-1:]}.isdisjoint(words("sum")):
            others = {
                meaning.target
                for other, meaning in columns.items()
                if other != column and meaning.target.required
            }
            given = {columns[other].target for other in texts if other in columns}
            return None if others and others <= given else text
    return None
