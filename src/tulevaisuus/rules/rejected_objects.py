"""Lists the objects of a document that could not be read, so that no rule is checked on them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tulevaisuus.findings import pointers
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.unchecked import Unchecked
from tulevaisuus.formats.reading_result import Reading, Rejected
from tulevaisuus.model.entity import key_text
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.programme import Programme

__all__ = ["UncheckedObjects", "unchecked_objects"]

_NO_WORDS = LocalizedText(fi="", sv="", en="")


class UncheckedObjects(NamedTuple):
    """The first unchecked objects of a reading, and the number of the others."""

    listed: tuple[Unchecked, ...]
    omitted: int


def unchecked_objects(reading: Reading, limit: int) -> UncheckedObjects:
    """Return the objects that no rule can be checked on, in the order of the source.

    Args:
        reading: The result of reading.
        limit: The maximum number of objects to list; all are counted.
    """
    rejected = reading.rejected
    if _is_nothing_read(reading):
        return UncheckedObjects((Unchecked(path=""),)[:limit], int(not limit))
    findings = [_empty_finding(each) for each in islice(rejected, min(limit, sys.maxsize))]
    listed = tuple(
        Unchecked(path=each.path, subject=each.subject, location=each.location)
        for each in reading.located(findings)
    )
    return UncheckedObjects(listed, len(rejected) - len(listed))


def _is_nothing_read(reading: Reading) -> bool:
    """Return whether the source as a whole could not be read, such as a picture or empty table.

    Then a list of the registers that it may have had would only hide the error.
    """
    registers = {each.register for each in reading.rejected}
    return (
        bool(registers)
        and all(each.place is None for each in reading.rejected)
        and (registers >= {*REGISTERS} or reading.portfolio == Portfolio())
    )


def _empty_finding(rejected: Rejected) -> Finding:
    """Return a finding with the path of an object: a reading only knows locations of findings."""
    index = () if rejected.place is None else (rejected.place,)
    return Finding(
        code="",
        severity=Severity.ERROR,
        path=pointers.join(rejected.register, *index),
        subject=" ".join(_subject(rejected)),
        template=_NO_WORDS,
    )


def _subject(rejected: Rejected) -> Iterator[str]:
    """Yield the class and the key of an object, as far as they are known."""
    if rejected.register == Programme.singular:
        yield rejected.register
    elif rejected.place is not None:
        cls = REGISTERS.get(rejected.register)
        yield rejected.register if cls is None else cls.singular
    if rejected.key is not None:
        yield key_text(rejected.key)
