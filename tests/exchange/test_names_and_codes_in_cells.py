"""Names in cells are read as codes only where they are unambiguous."""

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, codes_and_cells, csv_bytes, only, read
from tulevaisuus import exchange


def grant(header: str, text: str) -> tul.Reading:
    """Read a grant with one further column."""
    rows = {"Tunnus": "g1", "Haku": "shc-2021", "Hanke": "pirsote", "Tila": "granted"}
    rows[header] = text
    return read(csv_bytes([*rows], [*rows.values()]))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("turku", "turku"),
        ("Turku", "turku"),
        ("Turun kaupunki", "turku"),
        ("CITY OF TURKU", "turku"),
        ("Egentliga Finlands välfärdsområde", "county-05"),
        ("oma-kuntayhtyma", "oma-kuntayhtyma"),
        ("y2", "y2"),
    ],
)
def test_name_is_read_as_a_code(text: str, code: str) -> None:
    """A code, a name in any language and case, or an id of the user."""
    assert only(grant("Saaja", text), tul.Grant).recipient == code


@pytest.mark.parametrize(
    ("header", "text", "found", "message_part"),
    [
        ("Saaja", "Turun kaupungin sosiaalitoimi", "TSK009 /grants/0/recipient E2", "did you mean"),
        ("Saaja", "Olematon Oy", "TSK009 /grants/0/recipient E2", "unknown"),
        ("Hanke", "Varha", "TSK009 /grants/0/project C2", "unknown"),
        ("Saajan Y-tunnus", "1234567-1", "TSK009 /grants/0/recipient E2", "unknown"),
        ("Saajan Y-tunnus", "ei ole", "TSK009 /grants/0/recipient E2", "unknown"),
    ],
)
def test_ambiguous_name_is_a_finding(header: str, text: str, found: str, message_part: str) -> None:
    """Candidates are listed, and none of them is chosen."""
    reading = grant(header, text)
    assert codes_and_cells(reading) == [found]
    assert message_part in reading.findings[-1].message("en")


def test_an_ambiguous_name_lists_who_has_it() -> None:
    """*Uusimaa* is part of several names, and selects none of them."""
    data = csv_bytes(("Tunnus", "Nimi", "Hyvinvointialue"), ("k1", "Keskus", "Uusimaa"))
    reading = read(data, tul.ServiceCentre)
    assert codes_and_cells(reading) == ["TSK005 /centres/0/region C2"]
    message = reading.findings[-1].message("fi")
    assert "voi olla mikä tahansa" in message
    assert "01 (Itä-Uusimaa)" in message


def test_code_list_accepts_known_codes_only() -> None:
    """An unknown code of a region is reported at once, and not taken for an id."""
    data = csv_bytes(("Tunnus", "Nimi", "Hyvinvointialue"), ("k1", "Keskus", "99"))
    assert codes_and_cells(read(data, tul.ServiceCentre)) == ["TSK005 /centres/0/region C2"]


def test_business_id_finds_its_organisation() -> None:
    """It is looked up among the facts, with or without its hyphen."""
    assert only(grant("Y-tunnus", "02048198"), tul.Grant).recipient == "turku"
    assert only(grant("Y-tunnus", "0204819-8"), tul.Grant).recipient == "turku"


def test_column_of_codes_is_not_looked_up() -> None:
    """Dangling references are found by `check`."""
    reading = grant("Saajan tunnus", "Ei ole")
    assert only(reading, tul.Grant).recipient == "Ei ole"
    (finding,) = tul.check(reading, select="TSK009").errors
    assert finding.location is not None
    assert finding.location.cell == "E2"


def test_columns_of_one_field_must_agree() -> None:
    """Name, id and business id may all be there if they mean the same."""
    headers = (*GRANTS, "Saaja", "Y-tunnus")
    start = ("g1", "shc-2021", "pirsote", "granted")
    agreeing = read(csv_bytes(headers, (*start, "Turun kaupunki", "0204819-8")))
    assert only(agreeing, tul.Grant).recipient == "turku"
    name_only = read(csv_bytes(headers, (*start, "Turun kaupunki", "")))
    assert only(name_only, tul.Grant).recipient == "turku"
    other = read(csv_bytes(headers, (*start, "Espoon kaupunki", "0204819-8")))
    assert codes_and_cells(other) == ["TSK006 /grants/0/recipient E2"]
    assert "F2" in other.findings[-1].message("sv")


