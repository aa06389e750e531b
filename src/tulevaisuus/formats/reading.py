"""Reading documents: `read` keeps what is sound and lists what is not, `load` insists on all."""

import itertools
import os
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple, TypeAlias, TypeVar, cast

import attrs

from tulevaisuus.findings import expectations, pointers, templates
from tulevaisuus.findings.errors import DocumentError, InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats import version
from tulevaisuus.formats.decoding import decode, decode_newer, unknown_fields, warning
from tulevaisuus.formats.parsing import ALREADY_REPORTED, Limits, parse
from tulevaisuus.model.entity import Entity, Key
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.register import Register, duplicate
from tulevaisuus.model.value import fields_of

__all__ = ["Input", "Reading", "Rejected", "load", "loads", "read"]

Input: TypeAlias = "str | os.PathLike[str] | IO[bytes] | IO[str]"
"""Where a document is: a path, or an open file."""

T = TypeVar("T", bound=Entity)

_PART = 2**20
_HEADER = ("$schema", "format", "format_version")
_KNOWN = (*_HEADER, "programme", *REGISTERS)


class Rejected(NamedTuple):
    """A thing that did not read soundly: its register, its place there, its key if that is clear.

    Without a place it is the whole register, or the programme, that could not be read.
    """

    register: str
    place: int | None
    key: Key | None


