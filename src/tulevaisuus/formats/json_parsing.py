"""Parsing bytes to JSON values, with all findings on the text itself (TSK001)."""

import codecs
import functools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import NamedTuple, cast

import attrs

from tulevaisuus.findings import expectations, messages, pointers
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.expectations import NumberLiteral, quote
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.messages import MessageTemplate
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.already_reported import ALREADY_REPORTED
from tulevaisuus.formats.foreign_files import foreign_file
from tulevaisuus.formats.json_locations import locations
from tulevaisuus.formats.limits import Limits

__all__ = ["Parsed", "number", "parse"]

_TOKEN = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|-?Infinity|NaN|[-+0-9.eE]+|[\[\]{},]', flags=re.DOTALL
)
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a pair comes first
    r"|u[dD](?P<half>[89a-fA-F])[0-9a-fA-F]{2}|.)",
    flags=re.DOTALL,
)
_SQUARE = bytes.maketrans(b"{}", b"[]")
_OTHERS = bytes(set(range(256)).difference(b'[]{}"'))
_DIGITS_AS_ZEROS = bytes(
    48 if chr(byte).isdecimal() or byte in b"-+.eE" else 32 for byte in range(256)
)
_CONSTANTS = {"NaN", "Infinity", "-Infinity"}
_MAX_DEPTH = 500
_MAX_DIGITS = 4000
"""The limits of Python itself, which no larger `Limits` can exceed."""

_LONG_KEY = 200


class Parsed(NamedTuple):
    """A JSON value, if the text is one, and what is wrong with the text."""

    value: object
    problems: Collector


class _Repeated(dict[str, object]):
    """An object with repeated keys; it holds their last values."""

    __slots__ = ("repeated",)
    repeated: tuple[str, ...]


def parse(data: bytes | str, limits: Limits) -> Parsed:
    """Parse a document; the value of one that cannot be parsed is `ALREADY_REPORTED`."""
    problems = Collector(limits.findings)
    text, findings = _decode(data, limits)
    problems.extend(findings or [*_beyond_limits(text, limits)] or [*_lone_surrogates(text)])
    if problems.total:
        return Parsed(ALREADY_REPORTED, problems)
    repeating: list[_Repeated] = []
    try:
        value = json.loads(
            text,
            object_pairs_hook=functools.partial(_object, repeating),
            parse_float=number,
            parse_constant=lambda _: ALREADY_REPORTED,
        )
    except json.JSONDecodeError as error:
        problems.add(
            _finding_at(messages.NOT_JSON, text, error.pos, found=_found_at(text, error.pos))
        )
        return Parsed(ALREADY_REPORTED, problems)
    _report_constants(text, problems)
    if repeating:
        problems.extend(_repeated_keys(value))
    return Parsed(value, problems)


def _found_at(text: str, offset: int) -> LocalizedText:
    if offset >= len(text):
        return expectations.found("end_of_file")
    return expectations.found("text", value=quote(text[offset : offset + 20]))


def _finding_at(template: MessageTemplate, text: str, offset: int, **params: Param) -> Finding:
    """Make a finding on a place in the text; its path is the whole document."""
    return _placed(template, locations(text, [offset])[offset], **params)


def _placed(template: MessageTemplate, location: Location, **params: Param) -> Finding:
    where: dict[str, Param] = {"line": location.line, "column": location.column}
    return attrs.evolve(template.finding(**where, **params), location=location)


def _on_the_whole(template: MessageTemplate, limit: int) -> Finding:
    """Make a finding on the whole text; an empty location keeps locators from searching one."""
    return attrs.evolve(template.finding(limit=limit), location=Location())


def _decode(data: bytes | str, limits: Limits) -> tuple[str, list[Finding]]:
    size = len(data) if isinstance(data, bytes) else len(data.encode(errors="surrogatepass"))
    if size > limits.bytes:
        return "", [_on_the_whole(messages.TOO_LARGE, limits.bytes)]
    if isinstance(data, str):
        return data.removeprefix("\ufeff"), []
    foreign = foreign_file(data)
    if foreign is not None:
        return "", [messages.FOREIGN_FILE.finding(found=foreign)]
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode(), []
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        return "", [_finding_at(messages.NOT_UTF8, before, len(before))]


