"""`Value`, the base of all values and entities: validated, immutable, equal by value, picklable.

Each class declares its fields as annotations and its invariants as data. The constructor here and
the readers in `tulevaisuus.formats` use the same declarations, so they find the same mistakes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, Self

import attrs

from tulevaisuus.findings import pointers
from tulevaisuus.findings._output_hooks import NotebookOutput
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model import _hooks, class_checks
from tulevaisuus.model.field_types import FieldType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding  # not opened before something is wrong

__all__ = [
    "FieldSpec",
    "Invariant",
    "Unfrozen",
    "Value",
    "fields_of",
    "needs_constructor",
    "raise_if_wrong",
    "rebuild",
]


_FIELDS: "dict[type[Value], Mapping[str, FieldSpec]]" = {}
_NEED_CONSTRUCTOR: "dict[type[Value], bool]" = {}


class FieldSpec(NamedTuple):
    """A field of a class."""

    name: str
    type: FieldType
    required: bool
    allows_none: bool
    default: object


class Invariant(NamedTuple):
    """A condition on several fields; it is checked if all fields that it needs are valid."""

    needs: tuple[str, ...]
    problems: "Callable[..., Iterator[Finding]]"


@attrs.frozen(repr=False)
class Value(_hooks.PydanticField, NotebookOutput):
    """The base of all values and entities of the model."""

    invariants: ClassVar[tuple[Invariant, ...]] = ()

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Check each class, also of users, when attrs has finished it, and announce it.

        `TypeError` for a class that could not be read, written or checked.
        """
        class_checks.resolve_annotations(cls)
        class_checks.require_checks(cls)
        class_checks.require_no_register(cls)
        fields_of(cls)
        _hooks.announce(cls)

    @classmethod
    def __subclasses__(cls) -> list[type[Self]]:
        """Return the classes that are derived from this one.

        The helper classes of generated readers (`Unfrozen`) are left out.
        """
        derived: list[type[Any]] = type.__subclasses__(cls)
        return [each for each in derived if not issubclass(each, Unfrozen)]

    def __attrs_post_init__(self) -> None:
        """Check every field, then the invariants; raise one error with all findings."""
        valid: dict[str, object] = {}
        problems = Collector(DEFAULT_LIMIT)
        for spec in fields_of(type(self)).values():
            given: object = getattr(self, spec.name)
            if given is None and spec.allows_none:
                valid[spec.name] = None
                continue
            try:
                valid[spec.name] = kept = spec.type.validate(given)
            except InvalidValueError as error:
                problems.extend(
                    (finding.under(spec.name) for finding in error.findings), error.counts
                )
                continue
            if kept is not given:
                object.__setattr__(self, spec.name, kept)
        raise_if_wrong(type(self), valid, problems, [*fields_of(type(self))])

    @classmethod
    def subject(cls, valid: Mapping[str, object]) -> str:
        """Return the subject of findings on an object with these fields; empty for a value."""
        del valid
        return ""

    @classmethod
    def construct_unchecked(cls, fields: Mapping[str, object]) -> Self:
        """Make an object of fields that are valid, also together."""
        if needs_constructor(cls):
            return cls(**fields)
        made = object.__new__(cls)
        set_field = object.__setattr__
        for name, spec in fields_of(cls).items():
            set_field(made, name, fields.get(name, spec.default))
        return made

    def set_fields(self) -> dict[str, object]:
        """Return the fields that differ from their defaults, in their order."""
        values = ((spec, getattr(self, spec.name)) for spec in fields_of(type(self)).values())
        return {spec.name: value for spec, value in values if value != spec.default}

    def __repr__(self) -> str:
        """Show the fields that are set."""
        fields = ", ".join(f"{name}={value!r}" for name, value in self.set_fields().items())
        return f"{type(self).__name__}({fields})"

    @property
    def _repr_pretty_(self) -> Callable[[Any, bool], None]:
        """The pretty-printer for Hypothesis; a property, as a method would be called on classes."""
        return self._show

    def _show(self, printer: Any, _cycle: bool) -> None:  # noqa: ANN401, FBT001 - as it is called
        with printer.group(1, f"{type(self).__name__}(", ")"):
            for index, (name, value) in enumerate(self.set_fields().items()):
                if index:
                    printer.text(",")
                    printer.breakable()
                printer.text(f"{name}=")
                printer.pretty(value)

    def __copy__(self) -> Self:
        """Return the same object: it cannot change."""
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """Return the same object: it cannot change, nor can what is in it."""
        return self

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Pickle only the fields that are set, so that a release with more fields can load it."""
        return rebuild, (type(self), self.set_fields())


class Unfrozen:
    """The base of the helper classes in which generated readers fill objects."""

    __slots__ = ()

    if not TYPE_CHECKING:  # for type checkers every object is frozen
        __setattr__ = object.__setattr__
        __delattr__ = object.__delattr__

    def __init_subclass__(cls) -> None:
        """Hide the class from the hooks of its bases."""


def rebuild(cls: type[Value], fields: dict[str, Any]) -> Value:
    """Make an object of its pickled fields; the constructor checks them as any others."""
    return cls(**fields)


def fields_of(cls: type[Value]) -> Mapping[str, FieldSpec]:
    """Return the fields of a class, its own before inherited ones: the order in documents."""
    if cls not in _FIELDS:
        class_checks.require_decorator(cls)
        declared = sorted(attrs.fields(cls), key=lambda attribute: attribute.inherited)
        _FIELDS[cls] = {attribute.name: _spec(cls, attribute) for attribute in declared}
    return _FIELDS[cls]


def needs_constructor(cls: type[Value]) -> bool:
    """Return whether objects of a class must be made by the constructor, even of valid fields."""
    if cls not in _NEED_CONSTRUCTOR:
        _NEED_CONSTRUCTOR[cls] = class_checks.needs_constructor(cls, Value)
    return _NEED_CONSTRUCTOR[cls]


def _spec(cls: type[Value], attribute: "attrs.Attribute[Any]") -> FieldSpec:
    field_type, allows_none, default = class_checks.spec_parts(cls, attribute)
    return FieldSpec(attribute.name, field_type, default is attrs.NOTHING, allows_none, default)


def raise_if_wrong(
    cls: type[Value], valid: Mapping[str, object], problems: Collector, order: Sequence[str]
) -> None:
    """Check the invariants of which all fields are valid; raise all findings, in order.

    Args:
        cls: The class of the object.
        valid: Its valid fields.
        problems: What is wrong with the others.
        order: The order of the fields, which is that of findings.
    """
    for invariant in cls.invariants:
        if all(name in valid for name in invariant.needs):
            problems.extend(invariant.problems(*(valid[name] for name in invariant.needs)))
    if problems.total:
        places = {name: index for index, name in enumerate(order)}
        found = sorted(
            problems.findings, key=lambda each: places.get(_first(each.path), len(places))
        )
        subject = cls.subject(valid)
        raise InvalidValueError(
            (finding.with_subject(subject) for finding in found), problems.counts
        )


def _first(path: str) -> str:
    return (*pointers.split(path), "")[0]
