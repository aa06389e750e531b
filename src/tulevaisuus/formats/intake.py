"""`Intake`: collects the entities and findings of a source, and makes the `Reading` of them.

A source is a JSON document, JSON Lines, tables of rows or a parsed value. The module for a source
knows how its data is written; it yields an `Entry` for each entity, with its plain value and its
position. The intake decodes the values, collects the findings, rejects duplicate keys and sorts the
findings in the order of the source. The rules in `tulevaisuus.rules` are not checked here. A
register is a collection of the entities of one class, by key.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias, TypeVar, cast

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector, Counts
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.decoding import decode, decode_newer
from tulevaisuus.formats.order_of_findings import in_source_order
from tulevaisuus.formats.reading_result import Locator, Reading, Rejected, Repeated
from tulevaisuus.model.duplicate_keys import EntitiesByKey
from tulevaisuus.model.entity import Entity, Key, key_text
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.register import Register
from tulevaisuus.model.type_errors import wrong_type
from tulevaisuus.model.value import fields_of

__all__ = [
    "Decode",
    "Entry",
    "Intake",
    "entries_of",
    "read_register",
]

E = TypeVar("E", bound=Entity)

Decode: TypeAlias = Callable[[type[Entity], object], Entity]
"""A function that makes an entity from a plain value, or raises an `InvalidValueError`."""


class Entry(NamedTuple):
    """One entity in a source: its class, its register, its position there, and its plain value.

    ``relocate`` changes the path of a finding from one inside the value to one in the source.
    Without it, register and position are put before the path.
    """

    cls: type[Entity]
    register: str
    position: int | None
    value: object
    relocate: Callable[[Finding], Finding] | None = None

    def with_path_in_source(self, finding: Finding) -> Finding:
        """Return a finding about the value with its path in the source."""
        if self.relocate is not None:
            return self.relocate(finding)
        if self.position is None:
            return finding.under(self.register)
        return finding.under(self.register, self.position)


class Intake:
    """Makes one `Reading` of the entries of one source."""

    def __init__(
        self, limit: int | None = None, *, is_newer: bool = False, decode: Decode = decode
    ) -> None:
        """Start without entities.

        Args:
            limit: How many findings are kept; all are counted.
            is_newer: Whether the source has a newer format version, so that unknown fields are
                warnings.
            decode: Makes an entity from a plain value.
        """
        self._collector = Collector(limit)
        self._is_newer = is_newer
        self._decode = decode
        self._entities: dict[str, EntitiesByKey[Entity]] = {}  # by register
        # By register: the index of each entity in the source.
        self._indices: dict[str, list[int]] = {}
        self._rejected: list[Rejected] = []
        self._repeated: list[Repeated] = []
        self._programme: Programme | None = None
        self._has_programme = False

    @property
    def findings(self) -> list[Finding]:
        """The findings so far, in the order in which they were found."""
        return self._collector.findings

    def report(self, findings: Iterable[Finding], counts: Counts | None = None) -> None:
        """Add findings about the source, with paths from its root."""
        self._collector.extend(findings, counts)

    def reject(self, *registers: str) -> None:
        """Record that whole registers, or the programme, could not be read."""
        self._rejected += [Rejected(name, None, None) for name in registers]

    def reject_entry(self, entry: Entry, key: Key | None = None) -> None:
        """Record that an entry is not valid; report its key if an earlier entry has it."""
        self._rejected.append(Rejected(entry.register, entry.position, key))
        if key is None:
            return
        if _is_single_programme(entry):
            self._report_second_programme(entry, key)
        else:
            self._report_at(entry, self._by_key(entry.register).add_rejected(entry.cls, key))

    def take_all(self, entries: Iterable[Entry]) -> None:
        """Decode every entry."""
        for entry in entries:
            self.take(entry)

    def take(self, entry: Entry) -> Entity | None:
        """Decode an entry and keep it if it is valid and its key is new."""
        try:
            entity = (
                self._decode_newer(entry)
                if self._is_newer
                else self._decode(entry.cls, entry.value)
            )
        except InvalidValueError as error:
            self._collector.extend(map(entry.with_path_in_source, error.findings), error.counts)
            self.reject_entry(entry, _readable_key(entry.cls, entry.value))
            return None
        return entity if self.keep(entry, entity) else None

    def _decode_newer(self, entry: Entry) -> Entity:
        entity, warnings = decode_newer(entry.cls, entry.value)
        self._collector.extend(map(entry.with_path_in_source, warnings))
        return entity

    def keep(self, entry: Entry, entity: Entity) -> bool:
        """Keep the entity of an entry, unless another one has its key already.

        If the other one was rejected, the repeated key is reported, and the entity is kept.
        """
        if _is_single_programme(entry):
            return self._keep_programme(entry, cast("Programme", entity))
        by_key = self._by_key(entry.register)
        duplicate = by_key.add(entity)
        if duplicate is not None:
            self._report_at(entry, duplicate)
            self._repeated.append(Repeated(entry.position, entity))
            self._rejected.append(Rejected(entry.register, entry.position, entity.key))
            return False
        repeated = by_key.repeats_rejected(entity)
        if repeated is not None:
            self._report_at(entry, repeated)
        self._indices[entry.register].append(entry.position or 0)
        return True

    def _by_key(self, register: str) -> EntitiesByKey[Entity]:
        by_key = self._entities.get(register)
        if by_key is None:
            by_key = self._entities[register] = EntitiesByKey()
            self._indices[register] = []
        return by_key

    def _report_at(self, entry: Entry, finding: Finding | None) -> None:
        """Report a finding about an entry, if there is one."""
        if finding is not None:
            self._collector.add(entry.with_path_in_source(finding))

    def _keep_programme(self, entry: Entry, programme: Programme) -> bool:
        """Keep the first programme; one after a rejected programme is reported, and kept."""
        self._report_second_programme(entry, programme.id)
        if self._programme is not None:
            self._rejected.append(Rejected(entry.register, entry.position, programme.key))
            return False
        self._programme = programme
        return True

    def _report_second_programme(self, entry: Entry, key: Key) -> None:
        """Report a programme that is not the first one."""
        if self._has_programme:
            second = messages.SECOND_PROGRAMME.finding("/id", key=key_text(key))
            self._report_at(entry, second)
        self._has_programme = True

    def register(self, name: str) -> Register[Entity]:
        """Return the valid entities of a register; ``programme`` is a register of one entity."""
        if name == "programme" and self._programme is not None:
            return Register((self._programme,))
        by_key = self._entities.get(name)
        return Register[Entity].of_index({} if by_key is None else by_key.entities)

    def reading(
        self, source: object, *, newer_version: object = None, locator: Locator | None = None
    ) -> Reading:
        """Return the reading of all entries.

        Args:
            source: The plain data of the source; findings are sorted in its order.
            newer_version: The format version of the source, if it is newer than `FORMAT_VERSION`.
            locator: Finds the location of a path in the source.
        """
        findings = in_source_order(source, self._collector.findings)
        fields = {name: self.register(name) for name in self._entities}
        portfolio = Portfolio.construct_unchecked(
            {**fields, "programme": self._programme, "newer_version": newer_version}
        )
        return Reading(
            portfolio=portfolio,
            findings=tuple(findings if locator is None else locator.locate(findings)),
            rejected=tuple(self._rejected),
            repeated=tuple(self._repeated),
            counts=self._collector.counts,
            others=tuple(
                (name, register) for name, register in fields.items() if name not in REGISTERS
            ),
            indices={name: tuple(indices) for name, indices in self._indices.items()},
            locator=locator,
        )


def _is_single_programme(entry: Entry) -> bool:
    """Return whether an entry is the one programme of a source, and no entity of a list."""
    return entry.cls is Programme and entry.position is None


def _readable_key(cls: type[Entity], value: object) -> Key | None:
    """Return the key of a rejected entity, if the key is valid: other entities may refer to it."""
    specs = fields_of(cls)
    if not isinstance(value, dict) or any(name not in specs for name in cls.key_fields):
        return None
    given = cast("dict[str, object]", value)
    try:
        parts = [specs[name].type.validate(given.get(name)) for name in cls.key_fields]
    except InvalidValueError:
        return None
    match parts:
        case [key]:
            return cast("Key", key)
        case _:
            return cast("Key", tuple(parts))


def read_register(data: object, cls: type[Entity], decode: Decode = decode) -> Register[Entity]:
    """Make a register from a list of plain values, all of which must be valid.

    Args:
        data: A list or tuple; paths of findings begin with the index in it.
        cls: The class of the entities.
        decode: Makes an entity from a plain value.

    Raises:
        InvalidValueError: Values are not valid; the error has all findings.
    """
    if not isinstance(data, list | tuple):
        raise wrong_type(data, expectations.LIST, list)
    intake = Intake(DEFAULT_LIMIT, decode=decode)
    for index, value in enumerate(cast("list[object]", data)):
        put_index_first = functools.partial(_put_index_first, index)
        intake.take(Entry(cls, cls.plural, index, value, relocate=put_index_first))
    reading = intake.reading(cast("object", data))
    if not reading.ok:
        raise InvalidValueError(reading.findings, reading.counts)
    return intake.register(cls.plural)


def _put_index_first(index: int, finding: Finding) -> Finding:
    return finding.under(index)


def entries_of(register: str, values: Iterable[object]) -> Iterator[Entry]:
    """Yield the elements of a list as entries of a register."""
    cls = REGISTERS[register]
    for index, value in enumerate(values):
        yield Entry(cls, register, index, value)
