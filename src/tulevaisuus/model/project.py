"""`Project`: a region's project of the programme, and who administers it when."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import (
    Id,
    OrganisationId,
    RegionCode,
    SourceId,
    ThemeCode,
    UniqueList,
)
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.goal import GoalNumber
from tulevaisuus.model.period import Period
from tulevaisuus.model.service import ServiceCode
from tulevaisuus.model.text import Text
from tulevaisuus.model.value import Value

__all__ = ["Administration", "Project"]


@attrs.frozen(repr=False)
class Administration(Value):
    """Who administers a project (*hallinnoija*), and when, as far as the days are known."""

    organisation: OrganisationId
    period: Period | None = None
    sources: UniqueList[SourceId] = ()


@attrs.frozen(kw_only=True, repr=False)
class Project(Entity):
    """A project or package of projects (*hanke*, *hankekokonaisuus*) of one region.

    What is absent is not known; an empty list is known to be none. Its administration could pass
    to the county on 1.1.2023, so ``administrations`` is a list.
    """

    singular: ClassVar[str] = "project"
    plural: ClassVar[str] = "projects"

    id: Id
    name: Text
    short_name: Text | None = None
    regions: UniqueList[RegionCode]
    administrations: UniqueList[Administration] | None = None
    participants: UniqueList[OrganisationId] | None = None
    period: Period | None = None
    goals: UniqueList[GoalNumber] | None = None
    services: UniqueList[ServiceCode] | None = None
    themes: UniqueList[ThemeCode] | None = None
