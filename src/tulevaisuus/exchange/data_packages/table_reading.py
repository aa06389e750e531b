"""Reads one CSV file of a package as rows of typed cells, and locates findings in the file.

A finding is a reported problem or note. The lists of an entity are in tables of their own: a row in
such a table has an owner, the row with the list.
"""

import codecs
import csv
import datetime as dt
import functools
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import is_decoded_twice
from tulevaisuus.exchange.csv_and_excel.grid import cell_name
from tulevaisuus.exchange.data_packages.description import EMPTY_SET
from tulevaisuus.exchange.table_messages import phrase
from tulevaisuus.findings import json_pointers, messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.unchecked import Located
from tulevaisuus.formats.decoding import ALREADY_REPORTED, unknown_fields
from tulevaisuus.formats.row_writing_and_columns import Table
from tulevaisuus.model.field_types import SetOf

__all__ = ["PackageLocator", "PackageTable", "Records", "read_csv_table"]

Records: TypeAlias = list[tuple[int, list[str]]]
"""The rows of a file that are not blank, with their numbers."""

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
"""The delimiters, and the names of their texts in messages."""

_MAX_CELL_LENGTH = 2**31 - 1
"""The highest limit that the module `csv` accepts on all systems."""

_INTEGER = re.compile("-?[0-9]{1,40}")
_DECIMAL = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
"""The booleans of Table Schema, except 1 and 0, which we reject."""


@attrs.frozen
class PackageTable:
    """A table of a package, as it is in its file.

    ``columns`` are the numbers of the columns in the file, ``numbers`` those of the rows.
    ``records`` are the cells of the rows as text, ``rows`` the same with typed values.
    """

    layout: Table
    source: str
    columns: Mapping[str, int]
    numbers: Sequence[int]
    records: Sequence[Sequence[str]]
    rows: Sequence[Mapping[str, object]]

    @functools.cached_property
    def by_key(self) -> Mapping[tuple[object, ...], int]:
        """The index of each row of a list, by the key of its owner and its index in the list."""
        return {
            tuple(row.get(name) for name in self.layout.owner_columns): index
            for index, row in enumerate(self.rows)
        }

    def location(self, index: int, path: Sequence[str]) -> Location:
        """Return the location of a row, or of the cell for a path in the row."""
        row = self.numbers[index]
        names = ("_".join(path[:length]) for length in range(len(path), 0, -1))
        column = next((self.columns[name] for name in names if name in self.columns), None)
        if column is None:
            return Location(source=self.source, row=row)
        text = self.records[index][column - 1]
        cell = cell_name(row, column)
        return Location(source=self.source, row=row, cell=cell, snippet=text or None)


@attrs.frozen
class PackageLocator:
    """Finds the file, row and cell of findings by their paths."""

    name: str | None
    tables: Mapping[str, PackageTable]

    def locate(self, findings: Iterable[Located]) -> list[Located]:
        """Return the findings with their locations; a location with a file is kept."""
        return [
            finding
            if finding.location and finding.location.source
            else attrs.evolve(finding, location=self._location(json_pointers.split(finding.path)))
            for finding in findings
        ]

    def _location(self, path: Sequence[str]) -> Location:
        """Return the location of a path such as ``grants/0/amount_eur``."""
        name, index, *rest = (*path, "", "")  # a path may have no index, or be empty
        table = self.tables.get(name)
        if table is None:
            return Location(source=self.name)
        if not index.isdecimal() or int(index) >= len(table.rows):
            return Location(source=table.source)
        return self._location_in_row(table, int(index), [*filter(None, rest)])

    def _location_in_row(self, table: PackageTable, index: int, path: Sequence[str]) -> Location:
        """Return the location of a field in a row; the elements of a list are in another table."""
        # A path such as notes/0/text leads to the list "notes", its element 0, and the field there.
        list_path = [*itertools.takewhile(lambda name: not name.isdecimal(), path)]
        list_table = self.tables.get("_".join([table.layout.name, *list_path]))
        if list_table is not None and len(list_path) < len(path):
            element, *path_in_element = path[len(list_path) :]
            row = table.rows[index]
            key = (*map(row.get, table.layout.keys_in_lists.values()), int(element))
            if key in list_table.by_key:
                # An element without fields is in a column "value".
                path_in_element = path_in_element or ["value"]
                return self._location_in_row(list_table, list_table.by_key[key], path_in_element)
        return table.location(index, path)


def read_csv_table(
    data: bytes, table: Table, source: str
) -> tuple[PackageTable | None, list[Finding]]:
    """Read a table that `write_package` has written, or that was edited in a spreadsheet program.

    Args:
        data: The bytes of the file.
        table: The columns of the table.
        source: The name of the file in messages.
    """
    reader = _TableReader(table, source)
    return reader.read(data), reader.findings


