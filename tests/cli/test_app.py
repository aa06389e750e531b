"""The commands `check` and `show`: what is asked, what is answered, and the exit code."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest

import tulevaisuus as tul
from tests.helpers import document
from tulevaisuus import formats
from tulevaisuus.cli import main
from tulevaisuus.model.entity import key_text

SOUND = "examples/varsinais-suomi.json"
BROKEN = "examples/varsinais-suomi-broken.json"


class Outcome(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Command: TypeAlias = Callable[..., Outcome]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command in this process."""

    def run(*arguments: str) -> Outcome:
        code = main(arguments)
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Let the process have this as its standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


# --- check --------------------------------------------------------------------------------------


def test_a_sound_file(command: Command) -> None:
    """A document with notes alone is well: its findings are shown, the exit code is 0."""
    outcome = command("check", SOUND)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == SOUND
    assert lines[1] == "  note TSK410  /projects/0  project varsinais-suomi"
    assert lines[2].startswith("    no wellbeing services county is recorded")
    assert lines[-1] == "  errors: 0, warnings: 0, notes: 4"
    assert len(lines) == 10


def test_a_broken_file(command: Command) -> None:
    """A document with errors shows each with code, pointer and subject; the exit code is 1."""
    outcome = command("check", BROKEN)
    assert (outcome.code, outcome.err) == (1, "")
    expected = tul.check(tul.read(BROKEN))
    shown = [
        line for line in outcome.out.splitlines() if line.startswith("  ") and " TSK" in line[:14]
    ]
    assert shown == [
        f"  {finding.severity} {finding.code}  {finding.path}  {finding.subject}"
        for finding in expected.findings
    ]
    for finding in expected.findings:
        assert f"    {finding.message('en')}\n" in outcome.out
    assert outcome.out.endswith(
        "  errors: 15, warnings: 1, notes: 1\n"
        "  skipped, as something could not be read: "
        "TSK303, TSK304, TSK305, TSK306, TSK314, TSK406, TSK407\n"
    )


def test_the_bundled_facts(command: Command) -> None:
    """Without a file the bundled facts are checked, and they are well."""
    outcome = command("check")
    assert outcome.code == 0
    assert outcome.out.startswith("tulevaisuus.reference\n  note TSK")
    assert outcome.out.endswith("  errors: 0, warnings: 0, notes: 55\n")


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
def test_the_language_of_a_report(
    language: str, label: str, message: str, counts: str, command: Command
) -> None:
    """Severities, messages and counts are said in the language that is asked for."""
    out = command("check", BROKEN, "--language", language).out
    assert f"  {label} TSK004  /grants/0/recipent  grant vs-2020\n    {message}" in out
    assert f"\n  {counts}\n" in out


def test_json_is_the_report(command: Command) -> None:
    """JSON is the library's own, with the name of the file, on one line, in any language."""
    outcome = command("check", BROKEN, "--format", "json", "--language", "sv")
    (line,) = outcome.out.splitlines()
    report = tul.check(tul.read(BROKEN))
    assert json.loads(line) == {"file": BROKEN, **json.loads(report.to_json())}
    assert outcome.code == 1


@pytest.mark.parametrize(
    ("files", "code", "heads"),
    [
        ((SOUND, BROKEN), 1, [SOUND, BROKEN]),
        ((BROKEN, SOUND), 1, [BROKEN, SOUND]),
        ((SOUND, SOUND), 0, [SOUND, SOUND]),
        ((BROKEN, "missing.json", SOUND), 2, [BROKEN, SOUND]),
        (("missing.json",), 2, []),
    ],
    ids=["broken last", "broken first", "sound", "one missing", "all missing"],
)
def test_several_files(
    files: tuple[str, ...], code: int, heads: list[str], command: Command
) -> None:
    """Each file has its report, in the order asked for; the exit code is that of the worst."""
    outcome = command("check", *files)
    assert outcome.code == code
    assert [line for line in outcome.out.splitlines() if not line.startswith(" ")] == heads
    assert outcome.err.count("\n") == files.count("missing.json")


def test_a_missing_file(command: Command) -> None:
    """A file that is not there is named in one line on standard error; the exit code is 2."""
    outcome = command("check", "missing.json")
    assert outcome == (2, "", "[Errno 2] No such file or directory: 'missing.json'\n")


def test_a_directory_is_no_file(tmp_path: Path, command: Command) -> None:
    """What cannot be opened as a file is told so, however it is there."""
    outcome = command("check", str(tmp_path))
    assert (outcome.code, outcome.out) == (2, "")
    assert str(tmp_path) in outcome.err


