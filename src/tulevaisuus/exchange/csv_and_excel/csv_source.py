"""Reads CSV files as grids; detects encoding and separator, and reports them."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.table_messages import phrase
from tulevaisuus.findings.finding import Finding

__all__ = [
    "GUARDED",
    "UTF_8",
    "WINDOWS",
    "Decoded",
    "Dialect",
    "Parsed",
    "Score",
    "cells_of",
    "grid_of_csv",
    "guarded",
    "is_decoded_twice",
    "parsed",
    "unguarded",
]

Score: TypeAlias = Callable[[Grid], int]
"""Returns how well a grid fits: the number of its known headers. The best separator wins."""

UTF_8, WINDOWS = "utf-8", "cp1252"
"""The encodings that are detected."""

_DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab"}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CURRENCY_SIGN = "\N{CURRENCY SIGN}"
_BLANKS = " \t\r\n\N{NO-BREAK SPACE}"
_HINT = "sep="

_DECODED_TWICE = re.compile("Ã[¤¶¥…„–]|â€[“”™]|\N{LATIN SMALL LETTER A WITH CIRCUMFLEX}\u201a¬")
"""Letters of Finnish and Swedish, the euro and dashes in UTF-8 that was read as Windows-1252."""

GUARDED = "=+-@\t\r\n"
"""A spreadsheet program may run a cell that begins with one of these as a formula."""


@attrs.frozen(kw_only=True)
class Dialect:
    """How a CSV file is written, as far as the caller knows; what is ``None`` is detected.

    ``encoding`` is the name of a codec (``utf-8``, ``cp1252``), ``delimiter`` separates
    columns. ``decimal`` is the decimal mark of numbers such as ``1,234``, also in
    the texts of workbooks.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: Literal[",", "."] | None = None


