"""Hooks for cattrs converters: strict for our classes, without effect on other classes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, TypeVar, cast, get_args, get_origin

from cattrs import BaseConverter

from tulevaisuus import model
from tulevaisuus.findings import expectations
from tulevaisuus.findings.argument_checks import has_type, require_argument
from tulevaisuus.findings.errors import DocumentError
from tulevaisuus.findings.severity import Severity
from tulevaisuus.formats.decoding import check_class, decode, require_concrete
from tulevaisuus.formats.encoding import Json, encode, encode_as, encode_each, encode_one_of
from tulevaisuus.formats.intake import read_register
from tulevaisuus.formats.one_of_several_classes import decode_one_of, entity_classes
from tulevaisuus.formats.reading import read_document
from tulevaisuus.formats.writing import document_of
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import EnumMember
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.type_errors import wrong_type
from tulevaisuus.model.value import Value

__all__ = ["register", "structure", "unstructure"]

V = TypeVar("V", bound="Value | Enum | Register[Any]")


def register(converter: BaseConverter) -> None:
    """Register hooks for our classes and enums; other hooks of the converter are not changed.

    Mistakes in our values are an `InvalidValueError` within the exception groups of cattrs;
    `formats.findings_of` extracts them.
    """
    require_argument(converter, BaseConverter, "register", "a converter of cattrs")
    converter.register_structure_hook_func(_is_value_class, structure)
    converter.register_unstructure_hook_factory(_is_value_class, _make_writer)
    converter.register_structure_hook_func(_is_register, _structure_register)
    converter.register_unstructure_hook(Register, encode)
    converter.register_unstructure_hook_factory(_is_register, _make_register_writer)
    for enum in _library_enums():  # cattrs asks for enums by class before it asks any predicate
        converter.register_structure_hook(enum, structure)
        converter.register_unstructure_hook(enum, unstructure)


def structure(data: object, cls: type[V]) -> V:
    """Make an entity, value or enum member from plain data, as strictly as in a document.

    For a list of entities the class is ``Register[Grant]``. An `InvalidValueError` has all
    findings. A class that is not of this library is a `TypeError`.
    """
    if _is_register(cls):
        return cast("V", _structure_register(data, cls))
    check_class(cls, Value, Enum)
    require_concrete(cls)
    if issubclass(cls, Enum):
        return cast("V", EnumMember(cls).validate(data))
    if issubclass(cls, Portfolio):
        reading = read_document(data)
        if not reading.ok:
            raise DocumentError(reading.findings, reading.counts)
        if cls is Portfolio:
            return cast("V", reading.portfolio)
        return cls.construct_unchecked(reading.portfolio.set_fields())
    return cast("V", decode(cast("type[Value]", cls), data))


def unstructure(entity: Value | Enum | Register[Entity]) -> Json:
    """Return an entity, value, code or register as plain data, in the form of a document.

    Anything else is an `InvalidValueError`.
    """
    if not has_type(entity, Value | Enum | Register):
        raise wrong_type(entity, expectations.instance_of("Value"))
    return cast("Json", document_of(entity)) if isinstance(entity, Portfolio) else encode(entity)


def _structure_register(data: object, annotation: object) -> Register[Entity]:
    classes = _classes_in(annotation)
    return read_register(data, classes[0], lambda _, each: decode_one_of(classes, each))


def _make_writer(cls: type[Value]) -> Callable[[Any], Json]:
    return unstructure if issubclass(cls, Portfolio) else functools.partial(encode_as, cls)


def _make_register_writer(annotation: object) -> Callable[[Iterable[object]], Json]:
    classes = _classes_in(annotation)
    return functools.partial(encode_each, functools.partial(encode_one_of, classes))


def _classes_in(register: object) -> tuple[type[Entity], ...]:
    """Return the classes in the brackets of ``Register[...]``; without brackets, `Entity`."""
    arguments = get_args(register)
    return entity_classes(arguments[0] if arguments else Entity)


def _is_register(cls: Any) -> bool:  # noqa: ANN401 - cattrs asks about any annotation
    """Return whether an annotation is `Register`, also with classes of this library in brackets."""
    if cls is Register:
        return True
    (item,) = get_args(cls) if get_origin(cls) is Register else (None,)
    return any(_is_value_class(inner) for inner in (item, *get_args(item)))


def _is_value_class(cls: Any) -> bool:  # noqa: ANN401 - cattrs asks about any annotation
    return isinstance(cls, type) and issubclass(cls, Value)


def _library_enums() -> Iterator[type[Enum]]:
    for name in model.__all__:
        cls: object = getattr(model, name)
        if isinstance(cls, type) and issubclass(cls, Enum):
            yield cls
    yield Severity
