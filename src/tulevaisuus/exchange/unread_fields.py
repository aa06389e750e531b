"""`UnreadFields`: fields of a source that were not read, each reported once, with its number."""

from collections.abc import Iterator

from tulevaisuus.exchange import standard_messages
from tulevaisuus.findings import expectations
from tulevaisuus.findings.finding import Finding

__all__ = ["UnreadFields"]


class UnreadFields:
    """Counts the fields that were not read, and knows where each is first."""

    def __init__(self) -> None:
        """Start with none."""
        self._counts: dict[str, int] = {}
        self._first: dict[str, tuple[str | int, ...]] = {}

    def add(self, name: str, *place: str | int) -> None:
        """Count a field at a place."""
        self._counts[name] = self._counts.get(name, 0) + 1
        self._first.setdefault(name, place)

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each field, at its first place."""
        for name, count in self._counts.items():
            found = standard_messages.UNREAD_FIELD.finding(
                field=expectations.quote(name), count=count
            )
            yield found.under(*self._first[name])
