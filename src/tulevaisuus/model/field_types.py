"""Field types that contain others, such as lists; `field_type_of` returns that of an annotation.

Types of single values are in `text_number_and_date_types`, `money_and_percent_types`, `codelists`
and `texts_of_fixed_form`. Constructors and readers use the same types. `field_type_base` explains
how to add one.
"""

import builtins
import datetime as dt
import decimal
import functools
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum

import attrs

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.codelists import EnumMember
from tulevaisuus.model.field_type_base import Bind, FastPath, FieldType, Scalar
from tulevaisuus.model.money_and_percent_types import Money
from tulevaisuus.model.text_number_and_date_types import (
    Boolean,
    Date,
    Identifier,
    NonBlankText,
    Ref,
    TextScalar,
    Url,
    WholeNumber,
)
from tulevaisuus.model.type_errors import (
    invalid_value,
    not_an_object,
    wrong_type,
)

__all__ = [
    "CONTAINERS",
    "AnyObject",
    "Bind",
    "Boolean",
    "Date",
    "EnumMember",
    "FastPath",
    "FieldType",
    "Identifier",
    "ListOf",
    "Money",
    "NonBlankText",
    "ObjectOf",
    "Ref",
    "Scalar",
    "SetOf",
    "TextScalar",
    "Typed",
    "UniqueItems",
    "UniqueList",
    "UniqueListOf",
    "Url",
    "Validate",
    "WholeNumber",
    "field_type_of",
    "type_of_class",
    "validate_each",
]

Validate: typing.TypeAlias = Callable[[object], object]
"""Returns the valid form of a value, or raises an `InvalidValueError`."""


class AnyObject(FieldType):
    """Any Python object, for fields that are not data, such as the function of a rule."""

    __slots__ = ()

    def validate(self, value: object) -> object:
        """Accept the value as it is."""
        return value


class ObjectOf(FieldType):
    """A value of a class of the model."""

    __slots__ = ("cls",)

    def __init__(self, cls: type) -> None:
        """Keep the class."""
        self.cls: type[typing.Any] = cls

    def validate(self, value: object) -> object:
        """Accept only objects of the class; their constructor has checked their fields."""
        if not isinstance(value, self.cls):
            raise not_an_object(value, self.cls)
        return value


class ListOf(FieldType):
    """An ordered list of values of one type, kept as a tuple."""

    __slots__ = ("item",)

    collect: typing.ClassVar[Callable[[Iterable[object]], object]] = tuple
    accepted: typing.ClassVar[tuple[type, ...]] = (tuple, list)

    def __init__(self, item: FieldType) -> None:
        """Keep the field type of the elements."""
        self.item: FieldType = item

    def validate(self, value: object) -> object:
        """Reject other types, and report every invalid element."""
        if not isinstance(value, self.accepted):
            raise wrong_type(value, expectations.LIST, list)
        elements = typing.cast("Iterable[object]", value)
        return type(self).collect(
            validate_each(self.wrap_item_reader(self.item.validate), elements)
        )

    def wrap_item_reader(self, read: Validate) -> Validate:
        """Return the function that is called with each element of one list, in order."""
        return read


class UniqueListOf(ListOf):
    """A list in which no element occurs twice, such as the regions of a project."""

    __slots__ = ()

    def wrap_item_reader(self, read: Validate) -> Validate:
        """Reject a repeated element; the error is at the repetition."""
        first_numbers: dict[object, int] = {}
        number = 0

        def read_unless_repeated(value: object) -> object:
            """Read an element."""
            nonlocal number
            number += 1
            element = read(value)
            if element in first_numbers:
                raise self._duplicate(element, first_numbers[element])
            first_numbers[element] = number
            return element

        return read_unless_repeated

    def _duplicate(self, element: object, number: int) -> InvalidValueError:
        """Make the error for a repeated element; an object is named by the number of the first."""
        if not isinstance(self.item, Scalar):
            return invalid_value(messages.DUPLICATE_OBJECT, number=number)
        text = str(element.value if isinstance(element, Enum) else element)
        return invalid_value(messages.DUPLICATE_ELEMENT, found=found_values.quote(text))


class SetOf(UniqueListOf):
    """A set of values of one type, kept as a frozenset; its order in a document has no meaning."""

    __slots__ = ()

    collect: typing.ClassVar[Callable[[Iterable[object]], object]] = frozenset
    accepted: typing.ClassVar[tuple[type, ...]] = (frozenset, set, tuple, list)

    def validate(self, value: object) -> object:
        """Check the elements; those of a set are sorted first, so that findings have an order."""
        if isinstance(value, set | frozenset):
            value = sorted(
                typing.cast("set[object]", value), key=lambda e: found_values.describe(e).en
            )
        return super().validate(value)


_NOTHING = object()  # equal to no element, so no element counts as already reported


