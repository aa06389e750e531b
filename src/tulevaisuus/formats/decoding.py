"""Decoding: from JSON values to the values and entities of the model, without conversions.

Each field type has one reader here. A reader raises `InvalidValueError` with paths relative to its
value; the reader of the containing object prefixes them and reads the other fields.
"""

import functools
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

import attrs

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.already_reported import ALREADY_REPORTED, AlreadyReportedError
from tulevaisuus.formats.generated_functions import CompiledWhenHot, NotUsualError, reader_of
from tulevaisuus.model.entity import Entity, key_repr
from tulevaisuus.model.field_types import (
    FieldType,
    ListOf,
    ObjectOf,
    Scalar,
    invalid_value,
    type_of_class,
    validate_each,
    wrong_type,
)
from tulevaisuus.model.value import FieldSpec, Value, fields_of, raise_if_wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding  # not opened before something is wrong

__all__ = [
    "COMPILED",
    "check_class",
    "decode",
    "decode_newer",
    "decode_slowly",
    "unknown_fields",
    "warning",
]

_SUGGESTIONS = 20
"""For how many unknown names a suggestion is searched, which is slow."""

_LISTED = 3
"""For how many unknown names of one object the known ones are listed: the list is long."""

_NAMED = 30
"""How many known names a message lists; tables of all classes together have more."""

V = TypeVar("V", bound=Value)


def check_class(cls: object, *bases: type) -> None:
    """Raise a `TypeError` if the argument is no class of ours: a programming error."""
    if not (isinstance(cls, type) and issubclass(cls, bases)) or cls is Value:
        wanted = " or ".join(base.__name__ for base in bases)
        raise TypeError(f"give a class that is a {wanted}, such as tulevaisuus.Grant, not {cls!r}")


def decode(cls: type[V], raw: object) -> V:
    """Read one object; `InvalidValueError` lists everything that is wrong with it."""
    read = COMPILED.get(cls)
    if read is not None:
        try:
            made: V = read(raw)
        except (InvalidValueError, NotUsualError):
            pass  # the slow way finds out what is wrong, if anything is
        else:
            return made
    return decode_slowly(cls, raw)


def decode_slowly(cls: type[V], raw: object) -> V:
    """Read one object without generated code, as `decode` does where that gives up."""
    if raw is ALREADY_REPORTED:
        raise AlreadyReportedError(())
    return cast("V", _reader(type_of_class(cls))(raw))


def unknown_fields(given: Iterable[object], known: Collection[str]) -> "Iterator[Finding]":
    """Make the findings on unknown fields; only the first ones get a suggestion.

    Keys that are no text, which other decoders make, are unknown, too.
    """
    unknown = [name for name in given if not isinstance(name, str) or name not in known]
    if not unknown:
        return
    # Imported late, as only mistakes need them.
    from tulevaisuus.findings.lookalike_characters import distinguish
    from tulevaisuus.findings.suggestions import suggest

    listed = 0
    for count, key in enumerate(unknown):
        name = key if isinstance(key, str) else key_repr(key)
        suggestions = suggest(name, known, limit=1) if count < _SUGGESTIONS else ()
        field = expectations.quote(distinguish(name, suggestions))
        if suggestions:
            finding = messages.UNKNOWN_FIELD_NEAR.finding(field=field, suggestions=suggestions[0])
        else:
            listed += 1
            finding = _unlike_any(field, known, is_listed=listed <= _LISTED)
        yield finding.under(name)


def _unlike_any(field: str, known: Collection[str], *, is_listed: bool) -> "Finding":
    """Make the finding on a field that is similar to none; the first ones list what is known."""
    if not is_listed:
        return messages.UNKNOWN_FIELD_AGAIN.finding(field=field)
    shown = tuple(known) if len(known) <= _NAMED else (*[*known][:_NAMED], "…")
    return messages.UNKNOWN_FIELD.finding(field=field, known=shown)


def _object(cls: type[Value], raw: object) -> Value:
    if not isinstance(raw, dict):
        raise wrong_type(raw, expectations.OBJECT)
    given = cast("dict[str, object]", raw)
    known = fields_of(cls).keys()
    problems = Collector(DEFAULT_LIMIT)
    if not given.keys() <= known:
        problems.extend(unknown_fields(given, known))
    valid = _valid_fields(cls, given, problems)
    if problems.total or cls.invariants:
        raise_if_wrong(cls, valid, problems, list(given))
    if len(valid) < len(known):
        raise AlreadyReportedError(())  # what is missing was reported when the text was parsed
    return _constructed(cls, valid)


