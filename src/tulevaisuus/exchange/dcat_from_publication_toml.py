"""Publication files: TOML files with the title, publisher and licence of a data set.

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

from tulevaisuus.exchange import standards_messages
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
        InvalidValueError: The file is not valid; the error has all findings.
        OSError: The file cannot be opened.
    """
    require_path(path)
    try:
        content: object = tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))
        return decode(Publication, _dates_to_text(content))
    except UnicodeDecodeError:
        raise _error_in_file(path, NOT_TEXT.finding()) from None
    except tomllib.TOMLDecodeError as error:
        raise _error_in_file(path, NOT_TOML.finding(reason=str(error))) from None
    except InvalidValueError as error:
        raise _error_in_file(path, *error.findings) from None


def _error_in_file(path: str | os.PathLike[str], *findings: Finding) -> InvalidValueError:
    location = Location(source=os.fspath(path))
    return InvalidValueError(attrs.evolve(each, location=location) for each in findings)


def _dates_to_text(value: object) -> object:
    """Return a TOML value with its dates as text, as documents have them."""
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        return {name: _dates_to_text(each) for name, each in members.items()}
    if isinstance(value, list):
        return [_dates_to_text(each) for each in cast("list[object]", value)]
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
    publication_path = options.settings.get("publication")
    if publication_path is None:
        raise InvalidValueError([standards_messages.NO_PUBLICATION.finding()])
    publication = read_publication(publication_path)
    description = describe(portfolio, publication, vocabulary=vocabulary)
    text = json.dumps(description, ensure_ascii=False, indent=2)
    with replacing(path) as file:
        file.write(f"{text}\n".encode())
    return 1
