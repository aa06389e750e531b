"""`Line`: a line of text for people, with the parts that the command may colour."""

from typing import NamedTuple

__all__ = ["Line", "styled_line"]


class Line(NamedTuple):
    """A line of a report, with the parts that may be coloured, as (start, end, style).

    Styles are ``place``, ``error``, ``warning``, ``note``, ``summary``, ``label``, ``detail`` and
    ``excerpt``.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...] = ()


def styled_line(text: str, style: str, *, start: int = 0, end: int | None = None) -> Line:
    """Return a line with one style.

    Args:
        text: The text of the line.
        style: The style, one of those of `Line`.
        start: The column at which the style begins.
        end: The column at which it ends; ``None`` for the end of the line.
    """
    return Line(text, ((start, len(text) if end is None else end, style),))
