"""Reading and writing at speed, by functions that are generated for each class.

**Why.** Going from field to field, and from field type to field type, takes several times as long
as the work itself. A class that is met often therefore gets one function, written as Python text
from its fields and compiled once, as attrs does for ``__init__``. For a class with the fields
``id`` and ``amount_eur`` the reader is, in short::

    def function(raw):
        if type(raw) is not dict: raise unusual
        get, known, made = raw.get, 0, new(mutable)
        v = get("id")
        known += v is not None; made.id = v if <usual id> else <read id>(v)
        v = get("amount_eur")
        if v is None: made.amount_eur = None
        else: known += 1; made.amount_eur = decimal(v) if <usual amount> else <read amount>(v)
        if known != len(raw): raise unusual
        made.__class__ = cls
        return made

**What it promises.** It accepts only usual values, which are certainly valid. For all others it
raises `NotUsualError`, and `tulevaisuus.formats.decoding` reads the value again without generated
code and finds out what is wrong. So there is one set of rules: each field type names its usual
cases (`Scalar.fast_read`), and anything else goes to its own `read`.

**Three details that are easy to break.**

- An object is filled as one of ``mutable``, a subclass that is not frozen, and gets its own class
  at the end. `object.__setattr__` would take seven times as long. `Value.__subclasses__` and
  `Unfrozen` hide that subclass.
- A missing field and ``null`` look alike to ``get``. A value that is ``None`` is not counted in
  ``known``, so that an explicit ``null`` makes the counts differ, as an unknown field does.
- A field type whose subclass has changed `validate`, `read` or `write` has lost its fast paths:
  they would bypass the method of the subclass (`_has_usual_cases`).
"""

import functools
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias, cast

from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import (
    AnyObject,
    Bind,
    FieldType,
    ListOf,
    ObjectOf,
    Scalar,
    SetOf,
    UniqueListOf,
    type_of_class,
)
from tulevaisuus.model.value import Unfrozen, Value, fields_of, needs_constructor

__all__ = ["CompiledWhenHot", "Function", "NotUsualError", "Slow", "reader_of", "writer_of"]

Function: TypeAlias = Callable[[Any], Any]
Slow: TypeAlias = Callable[[FieldType], Function]

_HOT_AFTER = 100
"""Making a function takes about as long as reading this many objects without it."""


class NotUsualError(ValueError):
    """A value that a generated reader leaves to the reader that is not generated."""


class CompiledWhenHot:
    """Functions by class, each generated once its class has been used often."""

    def __init__(self, make: Callable[[type[Value]], Function]) -> None:
        """Take the function that generates one for a class."""
        self.make: Callable[[type[Value]], Function] = make
        self.uses: Counter[type[Value]] = Counter()
        self._generated: dict[type[Value], Function] = {}

    def get(self, cls: type[Value]) -> Function | None:
        """Return the function of a class, if there is one yet."""
        made = self._generated.get(cls)
        if made is None:
            self.uses[cls] += 1
            if self.uses[cls] > _HOT_AFTER:
                made = self._generated[cls] = self.make(cls)
        return made


class _FunctionText:
    """The text of a function and the objects that it names."""

    def __init__(self, slow: Slow, enclosing: tuple[type, ...]) -> None:
        """Take the slow way of a field type, and the classes whose functions are being made."""
        self.slow = slow
        self.enclosing = enclosing
        self.names: dict[str, object] = {"unusual": NotUsualError, "new": object.__new__}
        self.body: list[str] = []

    def bind(self, value: object) -> str:
        """Give an object a name."""
        name = f"_{len(self.names)}"
        self.names[name] = value
        return name

    def call_slow(self, field_type: FieldType) -> str:
        """Return the expression that leaves ``v`` to the slow way."""
        return f"{self.bind(self.slow(field_type))}(v)"

    def compile(self, parameter: str) -> Function:
        """Compile the text, which holds names of fields and nothing that was read."""
        lines = [f"def function({parameter}):", *self.body]
        exec("\n ".join(lines), self.names)  # noqa: S102 - as attrs does
        return cast("Function", self.names["function"])


