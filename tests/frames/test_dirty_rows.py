"""Rows with wrong cells are checked by no rule, and listed, as objects that cannot be read are.

More of them, and other libraries: tests/properties.
"""

from pathlib import Path
from typing import Any

import pytest

import tulevaisuus as tul
from tests.frames.agreement import ALL, ENGINES, ORDER, Rows, tables_of
from tulevaisuus import frames
from tulevaisuus.formats import read_rows

pl = pytest.importorskip("polars")
pytest.importorskip("pandas")
pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from tests.frames.dirty import compared, dirty_rows  # noqa: E402 - needs these

GRANT: dict[str, Any] = {"call": "shc-2021", "project": "p1", "status": "granted"}
ROWS: Rows = {
    "grants": [
        {**GRANT, "id": "g9", "status": "unheard of"},
        {**GRANT, "id": "g1", "precision": "unheard of"},
        {**GRANT, "id": "g5", "amount_eur": 99_000_000_000},
        {**GRANT, "id": "not an id\n"},
        {**GRANT, "id": "g4", "project": None},
        {**GRANT, "id": None},
        {**GRANT, "id": "g5"},
    ],
    "projects": [
        {"id": "p1", "name_fi": "Hanke"},
        {"id": "p2", "name_fi": None},
        {"id": "p3", "name_fi": "Hanke"},
    ],
    "projects_regions": [{"project_id": "p3", "regions_place": 0, "value": "\n"}],
    "calls": [{"id": "c1"}],
    "programme": [{"name_sv": "Framtid"}],
}
"""Rows with wrong cells, in tables of data, in a list and in code lists."""

UNCHECKED = [
    *("/programme", "/calls/c1", "/projects/p2", "/projects/p3", "/grants/g9", "/grants/g1"),
    *("/grants", "/grants/g4", "/grants", "/grants/g5"),
]
"""The paths of the rows that no rule is checked on."""

FEW = ("TSK003", "TSK005", "TSK009", "TSK301", "TSK304")
"""Some rules: DuckDB takes long to plan the queries of all."""


def checked_rows(rows: Rows, engine: str) -> frames.Checked[Any]:
    """Check rows as frames of a library, in their order."""
    tables = {name: each for name, each in tables_of(rows).items() if name in rows}
    order = {name: each for name, each in ORDER.items() if name in rows}
    return frames.check(ENGINES[engine](tables), order=order, select=FEW)


def test_frames_find_what_objects_find_in_dirty_rows() -> None:
    """Where every twentieth row is wrong, code, key, place and value are the same."""
    assert compared(dirty_rows(0, 12), ENGINES["polars"], select=ALL) == ({}, {}, {}, set())


@pytest.mark.parametrize("engine", ENGINES)
def test_frames_list_the_rows_that_objects_list(engine: str) -> None:
    """Each library names the rows that were not checked, in the order of documents."""
    objects = tul.check(read_rows(ROWS), select=FEW)
    result = checked_rows(ROWS, engine)
    report = result.report()
    assert [each.subject for each in report.unchecked] == [
        each.subject for each in objects.unchecked
    ]
    assert [each.path for each in report.unchecked] == UNCHECKED
    assert report.unchecked_omitted == 0
    assert result.skipped == report.skipped == objects.skipped == ("TSK304",)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_unchecked_rows_beyond_the_limit_are_counted(engine: str) -> None:
    """The first ones are listed, as many as findings."""
    result = checked_rows(ROWS, engine)
    for limit in (0, 1, 4):
        report = result.report(limit)
        assert [each.path for each in report.unchecked] == UNCHECKED[:limit]
        assert report.unchecked_count == len(UNCHECKED)


def test_rows_without_an_order_are_sorted_by_their_keys() -> None:
    """Engines keep no order; without a column for it, the key decides, and none comes first."""
    tables = {"grants": tables_of(ROWS)["grants"].drop_columns("row_number")}
    report = frames.check(tables, select=FEW).report()
    subjects = [each.subject for each in report.unchecked]
    assert subjects == ["grant", "grant", "grant g1", "grant g4", "grant g5", "grant g9"]


def test_the_first_of_equal_keys_is_checked_without_an_order() -> None:
    """A rule finds one of two rows with one key; the other one is reported and listed."""
    days = {"decided_on": ["2021-10-15", "2021-10-15"]}
    rows = pl.DataFrame({**{name: [each] * 2 for name, each in GRANT.items()}, "id": "g1", **days})
    report = frames.check(rows, tul.Grant, select=["TSK008", "TSK301"]).report()
    assert sorted(each.code for each in report) == ["TSK008", "TSK301"]
    assert [each.path for each in report.unchecked] == ["/grants/g1"]


def test_rows_with_a_value_in_a_column_of_a_wrong_type_are_not_checked() -> None:
    """The column has the finding; rows that have nothing in it are checked."""
    days = {"decided_on": ["2021-10-15", "2021-10-15"], "case_number": [5, None]}
    rows = pl.DataFrame({**{name: [each] * 2 for name, each in GRANT.items()}, **days})
    given = rows.with_columns(id=pl.Series(["g1", "g2"]))
    report = frames.check(given, tul.Grant, select=["TSK002", "TSK301"]).report()
    assert [(each.code, each.path) for each in report] == [
        ("TSK002", "/grants/case_number"),
        ("TSK301", "/grants/g2/decided_on"),
    ]
    assert [each.path for each in report.unchecked] == ["/grants/g1"]


