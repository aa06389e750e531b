"""Things of a newer minor version: what this release does not know is set aside, and told."""

import copy
from typing import Any, TypeVar

import attrs

from tulevaisuus.findings import Finding, InvalidValueError, Severity, pointers
from tulevaisuus.formats.decoding import decode
from tulevaisuus.model import Value

__all__ = ["decode_newer"]

V = TypeVar("V", bound=Value)


def decode_newer(cls: type[V], raw: object) -> tuple[V, list[Finding]]:
    """Read one object and warn of each field that is unknown; anything else is still refused."""
    try:
        return decode(cls, raw), []
    except InvalidValueError as error:
        warnings = [warning(each) for each in error.findings if each.code == "TSK004"]
        rest = copy.deepcopy(raw)
        for each in warnings:
            _remove(rest, each.path)
        if not warnings:
            raise
    try:
        return decode(cls, rest), warnings
    except InvalidValueError as error:
        raise InvalidValueError([*warnings, *error.findings]) from None


def warning(finding: Finding) -> Finding:
    """Return the finding as what it is in a document of a newer version."""
    return attrs.evolve(finding, severity=Severity.WARNING)


def _remove(raw: Any, path: str) -> None:  # noqa: ANN401 - any JSON value
    *parents, name = pointers.split(path)
    for part in parents:
        raw = raw[int(part) if isinstance(raw, list) else part]
    del raw[name]
