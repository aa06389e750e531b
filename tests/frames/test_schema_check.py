"""Which types of columns are accepted, and the findings on the others."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

import tulevaisuus as tul
from tulevaisuus import formats, frames
from tulevaisuus.findings import json_pointers

pl = pytest.importorskip("polars")
pd = pytest.importorskip("pandas")
duckdb: Any = pytest.importorskip("duckdb")

GRANT: Mapping[str, object] = {
    "id": "g1",
    "call": "shc-2021",
    "project": "p1",
    "status": "granted",
}
DAY = dt.date(2022, 3, 1)
NOON = dt.datetime.combine(DAY, dt.time(12))
MIDNIGHT = dt.datetime.combine(DAY, dt.time())


def frame(**columns: Any) -> Any:  # noqa: ANN401 - a frame of Polars
    """Return a frame of grants, with a row for each value of a column."""
    length = max(
        (len(each) for each in columns.values() if isinstance(each, list | pl.Series)), default=1
    )
    usual = {name: [value] * length for name, value in GRANT.items()}
    ids = {"id": [f"g{number + 1}" for number in range(length)]}
    return pl.DataFrame({**usual, **ids, **columns}, strict=False)


def wrong(given: Any) -> list[tuple[str, ...]]:  # noqa: ANN401 - a frame of any library
    """Return key, column and code of the wrong cells."""
    violations = frames.check(given, tul.Grant, select="TSK0").violations
    rows = formats_rows(violations)
    return sorted((row["key"], row["column"], row["code"]) for row in rows)


def formats_rows(violations: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a frame of any library
    """Return the rows of a frame."""
    if isinstance(violations, pd.DataFrame):
        return [dict(row) for row in violations.to_dict("records")]
    listed: list[dict[str, Any]] = violations.to_dicts()
    return listed


def of_columns(given: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a frame of any library
    """Return code and path of the findings on columns."""
    return [(each.code, each.path) for each in frames.check(given, tul.Grant).findings]


TAKEN: Mapping[str, tuple[str, Sequence[Any], Any]] = {
    "days": ("decided_on", [dt.date(2022, 3, 1)], pl.Date),
    "midnights": ("decided_on", [MIDNIGHT], pl.Datetime),
    "ISO text": ("decided_on", ["2024-02-29"], pl.String),
    "decimals": ("amount_eur", [Decimal("1250.50")], pl.Decimal(20, 4)),
    "whole numbers": ("amount_eur", [1250], pl.Int32),
    "floats": ("amount_eur", [0.29, 999_999_999_999.99], pl.Float64),
    "digits": ("amount_eur", ["1250.5", "1250", "0.01"], pl.String),
    "zero where it counts": ("paid_eur", [0], pl.Int64),
    "categories": ("status", ["granted"], pl.Categorical),
    "an enum": ("status", ["granted"], pl.Enum(["granted", "planned"])),
    "nothing": ("recipient", [None], pl.Null),
}
"""What is taken: a column, its values and its type."""


@pytest.mark.parametrize("name", TAKEN)
def test_valid_cells_are_accepted(name: str) -> None:
    """Types that lose nothing are read, whatever the library calls them."""
    column, values, dtype = TAKEN[name]
    given = frame(**{column: pl.Series(column, values, dtype, strict=False)})
    assert wrong(given) == []
    assert of_columns(given) == []


WRONG: Mapping[str, tuple[str, Sequence[Any], Any, str]] = {
    "a time of day": ("decided_on", [NOON], pl.Datetime, "TSK002"),
    "no such day": ("decided_on", ["2021-02-29"], pl.String, "TSK006"),
    "year zero": ("decided_on", ["0000-01-01"], pl.String, "TSK006"),
    "another form of a day": ("decided_on", ["1.3.2022"], pl.String, "TSK006"),
    "a day and a line": ("decided_on", ["2021-02-01\n"], pl.String, "TSK006"),
    "a fraction of a cent": ("amount_eur", [Decimal("1.005")], pl.Decimal(20, 4), "TSK012"),
    "a float with noise": ("amount_eur", [0.1 + 0.2], pl.Float64, "TSK012"),
    "not a number": ("amount_eur", [float("nan")], pl.Float64, "TSK012"),
    "infinity": ("amount_eur", [float("inf")], pl.Float64, "TSK012"),
    "nothing given": ("amount_eur", [0], pl.Int64, "TSK012"),
    "too much": ("amount_eur", [10**12], pl.Int64, "TSK012"),
    "less than nothing": ("paid_eur", [-1], pl.Int64, "TSK012"),
    "words for an amount": ("amount_eur", ["1 250,50"], pl.String, "TSK002"),
    "a label": ("status", ["myönnetty"], pl.String, "TSK005"),
    "a blank at the end": ("project", ["p1\u00a0"], pl.String, "TSK006"),
    "a control character": ("project", ["p\x7f1"], pl.String, "TSK006"),
    "too long": ("project", ["p" * 201], pl.String, "TSK006"),
    "nothing required": ("project", [None], pl.String, "TSK003"),
}
"""What is not: a column, its values, its type and the code."""


@pytest.mark.parametrize("name", WRONG)
def test_wrong_cells_are_found(name: str) -> None:
    """A cell that is not valid in its field is a finding, the same as in rows."""
    column, values, dtype, code = WRONG[name]
    given = frame(**{column: pl.Series(column, values, dtype, strict=False)})
    assert wrong(given) == [("g1", column, code)]
    if name != "words for an amount":  # text is no amount to rows, as documents have numbers
        assert read_alone(given) == [(column, code)]


def read_alone(given: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a frame of Polars
    """Return what `from_rows` finds wrong."""
    with pytest.raises(tul.InvalidValueError) as caught:
        formats.from_rows(given.to_dicts(), tul.Grant)
    return [(json_pointers.split(each.path)[-1], each.code) for each in caught.value.findings]


@pytest.mark.parametrize(
    ("column", "values", "dtype"),
    [
        ("call", [5], pl.Int64),
        ("status", [1], pl.Int64),
        ("amount_eur", [[1]], pl.List(pl.Int64)),
        ("decided_on", [20220301], pl.Int64),
        ("decided_on", [MIDNIGHT], pl.Datetime(time_zone="UTC")),
        ("case_number", [True], pl.Boolean),
    ],
)
def test_columns_of_another_type_are_found_once(column: str, values: list[Any], dtype: Any) -> None:  # noqa: ANN401 - a type of Polars
    """A type that loses something, such as leading zeros, is a finding on the column."""
    given = frame(**{column: pl.Series(column, values, dtype, strict=False)})
    assert ("TSK002", f"/grants/{column}") in of_columns(given)
    assert all(each[1] != column for each in wrong(given))


def test_names_of_columns_are_checked() -> None:
    """A required column that is missing, and an unknown one, are findings."""
    given = frame().rename({"id": "ID"})
    assert of_columns(given) == [("TSK004", "/grants/ID"), ("TSK003", "/grants/id")]
    assert frames.check(given, tul.Grant).counts()


def test_wrong_required_cell_excludes_its_row() -> None:
    """Rules are not run on a row whose call is not known, for example; others are checked."""
    given = frame(call=["shc-2021 ", "shc-2021"], decided_on=[dt.date(2021, 1, 1)] * 2)
    found = frames.check(given, tul.Grant, select=["TSK006", "TSK301"]).violations
    assert sorted(found["key"].to_list()) == ["g1", "g2"]
    assert set(found.filter(pl.col("code") == "TSK301")["key"]) == {"g2"}


def test_wrong_optional_cell_is_unknown() -> None:
    """A period whose end is before its start has no end that a rule could check."""
    given = frame(usable_start=[dt.date(2022, 1, 1)], usable_end=[dt.date(2019, 1, 1)])
    found = frames.check(given, tul.Grant, select=["TSK011", "TSK302"]).violations
    assert found["code"].to_list() == ["TSK011"]


def test_mixed_columns_of_pandas_are_read_value_by_value() -> None:
    """Values of another type than the rest of a column are found; NaN is an empty cell."""
    given = pd.DataFrame(
        {
            "id": ["g1", "g2", "g3"],
            "call": ["shc-2021", 5, "shc-2021"],
            "project": "p1",
            "status": "granted",
            "amount_eur": [Decimal(1), "x", float("nan")],
            "decided_on": [dt.date(2022, 1, 1), NOON, None],
        }
    )
    assert wrong(given) == [
        ("g2", "amount_eur", "TSK002"),
        ("g2", "call", "TSK002"),
        ("g2", "decided_on", "TSK002"),
    ]


def test_whole_numbers_of_pandas_may_be_floats() -> None:
    """Where a column has empty cells pandas has floats, and booleans as 0.0 and 1.0."""
    project = {"id": ["p1", "p2"], "name_fi": "Hanke", "goals_known": [1.0, None]}
    goals = {"project_id": ["p1", "p1"], "goals_place": [0.0, 1.0], "value": [1.0, 2.5]}
    given = {"projects": pd.DataFrame(project), "projects_goals": pd.DataFrame(goals)}
    violations = frames.check(given, select="TSK0").violations
    found = [(row["table"], row["column"], row["code"]) for row in formats_rows(violations)]
    assert found == [("projects_goals", "value", "TSK002")]


def test_other_objects_are_an_error() -> None:
    """The message has what was given, and what to give."""
    with pytest.raises(TypeError, match=r"grants is a builtins\.list: give a frame of pandas"):
        frames.check([dict(GRANT)], tul.Grant)
    with pytest.raises(TypeError, match="one library, not of Polars and pandas"):
        frames.check({"grants": frame(), "projects": pd.DataFrame()})
    with pytest.raises(TypeError, match="not of none"):
        frames.check({})
    with pytest.raises(ValueError, match="did you mean 'grants'"):
        frames.check({"grant": frame()})
    with pytest.raises(ValueError, match=r"no table is called 'xyz'$"):
        frames.check({"xyz": frame()})
    with pytest.raises(ValueError, match=r"frames\.check\(frame, tul\.Grant\)"):
        frames.check(frame())
    with pytest.raises(tul.UnknownCodeError):
        frames.check(frame(), tul.Grant, select="TSK999")
    with pytest.raises(TypeError, match=r"no table has rows of <class .*Administration'>"):
        frames.check(frame(), tul.Administration)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="no column of grants is called 'ids'; did you mean 'id'"):
        frames.check(frame(), tul.Grant, order={"grants": "ids"})
    with pytest.raises(ValueError, match="no table is called 'grant'; did you mean 'grants'"):
        frames.check(frame(), tul.Grant, order={"grant": "id"})
    example = r"give order=\{'grants': 'received'\}"
    with pytest.raises(TypeError, match=example):
        frames.check(frame(), tul.Grant, order="received")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match=example):
        frames.check(frame(), tul.Grant, order=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_index_is_not_a_column() -> None:
    """If the key of a pandas frame is its index, the message says to make it a column again."""
    given = pd.DataFrame([dict(GRANT)]).set_index("id")
    (finding,) = frames.check(given, tul.Grant).findings
    assert (finding.code, finding.path) == ("TSK003", "/grants/id")
    assert "reset_index" in finding.message("fi")


def test_repeated_column_is_found() -> None:
    """Of two columns with one name the first is read, and both are reported."""
    given = pd.DataFrame([[*GRANT.values(), "g9"]], columns=[*GRANT, "id"])
    (finding,) = frames.check(given, tul.Grant).findings
    assert (finding.code, finding.path) == ("TSK004", "/grants/id")


def test_pandas_uses_duckdb_without_polars(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra brings DuckDB, so Polars is not needed."""
    monkeypatch.setattr("tulevaisuus.frames.engines.engine_choice.find_spec", _no_spec)
    given = pd.DataFrame([{**GRANT, "decided_on": "2021-02-30"}])
    assert wrong(given) == [("g1", "decided_on", "TSK006")]