def test_standard_input(monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """A lone hyphen is standard input, read as bytes, whatever its encoding is said to be."""
    name = "Ähtärin keskus"
    centre = {"id": "k1", "name": {"fi": name}, "region": "91"}
    standard_input(monkeypatch, document(centres=[centre]).encode())
    outcome = command("check", "-")
    assert outcome.code == 1
    assert outcome.out.startswith("<stdin>\n  error TSK201  /centres/0/region  centre k1\n")


def test_standard_input_beside_files(monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """Standard input may stand among files, before and after options."""
    standard_input(monkeypatch, document().encode())
    outcome = command("check", "--language", "sv", "-", SOUND)
    assert outcome.code == 0
    assert outcome.out.startswith("<stdin>\n  fel: 0, varningar: 0, anmärkningar: 0\n")


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "TSK001"), (b"\xff", "TSK001"), (b"[]", "TSK002"), (b"{}", "TSK003")],
    ids=["nothing", "no text", "a list", "no header"],
)
def test_what_is_no_document(
    data: bytes, code: str, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    """Bad content is a finding and exit code 1, not a file that cannot be opened."""
    standard_input(monkeypatch, data)
    outcome = command("check", "-", "--format", "json")
    assert outcome.code == 1
    report = json.loads(outcome.out)
    assert {finding["code"] for finding in report["findings"]} == {code}


# --- show ---------------------------------------------------------------------------------------

REGISTERS: dict[str, tul.Register[Any]] = {
    **tul.reference.registers(),
    "rules": tul.rulebook,
}
FILLED = [name for name, register in REGISTERS.items() if len(register)]


@pytest.mark.parametrize("name", FILLED)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_register_is_listed(name: str, language: str, command: Command) -> None:
    """A register is shown with a line for each thing, its key first, in the register's order."""
    outcome = command("show", name, "--language", language)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    keys = [key_text(entity.key) for entity in REGISTERS[name]]
    assert [line[: len(key)] for line, key in zip(lines, keys, strict=True)] == keys


def test_a_register_without_bundled_things_is_empty(command: Command) -> None:
    """No centre is bundled: there is nothing to list, and that is no mistake."""
    assert command("show", "centres") == (0, "", "")


def test_a_kind_without_bundled_things_has_none_of_a_key(command: Command) -> None:
    """A kind of which nothing is bundled is known all the same; what is missing is its key."""
    outcome = command("show", "centre", "keskus-1")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'keskus-1'" in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_rule_is_shown_as_it_is_explained(command: Command) -> None:
    """Of a rule everything that is known is shown, whichever command asks for it."""
    assert command("show", "rule", "TSK302") == command("explain", "TSK302")


@pytest.mark.parametrize("name", [name for name in FILLED if name != "rules"])
def test_every_thing_is_shown_by_its_key(name: str, command: Command) -> None:
    """One thing of each kind is shown by its key, with every field that is said of it."""
    entity = next(iter(REGISTERS[name]))
    outcome = command("show", entity.singular, *key_text(entity.key).split())
    assert (outcome.code, outcome.err) == (0, "")
    head, *lines = outcome.out.splitlines()
    assert head == f"{entity.singular} {key_text(entity.key)}"
    fields = entity.set_fields().keys()
    assert fields <= {line.strip().partition(":")[0] for line in lines}


@pytest.mark.parametrize(
    ("words", "head"),
    [
        (("region", "05"), "region 05"),
        (("regions", "05"), "region 05"),
        (("region", "Varha"), "region 05"),
        (("region", "egentliga", "finland"), "region 05"),
        (("municipality", "853"), "municipality 853"),
        (("municipality", "Åbo"), "municipality 853"),
        (("goal", "2"), "goal 2"),
        (("goal_link", "1", "digital"), "goal_link 1 digital"),
        (("goal_links", "1 digital"), "goal_link 1 digital"),
        (("call", "shc-2021"), "call shc-2021"),
        (("organisation", "Turun", "kaupunki"), "organisation turku"),
        (("rule", "TSK302"), "TSK302 grant-outside-cost-period"),
        (("rule", "no-goal"), "TSK401 no-goal"),
        (("body", "thl-project-office"), "body thl-project-office"),
        (("programme",), "programme shc"),
    ],
    ids=" ".join,
)
def test_a_thing_is_shown_by_key_or_name(
    words: tuple[str, ...], head: str, command: Command
) -> None:
    """A thing is asked for in the singular or plural, by its key or by a name of any language."""
    outcome = command("show", *words)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == head


@pytest.mark.parametrize(
    ("language", "name", "days"),
    [
        ("fi", "Varsinais-Suomi", "1.7.2021"),
        ("sv", "Egentliga Finland", "1.7.2021"),
        ("en", "Southwest Finland", "1 July 2021"),
    ],
)
def test_the_language_of_a_thing(language: str, name: str, days: str, command: Command) -> None:
    """Names and days are shown the language's way, in lists too."""
    out = command("show", "region", "05", "--language", language).out
    assert f"  name: {name}\n" in out
    assert f"  established: {days}\n" in out
    assert f"05   {name}\n" in command("show", "regions", "--language", language).out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("regionz",), "there is nothing called 'regionz' to show; try programme, goals, "),
        (("",), "there is nothing called '' to show; try programme, "),
        (("region", "5"), "there is no region '5'; did you mean "),
        (("region", "Varsinai-Suomi"), "there is no region "),
        (("goal", "9"), "there is no goal '9'"),
        (("goal_link", "1"), "there is no goal_link '1'"),
        (("rule", "TSK010"), "there is no rule 'TSK010'"),
        (("region", ""), "there is no region ''"),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_bad_usage(
    words: tuple[str, ...], complaint: str, command: Command
) -> None:
    """An unknown kind or key is told in one line that helps; the exit code is 2."""
    outcome = command("show", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(complaint)
    assert outcome.err.count("\n") == 1


def test_a_name_that_several_bear_is_bad_usage(command: Command) -> None:
    """A name that fits several things is not guessed: their keys are listed."""
    outcome = command("show", "goal", "parantaminen")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("'parantaminen' may be 1 (")
    assert ", 3 (" in outcome.err
    assert outcome.err.count("\n") == 1


# --- both ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("chekc",),
        ("check", "--langauge", "fi"),
        ("check", "--language", "de"),
        ("check", "--format", "yaml"),
        ("check", "--language"),
        ("show",),
        ("show", "regions", "--language", "FI"),
    ],
    ids=" ".join,
)
def test_bad_usage(arguments: tuple[str, ...], command: Command) -> None:
    """What the command does not understand is told on standard error; the exit code is 2."""
    outcome = command(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Error" in outcome.err


@pytest.mark.parametrize("arguments", [(), ("--help",), ("check", "--help"), ("show", "-h")])
def test_help(arguments: tuple[str, ...], command: Command) -> None:
    """Without a command, and where it is asked for, the usage is shown."""
    outcome = command(*arguments)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Usage: tulevaisuus ")


def test_version(command: Command) -> None:
    """The version of the library is that of the command."""
    assert command("--version") == (0, f"{tul.__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [("show", "municipalities"), ("check",), ("check", "--format", "json")],
    ids=" ".join,
)
def test_a_reader_that_has_gone_away(arguments: tuple[str, ...]) -> None:
    """Where nobody reads on, as behind ``head``, the command stops in silence with exit code 0."""
    reader, writer = os.pipe()
    os.close(reader)
    code = "import sys; from tulevaisuus.cli import main; sys.exit(main())"
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code, *arguments], check=False, stdout=writer, stderr=subprocess.PIPE
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


