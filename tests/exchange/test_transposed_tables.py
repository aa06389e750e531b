"""A table whose headers are below each other: it is recognised, and nothing in it is misread."""

import pytest

import tulevaisuus as tul
from tests.exchange.tables import codes_and_cells, csv_bytes, read, workbook
from tulevaisuus.exchange.csv_and_excel.registered_functions import read as read_any
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.findings import LANGUAGES

TURNED = (
    ("Avustuksen tunnus", "g1", "g2"),
    ("Hanke", "varsinais-suomi", "pirsote"),
    ("Haku", "shc-2021", "shc-2021"),
    ("Tila", "myönnetty", "myönnetty"),
    ("Määrä", "100000", "200000"),
)
TITLED = (("Avustukset 2021", "", ""), ("", "Varsinais-Suomi", "Pirkanmaa"), *TURNED[1:])
FORM = tuple(row[:2] for row in TURNED)


@pytest.mark.parametrize("rows", [TURNED, TITLED, FORM], ids=["table", "with a title", "form"])
@pytest.mark.parametrize("as_workbook", [True, False])
def test_a_transposed_table_is_recognised(
    rows: tuple[tuple[str, ...], ...],
    as_workbook: bool,  # noqa: FBT001 - the kind of file
) -> None:
    """One error states what to do, in place of one for each cell."""
    data = workbook(*rows) if as_workbook else csv_bytes(*rows)
    for reading in (read(data), read_any(data, ReadOptions())):
        (error,) = (each for each in reading.findings if each.severity is tul.Severity.ERROR)
        assert error.code == "TSK001"
        assert "the headers are below each other" in error.message("en")
        assert ", Haku, Tila" in error.message("fi")
        assert all(", Transpon" in error.message(each) for each in LANGUAGES[:2])
        assert error.location is not None
        assert error.location.row == (3 if rows is TITLED else 1)
        assert not reading.portfolio.grants


def test_words_below_each_other_are_values_of_a_table_with_more_headers() -> None:
    """Names of columns may be values; the row of headers that knows more fields is the header."""
    headers = ("Tunnus", "Haku", "Hanke", "Tila", "Määrä")
    rows = [(word, "shc-2021", "pirsote", "granted", "5") for word in ("Haku", "Hanke", "Tila")]
    assert [grant.id for grant in read(csv_bytes(headers, *rows)).portfolio.grants] == [
        "Haku",
        "Hanke",
        "Tila",
    ]


def test_two_words_below_each_other_are_no_headers() -> None:
    """Two known words in a column may be anything."""
    reading = read(csv_bytes(("Hanke", "x"), ("Haku", "y")))
    assert "TSK003 /grants A1" not in codes_and_cells(reading)
    assert not [each for each in reading.findings if "below each other" in each.message("en")]
