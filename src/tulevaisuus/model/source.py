"""`Source`: a page, release, decree or data set that states facts."""

import datetime as dt
from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id, WebAddress
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.text import Language

__all__ = ["Source"]


@attrs.frozen(kw_only=True, repr=False)
class Source(Entity):
    """Where a fact was read: every fact carries the ids of its sources.

    ``about`` says in English what the source is; ``published`` is its day, if it has one.
    """

    singular: ClassVar[str] = "source"
    plural: ClassVar[str] = "sources"

    id: Id
    publisher: str
    about: str
    url: WebAddress | None = None
    published: dt.date | None = None
    language: Language | None = None
