"""Findings as plain data for JSON, as ``reports/schemas/report.json`` describes it."""

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar, cast

import attrs

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.localization import LANGUAGES, Localizable, localize
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.unchecked import Unchecked

__all__ = ["JsonObject", "encodable", "make_part", "plain_finding", "plain_unchecked"]

JsonObject: TypeAlias = dict[str, object]
"""A dict that becomes an object in JSON."""


T = TypeVar("T")


def plain_finding(finding: Finding, language: str | None = None) -> JsonObject:
    """Return a finding as data, with its message in one language or in all three."""
    message = (
        {each: finding.message(each) for each in LANGUAGES}
        if language is None
        else finding.message(language)
    )
    data: JsonObject = {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.path,
        "subject": finding.subject,
        "message": message,
        "params": {name: _plain_param(value) for name, value in finding.params},
        "sources": list(finding.sources),
    }
    if finding.location is not None:
        data["location"] = _plain_location(finding.location)
    return encodable(data)


def plain_unchecked(unchecked: Unchecked) -> JsonObject:
    """Return an unchecked object as data."""
    data: JsonObject = {"path": unchecked.path, "subject": unchecked.subject}
    if unchecked.location is not None:
        data["location"] = _plain_location(unchecked.location)
    return encodable(data)


def make_part(makers: Mapping[str, Callable[[], object]], name: str, owner: str) -> object:
    """Return a value of an object's data; only that value is made.

    Args:
        makers: The function that makes each value, by its name.
        name: The name of the value.
        owner: The object in words, for the message: ``a report``.

    Raises:
        UnknownCodeError: There is no value with the name.
    """
    make = makers.get(name)
    if make is None:
        message = f"{owner} has no value '{quote(name)}'; its values are {', '.join(makers)}"
        raise UnknownCodeError(message, name)
    return make()


def encodable(data: T) -> T:
    r"""Escape lone surrogates in texts within dicts and lists: UTF-8 cannot encode them.

    They come from file names that are not UTF-8, and from keys of data that another program parsed.

    >>> encodable({"path": "/\udcff"})
    {'path': '/\\udcff'}
    """
    if isinstance(data, str):
        return cast("T", data.encode("utf-8", "backslashreplace").decode())
    if isinstance(data, dict):
        members = cast("JsonObject", data).items()
        return cast("T", {name: encodable(value) for name, value in members})
    if isinstance(data, list):
        return cast("T", [encodable(each) for each in cast("list[object]", data)])
    return data


def _plain_location(location: Location) -> JsonObject:
    fields = attrs.asdict(location, recurse=False)
    return {name: value for name, value in fields.items() if value is not None}


def _plain_param(value: object) -> object:
    """Return a parameter as data: numbers and lists stay, other values become text."""
    match value:
        case tuple():
            return [_plain_param(each) for each in cast("tuple[object, ...]", value)]
        case int() | None:
            return value
        case str():
            return str(value)
        case _:
            # Dates and periods are localizable, too, but only phrases have the three languages.
            is_phrase = all(hasattr(value, language) for language in LANGUAGES)
            return localize(cast("Localizable", value), "en") if is_phrase else str(value)
