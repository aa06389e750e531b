"""`Register`: an immutable, ordered collection of things, looked up by key or by name."""

import datetime as dt
import os
import re
import threading
import unicodedata
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping
from typing import Any, Generic, Self, TypeVar, cast

from tulevaisuus.findings import expectations, templates
from tulevaisuus.findings.errors import (
    AmbiguousNameError,
    InvalidValueError,
    OutsideFactsError,
    UnknownCodeError,
)
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model import _hooks
from tulevaisuus.model.entity import Entity, Key, key_repr, key_text
from tulevaisuus.model.field_types import CONTAINERS, Date, FieldType, require_text, wrong_type
from tulevaisuus.model.period import Period

__all__ = ["FACTS_SINCE", "Register", "RegisterOf", "find_by_name", "fold", "unknown_key"]

FACTS_SINCE = dt.date(2020, 1, 1)
"""The facts know nothing of days before this one."""

_SHORT = 60
_FEW = 5

T_co = TypeVar("T_co", bound=Entity, covariant=True)


class Register(_hooks.PydanticField, Generic[T_co]):
    """Things in their order, each under its key.

    Two things with one key, and anything that is no thing, are an `InvalidValueError` that lists
    them all. Order counts in ``==``.

    >>> from tulevaisuus import CooperationGoal, Text
    >>> register = Register([CooperationGoal(number=1, name=Text("ohjaus"))])
    >>> register[1].name.fi, 1 in register, len(register)
    ('ohjaus', True, 1)
    """

    __slots__ = ("__weakref__", "_by_key", "_groups", "_load", "_lock")

    def __init__(self, entities: Iterable[T_co] = ()) -> None:
        """Hold the things, in their order."""
        self._by_key: dict[Key, T_co] | None = by_key(entities)
        self._load: Callable[[], Iterable[T_co]] = tuple
        self._lock = threading.Lock()
        self._groups: dict[str, dict[object, tuple[T_co, ...]]] = {}

    @classmethod
    def lazily(cls, load: Callable[[], Iterable[T_co]]) -> Self:
        """Make a register whose things are loaded when it is first touched, by one thread."""
        made = cls()
        made._by_key, made._load = None, load
        _lazy[id(made)] = made
        return made

    @property
    def is_loaded(self) -> bool:
        """Whether the things are here already."""
        return self._by_key is not None

    def _entities(self) -> dict[Key, T_co]:
        if self._by_key is None:
            with self._lock:
                if self._by_key is None:
                    self._by_key = by_key(self._load())
        return self._by_key

    def __getitem__(self, key: Key) -> T_co:
        """Return the thing with the key; `UnknownCodeError` with near keys if there is none."""
        entity = self.get(key)
        if entity is None:
            raise unknown_key(key, self)
        return entity

    def get(self, key: Key) -> T_co | None:
        """Return the thing with the key, or ``None``."""
        return self._entities().get(key) if _may_be_key(key) else None

    def __contains__(self, key_or_entity: object) -> bool:
        """Tell whether the register holds the key, or a thing equal to this one."""
        if isinstance(key_or_entity, Entity):
            return self.get(key_or_entity.key) == key_or_entity
        return _may_be_key(key_or_entity) and key_or_entity in self._entities()

    def __len__(self) -> int:
        """Return the number of things."""
        return len(self._entities())

    def __iter__(self) -> Iterator[T_co]:
        """Walk over the things, not their keys."""
        return iter(self._entities().values())

    def keys(self) -> KeysView[Key]:
        """Return the keys, in the order of the things."""
        return self._entities().keys()

    def with_(self, *entities: Entity) -> Self:
        """Return the register with these things, one of a known key in the place of the old."""
        new = cast("dict[Key, T_co]", by_key(entities))
        kept = [new.pop(key, entity) for key, entity in self._entities().items()]
        return type(self)([*kept, *new.values()])

    def without(self, *keys: Key) -> Self:
        """Return the register without these keys; `UnknownCodeError` for one it does not hold."""
        gone = {self[key].key for key in keys}
        return type(self)(entity for entity in self if entity.key not in gone)

    def find(self, text: str) -> T_co:
        """Return the thing of that name.

        Names are those in any language, long and short, the inflected form that official names
        begin with (*Varsinais-Suomen*), and aliases; case and diacritics do not count. Numbers are
        never names. A name that several bear is an `AmbiguousNameError` that lists them, an
        unknown one an `UnknownCodeError` that suggests near ones.
        """
        return self[find_by_name(require_text(text), self)]

    def on(self, date: dt.date) -> Self:
        """Return the things that are valid on the day.

        `TypeError` for things without ``valid``, `OutsideFactsError` for a day before
        `FACTS_SINCE`.
        """
        day = within_facts(date)
        return type(self)(entity for entity in self if _is_valid(entity, day))

    def grouped(self, field: str) -> Mapping[object, tuple[T_co, ...]]:
        """Return the things by the value of one of their fields; made once and kept."""
        if field not in self._groups:
            groups: defaultdict[object, list[T_co]] = defaultdict(list)
            for entity in self:
                groups[getattr(entity, field)].append(entity)
            self._groups[field] = {value: tuple(entities) for value, entities in groups.items()}
        return self._groups[field]

    def __eq__(self, other: object) -> bool:
        """Compare the things and their order."""
        if not isinstance(other, Register):
            return NotImplemented
        return self is other or tuple(self) == tuple(cast("Register[Entity]", other))

    def __hash__(self) -> int:
        """Hash the things."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Say in one short line what is in it."""
        keys = [key_repr(key) for key in self.keys()]
        shown = ", ".join(keys)
        for first in (3, 2, 1):
            if len(shown) > _SHORT and len(keys) > first + 1:
                shown = ", ".join([*keys[:first], "...", keys[-1]])
        return f"<Register of {len(self)}{': ' if keys else ''}{shown}>"

    @property
    def _repr_pretty_(self) -> Callable[[Any, bool], None]:
        """How Hypothesis shows it: the things themselves, if they are few."""
        return self._show

    def _show(self, printer: Any, _cycle: bool) -> None:  # noqa: ANN401, FBT001 - as it is called
        if len(self) > _FEW:
            printer.text(repr(self))
            return
        with printer.group(1, "Register(", ")"):
            printer.pretty([*self])

    def __copy__(self) -> Self:
        """Return the same register: it cannot change."""
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """Return the same register: it cannot change, nor can its things."""
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[T_co, ...]]]:
        """Pickle the things."""
        return type(self), (tuple(self),)


