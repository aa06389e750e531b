"""`Municipality`: the municipalities of Finland, those that merged away among them."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id, MunicipalityCode, RegionCode
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text

__all__ = ["Municipality"]


@attrs.frozen(kw_only=True, repr=False)
class Municipality(Entity):
    """A municipality (*kunta*) by Statistics Finland's three-digit code.

    ``region`` is its county, or the county it was assigned to before 2021; ``maakunta`` the code
    of its region in the older division. ``valid`` is absent while it exists throughout the facts;
    one that merged away ends, and names its ``successor``.
    """

    singular: ClassVar[str] = "municipality"
    plural: ClassVar[str] = "municipalities"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    name: Text
    region: RegionCode
    maakunta: Id | None = None
    valid: Period | None = None
    successor: MunicipalityCode | None = None
