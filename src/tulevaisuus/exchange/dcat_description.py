"""`describe`: a published data set in the words of DCAT-AP 3 or schema.org, as JSON-LD.

DCAT-AP is the European profile of the Data Catalog Vocabulary
(https://semiceu.github.io/DCAT-AP/releases/3.0.0/), which data.europa.eu and avoindata.fi collect;
search engines read schema.org (https://schema.org/Dataset). Which property of each vocabulary holds
what is one table; what is not given is absent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Literal, NamedTuple, TypeAlias, cast

import attrs

from tulevaisuus.formats.encoding import Json
from tulevaisuus.model.annotations import Quantity, UniqueList, WebAddress
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.text import Language, Text
from tulevaisuus.model.value import Value

__all__ = ["Distribution", "Publication", "Publisher", "Vocabulary", "describe"]

Vocabulary: TypeAlias = Literal["dcat-ap", "schema.org"]
"""The vocabulary of a description."""

_CONTEXTS: Mapping[str, Json] = {
    "dcat-ap": {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    },
    "schema.org": "https://schema.org/",
}
_LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
_LANGUAGE_CODES = {"fi": "FIN", "sv": "SWE", "en": "ENG"}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


@attrs.frozen(kw_only=True, repr=False)
class Publisher(Value):
    """Who publishes a data set: its name, and the address that identifies it."""

    name: Text
    url: WebAddress | None = None


@attrs.frozen(kw_only=True, repr=False)
class Distribution(Value):
    """A file in which a data set can be had.

    ``media_type`` is that of the file, such as ``text/csv``; ``licence`` the address of the terms.
    """

    url: WebAddress
    title: Text | None = None
    media_type: str | None = None
    bytes: Quantity | None = None
    licence: WebAddress | None = None


@attrs.frozen(kw_only=True, repr=False)
class Publication(Value):
    """What only the publisher of a data set knows; what is absent is not written.

    ``id`` is the address that identifies the data set, ``page`` the page about it. ``themes`` are
    addresses of subjects, such as those of the EU's list of data themes.
    """

    title: Text
    description: Text
    id: WebAddress | None = None
    page: WebAddress | None = None
    publisher: Publisher | None = None
    issued: dt.date | None = None
    modified: dt.date | None = None
    languages: UniqueList[Language] | None = None
    themes: UniqueList[WebAddress] | None = None
    distributions: tuple[Distribution, ...] = ()


def describe(
    portfolio: Portfolio, publication: Publication, *, vocabulary: Vocabulary = "dcat-ap"
) -> dict[str, Json]:
    """Return the description of a published data set: a JSON-LD object.

    The time that the data covers is that of the grants and projects. Nothing else is concluded, and
    no publisher is made up.

    Args:
        portfolio: The data that is published.
        publication: What its publisher says of it.
        vocabulary: ``"dcat-ap"`` or ``"schema.org"``.

    Raises:
        ValueError: The vocabulary is none of these.
    """
    if vocabulary not in _CONTEXTS:
        raise ValueError(f"the vocabulary is one of {', '.join(_CONTEXTS)}, not {vocabulary!r}")
    mapper = _Mapper(vocabulary)
    made = mapper.node("dataset", publication)
    covered = _covered(portfolio)
    if covered is not None:
        made |= mapper.temporal(covered)
    return {"@context": _CONTEXTS[vocabulary], **made}


def _covered(portfolio: Portfolio) -> Period | None:
    """Return the time from the first to the last day that the data states."""
    given = [each.usable for each in portfolio.grants]
    given += [each.period for each in portfolio.projects]
    periods = [each for each in given if each is not None]
    starts, ends = _days(periods, "start"), _days(periods, "end")
    if not periods:
        return None
    days = [*starts, *ends]
    return Period(start=min(days) if starts else None, end=max(days) if ends else None)


def _days(periods: Iterable[Period], side: str) -> list[dt.date]:
    bounds: list[object] = [getattr(each, side) for each in periods]
    return [each for each in bounds if isinstance(each, dt.date)]


class _Property(NamedTuple):
    """A field, the property of each vocabulary that holds it, and how it is written there."""

    field: str
    dcat: str
    schema: str
    write: Callable[[_Mapper, object], Json]


class _Mapper:
    """Writes the values of a publication in one vocabulary."""

    TYPES: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "dcat-ap": {
            "dataset": "dcat:Dataset",
            "distribution": "dcat:Distribution",
            "publisher": "foaf:Agent",
        },
        "schema.org": {
            "dataset": "Dataset",
            "distribution": "DataDownload",
            "publisher": "Organization",
        },
    }

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.is_dcat = vocabulary == "dcat-ap"

    def node(self, kind: str, value: Value) -> dict[str, Json]:
        """Return an object with the properties that are given."""
        made: dict[str, Json] = {"@type": self.TYPES[self.vocabulary][kind]}
        for row in _PROPERTIES[kind]:
            given: object = getattr(value, row.field)
            name = row.dcat if self.is_dcat else row.schema
            if given is not None and given != () and name:
                made[name] = row.write(self, given)
        return made

    def temporal(self, period: Period) -> dict[str, Json]:
        """Return the time that is covered."""
        start, end = (
            each if isinstance(each, dt.date) else None for each in (period.start, period.end)
        )
        if not self.is_dcat:
            return {"temporalCoverage": f"{start or '..'}/{end or '..'}"}
        bounds = {"dcat:startDate": start, "dcat:endDate": end}
        days = {name: self.day(day) for name, day in bounds.items() if day is not None}
        return {"dct:temporal": {"@type": "dct:PeriodOfTime", **days}}

    def text(self, value: object) -> Json:
        """Write a text with its languages."""
        words = cast("Text", value).set_fields()
        return [
            {"@language": language, "@value": str(words[language])}
            for language in _LANGUAGE_CODES
            if language in words
        ]

    def plain(self, value: object) -> Json:
        """Write a text without language."""
        return str(value)

    def link(self, value: object) -> Json:
        """Write an address as what it identifies."""
        return {"@id": str(value)} if self.is_dcat else str(value)

    def links(self, value: object) -> Json:
        """Write several addresses."""
        return [self.link(each) for each in cast("tuple[object, ...]", value)]

    def day(self, value: object) -> Json:
        """Write a day."""
        return {"@type": "xsd:date", "@value": str(value)} if self.is_dcat else str(value)

    def size(self, value: object) -> Json:
        """Write a number of bytes."""
        kind = "xsd:nonNegativeInteger"
        return {"@type": kind, "@value": str(value)} if self.is_dcat else f"{value} B"

    def media_type(self, value: object) -> Json:
        """Write a media type: in DCAT-AP as the address of its registration."""
        return {"@id": f"{_MEDIA_TYPES}{value}"} if self.is_dcat else str(value)

    def languages(self, value: object) -> Json:
        """Write languages: in DCAT-AP as entries of the EU's list."""
        codes = [str(each) for each in cast("tuple[object, ...]", value)]
        if not self.is_dcat:
            return cast("Json", codes)
        return [{"@id": f"{_LANGUAGES}{_LANGUAGE_CODES[code]}"} for code in codes]

    def publisher(self, value: object) -> Json:
        """Write the publisher."""
        return self.node("publisher", cast("Publisher", value))

    def distributions(self, value: object) -> Json:
        """Write the files."""
        return [self.node("distribution", each) for each in cast("tuple[Value, ...]", value)]


