"""`Value`, the base of all values and entities: validated, immutable, equal by value, picklable.

Each class declares its fields as annotations and its invariants as data. The constructor here and
the readers in `tulevaisuus.formats` use the same declarations, so they report the same findings.
An entity is a value that has a key (`tulevaisuus.model.entity`).
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
    from tulevaisuus.findings.finding import Finding

__all__ = [
    "FieldSpec",
    "Invariant",
    "MutableSubclass",
    "Value",
    "check_invariants_and_raise",
    "fields_of",
    "must_call_constructor",
    "rebuild",
]


_FIELDS: "dict[type[Value], Mapping[str, FieldSpec]]" = {}  # cache of `fields_of`
_MUST_CALL_CONSTRUCTOR: "dict[type[Value], bool]" = {}  # cache of `must_call_constructor`


class FieldSpec(NamedTuple):
    """A field of a class: its name, the type of its values, and its default."""

    name: str
    type: FieldType
    required: bool
    allows_none: bool
    default: object


class Invariant(NamedTuple):
    """A condition on several fields; it is checked if all fields in ``needs`` are valid.

    ``find`` gets the values of these fields and yields a finding for each violation.
    """

    needs: tuple[str, ...]
    find: "Callable[..., Iterator[Finding]]"


@attrs.frozen(repr=False)
class Value(_hooks.PydanticSupport, NotebookMethods):
    """The base of all values and entities of the model."""

    invariants: ClassVar[tuple[Invariant, ...]] = ()

    @classmethod
    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 - for other base classes
        """Check a user's class without fields of its own, and tell it to the listeners.

        Such a class needs no decorator of attrs. Others are checked when attrs has finished them.

        Raises:
            TypeError: The class is defined in a way that this library does not support.
        """
        super().__init_subclass__(**options)
        is_finished = not subclass_checks.has_own_fields(cls)
        if is_finished and not subclass_checks.is_library_class(cls):
            subclass_checks.require_valid_names(cls)
            _hooks.announce(cls)

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Check a class that attrs has finished, ours or a user's, and tell it to the listeners.

        Raises:
            TypeError: The class is defined in a way that this library does not support.
        """
        subclass_checks.resolve_annotations(cls)
        subclass_checks.require_super_post_init(cls)
        subclass_checks.require_generated_init(cls)
        subclass_checks.require_no_new_portfolio_fields(cls)
        subclass_checks.require_valid_names(cls)
        fields_of(cls)  # raises an error for a field that is not supported
        _hooks.announce(cls)

    @classmethod
    def __subclasses__(cls) -> list[type[Self]]:
        """Return the subclasses, except those that only fast readers use (`MutableSubclass`)."""
        subclasses: list[type[Any]] = type.__subclasses__(cls)
        return [subclass for subclass in subclasses if not issubclass(subclass, MutableSubclass)]

    def __attrs_post_init__(self) -> None:
        """Check every field, then the invariants; raise one error with all findings."""
        valid_fields: dict[str, object] = {}
        collector = Collector(DEFAULT_LIMIT)
        for spec in fields_of(type(self)).values():
            value: object = getattr(self, spec.name)
            if value is None and spec.allows_none:
                valid_fields[spec.name] = None
                continue
            try:
                valid_fields[spec.name] = normalised = spec.type.validate(value)
            except InvalidValueError as error:
                # The paths of its findings start at the field: put the name of the field before.
                findings = (finding.under(spec.name) for finding in error.findings)
                collector.extend(findings, error.counts)
                continue
            if normalised is not value:
                object.__setattr__(self, spec.name, normalised)
        order = [*fields_of(type(self))]
        check_invariants_and_raise(type(self), valid_fields, collector, order)

    @classmethod
    def subject(cls, valid_fields: Mapping[str, object]) -> str:
        """Return what findings on an object name as their subject: nothing, as it has no key.

        `Entity` returns class and key, such as ``grant g21``.
        """
        del valid_fields
        return ""

    @classmethod
    def construct_unchecked(cls, fields: Mapping[str, object]) -> Self:
        """Make an object from fields that are known to be valid, also in combination."""
        if must_call_constructor(cls):
            return cls(**fields)
        value = object.__new__(cls)
        set_field = object.__setattr__
        for name, spec in fields_of(cls).items():
            set_field(value, name, fields.get(name, spec.default))
        return value

    def set_fields(self) -> dict[str, object]:
        """Return the values of the fields that differ from their defaults, in the fields' order."""
        values = ((spec, getattr(self, spec.name)) for spec in fields_of(type(self)).values())
        return {spec.name: value for spec, value in values if value != spec.default}

    def __format__(self, spec: str) -> str:
        """Return the text for an f-string: ``f"{text:sv}"`` in Swedish, ``f"{text:>20}"`` padded.

        Only values with wordings in several languages accept a language.
        """
        return format_value(self, spec)

    def __repr__(self) -> str:
        """Show the fields that differ from their defaults."""
        fields = ", ".join(f"{name}={value!r}" for name, value in self.set_fields().items())
        return f"{type(self).__name__}({fields})"

    @property
    def _repr_pretty_(self) -> Callable[[Any, bool], None]:
        """The function with which Hypothesis and IPython print an object on several lines.

        It is a property because Hypothesis would call a method with this name on the class itself
        when it prints the class.
        """
        return self._print_pretty

    def _print_pretty(self, printer: Any, _cycle: bool) -> None:  # noqa: ANN401, FBT001 - as IPython calls it
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
        """Pickle only fields that differ from their defaults: a later release may have more."""
        return rebuild, (type(self), self.set_fields())


