"""No command writes over what it reads: neither the file itself nor a link to it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from tests.cli.command import SOUND, Command
from tulevaisuus.cli.inputs import require_other_file
from tulevaisuus.cli.sources import STANDARD_INPUT
from tulevaisuus.cli.wording import CommandError

REFUSED = "choose another file for the output"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a document, two tables and a mapping file, and work there."""
    shutil.copy(SOUND, tmp_path / "v.json")
    for name in ("c.csv", "m.toml", "t.xlsx"):
        (tmp_path / name).write_text("Hanke;Euroa\n")
    (tmp_path / "p").mkdir()
    shutil.copy(SOUND, tmp_path / "p" / "v.json")
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
    require_other_file(None, ("v.json",))
    require_other_file(os.devnull, (os.devnull,))
    require_other_file("v.json", (STANDARD_INPUT, None, "missing.json", "c.csv"))
    with pytest.raises(CommandError):
        require_other_file("p/v.json", ("p",))


@pytest.mark.usefixtures("folder")
def test_standard_input_is_in_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file may be anywhere."""
    with Path("v.json").open() as file:
        _redirect(monkeypatch, file)
        require_other_file("p", (STANDARD_INPUT,))
        require_other_file("c.csv", (STANDARD_INPUT,))


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "valitse tulokselle toinen tiedosto"), ("sv", "välj en annan")]
)
@pytest.mark.usefixtures("folder")
def test_it_is_said_in_three_languages(command: Command, language: str, words: str) -> None:
    """As everything is."""
    assert words in command("convert", "v.json", "v.json", "-l", language).err
