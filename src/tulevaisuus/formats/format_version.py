"""The version of the document format, and which other versions can be read."""

import re
from collections.abc import Callable
from typing import TypeAlias

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.finding import Finding

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "MIGRATIONS",
    "Document",
    "format_problem",
    "is_newer",
    "migrate",
    "version_problem",
]

FORMAT = "tulevaisuus"
"""The value of the field ``format`` of every document."""

FORMAT_VERSION = "1.0"
"""The version that this release writes."""

Document: TypeAlias = "dict[str, object]"
"""A parsed document: the members of its JSON object."""

MIGRATIONS: dict[str, tuple[str, Callable[[Document], Document]]] = {}
"""For each older version the next one, and the pure function that migrates to it.

The function gets unchecked data: it keeps unknown fields, and never raises.
"""

_PATTERN = re.compile(r"(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})")
"""A version: a major and a minor number."""


def _major_and_minor(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)


def is_newer(version: object) -> bool:
    """Return whether a version that can be read is newer than the one that is written.

    >>> is_newer("1.1"), is_newer("1.0")
    (True, False)
    """
    return isinstance(version, str) and _major_and_minor(version) > _major_and_minor(FORMAT_VERSION)


def migrate(document: Document) -> Document:
    """Migrate a document of an older version to the newest, step by step."""
    while isinstance(version := document.get("format_version"), str) and version in MIGRATIONS:
        next_version, change = MIGRATIONS[version]
        document = {**change(document), "format_version": next_version}
    return document


def format_problem(name: object) -> Finding | None:
    """Return the finding about a wrong value of the field ``format``."""
    if name == FORMAT:
        return None
    found = found_values.describe(name)
    if not isinstance(name, str):
        return messages.WRONG_TYPE.finding("/format", found=found, expected=expectations.TEXT)
    return messages.OTHER_FORMAT.finding("/format", found=found, expected=FORMAT)


def version_problem(version: object) -> Finding | None:
    """Return the finding about a version that cannot be read."""
    if version == FORMAT_VERSION:
        return None
    path = "/format_version"
    found = found_values.describe(version)
    if not isinstance(version, str):
        return messages.WRONG_TYPE.finding(path, found=found, expected=expectations.VERSION)
    if not _PATTERN.fullmatch(version):
        return messages.UNREADABLE_VERSION.finding(path, found=found, expected=expectations.VERSION)
    supported, found_parts = _major_and_minor(FORMAT_VERSION), _major_and_minor(version)
    if found_parts[0] > supported[0]:
        return messages.NEWER_VERSION.finding(path, found=version, supported=FORMAT_VERSION)
    if found_parts < supported:
        oldest = min([*MIGRATIONS, FORMAT_VERSION], key=_major_and_minor)
        return messages.NO_SUCH_VERSION.finding(path, found=version, supported=oldest)
    return None
