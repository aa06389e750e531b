"""`read` and `load`: read a file or folder of any format in the registry of formats."""

from __future__ import annotations

import os
from typing import cast

from tulevaisuus.findings.errors import DocumentError
from tulevaisuus.formats import reading
from tulevaisuus.formats.files import name_of, require_path
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
    """Read a document, a table or another file of the registry; wrong contents never raise.

    Findings about the text, about values and about single entities are in the result, each with its
    location in the source; `check` adds the findings of the rules.

    Args:
        source: A path (``.gz`` and ``.zst`` are decompressed), bytes, an open file, or a parsed
            document. A path that ends in ``.jsonl`` or ``.ndjson`` is read as JSON Lines, one that
            ends in ``.csv``, ``.tsv`` or ``.xlsx`` as a table; `tulevaisuus.exchange.read_table`
            has more options for tables.
        of: The class of the entities in a file of JSON Lines or a table; not for a document.
        limits: Maximum sizes and number of findings; see `Limits`.

    Raises:
        OSError: The file cannot be opened.
        TypeError: The source has an unsupported type, or JSON Lines or a table need a class.
        ModuleNotFoundError: The extra for this file type is not installed.
    """
    name = name_of(source)
    if name is None:
        return reading.read(source, of=of, limits=limits)
    from tulevaisuus.exchange.formats_registry import ReadOptions, format_of

    reading.require_source(source)
    if isinstance(source, str | os.PathLike):
        require_path(source)
    file_format = format_of(source)
    reader = None if file_format is None else file_format.reader
    if file_format is None or reader is None or file_format.name == "json":
        return reading.read(source, of=of, limits=limits)
    if file_format.of_one_class and of is None:
        raise TypeError(f"{file_format.name} does not say what it holds: pass of=tulevaisuus.Grant")
    options = ReadOptions(of=of, limits=limits)
    return reader(cast("Source", source), options)


def load(
    source: Input, *, of: type[Entity] | None = None, limits: Limits | None = None
) -> Portfolio:
    """Read a document or a table, which must be valid; warnings do not raise.

    Args:
        source: As for `read`.
        of: The class of the entities in a file of JSON Lines or a table; not for a document.
        limits: Maximum sizes and number of findings; see `Limits`.

    Raises:
        DocumentError: There are errors; the exception has the findings.
        OSError: The file cannot be opened.
        TypeError: As for `read`.
    """
    result = read(source, of=of, limits=limits)
    if not result.ok:
        raise DocumentError(result.findings, result.counts)
    return result.portfolio
