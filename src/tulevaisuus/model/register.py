"""`Register`: an immutable, ordered collection of entities, with look-ups by key and by name."""

import datetime as dt
import operator
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping
from typing import Any, ClassVar, Generic, Self, TypeVar, cast

from tulevaisuus._grouping import group_by
from tulevaisuus.findings import expectations
from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.pydantic_and_notebooks import NotebookMethods
from tulevaisuus.model import _hooks
from tulevaisuus.model.duplicate_keys import EntitiesByKey
from tulevaisuus.model.entity import Entity, Key, key_repr, require_field
from tulevaisuus.model.field_types import CONTAINERS, Date, ListOf, ObjectOf
from tulevaisuus.model.lazy_loading import LoadOnce
from tulevaisuus.model.type_errors import not_an_object, require_text, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding
    from tulevaisuus.model.name_search import Keyed, NameIndex
    from tulevaisuus.model.period import Period

__all__ = [
    "Register",
    "RegisterOf",
    "T_co",
    "index_by_key",
    "is_valid_key",
    "key_of",
    "merged",
    "require_instances",
]

_MAX_SHOWN = 3
"""How many entities a repr shows."""

_MAX_NAME, _MAX_WIDTH = 25, 90
"""The maximum number of characters of a name in a repr, and of the names together."""

_MAX_PRETTY_PRINTED = 5
"""A register with more entities is pretty-printed as its repr."""

T = TypeVar("T", bound="Keyed")
T_co = TypeVar("T_co", bound="Keyed", covariant=True)


