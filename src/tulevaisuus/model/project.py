"""`Project`: a project of the programme in a region, and the organisations that administer it."""

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
    """An organisation that administers a project (*hallinnoija*), and when, if that is known."""

    organisation: OrganisationId
    period: Period | None = None
    sources: UniqueList[SourceId] = ()


@attrs.frozen(kw_only=True, repr=False)
class Project(Entity):
    """A project or package of projects (*hanke*, *hankekokonaisuus*) of one region.

    An absent field is unknown; an empty list means that there are none. ``regions`` are usually one
    wellbeing services county (*hyvinvointialue*). ``administrations`` is a list, because the
    administration could pass to the county on 1.1.2023. ``participants`` take part without
    administering the project. ``period`` is the time in which the project is carried out;
    ``goals``, ``services`` and ``themes`` are what it works on.
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
