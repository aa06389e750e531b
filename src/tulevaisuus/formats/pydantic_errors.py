"""Findings as errors of pydantic's: all at once, bounded, without what is to be hidden."""

import json
from typing import Any, cast

from pydantic_core import (
    InitErrorDetails,
    PydanticCustomError,
    PydanticSerializationError,
    ValidationError,
    to_json,
)

from tulevaisuus.findings import expectations, pointers
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES

__all__ = ["validation_error"]

_MAX_ERRORS = 100
"""How many errors are listed; a request of a stranger may have very many mistakes."""

_LARGEST = 2_000
"""Up to how many bytes of JSON an input is shown; a larger one is described."""

_SPOKEN = frozenset({"expected", "known", "limit", "supported"})
"""The values in messages that are ours. All others come, in some way, from the input."""


def validation_error(
    name: str, error: InvalidValueError, data: object, *, hide_input: bool
) -> ValidationError:
    """Turn findings into an error of pydantic's, whose types are their codes.

    Args:
        name: what was read, for the error's title
        error: the findings
        data: what was given
        hide_input: whether messages may not quote it, as pydantic's ``hide_input_in_errors`` asks
    """
    lines = [_line(each, data, hide_input=hide_input) for each in error.findings[:_MAX_ERRORS]]
    omitted = len(error.findings) - len(lines) + error.omitted
    if omitted:
        more = PydanticCustomError("omitted", "and {count} more errors", {"count": omitted})
        lines.append({"type": more, "loc": (), "input": None})
    return ValidationError.from_exception_data(name, lines, hide_input=hide_input)


def _line(finding: Finding, data: Any, *, hide_input: bool) -> InitErrorDetails:  # noqa: ANN401 - whatever was given
    """Write a finding; the input of what is missing is what should contain it."""
    place: list[str | int] = []
    for step in pointers.split(finding.path):
        is_list = isinstance(data, list | tuple)
        place.append(int(step) if is_list else step.encode(errors="backslashreplace").decode())
        if is_list:
            data = data[int(step)]
        elif isinstance(data, dict):
            data = cast("dict[str, Any]", data).get(step, data)
    messages = {language: _message(finding, language, hide_input) for language in LANGUAGES}
    kind = PydanticCustomError(cast("Any", finding.code), "{en}", messages)
    return {"type": kind, "loc": tuple(place), "input": _shown(data)}


def _message(finding: Finding, language: str, hide_input: bool) -> str:  # noqa: FBT001 - inside
    if not hide_input:
        return finding.message(language)
    hidden = expectations.found("hidden")
    ours = {*_SPOKEN, *(["field"] if finding.code == "TSK003" else [])}  # the name of a field
    params = {name: value if name in ours else hidden for name, value in finding.params}
    return finding.template.fill(params, language)


def _shown(data: Any) -> Any:  # noqa: ANN401 - as above
    """Return what was given or, if an answer in JSON could not show that, what it is."""
    try:
        json.dumps(data, ensure_ascii=False, allow_nan=False, default=str).encode()
    except (ValueError, RecursionError):
        return expectations.describe(data).en
    except TypeError:
        pass  # keys that are no text: whoever gave them reads them
    try:
        is_small = len(to_json(data, serialize_unknown=True)) <= _LARGEST
    except (PydanticSerializationError, ValueError, RecursionError):
        is_small = False  # such as bytes that are no text
    return data if is_small else expectations.describe(data).en
