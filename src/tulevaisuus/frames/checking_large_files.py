"""Checks files of tables that are too large to become objects, out of core, with DuckDB.

Parquet files are read in place. CSV files are copied once, as text, into a temporary database. The
report is the same as for objects: rows have their numbers, and a missing table is empty.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import attrs

from tulevaisuus import _optional_libraries
from tulevaisuus.facts.reference_portfolio import reference as bundled
from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.unchecked import Located
from tulevaisuus.frames.checking import check_tables, require_known_name
from tulevaisuus.frames.engines.patterns import DAY, PLAIN_AMOUNT
from tulevaisuus.frames.files_for_duckdb import TableFiles, delimiter_of
from tulevaisuus.frames.tables.schemas import SCHEMAS
from tulevaisuus.frames.tables.tables_with_facts import DATA_REGISTERS
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.field_types import Date, Money
from tulevaisuus.rules.checking import Progress
from tulevaisuus.rules.rule_declaration import Rule, rulebook
from tulevaisuus.rules.rule_selection import Selection, select_rules

__all__ = ["check_files"]

_MEMORY_LIMIT = "1GB"
"""The memory that DuckDB may use before it writes to disk."""

_ROW_NUMBER = "row number"
"""The column with the number of a row, from zero; no field has a blank in its name."""

_SQL_TYPES: Mapping[type, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    bool: "BOOLEAN",
    dt.date: "DATE",
    Decimal: "DECIMAL(18, 2)",
}
"""The type in DuckDB for each type of our columns."""


def check_files(
    tables: TableFiles,
    *,
    select: Selection | None = None,
    ignore: Selection = (),
    limit: int = 100,
    progress: Progress | None = None,
) -> Report:
    """Check files of tables by the rules, without reading them into memory.

    Args:
        tables: The files of each table: Parquet, or CSV that `tables_of_csv` accepts.
        select: The rules to check by; by default all but those on request.
        ignore: The rules to leave out.
        limit: How many findings are listed at most; the counts are exact.
        progress: Called now and then with the number of steps that are done, and of all.

    Returns:
        The report; paths and locations have the numbers of rows.

    Raises:
        FileNotFoundError: There is no such file.
        ModuleNotFoundError: DuckDB is not installed.
        TypeError: The tables are not a mapping of names to paths.
        ValueError: There is no such table, a file is damaged, or its cells are not what its columns
            should hold.
    """
    files = _files(tables)
    duckdb = _optional_libraries.duckdb()
    rules = select_rules(rulebook, select, ignore, Evidence.WEAK)
    with tempfile.TemporaryDirectory(prefix="tulevaisuus-") as folder:
        connection = duckdb.connect(str(Path(folder) / "tables.duckdb"))
        try:
            return _report(connection, files, rules, limit, progress)
        except duckdb.Error as error:
            raise ValueError(f"DuckDB cannot read the files: {error}") from error
        finally:
            connection.close()


def _files(tables: object) -> TableFiles:
    """Return the paths of each table; one path needs no list."""
    if not isinstance(tables, Mapping):
        found = type(tables).__name__
        raise TypeError(f'give the files of each table, {{"grants": ["a.parquet"]}}, not {found}')
    given = cast("Mapping[str, object]", tables)
    return {name: _paths(name, each) for name, each in given.items()}


def _paths(name: str, given: object) -> tuple[Path, ...]:
    require_known_name("table", name, SCHEMAS)
    several = cast("list[object]", given) if isinstance(given, list | tuple) else [given]
    paths = tuple(Path(each) for each in several if isinstance(each, str | Path))
    if not paths or len(paths) < len(several):
        found = quote(repr(several))
        raise TypeError(f"give the files of {name} as a list of paths, not {found}")
    for path in paths:
        if not path.exists():  # DuckDB's own error would be that of a file that it cannot read
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return paths


def _report(
    connection: Any,  # noqa: ANN401 - duckdb's connection
    tables: TableFiles,
    rules: list[Rule],
    limit: int,
    progress: Progress | None,
) -> Report:
    connection.execute(f"SET memory_limit = '{_MEMORY_LIMIT}'")
    given = {name: _relation(connection, name, paths) for name, paths in tables.items()}
    order = {name: _ROW_NUMBER for name in tables if not SCHEMAS[name].is_list}
    all_tables = {**dict(_empty_tables(connection)), **given}
    checked = check_tables(
        all_tables,
        order,
        rules,
        bundled,
        Evidence.INFERRED,
        progress=progress,
        is_numbered=True,
    )
    report = checked.report_by_row(limit)
    locator = _RowLocator(connection, tables)
    return attrs.evolve(
        report,
        findings=tuple(map(locator.with_location, report.findings)),
        unchecked=tuple(map(locator.with_location, report.unchecked)),
    )


def _empty_tables(connection: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - duckdb's connection
    """Yield all tables of data without rows: a table that has no file counts as empty."""
    for name, schema in SCHEMAS.items():
        if schema.main_table in DATA_REGISTERS:
            types = schema.table.types()
            columns = [
                f'NULL::{_SQL_TYPES[type_]} AS "{column}"' for column, type_ in types.items()
            ]
            yield name, connection.sql(f"SELECT {', '.join(columns)} WHERE false")


def _relation(connection: Any, name: str, paths: Sequence[Path]) -> Any:  # noqa: ANN401 - duckdb's
    """Return the rows of the files of a table, with their numbers."""
    if paths[0].suffix == ".parquet":
        if SCHEMAS[name].is_list:  # its rows have positions in lists, and need no numbers
            listed = ", ".join(map(_quoted_for_sql, paths))
            return connection.sql(f"FROM read_parquet([{listed}], union_by_name = true)")
        return connection.sql(_parquet_query(connection, paths))
    return connection.sql(_copy_of_csv(connection, name, paths[0]))


def _parquet_query(connection: Any, paths: Sequence[Path]) -> str:  # noqa: ANN401 - duckdb's connection
    """Return the query that reads the files of a table, its rows numbered across the files."""
    queries: list[str] = []
    rows_before = 0
    for path in map(_quoted_for_sql, paths):
        number = f'file_row_number + {rows_before} AS "{_ROW_NUMBER}"'
        numbered = f"* EXCLUDE (file_row_number), {number}"
        queries.append(f"SELECT {numbered} FROM read_parquet({path}, file_row_number = true)")  # noqa: S608 - quoted
        ((count,),) = connection.sql(f"SELECT count(*) FROM read_parquet({path})").fetchall()  # noqa: S608 - quoted
        rows_before += count
    return " UNION ALL BY NAME ".join(queries)


def _copy_of_csv(connection: Any, name: str, path: Path) -> str:  # noqa: ANN401 - duckdb's connection
    """Copy a CSV file into the database, as text, and return the query that reads its rows."""
    delimiter = cast("str", delimiter_of(path, SCHEMAS[name]))
    options = f"header = true, delim = {_quoted_for_sql(delimiter)}, quote = '\"', escape = '\"'"
    source = f"read_csv({_quoted_for_sql(path)}, {options}, all_varchar = true, nullstr = '')"
    connection.execute(f'CREATE TABLE "{name}" AS FROM {source}')
    rows = f'rowid AS "{_ROW_NUMBER}" FROM "{name}"'
    typed = _column_types(connection, name)
    if not typed:
        return f"SELECT *, {rows}"
    values = ", ".join(
        f'CAST("{column}" AS {each}) AS "{column}"' for column, each in typed.items()
    )
    connection.execute(f'CREATE TABLE "{name} typed" AS SELECT * REPLACE ({values}), {rows}')
    return f'FROM "{name} typed"'


def _column_types(connection: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - duckdb's connection
    """Return the types of the text columns in which every cell is valid, by column.

    Without a type, each query would parse their text again.
    """
    known = _types_and_conditions(name)
    columns = [each for each in connection.table(name).columns if each in known]
    if not columns:
        return {}
    every = ", ".join(f"coalesce(bool_and({known[each][1]}), true)" for each in columns)
    (are_valid,) = connection.sql(f'SELECT {every} FROM "{name}"').fetchall()  # noqa: S608 - our names
    pairs = zip(columns, are_valid, strict=True)
    return {column: known[column][0] for column, is_valid in pairs if is_valid}


def _types_and_conditions(name: str) -> dict[str, tuple[str, str]]:
    """Return the SQL type of each column of days or amounts, and when its text is valid."""
    known: dict[str, tuple[str, str]] = {}
    for column, field_type, *_ in SCHEMAS[name].fields:
        if isinstance(field_type, Date):
            is_valid = f"{_matches_in_sql(column, DAY)} AND NOT starts_with(\"{column}\", '0000')"
            known[column] = ("DATE", is_valid)
        elif type(field_type) is Money:
            positive = "" if field_type.allows_zero else f" AND {_matches_in_sql(column, '[1-9]')}"
            known[column] = ("DECIMAL(14, 2)", _matches_in_sql(column, PLAIN_AMOUNT) + positive)
    return known


def _matches_in_sql(column: str, pattern: str) -> str:
    return f'regexp_matches("{column}", {_quoted_for_sql(pattern)})'


def _quoted_for_sql(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


class _RowLocator:
    """Finds the file and the row that a finding is about."""

    def __init__(self, connection: Any, tables: TableFiles) -> None:  # noqa: ANN401 - duckdb's
        self.connection = connection
        self.tables = tables

    def with_location(self, finding: Located) -> Located:
        """Return a finding, or a row that was not checked, with its location: file and row."""
        name, number, *rest = json_pointers.split(f"{finding.path}/")
        if name not in self.tables:
            return finding
        paths = self.tables[name]
        row = int(number) if number.isdecimal() else None
        if paths[0].suffix == ".parquet":
            source = str(paths[0] if len(paths) == 1 else paths[0].parent)
            location = Location(source=source, sheet=name, row=None if row is None else row + 1)
        else:
            location = self._location_in_csv(name, row, "_".join(filter(None, rest)))
        return attrs.evolve(finding, location=location)

    def _location_in_csv(self, name: str, row: int | None, column: str) -> Location:
        """Return the location of a cell of a CSV file; its header is row 1."""
        (path,) = self.tables[name]
        if row is None:
            return Location(source=str(path))
        columns = self.connection.table(name).columns
        # The column of the field or, if an object is wrong, the columns of its fields.
        matching = [each for each in columns if column and f"{each}_".startswith(f"{column}_")]
        if not matching:
            return Location(source=str(path), row=row + 2)
        column, *_ = matching
        query = f'SELECT "{column}" FROM "{name}" WHERE rowid = {row}'  # noqa: S608 - our names
        ((text,),) = self.connection.sql(query).fetchall()
        cell = f"{_letters(columns.index(column))}{row + 2}"
        return Location(source=str(path), row=row + 2, cell=cell, snippet=text)


def _letters(number: int) -> str:
    """Return the letters of a column in a spreadsheet, from its number; the first one is zero.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    before, letter = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)
