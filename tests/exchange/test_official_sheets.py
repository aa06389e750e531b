"""The national grant sheet, and the export of Tutkiavustuksia."""

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import openpyxl
import pytest

import tulevaisuus as tul
from tests.exchange.tables import csv_bytes, rewritten, workbook
from tests.helpers import found
from tulevaisuus.exchange import from_tutkiavustuksia, from_va, losses_va, to_va
from tulevaisuus.exchange.formats_registry import ReadOptions, WriteOptions, format_called
from tulevaisuus.exchange.official_grant_tables.header_row_and_columns import official_table

VA = official_table("va").columns
GRANT = tul.Grant(
    id="VN/1/2021",
    case_number="VN/1/2021",
    call="shc-2021",
    project="pirsote",
    status=tul.GrantStatus.GRANTED,
    recipient="turku",
    amount_eur=Decimal("1250.50"),
    applied_on=dt.date(2021, 9, 30),
    decided_on=dt.date(2021, 12, 20),
    usable=tul.Period(start=dt.date(2021, 1, 1), end=dt.date(2023, 12, 31)),
    applied_eur=Decimal(2000),
    paid_eur=Decimal(0),
)
APPLIED = tul.Grant(
    id="VN/2/2021",
    case_number="VN/2/2021",
    call="shc-2021",
    project="satakunta",
    status=tul.GrantStatus.APPLIED,
    amount_eur=Decimal(7),
)
REJECTED = attrs.evolve(
    GRANT, id="VN/3", case_number="VN/3", status=tul.GrantStatus.REJECTED, amount_eur=None
)
PORTFOLIO = tul.Portfolio(grants=tul.Register([GRANT, APPLIED, REJECTED]))


def va(**fields: str) -> bytes:
    """Make a sheet of one row with these cells."""
    return csv_bytes(tuple(VA), tuple(fields.get(name, "") for name in VA))


def exported(*rows: tuple[object, ...], headers: tuple[str, ...] = ()) -> bytes:
    """Make an export of Tutkiavustuksia."""
    names = tuple(official_table("tutkiavustuksia").columns)
    return workbook((*names, *headers), *rows)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_written_sheet_is_read_back(ending: str, tmp_path: Path) -> None:
    """Granted, applied and rejected grants, with the sums that were paid."""
    file = tmp_path / f"va.{ending}"
    to_va(PORTFOLIO, file)
    reading = from_va(file)
    assert reading.portfolio == PORTFOLIO
    assert reading.ok
    assert tul.read(file).portfolio == PORTFOLIO


def test_own_organisations_are_read_back(tmp_path: Path) -> None:
    """They are identified by business id, else by name."""
    own = tul.Organisation(
        id="9999999-2", name=tul.Text("Oma ry"), business_id=tul.BusinessId("9999999-2")
    )
    other = tul.Organisation(id="Toinen ry", name=tul.Text("Toinen ry"))
    call = tul.Call(id="Oma haku", name=tul.Text("Oma haku"))
    portfolio = tul.Portfolio(
        organisations=tul.Register([own, other]),
        calls=tul.Register([call]),
        grants=tul.Register(
            attrs.evolve(each, recipient=key, call=call.id)
            for each, key in ((GRANT, own.id), (REJECTED, other.id))
        ),
    )
    to_va(portfolio, tmp_path / "va.csv")
    assert from_va(tmp_path / "va.csv").portfolio == portfolio


