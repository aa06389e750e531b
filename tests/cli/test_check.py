"""`tulevaisuus check`: arguments, output and exit code."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.cli.command import BROKEN, VALID, Command
from tests.helpers import document
from tulevaisuus.formats import compression


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Set the standard input of the process."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


def test_valid_file(command: Command) -> None:
    """A document with notes only is valid: its findings are shown, the exit code is 0."""
    outcome = command("check", VALID)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    title = tul.rulebook["TSK410"].title.get("en")
    words = " ".join(outcome.out.split())
    assert re.match(rf"{VALID}(:\d+:\d+)?: note TSK410 {title} project varsinais-suomi ", words)
    assert "\n  no wellbeing services county is recorded" in outcome.out
    assert lines[-2:] == [
        f"{VALID}: errors: 0, warnings: 0, notes: 4",
        "read more about the rule: tulevaisuus explain TSK410",
    ]


def test_broken_file(command: Command) -> None:
    """A document with errors shows each with rule, object and message; the exit code is 1."""
    outcome = command("check", BROKEN)
    assert (outcome.code, outcome.err) == (1, "")
    expected = tul.check(tul.read(BROKEN))
    shown = re.findall(rf"^{BROKEN}\S*: (\w+) (TSK\d+) ", outcome.out, re.MULTILINE)
    assert shown == [(each.severity.value, each.code) for each in expected]
    words = " ".join(outcome.out.split())
    for finding in expected:
        assert f"{finding.subject} {finding.path} {finding.message('en')}" in words
        assert tul.rulebook[finding.code].title.get("en") in words
    assert words.endswith(
        f" {BROKEN}: errors: 15, warnings: 1, notes: 1 "
        "skipped, as data that they need was not given or could not be read: "
        f"{', '.join(expected.skipped)} "
        "objects that no rule was checked on, as they have errors of reading: 4 (grant vs-2020, "
        "grant vs-2021 (46:5), grant vs-2022, health and social services centre sote-keskus-1); "
        "correct the errors and check again "
        f"read more about the rule: tulevaisuus explain {expected.errors[0].code}"
    )


def test_bundled_facts_are_checked_without_a_file(command: Command) -> None:
    """They have no errors."""
    outcome = command("check")
    assert outcome.code == 0
    assert outcome.out.startswith("tulevaisuus.reference: note TSK")
    assert outcome.out.splitlines()[-2].startswith("tulevaisuus.reference: errors: 0, ")


@pytest.mark.parametrize(
    ("language", "label", "message", "counts"),
    [
        (
            "fi",
            "virhe",
            "kenttää ”recipent” ei ole",
            "virheitä: 15, varoituksia: 1, huomautuksia: 1",
        ),
        ("sv", "fel", "fältet ”recipent” finns inte", "fel: 15, varningar: 1, anmärkningar: 1"),
        ("en", "error", 'there is no field "recipent"', "errors: 15, warnings: 1, notes: 1"),
    ],
)
def test_language_of_a_report(
    language: str, label: str, message: str, counts: str, command: Command
) -> None:
    """Severities, messages, objects and counts are in the requested language."""
    out = command("check", BROKEN, "--language", language).out
    assert f": {label} TSK004 {tul.rulebook['TSK004'].title.get(language)}\n" in out
    assert f"/grants/0/recipent\n  {message}" in out
    assert f" {BROKEN}: {counts} " in " ".join(out.split())
    suffix = "" if language == "en" else f" -l {language}"
    assert out.splitlines()[-1].endswith(f": tulevaisuus explain TSK005{suffix}")


@pytest.mark.parametrize(
    ("arguments", "variable", "expected"),
    [
        ((), "sv", "fel"),
        ((), "", "error"),
        (("-l", "fi"), "sv", "virhe"),
        (("--language=fi",), "", "virhe"),
    ],
    ids=["variable", "empty", "both", "equals"],
)
def test_the_language_may_come_from_the_environment(
    arguments: tuple[str, ...],
    variable: str,
    expected: str,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """``TULEVAISUUS_LANGUAGE`` sets the language without an option."""
    monkeypatch.setenv("TULEVAISUUS_LANGUAGE", variable)
    assert f": {expected} TSK004 " in command("check", BROKEN, *arguments).out


def test_wrong_language_in_the_environment_is_a_usage_error(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the variable."""
    monkeypatch.setenv("TULEVAISUUS_LANGUAGE", "de")
    outcome = command("show", "regions")
    assert outcome.code == 2
    assert "TULEVAISUUS_LANGUAGE" in outcome.err
    assert "fi, sv, en" in outcome.err


