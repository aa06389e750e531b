"""`read_list`: reads a cell that holds a list, such as ``a; b; c``."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

from tulevaisuus.exchange.csv_and_excel.words_in_cells import words_meaning
from tulevaisuus.findings.errors import InvalidValueError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.decoding import ALREADY_REPORTED
from tulevaisuus.model.field_types import FieldType, Scalar
from tulevaisuus.model.name_search import normalise_name

__all__ = ["ListItem", "read_list"]

_SEPARATOR = re.compile("[;\n]")


class ListItem(NamedTuple):
    """The type of the elements of a list, and the function that reads one element."""

    type: FieldType
    read: Callable[[object], object]


def read_list(item: ListItem, value: object, *, try_whole_text: bool) -> list[object]:
    """Read a list whose elements are separated by semicolons, or by commas if there are none.

    Args:
        item: How an element is read.
        value: The value of the cell.
        try_whole_text: Whether a text with commas may be a single element: a name may have commas,
            a code may not.
    """
    if not isinstance(value, str):
        return [item.read(value)]
    if normalise_name(value) in words_meaning("none"):
        return []
    parts = _strip_parts(_SEPARATOR.split(value))
    if len(parts) == 1 and "," in value:
        single = _read_or_none(item, parts[0]) if try_whole_text else None
        if single is not None:
            return [single]
        parts = _strip_parts(value.split(","))
    return _read_parts(item, parts)


def _read_or_none(item: ListItem, text: str) -> object:
    """Return the value of a text, or ``None`` if the text is not valid."""
    try:
        plain = item.read(text)
        cast("Scalar", item.type).read(plain)
    except InvalidValueError:
        return None
    return plain


def _read_parts(item: ListItem, parts: Iterable[str]) -> list[object]:
    """Read the elements of a list, and raise one error for all that are not valid."""
    elements: list[object] = []
    findings: list[Finding] = []
    for index, part in enumerate(parts):
        try:
            elements.append(item.read(part))
        except InvalidValueError as error:
            elements.append(ALREADY_REPORTED)
            findings += [finding.under(index) for finding in error.findings]
    if findings:
        raise InvalidValueError(findings)
    return elements


def _strip_parts(parts: Iterable[str]) -> list[str]:
    """Return the parts that are not blank, without outer spaces."""
    return [part.strip() for part in parts if part.strip()]
