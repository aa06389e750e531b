"""Cells of frames are validated as in rows; more of them, and other libraries: tests/properties."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from tulevaisuus import frames

pl = pytest.importorskip("polars")
pytest.importorskip("pandas")
pytest.importorskip("pyarrow")

from tests.frames.cells import CODES, TYPES, compare, random_tables  # noqa: E402 - needs these
from tests.frames.engine_types import COLUMN_TYPES  # noqa: E402 - as above

GRANT = {"id": "g1", "call": "shc-2021", "project": "varsinais-suomi", "status": "granted"}


@pytest.mark.parametrize("cell_type", TYPES)
def test_cells_are_validated_as_in_rows(cell_type: str) -> None:
    """Whatever a column contains, frames find in it what readers of rows find."""
    assert compare(random_tables(cell_type, 40, 0), cell_type, "polars") == ({}, {}, [])


def test_every_sum_of_cents_is_exact_as_a_float() -> None:
    """An amount with two decimals is valid as a float, whatever its digits are."""
    amounts = [number / 100 for number in range(1, 20_001)]
    same = {name: [value] * len(amounts) for name, value in GRANT.items()}
    keys = [f"g{number}" for number in range(len(amounts))]
    given = pl.DataFrame({**same, "id": keys, "amount_eur": amounts})
    assert frames.check({"grants": given}, select="TSK012").counts() == ()


@pytest.mark.parametrize(
    ("column", "cell", "shown"),
    [
        ("decided_on", dt.datetime(2021, 5, 6, 7, 8, 9), "2021-05-06 07:08:09"),  # noqa: DTZ001 - as columns are
        ("decided_on", dt.datetime(2021, 5, 6, 0, 0, 0, 10), "2021-05-06 00:00:00.000010"),  # noqa: DTZ001 - as columns are
        ("amount_eur", Decimal("100.0010"), "100.001"),
        ("amount_eur", Decimal("1000000000000.0000"), "1000000000000"),
    ],
)
def test_wrong_cells_are_shown_as_python_writes_them(column: str, cell: object, shown: str) -> None:
    """The text of a wrong cell does not depend on the library."""
    given = pl.DataFrame({**{name: [each] for name, each in GRANT.items()}, column: [cell]})
    violations: Any = frames.check({"grants": given}, select="TSK0", ignore="TSK009").violations
    (row,) = violations.to_dicts()
    assert (row["column"], row["value"]) == (column, shown)


@pytest.mark.parametrize("name", COLUMN_TYPES)
def test_column_types_are_read_or_reported(name: str) -> None:
    """A type that loses nothing is read; any other is a finding, never an error or a cast."""
    make, findings, violations = COLUMN_TYPES[name]
    checked = frames.check({"grants": make()}, select=CODES)
    assert sorted({(each.code, each.path.rpartition("/")[2]) for each in checked.findings}) == [
        *findings
    ]
    counted = Counter({code: number for code, _, number in checked.counts()})
    of_columns = Counter(each.code for each in checked.findings)
    assert sorted((counted - of_columns).items()) == [*violations]
    assert checked.report().counts == checked.counts()


def test_wrong_cells_are_in_the_report() -> None:
    """The messages are those of the readers."""
    given: Any = pl.DataFrame({**{name: [each] for name, each in GRANT.items()}, "paid_eur": [-1]})
    (finding,) = frames.check({"grants": given}, select="TSK012").report()
    assert finding.path == "/grants/g1/paid_eur"
