"""Tables as officials write them: each cell is read correctly, or has a finding."""

from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.exchange.tables import codes_and_cells, csv_bytes, only, read, workbook

ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
DECISIONS = ("Päätös", "Päätöksen tila", "Status", "Beslut")


def grants(*rows: tuple[str, ...]) -> tul.Reading:
    """Read rows as grants of one call and project."""
    given = {"call": "shc-2021", "project": "pirsote"}
    if rows[0][0] not in DECISIONS:
        given["status"] = "granted"
    return read(csv_bytes(*rows), constants=given, ids="g{row}")


@pytest.mark.parametrize(
    ("header", "text", "status"),
    [
        ("Päätös", "Myönnetty", "granted"),
        ("Päätöksen tila", "Myönnetään", "granted"),
        ("Päätös", "Osittain myönteinen", "granted"),
        ("Beslut", "Beviljad", "granted"),
        ("Beslut", "Delvis beviljad", "granted"),
        ("Päätös", "Hylätty", "rejected"),
        ("Päätös", "Ei myönnetä", "rejected"),
        ("Beslut", "Avslås", "rejected"),
        ("Status", "Haettu", "applied"),
    ],
)
def test_words_of_decisions_are_statuses(header: str, text: str, status: str) -> None:
    """Finnish and Swedish, as in decisions."""
    assert only(grants((header, "Määrä"), (text, "5,00")), tul.Grant).status == status


def test_other_word_of_a_decision_is_a_finding() -> None:
    """It is none of the statuses."""
    assert codes_and_cells(grants(("Päätös",), ("Hakemus peruttu",))) == [
        "TSK005 /grants/0/status A2"
    ]


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_dash_is_neither_zero_nor_unknown(dash: str) -> None:
    """The finding states what to write instead; in a column of text it is text."""
    reading = grants(("Saaja", "Määrä"), ("Turun kaupunki", dash))
    assert codes_and_cells(reading) == ["TSK006 /grants/0/amount_eur B2"]
    assert "empty" in reading.findings[-1].message("en")
    named = read(csv_bytes(("Tunnus", "Nimi", "Alue"), ("k1", dash, "05")), tul.ServiceCentre)
    assert only(named, tul.ServiceCentre).name.fi == dash


@pytest.mark.parametrize("years", ["2020–2022", "vuodet 2020-2022", "2021", "åren 2020-22"])
def test_years_are_not_dates(years: str) -> None:
    """The message shows the form to write."""
    reading = grants(("Käyttöaika",), (years,))
    assert codes_and_cells(reading) == ["TSK006 /grants/0/usable A2"]
    assert "1.1.2020–31.12.2022" in reading.findings[-1].message("fi")


@pytest.mark.parametrize("header", ["Huomautukset", "Nro", "Ansökan", "Lisätiedot", "Anmärkningar"])
def test_unknown_column_is_not_a_misspelling(header: str) -> None:
    """It is left out with a warning, and all other columns are read."""
    reading = grants((header, "Määrä"), ("x", "5,00"))
    assert len(reading.portfolio.grants) == 1
    assert codes_and_cells(reading) == ["TSK004 /grants A1"]
    assert reading.ok


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Myönnety", "amount_eur"),
        ("Päätöspäiva", "decided_on"),
        ("Avustuksen saja", "recipient"),
        ("Maksetu", "paid_eur"),
    ],
)
def test_misspelt_header_is_an_error_with_a_suggestion(header: str, field: str) -> None:
    """If only diacritics differ, the column is read."""
    reading = grants((header, "Haettu"), ("", "5,00"))
    if reading.ok:
        assert header == "Päätöspäiva"
        return
    assert codes_and_cells(reading) == ["TSK004 /grants A1"], field
    assert "did you mean" in reading.findings[-1].message("en")


