"""Functions generated for a class: when they are made, and what they do not handle."""

import copy
import datetime as dt
import functools
import gc
import pickle
import weakref
from collections.abc import Callable, Iterator
from typing import Annotated, ClassVar, cast

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import REPLACE_FUNCTIONS, rejected, run_python
from tulevaisuus import formats
from tulevaisuus.findings import Finding, messages
from tulevaisuus.formats import decoding, encoding
from tulevaisuus.formats.generated_readers_and_writers import (
    CompiledWhenHot,
    NotUsualError,
    fast_writer_of,
)
from tulevaisuus.model.field_types import EnumMember, ListOf, SetOf, UniqueListOf
from tulevaisuus.model.value import Invariant

GRANT = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted", "amount_eur": 5}


def _even(count: int) -> Iterator[Finding]:
    if count % 2:
        yield messages.REJECTED_BY_CONVERTER.finding("/count", problem="odd")


@attrs.frozen(repr=False)
class Crate(tul.Value):
    """A user's value with an invariant and a default other than None."""

    invariants: ClassVar[tuple[Invariant, ...]] = (Invariant(("count",), _even),)

    count: tul.GoalNumber
    open: bool = True


def test_functions_are_generated_for_frequent_classes() -> None:
    """Below a hundred objects nothing is generated; then one function is used for all."""
    made: list[type[tul.Value]] = []

    def make(cls: type[tul.Value]) -> Callable[[object], object]:
        made.append(cls)
        return str

    often = CompiledWhenHot(make)
    assert [often.get(tul.Text) for _ in range(100)] == [None] * 100
    assert [often.get(tul.Text) for _ in range(3)] == [str] * 3
    assert often.get(tul.Period) is None
    assert made == [tul.Text]


def test_first_uses_generate_nothing() -> None:
    """Slow generation does not happen at start-up."""
    code = (
        "import tulevaisuus as tul; tul.regions['05']; tul.load('examples/varsinais-suomi.json');"
        "from tulevaisuus.formats import decoding;"
        "print([cls for cls, uses in decoding.COMPILED.uses.items() if uses > 100])"
    )
    assert run_python(code) == "[]"


def test_entity_of_a_generated_reader_is_like_any_other() -> None:
    """It has its class, is immutable, and can be copied, pickled and hashed."""
    read = decoding.COMPILED.make(tul.Grant)
    entity, other = read(GRANT), tul.Grant(**GRANT)  # type: ignore[arg-type]
    assert type(entity) is tul.Grant
    assert (entity, hash(entity), repr(entity)) == (other, hash(other), repr(other))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(entity, "id", "other")  # noqa: B010 - as a type checker would not let it
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(entity, "id")
    assert copy.copy(entity) is entity
    assert pickle.loads(pickle.dumps(entity)) == entity
    assert weakref.ref(entity)() is entity
    for change in REPLACE_FUNCTIONS:
        assert change(entity, id="g2") == attrs.evolve(other, id="g2")
    assert rejected(attrs.evolve, entity, id="") == ["TSK006 /id"]


def test_classes_of_a_user_have_generated_readers() -> None:
    """Generated readers apply the invariants and defaults of any subclass of `Value`."""
    read, write = decoding.COMPILED.make(Crate), encoding.COMPILED.make(Crate)
    assert read({"count": 2}) == Crate(tul.GoalNumber.PREVENTION)
    assert write(read({"count": 4, "open": False})) == {"count": 4, "open": False}
    assert write(read({"count": 4, "open": True})) == {"count": 4}
    for data in ({"count": 3}, {"count": True}, {"count": 2, "open": 1}, {"count": 2, "shut": 1}):
        with pytest.raises((NotUsualError, tul.InvalidValueError)):
            read(data)
    assert rejected(decoding.decode, Crate, {"count": 3}) == ["TSK002 /count"]


def test_value_of_a_subclass_is_written_as_its_field_is_declared() -> None:
    """Only the fields of the declared class are written."""

    @attrs.frozen(repr=False)
    class Stretch(tul.Period):
        """A period with a name."""

        name: str = "x"

    stretch = Stretch(end=dt.date(2021, 12, 31))
    entity = tul.Grant(**GRANT, usable=stretch)  # type: ignore[arg-type]
    write = encoding.COMPILED.make(tul.Grant)
    assert write(entity)["usable"] == {"end": "2021-12-31"}
    longer = attrs.evolve(entity, usable=attrs.evolve(stretch, name="y"))
    assert rejected(write, longer) == ["TSK004 /name"]
    assert rejected(encoding.encode, longer) == ["TSK004 /usable/name"]


YEARS = tul.Period.of_years(2020, 2023)


@attrs.frozen(repr=False)
class Odd(tul.Value):
    """A user's value whose fields each need the slow path in some way."""

    first: tul.Period | None = YEARS
    items: tuple[str, ...] = attrs.field(factory=tuple)


