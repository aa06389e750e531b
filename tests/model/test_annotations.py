"""The types of fields name registers that documents have."""

from typing import get_args

import pytest

from tulevaisuus.model import annotations
from tulevaisuus.model.field_types import FieldType, Ref
from tulevaisuus.model.portfolio import REGISTERS

KINDS: dict[str, FieldType] = {
    name: get_args(getattr(annotations, name))[1]
    for name in annotations.__all__
    if name != "UniqueList"
}
REFERENCES = {name: kind for name, kind in KINDS.items() if isinstance(kind, Ref)}


@pytest.mark.parametrize("name", KINDS)
def test_each_type_says_what_it_takes(name: str) -> None:
    """To a type checker a field's type is plain; what narrows it is a kind."""
    assert isinstance(KINDS[name], FieldType)


@pytest.mark.parametrize("name", REFERENCES)
def test_each_reference_leads_to_registers_of_documents(name: str) -> None:
    """A reference into a register that does not exist could never be checked."""
    registers = REFERENCES[name].registers
    assert registers
    assert set(registers) <= set(REGISTERS)
