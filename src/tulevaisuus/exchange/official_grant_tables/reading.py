"""`from_va` and `from_tutkiavustuksia`: grants from official tables, cell by cell.

An official table has names and numbers where we have codes. Its cells are replaced by what they
mean - a recipient by the id of the organisation - in their places, and then read as any table is.
"""

from __future__ import annotations

import contextlib
import functools
import zipfile
from collections.abc import Mapping
from pathlib import Path

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.columns import HeaderMap
from tulevaisuus.exchange.csv_and_excel.csv_source import Dialect
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.mapping import TableMapping
from tulevaisuus.exchange.csv_and_excel.reading import read_sheet, unreadable_result
from tulevaisuus.exchange.csv_and_excel.sheet_finder import FoundSheet, SheetFinder, TableInput
from tulevaisuus.exchange.csv_and_excel.xlsx_source import is_zip
from tulevaisuus.exchange.data_packages.files import BROKEN_ZIP
from tulevaisuus.exchange.formats_registry import ReadOptions, Source
from tulevaisuus.exchange.official_grant_tables.columns import (
    OfficialTable,
    header_row,
    meanings_in,
    official_table,
)
from tulevaisuus.exchange.official_grant_tables.rows import OfficialRows
from tulevaisuus.facts.reference_portfolio import reference as bundle
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register

__all__ = ["from_tutkiavustuksia", "from_va", "is_va", "read_va"]

_ROWS = 50
_HEAD = 65_536
_REGISTERS = ("grants", "organisations", "calls")


def from_va(
    source: TableInput,
    *,
    constants: Mapping[str, str] | None = None,
    ids: str | None = None,
    reference: Portfolio = bundle,
    limits: Limits | None = None,
) -> Reading:
    """Read the national grant sheet: the table in which authorities publish their grants.

    Decisions are *Myönteinen* (granted), *Kielteinen* (rejected, whose zero is no amount), and
    none (applied). Organisations and calls that the reference lacks are in the result. The project
    is the one that the purpose names, else one with the case number as its id. Persons are never
    read. Each finding has the sheet, row and cell.

    Args:
        source: A path to a CSV file or a workbook, its bytes, or a file open for bytes.
        constants: ``call`` and ``project`` for grants that do not name theirs.
        ids: How ids are made, of other fields; by default the id is the case number, and of a row
            without one ``{project}-{call}``.
        reference: Where calls, projects and organisations are looked up.
        limits: What is read at most; see `Limits`.

    Raises:
        ModuleNotFoundError: It is a workbook, and the extra ``excel`` is not installed.
        OSError: The file cannot be opened.
    """
    reader = _Reader(official_table("va"), {}, constants or {}, ids, reference)
    return reader.read(source, limits or Limits(), "applied")


def from_tutkiavustuksia(
    source: TableInput,
    *,
    headers: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    ids: str | None = None,
    reference: Portfolio = bundle,
    limits: Limits | None = None,
) -> Reading:
    """Read an export of the public report Tutkiavustuksia.fi: decisions that gave a grant.

    The business id is in brackets after the name of the recipient. An empty amount is unknown, and
    not zero. Otherwise it is read as by `from_va`.

    Args:
        source: A path to a CSV file or a workbook, its bytes, or a file open for bytes.
        headers: Further headers and their meanings: fields of grants, ``recipient`` (name and
            business id), ``recipient_name``, ``business_id``, ``call`` (name and case number),
            ``call_name``, ``call_number``, ``purpose``, or empty.
        constants: ``call``, ``project`` and ``status`` for grants that do not name theirs.
        ids: How ids are made, of other fields; by default the id is the case number, and of a row
            without one ``{project}-{call}``.
        reference: Where calls, projects and organisations are looked up.
        limits: What is read at most; see `Limits`.

    Raises:
        ModuleNotFoundError: It is a workbook, and the extra ``excel`` is not installed.
        OSError: The file cannot be opened.
        UnknownCodeError: ``headers`` has a meaning that is none.
    """
    known = official_table("tutkiavustuksia")
    reader = _Reader(known, headers or {}, constants or {}, ids, reference)
    return reader.read(source, limits or Limits(), "granted")


def read_va(source: Source, options: ReadOptions) -> Reading:
    """Read the national grant sheet, as the registry of formats calls it."""
    constants = {name: str(value) for name, value in options.constants.items()}
    return from_va(source, constants=constants, ids=options.ids, limits=options.limits)


def is_va(path: Path) -> bool:
    """Return whether a table has most headers of the national grant sheet at its beginning."""
    names = official_table("va").columns
    head = _head(path)
    return sum(name.encode() in head for name in names) > len(names) // 2


def _head(path: Path) -> bytes:
    """Return the first bytes of a file; of a workbook, those of the files that may have headers."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not is_zip(head):
        return head
    parts: list[bytes] = []
    with contextlib.suppress(*BROKEN_ZIP), zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith(("xl/sharedStrings", "xl/worksheets/sheet1.")):
                with archive.open(name) as part:
                    parts.append(part.read(_HEAD))
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
        self.columns = {**table.columns, **headers}
        self.constants = constants
        self.ids = ids
        self.reference = reference
        names = HeaderMap(Grant)
        for meaning in self.columns.values():
            if meaning and meaning not in OfficialRows.SPECIAL:
                names.target(meaning)

    def read(self, source: TableInput, limits: Limits, status: str) -> Reading:
        """Read the sheet that has the most headers of the table."""
        dialect = Dialect()
        score = functools.partial(_score, columns=self.columns)
        opened = SheetFinder(dialect, limits, None, score).find(source)
        header = None if opened.grid is None else header_row(opened.grid, self.columns)
        if opened.grid is None or header is None:
            return self._unreadable(opened, limits)
        found = meanings_in(opened.grid, header, self.columns)
        rows = OfficialRows(opened.grid, header, found, self.constants, self.reference)
        grid = rows.replaced(status, makes_ids=self.ids is None)
        mapping = TableMapping(HeaderMap(Grant), self._constants(), self.ids, dialect)
        reading = read_sheet(
            FoundSheet(opened.source, grid, (*opened.findings, *rows.findings)), mapping, limits
        )
        portfolio = attrs.evolve(
            reading.portfolio,
            calls=Register(rows.calls.values()),
            organisations=Register(rows.organisations.values()),
        )
        return attrs.evolve(reading, portfolio=portfolio)

    def _unreadable(self, opened: FoundSheet, limits: Limits) -> Reading:
        findings = opened.findings
        if opened.grid is not None:
            known = tuple(self.columns)[:10]
            findings += (table_messages.NO_HEADER.finding(rows=_ROWS, known=known),)
        without_grid = FoundSheet(opened.source, None, findings)
        return unreadable_result(without_grid, limits, *_REGISTERS)

    def _constants(self) -> Mapping[str, object]:
        """Return the constants that the cells do not hold already."""
        named = {name: f"{name}:code" for name in ("call", "project")}
        return {named.get(name, name): value for name, value in self.constants.items()}


def _score(grid: Grid, columns: Mapping[str, str]) -> int:
    row = header_row(grid, columns)
    return 0 if row is None else len(meanings_in(grid, row, columns))