class Unwritable(io.RawIOBase):
    """A file that refuses what is written."""

    def __init__(self, error: OSError) -> None:
        """Take the error that it raises."""
        super().__init__()
        self.error = error

    def writable(self) -> bool:
        """Say that it can be written, as a full disk does."""
        return True

    def write(self, _: object) -> int:
        """Refuse anything."""
        raise self.error


@pytest.mark.parametrize(
    ("format", "error", "code", "said"),
    [
        ("text", OSError(28, "Disk full"), 2, "[Errno 28] Disk full\n"),
        ("json", OSError(28, "Disk full"), 2, "[Errno 28] Disk full\n"),
        ("text", BrokenPipeError(32, "Broken pipe"), 0, ""),
        ("json", BrokenPipeError(32, "Broken pipe"), 0, ""),
    ],
    ids=["full", "full, as bytes", "closed", "closed, as bytes"],
)
def test_output_that_cannot_be_written(
    format: str,
    error: OSError,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A full disk is told in one line and is exit code 2; a closed pipe is no mistake."""
    with monkeypatch.context() as patched:
        raw = Unwritable(error)
        patched.setattr(sys, "stdout", io.TextIOWrapper(raw, write_through=True))  # type: ignore[type-var]
        assert main(["check", SOUND, "--format", format]) == code
    assert capsys.readouterr().err == said


def test_a_selection_of_nothing_is_bad_usage(command: Command) -> None:
    """A comma alone names no rule, and does not select all of them."""
    outcome = command("check", SOUND, "--select", ",")
    assert (outcome.code, outcome.out) == (2, "")
    assert "','" in outcome.err


# --- schema -------------------------------------------------------------------------------------


def test_the_schema_of_documents(command: Command) -> None:
    """Without a word it is the schema of whole documents."""
    outcome = command("schema")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out) == formats.schema()


@pytest.mark.parametrize(
    "name", ["portfolio", "programme", "goal_link", "centre", "period", "grant_status"]
)
def test_the_schema_of_a_thing(command: Command, name: str) -> None:
    """A thing, value or code is asked for by the word that messages have for it."""
    outcome = command("schema", name.upper())
    schema = json.loads(outcome.out)
    assert outcome.code == 0
    assert schema["$id"] == f"urn:tulevaisuus:schema:{tul.FORMAT_VERSION}:{name}"


@pytest.mark.parametrize(
    ("name", "said"), [("grnt", "try grant\n"), ("xyz", "try portfolio, administration, alias,")]
)
def test_an_unknown_schema_suggests_near_ones(command: Command, name: str, said: str) -> None:
    """A wrong word is answered by the near ones, or by all where none is near."""
    outcome = command("schema", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"there is no schema of '{name}'; {said}")
