"""Columns of objects, types without a reader, dates outside Python's range, empty keys."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

import tulevaisuus as tul
from tulevaisuus import frames

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")

GRANTS = {
    "id": ["g1", "g2"],
    "call": ["shc-2021"] * 2,
    "project": ["p1", "p2"],
    "status": ["granted"] * 2,
}
NOON = dt.datetime(2021, 12, 1, 12)  # noqa: DTZ001 - as columns are
CELLS = ["TSK002", "TSK003", "TSK004", "TSK005", "TSK006", "TSK011", "TSK012"]


def listed(given: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a frame of any library
    """Return the findings of a report, after a check that it lists all of them."""
    report = frames.check(given, tul.Grant, select=CELLS).report()
    assert report.omitted == 0
    return [(finding.code, finding.path) for finding in report]


@pytest.mark.parametrize(
    "amounts",
    [
        *([object(), 1], [1j, Decimal(1)], [[1], 1], [{"a": 1}, 1]),
        *([10**5000, 1], [10**400, 1], [Decimal("1e-90"), 1], [Decimal("Infinity"), 1]),
    ],
    ids=["object", "complex", "list", "dict", "huge", "large", "small", "infinite"],
)
def test_value_without_an_arrow_type_is_reported_alone(amounts: list[object]) -> None:
    """The other values of the column are read."""
    given = pd.DataFrame({**GRANTS, "amount_eur": pd.Series(amounts, dtype=object)})
    assert listed(given) == [("TSK002", "/grants/g1/amount_eur")]


@pytest.mark.parametrize("value", [object(), 1j, 10**400], ids=["object", "complex", "large"])
def test_column_of_such_values_is_reported_row_by_row(value: object) -> None:
    """No exception of pyarrow is raised."""
    given = pd.DataFrame({**GRANTS, "amount_eur": pd.Series([value, value], dtype=object)})
    assert listed(given) == [("TSK002", f"/grants/{key}/amount_eur") for key in ("g1", "g2")]


@pytest.mark.parametrize(
    "amounts", [[2**70, 1], [1, 2**70], [2**70, Decimal("1.5")], [2**70, 1.5], [2**70, 2**71]]
)
def test_number_of_more_than_64_bits_is_out_of_range(amounts: list[object]) -> None:
    """It has no type in Arrow, but the code of the finding is that of documents."""
    given = pd.DataFrame({**GRANTS, "amount_eur": pd.Series(amounts, dtype=object)})
    wrong = [key for key, each in zip(GRANTS["id"], amounts, strict=True) if each in {2**70, 2**71}]
    assert listed(given) == [("TSK012", f"/grants/{key}/amount_eur") for key in wrong]


@pytest.mark.parametrize(
    "amounts", [[5, Decimal("1.5")], [5, 5.5], [0.1, Decimal("1.5")], [0.1, None], [5, None]]
)
def test_numbers_of_several_types_are_read_together(amounts: list[object]) -> None:
    """Whole euros are integers where others are decimals."""
    given = pd.DataFrame({**GRANTS, "amount_eur": pd.Series(amounts, dtype=object)})
    assert listed(given) == []


@pytest.mark.parametrize(
    ("column", "cells", "found"),
    [
        ("continues", ["shc-2020", 5, None], {"b": "5"}),
        ("name_sv", ["x", True, 5.5], {"b": "true", "c": "5.5"}),
        ("name_sv", ["x", dt.date(2021, 1, 1), b"b"], {"b": "2021-01-01", "c": "b'b'"}),
        ("maximum_eur", [5, "7", 6], {"b": "7"}),
        ("own_contribution_required", [True, False, "True"], {"c": "True"}),
    ],
)
def test_wrong_type_in_a_code_list_is_reported(
    column: str, cells: list[object], found: dict[str, str]
) -> None:
    """A value that Arrow cannot have beside the others is no unknown value."""
    given = pd.DataFrame(
        {"id": [*"abc"], "name_fi": [*"xyz"], column: pd.Series(cells, dtype=object)}
    )
    violations: Any = frames.check({"calls": given}, select=CELLS).violations
    rows = violations[["code", "key", "column", "value"]].values.tolist()
    assert rows == [["TSK002", key, column, value] for key, value in found.items()]


def test_lone_surrogate_is_reported_and_escaped() -> None:
    """Arrow and Polars have no text with a lone surrogate."""
    given = pd.DataFrame({**GRANTS, "recipient": pd.Series(["\ud800", "x"], dtype=object)})
    violations: Any = frames.check(given, tul.Grant, select=CELLS).violations
    assert violations[["code", "key", "value"]].values.tolist() == [["TSK002", "g1", "\\ud800"]]


def test_sparse_columns_are_read() -> None:
    """Their values are those of the column."""
    for cells in ([1, 2], [None, 1], [None, None]):
        given = pd.DataFrame({**GRANTS, "amount_eur": pd.arrays.SparseArray(cells)})
        assert listed(given) == []


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("decided_on", [NOON, NOON.date()], "a calendar day"),
        ("rounded_to_eur", ["a thousand", 1000], "euros above zero"),
        ("recipient", [5, "helsinki"], "text"),
        ("amount_eur", ["a thousand", 1000], "euros above zero"),
    ],
)
def test_wrong_value_among_others_has_the_expected_type(
    column: str, values: list[object], expected: str
) -> None:
    """The finding has the expectation of the column, although no object is made."""
    given = pd.DataFrame({**GRANTS, column: pd.Series(values[::-1], dtype=object)})
    report = frames.check(given, tul.Grant, select=CELLS).report()
    messages = [each.message("en") for each in report if each.path.startswith("/grants/g")]
    assert [expected in each and "found" in each for each in messages] == [True]


def test_wrong_code_list_cell_keeps_its_own_finding() -> None:
    """A cell of a column that the class does not have is no cell of another type."""
    assert listed(pd.DataFrame({**GRANTS, "colour": [1, "x"]})) == [("TSK004", "/grants/colour")]


def test_run_end_encoded_columns_are_read() -> None:
    """They are decoded to their values."""
    status = pa.RunEndEncodedArray.from_arrays([1, 2], ["granted", "lost"])
    assert listed(pa.table({**GRANTS, "status": status})) == [("TSK005", "/grants/g2/status")]


def test_unreadable_types_of_arrow_are_named() -> None:
    """The error has the type, and what to do."""
    union = pa.UnionArray.from_sparse(pa.array([0, 0], pa.int8()), [pa.array([1, 2])])
    spans = pa.array([(1, 2, 3)] * 2, pa.month_day_nano_interval())
    for column in (union, spans):
        with pytest.raises(TypeError, match="convert or remove it"):
            frames.check(pa.table({**GRANTS, "amount_eur": column}), tul.Grant)


def test_repeated_columns_of_arrow_are_reported_as_those_of_pandas() -> None:
    """The first of them is read."""
    names, columns = [*GRANTS, "id"], [pa.array(each) for each in (*GRANTS.values(), ["a", "a"])]
    assert listed(pa.Table.from_arrays(columns, names=names)) == [("TSK004", "/grants/id")]


def test_dates_outside_python_s_range_are_reported() -> None:
    """Years beyond 9999 and before 1 are fetched as text."""
    days = pl.Series([9_999_999, -9_999_999], dtype=pl.Int32).cast(pl.Date)
    expected = [("TSK006", f"/grants/{key}/decided_on") for key in ("g1", "g2")]
    frame = pl.DataFrame({**GRANTS, "decided_on": days})
    assert listed(frame) == listed(frame.lazy()) == listed(frame.to_arrow()) == expected
    given = pa.table(GRANTS)
    connection: Any = duckdb.connect()
    relation = connection.from_arrow(given)
    far = relation.project("*, '290000-01-01'::DATE AS decided_on")
    assert listed(far) == expected


def test_decimals_of_many_digits_are_reported() -> None:
    """An amount of thirty digits is too large, not an error of arithmetic."""
    amounts = pl.Series([Decimal(10) ** 30, Decimal(1)], dtype=pl.Decimal(38, 0))
    given = pl.DataFrame({**GRANTS, "amount_eur": amounts})
    assert listed(given) == [("TSK012", "/grants/g1/amount_eur")]


@pytest.mark.parametrize("library", ["polars", "lazy", "pandas", "pyarrow", "duckdb"])
def test_rows_without_a_key_are_listed(library: str) -> None:
    """They are counted and listed, up to the limit, under the name of their register."""
    day, before = dt.date(2022, 1, 1), dt.date(2021, 1, 1)
    cells = {"id": [None, "g2"], "usable_start": [day] * 2, "usable_end": [before] * 2}
    frame = pl.DataFrame({**GRANTS, **cells})
    connection: Any = duckdb.connect()
    given = {
        "polars": lambda: frame,
        "lazy": frame.lazy,
        "pandas": frame.to_pandas,
        "pyarrow": frame.to_arrow,
        "duckdb": lambda: connection.from_arrow(frame.to_arrow()),
    }[library]()
    assert listed(given) == [
        ("TSK003", "/grants/id"),
        ("TSK011", "/grants/usable/end"),
        ("TSK011", "/grants/g2/usable/end"),
    ]


def test_number_of_listed_rows_without_a_key_is_limited() -> None:
    """The others are counted."""
    keys: dict[str, list[str | None]] = {"id": [None] * 9}
    cells = {name: each[:1] * 9 for name, each in GRANTS.items()}
    given = pl.DataFrame({**cells, **keys}, schema_overrides={"id": pl.String})
    report = frames.check(given, tul.Grant, select=["TSK003"]).report(limit=4)
    assert (len(report), report.omitted) == (4, 5)
