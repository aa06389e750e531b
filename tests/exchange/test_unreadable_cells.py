"""What a spreadsheet program wrote in place of a value, and files with a wrong ending."""

import datetime as dt
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, codes_and_cells, csv_bytes, only, read, workbook
from tulevaisuus.exchange import read_table

ROW = ("g1", "shc-2021", "pirsote", "granted")


def message(header: str, text: str) -> str:
    """Return the message about a cell of a CSV file, which is the only error."""
    reading = read(csv_bytes((*GRANTS, header), (*ROW, text)))
    (finding,) = (each for each in reading.findings if each.severity is tul.Severity.ERROR)
    assert finding.location is not None
    assert (finding.code, finding.location.cell) == ("TSK006", "E2")
    return finding.message("en")


@pytest.mark.parametrize(
    "text",
    [
        *("#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "Err:502"),
        *("#VIITTAUS!", "#JAKO/0!", "#PUUTTUU!", "#TYHJÄ!", "Virhe:502"),
        *("#REFERENS!", "#VÄRDEFEL!", "#DIVISION/0!", "#SKÄRNING!"),
    ],
)
@pytest.mark.parametrize("header", ["Myönnetty", "Päätöspäivä", "Avustuksen saaja", "Käyttöaika"])
def test_errors_of_formulas_in_csv(header: str, text: str) -> None:
    """A CSV file has the errors as texts, in the language of the program."""
    expected = f"the cell has the spreadsheet error {text}; correct the formula or write the value"
    assert message(header, text) == expected


@pytest.mark.parametrize("header", ["Myönnetty", "Päätöspäivä"])
def test_a_column_that_was_too_narrow(header: str) -> None:
    """The program wrote marks in place of the value, which is lost."""
    assert "widen the column and save it again" in message(header, "#######")


@pytest.mark.parametrize("text", ["1E+06", "2,5E+05", "1.118e7", "-3E-02"])
def test_shortened_numbers(text: str) -> None:
    """A program shortens long numbers in CSV files: the rest of the digits is lost."""
    assert "format the cell as a number" in message("Myönnetty", text)


@pytest.mark.parametrize(
    "text",
    ["1,5 milj.", "1,5 milj. €", "1,5 M€", "250t€", "3 miljoonaa", "MEUR 1,5", "2 € tuhatta"],
)
def test_thousands_and_millions(text: str) -> None:
    """Nothing is multiplied: the message asks for the amount in euros."""
    assert "is in thousands or millions; write it out in euros" in message("Myönnetty", text)


@pytest.mark.parametrize("text", ["$1,000.50", "500 SEK", "1 000 kr", "80 %"])
def test_other_units(text: str) -> None:
    """Another currency, or a percentage, is not an amount of euros."""
    assert "is not in euros" in message("Myönnetty", text)


@pytest.mark.parametrize(
    "text",
    [
        *("1000 €*", "1 000 € + alv 24 %", "1 000 eur (arvio)", "1000 e", "2 000 €/v"),
        *("1.000 € (tuhat euroa)", "1 000 €, sis. alv 24 %"),
    ],
)
def test_amount_with_a_remark_is_in_euros(text: str) -> None:
    """A unit of headers, such as *1000 €*, is an amount in a cell, and *alv 24 %* is a remark."""
    assert "expected a number such as" in message("Myönnetty", text)


def test_texts_with_such_marks_are_kept() -> None:
    """A number sign or an error may be part of a free text."""
    reading = read(csv_bytes(("Tunnus", "Nimi", "Alueet"), ("oma", "#REF!", "05")), tul.Project)
    assert only(reading, tul.Project).name.fi == "#REF!"


def test_a_day_in_place_of_a_code_is_named() -> None:
    """The message shows the day, and not the name of a type."""
    reading = read(workbook(GRANTS, (*ROW[:3], dt.date(2021, 12, 21))))
    assert codes_and_cells(reading) == ["TSK002 /grants/0/status Taul1!D2"]
    assert "found day 2021-12-21" in reading.findings[0].message("en")


@pytest.mark.parametrize("rows", [1, 30])
def test_a_quoted_cell_without_end(rows: int) -> None:
    """The line in which it begins is named, whatever the rest of the file looks like."""
    row = ("g1", "shc-2021", '"pirsote', "granted")
    reading = read(csv_bytes(GRANTS, ROW, row, *[ROW] * rows))
    (finding,) = reading.findings
    assert finding.message("en").startswith("the quotes do not match at line 3 or after it")


def test_quoted_cells_of_an_unknown_table_are_not_broken() -> None:
    """With a wrong separator the quotes do not match, which is no error of the file."""
    reading = read(b'"Nimike","Kpl"\r\n"Kyn\xc3\xa4; sininen","3"\r\n')
    assert any("no row of headers" in each.message("en") for each in reading.findings)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.csv", b'{"format": "tulevaisuus"}', "a JSON document (give a path that ends in .json)"),
        ("a.csv", b'\xef\xbb\xbf[\n {"id": 1}]', "a JSON document"),
        ("a.xlsx", b"Tunnus;Haku\r\ng1;shc-2021\r\n", "the file is text and no Excel workbook"),
        ("a.xlsx", b"\xff\0\1\2\n", "the file is not a valid Excel workbook"),
    ],
)
def test_a_file_with_a_wrong_ending(name: str, data: bytes, expected: str, tmp_path: Path) -> None:
    """What the file is, and what to do with it."""
    file = tmp_path / name
    file.write_bytes(data)
    (finding,) = read_table(file, tul.Grant).findings
    assert finding.code == "TSK001"
    assert expected in finding.message("en")


def test_a_header_in_brackets_is_no_json() -> None:
    """A bracket begins a JSON document only before another bracket or a brace."""
    assert len(read(b"[Tunnus];Haku;Hanke;Tila\r\n").rejected) == 0
