"""Values of cells: what is read, and what is a finding because it is ambiguous."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest

import tulevaisuus as tul
from tests.exchange.tables import (
    GRANTS,
    cells,
    codes_and_cells,
    csv_bytes,
    only,
    read,
    rewritten,
    workbook,
)
from tulevaisuus.exchange import Dialect


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("11 180 062,00", "11180062"),
        ("11\u00a0180\u00a0062", "11180062"),
        ("11\u202f180\u2009062,5", "11180062.5"),
        ("11.180.062,00 €", "11180062"),
        ("11.180.062", "11180062"),
        ("11,180,062.50", "11180062.5"),
        ("1 234", "1234"),
        ("1234,5", "1234.5"),
        ("1234.50", "1234.5"),
        ("€ 5", "5"),
        ("5 euroa", "5"),
        ("5 EUR", "5"),
    ],
)
def test_amounts_are_read(text: str, amount: str) -> None:
    """Spaces, points and commas separate thousands where that is unambiguous."""
    assert only(cells(text), tul.Grant).amount_eur == Decimal(amount)


@pytest.mark.parametrize("text", ["1,234", "1.234", "-1,234", "999.999 €"])
def test_ambiguous_number_is_a_finding(text: str) -> None:
    """One separator before three digits may be of thousands or of decimals."""
    reading = cells(text)
    assert codes_and_cells(reading) == ["TSK006 /grants/0/amount_eur E2"]
    (finding,) = [each for each in reading.findings if each.severity is tul.Severity.ERROR]
    assert finding.location is not None
    assert finding.location.snippet == text
    assert finding.subject == "grant g1"
    assert "ambiguous" in finding.message("en")
    assert not reading.portfolio.grants


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("noin 5", "TSK006"),
        ("1,2 M€", "TSK006"),
        ("5 %", "TSK006"),
        ("12 34", "TSK006"),
        ("1 234,567", "TSK012"),
        ("12345,678", "TSK012"),
        ("0,234", "TSK012"),
        ("-5", "TSK012"),
        ("\u22125,00", "TSK012"),
        ("0", "TSK012"),
        ("9" * 400, "TSK012"),
    ],
)
def test_other_text_is_not_an_amount(text: str, code: str) -> None:
    """Nothing is rounded, and no part of a cell is ignored."""
    assert codes_and_cells(cells(text)) == [f"{code} /grants/0/amount_eur E2"]


@pytest.mark.parametrize(
    ("decimal", "text", "amount"),
    [
        (".", "1,234", "1234"),
        (".", "1,234.5", "1234.5"),
        (",", "1.234", "1234"),
        (",", "1 234,50", "1234.5"),
    ],
)
def test_decimal_separator_may_be_given(decimal: str, text: str, amount: str) -> None:
    """An ambiguous number is read with the given separator."""
    data = csv_bytes((*GRANTS, "Määrä"), ("g1", "shc-2021", "pirsote", "applied", text))
    dialect = Dialect(decimal="," if decimal == "," else ".")
    assert only(read(data, dialect=dialect), tul.Grant).amount_eur == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "code"), [("1,234", "TSK012"), ("1.23.4", "TSK006"), ("1,2,3", "TSK006")]
)
def test_number_must_follow_the_given_separator(text: str, code: str) -> None:
    """With a decimal comma, ``1,234`` has too many decimals."""
    data = csv_bytes((*GRANTS, "Määrä"), ("g1", "shc-2021", "pirsote", "applied", text))
    reading = read(data, dialect=Dialect(decimal=","))
    assert codes_and_cells(reading) == [f"{code} /grants/0/amount_eur E2"]


def test_numbers_of_workbooks_are_exact() -> None:
    """A number is its shortest decimal form; the rounding error of a binary sum is a finding."""
    assert only(cells(11180062.5, field_type="xlsx"), tul.Grant).amount_eur == Decimal("11180062.5")
    noisy = workbook((*GRANTS, "Määrä"), ("g1", "shc-2021", "pirsote", "granted", 41133.77))
    assert codes_and_cells(read(rewritten(noisy, b"41133.77", b"41133.770000000004"))) == [
        "TSK012 /grants/0/amount_eur Taul1!E2"
    ]
    boolean: object = True
    assert codes_and_cells(cells(boolean, field_type="xlsx")) == [
        "TSK002 /grants/0/amount_eur Taul1!E2"
    ]


@pytest.mark.parametrize(
    "text",
    ["21.12.2021", "21. 12. 2021", "2021-12-21", "21.12.2021 0:00:00", "2021-12-21T00:00", "44551"],
)
def test_dates_are_read(text: str) -> None:
    """Finnish and ISO forms, a date with midnight, and serial numbers of Excel."""
    assert only(cells(text, header="Päätöspäivä"), tul.Grant).decided_on == dt.date(2021, 12, 21)


@pytest.mark.parametrize(
    "text",
    ["12/21/2021", "21.12.21", "21.12.2021 12:30", "31.2.2021", "2021-02-31", "2021", "99999", "?"],
)
def test_other_text_is_not_a_date(text: str) -> None:
    """Years, times and other orders of day and month are rejected."""
    assert codes_and_cells(cells(text, header="Päätöspäivä")) == ["TSK006 /grants/0/decided_on E2"]


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (44551, []),
        (44551.0, []),
        (dt.datetime(2021, 12, 21), []),  # noqa: DTZ001 - a spreadsheet knows no time zones
        (dt.date(2021, 12, 21), []),
        (44551.5, ["TSK006"]),
        (2021, ["TSK006"]),
        (dt.datetime(2021, 12, 21, 9, 30), ["TSK006"]),  # noqa: DTZ001
        (dt.time(9, 30), ["TSK002"]),
        (True, ["TSK002"]),
    ],
)
def test_dates_of_workbooks(value: object, codes: list[str]) -> None:
    """A date may be a number; a time of day is not dropped."""
    reading = cells(value, header="Päätöspäivä", field_type="xlsx")
    assert codes_and_cells(reading) == [f"{code} /grants/0/decided_on Taul1!E2" for code in codes]
    if not codes:
        assert only(reading, tul.Grant).decided_on == dt.date(2021, 12, 21)


@pytest.mark.parametrize(
    ("text", "found"),
    [("2021–2023", "TSK006 /grants/0/usable E2"), ("44551", "TSK006 /grants/0/usable E2")],
)
def test_other_text_is_not_a_period(text: str, found: str) -> None:
    """Years without days are rejected."""
    assert codes_and_cells(cells(text, header="Käyttöaika")) == [found]


def test_number_is_not_a_period() -> None:
    """A workbook may have a number in a column of periods."""
    assert codes_and_cells(cells(2021, header="Käyttöaika", field_type="xlsx")) == [
        "TSK002 /grants/0/usable Taul1!E2"
    ]


def test_a_reversed_period_is_found_in_its_cell() -> None:
    """A finding of the class about a value has the cell of that value."""
    assert codes_and_cells(cells("31.12.2023–1.1.2021", header="Käyttöaika")) == [
        "TSK011 /grants/0/usable/end E2"
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Myönnetty", "granted"),
        ("BEVILJAT", "granted"),
        ("granted", "granted"),
        ("kielteinen päätös", "rejected"),
        ("Avslag", "rejected"),
        ("applied for", "applied"),
        ("Suunniteltu", "planned"),
    ],
)
def test_labels_are_read_as_codes(text: str, status: str) -> None:
    """A code, its label in any language or a synonym, in any case."""
    data = csv_bytes(GRANTS, ("g1", "shc-2021", "pirsote", f" {text} "))
    assert only(read(data), tul.Grant).status == status


def test_unknown_label_is_a_finding() -> None:
    """The message lists the codes."""
    data = csv_bytes(GRANTS, ("g1", "shc-2021", "pirsote", "kesken"))
    assert codes_and_cells(read(data)) == ["TSK005 /grants/0/status D2"]
    data = workbook(GRANTS, ("g1", "shc-2021", "pirsote", 7))
    assert codes_and_cells(read(data)) == ["TSK002 /grants/0/status Taul1!D2"]


def test_ids_may_be_numbers() -> None:
    """A whole number in a column of ids is the text of its digits; other numbers are rejected."""
    data = workbook(GRANTS, (17, "shc-2021", "pirsote", "granted"))
    assert only(read(data), tul.Grant).id == "17"
    data = workbook(GRANTS, (17.5, "shc-2021", "pirsote", "granted"))
    assert codes_and_cells(read(data)) == ["TSK002 /grants/0/id Taul1!A2"]


def organisation(business_id: str) -> tul.Reading:
    """Read an organisation with a business id."""
    data = csv_bytes(("Tunnus", "Nimi", "Y-tunnus"), ("o1", "Esimerkki", business_id))
    return read(data, tul.Organisation)


def test_a_business_id_may_lack_its_hyphen() -> None:
    """Eight digits are a business id; seven may lack a zero, and are a finding."""
    assert only(organisation("02048198"), tul.Organisation).business_id == tul.BusinessId(
        "0204819-8"
    )
    assert codes_and_cells(organisation("2048198")) == ["TSK006 /organisations/0/business_id C2"]
    assert codes_and_cells(organisation("02048199")) == ["TSK006 /organisations/0/business_id C2"]


def project(**columns: str) -> tul.Reading:
    """Read a project with further columns."""
    given = {"Tunnus": "p1", "Nimi": "Esimerkki", "Aluekoodi": "05", **columns}
    return read(csv_bytes([*given], [f'"{each}"' for each in given.values()]), tul.Project)


@pytest.mark.parametrize("text", ["1; 2", "1,2", "1\n2", "1;2;"])
def test_lists_are_read_from_one_cell(text: str) -> None:
    """Semicolons, line breaks, or commas if there are no others, separate the elements."""
    goals = only(project(Tavoitteet=text), tul.Project).goals
    assert goals == (tul.GoalNumber(1), tul.GoalNumber(2))


def test_each_element_of_a_list_is_checked() -> None:
    """The findings have the index of the element, and its cell."""
    assert codes_and_cells(project(Tavoitteet="1; 9")) == ["TSK005 /projects/0/goals/1 D2"]
    data = csv_bytes(
        ("Tunnus", "Nimi", "Hyvinvointialueet"),
        ("p1", "Esimerkki", '"Varha; Olematon; Uusimaa"'),
    )
    assert codes_and_cells(read(data, tul.Project)) == [
        "TSK005 /projects/0/regions/1 C2",
        "TSK005 /projects/0/regions/2 C2",
    ]
    assert codes_and_cells(project(Tavoitteet="1; 1")) == ["TSK008 /projects/0/goals/1 D2"]


def test_a_comma_may_be_part_of_a_name() -> None:
    """The whole text is looked up first; only if it is no name, commas separate."""
    data = csv_bytes(
        ("Tunnus", "Nimi", "Hyvinvointialueet", "Osallistujat"),
        ("p1", "Esimerkki", "Varha, Satakunta", "Turun kaupunki,vsshp"),
    )
    made = only(read(data, tul.Project), tul.Project)
    assert made.regions == ("05", "06")
    assert made.participants == ("turku", "vsshp")
    name = "lasten, nuorten ja perheiden palvelut"
    assert only(project(Teemat=name), tul.Project).themes == ("children_youth_and_families",)
    codes = project(**{"Osallistujien tunnukset": "turku, oma-1"})
    assert only(codes, tul.Project).participants == ("turku", "oma-1")
    one = only(project(Osallistujat="turku,"), tul.Project)
    assert one.participants == ("turku",)


def test_number_may_be_a_list_of_one() -> None:
    """A workbook stores a single number as a number."""
    data = workbook(("Tunnus", "Nimi", "Aluekoodi", "Tavoitteet"), ("p1", "Nimi", "05", 3))
    assert only(read(data, tul.Project), tul.Project).goals == (tul.GoalNumber(3),)


def test_empty_cell_is_unknown() -> None:
    """An empty list has a word of its own."""
    assert only(project(Tavoitteet=""), tul.Project).goals is None
    assert only(project(Tavoitteet="None"), tul.Project).goals == ()


CALL = {"id": "haku-9", "name.fi": "Haku", "kind": "programme"}
SHARE = {
    "code": "99",
    "name.fi": "Maakunta",
    "maximum_share.population": 1,
    "maximum_share.sharing": 18,
    "maximum_share.population_of_all": 2,
    "maximum_share.counted_on": "31.12.2018",
}
SOURCE = {"id": "lahde-9", "publisher": "Julkaisija", "about": "Aihe"}


def entity(
    cls: type[tul.Entity], start: Mapping[str, object], column: str, text: object
) -> tul.Reading:
    """Read an entity of a class by the names of its fields, which are headers, too."""
    fields = {**start, column: text}
    return read(workbook([*fields], [*fields.values()]), cls)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 200", 1200), (12, 12), ("13", 13), (14.0, 14)],
)
def test_whole_numbers_are_read(text: object, value: int) -> None:
    """A number may be text, with spaces between thousands."""
    reading = entity(tul.Call, CALL, "applications", text)
    assert only(reading, tul.Call).applications == value


@pytest.mark.parametrize(
    ("text", "code"), [("12,5", "TSK002"), (12.25, "TSK002"), ("-3", "TSK006")]
)
def test_other_text_is_not_a_whole_number(text: object, code: str) -> None:
    """Nothing is rounded."""
    reading = entity(tul.Call, CALL, "applications", text)
    assert codes_and_cells(reading) == [f"{code} /calls/0/applications Taul1!D2"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("Kyllä", True), ("nej", False), (True, True), ("ehkä", None), ("FALSE", False)],
)
def test_booleans_are_read(text: object, value: object) -> None:
    """Yes and no in three languages; anything else is a finding."""
    reading = entity(tul.Call, CALL, "own_contribution_required", text)
    if value is None:
        assert codes_and_cells(reading) == ["TSK006 /calls/0/own_contribution_required Taul1!D2"]
    else:
        assert only(reading, tul.Call).own_contribution_required is value


def test_url_is_read() -> None:
    """Spaces around it are ignored; other text is a finding."""
    reading = entity(tul.Source, SOURCE, "url", " https://example.org/1 ")
    assert only(reading, tul.Source).url == "https://example.org/1"
    assert codes_and_cells(entity(tul.Source, SOURCE, "url", "example")) == [
        "TSK006 /sources/0/url Taul1!D2"
    ]


@pytest.mark.parametrize("text", ["7,93 %", "7,93", 7.93])
def test_percentage_is_read(text: object) -> None:
    """It may have a percent sign."""
    reading = entity(tul.Maakunta, SHARE, "maximum_share.percent", text)
    share = only(reading, tul.Maakunta).maximum_share
    assert share is not None
    assert share.percent == Decimal("7.93")
