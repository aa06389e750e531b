"""Reading and writing at speed, by functions that are made of a class's fields.

A fast reader takes only what is sound beyond doubt. In any doubt it raises `InvalidValueError`
and says nothing more; then `tulevaisuus.formats.decoding` reads the value again and explains.
"""

import datetime as dt
import functools
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from typing import Any, TypeAlias, cast

from tulevaisuus.findings import InvalidValueError
from tulevaisuus.model import BusinessId, Value
from tulevaisuus.model.kinds import (
    Anything,
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
from tulevaisuus.model.value import fields_of

__all__ = ["Often", "reader_of", "writer_of"]

Function: TypeAlias = Callable[[Any], Any]
Names: TypeAlias = dict[str, object]

_OFTEN = 100
"""To make a function takes about as long as to read so many objects without it."""

_REMEMBERED = 10_000
"""So many days, and codes that refer to other things, are kept."""

_NAMES: Names = {
    "cent": Decimal("0.01"),
    "date": dt.date,
    "decimal": Decimal,
    "doubt": InvalidValueError,
    "intern": functools.lru_cache(_REMEMBERED)(str),
    "most": 10**12,
    "new": object.__new__,
    "tenth": Decimal("0.1"),
    "zero": Decimal(0),
}

_TEXT = "type(v) is str and v.isprintable() and v.strip()"
_IDENTIFIER = f"{_TEXT} == v and 0 < len(v) <= 200"
_FRACTION = "type(v) is decimal and (v.same_quantum(tenth) or v.same_quantum(cent))"

_READ: dict[type[Kind], list[tuple[str, str]]] = {
    Line: [("v", _TEXT)],
    Identifier: [("v", _IDENTIFIER)],
    Ref: [("intern(v)", _IDENTIFIER)],
    Flag: [("v", "v is True or v is False")],
    Count: [("v", "type(v) is int and {kind.minimum} <= v < most")],
    Money: [
        ("decimal(v)", "type(v) is int and 0 <= v < most and (v or {kind.may_be_zero})"),
        ("v", f"{_FRACTION} and zero < v < most"),
    ],
}
"""What is made of ``v``, and when; any other kind, and case, is left to the slow reader."""

_WRITTEN: dict[type[Kind], str] = {
    **dict.fromkeys((Line, Identifier, Ref, Url), "v if type(v) is str else slow(v)"),
    Flag: "v",
    Count: "v if type(v) is int else slow(v)",
    Money: "int(v) if v == v.to_integral_value() else float(v)",
    Day: "v.isoformat() if type(v) is date else slow(v)",
    Member: "v._value_",
}


class Often:
    """Functions by class, each made when its class has been met often."""

    def __init__(self, make: Callable[[type[Value]], Function]) -> None:
        """Take what makes a function of a class."""
        self.make: Callable[[type[Value]], Function] = make
        self.met: Counter[type[Value]] = Counter()
        self._made: dict[type[Value], Function | None] = {}

    def get(self, cls: type[Value]) -> Function | None:
        """Return the function of a class, if there is one yet; of some users' classes none is."""
        if cls not in self._made:
            self.met[cls] += 1
            if self.met[cls] <= _OFTEN:
                return None
            try:
                self._made[cls] = self.make(cls)
            except Exception:  # noqa: BLE001 - such as one that contains itself: it stays slow
                self._made[cls] = None
        return self._made[cls]


def reader_of(cls: type[Value], slow: Callable[[Kind], Function]) -> Function:
    """Make the fast reader of a class; ``slow`` gives the reader of a kind that can explain."""
    if issubclass(cls, BusinessId):
        return slow(Nested(cls))
    # An object is filled as one of a class that does not mind, which is fastest by far.
    free = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    mutable = type(cls.__name__, (cls,), {"__slots__": (), **free})
    names = {**_NAMES, "cls": cls, "mutable": mutable}
    body = ["if type(raw) is not dict: raise doubt(())"]
    body += ["get, known, made = raw.get, 0, new(mutable)"]
    for spec in fields_of(cls).values():
        default = "" if spec.required else f"{_name(names, spec.default)} if v is None else "
        read = _reading(spec.kind, names, slow)
        body += [f"v = get({spec.name!r}); known += v is not None"]
        body += [f"made.{spec.name} = {default}{read}"]
    body += ["if known != len(raw): raise doubt(())"]
    for invariant in cls.invariants:
        needs = ", ".join(f"made.{name}" for name in invariant.needs)
        body += [f"for _ in {_name(names, invariant.problems)}({needs}): raise doubt(())"]
    return _function("raw", [*body, "made.__class__ = cls", "return made"], names)


def writer_of(cls: type[Value], slow: Function) -> Function:
    """Make the fast writer of a class; ``slow`` writes any value."""
    if issubclass(cls, BusinessId) or cls.said is not Value.said:
        return slow
    names = {**_NAMES, "slow": slow}
    body = ["out = {}"]
    for spec in fields_of(cls).values():
        said = "if v is not None: "
        if spec.default is not None:
            said = "" if spec.required else f"if v != {_name(names, spec.default)}: "
        written = _writing(spec.kind, names, slow)
        if spec.may_be_unknown and spec.default is not None:
            written = f"None if v is None else {written}"
        body += [f"v = made.{spec.name}", f"{said}out[{spec.name!r}] = {written}"]
    return _function("made", [*body, "return out"], names)


def _name(names: Names, value: object) -> str:
    name = f"_{len(names)}"
    names[name] = value
    return name


def _function(parameter: str, body: list[str], names: Names) -> Function:
    """Compile a function; its text holds names of fields and nothing that was read."""
    exec("\n ".join([f"def function({parameter}):", *body]), names)  # noqa: S102 - as attrs does
    return cast("Function", names["function"])


def _reading(kind: Kind, names: Names, slow: Callable[[Kind], Function]) -> str:
    """Write the expression that reads ``v``; what is not usual is left to the slow reader."""
    usual = [(value, test.format(kind=kind)) for value, test in _READ.get(type(kind), ())]
    match kind:
        case Day():
            days = _name(names, functools.lru_cache(_REMEMBERED)(slow(kind)))
            usual = [(f"{days}(v)", "type(v) is str")]
        case Anything():
            raise TypeError(kind)  # it is no data, and read with every step in sight
        case Member() if type(kind) is Member:
            base = "int" if issubclass(kind.enum, IntEnum) else "str"
            members = _name(names, {each.value: each for each in kind.enum})
            usual = [(f"{members}[v]", f"type(v) is {base} and v in {members}")]
        case Many():
            item = _reading(kind.item, names, slow)
            collect = _name(names, type(kind).collect)
            usual = [(f"{collect}([{item} for v in v])", "type(v) is list")]
        case Nested():
            return f"{_name(names, reader_of(kind.cls, slow))}(v)"
        case _:
            pass
    cases = "".join(f"{value} if {test} else " for value, test in usual)
    return f"{cases}{_name(names, slow(kind))}(v)"


def _writing(kind: Kind, names: Names, slow: Function) -> str:
    """Write the expression that makes the JSON value of ``v``."""
    match kind:
        case Nested():
            write = _name(names, writer_of(kind.cls, slow))
            return f"{write}(v) if type(v) is {_name(names, kind.cls)} else slow(v)"
        case Many() if not isinstance(kind, Several):
            return f"[{_writing(kind.item, names, slow)} for v in v]"
        case _:
            return _WRITTEN.get(type(kind), "slow(v)")
