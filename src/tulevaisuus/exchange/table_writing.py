"""`write_table`: entities as a CSV file or a sheet of a workbook, which `read_table` reads back.

A table that is opened in a spreadsheet program must not run anything: a text that looks like a
formula is kept a text.
"""

import csv
import datetime as dt
import io
import os
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias, cast

from tulevaisuus.exchange import messages
from tulevaisuus.exchange.columns import (
    HeaderMap,
    TargetField,
    first_word,
    folded,
    refers,
    untabular,
    words,
)
from tulevaisuus.exchange.csv_source import guarded
from tulevaisuus.exchange.messages import phrase
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
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

__all__ = ["CellValue", "csv_bytes", "finnish", "write_table"]

CellValue: TypeAlias = str | int | bool | Decimal | dt.date | None
"""What a cell of a written table holds."""

_LONGEST = 32_767
"""A cell of a workbook holds so many characters."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What XML cannot hold or changes; spreadsheet programs write it as ``_x000D_``."""

_SEPARATORS = re.compile("[;,\r\n]")
_PACKED = {".gz", ".zst"}


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
    between columns, as Excel in Finland opens it.

    Args:
        path: Where to; it ends in ``.csv`` or ``.xlsx``.
        entities: The entities.
        language: The language of headers, labels and numbers.
        omit: Fields to leave out, such as ``notes``, which no cell can hold.
        of: The class of the entities; needed where there may be none.

    Raises:
        InvalidValueError: Something does not fit into a table; it lists what would be lost.
        ModuleNotFoundError: It is a workbook, and the extra ``excel`` is not installed.
        TypeError: The entities are of several classes, or there is none and no ``of``.
        UnknownCodeError: ``omit`` names a field that the class does not have.
        UnknownLanguageError: The language is none of the three.
        ValueError: The path has another ending.
    """
    if language not in LANGUAGES:
        raise UnknownLanguageError(language, LANGUAGES)
    write = _writer(path)
    made = [*only_entities(entities)]
    table = _TableOf(_class_of(made, of), made, language, frozenset(omit))
    write(path, table)


def _writer(path: str | os.PathLike[str]) -> "Callable[[str | os.PathLike[str], _TableOf], None]":
    suffixes = [each.lower() for each in Path(path).suffixes if each.lower() not in _PACKED]
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    if not suffixes or suffixes[-1] not in writers:
        raise ValueError(f"give a path that ends in .csv or .xlsx, not {os.fspath(path)!r}")
    return writers[suffixes[-1]]


def _class_of(entities: Sequence[Entity], of: type[Entity] | None) -> type[Entity]:
    given: list[type[Entity]] = [*([] if of is None else [of]), *map(type, entities)]
    classes = dict.fromkeys(given)
    if not classes:
        raise TypeError("there is nothing to write: say of what, as of=tulevaisuus.Grant")
    if len(classes) > 1:
        names = " and ".join(each.__name__ for each in classes)
        raise TypeError(f"a table holds entities of one class, not {names}")
    (cls,) = classes
    check_class(cls, Entity)
    return cls


def _is_column(target: TargetField, entities: Sequence[Entity]) -> bool:
    """Tell whether a field gets a column: if it is required, or if any entity has it."""
    if isinstance(target.type, ObjectOf):
        return False
    return target.required or any(_is_set(target, each) for each in entities)


class _TableOf:
    """The headers and cells of entities."""

    def __init__(
        self, cls: type[Entity], entities: Sequence[Entity], language: str, omit: frozenset[str]
    ) -> None:
        self.cls = cls
        self.language = language
        self.findings: list[Finding] = []
        self._require_fields(omit)
        headers = HeaderMap(cls)
        self.targets = [
            target
            for target in headers.targets.values()
            if target.path[0] not in omit and _is_column(target, entities)
        ]
        self.headers = [
            headers.header(f"{each.name}:code" if refers(each) else each.name, language)
            for each in self.targets
        ]
        self.rows = [self._row(place, entity) for place, entity in enumerate(entities)]
        self._report_lost(entities, omit)
        if self.findings:
            raise InvalidValueError(self.findings)

    def _report_lost(self, entities: Sequence[Entity], omit: frozenset[str]) -> None:
        """Report what no cell can hold, unless the caller leaves it out."""
        for field in (each for each in untabular(self.cls) if each not in omit):
            for place, entity in enumerate(entities):
                if getattr(entity, field):
                    lost = messages.LOST_IN_TABLE.finding(field=field)
                    self.findings.append(lost.under(place, field))

    def _require_fields(self, omit: frozenset[str]) -> None:
        for name in sorted(omit.difference(fields_of(self.cls))):
            message = f"a {self.cls.singular} has no field {name!r} to leave out"
            raise UnknownCodeError(message, name)

    def _row(self, place: int, entity: Entity) -> list[CellValue]:
        cells: list[CellValue] = []
        for target in self.targets:
            value = _at(entity, target.path)
            cell = self._list(target, value) if isinstance(target.type, ListOf) else value
            if not isinstance(target.type, ListOf) and value is not None:
                cell = self._single(target.type, value)
            reason = _misfit(cell) or _inseparable(target, value, cell)
            if reason is not None:
                finding = messages.DOES_NOT_FIT.finding(reason=phrase("reasons", reason))
                self.findings.append(finding.under(place, *target.path))
            cells.append(cast("CellValue", cell))
        return cells

    def _list(self, target: TargetField, value: object) -> str | None:
        """Write a list in one cell; an empty one in words, where it differs from an unknown one."""
        item = cast("ListOf", target.type).item
        elements = cast("Collection[object] | None", value)
        if elements is None:
            return None
        if not elements:
            differs = target.allows_none or target.required
            return first_word("none", self.language) if differs else None
        cells = [str(self._single(item, each)) for each in elements]
        return "; ".join(sorted(cells) if isinstance(elements, frozenset) else cells)

    def _single(self, field_type: FieldType, value: object) -> CellValue:
        """Write a single value, a code as its label if that reads back as the code."""
        cell = cast("CellValue", cast("Scalar", field_type).cell(value))
        if isinstance(field_type, EnumMember) and isinstance(cell, str):
            wording = str(cast("Labelled", value).label.get(self.language))
            is_clear = suggest_code(field_type.enum, wording) == cell
            return wording if is_clear and not _SEPARATORS.search(wording) else cell
        if isinstance(cell, bool):
            return first_word("true" if cell else "false", self.language)
        return cell


def _at(entity: object, path: Sequence[str]) -> object:
    for name in path:
        entity = getattr(entity, name, None)
    return entity


def _is_set(target: TargetField, entity: Entity) -> bool:
    """Tell whether an entity has something that a column would show."""
    value = _at(entity, target.path)
    return (
        bool(value)
        if isinstance(target.type, ListOf) and not target.allows_none
        else (value is not None)
    )


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
    with replacing(path) as file:
        file.write(csv_bytes(table.headers, table.rows, table.language))


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[CellValue]], language: str) -> bytes:
    """Return a table as a CSV file, as Excel in Finland opens it.

    Args:
        headers: The texts of the first row.
        rows: The cells of the others.
        language: The language of numbers and days.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
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
    from tulevaisuus.exchange.xlsx_writing import save_table  # only workbooks need it

    title = entity_label(table.cls.singular).get(table.language).capitalize()
    save_table(path, title, table.headers, table.rows)
