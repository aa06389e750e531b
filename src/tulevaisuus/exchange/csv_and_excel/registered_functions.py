"""The functions that the registry of formats calls for CSV files and workbooks.

A table has entities of one class, so the other registers (the entities of one class, by key) of a
portfolio are left out. A portfolio is all entities of one document.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import attrs

from tulevaisuus.exchange.csv_and_excel.class_guess import ClassGuess
from tulevaisuus.exchange.csv_and_excel.csv_encoding_and_delimiter import Dialect
from tulevaisuus.exchange.csv_and_excel.header_meanings import fields_without_column
from tulevaisuus.exchange.csv_and_excel.reading import read_sheet, read_table, unreadable_result
from tulevaisuus.exchange.csv_and_excel.sheet_finder import SheetFinder
from tulevaisuus.exchange.csv_and_excel.table_mapping import TableMapping
from tulevaisuus.exchange.csv_and_excel.writing import write_table
from tulevaisuus.exchange.formats_registry import ReadOptions, Source, WriteOptions
from tulevaisuus.exchange.lost_data import lost_fields
from tulevaisuus.exchange.one_class_per_file import class_to_write, entities_to_write, other_classes
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.value import fields_of

__all__ = ["losses", "read", "write", "write_stream"]


def read(source: Source, options: ReadOptions) -> Reading:
    """Read a table; without a class in the options, the headers decide the class.

    Raises:
        UnknownCodeError: The options name a field that the class does not have, or, without a
            class, that no class has.
        InvalidValueError: One of the constants is not valid.
    """
    if options.of is None:
        return _read_with_guessed_class(source, options)
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


def _read_with_guessed_class(source: Source, options: ReadOptions) -> Reading:
    """Read a table as the class that the headers show, or report that they do not show one."""
    dialect = cast("Dialect | None", options.dialect) or Dialect()
    guess = ClassGuess(options)
    found_sheet = SheetFinder(
        dialect, options.limits, options.sheet, guess.count_known_headers
    ).find(source)
    if found_sheet.grid is None:
        return unreadable_result(found_sheet, options.limits, *REGISTERS)
    vocabulary, finding = guess.choose(found_sheet.grid)
    found_sheet = attrs.evolve(found_sheet, findings=(*found_sheet.findings, finding))
    if vocabulary is None:
        return unreadable_result(found_sheet, options.limits, *REGISTERS)
    table_mapping = TableMapping(vocabulary, options.constants, options.ids, dialect)
    return read_sheet(found_sheet, table_mapping, options.limits)


def write(portfolio: Portfolio, path: Path, options: WriteOptions) -> None:
    """Write the entities of one class, without the fields that no cell can hold.

    Raises:
        InvalidValueError: A value does not fit into a cell.
    """
    entities = entities_to_write(portfolio, options)
    cls = options.of or type(next(iter(entities)))
    write_stream(entities, path, attrs.evolve(options, of=cls))


def write_stream(entities: Iterable[Entity], path: Path, options: WriteOptions) -> None:
    """Write entities of the class in the options one by one, without the same fields.

    Raises:
        InvalidValueError: A value does not fit into a cell.
    """
    cls = cast("type[Entity]", options.of)
    try:
        write_table(
            path, entities, language=options.language, omit=fields_without_column(cls), of=cls
        )
    except InvalidValueError as error:
        raise error.under(cls.plural) from None


def losses(portfolio: Portfolio, options: WriteOptions) -> Iterator[Finding]:
    """Report the registers and the fields that are left out."""
    yield from other_classes(portfolio, options)
    cls = class_to_write(portfolio, options)
    if cls is None:
        return
    kept_fields = fields_of(cls).keys() - fields_without_column(cls)
    yield from lost_fields(portfolio.registers()[cls.plural], kept_fields)