def _no_spec(_: str) -> None:
    """Find no module."""


HOSTILE = [
    "o'x",
    'o"x',
    "x'); DROP TABLE grants; --",
    "a.b",
    "\\",
    "`",
    "key",
    "row_key",
    "place",
    "flag",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_names_and_keys_are_never_code(name: str, engine: str) -> None:
    """A key, or the name of an unknown column, may be any text."""
    given = frame(id=[f"{name}x", "g2"], decided_on="2021-01-01").with_columns(
        pl.lit(1).alias(name)
    )
    tables: Any = given if engine == "polars" else duckdb.connect().from_arrow(given.to_arrow())
    checked = frames.check(tables, tul.Grant, select=["TSK004", "TSK301"])
    assert [each.path for each in checked.findings] == [json_pointers.join("grants", name)]
    paths = [each.path for each in checked.report() if each.code == "TSK301"]
    assert sorted(paths) == sorted(
        json_pointers.join("grants", key, "decided_on") for key in (f"{name}x", "g2")
    )


@pytest.mark.proof
def test_many_violations_are_counted_and_few_are_listed() -> None:
    """Of ten thousand errors the count is exact, and the first ones are listed."""
    keys = [f"g{number:06}" for number in range(10_000)]
    report = frames.check(
        frame(id=keys, decided_on="2021-01-01"), tul.Grant, select="TSK301"
    ).report()
    assert (len(report), report.omitted) == (100, 9_900)
    assert report.findings[0].path == "/grants/g000000/decided_on"
