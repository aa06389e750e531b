"""Files of other types in place of documents or tables are named, with what reads them."""

import bz2
import io
import lzma
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import IO, cast

import pytest

import tulevaisuus as tul
from tests.helpers import document
from tulevaisuus import exchange
from tulevaisuus.formats.other_file_types import describe_other_file_type

TEXT = document(grants=[])


def zipped(**files: str) -> bytes:
    """Put files into an archive, in their order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


SPREADSHEET = zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet")
FOREIGN = {
    "bz2": (bz2.compress(TEXT.encode()), "a packed file"),
    "xz": (lzma.compress(TEXT.encode()), "a packed file"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", "a packed file"),
    "zip": (zipped(a=TEXT), "a zip archive"),
    "ods": (SPREADSHEET, "an OpenDocument spreadsheet"),
    "docx": (zipped(**{"word/document.xml": "<w/>"}), "a document of a word processor"),
    "rtf": (b"{\\rtf1\\ansi", "a document of a word processor"),
    "png": (b"\x89PNG\r\n\x1a\n\0", "a picture"),
    "parquet": (b"PAR1\x15\4PAR1", "a Parquet file"),
    "arrow": (b"ARROW1\0\0", "an Arrow file"),
    "sqlite": (b"SQLite format 3\0\0", "an SQLite database"),
    "utf32": (TEXT.encode("utf-32"), "UTF-32 text"),
    "utf16": (TEXT.encode("utf-16"), "UTF-16 text"),
    "utf16-le": (TEXT.encode("utf-16-le"), "UTF-16 text"),
    "utf16-be": (TEXT.encode("utf-16-be"), "UTF-16 text"),
    "html": (b"\xef\xbb\xbf\n<!DOCTYPE html>", "an HTML or XML file"),
}


@pytest.mark.parametrize("file_type", FOREIGN)
def test_other_file_type_in_place_of_a_document(file_type: str, tmp_path: Path) -> None:
    """The type is recognised from the bytes, whatever the suffix, and named in three languages."""
    data, name = FOREIGN[file_type]
    path = tmp_path / "a.json"
    path.write_bytes(data)
    for source in (data, path):
        (finding,) = tul.read(source).findings
        assert (finding.code, finding.path) == ("TSK001", "")
        assert f"this is {name}" in finding.message("en")
        assert {finding.message("fi"), finding.message("sv")}.isdisjoint({finding.message("en")})


@pytest.mark.parametrize("file_type", ["bz2", "7z", "ods", "png", "parquet", "html"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_other_file_type_in_place_of_a_table(file_type: str, ending: str, tmp_path: Path) -> None:
    """A file of another type with the suffix of a table is named by its type."""
    data, name = FOREIGN[file_type]
    path = tmp_path / f"a.{ending}"
    path.write_bytes(data)
    (finding,) = tul.read(path, of=tul.Grant).findings
    assert (finding.code, f"this is {name}" in finding.message("en")) == ("TSK001", True)


def test_utf_16_is_read_with_a_dialect() -> None:
    """Bytes of which the encoding is given are not recognised as another type."""
    table = "id,haku,hanke,tila\ng1,shc-2021,varsinais-suomi,granted\n".encode("utf-16")
    known = exchange.Dialect(encoding="utf-16")
    reading = exchange.read_table(table, tul.Grant, dialect=known)
    assert [grant.id for grant in reading.portfolio.grants] == ["g1"]


@pytest.mark.parametrize("data", [b"", b"\0", b"\0\0", b"{", b'{"a": 1}'])
def test_short_file_or_document_is_not_named(data: bytes) -> None:
    """Too few bytes to recognise a type lead to the error of JSON."""
    assert all("this is" not in str(each) for each in tul.read(data).findings)


def test_file_in_a_wrong_encoding_is_rejected() -> None:
    """A file opened in a wrong encoding is not read from the part that can be decoded."""
    tail = document(organisations=[{"id": "ä", "name": {"fi": "ä"}, "kind": "city"}])
    noise = "x" * 2**20
    file = io.TextIOWrapper(io.BytesIO((noise + tail).encode()), encoding="ascii")
    reading = tul.read(file)
    assert not reading.ok
    assert "opened as text in ascii" in reading.findings[0].message("en")


def test_file_opened_in_utf_16_by_mistake_is_a_finding() -> None:
    """The error of the decoder becomes a finding of ours."""
    file = io.TextIOWrapper(io.BytesIO(TEXT.encode()), encoding="utf-16")
    assert [finding.code for finding in tul.read(file).findings] == ["TSK001"]


@pytest.mark.parametrize("text", ["\ufeff{}", "[1]", "  {", "id,call\n1,2"])
def test_text_of_a_document_is_not_a_path(text: str) -> None:
    """The error names the function to call."""
    with pytest.raises(TypeError, match="loads"):
        tul.read(text)


def test_empty_path_is_not_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is not used for an empty path."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError):
        tul.read("")
    with pytest.raises(FileNotFoundError):
        tul.dump(tul.Portfolio(), "")
    assert not [*tmp_path.iterdir()]


def test_stream_without_data_yet_is_an_error() -> None:
    """A non-blocking stream is not taken for the end of a document."""

    class NotYet(io.RawIOBase):
        """A pipe to which nothing was written yet."""

        def readable(self) -> bool:
            """Return that it can be read."""
            return True

        def readinto(self, buffer: object) -> None:
            """Return no data."""

    with pytest.raises(BlockingIOError):
        tul.read(cast("IO[bytes]", NotYet()))


def test_document_is_written_to_files_of_either_mode(tmp_path: Path) -> None:
    """Files opened in binary and text mode get the same document."""
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        tul.dump(tul.Portfolio(), file)
    raw, text = io.BytesIO(), io.StringIO()
    tul.dump(tul.Portfolio(), raw)
    tul.dump(tul.Portfolio(), text)
    assert path.read_text() == raw.getvalue().decode() == text.getvalue()


def test_device_is_written_by_its_own_name() -> None:
    """Standard output cannot be replaced, and its resolved path cannot be opened."""
    program = "import tulevaisuus as tul; tul.dump(tul.Portfolio(), '/dev/stdout')"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert tul.loads(done.stdout) == tul.Portfolio()


def test_repr_of_a_reading_is_one_short_line() -> None:
    """It has the number of findings."""
    grants = [{"id": f"g{n}", "status": "x"} for n in range(2000)]
    reading = tul.read(document(grants=grants).encode())
    assert repr(reading) == "<Reading: Portfolio(); 6000 findings, 2000 rejected>"


@pytest.mark.parametrize(("offset", "is_searched"), [(4095, True), (4096, False)])
def test_type_is_recognised_from_the_first_four_kibibytes(
    offset: int, *, is_searched: bool
) -> None:
    """Content after them is not searched, so a large file takes no longer."""
    page = describe_other_file_type(b" " * offset + b"<html>")
    assert (page is not None) is is_searched
    zip_file = b"PK\3\4".ljust(offset - 4, b"x") + b"word/"
    archive = describe_other_file_type(zip_file)
    assert archive is not None
    assert archive.en.startswith("a document of a word processor") is is_searched
