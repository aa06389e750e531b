"""`bytes_of`: reads a source as bytes, up to the limit."""

import contextlib
import os
from typing import IO, cast

from tulevaisuus.findings import messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.files import open_for_bytes, read_past_limit, require_file
from tulevaisuus.formats.limits import Limits

__all__ = ["bytes_of"]


def bytes_of(
    source: "str | os.PathLike[str] | bytes | IO[bytes]", limits: Limits
) -> bytes | Finding:
    """Return the bytes of a path or an open file, or the finding that its archive is damaged.

    Raises:
        OSError: The file cannot be opened.
        TypeError: The source has another type.
    """
    if isinstance(source, bytes):
        return source
    require_file(source, "read")
    read_errors: tuple[type[Exception], ...] = (EOFError,)
    with contextlib.ExitStack() as stack:
        try:
            file, read_errors = stack.enter_context(open_for_bytes(source))
            return cast("bytes", read_past_limit(file, limits.bytes))
        except read_errors:
            return messages.BROKEN_ARCHIVE.finding()
