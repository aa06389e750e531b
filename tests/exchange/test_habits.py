"""Workbooks of very different habits, as Finnish and Swedish officials write them."""

import datetime as dt
import io
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import tulevaisuus as tul
from tests.exchange.tables import csv_bytes, read, told, workbook

GIVEN = {"call": "shc-2021", "status": "granted"}
IDS = "{project}-{call}"


def grants(data: bytes, **more: object) -> tul.Reading:
    """Read grants of which the sheet says neither call nor status."""
    return read(data, constants={**GIVEN, **more}, ids=IDS)


def merging(*ranges: str) -> Callable[[Worksheet], None]:
    """Return what merges cells of a sheet."""

    def change(sheet: Worksheet) -> None:
        for each in ranges:
            sheet.merge_cells(each)

    return change


def notes(reading: tul.Reading) -> str:
    """Return what the notes say, in one text."""
    return "; ".join(each.message("en") for each in reading.findings)


UPPER = ("Hanke", "Avustuksen saaja", "Avustus", None, "Käyttöaika", None)
LOWER = (None, None, "Haettu", "Myönnetty", "alkaa", "päättyy")
DATA = ("PirSOTE", "Pirkanmaan liitto", 12_000_000, "11 180 062,00", "1.1.2021", "31.12.2023")


@pytest.mark.parametrize("merged", [True, False])
def test_headers_in_two_rows(merged: bool) -> None:  # noqa: FBT001 - a parameter
    """The upper row groups columns, with or without merged cells, and so in a CSV file."""
    change = merging("A1:A2", "B1:B2", "C1:D1", "E1:F1") if merged else None
    texts = [tuple(map(str, (each or "" for each in row))) for row in (UPPER, LOWER, DATA)]
    for data in (workbook(UPPER, LOWER, DATA, change=change), csv_bytes(*texts)):
        reading = grants(data)
        assert told(reading) == []
        (grant,) = reading.portfolio.grants
        assert (grant.recipient, grant.applied_eur) == ("pirkanmaan-liitto", Decimal(12_000_000))
        assert grant.amount_eur == Decimal("11180062.00")
        assert str(grant.usable) == "2021-01-01/2023-12-31"
        assert "the headers are in two rows: 1–2" in notes(reading)


def test_groups_of_a_kind_we_know_not() -> None:
    """What a header means below another group is a warning, and one field twice an error."""
    upper = ("Hanke", "Kokonaiskustannukset", "Vuosi 2021", "Vuosi 2022")
    lower = (None, "Haettu", "Myönnetty", "Myönnetty")
    reading = grants(workbook(upper, lower, ("PirSOTE", 5, 6, 7)))
    assert "TSK004 /grants Taul1!B2" in told(reading)
    assert "TSK004 /grants Taul1!D2" in told(reading)
    assert "is below" in notes(reading)


def test_a_title_over_all_columns_and_a_date() -> None:
    """Titles are no headers; their rows are told."""
    rows = (("Valtionavustukset 2021",), ("Päivitetty 21.12.2021",), (), ("Hanke", "Myönnetty"),
            ("PirSOTE", 5))  # fmt: skip
    reading = grants(workbook(*rows, change=merging("A1:B1")))
    assert told(reading) == []
    assert "the rows above the headers in row 4 were not read: 1–2" in notes(reading)


@pytest.mark.parametrize("unit", ["Avustukset, 1 000 euroa", "milj. euroa", "Tusen euro", "t€"])
def test_thousands_in_a_title_are_a_warning(unit: str) -> None:
    """Amounts are read as euros, which may be wrong by a thousand."""
    reading = grants(csv_bytes(("Avustukset",), (unit,), ("Hanke", "Myönnetty"), ("PirSOTE", "5")))
    assert told(reading) == ["TSK001 /grants A2"]


@pytest.mark.parametrize("header", ["Myönnetty (1 000 €)", "Beviljat, milj. euro", "Avustus t€"])
def test_thousands_in_a_header_are_an_error(header: str) -> None:
    """The column is not read, and the message says why."""
    reading = grants(csv_bytes(("Hanke", header), ("PirSOTE", "5")))
    assert told(reading) == ["TSK004 /grants B1"]
    assert "thousands or millions" in notes(reading)
    assert reading.portfolio.grants["pirsote-shc-2021"].amount_eur is None


