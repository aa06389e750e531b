"""The fast reader of rows and the full one give the same results."""

import pytest

import tulevaisuus as tul
from tests.exchange.tables import codes_and_cells, csv_bytes, read
from tulevaisuus.exchange.csv_and_excel import fast_rows

HEADERS = ("Tunnus", "Haun tunnus", "Hanke", "Tila", "Käyttöaika", "Käyttöaika alkaa")
ROW = ("g1", "shc-2021", "PirSOTE", "granted")


def _nothing(*arguments: object) -> None:
    """Leave every row to the full reader."""
    del arguments


def both_ways(
    data: bytes, monkeypatch: pytest.MonkeyPatch, **options: object
) -> tuple[tul.Reading, tul.Reading]:
    """Read a table as usual, and then with the full reader only."""
    quick = read(data, **options)  # type: ignore[arg-type]
    monkeypatch.setattr(fast_rows.FastRowReader, "read", _nothing)
    return quick, read(data, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "start"),
    [
        ("1.1.2021–31.12.2023", "1.1.2021"),
        ("1.1.2021–31.12.2023", "1.2.2021"),
        ("–31.12.2023", "1.1.2021"),
        ("1.1.2021–31.12.2023", ""),
        ("", "1.1.2021"),
    ],
)
@pytest.mark.parametrize("constants", [{}, {"usable": "1.1.2020–31.12.2022", "amount_eur": "5"}])
def test_columns_of_one_field_and_constants(
    period: str, start: str, constants: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Columns agree or are a finding; constants fill empty cells."""
    data = csv_bytes(HEADERS, (*ROW, period, start))
    quick, careful = both_ways(data, monkeypatch, constants=constants)
    assert quick.portfolio == careful.portfolio
    assert codes_and_cells(quick, notes=True) == codes_and_cells(careful, notes=True)


def test_ids_of_parts_of_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template can use the start of a period; without it there is no id."""
    rows = [
        (*ROW[1:], "1.1.2021–", ""),
        (*ROW[1:], "–31.12.2023", ""),
        (*ROW[1:], "", ""),
    ]
    data = csv_bytes(HEADERS[1:], *rows)
    quick, careful = both_ways(data, monkeypatch, ids="{project}-{usable.start}-x")
    assert [*quick.portfolio.grants.keys()] == ["pirsote-2021-01-01-x"]
    assert quick.portfolio == careful.portfolio
    assert codes_and_cells(quick, notes=True) == codes_and_cells(careful, notes=True)
