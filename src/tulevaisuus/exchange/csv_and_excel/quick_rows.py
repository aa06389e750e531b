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
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeGuard

from tulevaisuus.exchange.csv_and_excel.cells import CellFunction, CellReader
from tulevaisuus.exchange.csv_and_excel.columns import ColumnMapping, says_unknown
from tulevaisuus.exchange.csv_and_excel.grid import as_text
from tulevaisuus.exchange.csv_and_excel.mapping import ROW, TableMapping
from tulevaisuus.exchange.csv_and_excel.skipped_rows import MANY_HEADERS
from tulevaisuus.findings.errors import InvalidValueError

__all__ = ["QuickRows"]

_REMEMBERED = 4_096
"""The most texts of a column that are remembered."""

_LEAST = 2
"""With fewer required fields a sum row may have them all."""

_CODE = re.compile(r"[A-Za-z0-9_.,/-]*[0-9][A-Za-z0-9_.,/-]*")
"""What has a digit, and no mark of a footnote, is no header and no word."""


class _Cell(NamedTuple):
    """What a cell means: a field with its value, and whether its text is a known header.

    Of ``usable.start`` the field is ``usable``, and the value an object with its start.
    """

    field: str
    plain: object
    is_header: bool


class _Column(dict[str, _Cell | None]):
    """Remembers what texts of a column mean; in doubt it is nothing, and not remembered."""

    def __init__(self, read: Callable[[object], _Cell | None]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> _Cell | None:
        cell = self.read(text)
        if cell is not None and len(self) < _REMEMBERED:
            self[text] = cell
        return cell


class QuickRows:
    """Reads the rows of one table that are entities beyond doubt."""

    def __init__(
        self, mapping: TableMapping, cells: CellReader, columns: Mapping[int, ColumnMapping]
    ) -> None:
        """Take how rows become entities, who reads cells, and what columns mean."""
        self.mapping = mapping
        self.columns = columns
        self.headers: dict[str, bool] = {}
        self.others: _Column = _Column(self._read_other)
        self.known: dict[int, _Column] = {
            column: _Column(self._reader(each, cells.reader(each)))
            for column, each in columns.items()
        }
        self.required: frozenset[int] = frozenset(
            column for column, each in columns.items() if each.target.required
        )
        given = {each.target.path for each in columns.values()}
        self.is_usable: bool = len(self.required) >= _LEAST and not mapping.missing(given)
        self.has_digits: bool = any(
            sign.isdigit() for wording in mapping.headers.wordings for sign in wording
        )
        self.constants: list[tuple[str, object]] = [
            (path[0], _under(path[1:], value)) for path, value in mapping.constants.items()
        ]

    def read(self, row: int, cells: Mapping[int, object]) -> dict[str, object] | None:
        """Return the plain data of a row; nothing if anything about it is in doubt."""
        if not self.is_usable or not self.required <= cells.keys():
            return None
        plain = self._plain(cells)
        if plain is None:
            return None
        for field, value in self.constants:
            plain[field] = _filled(plain[field], value) if field in plain else value
        if self.mapping.ids is not None and "id" not in plain and not self._add_id(row, plain):
            return None
        return plain

    def _plain(self, cells: Mapping[int, object]) -> dict[str, object] | None:
        """Return the values of cells that are clear, agree, and are no row of headers."""
        known, others = self.known, self.others
        made = [
            known.get(column, others)[value]
            if type(value) is str
            else known.get(column, others).read(value)
            for column, value in cells.items()
        ]
        plain: dict[str, object] = {}
        headers = 0
        for cell in made:
            if cell is None:
                return None
            field, value, is_header = cell
            headers += is_header
            if field not in plain:
                plain[field] = value
            elif not _agree(plain[field], value):
                return None
            else:
                plain[field] = _filled(plain[field], value)
        plain.pop("", None)
        return None if headers and self._may_be_headers(made, headers) else plain

    def _may_be_headers(self, cells: Sequence[_Cell | None], headers: int) -> bool:
        """Return whether a row may be the headers again, or those of another table."""
        is_other = headers >= MANY_HEADERS and headers * 2 > len(cells)
        of_fields = sum(cell is not None and cell.is_header and bool(cell.field) for cell in cells)
        return is_other or of_fields == len(self.columns)

    def _reader(
        self, mapping: ColumnMapping, read_value: CellFunction
    ) -> Callable[[object], _Cell | None]:
        """Return the function that reads cells of a column, and gives nothing if one is unclear."""
        field, *inner = mapping.target.path

        def read(value: object) -> _Cell | None:
            """Read one cell."""
            is_code = isinstance(value, str) and _CODE.fullmatch(value) is not None
            if not is_code and says_unknown(value):
                return None
            try:
                plain = read_value(value)
            except InvalidValueError:
                return None
            is_header = (not is_code or self.has_digits) and self._is_header(as_text(value))
            return _Cell(field, _under(inner, plain) if inner else plain, is_header)

        return read

    def _read_other(self, value: object) -> _Cell:
        """Read a cell of a column that means nothing."""
        return _Cell("", None, self._is_header(as_text(value)))

    def _is_header(self, text: str) -> bool:
        known = self.headers.get(text)
        if known is None:
            known = self.mapping.headers.find(text) is not None
            if len(self.headers) < _REMEMBERED:
                self.headers[text] = known
        return known

    def _add_id(self, row: int, plain: dict[str, object]) -> bool:
        """Make the id by the scheme; return whether all that it is made of is known."""
        made = ""
        for text, target in self.mapping.parts:
            value: object = ""
            if target is not None:
                value = row if target is ROW else _at(plain, target.path)
            if value is None:
                return False
            made += f"{text}{value}"
        plain["id"] = made
        return True


def _under(path: Iterable[str], value: object) -> object:
    """Return the object that has a value at a path.

    >>> _under(["usable", "start"], 1)
    {'usable': {'start': 1}}
    """
    for name in reversed([*path]):
        value = {name: value}
    return value


def _at(plain: object, path: Iterable[str]) -> object:
    """Return the value at a path, nothing if there is none.

    >>> _at({"usable": {"start": 1}}, ["usable", "start"]), _at({}, ["usable", "start"])
    (1, None)
    """
    value = plain
    for name in path:
        value = value.get(name) if _is_object(value) else None
    return value


def _agree(known: object, other: object) -> bool:
    """Return whether two values are the same, as far as both are there.

    >>> _agree({"start": 1}, {"end": 2}), _agree({"start": 1}, {"start": 2})
    (True, False)
    """
    if not _is_object(known) or not _is_object(other):
        return known == other
    return all(_agree(known[name], other[name]) for name in known.keys() & other)


def _filled(known: object, other: object) -> object:
    """Return an object with what it lacks from another one; a single value lacks nothing.

    >>> _filled({"start": 1}, {"start": 2, "end": 3}), _filled(1, 2)
    ({'start': 1, 'end': 3}, 1)
    """
    if not _is_object(known) or not _is_object(other):
        return known
    return known | {
        name: _filled(known[name], each) if name in known else each for name, each in other.items()
    }


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)
