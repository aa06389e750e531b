"""Parses a document to JSON values, with all findings about the text itself (TSK001)."""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import NamedTuple, cast

from tulevaisuus.findings import found_values, json_pointers, messages
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.found_values import NumberLiteral, quote
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.decoding import ALREADY_REPORTED
from tulevaisuus.formats.json_locations import locations
from tulevaisuus.formats.limits import (
    TOKEN,
    Limits,
    find_beyond_limits,
    finding_at,
    finding_with_location,
    structure_of,
    whole_text_finding,
)
from tulevaisuus.formats.other_file_types import describe_other_file_type

__all__ = ["Parsed", "parse", "parse_number"]

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a pair comes first
    r"|u[dD](?P<lone>[89a-fA-F])[0-9a-fA-F]{2}|.)",
    flags=re.DOTALL,
)
"""An escape in a string; ``lone`` matches half of a surrogate pair without the other half."""

_CONSTANTS = {"NaN", "Infinity", "-Infinity"}
_WHITESPACE = " \t\r\n"
_LINE_OF_OBJECT = re.compile(r"\}[ \t\r]*\n\s*\{\Z")
"""The end of an object, and the beginning of another one on a later line, as in JSON Lines."""

_MAX_KEY_LENGTH = 200
"""Repeated keys are not searched for under longer keys."""

_MAX_TEXT_SHOWN = 20
"""The maximum number of characters that the message on a syntax error shows."""


class Parsed(NamedTuple):
    """A JSON value, or `ALREADY_REPORTED` if the text is not JSON, and findings about the text."""

    value: object
    problems: Collector


class _ObjectWithRepeatedKeys(dict[str, object]):
    """An object with repeated keys; each key has its last value."""

    __slots__ = ("repeated",)
    repeated: tuple[str, ...]


def parse(data: bytes | str, limits: Limits) -> Parsed:
    """Parse a document; the value of one that cannot be parsed is `ALREADY_REPORTED`."""
    problems = Collector(limits.findings)
    text, findings = _decode(data, limits)
    structure = structure_of(text)
    # Only the first kind of problem is reported: after it, the others cannot be found reliably.
    problems.extend(
        findings or [*find_beyond_limits(text, structure, limits)] or [*_find_lone_surrogates(text)]
    )
    if problems.total:
        return Parsed(ALREADY_REPORTED, problems)
    try:
        loaded = _load(text)
    except json.JSONDecodeError as error:
        problems.add(_syntax_finding(text, error))
        return Parsed(ALREADY_REPORTED, problems)
    if loaded.has_constants:
        _report_constants(text, problems)
    # Each member has one colon. A repeated key has a colon more, but its `dict` has no member more.
    if loaded.member_count == structure.count(b":"):
        return Parsed(loaded.value, problems)
    value = _load_with_repeated_keys(text)
    problems.extend(_find_repeated_keys(value))
    return Parsed(value, problems)


class _Loaded(NamedTuple):
    """A JSON value, the number of members in all objects, and whether it has NaN or Infinity."""

    value: object
    member_count: int
    has_constants: bool


def _load(text: str) -> _Loaded:
    """Parse a JSON text without looking for repeated keys, which would take half as long again."""
    member_count = 0
    has_constants = False

    def count_members(members: dict[str, object]) -> dict[str, object]:
        """Count the members of an object, and return it."""
        nonlocal member_count
        member_count += len(members)
        return members

    def reject_constant(_: str) -> object:
        """Replace NaN or an infinity, and remember that there is one."""
        nonlocal has_constants
        has_constants = True
        return ALREADY_REPORTED

    value: object = json.loads(
        text, object_hook=count_members, parse_float=parse_number, parse_constant=reject_constant
    )
    return _Loaded(value, member_count, has_constants)


def _load_with_repeated_keys(text: str) -> object:
    """Parse a JSON text again; each object with repeated keys remembers them."""
    return json.loads(
        text,
        object_pairs_hook=_object_from_pairs,
        parse_float=parse_number,
        parse_constant=lambda _: ALREADY_REPORTED,
    )


