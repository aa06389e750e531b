"""Makes one pydantic error of findings, and findings of the errors of pydantic and FastAPI.

The lines of the error are limited in number, and it does not show input that the model hides.
"""

import json
from collections.abc import Iterator
from typing import Any, cast

from pydantic_core import (
    InitErrorDetails,
    PydanticCustomError,
    ValidationError,
    to_json,
)

from tulevaisuus.findings import found_values, json_pointers, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText
from tulevaisuus.findings.severity import Severity

__all__ = ["findings_of_pydantic", "validation_error"]

_MAX_ERRORS = 100
"""How many errors are listed; a request may have very many mistakes."""

_MAX_CHARACTERS = 40_000
"""How long the listed errors are together; the others are counted. A service sends them."""

_MAX_INPUT_BYTES = 2_000
"""A longer input, as JSON, is described and not shown."""

_OWN_PARAMS = frozenset({"expected", "known", "limit", "supported"})
"""The parameters of messages that never come from the input."""

_OWN_PARAMS_OF = {messages.MISSING_FIELD.code: frozenset({"field"})}
"""More such parameters of the messages of one code.

The name of a missing field is that of a field of the class. The name of an unknown field, in
messages with another code, comes from the input.
"""


def validation_error(
    name: str, error: InvalidValueError, data: object, *, hide_input: bool
) -> ValidationError:
    """Return findings as one error of pydantic; the types of its lines are their codes.

    Args:
        name: The name of the class or type, for the title of the error.
        error: The findings.
        data: The input.
        hide_input: Whether messages must not quote the input (pydantic: ``hide_input_in_errors``).
    """
    lines: list[InitErrorDetails] = []
    size = 0
    for finding in error.findings[:_MAX_ERRORS]:
        line = _line(finding, data, hide_input=hide_input)
        size += _size_of(line)
        if lines and size > _MAX_CHARACTERS:
            break
        lines.append(line)
    omitted = len(error.findings) - len(lines) + error.omitted
    if omitted:
        more = PydanticCustomError("omitted", "and {count} more errors", {"count": omitted})
        lines.append({"type": more, "loc": (), "input": None})
    return ValidationError.from_exception_data(name, lines, hide_input=hide_input)


def _size_of(line: InitErrorDetails) -> int:
    """Return how many characters the messages and the input of a line have, roughly."""
    messages = cast("PydanticCustomError", line["type"]).context
    return len(str(messages)) + len(str(line["input"]))


def _line(finding: Finding, data: Any, *, hide_input: bool) -> InitErrorDetails:  # noqa: ANN401 - whatever was given
    """Return a finding as a line of the error; for a missing field the input is its object."""
    steps: list[str | int] = []
    for step in json_pointers.split(finding.path):
        is_list = isinstance(data, list | tuple)
        steps.append(int(step) if is_list else step.encode(errors="backslashreplace").decode())
        if is_list:
            data = data[int(step)]
        elif isinstance(data, dict):
            data = cast("dict[str, Any]", data).get(step, data)
    messages = {language: _message(finding, language, hide_input) for language in LANGUAGES}
    error_type = PydanticCustomError(cast("Any", finding.code), "{en}", messages)
    return {"type": error_type, "loc": tuple(steps), "input": _input_to_show(data)}


def _message(finding: Finding, language: str, hide_input: bool) -> str:  # noqa: FBT001 - inside
    if not hide_input:
        return finding.message(language)
    hidden = found_values.found("hidden")
    ours = _OWN_PARAMS | _OWN_PARAMS_OF.get(finding.code, frozenset())
    params = {name: value if name in ours else hidden for name, value in finding.params}
    return finding.template.fill(params, language)


def _input_to_show(data: Any) -> Any:  # noqa: ANN401 - as above
    """Return the input or, if JSON cannot hold it, a description."""
    try:
        json.dumps(data, ensure_ascii=False, allow_nan=False, default=str).encode()
    except (ValueError, RecursionError):
        return found_values.describe(data).en
    except TypeError:
        pass  # keys that are not text, from Python data: they may be shown
    try:
        is_small = len(to_json(data, serialize_unknown=True)) <= _MAX_INPUT_BYTES
    except ValueError:  # of pydantic, too
        is_small = False  # such as bytes that are no text, or what is very deep
    return data if is_small else found_values.describe(data).en


def findings_of_pydantic(error: Any) -> Iterator[Finding]:  # noqa: ANN401 - FastAPI's, too
    """Make findings of the errors of pydantic or FastAPI.

    An error that `validation_error` has made of a finding has its message in all three languages.
    """
    for line in cast("list[dict[str, Any]]", error.errors()):
        wordings = cast("dict[str, str]", line.get("ctx", {}))
        loc = cast("tuple[str | int, ...]", line["loc"])
        path = [step for step in loc if not str(step).startswith("function-wrap[")]
        if type(error).__module__.startswith("fastapi") and path[:1] == ["body"]:
            del path[0]
        if line["type"].startswith("TSK") and set(wordings) == set(LANGUAGES):
            # The message is used as a template without placeholders, so braces are doubled.
            escaped = {
                language: text.replace("{", "{{").replace("}", "}}")
                for language, text in wordings.items()
            }
            template = LocalizedText(**escaped)
            finding = Finding(code=line["type"], severity=Severity.ERROR, template=template)
        else:
            problem = found_values.quote(str(line["msg"]))
            finding = messages.REJECTED_BY_CONVERTER.finding(problem=problem)
        yield finding.under(*path)
