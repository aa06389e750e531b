"""The exceptions of the library; whatever it raises over bad content is a `TulevaisuusError`.

`CheckError`, which holds a whole report, is in ``report.py``.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from tulevaisuus.findings.lookup_errors import (
    AmbiguousNameError,
    OutsideFactsError,
    TulevaisuusError,
    UnknownCodeError,
    UnknownLanguageError,
)

if TYPE_CHECKING:
    from tulevaisuus.findings.finding import Finding

__all__ = [
    "AmbiguousNameError",
    "DocumentError",
    "InvalidValueError",
    "OutsideFactsError",
    "TulevaisuusError",
    "UnknownCodeError",
    "UnknownLanguageError",
]

_SHOWN = 20
"""So many findings an exception prints; `findings` always holds all of them."""


class InvalidValueError(TulevaisuusError, ValueError):
    """A value that is not valid: an object, a register, a text that was parsed.

    ``findings`` lists everything that is wrong, with paths relative to the value.
    """

    __module__ = "tulevaisuus"  # where users meet it

    def __init__(self, findings: "Iterable[Finding]") -> None:
        """Carry the findings."""
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.omitted: int = 0
        super().__init__(self.findings)

    def under(self, *parts: "str | int") -> Self:
        """Return the error as the container sees it: its paths prefixed with keys or indices."""
        return type(self)(finding.under(*parts) for finding in self.findings)

    def __str__(self) -> str:
        """List the first findings, one a line."""
        shown = [str(finding) for finding in self.findings[:_SHOWN]]
        more = len(self.findings) - len(shown) + self.omitted
        return "\n".join([*shown, f"... and {more} more"] if more else shown)

    def __repr__(self) -> str:
        """Return a short description, however many findings there are."""
        first = f": {self.findings[0]}" if self.findings else ""
        more = len(self.findings) - 1 + self.omitted
        return f"<{type(self).__name__}{first}{f' ... and {more} more' if more > 0 else ''}>"


class DocumentError(InvalidValueError):
    """A document that cannot be read or written; paths are JSON Pointers into the document.

    ``omitted`` counts the findings beyond those that are kept of very many.
    """

    __module__ = "tulevaisuus"  # where users meet it

    def __init__(self, findings: "Iterable[Finding]", omitted: int = 0) -> None:
        """Carry the findings, and how many more there were."""
        super().__init__(findings)
        self.omitted = omitted
        self.args: tuple[object, ...] = (self.findings, omitted)  # what a pickle makes it of again
