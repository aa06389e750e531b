"""Strategies for documents: valid ones, and ones that break one rule at a known place.

A register is the list of the entities of one class in a document, such as ``grants``. A slug is the
readable name of a rule, such as ``own-contribution``; its code is one such as ``TSK002``.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tulevaisuus.findings import json_pointers
from tulevaisuus.formats.format_version import FORMAT_VERSION
from tulevaisuus.formats.reading import loads
from tulevaisuus.formats.writing import dumps
from tulevaisuus.model.business_id import BusinessId
from tulevaisuus.model.field_types import (
    Date,
    FieldType,
    Identifier,
    ListOf,
    Money,
    NonBlankText,
    ObjectOf,
    UniqueListOf,
    WholeNumber,
)
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.texts_of_fixed_form import TextOf
from tulevaisuus.model.value import Value, fields_of
from tulevaisuus.rules.checking import check
from tulevaisuus.rules.rule_declaration import rulebook
from tulevaisuus.testing import samples
from tulevaisuus.testing.object_strategies import strategy_with
from tulevaisuus.testing.portfolios_that_break_a_rule import portfolios_with, violating

__all__ = [
    "BROKEN",
    "CHANGES",
    "BrokenDocument",
    "Change",
    "Damage",
    "Expected",
    "Slot",
    "broken_documents",
    "changed",
    "documents",
]

Damage: TypeAlias = Callable[[str], str | bytes]
"""A function that damages the text of a document."""


class Expected(NamedTuple):
    """The code of an error, and the JSON Pointer to its place in the document."""

    code: str
    path: str


@attrs.frozen
class BrokenDocument:
    """A document that breaks one rule: its text or bytes, and the errors to expect.

    ``data`` is the document as plain data, for readers that take such data; ``None`` if the text
    itself is broken. Readers and `check` report exactly the errors in ``expected``.
    """

    text: str | bytes
    expected: tuple[Expected, ...]
    data: dict[str, Any] | None = None


def documents() -> SearchStrategy[str]:
    """Generate valid documents of a few entities, in various JSON styles."""
    style = {"indent": st.sampled_from((2, None)), "ensure_ascii": st.booleans()}
    data = strategy_with(Portfolio, {}).map(_to_data)
    return st.builds(json.dumps, data, **style, sort_keys=st.booleans())


def broken_documents(rule: str) -> SearchStrategy[BrokenDocument]:
    """Generate documents that break one rule, named by its code or slug, at one place.

    The rules are those on documents, TSK001-TSK013. An unknown name is an `UnknownCodeError`;
    another rule a `ValueError`: `violating` has portfolios that break it.
    """
    code = rulebook[rule].code
    if code not in BROKEN:
        message = (
            f"{code} is no rule on documents; violating({code!r}) has portfolios that break it"
        )
        raise ValueError(message)
    if code == _INVALID_JSON:
        return st.builds(_break_text, _valid_data(code), st.sampled_from(_BROKEN_TEXTS))
    if code in CHANGES:
        return _changed_documents(code)
    return violating(code).map(_to_data).map(functools.partial(_with_findings, code))


def _to_data(portfolio: Portfolio) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(dumps(portfolio)))


@st.composite
def _valid_data(draw: DrawFn, code: str) -> dict[str, Any]:
    """Generate valid documents that contain the valid example of a rule, to be broken later."""
    return _to_data(draw(portfolios_with(loads(samples.valid(code)))))


def _with_findings(code: str, data: dict[str, Any]) -> BrokenDocument:
    """Return the document; the errors to expect are the findings of the rule itself."""
    text = json.dumps(data, ensure_ascii=False)
    findings = check(loads(text), select=code).findings
    return BrokenDocument(text, tuple(Expected(code, each.path) for each in findings), data)


def _break_text(data: dict[str, Any], damage_and_path: tuple[Damage, str]) -> BrokenDocument:
    damage, path = damage_and_path
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return BrokenDocument(damage(text), (Expected(_INVALID_JSON, path),))


_INVALID_JSON = "TSK001"
_BROKEN_TEXTS: tuple[tuple[Damage, str], ...] = (
    (lambda text: text[:-1], ""),
    (lambda text: text + ",", ""),
    (lambda text: text.replace('"', "'"), ""),
    (lambda text: text.replace(f'"{FORMAT_VERSION}"', "NaN"), ""),
    (lambda text: text.replace('"tulevaisuus"', '"\\ud800"'), ""),
    (lambda text: text.replace("{", '{"format": "tulevaisuus", ', 1), "/format"),
    (lambda text: text.replace('"tulevaisuus"', "[" * 40 + "]" * 40), ""),
    (lambda text: text.encode("utf-16"), ""),
)
"""Ways to damage a text, each with the path of its error."""


class Change(NamedTuple):
    """A possible change of one value: its object or list, key there, JSON Pointer, new values."""

    parent: Any
    key: str | int
    path: str
    values: Sequence[object]


@st.composite
def _changed_documents(draw: DrawFn, code: str) -> BrokenDocument:
    data = draw(_valid_data(code))
    changes = [change for change in CHANGES[code](data) if change.values]
    change = draw(st.sampled_from(changes))
    return changed(code, data, change, draw(st.sampled_from(change.values)))


def changed(code: str, data: dict[str, Any], change: Change, value: object) -> BrokenDocument:
    """Apply a change with one of its values; the document then breaks the rule of the code."""
    parent, key, path, _ = change
    if value is _ABSENT:
        del parent[key]
    elif key == len(parent):  # a new element at the end of a list
        parent.append(value)
    else:
        parent[key] = value
    return BrokenDocument(json.dumps(data, ensure_ascii=False), (Expected(code, path),), data)


class Slot(NamedTuple):
    """A value of a document: its object or list, key there, JSON Pointer, field type."""

    parent: Any
    key: str | int
    path: str
    field_type: FieldType
    required: bool = False

    @property
    def value(self) -> Any:  # noqa: ANN401 - JSON
        """The value itself."""
        return self.parent[self.key]

    def change_to(self, values: Sequence[object]) -> Change:
        """Return the change of the value to one of other values."""
        return Change(self.parent, self.key, self.path, values)


def _slots(data: Mapping[str, Any]) -> Iterator[Slot]:
    """Return every value in the registers of a document."""
    for name, cls in REGISTERS.items():
        yield from _slots_in(data.get(name, []), ListOf(ObjectOf(cls)), json_pointers.join(name))


def _slots_in(value: Any, field_type: FieldType, path: str) -> Iterator[Slot]:  # noqa: ANN401 - JSON
    inner: list[Slot] = []
    if isinstance(field_type, ListOf):
        inner = [
            Slot(value, index, path + json_pointers.join(index), field_type.item)
            for index in range(len(value))
        ]
    elif isinstance(field_type, ObjectOf):
        specs = [spec for name, spec in fields_of(field_type.cls).items() if name in value]
        inner = [
            Slot(value, spec.name, path + json_pointers.join(spec.name), spec.type, spec.required)
            for spec in specs
        ]
    for slot in inner:
        yield slot
        yield from _slots_in(slot.value, slot.field_type, slot.path)


def _wrong_types(data: dict[str, Any]) -> Iterator[Change]:
    for slot in _slots(data):
        others = [
            each for each in _ONE_OF_EACH_TYPE if _json_type(each) is not _json_type(slot.value)
        ]
        yield slot.change_to(others)


def _json_type(value: object) -> type:
    """Return the type of a JSON value; JSON has only one type of number."""
    return float if type(value) is int else type(value)


def _missing_fields(data: dict[str, Any]) -> Iterator[Change]:
    for slot in _slots(data):
        yield slot.change_to([_ABSENT] if slot.required else [])
    for name in ("format", "format_version"):
        yield Change(data, name, json_pointers.join(name), [_ABSENT])


def _unknown_fields(data: dict[str, Any]) -> Iterator[Change]:
    # *Huomautus* is Finnish for a remark; no class has such a field.
    objects = [("", data), *((slot.path, slot.value) for slot in _slots(data))]
    for path, value in objects:
        if isinstance(value, dict):
            yield Change(value, "huomautus", f"{path}/huomautus", _ONE_OF_EACH_TYPE)


_WRONG_TEXTS: Mapping[type[Value], Sequence[str]] = {
    BusinessId: ("0204819-0", "02048198", "FI-PRO-0204819-8", "0000000-0")
}
"""Invalid texts, by the class of the value: a wrong form or a wrong check digit."""


def _bad_formats(data: dict[str, Any]) -> Iterator[Change]:
    for slot in _slots(data):
        match slot.field_type:
            case Date():
                values: list[object] = ["20.12.2021", "20211220", "2021-02-30", "2021-12-20T00:00"]
            case Identifier():
                values = ["", " x", "x\n", "x" * 201]
            case TextOf():
                values = [*_WRONG_TEXTS.get(slot.field_type.cls, ())]
            case WholeNumber():
                values = [slot.field_type.minimum - 1, 10**12]
            case _:
                values = []
        yield slot.change_to(values)


def _unsupported_versions(data: dict[str, Any]) -> Iterator[Change]:
    yield Change(data, "format_version", "/format_version", ["2.0", "0.1", "1", "1.0.0"])
    yield Change(data, "format", "/format", ["muu", "Tulevaisuus"])


def _duplicates(data: dict[str, Any]) -> Iterator[Change]:
    for name, cls in REGISTERS.items():
        for entity in data.get(name, ()):
            entities = data[name]
            path = json_pointers.join(name, len(entities), cls.key_fields[-1])
            yield Change(entities, len(entities), path, [entity])


def _repeated_elements(data: dict[str, Any]) -> Iterator[Change]:
    """Repeat the first element of each list whose elements must be unique."""
    for slot in _slots(data):
        if isinstance(slot.field_type, UniqueListOf) and slot.value:
            elements = slot.value
            index = len(elements)
            yield Change(elements, index, f"{slot.path}/{index}", [elements[0]])


def _reversed_periods(data: dict[str, Any]) -> Iterator[Change]:
    reverse = {"start": "2021-12-31", "end": "2021-01-01"}
    for slot in _slots(data):
        if isinstance(slot.field_type, ObjectOf) and slot.field_type.cls is Period:
            yield Change(slot.parent, slot.key, f"{slot.path}/end", [reverse])


def _amounts_out_of_range(data: dict[str, Any]) -> Iterator[Change]:
    for slot in _slots(data):
        if isinstance(slot.field_type, Money):
            zero = [] if slot.field_type.allows_zero else [0]
            yield slot.change_to([-1, 10**12, 0.001, *zero])


def _empty_texts(data: dict[str, Any]) -> Iterator[Change]:
    for slot in _slots(data):
        yield slot.change_to(["", " "] if isinstance(slot.field_type, NonBlankText) else [])


_ABSENT = object()  # in place of a value: its key is removed
_ONE_OF_EACH_TYPE: tuple[object, ...] = (None, True, 12, "12", [], {})
CHANGES: dict[str, Callable[[dict[str, Any]], Iterator[Change]]] = {
    "TSK002": _wrong_types,
    "TSK003": _missing_fields,
    "TSK004": _unknown_fields,
    "TSK006": _bad_formats,
    "TSK007": _unsupported_versions,
    "TSK008": lambda data: itertools.chain(_duplicates(data), _repeated_elements(data)),
    "TSK011": _reversed_periods,
    "TSK012": _amounts_out_of_range,
    "TSK013": _empty_texts,
}
"""The changes of a document that break each rule that readers apply."""

_UNKNOWN_CODE, _DANGLING_REFERENCE = "TSK005", "TSK009"
BROKEN: tuple[str, ...] = (_INVALID_JSON, *CHANGES, _UNKNOWN_CODE, _DANGLING_REFERENCE)
"""The codes that `broken_documents` accepts: those of the rules on documents."""
