"""References of entities: the keys and codes of other entities in their fields."""

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus.model.annotations import OrganisationId
from tulevaisuus.model.field_types import FieldType
from tulevaisuus.rules.references import CODE_REGISTERS, TO_CODES, TO_OTHER_KEYS, Reference
from tulevaisuus.rules.value_walker import Condition, Search, Walker, entities_by_class

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


def is_any(key: object, field_type: FieldType) -> bool:
    """Return True for every reference."""
    del field_type
    return bool(key)


def references_of(
    value: tul.Value, walker: Walker, condition: Condition = is_any
) -> list[Reference]:
    """Return the references of a value, when no other is searched."""
    return [*map(Reference.of, Search(walker, condition, [[value]]).found_in(value))]


def both(value: tul.Value) -> list[Reference]:
    """Return all references of a value: to codes, then to keys."""
    return [*references_of(value, TO_CODES), *references_of(value, TO_OTHER_KEYS)]


def test_references_to_codes_are_in_the_order_of_fields() -> None:
    """Every code in a project is returned, with its index in its list."""
    assert references_of(PROJECT, TO_CODES) == [
        Reference("/regions/0", "05", ("regions",)),
        Reference("/regions/1", "06", ("regions",)),
        Reference("/themes/0", "digital", ("themes",)),
    ]


def test_references_to_keys_are_in_the_order_of_fields() -> None:
    """Every key is returned, also in lists and in nested values."""
    assert references_of(PROJECT, TO_OTHER_KEYS) == [
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


def test_only_references_that_meet_the_condition_are_returned() -> None:
    """Each has its index."""
    found = references_of(PROJECT, TO_OTHER_KEYS, lambda key, _: key in {"vsshp", "s-1"})
    assert [each.path for each in found] == ["/administrations/1/sources/0", "/participants/0"]
    assert not references_of(PROJECT, TO_CODES, lambda key, _: key == "-")


def test_search_judges_each_key_of_a_field_once() -> None:
    """Very many entities with the same keys are searched as fast as one of each."""
    judged: list[object] = []

    def is_wrong(key: object, _: FieldType) -> bool:
        judged.append(key)
        return key == "wrong"

    grants = [
        tul.Grant(id=f"g{number}", call=call, project="p", status=tul.GrantStatus.PLANNED)
        for number, call in enumerate(("right", "wrong") * 50)
    ]
    portfolio = tul.Portfolio(grants=tul.Register(grants))
    search = Search(TO_OTHER_KEYS, is_wrong, entities_by_class(portfolio))
    assert {"p", "wrong"} <= {*judged} <= {"p", "right", "wrong"}
    assert len(judged) == len({*judged})
    assert search
    assert not search.found_in(grants[0])
    assert [found.path for found in search.found_in(grants[1])] == ["/call"]
    assert "p" not in judged[-2:]  # a field without a wrong key is not visited again


def test_search_without_hits_is_false() -> None:
    """A rule that needs the result is skipped then."""
    portfolio = tul.Portfolio(projects=tul.Register([PROJECT]), programme=tul.programme)
    groups = entities_by_class(portfolio)
    assert [type(each) for group in groups for each in group] == [tul.Programme, tul.Project]
    assert not Search(TO_CODES, lambda key, _: key == "-", groups)
    assert Search(TO_CODES, is_any, groups)


def test_derived_classes_are_searched_with_their_own_fields() -> None:
    """Entities of a class of a user are a group of their own, also within a register."""

    @attrs.frozen(kw_only=True, repr=False)
    class Pilot(tul.Project):
        """A project with a reference of its own."""

        leader: OrganisationId | None = None

    pilot = Pilot(id="pilot", name=tul.Text("Kokeilu"), regions=(), leader="nobody")
    portfolio = tul.Portfolio(projects=tul.Register([PROJECT, pilot]))
    groups = entities_by_class(portfolio)
    assert [[each.key for each in group] for group in groups] == [["hanke-1"], ["pilot"]]
    search = Search(TO_OTHER_KEYS, lambda key, _: key == "nobody", groups)
    assert [found.path for found in search.found_in(pilot)] == ["/leader"]
    assert not search.found_in(PROJECT)