def validate_each(
    validate: Validate, values: Iterable[object], reported: object = _NOTHING
) -> list[object]:
    """Validate each element; raise one error with the findings of all elements.

    Args:
        validate: Validates one element.
        values: The elements.
        reported: The placeholder for an element whose findings were already reported.
    """
    validated: list[object] = []
    problems: Collector | None = None  # created at the first error, as most lists have none
    for index, value in enumerate(values):
        if value is reported:
            problems = problems or Collector(DEFAULT_LIMIT)
            continue
        try:
            validated.append(validate(value))
        except InvalidValueError as error:
            # An error may have no findings because they were already reported; it counts too.
            problems = problems or Collector(DEFAULT_LIMIT)
            problems.extend((finding.under(index) for finding in error.findings), error.counts)
    if problems:
        raise InvalidValueError(problems.findings, problems.counts)
    return validated


class Typed:
    """The base of classes that define the field type of their values, such as `TextValue`."""

    __slots__ = ()

    @classmethod
    def field_type(cls) -> FieldType:
        """Return the field type of this class."""
        raise NotImplementedError  # only subclasses have one


class UniqueItems:
    """Marks a tuple in an annotation in which no element may occur twice; see `UniqueList`."""


T = typing.TypeVar("T")

UniqueList: typing.TypeAlias = typing.Annotated[tuple[T, ...], UniqueItems]
"""An ordered tuple in which no element occurs twice, such as ``UniqueList[RegionCode]``."""

# The types that need no annotation.
_PLAIN: dict[object, FieldType] = {str: NonBlankText(), bool: Boolean(), dt.date: Date()}

CONTAINERS: dict[object, Callable[[typing.Any], FieldType]] = {}
"""Generic classes that contain entities, with their field types (`Register` adds itself)."""


def field_type_of(annotation: object) -> tuple[FieldType, bool]:
    """Return the field type of an annotation, and whether it allows ``None``.

    Raises:
        TypeError: The annotation has no field type.
    """
    if typing.get_origin(annotation) in {types.UnionType, typing.Union}:
        first, *more = (
            member for member in typing.get_args(annotation) if member is not types.NoneType
        )
        if more:
            raise _unsupported(annotation)
        return _field_type(first), True
    return _field_type(annotation), False


def _field_type(annotation: object) -> FieldType:
    """Return the field type of an annotation that does not allow ``None``."""
    arguments = typing.get_args(annotation)
    match typing.get_origin(annotation):
        case None:
            return _PLAIN.get(annotation) or type_of_class(annotation)
        case typing.Annotated:
            return _annotated(*arguments)
        case builtins.tuple if arguments[1:] == (...,):
            return ListOf(_field_type(arguments[0]))
        case builtins.frozenset:
            return SetOf(_field_type(*arguments))
        case container if container in CONTAINERS and isinstance(arguments[0], type):
            return CONTAINERS[container](*arguments)
        case _:
            raise _unsupported(annotation)


def _annotated(plain: object, *metadata: object) -> FieldType:
    """Return the field type in the metadata; without one, that of the plain type."""
    for mark in metadata:
        if isinstance(mark, FieldType):
            return mark
        if isinstance(mark, type) and issubclass(mark, FieldType):
            raise TypeError(f"{mark.__name__} is a class of field types: write {mark.__name__}()")
        if mark is UniqueItems:
            return UniqueListOf(_field_type(typing.get_args(plain)[0]))
    return _field_type(plain)


def type_of_class(cls: object) -> FieldType:
    """Return the field type for a class or an enum.

    Raises:
        TypeError: It is neither an enum nor a class that attrs has made.
    """
    if isinstance(cls, type) and issubclass(cls, Typed):
        return cls.field_type()
    if isinstance(cls, type) and issubclass(cls, Enum):
        return _member_of(cls)
    if isinstance(cls, type) and attrs.has(cls):
        return _object_of(cls)
    raise _unsupported(cls)


_member_of = functools.cache(EnumMember)
_object_of = functools.cache(ObjectOf)
"""One field type for each class, because readers are cached by field type."""


def _unsupported(annotation: object) -> TypeError:
    name = typing.get_origin(annotation) or annotation
    use = next((use for listed, use in _USE_INSTEAD.items() if name in listed), "")
    return TypeError(
        f"a field of {annotation!r} has no field type: name one by Annotated[..., type], from"
        f" tulevaisuus.model.field_types{use}"
    )


_USE_INSTEAD: dict[tuple[object, ...], str] = {
    (int,): ", or use Number or Quantity of tulevaisuus.model.annotations",
    (float, decimal.Decimal): ", or use Euros or Percentage of tulevaisuus.model.annotations",
    (dt.datetime,): ", or use datetime.date",
    (list, tuple, Sequence): ", or use tuple[X, ...]",
    (set,): ", or use frozenset[X]",
    (dict, Mapping): ", or use a class of your own that is derived from tulevaisuus.Value",
    (typing.Literal,): ", or use an enum",
}
"""What can be used in place of a type that has no field type."""