class Decoded(NamedTuple):
    """The text of a file, the name of its encoding in messages, and findings on the encoding."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of_windows(cls, text: str) -> "Decoded":
        """Return a text that was decoded as Windows-1252.

        If it contains ``¤``, the encoding may be ISO 8859-15, in which that byte is the euro sign.
        """
        doubt = (table_messages.UNCERTAIN_ENCODING.finding(),) if _CURRENCY_SIGN in text else ()
        return cls(text, "Windows-1252", doubt)


class Parsed(NamedTuple):
    """The grid of a text, or ``None`` if it cannot be read, and the findings.

    ``skipped`` is the number of lines above the table that only name the separator.
    """

    grid: Grid | None
    findings: tuple[Finding, ...]
    delimiter: str = ";"
    skipped: int = 0


def grid_of_csv(data: bytes, source: str | None, dialect: Dialect, score: Score) -> Parsed:
    """Return the grid of a CSV file, and the findings on its form.

    Args:
        data: The bytes of the file.
        source: What messages call the file.
        dialect: What the caller knows of the file.
        score: Judges how well a separator fits.
    """
    decoded = _decode(data, dialect.encoding)
    if decoded is None:
        is_utf16 = data.startswith(_UTF16) and dialect.encoding is None
        message = table_messages.UTF16_TEXT if is_utf16 else table_messages.NOT_TEXT
        return Parsed(None, (message.finding(),))
    return parsed(decoded, source, dialect.delimiter, score)


def parsed(
    decoded: Decoded,
    source: str | None,
    delimiter: str | None,
    score: Score,
    *,
    is_cut: bool = False,
) -> Parsed:
    """Return the grid of a text by the separator that fits best.

    Args:
        decoded: The text.
        source: What messages call the file.
        delimiter: The separator, if the caller knows it.
        score: Judges how well a separator fits.
        is_cut: Whether the text is the beginning of a longer one, so that it may end in a cell.
    """
    text, hinted = _without_hint(decoded.text)
    skipped = int(hinted is not None)
    wanted = delimiter or hinted
    tried = (wanted,) if wanted else tuple(_DELIMITERS)
    made = {each: _parse(text, each, source, skipped, is_cut=is_cut) for each in tried}
    grids = {each: grid for each, grid in made.items() if isinstance(grid, Grid)}
    if not grids:
        line = max(each for each in made.values() if isinstance(each, int))
        return Parsed(None, (table_messages.BROKEN_QUOTES.finding(line=line),))
    chosen, ambiguous = _choose(grids, score)
    if ambiguous:
        return Parsed(None, (*decoded.findings, ambiguous))
    return Parsed(grids[chosen], tuple(_findings_on_form(decoded, chosen)), chosen, skipped)


def _findings_on_form(decoded: Decoded, delimiter: str) -> Iterator[Finding]:
    """Report the encoding and the separator that the file was read with."""
    yield from decoded.findings
    named = phrase("delimiters", _DELIMITERS.get(delimiter, "other"))
    yield table_messages.DIALECT.finding(encoding=decoded.encoding, delimiter=named)
    if is_decoded_twice(decoded.text):
        yield table_messages.DECODED_TWICE.finding()


def _choose(grids: dict[str, Grid], score: Score) -> tuple[str, Finding | None]:
    """Return the separator with the most known headers, and a finding if two have the same."""
    scores = {delimiter: score(grid) for delimiter, grid in grids.items()}
    highest = max(scores.values())
    best = [delimiter for delimiter, reached in scores.items() if reached == highest]
    blank = [delimiter for delimiter, grid in grids.items() if not grid.rows]
    if blank or _are_alike(best, grids):
        return [*blank, *best][0], None
    if not scores[best[0]]:  # no header is known anyway: the wider table shows the most
        return _widest(best, grids), None
    found = tuple(phrase("delimiters", _DELIMITERS[each]) for each in best)
    return best[0], table_messages.AMBIGUOUS_DIALECT.finding(found=found)


def _are_alike(delimiters: list[str], grids: dict[str, Grid]) -> bool:
    return all(grids[each].rows == grids[delimiters[0]].rows for each in delimiters)


def _widest(delimiters: list[str], grids: dict[str, Grid]) -> str:
    return max(delimiters, key=lambda each: max(map(len, grids[each].rows.values())))


def _decode(data: bytes, encoding: str | None) -> Decoded | None:
    """Decode by the given encoding; without one, as UTF-8 or, if that fails, as Windows-1252."""
    if encoding is not None:
        try:
            return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding)
        except UnicodeDecodeError:
            return None
    if data.startswith(_UTF16):
        return None
    try:
        return Decoded(data.decode().removeprefix("\ufeff"), "UTF-8")
    except UnicodeDecodeError:
        pass
    try:
        return Decoded.of_windows(data.decode(WINDOWS))
    except UnicodeDecodeError:
        return None


def _without_hint(text: str) -> tuple[str, str | None]:
    """Return the text without a first line ``sep=;``, which tells Excel the separator, and that."""
    line, _, rest = text.partition("\n")
    hint = line.rstrip("\r")
    if hint.startswith(_HINT) and len(hint) == len(_HINT) + 1:
        return rest, hint[-1]
    return text, None


def _parse(
    text: str, delimiter: str, source: str | None, skipped: int, *, is_cut: bool
) -> Grid | int:
    """Return the grid, or the line after which the quotes do not match."""
    lines = [*io.StringIO(text, newline="")]
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows: dict[int, dict[int, object]] = {}
    try:
        for number, row in enumerate(reader, 1 + skipped):
            rows[number] = cells_of(row)
    except csv.Error:
        if not is_cut or reader.line_num < len(lines):
            return reader.line_num + skipped
    filled = {number: row for number, row in rows.items() if row}
    return Grid(rows=filled, source=source, comma_separated=delimiter == ",")


def cells_of(row: Sequence[str]) -> dict[int, object]:
    """Return the cells of a row that are not blank, by column."""
    numbered: Iterable[tuple[int, str]] = enumerate(row, 1)
    return {
        column: unguarded(text) if text[0] == "'" else text
        for column, text in numbered
        if text and text.strip(_BLANKS)
    }


def is_decoded_twice(text: str) -> bool:
    """Return whether a program has read a text in a wrong encoding and saved the result.

    >>> is_decoded_twice("ItÃ¤-Uusimaa"), is_decoded_twice("Itä-Uusimaa")
    (True, False)
    """
    return _DECODED_TWICE.search(text) is not None


def unguarded(text: str) -> str:
    """Remove the apostrophe that keeps a spreadsheet program from running a text.

    >>> unguarded("'=1+1"), unguarded("'90-luku")
    ('=1+1', "'90-luku")
    """
    is_guarded = text[:1] == "'" and text[1:2] in {*GUARDED, "'"}
    return text[1:] if is_guarded else text


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet program may run.

    >>> guarded("=1+1"), guarded("Turku")
    ("'=1+1", 'Turku')
    """
    return f"'{text}" if text[:1] in {*GUARDED, "'"} else text
