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

from tulevaisuus.findings import expectations, templates
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import MessageTemplate
from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.suggestions import suggest

__all__ = [
    "AnyObject",
    "Boolean",
    "Date",
    "EnumMember",
    "FieldType",
    "Identifier",
    "ListOf",
    "Money",
    "NonBlankText",
    "ObjectOf",
    "Ref",
    "SetOf",
    "Url",
    "WholeNumber",
    "field_type_of",
    "validate_each",
]

_SURROGATE = re.compile("[\ud800-\udfff]")
_IDENTIFIER = re.compile(r"(?!\s)[^\x00-\x1f\x7f-\x9f]{1,200}(?<!\s)")
_URL = re.compile(r"https?://[^\s\x00-\x1f\x7f-\x9f]+")
_TOO_MUCH = Decimal(10) ** 12
_UNITS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))


def invalid_value(template: MessageTemplate, **params: Param) -> InvalidValueError:
    """Make the error for one value that is refused."""
    return InvalidValueError([template.finding(**params)])


def wrong_type(value: object, expected: LocalizedText) -> InvalidValueError:
    """Make the error for a value of another type."""
    return invalid_value(
        templates.WRONG_TYPE, found=expectations.describe(value), expected=expected
    )


def bad_format(value: object, expected: LocalizedText) -> InvalidValueError:
    """Make the error for a value of the right type in a wrong form."""
    return invalid_value(
        templates.BAD_FORMAT, found=expectations.describe(value), expected=expected
    )


def require_text(value: object) -> str:
    """Return the value if it is text; raise what says so if it is not."""
    if not isinstance(value, str):
        raise wrong_type(value, expectations.TEXT)
    return value


def require_int(value: object) -> int:
    """Return the value if it is a whole number, as a `bool` is not; raise what says so if not."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(value, expectations.INTEGER)
    return value


class FieldType(ABC):
    """What a field may hold."""

    __slots__ = ()

    @abstractmethod
    def validate(self, value: object) -> object:
        """Return the value as it is kept; `InvalidValueError` with its findings if it cannot be."""


class AnyObject(FieldType):
    """Whatever Python has: for what is no data, such as a rule's function."""

    __slots__ = ()

    def validate(self, value: object) -> object:
        """Take the value as it is."""
        return value


class NonBlankText(FieldType):
    """Text with something in it."""

    __slots__ = ()

    def validate(self, value: object) -> str:
        """Refuse other types, blank text and half characters."""
        text = require_text(value)
        if not text or text.isspace():
            raise invalid_value(templates.EMPTY_TEXT)
        if _SURROGATE.search(text):
            raise invalid_value(templates.SURROGATE_IN_TEXT)
        return text


class Identifier(FieldType):
    """An id or a code: 1-200 characters, no control characters, no surrounding blanks."""

    __slots__ = ()

    def validate(self, value: object) -> str:
        """Refuse other types and other forms."""
        text = require_text(value)
        if _SURROGATE.search(text):
            raise invalid_value(templates.SURROGATE_IN_TEXT)
        if not _IDENTIFIER.fullmatch(text):
            raise bad_format(text, expectations.IDENTIFIER)
        return text


class Ref(Identifier):
    """The key of a thing in one of the named registers; whether it exists, `check` finds."""

    __slots__ = ("registers",)

    def __init__(self, *registers: str) -> None:
        """Name the registers, by their document keys."""
        self.registers: tuple[str, ...] = registers


class Url(FieldType):
    """An address on the web."""

    __slots__ = ()

    def validate(self, value: object) -> str:
        """Refuse other types and what does not begin with http:// or https://."""
        text = require_text(value)
        if _SURROGATE.search(text) or not _URL.fullmatch(text):
            raise bad_format(text, expectations.URL)
        return text


class Date(FieldType):
    """A calendar day; a point in time is none."""

    __slots__ = ()

    def validate(self, value: object) -> dt.date:
        """Refuse everything but a plain date."""
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise wrong_type(value, expectations.DATE)
        return value


