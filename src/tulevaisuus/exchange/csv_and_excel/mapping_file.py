"""Mapping files: TOML files with the options of `read_table` for one kind of table.

as = "grants"
sheet = "Päätökset"
ids = "{project}-{call}"     # the id of each row, from its other values

[headers]
"Euroa yhteensä" = "amount_eur"

[constants]
call = "shc-2021"            # in each row

[dialect]
decimal = ","
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import Dialect, dialect_findings
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.formats.files import require_path
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import wrong_type
from tulevaisuus.model.labels import RegisterName
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["class_called", "read_mapping"]

_TEXT_KEYS = ("as", "sheet", "ids")
_TABLE_KEYS = ("headers", "constants", "dialect")
_DIALECT_KEYS = ("encoding", "delimiter", "decimal")


def read_mapping(path: str | os.PathLike[str]) -> ReadOptions:
    """Read a mapping file.

    Raises:
        InvalidValueError: The file is not valid; the error has all findings.
        OSError: The file cannot be opened.
    """
    location = Location(source=os.fspath(path))
    require_path(path)
    try:
        content = cast(
            "dict[str, object]", tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))
        )
    except UnicodeDecodeError:
        finding = table_messages.NOT_TEXT.finding()
        raise InvalidValueError([attrs.evolve(finding, location=location)]) from None
    except tomllib.TOMLDecodeError as error:
        finding = table_messages.NOT_TOML.finding(reason=str(error))
        raise InvalidValueError([attrs.evolve(finding, location=location)]) from None
    findings = [attrs.evolve(each, location=location) for each in _check_content(content)]
    if findings:
        raise InvalidValueError(findings)
    return _make_options(content)


def class_called(name: str) -> type[Entity]:
    """Return the entity class with a name: ``grants`` or ``grant``.

    Raises:
        InvalidValueError: No class has the name.
    """
    lowered = name.lower()
    for cls in REGISTERS.values():
        if lowered in {cls.plural, cls.singular}:
            return cls
    found = found_values.quote(name)
    known = tuple(map(RegisterName, suggest(lowered, REGISTERS) or REGISTERS))
    raise InvalidValueError([table_messages.NO_SUCH_CLASS.finding("/as", found=found, known=known)])


def _check_content(content: Mapping[str, object]) -> Iterator[Finding]:
    """Report unknown keys and values of a wrong type."""
    yield from unknown_fields(content, (*_TEXT_KEYS, *_TABLE_KEYS))
    for name in _TEXT_KEYS:
        yield from _check_text(content.get(name, ""), name)
    if isinstance(content.get("as"), str):
        try:
            class_called(str(content["as"]))
        except InvalidValueError as error:
            yield from error.findings
    for name in _TABLE_KEYS:
        table = content.get(name, {})
        if isinstance(table, Mapping):
            yield from _check_table(name, cast("Mapping[str, object]", table))
        else:
            yield from (
                each.under(name) for each in wrong_type(table, expectations.OBJECT).findings
            )


def _check_table(name: str, table: Mapping[str, object]) -> Iterator[Finding]:
    if name == "constants":  # their types are checked when the table is read
        return
    for key, value in table.items():
        yield from _check_text(value, name, key)
    if name == "dialect":
        yield from (each.under(name) for each in unknown_fields(table, _DIALECT_KEYS))
        texts = {key: value for key, value in table.items() if isinstance(value, str)}
        yield from (each.under(name) for each in dialect_findings(texts))


def _check_text(value: object, *path: str) -> Iterator[Finding]:
    if not isinstance(value, str):
        found = found_values.describe(value)
        wrong = messages.WRONG_TYPE.finding(found=found, expected=expectations.TEXT)
        yield wrong.under(*path)


def _make_options(content: Mapping[str, object]) -> ReadOptions:
    dialect = cast("Mapping[str, str]", content.get("dialect", {}))
    name = cast("str | None", content.get("as"))
    return ReadOptions(
        of=None if name is None else class_called(name),
        sheet=cast("str | None", content.get("sheet")),
        headers=cast("Mapping[str, str]", content.get("headers", {})),
        constants=cast("Mapping[str, object]", content.get("constants", {})),
        ids=cast("str | None", content.get("ids")),
        dialect=Dialect(
            encoding=dialect.get("encoding"),
            delimiter=dialect.get("delimiter"),
            decimal=cast("Literal[',', '.'] | None", dialect.get("decimal")),
        ),
    )
