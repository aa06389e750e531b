"""Writes the JSON Schema of documents from the classes of the model: `python -m tools.schema`.

The wheel contains the result, and a test checks that it is up to date. Descriptions come from
docstrings and from the messages of the reader, examples from `examples.json` in this folder.
"""

import json
from pathlib import Path
from typing import Any, TypeAlias, cast

import tulevaisuus as tul
from tulevaisuus.formats.json_schema import Definitions, schema_of, title_and_description
from tulevaisuus.model.field_types import ListOf, ObjectOf
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["SHIPPED", "generated"]

Schema: TypeAlias = dict[str, Any]

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "src" / "tulevaisuus" / "formats" / "schemas" / "portfolio.json"
EXAMPLES: Schema = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))

UNSAID = (
    "What a schema cannot say, the reader rejects as well: more than two decimals or an exponent "
    "in a number, 1.0 for a whole one, days that no calendar has, a period that ends before it "
    "begins, a wrong check digit, a language of `unofficial` without a wording, a lone surrogate, "
    "a key that occurs twice, an object that is in a list twice and once has a default written "
    "out. References are judged by `tulevaisuus check`."
)

LINE = 100


def generated() -> str:
    """Return the schema of a document, as it is shipped."""
    defs: Definitions = {}
    properties = {
        "$schema": {"description": "May be there, and is not interpreted."},
        "format": {"const": "tulevaisuus"},
        "format_version": {"const": tul.FORMAT_VERSION},
        "programme": schema_of(ObjectOf(tul.Programme), defs),
        **{name: schema_of(ListOf(ObjectOf(cls)), defs) for name, cls in REGISTERS.items()},
    }
    for name in EXAMPLES.keys() & defs.keys():
        defs[name]["examples"] = [EXAMPLES[name]]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:tulevaisuus:schema:{tul.FORMAT_VERSION}:portfolio",
        **title_and_description(tul.Portfolio),
        "$comment": UNSAID,
        "type": "object",
        "properties": properties,
        "required": ["format", "format_version"],
        "additionalProperties": False,
        "$defs": {name: defs[name] for name in sorted(defs)},
    }
    return written(schema) + "\n"


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


if __name__ == "__main__":
    SHIPPED.parent.mkdir(exist_ok=True)
    SHIPPED.write_text(generated(), "utf-8")
