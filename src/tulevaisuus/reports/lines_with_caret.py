"""The source line of a finding, with carets (``^^^``) under the value, cut to a width."""

import re
import unicodedata
from itertools import accumulate

from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.findings.location import Location

__all__ = ["excerpt"]

_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,:{}\[\]"]+')
"""A text or number of JSON. For objects and lists only the opening bracket is marked."""

_MAX_EXCERPT = 2000
"""The maximum number of characters of a line to measure: a file may be one huge line."""

_FIRST_WITHOUT_WIDTH = "\u0300"
"""Each printable character before this one, the first combining character, takes one column."""


def excerpt(location: Location | None, width: int) -> tuple[str, ...]:
    r"""Return the line of a location, after its number, and a line of carets under its value.

    The result is empty if the location has no text. A cell of a table has no carets.

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
        shown, _, _ = _cut_around(location.snippet, 0, 0, room)
        return (f"{head}{shown}".rstrip(),)
    shown, start, length = _find_value(location.snippet, location.caret, room)
    return (f"{head}{shown}".rstrip(), f"{under}{' ' * start}{'^' * max(length, 1)}")


def _find_value(snippet: str, caret: int, room: int) -> tuple[str, int, int]:
    """Return the line cut to the room, the column of the value, and its width in columns."""
    first = max(0, caret - _MAX_EXCERPT // 2)
    snippet = snippet[first : first + _MAX_EXCERPT]
    caret -= first
    match = _VALUE.match(snippet, caret)
    return _cut_around(snippet, caret, match.end() if match else caret + 1, room)


def _cut_around(snippet: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """Cut a line around a value in it; return it with the column and the width of the value.

    Carets must be under the value on a terminal. So a tab becomes four blanks, a control character
    is escaped, and a wide character counts as two columns.
    """
    if snippet.isprintable() and max(snippet, default="") < _FIRST_WITHOUT_WIDTH:
        characters, widths = [*snippet], [1] * len(snippet)
    else:
        characters = [_printable(each) for each in snippet]
        widths = [_text_width(each) for each in characters]
    first, last = 0, len(characters)
    if sum(widths) > room:
        room -= 2  # for an ellipsis at each end
        # The value itself comes first. Half of the remaining columns are for the text before it,
        # the rest for the text after it; a short text before leaves more for the text after.
        last = _count_fitting(widths[start:end], room) + start
        used = sum(widths[start:last])
        first = start - _count_fitting(widths[:start][::-1], (room - used) // 2)
        last += _count_fitting(widths[last:], room - used - sum(widths[first:start]))
    before, after = "…" if first > 0 else "", "…" if last < len(characters) else ""
    line = f"{before}{''.join(characters[first:last])}{after}"
    return line, len(before) + sum(widths[first:start]), sum(widths[start : min(end, last)])


def _count_fitting(widths: list[int], room: int) -> int:
    """Return how many of the first characters fit into the room."""
    return sum(total <= room for total in accumulate(widths))


def _printable(character: str) -> str:
    return "    " if character == "\t" else escape_unprintable(character)


def _text_width(text: str) -> int:
    return sum(_character_width(each) for each in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
