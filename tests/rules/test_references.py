"""Where an entity refers to others by their keys."""

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
    """Return all references of a value: those to codes, then those to keys."""
    return [*references_of(value, to_codes=True), *references_of(value, to_codes=False)]


def test_references_to_codes_come_in_the_order_of_fields() -> None:
    """Every code that a project refers to is found, with its place in its list."""
    assert [*references_of(PROJECT, to_codes=True)] == [
        Reference("/regions/0", "05", ("regions",)),
        Reference("/regions/1", "06", ("regions",)),
        Reference("/themes/0", "digital", ("themes",)),
    ]


def test_references_to_keys_come_in_the_order_of_fields() -> None:
    """Every key that a project refers to is found, in lists and in values within values."""
    assert [*references_of(PROJECT, to_codes=False)] == [
        Reference("/administrations/0/organisation", "turku", ("organisations",)),
        Reference("/administrations/1/organisation", "county-05", ("organisations",)),
        Reference("/administrations/1/sources/0", "s-1", ("sources",)),
        Reference("/participants/0", "vsshp", ("organisations",)),
        Reference("/sources/0", "s-2", ("sources",)),
        Reference("/notes/0/sources/0", "s-3", ("sources",)),
        Reference("/notes/0/sources/1", "s-4", ("sources",)),
    ]


def test_what_is_not_set_refers_to_nothing() -> None:
    """Only keys that are given are references."""
    grant = tul.Grant(id="g1", call="c", project="p", status=tul.GrantStatus.PLANNED)
    assert [reference.path for reference in both(grant)] == ["/call", "/project"]
    assert both(tul.Text("Esimerkki")) == []


def test_a_target_is_a_service_or_a_theme() -> None:
    """A goal link refers to its target in either of two registers."""
    (link,) = (link for link in tul.goal_links if link.key == (1, "digital"))
    assert both(link)[0] == Reference("/target", "digital", ("services", "themes"))


@pytest.mark.parametrize("register", [*tul.reference.registers()])
def test_every_bundled_reference_leads_somewhere(register: str) -> None:
    """Each key that a bundled entity refers to is in one of the registers it may be in."""
    registers = tul.reference.registers()
    for entity in registers[register]:
        for reference in both(entity):
            assert any(reference.key in registers[name] for name in reference.registers)


def test_registers_of_codes_are_registers() -> None:
    """What is called a register of codes is one of a document's."""
    assert tul.reference.registers().keys() >= CODE_REGISTERS


def test_only_what_passes_a_test_is_returned() -> None:
    """Who looks for wrong references gets those alone, each with its place."""
    found = references_of(PROJECT, to_codes=False, condition=lambda key, _: key in {"vsshp", "s-1"})
    assert [each.path for each in found] == ["/administrations/1/sources/0", "/participants/0"]
    assert not references_of(PROJECT, to_codes=True, condition=lambda key, _: key == "-")
