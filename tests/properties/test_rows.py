"""Reading and writing any rows."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import found
from tests.properties.test_documents import ENTITIES, MADE, SAMPLE
from tests.strategies import JUNK
from tulevaisuus import formats
from tulevaisuus.findings import json_pointers
from tulevaisuus.model.portfolio import REGISTERS

ROWS = formats.to_rows([entity for register in SAMPLE.registers().values() for entity in register])
CELLS = [
    (table, number, column)
    for table, rows in ROWS.items()
    for number, row in enumerate(rows)
    for column in row
]


def new_rows() -> dict[str, Any]:
    """Return new rows of the sample; their cells are immutable."""
    return {table: [dict(row) for row in rows] for table, rows in ROWS.items()}


COLUMNS = sorted({column for _, _, column in CELLS})


@given(MADE)
def test_documents_are_read_back(portfolio: tul.Portfolio) -> None:
    """All entities of a document are written as rows, and read back equal."""
    registers = portfolio.registers()
    rows = formats.to_rows(entity for entities in registers.values() for entity in entities)
    for name, register in registers.items():
        assert formats.from_rows(rows, REGISTERS[name]) == register


@given(ENTITIES)
def test_any_entity_is_read_back(entity: tul.Entity) -> None:
    """An entity is written as rows and read back equal; rows follow their columns."""
    rows = formats.to_rows([entity])
    tables = formats.columns_of(type(entity))
    assert list(formats.from_rows(rows, type(entity))) == [entity]
    assert list(rows) == list(tables)
    for table, each in rows.items():
        assert all(list(row) == list(tables[table]) for row in each)


def made(rows: dict[str, Any], cls: type[tul.Entity]) -> tuple[Any, tuple[tul.Finding, ...]]:
    """Make entities of rows, or return the findings."""
    try:
        return formats.from_rows(rows, cls), ()
    except tul.InvalidValueError as error:
        return None, error.findings


def examine(rows: dict[str, Any], cls: type[tul.Entity]) -> None:
    """Check that rows are read as entities, or have findings that point into them."""
    entities, findings = made(rows, cls)
    assert bool(found(findings)) == (entities is None)
    assert entities is None or formats.from_rows(formats.to_rows(entities), cls) == entities
    for finding in findings:
        table, *place = json_pointers.split(finding.path)
        assert table in rows
        assert not place or int(place[0]) < len(rows[table])


CHANGES = st.lists(st.tuples(st.sampled_from(CELLS), JUNK), min_size=1, max_size=3)


@given(CHANGES)
def test_changed_cells(changes: list[tuple[tuple[str, int, str], object]]) -> None:
    """Whatever is in a cell is read or reported at that cell."""
    rows = new_rows()
    for (table, number, column), put in changes:
        rows[table][number][column] = put
    for name in {table for (table, _, _), _ in changes}:
        cls = next(each for each in REGISTERS.values() if name in formats.columns_of(each))
        examine(rows, cls)


@given(
    st.sampled_from([*REGISTERS.values()]),
    st.lists(st.dictionaries(st.sampled_from(COLUMNS), JUNK) | JUNK, max_size=3),
    st.sampled_from([*ROWS]),
    JUNK,
)
def test_random_rows(cls: type[tul.Entity], rubbish: list[object], name: str, junk: object) -> None:
    """Arbitrary objects as rows are read or reported."""
    rows = {**new_rows(), name: junk, cls.plural: rubbish}
    examine({**rows}, cls)
