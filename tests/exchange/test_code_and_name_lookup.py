"""Names in cells become codes only where there is no doubt."""

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, csv_bytes, only, read, told
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
def test_a_name_is_a_code(text: str, code: str) -> None:
    """A code, a name in any language and case, or an id of the caller's own."""
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
def test_an_unclear_name_is_a_finding(
    header: str, text: str, found: str, message_part: str
) -> None:
    """Candidates are named, and none of them is chosen."""
    reading = grant(header, text)
    assert told(reading) == [found]
    assert message_part in reading.findings[-1].message("en")


def test_an_ambiguous_name_lists_who_has_it() -> None:
    """*Uusimaa* is part of several names, and means none of them."""
    data = csv_bytes(("Tunnus", "Nimi", "Hyvinvointialue"), ("k1", "Keskus", "Uusimaa"))
    reading = read(data, tul.ServiceCentre)
    assert told(reading) == ["TSK005 /centres/0/region C2"]
    message = reading.findings[-1].message("fi")
    assert "voi olla mikä tahansa" in message
    assert "01 (Itä-Uusimaa)" in message


def test_a_code_list_has_no_codes_of_one_s_own() -> None:
    """A code of a region that there is not is found at once, and not taken for an id."""
    data = csv_bytes(("Tunnus", "Nimi", "Hyvinvointialue"), ("k1", "Keskus", "99"))
    assert told(read(data, tul.ServiceCentre)) == ["TSK005 /centres/0/region C2"]


def test_a_business_id_names_its_organisation() -> None:
    """It is looked up among the facts, with or without its hyphen."""
    assert only(grant("Y-tunnus", "02048198"), tul.Grant).recipient == "turku"
    assert only(grant("Y-tunnus", "0204819-8"), tul.Grant).recipient == "turku"


def test_a_column_of_codes_is_taken_as_it_is() -> None:
    """What refers to nothing is for `check` to find."""
    reading = grant("Saajan tunnus", "Ei ole")
    assert only(reading, tul.Grant).recipient == "Ei ole"
    (finding,) = tul.check(reading, select="TSK009").errors
    assert finding.location is not None
    assert finding.location.cell == "E2"


def test_columns_of_one_field_must_agree() -> None:
    """Name, id and business id may stand beside each other, if they mean the same."""
    headers = (*GRANTS, "Saaja", "Y-tunnus")
    start = ("g1", "shc-2021", "pirsote", "granted")
    agreeing = read(csv_bytes(headers, (*start, "Turun kaupunki", "0204819-8")))
    assert only(agreeing, tul.Grant).recipient == "turku"
    name_only = read(csv_bytes(headers, (*start, "Turun kaupunki", "")))
    assert only(name_only, tul.Grant).recipient == "turku"
    other = read(csv_bytes(headers, (*start, "Espoon kaupunki", "0204819-8")))
    assert told(other) == ["TSK006 /grants/0/recipient E2"]
    assert "F2" in other.findings[-1].message("sv")


def test_beside_a_code_a_name_need_not_be_known() -> None:
    """The code says which it is; a name beside it is for people."""
    headers = (*GRANTS, "Hankkeen tunnus")
    data = csv_bytes(headers, ("g1", "shc-2021", "Meidän hanke", "granted", "oma-1"))
    assert only(read(data), tul.Grant).project == "oma-1"


def test_a_wrong_business_id_beside_a_name_is_a_finding() -> None:
    """What identifies exactly is not passed over."""
    headers = (*GRANTS, "Saaja", "Y-tunnus")
    data = csv_bytes(headers, ("g1", "shc-2021", "pirsote", "granted", "Turku", "0204819-9"))
    assert told(read(data)) == ["TSK009 /grants/0/recipient F2"]


def test_a_period_and_its_days_must_agree() -> None:
    """One cell for the whole, and two for its days, are compared day by day."""
    headers = (*GRANTS, "Käyttöaika", "Päättyy")
    start = ("g1", "shc-2021", "pirsote", "granted", "1.1.2021–31.12.2023")
    assert only(read(csv_bytes(headers, (*start, "31.12.2023"))), tul.Grant).usable is not None
    assert told(read(csv_bytes(headers, (*start, "31.12.2022")))) == [
        "TSK006 /grants/0/usable/end F2"
    ]
    broken = ("g1", "shc-2021", "pirsote", "granted", "2021–2023", "31.12.2023")
    assert told(read(csv_bytes(headers, broken))) == ["TSK006 /grants/0/usable E2"]


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
def test_officials_names_of_recipients(text: str, code: str) -> None:
    """With a business id, as a county is called every day, and in the genitive of a heading."""
    reading = grant("Avustuksen saaja", text)
    if code == "pirkanmaan-liitto" and tul.organisations[code].business_id is not None:
        assert told(reading) == ["TSK009 /grants/0/recipient E2"]  # the id is another's
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
def test_what_is_near_a_name_is_a_candidate(text: str, candidates: list[str]) -> None:
    """The name of an area, a Swedish name that we lack, a name that its business id contradicts."""
    reading = grant("Avustuksen saaja", text)
    assert told(reading) == ["TSK009 /grants/0/recipient E2"]
    message = reading.findings[-1].message("fi")
    assert [
        each for each in ("espoo", "turku", "county-05") if f"{each} (" in message
    ] == candidates


def test_a_business_id_that_lost_its_zero_is_a_candidate() -> None:
    """As a spreadsheet program shortens 02048198."""
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
def test_a_recipient_of_the_first_years_is_named(name: str, message_part: str) -> None:
    """A cell with the name that the decision has says what that body is, and what to do."""
    table = f"id,call,project,status,recipient\ng,shc-2020,lappi,granted,{name}\n".encode()
    findings = exchange.read_table(table, tul.Grant).findings
    (finding,) = (each for each in findings if each.path.endswith("/recipient"))
    assert finding.code == "TSK009"
    assert message_part in finding.message("en")
    assert name in finding.message("fi")
    assert name in finding.message("sv")
