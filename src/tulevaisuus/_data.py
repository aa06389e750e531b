"""Where the texts of the package are read from: folders in a source tree, one pack in a wheel."""

import functools
import json
import pkgutil
from typing import cast

__all__ = ["read_text"]


def read_text(package: str, folder: str, name: str) -> str:
    """Return a text of a folder beside a package's modules, or out of the pack of a wheel.

    Works from a zip, too. A name that is in neither is an `OSError`.
    """
    root, *inner = package.split(".")
    packed = _pack(root).get("/".join([*inner, folder, name]))
    return packed or cast("bytes", pkgutil.get_data(package, f"{folder}/{name}")).decode()


@functools.cache
def _pack(root: str) -> dict[str, str]:
    try:
        data = cast("bytes", pkgutil.get_data(root, "data.xz"))
    except OSError:
        return {}  # not a wheel
    import lzma

    return cast("dict[str, str]", json.loads(lzma.decompress(data)))
