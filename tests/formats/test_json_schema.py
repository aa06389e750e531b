"""The JSON Schema: what is shipped is what the classes say, and each part stands on its own."""

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
from tulevaisuus.formats import class_schema
from tulevaisuus.model.field_types import EnumMember
from tulevaisuus.model.labels import label_of
from tulevaisuus.model.portfolio import REGISTERS

FROZEN = {"1.0": "5fa57ca581aa2c794ffc1a0fb442f289255ff2866f18366519f59e9a4e7f988c"}
"""What each version of the format holds documents to, by its hash; the words may be mended.

A version that was released keeps its hash: a change of what it says is a new version.
"""

WORDS = {"title", "description", "$comment", "examples"}
NAMES = {"properties", "$defs"}

ENUMS: list[type[Enum]] = [
    cls
    for name in model.__all__
    if isinstance(cls := getattr(model, name), type) and issubclass(cls, Enum)
]
PARTS: list[type[Any]] = [*(cls for cls in VALUES if cls is not tul.Portfolio), *ENUMS]


def without_words(value: object, *, are_names: bool = False) -> object:
    """Return what a schema binds to; a property called as a word is none."""
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        return {
            name: without_words(each, are_names=name in NAMES and not are_names)
            for name, each in members.items()
            if are_names or name not in WORDS
        }
    if isinstance(value, list):
        return [without_words(each) for each in cast("list[object]", value)]
    return value


def test_what_is_shipped_is_what_the_classes_say() -> None:
    """Where a class has changed, the schema is written anew: `python -m tools.schema`."""
    shipped = read_text("tulevaisuus.formats", "schemas", "portfolio.json")
    assert SHIPPED.read_text("utf-8") == generated()
    assert json.loads(shipped) == json.loads(generated())


def test_the_format_of_a_version_is_frozen() -> None:
    """What documents of a version may hold does not change unseen."""
    bound = json.dumps(without_words(formats.schema()), sort_keys=True)
    assert hashlib.sha256(bound.encode()).hexdigest() == FROZEN[tul.FORMAT_VERSION]


@pytest.mark.proof
@pytest.mark.parametrize("cls", [tul.Portfolio, *PARTS], ids=lambda cls: cls.__name__)
def test_each_schema_is_one(cls: type[Any]) -> None:
    """It keeps to the dialect, has a title and a description, and holds all that it refers to."""
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
def test_a_schema_is_called_as_documents_call_the_thing(cls: type[Any], name: str) -> None:
    """The `$id` names the format's version and the entity."""
    assert formats.schema(cls)["$id"] == f"urn:tulevaisuus:schema:{tul.FORMAT_VERSION}:{name}"


def test_a_schema_can_be_changed_by_who_asked_for_it() -> None:
    """Each call makes a schema of its own."""
    formats.schema(tul.Grant).clear()
    assert formats.schema(tul.Grant)["title"] == "Grant"


class Euros(tul.Value):
    """A user's class with a name that the schema has for something else."""


Grant = type("Grant", (tul.Grant,), {})
"""A user's class with the name of one of ours."""


@pytest.mark.parametrize(
    "cls", [tul.Value, tul.Entity, tul.Rule, tul.Severity, str, type("_lazy", (), {})]
)
def test_what_documents_do_not_hold_has_no_schema(cls: type[Any]) -> None:
    """A class that no document can hold is reported by its name."""
    with pytest.raises(tul.UnknownCodeError, match=f"documents hold no {cls.__name__}"):
        formats.schema(cls)


def test_a_class_without_new_fields_has_a_schema_of_its_own() -> None:
    """It is not mistaken for what has the same name in the schema of documents."""
    assert formats.schema(Euros)["type"] == "object"
    own = formats.schema(Grant)
    assert own["title"] == "Grant"
    assert own["$id"] != formats.schema(tul.Grant)["$id"]
    assert own["properties"] == formats.schema(tul.Grant)["properties"]


@pytest.mark.parametrize("of", ["Grant", None, tul.Grant | None, tul.GrantStatus.GRANTED])
def test_what_is_no_class_has_no_schema(of: Any) -> None:  # noqa: ANN401 - what is wrongly given
    """Anything else is reported as it is."""
    with pytest.raises(tul.UnknownCodeError, match="documents hold no "):
        formats.schema(of)


@pytest.mark.parametrize("cls", ENUMS, ids=lambda cls: cls.__name__)
def test_code_lists_are_whole(cls: type[Enum]) -> None:
    """Each code of an enum stands in the schema, in the order of the enum."""
    assert formats.schema(cls)["enum"] == [member.value for member in cls]


@pytest.mark.parametrize("cls", [tul.GrantStatus, tul.GoalNumber, tul.Evidence, tul.Language])
def test_labels_stand_in_the_schema(cls: type[Enum]) -> None:
    """What a code is called in each language is shown by whatever shows a description."""
    said = str(formats.schema(cls)["description"])
    for member in cls:
        label = label_of(cls.__name__, str(member.value))
        assert f"`{member.value}` ({label.fi} / {label.sv} / {label.en})" in said


def test_codes_without_labels_are_listed_alone() -> None:
    """A code list of a user's own may have none."""

    class Colour(Enum):
        """A colour."""

        RED = "red"

    described = class_schema.definition_of(EnumMember(Colour), {})
    assert described == {
        "title": "Colour",
        "description": "A colour.",
        "type": "string",
        "enum": ["red"],
    }


def test_references_say_where_they_lead() -> None:
    """A key of another entity names the register in which it is looked up."""
    parts: Any = formats.schema(tul.Grant)["$defs"]
    assert parts["CallId"] == {"description": "a key in calls", "$ref": "#/$defs/Id"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_sound(name: str) -> None:
    """An example passes its schema, and reads as what it is an example of."""
    cls = getattr(tul, name)
    schema = formats.schema(cls)
    assert schema["examples"] == [EXAMPLES[name]]
    jsonschema.validate(EXAMPLES[name], schema)
    assert formats.unstructure(formats.structure(EXAMPLES[name], cls)) == EXAMPLES[name]


@pytest.mark.proof
@pytest.mark.parametrize("name", REGISTERS)
def test_bundled_facts_pass(name: str) -> None:
    """The facts keep to the schema of their kind, with calendar days checked as well."""
    validator: Any = jsonschema.Draft202012Validator(
        formats.schema(REGISTERS[name]), format_checker=jsonschema.FormatChecker()
    )
    for entity in tul.reference.registers()[name]:
        validator.validate(formats.unstructure(entity))


class Colour(StrEnum):
    """A code list of a user's."""

    RED = "red"


@attrs.frozen(kw_only=True, repr=False)
class Composed(tul.Value):
    """A value with fields of several classes, in lists of lists and alone."""

    periods: tuple[tuple[tul.Period, ...], ...] = ()
    colours: frozenset[Colour] = frozenset()
    business_id: tul.BusinessId | None = None
    text: str | None = None


def test_the_classes_of_the_fields_are_found() -> None:
    """Also the elements of lists count, text and numbers do not."""
    assert class_schema.classes_in(Composed) == {
        "Period": tul.Period,
        "Colour": Colour,
        "BusinessId": tul.BusinessId,
    }
    assert class_schema.classes_in(tul.Period) == {}
    shown = TypeAdapter(Composed).json_schema()
    assert shown["$defs"].keys() == {"Period", "Colour", "BusinessId"}
    assert shown["properties"]["periods"]["items"]["items"] == {"$ref": "#/$defs/Period"}
