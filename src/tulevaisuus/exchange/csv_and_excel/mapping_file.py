"""Mapping files: what a table does not say itself, kept in TOML beside it.

as = "grants"
sheet = "Päätökset"
ids = "{project}-{call}"

[headers]
"Euroa yhteensä" = "amount_eur"

[constants]
call = "shc-2021"

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
from tulevaisuus.exchange.csv_and_excel.csv_source import Dialect
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.formats.files import require_path
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import wrong_type
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["class_called", "read_mapping"]

_TEXTS = ("as", "sheet", "ids")
_TABLES = ("headers", "constants", "dialect")
_DIALECT = ("encoding", "delimiter", "decimal")
_DECIMALS = (",", ".")


def read_mapping(path: str | os.PathLike[str]) -> ReadOptions:
    """Read a mapping file.

    Raises:
        InvalidValueError: It is not valid; it lists everything.
        OSError: The file cannot be opened.
    """
    location = Location(source=os.fspath(path))
    require_path(path)
    try:
        given = cast(
            "dict[str, object]", tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))
        )
    except UnicodeDecodeError:
        problem = table_messages.NOT_TEXT.finding()
        raise InvalidValueError([attrs.evolve(problem, location=location)]) from None
    except tomllib.TOMLDecodeError as error:
        problem = table_messages.NOT_TOML.finding(reason=str(error))
        raise InvalidValueError([attrs.evolve(problem, location=location)]) from None
    findings = [attrs.evolve(each, location=location) for each in _problems(given)]
    if findings:
        raise InvalidValueError(findings)
    return _options(given)


def class_called(name: str) -> type[Entity]:
    """Return the class of a register, or of one entity of it: ``grants``, ``grant``.

    Raises:
        InvalidValueError: There is none of the name.
    """
    wanted = name.lower()
    for cls in REGISTERS.values():
        if wanted in {cls.plural, cls.singular}:
            return cls
    found = expectations.quote(name)
    near = suggest(wanted, REGISTERS) or tuple(REGISTERS)
    raise InvalidValueError([table_messages.NO_SUCH_CLASS.finding("/as", found=found, known=near)])


def _problems(given: Mapping[str, object]) -> Iterator[Finding]:
    """Report what is unknown or has another type."""
    yield from unknown_fields(given, (*_TEXTS, *_TABLES))
    for name in _TEXTS:
        yield from _unless_text(given.get(name, ""), name)
    if isinstance(given.get("as"), str):
        try:
            class_called(str(given["as"]))
        except InvalidValueError as error:
            yield from error.findings
    for name in _TABLES:
        table = given.get(name, {})
        if isinstance(table, Mapping):
            yield from _problems_in(name, cast("Mapping[str, object]", table))
        else:
            yield from (
                each.under(name) for each in wrong_type(table, expectations.OBJECT).findings
            )


def _problems_in(name: str, table: Mapping[str, object]) -> Iterator[Finding]:
    if name == "constants":  # which are values of any type
        return
    if name == "dialect":
        yield from (each.under(name) for each in unknown_fields(table, _DIALECT))
    for key, value in table.items():
        yield from _unless_text(value, name, key)
    decimal = table.get("decimal", ",") if name == "dialect" else ","
    if isinstance(decimal, str) and decimal not in _DECIMALS:
        found = expectations.quote(decimal)
        yield table_messages.NOT_A_DECIMAL.finding("/dialect/decimal", found=found)


def _unless_text(value: object, *path: str) -> Iterator[Finding]:
    if not isinstance(value, str):
        found = expectations.describe(value)
        wrong = messages.WRONG_TYPE.finding(found=found, expected=expectations.TEXT)
        yield wrong.under(*path)


def _options(given: Mapping[str, object]) -> ReadOptions:
    dialect = cast("Mapping[str, str]", given.get("dialect", {}))
    name = cast("str | None", given.get("as"))
    return ReadOptions(
        of=None if name is None else class_called(name),
        sheet=cast("str | None", given.get("sheet")),
        headers=cast("Mapping[str, str]", given.get("headers", {})),
        constants=cast("Mapping[str, object]", given.get("constants", {})),
        ids=cast("str | None", given.get("ids")),
        dialect=Dialect(
            encoding=dialect.get("encoding"),
            delimiter=dialect.get("delimiter"),
            decimal=cast("Literal[',', '.'] | None", dialect.get("decimal")),
        ),
    )
