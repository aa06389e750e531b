"""Users' own classes, in any flavour of attrs: they work everywhere, or are rejected at once."""

import abc
import copy
import datetime as dt
import functools
import io
import itertools
import pickle
from collections.abc import Callable
from enum import Enum, Flag
from typing import Annotated, Any, ClassVar, Generic, TypeVar, cast

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus import formats
from tulevaisuus.formats import decoding, encoding
from tulevaisuus.formats.one_of_several_classes import decode_one_of
from tulevaisuus.model.annotations import Euros, Id, Quantity
from tulevaisuus.model.field_types import Identifier
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.subclass_checks import constructor_does_more
from tulevaisuus.model.value import MutableSubclass
from tulevaisuus.testing.object_strategies import strategy_of

COUNTED: list[type] = []


@attrs.define(kw_only=True, repr=False)  # pyright: ignore[reportGeneralTypeIssues] - it is frozen
class Defined(tul.Grant):
    """A grant made by `attrs.define`, frozen like its base class."""

    note: str | None = None


@attrs.frozen(kw_only=True, repr=False, slots=False)
class Unslotted(tul.Grant):
    """A grant with a ``__dict__``."""

    note: str | None = None

    @functools.cached_property
    def double(self) -> int:
        """Compute once."""
        return 2 * int(self.amount_eur or 0)


@attrs.frozen(kw_only=True, repr=False, order=True)
class Ordered(tul.Grant):
    """A grant that attrs compares."""

    note: str | None = None


@attrs.frozen(kw_only=True, repr=False, cache_hash=True)
class Hashed(tul.Grant):
    """A grant that keeps its hash."""

    note: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Cached(tul.Grant):
    """A slotted grant with a cached property."""

    note: str | None = None

    @functools.cached_property
    def double(self) -> int:
        """Compute once."""
        return 2 * int(self.amount_eur or 0)


@attrs.frozen(kw_only=True, repr=False)
class Counting(tul.Grant):
    """A grant that counts its subclasses."""

    note: str | None = None

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Count a class."""
        super().__init_subclass__(**kwargs)
        COUNTED.append(cls)


@attrs.frozen(kw_only=True, repr=False)
class Quoted(tul.Grant):
    """A grant with an annotation written as text."""

    note: "str | None" = None


def _short(_grant: object, _attribute: object, value: str | None) -> None:
    if value is not None and len(value) > 5:
        raise ValueError("too long")


@attrs.frozen(kw_only=True, repr=False)
class Validated(tul.Grant):
    """A grant with an attrs validator."""

    note: str | None = attrs.field(default=None, validator=_short)


def _stripped(value: str | None) -> str | None:
    return value.strip() if isinstance(value, str) else value


def _nothing(_self: object) -> None:
    """Check nothing."""


@attrs.frozen(kw_only=True, repr=False)
class Converted(tul.Grant):
    """A grant with an attrs converter."""

    note: str | None = attrs.field(default=None, converter=_stripped)


@attrs.frozen(kw_only=True, repr=False)
class Checked(tul.Grant):
    """A grant with a check of its own."""

    note: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check further."""
        super().__attrs_post_init__()
        if self.note == "wrong":
            raise ValueError("wrong")


@attrs.frozen(kw_only=True, repr=False)
class Tagged(tul.Grant):
    """A grant with a list of its own, declared before the inherited key."""

    note: str | None = None
    tags: tuple[str, ...] = ()


FLAVOURS: list[type[Any]] = [
    *(Defined, Unslotted, Ordered, Hashed, Cached, Counting, Quoted),
    *(Validated, Converted, Checked, Tagged),
]
FIELDS: dict[str, Any] = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted"}
PLAIN = {"note": "x", **FIELDS, "amount_eur": 5, "usable": {"start": "2021-01-01"}}

by_flavour = pytest.mark.parametrize("cls", FLAVOURS, ids=lambda cls: cls.__name__)


def made(cls: type[Any]) -> Any:  # noqa: ANN401 - of the class
    """Make an object by the constructor."""
    period = tul.Period(dt.date(2021, 1, 1))
    return cls(**FIELDS, note="x", amount_eur=5, usable=period)


