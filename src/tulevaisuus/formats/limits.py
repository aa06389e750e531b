"""`Limits`: the maximum sizes that readers accept; and the check of a JSON text before parsing.

A text that is too deep, or that has a number with too many digits, would make Python's own parser
fail or take very long. The exact check walks over all tokens, which takes longer than parsing. So
cheap searches in the bytes of the text come first: they find out whether the text can be beyond a
limit at all. They find every text that is beyond a limit, and a few that are not. Only for these
texts the exact check runs; it reports the first place beyond a limit.
"""

import re
import sys
from collections.abc import Iterator

import attrs

from tulevaisuus.findings import messages
from tulevaisuus.findings.argument_checks import has_type
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.localization import Param
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.messages import MessageTemplate
from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields
from tulevaisuus.formats.json_locations import locations

__all__ = [
    "MAX_DEPTH",
    "MAX_DIGITS",
    "TOKEN",
    "Limits",
    "find_beyond_limits",
    "finding_at",
    "finding_with_location",
    "limits_or_default",
    "structure_of",
    "whole_text_finding",
]


MAX_DEPTH = 500
MAX_DIGITS = 4000
"""The highest depth and number of digits that a caller can set.

They are a little below Python's own, so that Python never fails: it converts at most 4300 digits to
an `int`, and functions can call each other 1000 times, which parsing does for each level.
"""


def _check_number(limits: object, attribute: "attrs.Attribute[int]", value: object) -> None:
    """Raise an error for a limit that is not a whole number of at least zero."""
    del limits
    expected = f"Limits({attribute.name}=…) takes a whole number of at least 0"
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{expected}, not {quote(repr(value))}")
    if value < 0:
        raise ValueError(f"{expected}, not {quote(value)}")


@attrs.frozen(kw_only=True)
class Limits(PydanticFields):
    """Maximum sizes that a reader accepts; pass higher limits for larger documents.

    In a file of JSON Lines or a streamed CSV file, the first limits apply to each line; ``lines``
    and ``total`` apply to the whole file.

    Attributes:
        bytes: The size of the text.
        depth: How deeply objects and lists are nested.
        digits: The characters of one number, with sign, point and exponent.
        items: The values in lists and objects, counted by the commas between them.
        findings: How many findings are kept; all are counted.
        lines: The lines of a file.
        total: The bytes of a file after decompression.

    Raises:
        TypeError: A limit is not a whole number.
        ValueError: A limit is below zero.
    """

    bytes: int = attrs.field(default=100_000_000, validator=_check_number)
    depth: int = attrs.field(default=32, validator=_check_number)
    digits: int = attrs.field(default=64, validator=_check_number)
    items: int = attrs.field(default=10_000_000, validator=_check_number)
    findings: int = attrs.field(default=10_000, validator=_check_number)
    lines: int = attrs.field(default=10_000_000, validator=_check_number)
    total: int = attrs.field(default=10_000_000_000, validator=_check_number)


_DEFAULT = Limits()  # made once: each reader asks for it, and small documents are read fast


def limits_or_default(limits: Limits | None) -> Limits:
    """Return the limits that a caller gave; the default ones for ``None``.

    Raises:
        TypeError: The argument is not a `Limits`.
    """
    if limits is None:
        return _DEFAULT
    if not has_type(limits, Limits):
        example = "tulevaisuus.Limits(bytes=1_000_000)"
        raise TypeError(f"limits takes a Limits, such as {example}, not {quote(repr(limits))}")
    return limits


TOKEN = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|-?Infinity|NaN|[-+0-9.eE]+|[\[\]{},]', flags=re.DOTALL
)
"""A string, a constant that JSON does not have, a number, a bracket, a brace or a comma."""

# Tables for `bytes.translate`, which the cheap searches use.
_BRACES_TO_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NOT_STRUCTURE = bytes(set(range(256)).difference(b'[]{}":'))
_NUMBERS_TO_ZEROS = bytes(
    ord("0") if chr(byte).isdecimal() or byte in b"-+.eE" else ord(" ") for byte in range(256)
)


