"""Excel workbooks (.xlsx) as grids, through openpyxl: the extra ``excel``.

A workbook is a zip archive that anybody can make. It is judged before openpyxl opens it: how much
it unpacks to, and how many cells are merged.
"""

import contextlib
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from tulevaisuus._optional_libraries import openpyxl
from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import CellProblem, Grid, Merge, Place
from tulevaisuus.exchange.csv_and_excel.xlsx_number_formats import shows_day, unit_of
from tulevaisuus.findings import expectations
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.foreign_files import foreign_file

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "Sheets",
    "is_old_office",
    "is_zip",
    "load",
    "old_office",
    "read_workbook",
]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream in which a workbook with a password is packed into an old Office file."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]+)\$?([0-9]+):\$?([A-Z]+)\$?([0-9]+)"'
)
_SHEETS = "xl/worksheets/"
_ZEROS = re.compile("0+")
"""A number format that shows leading zeros, as of codes: ``00``."""

_LETTERS = 26


class Sheets(NamedTuple):
    """The visible and the hidden sheets of a workbook."""

    grids: tuple[Grid, ...]
    hidden: tuple[Grid, ...]


def is_zip(data: bytes) -> bool:
    """Return whether a file is a zip archive, as workbooks are."""
    return data.startswith(_ZIP)


def is_old_office(data: bytes) -> bool:
    """Return whether a file is an old Office file, as are workbooks with a password."""
    return data.startswith(_OLE)


def old_office(data: bytes) -> Finding:
    """Make the finding on an old Office file."""
    if _ENCRYPTED in data:
        return table_messages.PROTECTED_WORKBOOK.finding()
    return table_messages.OLD_WORKBOOK.finding()


def read_workbook(data: bytes, source: str | None, limit: int) -> Sheets | Finding:
    """Return the sheets of a workbook, or what is wrong with it.

    Args:
        data: The bytes of the file.
        source: What messages call the file.
        limit: How many bytes it may unpack to, and how many merged cells it may have.
    """
    openpyxl()
    try:
        has_formulas = _inspect(data, limit)
        if has_formulas is None:
            return table_messages.UNPACKED_TOO_LARGE.finding(limit=limit)
        values = load(data, data_only=True)
        formulas = load(data, data_only=False) if has_formulas else None
        grids = [
            (_grid(sheet, source, values, formulas), sheet.sheet_state == "visible")
            for sheet in values.worksheets
        ]
    except Exception:  # noqa: BLE001 - of a broken file openpyxl raises whatever it meets
        return _not_a_workbook(data)
    hidden = tuple(grid for grid, is_visible in grids if not is_visible)
    return Sheets(tuple(grid for grid, is_visible in grids if is_visible), hidden)


def _not_a_workbook(data: bytes) -> Finding:
    other = None if b"xl/" in data else foreign_file(data)
    if other and other != expectations.found("zip_file"):  # as workbooks are zip archives, too
        return table_messages.FOREIGN_FILE.finding(found=other)
    return table_messages.NOT_A_WORKBOOK.finding()


def load(data: bytes, *, data_only: bool) -> "Workbook":
    """Open a workbook; what openpyxl warns of concerns its looks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened = openpyxl().load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)
    return cast("Workbook", opened)


def _inspect(data: bytes, limit: int) -> bool | None:
    """Return whether any sheet has formulas; ``None`` if the workbook is too large to open.

    The sizes in the directory of an archive may lie; `zipfile` never unpacks more than they say.
    """
    with contextlib.closing(zipfile.ZipFile(io.BytesIO(data))) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > limit:
            return None
        sheets = [archive.read(each) for each in entries if each.filename.startswith(_SHEETS)]
    if sum(map(_merged_cells, sheets)) > limit:
        return None
    return any(_FORMULA.search(sheet) for sheet in sheets)


def _merged_cells(sheet: bytes) -> int:
    """Count the merged cells: openpyxl makes an object of each, also of a million empty ones."""
    total = 0
    for left, top, right, bottom in _MERGED.findall(sheet):
        width = _column_number(right) - _column_number(left) + 1
        total += width * (int(bottom) - int(top) + 1)
    return total


def _column_number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _grid(
    sheet: "Worksheet", source: str | None, values: "Workbook", formulas: "Workbook | None"
) -> Grid:
    originals: Mapping[Place, Cell] = {}
    if formulas is not None:
        originals = _cells(cast("Worksheet", formulas[sheet.title]))
    rows: dict[int, dict[int, object]] = {}
    for (row, column), cell in sorted(_cells(sheet).items()):
        value = _value(cell, originals.get((row, column)))
        if value is not None:
            rows.setdefault(row, {})[column] = value
    merges = (
        Merge((each.min_row, each.min_col), (each.max_row, each.max_col))
        for each in cast("Any", sheet.merged_cells).ranges
    )
    return Grid(
        rows=rows,
        source=source,
        sheet=sheet.title,
        merges=tuple(sorted(merges)),
        hidden_rows=frozenset(row for row, each in sheet.row_dimensions.items() if each.hidden),
        hidden_columns=frozenset(_hidden_columns(sheet)),
        epoch=values.epoch.date(),
        units=_units(sheet),
    )


def _cells(sheet: "Worksheet") -> "Mapping[Place, Cell]":
    """Return the cells that are there.

    openpyxl's own walk makes cells up to the last row and column, of which a formatted but empty
    sheet has seventeen billion.
    """
    return cast("Mapping[Place, Cell]", vars(sheet)["_cells"])


def _units(sheet: "Worksheet") -> Mapping[Place, CellProblem]:
    """Return the cells of numbers that are not shown in euros."""
    built_in = {*openpyxl("openpyxl.styles.numbers").BUILTIN_FORMATS.values()}
    numbers = {
        place: str(cell.number_format)
        for place, cell in _cells(sheet).items()
        if cell.data_type == "n" and cell.value is not None
    }
    units = {each: unit_of(each, is_built_in=each in built_in) for each in {*numbers.values()}}
    found = {place: units[number_format] for place, number_format in numbers.items()}
    return {place: unit for place, unit in found.items() if unit is not None}


def _hidden_columns(sheet: "Worksheet") -> Iterator[int]:
    for each in sheet.column_dimensions.values():
        if each.hidden:
            yield from range(int(each.min or 0), int(each.max or 0) + 1)


def _value(cell: "Cell", original: "Cell | None") -> object:
    """Return what a cell holds: a code with the zeros that its format shows, a midnight as a day.

    ``original`` is the cell with its formula, where the workbook has formulas.
    """
    value: object = cell.value
    if value is None and original is not None and original.data_type == "f":
        return CellProblem(table_messages.FORMULA_WITHOUT_VALUE, str(original.value))
    if cell.data_type == "e":
        return CellProblem(table_messages.CELL_ERROR, str(value))
    return _shown(cell, value)


def _shown(cell: "Cell", value: object) -> object:
    """Return a value as the sheet shows it."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        if not shows_day(str(cell.number_format)):
            return CellProblem(table_messages.NO_DAY, f"{value:%m/%Y}")
        return value.date()
    if type(value) is int and _ZEROS.fullmatch(str(cell.number_format)):
        return str(value).zfill(len(str(cell.number_format)))
    return value
