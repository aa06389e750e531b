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

from tulevaisuus.findings import (
    AmbiguousNameError,
    Finding,
    InvalidValueError,
    OutsideFactsError,
    UnknownCodeError,
    messages,
    phrases,
)
from tulevaisuus.findings.near import near
from tulevaisuus.findings.words import visible
from tulevaisuus.model import _hooks
from tulevaisuus.model.kinds import CONTAINERS, Day, Kind, text_of, wrong_type
from tulevaisuus.model.period import Period
from tulevaisuus.model.thing import Key, Thing, key_repr, key_text

__all__ = ["FACTS_SINCE", "Holding", "Register", "find_by_name", "fold", "unknown_key"]

FACTS_SINCE = dt.date(2020, 1, 1)
"""The facts know nothing of days before this one."""

_SHORT = 60
_FEW = 5

T_co = TypeVar("T_co", bound=Thing, covariant=True)


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

    def __init__(self, things: Iterable[T_co] = ()) -> None:
        """Hold the things, in their order."""
        self._by_key: dict[Key, T_co] | None = by_key(things)
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

    def _things(self) -> dict[Key, T_co]:
        if self._by_key is None:
            with self._lock:
                if self._by_key is None:
                    self._by_key = by_key(self._load())
        return self._by_key

    def __getitem__(self, key: Key) -> T_co:
        """Return the thing with the key; `UnknownCodeError` with near keys if there is none."""
        thing = self.get(key)
        if thing is None:
            raise unknown_key(key, self)
        return thing

    def get(self, key: Key) -> T_co | None:
        """Return the thing with the key, or ``None``."""
        return self._things().get(key) if _may_be_key(key) else None

    def __contains__(self, key_or_thing: object) -> bool:
        """Tell whether the register holds the key, or a thing equal to this one."""
        if isinstance(key_or_thing, Thing):
            return self.get(key_or_thing.key) == key_or_thing
        return _may_be_key(key_or_thing) and key_or_thing in self._things()

    def __len__(self) -> int:
        """Return the number of things."""
        return len(self._things())

    def __iter__(self) -> Iterator[T_co]:
        """Walk over the things, not their keys."""
        return iter(self._things().values())

    def keys(self) -> KeysView[Key]:
        """Return the keys, in the order of the things."""
        return self._things().keys()

    def with_(self, *things: Thing) -> Self:
        """Return the register with these things, one of a known key in the place of the old."""
        new = cast("dict[Key, T_co]", by_key(things))
        kept = [new.pop(key, thing) for key, thing in self._things().items()]
        return type(self)([*kept, *new.values()])

    def without(self, *keys: Key) -> Self:
        """Return the register without these keys; `UnknownCodeError` for one it does not hold."""
        gone = {self[key].key for key in keys}
        return type(self)(thing for thing in self if thing.key not in gone)

    def find(self, text: str) -> T_co:
        """Return the thing of that name.

        Names are those in any language, long and short, the inflected form that official names
        begin with (*Varsinais-Suomen*), and aliases; case and diacritics do not count. Numbers are
        never names. A name that several bear is an `AmbiguousNameError` that lists them, an
        unknown one an `UnknownCodeError` that suggests near ones.
        """
        return self[find_by_name(text_of(text), self)]

    def on(self, date: dt.date) -> Self:
        """Return the things that are valid on the day.

        `TypeError` for things without ``valid``, `OutsideFactsError` for a day before
        `FACTS_SINCE`.
        """
        day = within_facts(date)
        return type(self)(thing for thing in self if _is_valid(thing, day))

    def grouped(self, field: str) -> Mapping[object, tuple[T_co, ...]]:
        """Return the things by the value of one of their fields; made once and kept."""
        if field not in self._groups:
            groups: defaultdict[object, list[T_co]] = defaultdict(list)
            for thing in self:
                groups[getattr(thing, field)].append(thing)
            self._groups[field] = {value: tuple(things) for value, things in groups.items()}
        return self._groups[field]

    def __eq__(self, other: object) -> bool:
        """Compare the things and their order."""
        if not isinstance(other, Register):
            return NotImplemented
        return self is other or tuple(self) == tuple(cast("Register[Thing]", other))

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


class Holding(Kind):
    """A register of one kind of thing, as a portfolio's field."""

    __slots__ = ("cls",)

    def __init__(self, cls: type[Thing]) -> None:
        """Take the class of the things."""
        self.cls: type[Thing] = cls

    def accept(self, value: object) -> Register[Thing]:
        """Refuse other types and other things; a list or tuple of things makes a register."""
        if isinstance(value, Register):
            register = cast("Register[Thing]", value)
        elif isinstance(value, list | tuple):
            register = Register(cast("Iterable[Thing]", value))
        else:
            raise wrong_type(value, phrases.LIST)
        refuse_others(register, self.cls)
        return register


