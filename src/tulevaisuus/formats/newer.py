"""Things of a newer minor version: what this release does not know is set aside, and told."""

from typing import TypeVar, cast

import attrs

from tulevaisuus.findings import Finding, InvalidValueError, Severity
from tulevaisuus.formats.decoding import decode, unknown_fields
from tulevaisuus.model import BusinessId, Value
from tulevaisuus.model.kinds import Kind, Many, Nested
from tulevaisuus.model.value import fields_of

__all__ = ["decode_newer", "warning"]

V = TypeVar("V", bound=Value)


def decode_newer(cls: type[V], raw: object) -> tuple[V, list[Finding]]:
    """Read one object and warn of each field that is unknown; anything else is still refused."""
    known, found = _known(Nested(cls), raw)
    warnings = [each.of(cls.subject(_plain_fields(known))) for each in found]
    try:
        return decode(cls, known), warnings
    except InvalidValueError as error:
        raise InvalidValueError([*warnings, *error.findings]) from None


def warning(finding: Finding) -> Finding:
    """Return the finding as what it is in a document of a newer version."""
    return attrs.evolve(finding, severity=Severity.WARNING)


def _plain_fields(raw: object) -> dict[str, object]:
    members = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
    return {name: value for name, value in members.items() if isinstance(value, str | int)}


def _known(kind: Kind, raw: object) -> tuple[object, list[Finding]]:
    """Return a JSON value without the fields that its kind does not have, and what they were."""
    if isinstance(kind, Many) and isinstance(raw, list | tuple):
        parts = [_known(kind.item, each) for each in cast("list[object]", raw)]
        found = [each.under(place) for place, (_, told) in enumerate(parts) for each in told]
        return [part for part, _ in parts], found
    if not isinstance(kind, Nested) or kind.cls is BusinessId or not isinstance(raw, dict):
        return raw, []
    specs = fields_of(kind.cls)
    members = cast("dict[str, object]", raw)
    found = [warning(each) for each in unknown_fields(members, specs.keys())]
    known: dict[str, object] = {}
    for name in (name for name in members if name in specs):
        known[name], told = _known(specs[name].kind, members[name])
        found += [each.under(name) for each in told]
    return known, found
