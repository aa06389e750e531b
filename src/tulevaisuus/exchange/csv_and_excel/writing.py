"""`write_table`: writes entities to a CSV file or a workbook, which `read_table` reads back.

A spreadsheet program must not run anything when it opens the table: a text that looks like a
formula is written so that it stays a text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias, cast

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.formula_escapes import escape_formula
from tulevaisuus.exchange.csv_and_excel.header_meanings import (
    ColumnField,
    HeaderMap,
    fields_without_column,
    is_reference,
    normalise,
)
from tulevaisuus.exchange.csv_and_excel.unreadable_cells import DASHES, message_of_program
from tulevaisuus.exchange.csv_and_excel.words_in_cells import (
    means_unknown,
    word_to_write,
    words_meaning,
)
from tulevaisuus.exchange.lost_data import is_set
from tulevaisuus.exchange.table_messages import phrase
from tulevaisuus.findings.argument_checks import require_argument
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.localization import require_language
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.formats.compression import COMPRESSED_SUFFIXES
from tulevaisuus.formats.decoding import check_class
from tulevaisuus.formats.encoding import only_entities
from tulevaisuus.formats.files import replacing
from tulevaisuus.model.codelists import Labelled, suggest_code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import (
    EnumMember,
    FieldType,
    ListOf,
    NonBlankText,
    ObjectOf,
    Scalar,
)
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.value import fields_of

if TYPE_CHECKING:
    from _csv import Writer

__all__ = ["CellValue", "csv_bytes", "finnish_date", "write_table"]

CellValue: TypeAlias = str | int | bool | Decimal | dt.date | None
"""The value of a cell of a written table."""

_WriteFile: TypeAlias = "Callable[[str | os.PathLike[str], _TableRows], None]"
"""A function that writes the rows of a table to a file."""

_MAX_CELL_LENGTH = 32_767
"""How many characters fit into a cell of a workbook."""

_UNWRITABLE_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""Characters that XML cannot hold or changes; spreadsheet programs write them as ``_x000D_``."""

_LIST_SEPARATORS = re.compile("[;,\r\n]")
"""`read_table` may split a list at each of these, so that no element may contain one."""

_DELIMITER = ";"


def write_table(
    path: str | os.PathLike[str],
    entities: Iterable[Entity],
    *,
    language: str = "fi",
    omit: Collection[str] = (),
    of: type[Entity] | None = None,
) -> None:
    """Write entities of one class to a table, one row each; `read_table` reads the same entities.

    Written atomically: on any error the old file stays. A CSV file is UTF-8 with semicolons between
    columns, as Excel in Finland expects it. CSV is streamed in constant memory; a workbook is not.

    Args:
        path: The path of the file; its suffix is ``.csv`` or ``.xlsx``.
        entities: Any iterable of entities.
        language: The language of headers, labels and numbers.
        omit: Fields to leave out, such as ``notes``, which no cell can hold.
        of: The class of the entities; needed if there may be no entities. A table of no entities
            has all columns: a template to fill in.

    Raises:
        InvalidValueError: Values do not fit into a table; the error lists the first 1000 of them,
            and counts all.
        ModuleNotFoundError: The file is a workbook, and the extra ``excel`` is not installed.
        TypeError: The entities are of several classes, or there are none and no ``of``; or the path
            is none.
        UnknownCodeError: ``omit`` names a field that the class does not have.
        UnknownLanguageError: The language is not ``fi``, ``sv`` or ``en``.
        ValueError: The path has another suffix.
    """
    require_language(language)
    require_argument(path, (str, os.PathLike), "write_table", "a path first, then the entities")
    write = _writer_for(path)
    remaining = only_entities(entities)
    first = next(remaining, None)
    cls = _entity_class(first, of)
    all_entities = remaining if first is None else itertools.chain([first], remaining)
    rows = _TableRows(cls, _require_same_class(all_entities, cls), language, frozenset(omit))
    write(path, rows)


def _writer_for(path: str | os.PathLike[str]) -> _WriteFile:
    """Return the function for the suffix of a path, such as that of ``grants.csv.gz``."""
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    suffixes = [suffix for suffix in suffixes if suffix not in COMPRESSED_SUFFIXES]
    writers: dict[str, _WriteFile] = {".csv": _write_csv, ".xlsx": _write_xlsx}
    if not suffixes or suffixes[-1] not in writers:
        raise ValueError(f"give a path that ends in .csv or .xlsx, not {os.fspath(path)!r}")
    return writers[suffixes[-1]]


def _entity_class(first: Entity | None, of: type[Entity] | None) -> type[Entity]:
    """Return the class that the caller names, or else that of the first entity."""
    cls = of or (None if first is None else type(first))
    if cls is None:
        raise TypeError("there are no entities: pass their class, such as of=tulevaisuus.Grant")
    check_class(cls, Entity)
    return cls


