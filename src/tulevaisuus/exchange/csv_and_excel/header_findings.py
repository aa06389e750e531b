"""`read_layout`: finds the field of each column, and reports what is wrong with the headers.

A header is known if the vocabulary, a `HeaderMap`, has a field for it. A finding is a reported
problem or note. A register is a collection of the entities of one class, by key.
"""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import Grid, cell_name, column_name, format_row_numbers
from tulevaisuus.exchange.csv_and_excel.header_meanings import ColumnMapping, HeaderMap, normalise
from tulevaisuus.exchange.csv_and_excel.header_rows import (
    FIRST_ROWS,
    Header,
    HeaderCell,
    count_known_headers,
    find_header,
)
from tulevaisuus.exchange.csv_and_excel.units_of_amounts import (
    OTHER_CURRENCY,
    OTHER_UNIT,
    THOUSANDS_OR_MILLIONS,
)
from tulevaisuus.exchange.csv_and_excel.words_in_cells import words_meaning
from tulevaisuus.exchange.table_messages import TableMessage
from tulevaisuus.findings import found_values
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.suggestions import suggest

__all__ = [
    "Layout",
    "find_header_column",
    "read_layout",
    "transposed_finding",
]

_360GIVING_HEADER = re.compile(
    r"(?:recipient|funding) ?org(?:ani[sz]ation)?(?::|/0/)", re.IGNORECASE
)
"""A header of a spreadsheet of 360Giving, a standard for open data on grants."""

_MARKS_AROUND_UNIT = " \t\n,;:()[]"
"""Characters that are cut off where the unit was removed from a header."""

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")

_FIRST_COLUMNS = 2
"""The number of columns in which headers below each other are looked for."""

_MIN_HEADERS_BELOW = 3
"""Fewer known headers below each other may be values, such as names of categories."""

_MAX_HEADERS_SHOWN = 4
"""How many headers a message about a transposed table names."""

_MAX_SUGGESTIONS = 20
"""After so many findings no similar headers are searched for, as the search is slow."""

_MAX_UNKNOWN = 100
"""After so many unknown headers the others have one finding, or they would hide all others."""


class Layout(NamedTuple):
    """The last row of the headers, the field of each column, and the findings about the headers.

    ``columns`` has the columns in the order in which they are read. Columns of codes come before
    columns of names: if the code is known, an unknown name is not an error.
    """

    header_row: int
    columns: Mapping[int, ColumnMapping]
    findings: tuple[Finding, ...]


def read_layout(grid: Grid, vocabulary: HeaderMap) -> Layout | Finding:
    """Find the headers and read them; a sheet without known headers gives a finding."""
    path = f"/{vocabulary.cls.plural}"
    giving_finding = _find_360giving_header(grid, path)
    if giving_finding is not None:
        return giving_finding
    header_column = find_header_column(grid, vocabulary)
    if header_column is not None:
        return transposed_finding(grid, header_column, path)
    header = find_header(grid, vocabulary)
    if header is None:
        return _no_header_finding(grid, vocabulary, path)
    reader = _HeaderReader(grid, vocabulary, header)
    columns = reader.read_columns()
    above = _findings_above_header(grid, header, columns.values(), path)
    return Layout(header.last, columns, (*above, *reader.findings))


def find_header_column(grid: Grid, vocabulary: HeaderMap) -> dict[int, str] | None:
    """Return the known headers of a transposed table, by their rows.

    Such headers are below each other at the left, and more than in any row. ``None`` means that the
    table is not transposed.
    """
    rows = _first_rows(grid)
    columns = sorted({column for row in rows for column in grid.rows[row]})[:_FIRST_COLUMNS]
    best: dict[int, str] = {}
    field_count = max(_MIN_HEADERS_BELOW - 1, count_known_headers(grid, vocabulary))
    for column in columns:
        texts = {row: grid.text(row, column) for row in rows}
        headers = {row: text for row, text in texts.items() if vocabulary.find(text) is not None}
        fields = {vocabulary.find(text) for text in headers.values()}
        if len(fields) > field_count:
            best, field_count = headers, len(fields)
    return best or None


def transposed_finding(grid: Grid, headers: Mapping[int, str], path: str) -> Finding:
    """Report a table whose headers are below each other.

    Args:
        grid: The cells of the sheet.
        headers: The known headers by row, from `find_header_column`.
        path: The JSON Pointer of the register.
    """
    shown = tuple(map(found_values.quote, itertools.islice(headers.values(), _MAX_HEADERS_SHOWN)))
    finding = table_messages.TRANSPOSED_TABLE.finding(path, known=shown)
    return attrs.evolve(finding, location=grid.location(min(headers)))