class Register(_hooks.PydanticSupport, NotebookMethods, Generic[T_co]):
    """An immutable, ordered collection of entities, with look-ups by key.

    A repeated key, or an object without a key, is an `InvalidValueError`; it lists all of them.
    Registers with another order of entities are not equal.

    >>> from tulevaisuus import CooperationGoal, Text
    >>> register = Register([CooperationGoal(number=1, name=Text("ohjaus"))])
    >>> register[1].name.fi, 1 in register, len(register)
    ('ohjaus', True, 1)
    """

    __slots__ = ("__weakref__", "_by_key", "_groups", "_loader", "_names")

    def __init__(self, entities: Iterable[T_co] = ()) -> None:
        """Keep the entities by key, in their order."""
        require_argument(entities, Iterable, "Register", "entities, such as a list of grants")
        self._by_key: dict[Key, T_co] | None = index_by_key(entities)
        self._loader: LoadOnce[dict[Key, T_co]] | None = None
        self._names: NameIndex | None = None
        self._groups: dict[str, dict[object, tuple[T_co, ...]]] = {}  # by field, then by its value

    @classmethod
    def lazily(cls, load: Callable[[], Iterable[T_co]]) -> Self:
        """Make a register whose entities are loaded on first use, by one thread.

        It is a `RuntimeError` if the loader uses its own register.
        """
        return cls.deferred(lambda: index_by_key(load()))

    @classmethod
    def deferred(cls, load: Callable[[], dict[Key, T_co]]) -> Self:
        """Make a register that is loaded on first use; `load` returns valid entities by key."""
        register = cls()
        register._by_key, register._loader = None, LoadOnce(load)
        return register

    @property
    def pending(self) -> Callable[[], Mapping[Key, T_co]] | None:
        """The loader of the entities; ``None`` once they are loaded."""
        loader = self._loader
        return None if loader is None else loader.load

    @property
    def is_loaded(self) -> bool:
        """Whether the entities are loaded."""
        return self._by_key is not None

    def _entities(self) -> dict[Key, T_co]:
        """Return the entities by key; load them on first use."""
        index = self._by_key
        if index is None:
            loader = self._loader
            assert loader is not None  # noqa: S101 - a register has an index or a loader
            index = self._by_key = loader.value()
            self._loader = None  # last, because other threads may use the register in between
        return index

    @classmethod
    def of_index(cls, index: dict[Key, T_co]) -> Self:
        """Make a register from valid entities by key."""
        register = cls()
        register._by_key = index
        return register

    def __getitem__(self, key: "Key | Keyed") -> T_co:
        """Return the entity with the key; an `UnknownCodeError` suggests similar keys."""
        entity = self.get(key)
        if entity is None:
            # Imported late: only an unknown key needs the search by name.
            from tulevaisuus.model.name_search import unknown_key

            raise unknown_key(key_of(key), self)
        return entity

    def get(self, key: "Key | Keyed") -> T_co | None:
        """Return the entity with the key, or ``None``; an entity may be given for its key."""
        if type(key) is str:  # true for nearly all keys; this must be fast
            return self._entities().get(key)
        plain_key = key_of(key)
        return self._entities().get(plain_key) if is_valid_key(plain_key) else None

    def __reversed__(self) -> Iterator[T_co]:
        """Iterate over the entities from the last to the first."""
        return reversed(self._entities().values())

    def __contains__(self, key_or_entity: object) -> bool:
        """Return whether the register contains the key, or an equal entity."""
        if is_valid_key(key_or_entity):
            return key_or_entity in self._entities()
        key = getattr(key_or_entity, "key", None)
        return is_valid_key(key) and self._entities().get(cast("Key", key)) == key_or_entity

    def __len__(self) -> int:
        """Return the number of entities."""
        return len(self._entities())

    def __iter__(self) -> Iterator[T_co]:
        """Iterate over the entities, not over their keys."""
        return iter(self._entities().values())

    def keys(self) -> KeysView[Key]:
        """Return the keys, in the order of the entities."""
        return self._entities().keys()

    def with_(self, *entities: "Keyed") -> Self:
        """Return a register with more entities; they replace entities with the same keys."""
        new = cast("dict[Key, T_co]", index_by_key(entities))
        from tulevaisuus.model.updated_and_merged_registers import UpdatedIndex

        return type(self).deferred(UpdatedIndex(self, new))

    def without(self, *keys: "Key | Keyed") -> Self:
        """Return a register without some keys; `UnknownCodeError` for an unknown key."""
        removed = {self[key].key for key in keys}
        return self.of_index(
            {key: each for key, each in self._entities().items() if key not in removed}
        )

    def find(self, text: str) -> T_co:
        """Return the entity with a name.

        A name may be in any language, long or short, an alias, or the inflected form at the start
        of official names (*Varsinais-Suomen*). Case and diacritics are ignored. Numbers are never
        names.

        Raises:
            AmbiguousNameError: Several entities have the name; the message lists them.
            UnknownCodeError: No entity has the name; the message suggests similar names.
        """
        from tulevaisuus.model.name_search import find_by_name

        return self._entities()[find_by_name(require_text(text), self.name_index)]

    @property
    def name_index(self) -> "NameIndex":
        """The index of the names of the entities; computed once."""
        if self._names is None:
            from tulevaisuus.model.name_search import NameIndex

            self._names = NameIndex(self)
        return self._names

    def on(self, date: dt.date) -> Self:
        """Return a register of the entities that are valid on a date.

        A bundled register rejects dates before `FACTS_SINCE`; your own registers have no limit.

        Raises:
            TypeError: The entities have no field ``valid``.
        """
        date = self.validate_day(date)
        return self.of_index(
            {key: each for key, each in self._entities().items() if _is_valid_on(each, date)}
        )

    def validate_day(self, date: dt.date) -> dt.date:
        """Return a valid date; bundled registers also check that the facts cover it."""
        return Date().validate(date)

    def grouped(self, field: str) -> Mapping[object, tuple[T_co, ...]]:
        """Return the entities grouped by the value of a field; computed once.

        Raises:
            UnknownCodeError: The entities have no such field.
        """
        require_argument(field, str, "grouped", "the name of a field, such as 'call'")
        if field not in self._groups:
            require_field(self, field)
            self._groups[field] = group_by(self, operator.attrgetter(field))
        return self._groups[field]

    def __eq__(self, other: object) -> bool:
        """Compare the entities and their order."""
        if not isinstance(other, Register):
            return NotImplemented
        return self is other or tuple(self) == tuple(cast("Register[Keyed]", other))

    def __hash__(self) -> int:
        """Hash the entities."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Return one short line with the number of entities and the first and last of them."""
        entities = [*self._entities().values()]
        if not entities:
            return "<Register of 0>"
        text = ", ".join(map(_short_repr, entities[:_MAX_SHOWN]))
        if len(entities) > _MAX_SHOWN:
            first, second, last = map(_short_repr, (*entities[:2], entities[-1]))
            text = f"{first}, {second}, ..., {last}"
            if len(text) > _MAX_WIDTH:
                text = f"{first}, ..., {last}"
        return f"<Register of {len(entities)}: {text}>"

    @property
    def _repr_pretty_(self) -> Callable[[Any, bool], None]:
        """The function with which Hypothesis and IPython print a register; see `Value`."""
        return self._print_pretty

    def _print_pretty(self, printer: Any, _cycle: bool) -> None:  # noqa: ANN401, FBT001 - as IPython calls it
        if len(self) > _MAX_PRETTY_PRINTED:
            printer.text(repr(self))
            return
        with printer.group(1, "Register(", ")"):
            printer.pretty([*self])

    def __copy__(self) -> Self:
        """Return the same register, because it is immutable."""
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """Return the same register, because it and its entities are immutable."""
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[T_co, ...]]]:
        """Pickle the entities."""
        return type(self), (tuple(self),)


