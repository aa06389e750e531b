"""The base classes of field types, with the methods that readers, writers and schemas call.

To add a field type, derive it from `Scalar`, define the abstract members, and name it in an
annotation: ``Share: TypeAlias = Annotated[Decimal, Percentage()]``. Python does not create a
`Scalar` that lacks an abstract member. `type_errors` makes the errors that `validate` raises.
Documents, tables and schemas need no registration. Only `frames.check`, which checks the columns of
the library's own classes as a whole, has a list of types (``_PARSERS`` in
``frames/tables/column_parsing.py``).
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import ClassVar, NamedTuple, TypeAlias

from tulevaisuus.model import _hooks

__all__ = [
    "Bind",
    "FastPath",
    "FieldType",
    "Scalar",
]

Bind: TypeAlias = Callable[[object], str]
"""Makes an object available to a generated function; returns the name that it has there."""


class FastPath(NamedTuple):
    """A fast path of the generated reader: source text of Python expressions on the variable ``v``.

    ``v`` is the JSON value. If ``condition`` is true, ``value`` is the result. Both expressions may
    use builtins and the names that a `Bind` has returned.
    """

    value: str
    condition: str


class FieldType(ABC):
    """The values that a field may have: their type and the checks of it."""

    __slots__ = ()

    @abstractmethod
    def validate(self, value: object) -> object:
        """Return the valid value in its normal form; raise `InvalidValueError` if it is invalid."""


class Scalar(_hooks.PydanticAnnotationSupport, FieldType):
    """A field type whose value is one JSON value and one cell of a table: a text, a number.

    The abstract members must be defined. The others have correct defaults; `fast_read` and
    `fast_write` only make reading and writing faster.
    """

    __slots__ = ()

    cell_types: ClassVar[tuple[type, ...]] = (str, int, bool, Decimal, dt.date)
    """The Python types that the cells of a table may have."""

    @property
    @abstractmethod
    def column_type(self) -> type:
        """The Python type of the cells of its column: one of `cell_types`."""

    @abstractmethod
    def write(self, value: object) -> object:
        """Return the JSON value of a valid value."""

    @abstractmethod
    def json_schema(self) -> dict[str, object]:
        """Return the JSON Schema of the values that `read` accepts."""

    @abstractmethod
    def samples(self) -> Sequence[object]:
        """Return a few values that `validate` accepts, the simplest first, for generated tests."""

    def read(self, plain: object) -> object:
        """Return the value of a JSON value; raise `InvalidValueError` if it has none."""
        return self.validate(plain)

    def to_cell(self, value: object) -> object:
        """Return the value of a cell for a valid value; `read` must accept it too."""
        return value

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Return the fast paths of `read`, in order; any other value goes to `read` itself."""
        del bind
        return ()

    def fast_write(self, bind: Bind) -> str:
        """Return the source text of an expression on ``v`` that gives the same as `write`."""
        return f"{bind(self.write)}(v)"

    def __repr__(self) -> str:
        """Return a short description, as signatures and documentation show annotations."""
        names = [name for cls in type(self).__mro__ for name in vars(cls).get("__slots__", ())]
        settings = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({settings})"