def test_hyphenated_word_in_a_header() -> None:
    """*Päätös- päivä* is one word; words with their own hyphen stay."""
    reading = grants(("Päätös- päivä", "Alku- ja loppupäivä"), ("21.12.2021", "x"))
    (grant,) = reading.portfolio.grants
    assert str(grant.decided_on) == "2021-12-21"
    assert codes_and_cells(reading) == ["TSK004 /grants B1"]


def test_amounts_in_thousands_only() -> None:
    """If no other header is known, the finding is on the amounts, and not on all headers."""
    rows = (("Hyvinvointialueittain",), ("Alue", "Haettu (1 000 €)"), ("Satakunta", "900"))
    reading = grants(*rows)
    assert codes_and_cells(reading) == ["TSK004 /grants B2"]
    assert "thousands" in reading.findings[-1].message("en")


def test_missing_headers_are_listed() -> None:
    """They are listed as they are usually written."""
    message = grants(("a", "b"), ("1", "2")).findings[-1].message("fi")
    assert "Haku" in message
    assert "Hanke" in message


@pytest.mark.parametrize(
    "header", ["Recipient Org:Name", "Funding Org:Identifier", "recipientOrganization/0/name"]
)
def test_spreadsheets_of_360giving_are_named(header: str) -> None:
    """The message states what to do, also if some of their headers are known."""
    for headers in (
        ("Identifier", header),
        ("Number", header),
        ("Id", header, "Call", "Project", "Status"),
    ):
        data = csv_bytes(headers, ("360G-a-1", "x", "shc-2021", "pirsote", "granted"))
        reading = read(data)
        assert codes_and_cells(reading) == ["TSK001 /grants B1"]
        assert "360Giving JSON" in reading.findings[-1].message("en")


def test_opendocument_spreadsheet_is_named() -> None:
    """It is a zip archive, too, whose first entry has its type."""
    reading = read(b"PK\x03\x04" + b"\0" * 26 + ODS)
    assert "OpenDocument" in reading.findings[-1].message("en")


@pytest.mark.parametrize(
    ("name", "data", "message_part"),
    [
        ("a.ods", b"PK\x03\x04" + b"\0" * 26 + ODS, "OpenDocument"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "old Office file"),
        ("a.numbers", b"PK\x03\x04", "not a valid Excel workbook"),
    ],
)
def test_workbooks_of_other_programs_are_named(
    tmp_path: Path, name: str, data: bytes, message_part: str
) -> None:
    """`tulevaisuus.read` recognises them by their suffixes, too."""
    file = tmp_path / name
    file.write_bytes(data)
    reading = tul.read(file, of=tul.Grant)
    assert message_part in reading.findings[-1].message("en")
    assert not reading.ok


def test_sheet_with_many_oddities() -> None:
    """Titles, line breaks in headers, trailing spaces, dates with midnight, sums, notes."""
    rows = (
        ("Sosiaali- ja terveysministeriö",),
        (),
        (
            "Avustuksen\nsaaja ",
            "  Myönnetty\n(€)",
            "Päätös",
            "Päätös-\npäivä",
            "Käyttö-\naika",
            None,
        ),
        ("Varha ", 1000.5, "Myönnetty ", "21.12.2021 00:00", "1.1.2021–31.12.2023"),
        ("Kymenlaakson hyvinvointialueen", "2 000,00 €", "hylätty", 44551),
        ("Yhteensä", 3000.5),
        (None,),
        ("Huom! Luvut ovat alustavia.",),
    )
    reading = read(
        workbook(*rows), constants={"call": "shc-2021", "project": "pirsote"}, ids="{row}"
    )
    assert codes_and_cells(reading) == []
    first, second = reading.portfolio.grants
    assert (first.recipient, str(first.amount_eur), str(first.usable)) == (
        "county-05",
        "1000.5",
        "2021-01-01/2023-12-31",
    )
    assert (second.recipient, second.status, str(second.decided_on)) == (
        "county-10",
        "rejected",
        "2021-12-21",
    )
