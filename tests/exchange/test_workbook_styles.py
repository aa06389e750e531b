"""Workbooks in the styles of Finnish and Swedish officials."""

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
from tests.exchange.tables import codes_and_cells, csv_bytes, read, workbook

GIVEN = {"call": "shc-2021", "status": "granted"}
IDS = "{project}-{call}"


def grants(data: bytes, **more: object) -> tul.Reading:
    """Read grants from a sheet without columns of call and status."""
    return read(data, constants={**GIVEN, **more}, ids=IDS)


def merging(*ranges: str) -> Callable[[Worksheet], None]:
    """Return a function that merges cells of a sheet."""

    def change(sheet: Worksheet) -> None:
        for each in ranges:
            sheet.merge_cells(each)

    return change


def notes(reading: tul.Reading) -> str:
    """Return the text of all notes."""
    return "; ".join(each.message("en") for each in reading.findings)


UPPER = ("Hanke", "Avustuksen saaja", "Avustus", None, "Käyttöaika", None)
LOWER = (None, None, "Haettu", "Myönnetty", "alkaa", "päättyy")
DATA = ("PirSOTE", "Pirkanmaan liitto", 12_000_000, "11 180 062,00", "1.1.2021", "31.12.2023")


@pytest.mark.parametrize("merged", [True, False])
def test_headers_in_two_rows(merged: bool) -> None:  # noqa: FBT001 - a parameter
    """The upper row groups columns, with or without merged cells, also in a CSV file."""
    change = merging("A1:A2", "B1:B2", "C1:D1", "E1:F1") if merged else None
    texts = [tuple(map(str, (each or "" for each in row))) for row in (UPPER, LOWER, DATA)]
    for data in (workbook(UPPER, LOWER, DATA, change=change), csv_bytes(*texts)):
        reading = grants(data)
        assert codes_and_cells(reading) == []
        (grant,) = reading.portfolio.grants
        assert (grant.recipient, grant.applied_eur) == ("pirkanmaan-liitto", Decimal(12_000_000))
        assert grant.amount_eur == Decimal("11180062.00")
        assert str(grant.usable) == "2021-01-01/2023-12-31"
        assert "the headers are in two rows: 1–2" in notes(reading)


def test_groups_are_joined_as_compounds() -> None:
    """*Hanke* above *Tunnus* is *Hankkeen tunnus*; a header may be merged over both rows."""
    upper = ("Hanke", None, "Saaja", None, "Avustus (€)", None, "Päivät", "Tila")
    lower = ("Tunnus", "Nimi", "Nimi", "Y-tunnus", "Haettu", "Myönnetty", "Päätös", None)
    row = ("pirsote", "PirSOTE", "Turun kaupunki", "0204819-8", 6, 5, dt.date(2021, 12, 21))
    change = merging("A1:B1", "C1:D1", "E1:F1", "H1:H2")
    data = workbook(upper, lower, (*row, "Myönnetty"), change=change)
    reading = read(data, constants={"call": "shc-2021"}, ids=IDS)
    assert codes_and_cells(reading) == []
    (grant,) = reading.portfolio.grants
    assert (grant.project, grant.recipient, grant.amount_eur) == ("pirsote", "turku", Decimal(5))
    assert (grant.decided_on, grant.status) == (dt.date(2021, 12, 21), tul.GrantStatus.GRANTED)


def test_swedish_groups_are_joined_as_compounds() -> None:
    """*Mottagare* above *Namn* is *Mottagarens namn*."""
    upper = ("Projekt", None, "Mottagare", None, "Beviljat")
    lower = ("Id", "Namn", "Namn", "FO-nummer", None)
    row = ("pirsote", "PirSOTE", "Turun kaupunki", "0204819-8", 5)
    reading = grants(workbook(upper, lower, row, change=merging("A1:B1", "C1:D1")))
    assert codes_and_cells(reading) == []
    (grant,) = reading.portfolio.grants
    assert (grant.project, grant.recipient, grant.amount_eur) == ("pirsote", "turku", Decimal(5))


def test_a_table_of_another_class_below() -> None:
    """Its headers are recognised, although the class above has no such fields."""
    other = (("Hankkeen tunnus", "Hankkeen nimi", "Alueet"), ("oma", "Oma hanke", "05"))
    reading = grants(workbook(("Hanke", "Myönnetty", "Saaja"), ("PirSOTE", 5), (), *other))
    assert codes_and_cells(reading) == ["TSK001 /grants Taul1!4"]
    assert "4–5" in notes(reading)
    assert [each.id for each in reading.portfolio.grants] == ["pirsote-shc-2021"]


