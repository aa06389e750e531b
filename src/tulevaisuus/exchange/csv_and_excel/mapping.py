"""`TableMapping`: how the rows of a table become entities: headers, constants and id template."""

import string
from collections.abc import Collection, Mapping

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.cell_values import CellReader
from tulevaisuus.exchange.csv_and_excel.code_and_name_lookup import CodeFinder
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import Dialect
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.csv_and_excel.header_meanings import ColumnField, HeaderMap, Path
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings import found_values
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import Scalar, WholeNumber

__all__ = ["ROW_NUMBER", "TableMapping", "require_options"]

ROW_NUMBER = ColumnField("row", (), WholeNumber(1), required=True, allows_none=False)
"""Stands for ``{row}`` in a template of ids: the number of the row, which is not a field."""


def require_options(headers: object, constants: object, dialect: object) -> None:
    """Check the types of the options of a reader of tables; ``None`` is the default of each.

    Raises:
        TypeError: One has another type; the error says what to give.
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
        headers: HeaderMap,
        constants: Mapping[str, object],
        ids: str | None,
        dialect: Dialect,
    ) -> None:
        """Read the constants and the template.

        Args:
            headers: Which field each known header stands for.
            constants: Values of fields that are the same in every row.
            ids: Template for missing ids, such as ``{project}-{call}`` or ``G{row}``.
            dialect: The dialect of a CSV file, and the decimal mark.

        Raises:
            InvalidValueError: A constant or the template is not valid.
            UnknownCodeError: A constant or the template names a field that does not exist.
        """
        self.headers = headers
        self.cls: type[Entity] = headers.cls
        self.ids = ids
        self.dialect = dialect
        self.codes: CodeFinder = CodeFinder(reference)
        self.constants: dict[Path, object] = {}
        cells = CellReader(self.codes, dialect.decimal, Grid(rows={}).epoch)
        for name, value in constants.items():
            mapping = headers.mapping_to(name)
            try:
                self.constants[mapping.field.path] = cells.read(value, mapping)
            except InvalidValueError as error:
                raise error.under(*mapping.field.path) from None
        self.id_parts: list[tuple[str, ColumnField | None]] = [
            (text, None if name is None else _field_of_id(name, headers))
            for text, name in _parse_template(ids or "")
        ]

    def missing(self, columns: Collection[Path]) -> list[ColumnField]:
        """Return the required fields that are neither in a column nor given by the caller.

        ``columns`` are the paths of the fields that have a column.
        """
        known = {*columns, *self.constants, *([("id",)] if self.ids else [])}
        return [
            field
            for field in self.headers.fields.values()
            if field.required and field.path not in known and field.path[:1] not in known
        ]


def _parse_template(template: str) -> list[tuple[str, str | None]]:
    """Split a template into texts, each with the field that follows it.

    Raises:
        InvalidValueError: The template is not valid.
    """
    try:
        parts = [*string.Formatter().parse(template)]
    except ValueError:  # a brace without its counterpart
        parts = [("", "", "", None)]
    # A template has names only: neither formats (`!r`, `:>10`) nor an empty pair of braces.
    if any(name == "" or spec or conversion for _, name, spec, conversion in parts):
        message = table_messages.NOT_A_TEMPLATE
        raise InvalidValueError([message.finding("/ids", found=found_values.quote(template))])
    return [(text, name) for text, name, _, _ in parts]


def _field_of_id(name: str, headers: HeaderMap) -> ColumnField:
    """Return the field for a name in a template, or `ROW_NUMBER`.

    Raises:
        InvalidValueError: The field does not have a single value.
        UnknownCodeError: There is no such field.
    """
    if name == ROW_NUMBER.name:
        return ROW_NUMBER
    field = headers.field(name)
    if not isinstance(field.type, Scalar):
        message = table_messages.NOT_SINGLE
        raise InvalidValueError([message.finding("/ids", field=field.name)])
    return field
