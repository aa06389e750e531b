"""Written tables: safe to open, complete or absent, and read read_back equal."""

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import attrs
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import tulevaisuus as tul
from tests.exchange.tables import codes_and_cells
from tests.helpers import found
from tulevaisuus.exchange import read_table, write_table
from tulevaisuus.exchange.csv_and_excel.writing import csv_bytes

GRANT = tul.Grant(
    id="g1",
    call="shc-2021",
    project="pirsote",
    status=tul.GrantStatus.GRANTED,
    amount_eur=Decimal("1234.5"),
    decided_on=dt.date(2021, 12, 21),
    usable=tul.Period(dt.date(2021, 1, 1)),
    sources=("stm-406-2021", "kaleva-2020-06"),
)
DANGEROUS = ["=1+1", "+1", "-1", "@x", "\tx", "'=1+1", "'x", "=cmd|' /C calc'!A0", "#N/A", "05"]


def rows_of(path: Path) -> list[list[str]]:
    """Return the cells of a CSV file as a spreadsheet program reads them."""
    text = path.read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheet_of(path: Path) -> Worksheet:
    """Return the sheet of a workbook."""
    return cast("Worksheet", openpyxl.load_workbook(path).active)


def read_back(path: Path, cls: type[tul.Entity]) -> list[tul.Entity]:
    """Read a table without findings."""
    reading = read_table(path, cls)
    assert codes_and_cells(reading) == []
    return [*reading.portfolio.registers()[cls.plural]]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "csv.gz", "CSV"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("cls", [tul.Grant, tul.Project, tul.Organisation])
def test_bundled_facts_are_read_back(
    tmp_path: Path, cls: type[tul.Entity], language: str, ending: str
) -> None:
    """They are equal except for lists of objects, in each language and format."""
    file = tmp_path / f"table.{ending}"
    fields = attrs.fields_dict(cls)
    omit = [name for name in ("notes", "administrations", "external_ids") if name in fields]
    facts = tul.reference.registers()[cls.plural]
    write_table(file, facts, language=language, omit=omit)
    cleared: dict[str, Any] = {name: fields[name].default for name in omit}
    assert read_back(file, cls) == [attrs.evolve(each, **cleared) for each in facts]


