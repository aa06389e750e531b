"""`Role`, what somebody can be in the programme, and `Level`, where that is."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import BodyId, Id, Number, OrganisationId
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.text import Text

__all__ = ["Level", "Role"]


class Level(Code):
    """The whole country, or one region."""

    NATIONAL = "national"
    REGIONAL = "regional"


@attrs.frozen(kw_only=True, repr=False)
class Role(Entity):
    """A role or title (*rooli*, *tehtävänimike*) such as regional coordinator.

    ``organisation`` and ``body`` are where it is, ``posts_stated`` is how many there are.
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
