"""`Unchecked`: an object of a document that no rule was checked on."""

import attrs

from tulevaisuus.findings.location import Location

__all__ = ["Unchecked"]


@attrs.frozen(kw_only=True)
class Unchecked:
    """An object that was rejected when it was read, so that no rule was checked on it.

    Its errors are among the findings of the report. Once they are corrected, rules may find more.

    ``path`` is its JSON Pointer; that of a register or of the whole document if nothing of it
    could be read. ``subject`` is its class and key (``grant g21``), only the class if the key is
    not readable, and empty for more than one object. ``location`` is where it begins in the file
    that was read, if one was; it does not count when reports are compared.

    >>> Unchecked(path="/grants/1", subject="grant g21").subject
    'grant g21'
    """

    path: str
    subject: str = ""
    location: Location | None = attrs.field(default=None, eq=False)