_lazy: "weakref.WeakValueDictionary[int, Register[Any]]" = weakref.WeakValueDictionary()


def renew_locks() -> None:
    """Let a forked child load what a thread of its parent, which it has not, was loading."""
    for register in _lazy.values():
        register._lock = threading.Lock()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


if hasattr(os, "register_at_fork"):  # pragma: no branch - Windows has no fork
    os.register_at_fork(after_in_child=renew_locks)


class RegisterOf(FieldType):
    """A register of one kind of thing, as a portfolio's field."""

    __slots__ = ("cls",)

    def __init__(self, cls: type[Entity]) -> None:
        """Take the class of the things."""
        self.cls: type[Entity] = cls

    def validate(self, value: object) -> Register[Entity]:
        """Refuse other types and other things; a list or tuple of things makes a register."""
        if isinstance(value, Register):
            register = cast("Register[Entity]", value)
        elif isinstance(value, list | tuple):
            register = Register(cast("Iterable[Entity]", value))
        else:
            raise wrong_type(value, expectations.LIST)
        require_instances(register, self.cls)
        return register


CONTAINERS[Register] = RegisterOf
_hooks.announce(Register)


def within_facts(date: dt.date) -> dt.date:
    """Return the day; `OutsideFactsError` if the facts do not reach back to it."""
    day = Date().validate(date)
    if day < FACTS_SINCE:
        message = f"the facts begin on {FACTS_SINCE}, so nothing is known of {day}"
        raise OutsideFactsError(message)
    return day


