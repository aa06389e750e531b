"""The value of a field as HTML: labels and names with their codes, dates, amounts in euros.

A register is a collection of the entities of one class, by key.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import cast

from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.localization import Localizable, Param, localize
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import FieldType, ListOf, ObjectOf, Ref, Scalar
from tulevaisuus.model.source import Source
from tulevaisuus.model.text import Text
from tulevaisuus.model.texts_of_fixed_form import TextValue
from tulevaisuus.model.value import Value, fields_of
from tulevaisuus.reports.html_elements import Html, element, joined

__all__ = ["is_short", "value_as_html"]

_MAX_ELEMENTS = 12
"""The maximum number of elements of a list to show."""

_MAX_TEXT = 300
"""The maximum number of characters of a text to show."""


def is_short(field_type: FieldType) -> bool:
    """Return whether values of a type fit into a column: single values and lists of codes do."""
    if isinstance(field_type, ListOf):
        element_type = field_type.item
        return isinstance(element_type, Scalar) and not (
            isinstance(element_type, Ref) and "sources" in element_type.registers
        )
    return isinstance(field_type, Scalar | ObjectOf)


def value_as_html(field_type: FieldType | None, value: object, language: str) -> Html:
    """Return a value as HTML in a language.

    Args:
        field_type: The type of its field, if it has one; a `Ref` names the register of a key.
        value: The value; ``None`` means that it is unknown, and gives empty HTML.
        language: ``fi``, ``sv`` or ``en``.
    """
    match value:
        case None:
            return Html()
        case bool():
            return joined(_word("yes" if value else "no", language))
        case tuple() | frozenset():
            return _list(field_type, [*cast("tuple[object, ...]", value)], language)
        case Enum():
            return _code(value, language)
        case str() if isinstance(field_type, Ref):
            return _reference(field_type, value, language)
        case _:
            return _single(value, language)


def _single(value: object, language: str) -> Html:
    """Return any other value, such as a text, an amount, a date or a nested object."""
    match value:
        case Text():
            return element("span", _cut(value.get(language)), lang=_language_of(value, language))
        case Value() if not isinstance(value, Localizable | TextValue):
            return _fields_in_line(value, language)
        case str() | Decimal() | dt.date() | Localizable():
            return joined(_cut(localize(cast("Param", value), language)))
        case _:
            return joined(_cut(str(value)))


def _list(field_type: FieldType | None, values: Sequence[object], language: str) -> Html:
    if not values:
        return element("em", _word("none", language))
    element_type = field_type.item if isinstance(field_type, ListOf) else None
    shown = islice(values, _MAX_ELEMENTS)
    elements = [value_as_html(element_type, each, language) for each in shown]
    if len(values) > _MAX_ELEMENTS:
        more = open_catalogue("tulevaisuus.reports", "notebook")["value"]["more"]
        elements.append(joined(more.fill({"count": len(values) - _MAX_ELEMENTS}, language)))
    if isinstance(element_type, ObjectOf):
        return joined(*(element("div", each) for each in elements))
    with_commas = [part for each in elements for part in (", ", each)]
    return joined(*with_commas[1:])  # without the comma before the first element


def _code(member: Enum, language: str) -> Html:
    label: Localizable | None = getattr(member, "label", None)
    text = "" if label is None else label.localize(language)
    code = str(member.value)
    if text in {"", code}:
        return element("code", code)
    return joined(text, " ", element("code", code))


def _reference(field_type: Ref, key: str, language: str) -> Html:
    """Return a key with its name in the bundled facts, or the key alone if they do not have it."""
    registers = reference.registers()
    entity = next(
        (each for name in field_type.registers if (each := registers[name].get(key))), None
    )
    if isinstance(entity, Source):
        return _source(entity)
    name = None if entity is None else getattr(entity, "short_name", None) or _name_of(entity)
    code = element("code", key)
    if not isinstance(name, Text):
        return code
    return joined(
        element("span", _cut(name.get(language)), lang=_language_of(name, language)), " ", code
    )


def _name_of(entity: Entity) -> object:
    return getattr(entity, "name", None)


def _source(source: Source) -> Html:
    about = f"{source.publisher}: {source.about}"
    code = element("code", source.id, title=_cut(about))
    return code if source.url is None else element("a", code, href=source.url)


def _fields_in_line(value: Value, language: str) -> Html:
    """Return the fields of a nested value in one line."""
    specs = fields_of(type(value))
    parts: list[str] = []
    for name, each in value.set_fields().items():
        separator = "; " if parts else ""  # as the command writes them; texts contain commas
        parts += [separator, f"{name}: ", value_as_html(specs[name].type, each, language)]
    return joined(*parts)


def _language_of(text: Text, language: str) -> str:
    """Return the language in which a text is shown: Finnish if the requested one is missing."""
    return language if getattr(text, language) is not None else "fi"


def _word(name: str, language: str) -> str:
    return open_catalogue("tulevaisuus.reports", "notebook")["value"][name].localize(language)


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT].rstrip()}…"
