"""`FastRowReader`: a fast way to read the rows that are clearly entities, such as grants.

**Why.** To find out whether a row is a sum, a heading or the header of another table, and what its
cells mean, each text is checked in many ways. In a large table the same texts occur again and
again, so the result for each text of a column is cached.

**What it guarantees.** For a row that `RowSkipper` would not skip, and about which `RowReader`
would report nothing, the fast reader returns the same plain data (values that are not validated
yet) as `RowReader`. For any other row, and for an unclear one, the fast reader returns ``None``.
Then `RowSkipper` and `RowReader` read the row, and report.

**Why it never takes another row for an entity.** It accepts only rows that have all required
fields, of which there are at least two, and that have few headers among their cells. A sum row
lacks a required field. A header row, repeated or of another table, has headers in all columns that
are read, or in at least three cells and in more than half of them. A heading or a footnote has a
single text.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeGuard

from tulevaisuus.exchange.csv_and_excel.cell_values import CellFunction, CellReader
from tulevaisuus.exchange.csv_and_excel.grid import as_text
from tulevaisuus.exchange.csv_and_excel.header_meanings import ColumnMapping
from tulevaisuus.exchange.csv_and_excel.skipped_rows import MANY_HEADERS
from tulevaisuus.exchange.csv_and_excel.table_mapping import ROW_NUMBER, TableMapping
from tulevaisuus.exchange.csv_and_excel.words_in_cells import means_unknown
from tulevaisuus.findings.errors import InvalidValueError

__all__ = ["FastRowReader"]

_MAX_CACHED = 4_096
"""How many texts of a column are cached at most."""

_MIN_REQUIRED = 2
"""With fewer required fields a sum row could have all of them."""

_CODE = re.compile(r"[A-Za-z0-9_.,/-]*[0-9][A-Za-z0-9_.,/-]*")
"""A text with a digit and no mark of a footnote.

