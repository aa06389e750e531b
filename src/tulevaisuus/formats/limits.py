"""`Limits` of readers: the most bytes, nesting, digits, items, lines and findings."""

import attrs

__all__ = ["Limits"]


@attrs.frozen(kw_only=True)
class Limits:
    """What a reader takes at most; pass larger limits for larger documents.

    ``bytes`` of the whole text, ``depth`` of objects and lists in each other, ``digits`` of one
    number (its sign, point and exponent counted), ``items``: values in lists and objects, counted
    by the commas between them. ``findings`` are those that are kept; all are counted. ``lines``
    and ``total`` hold for files of JSON Lines, of which the others hold for each line: how many
    lines, and how many bytes in all when unpacked.
    """

    bytes: int = 100_000_000
    depth: int = 32
    digits: int = 64
    items: int = 10_000_000
    findings: int = 10_000
    lines: int = 10_000_000
    total: int = 10_000_000_000
