"""`tulevaisuus check` on tables: the class of rows, missing values, and the checked copy."""

import json
import sys
from pathlib import Path

import openpyxl
import pytest

import tulevaisuus as tul
from tests.cli.command import Command
from tests.exchange.tables import GRANTS, csv_bytes, workbook
from tulevaisuus import exchange, formats, grants
from tulevaisuus.findings import LANGUAGES

HEADERS = ("Hanke", "Avustuksen saaja", "Päätös", "Myönnetty")
ROWS = (
    ("PirSOTE", "Pirkanmaan liitto", "Myönnetty", "11 180 062,00"),
    ("Soite 2.0", "", "Haettu", "1,234"),
)
GIVEN = ("--set", "call=shc-2021", "--set", "id={project}-{call}")


def table(folder: Path, *rows: tuple[str, ...], name: str = "a.xlsx") -> str:
    """Write a table and return its path."""
    file = folder / name
    file.write_bytes(workbook(*rows) if name.endswith("xlsx") else csv_bytes(*rows))
    return str(file)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_table_is_checked(command: Command, tmp_path: Path, name: str) -> None:
    """Its headers determine the class; errors have their cells, and rules are run."""
    file = table(tmp_path, HEADERS, *ROWS, name=name)
    sheet = "Taul1!" if name == "a.xlsx" else ""
    outcome = command("check", file, *GIVEN)
    assert (outcome.code, outcome.err) == (1, "")
    assert "the rows were read as grants, by the headers (known ones: 4)" in outcome.out
    assert f"{file}:{sheet}D3: error TSK006" in outcome.out
    assert "TSK006" in outcome.out
    assert command("check", file, *GIVEN, "--as", "avustus").code == 1


def test_copy_is_announced_on_standard_error(command: Command, tmp_path: Path) -> None:
    """Standard output stays JSON; of a table that cannot be opened there is no copy."""
    file, copy = table(tmp_path, HEADERS, *ROWS, name="a.csv"), str(tmp_path / "copy.xlsx")
    missing = command("check", str(tmp_path / "no.csv"), *GIVEN, "-o", copy)
    assert (missing.code, "was written" in missing.err) == (2, False)
    done = command("check", file, *GIVEN, "--format", "json", "-o", copy)
    assert (done.code, done.err) == (1, f"{copy}: the file was written\n")
    assert json.loads(done.out)["file"] == file


def test_ambiguous_table_needs_a_class(command: Command, tmp_path: Path) -> None:
    """One header is not enough; a table without rows is reported, too."""
    outcome = command("check", table(tmp_path, ("Tunnus", "x"), ("a", "b")))
    assert outcome.code == 1
    assert "choose by --as, for example" in " ".join(outcome.out.split())
    assert command("check", table(tmp_path, name="b.csv")).code == 1
    broken = tmp_path / "c.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    assert "TSK001" in command("check", str(broken)).out


