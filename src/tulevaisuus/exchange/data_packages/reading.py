"""Reads Data Packages: the description, and then the tables that it lists.

A resource is an entry of the description: it has the name of a table and the path of its file. Each
table becomes a register (the entities of one class, by key), or lists of its entities. A finding is
a reported problem or note.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import attrs

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.data_packages.description import CLASSES
from tulevaisuus.exchange.data_packages.file_reading import PackageFiles, open_package
from tulevaisuus.exchange.data_packages.table_reading import (
    PackageLocator,
    PackageTable,
    read_csv_table,
)
from tulevaisuus.exchange.data_packages.writing import DESCRIPTION
from tulevaisuus.exchange.formats_registry import ReadOptions, Source
from tulevaisuus.exchange.wrong_types import wrong_type_finding
from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.collector import Collector
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.location import Location
from tulevaisuus.formats import format_version
from tulevaisuus.formats.decoding import ALREADY_REPORTED
from tulevaisuus.formats.files import name_of
from tulevaisuus.formats.json_locations import TextLocator
from tulevaisuus.formats.json_parsing import parse
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.reading_result import Reading, Rejected
from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.formats.row_writing_and_columns import Table

__all__ = ["is_package", "read"]


def read(source: Source, options: ReadOptions) -> Reading:
    """Read a package from a folder or a zip archive, and never raise for its contents.

    Each finding has the file; in a table it also has the row and cell. Only files of the package
    are opened: a path that leads out of it, or a link, is a finding.

    Raises:
        OSError: There is no such file or folder.
    """
    with open_package(source) as files:
        if isinstance(files, Finding):
            finding = attrs.evolve(files, location=Location(source=name_of(source)))
            return attrs.evolve(Reading.of([finding]), rejected=_rejected_registers(CLASSES))
        return _PackageReader(files, options.limits).read()


def is_package(path: Path) -> bool:
    """Return whether a folder, or a file by its name, is a package."""
    return (
        path.name == DESCRIPTION or path.suffix.lower() == ".zip" or (path / DESCRIPTION).exists()
    )


def _rejected_registers(registers: Iterable[str]) -> tuple[Rejected, ...]:
    """Return the entries of a reading that say that whole registers were not read."""
    return tuple(Rejected(name, None, None) for name in registers)


_REGISTER_OF_TABLE: Mapping[str, str] = {
    table.name: name for name, cls in CLASSES.items() for table in Table.of(cls).with_lists()
}
"""The register to which the rows of a table belong, by the name of the table."""


class _PackageReader:
    """Reads one package."""

    def __init__(self, files: PackageFiles, limits: Limits) -> None:
        self.files = files
        self.limits = limits
        self.remaining_bytes = limits.bytes
        self.problems = Collector(limits.findings)
        self.tables: dict[str, PackageTable] = {}  # by name
        self.unread: dict[str, None] = {}  # the registers that could not be read, in order
        # Finds lines in the description, once that is known to be an object.
        self.description_locator: TextLocator | None = None

    def read(self) -> Reading:
        """Read the description and the tables."""
        description = self._read_description()
        if description is None:
            self.unread |= dict.fromkeys(CLASSES)
        else:
            self._read_tables(description)
        reading = read_rows(
            {name: table.rows for name, table in self.tables.items()}, limits=self.limits
        )
        locator = PackageLocator(self.files.name, self.tables)
        self.problems.extend(locator.locate(reading.findings), reading.counts)
        return attrs.evolve(
            reading,
            findings=tuple(self.problems.findings),
            rejected=(*_rejected_registers(self.unread), *reading.rejected),
            counts=self.problems.counts,
            locator=locator,
        )

    def _source(self, path: str) -> str:
        """Return the name of a file of the package in messages."""
        return path if self.files.name is None else f"{self.files.name}/{path}"

    def _read_file(self, path: str) -> bytes | Finding:
        """Read a file; the limit applies to all files together."""
        data = self.files.read(path, self.remaining_bytes)
        if isinstance(data, bytes):
            self.remaining_bytes -= len(data)
        return data

    def _report(self, findings: Iterable[Finding]) -> None:
        """Report findings about the description; their paths lead into it."""
        if self.description_locator is not None:
            findings = self.description_locator.locate(findings)
        file = Location(source=self._source(DESCRIPTION))
        self.problems.extend(
            finding if finding.location else attrs.evolve(finding, location=file)
            for finding in findings
        )

    def _read_description(self) -> dict[str, object] | None:
        """Return the description, or ``None`` if it cannot be read or is of another format."""
        data = self._read_file(DESCRIPTION)
        if isinstance(data, Finding):
            self._report([data])
            return None
        parsed = parse(data, self.limits)
        locator = TextLocator(data, self._source(DESCRIPTION))
        self._report(locator.locate(parsed.problems.findings))
        if parsed.value is ALREADY_REPORTED:
            return None
        if not isinstance(parsed.value, dict):
            self._report([wrong_type_finding(parsed.value, expectations.OBJECT)])
            return None
        self.description_locator = locator
        description = cast("dict[str, object]", parsed.value)
        findings = [*_check_format(description)]
        self._report(findings)
        return None if findings else description

    def _read_tables(self, description: Mapping[str, object]) -> None:
        """Read the tables that the description lists."""
        resources = description.get("resources")
        if not isinstance(resources, list):
            self._report([wrong_type_finding(resources, expectations.LIST).under("resources")])
            self.unread |= dict.fromkeys(CLASSES)
            return
        for index, resource in enumerate(cast("list[object]", resources)):
            findings = self._read_resource(resource)
            self._report([finding.under("resources", index) for finding in findings])

    def _read_resource(self, resource: object) -> Iterator[Finding]:
        """Read the table of a resource; yield the findings about its description."""
        if not isinstance(resource, dict):
            yield wrong_type_finding(resource, expectations.OBJECT)
            return
        members = cast("dict[str, object]", resource)
        name, path = members.get("name"), members.get("path")
        for key, value in (("name", name), ("path", path)):
            if not isinstance(value, str):
                yield wrong_type_finding(value, expectations.TEXT).under(key)
        if isinstance(name, str) and isinstance(path, str):
            yield from self._read_table(name, path)

    def _read_table(self, name: str, path: str) -> Iterator[Finding]:
        """Read the table with a name and a path; yield the findings about these two."""
        if name not in _REGISTER_OF_TABLE:
            yield table_messages.UNKNOWN_TABLE.finding(found=found_values.quote(name)).under("name")
            return
        if name in self.tables:
            yield table_messages.TABLE_TWICE.finding(found=name).under("name")
            return
        data = self._read_file(path)
        if isinstance(data, Finding):
            self.unread[_REGISTER_OF_TABLE[name]] = None
            yield data.under("path")
            return
        cls = CLASSES[_REGISTER_OF_TABLE[name]]
        layout = next(table for table in Table.of(cls).with_lists() if table.name == name)
        table, findings = read_csv_table(data, layout, self._source(path))
        self.problems.extend(findings)
        if table is None:
            self.unread[_REGISTER_OF_TABLE[name]] = None
        else:
            self.tables[name] = table


def _check_format(description: Mapping[str, object]) -> Iterator[Finding]:
    """Report a package of another format, or of a version that cannot be read."""
    for name, problem_of in (
        ("format", format_version.format_problem),
        ("format_version", format_version.version_problem),
    ):
        if name not in description:
            yield messages.MISSING_FIELD.finding(field=name).under(name)
        elif wrong := problem_of(description[name]):
            yield wrong
