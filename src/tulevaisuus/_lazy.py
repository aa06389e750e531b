"""Imports the modules of a package only when one of its names is first used (PEP 562)."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from sys import modules

__all__ = ["PACKAGES", "open_name"]

PACKAGES = ("charts", "exchange", "formats", "frames", "funding", "reports")
"""The packages that are attributes of ``tulevaisuus`` without an import statement.

Their ``__init__`` imports nothing. So a thread that loads one of them waits for no other import,
and threads cannot wait for each other in a circle.
"""

_IMPORTED_BY_NAME = "testing"
"""The package that users must import by name.

It imports Hypothesis, which in turn imports it as a plug-in. If one thread began with the one, and
another thread with the other, each would wait for the other.
"""


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
    if package == "tulevaisuus":
        if name in PACKAGES:
            return import_module(f"{package}.{name}")  # the import sets the attribute
        if name == _IMPORTED_BY_NAME:
            message += f": import {package}.{name} first"
    raise AttributeError(message)
