"""Complete spreadsheets as officials write them, in Finnish, Swedish and English."""

import datetime as dt
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

import tulevaisuus as tul
from tests.exchange.tables import codes_and_cells, csv_bytes, read, workbook

YEARS = tul.Period.of_years(2021, 2023)


def test_finnish_list_of_grants() -> None:
    """Title, blank row, names, no-break spaces, Finnish dates and a sum, in Windows-1252."""
    data = csv_bytes(
        ("Myönnetyt valtionavustukset 2021", *[""] * 7),
        [""] * 8,
        (
            "Hanke",
            "Avustuksen saaja",
            "Haku",
            "Päätös",
            "Myönnetty (€)",
            "Päätöspäivä",
            "Käyttöaika",
            "Dnro",
        ),
        (
            "Varsinais-Suomen Tulevaisuuden sote-keskus",
            "Turun kaupunki",
            "shc-2021",
            "Myönnetty",
            "11\u00a0180\u00a0062,00 €",
            "21.12.2021",
            "1.1.2021–31.12.2023",
            "VN/1/2021",
        ),
        (
            "PirSOTE",
            "Pirkanmaan liitto",
            "SHC-2021",
            "Kielteinen päätös",
            "",
            "21.12.2021 0:00",
            "1.1.–31.12.2021",
            "",
        ),
        ("Yhteensä", "", "", "", "11 180 062,00 €", "", "", ""),
        encoding="cp1252",
    )
    reading = read(data, ids="{project}-{call}")
    assert codes_and_cells(reading) == []
    assert list(reading.portfolio.grants) == [
        tul.Grant(
            id="varsinais-suomi-shc-2021",
            call="shc-2021",
            project="varsinais-suomi",
            status=tul.GrantStatus.GRANTED,
            recipient="turku",
            amount_eur=Decimal(11_180_062),
            decided_on=dt.date(2021, 12, 21),
            usable=YEARS,
            case_number="VN/1/2021",
        ),
        tul.Grant(
            id="pirsote-shc-2021",
            call="shc-2021",
            project="pirsote",
            status=tul.GrantStatus.REJECTED,
            recipient="pirkanmaan-liitto",
            decided_on=dt.date(2021, 12, 21),
            usable=tul.Period.of_years(2021, 2021),
        ),
    ]
    assert codes_and_cells(reading, notes=True) == [
        "TSK001 /grants ",
        "TSK001 /grants 1",
        "TSK001 /grants 6",
    ]


def test_swedish_list_of_grants() -> None:
    """Swedish headers and labels, points between thousands, and the call as a constant."""
    data = csv_bytes(
        ("Id", "Projekt", "Mottagarens FO-nummer", "Status", "Beviljat belopp", "Beslutsdatum"),
        (
            "g-1",
            "Programmet Framtidens social- och hälsocentral i Egentliga Finland",
            "02048198",
            "Beviljat",
            "11.180.062,00 €",
            "44551",
        ),
        ("g-2", "Soite 2.0", "0204819-8", "ansökt", "5 000", "2021-12-21"),
        ("Sammanlagt", "", "", "", "11.185.062,00", ""),
        delimiter="\t",
        encoding="utf-8-sig",
    )
    reading = read(data, constants={"call": "shc-2021"})
    assert codes_and_cells(reading) == []
    first, second = reading.portfolio.grants
    assert first == tul.Grant(
        id="g-1",
        call="shc-2021",
        project="varsinais-suomi",
        status=tul.GrantStatus.GRANTED,
        recipient="turku",
        amount_eur=Decimal(11_180_062),
        decided_on=dt.date(2021, 12, 21),
    )
    assert (second.project, second.amount_eur) == ("keski-pohjanmaa", Decimal(5000))
    assert second.decided_on == dt.date(2021, 12, 21)


def test_english_list_of_grants() -> None:
    """Commas between columns and between thousands, with quotes."""
    data = (
        "Grant id,Call,Project,Decision,Amount,Period of use\r\n"
        'g1,shc-2021,PirSOTE,Granted,"11,180,062.00",1 January 2021 to 31 December 2023\r\n'
        'g2,shc-2021,PirSOTE,applied for,"€ 1,234,567",\r\n'
    ).encode()
    reading = read(data)
    assert codes_and_cells(reading) == []
    assert [grant.amount_eur for grant in reading.portfolio.grants] == [11_180_062, 1_234_567]
    assert reading.portfolio.grants["g1"].usable == YEARS


