"""JSON Lines: one entity on each line, read and written one by one, in constant memory."""

from __future__ import annotations

import codecs
import contextlib
import json
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import IO, NamedTuple, TypeVar, cast

import attrs

from tulevaisuus.findings import json_pointers, messages
from tulevaisuus.findings.argument_checks import require_callable
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.errors import DocumentError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.unchecked import Located
from tulevaisuus.formats.decoding import ALREADY_REPORTED, COMPILED, check_class, require_concrete
from tulevaisuus.formats.encoding import encode, only_entities, require_entities
from tulevaisuus.formats.files import (
    PathOrFile,
    name_of,
    open_for_bytes,
    replacing,
    require_file,
)
from tulevaisuus.formats.intake import Entry, Intake
from tulevaisuus.formats.json_locations import TextLocator
from tulevaisuus.formats.json_parsing import parse, parse_number
from tulevaisuus.formats.limits import Limits, limits_or_default
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.value import fields_of

__all__ = ["RejectedLine", "read_lines", "read_lines_whole", "write_lines"]

T = TypeVar("T", bound=Entity)

_BLANKS = b" \t\r\n"
_LINE_ENDS = b"\r\n"
_BLANK_LINES = (b"", codecs.BOM_UTF8)
"""What is left of a blank line without `_BLANKS`; the first line may have a byte order mark."""

_DOCUMENT_START = re.compile(rb'\{\s*"(\$schema|format|format_version)"\s*:')
"""The beginning of a document: a field that says how to read it."""

_MAX_KEPT = 1000
"""The maximum number of findings in the error that `read_lines` raises."""

_CHUNK_SIZE = 65_536
"""Longer lines are read slowly. A line beyond the limit is skipped in chunks of this size."""

