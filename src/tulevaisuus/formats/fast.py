"""Reading and writing at speed: functions that are made of a class's fields once it is met often.

A fast reader takes only what is sound beyond doubt. In any doubt it raises `InvalidValueError`
and says nothing more; then `tulevaisuus.formats.decoding` reads the value again and explains.
"""

import datetime as dt
import functools
import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from typing import Any, TypeAlias, cast

from tulevaisuus.findings import InvalidValueError
from tulevaisuus.model import BusinessId, Value
from tulevaisuus.model.kinds import (
    Count,
    Day,
    Flag,
    Identifier,
    Kind,
    Line,
    Many,
    Member,
    Money,
    Nested,
    Ref,
    Several,
    Url,
)
from tulevaisuus.model.value import Invariant, fields_of

__all__ = ["Often", "reader_of", "writer_of"]

Function: TypeAlias = Callable[[Any], Any]

_OFTEN = 100
"""To make the functions of a class takes about as long as to read so many objects without them."""

_REMEMBERED = 10_000
"""So many days, and pairs of days, are kept at most."""

_NAMES: dict[str, object] = {
    "cent": Decimal("0.01"),
    "date": dt.date,
    "decimal": Decimal,
    "doubt": InvalidValueError,
    "intern": sys.intern,
    "most": 10**12,
    "new": object.__new__,
    "tenth": Decimal("0.1"),
    "zero": Decimal(0),
}
"""What the functions made here call things, beside Python's own names."""

_IDENTIFIER = "type(v) is str and 0 < len(v) <= 200 and v.strip() == v and v.isprintable()"
_FRACTION = "type(v) is decimal and (v.same_quantum(tenth) or v.same_quantum(cent))"

_READ: dict[type[Kind], list[tuple[str, str]]] = {
    Line: [("v", "type(v) is str and v.strip() and v.isprintable()")],
    Identifier: [("v", _IDENTIFIER)],
    Ref: [("intern(v)", _IDENTIFIER)],
    Flag: [("v", "v is True or v is False")],
    Count: [("v", "type(v) is int and {kind.minimum} <= v < most")],
    Money: [
        ("decimal(v)", "type(v) is int and 0 <= v < most and (v or {kind.may_be_zero})"),
        ("v", f"{_FRACTION} and zero < v < most"),
    ],
}
"""What is made of ``v`` by its kind, and when; kinds of a user's own are read as they say."""

_WRITTEN: dict[type[Kind], str] = {
    **dict.fromkeys((Line, Identifier, Ref, Url), "v if type(v) is str else slow(v)"),
    Flag: "v",
    Count: "v if type(v) is int else slow(v)",
    Money: "int(v) if v == v.to_integral_value() else float(v)",
    Day: "v.isoformat() if type(v) is date else slow(v)",
    Member: "v._value_",
}
"""The JSON value that is made of ``v`` by its kind."""


class Often:
    """Functions by class, each made when its class has been met often."""

    def __init__(self, make: Callable[[type[Value]], Function]) -> None:
        """Take what makes a function of a class."""
        self.make: Callable[[type[Value]], Function] = make
        self._made: dict[type[Value], Function] = {}
        self.met: Counter[type[Value]] = Counter()

    def get(self, cls: type[Value]) -> Function | None:
        """Return the function of a class, nothing while the class has seldom been met."""
        if cls not in self._made:
            self.met[cls] += 1
            if self.met[cls] <= _OFTEN:
                return None
            self._made[cls] = self.make(cls)
        return self._made[cls]


def reader_of(cls: type[Value], slow: Callable[[Kind], Function]) -> Function:
    """Make the fast reader of a class; ``slow`` gives the reader of a kind that can explain."""
    if cls is BusinessId:
        return slow(Nested(cls))
    source = _Source("raw", "if type(raw) is not dict: raise doubt(())", "get = raw.get")
    specs = fields_of(cls).values()
    source.add("made = new(mutable)", f"known = {sum(spec.required for spec in specs)}")
    for spec in specs:
        read = _reading(spec.kind, source, slow)
        source.add(f"v = get({spec.name!r})")
        if spec.required:
            source.add(f"made.{spec.name} = {read}")
        else:
            source.add(f"if v is None: made.{spec.name} = {source.name(spec.default)}")
            source.add(f"else: known += 1; made.{spec.name} = {read}")
    source.add("if known != len(raw): raise doubt(())")
    for invariant in cls.invariants:
        needs = ", ".join(f"made.{name}" for name in invariant.needs)
        source.add(f"{source.name(_judge(invariant))}({needs})")
    source.add("made.__class__ = cls", "return made")
    return source.function(cls=cls, mutable=_mutable(cls))


