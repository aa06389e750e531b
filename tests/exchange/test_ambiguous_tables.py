"""Ambiguous tables: nothing is guessed, and the finding states why."""

import pytest

import tulevaisuus as tul
from tests.exchange.tables import codes_and_cells, csv_bytes, only, read, workbook
from tulevaisuus.exchange import read_csv

GIVEN = {"call": "shc-2021", "status": "granted"}
IDS = "{project}-{call}"


def grants(data: bytes) -> tul.Reading:
    """Read grants from a sheet without columns of call and status."""
    return read(data, constants=GIVEN, ids=IDS)


@pytest.mark.parametrize("headers", [("Hanke", "Saaja", "Myönnetty"), ("Hanke", "Myönnetty")])
def test_comma_in_a_number_between_commas(headers: tuple[str, ...]) -> None:
    """``5,50`` would be two cells: five euros, and a value without a header."""
    amount = headers.index("Myönnetty")
    texts, others = ("PirSOTE", "Pirkanmaan liitto")[:amount], ("Kainuu", "")[:amount]
    data = csv_bytes(headers, (*texts, "5", "50"), (*others, "6"), delimiter=",")
    reading = grants(data)
    assert "TSK001 /grants 2" in codes_and_cells(reading)
    assert "pirsote-shc-2021" not in reading.portfolio.grants
    findings: list[tul.Finding] = []
    rows = [*read_csv(data, tul.Grant, findings.append, constants=GIVEN, ids=IDS)]
    assert rows == [*reading.portfolio.grants]
    assert [each.code for each in findings if each.severity is tul.Severity.ERROR] == [
        each.code for each in reading.findings if each.severity is tul.Severity.ERROR
    ]


def test_comma_in_quotes_between_commas() -> None:
    """Programs that separate columns by commas quote such numbers."""
    data = csv_bytes(("Hanke", "Myönnetty"), ("PirSOTE", '"5,50"'), ("Yhteensä", "5", "50"),
                     delimiter=",")  # fmt: skip
    (grant,) = grants(data).portfolio.grants
    assert str(grant.amount_eur) == "5.50"


def test_surplus_cells_between_semicolons() -> None:
    """Numbers have no semicolons: a remark without a header is left out with a warning."""
    data = csv_bytes(("Hanke", "Myönnetty"), ("PirSOTE", "5,50", "ks. päätös"))
    reading = grants(data)
    assert len(reading.portfolio.grants) == 1
    assert codes_and_cells(reading) == ["TSK004 /grants C1"]


def test_one_field_in_two_columns() -> None:
    """It is not known which has the amount: neither is read."""
    reading = grants(csv_bytes(("Hanke", "Myönnetty", "Myönnetty"), ("PirSOTE", "5", "6")))
    assert codes_and_cells(reading) == ["TSK004 /grants C1"]
    (grant,) = reading.portfolio.grants
    assert grant.amount_eur is None


def test_one_field_for_each_of_two_years() -> None:
    """Amounts by year are not amounts of a grant."""
    upper, lower = ("Hanke", "2021", "", "2022", ""), ("", "Haettu", "Myönnetty") * 2
    rows = (upper, (*lower[:3], *lower[4:6]), ("PirSOTE", 1, 2, 3, 4))
    reading = grants(workbook(*([each or None for each in row] for row in rows)))
    assert codes_and_cells(reading) == ["TSK004 /grants Taul1!D2", "TSK004 /grants Taul1!E2"]
    (grant,) = reading.portfolio.grants
    assert (grant.amount_eur, grant.applied_eur) == (None, None)


@pytest.mark.parametrize("header", ["Päätös pvm", "Päätös-pvm", "PÄÄTÖSPVM", "Päätös-\npvm"])
def test_headers_may_differ_in_spaces_and_hyphens(header: str) -> None:
    """They are read as the same header."""
    data = csv_bytes(("Hanke", f'"{header}"'), ("PirSOTE", "21.12.2021"))
    (grant,) = grants(data).portfolio.grants
    assert str(grant.decided_on) == "2021-12-21"


@pytest.mark.parametrize(
    ("header", "text", "recipient"),
    [
        ("Saaja", "Pohjanmaan HVA", "county-17"),
        ("Saaja", "Pirkanmaan hva", "county-08"),
        ("Bidragstagare", "Österbottens välfärdsområde", "county-17"),
    ],
)
def test_abbreviated_names_of_counties_are_read(header: str, text: str, recipient: str) -> None:
    """*HVA* is the usual abbreviation of *hyvinvointialue*."""
    row = ("g1", "shc-2021", "PirSOTE", "granted", text)
    grant = only(read(csv_bytes(("Tunnus", "Haku", "Hanke", "Tila", header), row)), tul.Grant)
    assert grant.recipient == recipient


def test_table_without_headers_can_be_checked() -> None:
    """No row is read; the report has a finding about the whole table."""
    report = tul.check(read(workbook(("0",))))
    assert [each.code for each in report.errors] == ["TSK001"]
