"""`Role`, a role or title in the programme, and `Level`, national or regional."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import BodyId, Id, Number, OrganisationId
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.text import Text

__all__ = ["Level", "Role"]


class Level(Code):
    """Whether a role or body is for the whole programme or for the project of one region."""

    NATIONAL = "national"
    REGIONAL = "regional"


@attrs.frozen(kw_only=True, repr=False)
class Role(Entity):
    """A role or title (*rooli*, *tehtävänimike*) such as regional coordinator.

    ``organisation`` and ``body`` are where the role exists. ``posts_stated`` is the number of posts
    that a source states.
    """

    singular: ClassVar[str] = "role"
    plural: ClassVar[str] = "roles"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    name: Text
    level: Level | None = None
    organisation: OrganisationId | None = None
    body: BodyId | None = None
    posts_stated: Number | None = None
    task: Text | None = None
