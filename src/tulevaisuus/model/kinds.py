"""What a field may hold: one small class a kind, each with the check that refuses the rest.

Constructors and readers walk the same kinds. A kind takes a Python value; how a value is written
in JSON is known to `tulevaisuus.formats` alone.
"""

import builtins
import datetime as dt
import re
import types
import typing
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import Enum, IntEnum

import attrs

from tulevaisuus.findings import (
    InvalidValueError,
    Param,
    Template,
    Words,
    messages,
    phrases,
)
from tulevaisuus.findings.near import near

__all__ = [
    "Anything",
    "Count",
    "Day",
    "Flag",
    "Identifier",
    "Kind",
    "Line",
    "Many",
    "Member",
    "Money",
    "Nested",
    "Ref",
    "Several",
    "Url",
    "gather",
    "kind_of",
]

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_IDENTIFIER = re.compile(r"(?!\s)[^\x00-\x1f\x7f-\x9f]{1,200}(?<!\s)")
_URL = re.compile(r"https?://[^\s\x00-\x1f\x7f-\x9f]+")
_TOO_MUCH = Decimal(10) ** 12
_UNITS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))


def refuse(template: Template, **params: Param) -> InvalidValueError:
    """Make the error for one value that is refused."""
    return InvalidValueError([template.finding(**params)])


def wrong_type(value: object, expected: Words) -> InvalidValueError:
    """Make the error for a value of another type."""
    return refuse(messages.WRONG_TYPE, found=phrases.describe(value), expected=expected)


def bad_format(value: object, expected: Words) -> InvalidValueError:
    """Make the error for a value of the right type in a wrong form."""
    return refuse(messages.BAD_FORMAT, found=phrases.describe(value), expected=expected)


def text_of(value: object) -> str:
    """Return the value if it is text; raise what says so if it is not."""
    if not isinstance(value, str):
        raise wrong_type(value, phrases.TEXT)
    return value


def whole(value: object) -> int:
    """Return the value if it is a whole number, as a `bool` is not; raise what says so if not."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(value, phrases.WHOLE_NUMBER)
    return value


class Kind(ABC):
    """What a field may hold."""

    __slots__ = ()

    @abstractmethod
    def accept(self, value: object) -> object:
        """Return the value as it is kept; `InvalidValueError` with its findings if it cannot be."""


class Anything(Kind):
    """Whatever Python has: for what is no data, such as a rule's function."""

    __slots__ = ()

    def accept(self, value: object) -> object:
        """Take the value as it is."""
        return value


class Line(Kind):
    """Text with something in it."""

    __slots__ = ()

    def accept(self, value: object) -> str:
        """Refuse other types, blank text and half characters."""
        text = text_of(value)
        if not text or text.isspace():
            raise refuse(messages.EMPTY_TEXT)
        if _HALF_CHARACTER.search(text):
            raise refuse(messages.HALF_CHARACTER)
        return text


class Identifier(Kind):
    """An id or a code: 1-200 characters, no control characters, no surrounding blanks."""

    __slots__ = ()

    def accept(self, value: object) -> str:
        """Refuse other types and other forms."""
        text = text_of(value)
        if _HALF_CHARACTER.search(text):
            raise refuse(messages.HALF_CHARACTER)
        if not _IDENTIFIER.fullmatch(text):
            raise bad_format(text, phrases.IDENTIFIER)
        return text


class Ref(Identifier):
    """The key of a thing in one of the named registers; whether it exists, `check` finds."""

    __slots__ = ("registers",)

    def __init__(self, *registers: str) -> None:
        """Name the registers, by their document keys."""
        self.registers: tuple[str, ...] = registers


class Url(Kind):
    """An address on the web."""

    __slots__ = ()

    def accept(self, value: object) -> str:
        """Refuse other types and what does not begin with http:// or https://."""
        text = text_of(value)
        if _HALF_CHARACTER.search(text) or not _URL.fullmatch(text):
            raise bad_format(text, phrases.URL)
        return text


class Day(Kind):
    """A calendar day; a point in time is none."""

    __slots__ = ()

    def accept(self, value: object) -> dt.date:
        """Refuse everything but a plain date."""
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise wrong_type(value, phrases.DAY)
        return value


class Flag(Kind):
    """True or false."""

    __slots__ = ()

    def accept(self, value: object) -> bool:
        """Refuse everything but a bool."""
        if not isinstance(value, bool):
            raise wrong_type(value, phrases.TRUTH)
        return value


class Count(Kind):
    """A whole number with a lower bound, and below 10¹²."""

    __slots__ = ("minimum",)

    def __init__(self, minimum: int = 0) -> None:
        """Set the lowest number that counts."""
        self.minimum: int = minimum

    def accept(self, value: object) -> int:
        """Refuse other types, `bool` among them, and smaller numbers."""
        number = whole(value)
        if not self.minimum <= number < _TOO_MUCH:
            raise bad_format(number, phrases.at_least(self.minimum))
        return number


class Money(Kind):
    """An amount in euros, kept as a `Decimal`; an `int` is one too."""

    __slots__ = ("may_be_zero",)

    def __init__(self, *, may_be_zero: bool = False) -> None:
        """Say whether nothing is an amount: it is for an own contribution."""
        self.may_be_zero: bool = may_be_zero

    @property
    def expected(self) -> Words:
        """The bounds, in words."""
        return phrases.CONTRIBUTION if self.may_be_zero else phrases.AMOUNT

    def accept(self, value: object) -> Decimal:
        """Refuse other types, and amounts outside the bounds or with surplus decimals."""
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise wrong_type(value, self.expected)
        amount = value if isinstance(value, Decimal) else _clamped(value)
        if not (self._in_bounds(amount) and _has_few_decimals(amount)):
            found = phrases.describe(value)
            raise refuse(messages.AMOUNT_OUT_OF_RANGE, found=found, expected=self.expected)
        return amount

    def _in_bounds(self, amount: Decimal) -> bool:
        if not amount.is_finite():
            return False
        return 0 < amount < _TOO_MUCH or (self.may_be_zero and not amount)