def _syntax_finding(text: str, error: json.JSONDecodeError) -> Finding:
    """Return what is wrong with a text that is not JSON."""
    if not text.strip(_WHITESPACE):
        return finding_at(messages.EMPTY_DOCUMENT, text, error.pos)
    if error.msg == "Extra data" and _LINE_OF_OBJECT.search(text, 0, error.pos + 1):
        return finding_at(messages.SEVERAL_DOCUMENTS, text, error.pos)
    found = _describe_text_at(text, error.pos)
    return finding_at(messages.NOT_JSON, text, error.pos, found=found)


def _describe_text_at(text: str, offset: int) -> LocalizedText:
    if offset >= len(text):
        return found_values.found("end_of_file")
    return found_values.found("text", value=quote(text[offset : offset + _MAX_TEXT_SHOWN]))


def _decode(data: bytes | str, limits: Limits) -> tuple[str, list[Finding]]:
    """Return the text of a document, or a finding if it is too large or not UTF-8."""
    size = len(data) if isinstance(data, bytes) else len(data.encode(errors="surrogatepass"))
    if size > limits.bytes:
        return "", [whole_text_finding(messages.TOO_LARGE, limits.bytes)]
    if isinstance(data, str):
        return data.removeprefix("\ufeff"), []
    other_type = describe_other_file_type(data)
    if other_type is not None:
        return "", [messages.OTHER_FILE_TYPE.finding(found=other_type)]
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode(), []
    except UnicodeDecodeError as error:
        valid_part = error.object[: error.start].decode()
        return "", [finding_at(messages.NOT_UTF8, valid_part, len(valid_part))]


def _find_lone_surrogates(text: str) -> Iterator[Finding]:
    """Report the first surrogate without its counterpart, as a character or as an escape."""
    offsets: list[int] = []
    try:
        text.encode()
    except UnicodeEncodeError as error:
        offsets.append(error.start)
    if "\\" in text and "\\u" in text:  # one character is found many times faster than two
        escapes = (match.start() for match in _ESCAPE.finditer(text) if match["lone"])
        offsets += islice(escapes, 1)
    if offsets:
        yield finding_at(messages.LONE_SURROGATE, text, min(offsets))


def _object_from_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    counts = Counter(name for name, _ in pairs)
    repeated = _ObjectWithRepeatedKeys(members)
    repeated.repeated = tuple(name for name in members if counts[name] > 1)
    return repeated


def parse_number(literal: str) -> Decimal | NumberLiteral:
    """Parse a number with a fraction; a number with an exponent is kept as text."""
    return NumberLiteral(literal) if "e" in literal.lower() else Decimal(literal)


def _report_constants(text: str, problems: Collector) -> None:
    """Report NaN and infinities, which Python's parser accepts and JSON does not have."""
    constants = {
        match.start(): match[0] for match in TOKEN.finditer(text) if match[0] in _CONSTANTS
    }
    # Locations take time, so only the findings that are kept get one. The others are counted.
    reported = locations(text, islice(constants, problems.limit))
    for offset, location in reported.items():
        problems.add(
            finding_with_location(messages.NOT_A_NUMBER, location, found=constants[offset])
        )
    omitted = len(constants) - len(reported)
    problems.extend((), counts=((messages.NOT_A_NUMBER.code, Severity.ERROR, omitted),))


def _find_repeated_keys(value: object, *path: str | int) -> Iterator[Finding]:
    """Report repeated keys, except under very long keys, which would make long paths."""
    if isinstance(value, _ObjectWithRepeatedKeys):
        for name in value.repeated:
            yield messages.DUPLICATE_KEY.finding(json_pointers.join(*path, name), key=quote(name))
    for part, child in _children(value):
        if isinstance(part, int) or len(part) <= _MAX_KEY_LENGTH:
            yield from _find_repeated_keys(child, *path, part)


def _children(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value).items()
    return enumerate(cast("list[object]", value)) if isinstance(value, list) else ()