def finding_at(template: MessageTemplate, text: str, offset: int, **params: Param) -> Finding:
    """Make a finding at a place in the text; its path is the whole document."""
    return finding_with_location(template, locations(text, [offset])[offset], **params)


def finding_with_location(
    template: MessageTemplate, location: Location, **params: Param
) -> Finding:
    """Make a finding whose message names the line and column of its location."""
    position: dict[str, Param] = {"line": location.line, "column": location.column}
    return attrs.evolve(template.finding(**position, **params), location=location)


def whole_text_finding(template: MessageTemplate, limit: int) -> Finding:
    """Make a finding about the whole text.

    Its empty location keeps `TextLocator` from searching a place for it.
    """
    return attrs.evolve(template.finding(limit=limit), location=Location())


def structure_of(text: str) -> bytes:
    """Return the brackets and colons of a JSON text that are outside strings; braces as brackets.

    A few passes over bytes are far faster than one pass over tokens.
    """
    data = text.encode(errors="surrogatepass")
    # Strings are removed with their quotes, so escaped quotes must go first. Escaped backslashes
    # must go before these: in "\\" the second backslash does not escape the quote.
    if b"\\" in data:
        data = data.replace(rb"\\", b"").replace(rb"\"", b"")
    data = data.translate(_BRACES_TO_BRACKETS, _NOT_STRUCTURE).replace(b'""', b"")
    outside_strings = data.split(b'"')[::2]
    return b"".join(outside_strings)


def find_beyond_limits(text: str, structure: bytes, limits: Limits) -> Iterator[Finding]:
    """Report the first place beyond a limit of depth, items or digits.

    Args:
        text: A JSON text.
        structure: Its brackets and colons, as `structure_of` returns them.
        limits: The maximum sizes.
    """
    max_depth = min(limits.depth, MAX_DEPTH)
    python_max_digits = sys.get_int_max_str_digits() or MAX_DIGITS  # 0 means no limit
    max_digits = min(limits.digits, python_max_digits, MAX_DIGITS)
    if (
        text.count(",") + 1 > limits.items
        or _may_be_deep(structure, max_depth)
        or _may_have_long_number(text, max_digits)
    ):
        yield from _check_tokens(text, max_depth, limits.items, max_digits)


def _check_tokens(text: str, max_depth: int, max_items: int, max_digits: int) -> Iterator[Finding]:
    """Walk over the tokens of a text, and report the first one beyond a limit."""
    depth, items = 0, 1
    for match in TOKEN.finditer(text):
        piece = match[0]
        depth += (piece in "[{") - (piece in "]}")
        items += piece == ","
        if depth > max_depth:
            yield finding_at(messages.TOO_DEEP, text, match.start(), limit=max_depth)
            return
        if items > max_items:
            yield whole_text_finding(messages.TOO_MANY_ITEMS, max_items)
            return
        if len(piece) > max_digits and not piece.startswith('"'):
            yield finding_at(messages.TOO_MANY_DIGITS, text, match.start(), limit=max_digits)
            return


def _may_have_long_number(text: str, max_digits: int) -> bool:
    """Return whether a number may be longer than a limit.

    With zeros for digits, points and signs, a number that is too long is a long run of zeros.
    """
    zeros = text.encode(errors="surrogatepass").translate(_NUMBERS_TO_ZEROS)
    return b"0" * (max_digits + 1) in zeros


def _may_be_deep(structure: bytes, max_depth: int) -> bool:
    """Return whether brackets may be nested deeper than a limit.

    The innermost pairs are removed, as many times as levels are allowed. If brackets are left,
    there may be more levels.
    """
    brackets = structure.replace(b":", b"")
    for _ in range(max_depth):
        shorter = brackets.replace(b"[]", b"")
        if shorter == brackets:
            break
        brackets = shorter
    return bool(brackets)
