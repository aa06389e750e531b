"""Lists of the model are sets: a repeated element is an error at the later one."""

from collections.abc import Iterator
from typing import Any, TypeAlias, cast

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus import formats
from tulevaisuus.model.field_types import ListOf, UniqueListOf
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.value import Value, fields_of


def list_fields() -> Iterator[tuple[type[Value], str, ListOf]]:
    """Yield each list of each class of the model."""
    for cls in (getattr(tul, name) for name in tul.__all__):
        if isinstance(cls, type) and issubclass(cls, Value):
            for name, spec in fields_of(cls).items():
                if isinstance(spec.type, ListOf) and cls is not tul.Portfolio:
                    yield cls, name, spec.type


LISTS = [*list_fields()]


@pytest.mark.parametrize(("cls", "name", "field_type"), LISTS)
def test_no_list_allows_a_repeated_element(cls: type[Value], name: str, field_type: ListOf) -> None:
    """No field of the model gives a meaning to a repeated element."""
    assert isinstance(field_type, UniqueListOf), f"{cls.__name__}.{name}"


def test_every_repeated_element_of_a_fact_is_reported() -> None:
    """An element of any list of the bundled facts cannot be given twice."""
    tried = set[tuple[type, str]]()
    facts = (each for register in tul.reference.registers().values() for each in register)
    for entity in (tul.programme, *facts):
        for name in fields_of(type(entity)):
            value = getattr(entity, name)
            elements = cast("tuple[object, ...]", value if isinstance(value, tuple) else ())
            if elements and (type(entity), name) not in tried:
                tried.add((type(entity), name))
                repeated = (*elements, elements[0])
                changed = rejected(attrs.evolve, entity, **{name: repeated})
                assert changed == [f"TSK008 /{name}/{len(elements)}"]
    assert len(tried) > len(REGISTERS)


ADMINISTRATION = {"organisation": "turku", "period": {"start": "2021-01-01"}}
PROJECT = {"id": "p1", "name": {"fi": "Hanke"}, "regions": ["05"]}


Listed: TypeAlias = list[dict[str, Any]]

CASES: list[tuple[Listed, list[str] | None]] = [
    ([ADMINISTRATION, ADMINISTRATION], ["TSK008 /administrations/1"]),
    ([ADMINISTRATION, {**ADMINISTRATION, "sources": []}], ["TSK008 /administrations/1"]),
    ([ADMINISTRATION] * 3, ["TSK008 /administrations/1", "TSK008 /administrations/2"]),
    ([ADMINISTRATION, {**ADMINISTRATION, "sources": ["thl-programme"]}], []),
    ([ADMINISTRATION, {"organisation": "turku"}], []),
    ([{"organisation": 5}, {"organisation": 5}], None),
]


@pytest.mark.parametrize(("listed", "findings"), CASES)
def test_readers_compare_all_fields_of_elements(listed: Listed, findings: list[str] | None) -> None:
    """Elements are equal if all their fields are, whether a default is written or not."""
    wrong = ["TSK002 /administrations/0/organisation", "TSK002 /administrations/1/organisation"]
    document = {**PROJECT, "administrations": listed}
    if findings == []:
        assert formats.structure(document, tul.Project).administrations
    else:
        assert rejected(formats.structure, document, tul.Project) == (findings or wrong)


def test_message_names_the_first_occurrence_by_its_number() -> None:
    """An object may be long, so it is not quoted; numbers count from one."""
    first, other = tul.Note("name", text="a" * 1000), tul.Note("name")
    with pytest.raises(tul.InvalidValueError) as caught:
        tul.Organisation(id="o1", name=tul.Text("a"), notes=(other, first, first))
    (finding,) = caught.value.findings
    assert finding.path == "/notes/2"
    assert [finding.message(language) for language in ("fi", "sv", "en")] == [
        "sama on jo luettelon 2. kohdassa; poista toinen",
        "detsamma finns redan som punkt 2 i listan; ta bort det ena",
        "the same is already item number 2 of the list; remove one of the two",
    ]
