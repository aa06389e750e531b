"""JSON Lines: one entity on each line, read and written one by one, in constant memory."""

from __future__ import annotations

import codecs
import contextlib
import json
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import IO, NamedTuple, TypeVar, cast

import attrs

from tulevaisuus.findings import messages
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.errors import DocumentError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.already_reported import ALREADY_REPORTED
from tulevaisuus.formats.decoding import COMPILED, check_class
from tulevaisuus.formats.encoding import encode, only_entities
from tulevaisuus.formats.files import (
    PathOrFile,
    name_of,
    opened_for_bytes,
    replacing,
    require_file,
)
from tulevaisuus.formats.intake import Entry, Intake
from tulevaisuus.formats.json_locations import TextLocator
from tulevaisuus.formats.json_parsing import number, parse
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.entity import Entity

__all__ = ["RejectedLine", "read_lines", "read_lines_whole", "write_lines"]

T = TypeVar("T", bound=Entity)

_BLANKS = b" \t\r\n"
_LINE_ENDS = b"\r\n"
_BLANK_LINES = (b"", codecs.BOM_UTF8)
_MAX_KEPT = 1000
_CHUNK_SIZE = 65_536
"""The most bytes of a line that is read fast, and of what is skipped of a longer one at a time."""

_MIN_LIMIT = 16
"""Valid lines are no deeper and have no longer numbers; with lower limits all are read slowly."""

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class RejectedLine(NamedTuple):
    """A line that is not valid: its number, and the findings on its object."""

    line: int
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        """List the findings, one a line."""
        return "\n".join(f"line {self.line}: {finding}" for finding in self.findings)


def read_lines(
    file: PathOrFile,
    cls: type[T],
    on_problem: Callable[[RejectedLine], object] | None = None,
    *,
    limits: Limits | None = None,
) -> Iterator[T]:
    """Yield the entities of a file of JSON Lines; ``.gz`` and ``.zst`` are unpacked.

    Blank lines are skipped, and keys may occur more than once.

    Args:
        file: A path, or a file that is open for bytes.
        cls: The class of the entities.
        on_problem: A function that is called with each line that is not valid. Without it,
            one `DocumentError` is raised after the last line, with the first 1000 findings and
            the counts of all; their locations and subjects name the lines.
        limits: What is read at most, most of them for each line; see `Limits`.

    Raises:
        DocumentError: A line is not valid, and there is no ``on_problem``.
        OSError: The file cannot be opened.
        TypeError: The file is open for text, or the class is none of entities.
    """
    check_class(cls, Entity)
    require_file(file, "readline")
    return _entities(file, cls, on_problem, limits or Limits())


def _entities(
    file: PathOrFile,
    cls: type[T],
    on_problem: Callable[[RejectedLine], object] | None,
    limits: Limits,
) -> Iterator[T]:
    """Yield the entities; report rejected lines at once, or the first of them at the end."""
    kept = Collector(min(_MAX_KEPT, limits.findings))
    lines = _Lines(file, cls, limits)
    with contextlib.closing(lines.read()) as made:
        for each in made:
            if not isinstance(each, Reading):
                yield cast("T", each)
            elif on_problem:
                on_problem(RejectedLine(lines.number, each.findings))
            else:
                kept.extend(_with_line(each.findings, lines.number), each.counts)
    if kept.total:
        raise DocumentError(kept.findings, kept.counts)


def _with_line(findings: Iterable[Finding], line: int) -> Iterator[Finding]:
    """Add the line to subjects, as paths begin at its object."""
    for finding in findings:
        subject = f"line {line}, {finding.subject}".removesuffix(", ")
        yield attrs.evolve(finding, subject=subject)


