"""`QuickRows`: rows that are entities beyond doubt, read at speed.

**Why.** Whether a row is a sum, a heading or another table, and what its cells mean, takes many
questions about each text. In a large table the same texts come again and again, so the answer for
a text in a column is remembered.

**What it promises.** It makes the plain data that `Row` would make, of rows that `RowKinds` would
not leave out, and only where neither has anything to report. In any doubt it makes nothing, and
these read the row again, slowly, and explain.

**Why no row is missed that is no entity.** A sum row lacks a required field beside its word. A row
of headers, repeated or of another table, has headers in all columns that are read, or in three and
more than half of its cells. Headings and footnotes are a single text. So a row with every required
field, of which there are at least two, and with few headers among its cells, is an entity.
"""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple, cast

from tulevaisuus.exchange.cells import CellReader
from tulevaisuus.exchange.columns import ColumnMapping, Path, leaves, says_unknown
from tulevaisuus.exchange.grid import as_text
from tulevaisuus.exchange.row_kinds import MANY_HEADERS
from tulevaisuus.exchange.table_mapping import ROW, TableMapping
from tulevaisuus.findings.errors import InvalidValueError

__all__ = ["QuickRows"]

_REMEMBERED = 4_096
"""The most texts of a column that are remembered."""

_LEAST = 2
"""With fewer required fields a sum row may have them all."""

_CODE = re.compile(r"[A-Za-z0-9_.,/-]*[0-9][A-Za-z0-9_.,/-]*")
"""What has a digit, and no mark of a footnote, is no header and no word."""


class _Cell(NamedTuple):
    """What a cell means: the values of its fields, and whether its text is a known header."""

    values: tuple[tuple[Path, object], ...]
    is_header: bool


class QuickRows:
    """Reads the rows of one table that are entities beyond doubt."""

    def __init__(
        self, mapping: TableMapping, cells: CellReader, columns: Mapping[int, ColumnMapping]
    ) -> None:
        """Take how rows become entities, who reads cells, and what columns mean."""
        self.mapping = mapping
        self.cells = cells
        self.columns = columns
        self.known: dict[int, dict[str, _Cell]] = {column: {} for column in columns}
        self.headers: dict[str, bool] = {}
        self.required: frozenset[int] = frozenset(
            column for column, each in columns.items() if each.target.required
        )
        given = {each.target.path for each in columns.values()}
        self.is_usable: bool = len(self.required) >= _LEAST and not mapping.missing(given)
        self.has_digits: bool = any(
            sign.isdigit() for wording in mapping.headers.wordings for sign in wording
        )
        self.constants: tuple[tuple[Path, object], ...] = tuple(
            part for path, value in mapping.constants.items() for part in leaves(path, value)
        )

    def read(self, row: int, cells: Mapping[int, object]) -> dict[str, object] | None:
        """Return the plain data of a row; nothing if anything about it is in doubt."""
        if not self.is_usable or not self.required <= cells.keys():
            return None
        values = self._values(cells)
        if values is None:
            return None
        for path, each in self.constants:
            values.setdefault(path, each)
        if self.mapping.ids is not None and ("id",) not in values and not self._add_id(row, values):
            return None
        return _nested(values)

    def _values(self, cells: Mapping[int, object]) -> dict[Path, object] | None:
        """Return the values of cells that are clear, agree, and are no row of headers."""
        values: dict[Path, object] = {}
        headers = other_headers = 0
        for column, value in cells.items():
            cell = self._cell(column, value)
            if cell is None:
                return None
            headers += cell.is_header
            other_headers += cell.is_header and column not in self.columns
            for path, each in cell.values:
                if values.setdefault(path, each) != each:
                    return None
        if headers and self._may_be_headers(headers, headers - other_headers, cells):
            return None
        return values

    def _may_be_headers(self, headers: int, of_fields: int, cells: Collection[int]) -> bool:
        """Return whether a row may be the headers again, or those of another table."""
        is_other = headers >= MANY_HEADERS and headers * 2 > len(cells)
        return is_other or of_fields == len(self.columns)

    def _cell(self, column: int, value: object) -> _Cell | None:
        known = self.known.get(column)
        if known is None:
            return _Cell((), self._is_header(as_text(value)))
        if not isinstance(value, str):
            return self._read(column, value)
        cell = known.get(value)
        if cell is None:
            cell = self._read(column, value)
            if cell is not None and len(known) < _REMEMBERED:
                known[value] = cell
        return cell

    def _read(self, column: int, value: object) -> _Cell | None:
        mapping = self.columns[column]
        is_code = isinstance(value, str) and _CODE.fullmatch(value) is not None
        if not is_code and says_unknown(value):
            return None
        try:
            plain = self.cells.read(value, mapping)
        except InvalidValueError:
            return None
        is_header = (not is_code or self.has_digits) and self._is_header(as_text(value))
        return _Cell(tuple(leaves(mapping.target.path, plain)), is_header)

    def _is_header(self, text: str) -> bool:
        known = self.headers.get(text)
        if known is None:
            known = self.mapping.headers.find(text) is not None
            if len(self.headers) < _REMEMBERED:
                self.headers[text] = known
        return known

    def _add_id(self, row: int, values: dict[Path, object]) -> bool:
        """Make the id by the scheme; return whether all that it is made of is known."""
        made = ""
        for text, target in self.mapping.parts:
            value: object = ""
            if target is not None:
                value = row if target is ROW else values.get(target.path)
            if value is None:
                return False
            made += f"{text}{value}"
        values["id",] = made
        return True


def _nested(values: Mapping[Path, object]) -> dict[str, object]:
    """Return values by path as objects within each other."""
    plain: dict[str, object] = {}
    for path, value in values.items():
        inner = plain
        for name in path[:-1]:
            inner = cast("dict[str, object]", inner.setdefault(name, {}))
        inner[path[-1]] = value
    return plain
