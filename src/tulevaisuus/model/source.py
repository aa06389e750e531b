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
    """A page or document in which facts were read; every fact has the ids of its sources.

    ``title`` is the title in the language of the source; ``about`` describes its contents in
    English. ``published`` is its publication date, if it has one, and ``read_on`` the date on which
    it was read. ``licence`` names the terms of the data, if the source states them.
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
