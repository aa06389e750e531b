"""The bytes of a source, up to the limit."""

import contextlib
import os
from typing import IO, cast

from tulevaisuus.findings import messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.files import opened_for_bytes, read_past_limit, require_file
from tulevaisuus.formats.limits import Limits

__all__ = ["bytes_of"]


def bytes_of(
    source: "str | os.PathLike[str] | bytes | IO[bytes]", limits: Limits
) -> bytes | Finding:
    """Return the bytes of a path, of bytes or of an open file, or why they cannot be had.

    Raises:
        OSError: The file cannot be opened.
        TypeError: The source is none of these.
    """
    if isinstance(source, bytes):
        return source
    require_file(source, "read")
    broken: tuple[type[Exception], ...] = (EOFError,)
    with contextlib.ExitStack() as stack:
        try:
            file, broken = stack.enter_context(opened_for_bytes(source))
            return cast("bytes", read_past_limit(file, limits.bytes))
        except broken:
            return messages.BROKEN_ARCHIVE.finding()
