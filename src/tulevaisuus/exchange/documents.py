"""Our own documents and JSON Lines, as the registry of formats calls them."""

from pathlib import Path
from typing import cast

from tulevaisuus.exchange.formats_registry import ReadOptions, Source, WriteOptions
from tulevaisuus.exchange.one_class import entities_of
from tulevaisuus.formats import lines, reading, writing
from tulevaisuus.formats.intake import Reading
from tulevaisuus.formats.reading import Input
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["read_document", "read_lines", "write_document", "write_lines"]


def read_document(source: Source, options: ReadOptions) -> Reading:
    """Read a document, which says itself what it holds."""
    return reading.read(cast("Input", source), limits=options.limits)


def read_lines(source: Source, options: ReadOptions) -> Reading:
    """Read a file of JSON Lines of the class in the options."""
    return reading.read(cast("Input", source), of=options.of, limits=options.limits)


def write_document(portfolio: Portfolio, path: Path, options: WriteOptions) -> None:
    """Write a document, which holds everything."""
    del options
    writing.dump(portfolio, path)


def write_lines(portfolio: Portfolio, path: Path, options: WriteOptions) -> None:
    """Write the entities of one class, one a line."""
    lines.write_lines(path, entities_of(portfolio, options))
