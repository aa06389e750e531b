"""`describe`: describes a published data set in DCAT-AP 3 or schema.org, as JSON-LD.

JSON-LD is JSON whose names stand for web addresses. Both vocabularies have names for the properties
of a data set. DCAT-AP is the European profile of the Data Catalog Vocabulary
(https://semiceu.github.io/DCAT-AP/releases/3.0.0/); data.europa.eu and avoindata.fi collect
descriptions in it. Search engines read schema.org (https://schema.org/Dataset). The table
``_PROPERTIES`` maps our fields to the properties of both. Unknown values are left out.

The title, publisher and licence come from a publication file, in TOML::

    title = { fi = "Ohjelman avustukset", sv = "Programmets understöd" }
    description = { fi = "Avustukset 2020–2023." }
    publisher = { name = { fi = "Esimerkkikunta" } }
    issued = 2026-11-26

    [[distributions]]
    url = "https://example.org/avustukset.zip"
    media_type = "application/zip"

A portfolio is all entities of one document.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple, TypeAlias, cast

import attrs

from tulevaisuus.exchange import standards_messages
from tulevaisuus.exchange.formats_registry import WriteOptions
from tulevaisuus.exchange.table_messages import NOT_TOML, NOT_UTF8_OR_WINDOWS_1252
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.decoding import decode
from tulevaisuus.formats.encoding import Json
from tulevaisuus.formats.files import replacing, require_path
from tulevaisuus.model.annotations import Quantity, UniqueList, WebAddress
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.text import Language, Text
from tulevaisuus.model.value import Value

__all__ = [
    "Distribution",
    "Publication",
    "Publisher",
    "Vocabulary",
    "describe",
    "read_publication",
    "write_dcat",
    "write_schema_org",
]


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
"""The ``@context`` of a description: the web addresses that its names are short for."""

_EU_LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
"""The EU's list of languages; the address of a language ends in its code there."""

_EU_LANGUAGE_CODES = {"fi": "FIN", "sv": "SWE", "en": "ENG"}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
"""The registry of media types; the address of one ends in its name."""


@attrs.frozen(kw_only=True, repr=False)
class Publisher(Value):
    """Who publishes a data set: its name, and the address that identifies it."""

    name: Text
    url: WebAddress | None = None


@attrs.frozen(kw_only=True, repr=False)
class Distribution(Value):
    """A file in which a data set is published.

    ``media_type`` is that of the file, such as ``text/csv``; ``licence`` the address of the terms.
    """

    url: WebAddress
    title: Text | None = None
    media_type: str | None = None
    bytes: Quantity | None = None
    licence: WebAddress | None = None


@attrs.frozen(kw_only=True, repr=False)
class Publication(Value):
    """The information that only the publisher of a data set knows.

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

    The period of the data is that of its grants and projects. Nothing else is derived from the
    data.

    Args:
        portfolio: The published data.
        publication: The information from its publisher.
        vocabulary: ``"dcat-ap"`` or ``"schema.org"``.

    Raises:
        ValueError: The vocabulary is another one.
    """
    if vocabulary not in _CONTEXTS:
        raise ValueError(f"the vocabulary is one of {', '.join(_CONTEXTS)}, not {vocabulary!r}")
    mapper = _Mapper(vocabulary)
    dataset = mapper.node("dataset", publication)
    covered = _covered_period(portfolio)
    if covered is not None:
        dataset |= mapper.temporal(covered)
    return {"@context": _CONTEXTS[vocabulary], **dataset}


def _covered_period(portfolio: Portfolio) -> Period | None:
    """Return the period from the first to the last date of grants and projects."""
    all_periods = [grant.usable for grant in portfolio.grants]
    all_periods += [project.period for project in portfolio.projects]
    periods = [period for period in all_periods if period is not None]
    starts, ends = _known_dates(periods, "start"), _known_dates(periods, "end")
    if not periods:
        return None
    dates = [*starts, *ends]
    return Period(start=min(dates) if starts else None, end=max(dates) if ends else None)


def _known_dates(periods: Iterable[Period], name: str) -> list[dt.date]:
    """Return the dates in a field of periods, ``start`` or ``end``, that are known exactly."""
    bounds: list[object] = [getattr(period, name) for period in periods]
    return [bound for bound in bounds if isinstance(bound, dt.date)]


class _Property(NamedTuple):
    """A field, the property of each vocabulary that holds it, and how it is written there."""

    field: str
    dcat: str
    schema: str
    write: Callable[[_Mapper, object], Json]


