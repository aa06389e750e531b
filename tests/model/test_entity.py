"""What all entities share: keys, names, notes, required fields and the subject of findings."""

from typing import Any

import pytest

import tulevaisuus as tul
from tests.helpers import found, rejected, rejection
from tulevaisuus.model.entity import Key, key_repr, key_text
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.value import fields_of

TEXT = tul.Text("Nimi", sv="Namn")
ENTITIES: dict[type[tul.Entity], dict[str, Any]] = {
    tul.Programme: {"id": "p", "name": TEXT},
    tul.Goal: {"number": 1, "name": TEXT},
    tul.Service: {"code": "oral_health_care", "name": TEXT},
    tul.Theme: {"code": "t", "name": TEXT},
    tul.GoalLink: {
        "goal": 1,
        "target": "t",
        "target_kind": "theme",
        "evidence": "weak",
        "basis": "why",
    },
    tul.Region: {"code": "05", "name": TEXT},
    tul.Municipality: {"code": "853", "name": TEXT, "region": "05"},
    tul.Area: {"code": "4", "kind": "collaborative", "name": TEXT},
    tul.HospitalDistrict: {"code": "VSSHP", "name": TEXT},
    tul.Organisation: {"id": "o", "name": TEXT},
    tul.Call: {"id": "c", "name": TEXT},
    tul.Project: {"id": "pr", "name": TEXT, "regions": ["05"]},
    tul.Grant: {"id": "g", "call": "c", "project": "pr", "status": "planned"},
    tul.ServiceCentre: {"id": "ce", "name": TEXT, "region": "05"},
    tul.Body: {"id": "b", "name": TEXT},
    tul.Role: {"code": "r", "name": TEXT},
    tul.Post: {"id": "po", "role": "r"},
    tul.Initiative: {"id": "i", "name": TEXT},
    tul.CooperationGoal: {"number": 2, "name": TEXT},
    tul.CostCategory: {"call_kind": "programme", "number": 3, "id": "travel", "name": TEXT},
    tul.Maakunta: {"code": "02", "name": TEXT},
    tul.Source: {"id": "s", "publisher": "P", "about": "a page"},
}
KEYS: dict[type[tul.Entity], Key] = {
    **{cls: next(iter(fields.values())) for cls, fields in ENTITIES.items()},
    tul.GoalLink: (1, "t"),
    tul.CostCategory: ("programme", "travel"),
}


def test_every_entity_class_has_an_example() -> None:
    """A new class of entities needs a minimal example here."""
    assert set(ENTITIES) == {tul.Programme, *REGISTERS.values()}


@pytest.mark.parametrize("cls", ENTITIES)
def test_only_the_required_fields_are_required(cls: type[tul.Entity]) -> None:
    """An entity can be made with these fields only."""
    required = {name for name, spec in fields_of(cls).items() if spec.required}
    assert required == set(ENTITIES[cls])


@pytest.mark.parametrize("cls", ENTITIES)
def test_key_is_made_of_its_fields(cls: type[tul.Entity]) -> None:
    """The key of an entity is its id, code or number, or a pair of them."""
    entity = cls(**ENTITIES[cls])
    assert entity.key == KEYS[cls]
    assert tul.Register([entity])[KEYS[cls]] is entity


@pytest.mark.parametrize("cls", ENTITIES)
def test_findings_name_the_entity(cls: type[tul.Entity]) -> None:
    """The subject has the class, and the key if it is valid; the paths are the fields."""
    findings = rejection(cls, **ENTITIES[cls] | {"sources": ["", 5]})
    assert found(findings) == ["TSK006 /sources/0", "TSK002 /sources/1"]
    assert {each.subject for each in findings} == {f"{cls.singular} {key_text(KEYS[cls])}"}


@pytest.mark.parametrize("cls", ENTITIES)
def test_every_required_field_is_checked(cls: type[tul.Entity]) -> None:
    """If all are invalid, each is reported by name, in the order of fields in documents."""
    findings = rejection(cls, **dict.fromkeys(fields_of(cls)))
    known = [name for name, spec in fields_of(cls).items() if not spec.allows_none]
    assert found(findings) == [f"TSK002 /{name}" for name in known]
    assert {each.subject for each in findings} == {cls.singular}


