"""Finds the lines and columns of paths in the text of a JSON document, in one pass.

It is only used if there are findings. Only objects and lists on the path of a finding are walked
through; all else is skipped at the speed of the C parser.
"""

import json
import re
from collections.abc import Iterable
from typing import cast

import attrs

from tulevaisuus.findings import messages, pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location

__all__ = ["TextLocator", "locations"]

_BLANKS = re.compile(r"[ \t\r\n]*")
_MAX_LINE = 240
_MAX_BEFORE = 80
"""How long a line is shown whole, and how many characters before the place in a longer one."""

_value_at = json.JSONDecoder(parse_float=str).raw_decode
"""Reads the value that begins at an offset; returns it and where it ends."""


class _Node:
    """A part of the wanted paths, with its children and the offsets of its key and value."""

    __slots__ = ("children", "key", "value")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.key: int | None = None
        self.value: int | None = None

    def forget(self) -> None:
        """Drop the offsets: a repeated key replaces all values under the earlier one."""
        self.key = self.value = None
        for child in self.children.values():
            child.forget()


@attrs.frozen
class TextLocator:
    """Finds the lines and columns of findings in the text of a document.

    ``data`` is the document as it was given, ``source`` its path or name, ``first_line`` the
    number of its first line where it is part of a larger file.
    """

    data: bytes | str = attrs.field(repr=False)
    source: str | None = None
    first_line: int = 1

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with line, column and the line itself.

        A finding on a missing field, or on a path that the text does not have, is at the object
        that encloses it; one on an unknown field, or a repeated one, at the key.
        """
        wanted = list(findings)
        if not wanted:
            return wanted
        unlocated = [finding for finding in wanted if finding.location is None]
        text = self._text() if unlocated else ""
        root = _wanted(finding.path for finding in unlocated)
        _Scanner(text).scan(root)
        offsets = {finding: _offset_of(finding, root) for finding in unlocated}
        places = locations(text, offsets.values())
        return [
            self._here(finding, finding.location or places[offsets[finding]]) for finding in wanted
        ]

    def _here(self, finding: Finding, location: Location) -> Finding:
        """Return the finding at a place in the text, as one in the file that the text is from."""
        if location.source is not None:
            return finding
        line = location.line and location.line + self.first_line - 1
        return attrs.evolve(finding, location=attrs.evolve(location, source=self.source, line=line))

    def _text(self) -> str:
        if isinstance(self.data, str):
            return self.data.removeprefix("\ufeff")
        return self.data.decode(errors="surrogateescape").removeprefix("\ufeff")


def _wanted(paths: Iterable[str]) -> _Node:
    """Make a tree of all paths, so that the text is walked once for all of them."""
    root = _Node()
    for path in set(paths):
        node = root
        for part in pointers.split(path):
            node = node.children.setdefault(part, _Node())
    return root


def _offset_of(finding: Finding, root: _Node) -> int:
    """Return where a finding is: at its value or key or, if there is none, at what encloses it."""
    node = root
    offset = root.value or 0
    for part in pointers.split(finding.path):
        node = node.children[part]
        if node.value is None:
            return offset
        offset = node.value
    is_on_key = finding.code == "TSK004" or finding.template == messages.DUPLICATE_KEY.text
    return node.key if is_on_key and node.key is not None else offset


class _Scanner:
    """Walks through a valid JSON text and notes the offsets of the wanted nodes."""

    def __init__(self, text: str) -> None:
        self.text = text

    def scan(self, root: _Node) -> None:
        """Note the offsets; in a text that is not JSON only that of the beginning."""
        root.value = self._after_blanks(0)
        if not root.children:
            return  # skipping a whole document takes as long as parsing it
        try:
            self._value(root.value, root)
        except (ValueError, IndexError, RecursionError):
            return

    def _after_blanks(self, offset: int) -> int:
        return cast("re.Match[str]", _BLANKS.match(self.text, offset)).end()

    def _value(self, offset: int, node: _Node) -> int:
        """Note the value that begins here, and return where it ends."""
        node.value = offset
        opening = self.text[offset]
        if not node.children or opening not in "{[":
            return _value_at(self.text, offset)[1]
        return self._object(offset, node) if opening == "{" else self._list(offset, node)

    def _object(self, offset: int, node: _Node) -> int:
        offset = self._after_blanks(offset + 1)
        while self.text[offset] != "}":
            key_at = offset
            key, offset = _value_at(self.text, offset)
            offset = self._after_blanks(self._after_blanks(offset) + 1)  # past the colon
            child = node.children.get(key)
            if child is None:
                offset = _value_at(self.text, offset)[1]
            else:
                child.forget()
                child.key = key_at
                offset = self._value(offset, child)
            offset = self._after_separator(offset)
        return offset + 1

    def _list(self, offset: int, node: _Node) -> int:
        offset = self._after_blanks(offset + 1)
        index = 0
        while self.text[offset] != "]":
            child = node.children.get(str(index))
            if child is None:
                offset = _value_at(self.text, offset)[1]
            else:
                offset = self._value(offset, child)
            offset = self._after_separator(offset)
            index += 1
        return offset + 1

    def _after_separator(self, offset: int) -> int:
        offset = self._after_blanks(offset)
        return self._after_blanks(offset + 1) if self.text[offset] == "," else offset


def locations(text: str, offsets: Iterable[int]) -> dict[int, Location]:
    """Return the lines and columns of offsets in a text, in one pass over its lines."""
    found: dict[int, Location] = {}
    line, start, last = 1, 0, 0
    for offset in sorted(set(offsets)):
        line += text.count("\n", last, offset)
        start = max(start, text.rfind("\n", last, offset) + 1)
        last = offset
        snippet, caret = _line_at(text, start, offset)
        found[offset] = Location(line=line, column=offset - start + 1, snippet=snippet, caret=caret)
    return found


def _line_at(text: str, start: int, offset: int) -> tuple[str, int]:
    """Return the line around an offset, cut where it is long, and the offset within that."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    if end - start <= _MAX_LINE:
        return text[start:end].rstrip("\r"), offset - start
    first = max(start, offset - _MAX_BEFORE)
    last = min(end, first + _MAX_LINE)
    before, after = "…" * (first > start), "…" * (last < end)
    return f"{before}{text[first:last]}{after}", offset - first + len(before)
