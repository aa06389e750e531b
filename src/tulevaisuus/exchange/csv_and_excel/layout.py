"""How a sheet is laid out: where its headers are, what its columns mean, which rows are data."""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.columns import ColumnMapping, HeaderMap, folded, words
from tulevaisuus.exchange.csv_and_excel.grid import Grid, cell_name, column_name
from tulevaisuus.exchange.csv_and_excel.header_rows import Header, HeaderCell, find_header
from tulevaisuus.exchange.csv_and_excel.xlsx_number_formats import FOREIGN
from tulevaisuus.exchange.table_messages import TableMessage
from tulevaisuus.findings import expectations
from tulevaisuus.findings.finding import Finding

__all__ = ["Layout", "lay_out", "listed", "sum_word"]

_FIRST_ROWS = 50
"""The number of rows, not counting empty ones, in which headers are looked for."""

_BETWEEN_WORDS = re.compile(r"[\s,;:()]+")

_SCALE = re.compile(
    r"1[\s.]?000\s?(?:€|eur|e\b)|\btuhat|\btuhan|\btusen|\bthousand|\bmilj"
    r"|\bmillion|\b[tkm]€|\b[tkm]eur\b|\bmn ?€",
    re.IGNORECASE,
)
"""What says that amounts are in thousands or millions of euros."""

_FOREIGN_OR_SHARE = re.compile(f"{FOREIGN.pattern}|%", re.IGNORECASE)
_OF_360GIVING = re.compile(r"(?:recipient|funding) ?org(?:ani[sz]ation)?(?::|/0/)", re.IGNORECASE)
_AROUND_UNIT = " \t\n,;:()[]"
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")

_SHOWN = 10
"""The most rows that a message lists; an ellipsis is for the others."""

_SUGGESTIONS = 20
"""The most headers for which similar ones are looked for, which is slow."""


class Layout(NamedTuple):
    """What the columns of a sheet mean, which row has the headers, and what there is to report.

    ``columns`` are in the order in which they are read: codes before names, as names that are
    unknown do not matter beside a code.
    """

    header: int
    columns: Mapping[int, ColumnMapping]
    findings: tuple[Finding, ...]


def lay_out(grid: Grid, headers: HeaderMap) -> Layout | Finding:
    """Read the row of headers; a finding if there is none."""
    path = f"/{headers.cls.plural}"
    foreign = _of_360giving(grid, path)
    if foreign is not None:
        return foreign
    header = find_header(grid, headers)
    if header is None:
        return _no_header(grid, headers, path)
    reader = _HeaderReader(grid, headers, header)
    columns = reader.columns()
    above = _above(grid, header, columns.values(), path)
    return Layout(header.last, columns, (*above, *reader.findings))


def _no_header(grid: Grid, headers: HeaderMap, path: str) -> Finding:
    """Report that no header is known; if those of amounts are in thousands, that they are."""
    for row, column, text in _first_texts(grid):
        if _SCALE.search(text) and headers.find(_SCALE.sub("", text).strip(_AROUND_UNIT)):
            scaled = table_messages.SCALED_HEADER.finding(path, found=expectations.quote(text))
            return attrs.evolve(scaled, location=grid.location(row, column))
    needed = [each for each in headers.targets.values() if each.required]
    known = tuple(headers.header(each.name, "fi") for each in needed)
    missing = table_messages.NO_HEADER.finding(path, rows=_FIRST_ROWS, known=known)
    return attrs.evolve(missing, location=grid.location(next(iter(grid.rows), 1)))


def _of_360giving(grid: Grid, path: str) -> Finding | None:
    """Return the finding on a spreadsheet of 360Giving, whose headers name parts of objects."""
    for row, column, text in _first_texts(grid):
        if _OF_360GIVING.match(text):
            found = table_messages.OF_360GIVING.finding(path, found=expectations.quote(text))
            return attrs.evolve(found, location=grid.location(row, column))
    return None


def _first_texts(grid: Grid) -> Iterator[tuple[int, int, str]]:
    rows = itertools.islice(grid.rows, _FIRST_ROWS)
    return ((row, *each) for row in rows for each in grid.texts(row))


def _above(
    grid: Grid, header: Header, mappings: Iterable[ColumnMapping], path: str
) -> Iterator[Finding]:
    """Report the rows above, and that they may say that amounts are in thousands or millions."""
    rows = [row for row in grid.rows if row < header.first]
    if rows:
        found = table_messages.ROWS_ABOVE.finding(path, header=header.first, rows=listed(rows))
        yield attrs.evolve(found, location=grid.location(rows[0]))
    has_amounts = any(mapping.target.name.endswith("_eur") for mapping in mappings)
    texts = ((above, *each) for above in rows for each in grid.texts(above))
    for row, column, text in texts:
        message = _unit_message(text) if has_amounts else None
        if message:
            unit = message.finding(path, found=expectations.quote(text))
            yield attrs.evolve(unit, location=grid.location(row, column))