@pytest.mark.parametrize("cls", ENTITIES)
def test_every_field_is_checked(cls: type[tul.Entity]) -> None:
    """No field accepts an object that a document cannot contain."""
    findings = rejected(cls, **dict.fromkeys(fields_of(cls), object()))
    assert findings == [f"TSK002 /{name}" for name in fields_of(cls)]


@pytest.mark.parametrize("cls", ENTITIES)
def test_entities_are_keyword_only(cls: type[tul.Entity]) -> None:
    """The fields of an entity cannot be confused by their order."""
    with pytest.raises(TypeError):
        cls(*ENTITIES[cls].values())


def test_register_has_one_name_everywhere() -> None:
    """Documents, messages and Python use one name for a register."""
    assert {name: cls.plural for name, cls in REGISTERS.items()} == {
        name: name for name in REGISTERS
    }


def test_names_are_what_it_is_found_by() -> None:
    """Names in all languages and aliases are included; ids and unset names are not."""
    region = tul.Region(
        code="05",
        name=tul.Text("Varsinais-Suomi", sv="Egentliga Finland"),
        aliases=(
            tul.Alias(scheme="brand_name", value="Varha"),
            tul.Alias(scheme="old_code_statutory_order", value="1"),
        ),
    )
    assert list(region.names()) == ["Varsinais-Suomi", "Egentliga Finland", "Varha"]
    assert list(tul.Grant(**ENTITIES[tul.Grant]).names()) == []


@pytest.mark.parametrize(
    ("cls", "fields", "findings"),
    [
        (tul.Note, {"field": "", "text": " "}, ["TSK006 /field", "TSK013 /text"]),
        (tul.Note, {"field": "a", "text": "b", "sources": "s"}, ["TSK002 /sources"]),
        (tul.Alias, {"scheme": " ", "value": 1}, ["TSK006 /scheme", "TSK002 /value"]),
        (tul.Alias, {"scheme": "a", "value": "b", "language": "de"}, ["TSK005 /language"]),
    ],
)
def test_notes_and_aliases_are_checked(
    cls: type[tul.Value], fields: dict[str, object], findings: list[str]
) -> None:
    """Notes and aliases are validated as strictly as other fields."""
    assert rejected(cls, **fields) == findings


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("05", "05"),
        (21, "21"),
        (tul.GoalNumber.COSTS, "5"),
        ((1, "digital"), "1 digital"),
        ((tul.GoalNumber.ACCESS, "digital"), "1 digital"),
    ],
)
def test_keys_are_written_plainly(key: Key, text: str) -> None:
    """Messages write a key without quotes or brackets."""
    assert key_text(key) == text


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("05", "'05'"),
        (tul.ServiceCode.ORAL_HEALTH_CARE, "'oral_health_care'"),
        (tul.GoalNumber.COSTS, "5"),
        ((tul.GoalNumber.ACCESS, "digital"), "(1, 'digital')"),
        (True, "True"),
        (None, "None"),
    ],
)
def test_keys_are_shown_as_python_source(key: object, text: str) -> None:
    """Errors show a key as it can be typed; a member of an enum as its plain value."""
    assert key_repr(key) == text


@pytest.mark.parametrize("name", [None, TEXT], ids=["invalid", "valid"])
def test_number_too_long_to_write_is_rejected(name: object) -> None:
    """Python cannot convert such a number to text, so no message could have it."""
    assert rejected(tul.CooperationGoal, number=10**5000, name=name)[0] == "TSK006 /number"


@pytest.mark.parametrize("cls", ENTITIES)
def test_repr_is_one_line_with_keywords(cls: type[tul.Entity]) -> None:
    """A repr begins with the class and is short; fields are passed by their names."""
    entity = cls(**ENTITIES[cls])
    assert repr(entity).startswith(f"<{cls.__name__} ")
    assert len(repr(entity)) < 100
    with pytest.raises(TypeError, match="positional argument"):
        cls(*ENTITIES[cls].values())


@pytest.mark.parametrize(("length", "shown"), [(60, "x" * 60), (61, "x" * 60 + "…")])
def test_repr_has_sixty_characters_of_a_name(length: int, shown: str) -> None:
    """A longer name is cut."""
    body = tul.Body(id="b", name=tul.Text("x" * length))
    assert repr(body) == f"<Body 'b' {shown}>"
