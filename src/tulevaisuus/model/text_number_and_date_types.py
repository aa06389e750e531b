"""The field types of single values: texts, keys, numbers and dates.

Each class defines how a Python value is validated, how a JSON value is read and written, the type
of its column in tables, its JSON Schema, samples for tests, and fast paths for generated functions.
A fast path is source text: in it ``v`` is the JSON value, and ``bind`` gives an object a name.
A register is a collection of the entities of one class, by key.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from tulevaisuus.findings import expectations, messages
from tulevaisuus.model.field_type_base import Bind, FastPath, Scalar
from tulevaisuus.model.type_errors import (
    bad_format,
    code_for,
    invalid_value,
    require_int,
    require_text,
    wrong_type,
)

__all__ = [
    "BLANKS",
    "CONTROLS",
    "LIMIT",
    "Boolean",
    "Date",
    "Identifier",
    "NonBlankText",
    "Ref",
    "TextScalar",
    "Url",
    "WholeNumber",
    "is_iso_date",
    "remembered",
    "text_schema",
]

_Result = TypeVar("_Result")

LIMIT = 10**12
"""All numbers and amounts must be below this bound."""

BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""The characters of ``str.isspace``, for JSON Schema: in other languages ``\\s`` differs."""

CONTROLS = "\\x00-\\x1f\\x7f-\\x9f"
"""Control characters, for regular expressions in JSON Schema."""

_SURROGATE = "[\ud800-\udfff]"
"""Half of a pair of code units of UTF-16: such a half is no character, and UTF-8 has none."""

_IDENTIFIER = r"(?!\s)[^\x00-\x1f\x7f-\x9f]{1,200}(?<!\s)"
_URL = r"https?://[^\s\x00-\x1f\x7f-\x9f]+"
_ISO_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

_compiled = functools.cache(re.compile)
"""Compiles a pattern on first use, because most values do not need a pattern."""

_MAX_ID_LENGTH = 200

# ``isprintable`` is false for surrogates and control characters. It is also false for some valid
# texts; the slower `read`, which validates them, accepts them.
_PLAIN_TEXT = "type(v) is str and v.isprintable() and v.strip()"
_PLAIN_IDENTIFIER = f"{_PLAIN_TEXT} == v and 0 < len(v) <= {_MAX_ID_LENGTH}"


def remembered(function: Callable[[object], _Result]) -> Callable[[object], _Result]:
    """Return a function that remembers its results, as many values of a document are equal."""
    return functools.lru_cache(10_000)(function)


_one_object = remembered(str)
"""Returns the same object for equal keys; some Pythons never free the strings of `sys.intern`."""


class TextScalar(Scalar):
    """A field type whose values are text in Python, in documents and in tables."""

    __slots__ = ()

    @property
    def column_type(self) -> type:
        """The type of its cells in tables."""
        return str

    def write(self, value: object) -> object:
        """Return the text."""
        return value

    def fast_write(self, bind: Bind) -> str:
        """Return the text unchanged; a subclass of `str` goes through `write`."""
        return f"v if type(v) is str else {bind(self.write)}(v)"


