"""Files of tables are checked out of core, with the same report as objects."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

import tulevaisuus as tul
from tulevaisuus import frames
from tulevaisuus.findings.messages import UNKNOWN_FIELD
from tulevaisuus.frames import checking_large_files
from tulevaisuus.frames.files_for_duckdb import size_of, tables_of_csv

pl = pytest.importorskip("polars")
pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

ROWS: list[dict[str, Any]] = [
    {
        "id": f"g{number:02}",
        "call": "shc-2021",
        "project": f"p{number // 3}",
        "status": ["granted", "applied", "rejected"][number % 3],
        "amount_eur": 100 + number if number % 4 else None,
        "decided_on": dt.date(2021, 10, 14) + dt.timedelta(number % 3),
        "usable_start": dt.date(2019 + number % 3, 12, 31),
        "usable_end": dt.date(2023 + number % 2, 12, 31),
    }
    for number in range(12)
]
GRANTS = pl.DataFrame(ROWS[::-1])


def parquet(folder: Path, name: str = "grants.parquet", rows: Any = GRANTS) -> Path:  # noqa: ANN401 - a frame
    """Write rows as Parquet."""
    path = folder / name
    rows.with_columns(pl.col("amount_eur").cast(pl.Decimal(18, 2))).write_parquet(path)
    return path


def csv(folder: Path, separator: str = ",") -> Path:
    """Write the grants as text."""
    path = folder / "grants.csv"
    GRANTS.write_csv(path, separator=separator)
    return path


FEW = ("TSK005", "TSK301", "TSK302", "TSK303")
"""Some rules: DuckDB takes long to plan the queries of all."""


def as_objects(path: Path, limit: int, select: Sequence[str] | None = None) -> tul.Report:
    """Check a file as objects, with all rules or some."""
    return tul.check(tul.read(path, of=tul.Grant), limit=limit, select=select)


@pytest.mark.proof
@pytest.mark.parametrize(("limit", "select"), [(200, None), (7, FEW)], ids=["all", "some"])
def test_parquet_has_the_report_of_its_objects(
    tmp_path: Path, limit: int, select: Sequence[str] | None
) -> None:
    """Byte for byte: findings, their order, paths and locations, and exact counts."""
    path = parquet(tmp_path)
    report = frames.check_files({"grants": (path,)}, limit=limit, select=select)
    assert report.to_json() == as_objects(path, limit, select).to_json()


@pytest.mark.proof
@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_has_the_report_of_its_objects(tmp_path: Path, separator: str) -> None:
    """Byte for byte except for the note on the dialect, which is not detected."""
    path = csv(tmp_path, separator)
    tables = tables_of_csv(path, "grants")
    assert tables is not None
    own: Any = json.loads(frames.check_files(tables, limit=200, select=FEW).to_json())
    objects: Any = json.loads(as_objects(path, 200, FEW).to_json())
    for report in (own, objects):
        for part in ("findings", "counts"):
            report[part] = [each for each in report[part] if each["code"] != "TSK001"]
    assert own == objects


@pytest.mark.parametrize(
    ("amount", "day", "code", "snippet"),
    [
        ("1250.50", "2021-10-15", "TSK301", "2021-10-15"),
        ("1250.50", "2021-02-30", "TSK006", "2021-02-30"),
        ("0.00", "2022-01-15", "TSK012", "0.00"),
        ("1250,5", "2022-01-15", "TSK002", "1250,5"),
        ("1250.50", "0000-01-15", "TSK006", "0000-01-15"),
    ],
)
def test_column_of_text_is_converted_only_if_all_cells_are_valid(
    tmp_path: Path, amount: str, day: str, code: str, snippet: str
) -> None:
    """With one wrong cell it stays text, and the finding shows the cell as it is written."""
    path = tmp_path / "grants.csv"
    lines = ["id;call;project;status;amount_eur;decided_on"]
    lines += ["g1;shc-2021;p1;granted;7.00;2021-12-15"]
    lines += [f"g2;shc-2021;p2;granted;{amount};{day}"]
    path.write_text("\n".join(lines), encoding="utf-8")
    tables = tables_of_csv(path, "grants")
    assert tables is not None
    report = frames.check_files(tables, select=["TSK002", "TSK006", "TSK012", "TSK301"])
    (finding,) = report
    assert finding.code == code
    assert finding.location is not None
    assert (finding.location.row, finding.location.snippet) == (3, snippet)


@pytest.mark.parametrize(("header", "cell"), [("", ""), (";decided_on", ";2021-02-30")])
def test_columns_without_valid_dates_stay_text(tmp_path: Path, header: str, cell: str) -> None:
    """Where no column is a date or an amount throughout, each cell is text."""
    path = tmp_path / "grants.csv"
    path.write_text(f"id;call;project;status{header}\ng1;c;p;wrong{cell}\n", encoding="utf-8")
    tables = tables_of_csv(path, "grants")
    assert tables is not None
    report = frames.check_files(tables, select=["TSK005", "TSK006"])
    codes = [each.code for each in report]
    assert codes == ["TSK005", *(["TSK006"] if cell else [])]


def test_row_numbers_continue_from_part_to_part(tmp_path: Path) -> None:
    """Parts are one table, whose rows are numbered together."""
    parts = (
        parquet(tmp_path, "a.parquet", GRANTS.head(5)),
        parquet(tmp_path, "b.parquet", GRANTS.tail(7)),
    )
    whole = frames.check_files({"grants": (parquet(tmp_path),)}, select="TSK301", limit=200)
    split = frames.check_files({"grants": parts}, select="TSK301", limit=200)
    assert [each.path for each in split] == [each.path for each in whole]
    assert {each.location.source for each in split if each.location} == {str(tmp_path)}


def test_lists_and_code_lists_are_tables_too(tmp_path: Path) -> None:
    """The rows of a list belong to their entity; code lists are read and checked completely."""
    projects = tmp_path / "projects.parquet"
    pl.DataFrame({"id": ["p0", "p1"], "name_fi": ["Hanke", "Hanke"]}).write_parquet(projects)
    regions = tmp_path / "projects_regions.parquet"
    pl.DataFrame({"project_id": ["p1"], "regions_place": [0], "value": ["HUS"]}).write_parquet(
        regions
    )
    themes = tmp_path / "themes.parquet"
    pl.DataFrame(
        {"code": ["own"], "name_fi": ["Teema"], "related_service": ["none"]}
    ).write_parquet(themes)
    tables = {"projects": (projects,), "projects_regions": (regions,), "themes": (themes,)}
    report = frames.check_files(tables, select=["TSK005", "TSK201"], limit=200)
    found = [(each.code, each.path, each.location and each.location.row) for each in report]
    assert found == [
        ("TSK005", "/themes/0/related_service", 1),
        ("TSK201", "/projects/1/regions/0", 2),
    ]


def test_code_lists_are_checked_alone(tmp_path: Path) -> None:
    """Where nothing is left for DuckDB to run, what was read into memory is reported."""
    themes = tmp_path / "themes.parquet"
    rows = {"code": ["own"], "name_fi": ["Teema"], "related_service": ["none"]}
    pl.DataFrame(rows).write_parquet(themes)
    report = frames.check_files({"themes": (themes,)}, select="TSK005")
    assert [(each.code, each.path) for each in report] == [("TSK005", "/themes/0/related_service")]
    assert [number for _, _, number in report.counts] == [1]


def test_list_rows_without_entities_are_counted(tmp_path: Path) -> None:
    """No row of an entity has a number then, and each row of a list is counted once."""
    path = tmp_path / "projects_regions.parquet"
    rows = pl.DataFrame({"project_id": ["p1", "p2"], "regions_place": [0, 0], "value": ["x", "y"]})
    rows.write_parquet(path)
    report = frames.check_files({"projects_regions": (path,)}, select=["TSK005", "TSK009"])
    assert {code: number for code, _, number in report.counts} == {"TSK009": 2}
    projects = tmp_path / "projects.parquet"
    pl.DataFrame({"id": ["p2", "p1", "p1"], "name_fi": ["Hanke"] * 3}).write_parquet(projects)
    tables = {"projects": (projects,), "projects_regions": (path,)}
    both = frames.check_files(tables, select=["TSK005", "TSK009"])
    assert [(each.code, each.path) for each in both] == [
        ("TSK005", "/projects/0/regions/0"),
        ("TSK005", "/projects/1/regions/0"),
    ]


def test_row_without_a_key_is_found(tmp_path: Path) -> None:
    """It has no number by which it could be found again."""
    rows = GRANTS.with_columns(id=pl.when(pl.col("id") != "g03").then(pl.col("id")))
    report = frames.check_files({"grants": (parquet(tmp_path, rows=rows),)}, select="TSK003")
    assert [(each.code, each.path) for each in report] == []
    assert [count for code, _, count in report.counts if code == "TSK003"] == [1]


def test_progress_reaches_the_total(tmp_path: Path) -> None:
    """The last step is reported, so that a progress bar ends full."""
    steps: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        """Record a step."""
        steps.append((done, total))

    frames.check_files({"grants": (parquet(tmp_path),)}, select="TSK301", progress=report)
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize("content", [b"Hanke,Haku\n", b"id,c\xe4ll\n"])
def test_other_headers_are_left_to_other_readers(tmp_path: Path, content: bytes) -> None:
    """Only our own names, in UTF-8, are read as text by DuckDB."""
    path = tmp_path / "grants.csv"
    path.write_bytes(content)
    assert tables_of_csv(path, "grants") is None
    assert tables_of_csv(path, "sheet1") is None
    assert size_of({"grants": (path, path)}) == 2 * len(content)


def test_damaged_file_is_our_error(tmp_path: Path) -> None:
    """No exception of DuckDB is raised."""
    path = tmp_path / "grants.parquet"
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(ValueError, match="DuckDB cannot read the files"):
        frames.check_files({"grants": (path,)})


@pytest.mark.parametrize("name", ["nope.parquet", "nope.csv"])
def test_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """The error is that of any function that opens a file."""
    with pytest.raises(FileNotFoundError) as caught:
        frames.check_files({"grants": (tmp_path / name,)})
    assert caught.value.filename == str(tmp_path / name)


class Relation:
    """A table of DuckDB that has no columns."""

    columns = ()


class Connection:
    """A connection to DuckDB with such tables."""

    def table(self, name: str) -> Relation:
        """Return a table."""
        del name
        return Relation()


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/projects/1", None),
        ("/grants", tul.Location(source="g.csv")),
        ("/grants/3/id", tul.Location(source="g.csv", row=5)),
    ],
)
def test_finding_without_a_cell_has_the_known_location(
    path: str, place: tul.Location | None
) -> None:
    """Findings on a whole file have no row, those on a missing column no cell."""
    places: Any = vars(checking_large_files)["_RowLocator"](
        Connection(), {"grants": [Path("g.csv")]}
    )
    assert places.with_location(UNKNOWN_FIELD.finding(path)).location == place


def test_paths_may_be_texts(tmp_path: Path) -> None:
    """One path needs no list, and an unknown table is named."""
    file = tmp_path / "grants.csv"
    file.write_text("id,call,project,amount_eur,status\n", "utf-8")
    assert frames.check_files(cast("Any", {"grants": str(file)})).ok
    assert frames.check_files(cast("Any", {"grants": [str(file)]})).ok
    with pytest.raises(ValueError, match="no table is called 'grant'; did you mean 'grants'"):
        frames.check_files(cast("Any", {"grant": str(file)}))
