"""Fuzz targets around the readers: the command and its environment, and writers that fail.

``command:utf-8 80 fi␀check␀a.json`` runs the command: first the encoding of the streams, the width
and the language of the environment, then the arguments, between zero bytes; one that begins with
``<`` is standard input. ``writer:lines .gz 100 3`` writes three entities where a file may have
100 bytes; ``writer:dump .json 0 3 1`` has a source that fails after one.
"""

import contextlib
import io
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import tulevaisuus as tul
from tulevaisuus import exchange, formats
from tulevaisuus.cli import main

__all__ = ["SAMPLES", "run_command", "write_with_faults"]

EXAMPLE = Path("examples", "varsinais-suomi-broken.json").read_bytes()
BLANKS = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n", "   ")
ENCODINGS = ("utf-8", "ascii", "latin-1", "cp1252", "utf-16", "cp437")
LONGEST = 8
"""How many arguments are enough."""

SAMPLES = (
    b"command:utf-8 80 fi\0check\0a.json",
    b"command:ascii 0 sv\0check\0a.json\0--format\0json",
    b"command:latin-1 1 xx\0explain\0TSK302",
    b"command:cp1252 2 en\0show\0kunta\0Turku\0--on\x002022-06-01",
    b"command:utf-16 x\0show\0grants\0--format\0csv",
    b'command:utf-8 80 en\0check\0-\0<{"format": "tulevaisuus"}',
    b"command:utf-8 40 en\0check\0a.json\0-o\0b.json\0-f\0sarif",
    b"command:utf-8 80 en\0schema\0grant\0--hlep",
    b"writer:lines .gz 100 3",
    b"writer:lines .zst 0 3 1",
    b"writer:dump .json 500 2",
    b"writer:table .csv 64 3",
)


def run_command(data: bytes) -> None:
    """Run the command: it returns an exit code, and writes no control characters to a terminal."""
    first, *rest = data.split(b"\0")[: LONGEST + 1]
    arguments = [os.fsdecode(each) for each in rest if not each.startswith(b"<")]
    if any("/" in each or ".." in each for each in arguments):
        return  # it may write, but only into the folder that it is given
    given = b"".join(each[1:] for each in rest if each.startswith(b"<"))
    encoding, columns, language, *_ = [*first.decode(errors="replace").split(" "), "", "", ""]
    known = encoding if encoding in ENCODINGS else "utf-8"
    with _folder() as folder, _surroundings(given, known, columns, language) as streams:
        Path(folder, "a.json").write_bytes(EXAMPLE)
        code = main(arguments)
        has_written = len([*Path(folder).iterdir()]) > 1
        out, err = (_decoded(stream.memory.getvalue(), known) for stream in streams)
    assert code in {0, 1, 2}, code
    assert code < 2 or err or out or has_written, arguments  # a report names what is missing
    assert err.translate(BLANKS).isprintable(), ascii(err)
    assert not any(ord(letter) < 32 and letter not in "\n\r\t" for letter in out), ascii(out)


def _decoded(data: bytes, encoding: str) -> str:
    """Decode the output: in the encoding of the stream, or in UTF-8 for formats of programs."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("utf-8")


@contextlib.contextmanager
def _folder() -> Generator[str]:
    """Change to a new temporary folder."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)


class _Stream(io.TextIOWrapper):
    """A stream of a process, in memory."""

    def __init__(self, encoding: str, data: bytes = b"") -> None:
        self.memory = io.BytesIO(data)
        super().__init__(self.memory, encoding, errors="strict", write_through=True)


@contextlib.contextmanager
def _surroundings(
    given: bytes, encoding: str, columns: str, language: str
) -> Generator[tuple[_Stream, _Stream]]:
    """Set the streams and the environment of the command, and restore them afterwards."""
    streams, environment = (sys.stdin, sys.stdout, sys.stderr), dict(os.environ)
    out, err = _Stream(encoding), _Stream(encoding)
    sys.stdin, sys.stdout, sys.stderr = _Stream("utf-8", given), out, err
    with contextlib.suppress(
        ValueError
    ):  # an environment cannot have a zero byte or a lone surrogate
        os.environ["COLUMNS"] = columns
        os.environ["TULEVAISUUS_LANGUAGE"] = language
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        os.environ.clear()
        os.environ.update(environment)


class _SourceError(Exception):
    """The error of a source of entities."""


def write_with_faults(text: str) -> None:
    """Overwrite a file while the disk is full or the source fails: it is complete or unchanged."""
    writer, suffix, *numbers = [*text.split(" "), "", ""][:5]
    counts = [int(each) for each in numbers if each.isascii() and each.isdecimal()][:3]
    if writer not in WRITERS or suffix not in SUFFIXES[writer]:
        return
    most, size, fails = [*counts, 0, 0, 0][:3]
    grants = [*tul.grants][: size % 50]
    with _folder() as folder:
        path = Path(folder, f"file{suffix}")
        path.write_bytes(b"old")
        try:
            with _at_most(most % 5000):
                WRITERS[writer](path, grants, _entities(grants, fails))
        except (OSError, tul.InvalidValueError, _SourceError):
            assert path.read_bytes() == b"old"
        else:
            assert writer not in READERS or READERS[writer](path) == tul.Register(grants)
        assert [*Path(folder).iterdir()] == [path]


def _entities(grants: list[tul.Grant], fails: int) -> Iterator[tul.Grant]:
    """Yield grants, and fail after a number of them, unless it is zero."""
    for number, grant in enumerate(grants):
        if fails and number == fails:
            raise _SourceError
        yield grant


@contextlib.contextmanager
def _at_most(size: int) -> Generator[None]:
    """Limit the size of files, as if the disk were full; zero is no limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if size:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _dump(path: Path, _: list[tul.Grant], entities: Iterator[tul.Grant]) -> None:
    tul.dump(tul.Portfolio(grants=tul.Register(entities)), path)


def _lines(path: Path, _: list[tul.Grant], entities: Iterator[tul.Grant]) -> None:
    formats.write_lines(path, entities)


def _table(path: Path, _: list[tul.Grant], entities: Iterator[tul.Grant]) -> None:
    exchange.write_table(path, [*entities] or [tul.grants["vs-2021"]], omit=["notes", "sources"])


WRITERS: dict[str, Callable[[Path, list[tul.Grant], Iterator[tul.Grant]], None]] = {
    "dump": _dump,
    "lines": _lines,
    "table": _table,
}

SUFFIXES = {
    "dump": ("", ".json", ".gz", ".zst"),
    "lines": ("", ".jsonl", ".gz", ".zst"),
    "table": (".csv",),
}

READERS: dict[str, Callable[[Path], tul.Register[tul.Grant]]] = {
    "dump": lambda path: tul.load(path).grants,
    "lines": lambda path: tul.Register(formats.read_lines(path, tul.Grant)),
}
