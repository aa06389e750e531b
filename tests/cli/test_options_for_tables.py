"""Options for tables: none is ignored, and errors name the option."""

import io
from pathlib import Path

import pytest

from tests.cli.command import VALID, Command
from tests.exchange.tables import csv_bytes

GIVEN = ("--set", "call=shc-2021", "--set", "id={project}-{call}")


class Peekable(io.BytesIO):
    """A stream whose next bytes can be seen before they are read, as those of a process can."""

    def peek(self, size: int = 0, /) -> bytes:
        """Return all bytes that come."""
        del size
        return self.getvalue()[self.tell() :]


class Piped:
    """Standard input from a pipe."""

    def __init__(self, data: bytes) -> None:
        """Set the data."""
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--sheet", "Taul1"), "--sheet"),
        (("--set", "call=shc-2021"), "--set"),
        (("--set", "id={project}-{call}"), "--set"),
        (("--map",), "--map"),
    ],
)
def test_document_accepts_none(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    named: str,
) -> None:
    """It is so for files and standard input, in check and convert."""
    mapping = tmp_path / "m.toml"
    mapping.write_text('[headers]\nEuroa = "amount_eur"\n')
    given = (*options, str(mapping)) if options == ("--map",) else options
    target = tmp_path / "out.json"
    for outcome in (
        command("check", VALID, *given),
        command("convert", VALID, str(target), *given),
    ):
        assert (outcome.code, outcome.out) == (2, "")
        assert named in outcome.err
        assert "leave them out" in outcome.err
    assert not target.exists()
    monkeypatch.setattr("sys.stdin", Piped(Path(VALID).read_bytes()))
    assert "leave them out" in command("check", "-", *given).err


def test_standard_input_may_be_a_table(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller gives the class of its rows."""
    rows = (("Hanke", "Päätös"), ("PirSOTE", "Myönnetty"))
    monkeypatch.setattr("sys.stdin", Piped(csv_bytes(*rows)))
    outcome = command("check", "-", "--as", "grants", *GIVEN)
    assert outcome.code == 0
    assert "TSK002" not in outcome.out
    monkeypatch.setattr("sys.stdin", Piped(csv_bytes(*rows)))
    assert 'no field "colour"' in command("check", "-", "--as", "grants", "--set", "colour=x").err


@pytest.mark.parametrize(
    "rows",
    [
        (("Hanke", "Päätös", "Määrä"), ("PirSOTE", "Myönnetty", "5")),
        (("Avustukset 2021",), ("Hanke", "Tila", "Määrä"), ("PirSOTE", "Myönnetty", "5")),
    ],
    ids=["headers", "a title above"],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_at_standard_input_is_recognised(
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    rows: tuple[tuple[str, ...], ...],
    delimiter: str,
) -> None:
    """As for a file, its headers determine the class; no option says that it is a table."""
    data = csv_bytes(*rows, delimiter=delimiter)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Peekable(data)))
    outcome = command("check", "-", *GIVEN)
    assert outcome.code == 0
    assert "the rows were read as grants" in outcome.out


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "there is nothing to read here"),
        (b'"format": "x", "a": 1, "b": 2', "invalid JSON at line 1"),
        (b"\x1f\x8b\x08;;;,,,", "this is a gzip file"),
        (b"x", "invalid JSON at line 1"),
    ],
)
def test_what_is_no_table_at_standard_input_is_a_document(
    command: Command, monkeypatch: pytest.MonkeyPatch, data: bytes, message: str
) -> None:
    """Text without separators, JSON without its first brace and packed files are no tables."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Peekable(data)))
    outcome = command("check", "-")
    assert outcome.code == 1
    assert message in outcome.out


def test_document_on_standard_input_may_have_a_class(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the class to write."""
    monkeypatch.setattr("sys.stdin", Piped(b"\xef\xbb\xbf" + Path(VALID).read_bytes()))
    target = tmp_path / "out.csv"
    assert command("convert", "-", str(target), "--as", "grants").code == 0
    assert target.read_text("utf-8-sig").startswith("Avustuksen tunnus;")


@pytest.mark.parametrize(("word", "named"), [("grantz", "grants"), ("cat", "projects")])
def test_wrong_class_has_suggestions(command: Command, word: str, named: str) -> None:
    """Similar ones are named, else all."""
    outcome = command("check", VALID, "--as", word)
    assert outcome.code == 2
    assert f'--as: the value "{word}" is not valid' in outcome.err
    assert named in outcome.err


@pytest.mark.parametrize("ending", ["xls", "ods", "XLSB"])
def test_other_workbooks_must_be_saved_as_xlsx(
    command: Command, tmp_path: Path, ending: str
) -> None:
    """A file that does not exist is reported as missing, whatever its suffix is."""
    file = tmp_path / f"a.{ending}"
    assert "no such file" in command("check", str(file)).err + command("check", str(file)).out
    file.write_bytes(b"PK")
    outcome = command("check", str(file))
    assert outcome.code == 2
    assert "save the workbook as .xlsx" in outcome.err


@pytest.mark.parametrize("options", [("-o", "x/y/out.txt"), ("-f", "json", "-o", "x/y/out.json")])
def test_missing_folder_is_named(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    """The temporary file is not."""
    source = Path(VALID).resolve()
    monkeypatch.chdir(tmp_path)
    outcome = command("check", str(source), *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{Path('x/y')}: there is no such file or directory")
