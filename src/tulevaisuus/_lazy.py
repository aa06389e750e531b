"""How packages open their names at first touch (PEP 562): a name's module is imported then."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from sys import modules

__all__ = ["open_name"]


def open_name(package: str, homes: Mapping[str, Sequence[str]], name: str) -> object:
    """Return what a package calls by a name; it is an ordinary attribute from then on.

    ``homes`` lists the names that live in each module of the package.
    """
    for home, names in homes.items():
        if name in names:
            value: object = getattr(import_module(f"{package}.{home}"), name)
            setattr(modules[package], name, value)
            return value
    message = f"module {package!r} has no attribute {name!r}"
    raise AttributeError(message)
