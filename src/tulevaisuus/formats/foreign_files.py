"""What files of other kinds begin with, which people take for documents or tables."""

import codecs
import re

from tulevaisuus.findings.expectations import found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.findings.localization import LocalizedText

__all__ = ["foreign_file"]

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
"""How files begin, and what messages call them."""

_IN_ZIP = {
    b"opendocument.spreadsheet": "opendocument_file",
    b"opendocument.text": "text_document",
    b"word/": "text_document",
}
"""What is in zip archives that are neither workbooks nor packages of tables."""

_UTF16 = re.compile(rb"[\x01-\x7f]\0|\0[\x01-\x7f]")
"""How text in UTF-16 begins that has no mark."""

_BEGINNING = 4096


def foreign_file(data: bytes) -> "LocalizedText | None":
    """Return what a file is and what to do with it, if it begins as no text in UTF-8 does.

    >>> foreign_file(b"PAR1...").en
    'a Parquet file (give a path that ends in .parquet)'
    >>> foreign_file(b'{"format": "tulevaisuus"}')
    """
    name = _by_signature(data) or _as_text(data)
    return None if name is None else found(name)


def _by_signature(data: bytes) -> str | None:
    """Return what a file is by its first bytes, and an archive by what it has inside."""
    name = next((name for start, name in _SIGNATURES.items() if data.startswith(start)), None)
    if name != "zip_file":
        return name
    inside = data[:_BEGINNING]
    return next((each for part, each in _IN_ZIP.items() if part in inside), name)


def _as_text(data: bytes) -> str | None:
    """Return what kind of text a file is that has no first bytes of its own."""
    if _UTF16.match(data):
        return "utf16_text"
    is_marked_up = data[:_BEGINNING].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")
    return "marked_up_page" if is_marked_up else None
