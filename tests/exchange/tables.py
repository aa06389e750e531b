"""Helpers for the tests of tables: CSV files and workbooks, and what is read from them."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

import tulevaisuus as tul
from tulevaisuus.exchange import Dialect, read_table
from tulevaisuus.findings import LANGUAGES

__all__ = [
    "GRANTS",
    "cells",
    "codes_and_cells",
    "csv_bytes",
    "only",
    "read",
    "rewritten",
    "workbook",
]

E = TypeVar("E", bound=tul.Entity)

GRANTS = ("Tunnus", "Haku", "Hanke", "Tila")
"""The headers of what a grant must have."""


def csv_bytes(*rows: Sequence[str], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """Write rows as CSV without quotes."""
    return "".join(f"{delimiter.join(row)}\r\n" for row in rows).encode(encoding)


def workbook(
    *rows: Sequence[object],
    sheet: str = "Taul1",
    change: Callable[[Worksheet], object] | None = None,
) -> bytes:
    """Make a workbook of one sheet, and change it."""
    book = openpyxl.Workbook()
    active = cast("Worksheet", book.active)
    active.title = sheet
    for row in rows:
        active.append([*row])
    if change is not None:
        change(active)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(
    source: bytes,
    cls: type[tul.Entity] = tul.Grant,
    *,
    sheet: str | None = None,
    headers: Mapping[str, str] | None = None,
    constants: Mapping[str, object] | None = None,
    ids: str | None = None,
    dialect: Dialect | None = None,
) -> tul.Reading:
    """Read a table."""
    return read_table(
        source,
        cls,
        sheet=sheet,
        headers=headers,
        constants=constants,
        ids=ids,
        dialect=dialect,
    )


def rewritten(book: bytes, old: bytes, new: bytes) -> bytes:
    """Replace bytes in the files of a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return made.getvalue()


def only(reading: tul.Reading, cls: type[E]) -> E:
    """Return the only entity of a table without findings."""
    assert codes_and_cells(reading) == []
    (entity,) = cast("tul.Register[E]", getattr(reading.portfolio, cls.plural))
    return entity


def codes_and_cells(reading: tul.Reading, *, notes: bool = False) -> list[str]:
    """Return findings as ``CODE path cell``; each must have a message in every language."""
    listed: list[str] = []
    for finding in reading.findings:
        assert len({finding.message(language) for language in LANGUAGES}) == len(LANGUAGES)
        assert finding.location is not None
        if notes or finding.severity > tul.Severity.NOTE:
            listed.append(f"{finding.code} {finding.path} {finding.location}")
    return listed


def cells(*values: object, header: str = "Määrä", field_type: str = "csv") -> tul.Reading:
    """Read grants that have these values in one further column."""
    rows = [("g1", "shc-2021", "varsinais-suomi", "granted", each) for each in values]
    numbered = [(f"g{place}", *row[1:]) for place, row in enumerate(rows, 1)]
    if field_type == "xlsx":
        return read(workbook((*GRANTS, header), *numbered))
    texts = [tuple(map(str, row)) for row in numbered]
    return read(csv_bytes((*GRANTS, header), *texts))


DAY = dt.date(2021, 12, 21)
"""The day of a decision in the examples."""
