"""Frames with columns of types that only one library has, and the findings on them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import pytest

duckdb: Any = pytest.importorskip("duckdb")
pd: Any = pytest.importorskip("pandas")
pl: Any = pytest.importorskip("polars")
pa: Any = pytest.importorskip("pyarrow")

__all__ = ["COLUMN_TYPES"]

ColumnType: TypeAlias = tuple[
    Callable[[], Any], Sequence[tuple[str, str]], Sequence[tuple[str, int]]
]
"""What makes a frame of grants, the findings on its columns, and the number of those of a code."""

GRANT = {"call": "shc-2021", "project": "varsinais-suomi", "status": "granted"}
NOON = dt.datetime(2021, 5, 6, 12)  # noqa: DTZ001 - as columns are
MIDNIGHT = dt.datetime(2021, 5, 6)  # noqa: DTZ001 - as above


def _pandas(**columns: Any) -> Callable[[], Any]:  # noqa: ANN401 - columns of pandas
    def make() -> object:
        """Make a frame of pandas with a row for each cell."""
        length = max(map(len, columns.values()))
        same = {name: [value] * length for name, value in GRANT.items()}
        return pd.DataFrame({"id": [f"g{each}" for each in range(length)], **same, **columns})

    return make


def _arrow(**columns: Any) -> Callable[[], Any]:  # noqa: ANN401 - columns of Arrow
    def make() -> object:
        """Make a table of Arrow with a row for each cell."""
        length = max(map(len, columns.values()))
        same = {name: [value] * length for name, value in GRANT.items()}
        return pa.table({"id": [f"g{each}" for each in range(length)], **same, **columns})

    return make


def _polars(**columns: Any) -> Callable[[], Any]:  # noqa: ANN401 - columns of Polars
    def make() -> object:
        """Make a frame of Polars with a row for each cell."""
        length = max(map(len, columns.values()))
        same = {name: [value] * length for name, value in GRANT.items()}
        return pl.DataFrame({"id": [f"g{each}" for each in range(length)], **same, **columns})

    return make


def _duckdb(columns: str) -> Callable[[], Any]:
    def make() -> object:
        """Make a relation of one row."""
        same = ", ".join(f"'{value}' AS {name}" for name, value in GRANT.items())
        connection: Any = duckdb.connect()
        return connection.sql(f"SELECT 'g1' AS id, {same}, {columns}")

    return make


COLUMN_TYPES: Mapping[str, ColumnType] = {
    "pandas: nullable whole numbers": (
        _pandas(amount_eur=pd.array([5, None, 0], dtype="Int64")),
        [],
        [("TSK012", 1)],
    ),
    "pandas: nullable texts": (
        _pandas(decided_on=pd.array(["2021-05-06", None, "x"], dtype="string")),
        [],
        [("TSK006", 1)],
    ),
    "pandas: nullable booleans for an amount": (
        _pandas(amount_eur=pd.array([True, None], dtype="boolean")),
        [("TSK002", "amount_eur")],
        [],
    ),
    "pandas: categories": (
        _pandas(precision=pd.Categorical(["exact", None, "about"])),
        [],
        [("TSK005", 1)],
    ),
    "pandas: categories of numbers": (
        _pandas(precision=pd.Categorical([1, 2])),
        [("TSK002", "precision")],
        [],
    ),
    "pandas: points in time": (
        _pandas(decided_on=pd.Series([MIDNIGHT, None, NOON], dtype="datetime64[us]")),
        [],
        [("TSK002", 1)],
    ),
    "pandas: points in time with a zone": (
        _pandas(decided_on=pd.to_datetime(["2021-05-06"]).tz_localize("Europe/Helsinki")),
        [("TSK002", "decided_on")],
        [],
    ),
    "pandas: durations": (
        _pandas(decided_on=pd.to_timedelta(["1 days"])),
        [("TSK002", "decided_on")],
        [],
    ),
    "pandas: decimals and floats": (
        _pandas(amount_eur=pd.Series([Decimal("1.5"), 1.5, None, 0.125], dtype=object)),
        [],
        [("TSK012", 1)],
    ),
    "pandas: booleans and numbers": (
        _pandas(own_contribution_eur=pd.Series([True, 1, 2], dtype=object)),
        [],
        [("TSK002", 1)],
    ),
    "pandas: lists": (
        _pandas(case_number=pd.Series([["a"], ["b"]], dtype=object)),
        [("TSK002", "case_number")],
        [],
    ),
    "pandas: bytes": (
        _pandas(case_number=pd.Series([b"a"], dtype=object)),
        [("TSK002", "case_number")],
        [],
    ),
    "arrow: dictionaries": (
        _arrow(precision=pa.array(["exact", None, "about"], pa.dictionary(pa.int8(), pa.string()))),
        [],
        [("TSK005", 1)],
    ),
    "arrow: large texts": (
        _arrow(case_number=pa.array(["a", None, "b "], pa.large_string())),
        [],
        [("TSK006", 1)],
    ),
    "arrow: views of texts": (
        _arrow(case_number=pa.array(["a", None, "b "], pa.string_view())),
        [],
        [("TSK006", 1)],
    ),
    "arrow: wide decimals": (
        _arrow(amount_eur=pa.array([Decimal("1.50"), None], pa.decimal256(60, 2))),
        [],
        [],
    ),
    "arrow: days of 64 bits": (
        _arrow(decided_on=pa.array([dt.date(2021, 5, 6), None], pa.date64())),
        [],
        [],
    ),
    "arrow: times of a day": (
        _arrow(decided_on=pa.array([dt.time(12)], pa.time64("us"))),
        [("TSK002", "decided_on")],
        [],
    ),
    "arrow: half floats": (
        _arrow(amount_eur=pa.array([1.5, 2.0], pa.float32())),
        [],
        [],
    ),
    "arrow: unsigned numbers": (
        _arrow(amount_eur=pa.array([1, 2**64 - 1], pa.uint64())),
        [],
        [("TSK012", 1)],
    ),
    "arrow: structs": (
        _arrow(case_number=pa.array([{"a": 1}])),
        [("TSK002", "case_number")],
        [],
    ),
    "arrow: nothing": (_arrow(case_number=pa.nulls(2)), [], []),
    "polars: points in time in nanoseconds": (
        _polars(decided_on=pl.Series([NOON], dtype=pl.Datetime("ns"))),
        [],
        [("TSK002", 1)],
    ),
    "polars: wide whole numbers": (
        _polars(amount_eur=pl.Series([5, 10**20], dtype=pl.Int128)),
        [],
        [("TSK012", 1)],
    ),
    "polars: objects": (
        _polars(case_number=pl.Series([object()], dtype=pl.Object)),
        [("TSK002", "case_number")],
        [],
    ),
    "duckdb: wide whole numbers": (
        _duckdb("(10::HUGEINT ** 20)::HUGEINT AS amount_eur"),
        [],
        [("TSK012", 1)],
    ),
    "duckdb: unsigned numbers": (_duckdb("5::UBIGINT AS amount_eur"), [], []),
    "duckdb: an enum": (_duckdb("'exact'::ENUM('exact', 'about') AS precision"), [], []),
    "duckdb: a universally unique id": (
        _duckdb("uuid() AS case_number"),
        [("TSK002", "case_number")],
        [],
    ),
    "duckdb: a point in time with a zone": (
        _duckdb("TIMESTAMPTZ '2021-05-06 00:00:00+00' AS decided_on"),
        [("TSK002", "decided_on")],
        [],
    ),
    "duckdb: an infinite day": (_duckdb("'infinity'::DATE AS decided_on"), [], [("TSK006", 1)]),
    "duckdb: a list": (_duckdb("[1] AS case_number"), [("TSK002", "case_number")], []),
    "duckdb: nothing": (_duckdb("NULL AS case_number"), [], []),
}
"""Columns of unusual types, by description."""
