"""Decodes JSON values to the values and entities of the model, without conversions.

Each field type has one reader here. A reader raises an `InvalidValueError` whose paths begin at its
value. The reader of the object around it catches the error, puts the name of the field before the
paths, and reads the other fields. So all findings are reported together.
"""

import functools
import inspect
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar, cast, get_origin

import attrs

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.messages import MessageTemplate
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.generated_readers_and_writers import (
    CompiledWhenHot,
    NotUsualError,
    fast_reader_of,
)
from tulevaisuus.model.entity import Entity, key_repr
from tulevaisuus.model.field_types import (
    FieldType,
    ListOf,
    ObjectOf,
    Scalar,
    type_of_class,
    validate_each,
)
from tulevaisuus.model.type_errors import invalid_value, wrong_type
from tulevaisuus.model.value import FieldSpec, Value, check_invariants_and_raise, fields_of

TYPE_CHECKING = False
if TYPE_CHECKING:  # at run time, imported only to report a mistake
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.findings.localization import LocalizedText

__all__ = [
    "ALREADY_REPORTED",
    "COMPILED",
    "AlreadyReported",
    "AlreadyReportedError",
    "check_class",
    "decode",
    "decode_newer",
    "decode_slowly",
    "require_concrete",
    "unknown_fields",
    "unknown_tables",
    "warning",
]

_MAX_SUGGESTIONS = 20
"""For how many unknown names a similar name is searched; the search is slow."""

_MAX_LISTS = 3
"""The maximum number of messages about one object that list the known names: the list is long."""

_MAX_KEYS = 6
"""The maximum number of fields in the message about a value that is not an object."""

_MAX_NAMES = 30
"""The maximum number of known names in a message; all tables together have more columns."""

V = TypeVar("V", bound=Value)


class AlreadyReported:
    """The class of `ALREADY_REPORTED`."""

    __slots__ = ()


ALREADY_REPORTED = AlreadyReported()
"""Replaces a value that the parser has rejected and reported; it is not reported again."""


class AlreadyReportedError(InvalidValueError):
    """An object cannot be made, as a part of it is `ALREADY_REPORTED`.

    The error has no findings, so that nothing is reported twice.
    """


def check_class(cls: object, *bases: type) -> None:
    """Raise a `TypeError` if the argument is not a subclass of one of the bases."""
    if cls is Value:
        raise TypeError(
            "Value is the base of all classes and has no fields: give a class that is derived from"
            " it, such as tulevaisuus.Grant"
        )
    if not (isinstance(cls, type) and issubclass(cls, bases)):
        names = " or ".join(base.__name__ for base in bases)
        hint = _hint_for_parameters(get_origin(cls))
        raise TypeError(
            f"give a class of type {names}, such as tulevaisuus.Grant, not {quote(repr(cls))}{hint}"
        )


def _hint_for_parameters(generic: object) -> str:
    """Return what to give in place of a class with parameters in brackets."""
    if generic is list or generic is tuple:
        return "; for several entities give tulevaisuus.Register[tulevaisuus.Grant]"
    plain = getattr(generic, "__name__", "")
    return f"; its parameters have no effect: give {plain}" if plain else ""


def require_concrete(cls: type) -> None:
    """Raise a `TypeError` if no object of a class can be read, because it is abstract."""
    if inspect.isabstract(cls):
        methods = ", ".join(sorted(getattr(cls, "__abstractmethods__", ())))
        raise TypeError(
            f"{cls.__name__} is abstract, so that it has no objects: give a class derived from it"
            f" that defines {methods}"
        )


def decode(cls: type[V], raw: object) -> V:
    """Read one object; an `InvalidValueError` has all findings about it."""
    read = COMPILED.get(cls)
    if read is not None:
        try:
            decoded: V = read(raw)
        except (InvalidValueError, NotUsualError):
            pass  # `decode_slowly` finds out what is wrong, if anything is
        else:
            return decoded
    return decode_slowly(cls, raw)


def decode_slowly(cls: type[V], raw: object) -> V:
    """Read one object without generated code."""
    if raw is ALREADY_REPORTED:
        raise AlreadyReportedError(())
    return cast("V", _slow_reader(type_of_class(cls))(raw))


