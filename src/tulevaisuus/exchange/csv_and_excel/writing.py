"""`write_table`: entities as a CSV file or a sheet of a workbook, which `read_table` reads back.

A table that is opened in a spreadsheet program must not run anything: a text that looks like a
formula is kept a text.
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
from tulevaisuus.exchange.csv_and_excel.columns import (
    HeaderMap,
    TargetField,
    first_word,
    folded,
    refers,
    untabular,
    words,
)
from tulevaisuus.exchange.csv_and_excel.csv_source import guarded
from tulevaisuus.exchange.table_messages import phrase
from tulevaisuus.exchange.writing_losses import is_set
from tulevaisuus.findings.collector import DEFAULT_LIMIT, Collector
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.localization import LANGUAGES
from tulevaisuus.findings.lookup_errors import UnknownCodeError, UnknownLanguageError
from tulevaisuus.formats.decoding import check_class
from tulevaisuus.formats.encoding import only_entities
from tulevaisuus.formats.files import replacing
from tulevaisuus.model.codelists import Labelled, suggest_code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.field_types import EnumMember, FieldType, ListOf, ObjectOf, Scalar
from tulevaisuus.model.labels import entity_label
from tulevaisuus.model.value import fields_of

if TYPE_CHECKING:
    from _csv import Writer

__all__ = ["CellValue", "csv_bytes", "finnish", "write_table"]

CellValue: TypeAlias = str | int | bool | Decimal | dt.date | None
"""What a cell of a written table holds."""

_LONGEST = 32_767
"""The most characters that a cell of a workbook holds."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What XML cannot hold or changes; spreadsheet programs write it as ``_x000D_``."""

_SEPARATORS = re.compile("[;,\r\n]")
_PACKED = {".gz", ".zst"}
_DELIMITER = ";"


def write_table(
    path: str | os.PathLike[str],
    entities: Iterable[Entity],
    *,
    language: str = "fi",
    omit: Collection[str] = (),
    of: type[Entity] | None = None,
) -> None:
    """Write entities of one class to a table, a row each; `read_table` makes the same ones of it.

    The file is complete, or as it was before if anything fails. A CSV file is UTF-8 with semicolons
    between columns, as Excel in Finland opens it. It is written as the entities come, in memory
    that does not grow.

    Args:
        path: Where to; it ends in ``.csv`` or ``.xlsx``.
        entities: Any iterable of entities.
        language: The language of headers, labels and numbers.
        omit: Fields to leave out, such as ``notes``, which no cell can hold.
        of: The class of the entities; needed where there may be none.

    Raises:
        InvalidValueError: Something does not fit into a table; it lists the first 1000 values that
            would be lost, and counts all.
        ModuleNotFoundError: It is a workbook, and the extra ``excel`` is not installed.
        TypeError: The entities are of several classes, or there is none and no ``of``.
        UnknownCodeError: ``omit`` names a field that the class does not have.
        UnknownLanguageError: The language is none of the three.
        ValueError: The path has another ending.
    """
    if language not in LANGUAGES:
        raise UnknownLanguageError(language, LANGUAGES)
    write = _writer(path)
    given = only_entities(entities)
    first = next(given, None)
    cls = _class_of(first, of)
    made = given if first is None else itertools.chain([first], given)
    write(path, _TableOf(cls, _of_class(made, cls), language, frozenset(omit)))


def _writer(path: str | os.PathLike[str]) -> Callable[[str | os.PathLike[str], _TableOf], None]:
    suffixes = [each.lower() for each in Path(path).suffixes if each.lower() not in _PACKED]
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    if not suffixes or suffixes[-1] not in writers:
        raise ValueError(f"give a path that ends in .csv or .xlsx, not {os.fspath(path)!r}")
    return writers[suffixes[-1]]


def _class_of(first: Entity | None, of: type[Entity] | None) -> type[Entity]:
    cls = of or (None if first is None else type(first))
    if cls is None:
        raise TypeError("there is nothing to write: say of what, as of=tulevaisuus.Grant")
    check_class(cls, Entity)
    return cls


def _of_class(entities: Iterable[Entity], cls: type[Entity]) -> Iterator[Entity]:
    """Yield the entities, all of which must be of one class."""
    for entity in entities:
        if type(entity) is not cls:
            names = f"{cls.__name__} and {type(entity).__name__}"
            raise TypeError(f"a table holds entities of one class, not {names}")
        yield entity


