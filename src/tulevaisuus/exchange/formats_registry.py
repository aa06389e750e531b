"""The formats of files: what they are called, how a file shows its format, who reads and writes it.

`FORMATS` has one entry for each format. To add one, write its functions in a module of this
package and name them here as ``"module:function"``; nothing is imported before it is used.

- ``read(source, options) -> Reading``: a `Reader`. It never raises for contents.
- ``write(portfolio, path, options)``: a `Writer`. It writes all that the format can hold, leaves
  out what ``losses`` lists, and leaves the file complete or as it was. It returns how many objects
  it wrote where that depends on what they are.
- ``losses(portfolio, options) -> findings``: a `Losses`. It lists what would be left out, as
  warnings with paths into the portfolio. An error among them means that nothing can be written.
- ``stream(source, options, report) -> entities``: an `EntityReader`. It yields the entities of a
  file one by one, and reports findings as it meets them; nothing in place of them means that this
  file has to be read as a whole.
- ``write_stream(entities, path, options)``: an `EntityWriter`. It writes entities of one class as
  they come. ``lost_fields(cls) -> names`` are the fields that it leaves out.
- ``recognise(path) -> bool``: tells whether a file or folder has this format, where the ending
  alone does not: it may look inside. Formats are asked in the order of `FORMATS`.

`tulevaisuus.read` and the commands ``check`` and ``convert`` know the formats from here.
"""

import importlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TypeAlias, cast

import attrs

from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.files import name_of
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio

__all__ = [
    "FORMATS",
    "EntityReader",
    "EntityWriter",
    "FileFormat",
    "Losses",
    "ReadOptions",
    "Reader",
    "Recognise",
    "Source",
    "WriteOptions",
    "Writer",
    "format_called",
    "format_of",
    "format_to_write",
]

_PACKED = ("", ".gz", ".zst")


@attrs.frozen(kw_only=True)
class ReadOptions:
    """What a caller knows of a source beside its contents; a reader ignores what it cannot use.

    ``of`` is the class of what it holds, where a source does not tell. The others are as for
    `tulevaisuus.exchange.read_table`; ``dialect`` is a `tulevaisuus.exchange.Dialect`.
    """

    of: type[Entity] | None = None
    sheet: str | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    constants: Mapping[str, object] = attrs.field(factory=dict[str, object])
    ids: str | None = None
    dialect: object = None
    limits: Limits = attrs.field(factory=Limits)


@attrs.frozen(kw_only=True)
class WriteOptions:
    """What a caller wants of a file that is written; a writer ignores what it cannot use.

    ``of`` is the class that is written, where a format holds one. ``language`` is that of headers
    and labels. ``settings`` are values that the format needs and a portfolio does not have, by the
    names in `FileFormat.settings`.
    """

    of: type[Entity] | None = None
    language: str = "fi"
    settings: Mapping[str, str] = attrs.field(factory=dict[str, str])


Source: TypeAlias = "str | os.PathLike[str] | bytes | IO[bytes]"
"""Where a reader reads: a path, bytes, or a file that is open for bytes."""

Reader: TypeAlias = Callable[[Source, ReadOptions], Reading]
Writer: TypeAlias = Callable[[Portfolio, Path, WriteOptions], int | None]
EntityReader: TypeAlias = Callable[
    [Source, ReadOptions, Callable[[Finding], object]], Iterator[Entity] | None
]
EntityWriter: TypeAlias = Callable[[Iterable[Entity], Path, WriteOptions], None]
Losses: TypeAlias = Callable[[Portfolio, WriteOptions], Iterable[Finding]]
Recognise: TypeAlias = Callable[[Path], bool]


@attrs.frozen(kw_only=True)
class FileFormat:
    """A format of files: its name, the endings of its files, and who reads and writes it.

    ``is_folder`` tells that it may also be a folder, ``of_one_class`` that a file holds entities of
    one class and does not say of which. ``settings`` names what ``--set`` may pass to the writer,
    ``options`` the options of the command that its reader uses.
    The others are ``"module:function"`` in `tulevaisuus.exchange`, or empty.
    """

    name: str
    endings: tuple[str, ...]
    is_folder: bool = False
    of_one_class: bool = False
    settings: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    recognise: str = ""
    read: str = ""
    write: str = ""
    losses: str = ""
    stream: str = ""
    write_stream: str = ""
    lost_fields: str = ""

    @property
    def reader(self) -> Reader | None:
        """What reads it, if it is read."""
        return cast("Reader | None", _opened(self.read))

    @property
    def writer(self) -> Writer | None:
        """What writes it, if it is written."""
        return cast("Writer | None", _opened(self.write))

    def lost(self, portfolio: Portfolio, options: WriteOptions) -> list[Finding]:
        """Return what of a portfolio the format cannot hold."""
        losses = cast("Losses | None", _opened(self.losses))
        return [] if losses is None else [*losses(portfolio, options)]

    def entities(
        self, source: Source, options: ReadOptions, report: Callable[[Finding], object]
    ) -> Iterator[Entity] | None:
        """Yield the entities of a file one by one; nothing if it has to be read as a whole."""
        read = cast("EntityReader | None", _opened(self.stream))
        return None if read is None else read(source, options, report)

    def write_all(self, entities: Iterable[Entity], path: Path, options: WriteOptions) -> None:
        """Write entities of one class as they come; only where ``write_stream`` is given."""
        cast("EntityWriter", _opened(self.write_stream))(entities, path, options)

    def left_out(self, cls: type[Entity]) -> tuple[str, ...]:
        """Return the fields of a class that the format leaves out."""
        fields = cast("Callable[[type[Entity]], tuple[str, ...]] | None", _opened(self.lost_fields))
        return () if fields is None else fields(cls)

    def fits(self, name: str) -> bool:
        """Return whether a path ends as files of the format do."""
        return name.lower().endswith(self.endings)

    def recognises(self, source: object) -> bool:
        """Return whether a path, or an open file by its name, has this format."""
        name = name_of(source)
        if not name:
            return False
        path = Path(name) if isinstance(source, str | os.PathLike) else None
        is_folder = path is not None and path.is_dir()
        if not (self.is_folder if is_folder else self.fits(name)):
            return False
        recognise = cast("Recognise | None", _opened(self.recognise))
        if recognise is None or path is None:
            return recognise is None
        try:
            return recognise(path)
        except OSError:  # who reads it meets the error again, and reports it
            return False