class _UnknownNames(NamedTuple):
    """The messages about a name that is unknown."""

    near: MessageTemplate
    """There is a similar known name."""
    listed: MessageTemplate
    """There is none; the message lists the known names."""
    again: MessageTemplate
    """There is none, and earlier messages have listed the known names."""


_FIELDS = _UnknownNames(
    messages.UNKNOWN_FIELD_NEAR, messages.UNKNOWN_FIELD, messages.UNKNOWN_FIELD_AGAIN
)
_TABLES = _UnknownNames(
    messages.NO_SUCH_TABLE_NEAR, messages.NO_SUCH_TABLE, messages.NO_SUCH_TABLE_AGAIN
)


def unknown_fields(given: Iterable[object], known: Collection[str]) -> "Iterator[Finding]":
    """Report unknown fields; only the first ones get a suggestion.

    Keys that are not text, as parsed values of other formats may have, are unknown, too.
    """
    return _unknown_names(given, known, _FIELDS)


def unknown_tables(given: Iterable[object], known: Collection[str]) -> "Iterator[Finding]":
    """Report unknown tables, as `unknown_fields` does fields."""
    return _unknown_names(given, known, _TABLES)


def _unknown_names(
    given: Iterable[object], known: Collection[str], templates: _UnknownNames
) -> "Iterator[Finding]":
    unknown = _not_in(known, given)
    if not unknown:
        return
    # Imported here, as only documents with mistakes need them.
    from tulevaisuus.findings.lookalike_characters import distinguish
    from tulevaisuus.findings.suggestions import suggest

    listed = (*known,) if len(known) <= _MAX_NAMES else (*[*known][:_MAX_NAMES], "…")
    list_count = 0
    for index, key in enumerate(unknown):
        name = key if isinstance(key, str) else key_repr(key)
        suggestions = suggest(name, known) if index < _MAX_SUGGESTIONS else ()
        field = found_values.quote(distinguish(name, suggestions))
        if suggestions:
            finding = templates.near.finding(field=field, suggestions=suggestions[0])
        elif list_count < _MAX_LISTS:
            list_count += 1
            finding = templates.listed.finding(field=field, known=listed)
        else:
            finding = templates.again.finding(field=field)
        yield finding.under(name)


def _not_in(known: Collection[str], given: Iterable[object]) -> list[object]:
    return [name for name in given if not isinstance(name, str) or name not in known]


def _read_object(cls: type[Value], raw: object) -> Value:
    if not isinstance(raw, dict):
        raise wrong_type(raw, _expected_object(cls))
    given = cast("dict[str, object]", raw)
    known = fields_of(cls).keys()
    problems = Collector(DEFAULT_LIMIT)
    if not given.keys() <= known:
        problems.extend(unknown_fields(given, known))
    valid = _valid_fields(cls, given, problems)
    if problems.total or cls.invariants:
        check_invariants_and_raise(cls, valid, problems, list(given))
    if len(valid) < len(known):
        raise AlreadyReportedError(())  # the missing fields were reported by the parser
    return _construct(cls, valid)


def _expected_object(cls: type[Value]) -> "LocalizedText":
    """Return the phrase for an object of a class; it names required fields or, without any, all."""
    specs = fields_of(cls)
    names = [name for name, spec in specs.items() if spec.required] or [*specs]
    return expectations.object_with(names[:_MAX_KEYS]) if names else expectations.OBJECT


def _valid_fields(
    cls: type[Value], given: Mapping[str, object], problems: Collector
) -> Mapping[str, object]:
    """Return the valid fields, with defaults for absent ones; report the others."""
    valid: dict[str, object] = {}
    for name, spec, read in _field_readers(cast("Hashable", cls)):
        if name in given:
            value = given[name]
            if value is ALREADY_REPORTED:
                continue
            try:
                valid[name] = read(value)
            except InvalidValueError as error:
                problems.extend((finding.under(name) for finding in error.findings), error.counts)
        elif spec.required:
            problems.add(messages.MISSING_FIELD.finding(field=name).under(name))
        else:
            valid[name] = spec.default
    return valid


