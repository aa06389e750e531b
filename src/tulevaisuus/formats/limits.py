"""`Limits`: the maximum size, depth and number of findings that readers accept."""

import attrs

__all__ = ["Limits"]


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
    """

    bytes: int = 100_000_000
    depth: int = 32
    digits: int = 64
    items: int = 10_000_000
    findings: int = 10_000
    lines: int = 10_000_000
    total: int = 10_000_000_000
