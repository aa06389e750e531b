"""The registry of file formats: names, recognition, readers and writers.

`FORMATS` has one entry for each format. To add one, write its functions in a module of this
package and name them here as ``"module:function"``; nothing is imported before it is used.

- ``read(source, options) -> Reading``: a `Reader`. It never raises for contents.
- ``write(portfolio, path, options)``: a `Writer`. It writes atomically, and leaves out what
  ``losses`` reports. If the format does not hold every object, it returns the number of written
  objects.
- ``losses(portfolio, options) -> findings``: a `Losses`. It reports what would be left out, as
  warnings with paths into the portfolio. An error means that nothing can be written.
- ``stream(source, options, report) -> entities``: an `EntityReader`. It yields the entities of a
  file one by one, and reports findings as soon as they are found. It returns ``None`` if the file
  must be read as a whole.
- ``write_stream(entities, path, options)``: an `EntityWriter`. It writes entities of one class one
  by one. ``lost_fields(cls) -> names`` returns the fields that it leaves out.
- ``recognise(path) -> bool``: returns whether a file or folder has this format. It is needed if the
  suffix is not enough, and may look into the file. Formats are tried in the order of `FORMATS`.

`tulevaisuus.read` and the commands ``check`` and ``convert`` use this registry. A portfolio is all
entities of one document. A finding is a reported problem or note.
"""

import importlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple, TypeAlias, cast

import attrs

from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.compression import COMPRESSED_SUFFIXES
from tulevaisuus.formats.files import name_of
from tulevaisuus.formats.limits import Limits, limits_or_default
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


@attrs.frozen(kw_only=True)
class ReadOptions:
    """Options for reading a file; a reader ignores options that it does not use.

    ``of`` is the class of the entities, if the file does not name it. The others are as for
    `tulevaisuus.exchange.read_table`; ``dialect`` is a `tulevaisuus.exchange.Dialect`.
    """

    of: type[Entity] | None = None
    sheet: str | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    constants: Mapping[str, object] = attrs.field(factory=dict[str, object])
    ids: str | None = None
    dialect: object = None
    limits: Limits = attrs.field(factory=Limits, converter=limits_or_default)


@attrs.frozen(kw_only=True)
class WriteOptions:
    """Options for writing a file; a writer ignores options that it does not use.

    ``of`` is the class to write, if the format holds only one. ``language`` is the language of
    headers and labels. ``settings`` are values that the format needs and a portfolio does not have,
    by the names in `FileFormat.settings`.
    """

    of: type[Entity] | None = None
    language: str = "fi"
    settings: Mapping[str, str] = attrs.field(factory=dict[str, str])


Source: TypeAlias = str | os.PathLike[str] | bytes | IO[bytes]
"""The source of a reader: a path, bytes, or a file opened in binary mode."""

