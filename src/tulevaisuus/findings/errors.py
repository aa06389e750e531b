"""`InvalidValueError` and `DocumentError`: exceptions that list everything that is wrong.

`CheckError`, which lists its findings in the same way, is in ``report.py``. Errors about keys,
names and dates are in ``lookup_errors.py``, that about languages is in ``localization.py``.
"""

from collections.abc import Iterable, Sequence
from typing import Self

from tulevaisuus.findings.collector import Counts, count_findings
from tulevaisuus.findings.lookup_errors import TulevaisuusError

TYPE_CHECKING = False
if TYPE_CHECKING:  # at run time, imported only to report a mistake
    from tulevaisuus.findings.finding import Finding

__all__ = ["DocumentError", "InvalidValueError", "list_findings"]

_MAX_PRINTED = 20
"""How many findings an exception prints."""


class InvalidValueError(TulevaisuusError, ValueError):
    """A value that is not valid: an entity, a register, a text that was parsed.

    ``findings`` lists what is wrong; paths are relative to the value. If there are very many, it
    contains only the first findings, and ``omitted`` is the exact number of the others. ``counts``
    has the exact numbers of all findings, by code and severity.
    """

    __module__ = "tulevaisuus"  # as users import it

    def __init__(self, findings: "Iterable[Finding]", counts: Counts | None = None) -> None:
        """Keep the findings; ``counts`` are needed if these are only the first of more findings."""
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.counts: Counts = count_findings(self.findings) if counts is None else counts
        super().__init__(self.findings, self.counts)

    @property
    def omitted(self) -> int:
        """How many findings there are beyond those in ``findings``."""
        return sum(number for _, _, number in self.counts) - len(self.findings)

    def under(self, *parts: str | int) -> Self:
        """Return the error of the containing object: ``parts`` are put before every path."""
        return type(self)((finding.under(*parts) for finding in self.findings), self.counts)

    def __str__(self) -> str:
        """List the first findings, one on each line, and the number of the others."""
        return list_findings(self.findings, len(self.findings) + self.omitted)

    def __repr__(self) -> str:
        """Return a short description, however many findings there are."""
        first = f": {self.findings[0]}" if self.findings else ""
        more = len(self.findings) - 1 + self.omitted
        return f"<{type(self).__name__}{first}{f' ... and {more} more' if more > 0 else ''}>"


class DocumentError(InvalidValueError):
    """A document that cannot be read or written; paths are JSON Pointers into the document."""

    __module__ = "tulevaisuus"  # as users import it


def list_findings(findings: "Sequence[Finding]", total: int) -> str:
    """Return the text of an exception: the first findings, and how many more there are."""
    lines = [str(finding) for finding in findings[:_MAX_PRINTED]]
    more = total - len(lines)
    return "\n".join([*lines, f"... and {more} more"] if more else lines)
