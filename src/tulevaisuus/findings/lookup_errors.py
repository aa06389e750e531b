"""The exceptions that hold no findings: a name or a day that is asked for in vain."""

from collections.abc import Sequence

__all__ = [
    "AmbiguousNameError",
    "OutsideFactsError",
    "TulevaisuusError",
    "UnknownCodeError",
    "UnknownLanguageError",
]


class TulevaisuusError(Exception):
    """Anything that the library raises over what it was given."""

    __module__ = "tulevaisuus"  # where users meet it


class UnknownCodeError(TulevaisuusError, KeyError):
    """A code, id or name that a register does not hold.

    ``key`` is what was asked for, ``suggestions`` are the near ones.
    """

    __module__ = "tulevaisuus"  # where users meet it

    def __init__(self, message: str, key: object = None, suggestions: Sequence[str] = ()) -> None:
        """Carry the message, what was asked for, and what may have been meant."""
        super().__init__(message, key, tuple(suggestions))
        self.key: object = key
        self.suggestions: tuple[str, ...] = tuple(suggestions)

    def __str__(self) -> str:
        """Return the message, unlike `KeyError`, which would quote it."""
        return str(self.args[0])


class AmbiguousNameError(UnknownCodeError):
    """A name that several objects have; ``suggestions`` are their keys."""

    __module__ = "tulevaisuus"  # where users meet it


class UnknownLanguageError(UnknownCodeError, ValueError):
    """A language that is none of ``fi``, ``sv`` and ``en``."""

    __module__ = "tulevaisuus"  # where users meet it

    def __init__(self, language: object, known: Sequence[str]) -> None:
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
