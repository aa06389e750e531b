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

from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.field_types import (
    AnyObject,
    Boolean,
    Date,
    EnumMember,
    FieldType,
    Identifier,
    ListOf,
    Money,
    NonBlankText,
    ObjectOf,
    Ref,
    SetOf,
    Url,
    WholeNumber,
)
from tulevaisuus.model.value import Value, fields_of

__all__ = ["CompiledWhenHot", "reader_of", "writer_of"]

Function: TypeAlias = Callable[[Any], Any]
Names: TypeAlias = dict[str, object]

_HOT_AFTER = 100
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

_READ: dict[type[FieldType], list[tuple[str, str]]] = {
    NonBlankText: [("v", _TEXT)],
    Identifier: [("v", _IDENTIFIER)],
    Ref: [("intern(v)", _IDENTIFIER)],
    Boolean: [("v", "v is True or v is False")],
    WholeNumber: [("v", "type(v) is int and {field_type.minimum} <= v < most")],
    Money: [
        ("decimal(v)", "type(v) is int and 0 <= v < most and (v or {field_type.allows_zero})"),
        ("v", f"{_FRACTION} and zero < v < most"),
    ],
}
"""What is made of ``v``, and when; any other kind, and case, is left to the slow reader."""

_WRITTEN: dict[type[FieldType], str] = {
    **dict.fromkeys((NonBlankText, Identifier, Ref, Url), "v if type(v) is str else slow(v)"),
    Boolean: "v",
    WholeNumber: "v if type(v) is int else slow(v)",
    Money: "int(v) if v == v.to_integral_value() else float(v)",
    Date: "v.isoformat() if type(v) is date else slow(v)",
    EnumMember: "v._value_",
}


class CompiledWhenHot:
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
            if self.met[cls] <= _HOT_AFTER:
                return None
            try:
                self._made[cls] = self.make(cls)
            except Exception:  # noqa: BLE001 - such as one that contains itself: it stays slow
                self._made[cls] = None
        return self._made[cls]


def reader_of(cls: type[Value], slow: Callable[[FieldType], Function]) -> Function:
    """Make the fast reader of a class; ``slow`` gives the reader of a kind that can explain."""
    if issubclass(cls, BusinessId):
        return slow(ObjectOf(cls))
    # An object is filled as one of a class that does not mind, which is fastest by far.
    free = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    mutable = type(cls.__name__, (cls,), {"__slots__": (), **free})
    names = {**_NAMES, "cls": cls, "mutable": mutable}
    body = ["if type(raw) is not dict: raise doubt(())"]
    body += ["get, known, made = raw.get, 0, new(mutable)"]
    for spec in fields_of(cls).values():
        default = "" if spec.required else f"{_name(names, spec.default)} if v is None else "
        read = _reading(spec.type, names, slow)
        body += [f"v = get({spec.name!r}); known += v is not None"]
        body += [f"made.{spec.name} = {default}{read}"]
    body += ["if known != len(raw): raise doubt(())"]
    for invariant in cls.invariants:
        needs = ", ".join(f"made.{name}" for name in invariant.needs)
        body += [f"for _ in {_name(names, invariant.problems)}({needs}): raise doubt(())"]
    return _function("raw", [*body, "made.__class__ = cls", "return made"], names)


def writer_of(cls: type[Value], slow: Function) -> Function:
    """Make the fast writer of a class; ``slow`` writes any value."""
    if issubclass(cls, BusinessId) or cls.set_fields is not Value.set_fields:
        return slow
    names = {**_NAMES, "slow": slow}
    body = ["out = {}"]
    for spec in fields_of(cls).values():
        said = "if v is not None: "
        if spec.default is not None:
            said = "" if spec.required else f"if v != {_name(names, spec.default)}: "
        written = _writing(spec.type, names, slow)
        if spec.allows_none and spec.default is not None:
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


def _reading(field_type: FieldType, names: Names, slow: Callable[[FieldType], Function]) -> str:
    """Write the expression that reads ``v``; what is not usual is left to the slow reader."""
    usual = [
        (value, test.format(field_type=field_type))
        for value, test in _READ.get(type(field_type), ())
    ]
    match field_type:
        case Date():
            days = _name(names, functools.lru_cache(_REMEMBERED)(slow(field_type)))
            usual = [(f"{days}(v)", "type(v) is str")]
        case AnyObject():
            raise TypeError(field_type)  # it is no data, and read with every step in sight
        case EnumMember() if type(field_type) is EnumMember:
            base = "int" if issubclass(field_type.enum, IntEnum) else "str"
            members = _name(names, {each.value: each for each in field_type.enum})
            usual = [(f"{members}[v]", f"type(v) is {base} and v in {members}")]
        case ListOf():
            item = _reading(field_type.item, names, slow)
            collect = _name(names, type(field_type).collect)
            usual = [(f"{collect}([{item} for v in v])", "type(v) is list")]
        case ObjectOf():
            return f"{_name(names, reader_of(field_type.cls, slow))}(v)"
        case _:
            pass
    cases = "".join(f"{value} if {test} else " for value, test in usual)
    return f"{cases}{_name(names, slow(field_type))}(v)"


def _writing(field_type: FieldType, names: Names, slow: Function) -> str:
    """Write the expression that makes the JSON value of ``v``."""
    match field_type:
        case ObjectOf():
            write = _name(names, writer_of(field_type.cls, slow))
            return f"{write}(v) if type(v) is {_name(names, field_type.cls)} else slow(v)"
        case ListOf() if not isinstance(field_type, SetOf):
            return f"[{_writing(field_type.item, names, slow)} for v in v]"
        case _:
            return _WRITTEN.get(type(field_type), "slow(v)")
