"""From JSON values to the values and things of the model, strictly: nothing is converted.

Each kind of field has one reader here. A reader raises `InvalidValueError` with paths relative to
the value it was given; whoever contains it prefixes them and goes on.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from typing import TypeVar, cast

import attrs

from tulevaisuus.findings import Finding, InvalidValueError, Severity, messages, phrases
from tulevaisuus.findings.near import near
from tulevaisuus.formats.fast import Often, reader_of
from tulevaisuus.formats.parsing import HOLE
from tulevaisuus.model import BusinessId, Value
from tulevaisuus.model.kinds import (
    Day,
    Kind,
    Many,
    Money,
    Nested,
    bad_format,
    gather,
    refuse,
    wrong_type,
)
from tulevaisuus.model.thing import key_repr
from tulevaisuus.model.value import conclude, fields_of

__all__ = ["FAST", "check_class", "decode", "decode_newer", "explain", "unknown_fields", "warning"]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_SUGGESTIONS = 20
"""Looking for near names is slow, and nobody reads so many."""

V = TypeVar("V", bound=Value)


def check_class(cls: object, *bases: type) -> None:
    """Raise a `TypeError` for what is no class of ours: that is a mistake in a program."""
    if not (isinstance(cls, type) and issubclass(cls, bases)):
        wanted = " or ".join(base.__name__ for base in bases)
        raise TypeError(f"give a class that is a {wanted}, such as tulevaisuus.Grant, not {cls!r}")


def decode(cls: type[V], raw: object) -> V:
    """Read one object; `InvalidValueError` lists everything that is wrong with it."""
    read = FAST.get(cls)
    if read is not None:
        try:
            made: V = read(raw)
        except InvalidValueError:
            pass
        else:
            return made
    return explain(cls, raw)


def explain(cls: type[V], raw: object) -> V:
    """Read one object with every step in sight, as `decode` does where anything is in doubt."""
    return cast("V", _unless_refused(functools.partial(_nested, cls), raw))


def unknown_fields(given: Iterable[object], known: Collection[str]) -> Iterator[Finding]:
    """Make the findings on fields that are not known; only the first few get a suggestion.

    Other decoders also make keys that are no text: no field is called so.
    """
    unknown = (name for name in given if not isinstance(name, str) or name not in known)
    for count, key in enumerate(unknown):
        name = key if isinstance(key, str) else key_repr(key)
        field = phrases.quote(name)
        nearest = near(name, known, most=1) if count < _SUGGESTIONS else ()
        if nearest:
            yield messages.UNKNOWN_FIELD_NEAR.finding(field=field, near=nearest[0]).under(name)
        else:
            yield messages.UNKNOWN_FIELD.finding(field=field, known=tuple(known)).under(name)


def _object(cls: type[Value], raw: object) -> Value:
    if not isinstance(raw, dict):
        raise wrong_type(raw, phrases.OBJECT)
    given = cast("dict[str, object]", raw)
    specs = fields_of(cls)
    sound: dict[str, object] = {}
    findings = [*unknown_fields(given, specs.keys())]
    for name, spec in specs.items():
        if name in given:
            try:
                sound[name] = _unless_refused(_reader(spec.kind), given[name])
            except InvalidValueError as error:
                findings += error.under(name).findings
        elif spec.required:
            findings.append(messages.MISSING_FIELD.finding(field=name).under(name))
        else:
            sound[name] = spec.default
    conclude(cls, sound, findings, list(given))
    if len(sound) < len(specs):
        raise InvalidValueError(())  # what is missing was reported when the text was parsed
    return cls.of_sound(sound)


def _unless_refused(read: Callable[[object], object], raw: object) -> object:
    """Read a value, unless the parser refused it, and said so, already."""
    if raw is HOLE:
        raise InvalidValueError(())
    return read(raw)


@functools.cache
def _reader(kind: Kind) -> Callable[[object], object]:
    match kind:
        case Nested():
            return functools.partial(_nested, kind.cls)
        case Many():
            return functools.partial(_list, kind)
        case Money():
            return functools.partial(_amount, kind)
        case Day():
            return _day
        case _:
            return kind.accept


FAST: Often = Often(lambda cls: reader_of(cls, _reader))
"""The readers that `decode` tries first."""


def _nested(cls: type[Value], raw: object) -> Value:
    """Read an object or, of a business id, the text that it is in a document."""
    return cls(cast("str", raw)) if issubclass(cls, BusinessId) else _object(cls, raw)


def _list(kind: Many, raw: object) -> object:
    if not isinstance(raw, list | tuple):
        raise wrong_type(raw, phrases.LIST)
    return type(kind).collect(
        gather(functools.partial(_unless_refused, _reader(kind.item)), cast("list[object]", raw))
    )


def _amount(kind: Money, raw: object) -> Decimal:
    """Read an amount; of a float, which only a foreign decoder makes, the shortest form counts."""
    if isinstance(raw, phrases.Literal):
        found = phrases.describe(raw)
        raise refuse(messages.AMOUNT_OUT_OF_RANGE, found=found, expected=kind.expected)
    return kind.accept(Decimal(float.__repr__(raw)) if isinstance(raw, float) else raw)


def _day(raw: object) -> dt.date:
    """Read a day by its pattern first, as the library of dates takes more forms than one."""
    if not isinstance(raw, str):
        return Day().accept(raw)
    if not _DAY.fullmatch(raw):
        raise bad_format(raw, phrases.DAY)
    try:
        return dt.date.fromisoformat(raw)
    except ValueError:
        raise refuse(messages.NO_SUCH_DAY, found=raw) from None


def decode_newer(cls: type[V], raw: object) -> tuple[V, list[Finding]]:
    """Read one object and warn of each field that is unknown; anything else is still refused."""
    known, found = _known(Nested(cls), raw)
    warnings = [each.of(cls.subject(_plain_fields(known))) for each in found]
    try:
        return decode(cls, known), warnings
    except InvalidValueError as error:
        raise InvalidValueError([*warnings, *error.findings]) from None


def warning(finding: Finding) -> Finding:
    """Return the finding as what it is in a document of a newer version."""
    return attrs.evolve(finding, severity=Severity.WARNING)


def _plain_fields(raw: object) -> dict[str, object]:
    members = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
    return {name: value for name, value in members.items() if isinstance(value, str | int)}


def _known(kind: Kind, raw: object) -> tuple[object, list[Finding]]:
    """Return a JSON value without the fields that its kind does not have, and what they were."""
    if isinstance(kind, Many) and isinstance(raw, list | tuple):
        parts = [_known(kind.item, each) for each in cast("list[object]", raw)]
        found = [each.under(place) for place, (_, told) in enumerate(parts) for each in told]
        return [part for part, _ in parts], found
    if (
        not isinstance(kind, Nested)
        or issubclass(kind.cls, BusinessId)
        or not isinstance(raw, dict)
    ):
        return raw, []
    specs = fields_of(kind.cls)
    members = cast("dict[str, object]", raw)
    found = [warning(each) for each in unknown_fields(members, specs.keys())]
    known: dict[str, object] = {}
    for name in (name for name in members if name in specs):
        known[name], told = _known(specs[name].kind, members[name])
        found += [each.under(name) for each in told]
    return known, found
