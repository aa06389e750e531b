"""`UnreadFields`: reports each field of a source that was not read once, with a count."""

from collections.abc import Iterator

from tulevaisuus.exchange import standards_messages
from tulevaisuus.findings import found_values
from tulevaisuus.findings.finding import Finding

__all__ = ["UnreadFields"]


class UnreadFields:
    """Counts the fields that were not read, and remembers the first path of each."""

    def __init__(self) -> None:
        """Start without fields."""
        self._counts: dict[str, int] = {}
        self._first_paths: dict[str, tuple[str | int, ...]] = {}

    def add(self, name: str, *path: str | int) -> None:
        """Count a field at a path."""
        self._counts[name] = self._counts.get(name, 0) + 1
        self._first_paths.setdefault(name, path)

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each field, at its first path."""
        for name, count in self._counts.items():
            finding = standards_messages.UNREAD_FIELD.finding(
                field=found_values.quote(name), count=count
            )
            yield finding.under(*self._first_paths[name])