def _no_header_finding(grid: Grid, vocabulary: HeaderMap, path: str) -> Finding:
    """Report that no header is known, or that the headers of amounts name another scale."""
    for row, column, text in _texts_of_rows(grid, _first_rows(grid)):
        without_scale = THOUSANDS_OR_MILLIONS.sub("", text)
        if without_scale != text and vocabulary.find(without_scale.strip(_MARKS_AROUND_UNIT)):
            scaled = table_messages.SCALE_IN_HEADER.finding(path, found=found_values.quote(text))
            return attrs.evolve(scaled, location=grid.location(row, column))
    required = [field for field in vocabulary.fields.values() if field.required]
    known = tuple(vocabulary.header(field.name, "fi") for field in required)
    missing = table_messages.NO_ROW_OF_HEADERS.finding(path, rows=FIRST_ROWS, known=known)
    return attrs.evolve(missing, location=grid.location(next(iter(grid.rows), 1)))


def _find_360giving_header(grid: Grid, path: str) -> Finding | None:
    """Report a spreadsheet of the 360Giving standard: its headers are paths into JSON objects."""
    for row, column, text in _texts_of_rows(grid, _first_rows(grid)):
        if _360GIVING_HEADER.match(text):
            quoted = found_values.quote(text)
            finding = table_messages.TABLE_OF_360GIVING.finding(path, found=quoted)
            return attrs.evolve(finding, location=grid.location(row, column))
    return None


def _first_rows(grid: Grid) -> list[int]:
    """Return the rows in which headers are looked for."""
    return [*itertools.islice(grid.rows, FIRST_ROWS)]


