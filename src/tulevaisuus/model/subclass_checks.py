"""Checks classes that users derive from ours: unsupported features of attrs are a `TypeError`.

A class is checked when attrs has finished it. So the error appears at the definition of the class,
not while a file is read. Classes of this library that would have to import this module are
recognised by their names.
"""

import contextlib
import inspect
import typing
from collections.abc import Mapping
from enum import Enum

import attrs

from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.field_types import (
    AnyObject,
    EnumMember,
    FieldType,
    ListOf,
    ObjectOf,
    Scalar,
    field_type_of,
)

__all__ = [
    "Attribute",
    "constructor_does_more",
    "field_type_and_default",
    "has_own_fields",
    "is_library_class",
    "require_decorator",
    "require_generated_init",
    "require_no_new_portfolio_fields",
    "require_super_post_init",
    "require_valid_names",
    "resolve_annotations",
]

# Names that attrs uses in classes.
_POST_INIT = "__attrs_post_init__"
_CACHED_HASH = "_attrs_cached_hash"

_ATTRS_FIELD_TYPE: type[object] = type(typing.cast("object", attrs.field()))
"""The type of the object that `attrs.field` returns; attrs does not export it."""

_PLURAL_OF_ENTITY = "entities"
"""`Entity.plural`, the name of the register of a class that does not set it."""

_UNRESOLVED: Mapping[str, object] = {"(not defined yet)": None}
"""Stands for annotations that Python cannot evaluate yet; error messages show its key."""

Attribute: typing.TypeAlias = "attrs.Attribute[typing.Any]"
"""A field as attrs describes it."""


def resolve_annotations(cls: type) -> None:
    """Resolve annotations that are strings, as ``from __future__ import annotations`` makes them.

    Raises:
        TypeError: An annotation uses a name that is not defined in the module of the class.
    """
    if any(_is_string(attribute.type) for attribute in attrs.fields(cls)):
        try:
            attrs.resolve_types(cls, localns={cls.__name__: cls})
        except NameError as error:
            message = (
                f"an annotation of {cls.__name__} cannot be read ({error}): import or define what"
                " it names at the top of the module, or write it without quotes and without"
                " 'from __future__ import annotations'"
            )
            raise TypeError(message) from None


def _is_string(annotation: object) -> bool:
    """Return whether an annotation is a string or contains one, as ``tuple["Grant", ...]`` does."""
    is_string = isinstance(annotation, str | typing.ForwardRef)
    return is_string or any(map(_is_string, typing.get_args(annotation)))


def has_own_fields(cls: type) -> bool:
    """Return whether a class has fields of its own, or declares some that attrs has yet to make."""
    calls_field = any(isinstance(value, _ATTRS_FIELD_TYPE) for value in vars(cls).values())
    is_decorated = "__attrs_attrs__" in vars(cls)
    return is_decorated or calls_field or bool(_new_fields(cls))


def _new_fields(cls: type) -> list[str]:
    """Return the names of the annotations that are no fields of the base classes."""
    known = {attribute.name for attribute in attrs.fields(cls)}
    return [
        name
        for name, annotation in _annotations(cls).items()
        if name not in known and "ClassVar" not in str(annotation)
    ]


def _annotations(cls: type) -> Mapping[str, object]:
    """Return the annotations of the class itself; `_UNRESOLVED` if a name in them is undefined."""
    annotations = _UNRESOLVED
    with contextlib.suppress(NameError):  # since Python 3.14 they are evaluated here
        annotations = inspect.get_annotations(cls)
    return annotations


def require_decorator(cls: type) -> None:
    """Raise a `TypeError` for a class with new fields that lacks the decorator of attrs."""
    ignored = [] if "__attrs_attrs__" in vars(cls) else _new_fields(cls)
    if ignored:
        message = (
            f"{cls.__name__} has fields that nobody reads ({', '.join(ignored)}): decorate it with"
            " @attrs.frozen(kw_only=True, repr=False)"
        )
        raise TypeError(message)


