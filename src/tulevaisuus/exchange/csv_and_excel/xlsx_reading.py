"""Reads Excel workbooks (.xlsx) as grids, with openpyxl, which the extra ``excel`` installs.

A workbook is a zip archive from an unknown source. Before openpyxl opens it, its decompressed size
and the number of its merged cells are checked. A grid is the cells of one sheet. A finding is a
reported problem or note.
"""

import contextlib
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from tulevaisuus._optional_libraries import openpyxl
from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import (
    CellProblem,
    Grid,
    MergedRange,
    Position,
    column_number,
)
from tulevaisuus.exchange.csv_and_excel.number_formats import shows_day, unit_of
from tulevaisuus.findings import found_values
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.other_file_types import describe_other_file_type

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "WorkbookSheets",
    "is_old_office",
    "is_zip",
    "load",
    "old_office_finding",
    "read_workbook",
]

_ZIP_START = b"PK\x03\x04"
_OLD_OFFICE_START = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""A workbook with a password is an old Office file with a stream of this name."""

_FORMULA_ELEMENT = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGED_ELEMENT = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]+)\$?([0-9]+):\$?([A-Z]+)\$?([0-9]+)"'
)
"""The elements of XML for a formula, and for merged cells such as ``A5:A7``."""

_SHEET_FOLDER = "xl/worksheets/"
_ONLY_ZEROS = re.compile("0+")
"""A number format that shows leading zeros, as codes have them: ``00``."""


class WorkbookSheets(NamedTuple):
    """The visible and the hidden sheets of a workbook."""

    visible: tuple[Grid, ...]
    hidden: tuple[Grid, ...]


def is_zip(data: bytes) -> bool:
    """Return whether a file is a zip archive, as workbooks are."""
    return data.startswith(_ZIP_START)


def is_old_office(data: bytes) -> bool:
    """Return whether a file is an old Office file; workbooks with a password are such files."""
    return data.startswith(_OLD_OFFICE_START)


def old_office_finding(data: bytes) -> Finding:
    """Make the finding about an old Office file."""
    if _ENCRYPTED in data:
        return table_messages.WORKBOOK_WITH_PASSWORD.finding()
    return table_messages.OLD_OFFICE_FILE.finding()


def read_workbook(data: bytes, source: str | None, limit: int) -> WorkbookSheets | Finding:
    """Return the sheets of a workbook, or a finding about it.

    Args:
        data: The bytes of the file.
        source: The name of the file in messages.
        limit: The maximum of its decompressed bytes, and of its merged cells.
    """
    openpyxl()  # raises an error if it is not installed
    try:
        has_formulas = _check_size_and_find_formulas(data, limit)
        if has_formulas is None:
            return table_messages.WORKBOOK_TOO_LARGE.finding(limit=limit)
        value_book = load(data, data_only=True)
        # openpyxl does not know the names of Strict Open XML, so it finds no sheets.
        if not value_book.sheetnames:
            return table_messages.STRICT_OPEN_XML.finding()
        formula_book = load(data, data_only=False) if has_formulas else None
        grids = [
            (_make_grid(sheet, source, value_book, formula_book), sheet.sheet_state == "visible")
            for sheet in value_book.worksheets
        ]
    except Exception:  # noqa: BLE001 - a broken file makes openpyxl raise errors of many classes
        return _not_a_workbook_finding(data)
    hidden = tuple(grid for grid, is_visible in grids if not is_visible)
    return WorkbookSheets(tuple(grid for grid, is_visible in grids if is_visible), hidden)


def _not_a_workbook_finding(data: bytes) -> Finding:
    """Make the finding about a zip archive that openpyxl cannot open."""
    # An archive with the folder of all workbooks is a broken workbook, and no other type of file.
    other_type = None if b"xl/" in data else describe_other_file_type(data)
    # "a zip file" would not help, as a workbook is one, too.
    if other_type and other_type != found_values.found("zip_file"):
        return table_messages.OTHER_FILE_TYPE.finding(found=other_type)
    return table_messages.NOT_A_WORKBOOK.finding()


def load(data: bytes, *, data_only: bool) -> "Workbook":
    """Open a workbook with openpyxl."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about styles and images it cannot keep
        opened = openpyxl().load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)
    return cast("Workbook", opened)


def _check_size_and_find_formulas(data: bytes, limit: int) -> bool | None:
    """Return whether any sheet has formulas; ``None`` if the workbook is too large to open.

    The sizes in the directory of an archive may be false, but `zipfile` never decompresses more
    than they state.
    """
    with contextlib.closing(zipfile.ZipFile(io.BytesIO(data))) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > limit:
            return None
        sheets = [
            archive.read(entry) for entry in entries if entry.filename.startswith(_SHEET_FOLDER)
        ]
    if sum(map(_count_merged_cells, sheets)) > limit:
        return None
    return any(_FORMULA_ELEMENT.search(sheet) for sheet in sheets)