class _TableOf:
    """The headers and cells of entities, which are asked for once and as they come."""

    def __init__(
        self, cls: type[Entity], entities: Iterable[Entity], language: str, omit: frozenset[str]
    ) -> None:
        self.cls = cls
        self.entities = entities
        self.language = language
        self.problems: Collector = Collector(DEFAULT_LIMIT)
        self._require_fields(omit)
        self.map: HeaderMap = HeaderMap(cls)
        self.fields: tuple[str, ...] = tuple(each for each in untabular(cls) if each not in omit)
        self.columns: list[TargetField] = [
            target
            for target in self.map.targets.values()
            if target.path[0] not in omit and not isinstance(target.type, ObjectOf)
        ]
        self.used: set[int] = {at for at, each in enumerate(self.columns) if each.required}
        self.labels: dict[object, CellValue] = {}

    def _require_fields(self, omit: frozenset[str]) -> None:
        for name in sorted(omit.difference(fields_of(self.cls))):
            message = f"a {self.cls.singular} has no field {name!r} to leave out"
            raise UnknownCodeError(message, name)

    def all_rows(self) -> Iterator[list[CellValue]]:
        """Yield the cells of each entity, of all fields that a column can hold.

        Raises:
            InvalidValueError: Something does not fit into a cell, after the last row.
        """
        for place, entity in enumerate(self.entities):
            for field in self.fields:
                if is_set(entity, field):
                    lost = table_messages.LOST_IN_TABLE.finding(field=field)
                    self.problems.add(lost.under(place, field))
            yield [
                self._cell(place, at, target, _at(entity, target.path))
                for at, target in enumerate(self.columns)
            ]
        if self.problems.total:
            raise InvalidValueError(self.problems.findings, self.problems.counts)

    @property
    def written(self) -> list[int]:
        """The places of the columns that are written, once all rows are known.

        A field has a column if it is required, or if any entity has it.
        """
        return sorted(self.used)

    @property
    def headers(self) -> list[str]:
        """The headers of the columns that are written."""
        targets = (self.columns[at] for at in self.written)
        return [
            self.map.header(f"{each.name}:code" if refers(each) else each.name, self.language)
            for each in targets
        ]

    def _cell(self, place: int, at: int, target: TargetField, value: object) -> CellValue:
        if value is None:
            return None
        is_list = isinstance(target.type, ListOf)
        if not is_list or target.allows_none or value:
            self.used.add(at)
        cell = self._list(target, value) if is_list else self._single(target.type, value)
        reason = _misfit(cell) or _inseparable(target, value, cell)
        if reason is not None:
            finding = table_messages.DOES_NOT_FIT.finding(reason=phrase("reasons", reason))
            self.problems.add(finding.under(place, *target.path))
        return cell

    def _list(self, target: TargetField, value: object) -> str | None:
        """Write a list in one cell; an empty one in words, where it differs from an unknown one."""
        item = cast("ListOf", target.type).item
        elements = cast("Collection[object]", value)
        if not elements:
            differs = target.allows_none or target.required
            return first_word("none", self.language) if differs else None
        cells = [str(self._single(item, each)) for each in elements]
        return "; ".join(sorted(cells) if isinstance(elements, frozenset) else cells)

    def _single(self, field_type: FieldType, value: object) -> CellValue:
        """Write a single value, a code as its label if that reads back as the code."""
        cell = cast("CellValue", cast("Scalar", field_type).to_cell(value))
        if isinstance(field_type, EnumMember) and isinstance(cell, str):
            if value not in self.labels:
                self.labels[value] = self._label(field_type, cast("Labelled", value), cell)
            return self.labels[value]
        if isinstance(cell, bool):
            return first_word("true" if cell else "false", self.language)
        return cell

    def _label(self, field_type: EnumMember, value: Labelled, code: str) -> str:
        wording = str(value.label.get(self.language))
        is_clear = suggest_code(field_type.enum, wording) == code
        return wording if is_clear and not _SEPARATORS.search(wording) else code


def _at(entity: object, path: Sequence[str]) -> object:
    for name in path:
        entity = getattr(entity, name, None)
    return entity


def _misfit(cell: object) -> str | None:
    """Return why a text would not come back from a cell as it was, if it would not."""
    if not isinstance(cell, str):
        return None
    if len(cell) > _LONGEST:
        return "too_long"
    return "control" if _CONTROL.search(cell) else None


def _inseparable(target: TargetField, value: object, cell: object) -> str | None:
    """Return why the elements of a list could not be told apart, if they could not."""
    if not isinstance(target.type, ListOf) or not value:
        return None
    parts = str(cell).split("; ")
    is_split = len(parts) != len(cast("Collection[object]", value))
    if is_split or any(_SEPARATORS.search(part) for part in parts):
        return "separator"
    return "label" if folded(str(cell)) in words("none") else None


def _write_csv(path: str | os.PathLike[str], table: _TableOf) -> None:
    """Write the rows with all columns aside, then those columns that any row has."""
    with replacing(path) as file, tempfile.TemporaryFile() as aside:
        wide = io.TextIOWrapper(aside, "utf-8", newline="")
        cells = ([_csv_cell(each, table.language) for each in row] for row in table.all_rows())
        _csv_writer(wide).writerows(cells)
        wide.seek(0)
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        _csv_writer(text).writerow(map(guarded, table.headers))
        pick = table.written
        rows = csv.reader(wide, delimiter=_DELIMITER)
        _csv_writer(text).writerows([row[at] for at in pick] for row in rows)
        text.detach()


def _csv_writer(file: TextIO) -> Writer:
    return csv.writer(file, delimiter=_DELIMITER, lineterminator="\r\n")


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[CellValue]], language: str) -> bytes:
    """Return a table as a CSV file, as Excel in Finland opens it.

    Args:
        headers: The texts of the first row.
        rows: The cells of the others.
        language: The language of numbers and days.
    """
    text = io.StringIO(newline="")
    writer = _csv_writer(text)
    writer.writerow(map(guarded, headers))
    writer.writerows([_csv_cell(cell, language) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(cell: CellValue, language: str) -> str:
    """Write a cell as people of the language do, without separators of thousands."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:.2f}" if language == "en" else f"{cell:.2f}".replace(".", ",")
    if isinstance(cell, dt.date):
        return cell.isoformat() if language == "en" else finnish(cell)
    return guarded(cell) if isinstance(cell, str) else str(cell)


def finnish(day: dt.date) -> str:
    """Write a day as in Finland: ``21.12.2021``."""
    return f"{day.day}.{day.month}.{day.year:04}"


def _write_xlsx(path: str | os.PathLike[str], table: _TableOf) -> None:
    from tulevaisuus.exchange.csv_and_excel.xlsx_writing import save_table  # only workbooks need it

    title = entity_label(table.cls.singular).get(table.language).capitalize()
    rows = [*table.all_rows()]
    picked = [[row[at] for at in table.written] for row in rows]
    save_table(path, title, table.headers, picked)