It is no word for "unknown", and is a header only if some headers have digits.
"""


class _Cell(NamedTuple):
    """The meaning of a cell: a field, its value, and whether its text is a known header.

    For ``usable.start`` the field is ``usable``, and the value is an object with ``start``.
    """

    field: str
    plain: object
    is_header: bool


class _CachedColumn(dict[str, _Cell | None]):
    """Caches the meaning of the texts of a column; ``None``, for unclear texts, is not cached."""

    def __init__(self, read: Callable[[object], _Cell | None]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> _Cell | None:
        cell = self.read(text)
        if cell is not None and len(self) < _MAX_CACHED:
            self[text] = cell
        return cell


class FastRowReader:
    """Reads the rows of one table that are clearly entities."""

    def __init__(
        self, table_mapping: TableMapping, cells: CellReader, columns: Mapping[int, ColumnMapping]
    ) -> None:
        """Set how rows become entities, the reader of cells, and the field of each column."""
        self.table_mapping = table_mapping
        self.columns = columns
        # Whether a text is a header, for texts that were met.
        self.known_headers: dict[str, bool] = {}
        self.unmapped: _CachedColumn = _CachedColumn(
            self._read_unmapped
        )  # all columns without a field
        # How the cells of each column with a field are read.
        self.mapped: dict[int, _CachedColumn] = {
            column: _CachedColumn(self._make_reader(mapping, cells.reader(mapping)))
            for column, mapping in columns.items()
        }
        # The columns of required fields.
        self.required: frozenset[int] = frozenset(
            column for column, mapping in columns.items() if mapping.field.required
        )
        paths = {mapping.field.path for mapping in columns.values()}
        has_all_required = not table_mapping.missing(paths)
        self.is_usable: bool = len(self.required) >= _MIN_REQUIRED and has_all_required
        self.headers_have_digits: bool = any(
            character.isdigit()
            for wording in table_mapping.vocabulary.wordings
            for character in wording
        )
        # The first field of each constant's path, and the value from there on.
        self.constants: list[tuple[str, object]] = [
            (path[0], _nest(path[1:], value)) for path, value in table_mapping.constants.items()
        ]

    def read(self, row: int, cells: Mapping[int, object]) -> dict[str, object] | None:
        """Return the plain data of a row, or ``None`` if it is not clearly an entity."""
        if not self.is_usable or not self.required <= cells.keys():
            return None
        plain = self._read_cells(cells)
        if plain is None:
            return None
        for field, value in self.constants:
            plain[field] = _merge(plain[field], value) if field in plain else value
        if (
            self.table_mapping.ids is not None
            and "id" not in plain
            and not self._add_id(row, plain)
        ):
            return None
        return plain

    def _read_cells(self, cells: Mapping[int, object]) -> dict[str, object] | None:
        """Return the values of cells, or ``None`` if one is unclear, or if they may be headers."""
        mapped, unmapped = self.mapped, self.unmapped
        # Only texts are cached: 1, 1.0 and True are equal as keys, but have different meanings.
        meanings = [
            mapped.get(column, unmapped)[value]
            if type(value) is str
            else mapped.get(column, unmapped).read(value)
            for column, value in cells.items()
        ]
        plain: dict[str, object] = {}
        header_count = 0
        for cell in meanings:
            if cell is None:
                return None
            field, value, is_header = cell
            header_count += is_header
            if field not in plain:
                plain[field] = value
            elif not _agree(plain[field], value):
                return None
            else:
                plain[field] = _merge(plain[field], value)
        plain.pop("", None)  # cells of columns without a field have the field ""
        return None if header_count and self._may_be_headers(meanings, header_count) else plain

    def _may_be_headers(self, cells: Sequence[_Cell | None], header_count: int) -> bool:
        """Return whether a row may repeat the headers, or have those of another table."""
        is_other_table = header_count >= MANY_HEADERS and header_count * 2 > len(cells)
        mapped_headers = sum(
            cell is not None and cell.is_header and bool(cell.field) for cell in cells
        )
        return is_other_table or mapped_headers == len(self.columns)

    def _make_reader(
        self, mapping: ColumnMapping, read_value: CellFunction
    ) -> Callable[[object], _Cell | None]:
        """Return a function that reads the cells of a column; unclear cells give ``None``."""
        field, *inner = mapping.field.path

        def read(value: object) -> _Cell | None:
            """Read one cell."""
            is_code = isinstance(value, str) and _CODE.fullmatch(value) is not None
            if not is_code and means_unknown(value):
                return None
            try:
                plain = read_value(value)
            except InvalidValueError:
                return None
            may_be_header = not is_code or self.headers_have_digits
            is_header = may_be_header and self._is_header(as_text(value))
            return _Cell(field, _nest(inner, plain) if inner else plain, is_header)

        return read

    def _read_unmapped(self, value: object) -> _Cell:
        """Read a cell of a column that holds no field."""
        return _Cell("", None, self._is_header(as_text(value)))

    def _is_header(self, text: str) -> bool:
        """Return whether a text is a known header; the result is cached."""
        is_known = self.known_headers.get(text)
        if is_known is None:
            is_known = self.table_mapping.vocabulary.find(text) is not None
            if len(self.known_headers) < _MAX_CACHED:
                self.known_headers[text] = is_known
        return is_known

    def _add_id(self, row: int, plain: dict[str, object]) -> bool:
        """Make the id from its template; return ``False`` if a part of it is unknown."""
        parts: list[str] = []
        for text, field in self.table_mapping.id_parts:
            value: object = ""
            if field is not None:
                value = row if field is ROW_NUMBER else _value_at_path(plain, field.path)
            if value is None:
                return False
            parts.append(f"{text}{value}")
        plain["id"] = "".join(parts)
        return True


def _nest(path: Iterable[str], value: object) -> object:
    """Return an object with a value at a path.

    >>> _nest(["usable", "start"], 1)
    {'usable': {'start': 1}}
    """
    for name in reversed([*path]):
        value = {name: value}
    return value


def _value_at_path(plain: object, path: Iterable[str]) -> object:
    """Return the value at a path, or ``None``.

    >>> _value_at_path({"usable": {"start": 1}}, ["usable", "start"])
    1
    >>> _value_at_path({}, ["usable", "start"])
    """
    value = plain
    for name in path:
        value = value.get(name) if _is_object(value) else None
    return value


def _agree(known: object, other: object) -> bool:
    """Return whether two values are equal; of two objects, only common keys are compared.

    >>> _agree({"start": 1}, {"end": 2}), _agree({"start": 1}, {"start": 2})
    (True, False)
    """
    if not _is_object(known) or not _is_object(other):
        return known == other
    return all(_agree(known[name], other[name]) for name in known.keys() & other)


def _merge(known: object, other: object) -> object:
    """Add missing keys from another object; any other value stays as it is.

    >>> _merge({"start": 1}, {"start": 2, "end": 3}), _merge(1, 2)
    ({'start': 1, 'end': 3}, 1)
    """
    if not _is_object(known) or not _is_object(other):
        return known
    return known | {
        name: _merge(known[name], value) if name in known else value
        for name, value in other.items()
    }


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)
