"""The base classes of field types, with the methods that readers, writers and schemas call.

To add a field type, derive it from `Scalar`, define the abstract members, and name it in an
annotation: ``Share: TypeAlias = Annotated[Decimal, Percentage()]``. Python does not create a
`Scalar` that lacks an abstract member. Documents, tables and schemas need no registration. Only
`frames.check`, which checks the columns of the library's own classes as a whole, has a list of
types (``_PARSERS`` in ``frames/tables/column_parsing.py``).
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple, TypeAlias, cast

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.messages import MessageTemplate
from tulevaisuus.model import _hooks

TYPE_CHECKING = False
if TYPE_CHECKING:  # at run time, imported only to report a mistake
    from tulevaisuus.findings.localization import LocalizedText, Param

__all__ = [
    "Bind",
    "FastPath",
    "FieldType",
    "Scalar",
    "bad_format",
    "code_for",
    "invalid_value",
    "not_an_object",
    "require_int",
    "require_text",
    "wrong_type",
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


def invalid_value(template: MessageTemplate, **params: "Param") -> InvalidValueError:
    """Make the error for one value, with one finding."""
    return InvalidValueError([template.finding(**params)])


def wrong_type(value: object, expected: "LocalizedText") -> InvalidValueError:
    """Make the error for a value of a wrong type; it names a conversion if there is one."""
    found = found_values.describe(value)
    if found_values.is_missing(value):
        return invalid_value(messages.MISSING_VALUE, found=found, expected=expected)
    conversion = _conversion(value, expected) or _key_attribute(value, expected)
    if conversion:
        return invalid_value(
            messages.UNCONVERTED_TYPE, found=found, expected=expected, conversion=conversion
        )
    return invalid_value(messages.WRONG_TYPE, found=found, expected=expected)


def code_for(value: object) -> "LocalizedText":
    """Return the phrase for an expected code; for a number, it mentions lost leading zeros."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return expectations.CODE if is_number else expectations.TEXT


def _key_attribute(value: object, expected: "LocalizedText") -> str:
    """Return the source text of an entity's key attribute, such as ``.id``, if text is expected."""
    fields: tuple[str, ...] = getattr(value, "key_fields", ())
    if len(fields) == 1 and expected == expectations.TEXT and not isinstance(value, type):
        return f".{fields[0]}"
    return ""


def _conversion(value: object, expected: "LocalizedText") -> str:
    """Return the source text that converts a point in time, a generator, or a value of numpy.

    It is empty if the result would not be valid either.
    """
    is_timestamp = type(value).__name__ == "datetime64"
    if is_timestamp or isinstance(value, dt.datetime):
        expects_date = "datetime.date" in expected.en or expected == expectations.DATE
        to_date = '.astype("datetime64[D]").item()' if is_timestamp else ".date()"
        return to_date if expects_date else ""
    if type(value).__module__.partition(".")[0] in {"numpy", "pandas", "polars"}:
        return _to_python(cast("Any", value), expected)
    return _to_list(value) if expected == expectations.LIST else ""


def _to_list(value: object) -> str:
    """Return the source text that makes a list of a generator, a set and the like."""
    if isinstance(value, set | frozenset):
        elements = cast("set[object]", value)
        if all(isinstance(each, str) for each in elements):
            return "sorted(...)"  # the same list in every run of the program
    is_other = isinstance(value, type | str | bytes | bytearray | memoryview | Mapping)
    return "list(...)" if isinstance(value, Iterable) and not is_other else ""


def _to_python(value: Any, expected: "LocalizedText") -> str:  # noqa: ANN401 - of another library
    """Return the source text that makes a Python object of a scalar or array, if that is valid."""
    if expected == expectations.LIST:
        return next((f".{name}()" for name in ("to_list", "tolist") if hasattr(value, name)), "")
    if not hasattr(value, "item") or getattr(value, "ndim", False):
        return ""
    expects_decimal = any(word in expected.en for word in ("Decimal", "euros", "percentage"))
    conversions: dict[type, str] = {
        float: "decimal.Decimal(str(...))" if expects_decimal else "",  # a float32 is inexact
        bool: ".item()" if expected == expectations.BOOLEAN else "",
        int: ".item()",
    }
    plain: object = value.item()
    return conversions.get(type(plain), "")


def not_an_object(value: object, cls: type) -> InvalidValueError:
    """Make the error for a value that is no object of a class; it names what reads a dict."""
    expected = expectations.object_of(cls.__name__)
    if not isinstance(value, dict):
        return wrong_type(value, expected)
    return invalid_value(
        messages.UNCONVERTED_TYPE,
        found=found_values.describe(cast("object", value)),
        expected=expected,
        conversion=f"tulevaisuus.formats.structure(..., {cls.__name__})",
    )


def bad_format(value: object, expected: "LocalizedText") -> InvalidValueError:
    """Make the error for a value of the right type but in a wrong form."""
    return invalid_value(messages.BAD_FORMAT, found=found_values.describe(value), expected=expected)


def require_text(value: object) -> str:
    """Return the value if it is text; raise `InvalidValueError` if it is not.

    An object of a subclass, such as `numpy.str_`, becomes a plain `str`: it might compare or print
    itself in another way.
    """
    if not isinstance(value, str):
        raise wrong_type(value, expectations.TEXT)
    return value if type(value) is str else str.__str__(value)


def require_int(value: object) -> int:
    """Return the value if it is a whole number and no `bool`; raise `InvalidValueError` if not."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(value, expectations.INTEGER)
    return value if type(value) is int else int.__int__(value)
