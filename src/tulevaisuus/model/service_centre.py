"""`ServiceCentre`: a social and health services centre; the programme is named after them."""

import datetime as dt
from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id, MunicipalityCode, RegionCode, UniqueList
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.service import ServiceCode
from tulevaisuus.model.text import Language, Text

__all__ = ["ServiceCentre"]


@attrs.frozen(kw_only=True, repr=False)
class ServiceCentre(Entity):
    """A centre (*sote-keskus*) where a client gets all social and health services in one place.

    It brings together social and health professionals (thl-2020-01-24) and eight groups of services
    (thl-programme). Each wellbeing services county, the ``region``, plans its own type of centre.
    """

    singular: ClassVar[str] = "centre"
    plural: ClassVar[str] = "centres"

    id: Id
    name: Text
    region: RegionCode
    municipality: MunicipalityCode | None = None
    services: UniqueList[ServiceCode] | None = None
    languages: UniqueList[Language] | None = None
    opened_on: dt.date | None = None
