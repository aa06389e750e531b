"""Reading documents: `read` keeps what is valid and lists the rest, `load` requires all of it.

A document has its entities in registers: lists of the entities of one class, such as ``grants``.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, TypeAlias, cast

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.argument_checks import has_type
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.errors import DocumentError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.found_values import quote
from tulevaisuus.formats import format_version
from tulevaisuus.formats.decoding import ALREADY_REPORTED, check_class, unknown_fields, warning
from tulevaisuus.formats.files import name_of, open_for_bytes, read_past_limit
from tulevaisuus.formats.intake import Entry, Intake, entries_of
from tulevaisuus.formats.json_lines import read_lines_whole
from tulevaisuus.formats.json_locations import TextLocator
from tulevaisuus.formats.json_parsing import parse
from tulevaisuus.formats.limits import Limits, limits_or_default
from tulevaisuus.formats.reading_result import Locator, Reading
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.register import Register
from tulevaisuus.model.type_errors import wrong_type

__all__ = [
    "JSON_LINES_ENDINGS",
    "Input",
    "load",
    "loads",
    "read",
    "read_document",
    "read_text",
    "require_source",
]

Input: TypeAlias = str | os.PathLike[str] | bytes | IO[bytes] | IO[str] | Mapping[str, object]
"""Where a document is: a path, its bytes, an open file, or a parsed `dict`."""

_BLANKS = " \t\r\n\ufeff"
"""Characters that may come before the first bracket of a document."""

_HEADER = ("$schema", "format", "format_version")
"""The fields of a document that say how to read it."""

_ALL_REGISTERS = ("programme", *REGISTERS)
_KNOWN_FIELDS = (*_HEADER, *_ALL_REGISTERS)
JSON_LINES_ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
"""How the paths of files of JSON Lines end."""


def read(source: Input, *, of: type[Entity] | None = None, limits: Limits | None = None) -> Reading:
    """Read a document and never raise for its contents.

    Findings about the text, about values and about single entities are in the result, each with its
    location in the source; `check` adds the findings of the rules.

    Args:
        source: A path (``.gz`` and ``.zst`` are decompressed), bytes, an open file, or a parsed
            document. A path that ends in ``.jsonl`` or ``.ndjson`` is read as JSON Lines.
        of: The class of the entities in a file of JSON Lines; not for a document.
        limits: Maximum sizes and number of findings; see `Limits`.

    Raises:
        OSError: The file cannot be opened.
        TypeError: The source has another type, or a class is needed for JSON Lines.
    """
    limits = limits_or_default(limits)
    if of is not None:
        check_class(of, Entity)
    if isinstance(source, Mapping):
        return read_document({**source}, limits=limits)
    if isinstance(source, bytes | bytearray | memoryview):
        return read_text(bytes(source), limits)
    require_source(source)
    if of is not None or (name_of(source) or "").lower().endswith(JSON_LINES_ENDINGS):
        return _read_lines(source, of, limits)
    return _read_file(source, limits)


def _read_lines(source: object, of: type[Entity] | None, limits: Limits) -> Reading:
    if of is None:
        raise TypeError(
            "a file of JSON Lines does not say what it holds: pass of=tulevaisuus.Grant"
        )
    return read_lines_whole(cast("IO[bytes]", source), of, limits)


def require_source(source: object) -> None:
    """Raise a `TypeError` that names the right function if the source is text or another object."""
    if isinstance(source, str) and ("\n" in source or source.lstrip(_BLANKS)[:1] in {"{", "["}):
        raise TypeError(
            "read and load take a path; this is the text of a document: use tulevaisuus.loads, or"
            " read(text.encode())"
        )
    if not isinstance(source, str | os.PathLike) and not hasattr(source, "read"):
        raise TypeError(
            "give a path, bytes, an open file or the dict of a parsed document, not"
            f" {type(source).__name__}{_hint_for(source)}"
        )


def _hint_for(source: object) -> str:
    """Return what to call for an object that is read already, or that another function reads."""
    if isinstance(source, Portfolio | Reading):
        return ": it is read already, and tulevaisuus.check takes it"
    if isinstance(source, Register | Entity):
        return ": put it into a Portfolio, which tulevaisuus.check takes"
    if isinstance(source, list):
        return ": for a list of entities use formats.structure(..., tulevaisuus.Register[Grant])"
    if hasattr(source, "columns"):
        return ": for a data frame use frames.check, or formats.from_rows"
    return ""


def _read_file(source: str | os.PathLike[str] | IO[bytes] | IO[str], limits: Limits) -> Reading:
    """Read a document from a path or an open file, in parts up to the limit."""
    name = name_of(source)
    read_errors: tuple[type[Exception], ...] = (EOFError,)
    with contextlib.ExitStack() as stack:
        try:
            file, read_errors = stack.enter_context(open_for_bytes(cast("IO[bytes]", source)))
            data = read_past_limit(file, limits.bytes)
        except UnicodeError:
            # The caller has opened the file in text mode, with a wrong encoding.
            encoding = quote(str(getattr(source, "encoding", "?")))
            wrong = messages.WRONG_ENCODING.finding(encoding=encoding)
            return _unreadable([wrong], TextLocator("", name))
        except read_errors:
            return _unreadable([messages.BROKEN_ARCHIVE.finding()], TextLocator("", name))
    return read_text(data, limits, name)


def load(source: Input, *, limits: Limits | None = None) -> Portfolio:
    """Read a document, which must be valid; warnings do not raise.

    Args:
        source: As for `read`.
        limits: Maximum sizes and number of findings; see `Limits`.

    Raises:
        DocumentError: There are errors; it has all findings.
        OSError: The file cannot be opened.
    """
    return _valid_portfolio(read(source, limits=limits))


def loads(text: str | bytes, *, limits: Limits | None = None) -> Portfolio:
    """Read a document from text or bytes.

    Raises:
        DocumentError: There are errors; it has all findings.
        TypeError: The argument is neither text nor bytes.
    """
    if not has_type(text, str | bytes | bytearray | memoryview):
        raise TypeError(
            f"loads takes text or bytes, not {type(text).__name__}: give a path, an open file or a"
            " parsed document to tulevaisuus.load"
        )
    return _valid_portfolio(
        read_text(text if isinstance(text, str) else bytes(text), limits_or_default(limits))
    )


def _valid_portfolio(reading: Reading) -> Portfolio:
    if not reading.ok:
        raise DocumentError(reading.findings, reading.counts)
    return reading.portfolio


def read_text(data: str | bytes, limits: Limits, name: str | None = None) -> Reading:
    """Read a document from text or bytes, as `read` does; ``name`` is its name in messages."""
    parsed = parse(data, limits)
    locator = TextLocator(data, name)
    if parsed.value is ALREADY_REPORTED:
        return _unreadable(parsed.problems.findings, locator)
    return read_document(parsed.value, parsed.problems, limits=limits, locator=locator)


def _unreadable(findings: Iterable[Finding], locator: Locator | None) -> Reading:
    intake = Intake()
    intake.report(findings)
    intake.reject(*_ALL_REGISTERS)
    return intake.reading(None, locator=locator)


def read_document(
    document: object,
    problems: Collector | None = None,
    *,
    limits: Limits | None = None,
    locator: Locator | None = None,
) -> Reading:
    """Read a parsed document.

    For a document of an older version, paths lead into the document after its migration.

    Args:
        document: The JSON value; anything but an object is a finding.
        problems: The findings about the text that the document was parsed from.
        limits: How many findings are kept; see `Limits`.
        locator: Finds the location of a path in the text.
    """
    is_newer = _is_newer(document)
    intake = Intake(limits_or_default(limits).findings, is_newer=is_newer)
    if problems:
        intake.report(problems.findings, problems.counts)
    if not isinstance(document, dict):
        found = found_values.describe(document)
        intake.report([messages.WRONG_TYPE.finding(found=found, expected=expectations.OBJECT)])
        intake.reject(*_ALL_REGISTERS)
        return intake.reading(document, locator=locator)
    document = cast("dict[str, object]", document)
    members = format_version.migrate(document)
    if _has_readable_header(members, intake):
        intake.take_all(_entries(members, intake, is_newer=is_newer))
    else:
        intake.reject(*_ALL_REGISTERS)
    newer = members["format_version"] if is_newer else None
    # The order of the fields is that in which findings are sorted. Fields that only the old version
    # has come first: the only findings about them are about the text.
    old = {name: value for name, value in document.items() if name not in members}
    return intake.reading({**old, **members}, newer_version=newer, locator=locator)


def _is_newer(document: object) -> bool:
    """Return whether a document has a newer minor version, which is read with warnings."""
    if not isinstance(document, dict):
        return False
    given = cast("dict[str, object]", document).get("format_version")
    return format_version.version_problem(given) is None and format_version.is_newer(given)


def _has_readable_header(members: dict[str, object], intake: Intake) -> bool:
    """Report findings about the header; return whether the rest can be read."""
    findings: list[Finding] = []
    for name, problem_of in (
        ("format", format_version.format_problem),
        ("format_version", format_version.version_problem),
    ):
        if name not in members:
            findings.append(messages.MISSING_FIELD.finding(field=name).under(name))
        elif members[name] is not ALREADY_REPORTED and (wrong := problem_of(members[name])):
            findings.append(wrong)
    intake.report(findings)
    return all(finding.code != messages.NEWER_VERSION.code for finding in findings)


def _entries(members: dict[str, object], intake: Intake, *, is_newer: bool) -> Iterator[Entry]:
    """Yield the entries of a document; report unknown fields, and registers that are not lists."""
    intake.report(
        warning(unknown) if is_newer else unknown
        for unknown in unknown_fields(members, _KNOWN_FIELDS)
    )
    for name, value in members.items():
        if name == "programme":
            yield Entry(Programme, name, None, value)
        elif name in REGISTERS and isinstance(value, list | tuple):
            yield from entries_of(name, cast("Sequence[object]", value))
        elif name in REGISTERS:
            intake.reject(name)
            if value is not ALREADY_REPORTED:
                intake.report(wrong_type(value, expectations.LIST, list).under(name).findings)
