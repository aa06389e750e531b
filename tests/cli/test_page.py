"""`tulevaisuus report` and `check --format html` write an HTML page."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.command import BROKEN, VALID, Command
from tulevaisuus.cli.report_command import report_page_path
from tulevaisuus.cli.standard_input import STANDARD_INPUT
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.reports import html_report

pytest.importorskip("jinja2", reason="the extra html is not installed for this Python")
pytestmark = pytest.mark.usefixtures("drawings")


def test_check_writes_a_page(command: Command, tmp_path: Path) -> None:
    """The page has the contents of the document, in the requested language."""
    page = tmp_path / "raportti.html"
    done = command("check", BROKEN, "--format", "html", "--output", str(page), "--language", "fi")
    assert (done.code, done.out, done.err) == (1, "", f"{page}: tiedosto kirjoitettiin\n")
    html = page.read_text("utf-8")
    assert '<html lang="fi">' in html
    assert "Mitä aineistossa on" in html


def test_report_writes_beside_the_file(command: Command, tmp_path: Path) -> None:
    """The name of the page is printed."""
    source = shutil.copy(VALID, tmp_path / "grants.json")
    done = command("report", str(source), "-l", "sv")
    page = tmp_path / "grants.report.html"
    assert done == (0, f"sidan finns i filen {page}\n", "")
    assert '<html lang="sv">' in page.read_text("utf-8")


def test_report_of_several_files(command: Command, tmp_path: Path) -> None:
    """All files are one page; the exit code is that of a check."""
    page = tmp_path / "both.html"
    done = command("report", VALID, BROKEN, "--output", str(page))
    assert done == (1, "", f"{page}: the file was written\n")
    assert page.read_text("utf-8").count("<article") == 2


def test_report_is_written_to_standard_output(command: Command) -> None:
    """`-` is standard output."""
    done = command("report", VALID, "--output", "-")
    assert done.out.startswith("<!DOCTYPE html>")


def test_page_is_beside_its_file() -> None:
    """The page of a compressed file has the name of its content; standard input needs a name."""
    assert report_page_path("a/grants.xlsx") == str(Path("a/grants.report.html"))
    assert report_page_path("grants.jsonl.gz") == "grants.report.html"
    assert report_page_path(STANDARD_INPUT) == STANDARD_INPUT


def test_bundled_facts_have_a_page(command: Command) -> None:
    """Without a file the facts are checked and shown."""
    done = command("check", "--format", "html")
    assert "tulevaisuus.reference" in done.out


def test_unopened_file_is_in_the_page(command: Command) -> None:
    """It is so in every format, and on standard error."""
    done = command("report", "nowhere.json", "--output", "-")
    assert done.code == 2
    assert "there is no such file or directory" in done.out
    assert "nowhere.json" in done.err


def test_no_page_is_made_of_nothing(command: Command, tmp_path: Path) -> None:
    """A page beside a file that does not exist would be a surprise."""
    name = str(tmp_path / "nowhere.json")
    done = command("report", name)
    assert (done.code, done.out) == (2, "")
    assert list(tmp_path.iterdir()) == []
    page = str(tmp_path / "chosen.html")
    assert command("report", name, "--output", page).code == 2
    assert "there is no such file" in Path(page).read_text("utf-8")
    assert command("report", name, VALID).code == 2
    assert (tmp_path / "nowhere.report.html").is_file()


def test_missing_extra_is_one_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message states what to install."""
    monkeypatch.setitem(sys.modules, "jinja2", None)

    vars(html_report)["_environment"].cache_clear()
    done = command("report", VALID, "--output", "-")
    assert done.code == 2
    assert "pip install 'tulevaisuus[html]'" in done.err


def test_page_counts_rejected_rows(command: Command, tmp_path: Path) -> None:
    """They are not in its sums, and the page states so."""
    table, page = tmp_path / "a.csv", tmp_path / "a.report.html"
    rows = ("a;shc-2021;kainuu;Myönnetty", "b;shc-2021;kainuu;kesken")
    table.write_text("\n".join(("Tunnus;Haku;Hanke;Tila", *rows)), "utf-8")
    assert command("report", str(table)).code == 1
    html = page.read_text("utf-8")
    assert html.count("<strong>Not in the numbers and sums, as it could not be read") == 2
    assert html.count("</strong> grants: 1</p>") == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", [".xlsx", ".XLSX"])
def test_page_is_not_a_workbook(
    ending: str, language: str, command: Command, tmp_path: Path
) -> None:
    """Neither is written, and the error names the command for the copy of a table."""
    target = tmp_path / f"a{ending}"
    done = command("report", VALID, "--output", str(target), "-l", language)
    assert (done.code, done.out) == (2, "")
    assert "tulevaisuus check" in done.err
    assert not target.exists()