def _require_same_class(entities: Iterable[Entity], cls: type[Entity]) -> Iterator[Entity]:
    """Yield the entities, or raise a `TypeError` for one of another class."""
    for entity in entities:
        if type(entity) is not cls:
            names = f"{cls.__name__} and {type(entity).__name__}"
            raise TypeError(f"a table holds entities of one class, not {names}")
        yield entity


class _TableRows:
    """Makes the rows of a table of entities, such as grants, and then its headers.

    A row has a cell for every field that a column can hold. Which columns are written is known
    only after the last row: those of required fields, and those in which any row has a value. A
    table without rows is a template, which has all columns.
    """

    def __init__(
        self, cls: type[Entity], entities: Iterable[Entity], language: str, omit: frozenset[str]
    ) -> None:
        self.cls = cls
        self.entities = entities
        self.language = language
        self.problems: Collector = Collector(DEFAULT_LIMIT)
        self._require_fields(omit)
        self.vocabulary: HeaderMap = HeaderMap(cls)
        # Fields that no cell can hold; a value in one is reported.
        self.unwritable_fields: tuple[str, ...] = tuple(
            field for field in fields_without_column(cls) if field not in omit
        )
        self.columns: list[ColumnField] = [
            field
            for field in self.vocabulary.fields.values()
            if field.path[0] not in omit and not isinstance(field.type, ObjectOf)
        ]
        self.labels: dict[object, CellValue] = {}  # the words for codes that were met
        # The indexes of the columns to write.
        self._used: set[int] = {index for index, field in enumerate(self.columns) if field.required}

    def _require_fields(self, omit: frozenset[str]) -> None:
        """Raise an `UnknownCodeError` for a name of no field."""
        for name in sorted(omit.difference(fields_of(self.cls))):
            message = f"a {self.cls.singular} has no field {name!r} to leave out"
            raise UnknownCodeError(message, name)

    def write_to(self, add_row: Callable[[list[CellValue]], object]) -> list[int]:
        """Hand each row to a function; return the indexes of the columns to write.

        Raises:
            InvalidValueError: After the last row, if values do not fit into cells.
        """
        is_template = True
        for entity_index, entity in enumerate(self.entities):
            is_template = False
            for field in self.unwritable_fields:
                if is_set(entity, field):
                    lost = table_messages.LIST_DOES_NOT_FIT.finding(field=field)
                    self.problems.add(lost.under(entity_index, field))
            add_row(
                [
                    self._cell(entity_index, index, field, _value_at_path(entity, field.path))
                    for index, field in enumerate(self.columns)
                ]
            )
        if self.problems.total:
            raise InvalidValueError(self.problems.findings, self.problems.counts)
        return [*range(len(self.columns))] if is_template else sorted(self._used)

    def headers(self, written: Iterable[int]) -> list[str]:
        """Return the headers of the columns with these indexes."""
        fields = (self.columns[index] for index in written)
        names = (f"{field.name}:code" if is_reference(field) else field.name for field in fields)
        return [self.vocabulary.header(name, self.language) for name in names]

    def _cell(
        self, entity_index: int, column_index: int, field: ColumnField, value: object
    ) -> CellValue:
        """Return the cell of a value; report a value that could not be read back from the cell."""
        if value is None:
            return None
        is_list = isinstance(field.type, ListOf)
        if not is_list or field.allows_none or value:
            self._used.add(column_index)
        cell = self._format_list(field, value) if is_list else self._format(field.type, value)
        reason = _reason_against_cell(field.type, cell) or _reason_against_list(field, value, cell)
        if reason is not None:
            finding = table_messages.TEXT_DOES_NOT_FIT.finding(reason=phrase("reasons", reason))
            self.problems.add(finding.under(entity_index, *field.path))
        return cell

    def _format_list(self, field: ColumnField, value: object) -> str | None:
        """Write a list in one cell; an empty list as a word where an empty cell means unknown."""
        item = cast("ListOf", field.type).item
        elements = cast("Collection[object]", value)
        if not elements:
            empty_means_unknown = field.allows_none or field.required
            return word_to_write("none", self.language) if empty_means_unknown else None
        cells = [str(self._format(item, element)) for element in elements]
        return "; ".join(sorted(cells) if isinstance(elements, frozenset) else cells)

    def _format(self, field_type: FieldType, value: object) -> CellValue:
        """Write a single value; a code is written as its label if the label can be read back."""
        cell = cast("CellValue", cast("Scalar", field_type).to_cell(value))
        if isinstance(field_type, EnumMember) and isinstance(cell, str):
            if value not in self.labels:
                self.labels[value] = self._label(field_type, cast("Labelled", value), cell)
            return self.labels[value]
        if isinstance(cell, bool):
            return word_to_write("true" if cell else "false", self.language)
        return cell

    def _label(self, field_type: EnumMember, value: Labelled, code: str) -> str:
        """Return the label of a code, or the code itself if the label could not be read back."""
        wording = str(value.label.get(self.language))
        is_readable = suggest_code(field_type.enum, wording) == code
        return wording if is_readable and not _LIST_SEPARATORS.search(wording) else code


