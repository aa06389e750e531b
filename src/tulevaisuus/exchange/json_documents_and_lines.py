"""The functions for documents and JSON Lines in the registry of formats."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast

from tulevaisuus.exchange.formats_registry import ReadOptions, Source, WriteOptions
from tulevaisuus.exchange.one_class_per_file import entities_to_write
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats import json_lines, reading, writing
from tulevaisuus.formats.reading import Input
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio

__all__ = [
    "read_document",
    "read_lines",
    "stream_lines",
    "write_document",
    "write_lines",
    "write_stream",
]


def read_document(source: Source, options: ReadOptions) -> Reading:
    """Read a document."""
    return reading.read(cast("Input", source), limits=options.limits)


def read_lines(source: Source, options: ReadOptions) -> Reading:
    """Read a file of JSON Lines of the class in the options."""
    return reading.read(cast("Input", source), of=options.of, limits=options.limits)


def write_document(portfolio: Portfolio, path: Path, options: WriteOptions) -> None:
    """Write a document; nothing is left out."""
    del options
    writing.dump(portfolio, path)


def write_lines(portfolio: Portfolio, path: Path, options: WriteOptions) -> None:
    """Write the entities of one class, one per line."""
    json_lines.write_lines(path, entities_to_write(portfolio, options))


def stream_lines(
    source: Source, options: ReadOptions, report: Callable[[Finding], object]
) -> Iterator[Entity] | None:
    """Yield the entities of a file of JSON Lines, and report the findings."""
    if options.of is None or isinstance(source, bytes):
        return None

    def report_line(rejected: json_lines.RejectedLine) -> None:
        """Report the findings about a line."""
        for finding in rejected.findings:
            report(finding)

    return json_lines.read_lines(source, options.of, report_line, limits=options.limits)


def write_stream(entities: Iterable[Entity], path: Path, options: WriteOptions) -> None:
    """Write entities one by one."""
    del options
    json_lines.write_lines(path, entities)