@by_flavour
def test_class_of_any_flavour_works_everywhere(cls: type[Any]) -> None:
    """Its objects are read, written, hashed, pickled, compared and generated like ours."""
    entity = made(cls)
    lines = io.BytesIO()
    formats.write_lines(lines, [entity] * 150)
    lines.seek(0)
    readers: list[Callable[[object], object]] = [
        functools.partial(formats.structure, cls=cls),
        decoding.COMPILED.make(cls),
        functools.partial(decoding.decode_slowly, cls),
        TypeAdapter(cls).validate_python,
    ]
    for read in readers:
        same: Any = read(PLAIN)
        assert (same, hash(same), type(same)) == (entity, hash(entity), cls)
        assert getattr(same, "double", 10) == 10
    for write in (formats.unstructure, encoding.COMPILED.make(cls), encoding.encode_plainly):
        assert write(entity) == PLAIN
    assert list(formats.read_lines(lines, cls)) == [entity] * 150
    assert formats.from_rows(formats.to_rows([entity]), cls) == tul.Register([entity])
    assert pickle.loads(pickle.dumps(entity)) == copy.copy(entity) == entity
    assert formats.schema(cls)["title"] == cls.__name__
    assert rejected(formats.structure, {**PLAIN, "note": 5}, cls) == ["TSK002 /note"]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        entity.note = "y"


@by_flavour
def test_class_of_any_flavour_is_generated(cls: type[Any]) -> None:
    """`st.from_type` makes valid objects of it."""

    @settings(max_examples=5)
    @given(st.from_type(cls))
    def read_back(entity: tul.Grant) -> None:
        """Write an entity and read it again."""
        assert formats.structure(formats.unstructure(entity), cls) == entity

    if cls is not Validated:  # which narrows what its field type accepts
        read_back()


def test_rejection_by_a_user_s_class_is_a_finding() -> None:
    """Every reader runs its validator and its own check, and reports their messages."""
    for cls, note, message_part in (
        (Validated, "too long", "too long"),
        (Checked, "wrong", "wrong"),
    ):
        for read in (decoding.COMPILED.make(cls), functools.partial(decoding.decode_slowly, cls)):
            with pytest.raises(tul.InvalidValueError) as caught:
                read({**PLAIN, "note": note})
            (finding,) = caught.value.findings
            assert f"ValueError: {message_part}" in finding.message("en")
    assert formats.structure({**PLAIN, "note": " y "}, Converted).note == "y"


@attrs.frozen(kw_only=True, repr=False)
class Chained(tul.Grant):
    """A grant that contains another one of its class."""

    earlier: "Chained | None" = None
    others: "tuple[Chained, ...]" = ()


def test_class_may_contain_itself() -> None:
    """It is read, written, generated and described; only a table is impossible."""
    entity = Chained(**FIELDS, earlier=Chained(**FIELDS), others=(Chained(**FIELDS),))
    for read in (
        decoding.COMPILED.make(Chained),
        functools.partial(decoding.decode_slowly, Chained),
    ):
        assert read(formats.unstructure(entity)) == entity
    assert encoding.COMPILED.make(Chained)(entity) == encoding.encode_plainly(entity)
    schema: Any = formats.schema(Chained)
    assert schema["properties"]["earlier"] == {"$ref": "#/$defs/Chained"}
    assert TypeAdapter(Chained).json_schema()["title"] == "Chained"
    with pytest.raises(TypeError, match="Chained contains itself: its tables"):
        formats.to_rows([entity])

    @settings(max_examples=5)
    @given(st.from_type(Chained))
    def read_back(chained: Chained) -> None:
        """Write an object and read it again."""
        assert formats.structure(formats.unstructure(chained), Chained) == chained

    read_back()


def test_generated_readers_leave_no_subclass() -> None:
    """`__subclasses__` lists the classes of the program only."""
    for cls in (tul.Period, tul.Grant, Counting):
        decoding.COMPILED.make(cls)
        assert not [each for each in cls.__subclasses__() if issubclass(each, MutableSubclass)]
        assert [each for each in type.__subclasses__(cls) if issubclass(each, MutableSubclass)]
    assert Counting.__subclasses__() == COUNTED == []


NUMBERS = itertools.count()


@attrs.frozen
class Elsewhere:
    """A class of attrs that is not a `Value`."""

    x: str


class Pairs(Enum):
    """Codes that are not text."""

    FIRST = (1, 2)


class Flags(Flag):
    """Codes that can be combined."""

    FIRST = 1


class Nothing(Enum):
    """A code list without codes."""


