"""`CostCategory`: a category of costs that grants may pay, from the list of a decree."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id, Number
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.text import Text

__all__ = ["CostCallKind", "CostCategory"]


class CostCallKind(Code):
    """The call whose decree lists a cost category.

    *Programme*: decree 13/2020. *Structural*: decree 7/2020, on the structural reform.
    """

    PROGRAMME = "programme"
    STRUCTURAL = "structural"


@attrs.frozen(kw_only=True, repr=False)
class CostCategory(Entity):
    """A category of eligible costs (*hyväksyttävät kustannukset*, *godtagbara kostnader*).

    ``number`` is its position in the list of the government decree (*asetus*) on the grants of a
    call, ``name`` the wording there. Some ids are in both lists, so the key is the call kind and
    the id: ``("programme", "travel")``.
    """

    singular: ClassVar[str] = "cost_category"
    plural: ClassVar[str] = "cost_categories"
    key_fields: ClassVar[tuple[str, ...]] = ("call_kind", "id")

    call_kind: CostCallKind
    number: Number
    id: Id
    name: Text
