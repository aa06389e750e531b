"""Reads the texts of the package: plain files in folders beside its modules."""

from importlib import import_module
from os import path
from typing import cast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import SourceFileLoader

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
    # As pkgutil.get_data does: to import that, importlib.resources or pathlib takes milliseconds.
    module = import_module(package)
    loader = cast("SourceFileLoader", module.__loader__)
    parent = path.dirname(str(module.__file__))  # noqa: PTH120 - as above
    return loader.get_data(path.join(parent, folder, name)).decode()  # noqa: PTH118 - as above