def field_type_and_default(cls: type, attribute: Attribute) -> tuple[FieldType, bool, object]:
    """Return the type of a field, whether it may be ``None``, and its default.

    Raises:
        TypeError: A document, as the readers of `tulevaisuus.formats` read it, could not contain
            such a field.
    """
    if not attribute.init or attribute.alias != attribute.name:
        raise _field_error(cls, attribute, "give it a public name that the constructor takes")
    field_type, allows_none = _type_of(cls, attribute)
    default: typing.Any = attribute.default
    if isinstance(default, typing.cast("type[typing.Any]", attrs.Factory)):
        if default.takes_self:
            raise _field_error(cls, attribute, "give it a default that needs no other field")
        make_default = default.factory
        default = make_default()
        if make_default() != default:
            raise _field_error(cls, attribute, "give it a default that is always the same")
    _require_supported_type(cls, attribute, field_type)
    _require_key_type(cls, attribute, field_type, allows_none=allows_none)
    if default is not attrs.NOTHING and not (default is None and allows_none):
        default = _valid_default(cls, attribute, field_type, default)
    return field_type, allows_none, default


def _type_of(cls: type, attribute: Attribute) -> tuple[FieldType, bool]:
    """Return the type of a field; the error for an unsupported annotation names the field."""
    try:
        return field_type_of(attribute.type)
    except TypeError as error:
        raise _field_error(cls, attribute, str(error)) from None


def _valid_default(
    cls: type, attribute: Attribute, field_type: FieldType, default: object
) -> object:
    """Return a default as the constructor would keep it: in its normal form."""
    if getattr(attribute, "converter", None) is not None:
        return default  # it need not be valid: the converter may make a valid value of it
    try:
        return field_type.validate(default)
    except InvalidValueError as error:
        explanation = f"give it a valid default ({error.findings[0].message('en')})"
        raise _field_error(cls, attribute, explanation) from None


def require_valid_names(cls: type) -> None:
    """Check the names of a class: of its fields, its register and the fields of its key.

    Raises:
        TypeError: A field hides an attribute of a class of this library, ``plural`` is not that of
            such a class, or ``key_fields`` names a field that does not exist.
    """
    for base in filter(is_library_class, cls.__mro__[1:]):
        _reject_hidden_attributes(cls, base)
        _reject_new_plural(cls, base)
    known = {attribute.name for attribute in attrs.fields(cls)}
    unknown = [name for name in vars(cls).get("key_fields", ()) if name not in known]
    if unknown and not is_library_class(cls):
        message = f"key_fields of {cls.__name__} has no field's name: {', '.join(unknown)}"
        raise TypeError(message)


def _reject_new_plural(cls: type, base: type) -> None:
    """Raise a `TypeError` if a class changes the name of the register of its base class."""
    plural = vars(base).get("plural", _PLURAL_OF_ENTITY)
    if plural not in {_PLURAL_OF_ENTITY, getattr(cls, "plural", None)}:
        message = (
            f"leave out 'plural' of {cls.__name__}: it is in the register of {base.__name__},"
            f" {plural!r}; an entity with a register of its own is derived from Entity"
        )
        raise TypeError(message)


def _has_field_key(cls: type) -> bool:
    """Return whether a user's class gets its key from fields, not from a property of its own."""
    definer = next((base for base in cls.__mro__ if "key" in vars(base)), None)
    return not is_library_class(cls) and definer is not None and is_library_class(definer)


def _require_key_type(
    cls: type, attribute: Attribute, field_type: FieldType, *, allows_none: bool
) -> None:
    """Raise a `TypeError` for a field of the key whose values could not be keys."""
    if _has_field_key(cls) and attribute.name in getattr(cls, "key_fields", ()):
        column_type = field_type.column_type if isinstance(field_type, Scalar) else None
        if allows_none or column_type not in {str, int}:
            explanation = "a field of the key is required, and it is a text or a whole number"
            raise _field_error(cls, attribute, explanation)


def _reject_hidden_attributes(cls: type, base: type) -> None:
    """Raise a `TypeError` if a field hides a method or another attribute of a base class."""
    inherited = (
        {attribute.name for attribute in attrs.fields(base)} if attrs.has(base) else set[str]()
    )
    for attribute in attrs.fields(cls):
        if attribute.name in vars(base) and attribute.name not in inherited:
            explanation = f"it hides an attribute of {base.__name__}; give it another name"
            raise _field_error(cls, attribute, explanation)


def is_library_class(cls: type) -> bool:
    """Return whether a class is part of this library, and not a user's."""
    return cls.__module__.startswith("tulevaisuus.")


