"""Checks files of tables that are too large to become objects, out of core, with DuckDB.

Parquet files are read in place. CSV files are copied once, as text, into a temporary database. The
report is the same as for objects: rows have their numbers, and a missing table is empty.
"""

from __future__ import annotations

import datetime as dt
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
    return paths


def _report(
    connection: Any,  # noqa: ANN401 - duckdb's connection
    tables: TableFiles,
    rules: list[Rule],
    limit: int,
    progress: Progress | None,
) -> Report:
    connection.execute(f"SET memory_limit = '{_MEMORY_LIMIT}'")
    given = {name: _relation(connection, name, parts) for name, parts in tables.items()}
    order = {name: _ROW_NUMBER for name in tables if not SCHEMAS[name].is_list}
    everything = {**dict(_empty_tables(connection)), **given}
    checked = check_tables(
        everything,
        order,
        rules,
        bundled,
        Evidence.INFERRED,
        progress=progress,
        is_numbered=True,
    )
    report = checked.report_by_row(limit)
    places = _RowLocator(connection, tables)
    return attrs.evolve(
        report,
        findings=tuple(map(places.located, report.findings)),
        unchecked=tuple(map(places.located, report.unchecked)),
    )


def _empty_tables(connection: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - duckdb's connection
    """Yield all tables of data without rows: a table that has no file counts as empty."""
    for name, schema in SCHEMAS.items():
        if schema.main in DATA_REGISTERS:
            types = schema.table.types()
            columns = [f'NULL::{_SQL_TYPES[each]} AS "{column}"' for column, each in types.items()]
            yield name, connection.sql(f"SELECT {', '.join(columns)} WHERE false")


def _relation(connection: Any, name: str, parts: Sequence[Path]) -> Any:  # noqa: ANN401 - duckdb's
    """Return a table of files, its rows with their numbers."""
    if parts[0].suffix == ".parquet":
        if SCHEMAS[name].is_list:  # its rows have places
            listed = ", ".join(map(_quoted_for_sql, parts))
            return connection.sql(f"FROM read_parquet([{listed}], union_by_name = true)")
        return connection.sql(_parquet_query(connection, parts))
    return connection.sql(_copy_of_csv(connection, name, parts[0]))


def _parquet_query(connection: Any, parts: Sequence[Path]) -> str:  # noqa: ANN401 - duckdb's connection
    """Return the query that reads the parts of a table, numbered across the parts."""
    queries: list[str] = []
    before = 0
    for part in map(_quoted_for_sql, parts):
        numbered = f'* EXCLUDE (file_row_number), file_row_number + {before} AS "{_ROW_NUMBER}"'
        queries.append(f"SELECT {numbered} FROM read_parquet({part}, file_row_number = true)")  # noqa: S608 - quoted
        ((count,),) = connection.sql(f"SELECT count(*) FROM read_parquet({part})").fetchall()  # noqa: S608 - quoted
        before += count
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
    """Finds the places of findings in files."""

    def __init__(self, connection: Any, tables: TableFiles) -> None:  # noqa: ANN401 - duckdb's
        self.connection = connection
        self.tables = tables

    def located(self, finding: Located) -> Located:
        """Return a finding, or a row without a check, with its location: the file and the row."""
        name, number, *rest = json_pointers.split(f"{finding.path}/")
        if name not in self.tables:
            return finding
        parts = self.tables[name]
        row = int(number) if number.isdecimal() else None
        if parts[0].suffix == ".parquet":
            source = str(parts[0] if len(parts) == 1 else parts[0].parent)
            place = Location(source=source, sheet=name, row=None if row is None else row + 1)
        else:
            place = self._in_text(name, row, "_".join(filter(None, rest)))
        return attrs.evolve(finding, location=place)

    def _in_text(self, name: str, row: int | None, column: str) -> Location:
        """Return the location of a cell of a CSV file; its header is row 1."""
        (path,) = self.tables[name]
        if row is None:
            return Location(source=str(path))
        columns = self.connection.table(name).columns
        fitting = [each for each in columns if column and f"{each}_".startswith(f"{column}_")]
        if not fitting:
            return Location(source=str(path), row=row + 2)
        column, *_ = fitting
        query = f'SELECT "{column}" FROM "{name}" WHERE rowid = {row}'  # noqa: S608 - our names
        ((text,),) = self.connection.sql(query).fetchall()
        cell = f"{_letters(columns.index(column))}{row + 2}"
        return Location(source=str(path), row=row + 2, cell=cell, snippet=text)


def _letters(number: int) -> str:
    """Return what spreadsheets call a column, from zero.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    before, letter = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)
