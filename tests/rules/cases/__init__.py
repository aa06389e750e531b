"""Cases of every rule, a module each family: documents that break it, and documents that keep it.

The name of a case begins with the code of its rule.
"""

from collections.abc import Mapping

from tests.helpers import Case
from tests.rules.cases import centres, document, grants, posts, programme, projects, regions

__all__ = ["BROKEN", "SOUND"]

_FAMILIES = (document, programme, regions, grants, projects, centres, posts)

BROKEN: Mapping[str, Case] = {
    name: case for family in _FAMILIES for name, case in family.BROKEN.items()
}
"""What breaks a rule, where it is found, and what the message says."""

SOUND: Mapping[str, Mapping[str, object]] = {
    name: registers for family in _FAMILIES for name, registers in family.SOUND.items()
}
"""What keeps a rule although it comes near to breaking it, or says too little to break it."""
