"""`write_checked`: a copy of a table with its findings, and otherwise unchanged."""

import datetime as dt
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, csv_bytes, read, workbook
from tulevaisuus.exchange import read_table, write_checked

ROW = ("g1", "shc-2021", "pirsote", "granted")
BAD = ("g2", "shc-2021", "pirsote", "kesken")
RED, YELLOW = "00FFC7CE", "00FFEB9C"


def decorate(sheet: Worksheet) -> None:
    """Add the formats and objects of typical sheets."""
    sheet["A1"].fill = PatternFill(fill_type="solid", start_color="ABCDEF")
    sheet["E2"].number_format = '#,##0.00\\ "€"'
    sheet["G2"] = "=E2*2"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].width = 33
    sheet.freeze_panes = "B2"
    other = sheet.parent
    assert other is not None
    cast("Worksheet", other.create_sheet("Ohje"))["A1"] = "Lue tämä"


def colour(sheet: Worksheet, name: str) -> str:
    """Return the colour of a cell."""
    cell: Any = sheet[name]
    return str(cell.fill.start_color.rgb)


def checked(source: Path, target: Path, language: str = "fi") -> Worksheet:
    """Check a table, and return the sheet of its copy."""
    reading = read_table(source, tul.Grant)
    write_checked(source, target, reading, tul.check(reading).findings, language=language)
    return cast("Worksheet", openpyxl.load_workbook(target).worksheets[0])


def test_workbook_is_otherwise_unchanged(tmp_path: Path) -> None:
    """Other sheets, formulas, formats, widths and hidden parts are in the copy."""
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    rows = ((*GRANTS, "Määrä", "Päätöspäivä"), (*ROW, 5, dt.date(2021, 12, 21)), BAD)
    source.write_bytes(workbook(*rows, change=decorate))
    sheet = checked(source, target)
    assert [sheet["A1"].value, sheet["G2"].value] == ["Tunnus", "=E2*2"]
    assert colour(sheet, "A1") == "00ABCDEF"
    assert cast("Cell", sheet["E2"]).number_format == '#,##0.00\\ "€"'
    assert sheet.row_dimensions[3].hidden
    assert sheet.column_dimensions["B"].width == 33
    assert sheet.freeze_panes == "B2"
    assert openpyxl.load_workbook(target).sheetnames == ["Taul1", "Ohje", "Havainnot"]


def test_findings_are_beside_their_rows(tmp_path: Path) -> None:
    """They are in a column of their own; cells are coloured by severity."""
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(workbook((*GRANTS, "Huom"), ROW, BAD))
    sheet = checked(source, target)
    assert sheet["F1"].value == "Havainnot"
    assert str(sheet["F3"].value).startswith("D3: koodia ”kesken” ei tunneta")
    assert (colour(sheet, "D3"), colour(sheet, "F3")) == (RED, RED)
    assert colour(sheet, "E1") == YELLOW
    listed = openpyxl.load_workbook(target)["Havainnot"]
    assert [cell.value for cell in listed["1"]] == ["Koodi", "Vakavuus", "Paikka", "Havainto"]
    assert [cell.value for cell in listed["2"]][:3] == ["TSK004", "varoitus", "Taul1!E1"]
    assert (colour(listed, "A2"), colour(listed, "B2")) == (YELLOW, YELLOW)


def test_rows_are_as_high_as_their_findings(tmp_path: Path) -> None:
    """Some programs show one line of a wrapped text, or write it over the rows below."""
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    long = ("g3", "shc-2021", "pirsote", "x" * 5000)
    source.write_bytes(
        workbook(GRANTS, ROW, BAD, ("g4", "ei", "ole", "mitään"), long, change=_set_heights)
    )
    sheet = checked(source, target)
    dimensions: Any = sheet.row_dimensions
    heights: list[float | None] = [dimensions[row].height for row in range(1, 6)]
    low, high, kept = heights[2], heights[3], heights[1]
    assert low is not None
    assert high is not None
    assert 15 < low < high <= 409
    assert kept == 300
    assert heights[0] is None  # the headers have no findings of their own


def _set_heights(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].height = 300


