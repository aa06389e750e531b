"""Findings about what the caller chose: a template of ids, extra headers, a sheet; and ledgers."""

from collections.abc import Callable, Mapping

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, codes_and_cells, csv_bytes, read, workbook
from tulevaisuus.funding import Cost

HEADERS = ("Haku", "Hanke", "Päätös", "Myönnetty")
ROW = ("shc-2021", "pirsote", "Myönnetty", "5")
LEDGER = ("Pvm", "Hanke", "Tili")
COST = ("15.3.2021", "pirsote", "4000")
MAKERS: tuple[Callable[..., bytes], ...] = (csv_bytes, workbook)


def errors(reading: tul.Reading) -> list[str]:
    """Return the English messages of errors and warnings."""
    return [each.message("en") for each in reading.findings if each.severity > tul.Severity.NOTE]


def test_repeated_id_of_a_template_names_the_earlier_row() -> None:
    """The reader has made it, so the template is at fault, and not the row."""
    reading = read(csv_bytes(HEADERS, ROW, ROW), ids="{project}")
    assert codes_and_cells(reading) == ["TSK008 /grants/1/id 3"]
    (message,) = errors(reading)
    assert message == (
        "key pirsote, which was made for this row, is already used in row 2; add a field in which "
        "the rows differ to the template of ids, or the number of the row: {project}-{row}"
    )


def test_repeated_id_of_a_cell_names_the_earlier_row() -> None:
    """Also if another row has an id from a template."""
    rows = (("g1", *ROW[:3]), ("g1", *ROW[:3]))
    for ids in (None, "{row}"):
        reading = read(csv_bytes(GRANTS, *rows), ids=ids)
        assert errors(reading) == ["key g1 is already used in row 2; give each row its own key"]


def test_repeated_code_names_the_earlier_row() -> None:
    """Not all keys are ids."""
    reading = read(csv_bytes(("code", "name.fi"), ("A", "Yksi"), ("A", "Toinen")), tul.Area)
    assert "key A is already used in row 2; give each row its own key" in errors(reading)


def test_row_with_an_error_is_not_reported_for_its_made_id() -> None:
    """Its own error is enough; a second finding would not help to correct it."""
    wrong = (*ROW[:3], "viisi")
    reading = read(csv_bytes(HEADERS, ROW, wrong, wrong), ids="{project}")
    assert codes_and_cells(reading) == [
        "TSK006 /grants/1/amount_eur D3",
        "TSK006 /grants/2/amount_eur D4",
    ]
    assert len(reading.rejected) == 2


def test_row_with_a_warning_is_reported_for_its_made_id() -> None:
    """It is read, so its id counts."""
    reading = read(
        workbook(
            HEADERS,
            (*ROW[:3], 5),
            (*ROW[:3], 5),
            change=lambda sheet: setattr(sheet["D3"], "number_format", "#,##0,"),
        ),
        ids="{project}",
    )
    assert [each.split()[0] for each in codes_and_cells(reading)] == ["TSK006", "TSK008"]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            {"Euroa yhteensa": "amount_eur"},
            'header "Euroa yhteensa", which the options name, is not in the table; did you mean',
        ),
        (
            {"Aivan muu": "case_number"},
            'header "Aivan muu", which the options name, is not in the table; correct it in the',
        ),
    ],
)
def test_header_of_the_caller_that_the_sheet_lacks(
    headers: Mapping[str, str], expected: str
) -> None:
    """Otherwise the option would have no effect, and nobody would know."""
    data = csv_bytes((*HEADERS[:3], "Euroa yhteensä €"), ROW)
    reading = read(data, ids="{row}", headers=headers)
    assert [each for each in errors(reading) if each.startswith(expected)]


def test_header_of_the_caller_that_the_sheet_has() -> None:
    """Capitals and accents do not count."""
    data = csv_bytes((*HEADERS[:3], "EUROA YHTEENSÄ"), ROW)
    assert errors(read(data, ids="{row}", headers={"Euroa yhteensa": "amount_eur"})) == []


def test_a_text_file_has_no_sheet() -> None:
    """The command refuses the option for CSV files; Python says the same."""
    reading = read(csv_bytes(HEADERS, ROW), sheet="Päätökset")
    (message,) = errors(reading)
    assert message.startswith('the sheet "Päätökset" was chosen, but the file is text')
    assert not reading.ok


@pytest.mark.parametrize("make", MAKERS)
def test_sum_with_vat_beside_the_amount_is_no_misspelling(make: Callable[..., bytes]) -> None:
    """*Summa* has the amount; *Yhteensä* is another column, and no other way to write it."""
    row = (*COST, "100,00", "24,00", "124,00")
    reading = read(make((*LEDGER, "Summa", "ALV", "Yhteensä"), row), Cost, ids="{row}")
    assert [each.severity for each in reading.findings if each.code == "TSK004"] == [
        tul.Severity.WARNING
    ] * 2
    assert not any("did you mean" in message for message in errors(reading))
    assert reading.ok
    (cost,) = reading.entities_of(Cost)
    assert cost.amount_eur == 100


@pytest.mark.parametrize("make", MAKERS)
def test_debit_and_credit_are_explained(make: Callable[..., bytes]) -> None:
    """Which of the two is the cost, and with which sign, is not guessed."""
    reading = read(make((*LEDGER, "Debet", "Kredit"), (*COST, "100,00", "")), Cost, ids="{row}")
    found = [each for each in errors(reading) if "two sides of one entry" in each]
    assert len(found) == 2
    assert 'column "Debet" was left out' in found[0]
    assert not reading.ok
