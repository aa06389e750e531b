"""Files are opened by their suffix, and written completely or not at all."""

import errno
import gzip
import io
import os
import pathlib
import stat
import time
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

import pytest

import tulevaisuus as tul
from tests.helpers import document, found
from tulevaisuus import exchange, formats
from tulevaisuus.formats import files


def grant(id: str, call: str = "shc-2021", project: str = "varsinais-suomi") -> tul.Grant:
    """Make a planned grant."""
    return tul.Grant(id=id, call=call, project=project, status=tul.GrantStatus.PLANNED)


GRANTS = [grant(f"g{n}") for n in range(3)]
ENDINGS = ["jsonl", "jsonl.gz", "jsonl.zst"]


def failing(count: int) -> Iterator[tul.Grant]:
    """Yield some grants and raise an error."""
    yield from GRANTS[:count]
    raise RuntimeError("the source broke")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_can_be_written_from_itself(tmp_path: pathlib.Path, ending: str) -> None:
    """The old file is read until the new one replaces it."""
    path = tmp_path / f"grants.{ending}"
    formats.write_lines(path, GRANTS)
    formats.write_lines(path, formats.read_lines(path, tul.Grant))
    assert list(formats.read_lines(path, tul.Grant)) == GRANTS
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("count", [0, 2])
def test_failing_source_leaves_the_old_file(
    tmp_path: pathlib.Path, ending: str, count: int
) -> None:
    """A partial file would be mistaken for a complete one."""
    path = tmp_path / f"grants.{ending}"
    formats.write_lines(path, GRANTS)
    before = path.read_bytes()
    for target in (path, tmp_path / f"new.{ending}"):
        with pytest.raises(RuntimeError):
            formats.write_lines(target, failing(count))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


