"""Classes and values that documents do not have, but that users may bring."""

from decimal import Decimal
from typing import Annotated, ClassVar

import attrs
import pytest
from hypothesis import find

import tulevaisuus as tul
from tests.helpers import found
from tulevaisuus import formats
from tulevaisuus.findings import messages
from tulevaisuus.formats import class_schema, decoding, encoding
from tulevaisuus.model.annotations import Id
from tulevaisuus.model.field_type_base import Scalar
from tulevaisuus.model.field_types import AnyObject, ObjectOf, Typed, field_type_of
from tulevaisuus.model.text_number_and_date_types import Boolean, NonBlankText
from tulevaisuus.testing import class_strategies


@attrs.frozen(kw_only=True, repr=False)
class Opaque(tul.Entity):
    """An entity with a field that is no data."""

    singular: ClassVar[str] = "opaque"
    plural: ClassVar[str] = "opaques"

    id: Id
    held: Annotated[object, AnyObject()] = None


@attrs.frozen(kw_only=True, repr=False)
class Grid(tul.Entity):
    """An entity with lists in a list."""

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


def refuse(_: object, __: object, value: str) -> None:
    """Reject a value in the library's words."""
    if value == "no":
        raise tul.InvalidValueError([messages.EMPTY_TEXT.finding("/id")])


@attrs.frozen(kw_only=True, repr=False)
class Judged(tul.Entity):
    """An entity with a validator that raises findings."""

    singular: ClassVar[str] = "judged"
    plural: ClassVar[str] = "judgeds"

    id: Id = attrs.field(validator=refuse)


def test_what_is_no_data_has_an_open_schema_and_is_read_as_it_is() -> None:
    """Nothing is known of such a field, so nothing is claimed."""
    assert class_schema.schema_of(AnyObject(), {}) == {}
    held = object()
    assert vars(decoding)["_reader"](AnyObject())(held) is held


@pytest.mark.parametrize(
    ("cls", "words"), [(Opaque, "is no data"), (Grid, "lists of lists"), (Node, "contains itself")]
)
def test_what_no_table_holds_is_a_type_error(cls: type[tul.Entity], words: str) -> None:
    """A class that has no rows says why."""
    with pytest.raises(TypeError, match=words):
        formats.columns_of(cls)


def test_findings_of_a_users_validator_come_out_as_they_are() -> None:
    """Whoever raises findings is not quoted as a foreign exception."""
    with pytest.raises(tul.InvalidValueError) as caught:
        formats.structure({"id": "no"}, Judged)
    assert found(caught.value.findings) == ["TSK013 /id"]


def test_single_values_are_written_by_their_type() -> None:
    """An amount is a number, a text value its text."""
    assert encoding.encode_plainly(Decimal("1.5")) == 1.5
    assert encoding.encode_plainly(frozenset({tul.Language.SV, tul.Language.FI})) == ["fi", "sv"]
    number = tul.BusinessId("0204819-8")
    assert vars(encoding)["_write_object"](number, tul.BusinessId) == "0204819-8"
    assert tul.BusinessId.construct_unchecked({"value": "0204819-8"}) == number


def test_a_field_type_may_do_without_generated_code() -> None:
    """Reading and writing at speed are an offer; what lacks them is read and written plainly."""

    def bind(_: object) -> str:
        """Give a value a name in the generated code."""
        return "f"

    assert Scalar.fast_read(Boolean(), bind) == ()
    assert Scalar.fast_write(Boolean(), bind) == "f(v)"


def test_marks_of_others_do_not_count() -> None:
    """An annotation may carry what other libraries read."""
    assert type(field_type_of(Annotated[str, "for somebody else"])[0]) is NonBlankText


def test_a_typed_class_names_its_field_type() -> None:
    """The base names none."""
    with pytest.raises(NotImplementedError):
        Typed.field_type()


def test_strategies_of_rules_and_of_classes_that_contain_themselves() -> None:
    """A rule is one of the rulebook; a class within itself is walked once."""
    rule = find(class_strategies.strategy_of(tul.Rule), lambda _: True)
    assert rule in tul.rulebook
    refers = vars(class_strategies)["_refers"]
    assert refers(ObjectOf(Node))  # its sources do
    assert not refers(ObjectOf(Node), frozenset({Node}))
