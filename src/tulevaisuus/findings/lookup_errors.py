"""Exceptions without findings: for an unknown code or name, and for a date before the facts begin.

A register is a collection of the entities of one class, by key.
"""

from collections.abc import Sequence

__all__ = ["AmbiguousNameError", "OutsideFactsError", "TulevaisuusError", "UnknownCodeError"]


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


class OutsideFactsError(TulevaisuusError, LookupError):
    """A look-up for a date before `FACTS_SINCE`, which the facts do not cover."""

    __module__ = "tulevaisuus"  # as users import it
