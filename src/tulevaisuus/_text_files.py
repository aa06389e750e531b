"""Reads text files that are installed with the modules of the package."""

from importlib import import_module
from os import path
from typing import cast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import SourceFileLoader

__all__ = ["read_text"]


def read_text(package: str, folder: str, name: str) -> str:
    """Return the contents of a text file in a package, also from a zip file.

    Args:
        package: The full name of the package, such as `tulevaisuus.facts`.
        folder: The folder in the package.
        name: The name of the file.

    Raises:
        OSError: There is no such file.
    """
    # The same as pkgutil.get_data: importing pkgutil, importlib.resources or pathlib is too slow.
    module = import_module(package)
    loader = cast("SourceFileLoader", module.__loader__)
    parent = path.dirname(str(module.__file__))  # noqa: PTH120 - as above
    return loader.get_data(path.join(parent, folder, name)).decode()  # noqa: PTH118 - as above
