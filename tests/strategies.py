"""Hypothesis strategies for values and entities of the model, derived from field types."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any, cast

from hypothesis import strategies as st

import tulevaisuus as tul
from tulevaisuus.model.business_id import check_digit
from tulevaisuus.model.field_types import (
    AnyObject,
    Boolean,
    Date,
    EnumMember,
    FieldType,
    Identifier,
    ListOf,
    Money,
    NonBlankText,
    ObjectOf,
    Ref,
    SetOf,
    UniqueListOf,
    Url,
    WholeNumber,
)
from tulevaisuus.model.money_and_percent_types import Percent
from tulevaisuus.model.register import RegisterOf
from tulevaisuus.model.texts_of_fixed_form import TextOf
from tulevaisuus.model.value import FieldSpec, fields_of

__all__ = ["JUNK", "VALUES", "accepted_by", "made_of", "periods"]

VALUES: list[type[tul.Value]] = [
    cls
    for name in tul.__all__
    if isinstance(cls := getattr(tul, name), type)
    and issubclass(cls, tul.Value)
    and cls not in {tul.Value, tul.Entity, tul.Rule}
]
"""Every class of values and entities."""

JUNK: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(),
    st.sampled_from(["\ud800", "\x00", " ", "1e5", "2021-01-01"]),
    st.binary(max_size=3),
    st.dates(),
    st.datetimes(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    st.sampled_from([object(), tul.Text, tul.Text("a"), tul.Sector.HEALTH, tul.Register()]),
)
"""Values of all types, of which most are invalid in a given field."""


def periods() -> st.SearchStrategy[tul.Period]:
    """Generate periods, some of them open on one side."""
    bounds = st.tuples(st.none() | st.dates(), st.none() | st.dates())
    valid = bounds.filter(lambda each: each != (None, None))
    return valid.map(lambda each: tul.Period(*(each if _in_order(*each) else reversed(each))))


def _in_order(start: dt.date | None, end: dt.date | None) -> bool:
    return start is None or end is None or start <= end


def business_ids() -> st.SearchStrategy[tul.BusinessId]:
    """Generate business ids with a correct check digit."""
    digits = st.integers(0, 9_999_999).map("{:07}".format)
    known = digits.filter(lambda each: check_digit(each) is not None and each != "0" * 7)
    return known.map(lambda each: tul.BusinessId(f"{each}-{check_digit(each)}"))


@st.composite
def texts(draw: st.DrawFn) -> tul.Text:
    """Generate texts; only a language that is present may be marked as unofficial."""
    fi, sv, en = draw(_WORDINGS), draw(_OPTIONAL_WORDINGS), draw(_OPTIONAL_WORDINGS)
    there = [language for language, each in (("fi", fi), ("sv", sv), ("en", en)) if each]
    return tul.Text(fi, sv, en, draw(_some_of(*there)))


@functools.cache  # Hypothesis validates each new strategy, which takes longer than to draw from it
def _some_of(*languages: str) -> st.SearchStrategy[frozenset[tul.Language]]:
    return st.frozensets(st.sampled_from([*map(tul.Language, languages)]))


def made_of(cls: type[tul.Value]) -> st.SearchStrategy[Any]:
    """Generate objects of a class with each required field, and any of the optional ones."""
    if cls not in _MADE:
        _MADE[cls] = _made_of(cls)
    return _MADE[cls]


_MADE: dict[type[tul.Value], st.SearchStrategy[Any]] = {}


def _made_of(cls: type[tul.Value]) -> st.SearchStrategy[Any]:
    if cls is tul.Period:
        return periods()
    if cls is tul.BusinessId:
        return business_ids()
    if cls is tul.Text:
        return texts()
    fields = {name: (spec, _values(spec)) for name, spec in fields_of(cls).items()}
    required = {name: values for name, (spec, values) in fields.items() if spec.required}
    optional = {name: values for name, (spec, values) in fields.items() if not spec.required}
    values = st.fixed_dictionaries(required, optional=optional)
    return values.map(lambda fields: cls(**fields))


def _values(spec: FieldSpec) -> st.SearchStrategy[object]:
    values = accepted_by(spec.type)
    return st.none() | values if spec.allows_none else values


_LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
_LINES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
_IDENTIFIERS = st.text(_LETTERS, min_size=1, max_size=20).filter(lambda each: each == each.strip())
_WORDINGS = _LINES.filter(lambda each: not each.isspace())
_OPTIONAL_WORDINGS = st.none() | _WORDINGS


def accepted_by(field_type: FieldType) -> st.SearchStrategy[object]:
    """Generate valid values of a field type."""
    make = cast("Callable[[FieldType], st.SearchStrategy[object]]", _MAKERS[type(field_type)])
    return make(field_type)


def _amounts(field_type: Money) -> st.SearchStrategy[object]:
    least = "0" if field_type.allows_zero else "0.01"
    most = 10**12 - 1
    return st.decimals(least, most, places=2) | st.integers(1, most)


def _registers(field_type: RegisterOf) -> st.SearchStrategy[object]:
    entities = st.lists(made_of(field_type.cls), max_size=2, unique_by=lambda entity: entity.key)
    return entities.map(tul.Register)


def _lists(field_type: ListOf) -> st.SearchStrategy[object]:
    is_set = isinstance(field_type, UniqueListOf)
    return st.lists(accepted_by(field_type.item), max_size=3, unique=is_set).map(tuple)


def _sets(field_type: SetOf) -> st.SearchStrategy[object]:
    return st.frozensets(accepted_by(field_type.item), max_size=3)


_MAKERS: dict[type[FieldType], Callable[[Any], st.SearchStrategy[Any]]] = {
    AnyObject: lambda _: st.nothing(),
    WholeNumber: lambda field_type: st.integers(field_type.minimum, 10**9),
    Date: lambda _: st.dates(),
    Boolean: lambda _: st.booleans(),
    Identifier: lambda _: _IDENTIFIERS,
    Ref: lambda _: _IDENTIFIERS,
    NonBlankText: lambda _: _WORDINGS,
    ListOf: _lists,
    UniqueListOf: _lists,
    TextOf: lambda _: business_ids(),
    EnumMember: lambda field_type: st.sampled_from([*field_type.enum]),
    Money: _amounts,
    Percent: lambda _: st.decimals("0.01", 100, places=2),
    ObjectOf: lambda field_type: made_of(field_type.cls),
    SetOf: _sets,
    Url: lambda _: st.text("abc/?=&.ä-", min_size=1, max_size=9).map("https://{}".format),
    RegisterOf: _registers,
}
