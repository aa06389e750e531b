"""Annotated types of fields: their field types and the registers that they refer to."""

from typing import get_args

import pytest

from tulevaisuus.model import annotations
from tulevaisuus.model.field_types import FieldType, Ref
from tulevaisuus.model.portfolio import REGISTERS

FIELD_TYPES: dict[str, FieldType] = {
    name: get_args(getattr(annotations, name))[1]
    for name in annotations.__all__
    if name != "UniqueList"
}
REFERENCES = {name: each for name, each in FIELD_TYPES.items() if isinstance(each, Ref)}


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_each_annotation_has_a_field_type(name: str) -> None:
    """To a type checker a field has a plain type; the field type is in the annotation."""
    assert isinstance(FIELD_TYPES[name], FieldType)


@pytest.mark.parametrize("name", REFERENCES)
def test_each_reference_is_to_registers_of_documents(name: str) -> None:
    """A reference to a register that does not exist could not be checked."""
    registers = REFERENCES[name].registers
    assert registers
    assert set(registers) <= set(REGISTERS)