class NonBlankText(TextScalar):
    """Text that is not empty or blank."""

    __slots__ = ()

    def validate(self, value: object) -> str:
        """Reject other types, blank text and lone surrogates."""
        if type(value) is str and value.isprintable() and value.strip():
            return value  # true for nearly all texts
        text = require_text(value)
        if not text or text.isspace():
            raise invalid_value(messages.EMPTY_TEXT)
        if _compiled(_SURROGATE).search(text):
            raise invalid_value(messages.SURROGATE_IN_TEXT)
        return text

    def json_schema(self) -> dict[str, object]:
        """Require a character that is not blank."""
        return {"description": "not blank", "type": "string", "pattern": f"[^{BLANKS}]"}

    def samples(self) -> Sequence[str]:
        """Return two texts."""
        return ("Esimerkki", "Hyvä arki")

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Accept text of printable characters unchanged."""
        del bind
        return [FastPath("v", _PLAIN_TEXT)]


class Identifier(TextScalar):
    """An id or a code: 1-200 characters, no control characters, no spaces around it."""

    __slots__ = ()

    def validate(self, value: object) -> str:
        """Reject other types and other forms."""
        if (
            type(value) is str
            and value.isprintable()
            and value.strip() == value
            and 0 < len(value) <= _MAX_ID_LENGTH
        ):
            return value  # true for nearly all ids
        text = require_text(value)
        if _compiled(_SURROGATE).search(text):
            raise invalid_value(messages.SURROGATE_IN_TEXT)
        if not _compiled(_IDENTIFIER).fullmatch(text):
            raise bad_format(text, expectations.IDENTIFIER)
        return text

    def json_schema(self) -> dict[str, object]:
        """Limit the length; reject surrounding blanks and control characters."""
        rejected = {"pattern": f"^[{BLANKS}]|[{BLANKS}]$|[{CONTROLS}]"}
        bounds = {"minLength": 1, "maxLength": 200, "not": rejected}
        return {"description": expectations.IDENTIFIER.en, "type": "string", **bounds}

    def samples(self) -> Sequence[str]:
        """Return two ids."""
        return ("id1", "id2")

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Accept ids of printable characters unchanged."""
        del bind
        return [FastPath("v", _PLAIN_IDENTIFIER)]


class Ref(Identifier):
    """The key of an entity in one of several registers; only `check` tests that it exists."""

    __slots__ = ("registers",)

    def __init__(self, *registers: str) -> None:
        """Keep the names of the registers in documents."""
        self.registers: tuple[str, ...] = registers

    def validate(self, value: object) -> str:
        """Reject other types; for a number, the error mentions leading zeros."""
        if not isinstance(value, str):
            raise wrong_type(value, code_for(value), str)
        return super().validate(value)

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Return the same object for equal keys, because many entities refer to one entity."""
        return [FastPath(f"{bind(_one_object)}(v)", _PLAIN_IDENTIFIER)]


class Url(TextScalar):
    """An address on the web."""

    __slots__ = ()

    def validate(self, value: object) -> str:
        """Reject other types, and texts that do not begin with http:// or https://."""
        text = require_text(value)
        if _compiled(_SURROGATE).search(text) or not _compiled(_URL).fullmatch(text):
            raise bad_format(text, expectations.URL)
        return text

    def json_schema(self) -> dict[str, object]:
        """Require the beginning; reject blanks and control characters."""
        form = {"pattern": "^https?://.", "not": {"pattern": f"[{BLANKS}{CONTROLS}]"}}
        return {"description": expectations.URL.en, "type": "string", **form}

    def samples(self) -> Sequence[str]:
        """Return two addresses in the domain that is reserved for examples."""
        return ("https://example.org/1", "https://example.org/2")


