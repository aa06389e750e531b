"""Sorts the findings of reading: they are in the order of the text of their source.

The order of the findings of rules is in ``rules/order_of_rule_findings.py``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.finding import Finding

__all__ = ["in_source_order"]


def in_source_order(source: object, findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings in the order of the source; findings with the same path keep their order.

    Args:
        source: Plain data: nested mappings and lists.
        findings: Findings with paths in the source.
    """
    order = _Order(source)
    return sorted(findings, key=lambda finding: tuple(order.steps(finding.path)))


class _Order:
    """Makes sort keys of paths."""

    def __init__(self, source: object) -> None:
        self.source = source
        # Cached by the id of the mapping: many findings are in the same few mappings, and to number
        # the keys of a large mapping for each finding would take quadratic time.
        self.positions_by_mapping: dict[int, dict[str, int]] = {}

    def steps(self, path: str) -> Iterator[int]:
        """Return the position of each part of a pointer in its mapping or list."""
        value = self.source
        for part in json_pointers.split(path):
            if isinstance(value, Mapping):
                members = cast("Mapping[str, object]", value)
                positions = self._positions(members)
                yield positions.get(part, len(positions))
                value = members.get(part)
            elif isinstance(value, list | tuple):
                elements = cast("list[Any]", value)
                yield int(part)
                value = elements[int(part)] if int(part) < len(elements) else None

    def _positions(self, members: Mapping[str, object]) -> dict[str, int]:
        positions = self.positions_by_mapping.get(id(members))
        if positions is None:
            positions = {name: index for index, name in enumerate(members)}
            self.positions_by_mapping[id(members)] = positions
        return positions
