"""CSV files and workbooks, as the registry of formats calls them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import attrs

from tulevaisuus.exchange.csv_and_excel.class_guess import Classes
from tulevaisuus.exchange.csv_and_excel.columns import untabular
from tulevaisuus.exchange.csv_and_excel.csv_source import Dialect
from tulevaisuus.exchange.csv_and_excel.mapping import TableMapping
from tulevaisuus.exchange.csv_and_excel.reading import read_opened, read_table, unreadable
from tulevaisuus.exchange.csv_and_excel.sheet_finder import SheetFinder
from tulevaisuus.exchange.csv_and_excel.writing import write_table
from tulevaisuus.exchange.formats_registry import ReadOptions, Source, WriteOptions
from tulevaisuus.exchange.one_class import class_to_write, entities_of, other_classes
from tulevaisuus.exchange.writing_losses import lost_fields
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.value import fields_of

__all__ = ["losses", "read", "write", "write_stream"]


def read(source: Source, options: ReadOptions) -> Reading:
    """Read a table; if the options name no class, its headers do.

    Raises:
        UnknownCodeError: The options name a field that the class, or every class, lacks.
        InvalidValueError: One of the constants is not valid.
    """
    if options.of is None:
        return _of_some_class(source, options)
    return read_table(
        source,
        options.of,
        sheet=options.sheet,
        headers=options.headers,
        constants=options.constants,
        ids=options.ids,
        dialect=cast("Dialect | None", options.dialect),
        limits=options.limits,
    )


def _of_some_class(source: Source, options: ReadOptions) -> Reading:
    dialect = cast("Dialect | None", options.dialect) or Dialect()
    classes = Classes(options)
    opened = SheetFinder(dialect, options.limits, options.sheet, classes.score).open(source)
    if opened.grid is None:
        return unreadable(opened, *REGISTERS)
    headers, why = classes.choose(opened.grid)
    opened = attrs.evolve(opened, findings=(*opened.findings, why))
    if headers is None:
        return unreadable(opened, *REGISTERS)
    mapping = TableMapping(headers, options.constants, options.ids, dialect)
    return read_opened(opened, mapping, options.limits)


def write(portfolio: Portfolio, path: Path, options: WriteOptions) -> None:
    """Write the entities of one class without the fields that no cell can hold.

    Raises:
        InvalidValueError: Something does not fit into a cell.
    """
    entities = entities_of(portfolio, options)
    cls = options.of or type(next(iter(entities)))
    try:
        write_table(path, entities, language=options.language, omit=untabular(cls), of=cls)
    except InvalidValueError as error:
        raise error.under(cls.plural) from None


def write_stream(entities: Iterable[Entity], path: Path, options: WriteOptions) -> None:
    """Write entities of the class in the options as they come.

    Raises:
        InvalidValueError: Something does not fit into a cell.
    """
    cls = cast("type[Entity]", options.of)
    try:
        write_table(path, entities, language=options.language, omit=untabular(cls), of=cls)
    except InvalidValueError as error:
        raise error.under(cls.plural) from None


def losses(portfolio: Portfolio, options: WriteOptions) -> Iterator[Finding]:
    """Report the registers and the fields that are left out."""
    yield from other_classes(portfolio, options)
    cls = class_to_write(portfolio, options)
    if cls is None:
        return
    held = fields_of(cls).keys() - untabular(cls)
    yield from lost_fields(portfolio.registers()[cls.plural], held)