def test_json_is_that_of_the_report(command: Command) -> None:
    """It equals `Report.to_dict`, with the name of the file, on one line."""
    outcome = command("check", BROKEN, "--format", "json", "--language", "sv")
    (line,) = outcome.out.splitlines()
    report = tul.check(tul.read(BROKEN))
    assert json.loads(line) == {"file": BROKEN, **json.loads(report.to_json())}
    assert outcome.code == 1


@pytest.mark.parametrize(
    ("files", "code", "heads"),
    [
        ((VALID, BROKEN), 1, [VALID, BROKEN]),
        ((BROKEN, VALID), 1, [BROKEN, VALID]),
        ((VALID, VALID), 0, [VALID, VALID]),
        ((BROKEN, "missing.json", VALID), 2, [BROKEN, "missing.json", VALID]),
        (("missing.json",), 2, ["missing.json"]),
    ],
    ids=["broken last", "broken first", "valid", "one missing", "all missing"],
)
def test_several_files(
    files: tuple[str, ...], code: int, heads: list[str], command: Command
) -> None:
    """Each file has its report, in the given order; the exit code is the highest."""
    outcome = command("check", *files)
    assert (outcome.code, outcome.err) == (code, "")
    ends = re.findall(r"^(\S+): (?:errors: |error the file)", outcome.out, re.MULTILINE)
    assert ends == heads


def test_several_files_have_a_total(command: Command) -> None:
    """The last counts are those of all files."""
    out = command("check", BROKEN, VALID, "none.json", "-l", "sv").out
    assert "\ndokument 3: fel: 15, varningar: 1, anmärkningar: 5\n" in out
    assert "dokument 1" not in command("check", VALID, "-l", "sv").out


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("fi", "virhe tiedostoa ei voitu avata: tiedostoa tai hakemistoa ei ole"),
        ("sv", "fel filen kunde inte öppnas: filen eller katalogen finns inte"),
        ("en", "error the file could not be opened: there is no such file or directory"),
    ],
)
def test_missing_file(language: str, reason: str, command: Command) -> None:
    """A file that does not exist is reported in the requested language; the exit code is 2."""
    outcome = command("check", "missing.json", "-l", language)
    assert (outcome.code, " ".join(outcome.out.split())) == (2, f"missing.json: {reason}")


def test_directory_is_not_a_file(tmp_path: Path, command: Command) -> None:
    """A path that cannot be opened as a file is reported."""
    outcome = command("check", str(tmp_path))
    assert outcome.code == 2
    assert f"{tmp_path}: error" in outcome.out
    assert "directory" in outcome.out


