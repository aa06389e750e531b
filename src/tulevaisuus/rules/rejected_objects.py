"""Lists the objects of a document that could not be read, so that no rule is checked on them.

A register is the list of the objects of one class in a document, such as ``grants``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.unchecked import Unchecked
from tulevaisuus.formats.reading_result import Reading, Rejected
from tulevaisuus.model.entity import key_text
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.programme import Programme

__all__ = ["UncheckedObjects", "unchecked_object", "unchecked_objects"]


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
        whole = Unchecked(path="")
        return UncheckedObjects((whole,), 0) if limit else UncheckedObjects((), 1)
    first = islice(rejected, min(limit, sys.maxsize))
    listed = tuple(reading.located(map(unchecked_object, first)))
    return UncheckedObjects(listed, len(rejected) - len(listed))


def _is_nothing_read(reading: Reading) -> bool:
    """Return whether the source as a whole could not be read, such as a picture or empty table.

    Then a list of the registers that it may have had would only hide the error.
    """
    registers = {rejected.register for rejected in reading.rejected}
    return (
        bool(registers)
        and all(rejected.place is None for rejected in reading.rejected)
        and (registers >= {*REGISTERS} or reading.portfolio == Portfolio())
    )


def unchecked_object(rejected: Rejected) -> Unchecked:
    """Return the path and subject of an object; its location is not known yet."""
    index = () if rejected.place is None else (rejected.place,)
    path = json_pointers.join(rejected.register, *index)
    return Unchecked(path=path, subject=" ".join(_subject(rejected)))


def _subject(rejected: Rejected) -> Iterator[str]:
    """Yield the class and the key of an object, as far as they are known."""
    if rejected.register == Programme.singular:
        yield rejected.register
    elif rejected.place is not None:
        cls = REGISTERS.get(rejected.register)
        yield rejected.register if cls is None else cls.singular
    if rejected.key is not None:
        yield key_text(rejected.key)
