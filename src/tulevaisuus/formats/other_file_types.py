"""Recognises files of other types that people give in place of a document or table."""

import codecs
import re

from tulevaisuus.findings.found_values import found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.localization import LocalizedText

__all__ = ["describe_other_file_type"]

_SIGNATURES = {
    b"\x1f\x8b": "gzip_file",
    b"\x28\xb5\x2f\xfd": "zstd_file",
    b"BZh": "packed_file",
    b"\xfd7zXZ\0": "packed_file",
    b"7z\xbc\xaf\x27\x1c": "packed_file",
    b"Rar!\x1a\x07": "packed_file",
    b"PK\x03\x04": "zip_file",
    b"\xd0\xcf\x11\xe0": "old_office_file",
    b"%PDF": "pdf_file",
    b"{\\rtf": "text_document",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"PAR1": "parquet_file",
    b"ARROW1\0": "arrow_file",
    b"SQLite format 3\0": "database",
    codecs.BOM_UTF32_LE: "utf32_text",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf32_text",
    codecs.BOM_UTF16_LE: "utf16_text",
    codecs.BOM_UTF16_BE: "utf16_text",
}
"""The first bytes of files, and the name of the type in messages."""

_IN_ZIP = {
    b"opendocument.spreadsheet": "opendocument_file",
    b"opendocument.text": "text_document",
    b"word/": "text_document",
}
"""Bytes that are in zip archives of other types than workbooks and Data Packages."""

_UTF16 = re.compile(rb"[\x01-\x7f]\0|\0[\x01-\x7f]")
"""The beginning of UTF-16 text without a byte order mark."""

_SEARCHED_BYTES = 4096
"""Only so many bytes at the beginning of a file are searched."""


def describe_other_file_type(data: bytes) -> "LocalizedText | None":
    """Return the type of a file and what to do with it, or ``None`` if it may be UTF-8 text.

    >>> describe_other_file_type(b"PAR1...").en
    'a Parquet file (give a path that ends in .parquet)'
    >>> describe_other_file_type(b'{"format": "tulevaisuus"}')
    """
    name = _type_by_signature(data) or _type_of_text(data)
    return None if name is None else found(name)


def _type_by_signature(data: bytes) -> str | None:
    """Return the type of a file by its first bytes; for a zip archive, by its content."""
    name = next((name for start, name in _SIGNATURES.items() if data.startswith(start)), None)
    if name != "zip_file":
        return name
    beginning = data[:_SEARCHED_BYTES]
    return next((each for part, each in _IN_ZIP.items() if part in beginning), name)


def _type_of_text(data: bytes) -> str | None:
    """Return the type of a text file that is UTF-16, or HTML or XML."""
    if _UTF16.match(data):
        return "utf16_text"
    is_marked_up = data[:_SEARCHED_BYTES].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")
    return "marked_up_page" if is_marked_up else None