def test_standard_input(monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """A single hyphen is standard input, read as bytes, whatever its encoding is."""
    name = "Ähtärin keskus"
    centre = {"id": "k1", "name": {"fi": name}, "region": "91"}
    standard_input(monkeypatch, document(centres=[centre]).encode())
    outcome = command("check", "-")
    assert outcome.code == 1
    assert re.match(r"<stdin>(:\d+:\d+)?: error TSK201 ", outcome.out)
    assert " centre k1  /centres/0/region\n" in outcome.out


def test_standard_input_beside_files(monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """Standard input may be among files, before and after options."""
    standard_input(monkeypatch, document().encode())
    outcome = command("check", "--language", "sv", "-", VALID)
    assert outcome.code == 0
    assert outcome.out.startswith("<stdin>: fel: 0, varningar: 0, anmärkningar: 0\n")


def test_file_named_like_standard_input_is_a_file(
    monkeypatch: pytest.MonkeyPatch, command: Command, tmp_path: Path
) -> None:
    """Only the single hyphen is standard input."""
    standard_input(monkeypatch, b"{")
    monkeypatch.chdir(tmp_path)
    try:
        Path("<stdin>").write_text(document(), encoding="utf-8")
    except OSError:  # a file system without such names
        pytest.skip("no such file names here")
    assert command("check", "<stdin>").code == 0
    assert command("check", "-").code == 1


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """A stream that was closed before the process began is reported."""
    monkeypatch.setattr(sys, "stdin", None)
    outcome = command("check", "-")
    assert outcome.code == 2
    assert "the stream is closed" in outcome.out


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "TSK001"), (b"\xff", "TSK001"), (b"[]", "TSK002"), (b"{}", "TSK003")],
    ids=["nothing", "no text", "a list", "no header"],
)
def test_other_content_is_a_finding(
    data: bytes, code: str, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    """Invalid content has exit code 1, unlike a file that cannot be opened."""
    standard_input(monkeypatch, data)
    outcome = command("check", "-", "--format", "json")
    assert outcome.code == 1
    report = json.loads(outcome.out)
    assert {finding["code"] for finding in report["findings"]} == {code}


# --- many findings --------------------------------------------------------------------------------


def many(tmp_path: Path, count: int) -> str:
    """Write a document of grants that may be used after the cost period of their call."""
    grant = {"call": "shc-2021", "project": "varsinais-suomi", "status": "granted"}
    usable = {"usable": {"end": "2024-12-31"}}
    grants = [{"id": f"g{number}", **grant, **usable} for number in range(count)]
    file = tmp_path / "many.json"
    file.write_text(document(grants=grants), encoding="utf-8")
    return str(file)


def test_many_findings_of_a_rule_are_grouped(tmp_path: Path, command: Command) -> None:
    """Of more than a hundred findings ten of each rule are shown; the others are counted."""
    file = many(tmp_path, 150)
    out = command("check", file, "--select", "TSK302").out
    assert out.count(": error TSK302") == 10
    lines = out.splitlines()
    assert "other findings of rule TSK302: 140" in lines
    words = " ".join(lines[-4:])
    assert "the first 10 findings of each rule are shown; --limit 150 shows all" in words


def test_limit_lists_as_many_findings(tmp_path: Path, command: Command) -> None:
    """Nothing is grouped; the others are counted, in every format."""
    file = many(tmp_path, 150)
    out = command("check", file, "--select", "TSK302", "--limit", "120").out
    assert out.count(": error TSK302") == 120
    assert "findings that are not listed: 30, of which errors: 30" in " ".join(out.split())
    report = json.loads(command("check", file, "--limit", "7", "--format", "json").out)
    assert len(report["findings"]) == 7
    assert report["omitted"] == sum(each["count"] for each in report["counts"]) - 7
    assert command("check", BROKEN, "--limit", "0").code == 1


def test_negative_limit_is_a_usage_error(command: Command) -> None:
    """The smallest limit is zero."""
    outcome = command("check", VALID, "--limit", "-1")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith('--limit: the value "-1" is not valid; write a whole number')


def test_statistics_count_findings_by_rule(command: Command) -> None:
    """Each rule has a line, the most frequent first; no finding is listed."""
    outcome = command("check", BROKEN, VALID, "none.json", "--statistics", "-l", "fi")
    assert outcome.code == 2
    *rows, total = outcome.out.splitlines()
    assert rows[0].startswith("none.json: virhe tiedostoa ei voitu avata:")
    assert "/grants/" not in outcome.out
    found = [re.fullmatch(r" *(\d+)  (\w+) (TSK\d+)  (.+)", row) for row in rows]
    counts = [int(each[1]) for each in found if each]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == tul.check(tul.read(BROKEN)).count() + tul.check(tul.read(VALID)).count()
    title = tul.rulebook["TSK302"].title.get("fi")
    assert f"1  virhe TSK302  {title}" in rows
    assert total == "dokumentteja 3: virheitä: 15, varoituksia: 1, huomautuksia: 5"


def test_statistics_without_findings_are_a_total(command: Command, tmp_path: Path) -> None:
    """There are no lines of rules."""
    file = tmp_path / "a.json"
    file.write_text(document(), encoding="utf-8")
    out = command("check", str(file), "--statistics").out
    assert out == "documents 1: errors: 0, warnings: 0, notes: 0\n"


@pytest.mark.parametrize(
    ("file", "severity", "code"),
    [
        (VALID, "error", 0),
        (VALID, "warning", 0),
        (VALID, "note", 1),
        (BROKEN, "error", 1),
        (BROKEN, "warning", 1),
    ],
)
def test_severity_to_fail_on(file: str, severity: str, code: int, command: Command) -> None:
    """Findings of this severity and above set the exit code to 1."""
    assert command("check", file, "--fail-on", severity).code == code


# --- written to a file ----------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "markdown"])
def test_report_is_written_to_a_file(format: str, tmp_path: Path, command: Command) -> None:
    """The file has the text of standard output, and is replaced if it exists."""
    file = tmp_path / "report"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    expected = command("check", BROKEN, "--format", format)
    outcome = command("check", BROKEN, "--format", format, "--output", str(file))
    assert outcome == (1, "", f"{file}: the file was written\n")
    assert file.read_text("utf-8") == expected.out
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def test_link_is_kept(tmp_path: Path, command: Command) -> None:
    """The file behind a symbolic link is replaced, not the link."""
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "report")
    assert command("check", VALID, "--output", str(link)).code == 0
    assert link.is_symlink()
    assert (tmp_path / "report").read_text("utf-8")