class _TableReader:
    """Reads one file, and collects findings with their locations."""

    def __init__(self, table: Table, source: str) -> None:
        self.table = table
        self.types = table.types()
        self.source = source
        self.findings: list[Finding] = []

    def report(self, finding: Finding, row: int | None = None, column: int | None = None) -> None:
        """Report a finding about the file, a row or a cell."""
        cell = None if row is None or column is None else cell_name(row, column)
        location = Location(source=self.source, row=row, cell=cell)
        path = json_pointers.join(self.table.name)
        self.findings.append(attrs.evolve(finding, path=path, location=location))

    def read(self, data: bytes) -> PackageTable | None:
        """Return the table, unless the file cannot be read at all."""
        try:
            text = data.removeprefix(codecs.BOM_UTF8).decode()
        except UnicodeDecodeError:
            self.report(table_messages.NOT_UTF8.finding())
            return None
        if is_decoded_twice(text):
            self.report(table_messages.DECODED_TWICE.finding())
        records = self._records(text)
        if records == []:
            self.report(table_messages.EMPTY_TABLE.finding())
        return self._table(records) if records else None

    def _table(self, records: Records) -> PackageTable:
        """Make the table: the first record has the names of the columns."""
        (header, names), *rest = records
        columns = self._columns(header, names)
        complete = [
            (number, cells)
            for number, cells in rest
            if self._has_all_cells(number, cells, len(names))
        ]
        readers = self._cell_readers(columns)
        return PackageTable(
            layout=self.table,
            source=self.source,
            columns=columns,
            numbers=tuple(number for number, _ in complete),
            records=[cells for _, cells in complete],
            rows=[{name: read(cells) for name, read in readers} for _, cells in complete],
        )

    def _records(self, text: str) -> Records | None:
        """Return the rows that are not blank; the delimiter gives the most known columns."""
        csv.field_size_limit(max(csv.field_size_limit(), _MAX_CELL_LENGTH))  # texts may be long
        header = text.partition("\n")[0]
        counts = {
            delimiter: len(self.types.keys() & _cells_of(header, delimiter))
            for delimiter in _DELIMITERS
        }
        delimiter = max(counts, key=lambda delimiter: counts[delimiter])
        if delimiter != ",":
            named = phrase("delimiters", _DELIMITERS[delimiter])
            self.report(table_messages.DETECTED_DIALECT.finding(encoding="UTF-8", delimiter=named))
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            return [(number, row) for number, row in enumerate(reader, 1) if any(row)]
        except csv.Error:
            self.report(
                table_messages.UNPAIRED_QUOTES.finding(line=reader.line_num), reader.line_num
            )
            return None

    def _columns(self, header: int, names: Sequence[str]) -> dict[str, int]:
        """Return the numbers of the known columns; report the others, and missing columns."""
        columns: dict[str, int] = {}
        for column, name in enumerate(names, 1):
            if name in columns:
                other = cell_name(header, columns[name])
                repeated = table_messages.SECOND_COLUMN_OF_FIELD.finding(
                    found=name, field=name, other=other
                )
                self.report(repeated, header, column)
            elif name in self.types:
                columns[name] = column
            else:
                for finding in unknown_fields([name], self.types):
                    self.report(finding, header, column)
        for name in self._required_columns():
            if name not in columns:
                self.report(messages.MISSING_FIELD.finding(field=name), header)
        return columns

    def _required_columns(self) -> Iterator[str]:
        """Yield the columns that have a value in each row."""
        columns = self.table.describe_columns()
        return (name for name, column in columns.items() if not column.nullable)

    def _has_all_cells(self, number: int, cells: Sequence[str], width: int) -> bool:
        """Return whether a row has a cell for each column; report a row whose cells have moved."""
        if len(cells) != width:
            self.report(
                table_messages.WRONG_NUMBER_OF_CELLS.finding(found=len(cells), expected=width),
                number,
            )
        return len(cells) == width

    def _cell_readers(
        self, columns: Mapping[str, int]
    ) -> list[tuple[str, Callable[[Sequence[str]], object]]]:
        """Return, for each column, the function that reads its cell in a row."""
        missing = [name for name in self._required_columns() if name not in columns]
        readers = [(name, self._cell_reader(name, column - 1)) for name, column in columns.items()]
        return [*readers, *((name, _read_missing_column) for name in missing)]

    def _cell_reader(self, name: str, index: int) -> Callable[[Sequence[str]], object]:
        """Return the function that reads the cell at an index; an empty cell is unknown."""
        path_and_type = self.table.columns.get(name)
        is_set = path_and_type is not None and isinstance(path_and_type[1], SetOf)
        convert = _read_set if is_set else _CONVERTERS[self.types[name]]
        return lambda cells: convert(cells[index]) if cells[index] else None


def _cells_of(line: str, delimiter: str) -> set[str]:
    """Return the cells of the first line, without looking for delimiters in quotes."""
    return {cell.strip('"\r') for cell in line.split(delimiter)}


def _read_missing_column(cells: Sequence[str]) -> object:
    """Return the value of a missing column, which was reported at the header."""
    del cells
    return ALREADY_REPORTED


def _read_set(text: str) -> object:
    """Return the codes of a set, with blanks between them; an empty text is an empty set."""
    return "" if text == EMPTY_SET else text


# Each of these functions returns a text that it cannot read as it is: decoding reports the text.
def _read_text(text: str) -> object:
    return text


def _read_integer(text: str) -> object:
    return int(text) if _INTEGER.fullmatch(text) else text


def _read_decimal(text: str) -> object:
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def _read_date(text: str) -> object:
    try:
        return dt.date.fromisoformat(text) if _DATE.fullmatch(text) else text
    except ValueError:
        return text


def _read_boolean(text: str) -> object:
    return _BOOLEANS.get(text, text)


_CONVERTERS: Mapping[type, Callable[[str], object]] = {
    str: _read_text,
    int: _read_integer,
    Decimal: _read_decimal,
    dt.date: _read_date,
    bool: _read_boolean,
}
"""The functions that read a cell, by the type of the column."""
