"""Portfolios as frames of every library, and the violations that frames and objects find."""

import datetime as dt
import functools
import importlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import tulevaisuus as tul
from tulevaisuus import formats, frames
from tulevaisuus.frames.tables.code_lists import cell_text
from tulevaisuus.frames.tables.finding_places import address_of
from tulevaisuus.frames.tables.schemas import SCHEMAS
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.programme import Programme

__all__ = [
    "ALL",
    "ENGINES",
    "ORDER",
    "Found",
    "difference",
    "expected",
    "found_in",
    "frames_of",
    "loaded",
    "rows_of",
    "tables_of",
    "violations_of",
]

Rows: TypeAlias = dict[str, list[dict[str, Any]]]
Found: TypeAlias = "Counter[tuple[str | None, ...]]"
"""Table, key, place, column, code, severity and value of each violation."""

ALL = tuple(rule.code for rule in tul.rulebook)
"""All codes, those on request too."""

ORDER = {name: "row_number" for name in SCHEMAS if not SCHEMAS[name].is_list}
"""The column by which frames keep the order of a portfolio."""

_SUMS = {"TSK304", "TSK305", "TSK314"}
"""Rules whose value on frames is a sum, and no cell."""


def loaded(document: Mapping[str, object]) -> tul.Portfolio:
    """Read the registers of a document."""
    return tul.loads(json.dumps({"format": "tulevaisuus", "format_version": "1.0", **document}))


def rows_of(portfolio: tul.Portfolio) -> Rows:
    """Return the rows of all tables, also of empty registers."""
    rows: Rows = {name: [] for name in SCHEMAS}
    rows |= formats.to_rows([portfolio.programme] if portfolio.programme else [])
    for register in portfolio.registers().values():
        rows |= formats.to_rows(register)
    return rows


def tables_of(rows: Rows) -> dict[str, Any]:
    """Return rows as Arrow tables, with row numbers that keep their order."""
    import pyarrow as pa

    types: dict[type, Any] = {
        str: pa.string(),
        int: pa.int64(),
        bool: pa.bool_(),
        dt.date: pa.date32(),
        Decimal: pa.decimal128(18, 2),
    }
    tables: dict[str, Any] = {}
    classes: list[type[tul.Entity]] = [Programme, *REGISTERS.values()]
    for cls in classes:
        for name, columns in formats.columns_of(cls).items():
            listed = rows.get(name, [])
            fields = [
                (column, pa.string() if _is_text(listed, column) else types[each.type])
                for column, each in columns.items()
            ]
            if name in ORDER:
                fields.append(("row_number", pa.int64()))
                listed = [{**row, "row_number": number} for number, row in enumerate(listed)]
            tables[name] = pa.Table.from_pylist(listed, schema=pa.schema(fields))
    return tables


def _is_text(rows: Sequence[Mapping[str, object]], column: str) -> bool:
    """Whether a column has text, which may be that of days or amounts."""
    return any(isinstance(row.get(column), str) for row in rows)


def _polars(tables: Mapping[str, Any]) -> dict[str, Any]:
    pl: Any = importlib.import_module("polars")

    return {name: pl.from_arrow(table) for name, table in tables.items()}


def _lazy(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {name: frame.lazy() for name, frame in _polars(tables).items()}


def _pyarrow(tables: Mapping[str, Any]) -> dict[str, Any]:
    return dict(tables)


def _pandas(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {name: table.to_pandas() for name, table in tables.items()}


def _duckdb(tables: Mapping[str, Any]) -> dict[str, Any]:
    import duckdb

    connection: Any = duckdb.connect()
    return {name: connection.from_arrow(table) for name, table in tables.items()}


ENGINES: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "polars": _polars,
    "lazy": _lazy,
    "pyarrow": _pyarrow,
    "pandas": _pandas,
    "duckdb": _duckdb,
}
"""What makes frames of each library."""


def frames_of(portfolio: tul.Portfolio, engine: str, *, filled: bool = True) -> dict[str, Any]:
    """Return a portfolio as frames of a library.

    Args:
        portfolio: The entities.
        engine: The library.
        filled: Whether tables of registers without any entity are left out.
    """
    tables = tables_of(rows_of(portfolio))
    if filled:
        tables = {
            name: each for name, each in tables.items() if tables[SCHEMAS[name].main_table].num_rows
        }
    return ENGINES[engine](tables)


def found_in(violations: Any) -> Found:  # noqa: ANN401 - a frame of any library
    """Return the violations in a frame."""
    import narwhals.stable.v2 as nw

    frame = nw.from_native(violations)
    eager = frame.collect("pyarrow") if isinstance(frame, nw.LazyFrame) else frame
    names = ("table", "key", "place", "column", "code", "severity", "value")
    found: Found = Counter()
    for row in eager.rows(named=True):
        cells = [None if each != each else each for each in (row[name] for name in names)]  # noqa: PLR0124 - NaN of pandas
        found[tuple(cells)] += 1
    return found


@functools.lru_cache(maxsize=4)  # the same portfolio is compared on one library after another
def expected(portfolio: tul.Portfolio, **options: Any) -> Found:  # noqa: ANN401 - as `check`
    """Return what the rules on objects find, as violations."""
    return violations_of(tul.check(portfolio, **options), rows_of(portfolio))


def violations_of(report: tul.Report, rows: Rows) -> Found:
    """Return the findings of a report on rows as violations."""
    cells: dict[tuple[str, str, str], dict[str, Any]] = {}
    for name, listed in rows.items():
        schema = SCHEMAS[name]
        for row in listed:
            key = " ".join(str(row[each]) for each in schema.key_columns)
            place = "/".join(str(row[each]) for each in schema.position_columns)
            cells.setdefault((name, key, place), row)
    found: Found = Counter()
    for finding in report:
        at = address_of(finding.path, rows)
        row = cells.get((at.table, at.key or "", at.place or ""), {})
        value = cell_text(row.get(at.column or ""))
        if finding.code in _SUMS:
            value = cell_text(dict(finding.params)["sum"])
        found[(*at, finding.code, finding.severity.value, value)] += 1
    return found


def difference(
    portfolio: tul.Portfolio,
    engine: str,
    **options: Any,  # noqa: ANN401 - as `check`
) -> tuple[Found, Found]:
    """Return what only objects find, and what only frames find: both should be empty."""
    checked = frames.check(frames_of(portfolio, engine, filled=False), order=ORDER, **options)
    objects, own = expected(portfolio, **options), found_in(checked.violations)
    return objects - own, own - objects
