"""`Body`: a group, unit or authority that steers or runs the programme."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import BodyId, Id, OrganisationId
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.period import Period
from tulevaisuus.model.role import Level
from tulevaisuus.model.text import Text

__all__ = ["Body", "BodyKind"]


class BodyKind(Code):
    """The type of a body, such as a steering group or a department.

    *Steering group* (*ohjausryhmä*): steers the programme or a project. *Coordination group*
    (*koordinaatioryhmä*): coordinates how the programme is prepared and implemented, under the
    steering group.
    *Secretariat* (*asiantuntijasihteeristö*): prepares matters for the coordination group. *Project
    office* (*hanketoimisto*): supports the regional projects.
    """

    AUTHORITY = "authority"
    STEERING_GROUP = "steering_group"
    COORDINATION_GROUP = "coordination_group"
    SECRETARIAT = "secretariat"
    PROJECT_OFFICE = "project_office"
    UNIT = "unit"
    DEPARTMENT = "department"
    TEAM = "team"
    ADMINISTRATION = "administration"


@attrs.frozen(kw_only=True, repr=False)
class Body(Entity):
    """A body (*toimielin*, *yksikkö*) of an organisation; ``parent`` is the body above it.

    ``level`` is whether the body is for the whole programme or for the project of one region.
    ``task`` is what the body does according to ``sources``. ``valid`` is the time in which it
    existed, as far as that is known.
    """

    singular: ClassVar[str] = "body"
    plural: ClassVar[str] = "bodies"

    id: Id
    kind: BodyKind | None = None
    name: Text
    level: Level | None = None
    organisation: OrganisationId | None = None
    parent: BodyId | None = None
    task: Text | None = None
    valid: Period | None = None
