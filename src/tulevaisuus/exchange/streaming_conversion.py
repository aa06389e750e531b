"""Conversion of a file entity by entity, without a `Portfolio` in memory.

`tulevaisuus convert` does this between formats that hold entities of one class. Duplicate keys and
fields that the target cannot hold are found as in a conversion of the whole file. For each
entity only the hash of its key is kept, in 12 to 24 bytes. A portfolio is all entities of one
document. A finding is a reported problem or note.
"""

import itertools
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs

from tulevaisuus.exchange.formats_registry import FileFormat, ReadOptions, WriteOptions
from tulevaisuus.exchange.lost_data import findings_on_fields, is_set, lost_in_reading
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.severity import Severity
from tulevaisuus.model.entity import Entity

__all__ = ["SeenKeys", "StreamingConversion"]

_FIRST_SLOT_COUNT = 2**12
"""A power of two. The number of slots doubles when two thirds of them are in use."""

_SLOT_BYTES = 8
"""The bytes of a slot, which holds a hash of 64 bits."""


class SeenKeys:
    """The set of keys seen so far, in 12 to 24 bytes a key.

    The set has the hashes of the keys, of 64 bits, in a hash table with open addressing: a list of
    slots. The probability that any two of a million different keys have the same hash is below one
    in ten million. So a key that seems to be a duplicate must be verified by the caller.
    """

    def __init__(self) -> None:
        """Start without keys."""
        self._slots: array[int] = array("q", bytes(_SLOT_BYTES * _FIRST_SLOT_COUNT))
        self._count = 0

    def add(self, key: object) -> bool:
        """Add a key; return whether it seems to have been added before."""
        if self._count * 3 > len(self._slots) * 2:
            old_slots = self._slots
            self._slots = array("q", bytes(_SLOT_BYTES * 2 * len(old_slots)))
            for key_hash in filter(None, old_slots):
                self._store(key_hash)
        is_new = self._store(hash(key) or 1)  # 0 means an empty slot
        self._count += is_new
        return not is_new

    def _store(self, key_hash: int) -> bool:
        """Store a hash; return whether it is new."""
        slots, mask = self._slots, len(self._slots) - 1  # all bits of an index
        index = (key_hash ^ key_hash >> 32) & mask  # the upper bits count, too
        while slots[index]:
            if slots[index] == key_hash:
                return False
            index = (index + 1) & mask  # the slot is taken by another hash: try the next one
        slots[index] = key_hash
        return True


class _Aborted(Exception):  # noqa: N818 - not an error: it ends `write_entities` early
    """Cancels writing; the file of the target stays unchanged."""


class StreamingConversion:
    """The conversion of one file into another, entity by entity.

    ``source`` and ``target`` are formats. ``found`` has the findings of the reader. ``count`` is
    the number of entities that were passed to the writer. ``lost`` counts, for each field that the
    target cannot hold, the entities that have a value in it. ``is_repeated`` says that a key seems
    to be duplicated.
    """

    def __init__(
        self,
        source: FileFormat,
        target: FileFormat,
        read_options: ReadOptions,
        write_options: WriteOptions,
    ) -> None:
        """Set the formats of source and target, and the options of each."""
        self.source = source
        self.target = target
        self.read_options = read_options
        self.write_options: WriteOptions = write_options
        self.found: Collector = Collector(read_options.limits.findings)
        self.lost: Counter[str] = Counter()
        self.count: int = 0
        self.is_repeated: bool = False
        self._entities: Iterator[Entity] = iter(())

    @property
    def ok(self) -> bool:
        """Whether reading has found no error so far."""
        return all(severity < Severity.ERROR for _, severity, _ in self.found.counts)

    def open(self, path: str) -> bool:
        """Read a file up to the first entity.

        Return False if there is none, or if the format has no streaming reader.

        Raises:
            OSError: The file cannot be opened.
        """
        entities = self.source.read_entities(path, self.read_options, self.found.add)
        first = None if entities is None else next(entities, None)
        if entities is None or first is None:
            return False
        self.write_options = attrs.evolve(self.write_options, of=type(first))
        self._entities = itertools.chain([first], entities)
        return True

    def write(self, path: Path, *, lossless: bool) -> bool:
        """Write the entities, unless the source has an error or ``lossless`` forbids a loss.

        Return False if a key seems to be duplicated: then nothing is written, and the source must
        be read again as a whole to find out where. Otherwise return True, even if nothing was
        written; ``ok`` and `losses` say why.

        Args:
            path: The file to write.
            lossless: Whether to write nothing if anything would be left out.

        Raises:
            InvalidValueError: A value does not fit.
            OSError: The file cannot be written.
        """
        seen = SeenKeys()
        try:
            entities = self._checked_entities(seen, lossless=lossless)
            self.target.write_entities(entities, path, self.write_options)
        except _Aborted:
            return not self.is_repeated
        return True

    def _checked_entities(self, seen: SeenKeys, *, lossless: bool) -> Iterator[Entity]:
        """Yield the entities to the writer; abort if the file may not be written."""
        cls = self.write_options.of or Entity
        fields_left_out = self.target.fields_left_out(cls)
        for entity in self._entities:
            if seen.add(entity.key):
                self.is_repeated = True
                raise _Aborted
            for name in fields_left_out:
                self.lost[name] += is_set(entity, name)
            self.count += 1
            yield entity
        if not self.ok or (lossless and self.losses()):
            raise _Aborted

    def losses(self) -> list[Finding]:
        """Return a finding about everything that reading or writing leaves out."""
        register = self.write_options.of.plural if self.write_options.of else ""
        lost_in_writing = findings_on_fields(register, self.lost)
        return [*lost_in_reading(self.found.findings), *lost_in_writing]