# The types of the functions of a format, which the docstring of this module explains.
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
    """A file format: its name, the endings of its file names, and what reads and writes it.

    ``is_folder`` means that the format may also be a folder, ``of_one_class`` that a file holds
    entities of one class and does not name the class. ``options`` are the options of the commands
    that the reader uses; ``--set`` gives `ReadOptions.constants`. ``settings`` are the names that
    ``--set`` may pass to the writer, in `WriteOptions.settings`. The fields from ``recognise`` on
    name functions, ``"module:function"`` in `tulevaisuus.exchange`, or are empty.
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
        """The function that reads the format, if there is one."""
        return cast("Reader | None", _import_function(self.read))

    @property
    def writer(self) -> Writer | None:
        """The function that writes the format, if there is one."""
        return cast("Writer | None", _import_function(self.write))

    def lost(self, portfolio: Portfolio, options: WriteOptions) -> list[Finding]:
        """Return the findings about the parts of a portfolio that the format cannot hold."""
        losses = cast("Losses | None", _import_function(self.losses))
        return [] if losses is None else [*losses(portfolio, options)]

    def read_entities(
        self, source: Source, options: ReadOptions, report: Callable[[Finding], object]
    ) -> Iterator[Entity] | None:
        """Yield the entities of a file one by one; ``None`` if it must be read as a whole."""
        read = cast("EntityReader | None", _import_function(self.stream))
        return None if read is None else read(source, options, report)

    def write_entities(self, entities: Iterable[Entity], path: Path, options: WriteOptions) -> None:
        """Write entities of one class one by one; the format must have a ``write_stream``."""
        cast("EntityWriter", _import_function(self.write_stream))(entities, path, options)

    def fields_left_out(self, cls: type[Entity]) -> tuple[str, ...]:
        """Return the fields of a class that the format leaves out."""
        fields = cast(
            "Callable[[type[Entity]], tuple[str, ...]] | None", _import_function(self.lost_fields)
        )
        return () if fields is None else fields(cls)

    def has_ending(self, name: str) -> bool:
        """Return whether a path has an ending of the format."""
        return name.lower().endswith(self.endings)

    def recognises(self, source: object) -> bool:
        """Return whether a path, or an open file by its name, has this format."""
        named = _inspect(source)
        return named is not None and self.recognises_named(named)

    def recognises_named(self, named: "_Named") -> bool:
        """Return whether a path or file has this format; it is inspected once for all formats."""
        if not (self.is_folder if named.is_folder else named.name.endswith(self.endings)):
            return False
        recognise = cast("Recognise | None", _import_function(self.recognise))
        return recognise is None or (
            named.path is not None and _is_recognised(named.path, recognise)
        )


class _Named(NamedTuple):
    """A path or an open file: its name in lower case, its path, and whether that is a folder."""

    name: str
    path: Path | None
    is_folder: bool


def _inspect(source: object) -> _Named | None:
    """Return what is known of a path or an open file; ``None`` if it has no name."""
    name = name_of(source)
    if not name:
        return None
    path = Path(name) if isinstance(source, str | os.PathLike) else None
    return _Named(name.lower(), path, path is not None and path.is_dir())


def _is_recognised(path: Path, recognise: Recognise) -> bool:
    """Return whether a file or folder is recognised; `False` if it cannot be opened."""
    try:
        return recognise(path)
    except OSError:  # the reader will get the same error, and report it
        return False


def _import_function(path: str) -> object:
    """Import the function that ``"module:function"`` names; ``None`` for an empty name."""
    module, _, function = path.partition(":")
    if not module:
        return None
    return getattr(importlib.import_module(f"tulevaisuus.exchange.{module}"), function)


def _with_compressed(*endings: str) -> tuple[str, ...]:
    """Return endings without and with the suffixes of compression."""
    return tuple(f"{ending}{suffix}" for ending in endings for suffix in ("", *COMPRESSED_SUFFIXES))


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
        endings=_with_compressed(".jsonl", ".ndjson"),
        of_one_class=True,
        options=("--as",),
        read="json_documents_and_lines:read_lines",
        write="json_documents_and_lines:write_lines",
        losses="one_class_per_file:other_classes",
        stream="json_documents_and_lines:stream_lines",
        write_stream="json_documents_and_lines:write_stream",
    ),
    FileFormat(
        name="va",  # valtionavustukset, state grants: the national sheet of grants
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
        endings=_with_compressed(".csv", ".tsv"),
        of_one_class=True,
        options=("--as", "--set", "--map"),
        read="csv_and_excel.registered_functions:read",
        write="csv_and_excel.registered_functions:write",
        losses="csv_and_excel.registered_functions:losses",
        stream="csv_and_excel.streamed_csv_entities:stream_csv",
        write_stream="csv_and_excel.registered_functions:write_stream",
        lost_fields="csv_and_excel.header_meanings:fields_without_column",
    ),
    FileFormat(
        name="xlsx",
        endings=(".xlsx", ".xlsm"),
        of_one_class=True,
        options=("--as", "--sheet", "--set", "--map"),
        read="csv_and_excel.registered_functions:read",
        write="csv_and_excel.registered_functions:write",
        losses="csv_and_excel.registered_functions:losses",
    ),
    # Files that no reader supports: the finding says what the file is, and what to do.
    FileFormat(
        name="workbook",
        endings=(".ods", ".xls", ".xlsb", ".numbers"),
        of_one_class=True,
        options=("--as", "--sheet", "--set", "--map"),
        read="csv_and_excel.registered_functions:read",
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
        name="360giving",  # the British standard for open data on grants
        endings=(".json",),
        options=("--set",),
        settings=("prefix", "award_date", "rounded", "incomplete", "funder"),
        recognise="giving_360.recognition:is_360giving",
        read="giving_360.reading:read",
        write="giving_360.writing:write",
        losses="giving_360.writing:losses_of_file",
    ),
    FileFormat(
        name="dcat-ap",  # the European vocabulary for catalogues of data
        endings=(".jsonld",),
        settings=("publication",),
        write="dcat_description:write_dcat",
    ),
    FileFormat(
        name="schema.org",
        endings=(".jsonld",),
        settings=("publication",),
        write="dcat_description:write_schema_org",
    ),
    # The last format takes every .json file that no other format recognises.
    FileFormat(
        name="json",
        endings=_with_compressed(".json"),
        read="json_documents_and_lines:read_document",
        write="json_documents_and_lines:write_document",
    ),
)
"""All formats; the format of a file is the first one that recognises it."""


def format_called(name: str) -> FileFormat | None:
    """Return the format with a name, as ``tulevaisuus convert --to`` gets it."""
    return next((known for known in FORMATS if known.name == name), None)


def format_of(source: object) -> FileFormat | None:
    """Return the format of an existing file, or of an open file by its name."""
    named = _inspect(source)
    if named is None:
        return None
    readable = (known for known in FORMATS if known.read)
    return next((known for known in readable if known.recognises_named(named)), None)


def format_to_write(path: "str | os.PathLike[str]") -> FileFormat | None:
    """Return the format for the ending of a new file.

    If several formats have the ending, it is the first that needs no ``recognise``: a new ``.json``
    file is a document, a new ``.jsonld`` file is in DCAT-AP.
    """
    possible = [known for known in FORMATS if known.write and known.has_ending(os.fspath(path))]
    default = (known for known in possible if not known.recognise)
    return next(default, possible[0] if possible else None)
