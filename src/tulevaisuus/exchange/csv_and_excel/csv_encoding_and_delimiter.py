"""Reads a CSV file as a `Grid`; detects the encoding and the delimiter, and reports them.

A grid is the cells of a sheet. A finding is a reported problem or note.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias, cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.formula_escapes import unescape_formula
from tulevaisuus.exchange.csv_and_excel.grid import Grid
from tulevaisuus.exchange.table_messages import phrase
from tulevaisuus.findings import found_values
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields

__all__ = [
    "UTF_8",
    "WINDOWS",
    "CountHeaders",
    "Decoded",
    "Dialect",
    "ParsedCsv",
    "cells_of_row",
    "grid_of_csv",
    "invalid_settings",
    "is_decoded_twice",
    "parse_text",
]

CountHeaders: TypeAlias = Callable[[Grid], int]
"""A function that returns the number of known headers of a grid.

A header is known if it names a field of the class that is read. The delimiter whose grid has the
most known headers is chosen.
"""

UTF_8, WINDOWS = "utf-8", "cp1252"
"""The encodings that are detected; Windows-1252 is Python's ``cp1252``."""

_DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
"""The delimiters that are detected, with the keys of their names in messages."""

_RARE_DELIMITER = "|"
_FIRST_CHARACTERS = 20_000
"""The rare delimiter is only tried if it is among so many first characters of the text."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""The marks with which UTF-16 files begin."""

_NOT_ALLOWED_AS_DELIMITER = '"\r\n\0'
"""Characters that have another meaning in a CSV file."""

_DECIMAL_MARKS = (",", ".")
_CURRENCY_SIGN = "\N{CURRENCY SIGN}"
_WHITESPACE = " \t\r\n\N{NO-BREAK SPACE}"
_DELIMITER_HINT = "sep="
"""The beginning of a first line that only names the delimiter to Excel."""

# The last part is the euro sign: "â", a low quotation mark, and the sign for "not".
_DECODED_TWICE = re.compile("Ã[¤¶¥…„–]|â€[“”™]|\N{LATIN SMALL LETTER A WITH CIRCUMFLEX}\u201a¬")
"""Finnish and Swedish letters, the euro sign and dashes as their bytes in UTF-8 look when a program
reads them as Windows-1252: ``Ã¤`` for ``ä``.
"""

_OTHER_CODE_PAGE = re.compile("[A-Za-z]{1,20}[„”†Ž™ŠŒ][a-z„”š]{1,20}")
"""Finnish and Swedish letters of DOS (code page 850) or of the old Mac, read as Windows-1252."""


@attrs.frozen(kw_only=True)
class Dialect(PydanticFields):
    """Encoding, delimiter and decimal mark of a CSV file; ``None`` means that it is detected.

    ``encoding`` is the name of a codec (``utf-8``, ``cp1252``). ``delimiter`` separates columns.
    ``decimal`` is the decimal mark, needed for numbers such as ``1,234``; it also applies to
    numbers that a workbook has as text.

    Raises:
        InvalidValueError: There is no such encoding, or the delimiter or the decimal mark is not
            allowed.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: Literal[",", "."] | None = None

    def __attrs_post_init__(self) -> None:
        """Fail early: a wrong value would make the reading of any file fail."""
        findings = [*invalid_settings(attrs.asdict(self))]
        if findings:
            raise InvalidValueError(findings)


def invalid_settings(values: Mapping[str, object]) -> Iterator[Finding]:
    """Report the settings of a dialect that are not valid; ``None`` or absent is valid."""
    for name, is_valid, message in (
        ("encoding", _is_encoding, table_messages.NOT_AN_ENCODING),
        ("delimiter", _is_delimiter, table_messages.NOT_A_DELIMITER),
        ("decimal", _DECIMAL_MARKS.__contains__, table_messages.NOT_A_DECIMAL_MARK),
    ):
        value = values.get(name)
        if value is not None and not is_valid(value):
            yield message.finding(f"/{name}", found=found_values.quote(str(value)))


def _is_encoding(value: object) -> bool:
    """Return whether a value names an encoding of text that can be read line by line."""
    # Files are streamed with the error handler "surrogateescape". A byte that is no ASCII makes
    # codecs that do not support it, such as idna, raise an error.
    try:
        b"\xff".decode(cast("str", value), "surrogateescape")
    except (LookupError, TypeError, ValueError):
        return False
    return True


def _is_delimiter(value: object) -> bool:
    return isinstance(value, str) and len(value) == 1 and value not in _NOT_ALLOWED_AS_DELIMITER


class Decoded(NamedTuple):
    """The text of a file, its encoding as messages name it, and findings about the encoding."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()

    @classmethod
    def from_windows(cls, text: str) -> "Decoded":
        """Return a text that was decoded as Windows-1252.

        A text with ``¤`` is reported: the encoding may be ISO 8859-15, where that byte is ``€``. A
        text with quotation marks or capitals within words is reported, too: the encoding may be one
        of DOS or of the old Mac.
        """
        findings: list[Finding] = []
        if _CURRENCY_SIGN in text:
            findings.append(table_messages.PERHAPS_ISO_8859_15.finding())
        word = _OTHER_CODE_PAGE.search(text)
        if word is not None:
            found = found_values.quote(word[0])
            findings.append(table_messages.PERHAPS_DOS_OR_OLD_MAC.finding(found=found))
        return cls(text, "Windows-1252", tuple(findings))


