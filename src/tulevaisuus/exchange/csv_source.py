"""CSV files as grids: encoding and separator are detected, and reported where they are in doubt."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

import attrs

from tulevaisuus.exchange import messages
from tulevaisuus.exchange.grid import Grid
from tulevaisuus.exchange.messages import phrase
from tulevaisuus.findings.finding import Finding

__all__ = ["GUARDED", "Dialect", "Score", "guarded", "is_decoded_twice", "read_csv", "unguarded"]

Score: TypeAlias = Callable[[Grid], int]
"""How much of a grid is understood: the more headers are known, the better the separator."""

_DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab"}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CURRENCY_SIGN = "\N{CURRENCY SIGN}"
_BLANKS = " \t\r\n\N{NO-BREAK SPACE}"
_HINT = "sep="

_DECODED_TWICE = re.compile("Ã[¤¶¥…„–]|â€[“”™]|\N{LATIN SMALL LETTER A WITH CIRCUMFLEX}\u201a¬")
"""Letters of Finnish and Swedish, the euro and dashes in UTF-8 that was read as Windows-1252."""

GUARDED = "=+-@\t\r\n"
"""A spreadsheet program may take a cell that begins so for a formula."""


@attrs.frozen(kw_only=True)
class Dialect:
    """How a CSV file is written, as far as the caller knows; ``None`` is detected.

    ``encoding`` is the name of a codec (``utf-8``, ``cp1252``), ``delimiter`` stands between
    columns. ``decimal`` settles numbers such as ``1,234``, in workbooks, too.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: Literal[",", "."] | None = None


class _Decoded(NamedTuple):
    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def read_csv(
    data: bytes, source: str | None, dialect: Dialect, score: Score
) -> tuple[Grid | None, list[Finding]]:
    """Return the grid of a CSV file, or ``None``, and what there is to report.

    Args:
        data: The bytes of the file.
        source: What messages call the file.
        dialect: What the caller knows of the file.
        score: Judges how well a separator fits.
    """
    decoded = _decode(data, dialect.encoding)
    if decoded is None:
        is_utf16 = data.startswith(_UTF16) and dialect.encoding is None
        return None, [(messages.UTF16_TEXT if is_utf16 else messages.NOT_TEXT).finding()]
    grids = _parsed(decoded.text, source, dialect.delimiter)
    if isinstance(grids, Finding):
        return None, [grids]
    chosen, ambiguous = _choose(grids, score)
    if ambiguous:
        return None, [*decoded.findings, ambiguous]
    return grids[chosen], [*_told(decoded, chosen)]


def _parsed(data: str, source: str | None, delimiter: str | None) -> dict[str, Grid] | Finding:
    """Return the grid of each separator that is possible, or what is wrong with all of them."""
    text, hinted = _without_hint(data)
    wanted = delimiter or hinted
    tried = (wanted,) if wanted else tuple(_DELIMITERS)
    skipped = int(hinted is not None)
    parsed = {each: _parse(text, each, source, skipped) for each in tried}
    grids = {each: grid for each, grid in parsed.items() if isinstance(grid, Grid)}
    if grids:
        return grids
    line = max(each for each in parsed.values() if isinstance(each, int))
    return messages.BROKEN_QUOTES.finding(line=line)


def _told(decoded: _Decoded, delimiter: str) -> Iterator[Finding]:
    """Report how the file was read."""
    yield from decoded.findings
    named = phrase("delimiters", _DELIMITERS.get(delimiter, "other"))
    yield messages.DIALECT.finding(encoding=decoded.encoding, delimiter=named)
    if is_decoded_twice(decoded.text):
        yield messages.DECODED_TWICE.finding()


def _choose(grids: dict[str, Grid], score: Score) -> tuple[str, Finding | None]:
    """Return the separator with which most headers are known, and a finding if two are as good."""
    scores = {delimiter: score(grid) for delimiter, grid in grids.items()}
    highest = max(scores.values())
    best = [delimiter for delimiter, reached in scores.items() if reached == highest]
    blank = [delimiter for delimiter, grid in grids.items() if not grid.rows]
    if blank or _are_alike(best, grids):
        return [*blank, *best][0], None
    if not scores[best[0]]:  # no header is known anyway: the wider table shows the most
        return _widest(best, grids), None
    found = tuple(phrase("delimiters", _DELIMITERS[each]) for each in best)
    return best[0], messages.AMBIGUOUS_DIALECT.finding(found=found)


def _are_alike(delimiters: list[str], grids: dict[str, Grid]) -> bool:
    return all(grids[each].rows == grids[delimiters[0]].rows for each in delimiters)


def _widest(delimiters: list[str], grids: dict[str, Grid]) -> str:
    return max(delimiters, key=lambda each: max(map(len, grids[each].rows.values())))


def _decode(data: bytes, encoding: str | None) -> _Decoded | None:
    """Decode by the given encoding, else as UTF-8, else as Windows-1252."""
    if encoding is not None:
        try:
            return _Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding)
        except UnicodeDecodeError:
            return None
    if data.startswith(_UTF16):
        return None
    try:
        return _Decoded(data.decode().removeprefix("\ufeff"), "UTF-8")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    # In ISO 8859-15, which looks the same otherwise, the byte of this sign is the euro.
    doubt = (messages.UNCERTAIN_ENCODING.finding(),) if _CURRENCY_SIGN in text else ()
    return _Decoded(text, "Windows-1252", doubt)


def _without_hint(text: str) -> tuple[str, str | None]:
    """Take off the first line ``sep=;``, by which Excel knows the separator."""
    line, _, rest = text.partition("\n")
    hint = line.rstrip("\r")
    if hint.startswith(_HINT) and len(hint) == len(_HINT) + 1:
        return rest, hint[-1]
    return text, None


def _parse(text: str, delimiter: str, source: str | None, skipped: int) -> Grid | int:
    """Return the grid, or the line after which the quotes do not match."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = {number: _cells(row) for number, row in enumerate(reader, 1 + skipped)}
    except csv.Error:
        return reader.line_num + skipped
    return Grid(rows={number: row for number, row in rows.items() if row}, source=source)


def _cells(row: Sequence[str]) -> dict[int, object]:
    numbered: Iterable[tuple[int, str]] = enumerate(row, 1)
    return {column: unguarded(text) for column, text in numbered if text.strip(_BLANKS)}


def is_decoded_twice(text: str) -> bool:
    """Tell whether a program has opened a text with a wrong encoding and saved it so.

    >>> is_decoded_twice("ItÃ¤-Uusimaa"), is_decoded_twice("Itä-Uusimaa")
    (True, False)
    """
    return _DECODED_TWICE.search(text) is not None


def unguarded(text: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet program from running a text.

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