class Date(Scalar):
    """A date without a time."""

    __slots__ = ()

    @property
    def column_type(self) -> type:
        """The type of its cells in tables."""
        return dt.date

    def validate(self, value: object) -> dt.date:
        """Accept only a date without a time."""
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            is_date_text = isinstance(value, str) and is_iso_date(value)
            example = value if is_date_text else "2021-12-31"
            expected = expectations.expected("python_date", example=example)
            raise wrong_type(value, expected, dt.date)
        # An object of a subclass may be compared or written in another way.
        return value if type(value) is dt.date else dt.date(value.year, value.month, value.day)

    def read(self, plain: object) -> dt.date:
        """Read YYYY-MM-DD; the form is checked, as `datetime.date.fromisoformat` accepts others."""
        if isinstance(plain, dt.date):
            return self.validate(plain)  # some JSON decoders and databases return dates
        if not isinstance(plain, str):
            raise wrong_type(plain, expectations.DATE, dt.date)
        if not is_iso_date(plain):
            raise bad_format(plain, expectations.DATE)
        try:
            return dt.date.fromisoformat(plain)
        except ValueError:
            raise invalid_value(messages.NO_SUCH_DAY, found=plain) from None

    def write(self, value: object) -> str:
        """Return the date as YYYY-MM-DD."""
        return cast("dt.date", value).isoformat()

    def json_schema(self) -> dict[str, object]:
        """Require the form by a pattern, and by ``format`` that the date exists."""
        form = text_schema("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", ["2021-12-31"])
        return {"description": expectations.DATE.en, **form, "format": "date"}

    def samples(self) -> Sequence[dt.date]:
        """Return two dates in the years of the programme."""
        return (dt.date(2021, 1, 1), dt.date(2023, 12, 31))

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Cache dates, because the same few occur very often; in tables they are dates already."""
        read = bind(remembered(self.read))
        return [
            FastPath(f"{read}(v)", "type(v) is str"),
            FastPath("v", f"type(v) is {bind(dt.date)}"),
        ]

    def fast_write(self, bind: Bind) -> str:
        """Write a date with its own method; subclasses of `datetime.date` go through `write`."""
        return f"v.isoformat() if type(v) is {bind(dt.date)} else {bind(self.write)}(v)"


class Boolean(Scalar):
    """True or false."""

    __slots__ = ()

    @property
    def column_type(self) -> type:
        """The type of its cells in tables."""
        return bool

    def validate(self, value: object) -> bool:
        """Accept only a `bool`."""
        if not isinstance(value, bool):
            raise wrong_type(value, expectations.BOOLEAN, bool)
        return value

    def write(self, value: object) -> object:
        """Return the value."""
        return value

    def json_schema(self) -> dict[str, object]:
        """Require true or false."""
        return {"type": "boolean"}

    def samples(self) -> Sequence[bool]:
        """Return both values."""
        return (False, True)

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Accept the two values unchanged."""
        del bind
        return [FastPath("v", "v is True or v is False")]

    def fast_write(self, bind: Bind) -> str:
        """Return the value unchanged."""
        del bind
        return "v"


class WholeNumber(Scalar):
    """A whole number with a lower bound, and below 10¹²."""

    __slots__ = ("minimum",)

    @property
    def column_type(self) -> type:
        """The type of its cells in tables."""
        return int

    def __init__(self, minimum: int = 0) -> None:
        """Set the smallest valid number."""
        self.minimum: int = minimum

    def validate(self, value: object) -> int:
        """Reject other types (also `bool`) and numbers outside the bounds."""
        number = require_int(value)
        if not self.minimum <= number < LIMIT:
            raise bad_format(number, expectations.at_least(self.minimum))
        return number

    def write(self, value: object) -> object:
        """Return the number."""
        return value

    def json_schema(self) -> dict[str, object]:
        """Require the lower and the upper bound."""
        bounds = {"minimum": self.minimum, "exclusiveMaximum": LIMIT}
        return {
            "description": expectations.at_least(self.minimum).en,
            "type": "integer",
            **bounds,
        }

    def samples(self) -> Sequence[int]:
        """Return two small numbers."""
        return (self.minimum, self.minimum + 1)

    def fast_read(self, bind: Bind) -> Sequence[FastPath]:
        """Accept whole numbers within the bounds."""
        del bind
        return [FastPath("v", f"type(v) is int and {self.minimum} <= v < {LIMIT}")]

    def fast_write(self, bind: Bind) -> str:
        """Return an `int` unchanged; subclasses go through `write`."""
        return f"v if type(v) is int else {bind(self.write)}(v)"


def is_iso_date(text: str) -> bool:
    """Return whether a text has the form of dates in documents, YYYY-MM-DD.

    >>> is_iso_date("2021-12-31"), is_iso_date("20211231"), is_iso_date("2021-W52-5")
    (True, False, False)
    """
    return _compiled(_ISO_DATE).fullmatch(text) is not None


def text_schema(pattern: str, examples: Sequence[str]) -> dict[str, object]:
    """Return the schema of texts that match a pattern and are at most as long as the examples.

    The maximum length excludes a final newline: in some regular expressions ``$`` also matches
    before it.
    """
    length = {"maxLength": max(map(len, examples))}
    return {"type": "string", "pattern": f"^{pattern}$", **length, "examples": [*examples]}
