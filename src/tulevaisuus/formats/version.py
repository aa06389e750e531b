"""The version of the document format, and what can be read of other versions."""

import re
from collections.abc import Callable
from typing import TypeAlias

from tulevaisuus.findings import expectations, templates
from tulevaisuus.findings.finding import Finding

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "MIGRATIONS",
    "is_newer",
    "judge",
    "judge_format",
    "migrate",
]

FORMAT = "tulevaisuus"
"""What the field ``format`` of every document says."""

FORMAT_VERSION = "1.0"
"""The version that is written; every released version from this one on can be read."""

Document: TypeAlias = "dict[str, object]"


MIGRATIONS: dict[str, tuple[str, Callable[[Document], Document]]] = {}
"""The next version after each older one, and the pure function that leads there.

What it takes was not checked yet: it passes on what it does not know, and never raises.
"""

_FORM = re.compile(r"(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})")


def _parts(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)


def is_newer(version: object) -> bool:
    """Tell whether a version that can be read is newer than the one that is written.

    >>> is_newer("1.1"), is_newer("1.0")
    (True, False)
    """
    return isinstance(version, str) and _parts(version) > _parts(FORMAT_VERSION)


def migrate(document: Document) -> Document:
    """Lead a document of an older version to the newest, step by step; any other stays."""
    while isinstance(version := document.get("format_version"), str) and version in MIGRATIONS:
        following, change = MIGRATIONS[version]
        document = {**change(document), "format_version": following}
    return document


def judge_format(name: object) -> Finding | None:
    """Say why the field ``format`` is not ours; nothing if it is."""
    if name == FORMAT:
        return None
    found = expectations.describe(name)
    if not isinstance(name, str):
        return templates.WRONG_TYPE.finding("/format", found=found, expected=expectations.TEXT)
    return templates.FOREIGN_FORMAT.finding("/format", found=found, expected=FORMAT)


def judge(version: object) -> Finding | None:
    """Say why a version cannot be read; nothing if it can."""
    if version == FORMAT_VERSION:
        return None
    path = "/format_version"
    found = expectations.describe(version)
    if not isinstance(version, str):
        return templates.WRONG_TYPE.finding(path, found=found, expected=expectations.VERSION)
    if not _FORM.fullmatch(version):
        return templates.UNREADABLE_VERSION.finding(
            path, found=found, expected=expectations.VERSION
        )
    ours, theirs = _parts(FORMAT_VERSION), _parts(version)
    if theirs[0] > ours[0]:
        return templates.NEWER_VERSION.finding(path, found=version, supported=FORMAT_VERSION)
    if theirs < ours:
        oldest = min([*MIGRATIONS, FORMAT_VERSION], key=_parts)
        return templates.NO_SUCH_VERSION.finding(path, found=version, supported=oldest)
    return None
