"""`read` and `load` of any file or folder, by the format that it has."""

from __future__ import annotations

from typing import cast

from tulevaisuus.findings.errors import DocumentError
from tulevaisuus.formats import reading
from tulevaisuus.formats.files import name_of
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.reading import Input
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.exchange.formats_registry import Source

__all__ = ["load", "read"]


def read(source: Input, *, of: type[Entity] | None = None, limits: Limits | None = None) -> Reading:
    """Read a document or a table, and never raise for its contents.

    Findings on the text, on values and on single entities are in the result, each with its place
    in the source; `check` adds what the rules find.

    Args:
        source: A path (``.gz`` and ``.zst`` are unpacked), bytes, an open file, or a document that
            is parsed already. A path that ends in ``.jsonl`` or ``.ndjson`` is a file of JSON
            Lines, one that ends in ``.csv``, ``.tsv`` or ``.xlsx`` a table; tables have more
            options in `tulevaisuus.exchange.read_table`.
        of: The class of the entities in a file of JSON Lines or a table.
        limits: What is read at most; see `Limits`.

    Raises:
        OSError: The file cannot be opened.
        TypeError: The source is none of these, or JSON Lines or a table come without a class.
        ModuleNotFoundError: What reads the file is an extra that is not installed.
    """
    name = name_of(source)
    if name is None:
        return reading.read(source, of=of, limits=limits)
    from tulevaisuus.exchange.formats_registry import ReadOptions, format_of

    reading.require_source(source)
    found = format_of(source)
    reader = None if found is None or found.name == "json" else found.reader
    if found is None or reader is None:
        return reading.read(source, of=of, limits=limits)
    if found.of_one_class and of is None:
        raise TypeError(f"{found.name} does not say what it holds: pass of=tulevaisuus.Grant")
    options = ReadOptions(of=of, limits=limits or Limits())
    return reader(cast("Source", source), options)


def load(
    source: Input, *, of: type[Entity] | None = None, limits: Limits | None = None
) -> Portfolio:
    """Read a document or a table of which everything must be valid.

    Warnings alone do not raise.

    Args:
        source: As for `read`.
        of: The class of the entities in a file of JSON Lines or a table.
        limits: What is read at most; see `Limits`.

    Raises:
        DocumentError: Something is wrong; it lists every problem.
        OSError: The file cannot be opened.
        TypeError: As for `read`.
    """
    made = read(source, of=of, limits=limits)
    if not made.ok:
        raise DocumentError(made.findings, made.counts)
    return made.portfolio
