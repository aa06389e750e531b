"""Checks tables that are too large to load: `tulevaisuus check` leaves their rows on disk."""

import glob
from collections.abc import Callable
from pathlib import Path

import tulevaisuus as tul
from tulevaisuus import frames
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.exchange.parquet.table_reading import tables_in
from tulevaisuus.frames.files_for_duckdb import TableFiles, size_of, tables_of_csv

__all__ = ["check_large", "large_tables"]

_DEFAULT_LIMIT = 1_000
"""How many findings of a large file are listed if no limit is given; the counts are exact."""

_MEGABYTE = 2**20


def large_tables(file: str, options: ReadOptions, megabytes: int) -> TableFiles | None:
    """Return the tables to check without loading them as objects; ``None`` if that is not possible.

    Files that fit a pattern are never loaded as objects.

    Args:
        file: A file, a folder or a pattern such as ``grants/*.parquet``.
        options: How to read the file; renamed headers, constants, ids and sheets need objects.
        megabytes: The size up to which tables become objects.
    """
    if options.headers or options.constants or options.ids or options.sheet:
        return None
    tables = _tables_of(file, None if options.of is None else options.of.plural)
    if tables is None or (not _is_pattern(file) and size_of(tables) <= megabytes * _MEGABYTE):
        return None
    return tables


def _tables_of(file: str, table: str | None) -> TableFiles | None:
    path = Path(file)
    if _is_pattern(file):
        return _table_in_parts(file, table)
    if path.is_dir():
        return tables_in(path) or None
    name = table or path.stem
    if path.suffix == ".csv" and path.is_file():
        return tables_of_csv(path, name)
    return {name: (path,)} if path.suffix == ".parquet" and path.is_file() else None


def _table_in_parts(pattern: str, table: str | None) -> TableFiles | None:
    """Return the files that match a pattern as the parts of one table, if all are Parquet."""
    parts = tuple(sorted(map(Path, glob.glob(pattern))))  # noqa: PTH207 - a pattern may be absolute
    if table is None or not parts or any(each.suffix != ".parquet" for each in parts):
        return None
    return {table: parts}


def _is_pattern(file: str) -> bool:
    return glob.has_magic(file) and not Path(file).exists()


def check_large(
    tables: TableFiles,
    select: list[str],
    ignore: list[str],
    limit: int | None,
    progress: Callable[[int, int], None],
) -> tul.Report | None:
    """Check tables without loading them as objects; return ``None`` if that is not possible.

    Args:
        tables: The files of each table.
        select: The codes of the rules to check; an empty list means all.
        ignore: The codes of the rules to leave out.
        limit: The maximum number of findings to list; ``None`` for the default.
        progress: Called with the number of finished steps and the number of all steps.

    Raises:
        ModuleNotFoundError: The extra ``frames`` is not installed.
    """
    try:
        return frames.check_files(
            tables,
            select=select or None,
            ignore=ignore,
            limit=_DEFAULT_LIMIT if limit is None else limit,
            progress=progress,
        )
    except ValueError:
        return None
