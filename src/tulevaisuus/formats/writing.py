"""Writes documents; the same portfolio is always written as the same text.

A portfolio has all entities of one document, in registers: the entities of one class, by key. An
entity is one record, such as a grant.
"""

from __future__ import annotations

import functools
import io
import json
import os
from collections.abc import Iterable
from pathlib import PurePath
from typing import IO, TypeAlias, cast

from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.argument_checks import has_type
from tulevaisuus.findings.errors import DocumentError, InvalidValueError
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.formats.encoding import Json, encode_as, encode_each
from tulevaisuus.formats.files import replacing
from tulevaisuus.formats.format_version import FORMAT, FORMAT_VERSION
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import ListOf, ObjectOf
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.type_errors import wrong_type
from tulevaisuus.model.value import fields_of

__all__ = ["Output", "document_of", "dump", "dumps", "expected_in_place_of"]

Output: TypeAlias = str | os.PathLike[str] | IO[str] | IO[bytes]
"""Where a document is written: a path, or an open file."""

_OTHER_WRITERS = {
    (".csv", ".tsv", ".xls", ".xlsm", ".xlsx", ".ods"): "exchange.write_table",
    (".parquet",): "exchange.write_parquet",
    (".zip",): "exchange.write_package",
    (".jsonl", ".ndjson"): "formats.write_lines",
}
"""Endings of files that are no documents, and what writes such a file."""

_SCHEMA = f"urn:tulevaisuus:schema:{FORMAT_VERSION}:portfolio"


def dumps(portfolio: Portfolio, *, downgrade: bool = False) -> str:
    """Return a portfolio as a document: JSON text, indented by two spaces, with a final newline.

    A portfolio that was read from a newer version raises a `DocumentError`, as fields that this
    release does not know would be lost; ``downgrade`` accepts that. An object of your own class is
    written as its base class; a field that the base class does not have is an `InvalidValueError`.
    """
    return (
        json.dumps(document_of(portfolio, downgrade=downgrade), ensure_ascii=False, indent=2) + "\n"
    )


def dump(portfolio: Portfolio, target: Output, *, downgrade: bool = False) -> None:
    """Write a portfolio to a path or an open file, as `dumps` does.

    A path is written atomically: on any error the old file stays. ``.gz`` and ``.zst`` are
    compressed.

    Args:
        portfolio: The portfolio to write.
        target: A path, or a file opened in text or binary mode.
        downgrade: Whether fields of a newer version may be lost.

    Raises:
        ValueError: The path ends as that of a table or package, which no document is.
        TypeError: The target is neither a path nor an open file.
        DocumentError: The portfolio was read from a newer version, and ``downgrade`` is not set.
        InvalidValueError: It is no portfolio, or a field does not fit into a document.
    """
    if isinstance(target, str | os.PathLike):
        _require_document_path(os.fspath(target))
    text = dumps(portfolio, downgrade=downgrade)
    if isinstance(target, str | os.PathLike):
        with replacing(target) as file:
            file.write(text.encode())
    elif isinstance(target, io.RawIOBase | io.BufferedIOBase) or "b" in getattr(target, "mode", ""):
        with replacing(cast("IO[bytes]", target)) as file:  # an open file is written to directly
            file.write(text.encode())
    elif hasattr(target, "write"):
        cast("IO[str]", target).write(text)
    else:
        given = type(target).__name__
        raise TypeError(f"give a path as str or Path, or an open file, instead of {given}")


def _require_document_path(path: str) -> None:
    """Raise a `ValueError` for the ending of another format: `read` would not read the file."""
    name = path.lower().removesuffix(".gz").removesuffix(".zst")
    writer = next(
        (each for endings, each in _OTHER_WRITERS.items() if name.endswith(endings)), None
    )
    if writer is not None:
        raise ValueError(
            f"dump writes a JSON document, and {PurePath(name).suffix} is no ending of one: use"
            f" another ending, or tulevaisuus.{writer}"
        )


def expected_in_place_of(value: object, otherwise: str) -> LocalizedText:
    """Return the phrase that suggests to wrap an entity, a register or a list in a portfolio.

    Args:
        value: What was given in place of a portfolio.
        otherwise: The name of the phrase for any other value.
    """
    elements = cast("Iterable[object]", value) if isinstance(value, Register | list) else (value,)
    entity = next(iter(elements), None)
    if isinstance(entity, Entity):
        return expectations.expected("portfolio_of", plural=entity.plural)
    return expectations.expected(otherwise)


def document_of(portfolio: Portfolio, *, downgrade: bool = False) -> dict[str, Json]:
    """Return a portfolio as the JSON value of a document."""
    # `has_type` is `isinstance`, where type checkers would call the test needless.
    if not has_type(portfolio, Portfolio):
        raise wrong_type(portfolio, expected_in_place_of(portfolio, "something_to_write"))
    fields = portfolio.set_fields()  # returns the fields that differ from their defaults
    newer = fields.pop("newer_version", None)
    if newer is not None and not downgrade:
        lost = messages.DOWNGRADE.finding(
            "/format_version", found=str(newer), supported=FORMAT_VERSION
        )
        raise DocumentError([lost])
    header = {"$schema": _SCHEMA, "format": FORMAT, "format_version": FORMAT_VERSION}
    return {**header, **{name: _part(name, value) for name, value in fields.items()}}


def _part(name: str, value: object) -> Json:
    """Write one field of a portfolio: a register, or ``programme``, which is a single entity."""
    field_type = fields_of(Portfolio)[name].type
    element_type = field_type.item if isinstance(field_type, ListOf) else field_type
    write = functools.partial(encode_as, cast("ObjectOf", element_type).cls)
    try:
        if isinstance(value, Register):
            return encode_each(write, cast("Register[Entity]", value))
        return write(value)
    except InvalidValueError as error:
        raise error.under(name) from None  # puts the field before the paths of the findings