def _texts_of_rows(grid: Grid, rows: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the row, the column and the text of each cell."""
    return ((row, column, text) for row in rows for column, text in grid.texts(row))


def _findings_above_header(
    grid: Grid, header: Header, mappings: Iterable[ColumnMapping], path: str
) -> Iterator[Finding]:
    """Report the rows above the headers, and titles that name another unit than euros."""
    rows = [row for row in grid.rows if row < header.first]
    if rows:
        finding = table_messages.ROWS_ABOVE_HEADERS.finding(
            path, header=header.first, rows=format_row_numbers(rows)
        )
        yield attrs.evolve(finding, location=grid.location(rows[0]))
    has_amounts = any(mapping.field.name.endswith("_eur") for mapping in mappings)
    for row, column, text in _texts_of_rows(grid, rows if has_amounts else ()):
        message = _unit_message(text)
        if message:
            finding = message.finding(path, found=found_values.quote(text))
            yield attrs.evolve(finding, location=grid.location(row, column))


def _unit_message(text: str) -> TableMessage | None:
    """Return the message about a title that names another unit than euros, if it does."""
    if THOUSANDS_OR_MILLIONS.search(text):
        return table_messages.SCALE_ABOVE_HEADERS
    return table_messages.OTHER_CURRENCY_ABOVE_HEADERS if OTHER_CURRENCY.search(text) else None


class _HeaderReader:
    """Reads the headers of one sheet."""

    def __init__(self, grid: Grid, vocabulary: HeaderMap, header: Header) -> None:
        self.grid = grid
        self.vocabulary = vocabulary
        self.header = header
        self.path = f"/{vocabulary.cls.plural}"
        self.findings: list[Finding] = []
        self.unknown: list[int] = []  # the columns that are left out, as their headers are unknown

    def read_columns(self) -> Mapping[int, ColumnMapping]:
        """Return the field of each column, and collect findings about the other columns."""
        column_by_mapping: dict[ColumnMapping, int] = {}
        repeated: set[ColumnMapping] = set()
        if self.header.first != self.header.last:
            rows = format_row_numbers([self.header.first, self.header.last])
            self._report(min(self.header.cells), table_messages.TWO_HEADER_ROWS.finding(rows=rows))
        for column, cell in self.header.cells.items():
            is_findings_column = normalise(cell.text) in words_meaning("findings")
            if not is_findings_column:  # `write_checked` adds one to a copy
                self._read_header(column, cell, column_by_mapping, repeated)
        self._report_more_unknown()
        self._report_headers_of_caller()
        for column in self._columns_without_header():
            self._report(
                column, table_messages.COLUMN_WITHOUT_HEADER.finding(column=column_name(column))
            )
        for mapping in repeated:  # nobody knows which of its columns has the right values
            del column_by_mapping[mapping]
        for mapping, column in column_by_mapping.items():
            self._report_group(column, mapping)
        self._report_hidden(column_by_mapping.values())
        # Columns of codes come first, then all columns from left to right.
        ordered = sorted(
            column_by_mapping,
            key=lambda mapping: (not mapping.key_in_cells, column_by_mapping[mapping]),
        )
        return {column_by_mapping[mapping]: mapping for mapping in ordered}

    def _read_header(
        self,
        column: int,
        cell: HeaderCell,
        column_by_mapping: dict[ColumnMapping, int],
        repeated: set[ColumnMapping],
    ) -> None:
        """Find the field of a header; report an unknown header, and a second one for a field."""
        mapping = self.vocabulary.find(cell.text)
        if mapping is None:
            self._report_unknown(column, cell.text)
            return
        if mapping not in column_by_mapping:
            column_by_mapping[mapping] = column
            return
        repeated.add(mapping)
        other = column_by_mapping[mapping]
        finding = table_messages.TWO_COLUMNS_OF_FIELD.finding(
            found=found_values.quote(cell.text),
            field=mapping.field.name,
            other=cell_name(self.header.cells[other].row, other),
        )
        self._report(column, finding)

    def _report_group(self, column: int, mapping: ColumnMapping) -> None:
        """Report a column below a group that is unknown, and may change the meaning."""
        cell = self.header.cells[column]
        if cell.group is not None:
            finding = table_messages.HEADER_BELOW_UNKNOWN_GROUP.finding(
                found=found_values.quote(cell.text),
                group=found_values.quote(cell.group),
                field=mapping.field.name,
            )
            self._report(column, finding)

    def _report_unknown(self, column: int, text: str) -> None:
        """Report a header without a field, but only the first of those without a suggestion."""
        finding = self._unknown_header_finding(text)
        if finding.template == table_messages.UNKNOWN_HEADER.text:
            self.unknown.append(column)
            if len(self.unknown) > _MAX_UNKNOWN:
                return  # `_report_more_unknown` counts it
        self._report(column, finding)

    def _report_more_unknown(self) -> None:
        """Report how many unknown headers had no finding of their own."""
        more = self.unknown[_MAX_UNKNOWN:]
        if more:
            first = column_name(more[0])
            finding = table_messages.MORE_UNKNOWN_HEADERS.finding(count=len(more), column=first)
            self._report(more[0], finding)

    def _report_headers_of_caller(self) -> None:
        """Report the headers in the options of the caller that the sheet does not have."""
        texts = {normalise(cell.text): cell.text for cell in self.header.cells.values()}
        for header in self.vocabulary.headers_of_caller:
            if normalise(header) not in texts:
                similar = suggest(header, [each for each in texts.values() if each.strip()])
                finding = (
                    table_messages.HEADER_OF_CALLER_NEAR.finding(
                        found=found_values.quote(header),
                        suggestions=tuple(map(found_values.quote, similar)),
                    )
                    if similar
                    else table_messages.HEADER_OF_CALLER.finding(found=found_values.quote(header))
                )
                self._report(min(self.header.cells), finding)

    def _unknown_header_finding(self, text: str) -> Finding:
        """Make the finding about a header without a field; it says why, if that is known."""
        found = found_values.quote(text)
        if "amount_eur" in self.vocabulary.fields and normalise(text) in words_meaning("ledger"):
            return table_messages.DEBIT_OR_CREDIT.finding(found=found)
        if THOUSANDS_OR_MILLIONS.search(text):
            return table_messages.SCALE_IN_HEADER.finding(found=found)
        unit = OTHER_UNIT.search(text)
        if unit and self._is_amount(OTHER_UNIT.sub("", text)):
            return table_messages.OTHER_UNIT_IN_HEADER.finding(found=found, unit=unit[0])
        if unit or _YEAR.search(text):  # a similar header without unit or year means something else
            return table_messages.UNKNOWN_HEADER.finding(found=found)
        similar = self._similar_headers(text)
        if similar:
            return table_messages.UNKNOWN_HEADER_WITH_SUGGESTION.finding(
                found=found, suggestions=similar
            )
        return table_messages.UNKNOWN_HEADER.finding(found=found)

    def _similar_headers(self, text: str) -> tuple[str, ...]:
        """Return the known header that a header may be a misspelling of.

        Two columns may have amounts, such as *Summa* and *Yhteensä*: then the second is no typo.
        """
        if len(self.findings) >= _MAX_SUGGESTIONS:
            return ()
        known = {self.vocabulary.find(cell.text) for cell in self.header.cells.values()}
        return tuple(
            header
            for header in self.vocabulary.suggestions(text)
            if not (self._is_amount(header) and self.vocabulary.find(header) in known)
        )

    def _is_amount(self, text: str) -> bool:
        """Return whether a header without its unit is that of an amount."""
        mapping = self.vocabulary.find(text.strip(_MARKS_AROUND_UNIT))
        return mapping is not None and mapping.field.name.endswith("_eur")

    def _columns_without_header(self) -> list[int]:
        """Return the columns with values but without a header."""
        filled = {
            column
            for row, cells in self.grid.rows.items()
            if row > self.header.last
            for column in cells
        }
        return sorted(filled.difference(self.header.cells))

    def _report(self, column: int, finding: Finding) -> None:
        """Collect a finding about a column, located at its header or below the others."""
        cell = self.header.cells.get(column)
        location = self.grid.location(self.header.last if cell is None else cell.row, column)
        self.findings.append(attrs.evolve(finding, path=self.path, location=location))

    def _report_hidden(self, read: Collection[int]) -> None:
        """Report which of the columns that are read are hidden."""
        hidden = sorted(self.grid.hidden_columns.intersection(read))
        if hidden:
            names = tuple(map(column_name, hidden))
            self._report(hidden[0], table_messages.HIDDEN_COLUMNS.finding(columns=names))
