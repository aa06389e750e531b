"""`findings_of`: the findings in an error that cattrs, pydantic or FastAPI has raised."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from typing import cast

import attrs
from cattrs import BaseConverter
from cattrs.errors import (
    AttributeValidationNote,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from tulevaisuus.findings import found_values, messages
from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.decoding import unknown_fields

__all__ = ["findings_of"]

_PYDANTIC = {"pydantic", "pydantic_core", "fastapi"}
"""The packages whose errors list errors in the form of pydantic."""


def findings_of(error: BaseException) -> tuple[Finding, ...]:
    """Return the findings in an error of cattrs, pydantic or FastAPI, with paths from the root.

    Findings of this library are returned unchanged; any other error, from a user's own classes,
    becomes a finding with its text. Without detailed validation the errors of a converter have no
    path; then the data is read once more with detailed validation.
    """
    require_argument(error, BaseException, "findings_of", "an exception")
    return tuple(_findings_of(_raise_again_in_detail(error)))


def _raise_again_in_detail(error: BaseException) -> BaseException:
    """Return the error that the converter raises with detailed validation.

    The converter and the data are in the traceback, in the first call of `BaseConverter.structure`.
    An iterator cannot be read again.
    """
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    structure_code = BaseConverter.structure.__code__
    calls = [frame.f_locals for frame in frames if frame.f_code is structure_code]
    if not calls:
        return error
    converter: BaseConverter = calls[0]["self"]
    data, cls = calls[0]["obj"], calls[0]["cl"]
    if converter.detailed_validation or hasattr(data, "__next__"):
        return error
    try:
        detailed_converter = converter.copy(detailed_validation=True)
    except TypeError:  # a subclass whose constructor takes other arguments
        return error
    try:
        detailed_converter.structure(data, cls)
    except Exception as detailed:  # noqa: BLE001 - a user's hooks may raise anything
        return detailed
    return error


def _findings_of(error: BaseException) -> Iterator[Finding]:
    if isinstance(error, InvalidValueError):
        yield from error.findings
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl)] if attrs.has(error.cl) else []
        yield from unknown_fields(sorted(error.extra_fields), known)
    elif type(error).__module__.partition(".")[0] in _PYDANTIC and hasattr(error, "errors"):
        from tulevaisuus.formats.pydantic_errors import findings_of_pydantic

        yield from findings_of_pydantic(error)
    elif isinstance(error, BaseExceptionGroup):
        for inner in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            for finding in _findings_of(inner):
                yield finding.under(*_path_of(inner))
    else:
        yield messages.REJECTED_BY_CONVERTER.finding(
            problem=found_values.quote(f"{type(error).__name__}: {error}")
        )


def _path_of(error: BaseException) -> list[str | int]:
    """Return the field or index that cattrs has noted on an error."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return [note.name]
        if isinstance(note, IterableValidationNote):
            return [note.index]
    return []
