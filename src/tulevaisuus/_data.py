"""Where the texts of the package are read from: folders in a source tree, packed in a wheel."""

import functools
import json
import pkgutil
from typing import cast

__all__ = ["read_text"]


def read_text(package: str, folder: str, name: str) -> str:
    """Return a text of a folder beside a package's modules, or of the pack in its place.

    Works from a zip, too. A name that is in neither is an `OSError`.
    """
    packed = _pack(package, folder).get(name)
    return packed or cast("bytes", pkgutil.get_data(package, f"{folder}/{name}")).decode()


@functools.cache
def _pack(package: str, folder: str) -> dict[str, str]:
    try:
        data = cast("bytes", pkgutil.get_data(package, f"{folder}.xz"))
    except OSError:
        return {}  # not a wheel
    import lzma

    return cast("dict[str, str]", json.loads(lzma.decompress(data)))
