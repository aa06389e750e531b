"""`tulevaisuus check`: selections, output for programs, and the progress bar."""

import contextlib
import io
import json
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Generator
from pathlib import Path
from typing import TextIO

import pytest

from tests.helpers import document
from tulevaisuus.cli import main, progress

BROKEN = "examples/varsinais-suomi-broken.json"
VALID = "examples/varsinais-suomi.json"


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True

    def wait_for(self, text: str) -> str:
        """Wait until the bar, which another thread draws, shows a text; return all there is."""
        end = time.monotonic() + 30  # only a busy machine takes more than a tenth of a second
        while text not in self.getvalue() and time.monotonic() < end:
            time.sleep(0.02)
        return self.getvalue()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make a terminal to redirect standard error to, and show the bar at once."""
    monkeypatch.setattr(progress, "_DELAY_SECONDS", 0.0)
    monkeypatch.setenv("TERM", "xterm-256color")
    return Terminal()


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e"], ids=ascii)
def test_a_file_name_does_nothing_to_the_terminal(character: str, terminal: Terminal) -> None:
    """What a terminal would act on is shown by its number in the bar, too."""
    name = f"a{character}]0;x"
    with contextlib.redirect_stderr(terminal), progress.ProgressBar(1) as bar:
        bar.next(name)
        escaped = f"a\\u{ord(character):04x}]0;x"
        shown = terminal.wait_for(escaped)
        assert escaped in shown
        assert name not in shown


@contextlib.contextmanager
def a_bar(error: TextIO, files: int = 1) -> Generator[progress.ProgressBar]:
    """Enter a bar on this standard error, and wait until it would be shown."""
    with contextlib.redirect_stderr(error), progress.ProgressBar(files) as bar:
        bar.next("[one].json")(1, 2)
        time.sleep(0.2)
        yield bar


def codes(*arguments: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """Return the codes that a check of the broken example finds."""
    main(["check", BROKEN, "--format", "json", *arguments])
    report = json.loads(capsys.readouterr().out)
    return {finding["code"] for finding in report["findings"]}


def test_select_takes_commas_and_repeats(capsys: pytest.CaptureFixture[str]) -> None:
    """Words with commas and repeated options choose the same rules."""
    both = codes("--select", "TSK302,TSK101", capsys=capsys)
    assert {"TSK302", "TSK101"} < both
    assert both.isdisjoint({"TSK405", "TSK313"})
    assert codes("--select", "TSK302", "--select", "TSK101", capsys=capsys) == both
    assert codes("--select", " outside-programme , TSK302,", capsys=capsys) == both


def test_ignore_takes_commas_and_repeats(capsys: pytest.CaptureFixture[str]) -> None:
    """Ignored rules find nothing, the others still do."""
    everything = codes(capsys=capsys)
    left = codes("--ignore", "TSK302,TSK4", "--ignore", "decision-date-unknown", capsys=capsys)
    assert everything - left == {"TSK302", "TSK405", "TSK313"}


def test_ignore_wins_over_select(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that is both selected and ignored is not judged."""
    assert "TSK302" not in codes("--select", "TSK3", "--ignore", "TSK302", capsys=capsys)


def test_an_option_takes_one_word(capsys: pytest.CaptureFixture[str]) -> None:
    """A file after a selection is a file."""
    assert main(["check", "--select", "TSK302", VALID]) == 0
    assert capsys.readouterr().out.startswith(VALID)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "markdown"])
