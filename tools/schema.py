"""Writes the JSON Schema of documents from the classes of the model: `python -m tools.schema`.

The wheel ships what this writes, and a test holds that the two are equal. Words come from
docstrings and from the reader's messages, examples from `examples.json` beside this file.
"""

import inspect
import json
import re
import typing
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any, TypeAlias, cast

import tulevaisuus as tul
from tulevaisuus.findings import expectations
from tulevaisuus.model import annotations
from tulevaisuus.model.field_types import (
    Boolean,
    Date,
    EnumMember,
    FieldType,
    Identifier,
    ListOf,
    Money,
    NonBlankText,
    ObjectOf,
    Ref,
    Url,
    WholeNumber,
)
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.value import FieldSpec, fields_of

__all__ = ["SHIPPED", "generated"]

Schema: TypeAlias = dict[str, Any]

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "src" / "tulevaisuus" / "formats" / "schemas" / "portfolio.json"
EXAMPLES: Schema = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))

UNSAID = (
    "What a schema cannot say, the reader refuses as well: more than two decimals or an exponent "
    "in a number, 1.0 for a whole one, days that no calendar has, a period that ends before it "
    "begins, a wrong check digit, half a character, a key that stands twice. References are "
    "judged by `tulevaisuus check`."
)

BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Python's ``str.isspace`` takes for blank; regular expressions differ in their ``\\s``."""

CONTROLS = "\\x00-\\x1f\\x7f-\\x9f"
MOST = 10**12
LINE = 100

NAMES: dict[int, str] = {
    id(typing.get_args(alias)[1]): name
    for name, alias in vars(annotations).items()
    if name in annotations.__all__
}
"""What the model calls the kinds of its fields."""

SPECIAL: dict[type, Schema] = {tul.Period: {"minProperties": 1}}
"""What a class demands beyond its fields."""


def generated() -> str:
    """Return the schema of a document, as it is shipped."""
    defs: dict[str, Schema] = {}
    properties = {
        "$schema": {"description": "May be there, and is not interpreted."},
        "format": {"const": "tulevaisuus"},
        "format_version": {"const": tul.FORMAT_VERSION},
        "programme": of_kind(ObjectOf(tul.Programme), defs),
        **{name: of_kind(ListOf(ObjectOf(cls)), defs) for name, cls in REGISTERS.items()},
    }
    require_int = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:tulevaisuus:schema:{tul.FORMAT_VERSION}:portfolio",
        **head(tul.Portfolio),
        "$comment": UNSAID,
        "type": "object",
        "properties": properties,
        "required": ["format", "format_version"],
        "additionalProperties": False,
        "$defs": {name: defs[name] for name in sorted(defs)},
    }
    return written(require_int) + "\n"


def written(value: object, indent: str = "") -> str:
    """Write a JSON value on one line if it fits, and otherwise a line for each of its parts."""
    flat = json.dumps(value)
    if not isinstance(value, dict | list) or len(indent + flat) <= LINE:
        return flat
    inner = f"{indent} "
    if isinstance(value, list):
        lines = [inner + written(each, inner) for each in cast("list[object]", value)]
        return "\n".join(["[", ",\n".join(lines), f"{indent}]"])
    members = cast("dict[str, object]", value)
    lines = [f'{inner}"{name}": {written(each, inner)}' for name, each in members.items()]
    return "\n".join(["{", ",\n".join(lines), f"{indent}}}"])


def of_kind(kind: FieldType, defs: dict[str, Schema]) -> Schema:
    """Describe what a field may hold; what has a name goes among the definitions."""
    match kind:
        case Boolean():
            return {"type": "boolean"}
        case ListOf():
            return {"type": "array", "items": of_kind(kind.item, defs)}
        case _:
            name = name_of(kind)
            if name not in defs:
                defs[name] = definition(kind, defs)
            return {"$ref": f"#/$defs/{name}"}