CONTAINERS[Register] = Holding
_hooks.announce(Register)


def within_facts(date: dt.date) -> dt.date:
    """Return the day; `OutsideFactsError` if the facts do not reach back to it."""
    day = Day().accept(date)
    if day < FACTS_SINCE:
        message = f"the facts begin on {FACTS_SINCE}, so nothing is known of {day}"
        raise OutsideFactsError(message)
    return day


def by_key(things: Iterable[T_co]) -> dict[Key, T_co]:
    """Index things by key; refuse what is no thing and every later thing with a known key."""
    index: dict[Key, T_co] = {}
    findings: list[Finding] = []
    for place, thing in enumerate(things):
        if not isinstance(cast("object", thing), Thing):
            expected = phrases.thing(Thing.__name__)
            found = phrases.describe(thing)
            findings.append(
                messages.WRONG_TYPE.finding(f"/{place}", found=found, expected=expected)
            )
        elif (key := thing.key) in index:
            findings.append(duplicate(thing).under(place))
        else:
            index[key] = thing
    if findings:
        raise InvalidValueError(findings)
    return index


def duplicate(thing: Thing) -> Finding:
    """Make the finding on a thing whose key is taken; it points at the last part of the key."""
    found = messages.DUPLICATE_ID.finding(f"/{thing.key_fields[-1]}", key=key_text(thing.key))
    return found.of(f"{thing.one} {key_text(thing.key)}")


def refuse_others(register: Register[Thing], cls: type[Thing]) -> None:
    """Refuse the things that are not of the class."""
    expected = phrases.thing(cls.__name__)
    findings = [
        messages.WRONG_TYPE.finding(f"/{place}", found=phrases.describe(thing), expected=expected)
        for place, thing in enumerate(register)
        if not isinstance(thing, cls)
    ]
    if findings:
        raise InvalidValueError(findings)


def _may_be_key(key: object) -> bool:
    """Tell texts, whole numbers and pairs from the rest: ``True`` and ``1.0`` equal 1."""
    parts = cast("tuple[object, ...]", key) if isinstance(key, tuple) else (key,)
    return all(isinstance(part, str | int) and not isinstance(part, bool) for part in parts)


def _is_valid(thing: Thing, day: dt.date) -> bool:
    if not hasattr(thing, "valid"):
        message = f"a {thing.one} has no time of validity, so it cannot be asked for a day"
        raise TypeError(message)
    valid = cast("Period | None", getattr(thing, "valid", None))
    return valid is None or day in valid


_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014]")


def fold(name: str) -> str:
    """Make names comparable: case, diacritics, dashes and runs of blanks apart.

    >>> fold("Länsi–Uusimaa")
    'lansi-uusimaa'
    """
    plain = unicodedata.normalize("NFKD", _DASHES.sub("-", name)).casefold()
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())


def find_by_name(text: str, things: Iterable[Thing]) -> Key:
    """Return the key of the one thing with that name; raise what says why there is none."""
    wanted = fold(text)
    named = [(fold(wording), thing) for thing in things for wording in thing.wordings()]
    found = {thing.key: thing for name, thing in named if name == wanted}
    if len(found) == 1:
        return next(iter(found))
    near_by = found or {thing.key: thing for name, thing in named if wanted in name.split()}
    if len(near_by) > 1:
        raise _ambiguous(text, near_by)
    keys = {name: thing.key for name, thing in named}
    meant = [*near_by, *(keys[name] for name in near(wanted, keys))]
    raise _unknown(f"nothing here is called '{phrases.quote(text)}'", text, meant)


def unknown_key(key: object, things: Iterable[Thing]) -> UnknownCodeError:
    """Make the error for a key that is not there."""
    known = {key_text(thing.key): thing.key for thing in things}
    one = next((thing.one for thing in things), "thing")
    meant = [known[text] for text in near(phrases.quote(key_repr(key).strip("'")), known)]
    return _unknown(f"there is no {one} {key_repr(key)}", key, meant)


def _unknown(message: str, key: object, meant: Iterable[Key]) -> UnknownCodeError:
    keys = tuple(dict.fromkeys(meant))
    if keys:
        message += f"; did you mean {' or '.join(map(key_repr, keys))}?"
    return UnknownCodeError(message, key, tuple(map(key_text, keys)))


def _ambiguous(text: str, candidates: Mapping[Key, Thing]) -> AmbiguousNameError:
    listed = [
        f"{key_repr(key)} ({visible(next(thing.wordings()))})" for key, thing in candidates.items()
    ]
    message = f"'{phrases.quote(text)}' may be {', '.join(listed)}; look it up by its key"
    return AmbiguousNameError(message, text, tuple(map(key_text, candidates)))
