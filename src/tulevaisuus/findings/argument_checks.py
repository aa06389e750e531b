"""Checks the types of arguments; a `TypeError` names the parameter and what it takes.

These checks are for arguments that a program passes, not for data: invalid data is a finding.
"""

from collections.abc import Iterable, Iterator
from types import UnionType
from typing import TypeVar

__all__ = [
    "has_type",
    "only_instances",
    "require_argument",
    "require_callable",
    "require_limit",
    "wrong_argument",
]

T = TypeVar("T")


def has_type(value: object, types: type | UnionType) -> bool:
    """Return whether an argument has one of the types that its parameter is annotated with.

    Type checkers call `isinstance` unnecessary there, as the annotation promises the type. But
    callers may pass anything.
    """
    return isinstance(value, types)


def require_argument(value: object, types: type | tuple[type, ...], name: str, takes: str) -> None:
    """Raise a `TypeError` if an argument has none of the types.

    Args:
        value: The argument.
        types: The type or types that are accepted.
        name: The name of the parameter, or of a function with only one.
        takes: What it takes, in words, such as ``a Portfolio``.

    >>> require_argument(5, str, "title", "a text")
    Traceback (most recent call last):
    TypeError: title takes a text, not a value of type int
    """
    if not isinstance(value, types):
        raise wrong_argument(value, name, takes)


def wrong_argument(value: object, name: str, takes: str) -> TypeError:
    """Return the error for an argument of a wrong type; the parameters are as above."""
    given = "None" if value is None else f"a value of type {type(value).__name__}"
    return TypeError(f"{name} takes {takes}, not {given}")


def require_limit(limit: object) -> None:
    """Raise an error if a maximum number is neither ``None`` nor a whole number from zero.

    Raises:
        TypeError: It is no whole number.
        ValueError: It is below zero.
    """
    if limit is None:
        return
    if not isinstance(limit, int) or isinstance(limit, bool):
        raise wrong_argument(limit, "limit", "a whole number from zero up, or None")
    if limit < 0:
        raise ValueError("limit is a whole number from zero up, or None; this one is below zero")


def require_callable(value: object, name: str, takes: str) -> None:
    """Raise a `TypeError` if an argument is neither ``None`` nor a function.

    Args:
        value: The argument.
        name: The name of the parameter.
        takes: What the function is called with, in words.
    """
    if value is not None and not callable(value):
        raise wrong_argument(value, name, f"a function that is called with {takes}")


def only_instances(values: Iterable[T], cls: type[T], name: str, takes: str) -> Iterator[T]:
    """Yield the values of an argument; raise a `TypeError` as soon as one has another type.

    Args:
        values: The argument.
        cls: The type of its values.
        name: The name of the parameter.
        takes: What it takes, in words.
    """
    require_argument(values, Iterable, name, takes)
    for value in values:
        if not isinstance(value, cls):
            raise wrong_argument(value, name, takes)
        yield value