def _clamped(euros: int) -> Decimal:
    """Make a decimal of a whole number; one far outside the bounds would take long to convert."""
    return Decimal(min(max(euros, -1), int(_TOO_MUCH)))


def _has_few_decimals(amount: Decimal) -> bool:
    """Look at the exponent only: turning a huge one into digits could take minutes."""
    return any(amount.same_quantum(unit) for unit in _UNITS)


class Member(Kind):
    """A member of an enum, or the text or number that a document has for it."""

    __slots__ = ("enum",)

    def __init__(self, enum: type[Enum]) -> None:
        """Take the enum whose members are the values there are."""
        self.enum: type[Enum] = enum

    def accept(self, value: object) -> Enum:
        """Refuse other types, and codes that the enum does not have."""
        if isinstance(value, self.enum):
            return value
        base, expected = (
            (int, phrases.WHOLE_NUMBER) if issubclass(self.enum, IntEnum) else (str, phrases.TEXT)
        )
        if not isinstance(value, base) or isinstance(value, bool | Enum):
            raise wrong_type(value, expected)
        try:
            return self.enum(value)
        except ValueError:
            raise unknown_code(value, [str(each.value) for each in self.enum]) from None


def unknown_code(found: str | int, known: list[str]) -> InvalidValueError:
    """Make the error for a code that is not among the known ones, and name near ones."""
    nearest = near(found, known) if isinstance(found, str) else ()
    if nearest:
        return refuse(messages.UNKNOWN_CODE_NEAR, found=phrases.quote(found), near=nearest)
    return refuse(messages.UNKNOWN_CODE, found=phrases.quote(found), known=tuple(known))


class Nested(Kind):
    """A value of a class of the model."""

    __slots__ = ("cls",)

    def __init__(self, cls: type) -> None:
        """Take the class."""
        self.cls: type[typing.Any] = cls

    def accept(self, value: object) -> object:
        """Refuse everything but an object of the class, which has refused bad fields itself."""
        if not isinstance(value, self.cls):
            raise wrong_type(value, phrases.thing(self.cls.__name__))
        return value


class Many(Kind):
    """An ordered list of one kind, kept as a tuple."""

    __slots__ = ("item",)

    collect: typing.ClassVar[Callable[[Iterable[object]], object]] = tuple
    taken: typing.ClassVar[tuple[type, ...]] = (tuple, list)

    def __init__(self, item: Kind) -> None:
        """Take the kind of the elements."""
        self.item: Kind = item

    def accept(self, value: object) -> object:
        """Refuse other types, and report every element that is refused."""
        if not isinstance(value, self.taken):
            raise wrong_type(value, phrases.LIST)
        return type(self).collect(gather(self.item.accept, typing.cast("Iterable[object]", value)))


class Several(Many):
    """A set of one kind, kept as a frozenset; the order of a document does not count."""

    __slots__ = ()

    collect: typing.ClassVar[Callable[[Iterable[object]], object]] = frozenset
    taken: typing.ClassVar[tuple[type, ...]] = (frozenset, set, tuple, list)

    def accept(self, value: object) -> object:
        """Refuse as a list does; of a set, findings come in the order of its elements' texts."""
        if isinstance(value, set | frozenset):
            value = sorted(typing.cast("set[object]", value), key=lambda e: phrases.describe(e).en)
        return super().accept(value)


def gather(accept: Callable[[object], object], values: Iterable[object]) -> list[object]:
    """Accept each element; raise one error that lists what is wrong with any of them."""
    accepted: list[object] = []
    refused: list[InvalidValueError] = []
    for index, value in enumerate(values):
        try:
            accepted.append(accept(value))
        except InvalidValueError as error:
            refused.append(error.under(index))
    if refused:
        raise InvalidValueError(finding for error in refused for finding in error.findings)
    return accepted


_PLAIN: dict[object, Kind] = {str: Line(), bool: Flag(), dt.date: Day()}

CONTAINERS: dict[object, Callable[[type], Kind]] = {}
"""Generic classes of the model that hold things, and their kinds (`Register` adds itself)."""


def kind_of(annotation: object) -> tuple[Kind, bool]:
    """Read a field's annotation: its kind, and whether it may be unknown (``None``)."""
    if typing.get_origin(annotation) in {types.UnionType, typing.Union}:
        known = next(each for each in typing.get_args(annotation) if each is not types.NoneType)
        return _kind(known), True
    return _kind(annotation), False


def _kind(annotation: object) -> Kind:
    arguments = typing.get_args(annotation)
    match typing.get_origin(annotation):
        case None:
            return _PLAIN.get(annotation) or _kind_of_class(annotation)
        case typing.Annotated:
            return typing.cast("Kind", arguments[1])
        case builtins.tuple:
            return Many(_kind(arguments[0]))
        case builtins.frozenset:
            return Several(_kind(arguments[0]))
        case container if container in CONTAINERS:
            return CONTAINERS[container](arguments[0])
        case _:
            raise _unkind(annotation)


def _kind_of_class(cls: object) -> Kind:
    if isinstance(cls, type) and issubclass(cls, Enum):
        return Member(cls)
    if isinstance(cls, type) and attrs.has(cls):
        return Nested(cls)
    raise _unkind(cls)


def _unkind(annotation: object) -> TypeError:
    return TypeError(
        f"a field of {annotation!r} has no kind: say which one by Annotated[..., kind], with a kind"
        " of tulevaisuus.model.kinds"
    )
