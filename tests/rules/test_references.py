"""References of entities: the keys and codes of other entities in their fields."""

import pytest

import tulevaisuus as tul
from tulevaisuus.rules.references import CODE_REGISTERS, Reference, references_of

NOTE = tul.Note(field="name", text="An example.", sources=("s-3", "s-4"))

PROJECT = tul.Project(
    id="hanke-1",
    name=tul.Text("Esimerkki"),
    regions=("05", "06"),
    administrations=(
        tul.Administration(organisation="turku"),
        tul.Administration(organisation="county-05", sources=("s-1",)),
    ),
    participants=("vsshp",),
    services=(tul.ServiceCode.PRIMARY_HEALTH_CARE,),
    themes=("digital",),
    sources=("s-2",),
    notes=(NOTE,),
)


def both(value: tul.Value) -> list[Reference]:
    """Return all references of a value: to codes, then to keys."""
    return [*references_of(value, to_codes=True), *references_of(value, to_codes=False)]


def test_references_to_codes_are_in_the_order_of_fields() -> None:
    """Every code in a project is returned, with its index in its list."""
    assert [*references_of(PROJECT, to_codes=True)] == [
        Reference("/regions/0", "05", ("regions",)),
        Reference("/regions/1", "06", ("regions",)),
        Reference("/themes/0", "digital", ("themes",)),
    ]


def test_references_to_keys_are_in_the_order_of_fields() -> None:
    """Every key is returned, also in lists and in nested values."""
    assert [*references_of(PROJECT, to_codes=False)] == [
        Reference("/administrations/0/organisation", "turku", ("organisations",)),
        Reference("/administrations/1/organisation", "county-05", ("organisations",)),
        Reference("/administrations/1/sources/0", "s-1", ("sources",)),
        Reference("/participants/0", "vsshp", ("organisations",)),
        Reference("/sources/0", "s-2", ("sources",)),
        Reference("/notes/0/sources/0", "s-3", ("sources",)),
        Reference("/notes/0/sources/1", "s-4", ("sources",)),
    ]


def test_unset_field_has_no_reference() -> None:
    """Only keys that are given are references."""
    grant = tul.Grant(id="g1", call="c", project="p", status=tul.GrantStatus.PLANNED)
    assert [reference.path for reference in both(grant)] == ["/call", "/project"]
    assert both(tul.Text("Esimerkki")) == []


def test_target_is_a_service_or_a_theme() -> None:
    """A goal link refers to one of two registers."""
    (link,) = (link for link in tul.goal_links if link.key == (1, "digital"))
    assert both(link)[0] == Reference("/target", "digital", ("services", "themes"))


@pytest.mark.parametrize("register", [*tul.reference.registers()])
def test_every_bundled_reference_exists(register: str) -> None:
    """Each key in a bundled entity is in one of its registers."""
    registers = tul.reference.registers()
    for entity in registers[register]:
        for reference in both(entity):
            assert any(reference.key in registers[name] for name in reference.registers)


def test_registers_of_codes_are_registers() -> None:
    """Every register that codes refer to is in documents."""
    assert tul.reference.registers().keys() >= CODE_REGISTERS


def test_only_references_that_pass_a_test_are_returned() -> None:
    """Each has its index."""
    found = references_of(PROJECT, to_codes=False, condition=lambda key, _: key in {"vsshp", "s-1"})
    assert [each.path for each in found] == ["/administrations/1/sources/0", "/participants/0"]
    assert not references_of(PROJECT, to_codes=True, condition=lambda key, _: key == "-")
