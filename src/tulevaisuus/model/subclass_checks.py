"""Checks classes that users derive from ours: unsupported features of attrs are a `TypeError`.

A class is checked when attrs has finished it. So the error appears at the definition of the class,
not while a file is read.
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
    "is_ours",
    "needs_constructor",
    "needs_decorator",
    "require_checks",
    "require_decorator",
    "require_no_register",
    "require_own_names",
    "resolve_annotations",
    "spec_parts",
]

# Names that attrs uses in classes.
_POST_INIT = "__attrs_post_init__"
_CACHED_HASH = "_attrs_cached_hash"
# What `attrs.field` returns has no public class.
_FIELD: type[object] = type(typing.cast("object", attrs.field()))

Attribute: typing.TypeAlias = "attrs.Attribute[typing.Any]"


def resolve_annotations(cls: type) -> None:
    """Resolve annotations that are text, as ``from __future__ import annotations`` makes them.

    Raises:
        TypeError: An annotation uses a name that is not defined in the module of the class.
    """
    if any(_is_text(attribute.type) for attribute in attrs.fields(cls)):
        try:
            attrs.resolve_types(cls, localns={cls.__name__: cls})
        except NameError as error:
            message = (
                f"an annotation of {cls.__name__} cannot be read ({error}): import or define what"
                " it names at the top of the module, or write it without quotes and without"
                " 'from __future__ import annotations'"
            )
            raise TypeError(message) from None


def _is_text(annotation: object) -> bool:
    """Return whether an annotation is text, or contains text, as in ``tuple["Grant", ...]``."""
    is_text = isinstance(annotation, str | typing.ForwardRef)
    return is_text or any(map(_is_text, typing.get_args(annotation)))


def needs_decorator(cls: type) -> bool:
    """Return whether attrs will make or has made fields of a class that its bases do not have."""
    has_fields = any(isinstance(each, _FIELD) for each in vars(cls).values())
    return "__attrs_attrs__" in vars(cls) or has_fields or bool(_new_fields(cls))


def _new_fields(cls: type) -> list[str]:
    """Return the names of the annotations that are no fields of the base classes."""
    known = {attribute.name for attribute in attrs.fields(cls)}
    return [
        name
        for name, annotation in _annotations(cls).items()
        if name not in known and "ClassVar" not in str(annotation)
    ]


def _annotations(cls: type) -> Mapping[str, object]:
    """Return the annotations of a class itself; an unknown one if a name in them is not defined."""
    annotations: Mapping[str, object] = {"(not defined yet)": None}
    with contextlib.suppress(NameError):  # since Python 3.14 they are evaluated here
        annotations = inspect.get_annotations(cls)
    return annotations


def require_decorator(cls: type) -> None:
    """Raise a `TypeError` for a class with new fields that lacks the decorator of attrs."""
    own = [] if "__attrs_attrs__" in vars(cls) else _new_fields(cls)
    if own:
        message = (
            f"{cls.__name__} has fields that nobody reads ({', '.join(own)}): decorate it with"
            " @attrs.frozen(kw_only=True, repr=False)"
        )
        raise TypeError(message)


def spec_parts(cls: type, attribute: "Attribute") -> tuple[FieldType, bool, object]:
    """Return the type of a field, whether it may be ``None``, and its default.

    Raises:
        TypeError: Documents could not contain such a field.
    """
    if not attribute.init or attribute.alias != attribute.name:
        raise _error_about_class(cls, attribute, "give it a public name that the constructor takes")
    field_type, allows_none = _type_of(cls, attribute)
    default: typing.Any = attribute.default
    if isinstance(default, typing.cast("type[typing.Any]", attrs.Factory)):
        if default.takes_self:
            raise _error_about_class(cls, attribute, "give it a default that needs no other field")
        make, default = default.factory, default.factory()
        if make() != default:
            raise _error_about_class(cls, attribute, "give it a default that is always the same")
    _require_parts(cls, attribute, field_type)
    _require_key_type(cls, attribute, field_type, allows_none)
    if default is not attrs.NOTHING and not (default is None and allows_none):
        default = _valid_default(cls, attribute, field_type, default)
    return field_type, allows_none, default


def _type_of(cls: type, attribute: "Attribute") -> tuple[FieldType, bool]:
    """Return the type of a field; the error for an unsupported annotation names the field."""
    try:
        return field_type_of(attribute.type)
    except TypeError as error:
        raise _error_about_class(cls, attribute, str(error)) from None


def _valid_default(
    cls: type, attribute: "Attribute", field_type: FieldType, default: object
) -> object:
    """Return a default as the constructor would keep it; a converter may change any default."""
    if getattr(attribute, "converter", None) is not None:
        return default
    try:
        return field_type.validate(default)
    except InvalidValueError as error:
        remedy = f"give it a valid default ({error.findings[0].message('en')})"
        raise _error_about_class(cls, attribute, remedy) from None


def require_own_names(cls: type) -> None:
    """Raise a `TypeError` for a class that hides or changes what the library uses of its bases."""
    for base in filter(is_ours, cls.__mro__[1:]):
        _require_visible(cls, base)
        plural = vars(base).get("plural", "entities")
        if plural not in {"entities", getattr(cls, "plural", None)}:
            message = (
                f"leave out 'plural' of {cls.__name__}: it is in the register of {base.__name__},"
                f" {plural!r}; an entity with a register of its own is derived from Entity"
            )
            raise TypeError(message)
    known = {attribute.name for attribute in attrs.fields(cls)}
    unknown = [name for name in vars(cls).get("key_fields", ()) if name not in known]
    if unknown and not is_ours(cls):
        message = f"key_fields of {cls.__name__} has no field's name: {', '.join(unknown)}"
        raise TypeError(message)


def _is_key_of_fields(cls: type) -> bool:
    """Return whether the key of a user's class is made of fields, and not by a property of it."""
    made_by = next((each for each in cls.__mro__ if "key" in vars(each)), None)
    return not is_ours(cls) and made_by is not None and is_ours(made_by)


