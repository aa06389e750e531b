"""Amounts in other units than euros, shown in the cell, the header or the title, are reported."""

import datetime as dt
from decimal import Decimal
from typing import cast

import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, codes_and_cells, csv_bytes, read, workbook
from tulevaisuus.exchange.csv_and_excel.number_formats import shows_day, unit_of

ROW = ("g1", "shc-2021", "pirsote", "granted")


@pytest.mark.parametrize(
    ("number_format", "unit"),
    [
        ("General", None),
        ("#,##0.00", None),
        ('#,##0.00\\ "€"', None),
        ("#,##0 [$€-40B];[Red]-#,##0 [$€-40B]", None),
        ("[$EUR] #,##0", None),
        ("[$-40B]#,##0", None),
        ('0"%"', "%"),
        ("0 %", "%"),
        ("0.00%", "%"),
        ("[$SEK] #,##0", "SEK"),
        ("#,##0 [$kr-41D]", "kr"),
        ('#,##0\\ "kr"', "kr"),
        ('"$"#,##0', "$"),
        ("#,##0,", "1 000 €"),
        ('#,##0.0,,\\ "M€"', "1 000 000 €"),
        ('#,##0,"x;y"', "1 000 €"),
        ('[>=1000000]0.0,,"M€";[>=1000]0 "k€";0 "€"', "k€"),
        ('[>=1000]#,##0 "k€"', "k€"),
        ('[<0]-0;0 "€"', None),
        ("[Red]-0", "-"),
        ("0;-0;;@", None),
        ('"lukko"', "lukko"),
    ],
)
def test_number_format_shows_a_unit(number_format: str, unit: str | None) -> None:
    """Percent, another currency, thousands or millions; euros are not reported."""
    found = unit_of(number_format)
    assert (None if found is None else found.text) == unit


@pytest.mark.parametrize(
    ("number_format", "unit"),
    [
        ('0.0 "milj. €"', "milj. €"),
        ("0.0\\ \\M\\€", "M€"),
        ('#,##0 "k€"', "k€"),
        ('#,##0 "t€"', "t€"),
        ('#,##0 "TEUR"', "TEUR"),
        ('#,##0" tuhatta"', "tuhatta"),
        ('#,##0" tuh. €"', "tuh. €"),
        ('"EUR thousand "0', "EUR thousand"),
        ('0.00 "miljarder"', "miljarder"),
        ('0 "1000 €"', "1000 €"),
        ('0"000 €"', "000 €"),
        ("0\\.\\0\\0\\0", ".000"),
        ('0.0, "milj. €"', "milj. €"),
        ('0,, "t€"', "t€"),
        ('General" milj."', "milj."),
    ],
)
def test_number_format_multiplies_in_words(number_format: str, unit: str) -> None:
    """The screen shows 1.5 million, but the value is 1.5: nobody can read it as euros."""
    found = unit_of(number_format)
    assert found is not None
    assert (found.text, found.message.severity) == (unit, tul.Severity.ERROR)


@pytest.mark.parametrize(
    ("number_format", "text"),
    [('"~"0', "~"), ('0 "/v"', "/v"), ('0 "kpl"', "kpl"), ('"("0")"', "( )"), ('0"M"', "M")],
)
def test_number_format_adds_another_text(number_format: str, text: str) -> None:
    """What it means is not known, so the amount is read with a warning."""
    found = unit_of(number_format)
    assert found is not None
    assert (found.text, found.message.severity) == (text, tul.Severity.WARNING)


@pytest.mark.parametrize(
    "number_format",
    [
        *('0 "euroa"', '0",-"', '0" e"', '0.00",- €"', '"+"0', '"€ "0', "0€", "#\\ ##0\\ \\€"),
        *('_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-', "_(* #,##0.00_)", "@", "0.00E+00", "# ?/?"),
    ],
)
def test_number_format_shows_euros_only(number_format: str) -> None:
    """Signs and words for euros, a plus, and marks of whole euros change nothing."""
    assert unit_of(number_format) is None


def test_commas_and_words_that_agree() -> None:
    """The value is in euros: the commas divide by as much as the word multiplies by."""
    for number_format in ('0.0,, "milj. €"', '#,##0, "k€"', '#,##0,"000 €"'):
        found = unit_of(number_format)
        assert found is not None
        assert found.message.severity is tul.Severity.WARNING


def test_builtin_currency_format_has_no_known_currency() -> None:
    """A workbook has only its number, so its dollar may be any currency."""
    assert unit_of('"$"#,##0_);("$"#,##0)', is_built_in=True) is None
    assert unit_of("0%", is_built_in=True) is not None


@pytest.mark.parametrize("number_format", ["dd/mm/yyyy;@", "[$-40B]D. MMMM YYYY"])
def test_number_format_shows_a_date(number_format: str) -> None:
    """The parts of a date may be in any order and language."""
    assert shows_day(number_format)


