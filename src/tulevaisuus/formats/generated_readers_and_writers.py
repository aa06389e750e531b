"""Generates fast functions that read and write the objects of a class.

**Why.** To look up each field and its field type takes several times as long as to read the value.
A class that is used often therefore gets one function, which is generated as Python source from its
fields and compiled once, as attrs does for ``__init__``. For a class with the fields ``id`` and
``amount_eur`` the reader is, in short::

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

**What it guarantees.** It accepts only usual values, which are certainly valid. For all others it
raises `NotUsualError`. Then `tulevaisuus.formats.decoding` reads the value again without generated
code, and reports what is wrong. So the rules exist only once: each field type defines its usual
cases (`Scalar.fast_read`), and all other values go to its `read`.

**Three details that are easy to break.**

- An object is filled as one of ``mutable``, a subclass that is not frozen, and gets its own class
  at the end. `object.__setattr__` would take seven times as long. `Value.__subclasses__` and
  `MutableSubclass` hide that subclass.
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
from tulevaisuus.model.value import MutableSubclass, Value, fields_of, must_call_constructor

__all__ = [
    "CompiledWhenHot",
    "Function",
    "NotUsualError",
    "SlowFunctionOf",
    "fast_reader_of",
    "fast_writer_of",
]

Function: TypeAlias = Callable[[Any], Any]
"""A function that reads or writes one value."""

SlowFunctionOf: TypeAlias = Callable[[FieldType], Function]
"""Returns the function of a field type that is not generated."""

_HOT_AFTER = 100
"""A class is hot, which means used often, after so many uses.

