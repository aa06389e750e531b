"""Imports the modules of a package only when one of its names is first used (PEP 562)."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from sys import modules

__all__ = ["open_name"]

_IMPORTED_BY_NAME = frozenset(
    ("charts", "exchange", "formats", "frames", "funding", "reports", "testing")
)
"""The packages that users import by name, as in ``import tulevaisuus.charts``."""


def open_name(package: str, names_by_module: Mapping[str, Sequence[str]], name: str) -> object:
    """Return a name of a package; import its module, and set it as an attribute of the package.

    Args:
        package: The full name of the package.
        names_by_module: The names in each module of the package.
        name: The name to import.

    Raises:
        AttributeError: The package has no such name.
    """
    for module, names in names_by_module.items():
        if name in names:
            value: object = getattr(import_module(f"{package}.{module}"), name)
            setattr(modules[package], name, value)
            return value
    message = f"module {package!r} has no attribute {name!r}"
    if package == "tulevaisuus" and name in _IMPORTED_BY_NAME:
        message += f": import {package}.{name} first"
    raise AttributeError(message)
