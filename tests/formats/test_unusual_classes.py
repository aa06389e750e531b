"""Classes and values that documents do not have, but that users may define."""

from decimal import Decimal
from typing import Annotated, ClassVar

import attrs
import pytest
from hypothesis import find

import tulevaisuus as tul
from tests.helpers import found
from tulevaisuus import formats
from tulevaisuus.findings import messages
from tulevaisuus.formats import decoding, encoding, json_schema
from tulevaisuus.model.annotations import Id
from tulevaisuus.model.field_type_base import Scalar
from tulevaisuus.model.field_types import AnyObject, ObjectOf, Typed, field_type_of
from tulevaisuus.model.text_number_and_date_types import Boolean, NonBlankText
from tulevaisuus.testing import object_strategies


@attrs.frozen(kw_only=True, repr=False)
class Opaque(tul.Entity):
    """An entity with a field of any object."""

    singular: ClassVar[str] = "opaque"
    plural: ClassVar[str] = "opaques"

    id: Id
    content: Annotated[object, AnyObject()] = None


@attrs.frozen(kw_only=True, repr=False)
class Grid(tul.Entity):
    """An entity with a list of lists."""

    singular: ClassVar[str] = "grid"
    plural: ClassVar[str] = "grids"

    id: Id
    lines: tuple[tuple[str, ...], ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class Node(tul.Entity):
    """An entity that may contain another of its class."""

    singular: ClassVar[str] = "node"
    plural: ClassVar[str] = "nodes"

    id: Id
    inner: "Node | None" = None


def reject_no(_: object, __: object, value: str) -> None:
    """Reject one value with a finding."""
    if value == "no":
        raise tul.InvalidValueError([messages.EMPTY_TEXT.finding("/id")])


@attrs.frozen(kw_only=True, repr=False)
class WithValidator(tul.Entity):
    """An entity with a validator that raises findings."""

    singular: ClassVar[str] = "validated"
    plural: ClassVar[str] = "validateds"

    id: Id = attrs.field(validator=reject_no)


def test_any_object_has_an_open_schema_and_is_kept() -> None:
    """The schema of such a field has no requirements."""
    assert json_schema.schema_of(AnyObject(), {}) == {}
    content = object()
    assert vars(decoding)["_slow_reader"](AnyObject())(content) is content


@pytest.mark.parametrize(
    ("cls", "words"),
    [(Opaque, "fits no column"), (Grid, "lists of lists"), (Node, "contains itself")],
)
def test_class_without_a_table_form_is_a_type_error(cls: type[tul.Entity], words: str) -> None:
    """The error states why."""
    with pytest.raises(TypeError, match=words):
        formats.columns_of(cls)


def test_findings_of_a_users_validator_are_kept() -> None:
    """A validator that raises findings is not quoted as a foreign exception."""
    with pytest.raises(tul.InvalidValueError) as caught:
        formats.structure({"id": "no"}, WithValidator)
    assert found(caught.value.findings) == ["TSK013 /id"]


def test_single_values_are_written_by_their_type() -> None:
    """An amount is written as a number, a text value as its text."""
    assert encoding.encode_plainly(Decimal("1.5")) == 1.5
    assert encoding.encode_plainly(frozenset({tul.Language.SV, tul.Language.FI})) == ["fi", "sv"]
    number = tul.BusinessId("0204819-8")
    assert vars(encoding)["_write_object"](number, tul.BusinessId) == "0204819-8"
    assert tul.BusinessId.construct_unchecked({"value": "0204819-8"}) == number


def test_field_type_without_generated_code() -> None:
    """A field type need not support generated code; it is read and written by its methods."""

    def bind(_: object) -> str:
        """Return a name for a value in the generated code."""
        return "f"

    assert Scalar.fast_read(Boolean(), bind) == ()
    assert Scalar.fast_write(Boolean(), bind) == "f(v)"


def test_other_annotations_are_ignored() -> None:
    """An annotation may have metadata for other libraries."""
    assert type(field_type_of(Annotated[str, "for somebody else"])[0]) is NonBlankText


def test_typed_class_must_name_its_field_type() -> None:
    """The base class has none."""
    with pytest.raises(NotImplementedError):
        Typed.field_type()


def test_strategies_of_rules_and_of_recursive_classes() -> None:
    """A rule is one of the rulebook; a class that contains itself does not recurse for ever."""
    rule = find(object_strategies.strategy_of(tul.Rule), lambda _: True)
    assert rule in tul.rulebook
    has_references = vars(object_strategies)["_has_references"]
    assert has_references(ObjectOf(Node))  # its sources do
    assert not has_references(ObjectOf(Node), frozenset({Node}))