def test_table_is_written_in_a_language(tmp_path: Path) -> None:
    """Headers, labels, dates and amounts are those of the language."""
    file = tmp_path / "table.csv"
    write_table(file, [GRANT])
    assert rows_of(file) == [
        [
            *("Avustuksen tunnus", "Haun tunnus", "Hankkeen tunnus", "Tila", "Määrä"),
            *("Päätöspäivä", "Käyttöaika alkaa", "Lähteet"),
        ],
        [
            *("g1", "shc-2021", "pirsote", "myönnetty", "1234,50", "21.12.2021", "1.1.2021"),
            "stm-406-2021; kaleva-2020-06",
        ],
    ]
    write_table(file, [GRANT], language="en")
    assert rows_of(file)[1][3:7] == ["granted", "1234.50", "2021-12-21", "2021-01-01"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_a_formula(tmp_path: Path, text: str) -> None:
    """In a CSV file it has an apostrophe before it; in a workbook it is marked as text."""
    project = tul.Project(id="p1", name=tul.Text(text), regions=("05",))
    write_table(tmp_path / "table.csv", [project])
    written = rows_of(tmp_path / "table.csv")[1][1]
    assert written[0] not in "=+-@\t\r"
    assert read_back(tmp_path / "table.csv", tul.Project) == [project]

    write_table(tmp_path / "table.xlsx", [project])
    cell = sheet_of(tmp_path / "table.xlsx")["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert cell.quotePrefix == (text[0] in "=+-@\t")
    assert read_back(tmp_path / "table.xlsx", tul.Project) == [project]


def test_workbook_is_formatted(tmp_path: Path) -> None:
    """Headers are frozen, columns are wide enough, numbers and dates have their types."""
    file = tmp_path / "table.xlsx"
    early = attrs.evolve(GRANT, id="g2", decided_on=dt.date(1900, 1, 1), usable=None)
    write_table(file, [GRANT, early])
    sheet = sheet_of(file)
    assert (sheet.title, sheet.freeze_panes) == ("Avustus", "A2")
    assert sheet.column_dimensions["A"].width == len("Avustuksen tunnus") + 2
    assert sheet["A1"].font.bold
    assert (sheet["E2"].value, sheet["E2"].number_format) == (1234.5, "#,##0.00")
    assert sheet["F2"].value == dt.datetime(2021, 12, 21)  # noqa: DTZ001 - as openpyxl reads days
    assert sheet["F2"].number_format == "d.m.yyyy"
    assert sheet["F3"].value == "1900-01-01"
    assert sheet["G3"].value is None
    assert read_back(file, tul.Grant) == [GRANT, early]


def test_empty_list_is_a_word(tmp_path: Path) -> None:
    """An empty list differs from an empty cell, which is unknown."""
    file = tmp_path / "table.csv"
    project = tul.Project(id="p1", name=tul.Text("Nimi"), regions=(), goals=())
    other = attrs.evolve(project, id="p2", goals=None)
    write_table(file, [project, other], language="sv")
    assert [row[2:] for row in rows_of(file)[1:]] == [["inget", "inget"], ["inget", ""]]
    assert read_back(file, tul.Project) == [project, other]


def test_booleans_and_numbers_are_read_back(tmp_path: Path) -> None:
    """A boolean is a word, a whole number a number."""
    call = tul.Call(
        id="c1", name=tul.Text("Haku"), own_contribution_required=False, applications=1200
    )
    for ending in ("csv", "xlsx"):
        file = tmp_path / f"table.{ending}"
        write_table(file, [call, attrs.evolve(call, id="c2", own_contribution_required=True)])
        assert [each.key for each in read_back(file, tul.Call)] == ["c1", "c2"]
        assert read_back(file, tul.Call)[0] == call


def test_fields_without_a_cell_form_are_an_error(tmp_path: Path) -> None:
    """Lists of objects are named, and nothing is written, unless the caller leaves them out."""
    file = tmp_path / "table.csv"
    noted = attrs.evolve(GRANT, notes=(tul.Note("amount_eur", "A note."),))
    with pytest.raises(tul.InvalidValueError) as caught:
        write_table(file, [GRANT, noted])
    assert found(caught.value.findings) == ["TSK006 /1/notes"]
    assert 'omit=["notes"]' in caught.value.findings[0].message("en")
    assert not file.exists()
    write_table(file, [GRANT, noted], omit=["notes", "sources"])
    assert "Lähteet" not in rows_of(file)[0]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": tul.Text("a\rb")}, "control character"),
        ({"name": tul.Text("a\x00b")}, "control character"),
        ({"name": tul.Text("a_x000D_b")}, "control character"),
        ({"name": tul.Text("a" * 32_768)}, "32,767"),
        ({"participants": ("a;b",)}, "semicolon"),
        ({"participants": ("a, b", "c")}, "comma"),
        ({"participants": ("None",)}, "empty list"),
        ({"name": tul.Text("Nimi", sv="Okänt")}, "not known"),
        ({"participants": ("ei tiedossa",)}, "not known"),
        ({"id": "#REF!"}, "error of a spreadsheet program"),
        ({"id": "####"}, "error of a spreadsheet program"),
        ({"participants": ("\N{EN DASH}",)}, "missing value"),
    ],
    ids=[
        *("return", "null", "escape", "long", "semicolon", "comma", "none"),
        *("unknown", "unknown-list", "error", "narrow", "dash"),
    ],
)
def test_text_that_would_change_is_an_error(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    """The message states the reason in each language."""
    project = tul.Project(id="p1", name=tul.Text("Nimi"), regions=("05",))
    with pytest.raises(tul.InvalidValueError) as caught:
        write_table(tmp_path / "table.xlsx", [attrs.evolve(project, **change)])
    (finding,) = caught.value.findings
    assert reason in finding.message("en")
    assert found([finding])[0].startswith("TSK006 /0/")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text", ["-", "#REF!", "?", "n/a", "Huom. x", "*", "Yhteensä", "=1+1", "+1", "@a", "'a", "0012"]
)
def test_unusual_text_is_read_back(tmp_path: Path, text: str, ending: str) -> None:
    """Names may have any of these forms, ids most of them, also in the last row."""
    file = tmp_path / f"table.{ending}"
    named = [tul.Organisation(id="o1", name=tul.Text(text))]
    write_table(file, named)
    assert read_back(file, tul.Organisation) == named
    if text not in {"-", "#REF!"}:
        keyed = [GRANT, attrs.evolve(GRANT, id=text)]
        write_table(file, keyed)
        assert read_back(file, tul.Grant) == keyed