def test_sheet_has_the_form_of_authorities(tmp_path: Path) -> None:
    """Its name, its columns, the words of decisions, and zero for a rejected application."""
    to_va(PORTFOLIO, tmp_path / "va.csv")
    header, granted, applied, rejected = (
        line.split(";") for line in (tmp_path / "va.csv").read_text("utf-8-sig").splitlines()
    )
    assert header == list(VA)
    rows = [dict(zip(VA, row, strict=True)) for row in (granted, applied, rejected)]
    assert [row["avustuspaatosTyyppi"] for row in rows] == ["Myönteinen", "", "Kielteinen"]
    assert [row["avustuspaatosMyonnettyAvustus"] for row in rows] == ["1250,50", "", "0,00"]
    assert [row["avustushakemusHaettuAvustus"] for row in rows] == ["2000,00", "7,00", "2000,00"]
    assert rows[0]["avustusasiaVireillepanijaYhteisoTunnus"] == "0204819-8"
    assert rows[0]["avustuspaatosKayttoaikaPaattyyPvm"] == "31.12.2023"
    assert rows[0]["avustushakemusAlueHyvinvointialueet"] == "Pirkanmaa"
    to_va(PORTFOLIO, tmp_path / "va.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "va.xlsx")["VA"]
    assert [each.value for each in sheet[1]] == list(VA)


@pytest.mark.parametrize(
    ("unit_of_granted", "unit_of_applied", "codes"),
    [("General", '0 "milj. €"', ["TSK006"]), ('0 "milj. €"', "General", []), ("0", "0", [])],
)
def test_amount_that_was_applied_for_keeps_its_unit(
    unit_of_granted: str, unit_of_applied: str, codes: list[str], tmp_path: Path
) -> None:
    """It is read as the amount of an application without a decision; a zero there is not."""
    to_va(PORTFOLIO, tmp_path / "va.xlsx")
    book = openpyxl.load_workbook(tmp_path / "va.xlsx")
    sheet = book["VA"]
    granted = sheet.cell(3, [*VA].index("avustuspaatosMyonnettyAvustus") + 1, 0)
    granted.number_format = unit_of_granted
    applied = sheet.cell(3, [*VA].index("avustushakemusHaettuAvustus") + 1)
    applied.number_format = unit_of_applied
    book.save(tmp_path / "va.xlsx")
    found = [each.code for each in from_va(tmp_path / "va.xlsx").findings]
    assert [code for code in found if code == "TSK006"] == codes


def test_unknown_names_are_written_as_ids(tmp_path: Path) -> None:
    """A call, a project or a recipient without a name has its id."""
    strange = attrs.evolve(GRANT, call="c", project="p", recipient="o", usable=None)
    to_va(tul.Portfolio(grants=tul.Register([strange])), tmp_path / "va.csv")
    text = (tmp_path / "va.csv").read_text("utf-8-sig").splitlines()[1]
    row = dict(zip(VA, text.split(";"), strict=True))
    assert row["avustushakuNimi"] == "c"
    assert row["avustusasiaVireillepanijaYhteisoNimi"] == "o"
    assert row["avustuspaatosHyvaksyttyKayttotarkoitus"] == "p"


def test_rounded_amounts_need_a_choice(tmp_path: Path) -> None:
    """The sheet cannot mark them, so the caller must accept them."""
    rounded = attrs.evolve(GRANT, precision=tul.Precision.ROUNDED, rounded_to_eur=Decimal(50))
    portfolio = tul.Portfolio(grants=tul.Register([rounded]))
    with pytest.raises(tul.DocumentError) as caught:
        to_va(portfolio, tmp_path / "va.csv")
    assert found(caught.value.findings) == ["TSK012 /grants/0/amount_eur"]
    assert not (tmp_path / "va.csv").exists()
    to_va(portfolio, tmp_path / "va.csv", rounded=True)
    assert [each.message("en").split('"')[1] for each in losses_va(portfolio)] == [
        "precision",
        "rounded_to_eur",
    ]
    with pytest.raises(ValueError, match="ends in"):
        to_va(portfolio, tmp_path / "va.json")


def test_rounded_amount_of_a_planned_grant_needs_no_choice(tmp_path: Path) -> None:
    """It is not written, so the sheet says nothing wrong."""
    planned = attrs.evolve(
        GRANT,
        status=tul.GrantStatus.PLANNED,
        precision=tul.Precision.ROUNDED,
        rounded_to_eur=Decimal(50),
    )
    to_va(tul.Portfolio(grants=tul.Register([planned])), tmp_path / "va.csv")
    assert (tmp_path / "va.csv").exists()


def test_losses_are_listed() -> None:
    """Planned grants, ids that are not case numbers, and fields."""
    planned = attrs.evolve(
        GRANT, id="g", status=tul.GrantStatus.PLANNED, announced_on=dt.date(2021, 12, 21)
    )
    portfolio = tul.Portfolio(grants=tul.Register([planned]), projects=tul.projects)
    assert found(losses_va(portfolio)) == ["TSK004 /projects"] + ["TSK004 /grants"] * 3
    assert losses_va(PORTFOLIO) == []


def test_amounts_that_are_not_written_are_losses() -> None:
    """An application has one amount, a rejected one none; what is written is not lost."""
    both = attrs.evolve(APPLIED, applied_eur=Decimal(9))
    same = attrs.evolve(APPLIED, applied_eur=Decimal(7))
    rejected = attrs.evolve(REJECTED, amount_eur=Decimal(5))
    for grant, field in ((both, "applied_eur"), (rejected, "amount_eur")):
        (lost,) = losses_va(tul.Portfolio(grants=tul.Register([grant])))
        assert lost.message("en").startswith(f'field "{field}" is left out (objects: 1)')
    assert losses_va(tul.Portfolio(grants=tul.Register([same]))) == []


def test_dangling_reference_is_a_loss() -> None:
    """There is no name for it, and its id is not read back as one."""
    grant = attrs.evolve(GRANT, project="p", call="c", recipient="o")
    lost = losses_va(tul.Portfolio(grants=tul.Register([grant])))
    assert found(lost) == ["TSK009 /grants"] * 3
    assert [each.message("en").split('"')[1] for each in lost] == ["call", "project", "recipient"]


def test_registry_of_formats_recognises_the_sheet(tmp_path: Path) -> None:
    """By its headers; the writer has the setting for rounded amounts."""
    known = format_called("va")
    assert known is not None
    assert known.writer is not None
    assert known.reader is not None
    file = tmp_path / "va.xlsx"
    known.writer(PORTFOLIO, file, WriteOptions())
    assert known.recognises(file)
    options = ReadOptions(ids="{case_number}-x", constants={"call": "c"})
    assert [each.id for each in known.reader(file, options).portfolio.grants] == [
        f"{each.id}-x" for each in PORTFOLIO.grants
    ]
    (tmp_path / "other.csv").write_text("Tunnus;Haku\n", "utf-8")
    assert not known.recognises(tmp_path / "other.csv")
    (tmp_path / "other.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert not known.recognises(tmp_path / "other.xlsx")
    assert known.lost(PORTFOLIO, WriteOptions()) == []
    rounded = attrs.evolve(GRANT, precision=tul.Precision.APPROXIMATE)
    portfolio = tul.Portfolio(grants=tul.Register([rounded]))
    for word, severity in (("refuse", tul.Severity.ERROR), ("write", tul.Severity.WARNING)):
        settings = WriteOptions(settings={"rounded": word})
        assert known.lost(portfolio, settings)[0].severity is severity


def test_export_of_an_authority_is_read() -> None:
    """Most columns are empty, and the call has a number only."""
    reading = from_va(
        va(
            valtionapuviranomainen="OPH",
            avustushakuAsianumero="va-oph-2023-6",
            avustusasiaAsianumero="1/345/2023",
            avustusasiaVireilletuloPvm="01.11.2023",
            avustusasiaVireillepanijaYhteisoTunnus="9999999-2",
            avustushakemusHaettuAvustus="100000",
            avustuspaatosPvm="11.12.2023",
            avustuspaatosTyyppi="Myönteinen",
            avustuspaatosMyonnettyAvustus="99999",
            avustuspaatosHyvaksyttyKayttotarkoitus="Testihaku",
            ulkomainenSaaja="Ei",
        )
    )
    (grant,) = reading.portfolio.grants
    assert (grant.id, grant.call, grant.project) == ("1/345/2023", "va-oph-2023-6", "1/345/2023")
    assert (grant.recipient, grant.amount_eur) == ("9999999-2", Decimal(99999))
    assert reading.ok
    assert [(each.code, each.location and each.location.cell) for each in reading.findings] == [
        ("TSK001", None),
        ("TSK003", "H2"),
        ("TSK004", "A1"),
        ("TSK004", "Y1"),
        ("TSK004", "AH1"),
    ]


def test_wrong_cells_are_findings() -> None:
    """A business id with a wrong check digit, a sum that is text; persons are never read."""
    reading = from_va(
        va(
            avustusasiaAsianumero="1",
            avustushakuNimi="Haku",
            avustusasiaVireillepanijaHenkiloNimi="x",
            avustusasiaVireillepanijaYhteisoTunnus="1234567-8",
            avustuspaatosMyonnettyAvustus="paljon",
        ),
        constants={"project": "pirsote"},
    )
    errors = {
        each.location and each.location.cell: each.code
        for each in reading.findings
        if each.severity > tul.Severity.NOTE
    }
    assert errors == {"M2": "TSK006", "L2": "TSK004", "X2": "TSK006"}
    assert not reading.portfolio.grants
    assert [each.id for each in reading.portfolio.calls] == ["Haku"]


def test_other_file_is_a_finding() -> None:
    """The registers are rejected as a whole."""
    for data in (b"", b"Tunnus;Haku\r\n1;2\r\n"):
        reading = from_va(data)
        assert [each.code for each in reading.findings][-1] == "TSK001"
        assert {each.register for each in reading.rejected} == {"grants", "organisations", "calls"}


def test_export_of_tutkiavustuksia_is_read() -> None:
    """Dates are numbers, ids are in brackets, and an empty amount is unknown."""
    reading = from_tutkiavustuksia(
        exported(
            (44550, "Turun kaupunki (0204819-8)", "STM", "VN/1/2021", 2000, None, "Ei",
             "PirSOTE", "Jokin haku (VN/9/2021)", "Koko maa"),
            (dt.date(2021, 12, 21), "Oma ry (9999999-2)", "STM", "VN/2/2021", None, 99999, "Ei",
             "Hyvä asia", f"{tul.calls['shc-2021'].name.fi} (VN/8/2021)", None),
            (44550, "Työryhmä", "STM", "VN/3/2021", None, None, "Ei", None, None, None),
        ),
        constants={"call": "shc-2020"},
    )  # fmt: skip
    one, two, three = reading.portfolio.grants
    assert (one.decided_on, one.recipient, one.project) == (
        dt.date(2021, 12, 20),
        "turku",
        "pirsote",
    )
    assert (one.applied_eur, one.amount_eur, one.call) == (Decimal(2000), None, "VN/9/2021")
    assert (two.recipient, two.amount_eur, two.call) == ("9999999-2", Decimal(99999), "shc-2021")
    assert (three.recipient, three.call, three.project) == ("Työryhmä", "shc-2020", "VN/3/2021")
    assert {each.status for each in reading.portfolio.grants} == {tul.GrantStatus.GRANTED}
    assert [each.name.fi for each in reading.portfolio.organisations] == ["Oma ry", "Työryhmä"]
    assert [each.name.fi for each in reading.portfolio.calls] == ["Jokin haku"]
    assert reading.ok
    unread = [
        each.message("en").split('"')[1] for each in reading.findings if each.code == "TSK004"
    ]
    assert unread == ["Myöntäjä", "EU-varat", "Hyväksytty käyttötarkoitus", "Alueet"]


def test_columns_are_mapped_by_the_caller() -> None:
    """An unknown meaning is an error of the caller."""
    row: tuple[Any, ...] = (
        None,
        "Turun kaupunki",
        None,
        "1",
        None,
        None,
        None,
        "PirSOTE",
        "shc",
        None,
    )
    data = exported((*row, 4, "Kielteinen"), headers=("Maksettu euroa", "Ratkaisu"))
    headers = {"Maksettu euroa": "paid_eur", "Ratkaisu": "status"}
    (grant,) = from_tutkiavustuksia(data, headers={"Maksettu euroa": "paid_eur"}).portfolio.grants
    assert grant.paid_eur == Decimal(4)
    reading = from_tutkiavustuksia(data, headers=headers)
    assert [each.status for each in reading.portfolio.grants] == [tul.GrantStatus.REJECTED]
    with pytest.raises(tul.UnknownCodeError):
        from_tutkiavustuksia(data, headers={"Ratkaisu": "x"})


def test_rows_above_the_headers_are_reported() -> None:
    """They are titles."""
    row = tuple("1" if name == "avustusasiaAsianumero" else "" for name in VA)
    reading = from_va(
        csv_bytes(("Avustukset 2021",), tuple(VA), row), constants={"call": "c", "project": "p"}
    )
    assert [each.id for each in reading.portfolio.grants] == ["1"]
    assert any("above the headers" in each.message("en") for each in reading.findings)


def test_row_without_a_case_number_has_the_id_of_its_project_and_call(tmp_path: Path) -> None:
    """Grants without case numbers are read back so."""
    bare = attrs.evolve(GRANT, id="pirsote-shc-2021", case_number=None)
    to_va(tul.Portfolio(grants=tul.Register([bare])), tmp_path / "va.csv")
    assert list(from_va(tmp_path / "va.csv").portfolio.grants) == [bare]
    nameless = from_va(va(avustuspaatosMyonnettyAvustus="5"))
    assert [each.code for each in nameless.findings if each.severity is tul.Severity.ERROR] == [
        "TSK003"
    ] * 3


def test_invalid_ids_are_findings() -> None:
    """A call name of more than 200 characters is no id; without a number there is no id, either."""
    reading = from_va(
        va(
            avustusasiaAsianumero="1",
            avustushakuNimi="h" * 201,
            avustusasiaVireillepanijaYhteisoNimi="y" * 201,
            avustuspaatosHyvaksyttyKayttotarkoitus="PirSOTE",
        )
    )
    errors = [each for each in reading.findings if each.severity is tul.Severity.ERROR]
    assert [each.code for each in errors] == ["TSK006", "TSK006", "TSK003"]
    assert not reading.portfolio.organisations


def test_workbooks_without_cell_references_are_read() -> None:
    """The report writes elements with a prefix, and without the names of cells."""
    row: tuple[object, ...] = (44550, "Turun kaupunki (0204819-8)", "STM", "VN/1", 5, 6)
    given = exported((*row, "Ei", "PirSOTE", "Haku (VN/9)", "Koko maa"))
    sheet = zipfile.ZipFile(io.BytesIO(given)).read("xl/worksheets/sheet1.xml")
    bare = re.sub(rb' r="[A-Z]*[0-9]+"', b"", sheet).replace(b' xmlns="', b' xmlns:x="')
    prefixed = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", bare)
    reading = from_tutkiavustuksia(rewritten(given, sheet, prefixed))
    assert b"<x:c>" in prefixed or b"<x:c " in prefixed
    assert reading.portfolio == from_tutkiavustuksia(given).portfolio
    assert reading.portfolio.grants["VN/1"].amount_eur == Decimal(6)