def test_a_table_without_a_required_column_is_not_checked() -> None:
    """Each row lacks a cell, and what refers to a fact of that key finds no fact."""
    grants = pl.DataFrame({"id": ["g1", "g1"], "call": ["c", "c"], "project": ["x", "x"]})
    regions = {"project_id": ["p1"], "regions_place": [0], "other": ["05"]}
    projects = pl.DataFrame({"id": ["p1"], "name_fi": ["Hanke"]})
    given = {"grants": grants, "projects": projects, "projects_regions": pl.DataFrame(regions)}
    report = frames.check(given, select=["TSK003", "TSK411"]).report()
    assert [each.path for each in report.unchecked] == ["/projects/p1", "/grants/g1", "/grants/g1"]
    assert [each.path for each in report] == ["/grants/status", "/projects_regions/value"]


def test_no_reference_dangles_where_a_key_cannot_be_read() -> None:
    """The key that could not be read may be the one that is referred to."""
    projects = pl.DataFrame({"id": ["p1", " "], "name_fi": ["Hanke", "Hanke"]})
    grants = pl.DataFrame({**{name: [each] for name, each in GRANT.items()}, "id": "g1"})
    given = {"grants": grants.with_columns(project=pl.lit("p9")), "projects": projects}
    assert frames.check(given, select="TSK009").counts() == ()
    known = {**given, "projects": projects.head(1)}
    assert [code for code, *_ in frames.check(known, select="TSK009").counts()] == ["TSK009"]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_large_dirty_file_gets_the_report_of_its_objects(tmp_path: Path, ending: str) -> None:
    """Findings, their places and their order, what is unchecked and what is skipped."""
    path = tmp_path / f"grants.{ending}"
    columns = ("id", "status", "precision")
    rows = [
        ("g9", "unheard of", "exact"),
        ("g1", "granted", "unheard of"),
        ("g2", "granted", "exact"),
        ("g0", None, "exact"),
    ]
    same = {"call": "shc-2021", "project": "lappi", "decided_on": "2021-10-15"}
    given = pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        **{name: pl.lit(each) for name, each in same.items()}
    )
    if ending == "csv":
        given.write_csv(path)
    else:
        given.with_columns(pl.col("decided_on").str.to_date()).write_parquet(path)
    objects = tul.check(tul.read(path, of=tul.Grant), select=FEW)
    report = frames.check_files({"grants": [path]}, select=FEW)
    assert report.unchecked == objects.unchecked
    assert [each.path for each in report.unchecked] == ["/grants/0", "/grants/1", "/grants/3"]
    assert report.skipped == objects.skipped
    own = [(each.code, each.path, each.location and each.location.row) for each in report]
    assert own == [
        (each.code, each.path, each.location and each.location.row)
        for each in objects
        if each.code in FEW
    ]


def _codes_and_unchecked(rows: Rows) -> tuple[list[str], list[str]]:
    """Check rows on Polars; return the codes of the findings, and the rows without rules."""
    frames_of_rows = {name: pl.DataFrame(each) for name, each in rows.items()}
    report = frames.check(frames_of_rows, select="TSK0").report()
    return sorted(each.code for each in report), [each.path for each in report.unchecked]


PROJECTS: list[dict[str, Any]] = [
    {"id": "p1", "name_fi": "Hanke", "goals_known": True},
    {"id": "p2", "name_fi": "Hanke", "goals_known": True},
]


def test_elements_at_a_wrong_position_are_compared_as_on_objects() -> None:
    """A position that cannot be is one finding, and the repeated element another one."""
    goals = [
        {"project_id": "p1", "goals_place": 0, "value": 1},
        {"project_id": "p1", "goals_place": -1, "value": 1},
        {"project_id": "p2", "goals_place": 0, "value": 2},
    ]
    rows: Rows = {"projects": PROJECTS, "projects_goals": goals}
    objects = tul.check(read_rows(rows), select="TSK0")
    codes, unchecked = _codes_and_unchecked(rows)
    assert codes == sorted(each.code for each in objects) == ["TSK002", "TSK008"]
    assert unchecked == ["/projects/p1"]


def test_a_list_whose_owners_cannot_be_read_rejects_no_row() -> None:
    """The column of the owners has the finding; their own rows are checked."""
    goals = [{"project_id": 1.5, "goals_place": 0, "value": 2}]
    assert _codes_and_unchecked({"projects": PROJECTS, "projects_goals": goals}) == (["TSK002"], [])


def test_an_inner_list_without_its_outer_list_rejects_no_row() -> None:
    """Whether its rows belong to anything cannot be known without the table between."""
    sources = [{"project_id": "p1", "notes_place": 0, "sources_place": 0, "value": "stm-406-2021"}]
    assert _codes_and_unchecked({"projects": PROJECTS, "projects_notes_sources": sources}) == (
        [],
        [],
    )


def test_whether_a_list_is_known_is_unknown_where_its_cell_is_wrong() -> None:
    """The row itself is valid, as on objects; its empty list may be an unknown one."""
    projects = [
        {**each, "goals_known": known} for each, known in zip(PROJECTS, [1, 7], strict=True)
    ]
    goals = {"project_id": pl.String, "goals_place": pl.Int64, "value": pl.Int64}
    given = {"projects": pl.DataFrame(projects), "projects_goals": pl.DataFrame(schema=goals)}
    report = frames.check(given, select=["TSK002", "TSK401"]).report()
    assert [(each.code, each.path) for each in report] == [
        ("TSK401", "/projects/p1/goals"),
        ("TSK002", "/projects/p2/goals_known"),
    ]
    assert report.unchecked == ()
