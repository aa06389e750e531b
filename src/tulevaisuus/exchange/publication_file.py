"""Publication files: what its publisher says of a data set, in TOML, for its description.

title = { fi = "Ohjelman avustukset", sv = "Programmets understöd" }
description = { fi = "Avustukset 2020–2023." }
publisher = { name = { fi = "Esimerkkikunta" } }
issued = 2026-11-26

[[distributions]]
url = "https://example.org/avustukset.zip"
media_type = "application/zip"
"""

from __future__ import annotations

import datetime as dt
import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import attrs

from tulevaisuus.exchange import standard_messages
from tulevaisuus.exchange.dcat_description import Publication, Vocabulary, describe
from tulevaisuus.exchange.formats_registry import WriteOptions
from tulevaisuus.exchange.table_messages import NOT_TEXT, NOT_TOML
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats.decoding import decode
from tulevaisuus.formats.files import replacing, require_path
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["read_publication", "write_dcat", "write_schema_org"]


def read_publication(path: str | os.PathLike[str]) -> Publication:
    """Read a publication file: the fields of `Publication`, in TOML.

    Raises:
        InvalidValueError: It is not valid; it lists everything.
        OSError: The file cannot be opened.
    """
    require_path(path)
    try:
        given: object = tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))
        return decode(Publication, _plain(given))
    except UnicodeDecodeError:
        raise _located(path, NOT_TEXT.finding()) from None
    except tomllib.TOMLDecodeError as error:
        raise _located(path, NOT_TOML.finding(reason=str(error))) from None
    except InvalidValueError as error:
        raise _located(path, *error.findings) from None


def _located(path: str | os.PathLike[str], *findings: Finding) -> InvalidValueError:
    location = Location(source=os.fspath(path))
    return InvalidValueError(attrs.evolve(each, location=location) for each in findings)


def _plain(value: object) -> object:
    """Return what TOML has read as a document would have it: days are text there."""
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        return {name: _plain(each) for name, each in members.items()}
    if isinstance(value, list):
        return [_plain(each) for each in cast("list[object]", value)]
    # A time of day stays what it is, and is rejected as no day.
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    return value


def write_dcat(portfolio: Portfolio, path: Path, options: WriteOptions) -> int:
    """Write the description of a portfolio in DCAT-AP 3, as JSON-LD.

    Raises:
        InvalidValueError: There is no publication file, or it is not valid.
    """
    return _write(portfolio, path, options, "dcat-ap")


def write_schema_org(portfolio: Portfolio, path: Path, options: WriteOptions) -> int:
    """Write the description of a portfolio in the words of schema.org, as JSON-LD.

    Raises:
        InvalidValueError: There is no publication file, or it is not valid.
    """
    return _write(portfolio, path, options, "schema.org")


def _write(portfolio: Portfolio, path: Path, options: WriteOptions, vocabulary: Vocabulary) -> int:
    given = options.settings.get("publication")
    if given is None:
        raise InvalidValueError([standard_messages.NO_PUBLICATION.finding()])
    made = describe(portfolio, read_publication(given), vocabulary=vocabulary)
    text = json.dumps(made, ensure_ascii=False, indent=2)
    with replacing(path) as file:
        file.write(f"{text}\n".encode())
    return 1
