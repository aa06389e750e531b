"""`Limits`: the maximum size, depth and number of findings that readers accept."""

from typing import cast

import attrs

from tulevaisuus.findings.found_values import quote

__all__ = ["MAX_DEPTH", "MAX_DIGITS", "Limits", "limits_or_default"]

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
class Limits:
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


def limits_or_default(limits: Limits | None) -> Limits:
    """Return the limits that a caller gave; the default ones for ``None``.

    Raises:
        TypeError: The argument is not a `Limits`.
    """
    if limits is None:
        return Limits()
    if not isinstance(cast("object", limits), Limits):
        example = "tulevaisuus.Limits(bytes=1_000_000)"
        raise TypeError(f"limits takes a Limits, such as {example}, not {quote(repr(limits))}")
    return limits
