"""The exceptions of the library; whatever it raises over bad content is a `TulevaisuusError`."""

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

_SHOWN = 100
"""So many findings an exception prints; `findings` always holds all of them."""


class TulevaisuusError(Exception):
    """Anything that the library raises over what it was given."""

    __module__ = "tulevaisuus"  # where users meet it


class InvalidValueError(TulevaisuusError, ValueError):
    """A value that cannot be: a thing, a register, a text that was parsed.

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
        """List the findings, one a line."""
        shown = [str(finding) for finding in self.findings[:_SHOWN]]
        more = len(self.findings) - len(shown) + self.omitted
        return "\n".join([*shown, f"... and {more} more"] if more else shown)


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


class UnknownCodeError(TulevaisuusError, KeyError):
    """A code, id or name that a register does not hold.

    ``key`` is what was asked for, ``suggestions`` are the near ones.
    """

    __module__ = "tulevaisuus"  # where users meet it

    def __init__(self, message: str, key: object = None, suggestions: "Sequence[str]" = ()) -> None:
        """Carry the message, what was asked for, and what may have been meant."""
        super().__init__(message, key, tuple(suggestions))
        self.key: object = key
        self.suggestions: tuple[str, ...] = tuple(suggestions)

    def __str__(self) -> str:
        """Return the message, unlike `KeyError`, which would quote it."""
        return str(self.args[0])


class AmbiguousNameError(UnknownCodeError):
    """A name that several things bear; ``suggestions`` are their keys."""

    __module__ = "tulevaisuus"  # where users meet it


class UnknownLanguageError(UnknownCodeError, ValueError):
    """A language that is none of ``fi``, ``sv`` and ``en``."""

    __module__ = "tulevaisuus"  # where users meet it

    def __init__(self, language: object, known: "Sequence[str]") -> None:
        """Name the languages there are."""
        super().__init__(
            f"unknown language {language!r}; use one of {', '.join(known)}", language, known
        )

    def __reduce__(self) -> tuple[type["UnknownLanguageError"], tuple[object, ...]]:
        """Pickle by what the constructor takes."""
        return type(self), (self.key, self.suggestions)


class OutsideFactsError(TulevaisuusError, LookupError):
    """A question about a day before `FACTS_SINCE`, of which the facts know nothing."""

    __module__ = "tulevaisuus"  # where users meet it