def _as_a_ministry(sheet: Worksheet) -> None:
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("B4:B5")
    sheet.row_dimensions[5].hidden = True
    sheet["F4"].number_format = "00"
    sheet.column_dimensions["F"].hidden = True


def test_workbook_of_a_ministry() -> None:
    """Merged and hidden cells, dates of Excel, and codes displayed with zeros."""
    data = workbook(
        ("Valtionavustukset", None, None, None, None, None),
        (None,),
        ("Tunnus", "Hanke", "Haku", "Tila", "Päätöspvm", "Diaarinumero"),
        ("g1", "PirSOTE", "shc-2021", "Myönnetty", dt.datetime(2021, 12, 21), 5),  # noqa: DTZ001
        ("g2", None, "shc-2020", "Haettu", 44551, 17),
        (None, None, None, None, None, None),
        ("Yhteensä", None, None, None, None, 2),
        change=_as_a_ministry,
    )
    reading = read(data)
    assert codes_and_cells(reading) == []
    first, second = reading.portfolio.grants
    assert (first.project, second.project) == ("pirsote", "pirsote")
    assert (first.decided_on, second.decided_on) == (dt.date(2021, 12, 21),) * 2
    assert (first.case_number, second.case_number) == ("05", "17")
    assert codes_and_cells(reading, notes=True) == [
        "TSK001 /grants Taul1!1",
        "TSK001 /grants Taul1!F3",
        "TSK001 /grants Taul1!6",
        "TSK001 /grants Taul1!5",
        "TSK001 /grants Taul1!4",
        "TSK001 /grants Taul1!7",
    ]


def test_finnish_list_of_projects() -> None:
    """Names of regions are read as codes, several in one cell; goals are numbers."""
    data = csv_bytes(
        ("Hanketunnus", "Hankkeen nimi", "Nimi ruotsiksi", "Hyvinvointialueet", "Tavoitteet"),
        ("oma-1", "Esimerkkihanke", "", '"Varha; Satakunta"', "1, 2"),
        ("oma-2", "Toinen, pidempi", "Ett annat", "Keski-Uudenmaan hyvinvointialue", "ei mitään"),
    )
    reading = read(data, tul.Project)
    assert codes_and_cells(reading) == []
    assert list(reading.portfolio.projects) == [
        tul.Project(
            id="oma-1",
            name=tul.Text("Esimerkkihanke"),
            regions=("05", "06"),
            goals=(tul.GoalNumber(1), tul.GoalNumber(2)),
        ),
        tul.Project(
            id="oma-2",
            name=tul.Text("Toinen, pidempi", sv="Ett annat"),
            regions=("02",),
            goals=(),
        ),
    ]


def test_swedish_list_of_organisations() -> None:
    """FO numbers without a hyphen, kinds by their labels, and an open period."""
    data = csv_bytes(
        ("Id", "Finskt namn", "Namn", "Typ", "FO-nr", "Välfärdsområde", "Giltighetstid"),
        (
            "egentliga-finland",
            "Varsinais-Suomi",
            "Egentliga Finland",
            "välfärdsområde",
            "02048198",
            "Egentliga Finland",
            "från 1.1.2023",
        ),
        encoding="cp1252",
    )
    reading = read(data, tul.Organisation)
    assert codes_and_cells(reading) == []
    assert list(reading.portfolio.organisations) == [
        tul.Organisation(
            id="egentliga-finland",
            name=tul.Text("Varsinais-Suomi", sv="Egentliga Finland"),
            kind=tul.OrganisationKind.COUNTY,
            business_id=tul.BusinessId("0204819-8"),
            region="05",
            valid=tul.Period(dt.date(2023, 1, 1)),
        )
    ]


def test_workbook_of_centres() -> None:
    """Municipalities by name in either language, and languages by their names."""
    data = workbook(
        ("Tunnus", "Keskuksen nimi", "Hyvinvointialue", "Kunta", "Palvelukielet", "Avattu"),
        ("k-1", "Esimerkki", "Varsinais-Suomi", "Åbo", "suomi; ruotsi", "1.2.2023"),
    )
    reading = read(data, tul.ServiceCentre)
    assert codes_and_cells(reading) == []
    assert list(reading.portfolio.centres) == [
        tul.ServiceCentre(
            id="k-1",
            name=tul.Text("Esimerkki"),
            region="05",
            municipality="853",
            languages=(tul.Language.FI, tul.Language.SV),
            opened_on=dt.date(2023, 2, 1),
        )
    ]
