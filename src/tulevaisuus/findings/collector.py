"""`Collector`: keeps findings up to a limit, and counts all of them."""

import sys
from collections.abc import Iterable
from itertools import islice
from typing import TypeAlias

from tulevaisuus.findings.severity import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:  # at run time, imported only to report a mistake
    from tulevaisuus.findings.finding import Finding

__all__ = ["DEFAULT_LIMIT", "Collector", "Counts", "count_findings"]

DEFAULT_LIMIT = 1000
"""The maximum number of findings that are kept for one value, unless a reader sets another."""

Counts: TypeAlias = tuple[tuple[str, Severity, int], ...]
"""The number of findings by code and severity, sorted."""


class Collector:
    """Keeps the first findings up to a limit, and counts all findings.

    A document of 600 kB can contain 300,000 wrong values. A finding takes about three kilobytes,
    so keeping all of them would take a gigabyte, and nobody reads so many.
    """

    __slots__ = ("_counter", "findings", "limit", "total")

    def __init__(self, limit: int | None = None) -> None:
        """Keep at most ``limit`` findings; ``None`` keeps all."""
        self.limit: int = sys.maxsize if limit is None else min(limit, sys.maxsize)
        self.findings: list[Finding] = []
        # A dict, because creating a Counter is slow and every object that is read has a collector.
        self._counter: dict[tuple[str, Severity], int] = {}
        self.total: int = 0  # the exact number of findings

    def add(self, *findings: "Finding") -> None:
        """Add findings."""
        self.extend(findings)

    def extend(self, findings: "Iterable[Finding]", counts: Counts | None = None) -> None:
        """Add findings.

        ``counts`` are needed if ``findings`` are only the first of more findings: the counts are
        exact, and include the given findings.
        """
        if counts is not None:
            self.findings += islice(findings, self.limit - len(self.findings))
            for code, severity, number in counts:
                self._count((code, severity), number)
            return
        kept, limit, counter = self.findings, self.limit, self._counter
        for finding in findings:  # may be very many, so there are no calls in the loop
            if len(kept) < limit:
                kept.append(finding)
            key = (finding.code, finding.severity)
            counter[key] = counter.get(key, 0) + 1
            self.total += 1

    def _count(self, key: tuple[str, Severity], number: int) -> None:
        self._counter[key] = self._counter.get(key, 0) + number
        self.total += number

    @property
    def counts(self) -> Counts:
        """The exact number of findings by code and severity, including those that were not kept."""
        return tuple((*key, number) for key, number in sorted(self._counter.items()) if number)


def count_findings(findings: "Iterable[Finding]") -> Counts:
    """Count findings by code and severity; none of them is kept."""
    collector = Collector(0)
    collector.extend(findings)
    return collector.counts