def _count_merged_cells(sheet: bytes) -> int:
    """Count the merged cells: openpyxl makes an object for each one, even if it is empty."""
    total = 0
    for left, top, right, bottom in _MERGED_ELEMENT.findall(sheet):
        width = column_number(right.decode()) - column_number(left.decode()) + 1
        total += width * (int(bottom) - int(top) + 1)
    return total


def _make_grid(
    sheet: "Worksheet", source: str | None, value_book: "Workbook", formula_book: "Workbook | None"
) -> Grid:
    """Make the grid of a sheet.

    Args:
        sheet: The sheet, with the values of its formulas.
        source: The name of the file in messages.
        value_book: The workbook of the sheet.
        formula_book: The same workbook with its formulas, if there are any.
    """
    formula_cells: Mapping[Position, Cell] = {}
    if formula_book is not None:
        formula_cells = _existing_cells(cast("Worksheet", formula_book[sheet.title]))
    rows: dict[int, dict[int, object]] = {}
    for (row, column), cell in sorted(_existing_cells(sheet).items()):
        value = _value_or_problem(cell, formula_cells.get((row, column)))
        if value is not None:
            rows.setdefault(row, {})[column] = value
    merges = (
        MergedRange(merge.min_row, merge.min_col, merge.max_row, merge.max_col)
        for merge in cast("Any", sheet.merged_cells).ranges
    )
    return Grid(
        rows=rows,
        source=source,
        sheet=sheet.title,
        merges=tuple(sorted(merges)),
        hidden_rows=frozenset(row for row, size in sheet.row_dimensions.items() if size.hidden),
        struck_rows=_struck_rows(sheet, rows, value_book),
        hidden_columns=frozenset(_hidden_columns(sheet)),
        epoch=value_book.epoch.date(),
        units=_unit_problems(sheet),
    )


def _existing_cells(sheet: "Worksheet") -> "Mapping[Position, Cell]":
    """Return the cells that the file has.

    openpyxl's own iteration would create all cells up to the last row and column: seventeen billion
    for an empty sheet with a format.
    """
    return cast("Mapping[Position, Cell]", vars(sheet)["_cells"])


def _unit_problems(sheet: "Worksheet") -> Mapping[Position, CellProblem]:
    """Return the problems of numbers that are not shown in euros, such as those in thousands."""
    built_in = {*openpyxl("openpyxl.styles.numbers").BUILTIN_FORMATS.values()}
    formats = {  # of the numbers, whose type is "n"
        position: str(cell.number_format)
        for position, cell in _existing_cells(sheet).items()
        if cell.data_type == "n" and cell.value is not None
    }
    # Many cells have the same format, so each format is only parsed once.
    problems = {
        number_format: unit_of(number_format, is_built_in=number_format in built_in)
        for number_format in {*formats.values()}
    }
    return {
        position: problem
        for position, number_format in formats.items()
        if (problem := problems[number_format]) is not None
    }


def _struck_rows(
    sheet: "Worksheet", rows: Mapping[int, Iterable[int]], book: "Workbook"
) -> frozenset[int]:
    """Return the rows whose cells are all struck through.

    Args:
        sheet: The sheet.
        rows: The columns with a value, by row.
        book: The workbook, which has the fonts.
    """
    if not any(font.strike for font in vars(book)["_fonts"]):
        return frozenset()  # looking up the font of each cell takes time
    cells = cast("Mapping[Position, Any]", _existing_cells(sheet))
    return frozenset(
        row
        for row, columns in rows.items()
        if all(cells[row, column].font.strike for column in columns)
    )


def _hidden_columns(sheet: "Worksheet") -> Iterator[int]:
    """Yield the numbers of the hidden columns; openpyxl has one object for equal neighbours."""
    for size in sheet.column_dimensions.values():
        if size.hidden:
            yield from range(int(size.min or 0), int(size.max or 0) + 1)


def _value_or_problem(cell: "Cell", formula_cell: "Cell | None") -> object:
    """Return the value of a cell, or the problem of a formula or an error value.

    ``formula_cell`` is the same cell with its formula, if the workbook has formulas.
    """
    value: object = cell.value
    if value is None and formula_cell is not None and formula_cell.data_type == "f":
        return CellProblem(table_messages.FORMULA_WITHOUT_VALUE, str(formula_cell.value))
    if cell.data_type == "e":
        return CellProblem(table_messages.SPREADSHEET_ERROR, str(value))
    return _value_as_shown(cell, value)


def _value_as_shown(cell: "Cell", value: object) -> object:
    """Return a value as the sheet shows it: codes with leading zeros, midnight as a date.

    A date whose day the sheet does not show has a problem: the day may be arbitrary.
    """
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        if not shows_day(str(cell.number_format)):
            return CellProblem(table_messages.DATE_SHOWN_WITHOUT_DAY, f"{value:%m/%Y}")
        return value.date()
    if type(value) is int and _ONLY_ZEROS.fullmatch(str(cell.number_format)):
        return str(value).zfill(len(str(cell.number_format)))
    return value