@pytest.mark.parametrize("header", ["Miljöministeriet €", "Enintään 21 000 €", "Miljöavtal"])
def test_a_ministry_or_another_amount_is_no_unit(header: str) -> None:
    """Such headers are unknown, and nothing is said of thousands."""
    reading = grants(csv_bytes(("Hanke", "Myönnetty", header), ("PirSOTE", "5", "x")))
    assert told(reading) == ["TSK004 /grants C1"]
    assert "thousands or millions" not in notes(reading)
    assert reading.portfolio.grants["pirsote-shc-2021"].amount_eur == 5


def test_headings_sums_and_repeated_headers_between_rows() -> None:
    """They are no grants, and each is told."""
    rows = (
        ("Hanke", "Avustuksen saaja", "Myönnetty"),
        ("Länsi-Suomi",),
        ("PirSOTE", "Pirkanmaan liitto", 5),
        ("Länsi-Suomi yhteensä", None, 5),
        ("Hanke", "Avustuksen saaja", "Myönnetty"),
        ("Soite 2.0", None, 6),
        ("Koko maa yhteensä, euroa", None, 11),
    )
    reading = grants(workbook(*rows, change=merging("A2:C2")))
    assert told(reading) == []
    assert [str(each.amount_eur) for each in reading.portfolio.grants] == ["5", "6"]
    said = notes(reading)
    assert 'a heading ("Länsi-Suomi")' in said
    assert "repeats the headers" in said
    assert said.count("is a sum") == 2


def test_footnotes_below_the_table() -> None:
    """Marked ones are notes; another text after a blank row is a warning."""
    rows = (
        ("Hanke", "Avustuksen saaja", "Myönnetty *"),
        ("PirSOTE", "Pirkanmaan liitto", 5),
        (),
        ("* Summa on ilman arvonlisäveroa",),
        ("Lähde: sosiaali- ja terveysministeriö",),
        (),
        ("Taulukon on laatinut rahoitusyksikkö",),
    )
    assert told(grants(workbook(*rows))) == ["TSK009 /grants/1/project Taul1!A7"]
    needed = read(
        workbook(("Tunnus", "Hanke", "Myönnetty"), ("a", "PirSOTE", 5), *rows[2:]),
        constants=GIVEN,
    )
    assert told(needed) == ["TSK001 /grants Taul1!7:7"]
    assert notes(needed).count("footnote") == 2
    assert list(needed.portfolio.grants.keys()) == ["a"]


def test_a_row_that_lacks_its_rest_is_no_footnote() -> None:
    """Right below the others it is a grant of which something is missing."""
    rows = (("Tunnus", "Hanke", "Myönnetty"), ("a", "PirSOTE", 5), ("b",))
    assert told(read(workbook(*rows), constants=GIVEN)) == ["TSK003 /grants/1/project Taul1!B3"]


def test_two_tables_on_one_sheet() -> None:
    """The second one is an error, and its rows are not read as if they belonged to the first."""
    rows = (
        ("Hanke", "Myönnetty", "Päätöspäivä"),
        ("PirSOTE", 5, dt.date(2021, 12, 21)),
        (),
        ("Hanke", "Haettu", "Käyttöaika"),
        ("Soite 2.0", 6, "1.1.2021–31.12.2023"),
    )
    reading = grants(workbook(*rows))
    assert told(reading) == ["TSK001 /grants Taul1!4:4"]
    assert "rows 4–5 were not read" in notes(reading)
    assert list(reading.portfolio.grants.keys()) == ["pirsote-shc-2021"]