class Boolean(FieldType):
    """True or false."""

    __slots__ = ()

    def validate(self, value: object) -> bool:
        """Refuse everything but a bool."""
        if not isinstance(value, bool):
            raise wrong_type(value, expectations.BOOLEAN)
        return value


class WholeNumber(FieldType):
    """A whole number with a lower bound, and below 10¹²."""

    __slots__ = ("minimum",)

    def __init__(self, minimum: int = 0) -> None:
        """Set the lowest number that counts."""
        self.minimum: int = minimum

    def validate(self, value: object) -> int:
        """Refuse other types, `bool` among them, and smaller numbers."""
        number = require_int(value)
        if not self.minimum <= number < _TOO_MUCH:
            raise bad_format(number, expectations.at_least(self.minimum))
        return number


class Money(FieldType):
    """An amount in euros, kept as a `Decimal`; an `int` is one too."""

    __slots__ = ("allows_zero",)

    def __init__(self, *, allows_zero: bool = False) -> None:
        """Say whether nothing is an amount: it is for an own contribution."""
        self.allows_zero: bool = allows_zero

    @property
    def expected(self) -> LocalizedText:
        """The bounds, in words."""
        return expectations.CONTRIBUTION if self.allows_zero else expectations.AMOUNT

    def validate(self, value: object) -> Decimal:
        """Refuse other types, and amounts outside the bounds or with surplus decimals."""
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise wrong_type(value, self.expected)
        amount = value if isinstance(value, Decimal) else _clamped(value)
        if not (self._in_bounds(amount) and _has_few_decimals(amount)):
            found = expectations.describe(value)
            raise invalid_value(templates.AMOUNT_OUT_OF_RANGE, found=found, expected=self.expected)
        return amount

    def _in_bounds(self, amount: Decimal) -> bool:
        if not amount.is_finite():
            return False
        return 0 < amount < _TOO_MUCH or (self.allows_zero and not amount)


def _clamped(euros: int) -> Decimal:
    """Make a decimal of a whole number; one far outside the bounds would take long to convert."""
    return Decimal(min(max(euros, -1), int(_TOO_MUCH)))


def _has_few_decimals(amount: Decimal) -> bool:
    """Look at the exponent only: turning a huge one into digits could take minutes."""
    return any(amount.same_quantum(unit) for unit in _UNITS)


class EnumMember(FieldType):
    """A member of an enum, or the text or number that a document has for it."""

    __slots__ = ("enum",)

    def __init__(self, enum: type[Enum]) -> None:
        """Take the enum whose members are the values there are."""
        self.enum: type[Enum] = enum

    def validate(self, value: object) -> Enum:
        """Refuse other types, and codes that the enum does not have."""
        if isinstance(value, self.enum):
            return value
        is_number = issubclass(self.enum, IntEnum)
        if not isinstance(value, int if is_number else str) or isinstance(value, bool | Enum):
            raise wrong_type(value, expectations.INTEGER if is_number else expectations.TEXT)
        try:
            return self.enum(value)
        except ValueError:
            known = [str(each.value) for each in self.enum]
            raise unknown_code(value, known, _code_of_label(self.enum, value)) from None


def _code_of_label(enum: type[Enum], found: str | int) -> str | None:
    from tulevaisuus.model.codelists import suggest_code  # labels are opened for a mistake only

    return suggest_code(enum, found) if isinstance(found, str) else None


def unknown_code(
    found: str | int, known: list[str], intended: str | None = None
) -> InvalidValueError:
    """Make the error for a code that is not among the known ones, and name near ones.

    Args:
        found: What is there.
        known: The codes there are.
        intended: The code of which the label was written in its place, if it was one.
    """
    suggestions: tuple[str, ...] = () if intended is None else (intended,)
    if intended is None and isinstance(found, str):
        suggestions = suggest(found, known)
    if suggestions:
        return invalid_value(
            templates.UNKNOWN_CODE_NEAR, found=expectations.quote(found), suggestions=suggestions
        )
    return invalid_value(
        templates.UNKNOWN_CODE, found=expectations.quote(found), known=tuple(known)
    )


