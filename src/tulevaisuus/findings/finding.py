"""What can be found wrong: the `Finding`, and the `MessageTemplate` that findings are made from."""

from typing import Self

import attrs

from tulevaisuus.findings import pointers
from tulevaisuus.findings.localization import LocalizedText, Param, escape_unprintable
from tulevaisuus.findings.severity import Severity

__all__ = ["Finding", "MessageTemplate"]


@attrs.frozen(kw_only=True)
class Finding:
    """One thing that is wrong, or to be known, at one place of a document.

    ``code`` is the rule's (``TSK302``), ``path`` a JSON Pointer, ``subject`` the kind and key of
    the thing (``grant g21``), ``sources`` the ids of the sources that carry the rule. It holds
    its own template and parameters, so it renders, pickles and compares without any catalogue.
    """

    code: str
    severity: Severity
    path: str = ""
    subject: str = ""
    template: LocalizedText
    params: tuple[tuple[str, Param], ...] = ()
    sources: tuple[str, ...] = ()

    def message(self, language: str) -> str:
        """Say in ``fi``, ``sv`` or ``en`` what was found, what was expected and what to do."""
        return self.template.fill(dict(self.params), language)

    def under(self, *parts: str | int) -> Self:
        """Return the finding as the container sees it: its path prefixed with keys or indices."""
        return self._at(pointers.join(*parts) + self.path, self.subject)

    def of(self, subject: str) -> Self:
        """Return the finding with its subject, unless a thing inside has named itself already."""
        return self if self.subject else self._at(self.path, subject)

    def _at(self, path: str, subject: str) -> Self:
        """Return the finding elsewhere; a document may have very many, and each moves often."""
        return type(self)(
            code=self.code,
            severity=self.severity,
            path=path,
            subject=subject,
            template=self.template,
            params=self.params,
            sources=self.sources,
        )

    def __str__(self) -> str:
        """Return the finding in one English line."""
        parts = (self.path, f"({self.subject})" if self.subject else "")
        place = escape_unprintable(" ".join(part for part in parts if part))
        return f"{self.code} {self.severity}{' at ' * bool(place)}{place}: {self.message('en')}"


@attrs.frozen
class MessageTemplate:
    """What all findings of one kind share: code, words, severity and sources."""

    code: str
    words: LocalizedText
    severity: Severity = Severity.ERROR
    sources: tuple[str, ...] = ()

    def finding(self, path: str = "", /, **params: Param) -> Finding:
        """Make the finding at a path, with the values that the words name."""
        return Finding(
            code=self.code,
            severity=self.severity,
            path=path,
            template=self.words,
            params=tuple(params.items()),
            sources=self.sources,
        )