def test_cells_merged_across_columns() -> None:
    """The value belongs to the first column only, which is a warning."""
    rows = (("Hanke", "Haettu", "Myönnetty"), ("PirSOTE", 5, None))
    reading = grants(workbook(*rows, change=merging("B2:C2")))
    assert told(reading) == ["TSK006 /grants Taul1!2:2"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("11 180 062,-", 11_180_062), ("5:-", 5), ("1 000 000 €", 1_000_000), ("ei tiedossa", None),
     ("uppgift saknas", None), ("EUR 5", 5)],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: int | None) -> None:
    """Whole euros with a dash, and words for what nobody knows."""
    reading = grants(csv_bytes(("Hanke", "Myönnetty"), ("PirSOTE", text)))
    assert told(reading) == []
    assert reading.portfolio.grants["pirsote-shc-2021"].amount_eur == amount


@pytest.mark.parametrize("text", ["-", "n. 5 milj.", "5 M€", "5*", "5,-x", "1.234", "5–6"])
def test_what_is_no_clear_amount_is_an_error(text: str) -> None:
    """Nothing is guessed."""
    reading = grants(csv_bytes(("Hanke", "Myönnetty"), ("PirSOTE", text)))
    assert told(reading) == ["TSK006 /grants/0/amount_eur B2"]


@pytest.mark.parametrize(
    "header", ["Myön\N{SOFT HYPHEN}netty", "Avustuksen\nmäärä", "Myönnetty¹", "MYÖNNETTY 2)"]
)
def test_headers_are_broken_and_marked(header: str) -> None:
    """Narrow columns break words, and footnotes mark them."""
    reading = grants(workbook(("Hanke", header), ("PirSOTE", 5)))
    assert told(reading) == []
    assert reading.portfolio.grants["pirsote-shc-2021"].amount_eur == 5


def test_of_several_sheets_the_fullest_is_read() -> None:
    """A cover sheet that names one header is not the table."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(("Hanke", "Kuvaus"))
    sheet = book.create_sheet("Päätökset")
    sheet.append(("Hanke", "Myönnetty"))
    sheet.append(("PirSOTE", 5))
    made = io.BytesIO()
    book.save(made)
    reading = grants(made.getvalue())
    assert len(reading.portfolio.grants) == 1
    assert "choose one by --sheet" in notes(reading)


def test_a_swedish_sheet() -> None:
    """Headers, statuses, sums and notes in Swedish."""
    rows = (
        ("Statsunderstöd 2021",),
        ("Projekt", "Understödstagare", "Beslut", "Beviljat belopp (€)", "Beslutsdatum"),
        ("Programmet Framtidens social- och hälsocentral i Egentliga Finland", "Turun kaupunki",
         "Beviljad", "11 180 062:-", "21.12.2021"),
        ("Totalt", None, None, "11 180 062", None),
        ("Källa: social- och hälsovårdsministeriet",),
    )  # fmt: skip
    reading = read(workbook(*rows), constants={"call": "shc-2021"}, ids=IDS)
    (grant,) = reading.portfolio.grants
    assert told(reading) == []
    assert (grant.project, grant.recipient, grant.amount_eur) == (
        "varsinais-suomi", "turku", Decimal(11_180_062),
    )  # fmt: skip


@pytest.mark.proof
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_libreoffice_saves(tmp_path: Path, ending: str) -> None:
    """A workbook that another program has opened and saved is read as the same grants."""
    rows = (("Avustukset",), UPPER, LOWER, DATA, ("Yhteensä", None, 12_000_000, None, None, None))
    change = merging("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2")
    (tmp_path / "a.xlsx").write_bytes(workbook(*rows, change=change))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    kind = "csv:Text - txt - csv (StarCalc):59,34,76,1" if ending == "csv" else "ods"
    steps = [("a.xlsx", kind)] if ending == "csv" else [("a.xlsx", "ods"), ("a.ods", "xlsx")]
    for name, target in steps:
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir",
                   str(tmp_path), str(tmp_path / name)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own files
    reading = grants((tmp_path / f"a.{ending}").read_bytes())
    assert told(reading) == []
    (grant,) = reading.portfolio.grants
    assert (grant.applied_eur, grant.amount_eur) == (Decimal(12_000_000), Decimal("11180062.00"))
    assert str(grant.usable) == "2021-01-01/2023-12-31"
