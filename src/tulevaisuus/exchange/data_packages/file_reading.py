"""Reads the files of a package, a folder or a zip archive; files outside are never opened."""

import contextlib
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Generator
from pathlib import Path, PurePosixPath
from typing import IO, Protocol, TypeAlias

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.data_packages.writing import DESCRIPTION
from tulevaisuus.findings import found_values, messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.files import name_of, require_path

__all__ = [
    "ZIP_ERRORS",
    "PackageFiles",
    "PackageInput",
    "is_within_package",
    "open_package",
    "unsafe_path_finding",
]

PackageInput: TypeAlias = "str | os.PathLike[str] | bytes | IO[bytes]"
"""Where a package is: the path of a folder or zip archive, or the archive as bytes or open file."""

ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""The errors of `zipfile` for archives that are damaged, compressed by an unknown method
(`NotImplementedError`), or encrypted (`RuntimeError`)."""

_READ_ERRORS = (*ZIP_ERRORS, OSError)
"""`ZIP_ERRORS`, and `OSError`: a damaged archive may have a negative offset."""

_FORBIDDEN_CHARACTERS = ("\\", ":", "\0", "~")
"""Characters that lead out of a folder on some operating system, or end a path."""


class PackageFiles(Protocol):
    """Reads the files of a package."""

    @property
    def name(self) -> str | None:
        """The name of the package in messages."""
        ...

    def read(self, path: str, limit: int) -> bytes | Finding:
        """Return a file of at most ``limit`` bytes, or the finding that says why not."""
        ...


@contextlib.contextmanager
def open_package(source: PackageInput) -> Generator[PackageFiles | Finding]:
    """Open a package; an archive that cannot be opened is a finding.

    Raises:
        OSError: There is no such file or folder.
    """
    name = name_of(source)
    if isinstance(source, str | os.PathLike):
        require_path(source)
        path = Path(source)
        if path.name == DESCRIPTION:
            path = path.parent
        if path.is_dir():
            yield _Folder(path, os.fspath(path))
            return
    with contextlib.ExitStack() as stack:
        file: IO[bytes]
        if isinstance(source, bytes):
            file = io.BytesIO(source)
        elif isinstance(source, str | os.PathLike):
            file = stack.enter_context(Path(source).open("rb"))
        else:
            file = source
        try:
            archive = stack.enter_context(zipfile.ZipFile(file))
        except _READ_ERRORS:
            yield messages.BROKEN_ARCHIVE.finding()
            return
        yield _Archive(archive, name, _root_of(archive))


def is_within_package(path: str) -> bool:
    """Return whether a path stays within the package, on every operating system.

    >>> [
    ...     is_within_package(path)
    ...     for path in ("data/grants.csv", "../a.csv", "/a.csv", "C:/a.csv", "")
    ... ]
    [True, False, False, False, False]
    """
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and not path.startswith("/")
        and ".." not in parts
        and not any(character in path for character in _FORBIDDEN_CHARACTERS)
    )


def unsafe_path_finding(path: str) -> Finding:
    """Make the finding about a path that leads out of the package."""
    return table_messages.UNSAFE_PATH.finding(found=found_values.quote(path))


@attrs.frozen
class _Folder:
    """A package in a folder; links are never followed, and only regular files are opened."""

    base: Path
    name: str | None

    def read(self, path: str, limit: int) -> bytes | Finding:
        """Return a file."""
        if not is_within_package(path):
            return unsafe_path_finding(path)
        file = self.base / PurePosixPath(path)
        try:
            real_base = Path(os.path.realpath(self.base))
            if Path(os.path.realpath(file)) != real_base / file.relative_to(self.base):
                return unsafe_path_finding(path)  # there is a link on the way
            if not stat.S_ISREG(file.lstat().st_mode):
                return table_messages.NO_SUCH_FILE.finding(found=found_values.quote(path))
            with file.open("rb") as opened:
                data = opened.read(limit + 1)
        except (OSError, ValueError):
            return table_messages.NO_SUCH_FILE.finding(found=found_values.quote(path))
        return data if len(data) <= limit else table_messages.PACKAGE_TOO_LARGE.finding(limit=limit)


@attrs.frozen
class _Archive:
    """A package in a zip archive, which is read without writing files.

    Programs that compress a folder put the folder itself into the archive: ``root`` is its name
    with a slash.
    """

    archive: zipfile.ZipFile
    name: str | None
    root: str

    def read(self, path: str, limit: int) -> bytes | Finding:
        """Return a file; its size is checked before it is decompressed."""
        if not is_within_package(path):
            return unsafe_path_finding(path)
        name = self.root + path
        entries = [entry for entry in self.archive.infolist() if entry.filename == name]
        if len(entries) != 1:
            return table_messages.NO_SUCH_FILE.finding(found=found_values.quote(path))
        (entry,) = entries
        if stat.S_ISLNK(entry.external_attr >> 16):  # the upper half is the mode of Unix
            return unsafe_path_finding(path)
        if entry.file_size > limit:
            return table_messages.PACKAGE_TOO_LARGE.finding(limit=limit)
        try:
            return self.archive.read(entry)
        except _READ_ERRORS:
            return messages.BROKEN_ARCHIVE.finding()


def _root_of(archive: zipfile.ZipFile) -> str:
    """Return the folder of the package in an archive, with a slash; ``""`` for the top level.

    If several folders have a description, none is chosen.
    """
    names = [entry.filename for entry in archive.infolist()]
    descriptions = [
        name for name in names if PurePosixPath(name).name == DESCRIPTION and name.count("/") <= 1
    ]
    if DESCRIPTION in descriptions or len(descriptions) != 1:
        return ""
    return descriptions[0].removesuffix(DESCRIPTION)