def _require_key_type(
    cls: type, attribute: "Attribute", field_type: FieldType, allows_none: object
) -> None:
    """Raise a `TypeError` for a field of the key whose values could not be keys."""
    if _is_key_of_fields(cls) and attribute.name in getattr(cls, "key_fields", ()):
        column = field_type.column_type if isinstance(field_type, Scalar) else None
        if allows_none or column not in {str, int}:
            remedy = "a field of the key is required, and it is a text or a whole number"
            raise _error_about_class(cls, attribute, remedy)


def _require_visible(cls: type, base: type) -> None:
    """Raise a `TypeError` if a field hides a method or another attribute of a base class."""
    inherited = {each.name for each in attrs.fields(base)} if attrs.has(base) else set[str]()
    for attribute in attrs.fields(cls):
        if attribute.name in vars(base) and attribute.name not in inherited:
            remedy = f"it hides an attribute of {base.__name__}; give it another name"
            raise _error_about_class(cls, attribute, remedy)


def is_ours(cls: type) -> bool:
    """Return whether a class is of this library."""
    return cls.__module__.startswith("tulevaisuus.")


def _require_parts(cls: type, attribute: "Attribute", field_type: FieldType) -> None:
    """Reject a field type that is not a list, an object or a `Scalar` with a valid column."""
    if isinstance(field_type, ListOf):
        _require_parts(cls, attribute, field_type.item)
    elif isinstance(field_type, EnumMember):
        _require_codes(cls, attribute, field_type.enum)
    elif isinstance(field_type, Scalar):
        if field_type.column_type not in field_type.cell_types:
            accepted = ", ".join(each.__name__ for each in field_type.cell_types)
            raise _error_about_class(
                cls, attribute, f"the column of its type must be one of {accepted}"
            )
    elif isinstance(field_type, ObjectOf):
        _require_value_class(cls, attribute, field_type.cls)
    elif not isinstance(field_type, AnyObject):
        raise _error_about_class(cls, attribute, "derive its type from Scalar")