def _value_at_path(entity: object, path: Sequence[str]) -> object:
    """Return the value at the path of a field; ``None`` if an object on the way is unknown."""
    value = entity
    for name in path:
        value = getattr(value, name, None)
    return value


def _reason_against_cell(field_type: FieldType, cell: object) -> str | None:
    """Return the name of the reason why a text could not be read back, or ``None`` if it could."""
    if not isinstance(cell, str):
        return None
    if len(cell) > _MAX_CELL_LENGTH:
        return "too_long"
    if _UNWRITABLE_CHARACTERS.search(cell):
        return "control"
    if means_unknown(cell):
        return "unknown"
    # Names and other free texts may be a dash; an id in this form is read as a mistake.
    is_mistake = cell in DASHES or message_of_program(cell) is not None
    return "mistake" if is_mistake and not isinstance(field_type, NonBlankText) else None


def _reason_against_list(field: ColumnField, value: object, cell: object) -> str | None:
    """Return the name of the reason why a list could not be read back, or ``None`` if it could."""
    if not isinstance(field.type, ListOf) or not value:
        return None
    parts = str(cell).split("; ")
    is_split = len(parts) != len(cast("Collection[object]", value))
    if is_split or any(_LIST_SEPARATORS.search(part) for part in parts):
        return "separator"
    return "label" if normalise(str(cell)) in words_meaning("none") else None


def _write_csv(path: str | os.PathLike[str], table: _TableRows) -> None:
    """Write all columns to a temporary file, and then the used columns to the target."""
    with replacing(path) as file, tempfile.TemporaryFile() as temporary:
        all_columns = io.TextIOWrapper(temporary, "utf-8", newline="")
        writer = _csv_writer(all_columns)
        written = table.write_to(
            lambda row: writer.writerow([_csv_cell(cell, table.language) for cell in row])
        )
        all_columns.seek(0)
        target = io.TextIOWrapper(file, "utf-8-sig", newline="")
        _csv_writer(target).writerow(map(escape_formula, table.headers(written)))
        rows = csv.reader(all_columns, delimiter=_DELIMITER)
        _csv_writer(target).writerows([row[index] for index in written] for row in rows)
        target.detach()  # `replacing` closes the file


def _csv_writer(file: TextIO) -> Writer:
    """Return a writer of rows, in the form that Excel in Finland expects."""
    return csv.writer(file, delimiter=_DELIMITER, lineterminator="\r\n")


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[CellValue]], language: str) -> bytes:
    """Return the bytes of a CSV file, in the form that Excel in Finland expects.

    Args:
        headers: The texts of the first row.
        rows: The cells of the other rows.
        language: The language of numbers and dates.
    """
    text = io.StringIO(newline="")
    writer = _csv_writer(text)
    writer.writerow(map(escape_formula, headers))
    writer.writerows([_csv_cell(cell, language) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(cell: CellValue, language: str) -> str:
    """Format a cell in a language, without separators of thousands."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        number = _format_decimal(cell)
        return number if language == "en" else number.replace(".", ",")
    if isinstance(cell, dt.date):
        return cell.isoformat() if language == "en" else finnish_date(cell)
    return escape_formula(cell) if isinstance(cell, str) else str(cell)


def _format_decimal(number: Decimal) -> str:
    """Return a number with at least two decimals, and with four in place of three.

    Euros and percentages have at most two decimals; a user's own field type may have more. Three
    decimals would be ambiguous: ``1,234`` may be a thousand.
    """
    for decimals in (2, 4):
        text = f"{number:.{decimals}f}"
        if Decimal(text) == number:
            return text
    return f"{number:f}"


def finnish_date(date: dt.date) -> str:
    """Return a date as it is written in Finland: ``21.12.2021``."""
    return f"{date.day}.{date.month}.{date.year:04}"


def _write_xlsx(path: str | os.PathLike[str], table: _TableRows) -> None:
    """Write a workbook of one sheet, which has the name of the class."""
    from tulevaisuus.exchange.csv_and_excel.xlsx_writing import save_table  # only workbooks need it

    title = entity_label(table.cls.singular).get(table.language).capitalize()
    rows: list[list[CellValue]] = []
    written = table.write_to(rows.append)
    save_table(
        path, title, table.headers(written), [[row[index] for index in written] for row in rows]
    )
