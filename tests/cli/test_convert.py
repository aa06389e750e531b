"""`tulevaisuus convert`: from any format to any other; losses are listed."""

from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.cli.command import VALID, Command
from tests.exchange.tables import csv_bytes

HEADERS = ("Hanke", "Avustuksen saaja", "Päätös", "Myönnetty")
ROW = ("PirSOTE", "Pirkanmaan liitto", "Myönnetty", "11 180 062,00")


def table(folder: Path, *rows: tuple[str, ...]) -> str:
    """Write a table and return its path."""
    file = folder / "a.csv"
    file.write_bytes(csv_bytes(HEADERS, *rows))
    return str(file)


@pytest.mark.parametrize("name", ["out.json", "out.zip", "out.json.gz"])
def test_document_loses_nothing(command: Command, tmp_path: Path, name: str) -> None:
    """A format for all fields is written under ``--lossless``, with the number of entities."""
    target = tmp_path / name
    outcome = command("convert", VALID, str(target), "--lossless")
    assert (outcome.code, outcome.err) == (0, "")
    assert "objects written: " in outcome.out
    assert tul.load(target) == tul.load(VALID)


def test_portfolio_becomes_a_package(command: Command, tmp_path: Path) -> None:
    """A folder has no suffix, so the format is named; the package is converted back."""
    package, again = tmp_path / "package", tmp_path / "again.json"
    assert command("convert", VALID, str(package), "--to", "package").code == 0
    assert command("convert", str(package), str(again)).code == 0
    assert tul.load(again) == tul.load(VALID)


def test_empty_document_becomes_a_template(command: Command, tmp_path: Path) -> None:
    """A table of no grants has all columns; without ``--as`` the message says what to give."""
    source, target = tmp_path / "empty.json", tmp_path / "template.csv"
    tul.dump(tul.Portfolio(), source)
    unclear = command("convert", str(source), str(target))
    assert "the data has: –; choose one by --as" in unclear.out
    assert command("convert", str(source), str(target), "--as", "grants", "-l", "en").code == 0
    headers = target.read_text("utf-8-sig").strip().split(";")
    assert {"Grant id", "Amount", "Usable from"} <= {*headers}


def test_table_becomes_a_document(command: Command, tmp_path: Path) -> None:
    """Missing values are given as options, and notes describe how it was read."""
    target = tmp_path / "out.json"
    given = ("--set", "call=shc-2021", "--set", "id={project}-{call}")
    outcome = command("convert", table(tmp_path, ROW), str(target), *given, "-l", "sv")
    assert outcome.code == 0
    assert "skrivna objekt: 1" in outcome.out
    assert "separeras" in outcome.out or "avgränsas" in outcome.out
    assert [each.id for each in tul.load(target).grants] == ["pirsote-shc-2021"]


def test_losses_are_listed(command: Command, tmp_path: Path) -> None:
    """Other registers and fields without cells; with ``--lossless`` nothing is written."""
    target = tmp_path / "out.csv"
    outcome = command("convert", VALID, str(target), "--as", "grants")
    assert outcome.code == 0
    shown = " ".join(outcome.out.split())
    assert "the list is left out (objects: 1), as the file holds" in shown
    assert 'field "notes" is left out' in shown
    assert "objects written: 2" in shown
    assert target.read_text("utf-8-sig").startswith("Avustuksen tunnus;")
    target.unlink()
    rejected = command("convert", VALID, str(target), "--as", "grants", "--lossless")
    assert rejected.code == 1
    assert "--lossless forbids" in rejected.err
    assert not target.exists()


def test_headers_are_in_the_requested_language(command: Command, tmp_path: Path) -> None:
    """By default they are Finnish."""
    target = tmp_path / "out.csv"
    command("convert", VALID, str(target), "--as", "grants", "--language", "sv")
    assert target.read_text("utf-8-sig").startswith("Understödets id;")


