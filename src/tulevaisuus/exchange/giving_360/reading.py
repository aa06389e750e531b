"""`from_360giving`: reads a package of the 360Giving Data Standard.

The files of publishers differ from the standard and from each other. Everything readable is read.
The rest is reported with its line, and never guessed.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Mapping
from typing import IO, TypeAlias, cast

from tulevaisuus.exchange.formats_registry import ReadOptions, Source
from tulevaisuus.exchange.giving_360.grant_reading import GrantReader, UnreadFields
from tulevaisuus.exchange.wrong_types import wrong_type_finding
from tulevaisuus.facts.reference_portfolio import reference as bundle
from tulevaisuus.findings import expectations, messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.decoding import ALREADY_REPORTED
from tulevaisuus.formats.files import bytes_of, name_of
from tulevaisuus.formats.intake import Entry, Intake
from tulevaisuus.formats.json_locations import TextLocator
from tulevaisuus.formats.json_parsing import parse
from tulevaisuus.formats.limits import Limits, limits_or_default
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["PackageSource", "from_360giving", "read"]

PackageSource: TypeAlias = "str | os.PathLike[str] | bytes | IO[bytes] | Mapping[str, object]"
"""Where a package is: a path, bytes, a file opened in binary mode, or a parsed `dict`."""

_REGISTERS = ("grants", "organisations")
"""The registers (collections of entities, by key) of a `Portfolio` that a package fills."""


def from_360giving(
    source: PackageSource,
    *,
    prefix: str = "",
    constants: Mapping[str, str] | None = None,
    reference: Portfolio = bundle,
    limits: Limits | None = None,
) -> Reading:
    """Read a package of 360Giving, and never raise for its contents.

    All grants have the status ``granted``. The call is the code or title of ``grantProgramme``. The
    project is the only ``relatedActivity``, or the project whose name is the title of the grant, or
    else a project with the id of the grant. Organisations are found by their business ids; those
    that are not in the reference are in the result. Amounts that are not in euros, durations
    without dates, personal data and fields that we do not have are reported, and not read.

    Args:
        source: A path (``.gz`` and ``.zst`` are decompressed), bytes, an open file, or a `dict`.
        prefix: Removed from the beginning of ids, such as ``360G-abc-``.
        constants: ``call`` and ``project`` for grants that do not name them.
        reference: Where calls, projects and organisations are looked up.
        limits: Maximum sizes and number of findings; see `Limits`.

    Raises:
        OSError: The file cannot be opened.
        TypeError: The source has another type.
    """
    limits = limits_or_default(limits)
    intake = Intake(limits.findings)
    make_reader = functools.partial(
        GrantReader, intake, prefix=prefix, constants=constants or {}, reference=reference
    )
    if isinstance(source, Mapping):
        return _read_value({**source}, make_reader, intake, None)
    name = None if isinstance(source, bytes) else name_of(source)
    data = bytes_of(source, limits)
    if isinstance(data, Finding):
        return _unreadable([data], intake, TextLocator("", name))
    parsed = parse(data, limits)
    locator = TextLocator(data, name)
    if parsed.value is ALREADY_REPORTED:
        return _unreadable(parsed.problems.findings, intake, locator)
    intake.report(parsed.problems.findings, parsed.problems.counts)
    return _read_value(parsed.value, make_reader, intake, locator)


def _unreadable(
    findings: list[Finding] | tuple[Finding, ...], intake: Intake, locator: TextLocator | None
) -> Reading:
    """Return the result for a package without readable grants."""
    intake.report(findings)
    intake.reject(*_REGISTERS)
    return intake.reading(None, locator=locator)


def _read_value(
    value: object,
    make_reader: functools.partial[GrantReader],
    intake: Intake,
    locator: TextLocator | None,
) -> Reading:
    """Read a parsed package.

    Args:
        value: The JSON value.
        make_reader: Makes the reader of grants.
        intake: Decodes the grants, and collects the findings.
        locator: Finds lines and columns in the text, if there is a text.
    """
    if not isinstance(value, dict):
        return _unreadable([wrong_type_finding(value, expectations.OBJECT)], intake, locator)
    package = cast("dict[str, object]", value)
    listed = package.get("grants")
    if not isinstance(listed, list):
        return _unreadable([_no_grants(package)], intake, locator)
    unread_fields = UnreadFields()
    reader = make_reader(unread_fields)
    intake.take_all(_entries(reader, cast("list[object]", listed)))
    for name in package:
        if name not in {"grants", "version"}:
            unread_fields.add(name, name)
    intake.report(unread_fields.findings())
    return intake.reading(package, locator=locator)


def _no_grants(package: Mapping[str, object]) -> Finding:
    """Make the finding about a package without a list of grants."""
    if "grants" not in package:
        return messages.MISSING_FIELD.finding(field="grants").under("grants")
    return wrong_type_finding(package["grants"], expectations.LIST).under("grants")


def _entries(reader: GrantReader, listed: list[object]) -> Iterator[Entry]:
    for index, value in enumerate(listed):
        yield from reader.entries(index, value)


def read(source: Source, options: ReadOptions) -> Reading:
    """Read a package; the entry for 360Giving in the registry of formats."""
    constants = {name: str(value) for name, value in options.constants.items()}
    return from_360giving(source, constants=constants, limits=options.limits)
