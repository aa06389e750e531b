"""The order of findings: by register in the order of documents, then by index of the entity."""

from typing import TypeAlias

from tulevaisuus.findings import pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["DocumentOrder", "document_order"]

DocumentOrder: TypeAlias = tuple[int, int, str]
"""A sort key: the number of the register, then the length and the digits of the index in it."""

_REGISTER_ORDER = {name: place for place, name in enumerate(("programme", *REGISTERS))}


def document_order(finding: Finding) -> DocumentOrder:
    """Return the sort key of a finding in the order of documents: by register, then by entity.

    The digits of indices are not converted: a longer number is greater, and numbers of one length
    compare as text. Findings without an index come first.
    """
    name, place, *_ = (*pointers.split(finding.path), "", "")
    number = place if place.isdecimal() else ""
    return _REGISTER_ORDER.get(name, -1), len(number), number