class MutableSubclass:
    """Allows the fast readers to fill an object field by field.

    `formats.generated_readers_and_writers` makes a mutable subclass of each class that it reads.
    An object is created in that subclass, and gets its own, frozen class when all fields are set.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # type checkers must not see that an object of a frozen class can change
        __setattr__ = object.__setattr__
        __delattr__ = object.__delattr__

    def __init_subclass__(cls) -> None:
        """Do nothing: `Value` would check such a class and tell it to the listeners."""


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


def must_call_constructor(cls: type[Value]) -> bool:
    """Return whether objects must be made by the constructor, even if all fields are valid.

    For other classes, fields that are valid may be set without it, which is faster.
    """
    if cls not in _MUST_CALL_CONSTRUCTOR:
        _MUST_CALL_CONSTRUCTOR[cls] = subclass_checks.constructor_does_more(cls, Value)
    return _MUST_CALL_CONSTRUCTOR[cls]


def _spec(cls: type[Value], attribute: "attrs.Attribute[Any]") -> FieldSpec:
    field_type, allows_none, default = subclass_checks.field_type_and_default(cls, attribute)
    return FieldSpec(attribute.name, field_type, default is attrs.NOTHING, allows_none, default)


def check_invariants_and_raise(
    cls: type[Value], valid_fields: Mapping[str, object], collector: Collector, order: Sequence[str]
) -> None:
    """Check the invariants whose fields are all valid; raise one error if there are any findings.

    Args:
        cls: The class of the object.
        valid_fields: The valid fields of the object, by name.
        collector: The findings on the other fields; findings on invariants are added to it.
        order: The names of the fields in order; findings are sorted in the same order.

    Raises:
        InvalidValueError: The collector has findings, or an invariant is violated.
    """
    for invariant in cls.invariants:
        if all(name in valid_fields for name in invariant.needs):
            values = (valid_fields[name] for name in invariant.needs)
            collector.extend(invariant.find(*values))
    if collector.total:
        positions = {name: index for index, name in enumerate(order)}
        findings = sorted(
            collector.findings,
            key=lambda finding: positions.get(_field_in_path(finding.path), len(order)),
        )
        subject = cls.subject(valid_fields)
        raise InvalidValueError(
            (finding.with_subject(subject) for finding in findings), collector.counts
        )


def _field_in_path(path: str) -> str:
    """Return the name of the field that a path of a finding starts with; empty for the object."""
    parts = json_pointers.split(path)
    return parts[0] if parts else ""
