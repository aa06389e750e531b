"""`write_package`: writes a portfolio as a Data Package, a folder or zip archive of CSV files.

A portfolio has all entities of one document.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from tulevaisuus.exchange.atomic_folders import replacing_folder
from tulevaisuus.exchange.data_packages.description import (
    CLASSES,
    EMPTY_SET,
    description_of,
    file_of,
)
from tulevaisuus.exchange.entities_of_portfolio import entities_of
from tulevaisuus.exchange.formats_registry import WriteOptions
from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.formats.files import replacing
from tulevaisuus.formats.row_writing_and_columns import Cell, Table, to_rows
from tulevaisuus.formats.writing import document_of
from tulevaisuus.model.field_types import SetOf
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["DESCRIPTION", "write", "write_package"]

DESCRIPTION = "datapackage.json"
"""The name of the file that describes a package."""

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time in zip archives: the same portfolio is always written as the same bytes."""

_FILE_MODE = 0o644 << 16
"""Readable for all. In zip archives the mode of Unix is the upper half of a number."""

_UNIX = 3
"""The number in zip archives for the system that the mode is for."""


def write_package(portfolio: Portfolio, path: str | os.PathLike[str]) -> None:
    """Write a portfolio as a Data Package 2.0; `tulevaisuus.read` reads the same portfolio.

    Each class and each of its lists has a CSV file (see `tulevaisuus.formats.to_rows`). The same
    portfolio is always written as the same bytes. Written atomically: on any error the old package
    stays.

    Args:
        portfolio: The portfolio to write.
        path: A path that ends in ``.zip``, or a folder: a new one, an empty one, or a package,
            which is replaced.

    Raises:
        DocumentError: The portfolio was read from a newer version, and fields would be lost.
        FileExistsError: The folder has files that do not belong to a package.
        OSError: The package cannot be written.
    """
    require_argument(portfolio, Portfolio, "write_package", "a Portfolio first, then a path")
    require_argument(path, (str, os.PathLike), "write_package", "a Portfolio first, then a path")
    if portfolio.newer_version is not None:
        document_of(portfolio)  # raises the error
    files = dict(_files(portfolio))
    if os.fspath(path).lower().endswith(".zip"):
        _write_zip(path, files)
    else:
        _write_folder(Path(path), files)


def write(portfolio: Portfolio, path: Path, options: WriteOptions) -> None:
    """Write a package; the entry for packages in the registry of formats."""
    del options
    write_package(portfolio, path)


def _files(portfolio: Portfolio) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each file, first of the description."""
    tables = to_rows(entities_of(portfolio))
    text = json.dumps(description_of(tables), ensure_ascii=False, indent=2)
    yield DESCRIPTION, f"{text}\n".encode()
    for cls in CLASSES.values():
        for table in Table.of(cls).with_lists():
            if table.name in tables:
                yield file_of(table.name), _csv(table, tables[table.name])


def _csv(table: Table, rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """Return the CSV file of a table, in the form of Table Schema: decimal points, ISO dates."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    columns = [*table.types()]
    writer.writerow(columns)
    writer.writerows([_cell(table, name, row[name]) for name in columns] for row in rows)
    return text.getvalue().encode()


def _cell(table: Table, column: str, value: Cell) -> str:
    """Return the text of a cell; an empty text means unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    is_set = column in table.columns and isinstance(table.columns[column][1], SetOf)
    return EMPTY_SET if is_set and not value else str(value)


def _write_zip(path: str | os.PathLike[str], files: Mapping[str, bytes]) -> None:
    """Write the files of a package to a zip archive."""
    with replacing(path) as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.create_system, entry.external_attr = _UNIX, _FILE_MODE
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a package to a folder, which may only have files of a package so far."""
    tables = (table for cls in CLASSES.values() for table in Table.of(cls).with_lists())
    package_files = {DESCRIPTION, *(file_of(table.name) for table in tables)}
    with replacing_folder(path, package_files.__contains__) as folder:
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