def test_unknown_name_beside_a_code_is_ignored() -> None:
    """The code identifies the entity; a name beside it is for people."""
    headers = (*GRANTS, "Hankkeen tunnus")
    data = csv_bytes(headers, ("g1", "shc-2021", "Meidän hanke", "granted", "oma-1"))
    assert only(read(data), tul.Grant).project == "oma-1"


def test_wrong_business_id_beside_a_name_is_a_finding() -> None:
    """An exact identifier is not ignored."""
    headers = (*GRANTS, "Saaja", "Y-tunnus")
    data = csv_bytes(headers, ("g1", "shc-2021", "pirsote", "granted", "Turku", "0204819-9"))
    assert codes_and_cells(read(data)) == ["TSK009 /grants/0/recipient F2"]


def test_period_and_its_dates_must_agree() -> None:
    """A column of periods and two of dates are compared."""
    headers = (*GRANTS, "Käyttöaika", "Päättyy")
    start = ("g1", "shc-2021", "pirsote", "granted", "1.1.2021–31.12.2023")
    assert only(read(csv_bytes(headers, (*start, "31.12.2023"))), tul.Grant).usable is not None
    assert codes_and_cells(read(csv_bytes(headers, (*start, "31.12.2022")))) == [
        "TSK006 /grants/0/usable/end F2"
    ]
    broken = ("g1", "shc-2021", "pirsote", "granted", "2021–2023", "31.12.2023")
    assert codes_and_cells(read(csv_bytes(headers, broken))) == ["TSK006 /grants/0/usable E2"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Turun kaupunki (0204819-8)", "turku"),
        ("Turun kaupunki (Y-tunnus 02048198)", "turku"),
        ("Turku, 0204819-8", "turku"),
        ("Kaupunginkanslia (0204819-8)", "turku"),
        ("Pirkanmaan liitto (1234567-1)", "pirkanmaan-liitto"),
        ("Varha", "county-05"),
        ("VAKE", "county-04"),
        ("Kymenlaakson hyvinvointialue", "county-10"),
        ("Kymenlaakson hyvinvointialueen", "county-10"),
        ("Turun kaupungin", "turku"),
    ],
)
def test_names_of_recipients_as_officials_write_them(text: str, code: str) -> None:
    """With a business id, in everyday form, and in the genitive."""
    reading = grant("Avustuksen saaja", text)
    if code == "pirkanmaan-liitto" and tul.organisations[code].business_id is not None:
        assert codes_and_cells(reading) == ["TSK009 /grants/0/recipient E2"]  # the id is another's
    else:
        assert only(reading, tul.Grant).recipient == code


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Åbo stad", ["turku"]),
        ("Varsinais-Suomi", ["county-05"]),
        ("Espoon kaupunki (0204819-8)", ["espoo", "turku"]),
        ("Olematon (0204818-8)", []),
        ("Olematon stad", []),
        ("HUS", []),
    ],
)
def test_similar_name_is_a_candidate(text: str, candidates: list[str]) -> None:
    """The name of an area, an unknown Swedish name, a name that its business id contradicts."""
    reading = grant("Avustuksen saaja", text)
    assert codes_and_cells(reading) == ["TSK009 /grants/0/recipient E2"]
    message = reading.findings[-1].message("fi")
    assert [
        each for each in ("espoo", "turku", "county-05") if f"{each} (" in message
    ] == candidates


def test_business_id_without_its_zero_has_a_candidate() -> None:
    """A spreadsheet program shortens 02048198."""
    message = grant("Y-tunnus", "2048198").findings[-1].message("fi")
    assert "turku (" in message
    assert "turku (" not in grant("Y-tunnus", "9999999").findings[-1].message("fi")


@pytest.mark.parametrize(
    ("name", "message_part"),
    [
        ("Lapin sairaanhoitopiiri", "hospital district, region 21 (Lapland), which is not among"),
        ("Vantaan kaupunki", "municipality, region 04 (Vantaa and Kerava), which is not among"),
        ("Vantaan yliopisto", 'the name or code "Vantaan yliopisto" is unknown'),
    ],
)
def test_former_recipient_is_named(name: str, message_part: str) -> None:
    """A cell with the name in an old decision has the class of that body, and what to do."""
    table = f"id,call,project,status,recipient\ng,shc-2020,lappi,granted,{name}\n".encode()
    findings = exchange.read_table(table, tul.Grant).findings
    (finding,) = (each for each in findings if each.path.endswith("/recipient"))
    assert finding.code == "TSK009"
    assert message_part in finding.message("en")
    assert name in finding.message("fi")
    assert name in finding.message("sv")
