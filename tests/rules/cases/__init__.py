"""Cases of every rule, a module for each family: documents that break it or follow it.

The name of a case begins with the code of its rule.
"""

from collections.abc import Mapping

from tests.helpers import Case
from tests.rules.cases import (
    centres,
    document,
    grants,
    posts,
    programme,
    projects,
    regions_counties_and_municipalities,
)

__all__ = ["BROKEN", "VALID"]

_FAMILIES = (
    document,
    programme,
    regions_counties_and_municipalities,
    grants,
    projects,
    centres,
    posts,
)

BROKEN: Mapping[str, Case] = {
    name: case for family in _FAMILIES for name, case in family.BROKEN.items()
}
"""Registers that break a rule, with the path and a part of the message of the finding."""

VALID: Mapping[str, Mapping[str, object]] = {
    name: registers for family in _FAMILIES for name, registers in family.VALID.items()
}
"""Registers that follow a rule, at its limits or with too little data to break it."""