class ObjectOf(FieldType):
    """A value of a class of the model."""

    __slots__ = ("cls",)

    def __init__(self, cls: type) -> None:
        """Take the class."""
        self.cls: type[typing.Any] = cls

    def validate(self, value: object) -> object:
        """Refuse everything but an object of the class, which has refused bad fields itself."""
        if not isinstance(value, self.cls):
            raise wrong_type(value, expectations.instance_of(self.cls.__name__))
        return value


class ListOf(FieldType):
    """An ordered list of one kind, kept as a tuple."""

    __slots__ = ("item",)

    collect: typing.ClassVar[Callable[[Iterable[object]], object]] = tuple
    taken: typing.ClassVar[tuple[type, ...]] = (tuple, list)

    def __init__(self, item: FieldType) -> None:
        """Take the kind of the elements."""
        self.item: FieldType = item

    def validate(self, value: object) -> object:
        """Refuse other types, and report every element that is refused."""
        if not isinstance(value, self.taken):
            raise wrong_type(value, expectations.LIST)
        return type(self).collect(
            validate_each(self.item.validate, typing.cast("Iterable[object]", value))
        )


class SetOf(ListOf):
    """A set of one kind, kept as a frozenset; the order of a document does not count."""

    __slots__ = ()

    collect: typing.ClassVar[Callable[[Iterable[object]], object]] = frozenset
    taken: typing.ClassVar[tuple[type, ...]] = (frozenset, set, tuple, list)

    def validate(self, value: object) -> object:
        """Refuse as a list does; of a set, findings come in the order of its elements' texts."""
        if isinstance(value, set | frozenset):
            value = sorted(
                typing.cast("set[object]", value), key=lambda e: expectations.describe(e).en
            )
        return super().validate(value)


def validate_each(validate: Callable[[object], object], values: Iterable[object]) -> list[object]:
    """Accept each element; raise one error that lists what is wrong with any of them."""
    validated: list[object] = []
    rejected: list[InvalidValueError] = []
    for index, value in enumerate(values):
        try:
            validated.append(validate(value))
        except InvalidValueError as error:
            rejected.append(error.under(index))
    if rejected:
        raise InvalidValueError(finding for error in rejected for finding in error.findings)
    return validated


_PLAIN: dict[object, FieldType] = {str: NonBlankText(), bool: Boolean(), dt.date: Date()}

CONTAINERS: dict[object, Callable[[type], FieldType]] = {}
"""Generic classes of the model that hold things, and their kinds (`Register` adds itself)."""


def field_type_of(annotation: object) -> tuple[FieldType, bool]:
    """Read a field's annotation: its kind, and whether it may be unknown (``None``)."""
    if typing.get_origin(annotation) in {types.UnionType, typing.Union}:
        known = next(each for each in typing.get_args(annotation) if each is not types.NoneType)
        return _field_type(known), True
    return _field_type(annotation), False


def _field_type(annotation: object) -> FieldType:
    arguments = typing.get_args(annotation)
    match typing.get_origin(annotation):
        case None:
            return _PLAIN.get(annotation) or _type_of_class(annotation)
        case typing.Annotated:
            return typing.cast("FieldType", arguments[1])
        case builtins.tuple:
            return ListOf(_field_type(arguments[0]))
        case builtins.frozenset:
            return SetOf(_field_type(arguments[0]))
        case container if container in CONTAINERS:
            return CONTAINERS[container](arguments[0])
        case _:
            raise _unsupported(annotation)


def _type_of_class(cls: object) -> FieldType:
    if isinstance(cls, type) and issubclass(cls, Enum):
        return EnumMember(cls)
    if isinstance(cls, type) and attrs.has(cls):
        return ObjectOf(cls)
    raise _unsupported(cls)


def _unsupported(annotation: object) -> TypeError:
    return TypeError(
        f"a field of {annotation!r} has no field type: name one by Annotated[..., type], from"
        " tulevaisuus.model.field_types"
    )
