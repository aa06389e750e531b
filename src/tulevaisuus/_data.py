"""Reads the texts of the package: plain files in folders beside its modules."""

from pkgutil import get_data
from typing import cast

__all__ = ["read_text"]


def read_text(package: str, folder: str, name: str) -> str:
    """Return a text from a folder beside a package's modules, on disk or in a zip.

    Args:
        package: The full name of the package, such as `tulevaisuus.facts`.
        folder: The folder in it.
        name: The name of the file.

    Raises:
        OSError: There is no such file.
    """
    # importlib.resources costs seven times as much at the first look-up.
    return cast("bytes", get_data(package, f"{folder}/{name}")).decode()
