"""Hidden sheets, and rows that are struck through."""

import io
from collections.abc import Callable
from typing import Literal

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.exchange.tables import GRANTS, codes_and_cells, read, workbook
from tulevaisuus.findings import LANGUAGES

ROW = ("g1", "shc-2021", "pirsote", "granted")


def struck(*cells: str, row: int = 2) -> Callable[[Worksheet], object]:
    """Return a function that strikes through cells of a row."""

    def change(sheet: Worksheet) -> None:
        for column in cells:
            sheet[f"{column}{row}"].font = Font(strike=True)

    return change


def test_struck_row_is_read_with_a_warning() -> None:
    """For many people such a row is cancelled; it counts until it is deleted."""
    data = workbook(GRANTS, ROW, ("g2", *ROW[1:]), change=struck("A", "B", "C", "D"))
    reading = read(data)
    assert [*reading.portfolio.grants.keys()] == ["g1", "g2"]
    assert codes_and_cells(reading) == ["TSK001 /grants Taul1!2"]
    assert "struck through" in reading.findings[0].message("en")


def test_row_with_one_struck_cell_is_read() -> None:
    """Only one of its values was corrected; a struck header is not a row."""
    assert codes_and_cells(read(workbook(GRANTS, ROW, change=struck("A", "B", "C")))) == []
    assert (
        codes_and_cells(read(workbook(GRANTS, ROW, change=struck("A", "B", "C", "D", row=1)))) == []
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_workbook_with_hidden_sheets_only(
    state: Literal["hidden", "veryHidden"], language: str
) -> None:
    """It is not called empty: the hidden sheet is named, and can be chosen."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(GRANTS, ROW, sheet="Vanhat")))
    book.create_sheet("Kansi")
    book["Vanhat"].sheet_state = state
    book.active = 1
    made = io.BytesIO()
    book.save(made)
    (finding,) = read(made.getvalue()).findings
    assert (finding.code, finding.severity) == ("TSK001", "error")
    assert "Vanhat" in finding.message(language)
    assert "--sheet" in finding.message(language)
    assert len(read(made.getvalue(), sheet="Vanhat").portfolio.grants) == 1
