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
    """One post (*tehtävä*, *toimi*); ``seat`` is the municipality where its holder works.

    ``holder`` is personal data: the bundled facts never have it, and
    `Portfolio.without_personal_data` removes it.
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