def test_copy_of_a_copy_has_the_new_findings_only(tmp_path: Path) -> None:
    """Our column and sheet are neither read nor kept."""
    source, copy, again = (tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.xlsx"))
    source.write_bytes(workbook(GRANTS, ROW, BAD))
    sheet = checked(source, copy)
    sheet["D3"] = "granted"
    book = sheet.parent
    assert book is not None
    book.save(copy)
    sheet = checked(copy, again, "en")
    assert sheet["E1"].value == "Findings"
    assert "kesken" not in str(sheet["E3"].value)
    assert openpyxl.load_workbook(again).sheetnames == ["Taul1", "Findings"]
    assert [str(each) for each in read_table(copy, tul.Grant).findings] == []


def test_csv_file_becomes_a_workbook(tmp_path: Path) -> None:
    """Its cells keep their places, and text that looks like a formula stays text."""
    source, target = tmp_path / "a.csv", tmp_path / "b.xlsx"
    source.write_bytes(csv_bytes(("Otsikko",), (), (*GRANTS, "Dnro"), (*BAD, "'=1+1")))
    sheet = checked(source, target, "sv")
    assert [sheet["A1"].value, sheet["E4"].value] == ["Otsikko", "=1+1"]
    assert cast("Cell", sheet["E4"]).data_type == "s"
    assert str(sheet["F4"].value).startswith("D4: koden ”kesken” är okänd")


def test_table_without_headers_has_findings(tmp_path: Path) -> None:
    """A file that could be opened can be copied; findings without a row are in the list."""
    source, target = tmp_path / "a.csv", tmp_path / "b.xlsx"
    source.write_bytes(b"x;y\r\n1;2\r\n")
    sheet = checked(source, target)
    assert sheet["C1"].value == "Havainnot"
    listed = openpyxl.load_workbook(target)["Havainnot"]
    assert "otsikkoriviä ei löytynyt" in str(listed["D3"].value)


def test_other_targets_are_errors(tmp_path: Path) -> None:
    """Another suffix, an unknown language, and a source that is not a table."""
    source = tmp_path / "a.csv"
    source.write_bytes(csv_bytes(GRANTS, ROW))
    reading = read_table(source, tul.Grant)
    with pytest.raises(ValueError, match=r"ends in \.xlsx"):
        write_checked(source, tmp_path / "b.csv", reading)
    with pytest.raises(tul.UnknownCodeError):
        write_checked(source, tmp_path / "b.xlsx", reading, language="de")
    with pytest.raises(ValueError, match="could not be read as a table"):
        write_checked(source, tmp_path / "b.xlsx", read(b""))
    write_checked(source, tmp_path / "b.xlsx", reading)
    assert (tmp_path / "b.xlsx").exists()


def test_source_is_not_overwritten(tmp_path: Path) -> None:
    """The copy needs its own path, which may not be a link to the source."""
    source, link = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(workbook(GRANTS, ROW))
    link.symlink_to(source)
    before, reading = source.read_bytes(), read_table(source, tul.Grant)
    for path in (source, link):
        with pytest.raises(ValueError, match="other than that of the source"):
            write_checked(source, path, reading)
    assert source.read_bytes() == before


def test_findings_beside_other_rows_do_not_make_entities(tmp_path: Path) -> None:
    """Titles, sums and footnotes of a copy are still recognised; a blank row stays blank."""
    source, copy, again = (tmp_path / name for name in ("a.csv", "b.xlsx", "c.xlsx"))
    title, total, note = ("Avustukset 2021",), ("Yhteensä", "", "", "", "5"), ("* Arvio",)
    rows = (title, (*GRANTS, "Määrä"), (*BAD, "5"), total, ("",), note)
    source.write_bytes(csv_bytes(*rows))
    sheet = checked(source, copy)
    assert all(sheet[cell].value for cell in ("F1", "F4", "F5", "F6"))
    sheet["D3"] = "Myönnetty"
    book = sheet.parent
    assert book is not None
    book.save(copy)
    sheet = checked(copy, again)
    reading = read_table(again, tul.Grant)
    assert [each.id for each in reading.portfolio.grants] == ["g2"]
    assert not reading.rejected
    assert {each.code for each in reading.findings} == {"TSK001"}
    assert "* Arvio" in str(sheet["F6"].value)


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "sääntöjä ei"), ("sv", "inga regler"), ("en", "no rule was")]
)
def test_unchecked_row_is_marked(language: str, words: str, tmp_path: Path) -> None:
    """After its errors are corrected, rules may find more in it."""
    source, target = tmp_path / "a.csv", tmp_path / "b.xlsx"
    source.write_bytes(csv_bytes(GRANTS, ROW, BAD))
    reading = read_table(source, tul.Grant)
    write_checked(source, target, reading, tul.check(reading), language=language)
    sheet = cast("Worksheet", openpyxl.load_workbook(target).worksheets[0])
    assert words not in str(sheet["E2"].value)
    assert words in str(sheet["E3"].value).splitlines()[-1]


def test_control_characters_are_escaped(tmp_path: Path) -> None:
    """A workbook cannot contain them; they are written as in messages."""
    source, target = tmp_path / "a.csv", tmp_path / "b.xlsx"
    source.write_bytes(csv_bytes((*GRANTS, "Dnro\x1b[31m"), (*BAD, "x\x02\x00y\uffff")))
    sheet = checked(source, target)
    assert [sheet["E1"].value, sheet["E2"].value] == ["Dnro\\u001b[31m", "x\\u0002\\u0000y\\uffff"]


def test_changed_source_is_an_error(tmp_path: Path) -> None:
    """The source may have been saved since it was read, with other sheets."""
    source = tmp_path / "a.xlsx"
    source.write_bytes(workbook(GRANTS, ROW, sheet="Vanha"))
    reading = read_table(source, tul.Grant)
    source.write_bytes(workbook(GRANTS, ROW, sheet="Uusi"))
    with pytest.raises(ValueError, match="is not the workbook that was read"):
        write_checked(source, tmp_path / "b.xlsx", reading)
    with pytest.raises(ValueError, match="is not the workbook that was read"):
        write_checked(source, tmp_path / "b.xlsx", read(csv_bytes(GRANTS, ROW)))
    assert not (tmp_path / "b.xlsx").exists()