def by_key(entities: Iterable[T_co]) -> dict[Key, T_co]:
    """Index things by key; refuse what is no thing and every later thing with a known key."""
    index: dict[Key, T_co] = {}
    findings: list[Finding] = []
    for place, entity in enumerate(entities):
        if not isinstance(cast("object", entity), Entity):
            expected = expectations.instance_of(Entity.__name__)
            found = expectations.describe(entity)
            findings.append(
                templates.WRONG_TYPE.finding(f"/{place}", found=found, expected=expected)
            )
        elif (key := entity.key) in index:
            findings.append(duplicate(entity).under(place))
        else:
            index[key] = entity
    if findings:
        raise InvalidValueError(findings)
    return index


def duplicate(entity: Entity) -> Finding:
    """Make the finding on a thing whose key is taken; it points at the last part of the key."""
    found = templates.DUPLICATE_ID.finding(f"/{entity.key_fields[-1]}", key=key_text(entity.key))
    return found.of(f"{entity.singular} {key_text(entity.key)}")


def require_instances(register: Register[Entity], cls: type[Entity]) -> None:
    """Reject the entities that are not of the class."""
    findings = [
        templates.WRONG_TYPE.finding(
            f"/{place}",
            found=expectations.describe(entity),
            expected=expectations.instance_of(cls.__name__),
        )
        for place, entity in enumerate(register)
        if not isinstance(entity, cls)
    ]
    if findings:
        raise InvalidValueError(findings)


def _may_be_key(key: object) -> bool:
    """Tell texts, whole numbers and pairs from the rest: ``True`` and ``1.0`` equal 1."""
    parts = cast("tuple[object, ...]", key) if isinstance(key, tuple) else (key,)
    return all(isinstance(part, str | int) and not isinstance(part, bool) for part in parts)


def _is_valid(entity: Entity, day: dt.date) -> bool:
    if not hasattr(entity, "valid"):
        message = f"a {entity.singular} has no time of validity, so it cannot be asked for a day"
        raise TypeError(message)
    valid = cast("Period | None", getattr(entity, "valid", None))
    return valid is None or day in valid


_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014]")


def fold(name: str) -> str:
    """Make names comparable: case, diacritics, dashes and runs of blanks apart.

    >>> fold("Länsi–Uusimaa")
    'lansi-uusimaa'
    """
    plain = unicodedata.normalize("NFKD", _DASHES.sub("-", name)).casefold()
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())


def find_by_name(text: str, entities: Iterable[Entity]) -> Key:
    """Return the key of the one thing with that name; raise what says why there is none."""
    wanted = fold(text)
    named = [(fold(wording), entity) for entity in entities for wording in entity.wordings()]
    found = {entity.key: entity for name, entity in named if name == wanted}
    if len(found) == 1:
        return next(iter(found))
    partial = found or {entity.key: entity for name, entity in named if wanted in name.split()}
    if len(partial) > 1:
        raise _ambiguous(text, partial)
    keys = {name: entity.key for name, entity in named}
    intended = [*partial, *(keys[name] for name in suggest(wanted, keys))]
    raise _unknown(f"nothing here is called '{expectations.quote(text)}'", text, intended)


def unknown_key(key: object, entities: Iterable[Entity]) -> UnknownCodeError:
    """Make the error for a key that is not there."""
    known = {key_text(entity.key): entity.key for entity in entities}
    one = next((entity.singular for entity in entities), "thing")
    intended = [
        known[text] for text in suggest(expectations.quote(key_repr(key).strip("'")), known)
    ]
    return _unknown(f"there is no {one} {key_repr(key)}", key, intended)


def _unknown(message: str, key: object, intended: Iterable[Key]) -> UnknownCodeError:
    keys = tuple(dict.fromkeys(intended))
    if keys:
        message += f"; did you mean {' or '.join(map(key_repr, keys))}?"
    return UnknownCodeError(message, key, tuple(map(key_text, keys)))


def _ambiguous(text: str, candidates: Mapping[Key, Entity]) -> AmbiguousNameError:
    listed = [
        f"{key_repr(key)} ({escape_unprintable(next(entity.wordings()))})"
        for key, entity in candidates.items()
    ]
    message = f"'{expectations.quote(text)}' may be {', '.join(listed)}; look it up by its key"
    return AmbiguousNameError(message, text, tuple(map(key_text, candidates)))