def _require_value_class(cls: type, attribute: "Attribute", inner: type) -> None:
    """Reject a field with objects of a class that documents cannot contain in an object."""
    bases = {each.__name__ for each in inner.__mro__[1:] if is_ours(each)}
    if inner.__name__ == "Amount" and is_ours(inner):
        remedy = (
            "an Amount is calculated, and has two bounds; for each bound declare a field of the"
            " type Euros, from tulevaisuus.model.annotations"
        )
    elif "Value" not in bases:
        own = "" if is_ours(inner) else f"derive {inner.__name__} from tulevaisuus.Value, or "
        remedy = f"{own}name a class that is derived from tulevaisuus.Value"
    elif "Portfolio" in {*bases, inner.__name__}:
        remedy = "a document is no part of an object; keep them beside each other"
    else:
        return
    raise _error_about_class(cls, attribute, remedy)


def _require_codes(cls: type, attribute: "Attribute", enum: type[Enum]) -> None:
    """Reject a field with members of an enum whose values are no codes."""
    code = EnumMember(enum).column_type
    values = [each.value for each in enum]
    if not values or not all(isinstance(each, code) for each in values):
        remedy = f"the values of {enum.__name__} must be texts, or numbers of an IntEnum"
        raise _error_about_class(cls, attribute, remedy)


def _error_about_class(cls: type, attribute: "Attribute", remedy: str) -> TypeError:
    return TypeError(f"field {attribute.name!r} of {cls.__name__} cannot be read: {remedy}")


def require_checks(cls: type) -> None:
    """Raise a `TypeError` for a class that would skip the checks of its fields."""
    # `Value` checks the fields in this method, so a method that overrides it must call it.
    post_init = inspect.unwrap(getattr(cls, _POST_INIT))
    code = getattr(post_init, "__code__", None)
    is_ours = post_init.__module__.startswith("tulevaisuus.")
    if not is_ours and (code is None or _POST_INIT not in code.co_names):
        message = f"call super().{_POST_INIT}() in that of {cls.__name__}: it checks the fields"
        raise TypeError(message)
    # Readers call the constructor with one keyword for each field.
    if "__attrs_init__" in vars(cls):
        message = f"let attrs write the __init__ of {cls.__name__}: readers could not call another"
        raise TypeError(message)


def require_no_register(cls: type) -> None:
    """Raise a `TypeError` for a subclass of `Portfolio` with new fields: documents lack them."""
    is_portfolio = any(
        (each.__module__, each.__name__) == ("tulevaisuus.model.portfolio", "Portfolio")
        for each in cls.__mro__[1:]
    )
    own = [attribute.name for attribute in attrs.fields(cls) if not attribute.inherited]
    if is_portfolio and own:
        message = (
            f"{cls.__name__} adds fields to Portfolio ({', '.join(own)}), and a document has no"
            " others: keep them beside the portfolio, for example in a class that contains it"
        )
        raise TypeError(message)


def needs_constructor(cls: type, base: type) -> bool:
    """Return whether the constructor must be called because it does more than the one of `base`.

    For other classes, readers set the valid fields without the constructor, which is much faster.
    """
    has_own_steps = any(
        getattr(cls, name, None) is not getattr(base, name, None)
        for name in ("__new__", "__attrs_pre_init__", _POST_INIT)
    )
    has_hooks = any(each.validator or each.converter for each in attrs.fields(cls))
    # attrs sets a cached hash in the constructor.
    code = getattr(cls.__hash__, "__code__", None)
    return has_own_steps or has_hooks or (code is not None and _CACHED_HASH in code.co_names)
