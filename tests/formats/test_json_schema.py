"""JSON Schema: the shipped files equal the schemas of the classes, and each can be used alone."""

import hashlib
import json
from enum import Enum, StrEnum
from typing import Any, cast

import attrs
import jsonschema
import pytest
from pydantic import TypeAdapter

import tulevaisuus as tul
from tests.strategies import VALUES
from tools.schema import EXAMPLES, SHIPPED, generated
from tulevaisuus import formats, model
from tulevaisuus._text_files import read_text
from tulevaisuus.formats import json_schema
from tulevaisuus.model.field_types import EnumMember, ObjectOf
from tulevaisuus.model.labels import label_of
from tulevaisuus.model.portfolio import REGISTERS

FROZEN = {"1.0": "5fa57ca581aa2c794ffc1a0fb442f289255ff2866f18366519f59e9a4e7f988c"}
"""The hash of what each version of the format requires; descriptions may be corrected.

A version that was released keeps its hash: a change of its requirements is a new version.
"""

WORDS = {"title", "description", "$comment", "examples"}
NAMES = {"properties", "$defs"}

ENUMS: list[type[Enum]] = [
    cls
    for name in model.__all__
    if isinstance(cls := getattr(model, name), type) and issubclass(cls, Enum)
]
PARTS: list[type[Any]] = [*(cls for cls in VALUES if cls is not tul.Portfolio), *ENUMS]


def without_descriptions(value: object, *, are_names: bool = False) -> object:
    """Return the binding part of a schema; a property named `title` is kept."""
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        return {
            name: without_descriptions(each, are_names=name in NAMES and not are_names)
            for name, each in members.items()
            if are_names or name not in WORDS
        }
    if isinstance(value, list):
        return [without_descriptions(each) for each in cast("list[object]", value)]
    return value


def test_shipped_schema_equals_the_classes() -> None:
    """After a change of a class the schema is written with `python -m tools.schema`."""
    shipped = read_text("tulevaisuus.formats", "schemas", "portfolio.json")
    assert SHIPPED.read_text("utf-8") == generated()
    assert json.loads(shipped) == json.loads(generated())


def test_requirements_of_a_version_are_frozen() -> None:
    """The requirements of a released version do not change."""
    bound = json.dumps(without_descriptions(formats.schema()), sort_keys=True)
    assert hashlib.sha256(bound.encode()).hexdigest() == FROZEN[tul.FORMAT_VERSION]


@pytest.mark.proof
@pytest.mark.parametrize("cls", [tul.Portfolio, *PARTS], ids=lambda cls: cls.__name__)
def test_each_schema_is_valid(cls: type[Any]) -> None:
    """It follows the dialect, has a title and a description, and contains all its definitions."""
    schema = formats.schema(cls)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    assert schema["title"] == cls.__name__
    assert schema["description"]
    text = json.dumps(schema)
    defs = cast("dict[str, object]", schema.get("$defs", {}))
    for name in formats.schema()["$defs"]:  # type: ignore[union-attr]
        assert (f'"#/$defs/{name}"' in text) == (name in defs)


@pytest.mark.parametrize(
    ("cls", "name"),
    [
        (tul.Portfolio, "portfolio"),
        (tul.ServiceCentre, "centre"),
        (tul.Programme, "programme"),
        (tul.GoalLink, "goal_link"),
        (tul.BusinessId, "business_id"),
        (tul.GrantStatus, "grant_status"),
    ],
)
def test_id_of_a_schema(cls: type[Any], name: str) -> None:
    """The `$id` has the version of the format and the name of the entity in documents."""
    assert formats.schema(cls)["$id"] == f"urn:tulevaisuus:schema:{tul.FORMAT_VERSION}:{name}"


def test_schema_can_be_changed_by_the_caller() -> None:
    """Each call returns a new schema."""
    formats.schema(tul.Grant).clear()
    assert formats.schema(tul.Grant)["title"] == "Grant"


class Euros(tul.Value):
    """A user's class with the name of another definition of the schema."""


Grant = type("Grant", (tul.Grant,), {})
"""A user's class with the name of one of ours."""


@pytest.mark.parametrize(
    "cls", [tul.Value, tul.Entity, tul.Rule, tul.Severity, str, type("_lazy", (), {})]
)
def test_class_outside_documents_has_no_schema(cls: type[Any]) -> None:
    """The error names the class."""
    with pytest.raises(tul.UnknownCodeError, match=f"documents hold no {cls.__name__}"):
        formats.schema(cls)


