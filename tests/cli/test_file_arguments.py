"""No command writes over what it reads: neither the file itself nor a link to it."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

import tulevaisuus as tul
from tests.cli.command import VALID, Command
from tulevaisuus import exchange
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.file_arguments import require_files
from tulevaisuus.cli.input_files import STANDARD_INPUT

REFUSED = "choose another file for the output"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a document, two tables and a mapping file, and work there."""
    shutil.copy(VALID, tmp_path / "v.json")
    for name in ("c.csv", "m.toml", "t.xlsx"):
        (tmp_path / name).write_text("Hanke;Euroa\n")
    (tmp_path / "p").mkdir()
    shutil.copy(VALID, tmp_path / "p" / "v.json")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        "check c.csv -o c.csv",
        "check v.json -f json -o ./v.json",
        "check v.json t.xlsx -f json -o t.xlsx",
        "check c.csv --map m.toml -f json -o m.toml",
        "report v.json -o v.json",
        "convert t.xlsx t.xlsx",
        "convert v.json v.json",
        "convert p p --to package",
        "convert p p/v.json",
        "convert v.json . --to package",
        "plan v.json c.csv -o c.csv",
        "plan v.json c.csv -o v.json",
    ],
)
def test_an_input_stays_as_it_was(command: Command, folder: Path, arguments: str) -> None:
    """The exit code is 2, and a sentence says what to do."""
    before = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    outcome = command(*arguments.split())
    assert REFUSED in outcome.err
    assert (outcome.code, outcome.out) == (2, "")
    assert {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()} == before


@pytest.mark.parametrize(
    "arguments",
    [
        "check v.json -f json -o new.json/",
        "check c.csv -o new.xlsx/ --as grants",
        "report v.json -o new.html/",
        "convert v.json new.json/ --to json",
        "plan v.json c.csv -o new.csv/",
    ],
)
def test_a_folder_is_no_file(command: Command, folder: Path, arguments: str) -> None:
    """What ends as a folder does is not written as a file of the same name."""
    before = {*folder.iterdir()}
    outcome = command(*arguments.split())
    assert outcome.code == 2
    assert "new." in outcome.err
    assert {*folder.iterdir()} == before


def test_a_page_is_no_copy_of_a_table(command: Command, folder: Path) -> None:
    """Whoever asks for both gets neither, and a sentence on how to get each."""
    outcome = command("check", "c.csv", "-f", "html", "-o", "new.xlsx", "-l", "fi")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("new.xlsx: .xlsx on tarkistettu kopio taulukosta eikä HTML-sivu")
    assert not (folder / "new.xlsx").exists()


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_link_leads_to_the_input(
    command: Command, folder: Path, link: Callable[[str, str], None]
) -> None:
    """Whichever of the two names is read."""
    link("v.json", "w.json")
    assert (folder / "w.json").exists()
    assert REFUSED in command("check", "v.json", "-f", "json", "-o", "w.json").err
    assert REFUSED in command("convert", "w.json", "v.json").err


@pytest.mark.usefixtures("folder")
def test_standard_input_may_be_the_file(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not written over, either; another file is."""
    with Path("v.json").open() as file:
        _redirect(monkeypatch, file)
        assert REFUSED in command("check", "-", "-f", "json", "-o", "v.json").err
        assert command("check", "-", "-f", "json", "-o", "new.json").code == 0


def _redirect(monkeypatch: pytest.MonkeyPatch, file: IO[str]) -> None:
    monkeypatch.setattr("sys.stdin", file)


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_written_over_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Devices, standard input that was closed, files that are not there, folders beside it."""
    monkeypatch.setattr("sys.stdin", None)
    require_files(None, ("v.json",))
    require_files(os.devnull, (os.devnull,))
    require_files("v.json", (STANDARD_INPUT, None, "missing.json", "c.csv"))
    with pytest.raises(CommandError):
        require_files("p/v.json", ("p",))


@pytest.mark.usefixtures("folder")
def test_standard_input_is_in_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file may be anywhere."""
    with Path("v.json").open() as file:
        _redirect(monkeypatch, file)
        require_files("p", (STANDARD_INPUT,))
        require_files("c.csv", (STANDARD_INPUT,))


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "valitse tulokselle toinen tiedosto"), ("sv", "välj en annan")]
)
@pytest.mark.usefixtures("folder")
def test_it_is_said_in_three_languages(command: Command, language: str, words: str) -> None:
    """As everything is."""
    assert words in command("convert", "v.json", "v.json", "-l", language).err


@pytest.mark.parametrize(
    "words",
    [
        ("check", ""),
        ("check", "c.csv", "--map", ""),
        ("report", ""),
        ("convert", "", "x.json"),
        ("plan", "", "c.csv"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("folder")
def test_an_empty_name_is_no_file(words: tuple[str, ...], command: Command) -> None:
    """It would stand for the folder that one works in."""
    outcome = command(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == 'FILE: the value "" is not valid\n'


def test_a_page_on_a_folder_without_name_has_that_of_its_real_path(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is beside the folder, as that of any other."""
    monkeypatch.chdir(folder / "p")
    exchange.write_package(tul.load(folder / "v.json"), folder / "q")
    assert command("report", "../q").code == 0
    monkeypatch.chdir(folder / "q")
    (folder / "q.report.html").unlink()
    assert command("report", ".").code == 0
    assert (folder / "q.report.html").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that one works in")
def test_a_folder_that_is_gone_is_an_error(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says so, and nothing of Python is shown."""
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    outcome = command("report", ".")
    assert (outcome.code, outcome.out) == (2, "")
    assert "no such file or directory" in outcome.err