_PROPERTIES: Mapping[str, tuple[_Property, ...]] = {
    "dataset": (
        _Property("id", "@id", "@id", _Mapper.plain),
        _Property("title", "dct:title", "name", _Mapper.text),
        _Property("description", "dct:description", "description", _Mapper.text),
        _Property("page", "dcat:landingPage", "url", _Mapper.link),
        _Property("publisher", "dct:publisher", "publisher", _Mapper.publisher),
        _Property("issued", "dct:issued", "datePublished", _Mapper.day),
        _Property("modified", "dct:modified", "dateModified", _Mapper.day),
        _Property("languages", "dct:language", "inLanguage", _Mapper.languages),
        _Property("themes", "dcat:theme", "about", _Mapper.links),
        _Property("distributions", "dcat:distribution", "distribution", _Mapper.distributions),
    ),
    "distribution": (
        _Property("url", "dcat:accessURL", "contentUrl", _Mapper.link),
        _Property("title", "dct:title", "name", _Mapper.text),
        _Property("media_type", "dcat:mediaType", "encodingFormat", _Mapper.media_type),
        _Property("bytes", "dcat:byteSize", "contentSize", _Mapper.size),
        _Property("licence", "dct:license", "license", _Mapper.link),
    ),
    "publisher": (
        _Property("url", "@id", "url", _Mapper.plain),
        _Property("name", "foaf:name", "name", _Mapper.text),
    ),
}
"""Where each vocabulary puts what: the one table of both."""