class RegisterOf(ListOf):
    """The field type of a register of entities of one class."""

    __slots__ = ("cls",)
    collect: ClassVar[Callable[[Iterable[Any]], object]] = Register[Any]

    def __init__(self, cls: type[Entity]) -> None:
        """Keep the class of the entities."""
        super().__init__(ObjectOf(cls))
        self.cls: type[Entity] = cls

    def validate(self, value: object) -> Register[Entity]:
        """Accept a register, list or tuple of entities of the class; return a register."""
        if isinstance(value, Register):
            register = cast("Register[Entity]", value)
        elif isinstance(value, list | tuple):
            register = Register[Entity].of_index(
                index_by_key(cast("Iterable[Entity]", value), self.cls)
            )
        else:
            raise wrong_type(value, expectations.LIST, list)
        require_instances(register, self.cls)
        return register


CONTAINERS[Register] = RegisterOf
_hooks.announce(Register)


def key_of(key_or_entity: object) -> Any:  # noqa: ANN401 - any object may be looked up
    """Return the key of an entity; any other object is returned unchanged."""
    if isinstance(key_or_entity, str | int | tuple):
        return cast("object", key_or_entity)
    return getattr(key_or_entity, "key", key_or_entity)


def index_by_key(entities: Iterable[T_co], cls: type[Entity] = Entity) -> dict[Key, T_co]:
    """Index entities by key; reject objects without a key and entities with a repeated key.

    Findings name the class that is expected.
    """
    by_key = EntitiesByKey[T_co]()
    findings: list[Finding] = []
    for index, entity in enumerate(entities):
        key = getattr(entity, "key", None)
        if key is None or not is_valid_key(key):
            findings += not_an_object(entity, cls).under(index).findings
        elif duplicate := by_key.add(entity):
            findings.append(duplicate.under(index))
    if findings:
        raise InvalidValueError(findings)
    return by_key.entities


def require_instances(register: Register[Entity], cls: type[Entity]) -> None:
    """Reject the entities that are not of the class."""
    findings = [
        finding
        for index, entity in enumerate(register)
        if not isinstance(entity, cls)
        for finding in not_an_object(entity, cls).under(index).findings
    ]
    if findings:
        raise InvalidValueError(findings)


def is_valid_key(key: object) -> bool:
    """Return whether a key is text, a whole number or a tuple of them.

    ``True`` and ``1.0`` are not keys, although Python treats them as equal to 1.
    """
    if type(key) is str:
        return True  # true for nearly all keys; this must be fast
    parts = cast("tuple[object, ...]", key) if isinstance(key, tuple) else (key,)
    return all(isinstance(part, str | int) and not isinstance(part, bool) for part in parts)


def _is_valid_on(entity: object, date: dt.date) -> bool:
    """Return whether an entity is valid on a date; `TypeError` if it has no field ``valid``."""
    if not hasattr(entity, "valid"):
        from tulevaisuus.model.name_search import singular_of

        singular = singular_of(entity)
        message = f"a {singular} has no period of validity, so it cannot be selected by day"
        raise TypeError(message)
    valid = cast("Period | None", getattr(entity, "valid", None))
    return valid is None or date in valid


def _short_repr(entity: "Keyed") -> str:
    """Return the key and, if there is one, the beginning of the name."""
    from tulevaisuus.findings.lookalike_characters import escape_unprintable
    from tulevaisuus.model.name_search import names_of

    name = next(iter(names_of(entity)), "")
    short = escape_unprintable(name if len(name) <= _MAX_NAME else f"{name[:_MAX_NAME].rstrip()}…")
    return f"{key_repr(entity.key)} {short}".rstrip()


def merged(first: Register[T], second: Register[T]) -> Register[T]:
    """Return a register of the entities of ``first``, then those of ``second`` with other keys.

    The result is loaded on first use. If one of the two is a register of the bundled facts, the
    result rejects the dates that the facts do not cover, too.
    """
    if first is second or _is_empty(second):
        return first
    if _is_empty(first):
        return second
    from tulevaisuus.model.updated_and_merged_registers import MergedIndex

    cls = type(second) if type(first) is Register else type(first)
    return cls.deferred(MergedIndex(first, second))


def _is_empty(register: Register[T]) -> bool:
    """Return whether a register is loaded and empty."""
    return register.pending is None and not len(register)
