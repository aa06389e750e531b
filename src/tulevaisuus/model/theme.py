"""`Theme`: a topic that calls emphasise or require, or that concerns all projects."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.service import ServiceCode
from tulevaisuus.model.text import Text

__all__ = ["Theme", "ThemeKind"]


class ThemeKind(Code):
    """Where a theme comes from: a condition or emphasis of a call, or the work of the projects."""

    REQUIRED = "required"
    CALL_EMPHASIS = "call_emphasis"
    CROSS_CUTTING = "cross_cutting"
    PROGRAMME_CONTENT = "programme_content"
    REGIONAL = "regional"
    LINKED_CALL = "linked_call"
    SISTER_PROGRAMME = "sister_programme"


@attrs.frozen(kw_only=True, repr=False)
class Theme(Entity):
    """A topic of the programme's projects (*sisältö*, *teema*) that is not a group of services.

    ``related_service`` is a group of services that is similar but not the same.
    """

    singular: ClassVar[str] = "theme"
    plural: ClassVar[str] = "themes"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    name: Text
    kind: ThemeKind | None = None
    related_service: ServiceCode | None = None