Making its function takes about as long as reading this many objects without the function.
"""


class NotUsualError(ValueError):
    """A value that a generated reader leaves to the reader that is not generated."""


class CompiledWhenHot:
    """Functions by class, each generated once its class has been used often."""

    def __init__(self, make: Callable[[type[Value]], Function]) -> None:
        """Set the function that generates a function for a class."""
        self.make: Callable[[type[Value]], Function] = make
        self.uses: Counter[type[Value]] = Counter()
        self._generated: dict[type[Value], Function] = {}

    def get(self, cls: type[Value]) -> Function | None:
        """Return the function of a class, or ``None`` if the class has not been used often."""
        function = self._generated.get(cls)
        if function is None:
            self.uses[cls] += 1
            if self.uses[cls] > _HOT_AFTER:
                function = self._generated[cls] = self.make(cls)
        return function


class _FunctionText:
    """The source of a function, and the objects that it uses by name."""

    def __init__(self, slow: SlowFunctionOf, enclosing: tuple[type, ...]) -> None:
        """Set the slow function of each field type, and the classes that contain this one."""
        self.slow = slow
        self.enclosing = enclosing
        # The global variables of the function.
        self.names: dict[str, object] = {"unusual": NotUsualError, "new": object.__new__}
        self.body: list[str] = []  # the lines of the source

    def bind(self, value: object) -> str:
        """Give an object a name."""
        name = f"_{len(self.names)}"
        self.names[name] = value
        return name

    def call_slow(self, field_type: FieldType) -> str:
        """Return the expression that calls the slow function with ``v``."""
        return f"{self.bind(self.slow(field_type))}(v)"

    def compile(self, parameter: str) -> Function:
        """Compile the source, which has names of fields, and nothing from the data."""
        lines = [f"def function({parameter}):", *self.body]
        exec("\n ".join(lines), self.names)  # noqa: S102 - as attrs does
        return cast("Function", self.names["function"])


def fast_reader_of(
    cls: type[Value], slow: SlowFunctionOf, enclosing: tuple[type, ...] = ()
) -> Function:
    """Make the fast reader of a class.

    Args:
        cls: The class. If it has its own constructor, or a field that is not data, the slow reader
            is returned.
        slow: Returns the slow reader of a field type, which reports what is wrong.
        enclosing: The classes that contain this one; a class that contains itself is read slowly.
    """
    specs = fields_of(cls)
    is_data = not any(isinstance(spec.type, AnyObject) for spec in specs.values())
    own_type = type_of_class(cls)
    is_one_class = cls is not Entity  # an `Entity` may be of any entity class
    if (
        not (is_data and is_one_class)
        or must_call_constructor(cls)
        or not isinstance(own_type, ObjectOf)
    ):
        return slow(own_type)
    text = _FunctionText(slow, (*enclosing, cls))
    text.names |= {
        "cls": cls,
        "mutable": type(cls.__name__, (MutableSubclass, cls), {"__slots__": ()}),
    }
    body = text.body
    body += ["if type(raw) is not dict: raise unusual"]
    body += ["get, known, made = raw.get, 0, new(mutable)"]
    for spec in specs.values():
        value = _reading_expression(spec.type, text)
        body += [f"v = get({spec.name!r})"]
        if spec.required:
            body += [f"known += v is not None; made.{spec.name} = {value}"]
        else:
            body += [f"if v is None: made.{spec.name} = {text.bind(spec.default)}"]
            body += [f"else: known += 1; made.{spec.name} = {value}"]
    body += ["if known != len(raw): raise unusual"]
    for invariant in cls.invariants:
        needs = ", ".join(f"made.{name}" for name in invariant.needs)
        body += [f"for _ in {text.bind(invariant.find)}({needs}): raise unusual"]
    body += ["made.__class__ = cls", "return made"]
    return text.compile("raw")


def fast_writer_of(
    cls: type[Value], slow: SlowFunctionOf, enclosing: tuple[type, ...] = ()
) -> Function:
    """Make the fast writer of a class.

    Args:
        cls: The class. If it overrides `Value.set_fields`, the slow writer is returned.
        slow: Returns the slow writer of a field type, which accepts every value.
        enclosing: The classes that contain this one. A class that contains itself is written
            slowly.
    """
    own_type = type_of_class(cls)
    if not isinstance(own_type, ObjectOf) or cls.set_fields is not Value.set_fields:
        return slow(own_type)
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
        written = _writing_expression(spec.type, text)
        if spec.allows_none and spec.default is not None:
            written = f"None if v is None else {written}"
        text.body += [f"v = made.{spec.name}", f"{is_set}out[{spec.name!r}] = {written}"]
    text.body += ["return out"]
    return text.compile("made")


def _reading_expression(field_type: FieldType, text: _FunctionText) -> str:
    """Return the expression that reads ``v``; unusual values go to the slow reader."""
    match field_type:
        case ListOf():
            item = _reading_expression(field_type.item, text)
            collect = text.bind(type(field_type).collect)
            usual = f"{collect}([{item} for v in v]) if type(v) is list else "
            if isinstance(field_type, UniqueListOf):
                # Only the numbers of elements are compared; the slow reader finds which is twice.
                is_unique = f"len(set(w := [{item} for v in v])) == len(w)"
                usual = f"{collect}(w) if type(v) is list and {is_unique} else "
        case ObjectOf() if field_type.cls not in text.enclosing:
            return f"{text.bind(fast_reader_of(field_type.cls, text.slow, text.enclosing))}(v)"
        case Scalar() if _has_usual_cases(field_type, "fast_read", "validate", "read"):
            cases = field_type.fast_read(cast("Bind", text.bind))
            usual = "".join(f"{case.value} if {case.condition} else " for case in cases)
        case _:
            usual = ""
    return f"{usual}{text.call_slow(field_type)}"


def _writing_expression(field_type: FieldType, text: _FunctionText) -> str:
    """Return the expression that makes the JSON value of ``v``."""
    match field_type:
        case ObjectOf() if field_type.cls not in text.enclosing:
            write = text.bind(fast_writer_of(field_type.cls, text.slow, text.enclosing))
            is_usual = f"type(v) is {text.bind(field_type.cls)}"
            return f"{write}(v) if {is_usual} else {text.call_slow(field_type)}"
        case ListOf() if not isinstance(field_type, SetOf):
            return f"[{_writing_expression(field_type.item, text)} for v in v]"
        case Scalar() if _has_usual_cases(field_type, "fast_write", "write"):
            return field_type.fast_write(cast("Bind", text.bind))
        case _:
            return text.call_slow(field_type)


def _has_usual_cases(field_type: Scalar, fast: str, *strict: str) -> bool:
    """Return whether the fast method is at least as specific as the strict methods.

    If a subclass overrides only a strict method, the inherited fast method would bypass it.
    """
    defining_class = functools.partial(_defining_class, type(field_type))
    return all(issubclass(defining_class(fast), defining_class(each)) for each in strict)


def _defining_class(cls: type, name: str) -> type:
    """Return the class that defines a method: the class itself or one of its bases."""
    return next(each for each in cls.__mro__ if name in vars(each))
