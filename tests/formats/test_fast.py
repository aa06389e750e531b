"""Functions made of a class's fields: when they are made, and what they leave to others."""

import copy
import datetime as dt
import gc
import pickle
import weakref
from collections.abc import Callable, Iterator
from typing import ClassVar

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import CHANGERS, fresh, refused
from tulevaisuus.findings import Finding, messages
from tulevaisuus.formats import decoding, encoding
from tulevaisuus.formats.fast import Often
from tulevaisuus.model.value import Invariant

GRANT = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted", "amount_eur": 5}


def _even(count: int) -> Iterator[Finding]:
    if count % 2:
        yield messages.REFUSED.finding("/count", problem="odd")


@attrs.frozen(repr=False)
class Crate(tul.Value):
    """A value of a user's own, with an invariant and a default that is not nothing."""

    invariants: ClassVar[tuple[Invariant, ...]] = (Invariant(("count",), _even),)

    count: tul.GoalNumber
    open: bool = True


def test_functions_are_made_for_classes_that_are_met_often() -> None:
    """A class that is met a hundred times is not worth the making; then one function serves."""
    made: list[type[tul.Value]] = []

    def make(cls: type[tul.Value]) -> Callable[[object], object]:
        made.append(cls)
        return str

    often = Often(make)
    assert [often.get(tul.Text) for _ in range(100)] == [None] * 100
    assert [often.get(tul.Text) for _ in range(3)] == [str] * 3
    assert often.get(tul.Period) is None
    assert made == [tul.Text]


def test_first_uses_make_no_functions() -> None:
    """What is slow to make is not made at start-up."""
    code = (
        "import tulevaisuus as tul; tul.regions['05']; tul.load('examples/varsinais-suomi.json');"
        "from tulevaisuus.formats import decoding;"
        "print([cls for cls, met in decoding.FAST.met.items() if met > 100])"
    )
    assert fresh(code) == "[]"


def test_a_thing_read_at_speed_is_like_any_other() -> None:
    """It is of its class, cannot change, and is copied, pickled, hashed and referred to."""
    read = decoding.FAST.make(tul.Grant)
    thing, other = read(GRANT), tul.Grant(**GRANT)  # type: ignore[arg-type]
    assert type(thing) is tul.Grant
    assert (thing, hash(thing), repr(thing)) == (other, hash(other), repr(other))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(thing, "id", "other")  # noqa: B010 - as a type checker would not let it
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(thing, "id")
    assert copy.copy(thing) is thing
    assert pickle.loads(pickle.dumps(thing)) == thing
    assert weakref.ref(thing)() is thing
    for change in CHANGERS:
        assert change(thing, id="g2") == attrs.evolve(other, id="g2")
    assert refused(attrs.evolve, thing, id="") == ["TSK006 /id"]


def test_classes_of_a_user() -> None:
    """Whatever is derived from `Value` is read at speed, with its invariants and its defaults."""
    read, write = decoding.FAST.make(Crate), encoding.FAST.make(Crate)
    assert read({"count": 2}) == Crate(tul.GoalNumber.PREVENTION)
    assert write(read({"count": 4, "open": False})) == {"count": 4, "open": False}
    assert write(read({"count": 4, "open": True})) == {"count": 4}
    for data in ({"count": 3}, {"count": True}, {"count": 2, "open": 1}, {"count": 2, "shut": 1}):
        assert refused(read, data) in ([], ["TSK002"])
    assert refused(decoding.decode, Crate, {"count": 3}) == ["TSK002 /count"]


def test_parts_of_a_class_of_a_user() -> None:
    """A value of a class derived from that of its field is written as what it is."""

    @attrs.frozen(repr=False)
    class Stretch(tul.Period):
        """A period with a name."""

        name: str = "x"

    stretch = Stretch(end=dt.date(2021, 12, 31), name="y")
    thing = tul.Grant(**GRANT, usable=stretch)  # type: ignore[arg-type]
    plain = encoding.FAST.make(tul.Grant)(thing)
    assert plain["usable"] == {"name": "y", "end": "2021-12-31"}


def errors_alive() -> int:
    """Count the errors that something still holds."""
    gc.collect()
    return sum(isinstance(each, tul.InvalidValueError) for each in gc.get_objects())


def test_doubts_leave_nothing_behind() -> None:
    """What is refused again and again holds no memory, and no error speaks of a doubt."""
    before = errors_alive()
    contexts: set[BaseException | None] = set()
    for _ in range(200):
        with pytest.raises(tul.InvalidValueError) as caught:
            decoding.decode(tul.Note, {"field": 1})
        contexts.add(caught.value.__context__)
    assert contexts == {None}
    assert errors_alive() < before + 50