@attrs.frozen(kw_only=True)
class Reading:
    """What `read` made of a document: the things that are sound, and what is wrong with the rest.

    ``findings`` stand in the order of the document, ``rejected`` names what ``portfolio`` lacks.
    """

    portfolio: Portfolio = Portfolio()
    findings: tuple[Finding, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was refused: no finding is an error."""
        return all(finding.severity < Severity.ERROR for finding in self.findings)

    def places_in(self, register: str) -> Iterator[int]:
        """Return where in the document the things of a register stand, without those refused."""
        gone = {rejected.place for rejected in self.rejected if rejected.register == register}
        return (place for place in itertools.count() if place not in gone)


def read(source: Input, *, limits: Limits | None = None) -> Reading:
    """Read a document and never raise for what it says.

    Findings on the text, on values and on single things stand in the result; `check` adds what
    the rules find. A missing file is an `OSError`.
    """
    limits = limits or Limits()
    if isinstance(source, str | os.PathLike):
        with open(source, "rb") as file:  # noqa: PTH123 - a path of either type
            return read_text(_taken(file, limits.bytes), limits)
    try:
        return read_text(_taken(source, limits.bytes), limits)
    except UnicodeDecodeError as error:  # from a file that was opened for text
        return read_text(error.object, limits)


def _taken(file: IO[bytes] | IO[str], most: int) -> str | bytes:
    """Read a file to one past the limit, in parts: room for a part is made beforehand."""
    parts: list[Any] = []
    left = most + 1
    while left > 0 and (part := file.read(min(left, _PART))):
        parts.append(part)
        left -= len(part)
    return parts[0][:0].join(parts) if parts else b""


def load(source: Input, *, limits: Limits | None = None) -> Portfolio:
    """Read a document of which everything must be sound.

    `DocumentError` lists every problem; warnings alone do not raise. A missing file is an
    `OSError`.
    """
    return _insist(read(source, limits=limits))


def loads(text: str | bytes, *, limits: Limits | None = None) -> Portfolio:
    """Read a document from text or bytes; `DocumentError` lists every problem."""
    return _insist(read_text(text, limits or Limits()))


def _insist(reading: Reading) -> Portfolio:
    if not reading.ok:
        raise DocumentError(reading.findings)
    return reading.portfolio


def read_text(data: str | bytes, limits: Limits) -> Reading:
    """Read a document from text or bytes, as `read` does."""
    parsed = parse(data, limits)
    if parsed.value is ALREADY_REPORTED:
        return Reading(findings=tuple(parsed.findings), rejected=_everything())
    return read_document(parsed.value, parsed.findings)


def read_document(document: object, findings: Iterable[Finding] = ()) -> Reading:
    """Read a parsed document; the findings on its text come along.

    Of an older version, paths lead into the document as the newest version has it; findings on
    the text, which know the old one only, come first.
    """
    if not isinstance(document, dict):
        what = expectations.describe(document)
        wrong = templates.WRONG_TYPE.finding(found=what, expected=expectations.OBJECT)
        return Reading(findings=(*findings, wrong), rejected=_everything())
    members = version.migrate(cast("dict[str, object]", document))
    reading = _Reader(members).read()
    moved = () if members is document else tuple(findings)
    found = in_document_order(members, [*(() if moved else findings), *reading.findings])
    return attrs.evolve(reading, findings=(*moved, *found))


def _everything() -> tuple[Rejected, ...]:
    return tuple(Rejected(name, None, None) for name in ("programme", *REGISTERS))


class _Reader:
    """One reading of one document, which gathers findings and what was refused."""

    def __init__(self, document: dict[str, object]) -> None:
        self.document = document
        self.findings: list[Finding] = []
        self.rejected: list[Rejected] = []
        self.is_newer = False

    def read(self) -> Reading:
        """Read the header, then, if the version can be read, all else."""
        if not self._header_is_readable():
            return Reading(findings=tuple(self.findings), rejected=_everything())
        fields: dict[str, object] = {}
        if self.is_newer:
            fields["newer_version"] = self.document["format_version"]
        for unknown in unknown_fields(self.document, _KNOWN):
            self.findings.append(warning(unknown) if self.is_newer else unknown)
        for name, raw in self.document.items():
            if name == "programme":
                fields[name] = self._entity(Programme, raw, name)
                if fields[name] is None:
                    self.rejected.append(Rejected(name, None, _clear_key(Programme, raw)))
            elif name in REGISTERS:
                fields[name] = self._register(name, raw)
        portfolio = Portfolio.construct_unchecked(fields)
        return Reading(
            portfolio=portfolio, findings=tuple(self.findings), rejected=tuple(self.rejected)
        )

    def _header_is_readable(self) -> bool:
        for name in ("format", "format_version"):
            if name not in self.document:
                self.findings.append(templates.MISSING_FIELD.finding(field=name).under(name))
        format_, format_version = (
            self.document.get(name, ALREADY_REPORTED) for name in _HEADER[1:]
        )
        foreign = None if format_ is ALREADY_REPORTED else version.judge_format(format_)
        unreadable = None if format_version is ALREADY_REPORTED else version.judge(format_version)
        self.findings += [each for each in (foreign, unreadable) if each]
        self.is_newer = not unreadable and version.is_newer(format_version)
        return not any(each and each.code == "TSK007" for each in (foreign, unreadable))

    def _register(self, name: str, raw: object) -> Register[Entity]:
        if not isinstance(raw, list):
            self.rejected.append(Rejected(name, None, None))
            if raw is not ALREADY_REPORTED:
                found = expectations.describe(raw)
                wrong = templates.WRONG_TYPE.finding(found=found, expected=expectations.LIST)
                self.findings.append(wrong.under(name))
            return Register()
        entities: dict[Key, Entity] = {}
        for place, element in enumerate(cast("list[object]", raw)):
            entity = self._entity(REGISTERS[name], element, name, place)
            if entity is None:
                self.rejected.append(Rejected(name, place, _clear_key(REGISTERS[name], element)))
            elif (key := entity.key) in entities:
                self.findings.append(duplicate(entity).under(name, place))
                self.rejected.append(Rejected(name, place, key))
            else:
                entities[key] = entity
        return Register(entities.values())

    def _entity(self, cls: type[T], raw: object, *place: str | int) -> T | None:
        """Read one thing; what is wrong with it becomes findings."""
        try:
            if not self.is_newer:
                return decode(cls, raw)
            entity, warnings = decode_newer(cls, raw)
        except InvalidValueError as error:
            self.findings += error.under(*place).findings
            return None
        self.findings += [each.under(*place) for each in warnings]
        return entity


def _clear_key(cls: type[Entity], raw: object) -> Key | None:
    """Return the key of a refused thing as far as it can be told, for those who refer to it."""
    if not isinstance(raw, dict):
        return None
    said = cast("dict[str, object]", raw)
    try:
        values = [fields_of(cls)[name].type.validate(said.get(name)) for name in cls.key_fields]
    except InvalidValueError:
        return None
    return cast("Key", tuple(values) if len(values) > 1 else values[0])


def in_document_order(document: object, findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings as the document runs; of one place, as they were found."""
    numbered: dict[int, dict[str, int]] = {}

    def steps(path: str) -> Iterator[int]:
        """Return the places of the parts of a pointer."""
        value = document
        for part in pointers.split(path):
            if isinstance(value, dict):
                members = cast("dict[str, object]", value)
                if id(members) not in numbered:
                    numbered[id(members)] = {name: place for place, name in enumerate(members)}
                places = numbered[id(members)]
                yield places.get(part, len(places))
                value = members.get(part)
            elif isinstance(value, list):
                yield int(part)
                value = cast("list[object]", value)[int(part)]

    return sorted(findings, key=lambda finding: tuple(steps(finding.path)))
