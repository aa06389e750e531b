"""Cells may contain labels of codes and names of entities, in each language."""

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from typing import cast

import pytest

import tulevaisuus as tul
from tulevaisuus.exchange.csv_and_excel.cell_values import CellReader
from tulevaisuus.exchange.csv_and_excel.header_meanings import (
    ColumnField,
    ColumnMapping,
    column_fields,
)
from tulevaisuus.exchange.csv_and_excel.names_and_codes_in_cells import CodeFinder
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.model.field_types import EnumMember, ListOf, Ref
from tulevaisuus.model.portfolio import REGISTERS


def items() -> Iterator[ColumnField]:
    """Yield the field types of single cells, for lists those of elements."""
    for cls in REGISTERS.values():
        for target in column_fields(cls).values():
            item = target.type.item if isinstance(target.type, ListOf) else target.type
            yield target._replace(type=item)


CODE_LISTS: dict[type[Enum], ColumnField] = {
    each.type.enum: each for each in items() if isinstance(each.type, EnumMember)
}
REFERENCES: dict[tuple[str, ...], ColumnField] = {
    each.type.registers: each for each in items() if isinstance(each.type, Ref)
}
READER = CellReader(CodeFinder(reference), None, dt.date(1899, 12, 30))


@pytest.mark.parametrize("code_list", CODE_LISTS, ids=lambda each: each.__name__)
def test_each_label_is_read_as_its_code(code_list: type[Enum]) -> None:
    """Services, sectors, kinds and decisions, in Finnish, Swedish and English."""
    column = ColumnMapping(CODE_LISTS[code_list])
    for member in code_list:
        label = cast("tul.GrantStatus", member).label  # as every code list has it
        read = {READER.read(label.get(language), column) for language in LANGUAGES}
        assert read == {member.value}


@pytest.mark.parametrize("registers", REFERENCES, ids=str)
def test_each_name_is_read_as_its_code(registers: tuple[str, ...]) -> None:
    """No name of a bundled entity, in any language, means another one."""
    column = ColumnMapping(REFERENCES[registers])
    for register in registers:
        entities: tul.Register[tul.Entity] = getattr(reference, register)
        for entity in entities:
            assert {READER.read(name, column) for name in entity.names()} <= {str(entity.key)}