OWN: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "no init": (
        {"__annotations__": {"x": str}, "x": attrs.field(init=False, default="a")},
        {},
        "a public name that the constructor takes",
    ),
    "private": ({"__annotations__": {"_x": str}, "_x": "a"}, {}, "a public name"),
    "default of others": (
        {
            "__annotations__": {"x": str},
            "x": attrs.field(default=attrs.Factory(lambda _: "a", takes_self=True)),
        },
        {},
        "a default that needs no other field",
    ),
    "default that changes": (
        {"__annotations__": {"x": str}, "x": attrs.field(factory=lambda: f"a{next(NUMBERS)}")},
        {},
        "a default that is always the same",
    ),
    "default of another type": ({"__annotations__": {"x": str}, "x": 5}, {}, "a valid default"),
    "default none": ({"__annotations__": {"x": str}, "x": None}, {}, r"found nothing \(null\)"),
    "hidden method": ({"__annotations__": {"subject": str}}, {}, "'subject' of Own .* hides"),
    "post init": ({"__attrs_post_init__": _nothing}, {}, "call super"),
    "own init": ({"__init__": _nothing}, {"init": False}, "let attrs write the __init__"),
    "unknown name": ({"__annotations__": {"x": "Nobody"}}, {}, "cannot be read"),
    "class of no model": ({"__annotations__": {"x": complex}}, {}, "has no field type"),
    "a number": ({"__annotations__": {"x": int}}, {}, "'x' of Own .*, or use Number or Quantity"),
    "a list": ({"__annotations__": {"x": list[str]}}, {}, r", or use tuple\[X, ...\]"),
    "an amount": ({"__annotations__": {"x": tul.Amount | None}}, {}, "declare .* type Euros"),
    "amounts": ({"__annotations__": {"x": tuple[tul.Amount, ...]}}, {}, "declare .* type Euros"),
    "another class": ({"__annotations__": {"x": Elsewhere}}, {}, "derive Elsewhere from .*Value"),
    "a report": ({"__annotations__": {"x": tul.Report}}, {}, "read: name a class that is derived"),
    "any value": ({"__annotations__": {"x": tul.Value}}, {}, "name a class that is derived"),
    "a document": ({"__annotations__": {"x": tul.Portfolio}}, {}, "no part of an object"),
    "pairs as codes": ({"__annotations__": {"x": Pairs}}, {}, "values of Pairs must be texts"),
    "flags": ({"__annotations__": {"x": Flags}}, {}, "values of Flags must be texts"),
    "no codes": ({"__annotations__": {"x": Nothing}}, {}, "values of Nothing must be texts"),
    "class of field types": (
        {"__annotations__": {"x": Annotated[str, Identifier]}},
        {},
        r"write Identifier\(\)",
    ),
}


@pytest.mark.parametrize(("body", "options", "remedy"), OWN.values(), ids=[*OWN])
def test_unsupported_class_is_rejected(
    body: dict[str, Any], options: dict[str, Any], remedy: str
) -> None:
    """The error is raised when the class is made, and states what to do."""
    with pytest.raises(TypeError, match=remedy):
        attrs.frozen(repr=False, **options)(type("Own", (tul.Value,), {**body}))


@pytest.mark.parametrize(
    ("body", "remedy"),
    [
        ({"plural": "awards"}, "leave out 'plural' of Award: it is in the register of Grant"),
        ({"key_fields": ("nobody",)}, "key_fields of Award has no field's name: nobody"),
        ({"__annotations__": {"key": str}}, "'key' of Award .* hides an attribute of Entity"),
        ({"__annotations__": {"amount": str}}, "'amount' of Award .* hides an attribute of Grant"),
    ],
)
def test_derived_entity_keeps_key_and_register(body: dict[str, Any], remedy: str) -> None:
    """A derived entity has the key of its fields, and belongs to the register of its base class."""
    with pytest.raises(TypeError, match=remedy):
        attrs.frozen(kw_only=True, repr=False)(type("Award", (tul.Grant,), {**body}))


@pytest.mark.parametrize(
    ("key_fields", "annotations", "remedy"),
    [
        (("place",), {"place": Id | None}, "'place' of Visit .*: a field of the key is required"),
        (("paid",), {"paid": Euros}, "'paid' of Visit .*: a field of the key is required, and it"),
        (("days",), {"days": tul.Period}, "'days' of Visit .*: a field of the key is required"),
    ],
)
def test_key_of_an_own_entity_must_be_a_key(
    key_fields: tuple[str, ...], annotations: dict[str, Any], remedy: str
) -> None:
    """A register could not contain objects whose key is missing, or no text or whole number."""
    names = {"singular": "visit", "plural": "visits", "key_fields": key_fields}
    body = {**names, "__annotations__": annotations}
    with pytest.raises(TypeError, match=remedy):
        attrs.frozen(kw_only=True, repr=False)(type("Visit", (tul.Entity,), body))


