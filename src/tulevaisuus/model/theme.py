"""`Theme`: a topic that calls ask for or projects work on, and that is not a group of services."""

from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.service import ServiceCode
from tulevaisuus.model.text import Text

__all__ = ["Theme", "ThemeKind"]


class ThemeKind(Code):
    """Where a theme comes from: a condition or emphasis of a call, or the work of the projects.

    *Required*: a call demands it of every project. *Call emphasis*: a call emphasises it without
    demanding it. *Cross-cutting*: it belongs to several goals or to all of the programme.
    *Programme content*: a source counts it among the key contents of the programme. *Regional*:
    only projects of some regions name it. *Linked call*: it comes from a call that was announced
    together with the programme's call. *Sister programme*: it comes from a programme or reform
    beside this one (`Initiative`).
    """

    REQUIRED = "required"
    CALL_EMPHASIS = "call_emphasis"
    CROSS_CUTTING = "cross_cutting"
    PROGRAMME_CONTENT = "programme_content"
    REGIONAL = "regional"
    LINKED_CALL = "linked_call"
    SISTER_PROGRAMME = "sister_programme"


@attrs.frozen(kw_only=True, repr=False)
class Theme(Entity):
    """A topic (*sisältö*, *teema*) of calls or projects that is not a group of services.

    Calls ask for it, or projects work on it. ``related_service`` is the group of services
    (`Service`) that is similar but not the same.
    """

    singular: ClassVar[str] = "theme"
    plural: ClassVar[str] = "themes"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)  # the fields that identify a theme

    code: Id
    name: Text
    kind: ThemeKind | None = None
    related_service: ServiceCode | None = None
