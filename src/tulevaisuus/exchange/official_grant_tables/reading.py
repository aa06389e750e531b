"""`from_va` and `from_tutkiavustuksia`: read grants from official tables.

An official table has names and numbers where we have codes. First its cells are replaced by codes:
a recipient by the id of the organisation, for example. Then the table is read like any other. The
name ``va`` is short for *valtionavustukset* (state grants).
"""

from __future__ import annotations

import contextlib
import functools
import zipfile
from collections.abc import Mapping
from pathlib import Path

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import Dialect
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_meanings import HeaderMap
from tulevaisuus.exchange.csv_and_excel.header_rows import FIRST_ROWS
from tulevaisuus.exchange.csv_and_excel.reading import read_sheet, unreadable_result
from tulevaisuus.exchange.csv_and_excel.sheet_finder import FoundSheet, SheetFinder, TableInput
from tulevaisuus.exchange.csv_and_excel.table_mapping import TableMapping
from tulevaisuus.exchange.csv_and_excel.xlsx_reading import is_zip
from tulevaisuus.exchange.data_packages.file_reading import ZIP_ERRORS
from tulevaisuus.exchange.formats_registry import ReadOptions, Source
from tulevaisuus.exchange.official_grant_tables.header_row_and_columns import (
    OfficialTable,
    header_row,
    meanings_in,
    official_table,
)
from tulevaisuus.exchange.official_grant_tables.names_to_codes import OfficialRows
from tulevaisuus.facts.reference_portfolio import reference as bundle
from tulevaisuus.formats.limits import Limits, limits_or_default
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register

__all__ = ["from_tutkiavustuksia", "from_va", "is_va", "read_va"]

_MAX_HEADERS_SHOWN = 10
"""How many headers a message names, if none of them was found."""

_HEAD_SIZE = 65_536
"""How many bytes at the beginning of a file are searched for headers."""

_REGISTERS = ("grants", "organisations", "calls")
"""The registers (collections of entities, by key) of a `Portfolio` that a table fills."""


def from_va(
    source: TableInput,
    *,
    constants: Mapping[str, str] | None = None,
    ids: str | None = None,
    reference: Portfolio = bundle,
    limits: Limits | None = None,
) -> Reading:
    """Read the national grant sheet: the table in which authorities publish their grants.

    Decisions are *Myönteinen* (granted) and *Kielteinen* (rejected; its amount of zero is not
    read); a row without a decision is an application. Organisations and calls that are not in the
    reference are in the result. The project is the one that the purpose names, or else a project
    with the case number as its id. Personal data is never read. Each finding has the sheet, row and
    cell.

    Args:
        source: A path to a CSV file or a workbook, bytes, or a file opened in binary mode.
        constants: ``call`` and ``project`` for grants that do not name them.
        ids: Template for ids, from other fields; by default the id is the case number, or
            ``{project}-{call}`` if there is none.
        reference: Where calls, projects and organisations are looked up.
        limits: Maximum sizes and number of findings; see `Limits`.

    Raises:
        ModuleNotFoundError: The file is a workbook, and the extra ``excel`` is not installed.
        OSError: The file cannot be opened.
    """
    reader = _Reader(official_table("va"), {}, constants or {}, ids, reference)
    return reader.read(source, limits_or_default(limits), "applied")


def from_tutkiavustuksia(
    source: TableInput,
    *,
    headers: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    ids: str | None = None,
    reference: Portfolio = bundle,
    limits: Limits | None = None,
) -> Reading:
    """Read an export of the public report Tutkiavustuksia.fi, which has only awarded grants.

    The business id is in brackets after the name of the recipient. An empty amount is unknown, and
    not zero. Otherwise the table is read as by `from_va`.

    Args:
        source: A path to a CSV file or a workbook, bytes, or a file opened in binary mode.
        headers: Extra headers and their meanings: fields of grants, ``recipient`` (name and
            business id), ``recipient_name``, ``business_id``, ``call`` (name and case number),
            ``call_name``, ``call_number``, ``purpose``, or empty.
        constants: ``call``, ``project`` and ``status`` for grants that do not name them.
        ids: Template for ids, from other fields; by default the id is the case number, or
            ``{project}-{call}`` if there is none.
        reference: Where calls, projects and organisations are looked up.
        limits: Maximum sizes and number of findings; see `Limits`.

    Raises:
        ModuleNotFoundError: The file is a workbook, and the extra ``excel`` is not installed.
        OSError: The file cannot be opened.
        UnknownCodeError: ``headers`` has an unknown meaning.
    """
    known = official_table("tutkiavustuksia")
    reader = _Reader(known, headers or {}, constants or {}, ids, reference)
    return reader.read(source, limits_or_default(limits), "granted")