def test_subclass_without_new_fields_has_its_own_schema() -> None:
    """It is not confused with the class of the same name in the schema of documents."""
    assert formats.schema(Euros)["type"] == "object"
    own = formats.schema(Grant)
    assert own["title"] == "Grant"
    assert own["$id"] != formats.schema(tul.Grant)["$id"]
    assert own["properties"] == formats.schema(tul.Grant)["properties"]


@pytest.mark.parametrize("of", ["Grant", None, tul.Grant | None, tul.GrantStatus.GRANTED])
def test_schema_of_another_object_is_an_error(of: Any) -> None:  # noqa: ANN401 - what is wrongly given
    """The error shows the object."""
    with pytest.raises(tul.UnknownCodeError, match="documents hold no "):
        formats.schema(of)


@pytest.mark.parametrize("cls", ENUMS, ids=lambda cls: cls.__name__)
def test_code_lists_are_complete(cls: type[Enum]) -> None:
    """Each code of an enum is in the schema, in the order of the enum."""
    assert formats.schema(cls)["enum"] == [member.value for member in cls]


@pytest.mark.parametrize("cls", [tul.GrantStatus, tul.GoalNumber, tul.Evidence, tul.Language])
def test_labels_are_in_the_descriptions(cls: type[Enum]) -> None:
    """The description has the label of a code in each language."""
    description = str(formats.schema(cls)["description"])
    for member in cls:
        label = label_of(cls.__name__, str(member.value))
        assert f"`{member.value}` ({label.fi} / {label.sv} / {label.en})" in description


def test_codes_without_labels_are_listed() -> None:
    """A user's code list may have no labels."""

    class Colour(Enum):
        """A colour."""

        RED = "red"

    described = json_schema.definition_of(EnumMember(Colour), {})
    assert described == {
        "title": "Colour",
        "description": "A colour.",
        "type": "string",
        "enum": ["red"],
    }


def test_references_name_their_register() -> None:
    """The description of a key names the register of the entity."""
    parts: Any = formats.schema(tul.Grant)["$defs"]
    assert parts["CallId"] == {"description": "a key in calls", "$ref": "#/$defs/Id"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_valid(name: str) -> None:
    """An example follows its schema, and is read as its class."""
    cls = getattr(tul, name)
    schema = formats.schema(cls)
    assert schema["examples"] == [EXAMPLES[name]]
    jsonschema.validate(EXAMPLES[name], schema)
    assert formats.unstructure(formats.structure(EXAMPLES[name], cls)) == EXAMPLES[name]


@pytest.mark.proof
@pytest.mark.parametrize("name", REGISTERS)
def test_bundled_facts_are_valid(name: str) -> None:
    """All facts follow the schema of their class, with the format of dates checked."""
    validator: Any = jsonschema.Draft202012Validator(
        formats.schema(REGISTERS[name]), format_checker=jsonschema.FormatChecker()
    )
    for entity in tul.reference.registers()[name]:
        validator.validate(formats.unstructure(entity))


class Colour(StrEnum):
    """A user's code list."""

    RED = "red"


@attrs.frozen(kw_only=True, repr=False)
class Composed(tul.Value):
    """A value with fields of several classes, in lists of lists and alone."""

    periods: tuple[tuple[tul.Period, ...], ...] = ()
    colours: frozenset[Colour] = frozenset()
    business_id: tul.BusinessId | None = None
    text: str | None = None


def test_classes_of_fields_are_collected() -> None:
    """Classes of elements in lists are included, text and numbers are not."""
    assert json_schema.classes_of_fields(Composed) == {
        "Period": tul.Period,
        "Colour": Colour,
        "BusinessId": tul.BusinessId,
    }
    assert json_schema.classes_of_fields(tul.Period) == {}
    shown = TypeAdapter(Composed).json_schema()
    assert shown["$defs"].keys() == {"Period", "Colour", "BusinessId"}
    assert shown["properties"]["periods"]["items"]["items"] == {"$ref": "#/$defs/Period"}


def test_schema_of_any_entity_lists_all_classes() -> None:
    """A field for entities of any class accepts each of them."""
    definitions: json_schema.Definitions = {}
    reference = json_schema.schema_of(ObjectOf(tul.Entity), definitions)
    assert reference == {"$ref": "#/$defs/Entity"}
    options = cast("list[dict[str, str]]", definitions["Entity"]["anyOf"])
    assert {"$ref": "#/$defs/Grant"} in options
    assert {"$ref": "#/$defs/Region"} in options
    assert "Grant" in str(TypeAdapter(tul.Entity).json_schema())
