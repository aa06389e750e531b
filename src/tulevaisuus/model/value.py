"""`Value`, the base of all values and entities: validated, immutable, equal by value, picklable.

Each class declares its fields as annotations and its invariants as data. The constructor here and
the readers in `tulevaisuus.formats` use the same declarations, so they find the same mistakes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, Self

import attrs

from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.localization import format_value
from tulevaisuus.findings.pydantic_and_notebooks import NotebookMethods
from tulevaisuus.model import _hooks, subclass_checks
from tulevaisuus.model.field_types import FieldType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding  # imported only when something is wrong

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


_FIELDS: "dict[type[Value], Mapping[str, FieldSpec]]" = {}  # the fields that were found already
_NEED_CONSTRUCTOR: "dict[type[Value], bool]" = {}  # the answers of `needs_constructor`


class FieldSpec(NamedTuple):
    """A field of a class."""

    name: str
    type: FieldType
    required: bool
    allows_none: bool
    default: object


class Invariant(NamedTuple):
    """A condition on several fields; it is checked if all fields in ``needs`` are valid."""

    needs: tuple[str, ...]
    problems: "Callable[..., Iterator[Finding]]"


@attrs.frozen(repr=False)
class Value(_hooks.PydanticField, NotebookMethods):
    """The base of all values and entities of the model."""

    invariants: ClassVar[tuple[Invariant, ...]] = ()

    @classmethod
    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 - of other base classes
        """Check and announce a class without new fields, which needs no decorator of attrs.

        Raises:
            TypeError: Objects of the class could not be read, written or checked.
        """
        super().__init_subclass__(**options)
        if not subclass_checks.is_ours(cls) and not subclass_checks.needs_decorator(cls):
            subclass_checks.require_own_names(cls)
            _hooks.announce(cls)

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Check and announce each class, also those of users, when attrs has finished it.

        Raises:
            TypeError: Objects of the class could not be read, written or checked.
        """
        subclass_checks.resolve_annotations(cls)
        subclass_checks.require_checks(cls)
        subclass_checks.require_no_register(cls)
        subclass_checks.require_own_names(cls)
        fields_of(cls)
        _hooks.announce(cls)

    @classmethod
    def __subclasses__(cls) -> list[type[Self]]:
        """Return the subclasses, without the helper classes of generated readers (`Unfrozen`)."""
        derived: list[type[Any]] = type.__subclasses__(cls)
        return [each for each in derived if not issubclass(each, Unfrozen)]

    def __attrs_post_init__(self) -> None:
        """Check every field, then the invariants; raise one error with all findings."""
        valid: dict[str, object] = {}
        problems = Collector(DEFAULT_LIMIT)
        for spec in fields_of(type(self)).values():
            value: object = getattr(self, spec.name)
            if value is None and spec.allows_none:
                valid[spec.name] = None
                continue
            try:
                valid[spec.name] = normalised = spec.type.validate(value)
            except InvalidValueError as error:
                problems.extend(
                    (finding.under(spec.name) for finding in error.findings), error.counts
                )
                continue
            if normalised is not value:
                object.__setattr__(self, spec.name, normalised)
        raise_if_wrong(type(self), valid, problems, [*fields_of(type(self))])

    @classmethod
    def subject(cls, valid: Mapping[str, object]) -> str:
        """Return the subject of findings on an object: class and key (``grant g21``) of an entity.

        It is empty for any other value.
        """
        del valid
        return ""

    @classmethod
    def construct_unchecked(cls, fields: Mapping[str, object]) -> Self:
        """Make an object from fields that are known to be valid, also in combination."""
        if needs_constructor(cls):
            return cls(**fields)
        value = object.__new__(cls)
        set_field = object.__setattr__
        for name, spec in fields_of(cls).items():
            set_field(value, name, fields.get(name, spec.default))
        return value

    def set_fields(self) -> dict[str, object]:
        """Return the fields that differ from their defaults, in their order."""
        values = ((spec, getattr(self, spec.name)) for spec in fields_of(type(self)).values())
        return {spec.name: value for spec, value in values if value != spec.default}

    def __format__(self, spec: str) -> str:
        """Return the object for an f-string: in a language if it has any, padded as text is."""
        return format_value(self, spec)

    def __repr__(self) -> str:
        """Show the fields that are set."""
        fields = ", ".join(f"{name}={value!r}" for name, value in self.set_fields().items())
        return f"{type(self).__name__}({fields})"

    @property
    def _repr_pretty_(self) -> Callable[[Any, bool], None]:
        """The pretty-printer for Hypothesis; a method would be called on the classes, too."""
        return self._show

    def _show(self, printer: Any, _cycle: bool) -> None:  # noqa: ANN401, FBT001 - as IPython calls it
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
        """Return the same object: it cannot change, and its fields cannot either."""
        return self

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Pickle only the fields that are set, so that a release with more fields can load it."""
        return rebuild, (type(self), self.set_fields())


class Unfrozen:
    """The base of helper classes: generated readers set the fields of their objects."""

    __slots__ = ()

    if not TYPE_CHECKING:  # for type checkers every object is frozen
        __setattr__ = object.__setattr__
        __delattr__ = object.__delattr__

    def __init_subclass__(cls) -> None:
        """Do not call the hooks of the base classes."""


def rebuild(cls: type[Value], fields: dict[str, Any]) -> Value:
    """Make an object from pickled fields; the constructor checks them."""
    return cls(**fields)


def fields_of(cls: type[Value]) -> Mapping[str, FieldSpec]:
    """Return the fields of a class in the order of documents: own fields, then inherited ones."""
    if cls not in _FIELDS:
        subclass_checks.require_decorator(cls)
        declared = sorted(attrs.fields(cls), key=lambda attribute: attribute.inherited)
        _FIELDS[cls] = {attribute.name: _spec(cls, attribute) for attribute in declared}
    return _FIELDS[cls]


def needs_constructor(cls: type[Value]) -> bool:
    """Return whether objects must be made by the constructor, even if all fields are valid."""
    if cls not in _NEED_CONSTRUCTOR:
        _NEED_CONSTRUCTOR[cls] = subclass_checks.needs_constructor(cls, Value)
    return _NEED_CONSTRUCTOR[cls]


def _spec(cls: type[Value], attribute: "attrs.Attribute[Any]") -> FieldSpec:
    field_type, allows_none, default = subclass_checks.spec_parts(cls, attribute)
    return FieldSpec(attribute.name, field_type, default is attrs.NOTHING, allows_none, default)


def raise_if_wrong(
    cls: type[Value], valid: Mapping[str, object], problems: Collector, order: Sequence[str]
) -> None:
    """Check the invariants whose fields are all valid; raise all findings, in order.

    Args:
        cls: The class of the object.
        valid: Its valid fields.
        problems: The findings on the other fields.
        order: The names of the fields in order; findings are sorted in the same order.
    """
    for invariant in cls.invariants:
        if all(name in valid for name in invariant.needs):
            problems.extend(invariant.problems(*(valid[name] for name in invariant.needs)))
    if problems.total:
        positions = {name: index for index, name in enumerate(order)}
        findings = sorted(
            problems.findings, key=lambda each: positions.get(_first_part(each.path), len(order))
        )
        subject = cls.subject(valid)
        raise InvalidValueError(
            (finding.with_subject(subject) for finding in findings), problems.counts
        )


def _first_part(path: str) -> str:
    parts = json_pointers.split(path)
    return parts[0] if parts else ""
