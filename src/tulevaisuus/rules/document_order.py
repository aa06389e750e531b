"""The order of findings: that of the keys of documents, then that of the entities."""

from typing import TypeAlias

from tulevaisuus.findings import pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["DocumentOrder", "document_order"]

DocumentOrder: TypeAlias = tuple[int, int, str]
"""A sort key: the order of the register, then the index in it, by length and digits."""

_REGISTER_ORDER = {name: place for place, name in enumerate(("programme", *REGISTERS))}


def document_order(finding: Finding) -> DocumentOrder:
    """Return the sort key of a finding in the order of documents: by register, then by entity.

    Indices are compared as text: of two numbers the longer is the greater. Findings without an
    index come first.
    """
    name, place, *_ = (*pointers.split(finding.path), "", "")
    number = place if place.isdecimal() else ""
    return _REGISTER_ORDER.get(name, -1), len(number), number
