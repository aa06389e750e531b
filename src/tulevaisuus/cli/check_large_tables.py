"""Files of tables that are too large to become objects: `tulevaisuus check` keeps them on disk."""

import glob
from collections.abc import Callable
from pathlib import Path

import tulevaisuus as tul
from tulevaisuus import frames
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.exchange.parquet.source import tables_in
from tulevaisuus.frames.table_files import TableFiles, size_of, tables_of_csv

__all__ = ["LARGEST_IN_MEMORY", "check_large", "large_tables"]

LARGEST_IN_MEMORY = 50
"""Files of tables of more megabytes stay on disk. As objects so much text is some 400,000 grants:
they take about a gigabyte, and half a minute."""

_LISTED = 1_000
"""How many findings of a large file are listed if no limit is given: the counts are exact."""

_MEGABYTE = 2**20


def large_tables(file: str, options: ReadOptions, megabytes: int) -> TableFiles | None:
    """Return the tables of a file, folder or pattern that is checked out of core, or nothing.

    Args:
        file: What the user named.
        options: What the user says of it: what is mapped or set makes objects necessary.
        megabytes: The size up to which it becomes objects.
    """
    if options.headers or options.constants or options.ids or options.sheet:
        return None
    tables = _tables(file, None if options.of is None else options.of.plural)
    if tables is None or (not _is_pattern(file) and size_of(tables) <= megabytes * _MEGABYTE):
        return None
    return tables


def _tables(file: str, table: str | None) -> TableFiles | None:
    path = Path(file)
    if _is_pattern(file):
        return _parts(file, table)
    if path.is_dir():
        return tables_in(path) or None
    name = table or path.stem
    if path.suffix == ".csv" and path.is_file():
        return tables_of_csv(path, name)
    return {name: (path,)} if path.suffix == ".parquet" and path.is_file() else None


def _parts(pattern: str, table: str | None) -> TableFiles | None:
    """Return the files of a pattern as the parts of one table, if they are Parquet."""
    parts = tuple(sorted(map(Path, glob.glob(pattern))))  # noqa: PTH207 - it may lead anywhere
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
    """Check tables out of core; what cannot be read so is left to the readers of objects.

    Args:
        tables: The files of each table.
        select: The rules to check by; none for all.
        ignore: The rules to leave out.
        limit: How many findings are listed at most.
        progress: Called with the number of steps that are done, and of all.

    Raises:
        ModuleNotFoundError: The extra ``frames`` is not installed.
    """
    try:
        return frames.check_files(
            tables,
            select=select or None,
            ignore=ignore,
            limit=_LISTED if limit is None else limit,
            progress=progress,
        )
    except ValueError:
        return None