_MIN_LIMIT = 16
"""Valid lines have less depth and fewer digits. With lower limits, all lines are read slowly."""

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""Returns the JSON text of a value without spaces, on one line."""


class RejectedLine(NamedTuple):
    """A line that is not valid: its number, and the findings about its object."""

    line: int
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        """Return the findings, one per line."""
        return "\n".join(f"line {self.line}: {finding}" for finding in self.findings)


def read_lines(
    file: PathOrFile,
    cls: type[T],
    on_problem: Callable[[RejectedLine], object] | None = None,
    *,
    limits: Limits | None = None,
) -> Iterator[T]:
    """Yield the entities of a file of JSON Lines; ``.gz`` and ``.zst`` are decompressed.

    Blank lines are skipped. Keys may occur more than once, as this function keeps no entity in
    memory; `tulevaisuus.read` of the same file reports repeated keys.

    Args:
        file: A path, or a file opened in binary mode.
        cls: The class of the entities.
        on_problem: A function that is called with each line that is not valid. Without it,
            one `DocumentError` is raised after the last line, with the first 1000 findings and
            the counts of all; their locations and subjects name the lines.
        limits: Maximum sizes, most of them for each line; see `Limits`.

    Raises:
        DocumentError: A line is not valid, and there is no ``on_problem``.
        OSError: The file cannot be opened.
        TypeError: The file is open in text mode, or the class is not an entity class.
    """
    check_class(cls, Entity)
    require_concrete(cls)
    require_file(file, "readline")
    require_callable(on_problem, "on_problem", "each RejectedLine")
    return _entities(file, cls, on_problem, limits_or_default(limits))


def _entities(
    file: PathOrFile,
    cls: type[T],
    on_problem: Callable[[RejectedLine], object] | None,
    limits: Limits,
) -> Iterator[T]:
    """Yield the entities; call ``on_problem``, or raise an error with the findings at the end."""
    collector = Collector(min(_MAX_KEPT, limits.findings))
    lines = _LineReader(file, cls, limits)
    with contextlib.closing(lines.read()) as results:
        for result in results:
            if not isinstance(result, Reading):
                yield cast("T", result)
            elif on_problem:
                on_problem(RejectedLine(lines.number, result.findings))
            else:
                collector.extend(_with_line(result.findings, lines.number), result.counts)
    if collector.total:
        raise DocumentError(collector.findings, collector.counts)


def _with_line(findings: Iterable[Finding], line: int) -> Iterator[Finding]:
    """Put the number of the line into subjects, because paths begin at the object of the line."""
    for finding in findings:
        subject = f"line {line}, {finding.subject}".removesuffix(", ")
        yield attrs.evolve(finding, subject=subject)


@attrs.frozen
class _LineLocator:
    """Finds the line of each entity in a file of JSON Lines."""

    source: str | None
    lines: tuple[int, ...]

    def locate(self, findings: Iterable[Located]) -> list[Located]:
        """Return the findings with the lines of their entities."""
        return [
            finding
            if finding.location
            else attrs.evolve(finding, location=self._location(finding.path))
            for finding in findings
        ]

    def _location(self, path: str) -> Location:
        """Return the location of a path such as ``/grants/0/amount_eur``."""
        parts = json_pointers.split(path)
        index = parts[1] if len(parts) > 1 else ""
        has_line = index.isdecimal() and int(index) < len(self.lines)
        return Location(source=self.source, line=self.lines[int(index)] if has_line else None)


def read_lines_whole(file: PathOrFile, cls: type[Entity], limits: Limits) -> Reading:
    """Read a file of JSON Lines as `tulevaisuus.read` does; each key may occur once.

    The index of an entity counts the lines that are not blank.
    """
    check_class(cls, Entity)
    require_concrete(cls)
    require_file(file, "readline")
    intake = Intake(limits.findings)
    numbers: list[int] = []
    lines = _LineReader(file, cls, limits)
    with contextlib.closing(lines.read()) as results:
        for index, result in enumerate(results):
            numbers.append(lines.number)
            entry = Entry(cls, cls.plural, index, None)
            if isinstance(result, Entity):
                intake.keep(entry, result)
            else:
                intake.report(map(entry.with_path_in_source, result.findings), result.counts)
                intake.reject_entry(
                    entry, next((rejected.key for rejected in result.rejected), None)
                )
    return intake.reading({}, locator=_LineLocator(lines.name, tuple(numbers)))


def write_lines(file: PathOrFile, entities: Iterable[Entity]) -> None:
    """Write entities to a file of JSON Lines, one by one; ``.gz`` and ``.zst`` are compressed.

    A path is written atomically: on any error the old file stays. It may even be the file that the
    entities are read from.

    Args:
        file: A path, or a file opened in binary mode.
        entities: Any iterable of entities.

    Raises:
        InvalidValueError: One of the objects is not an entity.
        TypeError: The file is open in text mode, or the entities are no collection.
    """
    require_file(file, "write")
    require_entities(entities)
    iterator = iter(entities)  # may raise: before a file is created
    with replacing(file) as target:
        for entity in only_entities(iterator):
            target.write(f"{_write(encode(entity))}\n".encode())


class _LineReader:
    """Reads the lines of a file; ``number`` is the number of the present line."""

    def __init__(self, file: PathOrFile, cls: type[Entity], limits: Limits) -> None:
        self.file = file
        self.name = name_of(file)
        self.cls = cls
        self.limits = limits
        self.number = 0

    def read(self) -> Generator[Entity | Reading]:
        """Yield the entity of each line that is not blank, or a `Reading` with its findings.

        Most lines are read fast, by a generated function. All others are read by `_read_slowly`.
        """
        too_long = min(self.limits.bytes + 1, sys.maxsize)
        max_fast_length, total = self._max_fast_length(), 0
        read_errors: tuple[type[Exception], ...] = (EOFError,)
        with contextlib.ExitStack() as stack:
            try:
                opened, read_errors = stack.enter_context(open_for_bytes(self.file))
                while line := opened.readline(too_long):
                    self.number += 1
                    total += len(line)
                    if total > self.limits.total or self.number > self.limits.lines:
                        yield self._too_large(total)
                        return
                    is_fast = len(line) <= max_fast_length
                    entity = _read_fast(line, self.cls) if is_fast else None
                    if entity is not None:
                        yield entity
                    elif not _is_blank(line, too_long):
                        if self.number == 1 and _begins_document(line, self.cls):
                            yield self._file_result(messages.DOCUMENT_AS_LINES.finding())
                            return
                        _skip_rest(opened, line)
                        yield self._read_slowly(line.rstrip(_LINE_ENDS))
            except read_errors:
                damaged = messages.BROKEN_FILE.finding(line=self.number)
                self.number += 1
                yield self._file_result(damaged)

    def _max_fast_length(self) -> int:
        """Return the maximum length of a line that is read fast; 0 if the limits are low.

        The fast way does not check the limits, so it is used only where no valid line exceeds them.
        """
        limits = self.limits
        limits_are_high = (
            min(limits.depth, limits.digits) >= _MIN_LIMIT and limits.items >= _CHUNK_SIZE
        )
        return min(_CHUNK_SIZE, limits.bytes) if limits_are_high else 0

    def _too_large(self, total: int) -> Reading:
        if total > self.limits.total:
            return self._file_result(messages.TOO_LARGE_IN_ALL.finding(limit=self.limits.total))
        return self._file_result(messages.TOO_MANY_LINES.finding(limit=self.limits.lines))

    def _file_result(self, finding: Finding) -> Reading:
        """Make a `Reading` that has only a finding about the file."""
        location = Location(source=self.name, line=self.number)
        return Reading.of([attrs.evolve(finding, location=location)])

    def _read_slowly(self, line: bytes) -> Entity | Reading:
        """Read a line with all checks."""
        intake = Intake(self.limits.findings)
        parsed = parse(line, self.limits)
        findings = (_with_line_number(finding, self.number) for finding in parsed.problems.findings)
        intake.report(findings, parsed.problems.counts)
        entry = Entry(self.cls, self.cls.plural, 0, parsed.value, relocate=_unchanged)
        entity = None if parsed.value is ALREADY_REPORTED else intake.take(entry)
        if entity is not None and not intake.findings:
            return entity
        locator = TextLocator(line, self.name, first_line=self.number)
        return intake.reading(parsed.value, locator=locator)


def _is_blank(line: bytes, too_long: int) -> bool:
    """Return whether a line is blank, and not the first part of a line beyond the limit."""
    return line.strip(_BLANKS) in _BLANK_LINES and len(line.rstrip(_LINE_ENDS)) < too_long


def _begins_document(line: bytes, cls: type[Entity]) -> bool:
    """Return whether the first line of a file begins a document, or one object on several lines.

    Without this question, each line of the document would have a finding of its own.
    """
    text = line.removeprefix(codecs.BOM_UTF8).strip(_BLANKS)
    header = _DOCUMENT_START.match(text)
    return text in {b"{", b"["} or (header is not None and header[1].decode() not in fields_of(cls))


def _skip_rest(opened: IO[bytes], part: bytes) -> None:
    """Skip the rest of a line that is longer than the limit."""
    while part and not part.endswith(b"\n"):
        part = opened.readline(_CHUNK_SIZE)


def _unchanged(finding: Finding) -> Finding:
    """Return a finding unchanged, as its path begins at the object of the line."""
    return finding


def _with_line_number(finding: Finding, line: int) -> Finding:
    """Return a finding whose message has the number of the line in the file."""
    params = ((name, line if name == "line" else value) for name, value in finding.params)
    return attrs.evolve(finding, params=tuple(params))


def _read_fast(line: bytes, cls: type[Entity]) -> Entity | None:
    """Read a line with the generated function; return ``None`` if that is not possible."""
    read = COMPILED.get(cls)
    if read is None:
        return None
    try:
        return cast("Entity", read(_load(line.decode())))
    except (ValueError, RecursionError):
        return None


def _object_without_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError
    return members


_load = json.JSONDecoder(
    object_pairs_hook=_object_without_repeated_keys, parse_float=parse_number
).decode
