"""`Entity`, the base class of all entities; `Note`, about sources; `Alias`, for other names.

A register is a collection of the entities of one class, by key.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import ClassVar, TypeAlias, cast

import attrs

from tulevaisuus.findings import found_values
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.model.annotations import Id, SourceId, UniqueList
from tulevaisuus.model.text import Language, Text
from tulevaisuus.model.value import Value, fields_of

__all__ = [
    "NAME_FIELDS",
    "Alias",
    "Entity",
    "Key",
    "Note",
    "is_entity_class",
    "key_repr",
    "key_text",
    "require_field",
]

Key: TypeAlias = str | int | tuple[int | str, str]
"""The key of an entity in its register."""

_MAX_NAME = 60
"""Longer names are shortened in a repr."""

NAME_FIELDS = ("name", "short_name", "long_name", "genitive")
"""The fields of entities that contain names."""


@attrs.frozen(repr=False)
class Note(Value):
    """A remark in English on what sources say about one field of an entity.

    ``field`` is the name of the field. A note without ``text`` only says that its ``sources`` are
    the sources of this field, not of the whole entity. ``disagreement`` means that sources
    contradict each other.
    """

    field: Id
    text: str | None = None
    sources: UniqueList[SourceId] = ()
    disagreement: bool = False


@attrs.frozen(repr=False)
class Alias(Value):
    """Another name or number of an entity in some scheme, such as a brand name or a website.

    `Register.find` also finds an entity by its aliases, but never by a number. The older statutory
    numbers of the counties, 1-22, have the scheme ``old_code_statutory_order``.
    """

    scheme: Id
    value: str
    language: Language | None = None
    sources: UniqueList[SourceId] = ()


@attrs.frozen(kw_only=True, repr=False)
class Entity(Value):
    """The base class of everything in registers: it has a key, sources and notes.

    ``singular`` is the name of an entity in messages, ``plural`` the name of its register.
    """

    singular: ClassVar[str] = "entity"
    plural: ClassVar[str] = "entities"
    key_fields: ClassVar[tuple[str, ...]] = ("id",)

    sources: UniqueList[SourceId] = ()
    notes: UniqueList[Note] = ()

    @property
    def key(self) -> Key:
        """The key in its register: an id, a code, a number, or a pair.

        Raises:
            TypeError: A class of your own has neither a field ``id`` nor ``key_fields``.
        """
        names = self.key_fields
        try:
            if len(names) == 1:  # true for nearly all classes; this must be fast
                key: Key = getattr(self, names[0])
                return key
            return cast("Key", tuple(getattr(self, name) for name in names))
        except AttributeError:
            name = type(self).__name__
            raise TypeError(
                f"{name} has no field {names[0]!r}: name the fields of its key, as in"
                ' key_fields = ("number",)'
            ) from None

    def names(self) -> Iterator[str]:
        """Return every name that `Register.find` finds, in all languages; numbers are not names."""
        for field in NAME_FIELDS:
            name = getattr(self, field, None)
            if isinstance(name, Text):
                yield from name.wordings()
        aliases: tuple[Alias, ...] = getattr(self, "aliases", ())
        yield from (alias.value for alias in aliases if not alias.value.isdigit())

    def __repr__(self) -> str:
        """Return key and name in one short line; `set_fields` returns all fields."""
        from tulevaisuus.findings.lookalike_characters import escape_unprintable

        name = next(iter(self.names()), None)
        if name is None:
            required = [
                f"{field}={_plain(getattr(self, field))}"
                for field, spec in fields_of(type(self)).items()
                if spec.required and field not in self.key_fields
            ]
            name = ", ".join(required)
        short = name if len(name) <= _MAX_NAME else f"{name[:_MAX_NAME].rstrip()}…"
        short = escape_unprintable(short)
        return f"<{type(self).__name__} {key_repr(self.key)} {short}".rstrip() + ">"

    @classmethod
    def subject(cls, valid_fields: Mapping[str, object]) -> str:
        """Return the class and, if the fields of the key are valid, the key: ``grant g21``."""
        key = [str(valid_fields[name]) for name in cls.key_fields if name in valid_fields]
        return " ".join([cls.singular, *key])


def _plain(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


def require_field(entities: Iterable[object], field: str) -> None:
    """Check that entities have a field, or a property such as ``amount``.

    Raises:
        UnknownCodeError: Entities of a class have no such field; the message suggests another one.
    """
    for cls, entity in {type(entity): entity for entity in entities}.items():
        is_method = callable(getattr(cls, field, None))
        if is_method or field.startswith("_") or not hasattr(entity, field):
            from tulevaisuus.findings.suggestions import suggest

            suggestions = suggest(field, fields_of(cls) if issubclass(cls, Value) else ())
            near = f"; did you mean '{suggestions[0]}'?" if suggestions else ""
            message = f"{cls.__name__} has no field '{found_values.quote(field)}'{near}"
            raise UnknownCodeError(message, field, suggestions)


def is_entity_class(value: object) -> bool:
    """Return whether a value is a class of entities."""
    return isinstance(value, type) and issubclass(value, Entity)


def key_repr(key: object) -> str:
    """Return a key as Python source text; an enum member is written as its value.

    >>> key_repr("05"), key_repr((1, "digital"))
    ("'05'", "(1, 'digital')")
    """
    match key:
        case str():
            return f"'{found_values.quote(str(key))}'"
        case tuple():
            parts = cast("tuple[object, ...]", key)
            shown = ["(…)" if isinstance(each, tuple) else key_repr(each) for each in parts[:3]]
            return f"({', '.join([*shown, '…'] if parts[3:] else shown)})"
        case bool() | float() | bytes() | None:
            return found_values.quote(repr(key))
        case int():
            return found_values.quote(int(key))
        case _:
            return type(key).__name__


def key_text(key: Key) -> str:
    """Return a key as messages write it.

    >>> key_text((1, "digital"))
    '1 digital'
    """
    return " ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
