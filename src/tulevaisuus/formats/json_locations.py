"""Finds the lines and columns of paths in the text of a JSON document, in one pass.

It is only used if there are findings. Only objects and lists on the path of a finding are scanned
here; everything else is skipped by the C parser of Python, which is fast.
"""

import json
import re
from collections.abc import Iterable
from typing import cast

import attrs

from tulevaisuus.findings import json_pointers, messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.unchecked import Located, Unchecked

__all__ = ["TextLocator", "locations"]

_WHITESPACE = re.compile(r"[ \t\r\n]*")
_MAX_LINE_LENGTH = 240
_MAX_BEFORE = 80
"""A longer line is cut; so many characters before the position are shown."""

_UNDECODED = re.compile("[\ud800-\udfff]")
"""Lone surrogates in place of bytes that are no UTF-8: no report could write them."""

_value_and_end = json.JSONDecoder(parse_float=str).raw_decode
"""Parses the value at an offset, and returns it with the offset where it ends."""


class _Node:
    """One step of the paths of findings, with the offsets of its key and value in the text."""

    __slots__ = ("children", "key", "value")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}  # by the next step of the path
        self.key: int | None = None
        self.value: int | None = None

    def forget(self) -> None:
        """Drop the offsets: a repeated key replaces the earlier value and everything in it."""
        self.key = self.value = None
        for child in self.children.values():
            child.forget()


@attrs.frozen
class TextLocator:
    """Finds the lines and columns of findings in the text of a document.

    ``data`` is the text of the document and ``source`` its path or name. If the document is a part
    of a larger file, ``first_line`` is the number of its first line there.
    """

    data: bytes | str = attrs.field(repr=False)
    source: str | None = None
    first_line: int = 1

    def locate(self, findings: Iterable[Located]) -> list[Located]:
        """Return the findings with line, column and the text of the line.

        A finding about a missing field is located at the object around it. A finding about an
        unknown or repeated field is located at the key.
        """
        located = list(findings)
        if not located:
            return located
        unlocated = [finding for finding in located if finding.location is None]
        text = self._text() if unlocated else ""
        root = _make_tree(finding.path for finding in unlocated)
        _Scanner(text).scan(root)
        offsets = [_offset_of(finding, root) for finding in unlocated]
        by_offset = locations(text, offsets)
        found = map(by_offset.__getitem__, offsets)
        return [self._in_file(finding, finding.location or next(found)) for finding in located]

    def _in_file(self, finding: Located, location: Location) -> Located:
        """Return the finding with the file, and with the line number in the whole file."""
        if location.source is not None:
            return finding
        line = location.line and location.line + self.first_line - 1
        return attrs.evolve(finding, location=attrs.evolve(location, source=self.source, line=line))

    def _text(self) -> str:
        if isinstance(self.data, str):
            return self.data.removeprefix("\ufeff")
        return self.data.decode(errors="surrogateescape").removeprefix("\ufeff")


def _make_tree(paths: Iterable[str]) -> _Node:
    """Make a tree of all paths, so that the text is scanned once for all of them."""
    root = _Node()
    for path in set(paths):
        node = root
        for part in json_pointers.split(path):
            node = node.children.setdefault(part, _Node())
    return root


def _offset_of(finding: Finding | Unchecked, root: _Node) -> int:
    """Return the offset of the value or key at a path, or of the object around it."""
    node = root
    offset = root.value or 0
    for part in json_pointers.split(finding.path):
        node = node.children[part]
        if node.value is None:
            return offset
        offset = node.value
    return node.key if _is_about_key(finding) and node.key is not None else offset


def _is_about_key(finding: Finding | Unchecked) -> bool:
    """Return whether a finding is about the key at its path, not about the value."""
    return isinstance(finding, Finding) and (
        finding.code == messages.UNKNOWN_FIELD.code
        or finding.template == messages.DUPLICATE_KEY.text
    )


class _Scanner:
    """Scans a valid JSON text, and sets the offsets of the nodes."""

    def __init__(self, text: str) -> None:
        self.text = text

    def scan(self, root: _Node) -> None:
        """Set the offsets. If the text is not JSON, set as many as possible."""
        root.value = self._after_whitespace(0)
        if not root.children:
            return  # scanning a whole document takes as long as parsing it
        try:
            self._scan_value(root.value, root)
        except (ValueError, IndexError, RecursionError):
            return

    def _after_whitespace(self, offset: int) -> int:
        return cast("re.Match[str]", _WHITESPACE.match(self.text, offset)).end()

    def _scan_value(self, offset: int, node: _Node) -> int:
        """Set the offset of the value that begins here, and return the offset of its end."""
        node.value = offset
        opening = self.text[offset]
        if not node.children or opening not in "{[":
            return _value_and_end(self.text, offset)[1]
        return self._scan_object(offset, node) if opening == "{" else self._scan_list(offset, node)

    def _scan_object(self, offset: int, node: _Node) -> int:
        offset = self._after_whitespace(offset + 1)
        while self.text[offset] != "}":
            key_offset = offset
            key, offset = _value_and_end(self.text, offset)
            offset = self._after_whitespace(self._after_whitespace(offset) + 1)  # past the colon
            child = node.children.get(key)
            if child is None:
                offset = _value_and_end(self.text, offset)[1]
            else:
                child.forget()
                child.key = key_offset
                offset = self._scan_value(offset, child)
            offset = self._after_separator(offset)
        return offset + 1

    def _scan_list(self, offset: int, node: _Node) -> int:
        offset = self._after_whitespace(offset + 1)
        index = 0
        while self.text[offset] != "]":
            child = node.children.get(str(index))
            if child is None:
                offset = _value_and_end(self.text, offset)[1]
            else:
                offset = self._scan_value(offset, child)
            offset = self._after_separator(offset)
            index += 1
        return offset + 1

    def _after_separator(self, offset: int) -> int:
        offset = self._after_whitespace(offset)
        return self._after_whitespace(offset + 1) if self.text[offset] == "," else offset


def locations(text: str, offsets: Iterable[int]) -> dict[int, Location]:
    """Return the lines and columns of offsets in a text, in one pass over its lines."""
    found: dict[int, Location] = {}
    line, start, last = 1, 0, 0
    for offset in sorted(set(offsets)):
        line += text.count("\n", last, offset)
        start = max(start, text.rfind("\n", last, offset) + 1)
        last = offset
        line_text, caret = _line_around(text, start, offset)
        snippet = _UNDECODED.sub("\N{REPLACEMENT CHARACTER}", line_text)
        found[offset] = Location(line=line, column=offset - start + 1, snippet=snippet, caret=caret)
    return found


def _line_around(text: str, start: int, offset: int) -> tuple[str, int]:
    """Return the line around an offset, cut if it is long, and the position within that line."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    while end > offset and text[end - 1] == "\r":  # a line may end in CRLF
        end -= 1
    if end - start <= _MAX_LINE_LENGTH:
        return text[start:end], offset - start
    first = max(start, offset - _MAX_BEFORE)
    last = min(end, first + _MAX_LINE_LENGTH)
    before, after = "…" if first > start else "", "…" if last < end else ""
    return f"{before}{text[first:last]}{after}", offset - first + len(before)