@attrs.frozen
class _LineLocator:
    """Knows the line of each entity in a file of JSON Lines."""

    source: str | None
    lines: tuple[int, ...]

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with the lines of their entities."""
        return [
            finding if finding.location else attrs.evolve(finding, location=self._at(finding.path))
            for finding in findings
        ]

    def _at(self, path: str) -> Location:
        index = (*path.split("/"), "", "", "")[2]
        known = index.isdecimal() and int(index) < len(self.lines)
        return Location(source=self.source, line=self.lines[int(index)] if known else None)


def read_lines_whole(file: PathOrFile, cls: type[Entity], limits: Limits) -> Reading:
    """Read a file of JSON Lines as `tulevaisuus.read` does; each key may occur once.

    The index of an entity counts the lines that are not blank.
    """
    check_class(cls, Entity)
    require_file(file, "readline")
    intake = Intake(limits.findings)
    numbers: list[int] = []
    lines = _Lines(file, cls, limits)
    with contextlib.closing(lines.read()) as made:
        for index, each in enumerate(made):
            numbers.append(lines.number)
            entry = Entry(cls, cls.plural, index, None)
            if isinstance(each, Entity):
                intake.keep(entry, each)
            else:
                intake.report(map(entry.placed, each.findings), each.counts)
                intake.reject_entry(entry, next((one.key for one in each.rejected), None))
    return intake.reading({}, locator=_LineLocator(lines.name, tuple(numbers)))


def write_lines(file: PathOrFile, entities: Iterable[Entity]) -> None:
    """Write entities to a file of JSON Lines, one by one; ``.gz`` and ``.zst`` are compressed.

    A path is written beside and moved into place at the end, so it is complete or as it was: it
    may even be the file that the entities are read from.

    Args:
        file: A path, or a file that is open for bytes.
        entities: Any iterable of entities.

    Raises:
        InvalidValueError: One of them is no entity.
        TypeError: The file is open for text.
    """
    require_file(file, "write")
    given = iter(entities)  # before anything is created
    with replacing(file) as target:
        for entity in only_entities(given):
            target.write(f"{_write(encode(entity))}\n".encode())


class _Lines:
    """The lines of a file as they are read; ``number`` is that of the present one."""

    def __init__(self, file: PathOrFile, cls: type[Entity], limits: Limits) -> None:
        self.file = file
        self.name = name_of(file)
        self.cls = cls
        self.limits = limits
        self.number = 0

    def read(self) -> Generator[Entity | Reading]:
        """Yield the entity of each line that is not blank, or what is wrong with it.

        Usual lines are read by a generated reader, all others by `_decoded`.
        """
        limit = min(self.limits.bytes, sys.maxsize - 1)
        usual, total = self._longest_usual(), 0
        broken: tuple[type[Exception], ...] = (EOFError,)
        with contextlib.ExitStack() as stack:
            try:
                opened, broken = stack.enter_context(opened_for_bytes(self.file))
                while line := opened.readline(limit + 1):
                    self.number += 1
                    total += len(line)
                    if total > self.limits.total or self.number > self.limits.lines:
                        yield self._too_much(total)
                        return
                    entity = _valid_entity(line, self.cls) if len(line) <= usual else None
                    if entity is not None:
                        yield entity
                    elif (
                        line.strip(_BLANKS) not in _BLANK_LINES
                        or len(line.rstrip(_LINE_ENDS)) > limit
                    ):
                        _skip_rest(opened, line)
                        yield self._decoded(line.rstrip(_LINE_ENDS))
            except broken:
                damaged = messages.BROKEN_FILE.finding(line=self.number)
                self.number += 1
                yield self._about_the_file(damaged)

    def _longest_usual(self) -> int:
        """Return the largest size of a line that is read fast; zero with low limits."""
        limits = self.limits
        is_usual = min(limits.depth, limits.digits) >= _MIN_LIMIT and limits.items >= _CHUNK_SIZE
        return min(_CHUNK_SIZE, limits.bytes) if is_usual else 0

    def _too_much(self, total: int) -> Reading:
        if total > self.limits.total:
            return self._about_the_file(messages.TOO_LARGE_IN_ALL.finding(limit=self.limits.total))
        return self._about_the_file(messages.TOO_MANY_LINES.finding(limit=self.limits.lines))

    def _about_the_file(self, finding: Finding) -> Reading:
        location = Location(source=self.name, line=self.number)
        return Reading.of([attrs.evolve(finding, location=location)])

    def _decoded(self, line: bytes) -> Entity | Reading:
        """Read a line slowly, with all checks."""
        intake = Intake(self.limits.findings)
        parsed = parse(line, self.limits)
        found = (_on_line(finding, self.number) for finding in parsed.problems.findings)
        intake.report(found, parsed.problems.counts)
        entry = Entry(self.cls, self.cls.plural, 0, parsed.value, relocate=_unchanged)
        entity = None if parsed.value is ALREADY_REPORTED else intake.take(entry)
        if entity is not None and not intake.findings:
            return entity
        locator = TextLocator(line, self.name, first_line=self.number)
        return intake.reading(parsed.value, locator=locator)


def _skip_rest(opened: IO[bytes], part: bytes) -> None:
    """Read on to the end of a line that is longer than the limit, in parts."""
    while part and not part.endswith(b"\n"):
        part = opened.readline(_CHUNK_SIZE)


def _unchanged(finding: Finding) -> Finding:
    """Return a finding as it is: its path begins at the object of the line."""
    return finding


def _on_line(finding: Finding, line: int) -> Finding:
    """Return a finding on the text of a line with the number of the line in its message."""
    params = ((name, line if name == "line" else value) for name, value in finding.params)
    return attrs.evolve(finding, params=tuple(params))


def _valid_entity(line: bytes, cls: type[Entity]) -> Entity | None:
    """Read a usual line fast; return nothing for any other line."""
    read = COMPILED.get(cls)
    if read is None:
        return None
    try:
        return cast("Entity", read(_load(line.decode())))
    except (ValueError, RecursionError):
        return None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError
    return made


_load = json.JSONDecoder(object_pairs_hook=_once, parse_float=number).decode