def test_unknown_groups_of_headers() -> None:
    """A known header below an unknown group is a warning, a field found twice an error."""
    upper = ("Hanke", "Kokonaiskustannukset", "Vuosi 2021", "Vuosi 2022")
    lower = (None, "Haettu", "Myönnetty", "Myönnetty")
    reading = grants(workbook(upper, lower, ("PirSOTE", 5, 6, 7)))
    assert "TSK004 /grants Taul1!B2" in codes_and_cells(reading)
    assert "TSK004 /grants Taul1!D2" in codes_and_cells(reading)
    assert "is below" in notes(reading)


def test_title_and_date_above_the_headers() -> None:
    """Titles are not headers; their rows are noted."""
    rows = (("Valtionavustukset 2021",), ("Päivitetty 21.12.2021",), (), ("Hanke", "Myönnetty"),
            ("PirSOTE", 5))  # fmt: skip
    reading = grants(workbook(*rows, change=merging("A1:B1")))
    assert codes_and_cells(reading) == []
    assert "the rows above the headers in row 4 were not read: 1–2" in notes(reading)


@pytest.mark.parametrize("unit", ["Avustukset, 1 000 euroa", "milj. euroa", "Tusen euro", "t€"])
def test_thousands_in_a_title_are_a_warning(unit: str) -> None:
    """Amounts are read as euros, which may be wrong by a factor of a thousand."""
    reading = grants(csv_bytes(("Avustukset",), (unit,), ("Hanke", "Myönnetty"), ("PirSOTE", "5")))
    assert codes_and_cells(reading) == ["TSK001 /grants A2"]


@pytest.mark.parametrize("header", ["Myönnetty (1 000 €)", "Beviljat, milj. euro", "Avustus t€"])
def test_thousands_in_a_header_are_an_error(header: str) -> None:
    """The column is not read, and the message states why."""
    reading = grants(csv_bytes(("Hanke", header), ("PirSOTE", "5")))
    assert codes_and_cells(reading) == ["TSK004 /grants B1"]
    assert "thousands or millions" in notes(reading)
    assert reading.portfolio.grants["pirsote-shc-2021"].amount_eur is None


@pytest.mark.parametrize("header", ["Miljöministeriet €", "Enintään 21 000 €", "Miljöavtal"])
def test_other_headers_of_amounts_are_not_units(header: str) -> None:
    """Such headers are unknown; the message does not mention thousands."""
    reading = grants(csv_bytes(("Hanke", "Myönnetty", header), ("PirSOTE", "5", "x")))
    assert codes_and_cells(reading) == ["TSK004 /grants C1"]
    assert "thousands or millions" not in notes(reading)
    assert reading.portfolio.grants["pirsote-shc-2021"].amount_eur == 5


def test_headings_sums_and_repeated_headers() -> None:
    """They are not grants, and each is noted."""
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
    assert codes_and_cells(reading) == []
    assert [str(each.amount_eur) for each in reading.portfolio.grants] == ["5", "6"]
    text = notes(reading)
    assert 'a heading ("Länsi-Suomi")' in text
    assert "repeats the headers" in text
    assert text.count("is a sum") == 2


def test_footnotes_below_the_table() -> None:
    """Marked ones are notes; other text after a blank row is a warning."""
    rows = (
        ("Hanke", "Avustuksen saaja", "Myönnetty *"),
        ("PirSOTE", "Pirkanmaan liitto", 5),
        (),
        ("* Summa on ilman arvonlisäveroa",),
        ("Lähde: sosiaali- ja terveysministeriö",),
        (),
        ("Taulukon on laatinut rahoitusyksikkö",),
    )
    assert codes_and_cells(grants(workbook(*rows))) == ["TSK009 /grants/1/project Taul1!A7"]
    needed = read(
        workbook(("Tunnus", "Hanke", "Myönnetty"), ("a", "PirSOTE", 5), *rows[2:]),
        constants=GIVEN,
    )
    assert codes_and_cells(needed) == ["TSK001 /grants Taul1!7"]
    assert notes(needed).count("footnote") == 2
    assert list(needed.portfolio.grants.keys()) == ["a"]