def _require_supported_type(cls: type, attribute: Attribute, field_type: FieldType) -> None:
    """Reject a field type other than a list, an object, or a `Scalar` with a valid column type."""
    if isinstance(field_type, ListOf):
        _require_supported_type(cls, attribute, field_type.item)
    elif isinstance(field_type, EnumMember):
        _require_code_values(cls, attribute, field_type.enum)
    elif isinstance(field_type, Scalar):
        if field_type.column_type not in field_type.cell_types:
            accepted = ", ".join(cell_type.__name__ for cell_type in field_type.cell_types)
            explanation = f"the column of its type must be one of {accepted}"
            raise _field_error(cls, attribute, explanation)
    elif isinstance(field_type, ObjectOf):
        _require_value_class(cls, attribute, field_type.cls)
    elif not isinstance(field_type, AnyObject):
        raise _field_error(cls, attribute, "derive its type from Scalar")


def _require_value_class(cls: type, attribute: Attribute, inner: type) -> None:
    """Reject a field that contains objects of a class if it is no class of values."""
    bases = {base.__name__ for base in inner.__mro__[1:] if is_library_class(base)}
    if inner.__name__ == "Amount" and is_library_class(inner):
        explanation = (
            "an Amount is calculated, and has two bounds; for each bound declare a field of the"
            " type Euros, from tulevaisuus.model.annotations"
        )
    elif "Value" not in bases:
        own = (
            ""
            if is_library_class(inner)
            else f"derive {inner.__name__} from tulevaisuus.Value, or "
        )
        explanation = f"{own}name a class that is derived from tulevaisuus.Value"
    elif "Portfolio" in {*bases, inner.__name__}:
        explanation = "a document is no part of an object; keep them beside each other"
    else:
        return
    raise _field_error(cls, attribute, explanation)


def _require_code_values(cls: type, attribute: Attribute, enum: type[Enum]) -> None:
    """Reject a field with members of an enum whose values are neither texts nor numbers."""
    value_type = EnumMember(enum).column_type
    values = [member.value for member in enum]
    if not values or not all(isinstance(value, value_type) for value in values):
        explanation = f"the values of {enum.__name__} must be texts, or numbers of an IntEnum"
        raise _field_error(cls, attribute, explanation)


def _field_error(cls: type, attribute: Attribute, explanation: str) -> TypeError:
    return TypeError(f"field {attribute.name!r} of {cls.__name__} cannot be read: {explanation}")


def require_super_post_init(cls: type) -> None:
    """Raise a `TypeError` for a class that overrides ``__attrs_post_init__`` and does not call it.

    `Value` checks the fields of an object in that method.
    """
    post_init = inspect.unwrap(getattr(cls, _POST_INIT))
    bytecode = getattr(post_init, "__code__", None)
    is_library_method = post_init.__module__.startswith("tulevaisuus.")
    if not is_library_method and (bytecode is None or _POST_INIT not in bytecode.co_names):
        message = f"call super().{_POST_INIT}() in that of {cls.__name__}: it checks the fields"
        raise TypeError(message)


def require_generated_init(cls: type) -> None:
    """Raise a `TypeError` for a class with an ``__init__`` that attrs did not generate.

    Readers call the constructor with one keyword for each field.
    """
    if "__attrs_init__" in vars(cls):
        message = f"let attrs write the __init__ of {cls.__name__}: readers could not call another"
        raise TypeError(message)


def require_no_new_portfolio_fields(cls: type) -> None:
    """Raise a `TypeError` for a subclass of `Portfolio` with new fields: documents lack them."""
    is_portfolio = any(
        (base.__module__, base.__name__) == ("tulevaisuus.model.portfolio", "Portfolio")
        for base in cls.__mro__[1:]
    )
    new = [attribute.name for attribute in attrs.fields(cls) if not attribute.inherited]
    if is_portfolio and new:
        message = (
            f"{cls.__name__} adds fields to Portfolio ({', '.join(new)}), and a document has no"
            " others: keep them beside the portfolio, for example in a class that contains it"
        )
        raise TypeError(message)


def constructor_does_more(cls: type, base: type) -> bool:
    """Return whether the constructor does more than the one of `base`, and so must be called.

    For other classes, readers set the valid fields without the constructor, which is much faster.
    """
    has_own_steps = any(
        getattr(cls, name, None) is not getattr(base, name, None)
        for name in ("__new__", "__attrs_pre_init__", _POST_INIT)
    )
    changes_values = any(field.validator or field.converter for field in attrs.fields(cls))
    # attrs sets a cached hash in the constructor.
    bytecode = getattr(cls.__hash__, "__code__", None)
    has_cached_hash = bytecode is not None and _CACHED_HASH in bytecode.co_names
    return has_own_steps or changes_values or has_cached_hash