def name_of(kind: FieldType) -> str:
    """Return the name of a definition: a class, or what the model calls such a field."""
    match kind:
        case ObjectOf():
            return kind.cls.__name__
        case EnumMember():
            return kind.enum.__name__
        case _:
            return NAMES.get(id(kind), type(kind).__name__)


def definition(kind: FieldType, defs: dict[str, Schema]) -> Schema:
    """Describe one definition."""
    match kind:
        case ObjectOf(cls=tul.BusinessId):
            return {
                "title": "BusinessId",
                "description": expectations.BUSINESS_ID.en,
                **shaped("[0-9]{7}-[0-9]", "0204819-8"),
            }
        case ObjectOf():
            return of_class(kind.cls, defs)
        case EnumMember():
            return of_enum(kind.enum)
        case Ref():
            keys = f"a key in {' or '.join(kind.registers)}"
            return {"description": keys, **of_kind(typing.get_args(annotations.Id)[1], defs)}
        case _:
            return scalar(kind)


def scalar(kind: FieldType) -> Schema:
    """Describe a text or a number."""
    match kind:
        case Identifier():
            surplus = {"pattern": f"^[{BLANKS}]|[{BLANKS}]$|[{CONTROLS}]"}
            bounds: Schema = {"minLength": 1, "maxLength": 200, "not": surplus}
            return {"description": expectations.IDENTIFIER.en, "type": "string", **bounds}
        case Url():
            form = {"pattern": "^https?://.", "not": {"pattern": f"[{BLANKS}{CONTROLS}]"}}
            return {"description": expectations.URL.en, "type": "string", **form}
        case Date():
            form = shaped("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "2021-12-31")
            return {"description": expectations.DATE.en, **form, "format": "date"}
        case WholeNumber():
            bounds = {"minimum": kind.minimum, "exclusiveMaximum": MOST}
            return {
                "description": expectations.at_least(kind.minimum).en,
                "type": "integer",
                **bounds,
            }
        case Money():
            least = "minimum" if kind.allows_zero else "exclusiveMinimum"
            bounds = {least: 0, "exclusiveMaximum": MOST}
            return {"description": kind.expected.en, "type": "number", **bounds}
        case _:
            assert isinstance(kind, NonBlankText), kind  # noqa: S101 - a new kind wants a branch above
            return {"description": "not blank", "type": "string", "pattern": f"[^{BLANKS}]"}


def shaped(form: str, example: str) -> Schema:
    """Hold a text to a form; its length keeps out a newline, which some let follow the end."""
    length = {"maxLength": len(example)}
    return {"type": "string", "pattern": f"^{form}$", **length, "examples": [example]}


def of_enum(enum: type[Enum]) -> Schema:
    """List the codes of an enum."""
    kind = "integer" if issubclass(enum, IntEnum) else "string"
    return {**head(enum), "type": kind, "enum": [member.value for member in enum]}


def of_class(cls: type[tul.Value], defs: dict[str, Schema]) -> Schema:
    """Describe the objects of a class: its fields, which of them must be there, and no others."""
    specs = fields_of(cls)
    required = [name for name, spec in specs.items() if spec.required]
    example = EXAMPLES.get(cls.__name__)
    return {
        **head(cls),
        "type": "object",
        "properties": {name: of_field(spec, defs) for name, spec in specs.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
        **SPECIAL.get(cls, {}),
        **({"examples": [example]} if example else {}),
    }


def of_field(spec: FieldSpec, defs: dict[str, Schema]) -> Schema:
    """Describe a field, with what its absence means where that is not that it is unknown."""
    default = {"default": spec.default} if isinstance(spec.default, bool) else {}
    return {**of_kind(spec.type, defs), **default}


def head(cls: type) -> Schema:
    """Return the name of a class and the first sentence of its docstring."""
    first = re.split(r"(?<=\.)\s", inspect.getdoc(cls) or "", maxsplit=1)[0]
    return {"title": cls.__name__, "description": re.sub(r"\s+", " ", first.replace("``", "`"))}


if __name__ == "__main__":
    SHIPPED.parent.mkdir(exist_ok=True)
    SHIPPED.write_text(generated(), "utf-8")
