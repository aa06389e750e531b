"""Cost ledgers: tables of a class that is not in portfolios."""

from decimal import Decimal
from pathlib import Path

import pytest

import tulevaisuus as tul
from tulevaisuus import formats
from tulevaisuus.exchange import read_table, write_table
from tulevaisuus.funding import Cost

LEDGER = """\
Tosite;Tositepäivä;Kustannuslaji;Projekti;Selite;Summa (€)
101;15.3.2022;Henkilöstökustannukset;Oma hanke;Palkat;1 250,50
101;1.3.2022–31.3.2022;4000;hanke-1;Vuokra;-100,00
102;31.2.2022;4000;hanke-1;;20
103;31.3.2022–1.3.2022;4000;hanke-1;;20
104;maaliskuu;4000;hanke-1;;20
"""


def test_ledger_is_read() -> None:
    """Dates, periods and corrections are read; a line without an id has the number of its row."""
    reading = read_table(LEDGER.encode(), Cost, ids="{row}")
    first, second = reading.entities_of(Cost)
    assert (first.id, first.voucher, first.description) == ("2", "101", "Palkat")
    assert (first.project, first.category) == ("Oma hanke", "Henkilöstökustannukset")
    assert (str(second.day), second.amount_eur) == ("2022-03-01/2022-03-31", Decimal(-100))
    errors = [
        (each.code, each.location.cell)
        for each in reading.findings
        if each.severity is tul.Severity.ERROR and each.location
    ]
    assert errors == [("TSK006", "B4"), ("TSK011", "B5"), ("TSK006", "B6")]
    assert [*reading.indices_in("costs")] == [0, 1]
    assert [*tul.Reading().indices_in("costs")] == []


@pytest.mark.parametrize("headers", ["Datum;Konto;Projekt;Belopp", "Date;Account;Project;Amount"])
def test_headers_of_ledgers_in_other_languages(headers: str) -> None:
    """The same columns are read in Swedish and English."""
    reading = read_table(f"{headers}\n2022-03-15;4000;p;5\n".encode(), Cost, ids="{row}")
    (cost,) = reading.entities_of(Cost)
    assert (cost.category, cost.project, cost.amount_eur) == ("4000", "p", Decimal(5))


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_costs_are_written_and_read_back(ending: str, tmp_path: Path) -> None:
    """Tables and JSON Lines represent every field of a cost."""
    costs = tuple(read_table(LEDGER.encode(), Cost, ids="{row}").entities_of(Cost))
    path = tmp_path / f"costs.{ending}"
    if ending == "jsonl":
        formats.write_lines(path, costs)
    else:
        write_table(path, costs)
    assert tuple(tul.read(path, of=Cost).entities_of(Cost)) == costs


def test_entities_of_a_portfolio_class_are_returned_too() -> None:
    """Such a class has its register, also if the table cannot be read."""
    reading = tul.read({"format": "tulevaisuus", "format_version": "1.0"})
    assert reading.entities_of(tul.Grant) is reading.portfolio.grants
    assert len(reading.entities_of(Cost)) == 0


def test_class_with_the_name_of_a_register_is_an_error() -> None:
    """Its entities would be mistaken for those of the portfolio."""

    class Other(tul.Entity):
        """A class of a user's own."""

        plural = "grants"

    with pytest.raises(TypeError, match="no register of a portfolio holds a Other"):
        read_table(b"", Other)
