"""`Limits`: how large a document may be before it is refused unread."""

import attrs

__all__ = ["Limits"]


@attrs.frozen(kw_only=True)
class Limits:
    """What a reader takes at most; pass larger limits for larger documents.

    ``bytes`` of the whole text, ``depth`` of objects and lists in each other, ``digits`` of one
    number (its sign, point and exponent counted), ``items``: values in lists and objects, counted
    by the commas between them.
    """

    bytes: int = 100_000_000
    depth: int = 32
    digits: int = 64
    items: int = 10_000_000
