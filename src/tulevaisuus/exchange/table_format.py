"""CSV files and workbooks, as the registry of formats calls them."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from tulevaisuus.exchange import messages
from tulevaisuus.exchange.columns import untabular
from tulevaisuus.exchange.csv_source import Dialect
from tulevaisuus.exchange.formats_registry import ReadOptions, Source, WriteOptions
from tulevaisuus.exchange.one_class import class_to_write, entities_of, other_classes
from tulevaisuus.exchange.table_reading import read_table
from tulevaisuus.exchange.table_writing import write_table
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.intake import Reading
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["losses", "read", "write"]


def read(source: Source, options: ReadOptions) -> Reading:
    """Read a table.

    Raises:
        TypeError: The options name no class.
    """
    if options.of is None:
        raise TypeError("a table does not say what it holds: pass of=tulevaisuus.Grant")
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


def losses(portfolio: Portfolio, options: WriteOptions) -> Iterator[Finding]:
    """Report the registers and the fields that are left out."""
    yield from other_classes(portfolio, options)
    cls = class_to_write(portfolio, options)
    if cls is None:
        return
    entities = portfolio.registers()[cls.plural]
    for field in untabular(cls):
        count = sum(bool(getattr(entity, field)) for entity in entities)
        if count:
            yield messages.LOST_FIELD.finding(f"/{cls.plural}", field=field, count=count)
