"""Merged cells: which rows have their value, and which value messages quote."""

from collections.abc import Callable

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, codes_and_cells, read, workbook
from tulevaisuus.exchange.csv_and_excel.finding_locations import TableLocator
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.findings import messages


def merging(*ranges: str) -> Callable[[Worksheet], object]:
    """Return a function that merges cells of a sheet."""
    return lambda sheet: [sheet.merge_cells(each) for each in ranges]


def projects(reading: tul.Reading) -> dict[str, str]:
    """Return the project of each grant."""
    return {each.id: str(each.project) for each in reading.portfolio.grants}


def test_contradiction_quotes_the_merged_value() -> None:
    """The value is in the cell above; the message quotes it."""
    data = workbook(
        (*GRANTS, "project:code"),
        ("g1", "shc-2021", "PirSOTE", "granted", "kainuu"),
        ("g2", "shc-2021", None, "granted", "kainuu"),
        change=merging("C2:C3"),
    )
    reading = read(data)
    messages = [each.message("en") for each in reading.findings if each.code == "TSK006"]
    assert messages == [
        f'"PirSOTE" contradicts column E{row}; correct one of the two' for row in (2, 3)
    ]


def test_contradiction_names_the_cell_with_the_value() -> None:
    """It does so even if the merged cell was read first."""
    data = workbook(
        (*GRANTS, "project:code"),
        ("g1", "shc-2021", "kainuu", "granted", "pirsote"),
        ("g2", "shc-2021", "kainuu", "granted", None),
        change=merging("E2:E3"),
    )
    messages = [each.message("en") for each in read(data).findings if each.code == "TSK006"]
    assert messages == ['"kainuu" contradicts column E2; correct one of the two'] * 2


def test_merged_header_is_not_a_value() -> None:
    """The text of a header is never the value of a row below it."""
    data = workbook(
        GRANTS,
        ("g1", "shc-2021", None, "granted"),
        ("g2", "shc-2021", None, "granted"),
        ("g3", "shc-2021", "PirSOTE", "granted"),
        change=merging("C1:C3"),
    )
    reading = read(data)
    assert codes_and_cells(reading) == [
        "TSK003 /grants/0/project Taul1!C2",
        "TSK003 /grants/1/project Taul1!C3",
    ]
    assert projects(reading) == {"g3": "pirsote"}


def test_cell_merged_with_a_sum_fills_the_rows_below() -> None:
    """The rows below have the value, although the row at the top is not a grant."""
    data = workbook(
        GRANTS,
        ("Yhteensä", None, "PirSOTE", None),
        ("g1", "shc-2021", None, "granted"),
        ("g2", "shc-2020", None, "granted"),
        change=merging("C2:C4"),
    )
    reading = read(data)
    assert codes_and_cells(reading) == []
    assert projects(reading) == {"g1": "pirsote", "g2": "pirsote"}


def test_block_of_merged_cells_fills_its_first_column() -> None:
    """The other columns are reported once for the block."""
    data = workbook(
        (*GRANTS[:3], "Saaja", "Tila"),
        ("g1", "shc-2021", "PirSOTE", None, "granted"),
        ("g2", "shc-2021", None, None, "granted"),
        change=merging("C2:D3"),
    )
    reading = read(data)
    assert codes_and_cells(reading) == ["TSK006 /grants Taul1!2"]
    assert projects(reading) == {"g1": "pirsote", "g2": "pirsote"}


@pytest.mark.parametrize(("index", "row"), [(3, 7), (4, 9), (2, None), (5, None), (0, None)])
def test_finding_on_a_row_of_another_batch_has_no_row(index: int, row: int | None) -> None:
    """It is never located at another row."""
    locator = TableLocator(Grid(rows={}, source="a.csv"), (7, 9), {}, first_index=3)
    (found,) = locator.locate([messages.MISSING_FIELD.finding(f"/grants/{index}", field="id")])
    assert found.location is not None
    assert (found.location.source, found.location.row) == ("a.csv", row)