def writer_of(cls: type[Value], slow: Function) -> Function:
    """Make the fast writer of a class; ``slow`` writes any value."""
    if cls is BusinessId:
        return slow
    source = _Source("made", "out = {}")
    for spec in fields_of(cls).values():
        source.add(f"v = made.{spec.name}")
        if not spec.required:
            default = spec.default
            said = "v is not None" if default is None else f"v != {source.name(default)}"
            source.add(f"if {said}:")
        written = _writing(spec.kind, source, slow)
        source.add(f"{' ' * (not spec.required)}out[{spec.name!r}] = {written}")
    source.add("return out")
    return source.function(slow=slow)


class _Source:
    """The text of a function that is being made, and what its names stand for."""

    def __init__(self, parameter: str, *lines: str) -> None:
        self.lines = [f"def made_function({parameter}):"]
        self.names = dict(_NAMES)
        self.add(*lines)

    def add(self, *lines: str) -> None:
        """Add lines to the body."""
        self.lines += [f" {line}" for line in lines]

    def name(self, value: object) -> str:
        """Give a value a name."""
        name = f"_{len(self.names)}"
        self.names[name] = value
        return name

    def function(self, **names: object) -> Function:
        """Make the function; its text holds names of fields and nothing that was read."""
        self.names.update(names)
        exec("\n".join(self.lines), self.names)  # noqa: S102 - as attrs makes its methods
        return cast("Function", self.names["made_function"])


def _mutable(cls: type[Value]) -> type[Value]:
    """Make the class that an object has until its fields are set: assigning is fastest so."""
    free = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(cls.__name__, (cls,), {"__slots__": (), **free})


def _judge(invariant: Invariant) -> Callable[..., None]:
    @functools.lru_cache(_REMEMBERED)
    def judge(*values: object) -> None:
        """Raise if the invariant does not hold of the values."""
        for _ in invariant.problems(*values):
            raise InvalidValueError(())

    return judge


def _reading(kind: Kind, source: _Source, slow: Callable[[Kind], Function]) -> str:
    """Write the expression that reads ``v``; what is not usual is left to the slow reader."""
    usual = [(value, test.format(kind=kind)) for value, test in _READ.get(type(kind), ())]
    match kind:
        case Day():
            days = source.name(functools.lru_cache(_REMEMBERED)(slow(kind)))
            usual = [(f"{days}(v)", "type(v) is str")]
        case Member():
            base = "int" if issubclass(kind.enum, IntEnum) else "str"
            members = source.name({each.value: each for each in kind.enum})
            usual = [(f"{members}[v]", f"type(v) is {base} and v in {members}")]
        case Many():
            item = _reading(kind.item, source, slow)
            usual = [(f"{source.name(type(kind).collect)}([{item} for v in v])", "type(v) is list")]
        case Nested():
            return f"{source.name(reader_of(kind.cls, slow))}(v)"
        case _:
            pass
    return " ".join(
        [*(f"{value} if {test} else" for value, test in usual), f"{source.name(slow(kind))}(v)"]
    )


def _writing(kind: Kind, source: _Source, slow: Function) -> str:
    """Write the expression that makes the JSON value of ``v``."""
    match kind:
        case Nested():
            write = source.name(writer_of(kind.cls, slow))
            return f"{write}(v) if type(v) is {source.name(kind.cls)} else slow(v)"
        case Many() if not isinstance(kind, Several):
            return f"[{_writing(kind.item, source, slow)} for v in v]"
        case _:
            return _WRITTEN.get(type(kind), "slow(v)")
