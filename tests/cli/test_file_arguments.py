"""Names of files: no command overwrites its input; patterns are expanded."""

import json
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
from tulevaisuus.cli.standard_input import STANDARD_INPUT

MESSAGE_PART = "choose another file for the output"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a document, two tables and a mapping file, and change to it."""
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
def test_input_is_not_overwritten(command: Command, folder: Path, arguments: str) -> None:
    """The exit code is 2, and the message states what to do."""
    before = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    outcome = command(*arguments.split())
    assert MESSAGE_PART in outcome.err
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
def test_input_is_not_overwritten_through_a_link(
    command: Command, folder: Path, link: Callable[[str, str], None]
) -> None:
    """It does not matter which of the two names is read."""
    link("v.json", "w.json")
    assert (folder / "w.json").exists()
    assert MESSAGE_PART in command("check", "v.json", "-f", "json", "-o", "w.json").err
    assert MESSAGE_PART in command("convert", "w.json", "v.json").err


@pytest.mark.usefixtures("folder")
def test_redirected_standard_input_is_not_overwritten(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file can be written."""
    with Path("v.json").open() as file:
        _redirect(monkeypatch, file)
        assert MESSAGE_PART in command("check", "-", "-f", "json", "-o", "v.json").err
        assert command("check", "-", "-f", "json", "-o", "new.json").code == 0


def _redirect(monkeypatch: pytest.MonkeyPatch, file: IO[str]) -> None:
    monkeypatch.setattr("sys.stdin", file)


@pytest.mark.usefixtures("folder")
def test_other_files_may_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Devices, closed standard input, missing files, and folders beside the input."""
    monkeypatch.setattr("sys.stdin", None)
    require_files(None, ("v.json",))
    require_files(os.devnull, (os.devnull,))
    require_files("v.json", (STANDARD_INPUT, None, "missing.json", "c.csv"))
    with pytest.raises(CommandError):
        require_files("p/v.json", ("p",))


@pytest.mark.usefixtures("folder")
def test_standard_input_has_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file may be in any folder."""
    with Path("v.json").open() as file:
        _redirect(monkeypatch, file)
        require_files("p", (STANDARD_INPUT,))
        require_files("c.csv", (STANDARD_INPUT,))


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "valitse tulokselle toinen tiedosto"), ("sv", "välj en annan")]
)
@pytest.mark.usefixtures("folder")
def test_message_is_in_three_languages(command: Command, language: str, words: str) -> None:
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
def test_empty_name_is_not_a_file(words: tuple[str, ...], command: Command) -> None:
    """It would be the current folder."""
    outcome = command(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == 'FILE: the value "" is not valid\n'


def test_page_of_a_folder_without_a_name_has_that_of_its_real_path(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is beside the folder, as for any other."""
    monkeypatch.chdir(folder / "p")
    exchange.write_package(tul.load(folder / "v.json"), folder / "q")
    assert command("report", "../q").code == 0
    monkeypatch.chdir(folder / "q")
    (folder / "q.report.html").unlink()
    assert command("report", ".").code == 0
    assert (folder / "q.report.html").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that one works in")
def test_deleted_folder_is_an_error(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message is one line, without a traceback."""
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    outcome = command("report", ".")
    assert (outcome.code, outcome.out) == (2, "")
    assert "no such file or directory" in outcome.err


def test_patterns_are_expanded_where_the_shell_does_not(folder: Path, command: Command) -> None:
    """The shells of Windows, and quotation marks, leave patterns to the command."""
    shutil.copy(folder / "v.json", folder / "w.json")
    outcome = command("check", "?.json", "-f", "json", "--limit", "0")
    assert [json.loads(line)["file"] for line in outcome.out.splitlines()] == ["v.json", "w.json"]
    assert "nothing is written to it" in command("check", "*.json", "-o", "w.json").err


@pytest.mark.parametrize("name", ["*.json", "what?.json"])
def test_a_name_with_signs_of_patterns_is_a_name_first(
    name: str, folder: Path, command: Command
) -> None:
    """A file of that name is read; without any file the pattern is what cannot be opened."""
    assert command("check", "q" + name).out.startswith(f"q{name}: error the file could not be ")
    shutil.copy(folder / "v.json", folder / ("q" + name))
    assert json.loads(command("check", "q" + name, "-f", "json").out)["file"] == "q" + name


def test_a_page_of_a_pattern_is_beside_its_first_file(folder: Path, command: Command) -> None:
    """The name of the page is made of a file, as a pattern is no name."""
    command("report", "v*.json")
    assert (folder / "v.report.html").is_file()
