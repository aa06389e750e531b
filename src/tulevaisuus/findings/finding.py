"""`Finding`: one problem in a document, or one remark on it."""

from typing import Any, Self, cast

import attrs

from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.localization import (
    LocalizedText,
    Param,
    escape_unprintable,
    split_language,
)
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.pydantic_and_notebooks import NotebookMethods, PydanticMethods
from tulevaisuus.findings.severity import Severity

TYPE_CHECKING = False

__all__ = ["Finding", "make_finding"]


@attrs.frozen(kw_only=True, repr=False)
class Finding(PydanticMethods, NotebookMethods):
    """One problem in a document, or one remark on it.

    ``code`` is the code of the rule (``TSK302``), ``path`` a JSON Pointer, ``subject`` the class
    and key of the entity (``grant g21``), ``sources`` the ids of the sources that support the rule.
    ``location`` is the place of ``path`` in the file that was read, or ``None``; comparisons ignore
    it. A finding contains its message template and parameters, so it can be formatted, pickled and
    compared without other data.
    """

    code: str
    severity: Severity
    path: str = ""
    subject: str = ""
    template: LocalizedText
    params: tuple[tuple[str, Param], ...] = ()
    sources: tuple[str, ...] = ()
    location: Location | None = attrs.field(default=None, eq=False)

    def message(self, language: str) -> str:
        """Return the message in ``fi``, ``sv`` or ``en``.

        It says what was found, what was expected and what to do.

        Raises:
            UnknownLanguageError: The language is none of the three.
        """
        return self.template.fill(dict(self.params), language)

    def under(self, *parts: str | int) -> Self:
        """Return the finding as one of the containing object: ``parts`` are put before its path."""
        return self._with(json_pointers.join(*parts) + self.path, self.subject)

    def with_subject(self, subject: str) -> Self:
        """Return the finding with a subject; a finding that has one already keeps it."""
        return self if self.subject else self._with(self.path, subject)

    def _with(self, path: str, subject: str) -> Self:
        """Return a copy with another path and subject.

        `attrs.evolve` takes three times as long, and a document may have very many findings.
        """
        return type(self)(
            code=self.code,
            severity=self.severity,
            path=path,
            subject=subject,
            template=self.template,
            params=self.params,
            sources=self.sources,
            location=self.location,
        )

    def __format__(self, spec: str) -> str:
        """Return one line in a language, ``f"{finding:sv}"``, or `str`, cut as a text: ``:.80``."""
        language, text_spec = split_language(spec)
        if language is None:
            return format(str(self), spec)
        message = self.message(language)
        line = f"{self.code} {self.severity.label.localize(language)} {self._place}".rstrip()
        return format(f"{line}: {message}", text_spec)

    def __str__(self) -> str:
        """Return the finding in one English line."""
        at_place = f" at {self._place}" if self._place else ""
        return f"{self.code} {self.severity}{at_place}: {self.message('en')}"

    @property
    def _place(self) -> str:
        parts = (self.path, f"({self.subject})" if self.subject else "")
        return escape_unprintable(" ".join(part for part in parts if part))

    def __repr__(self) -> str:
        """Return the same line in brackets; with the templates it would be far too long."""
        return f"<Finding: {self}>"


class _MutableFinding(Finding):
    """A finding whose fields can still be set; `make_finding` uses it."""

    __slots__ = ()

    if not TYPE_CHECKING:  # type checkers must not see that a finding can change
        __setattr__ = object.__setattr__
        __delattr__ = object.__delattr__


def make_finding(
    *,
    code: str,
    severity: Severity,
    path: str,
    subject: str,
    template: LocalizedText,
    params: tuple[tuple[str, Param], ...],
    sources: tuple[str, ...],
) -> Finding:
    """Make a finding without a location, in a third of the time that the constructor takes.

    A check of a large document can make hundreds of thousands of findings. The constructor of a
    frozen class sets each field with `object.__setattr__`, which is slow. Here the object belongs
    to a class that is not frozen until all fields are set.

    Args:
        code: The code of the rule.
        severity: The severity of the finding.
        path: The JSON Pointer to the value.
        subject: The class and key of the entity.
        template: The message template.
        params: The values that the template names.
        sources: The ids of the sources that support the rule.

    """
    finding = cast("Any", object.__new__(_MutableFinding))
    finding.code, finding.severity, finding.path, finding.subject = code, severity, path, subject
    finding.template, finding.params, finding.sources = template, params, sources
    finding.location = None
    finding.__class__ = Finding
    return cast("Finding", finding)