def read_va(source: Source, options: ReadOptions) -> Reading:
    """Read the national grant sheet; its entry in the registry of formats."""
    constants = {name: str(value) for name, value in options.constants.items()}
    return from_va(source, constants=constants, ids=options.ids, limits=options.limits)


def is_va(path: Path) -> bool:
    """Return whether a table has most headers of the national grant sheet at its beginning."""
    names = official_table("va").columns
    head = _head(path)
    return sum(name.encode() in head for name in names) > len(names) // 2


def _head(path: Path) -> bytes:
    """Return the first bytes of a file; for a workbook, of its parts that may have headers."""
    with path.open("rb") as file:
        head = file.read(_HEAD_SIZE)
    if not is_zip(head):
        return head
    parts: list[bytes] = []
    with contextlib.suppress(*ZIP_ERRORS), zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith(("xl/sharedStrings", "xl/worksheets/sheet1.")):
                with archive.open(name) as part:
                    parts.append(part.read(_HEAD_SIZE))
    return b"".join(parts)


class _Reader:
    """Reads one official table."""

    def __init__(
        self,
        table: OfficialTable,
        headers: Mapping[str, str],
        constants: Mapping[str, str],
        ids: str | None,
        reference: Portfolio,
    ) -> None:
        self.sheet = table.sheet
        self.columns = {**table.columns, **headers}  # the meaning of each header
        self.constants = constants
        self.ids = ids
        self.reference = reference
        vocabulary = HeaderMap(Grant)
        for meaning in self.columns.values():
            if meaning and meaning not in OfficialRows.MEANINGS:
                vocabulary.field(meaning)  # raises an error for an unknown meaning

    def read(self, source: TableInput, limits: Limits, status: str) -> Reading:
        """Read the sheet that has the most headers of the table."""
        dialect = Dialect()
        count_headers = functools.partial(_count_known_headers, columns=self.columns)
        found_sheet = SheetFinder(dialect, limits, None, count_headers).find(source)
        header = None if found_sheet.grid is None else header_row(found_sheet.grid, self.columns)
        if found_sheet.grid is None or header is None:
            return self._unreadable(found_sheet, limits)
        meanings = meanings_in(found_sheet.grid, header, self.columns)
        rows = OfficialRows(found_sheet.grid, header, meanings, self.constants, self.reference)
        grid = rows.replace_names(status, makes_ids=self.ids is None)
        table_mapping = TableMapping(HeaderMap(Grant), self._constants(), self.ids, dialect)
        replaced = FoundSheet(found_sheet.source, grid, (*found_sheet.findings, *rows.findings))
        reading = read_sheet(replaced, table_mapping, limits)
        portfolio = attrs.evolve(
            reading.portfolio,
            calls=Register(rows.calls.values()),
            organisations=Register(rows.organisations.values()),
        )
        return attrs.evolve(reading, portfolio=portfolio)

    def _unreadable(self, found_sheet: FoundSheet, limits: Limits) -> Reading:
        """Return the result for a file without a sheet, or for a sheet without known headers."""
        findings = found_sheet.findings
        if found_sheet.grid is not None:
            known = tuple(self.columns)[:_MAX_HEADERS_SHOWN]
            findings += (table_messages.NO_ROW_OF_HEADERS.finding(rows=FIRST_ROWS, known=known),)
        without_grid = FoundSheet(found_sheet.source, None, findings)
        return unreadable_result(without_grid, limits, *_REGISTERS)

    def _constants(self) -> Mapping[str, object]:
        """Return the constants; those for ``call`` and ``project`` are codes."""
        code_headers = {name: f"{name}:code" for name in ("call", "project")}
        return {code_headers.get(name, name): value for name, value in self.constants.items()}


def _count_known_headers(grid: Grid, columns: Mapping[str, str]) -> int:
    """Return how many headers of an official table a sheet has."""
    row = header_row(grid, columns)
    return 0 if row is None else len(meanings_in(grid, row, columns))