class ParsedCsv(NamedTuple):
    """The grid of a text, or ``None`` if it cannot be read, and the findings.

    ``skipped`` is 1 if the first line only names the delimiter (``sep=;``), and otherwise 0.
    """

    grid: Grid | None
    findings: tuple[Finding, ...]
    delimiter: str = ";"
    skipped: int = 0


class _UnpairedQuotes(NamedTuple):
    """The line where quotes do not match, and whether a quoted cell begins there and has no end."""

    line: int
    is_without_end: bool


def grid_of_csv(
    data: bytes, source: str | None, dialect: Dialect, count_headers: CountHeaders
) -> ParsedCsv:
    """Return the grid of a CSV file, and the findings about encoding and delimiter.

    Args:
        data: The bytes of the file.
        source: The name of the file in messages.
        dialect: The encoding and delimiter, where the caller knows them.
        count_headers: Returns how many headers of a grid are known.
    """
    decoded = _decode(data, dialect.encoding)
    if decoded is None:
        is_utf16 = data.startswith(_UTF16_MARKS) and dialect.encoding is None
        message = table_messages.UTF16_TEXT if is_utf16 else table_messages.NOT_UTF8_OR_WINDOWS_1252
        return ParsedCsv(None, (message.finding(),))
    return parse_text(decoded, source, dialect.delimiter, count_headers)


def parse_text(
    decoded: Decoded,
    source: str | None,
    delimiter: str | None,
    count_headers: CountHeaders,
    *,
    is_cut: bool = False,
) -> ParsedCsv:
    """Return the grid of a text with the delimiter that fits best.

    Args:
        decoded: The text.
        source: The name of the file in messages.
        delimiter: The delimiter, if the caller knows it.
        count_headers: Returns how many headers of a grid are known.
        is_cut: Whether this is only the beginning of the file, which may end within a cell.
    """
    text, hint = _split_delimiter_hint(decoded.text)
    skipped = int(hint is not None)
    known = delimiter or hint
    grids: dict[str, Grid] = {}
    unpaired: list[_UnpairedQuotes] = []
    for tried in (known,) if known else _delimiters_to_try(text):
        result = _parse(text, tried, source, skipped, is_cut=is_cut)
        if isinstance(result, Grid):
            grids[tried] = result
        else:
            unpaired.append(result)
    chosen, problem = _choose_delimiter(grids, unpaired, count_headers)
    if problem:
        return ParsedCsv(None, (*decoded.findings, problem))
    return ParsedCsv(grids[chosen], tuple(_detection_findings(decoded, chosen)), chosen, skipped)


def _unpaired_quotes_finding(unpaired: Iterable[_UnpairedQuotes]) -> Finding:
    """Report the last of these lines: the delimiter with which most of the file could be read."""
    return table_messages.UNPAIRED_QUOTES.finding(line=max(quotes.line for quotes in unpaired))


def _cell_without_end(
    unpaired: Iterable[_UnpairedQuotes], chosen: Grid, count_headers: CountHeaders
) -> Finding | None:
    """Return the finding about a quoted cell without end, if that hides the right delimiter."""
    without_end = [quotes for quotes in unpaired if quotes.is_without_end]
    if not without_end or count_headers(chosen):
        return None
    return _unpaired_quotes_finding(without_end)


def _delimiters_to_try(text: str) -> tuple[str, ...]:
    """Return the delimiters that may separate the columns of a text."""
    is_rare_one_used = _RARE_DELIMITER in text[:_FIRST_CHARACTERS]
    return tuple(
        delimiter for delimiter in _DELIMITERS if delimiter != _RARE_DELIMITER or is_rare_one_used
    )


def _detection_findings(decoded: Decoded, delimiter: str) -> Iterator[Finding]:
    """Report the encoding and the delimiter that were detected."""
    yield from decoded.findings
    named = phrase("delimiters", _DELIMITERS.get(delimiter, "other"))
    yield table_messages.DETECTED_DIALECT.finding(encoding=decoded.encoding, delimiter=named)
    if is_decoded_twice(decoded.text):
        yield table_messages.DECODED_TWICE.finding()


def _choose_delimiter(
    grids: dict[str, Grid], unpaired: Sequence[_UnpairedQuotes], count_headers: CountHeaders
) -> tuple[str, Finding | None]:
    """Return the delimiter of a file, and a finding if no delimiter fits, or more than one.

    Args:
        grids: The result for each delimiter with which the file can be read.
        unpaired: The problems with the other delimiters.
        count_headers: Returns how many headers of a grid are known.
    """
    if not grids:
        return "", _unpaired_quotes_finding(unpaired)
    chosen, ambiguous = _with_most_headers(grids, count_headers)
    return chosen, _cell_without_end(unpaired, grids[chosen], count_headers) or ambiguous