def test_an_unknown_selection_is_refused(
    option: str, format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, nothing is reported, and the library's message says what may be meant."""
    assert main(["check", VALID, option, "no-gaol", "--format", format]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith('there is no rule or family "no-gaol"; did you mean no-goal')


def test_a_selection_of_nothing_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A comma alone names no rule, and does not select all of them."""
    assert main(["check", VALID, "--select", ","]) == 2
    assert capsys.readouterr() == ("", 'the selection "," names no rule\n')


def test_sarif_is_one_log_of_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Several files make one run, in which each finding knows its file."""
    assert main(["check", BROKEN, VALID, "--format", "sarif", "--language", "sv"]) == 1
    log = json.loads(capsys.readouterr().out)
    (run,) = log["runs"]
    assert run["language"] == "sv"
    assert [each["location"]["uri"] for each in run["artifacts"]] == [BROKEN, VALID]
    places = [
        each["locations"][0]["physicalLocation"]["artifactLocation"]["index"]
        for each in run["results"]
    ]
    assert set(places) == {0, 1}
    assert places == sorted(places)


def test_sarif_names_files_by_addresses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path becomes a valid address: absolute ones a file's, blanks and letters encoded."""
    file = tmp_path / "a ä.json"
    file.write_bytes(Path(VALID).read_bytes())
    assert main(["check", str(file), "--format", "sarif"]) == 0
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert run["artifacts"][0]["location"]["uri"] == file.as_uri()
    assert run["artifacts"][0]["location"]["uri"].endswith("/a%20%C3%A4.json")


def test_sarif_keeps_relative_paths_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path below the repository stays relative, encoded even where its name is no text."""
    monkeypatch.chdir(tmp_path)
    name = "a caf\udce9.json"
    try:
        Path(name).write_text(document(), encoding="utf-8")
    except OSError:  # a file system that takes no such names
        pytest.skip("no such file names here")
    assert main(["check", name, "--format", "sarif"]) == 0
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert run["artifacts"][0]["location"]["uri"] == "a%20caf%E9.json"


def test_junit_is_one_text_of_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Several files make one text, a suite each; without a file there is one for the facts."""
    assert main(["check", VALID, BROKEN, "--format", "junit"]) == 1
    root = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - our own
    assert [suite.get("name") for suite in root] == [VALID, BROKEN]
    assert main(["check", "--format", "junit"]) == 0
    (suite,) = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - our own
    assert suite.get("name") == "tulevaisuus.reference"


def test_json_is_a_line_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Several files make several lines, each with the name of its file."""
    assert main(["check", VALID, BROKEN, "--format", "json"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["file"] for line in lines] == [VALID, BROKEN]


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "markdown"])
def test_a_file_that_cannot_be_opened_hides_no_other(
    format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is in the output of every format, and the other files are too; the exit code is 2."""
    assert main(["check", "none.json", VALID, "--format", format]) == 2
    captured = capsys.readouterr()
    assert VALID in captured.out.replace("\\", "")
    assert "none.json" in captured.out.replace("\\", "")
    reason = "there is no such file or directory"
    assert reason in " ".join(captured.out.split())
    assert captured.err == ("" if format == "text" else f"none.json: {reason}\n")


def test_programs_are_told_of_a_file_that_cannot_be_opened(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """SARIF has a run that is not successful, JUnit a case that fails, JSON a line."""
    main(["check", "none.json", "--format", "sarif"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is False
    main(["check", "none.json", "--format", "junit"])
    root = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - our own
    assert (root.get("tests"), root.get("failures")) == ("1", "1")
    main(["check", "none.json", "--format", "json"])
    (line,) = capsys.readouterr().out.splitlines()
    report = json.loads(line)
    assert (report["file"], report["ok"], report["findings"]) == ("none.json", False, [])
    assert report["error"]["sv"] == "filen eller katalogen finns inte"


@pytest.mark.parametrize("format", ["json", "sarif", "junit"])
def test_output_for_programs_is_utf_8(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What programs read is UTF-8, even where standard output has another encoding."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["check", VALID, "--format", format, "--language", "fi"]) == 0
    assert "määrä" in raw.getvalue().decode()


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "markdown"])
def test_no_colours_without_a_terminal(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither output nor standard error has escape sequences when they are no terminals."""
    main(["check", BROKEN, "none.json", "--format", format])
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err


def test_the_bar_shows_name_and_share(terminal: Terminal) -> None:
    """On a terminal, work that takes a while shows the file and how much is done; then it goes."""
    with a_bar(terminal, 2) as bar:
        shown = terminal.wait_for(" 25%")
        assert "[one].json" in shown
        assert " 25%" in shown
        bar.next("two.json")(0, 0)
        assert " 50%" in terminal.wait_for(" 50%")
    assert terminal.getvalue().endswith("\x1b[2K")


def test_the_bar_waits(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that is done before the wait is over shows nothing."""
    monkeypatch.setattr(progress, "_DELAY_SECONDS", 60.0)
    with a_bar(terminal):
        pass
    assert terminal.getvalue() == ""


def test_the_bar_is_for_terminals(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard error is a file, nothing is shown, be the colours forced or not."""
    assert terminal.isatty()
    monkeypatch.setenv("FORCE_COLOR", "1")
    with a_bar(io.StringIO()) as bar:
        bar.next("two.json")(1, 1)
        shown = sys.stderr
    assert isinstance(shown, io.StringIO)
    assert shown.getvalue() == ""


def test_the_bar_goes_when_work_fails(terminal: Terminal) -> None:
    """An error takes the bar away and is not lost."""
    with pytest.raises(OSError, match="gone"), a_bar(terminal):
        raise OSError("gone")
    assert terminal.getvalue().endswith("\x1b[2K")


def test_the_bar_leaves_the_report_alone(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a bar on standard error, standard output holds the report and nothing else."""
    with contextlib.redirect_stderr(terminal):
        assert main(["check", VALID, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == VALID
