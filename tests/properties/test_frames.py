"""Frames of every library and objects have the same findings, on cases and dense documents.

``python -m tests.frames.agree 1000`` compares a thousand documents on every library.
"""

import functools

import pytest
from hypothesis import settings

import tulevaisuus as tul
from tests.frames.agree import dense_portfolios, violating_portfolios
from tests.frames.agreement import ALL, ENGINES, difference
from tests.frames.packing import packed
from tests.rules.cases import BROKEN, VALID
from tulevaisuus.frames.tables.tables_with_facts import DATA_REGISTERS

SEARCHING = settings.get_current_profile_name() != "tests"
MANY = 300 if SEARCHING else 100
# Lazy frames of Polars are asked the same as its others; DuckDB takes long to plan, and is asked
# about dense documents each night. Cells of all tables are run by Polars in tests/frames; of the
# others, each is asked about each type of cells in three registers, and in all of them each night.
DENSE = [each for each in ENGINES if SEARCHING or each not in {"lazy", "duckdb"}]
CELLS = [each for each in ENGINES if SEARCHING or each not in {"lazy", "polars"}]
REGISTERS = [each for each in DATA_REGISTERS if each != "grants"]
OTHERS = [each for each in ENGINES if each != "polars"]
"""All but the one that tests/frames asks about the same cases."""

DOCUMENTS = [*(case.registers for case in BROKEN.values()), *VALID.values()]

pytest.importorskip("polars")
pytest.importorskip("pandas")
pytest.importorskip("pyarrow")

from tests.frames.cells import TYPES, compare, random_tables  # noqa: E402 - needs these
from tests.frames.dirty import compared, dirty_rows  # noqa: E402 - as above


@functools.cache
def cases() -> tul.Portfolio:
    """Return the broken and valid cases of all rules in one portfolio."""
    return packed(DOCUMENTS, len(DOCUMENTS))[0]


@functools.cache
def dense() -> tul.Portfolio:
    """Return forty dense documents in one portfolio."""
    (portfolio,) = dense_portfolios(40)
    return portfolio


@pytest.mark.parametrize("engine", OTHERS)
def test_cases_of_rules_on_frames_and_objects(engine: str) -> None:
    """Frames find the same in broken and valid cases as objects."""
    assert difference(cases(), engine, select=ALL) == ({}, {})


@pytest.mark.parametrize("engine", DENSE)
def test_dense_documents_on_frames_and_objects(engine: str) -> None:
    """With dates and sums next to every bound, frames of each library find what objects find."""
    assert difference(dense(), engine, select=ALL) == ({}, {})


@pytest.mark.parametrize("engine", DENSE)
def test_rows_with_wrong_cells_are_judged_alike(engine: str) -> None:
    """Frames find what objects find beside wrong cells, and leave the same rows unchecked."""
    for seed in range(1, MANY // 50):
        found = compared(dirty_rows(seed, 12), ENGINES[engine], select=ALL)
        assert found == ({}, {}, {}, set())


def test_many_dense_documents_on_polars() -> None:
    """Some hundred more, a part of them one by one."""
    for portfolio in [*dense_portfolios(MANY), *dense_portfolios(MANY // 50, 1)]:
        assert difference(portfolio, "polars", select=ALL) == ({}, {})


def test_violating_portfolios_on_frames_and_objects() -> None:
    """What the strategies generate for each rule is found in frames as in objects."""
    for portfolio in violating_portfolios(1):
        assert difference(portfolio, "polars", select=ALL) == ({}, {})


@pytest.mark.parametrize("engine", CELLS)
@pytest.mark.parametrize("cell_type", TYPES)
def test_cells_are_validated_as_in_rows(cell_type: str, engine: str) -> None:
    """Whatever a column contains, frames find in it what readers of rows find."""
    number = [*TYPES].index(cell_type)
    some = ("grants", *(REGISTERS[(number + each) % len(REGISTERS)] for each in (0, 3)))
    registers = DATA_REGISTERS if SEARCHING else some
    if (cell_type, engine) == ("whole", "pandas"):
        pytest.skip("pandas itself makes floats of whole numbers beside empty cells")
    assert compare(random_tables(cell_type, 60, 1, registers), cell_type, engine) == ({}, {}, [])