def _with_most_headers(
    grids: dict[str, Grid], count_headers: CountHeaders
) -> tuple[str, Finding | None]:
    """Return the delimiter with the most known headers, and a finding if two have equally many."""
    header_counts = {delimiter: count_headers(grid) for delimiter, grid in grids.items()}
    highest = max(header_counts.values())
    best = [delimiter for delimiter, count in header_counts.items() if count == highest]
    blank = [delimiter for delimiter, grid in grids.items() if not grid.rows]
    if blank:  # a file with nothing but delimiters: with another one, they would be text
        return blank[0], None
    if _have_same_rows(best, grids):
        return best[0], None
    if highest == 0:  # the message about unknown headers is most useful with many columns
        return _with_most_columns(best, grids), None
    found = tuple(phrase("delimiters", _DELIMITERS[delimiter]) for delimiter in best)
    return best[0], table_messages.AMBIGUOUS_DELIMITER.finding(found=found)


def _have_same_rows(delimiters: list[str], grids: dict[str, Grid]) -> bool:
    """Return whether these delimiters all give the same grid: each row is then a single cell."""
    return all(grids[delimiter].rows == grids[delimiters[0]].rows for delimiter in delimiters)


def _with_most_columns(delimiters: list[str], grids: dict[str, Grid]) -> str:
    """Return the delimiter that gives the longest row."""
    return max(delimiters, key=lambda delimiter: max(map(len, grids[delimiter].rows.values())))


def _decode(data: bytes, encoding: str | None) -> Decoded | None:
    """Decode with the given encoding; or else as UTF-8, and if that fails as Windows-1252."""
    if encoding is not None:
        try:
            return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding)
        except UnicodeDecodeError:
            return None
    if data.startswith(_UTF16_MARKS):
        return None
    try:
        return Decoded(data.decode().removeprefix("\ufeff"), "UTF-8")
    except UnicodeDecodeError:
        pass
    try:
        return Decoded.from_windows(data.decode(WINDOWS))
    except UnicodeDecodeError:
        return None


def _split_delimiter_hint(text: str) -> tuple[str, str | None]:
    """Return the text below the first line, and the delimiter that this line names to Excel.

    The line is ``sep=;``. Without such a line the whole text is returned.
    """
    line, _, rest = text.partition("\n")
    hint = line.rstrip("\r")
    if hint.startswith(_DELIMITER_HINT) and len(hint) == len(_DELIMITER_HINT) + 1:
        return rest, hint[-1]
    return text, None


def _parse(
    text: str, delimiter: str, source: str | None, skipped: int, *, is_cut: bool
) -> Grid | _UnpairedQuotes:
    """Return the grid of a text, or the line where the quotes do not match.

    Args:
        text: The text, without the first ``skipped`` lines of the file.
        delimiter: The delimiter.
        source: The name of the file in messages.
        skipped: How many lines of the file are not in the text.
        is_cut: Whether the text may end within a cell.
    """
    lines = [*io.StringIO(text, newline="")]
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows: dict[int, dict[int, object]] = {}
    lines_before = 0  # the lines of the records that are complete
    try:
        # The number is that of the record, not of the line: quoted cells may have line breaks.
        for number, row in enumerate(reader, 1 + skipped):
            rows[number] = cells_of_row(row)
            lines_before = reader.line_num
    except csv.Error:
        is_at_end = reader.line_num == len(lines)
        # Where only the beginning of a file is read, its last cell may be cut off: that is no
        # error, and the incomplete record is left out.
        if not is_cut or not is_at_end:
            # A cell without end reaches the end of the file; it began after the last row.
            is_without_end = is_at_end and len(lines) > lines_before + 1
            line = lines_before + 1 if is_without_end else reader.line_num
            return _UnpairedQuotes(line + skipped, is_without_end)
    filled = {number: row for number, row in rows.items() if row}
    return Grid(rows=filled, source=source, comma_separated=delimiter == ",")


def cells_of_row(row: Sequence[str]) -> dict[int, object]:
    """Return the cells of a row that are not blank, by column number."""
    numbered: Iterable[tuple[int, str]] = enumerate(row, 1)
    # Most cells have no apostrophe: for them the call is spared.
    return {
        column: unescape_formula(text) if text[0] == "'" else text
        for column, text in numbered
        if text and text.strip(_WHITESPACE)
    }


def is_decoded_twice(text: str) -> bool:
    """Return whether a program has decoded a text wrongly and saved the result.

    >>> is_decoded_twice("ItÃ¤-Uusimaa"), is_decoded_twice("Itä-Uusimaa")
    (True, False)
    """
    return _DECODED_TWICE.search(text) is not None