def test_incomplete_row_is_not_a_footnote() -> None:
    """Directly below the others it is a grant with missing fields."""
    rows = (("Tunnus", "Hanke", "Myönnetty"), ("a", "PirSOTE", 5), ("b",))
    assert codes_and_cells(read(workbook(*rows), constants=GIVEN)) == [
        "TSK003 /grants/1/project Taul1!B3"
    ]


def test_two_tables_on_one_sheet() -> None:
    """The second one is an error, and its rows are not read as part of the first."""
    rows = (
        ("Hanke", "Myönnetty", "Päätöspäivä"),
        ("PirSOTE", 5, dt.date(2021, 12, 21)),
        (),
        ("Hanke", "Haettu", "Käyttöaika"),
        ("Soite 2.0", 6, "1.1.2021–31.12.2023"),
    )
    reading = grants(workbook(*rows))
    assert codes_and_cells(reading) == ["TSK001 /grants Taul1!4"]
    assert "rows 4–5 were not read" in notes(reading)
    assert list(reading.portfolio.grants.keys()) == ["pirsote-shc-2021"]


def test_cells_merged_across_columns() -> None:
    """The value belongs to the first column only, which is a warning."""
    rows = (("Hanke", "Haettu", "Myönnetty"), ("PirSOTE", 5, None))
    reading = grants(workbook(*rows, change=merging("B2:C2")))
    assert codes_and_cells(reading) == ["TSK006 /grants Taul1!2"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("11 180 062,-", 11_180_062), ("5:-", 5), ("1 000 000 €", 1_000_000), ("ei tiedossa", None),
     ("uppgift saknas", None), ("EUR 5", 5)],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: int | None) -> None:
    """Whole euros with a dash, and words for an unknown amount."""
    reading = grants(csv_bytes(("Hanke", "Myönnetty"), ("PirSOTE", text)))
    assert codes_and_cells(reading) == []
    assert reading.portfolio.grants["pirsote-shc-2021"].amount_eur == amount


@pytest.mark.parametrize("text", ["-", "n. 5 milj.", "5 M€", "5*", "5,-x", "1.234", "5–6"])
def test_ambiguous_amount_is_an_error(text: str) -> None:
    """Nothing is guessed."""
    reading = grants(csv_bytes(("Hanke", "Myönnetty"), ("PirSOTE", text)))
    assert codes_and_cells(reading) == ["TSK006 /grants/0/amount_eur B2"]


@pytest.mark.parametrize(
    "header", ["Myön\N{SOFT HYPHEN}netty", "Avustuksen\nmäärä", "Myönnetty¹", "MYÖNNETTY 2)"]
)
def test_hyphenated_and_marked_headers_are_read(header: str) -> None:
    """Narrow columns hyphenate words, and footnotes mark them."""
    reading = grants(workbook(("Hanke", header), ("PirSOTE", 5)))
    assert codes_and_cells(reading) == []
    assert reading.portfolio.grants["pirsote-shc-2021"].amount_eur == 5


def test_fullest_of_several_sheets_is_read() -> None:
    """A cover sheet with one known header is not the table."""
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


def test_swedish_sheet() -> None:
    """Headers, statuses, sums and notes are in Swedish."""
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
    assert codes_and_cells(reading) == []
    assert (grant.project, grant.recipient, grant.amount_eur) == (
        "varsinais-suomi", "turku", Decimal(11_180_062),
    )  # fmt: skip


@pytest.mark.proof
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_workbook_saved_by_libreoffice(tmp_path: Path, ending: str) -> None:
    """The same grants are read after another program has saved the workbook."""
    rows = (("Avustukset",), UPPER, LOWER, DATA, ("Yhteensä", None, 12_000_000, None, None, None))
    change = merging("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2")
    (tmp_path / "a.xlsx").write_bytes(workbook(*rows, change=change))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    converter = "csv:Text - txt - csv (StarCalc):59,34,76,1" if ending == "csv" else "ods"
    steps = [("a.xlsx", converter)] if ending == "csv" else [("a.xlsx", "ods"), ("a.ods", "xlsx")]
    for name, target in steps:
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir",
                   str(tmp_path), str(tmp_path / name)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own files
    reading = grants((tmp_path / f"a.{ending}").read_bytes())
    assert codes_and_cells(reading) == []
    (grant,) = reading.portfolio.grants
    assert (grant.applied_eur, grant.amount_eur) == (Decimal(12_000_000), Decimal("11180062.00"))
    assert str(grant.usable) == "2021-01-01/2023-12-31"
