"""The order of findings of a source: that of its text, whatever order they were found in."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from tulevaisuus.findings import pointers
from tulevaisuus.findings.finding import Finding

__all__ = ["in_source_order"]


def in_source_order(source: object, findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings in the order of the source; at one place they keep their order.

    Args:
        source: Plain data: mappings and lists within each other.
        findings: Findings whose paths lead into it.
    """
    order = _Order(source)
    return sorted(findings, key=lambda finding: tuple(order.steps(finding.path)))


class _Order:
    """The order of a source, as sort keys of paths."""

    def __init__(self, source: object) -> None:
        self.source = source
        # By the id of a mapping, as many findings are in the same few mappings: numbering the keys
        # of a large one for each finding would take quadratic time.
        self.numbered: dict[int, dict[str, int]] = {}

    def steps(self, path: str) -> Iterator[int]:
        """Return the position of each part of a pointer in its mapping or list."""
        value = self.source
        for part in pointers.split(path):
            if isinstance(value, Mapping):
                members = cast("Mapping[str, object]", value)
                places = self._places(members)
                yield places.get(part, len(places))
                value = members.get(part)
            elif isinstance(value, list | tuple):
                elements = cast("list[Any]", value)
                yield int(part)
                value = elements[int(part)] if int(part) < len(elements) else None

    def _places(self, members: Mapping[str, object]) -> dict[str, int]:
        if id(members) not in self.numbered:
            self.numbered[id(members)] = {name: index for index, name in enumerate(members)}
        return self.numbered[id(members)]