def _construct(cls: type[Value], valid: Mapping[str, object]) -> Value:
    """Make the object; an error of a user's own constructor becomes a finding."""
    try:
        return cls.construct_unchecked(valid)
    except InvalidValueError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the user's own code raises of a value
        problem = found_values.quote(f"{type(error).__name__}: {error}")
        raise invalid_value(messages.REJECTED_BY_CONVERTER, problem=problem) from None


@functools.cache
def _field_readers(
    cls: type[Value],
) -> Sequence[tuple[str, FieldSpec, Callable[[object], object]]]:
    """Return the fields of a class with their readers; cached, as every object needs them."""
    return [(name, spec, _slow_reader(spec.type)) for name, spec in fields_of(cls).items()]


@functools.cache
def _slow_reader(field_type: FieldType) -> Callable[[object], object]:
    match field_type:
        case ObjectOf() if field_type.cls is Entity:
            from tulevaisuus.formats.one_of_several_classes import decode_one_of, entity_classes

            return functools.partial(decode_one_of, entity_classes(Entity))
        case ObjectOf():
            return functools.partial(_read_object, field_type.cls)
        case ListOf():
            return functools.partial(_read_list, field_type)
        case Scalar():
            # `Scalar.read` only calls `validate`: calling that directly saves time.
            has_own_read = type(field_type).read is not Scalar.read
            return field_type.read if has_own_read else field_type.validate
        case _:
            return field_type.validate


COMPILED: CompiledWhenHot = CompiledWhenHot(lambda cls: fast_reader_of(cls, _slow_reader))
"""The generated readers, which `decode` tries first."""


def _read_list(field_type: ListOf, raw: object) -> object:
    if not isinstance(raw, list | tuple):
        raise wrong_type(raw, expectations.LIST, list)
    elements = cast("list[object]", raw)
    read = field_type.wrap_item_reader(_slow_reader(field_type.item))
    return type(field_type).collect(validate_each(read, elements, ALREADY_REPORTED))


def decode_newer(cls: type[V], raw: object) -> "tuple[V, list[Finding]]":
    """Read one object of a newer format version: unknown fields are warnings, not errors."""
    known, unknown = _drop_unknown(type_of_class(cls), raw)
    warnings = [finding.with_subject(cls.subject(_plain_fields(known))) for finding in unknown]
    try:
        return decode(cls, known), warnings
    except InvalidValueError as error:
        problems = Collector(DEFAULT_LIMIT)
        problems.extend(warnings)
        problems.extend(error.findings, error.counts)
        raise InvalidValueError(problems.findings, problems.counts) from None


def warning(finding: "Finding") -> "Finding":
    """Return a finding with the severity of a warning."""
    return attrs.evolve(finding, severity=Severity.WARNING)


def _plain_fields(raw: object) -> dict[str, object]:
    """Return the fields of a JSON object that are text or whole numbers, as keys are."""
    members = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
    return {name: value for name, value in members.items() if isinstance(value, str | int)}


def _drop_unknown(field_type: FieldType, raw: object) -> "tuple[object, list[Finding]]":
    """Return a JSON value without unknown fields, and a warning for each of them."""
    if isinstance(field_type, ListOf) and isinstance(raw, list | tuple):
        return _drop_unknown_in_list(field_type.item, cast("list[object]", raw))
    if isinstance(field_type, ObjectOf) and isinstance(raw, dict):
        return _drop_unknown_in_object(field_type.cls, cast("dict[str, object]", raw))
    return raw, []


def _drop_unknown_in_list(item: FieldType, raw: Iterable[object]) -> "tuple[object, list[Finding]]":
    known: list[object] = []
    warnings: list[Finding] = []
    for index, element in enumerate(raw):
        known_part, inner_warnings = _drop_unknown(item, element)
        known.append(known_part)
        warnings += [finding.under(index) for finding in inner_warnings]
    return known, warnings


def _drop_unknown_in_object(
    cls: type[Value], members: Mapping[str, object]
) -> "tuple[object, list[Finding]]":
    specs = fields_of(cls)
    known: dict[str, object] = {}
    warnings = [warning(finding) for finding in unknown_fields(members, specs.keys())]
    for name in filter(specs.__contains__, members):
        known[name], inner_warnings = _drop_unknown(specs[name].type, members[name])
        warnings += [finding.under(name) for finding in inner_warnings]
    return known, warnings
