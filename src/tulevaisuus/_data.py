"""Where the texts of the package are read from: plain files in folders beside its modules."""

from pkgutil import get_data
from typing import cast

__all__ = ["read_text"]


def read_text(package: str, folder: str, name: str) -> str:
    """Return a text of a folder beside a package's modules.

    Works from a zip, too. A name that is not there is an `OSError`.
    """
    # importlib.resources costs seven times as much at the first look-up.
    return cast("bytes", get_data(package, f"{folder}/{name}")).decode()