def _opened(home: str) -> object:
    """Return the function that ``"module:function"`` names, nothing for an empty name."""
    module, _, function = home.partition(":")
    if not module:
        return None
    return getattr(importlib.import_module(f"tulevaisuus.exchange.{module}"), function)


def _packed(*endings: str) -> tuple[str, ...]:
    """Return endings as they are, and as of packed files."""
    return tuple(f"{ending}{packed}" for ending in endings for packed in _PACKED)


FORMATS: tuple[FileFormat, ...] = (
    FileFormat(
        name="package",
        endings=(".zip", "datapackage.json"),
        is_folder=True,
        recognise="data_packages.reading:is_package",
        read="data_packages.reading:read",
        write="data_packages.writing:write",
    ),
    FileFormat(
        name="jsonl",
        endings=_packed(".jsonl", ".ndjson"),
        of_one_class=True,
        options=("--as",),
        read="document_format:read_lines",
        write="document_format:write_lines",
        losses="one_class:other_classes",
        stream="document_format:stream_lines",
        write_stream="document_format:write_stream",
    ),
    FileFormat(
        name="va",
        endings=(".csv", ".xlsx"),
        settings=("rounded",),
        options=("--set",),
        recognise="official_grant_tables.reading:is_va",
        read="official_grant_tables.reading:read_va",
        write="official_grant_tables.writing:write",
        losses="official_grant_tables.writing:losses_of_file",
    ),
    FileFormat(
        name="csv",
        endings=_packed(".csv", ".tsv"),
        of_one_class=True,
        options=("--as", "--set", "--map"),
        read="csv_and_excel.table_format:read",
        write="csv_and_excel.table_format:write",
        losses="csv_and_excel.table_format:losses",
        stream="csv_and_excel.csv_reading:entities",
        write_stream="csv_and_excel.table_format:write_stream",
        lost_fields="csv_and_excel.columns:fields_without_column",
    ),
    FileFormat(
        name="xlsx",
        endings=(".xlsx", ".xlsm"),
        of_one_class=True,
        options=("--as", "--sheet", "--set", "--map"),
        read="csv_and_excel.table_format:read",
        write="csv_and_excel.table_format:write",
        losses="csv_and_excel.table_format:losses",
    ),
    # Files of other programs: their reader says what they are, and what to do.
    FileFormat(
        name="workbook",
        endings=(".ods", ".xls", ".xlsb", ".numbers"),
        of_one_class=True,
        options=("--as", "--sheet", "--set", "--map"),
        read="csv_and_excel.table_format:read",
    ),
    FileFormat(
        name="parquet",
        endings=(".parquet",),
        is_folder=True,
        options=("--as",),
        recognise="parquet.reading:is_parquet",
        read="parquet.reading:read",
        write="parquet.writing:write",
        stream="parquet.reading:stream",
        write_stream="parquet.writing:write_stream",
    ),
    FileFormat(
        name="360giving",
        endings=(".json",),
        options=("--set",),
        settings=("prefix", "award_date", "rounded", "incomplete", "funder"),
        recognise="threesixty.reading:is_360giving",
        read="threesixty.reading:read",
        write="threesixty.writing:write",
        losses="threesixty.writing:losses_of_file",
    ),
    FileFormat(
        name="dcat-ap",
        endings=(".jsonld",),
        settings=("publication",),
        write="publication_file:write_dcat",
    ),
    FileFormat(
        name="schema.org",
        endings=(".jsonld",),
        settings=("publication",),
        write="publication_file:write_schema_org",
    ),
    # The last one takes every .json that no other format recognises.
    FileFormat(
        name="json",
        endings=_packed(".json"),
        read="document_format:read_document",
        write="document_format:write_document",
    ),
)
"""Every format; that of a file is the first one that recognises it."""


def format_called(name: str) -> FileFormat | None:
    """Return the format of a name, as ``--to`` takes it."""
    return next((each for each in FORMATS if each.name == name), None)


def format_of(source: object) -> FileFormat | None:
    """Return the format of a file that is there, or of an open file by its name."""
    readable = (each for each in FORMATS if each.read)
    return next((each for each in readable if each.recognises(source)), None)


def format_to_write(path: "str | os.PathLike[str]") -> FileFormat | None:
    """Return the format that the ending of a new file means.

    An ending of several formats means the one that has it without looking inside: ``.json`` is a
    document.
    """
    written = [each for each in FORMATS if each.write and each.fits(os.fspath(path))]
    plain = (each for each in written if not each.recognise)
    return next(plain, written[0] if written else None)
