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

    ``title`` is the source's own, in its language, ``about`` says in English what it is and holds.
    ``published`` is its day, if it has one, and ``read_on`` the day on which it was read.
    ``licence`` names the terms of the data, where they were stated beside it.
    """

    singular: ClassVar[str] = "source"
    plural: ClassVar[str] = "sources"

    id: Id
    publisher: str
    about: str
    title: str | None = None
    url: WebAddress | None = None
    published: dt.date | None = None
    read_on: dt.date | None = None
    licence: str | None = None
    language: Language | None = None