def test_own_entity_without_a_key_is_an_error() -> None:
    """Its class may be a base of others, so that the error comes when the key is needed."""
    body = {"singular": "visit", "plural": "visits", "__annotations__": {"place": Id}}
    cls: Any = attrs.frozen(kw_only=True, repr=False)(type("Visit", (tul.Entity,), body))
    with pytest.raises(TypeError, match="Visit has no field 'id': name the fields of its key"):
        tul.Register([cls(place="a")])


def test_field_may_be_declared_again() -> None:
    """An inherited field may get a default; it is read, written and generated with it."""
    made = cast("Callable[[], tuple[str, ...]]", list[str])

    @attrs.frozen(kw_only=True, repr=False)
    class Later(tul.Grant):
        """A grant of the later call."""

        call: str = "shc-2021"
        tags: tuple[str, ...] = attrs.field(factory=made)

    plain = {name: each for name, each in FIELDS.items() if name != "call"}
    entity: Any = formats.structure(plain, Later)
    assert (entity.call, entity.tags) == ("shc-2021", ()), "a default is kept as constructors do"
    assert formats.unstructure(entity) == plain

    @settings(max_examples=5)
    @given(st.from_type(Later))
    def read_back(later: tul.Grant) -> None:
        """Write an object and read it again."""
        assert formats.structure(formats.unstructure(later), Later) == later

    read_back()


@attrs.frozen(kw_only=True, repr=False)
class Named(tul.Grant):
    """A grant whose default needs its converter."""

    note: str = attrs.field(default=cast("str", 5), converter=str)


def test_default_may_need_the_converter() -> None:
    """The result of a converter is checked when an object is made."""
    entity: Any = formats.structure(FIELDS, Named)
    assert entity.note == Named(**FIELDS).note == "5"


@attrs.frozen(kw_only=True, repr=False)
class LookedUp(tul.Grant):
    """A grant whose validator looks up a value."""

    note: str = attrs.field(validator=lambda _, __, value: {"x": 1}[value])


@pytest.mark.parametrize("cls", [LookedUp])
def test_any_error_of_a_user_s_class_is_a_finding(cls: type[Any]) -> None:
    """Readers raise no other exception, whatever a validator raises."""
    assert formats.structure({**FIELDS, "note": "x"}, cls).note == "x"
    assert rejected(formats.structure, {**FIELDS, "note": "y"}, cls) == ["TSK002"]


def test_class_without_its_decorator_is_rejected() -> None:
    """Its new fields would be ignored silently."""

    class Own(tul.Grant):
        """A grant without a decorator."""

        kind: ClassVar[str] = "own"
        note: str | None = None

    with pytest.raises(TypeError, match=r"fields that nobody reads \(note\): decorate it"):
        Own(**FIELDS)


@given(st.from_type(tul.Register[tul.Grant | tul.Project]), st.from_type(tul.Register[tul.Entity]))
@settings(max_examples=10)
def test_registers_of_several_classes_are_generated(
    some: tul.Register[tul.Grant | tul.Project], any_: tul.Register[tul.Entity]
) -> None:
    """They have entities of any of the classes."""
    assert all(isinstance(each, tul.Grant | tul.Project) for each in some)
    assert all(isinstance(each, tul.Entity) for each in any_)


@given(st.from_type(tul.Finding))
def test_findings_are_generated(finding: tul.Finding) -> None:
    """A generated finding has a code and a message."""
    assert finding.code.startswith("TSK")
    assert finding.message("sv")


class Plain(tul.Grant):
    """A grant without new fields, and without the decorator of attrs."""

    note: ClassVar[str] = "not a field"


P = TypeVar("P")


@attrs.frozen(kw_only=True, repr=False)
class Labelled(tul.Grant, Generic[P]):
    """A grant with a type parameter."""

    tag: str | None = None


class Abstract(tul.Grant, abc.ABC):
    """A grant that lacks a method."""

    @abc.abstractmethod
    def method(self) -> int:
        """Return a number."""


ABSTRACT: Any = Abstract
"""For functions that take no abstract class, as type checkers know."""


class HalfDone(Abstract):
    """A grant that is still abstract."""


