"""`Severity`, and `Ranked`: text enums whose members compare by rank, not alphabetically."""

import functools
from collections.abc import Mapping
from enum import StrEnum
from typing import Self

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.localization import LocalizedText

__all__ = ["Ranked", "Severity"]


class Ranked(StrEnum):
    """A text enum whose members have an order; the class lists the highest member first.

    A member also compares with the text of another member; any other text is a `TypeError`.
    """

    @property
    def rank(self) -> int:
        """The rank of the member; the lowest member has rank 1."""
        return _ranks(type(self))[self]

    def _rank_of(self, other: str) -> int:
        if isinstance(other, type(self)):
            return other.rank
        try:
            return type(self)(other).rank
        except ValueError:
            names = ", ".join(type(self))
            message = f"{type(self).__name__} compares with one of {names}, not with {other!r}"
            raise TypeError(message) from None

    def __lt__(self, other: Self | str) -> bool:
        """Return whether the rank is lower."""
        return self.rank < self._rank_of(other)

    def __le__(self, other: Self | str) -> bool:
        """Return whether the rank is lower or equal."""
        return self.rank <= self._rank_of(other)

    def __gt__(self, other: Self | str) -> bool:
        """Return whether the rank is higher."""
        return self.rank > self._rank_of(other)

    def __ge__(self, other: Self | str) -> bool:
        """Return whether the rank is higher or equal."""
        return self.rank >= self._rank_of(other)


@functools.cache
def _ranks(cls: type[Ranked]) -> Mapping[Ranked, int]:
    return {member: rank for rank, member in enumerate(reversed(cls), 1)}


class Severity(Ranked):
    """How bad a finding is: ``error > warning > note``.

    An error contradicts a source or the format. A warning should be looked at. A note is only
    information.

    >>> Severity.ERROR > Severity.NOTE
    True
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> "LocalizedText":
        """The name of the severity in each language."""
        from tulevaisuus.findings.text_catalogue import open_catalogue  # few programs show a label

        return open_catalogue("tulevaisuus.findings", "severities")["Severity"][self.value]

    def __format__(self, spec: str) -> str:
        """Return the name in a language, ``f"{severity:sv}"``, or the value, padded as a text."""
        from tulevaisuus.findings.localization import split_language

        language, text_spec = split_language(spec)
        text = self.value if language is None else self.label.localize(language)
        return format(text, text_spec)
