"""The order of the findings of rules: by register, as in documents, then by the entity's index.

The findings of reading are in the order of their source: ``formats/order_of_read_findings.py``.
"""

from typing import TypeAlias

from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["DocumentOrder", "document_order_key"]

DocumentOrder: TypeAlias = tuple[int, int, str]
"""A sort key: the number of the register, the length of the index, and the index as text."""

_REGISTER_ORDER = {name: number for number, name in enumerate(("programme", *REGISTERS))}


def document_order_key(finding: Finding) -> DocumentOrder:
    """Return the sort key of a finding: by register, then by entity.

    Indices are compared as text, because a path may contain a number with very many digits: a
    longer number is greater. Findings without an index come first.
    """
    name, index, *_ = (*json_pointers.split(finding.path), "", "")
    digits = index if index.isdecimal() else ""
    return _REGISTER_ORDER.get(name, -1), len(digits), digits