class Done(HalfDone):
    """A grant with every method."""

    def method(self) -> int:
        """Return a number."""
        return 1


@given(st.from_type(Plain), st.from_type(Labelled[int]), st.from_type(tul.Register[Labelled[int]]))
@settings(max_examples=5)
def test_classes_without_decorator_and_with_parameters_are_generated(
    plain: Plain, labelled: "Labelled[int]", register: "tul.Register[Labelled[int]]"
) -> None:
    """A class without new fields needs no decorator; type parameters change nothing."""
    assert type(plain) is Plain
    assert type(labelled) is Labelled
    assert all(type(each) is Labelled for each in register)


@given(st.from_type(ABSTRACT))
@settings(max_examples=5)
def test_abstract_class_is_generated_as_its_concrete_subclasses(each: Abstract) -> None:
    """It has no objects of its own."""
    assert type(each) is Done
    assert each.method() == 1


GIVEN: dict[str, Any] = {"id": "g", "call": "c", "project": "p", "status": "granted"}


def test_no_object_of_an_abstract_class_is_read() -> None:
    """The error is about the class, not about the data; pydantic accepts objects only."""
    for read in (
        lambda: formats.structure(GIVEN, ABSTRACT),
        lambda: formats.from_rows([GIVEN], ABSTRACT),
        lambda: formats.read_lines(io.BytesIO(b""), ABSTRACT),
        lambda: tul.read(io.BytesIO(b""), of=ABSTRACT),
    ):
        with pytest.raises(TypeError, match=r"Abstract is abstract.* that defines method"):
            read()
    adapter = TypeAdapter(ABSTRACT)
    with pytest.raises(ValidationError, match="TSK002"):
        adapter.validate_python(GIVEN)
    given_object = Done(**GIVEN)
    assert adapter.validate_python(given_object) is given_object


@attrs.frozen(kw_only=True, repr=False)
class Worded(tul.Entity):
    """An entity that needs one field more than the next."""

    id: Id
    size: str
    unit: str


@attrs.frozen(kw_only=True, repr=False)
class Counted(tul.Entity):
    """An entity with a number."""

    id: Id
    size: Quantity


def test_an_error_is_about_the_class_with_exactly_these_fields() -> None:
    """Other classes may have as few findings, but are not meant: they lack a field."""
    fields: dict[str, object] = {"id": "x", "size": "5", "sources": [], "notes": []}
    with pytest.raises(tul.InvalidValueError) as raised:
        decode_one_of([Worded, Counted], fields)
    assert [f"{each.code} {each.path}" for each in raised.value.findings] == ["TSK002 /size"]


def test_abstract_class_without_subclasses_is_not_generated() -> None:
    """The error names it."""
    lonely = type("Lonely", (Abstract,), {})
    with pytest.raises(TypeError, match="Lonely is abstract, and no concrete class"):
        strategy_of(lonely)


def test_type_parameters_are_named_where_a_class_is_needed() -> None:
    """The error says to leave them out."""
    parametrised: Any = Labelled[int]
    with pytest.raises(TypeError, match="parameters have no effect: give Labelled"):
        formats.structure(GIVEN, parametrised)


@attrs.frozen(kw_only=True, repr=False)
class Container(tul.Entity):
    """An entity that contains one of any class."""

    singular: ClassVar[str] = "holder"
    plural: ClassVar[str] = "holders"

    id: Id
    entity: tul.Entity
    done: Abstract | None = None


@given(st.from_type(Container))
@settings(max_examples=20)
def test_entity_of_any_class_in_a_field_is_generated(holder: Container) -> None:
    """It is of a class that documents contain."""
    assert type(holder.entity) in REGISTERS.values()
    assert holder.done is None or type(holder.done) is Done


def test_no_table_has_columns_for_an_entity_of_any_class() -> None:
    """The columns of its base class alone would lose most of its fields."""
    with pytest.raises(TypeError, match=r"Container\.entity has a type that fits no column"):
        formats.columns_of(Container)


def test_readers_set_the_fields_of_usual_classes_without_the_constructor() -> None:
    """It takes several times as long, and is called only where it does more."""
    assert not constructor_does_more(tul.Grant, tul.Entity)
    assert not constructor_does_more(tul.Region, tul.Entity)


def test_our_own_classes_need_no_constructor() -> None:
    """Readers set the fields of their objects directly, which is much faster."""
    assert not any(
        constructor_does_more(cls, tul.Value) for cls in (tul.Grant, tul.Text, tul.Period)
    )