def _unit_message(text: str) -> TableMessage | None:
    """Return what is to be reported of a title: that it names another unit than euros."""
    if _SCALE.search(text):
        return table_messages.SCALE_ABOVE
    return table_messages.FOREIGN_ABOVE if FOREIGN.search(text) else None


class _HeaderReader:
    """Reads the headers of one sheet."""

    def __init__(self, grid: Grid, headers: HeaderMap, header: Header) -> None:
        self.grid = grid
        self.headers = headers
        self.header = header
        self.row = header.last
        self.path = f"/{headers.cls.plural}"
        self.findings: list[Finding] = []

    def columns(self) -> Mapping[int, ColumnMapping]:
        """Return what the columns mean, and note the findings on those that mean nothing."""
        taken: dict[ColumnMapping, int] = {}
        doubled: set[ColumnMapping] = set()
        if self.header.first != self.header.last:
            rows = listed([self.header.first, self.header.last])
            self._report(min(self.header.cells), table_messages.TWO_HEADER_ROWS.finding(rows=rows))
        for column, cell in self.header.cells.items():
            if folded(cell.text) not in words("findings"):  # of a copy that `write_checked` made
                self._take(column, cell, taken, doubled)
        for column in self._nameless():
            self._report(column, table_messages.NO_HEADER_ABOVE.finding(column=column_name(column)))
        for mapping in doubled:  # which of them has the values, nobody knows
            del taken[mapping]
        for mapping, column in taken.items():
            self._report_group(column, mapping)
        self._report_hidden(taken.values())
        ordered = sorted(taken.items(), key=lambda each: (not each[0].notation, each[1]))
        return {column: mapping for mapping, column in ordered}

    def _take(
        self,
        column: int,
        cell: HeaderCell,
        taken: dict[ColumnMapping, int],
        doubled: set[ColumnMapping],
    ) -> None:
        mapping = self.headers.find(cell.text)
        found = expectations.quote(cell.text)
        if mapping is None:
            self._report(column, self._unknown(cell.text))
            return
        if mapping not in taken:
            taken[mapping] = column
            return
        doubled.add(mapping)
        field, first = mapping.target.name, taken[mapping]
        other = cell_name(self.header.cells[first].row, first)
        self._report(
            column, table_messages.TWO_HEADERS.finding(found=found, field=field, other=other)
        )

    def _report_group(self, column: int, mapping: ColumnMapping) -> None:
        cell = self.header.cells[column]
        if cell.group is not None:
            finding = table_messages.GROUP_HEADER.finding(
                found=expectations.quote(cell.text),
                group=expectations.quote(cell.group),
                field=mapping.target.name,
            )
            self._report(column, finding)

    def _unknown(self, text: str) -> Finding:
        found = expectations.quote(text)
        if _SCALE.search(text):
            return table_messages.SCALED_HEADER.finding(found=found)
        unit = _FOREIGN_OR_SHARE.search(text)
        if unit and self._is_amount(_FOREIGN_OR_SHARE.sub("", text)):
            return table_messages.FOREIGN_HEADER.finding(found=found, unit=unit[0])
        if unit or _YEAR.search(text):  # which a header without them would not mean
            return table_messages.UNKNOWN_HEADER.finding(found=found)
        near = self.headers.near(text) if len(self.findings) < _SUGGESTIONS else ()
        if near:
            return table_messages.UNKNOWN_HEADER_NEAR.finding(found=found, suggestions=near)
        return table_messages.UNKNOWN_HEADER.finding(found=found)

    def _is_amount(self, text: str) -> bool:
        mapping = self.headers.find(text.strip(_AROUND_UNIT))
        return mapping is not None and mapping.target.name.endswith("_eur")

    def _nameless(self) -> list[int]:
        """Return the columns with values but without a header."""
        used = {
            column for row, cells in self.grid.rows.items() if row > self.row for column in cells
        }
        return sorted(used.difference(self.header.cells))

    def _report(self, column: int, finding: Finding) -> None:
        cell = self.header.cells.get(column)
        location = self.grid.location(self.row if cell is None else cell.row, column)
        self.findings.append(attrs.evolve(finding, path=self.path, location=location))

    def _report_hidden(self, read: Collection[int]) -> None:
        hidden = sorted(self.grid.hidden_columns.intersection(read))
        if hidden:
            names = tuple(map(column_name, hidden))
            self._report(hidden[0], table_messages.HIDDEN_COLUMNS.finding(columns=names))


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


def sum_word(grid: Grid, row: int, columns: Mapping[int, ColumnMapping]) -> str | None:
    """Return the text that makes a row a sum: *Yhteensä*, *Yhteensä 2021*, *Avustukset yhteensä*.

    A row that has all the other fields that an entity must have is none, whatever its texts are.
    """
    texts = dict(grid.texts(row))
    for column, text in texts.items():
        parts = _BETWEEN_WORDS.split(folded(text))
        if not words("sum").keys().isdisjoint(parts):
            others = {
                mapping.target
                for other, mapping in columns.items()
                if other != column and mapping.target.required
            }
            given = {columns[other].target for other in texts if other in columns}
            return None if others and others <= given else text
    return None