def test_what_a_user_leaves_unset_has_its_default() -> None:
    """A default may be a factory, or a value other than None."""
    read, write = decoding.COMPILED.make(Odd), encoding.COMPILED.make(Odd)
    assert read({}) == decoding.decode_slowly(Odd, {}) == Odd()
    assert (
        read({"items": ["a"]}) == decoding.decode_slowly(Odd, {"items": ["a"]}) == Odd(items=("a",))
    )
    for odd in (Odd(), Odd(first=None), Odd(items=("a",))):
        assert write(odd) == encoding.encode_plainly(odd)


def test_class_that_contains_itself_is_not_generated() -> None:
    """Such a class is read and written without generated code."""

    @attrs.frozen(repr=False)
    class Box(tul.Value):
        """A box that may contain a box."""

        inner: "Box | None" = None

    attrs.resolve_types(Box, localns={"Box": Box})
    box = Box(Box(Box()))
    for _ in range(150):
        assert formats.structure(formats.unstructure(box), Box) == box
    assert rejected(formats.structure, {"inner": {"inner": 5}}, Box) == ["TSK002 /inner/inner"]


def test_a_list_is_written_by_the_generated_function_itself() -> None:
    """Only its elements need the slow writer; a set does as a whole, as it is sorted."""
    asked: list[type] = []

    def slow(field_type: object) -> Callable[[object], object]:
        asked.append(type(field_type))
        return lambda value: value

    fast_writer_of(tul.Project, slow)
    assert SetOf in asked
    assert not {ListOf, UniqueListOf} & {*asked}


def test_subclass_of_a_text_value() -> None:
    """A subclass of `BusinessId` is text in documents, and has its class in Python."""

    class Number(tul.BusinessId):
        """A user's subclass of a business id."""

    @attrs.frozen(repr=False)
    class Firm(tul.Value):
        """A user's class of firms."""

        number: Number

    firm = Firm(Number("0204819-8"))
    for plain in (encoding.COMPILED.make(Firm)(firm), encoding.encode_plainly(firm)):
        assert plain == {"number": "0204819-8"}
    for made in (
        decoding.COMPILED.make(Firm)({"number": "0204819-8"}),
        decoding.decode_slowly(Firm, plain),
    ):
        assert (made, type(made.number)) == (firm, Number)


def test_overridden_set_fields_is_respected() -> None:
    """A class that overrides `set_fields` is written accordingly."""

    class Terse(tul.Text):
        """A text that is written in Finnish only."""

        def set_fields(self) -> dict[str, object]:
            """Return the Finnish text."""
            return {"fi": self.fi}

    assert encoding.COMPILED.make(Terse)(Terse("a", sv="b")) == {"fi": "a"}


def test_subclass_of_a_field_type_is_always_called() -> None:
    """A field type that rejects more than its base does so in generated readers, too."""

    class Early(EnumMember):
        """Accepts only the first two goals."""

        def validate(self, value: object) -> tul.GoalNumber:
            """Reject the others."""
            number = cast("tul.GoalNumber", super().validate(value))
            if number > tul.GoalNumber.PREVENTION:
                raise tul.InvalidValueError(
                    [messages.REJECTED_BY_CONVERTER.finding(problem="too late")]
                )
            return number

    @attrs.frozen(repr=False)
    class Start(tul.Value):
        """A value with a field of the narrower type."""

        goal: Annotated[tul.GoalNumber, Early(tul.GoalNumber)]

    for read in (decoding.COMPILED.make(Start), functools.partial(decoding.decode_slowly, Start)):
        assert read({"goal": 2}) == Start(tul.GoalNumber.PREVENTION)
        assert rejected(read, {"goal": 3})[0].startswith("TSK002")


def errors_alive() -> int:
    """Count the errors that are still referenced."""
    gc.collect()
    return sum(isinstance(each, tul.InvalidValueError) for each in gc.get_objects())


def test_generated_readers_leave_no_errors_behind() -> None:
    """Rejected objects do not use memory, and no error has an internal one as context."""
    before = errors_alive()
    contexts: set[BaseException | None] = set()
    for _ in range(200):
        with pytest.raises(tul.InvalidValueError) as caught:
            decoding.decode(tul.Note, {"field": 1})
        contexts.add(caught.value.__context__)
    assert contexts == {None}
    assert errors_alive() < before + 50


def test_frequent_objects_skip_the_slow_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a hundred objects, the slow functions only get what is wrong or unusual."""
    plain = {"row": 1, "column": 2}
    for _ in range(101):
        encoding.encode(decoding.decode(tul.Tile, plain))
    monkeypatch.setattr(decoding, "decode_slowly", None)
    monkeypatch.setattr(encoding, "encode_plainly", None)
    assert encoding.encode(decoding.decode(tul.Tile, plain)) == plain
