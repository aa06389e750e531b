"""The JSON Schema of 360Giving, from local files."""

import functools
import json
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

__all__ = ["problems_of"]

FOLDER = Path("tests/data/schemas/360giving")


@functools.cache
def validator() -> Draft202012Validator:
    """Return the validator of a package, with the formats of dates and addresses."""
    package, grant = (
        cast("dict[str, Any]", json.loads((FOLDER / f"{name}.json").read_text("utf-8")))
        for name in ("360-giving-package-schema", "360-giving-schema")
    )
    resource: Any = Resource.from_contents(grant, default_specification=DRAFT202012)
    registry: Any = cast("Any", Registry)().with_resource(grant["$id"], resource)
    return Draft202012Validator(
        package, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def problems_of(package: object) -> list[str]:
    """Return the errors of a package by the schema."""
    made: Any = validator()
    found: list[Any] = list(made.iter_errors(package))
    return [f"{each.json_path}: {each.message}" for each in found]