def _beyond_limits(text: str, limits: Limits) -> Iterator[Finding]:
    """Find the first place beyond a limit of depth, items or digits."""
    most_deep = min(limits.depth, _MAX_DEPTH)
    most_digits = min(limits.digits, sys.get_int_max_str_digits() or _MAX_DIGITS, _MAX_DIGITS)
    data = text.encode(errors="surrogatepass")
    # Fast searches in the whole text first, as most texts are within the limits. Digits and signs
    # become zeros, so that a number that is too long is a run of too many zeros.
    may_be_many = text.count(",") + 1 > limits.items
    may_be_long = b"0" * (most_digits + 1) in data.translate(_DIGITS_AS_ZEROS)
    if not (may_be_many or may_be_long or _may_be_deep(data, most_deep)):
        return
    depth, items = 0, 1
    for match in _TOKEN.finditer(text):
        piece = match[0]
        depth += (piece in "[{") - (piece in "]}")
        items += piece == ","
        if depth > most_deep:
            yield _finding_at(messages.TOO_DEEP, text, match.start(), limit=most_deep)
            return
        if items > limits.items:
            yield _on_the_whole(messages.TOO_MANY_ITEMS, limits.items)
            return
        if len(piece) > most_digits and not piece.startswith('"'):
            yield _finding_at(messages.TOO_MANY_DIGITS, text, match.start(), limit=most_digits)
            return


def _may_be_deep(data: bytes, most: int) -> bool:
    """Return whether brackets may be nested deeper, by removing the innermost ones `most` times.

    Strings are removed first. A few passes over bytes are far faster than one over tokens.
    """
    # Escapes are removed before strings are, which end at a quote: escaped backslashes first, as
    # otherwise the second backslash would seem to escape the closing quote.
    if b"\\" in data:
        data = data.replace(rb"\\", b"").replace(rb"\"", b"")
    data = data.translate(_SQUARE, _OTHERS).replace(b'""', b"")
    data = b"".join(data.split(b'"')[::2])
    for _ in range(most):
        data, before = data.replace(b"[]", b""), len(data)
        if len(data) == before:
            break
    return bool(data)


def _lone_surrogates(text: str) -> Iterator[Finding]:
    """Find the first surrogate that is not one half of a pair, written as such or escaped."""
    offsets: list[int] = []
    try:
        text.encode()
    except UnicodeEncodeError as error:
        offsets.append(error.start)
    if "\\u" in text:
        halves = (match.start() for match in _ESCAPE.finditer(text) if match["half"])
        offsets += islice(halves, 1)
    for offset in sorted(offsets)[:1]:
        yield _finding_at(messages.LONE_SURROGATE, text, offset)


def _object(repeating: list[_Repeated], pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    times = Counter(name for name, _ in pairs)
    again = _Repeated(made)
    again.repeated = tuple(name for name in made if times[name] > 1)
    repeating.append(again)
    return again


def number(literal: str) -> Decimal | NumberLiteral:
    """Read a number with a fraction; one with an exponent is kept as text."""
    return NumberLiteral(literal) if "e" in literal.lower() else Decimal(literal)


def _report_constants(text: str, problems: Collector) -> None:
    """Report NaN and infinities, which Python accepts; only those that are kept get a location."""
    if "NaN" not in text and "Infinity" not in text:
        return
    found = {match.start(): match[0] for match in _TOKEN.finditer(text) if match[0] in _CONSTANTS}
    for offset, location in locations(text, islice(found, problems.limit)).items():
        problems.add(_placed(messages.NOT_A_NUMBER, location, found=found[offset]))
    omitted = len(found) - problems.total
    problems.extend((), ((messages.NOT_A_NUMBER.code, Severity.ERROR, omitted),))


def _repeated_keys(value: object, *path: str | int) -> Iterator[Finding]:
    """Find repeated keys, but not within fields with long names, which make long paths."""
    if isinstance(value, _Repeated):
        for name in value.repeated:
            yield messages.DUPLICATE_KEY.finding(pointers.join(*path, name), key=quote(name))
    for part, child in _members(value):
        if isinstance(part, int) or len(part) <= _LONG_KEY:
            yield from _repeated_keys(child, *path, part)


def _members(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value).items()
    return enumerate(cast("list[object]", value)) if isinstance(value, list) else ()
