"""`Post`: a role in one place and period, with or without the name of its holder."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import (
    AreaCode,
    BodyId,
    Id,
    MunicipalityCode,
    OrganisationId,
    ProjectId,
    RegionCode,
    RoleCode,
)
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.period import Period

__all__ = ["Post"]


@attrs.frozen(kw_only=True, repr=False)
class Post(Entity):
    """One post (*tehtävä*, *toimi*): one person has the role in one place and period.

    ``seat`` is the municipality where the person works. ``area`` is the group of regions, and
    ``region`` the wellbeing services county, that the post is for. ``holder``, the person's name,
    is personal data: the facts of this library never have it, and `Portfolio.without_personal_data`
    removes it.
    """

    singular: ClassVar[str] = "post"
    plural: ClassVar[str] = "posts"

    id: Id
    role: RoleCode
    body: BodyId | None = None
    organisation: OrganisationId | None = None
    area: AreaCode | None = None
    seat: MunicipalityCode | None = None
    region: RegionCode | None = None
    project: ProjectId | None = None
    period: Period | None = None
    fixed_term: bool | None = None
    holder: str | None = None