def test_a_hyphen_is_standard_output(command: Command) -> None:
    """As the output file, a single hyphen is standard output."""
    assert command("check", VALID, "-o", "-") == command("check", VALID)


@pytest.mark.parametrize("name", ["none/report", "folder"])
def test_file_that_cannot_be_written_is_an_error(
    name: str, tmp_path: Path, command: Command
) -> None:
    """The message names the folder; nothing is left behind."""
    (tmp_path / "folder").mkdir()
    outcome = command("check", VALID, "--output", str(tmp_path / name), "-l", "fi")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{tmp_path / name.partition('/')[0]}: ")
    assert "hakemisto" in outcome.err
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


def test_file_is_unchanged_if_writing_fails(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves the old report, and nothing beside it."""

    def full(_path: Path, _target: Path) -> None:
        """Raise the error of a full disk."""
        raise OSError(28, "No space left on device")

    file = tmp_path / "report"
    file.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", full)
    outcome = command("check", VALID, "--output", str(file))
    assert (outcome.code, outcome.err) == (2, f"{file}: the disk is full\n")
    assert file.read_text("utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def test_device_is_written_directly(command: Command) -> None:
    """It is not replaced by a file."""
    if not Path("/dev/null").is_char_device():
        pytest.skip("no such device here")
    assert command("check", VALID, "--output", "/dev/null") == (0, "", "")
    assert Path("/dev/null").is_char_device()


def test_missing_extra_for_compression_is_named(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without the extra for its suffix a file can be neither read nor written."""

    def missing() -> None:
        """Raise the error of a missing extra."""
        raise ModuleNotFoundError("pip install 'tulevaisuus[zstd]'")

    monkeypatch.setattr(compression, "_import_zstd", missing)
    outcome = command("check", "none.json.zst")
    assert (outcome.code, "tulevaisuus[zstd]" in outcome.out) == (2, True)
    outcome = command("check", VALID, "-o", str(tmp_path / "report.zst"))
    assert (outcome.code, "tulevaisuus[zstd]" in outcome.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["[x", "{", "a\nb"])
def test_argument_like_a_document_is_a_file_name(name: str, command: Command) -> None:
    """An argument is never taken for the text of a document."""
    outcome = command("check", name)
    assert outcome.code == 2
    assert "there is no such file or directory" in " ".join(outcome.out.split())


@pytest.mark.parametrize("ending", ["docx", "ods", "pdf", "xls", "png", "csv", "docx.gz"])
@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "markdown", "html"])
def test_suffix_of_another_file_type_is_an_error(
    ending: str, format: str, tmp_path: Path, command: Command
) -> None:
    """No report is written to a file that another program could not open."""
    file = tmp_path / f"report.{ending}"
    outcome = command("check", VALID, "--format", format, "--output", str(file), "-l", "fi")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"muodon {format} pääte on ." in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_suffix_of_another_format_names_the_format(tmp_path: Path, command: Command) -> None:
    """HTML is not written as text: the message names the format of the suffix."""
    path = str(tmp_path / "report.HTML")
    outcome = command("check", VALID, "--format", "text", "--output", path, "-l", "sv")
    assert (outcome.code, outcome.out) == (2, "")
    assert "välj --format html" in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.json", b"{"),
        ("a.ndjson", b"{"),
        ("a.SARIF", b"{"),
        ("a.xml", b"<?xml"),
        ("a.md", b"#"),
        ("a.html", b"<!"),
        ("a.log", VALID.encode()),
        ("a", VALID.encode()),
    ],
)
def test_ending_of_the_output_chooses_the_format(
    name: str, start: bytes, tmp_path: Path, command: Command
) -> None:
    """Without --format; an ending that no format has is one of text."""
    file = tmp_path / name
    assert command("check", VALID, "--output", str(file)).code == 0
    assert file.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("format", "ending"),
    [("json", "jsonl"), ("json", "ndjson"), ("sarif", "json"), ("text", "2021")],
)
def test_fitting_or_unknown_suffix_is_written(
    format: str, ending: str, tmp_path: Path, command: Command
) -> None:
    """JSON of several files is JSON Lines, and a date is not a suffix."""
    file = tmp_path / f"report.{ending}"
    assert command("check", VALID, "--format", format, "--output", str(file)).code == 0
    assert file.stat().st_size > 0