def test_errors_keep_the_old_file(command: Command, tmp_path: Path) -> None:
    """A source with errors, and an unchosen register, write nothing."""
    target = tmp_path / "out.json"
    target.write_text("old")
    source = table(tmp_path, (*ROW[:3], "1,234"))
    outcome = command("convert", source, str(target), "--as", "grants")
    assert outcome.code == 1
    assert "TSK006" in outcome.out
    assert "the source has errors" in outcome.err
    assert target.read_text() == "old"
    unchosen = command("convert", VALID, str(tmp_path / "out.csv"))
    assert unchosen.code == 1
    assert "choose one by --as" in " ".join(unchosen.out.split())
    assert not (tmp_path / "out.csv").exists()


def test_unwritable_value_is_an_error(command: Command, tmp_path: Path) -> None:
    """It would not be read back from a cell."""
    own = tul.Organisation(id="o", name=tul.Text("A\x07"), kind=tul.OrganisationKind.NGO)
    source = tmp_path / "own.json"
    tul.dump(tul.Portfolio(organisations=tul.Register([own])), source)
    outcome = command("convert", str(source), str(tmp_path / "out.csv"))
    assert outcome.code == 1
    assert "/organisations/0/name/fi" in outcome.out
    assert "does not fit" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("out.pdf",), "choose by --to: package, "),
        (("out.json", "--to", "cat"), '--to: the value "cat" is not valid'),
        (("out.txt", "--to", "csv"), "end in one of .csv, "),
        (("-",), 'OUT: the value "-"'),
        (("no/such/folder/out.json",), "folder: there is no such file or directory"),
    ],
)
def test_unknown_target_is_a_usage_error(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    """The exit code is 2."""
    target, *rest = arguments
    path = target if target == "-" else str(tmp_path / target)
    outcome = command("convert", VALID, path, *rest)
    assert outcome.code == 2
    assert message in outcome.err


def test_unreadable_source_is_explained(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that does not exist, and one that needs a missing extra."""
    missing = command("convert", str(tmp_path / "a.json"), str(tmp_path / "b.json"))
    assert (missing.code, "a.json" in missing.err) == (2, True)

    def absent(*_: object) -> None:
        raise ModuleNotFoundError("needs the extra x")

    monkeypatch.setattr("tulevaisuus.exchange.json_documents_and_lines.read_document", absent)
    assert "needs the extra x" in command("convert", VALID, str(tmp_path / "b.json")).err


def test_missing_extra_of_a_writer_is_named(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the extra and the file."""

    def absent(*_: object) -> None:
        raise ModuleNotFoundError("needs the extra x")

    monkeypatch.setattr("tulevaisuus.exchange.json_documents_and_lines.write_document", absent)
    outcome = command("convert", VALID, str(tmp_path / "b.json"))
    assert outcome.code == 2
    assert "b.json: " in outcome.err
    assert "needs the extra x" in outcome.err


def test_losses_of_reading_are_listed(command: Command, tmp_path: Path) -> None:
    """An unknown column is a loss, and with ``--lossless`` nothing is written."""
    source, target = tmp_path / "a.csv", tmp_path / "out.json"
    source.write_bytes(csv_bytes((*HEADERS, "Väri"), (*ROW, "sininen")))
    given = ("--set", "call=shc-2021", "--set", "id={project}-{call}")
    rejected = command("convert", str(source), str(target), *given, "--lossless")
    assert (rejected.code, target.exists()) == (1, False)
    assert "--lossless forbids" in rejected.err
    outcome = command("convert", str(source), str(target), *given)
    assert outcome.code == 0
    shown = " ".join(outcome.out.split())
    assert "reading left out some of the source already (findings: 1)" in shown
    assert "objects written: 1" in shown


@pytest.mark.parametrize(
    ("target", "settings"),
    [
        ("out.csv", ("rounded=write",)),
        ("out.json", ("rounded=omit", "award_date=announced")),
    ],
)
def test_only_written_entities_are_counted(
    command: Command, tmp_path: Path, target: str, settings: tuple[str, ...]
) -> None:
    """The document has two grants and a project; a standard may represent some grants."""
    given = [word for each in settings for word in ("--set", each)]
    path, name = tmp_path / target, "va" if target.endswith("csv") else "360giving"
    outcome = command("convert", VALID, str(path), "--to", name, *given)
    assert outcome.code == 0, outcome.out
    text = path.read_text("utf-8-sig")
    count = len(text.splitlines()) - 1 if name == "va" else text.count('"awardDate"')
    assert f"objects written: {count}" in outcome.out
