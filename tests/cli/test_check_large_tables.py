"""Large tables are checked on disk, with the same report as in memory."""

import json
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.cli.command import Command
from tulevaisuus.cli.check_large_tables import check_large, large_tables
from tulevaisuus.exchange.formats_registry import ReadOptions

pytest.importorskip("duckdb")
pl = pytest.importorskip("polars")

GRANTS = ReadOptions(of=tul.Grant)


def grants(folder: Path, name: str = "grants.parquet") -> Path:
    """Write two grants, one of which was decided too early."""
    folder.mkdir(exist_ok=True)
    rows = pl.DataFrame(
        {
            "id": ["g1", "g2"],
            "call": ["shc-2021", "shc-2021"],
            "project": ["varsinais-suomi", "keski-suomi"],
            "status": ["granted", "granted"],
            "decided_on": ["2021-10-15", "2021-12-14"],
        }
    )
    path = folder / name
    if path.suffix == ".csv":
        rows.write_csv(path)
    else:
        rows.with_columns(pl.col("decided_on").str.to_date()).write_parquet(path)
    return path


def test_file_on_disk_has_the_same_report(command: Command, tmp_path: Path) -> None:
    """The option sets the size above which a file stays on disk."""
    pytest.importorskip("pyarrow")
    path = str(grants(tmp_path))
    options = ("--select", "TSK301", "--format", "json")
    in_memory, on_disk = (
        command("check", path, "--in-memory", size, *options) for size in ("1", "0")
    )
    assert "/grants/0/decided_on" in on_disk.out
    assert on_disk == in_memory


@pytest.mark.proof
def test_page_of_a_file_on_disk_has_no_contents(command: Command, tmp_path: Path) -> None:
    """Objects that were not read are neither counted nor called unreadable."""
    pytest.importorskip("jinja2")
    path, page, few = str(grants(tmp_path)), tmp_path / "page.html", ("--select", "TSK301")
    for size, has_contents in (("1", True), ("0", False)):
        command("check", path, "--in-memory", size, "-f", "html", "-o", str(page), *few)
        text = page.read_text("utf-8")
        assert ("What the document contains" in text) is has_contents
        assert "Nothing could be read" not in text


def test_files_that_are_checked_on_disk(tmp_path: Path) -> None:
    """Tables in our form: files, folders, patterns; not documents or mapped tables."""
    path = grants(tmp_path)
    text = grants(tmp_path, "grants.csv")
    assert large_tables(str(path), ReadOptions(), 0) == {"grants": (path,)}
    assert large_tables(str(text), ReadOptions(), 0) == {"grants": (text,)}
    assert large_tables(str(tmp_path), ReadOptions(), 0) == {"grants": (path,)}
    assert large_tables(str(path), ReadOptions(), 1) is None
    assert large_tables(str(path), ReadOptions(sheet="a"), 0) is None
    assert large_tables(str(tmp_path / "none.parquet"), GRANTS, 0) is None
    document = tmp_path / "grants.json"
    document.write_text("{}", encoding="utf-8")
    assert large_tables(str(document), GRANTS, 0) is None


def test_pattern_is_one_table(tmp_path: Path) -> None:
    """Its files are parts of one table, whatever their size; the option names the class."""
    parts = (grants(tmp_path, "a.parquet"), grants(tmp_path, "b.parquet"))
    pattern = str(tmp_path / "*.parquet")
    assert large_tables(pattern, GRANTS, 1) == {"grants": parts}
    assert large_tables(pattern, ReadOptions(), 1) is None
    assert large_tables(str(tmp_path / "*.csv"), GRANTS, 1) is None


def test_unreadable_file_is_left_to_other_readers(tmp_path: Path) -> None:
    """Their messages name the error."""
    path = tmp_path / "grants.parquet"
    path.write_bytes(b"PAR1 and no more")
    assert check_large({"grants": (path,)}, [], [], None, print) is None


def test_copy_needs_objects(command: Command, tmp_path: Path) -> None:
    """A workbook with findings needs the cells that were read."""
    pytest.importorskip("openpyxl")
    path, copy = grants(tmp_path, "grants.csv"), tmp_path / "checked.xlsx"
    command("check", str(path), "--in-memory", "0", "--output", str(copy))
    assert copy.exists()


def test_limit_lists_the_first_rows(command: Command, tmp_path: Path) -> None:
    """A limit lists the findings of the first rows, and the counts stay exact."""
    path = tmp_path / "grants.csv"
    rows = [f"g{number},shc-2021,nowhere,granted,2021-10-15" for number in range(70)]
    path.write_text("\n".join(["id,call,project,status,decided_on", *rows, ""]), "utf-8")
    options = ("--select", "TSK301,TSK009", "--in-memory", "0", "--limit", "1", "-f", "json")
    report = json.loads(command("check", str(path), *options).out)
    assert [each["path"].split("/")[2] for each in report["findings"]] == ["0"]
    assert ([each["count"] for each in report["counts"]], report["omitted"]) == ([70, 70], 139)