def reader_of(cls: type[Value], slow: Slow, enclosing: tuple[type, ...] = ()) -> Function:
    """Make the fast reader of a class.

    Args:
        cls: the class; one with a constructor of its own, or with a field that is no data, is not
            read at speed
        slow: gives the reader of a field type that reports what is wrong
        enclosing: the classes that contain this one; one that contains itself is read slowly
    """
    specs = fields_of(cls)
    is_data = not any(isinstance(spec.type, AnyObject) for spec in specs.values())
    own = type_of_class(cls)
    is_one_class = cls is not Entity  # which reads as any of the classes derived from it
    if not (is_data and is_one_class) or needs_constructor(cls) or not isinstance(own, ObjectOf):
        return slow(own)
    text = _FunctionText(slow, (*enclosing, cls))
    text.names |= {"cls": cls, "mutable": type(cls.__name__, (Unfrozen, cls), {"__slots__": ()})}
    body = text.body
    body += ["if type(raw) is not dict: raise unusual"]
    body += ["get, known, made = raw.get, 0, new(mutable)"]
    for spec in specs.values():
        value = _reading(spec.type, text)
        body += [f"v = get({spec.name!r})"]
        if spec.required:
            body += [f"known += v is not None; made.{spec.name} = {value}"]
        else:
            body += [f"if v is None: made.{spec.name} = {text.bind(spec.default)}"]
            body += [f"else: known += 1; made.{spec.name} = {value}"]
    body += ["if known != len(raw): raise unusual"]
    for invariant in cls.invariants:
        needs = ", ".join(f"made.{name}" for name in invariant.needs)
        body += [f"for _ in {text.bind(invariant.problems)}({needs}): raise unusual"]
    body += ["made.__class__ = cls", "return made"]
    return text.compile("raw")


def writer_of(cls: type[Value], slow: Slow, enclosing: tuple[type, ...] = ()) -> Function:
    """Make the fast writer of a class.

    Args:
        cls: the class; one that overrides `Value.set_fields` is not written at speed
        slow: gives the writer of a field type that knows every value
        enclosing: the classes that contain this one; one that contains itself is written slowly
    """
    own = type_of_class(cls)
    if not isinstance(own, ObjectOf) or cls.set_fields is not Value.set_fields:
        return slow(own)
    text = _FunctionText(slow, (*enclosing, cls))
    text.body += ["out = {}"]
    for spec in fields_of(cls).values():
        is_set = "if v is not None: "
        if spec.required:
            is_set = ""
        elif spec.default == () and not spec.allows_none:
            is_set = "if v: "
        elif spec.default is not None:
            is_set = f"if v != {text.bind(spec.default)}: "
        written = _writing(spec.type, text)
        if spec.allows_none and spec.default is not None:
            written = f"None if v is None else {written}"
        text.body += [f"v = made.{spec.name}", f"{is_set}out[{spec.name!r}] = {written}"]
    text.body += ["return out"]
    return text.compile("made")


def _reading(field_type: FieldType, text: _FunctionText) -> str:
    """Write the expression that reads ``v``; what is not usual is left to the slow reader."""
    match field_type:
        case ListOf():
            item = _reading(field_type.item, text)
            collect = text.bind(type(field_type).collect)
            usual = f"{collect}([{item} for v in v]) if type(v) is list else "
            if isinstance(field_type, UniqueListOf):
                # Only the numbers of elements are compared; the slow reader finds which is twice.
                is_unique = f"len(set(w := [{item} for v in v])) == len(w)"
                usual = f"{collect}(w) if type(v) is list and {is_unique} else "
        case ObjectOf() if field_type.cls not in text.enclosing:
            return f"{text.bind(reader_of(field_type.cls, text.slow, text.enclosing))}(v)"
        case Scalar() if _has_usual_cases(field_type, "fast_read", "validate", "read"):
            cases = field_type.fast_read(cast("Bind", text.bind))
            usual = "".join(f"{case.value} if {case.condition} else " for case in cases)
        case _:
            usual = ""
    return f"{usual}{text.call_slow(field_type)}"


def _writing(field_type: FieldType, text: _FunctionText) -> str:
    """Write the expression that makes the JSON value of ``v``."""
    match field_type:
        case ObjectOf() if field_type.cls not in text.enclosing:
            write = text.bind(writer_of(field_type.cls, text.slow, text.enclosing))
            is_usual = f"type(v) is {text.bind(field_type.cls)}"
            return f"{write}(v) if {is_usual} else {text.call_slow(field_type)}"
        case ListOf() if not isinstance(field_type, SetOf):
            return f"[{_writing(field_type.item, text)} for v in v]"
        case Scalar() if _has_usual_cases(field_type, "fast_write", "write"):
            return field_type.fast_write(cast("Bind", text.bind))
        case _:
            return text.call_slow(field_type)


def _has_usual_cases(field_type: Scalar, fast: str, *strict: str) -> bool:
    """Return whether no base of the slow part's class defines the fast part of a field type."""
    definer = functools.partial(_definer, type(field_type))
    return all(issubclass(definer(fast), definer(each)) for each in strict)


def _definer(cls: type, name: str) -> type:
    """Return the class, among those that one is derived from, which defines a method."""
    return next(each for each in cls.__mro__ if name in vars(each))