def test_empty_table_needs_its_class(tmp_path: Path) -> None:
    """Without entities the headers are only known from the class."""
    with pytest.raises(TypeError, match="of="):
        write_table(tmp_path / "table.csv", [])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_empty_table_is_a_template(tmp_path: Path, suffix: str) -> None:
    """It has a column for each field that a cell can hold, except those that are left out."""
    file = tmp_path / f"table{suffix}"
    write_table(file, [], of=tul.Organisation, omit=["sources", "short_name", "valid"])
    if suffix == ".csv":
        (headers,) = rows_of(file)
    else:
        (row,) = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
        headers = [str(header) for header in row]
    assert headers == [
        "Organisaation tunnus",
        "Organisaation nimi",
        "Nimi ruotsiksi",
        "Nimi englanniksi",
        "Epäviralliset käännökset",
        "Laji",
        "Y-tunnus",
        "Alueen koodi",
    ]
    assert read_back(file, tul.Organisation) == []


def test_table_has_one_class(tmp_path: Path) -> None:
    """Two classes would have two sets of headers."""
    with pytest.raises(TypeError, match="not Grant and Call"):
        write_table(tmp_path / "table.csv", [GRANT, tul.calls["shc-2021"]])
    with pytest.raises(tul.InvalidValueError, match="/0"):
        write_table(tmp_path / "table.csv", [5])  # type: ignore[list-item] # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("name", ["table.ods", "table", "csv"])
def test_other_suffixes_are_errors(tmp_path: Path, name: str) -> None:
    """The suffix determines what is written."""
    with pytest.raises(ValueError, match=r"ends in \.csv or \.xlsx"):
        write_table(tmp_path / name, [GRANT])


def test_unknown_options_are_errors(tmp_path: Path) -> None:
    """A language and a field must exist."""
    with pytest.raises(tul.UnknownLanguageError):
        write_table(tmp_path / "table.csv", [GRANT], language="de")
    with pytest.raises(tul.UnknownCodeError, match="no field 'note'"):
        write_table(tmp_path / "table.csv", [GRANT], omit=["note"])


def test_table_is_complete_or_unchanged(tmp_path: Path) -> None:
    """It may even be written to the file that it is read from."""
    file = tmp_path / "table.csv"
    write_table(file, [GRANT])
    before = file.read_bytes()
    with pytest.raises(tul.InvalidValueError):
        write_table(file, [attrs.evolve(GRANT, id="g\u2028;1", sources=("a;b",))])
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize(
    ("number", "fi"),
    [("5", "5,00"), ("1234.5", "1234,50"), ("1.234", "1,2340"), ("0.00001", "0,00001")],
)
def test_csv_keeps_every_decimal(number: str, fi: str) -> None:
    """A number of a user's type is neither rounded nor ambiguous."""
    head, row = csv_bytes(["Luku"], [[Decimal(number)]], "fi").decode("utf-8-sig").split()
    assert (head, row) == ("Luku", fi)