def _valid_fields(
    cls: type[Value], given: Mapping[str, object], problems: Collector
) -> Mapping[str, object]:
    """Read the fields, with the defaults of those that are absent; leave out what is rejected."""
    valid: dict[str, object] = {}
    for name, spec, read in _steps(cast("Hashable", cls)):
        if name in given:
            value = given[name]
            if value is ALREADY_REPORTED:
                continue
            try:
                valid[name] = read(value)
            except InvalidValueError as error:
                problems.extend((each.under(name) for each in error.findings), error.counts)
        elif spec.required:
            problems.add(messages.MISSING_FIELD.finding(field=name).under(name))
        else:
            valid[name] = spec.default
    return valid


def _constructed(cls: type[Value], valid: Mapping[str, object]) -> Value:
    """Make the object; an error of a user's own constructor becomes a finding."""
    try:
        return cls.construct_unchecked(valid)
    except InvalidValueError:
        raise
    except (TypeError, ValueError) as error:
        problem = expectations.quote(f"{type(error).__name__}: {error}")
        raise invalid_value(messages.REJECTED_BY_CONVERTER, problem=problem) from None


@functools.cache
def _steps(cls: type[Value]) -> Sequence[tuple[str, FieldSpec, Callable[[object], object]]]:
    """Return the fields of a class with their readers, cached, as every object needs them."""
    return [(name, spec, _reader(spec.type)) for name, spec in fields_of(cls).items()]


@functools.cache
def _reader(field_type: FieldType) -> Callable[[object], object]:
    match field_type:
        case ObjectOf() if field_type.cls is Entity:
            from tulevaisuus.formats.class_choice import decode_one_of, entity_classes

            return functools.partial(decode_one_of, entity_classes(Entity))
        case ObjectOf():
            return functools.partial(_object, field_type.cls)
        case ListOf():
            return functools.partial(_list, field_type)
        case Scalar():
            # Most read a JSON value as they validate it: this saves a call for each value.
            reads_alike = type(field_type).read is Scalar.read
            return field_type.validate if reads_alike else field_type.read
        case _:
            return field_type.validate


COMPILED: CompiledWhenHot = CompiledWhenHot(lambda cls: reader_of(cls, _reader))
"""The readers that `decode` tries first."""


def _list(field_type: ListOf, raw: object) -> object:
    if not isinstance(raw, list | tuple):
        raise wrong_type(raw, expectations.LIST)
    elements = cast("list[object]", raw)
    read = field_type.wrap_item_reader(_reader(field_type.item))
    return type(field_type).collect(validate_each(read, elements, ALREADY_REPORTED))


def decode_newer(cls: type[V], raw: object) -> "tuple[V, list[Finding]]":
    """Read one object and warn of each field that is unknown; anything else is still rejected."""
    known, found = _known(type_of_class(cls), raw)
    warnings = [each.with_subject(cls.subject(_plain_fields(known))) for each in found]
    try:
        return decode(cls, known), warnings
    except InvalidValueError as error:
        problems = Collector(DEFAULT_LIMIT)
        problems.extend(warnings)
        problems.extend(error.findings, error.counts)
        raise InvalidValueError(problems.findings, problems.counts) from None


def warning(finding: "Finding") -> "Finding":
    """Return the finding as a warning, as in a document of a newer version."""
    return attrs.evolve(finding, severity=Severity.WARNING)


def _plain_fields(raw: object) -> dict[str, object]:
    members = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
    return {name: value for name, value in members.items() if isinstance(value, str | int)}


def _known(field_type: FieldType, raw: object) -> "tuple[object, list[Finding]]":
    """Return a JSON value without the fields that its type does not have, and what they were."""
    if isinstance(field_type, ListOf) and isinstance(raw, list | tuple):
        return _known_elements(field_type.item, cast("list[object]", raw))
    if isinstance(field_type, ObjectOf) and isinstance(raw, dict):
        return _known_members(field_type.cls, cast("dict[str, object]", raw))
    return raw, []


def _known_elements(item: FieldType, raw: Iterable[object]) -> "tuple[object, list[Finding]]":
    known: list[object] = []
    found: list[Finding] = []
    for place, element in enumerate(raw):
        part, reported = _known(item, element)
        known.append(part)
        found += [each.under(place) for each in reported]
    return known, found


def _known_members(
    cls: type[Value], members: Mapping[str, object]
) -> "tuple[object, list[Finding]]":
    specs = fields_of(cls)
    known: dict[str, object] = {}
    found = [warning(each) for each in unknown_fields(members, specs.keys())]
    for name in filter(specs.__contains__, members):
        known[name], reported = _known(specs[name].type, members[name])
        found += [each.under(name) for each in reported]
    return known, found
