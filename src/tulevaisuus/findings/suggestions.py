"""What may have been meant: the near ones among known names."""

import functools
from collections.abc import Iterable

__all__ = ["suggest"]

_LONGEST = 100
"""A longer text is compared by its beginning: the comparison is slow, the text is no code."""

_MOST = 2000
"""Among more names nothing is looked for: it would take seconds, and every wrong key could ask."""


def suggest(text: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Return the known names most like the text, the nearest first.

    >>> suggest("recipent", ["recipient", "amount_eur"])
    ('recipient',)
    """
    names = tuple(known)
    return _suggest(text[:_LONGEST], names, most) if len(names) <= _MOST else ()


@functools.lru_cache(maxsize=1024)
def _suggest(text: str, known: tuple[str, ...], most: int) -> tuple[str, ...]:
    from difflib import get_close_matches  # only a mistake needs it

    return tuple(get_close_matches(text, known, n=most))
