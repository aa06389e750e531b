"""Conventions of all classes: keyword-only fields, repr, order, immutability; cached files.

Each test looks at all classes, and lists the exceptions.
"""

import importlib
import inspect
import operator
import pkgutil
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus.facts.gaps_and_disagreements import disagreements, gaps
from tulevaisuus.findings import LocalizedText, Location, Unchecked, severity, text_catalogue
from tulevaisuus.formats import decoding, json_schema, row_reading
from tulevaisuus.model import codelists, labels
from tulevaisuus.model.field_types import type_of_class

PACKAGES = ("findings", "model", "formats", "facts")
NEEDS_AN_EXTRA = ("pydantic", "pydantic_errors", "pydantic_fields")


def _classes() -> dict[str, type[attrs.AttrsInstance]]:
    """Return the public classes that attrs made, by name."""
    found: dict[str, type[attrs.AttrsInstance]] = {}
    for package in PACKAGES:
        folder = importlib.import_module(f"tulevaisuus.{package}").__path__
        for module in pkgutil.iter_modules(folder):
            if module.name not in NEEDS_AN_EXTRA:
                members = vars(importlib.import_module(f"tulevaisuus.{package}.{module.name}"))
                found |= {
                    name: each
                    for name, each in members.items()
                    if isinstance(each, type) and attrs.has(each) and not name.startswith("_")
                }
    return found


CLASSES = _classes()

BY_POSITION = {
    "Administration",
    "Alias",
    "Amount",
    "BusinessId",
    "LanguageStatus",
    "LocalizedText",
    "MaakuntaMembership",
    "NamedCode",
    "Note",
    "Nuts3",
    "Period",
    "Population",
    "Text",
    "TextLocator",
    "TextValue",
    "Tile",
    "Variant",
}
"""Small values, whose fields have an order that everybody knows; all others take names alone."""

ALL_FIELDS_SHOWN = {
    "Limits",
    "LocalizedText",
    "Location",
    "NamedCode",
    "Place",
    "TextLocator",
    "Unchecked",
}
"""Short enough for attrs to write their repr; all others show what is set, or one line."""


def test_objects_are_made_with_keywords() -> None:
    """Only small values accept positional arguments, so that fields can be added to others."""
    found = {
        name
        for name, cls in CLASSES.items()
        if any(
            each.kind is not each.KEYWORD_ONLY
            for each in inspect.signature(cls).parameters.values()
        )
    }
    assert found == BY_POSITION


def test_long_objects_write_their_own_short_repr() -> None:
    """No class with many fields shows all of them, including unset ones."""
    found = {
        name
        for name, cls in CLASSES.items()
        if cls.__repr__.__code__.co_filename.startswith("<attrs generated")
    }
    assert found == ALL_FIELDS_SHOWN


def test_only_periods_have_an_order() -> None:
    """Classes without a natural order cannot be compared by accident, field by field.

    An amount has the methods of an order, but all of them raise an error that says what to call.
    """
    ordered = {
        name
        for name, cls in CLASSES.items()
        if any("__lt__" in vars(each) for each in cls.__mro__ if each is not object)
    }
    assert ordered == {"Amount", "Period"}
    with pytest.raises(TypeError, match="is_below"):
        operator.lt(tul.Amount.of(1), tul.Amount.of(2))


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_no_object_changes(name: str) -> None:
    """A field cannot be assigned, so objects can be shared, hashed and cached."""
    cls = CLASSES[name]
    one = object.__new__(cls)
    for field in attrs.fields(cls):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(one, field.name, None)


def test_location_does_not_count_in_comparisons() -> None:
    """A finding or an unchecked object is the same wherever the file has it."""
    here, there = Location(line=1), Location(line=2)
    template = LocalizedText(fi="a", sv="b", en="c")
    finding = tul.Finding(
        code="TSK001", severity=tul.Severity.ERROR, template=template, location=here
    )
    unchecked = Unchecked(path="/grants/1", location=here)
    for one in (finding, unchecked):
        assert attrs.evolve(one, location=there) == one
        assert hash(attrs.evolve(one, location=there)) == hash(one)
        assert attrs.evolve(one, path="/x") != one
        assert attrs.evolve(one, subject="grant g") != one


READ_ONCE: dict[str, tuple[Callable[..., object], tuple[Any, ...]]] = {
    "labels": (vars(labels)["_labels"], ()),
    "ranks": (vars(severity)["_ranks"], (tul.Severity,)),
    "options of a code list": (vars(codelists)["_options"], (tul.GrantStatus,)),
    "texts": (text_catalogue.open_catalogue, ("tulevaisuus.findings", "severities")),
    "schema": (vars(json_schema)["_schema_text"], ()),
    "gaps": (gaps, ()),
    "disagreements": (disagreements, ()),
    "names of tables": (vars(row_reading)["_all_tables"], ()),
    "readers of fields": (vars(decoding)["_field_readers"], (tul.Text,)),
    "reader of a field": (vars(decoding)["_slow_reader"], (type_of_class(tul.Text),)),
    "vocabulary of a code list": (vars(codelists)["_vocabulary"], (tul.GrantStatus,)),
}


@pytest.mark.parametrize("name", READ_ONCE)
def test_constant_data_is_built_once(name: str) -> None:
    """Files of the library are read once, and their data is not built again for each object."""
    function, arguments = READ_ONCE[name]
    assert function(*arguments) is function(*arguments)
