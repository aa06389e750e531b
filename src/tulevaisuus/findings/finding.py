"""`Finding`: one problem or remark, at one place."""

from typing import Any, Self, cast

import attrs

from tulevaisuus.findings import pointers
from tulevaisuus.findings._output_hooks import NotebookOutput, PydanticOutput
from tulevaisuus.findings.localization import LocalizedText, Param, escape_unprintable
from tulevaisuus.findings.severity import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.location import Location  # not opened before something is wrong

__all__ = ["Finding", "make_finding"]


@attrs.frozen(kw_only=True, repr=False)
class Finding(PydanticOutput, NotebookOutput):
    """One problem in a document, or a remark on it, at one place.

    ``code`` is the rule's (``TSK302``), ``path`` a JSON Pointer, ``subject`` the kind and key of
    the entity (``grant g21``), ``sources`` the ids of the sources that support the rule.
    ``location`` is where ``path`` points to in the file that was read, if one was; it does not
    count when findings are compared. A finding holds its own template and parameters, so it
    renders, pickles and compares without any catalogue.
    """

    code: str
    severity: Severity
    path: str = ""
    subject: str = ""
    template: LocalizedText
    params: tuple[tuple[str, Param], ...] = ()
    sources: tuple[str, ...] = ()
    location: "Location | None" = attrs.field(default=None, eq=False)

    def message(self, language: str) -> str:
        """Return in ``fi``, ``sv`` or ``en`` what was found, what was expected and what to do.

        Raises:
            UnknownLanguageError: The language is none of the three.
        """
        return self.template.fill(dict(self.params), language)

    def under(self, *parts: str | int) -> Self:
        """Return the finding with a prefixed path, as a finding on the containing object."""
        return self._with(pointers.join(*parts) + self.path, self.subject)

    def with_subject(self, subject: str) -> Self:
        """Return the finding with its subject, unless an entity inside is its subject already."""
        return self if self.subject else self._with(self.path, subject)

    def _with(self, path: str, subject: str) -> Self:
        """Return the finding with another path and subject.

        `attrs.evolve` would take three times as long, and a document may have very many findings.
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

    def __str__(self) -> str:
        """Return the finding in one English line."""
        parts = (self.path, f"({self.subject})" if self.subject else "")
        place = escape_unprintable(" ".join(part for part in parts if part))
        return f"{self.code} {self.severity}{' at ' * bool(place)}{place}: {self.message('en')}"

    def __repr__(self) -> str:
        """Return the same line in brackets: the templates would make it far too long."""
        return f"<Finding: {self}>"


class _Unfrozen(Finding):
    """A finding while its fields are set: an instance that can still change."""

    __slots__ = ()

    if not TYPE_CHECKING:  # for type checkers every finding is frozen
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
    """Make a finding without a location, as its constructor does, in a third of the time.

    A check of a large document makes hundreds of thousands. The constructor of a frozen class sets
    each field by `object.__setattr__`; here they are set while the object is of a class that is
    not frozen.

    Args:
        code: The rule's.
        severity: How bad it is.
        path: The JSON Pointer.
        subject: The kind and key of the entity.
        template: The message.
        params: The values in it.
        sources: The ids of the sources that support the rule.

    """
    made = cast("Any", object.__new__(_Unfrozen))
    made.code, made.severity, made.path, made.subject = code, severity, path, subject
    made.template, made.params, made.sources, made.location = template, params, sources, None
    made.__class__ = Finding
    return cast("Finding", made)
