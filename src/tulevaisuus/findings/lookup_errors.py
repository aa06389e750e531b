"""Exceptions without findings: an unknown code, name or language, a date before the facts."""

from collections.abc import Sequence

__all__ = [
    "AmbiguousNameError",
    "OutsideFactsError",
    "TulevaisuusError",
    "UnknownCodeError",
    "UnknownLanguageError",
]


_MAX_QUOTED = 60
"""The most characters of a wrong language in a message."""


class TulevaisuusError(Exception):
    """The base of all exceptions that the library raises for wrong input."""

    __module__ = "tulevaisuus"  # as users import it


class UnknownCodeError(TulevaisuusError, KeyError):
    """A code, id or name that a register does not contain.

    ``key`` is the key that was looked up, ``suggestions`` are similar keys.
    """

    __module__ = "tulevaisuus"  # as users import it

    def __init__(self, message: str, key: object = None, suggestions: Sequence[str] = ()) -> None:
        """Keep the message, the key that was looked up, and similar keys."""
        super().__init__(message, key, tuple(suggestions))
        self.key: object = key
        self.suggestions: tuple[str, ...] = tuple(suggestions)

    def __str__(self) -> str:
        """Return the message; `KeyError` would put it in quotes."""
        return str(self.args[0])


class AmbiguousNameError(UnknownCodeError):
    """A name that several objects have; ``suggestions`` are their keys."""

    __module__ = "tulevaisuus"  # as users import it


class UnknownLanguageError(UnknownCodeError, ValueError):
    """A language that is none of ``fi``, ``sv`` and ``en``."""

    __module__ = "tulevaisuus"  # as users import it

    def __init__(self, language: object, known: Sequence[str]) -> None:
        """Make the message, which lists the known languages."""
        # A long text is cut, and a huge number has no text.
        is_number = isinstance(language, int)
        found = type(language).__name__ if is_number else repr(language)[:_MAX_QUOTED]
        meant = _meant(language, known)
        hint = f"did you mean '{meant}'? " if meant else ""
        super().__init__(
            f"unknown language {found}; {hint}use one of {', '.join(known)}", language, known
        )

    def __reduce__(self) -> tuple[type["UnknownLanguageError"], tuple[object, ...]]:
        """Pickle the arguments of the constructor."""
        return type(self), (self.key, self.suggestions)


def _meant(language: object, known: Sequence[str]) -> str | None:
    """Return the known language of a code in capitals, or with a country: ``SV``, ``sv-FI``."""
    if not isinstance(language, str):
        return None
    code = language[:_MAX_QUOTED].strip().lower().replace("_", "-").partition("-")[0]
    return code if code in known else None


class OutsideFactsError(TulevaisuusError, LookupError):
    """A look-up for a date before `FACTS_SINCE`, which the facts do not cover."""

    __module__ = "tulevaisuus"  # as users import it