class _Mapper:
    """Writes the values of a publication in one vocabulary."""

    # The class of each JSON-LD object, by the vocabulary and a name of ours.
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
        """Return a JSON-LD object with the known properties; ``kind`` is a name in `TYPES`."""
        members: dict[str, Json] = {"@type": self.TYPES[self.vocabulary][kind]}
        for mapped in _PROPERTIES[kind]:
            field_value: object = getattr(value, mapped.field)
            name = mapped.dcat if self.is_dcat else mapped.schema
            if field_value is not None and field_value != () and name:
                members[name] = mapped.write(self, field_value)
        return members

    def temporal(self, period: Period) -> dict[str, Json]:
        """Return the period of the data."""
        start, end = (
            bound if isinstance(bound, dt.date) else None for bound in (period.start, period.end)
        )
        if not self.is_dcat:
            return {"temporalCoverage": f"{start or '..'}/{end or '..'}"}
        bounds = {"dcat:startDate": start, "dcat:endDate": end}
        days = {name: self.day(day) for name, day in bounds.items() if day is not None}
        return {"dct:temporal": {"@type": "dct:PeriodOfTime", **days}}

    def text(self, value: object) -> Json:
        """Write a text with its languages."""
        texts = cast("Text", value).set_fields()
        return [
            {"@language": language, "@value": str(texts[language])}
            for language in _EU_LANGUAGE_CODES
            if language in texts
        ]

    def plain(self, value: object) -> Json:
        """Write a text without language."""
        return str(value)

    def link(self, value: object) -> Json:
        """Write an address."""
        return {"@id": str(value)} if self.is_dcat else str(value)

    def links(self, value: object) -> Json:
        """Write several addresses."""
        return [self.link(address) for address in cast("tuple[object, ...]", value)]

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
        codes = [str(language) for language in cast("tuple[object, ...]", value)]
        if not self.is_dcat:
            return cast("Json", codes)
        return [{"@id": f"{_EU_LANGUAGES}{_EU_LANGUAGE_CODES[code]}"} for code in codes]

    def publisher(self, value: object) -> Json:
        """Write the publisher."""
        return self.node("publisher", cast("Publisher", value))

    def distributions(self, value: object) -> Json:
        """Write the files."""
        return [self.node("distribution", file) for file in cast("tuple[Value, ...]", value)]


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
"""The properties for each field of the JSON-LD objects, by the names in `_Mapper.TYPES`."""


def read_publication(path: str | os.PathLike[str]) -> Publication:
    """Read a publication file: the fields of `Publication`, in TOML.

    Raises:
        InvalidValueError: The file is not valid; the error has all findings.
        OSError: The file cannot be opened.
    """
    require_path(path)
    try:
        content: object = tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))
        return decode(Publication, _dates_to_text(content))
    except UnicodeDecodeError:
        raise _error_in_file(path, NOT_UTF8_OR_WINDOWS_1252.finding()) from None
    except tomllib.TOMLDecodeError as error:
        raise _error_in_file(path, NOT_TOML.finding(reason=str(error))) from None
    except InvalidValueError as error:
        raise _error_in_file(path, *error.findings) from None


def _error_in_file(path: str | os.PathLike[str], *findings: Finding) -> InvalidValueError:
    """Make an error whose findings are located in a file."""
    location = Location(source=os.fspath(path))
    return InvalidValueError(attrs.evolve(finding, location=location) for finding in findings)


def _dates_to_text(value: object) -> object:
    """Return a TOML value with its dates as text, as documents have them."""
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        return {name: _dates_to_text(member) for name, member in members.items()}
    if isinstance(value, list):
        return [_dates_to_text(element) for element in cast("list[object]", value)]
    # A date with a time stays, and decoding rejects it.
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    return value


def write_dcat(portfolio: Portfolio, path: Path, options: WriteOptions) -> int:
    """Write the description of a portfolio in DCAT-AP 3, as JSON-LD.

    Raises:
        InvalidValueError: There is no publication file, or it is not valid.
    """
    return _write_description(portfolio, path, options, "dcat-ap")


def write_schema_org(portfolio: Portfolio, path: Path, options: WriteOptions) -> int:
    """Write the description of a portfolio in the vocabulary of schema.org, as JSON-LD.

    Raises:
        InvalidValueError: There is no publication file, or it is not valid.
    """
    return _write_description(portfolio, path, options, "schema.org")


def _write_description(
    portfolio: Portfolio, path: Path, options: WriteOptions, vocabulary: Vocabulary
) -> int:
    """Write the description with the publication file in the options; return 1, for one object."""
    publication_path = options.settings.get("publication")
    if publication_path is None:
        raise InvalidValueError([standards_messages.NO_PUBLICATION_FILE.finding()])
    publication = read_publication(publication_path)
    description = describe(portfolio, publication, vocabulary=vocabulary)
    text = json.dumps(description, ensure_ascii=False, indent=2)
    with replacing(path) as file:
        file.write(f"{text}\n".encode())
    return 1
