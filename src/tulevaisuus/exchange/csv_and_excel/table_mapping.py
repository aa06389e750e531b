"""`TableMapping`: how the rows of a table become entities; `read_mapping` reads mapping files.

A mapping file is a TOML file with the options of `read_table` for one kind of table::

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
import pathlib
import string
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import Literal, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.cell_values import CellReader
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import Dialect, invalid_settings
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_meanings import ColumnField, FieldPath, HeaderMap
from tulevaisuus.exchange.csv_and_excel.names_and_codes_in_cells import CodeFinder
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.exchange.wrong_types import wrong_type_finding
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings import expectations, found_values
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.decoding import unknown_fields
from tulevaisuus.formats.files import require_path
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import Scalar, WholeNumber
from tulevaisuus.model.labels import RegisterName
from tulevaisuus.model.portfolio import REGISTERS

__all__ = ["ROW_NUMBER", "TableMapping", "class_called", "read_mapping", "require_options"]


ROW_NUMBER = ColumnField("row", (), WholeNumber(1), required=True, allows_none=False)
"""What ``{row}`` means in a template of ids: the number of the row, which is not a field."""


def require_options(headers: object, constants: object, dialect: object) -> None:
    """Check the types of the options of a reader of tables; ``None`` is the default of each.

    Raises:
        TypeError: An option has another type; the error says what to give.
    """
    for name, value, example in (
        ("headers", headers, "{'Euroa': 'amount_eur'}"),
        ("constants", constants, "{'call': 'shc-2021'}"),
    ):
        if value is not None and not isinstance(value, Mapping):
            found = type(value).__name__
            raise TypeError(f"{name} is a mapping such as {example}, not {found}")
    if dialect is not None and not isinstance(dialect, Dialect):
        found = type(dialect).__name__
        raise TypeError(f"give a dialect, such as Dialect(delimiter=';'), not {found}")


class TableMapping:
    """How rows become entities: the known headers, and the values that the sheet does not have."""

    def __init__(
        self,
        vocabulary: HeaderMap,
        constants: Mapping[str, object],
        ids: str | None,
        dialect: Dialect,
    ) -> None:
        """Read the constants and the template.

        Args:
            vocabulary: Which field each known header means.
            constants: Values of fields that are the same in every row.
            ids: Template for missing ids, such as ``{project}-{call}`` or ``G{row}``.
            dialect: The dialect of a CSV file, and the decimal mark.

        Raises:
            InvalidValueError: A constant or the template is not valid.
            UnknownCodeError: A constant or the template names a field that does not exist.
        """
        self.vocabulary = vocabulary
        self.cls: type[Entity] = vocabulary.cls
        self.ids = ids
        self.dialect = dialect
        self.codes: CodeFinder = CodeFinder(reference)
        self.constants: dict[FieldPath, object] = {}  # by the path of the field
        cells = CellReader(self.codes, dialect.decimal, Grid(rows={}).epoch)
        for name, value in constants.items():
            mapping = vocabulary.mapping_to(name)
            try:
                self.constants[mapping.field.path] = cells.read(value, mapping)
            except InvalidValueError as error:
                raise error.under(*mapping.field.path) from None
        # The parts of the template: a text, and the field whose value comes after it.
        self.id_parts: list[tuple[str, ColumnField | None]] = [
            (text, None if name is None else _field_of_id(name, vocabulary))
            for text, name in _parse_template(ids or "")
        ]

    def missing(self, columns: Collection[FieldPath]) -> list[ColumnField]:
        """Return the required fields that are neither in a column nor given by the caller.

        ``columns`` are the paths of the fields that have a column.
        """
        given = {*columns, *self.constants}
        if self.ids:
            given.add(("id",))
        # A column may hold a field of an object, such as ``usable.start``, or the whole object.
        return [
            field
            for field in self.vocabulary.fields.values()
            if field.required and field.path not in given and field.path[:1] not in given
        ]


def _parse_template(template: str) -> list[tuple[str, str | None]]:
    """Split a template into texts, each with the name that follows in braces.

    >>> _parse_template("{project}-{call}")
    [('', 'project'), ('-', 'call')]

    Raises:
        InvalidValueError: The template is not valid.
    """
    try:
        parts = [*string.Formatter().parse(template)]
    except ValueError:  # a brace without its counterpart
        raise _template_error(template) from None
    # Braces have a name only: neither formats (`!r`, `:>10`) nor nothing at all.
    if any(name == "" or spec or conversion for _, name, spec, conversion in parts):
        raise _template_error(template)
    return [(text, name) for text, name, _, _ in parts]


def _template_error(template: str) -> InvalidValueError:
    message = table_messages.NOT_AN_ID_TEMPLATE
    return InvalidValueError([message.finding("/ids", found=found_values.quote(template))])


def _field_of_id(name: str, vocabulary: HeaderMap) -> ColumnField:
    """Return the field for a name in a template, or `ROW_NUMBER`.

    Raises:
        InvalidValueError: The field does not have a single value.
        UnknownCodeError: There is no such field.
    """
    if name == ROW_NUMBER.name:
        return ROW_NUMBER
    field = vocabulary.field(name)
    if not isinstance(field.type, Scalar):
        message = table_messages.LIST_IN_ID_TEMPLATE
        raise InvalidValueError([message.finding("/ids", field=field.name)])
    return field


_TEXT_KEYS = ("as", "sheet", "ids")
_TABLE_KEYS = ("headers", "constants", "dialect")
"""The keys of a mapping file whose values are texts, and those whose values are tables of TOML."""

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
            "dict[str, object]", tomllib.loads(pathlib.Path(path).read_bytes().decode("utf-8-sig"))
        )
    except UnicodeDecodeError:
        finding = table_messages.NOT_UTF8_OR_WINDOWS_1252.finding()
        raise InvalidValueError([attrs.evolve(finding, location=location)]) from None
    except tomllib.TOMLDecodeError as error:
        finding = table_messages.NOT_TOML.finding(reason=str(error))
        raise InvalidValueError([attrs.evolve(finding, location=location)]) from None
    findings = [attrs.evolve(finding, location=location) for finding in _check_content(content)]
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
            yield wrong_type_finding(table, expectations.OBJECT).under(name)


def _check_table(name: str, table: Mapping[str, object]) -> Iterator[Finding]:
    """Report wrong keys and values of a table in a mapping file, such as ``[dialect]``."""
    if name == "constants":  # their types are checked when the table is read
        return
    for key, value in table.items():
        yield from _check_text(value, name, key)
    if name == "dialect":
        texts = {key: value for key, value in table.items() if isinstance(value, str)}
        findings = (*unknown_fields(table, _DIALECT_KEYS), *invalid_settings(texts))
        yield from (finding.under(name) for finding in findings)


def _check_text(value: object, *path: str) -> Iterator[Finding]:
    """Report a value at a path that is no text."""
    if not isinstance(value, str):
        yield wrong_type_finding(value, expectations.TEXT).under(*path)


def _make_options(content: Mapping[str, object]) -> ReadOptions:
    """Make the options of a mapping file whose content has been checked."""
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