class Full(io.FileIO):
    """A file on a full disk."""

    def write(self, _: object, /) -> int:
        """Fail as the operating system does."""
        raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_the_old_document(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that cannot be written completely does not replace the old one."""
    path = tmp_path / "a.json"
    tul.dump(tul.Portfolio(), path)
    before = path.read_text("utf-8")

    def opened(path: pathlib.Path, _: str) -> Full:
        """Open a file on a full disk."""
        return Full(path, "x")

    monkeypatch.setattr(pathlib.Path, "open", opened)
    with pytest.raises(OSError, match="No space left"):
        tul.dump(tul.reference, path)
    monkeypatch.undo()
    assert path.read_text("utf-8") == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_links_and_permissions_are_kept(tmp_path: pathlib.Path) -> None:
    """A symbolic link still points to the file, and its permissions stay."""
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    tul.dump(tul.Portfolio(), target)
    target.chmod(0o640)
    link.symlink_to(target)
    tul.dump(tul.reference, link)
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert tul.load(target) == tul.reference


def test_device_is_written_directly() -> None:
    """A device cannot be replaced by a file."""
    tul.dump(tul.Portfolio(), os.devnull)
    formats.write_lines(os.devnull, GRANTS)
    assert not pathlib.Path(os.devnull).is_file()


@pytest.mark.parametrize("ending", ["json.gz", "json.zst"])
def test_compressed_documents_are_read_and_written(tmp_path: pathlib.Path, ending: str) -> None:
    """Documents may be compressed as lines may; a damaged file is a finding."""
    path = tmp_path / f"a.{ending}"
    tul.dump(tul.reference, path)
    assert tul.load(path) == tul.reference
    path.write_bytes(path.read_bytes()[:-20])
    reading = tul.read(path)
    assert found(reading.findings) == ["TSK001"]
    assert "compressed" in reading.findings[0].message("en")
    path.write_bytes(b"")
    assert found(tul.read(path).findings) == ["TSK001"]


@pytest.mark.parametrize("ending", ["json.gz", "json.zst"])
def test_compressed_file_depends_on_its_contents_only(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """It has neither a time nor a file name, so equal contents are equal bytes."""
    written: list[bytes] = []
    for hour, name in enumerate("ab"):
        monkeypatch.setattr(time, "time", lambda hour=hour: 1e9 + 3600 * hour)
        path = tmp_path / f"{name}.{ending}"
        tul.dump(tul.Portfolio(), path)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_no_more_is_decompressed_than_the_limit(tmp_path: pathlib.Path) -> None:
    """A small file may be very large when decompressed."""
    path = tmp_path / "bomb.json.gz"
    path.write_bytes(gzip.compress(b" " * 10_000_000))
    (finding,) = tul.read(path, limits=tul.Limits(bytes=1000)).findings
    assert finding.code == "TSK001"
    assert "1000 bytes" in finding.message("en")


@pytest.mark.parametrize(
    ("limits", "words"),
    [(tul.Limits(lines=5), "more than 5 lines"), (tul.Limits(total=50), "larger than 50 bytes")],
    ids=["lines", "total"],
)
def test_file_of_lines_has_its_own_limits(
    tmp_path: pathlib.Path, limits: tul.Limits, words: str
) -> None:
    """Blank and invalid lines are counted; the message names the limit to raise."""
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n" * 1000))
    with pytest.raises(tul.DocumentError, match=words) as caught:
        list(formats.read_lines(path, tul.Grant, limits=limits))
    (finding,) = caught.value.findings
    assert finding.location is not None
    assert finding.location.source == str(path)


def test_names_of_sources() -> None:
    """A source without a name, or with a number for one, has no name in findings."""
    assert files.name_of("a.json") == files.name_of(pathlib.Path("a.json")) == "a.json"
    assert files.name_of(io.BytesIO()) is None
    with pathlib.Path(os.devnull).open("rb") as file:
        assert files.name_of(file) == os.devnull


SOURCES: dict[str, Callable[[], Any]] = {
    "bytes": lambda: document().encode(),
    "bytearray": lambda: bytearray(document().encode()),
    "dict": lambda: {"format": "tulevaisuus", "format_version": "1.0"},
    "file of bytes": lambda: io.BytesIO(document().encode()),
    "file of text": lambda: io.StringIO(document()),
}


@pytest.mark.parametrize("name", SOURCES)
def test_document_is_read_from_any_source(name: str) -> None:
    """Bytes, an open file and a parsed dict are accepted."""
    assert tul.read(SOURCES[name]()).ok
    assert tul.load(SOURCES[name]()) == tul.Portfolio()


@pytest.mark.parametrize(
    ("call", "source", "advice"),
    [
        pytest.param(tul.read, document(), "tulevaisuus.loads", id="text of a document"),
        pytest.param(tul.load, "  [1]", "tulevaisuus.loads", id="text of a list"),
        pytest.param(tul.read, 5, "not int", id="number"),
        pytest.param(tul.read, None, "not NoneType", id="nothing"),
        pytest.param(tul.loads, {}, "tulevaisuus.load", id="loads of a dict"),
        pytest.param(tul.loads, pathlib.Path("a"), "tulevaisuus.load", id="loads of a path"),
        pytest.param(tul.read, "a.jsonl", "of=tulevaisuus.Grant", id="lines without a class"),
    ],
)
def test_wrong_source_is_a_type_error(
    call: Callable[..., object], source: object, advice: str
) -> None:
    """The message names the function to call instead."""
    with pytest.raises(TypeError, match=advice):
        call(source)


def test_lines_are_read_as_a_portfolio(tmp_path: pathlib.Path) -> None:
    """Findings name the line, also those of rules."""
    path = tmp_path / "grants.jsonl"
    formats.write_lines(path, GRANTS)
    with path.open("ab") as file:
        file.write(b'\n{"id": "g0", "call": 5}\n{bad\n')
        formats.write_lines(file, [GRANTS[0], grant("g9", "none", "none")])
    reading = tul.read(path, of=tul.Grant)
    assert list(reading.portfolio.grants.keys()) == ["g0", "g1", "g2", "g9"]
    rejected = [(each.place, each.key) for each in reading.rejected]
    assert rejected == [(3, "g0"), (4, None), (5, "g0")]
    assert [with_line(finding) for finding in reading.findings] == [
        ("TSK002", "/grants/3/call", 5),
        ("TSK003", "/grants/3/project", 5),
        ("TSK003", "/grants/3/status", 5),
        ("TSK008", "/grants/3/id", 5),
        ("TSK001", "/grants/4", 6),
        ("TSK008", "/grants/5/id", 7),
    ]
    first = reading.findings[0].location
    assert (first and first.column, first and first.source) == (22, str(path))
    dangling = [each for each in tul.check(reading).findings if each.code == "TSK009"]
    assert [with_line(finding) for finding in dangling] == [
        ("TSK009", "/grants/6/call", 8),
        ("TSK009", "/grants/6/project", 8),
    ]


def with_line(finding: tul.Finding) -> tuple[str, str, int | None]:
    """Return code, path and line of a finding."""
    line = finding.location.line if finding.location else None
    return finding.code, finding.path, line


READERS: list[Callable[[str], object]] = [
    tul.read,
    tul.load,
    lambda path: tul.read(path, of=tul.Grant),
    lambda path: tul.read(f"{path}.csv", of=tul.Grant),
    lambda path: tul.read(f"{path}.zip"),
    lambda path: tul.read(pathlib.Path(path)),
    lambda path: list(formats.read_lines(path, tul.Grant)),
    lambda path: exchange.read_table(path, tul.Grant),
]
WRITERS: list[Callable[[str], object]] = [
    lambda path: tul.dump(tul.Portfolio(), path),
    lambda path: formats.write_lines(path, GRANTS),
    lambda path: exchange.write_table(f"{path}.csv", GRANTS),
    lambda path: exchange.write_package(tul.Portfolio(), path),
    lambda path: exchange.write_package(tul.Portfolio(), f"{path}.zip"),
]


@pytest.mark.parametrize("use", [*READERS, *WRITERS], ids=range(len(READERS) + len(WRITERS)))
@pytest.mark.parametrize(
    ("path", "number", "message_part"),
    [
        ("a long text that is no path " * 200, errno.ENAMETOOLONG, "then use loads"),
        ("a" * 300, errno.ENAMETOOLONG, "too long for a path"),
        ("a\0b", errno.EINVAL, "no path has such a character"),
        ("a\ud800b", errno.EINVAL, "no path has such a character"),
    ],
)
def test_invalid_path_is_an_os_error(
    use: Callable[[str], object], path: str, number: int, message_part: str
) -> None:
    """The message is short and states what is wrong."""
    with pytest.raises(OSError, match=message_part) as error:
        use(path)
    assert error.value.errno == number
    assert len(str(error.value)) < 250


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_is_not_written_as_a_file(
    exists: bool,  # noqa: FBT001 - whether there is a file of the name
    tmp_path: pathlib.Path,
) -> None:
    """A path that ends as that of a folder names none of our files."""
    path = tmp_path / "a.json"
    if exists:
        path.write_text("old", "utf-8")
    with pytest.raises(IsADirectoryError):
        tul.dump(tul.Portfolio(), f"{path}{os.sep}")
    assert [each.read_text("utf-8") for each in tmp_path.iterdir()] == ["old"] * exists


def test_path_is_not_bytes(tmp_path: pathlib.Path) -> None:
    """Bytes are the contents when a document is read, and not a path to write to."""
    path = bytes(tmp_path / "a.json")
    with pytest.raises(TypeError, match="give a path"):
        tul.dump(tul.Portfolio(), path)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match="give a path"):
        formats.write_lines(path, GRANTS)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


class ShortReads(io.BytesIO):
    """A file that returns fewer bytes than requested."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return three bytes at most."""
        return super().read(min(3, size if size is not None and size >= 0 else 3))


@pytest.mark.parametrize("limit", range(8))
@pytest.mark.parametrize("opened", [io.BytesIO, ShortReads])
def test_one_byte_more_than_the_limit_is_read(opened: type[io.BytesIO], limit: int) -> None:
    """So a file of exactly the limit differs from a larger one."""
    assert files.read_past_limit(opened(b"0123456789"), limit) == b"0123456789"[: limit + 1]


class Generous(io.BytesIO):
    """A file that gives one byte more than is asked for."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return one byte too many, or all bytes if none are asked for."""
        return super().read(size + 1 if size is not None and size > 0 else -1)


def test_a_file_that_gives_more_than_is_asked_for_is_not_read_on() -> None:
    """The limit holds for files of any library, also for one that counts wrongly."""
    assert files.read_past_limit(Generous(b"0123456789"), 3) == b"01234"


def test_link_to_itself_is_not_taken_for_a_document(tmp_path: pathlib.Path) -> None:
    """Only a path that is too long is probably the text of a document."""
    link = tmp_path / "loop"
    link.symlink_to(link)
    with pytest.raises(OSError, match="loop") as caught:
        tul.read(link)
    assert caught.value.errno == errno.ELOOP
    assert "document" not in str(caught.value)


class Slow(io.RawIOBase):
    """A raw file that accepts only a few bytes at once, like a full pipe."""

    def __init__(self, *, blocked: bool = False) -> None:
        """Keep what is written; a blocked file accepts nothing."""
        self.written = b""
        self.blocked = blocked

    def writable(self) -> bool:
        """Allow writing."""
        return True

    def write(self, data: Any) -> int | None:  # noqa: ANN401 - any buffer
        """Accept three bytes."""
        if self.blocked:
            return None
        self.written += bytes(data[:3])
        return min(3, len(data))


def test_a_file_without_a_buffer_gets_everything() -> None:
    """A raw file is written to until it has everything, and is not closed."""
    portfolio = tul.Portfolio(grants=tul.Register([*tul.grants][:3]))
    document, lines = Slow(), Slow()
    tul.dump(portfolio, cast("IO[bytes]", document))
    formats.write_lines(cast("IO[bytes]", lines), portfolio.grants)
    assert document.written.decode() == tul.dumps(portfolio)
    assert [*formats.read_lines(io.BytesIO(lines.written), tul.Grant)] == [*portfolio.grants]
    assert not document.closed
    assert not lines.closed


def test_a_file_that_accepts_nothing_is_an_error() -> None:
    """The output is not cut silently."""
    blocked = Slow(blocked=True)
    with pytest.raises(BlockingIOError):
        tul.dump(tul.reference, cast("IO[bytes]", blocked))
    assert not blocked.closed


def test_link_to_itself_is_not_replaced(tmp_path: pathlib.Path) -> None:
    """It is an `OSError`."""
    loop = tmp_path / "loop.json"
    loop.symlink_to(loop)
    with pytest.raises(OSError, match="loop"):
        tul.dump(tul.Portfolio(), loop)
    assert loop.is_symlink()


def test_file_in_place_of_a_folder_is_named(tmp_path: pathlib.Path) -> None:
    """The error has the path that cannot be opened, and not that of the temporary file."""
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError) as raised:
        tul.dump(tul.Portfolio(), tmp_path / "file" / "copy.json")
    assert raised.value.filename == str(tmp_path / "file" / "copy.json")
