"""`error_text`: why a file cannot be opened or written, in the language of the reader."""

import errno
import re

from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = ["error_text"]

_EXTRA = re.compile(r"pip install 'tulevaisuus\[(\w+)\]'$")
"""The end of the message about an optional library that is not installed."""


def error_text(error: OSError, language: str) -> str:
    """Return why a file cannot be opened or written, without its name.

    Texts in three languages exist for common errors; others are in the language of the system.
    """
    reasons = open_catalogue("tulevaisuus.reports", "os_errors")["os_error"]
    name = errno.errorcode.get(error.errno or 0, "")
    if name in reasons:
        return reasons[name].localize(language)
    reason = error.strerror or str(error)
    extra = _EXTRA.search(reason)
    if extra and language != "en":  # the English message says what needs it
        return reasons["EXTRA"].fill({"extra": extra[1]}, language)
    return escape_unprintable(reason)
