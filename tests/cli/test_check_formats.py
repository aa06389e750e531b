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
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True

    def wait_for(self, text: str) -> str:
        """Wait until the progress bar, drawn by another thread, shows a text; return all text."""
        end = time.monotonic() + 30  # only a busy machine takes more than a tenth of a second
        while text not in self.getvalue() and time.monotonic() < end:
            time.sleep(0.02)
        return self.getvalue()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make a terminal to redirect standard error to, and show the progress bar at once."""
    monkeypatch.setattr(progress, "_DELAY_SECONDS", 0.0)
    monkeypatch.setenv("TERM", "xterm-256color")
    return Terminal()


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e"], ids=ascii)
def test_file_name_is_escaped_in_the_progress_bar(character: str, terminal: Terminal) -> None:
    """Control characters are shown by their code points."""
    name = f"a{character}]0;x"
    with contextlib.redirect_stderr(terminal), progress.ProgressBar(1) as bar:
        bar.next(name)
        escaped = f"a\\u{ord(character):04x}]0;x"
        shown = terminal.wait_for(escaped)
        assert escaped in shown
        assert name not in shown


@contextlib.contextmanager
def a_bar(error: TextIO, files: int = 1) -> Generator[progress.ProgressBar]:
    """Start a progress bar on this standard error, and wait until it is shown."""
    with contextlib.redirect_stderr(error), progress.ProgressBar(files) as bar:
        bar.next("[one].json")(1, 2)
        time.sleep(0.2)
        yield bar


def codes(*arguments: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """Return the codes of the findings in the output."""
    main(["check", BROKEN, "--format", "json", *arguments])
    report = json.loads(capsys.readouterr().out)
    return {finding["code"] for finding in report["findings"]}


def test_select_accepts_commas_and_repetition(capsys: pytest.CaptureFixture[str]) -> None:
    """Both select the same rules."""
    both = codes("--select", "TSK302,TSK101", capsys=capsys)
    assert {"TSK302", "TSK101"} < both
    assert both.isdisjoint({"TSK405", "TSK313"})
    assert codes("--select", "TSK302", "--select", "TSK101", capsys=capsys) == both
    assert codes("--select", " outside-programme , TSK302,", capsys=capsys) == both


def test_ignore_accepts_commas_and_repetition(capsys: pytest.CaptureFixture[str]) -> None:
    """Ignored rules find nothing, the others do."""
    everything = codes(capsys=capsys)
    left = codes("--ignore", "TSK302,TSK4", "--ignore", "decision-date-unknown", capsys=capsys)
    assert everything - left == {"TSK302", "TSK405", "TSK313"}


def test_ignore_precedes_select(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that is both selected and ignored is not run."""
    assert "TSK302" not in codes("--select", "TSK3", "--ignore", "TSK302", capsys=capsys)


def test_option_has_one_value(capsys: pytest.CaptureFixture[str]) -> None:
    """The argument after it is a file."""
    assert main(["check", "--select", "TSK302", VALID]) == 0
    assert capsys.readouterr().out.startswith(VALID)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "markdown"])
def test_unknown_selection_is_an_error(
    option: str, format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, nothing is reported, and the message has a suggestion."""
    assert main(["check", VALID, option, "no-gaol", "--format", format]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith('there is no rule or family "no-gaol"; did you mean no-goal')


def test_empty_selection_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A comma alone selects no rule, and not all of them."""
    assert main(["check", VALID, "--select", ","]) == 2
    assert capsys.readouterr() == ("", 'the selection "," names no rule\n')


def test_sarif_is_one_log_of_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Several files are one run, in which each finding has its file."""
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


def test_sarif_has_uris_of_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An absolute path is a file URI; spaces and letters are encoded."""
    file = tmp_path / "a ä.json"
    file.write_bytes(Path(VALID).read_bytes())
    assert main(["check", str(file), "--format", "sarif"]) == 0
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert run["artifacts"][0]["location"]["uri"] == file.as_uri()
    assert run["artifacts"][0]["location"]["uri"].endswith("/a%20%C3%A4.json")


def test_sarif_keeps_relative_paths_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A relative path stays relative, encoded even if its name is not UTF-8."""
    monkeypatch.chdir(tmp_path)
    name = "a caf\udce9.json"
    try:
        Path(name).write_text(document(), encoding="utf-8")
    except OSError:  # a file system without such names
        pytest.skip("no such file names here")
    assert main(["check", name, "--format", "sarif"]) == 0
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert run["artifacts"][0]["location"]["uri"] == "a%20caf%E9.json"


def test_junit_is_one_document_of_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Each file has a suite; without a file there is one for the facts."""
    assert main(["check", VALID, BROKEN, "--format", "junit"]) == 1
    root = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - our own
    assert [suite.get("name") for suite in root] == [VALID, BROKEN]
    assert main(["check", "--format", "junit"]) == 0
    (suite,) = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - our own
    assert suite.get("name") == "tulevaisuus.reference"


def test_json_has_a_line_for_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Each line has the name of its file."""
    assert main(["check", VALID, BROKEN, "--format", "json"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["file"] for line in lines] == [VALID, BROKEN]


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "markdown"])
def test_unopened_file_hides_no_other(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is in the output of every format, as the other files are; the exit code is 2."""
    assert main(["check", "none.json", VALID, "--format", format]) == 2
    captured = capsys.readouterr()
    assert VALID in captured.out.replace("\\", "")
    assert "none.json" in captured.out.replace("\\", "")
    reason = "there is no such file or directory"
    assert reason in " ".join(captured.out.split())
    assert captured.err == ("" if format == "text" else f"none.json: {reason}\n")


def test_unopened_file_in_formats_for_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The SARIF run is not successful, a JUnit case fails, JSON has a line."""
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
    """Formats for programs are UTF-8, even where standard output has another encoding."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["check", VALID, "--format", format, "--language", "fi"]) == 0
    assert "määrä" in raw.getvalue().decode()


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "markdown"])
def test_no_colours_without_a_terminal(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither output nor standard error has escape sequences if they are not terminals."""
    main(["check", BROKEN, "none.json", "--format", format])
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err


def test_progress_bar_shows_name_and_percentage(terminal: Terminal) -> None:
    """On a terminal, slow work shows the file and the progress, and is cleared at its end."""
    with a_bar(terminal, 2) as bar:
        shown = terminal.wait_for(" 25%")
        assert "[one].json" in shown
        assert " 25%" in shown
        bar.next("two.json")(0, 0)
        assert " 50%" in terminal.wait_for(" 50%")
    assert terminal.getvalue().endswith("\x1b[2K")


def test_progress_bar_is_delayed(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fast work shows nothing."""
    monkeypatch.setattr(progress, "_DELAY_SECONDS", 60.0)
    with a_bar(terminal):
        pass
    assert terminal.getvalue() == ""


def test_progress_bar_needs_a_terminal(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard error is a file, nothing is shown, even if colours are forced."""
    assert terminal.isatty()
    monkeypatch.setenv("FORCE_COLOR", "1")
    with a_bar(io.StringIO()) as bar:
        bar.next("two.json")(1, 1)
        shown = sys.stderr
    assert isinstance(shown, io.StringIO)
    assert shown.getvalue() == ""


def test_progress_bar_is_cleared_after_an_error(terminal: Terminal) -> None:
    """The error is raised."""
    with pytest.raises(OSError, match="gone"), a_bar(terminal):
        raise OSError("gone")
    assert terminal.getvalue().endswith("\x1b[2K")


def test_progress_bar_does_not_affect_the_report(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output has only the report."""
    with contextlib.redirect_stderr(terminal):
        assert main(["check", VALID, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == VALID