@pytest.mark.parametrize("number_format", ["mmm\\-yy", 'yyyy" vuodesta"', "[$-40D]mmmm yyyy;@"])
def test_number_format_without_a_date(number_format: str) -> None:
    """Text in quotes or brackets, such as a language, is not a date."""
    assert not shows_day(number_format)


def test_month_is_not_a_date() -> None:
    """For 3/2022 the program stores the first of the month, which was not meant."""

    def change(sheet: Worksheet) -> None:
        cast("Cell", sheet["E2"]).number_format = "mmm yyyy"

    day = dt.date(2022, 3, 1)
    reading = read(workbook((*GRANTS, "Päätöspäivä"), (*ROW, day), change=change))
    assert [each.split()[:2] for each in codes_and_cells(reading)] == [
        ["TSK006", "/grants/0/decided_on"]
    ]
    assert "03/2022" in reading.findings[0].message("fi")
    assert reading.findings[0].location is not None
    assert reading.findings[0].location.cell == "E2"


def amount(number_format: str, header: str = "Myönnetty") -> tul.Reading:
    """Read a grant with one cell of this format."""

    def change(sheet: Worksheet) -> None:
        cast("Cell", sheet["E2"]).number_format = number_format

    return read(workbook((*GRANTS, header), (*ROW, 5000), change=change))


def test_amount_in_another_unit_is_not_read() -> None:
    """The message names the unit and asks for euros."""
    reading = amount("[$SEK] #,##0")
    assert codes_and_cells(reading) == ["TSK006 /grants/0/amount_eur Taul1!E2"]
    assert "in the unit SEK" in reading.findings[0].message("en")
    assert "in euros" in reading.findings[0].message("en")
    assert not reading.ok


def test_amount_displayed_in_thousands_is_read_with_a_warning() -> None:
    """Its value is in euros, unless somebody wrote thousands."""
    reading = amount("#,##0,")
    assert reading.ok
    assert reading.portfolio.grants["g1"].amount_eur == Decimal(5000)
    assert "units of 1 000 €" in reading.findings[0].message("en")


def test_amount_displayed_in_millions_by_words_is_not_read() -> None:
    """Its value is not in euros: 1.5 is shown as 1.5 million."""
    reading = amount('0.0 "milj. €"')
    assert codes_and_cells(reading) == ["TSK006 /grants/0/amount_eur Taul1!E2"]
    assert "in the unit milj. €, so it was not read" in reading.findings[0].message("en")
    assert len(reading.portfolio.grants) == 0


def test_amount_with_another_text_is_read_with_a_warning() -> None:
    """The message quotes the text, in which nothing invisible may hide."""
    reading = amount('"~\u200b"0')
    assert reading.portfolio.grants["g1"].amount_eur == Decimal(5000)
    (finding,) = reading.findings
    assert 'shows the text "~\\u200b" beside the amount' in finding.message("en")


@pytest.mark.parametrize(("number_format", "is_read"), [('0 "%"', True), ("0%", False)])
def test_percentages_may_have_a_percent_sign(number_format: str, is_read: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    """A sign in quotes does not multiply; without quotes, 80 % would be the number 0.8."""

    def change(sheet: Worksheet) -> None:
        cast("Cell", sheet["B2"]).number_format = number_format

    reading = read(
        workbook(("code", "maximum_share.percent"), ("02", 80), change=change), tul.Maakunta
    )
    assert ("TSK006" not in {each.code for each in reading.findings}) is is_read


def test_only_amounts_have_units() -> None:
    """Other numbers may have any format."""
    reading = amount("0%", "Asianumero")
    assert all(each.code != "TSK006" for each in reading.findings)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Myönnetty (SEK)", "the unit of the amounts is SEK"),
        ("Myönnetty, %", "the unit of the amounts is %"),
        ("Myönnetty 1 000 euroa", "thousands or millions"),
        ("Myönnetty M€", "thousands or millions"),
        ("Myönnetty (1000 e)", "thousands or millions"),
        ("Myönnety SEK", "is unknown"),
        ("Myönnetty 2021", "is unknown"),
        ("Tila (%)", "is unknown"),
    ],
)
def test_header_with_a_unit_or_year_is_not_a_misspelling(header: str, words: str) -> None:
    """The column is left out, without a suggestion of another field."""
    reading = read(csv_bytes((*GRANTS, header), (*ROW, "5")))
    found = [each.message("en") for each in reading.findings if each.code == "TSK004"]
    assert len(found) == 1
    assert words in found[0]
    assert "did you mean" not in found[0]


def test_title_may_name_a_unit() -> None:
    """A warning at the cell above the headers."""
    data = csv_bytes(("Määrät, SEK", "", "", "", ""), (*GRANTS, "Myönnetty"), (*ROW, "5"))
    reading = read(data)
    assert "TSK001 /grants A1" in codes_and_cells(reading)
    assert any("check the unit" in each.message("en") for each in reading.findings)
