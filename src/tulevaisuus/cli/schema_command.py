"""`tulevaisuus schema`: prints the JSON Schema of documents, or of a part of them."""

import json
from typing import Annotated

from cyclopts import Parameter

from tulevaisuus import formats
from tulevaisuus.cli import output
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.json_schema import schema_names

__all__ = ["schema"]


def schema(
    name: Annotated[
        str, Parameter(name="NAME", help="A class, value or code list, as grant or period.")
    ] = "portfolio",
    /,
) -> None:
    """Print a JSON Schema."""
    known = schema_names()
    wanted = name.lower()
    if wanted not in known:
        suggestions = suggest(wanted, known) or tuple(known)
        raise CommandError("no_such_schema", word=name, suggestions=suggestions)
    output.write(json.dumps(formats.schema(known[wanted]), indent=2) + "\n")
