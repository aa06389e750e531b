"""The line of a finding, with marks under the value, cut to a width."""

import re
import unicodedata
from itertools import accumulate

from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.findings.location import Location

__all__ = ["excerpt"]

_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,:{}\[\]"]+')
"""A text or number of JSON, which is marked; of objects and lists only the bracket is."""

_MAX_EXCERPT = 2000
"""The most characters of a line, around the value; a longer line is cut."""


def excerpt(location: Location | None, width: int) -> tuple[str, ...]:
    r"""Return the line of a location and a line of marks under its value, both after a margin.

    Nothing is returned where there is no text or the place is not in it. A cell of a table is
    shown without marks.

    >>> place = Location(line=3, column=8, snippet='  "a": "x", "b": 1', caret=7)
    >>> print(*excerpt(place, 80), sep="\n")
      3 |   "a": "x", "b": 1
        |        ^^^
    """
    if location is None or location.snippet is None:
        return ()
    margin = f"{location.line or location.row or ''}"
    head, under = f"  {margin} | ", f"  {' ' * len(margin)} | "
    room = width - len(head)
    if location.caret is None or location.caret > len(location.snippet):
        shown, _, _ = _around(location.snippet, 0, 0, room)
        return (f"{head}{shown}".rstrip(),)
    shown, start, length = _marked(location.snippet, location.caret, room)
    return (f"{head}{shown}".rstrip(), f"{under}{' ' * start}{'^' * max(length, 1)}")


def _marked(snippet: str, caret: int, room: int) -> tuple[str, int, int]:
    """Return the line, and the columns at which the marks begin and how many there are."""
    first = max(0, caret - _MAX_EXCERPT // 2)
    snippet = snippet[first : first + _MAX_EXCERPT]
    caret -= first
    found = _VALUE.match(snippet, caret)
    return _around(snippet, caret, found.end() if found else caret + 1, room)


def _around(snippet: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """Cut a line around a part of it, and return it with the columns of that part.

    Every character is written as a terminal shows it, so that columns are counted rightly: a tab
    as four blanks, a control character by its number, a wide one in two columns.
    """
    cells = [_shown(each) for each in snippet]
    widths = [_columns(each) for each in cells]
    first, last = 0, len(cells)
    if sum(widths) > room:
        room -= 2  # for the dots at both ends
        # The part itself comes first. Half of the remaining columns are for the text before it, the
        # rest for the text after it; a short text before leaves more for the text after.
        last = _fitting(widths[start:end], room) + start
        used = sum(widths[start:last])
        first = start - _fitting(widths[:start][::-1], (room - used) // 2)
        last += _fitting(widths[last:], room - used - sum(widths[first:start]))
    before, after = "…" * (first > 0), "…" * (last < len(cells))
    shown = f"{before}{''.join(cells[first:last])}{after}"
    return shown, len(before) + sum(widths[first:start]), sum(widths[start : min(end, last)])


def _fitting(widths: list[int], room: int) -> int:
    """Return how many of the first characters fit."""
    return sum(total <= room for total in accumulate(widths))


def _shown(character: str) -> str:
    return "    " if character == "\t" else escape_unprintable(character)


def _columns(text: str) -> int:
    return sum(_width(each) for each in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