def test_mapping_file_completes_a_sheet(command: Command, tmp_path: Path) -> None:
    """It has headers, constants, ids, sheet and separator; options take precedence."""
    file = table(tmp_path, ("Hanke", "Kenelle", "Rahaa"), ("PirSOTE", "Pirkanmaan liitto", "1,234"))
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'as = "grants"\nids = "{project}-{call}"\nsheet = "Taul1"\n'
        '[headers]\nKenelle = "recipient"\nRahaa = "amount_eur"\n'
        '[constants]\ncall = "shc-2020"\nstatus = "planned"\n'
        '[dialect]\ndecimal = "."\n'
    )
    outcome = command("check", file, "--map", str(mapping), "--set", "call=shc-2021")
    assert outcome.code == 0, outcome.out
    missing = command("check", file, "--map", str(mapping), "--sheet", "Taul2")
    assert 'no sheet "Taul2"' in missing.out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("as = 5", "as: expected text"),
        ('as = "x"', 'there is no list "x"'),
        ("a = ", "not valid TOML"),
        ("[heders]", "did you mean"),
        ('[dialect]\ndecimal = ";"', 'the decimal separator is ";"'),
        ('[headers]\nx = "amount"', 'no field "amount"'),
    ],
)
def test_mapping_file_is_validated(
    command: Command, tmp_path: Path, content: str, message: str
) -> None:
    """An invalid one is a usage error with the reason."""
    mapping = tmp_path / "map.toml"
    mapping.write_text(content)
    outcome = command("check", table(tmp_path, HEADERS), "--as", "grants", "--map", str(mapping))
    assert outcome.code == 2
    assert message in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--set", "call"), "not of the form field=value"),
        (("--set", "cal=x", "--as", "grants"), 'there is no field "cal"; did you mean call'),
        (("--set", "zzz=x"), 'there is no field "zzz"'),
        (("--set", "decided_on=x", "--as", "grants"), "--set: decided_on: "),
        (("--as", "kissa"), "kissa"),
        (("--as", "programme"), "--as: "),
        (("--map", "/no/such.toml"), "/no/such.toml"),
    ],
)
def test_options_that_do_not_apply_are_errors(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Nothing is checked."""
    outcome = command("check", table(tmp_path, HEADERS, *ROWS), *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_json_lines_need_a_class(command: Command, tmp_path: Path) -> None:
    """The command asks for the option."""
    file = tmp_path / "a.jsonl"
    formats.write_lines(file, grants)
    assert command("check", str(file), "--as", "grants").code == 0
    asked = command("check", str(file))
    assert asked.code == 2
    assert "--as grants" in asked.err


def test_other_files_are_read_as_documents(command: Command, tmp_path: Path) -> None:
    """A file with any other suffix must be a document; a folder cannot be opened."""
    file = tmp_path / "a.txt"
    file.write_text("{}")
    assert "TSK003" in command("check", str(file)).out
    assert command("check", str(tmp_path)).code == 2


def test_copy_has_the_findings(command: Command, tmp_path: Path) -> None:
    """The report is shown as usual, and the workbook has it beside each row."""
    file, copy = table(tmp_path, HEADERS, *ROWS), tmp_path / "checked.xlsx"
    outcome = command("check", file, *GIVEN, "-o", str(copy), "--language", "sv", "-f", "json")
    assert outcome.code == 1
    assert outcome.out.startswith("{")
    sheet = openpyxl.load_workbook(copy)["Taul1"]
    assert sheet["E1"].value == "Iakttagelser"
    assert str(sheet["E3"].value).startswith("D3: talet 1,234 är oklart")
    assert command("check", file, *GIVEN, "-o", str(copy)).out.startswith(file)


def test_copy_is_of_one_table(command: Command, tmp_path: Path) -> None:
    """Several files, standard input and other files have no copy."""
    file, copy = table(tmp_path, GRANTS), str(tmp_path / "checked.xlsx")
    for files in ((), (file, file), ("-",)):
        assert "one table" in command("check", *files, "-o", copy).err
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    assert "could not be read as a table" in command("check", str(broken), "-o", copy).err
    nowhere = command("check", file, "-o", str(tmp_path / "no" / "checked.xlsx"))
    assert nowhere.code == 2
    assert f"{Path('no')}: there is no such file or directory" in nowhere.err


def test_copy_needs_the_extra(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A CSV file is read without openpyxl, and no workbook is written."""

    def fail(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("install the extra excel")

    monkeypatch.setattr("tulevaisuus.exchange.write_checked", fail)
    source = tmp_path / "a.csv"
    source.write_text("Tunnus;Hanke\ng1;pirsote\n", "utf-8")
    outcome = command("check", str(source), "--as", "grants", "--output", str(tmp_path / "b.xlsx"))
    assert outcome.code == 2
    assert "install the extra excel" in outcome.err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["check", "convert", "report"])
def test_parquet_file_without_a_table_name_needs_a_class(
    name: str, language: str, command: Command, tmp_path: Path
) -> None:
    """The file name of a table names the class; for another file the option does."""
    pytest.importorskip("pyarrow", reason="there is no wheel for this Python")
    file = tmp_path / "vienti.parquet"
    exchange.write_parquet([tul.grants["vs-2021"]], tmp_path / "taulut")
    named = tmp_path / "taulut" / "grants.parquet"
    file.write_bytes(named.read_bytes())
    target = [str(tmp_path / "a.json")] if name == "convert" else []
    outcome = command(name, str(file), *target, "-l", language)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{file}: ")
    assert "--as grants" in outcome.err
    assert command("check", str(file), "--as", "grants").code == 0
    assert command("check", str(named)).code == 0


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "tähän tarvitaan lisäosa excel: pip install 'tulevaisuus[excel]'"),
        ("sv", "detta kräver tillägget excel: pip install 'tulevaisuus[excel]'"),
        ("en", "Excel workbooks need the extra excel: pip install 'tulevaisuus[excel]'"),
    ],
)
def test_a_missing_extra_is_named_in_the_language(
    language: str, expected: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says what to install."""
    file = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(file)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    outcome = command("check", str(file), "-f", "json")
    assert json.loads(outcome.out)["error"][language] == expected
    shown = command("convert", str(file), str(tmp_path / "a.json"), "-l", language)
    assert (shown.code, shown.err.count("\n")) == (2, 1)
    assert shown.err.endswith(f"{expected}\n")
