"""Sums over whole tables: exact to the thousandth, and never too large for an engine."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.frames.agreement import ALL, ORDER, difference, found_in, frames_of, loaded
from tulevaisuus import frames

duckdb = pytest.importorskip("duckdb")
pl = pytest.importorskip("polars")

LARGEST = 999_999_999_999.99
ROWS = 30_000


def grants(amount: float) -> Mapping[str, Any]:
    """Return grants of one call whose sum has more digits than 64 bits."""
    same = {"call": "c", "project": "p", "status": "granted", "amount_eur": amount}
    keys = [f"g{number:06}" for number in range(ROWS)]
    call = {"id": ["c"], "name_fi": ["Haku"], "maximum_eur": [LARGEST]}
    return {"grants": pl.DataFrame({"id": keys, **same}), "calls": pl.DataFrame(call)}


@pytest.mark.proof
@pytest.mark.parametrize(
    ("amount", "passing", "total"),
    [
        (LARGEST, "g000001", "1999999999999.98"),
        (LARGEST / 2, "g000002", "1499999999999.97"),
        (50_000_000.0, "g019999", "1000000000000"),
    ],
)
def test_sum_of_many_large_grants_exceeds_its_maximum_once(
    amount: float, passing: str, total: str
) -> None:
    """Grants after that are not added, as no engine could represent the sum."""
    tables = grants(round(amount, 2))
    connection: Any = duckdb.connect()
    relations = {name: connection.from_arrow(each.to_arrow()) for name, each in tables.items()}
    for given in (tables, relations):
        found = found_in(frames.check(given, select="TSK304").violations)
        assert [(row[1], row[-1]) for row in found] == [(passing, total)]


@pytest.mark.parametrize("rounded_to", [0.01, 0.03, 1000])
def test_sum_is_exact_to_the_thousandth(rounded_to: float) -> None:
    """Half a cent is added and shown, as by the rule on objects."""
    call = {"id": "c", "name": {"fi": "Haku"}, "maximum_eur": 1000}
    rounded = {"precision": "rounded", "rounded_to_eur": rounded_to, "amount_eur": 600.55}
    grant = {"call": "c", "project": "varsinais-suomi", "status": "granted", **rounded}
    document = {"calls": [call], "grants": [{"id": f"g{each}", **grant} for each in range(4)]}
    assert difference(loaded(document), "polars", select="TSK304") == ({}, {})


def test_redefined_fact_is_found() -> None:
    """An organisation with the key of a fact must equal it; whole objects are compared."""
    document = {"organisations": [{"id": "turku", "name": {"fi": "Turku"}}]}
    assert difference(loaded(document), "polars", select=ALL) == ({}, {})
    whole = frames_of(loaded(document), "polars")
    twice = {**whole, "organisations": pl.concat([whole["organisations"]] * 2)}
    found = found_in(frames.check(twice, select="TSK008", order=ORDER).violations)
    assert found.total() == 2, "differs from the fact, and has the key of the row before"
    alone = {"organisations": whole["organisations"].drop("row_number")}
    assert frames.check(alone, select="TSK008").counts() == (), "its lists are not known"


def test_order_decides_which_grant_exceeds() -> None:
    """It is decided by the column of the order."""
    tables = grants(600_000_000_000.0)
    first = {**tables, "grants": tables["grants"].with_columns(nro=-pl.row_index().cast(pl.Int64))}
    found = found_in(frames.check(first, select="TSK304", order={"grants": "nro"}).violations)
    assert [row[1] for row in found] == [f"g{ROWS - 2:06}"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("unnumbered", [0, 5])
def test_parts_of_a_table_are_summed_in_the_order_of_their_numbers(
    engine: str, unnumbered: int
) -> None:
    """The result is the same by numbers as by keys; rows without a number are first."""
    tables = grants(50_000_000.0)
    number = pl.row_index().cast(pl.Int64)
    numbers = pl.when(number < ROWS - unnumbered).then(number + 3)
    given: Mapping[str, Any] = {**tables, "grants": tables["grants"].with_columns(nro=numbers)}
    if engine == "duckdb":
        connection: Any = duckdb.connect()
        given = {name: connection.from_arrow(each.to_arrow()) for name, each in given.items()}
    found = found_in(frames.check(given, select="TSK304", order={"grants": "nro"}).violations)
    expected = (f"g{19_999 - unnumbered:06}", "1000000000000")
    assert [(row[1], row[-1]) for row in found] == [expected]
