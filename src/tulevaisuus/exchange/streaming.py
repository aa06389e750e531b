"""Entities that go from one file into another as they come, in memory that does not grow.

`tulevaisuus convert` takes this way between formats that hold entities of one class. What a whole
portfolio would show is found here as well: keys that come again, fields that are left out.
"""

import itertools
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs

from tulevaisuus.exchange.format_losses import findings_on_fields, is_set
from tulevaisuus.exchange.formats_registry import FileFormat, ReadOptions, WriteOptions
from tulevaisuus.exchange.reading_losses import lost_in_reading
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.severity import Severity
from tulevaisuus.model.entity import Entity

__all__ = ["Passage", "SeenKeys"]

_SLOTS = 2**12
"""The number of keys that fit in at first; the room doubles before it is two thirds full."""


class SeenKeys:
    """Knows which keys have come, in some sixteen bytes a key.

    It holds their hashes, of 64 bits. That two of a million keys share one has a probability below
    one in ten million; who asks looks closer then.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._slots: array[int] = array("q", bytes(8 * _SLOTS))
        self._count = 0

    def add(self, key: object) -> bool:
        """Note a key; return whether it seems to have come before."""
        if self._count * 3 > len(self._slots) * 2:
            known, self._slots = self._slots, array("q", bytes(16 * len(self._slots)))
            for code in filter(None, known):
                self._put(code)
        is_new = self._put(hash(key) or 1)
        self._count += is_new
        return not is_new

    def _put(self, code: int) -> bool:
        slots, last = self._slots, len(self._slots) - 1
        at = (code ^ code >> 32) & last
        while slots[at]:
            if slots[at] == code:
                return False
            at = (at + 1) & last
        slots[at] = code
        return True


class _Stopped(Exception):  # noqa: N818 - nothing is wrong: the target stays as it was
    """What would be written is not wanted."""


class Passage:
    """One file on its way into another.

    ``found`` is what was found while reading, ``count`` the number of entities.
    """

    def __init__(
        self,
        formats: tuple[FileFormat, FileFormat],
        reading: ReadOptions,
        writing: WriteOptions,
    ) -> None:
        """Take the formats of source and target, and the options of each."""
        self.source: FileFormat = formats[0]
        self.target: FileFormat = formats[1]
        self.reading = reading
        self.writing: WriteOptions = writing
        self.found: Collector = Collector(reading.limits.findings)
        self.lost: Counter[str] = Counter()
        self.count: int = 0
        self.is_repeated: bool = False
        self._entities: Iterator[Entity] = iter(())

    @property
    def ok(self) -> bool:
        """Whether nothing that was read is wrong."""
        return all(severity < Severity.ERROR for _, severity, _ in self.found.counts)

    def open(self, source: str) -> bool:
        """Read up to the first entity; return whether the rest can follow.

        Raises:
            OSError: The file cannot be opened.
        """
        entities = self.source.entities(source, self.reading, self.found.add)
        first = None if entities is None else next(entities, None)
        if entities is None or first is None:
            return False
        self.writing = attrs.evolve(self.writing, of=type(first))
        self._entities = itertools.chain([first], entities)
        return True

    def write(self, target: Path, *, lossless: bool) -> bool:
        """Write the entities, unless one is wrong or, if that is asked for, would lose something.

        Return whether all is known: if a key seems to have come again, nothing is written, and only
        reading the source as a whole tells where.

        Raises:
            InvalidValueError: A value does not fit.
            OSError: The file cannot be written.
        """
        seen = SeenKeys()
        try:
            self.target.write_all(self._checked(seen, lossless=lossless), target, self.writing)
        except _Stopped:
            return not self.is_repeated
        return True

    def _checked(self, seen: SeenKeys, *, lossless: bool) -> Iterator[Entity]:
        cls = self.writing.of or Entity
        fields = self.target.left_out(cls)
        for entity in self._entities:
            if seen.add(entity.key):
                self.is_repeated = True
                raise _Stopped
            for name in fields:
                self.lost[name] += is_set(entity, name)
            self.count += 1
            yield entity
        if not self.ok or (lossless and self.losses()):
            raise _Stopped

    def losses(self) -> list[Finding]:
        """Return what was left out in reading and in writing."""
        register = self.writing.of.plural if self.writing.of else ""
        fields = findings_on_fields(register, self.lost)
        return [*lost_in_reading(self.found.findings), *fields]
