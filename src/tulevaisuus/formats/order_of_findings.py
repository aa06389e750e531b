"""The order of findings: as in the source that was read, or by register and entity in a report.

A document has its entities in registers: lists of the entities of one class, such as ``grants``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["DocumentOrder", "document_order_key", "in_source_order"]

DocumentOrder: TypeAlias = tuple[int, int, str]
"""A sort key: the number of the register, the length of the index, and the index as text."""

_REGISTER_ORDER = {name: number for number, name in enumerate(("programme", *REGISTERS))}
"""The number of each register in the order of documents."""


def document_order_key(finding: Finding) -> DocumentOrder:
    """Return the sort key of a finding of `check`: by register, as in documents, then by entity.

    Indices are compared as text, because a path may contain a number with very many digits: a
    longer number is greater. Findings without an index come first.
    """
    parts = json_pointers.split(finding.path)
    register = parts[0] if parts else ""
    index = parts[1] if len(parts) > 1 and parts[1].isdecimal() else ""
    return _REGISTER_ORDER.get(register, -1), len(index), index


def in_source_order(source: object, findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings in the order of the source; those with the same path keep their order.

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
