"""A register holds things in their order, each under its key, and cannot change."""

import copy
import datetime as dt
import pickle
import threading
import weakref
from collections.abc import Iterator

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import rejected, rejection
from tulevaisuus import CooperationGoal, Register, Text
from tulevaisuus.model.register import renew_locks, within_facts

ONE, TWO, THREE = (CooperationGoal(number=n, name=Text(f"t{n}")) for n in (1, 2, 3))
OTHER_TWO = attrs.evolve(TWO, name=Text("muu"))
REGISTER = Register([TWO, ONE])
LINK = tul.GoalLink(
    goal=tul.GoalNumber.ACCESS,
    target="digital",
    target_kind=tul.TargetKind.THEME,
    evidence=tul.Evidence.WEAK,
    basis="why",
)
MERGED = [
    tul.Municipality(code="1", name=Text("a"), region="05"),
    tul.Municipality(
        code="2", name=Text("b"), region="05", valid=tul.Period(None, dt.date(2020, 12, 31))
    ),
    tul.Municipality(
        code="3", name=Text("c"), region="05", valid=tul.Period(dt.date(2021, 1, 1), None)
    ),
]


def test_holds_things_in_their_order() -> None:
    """Length, iteration and keys follow the order in which things were given."""
    assert len(REGISTER) == 2
    assert list(REGISTER) == [TWO, ONE]
    assert list(REGISTER.keys()) == [2, 1]
    assert not list(Register())


def test_takes_any_iterable() -> None:
    """Things may come from a generator, which can be walked over only once."""
    assert Register(entity for entity in (TWO, ONE)) == REGISTER


@pytest.mark.parametrize("key", [1, tul.GoalNumber.ACCESS], ids=["plain", "enum"])
def test_looks_up_by_key(key: int) -> None:
    """A key leads to its thing, however the number is written."""
    assert REGISTER[key] is ONE
    assert REGISTER.get(key) is ONE
    assert key in REGISTER


@pytest.mark.parametrize(
    "key", [3, "1", True, 1.0, None, (1,), (), [1], {1}, b"x", (1, [2]), float("nan")]
)
def test_other_keys_are_not_in_it(key: object) -> None:
    """What is no key of it is absent, not an error: `True` and 1.0 are not the number 1."""
    assert key not in REGISTER
    assert REGISTER.get(key) is None  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(tul.UnknownCodeError):
        REGISTER[key]  # type: ignore[index]  # pyright: ignore[reportArgumentType]


def test_a_pair_may_be_a_key() -> None:
    """Goal links are looked up by goal and target."""
    links = Register([LINK])
    assert links[1, "digital"] is LINK
    assert (tul.GoalNumber.ACCESS, "digital") in links
    assert (True, "digital") not in links


def test_knows_its_things() -> None:
    """A thing is in a register that holds one equal to it, not just one of its key."""
    assert TWO in REGISTER
    assert attrs.evolve(TWO) in REGISTER
    assert OTHER_TWO not in REGISTER
    assert THREE not in REGISTER


@pytest.mark.parametrize(
    ("entities", "findings"),
    [
        ([ONE, OTHER_TWO, TWO, ONE], ["TSK008 /2/number", "TSK008 /3/number"]),
        ([LINK, LINK], ["TSK008 /1/target"]),
        ([ONE, None, "a", ONE], ["TSK002 /1", "TSK002 /2", "TSK008 /3/number"]),
        ("ab", ["TSK002 /0", "TSK002 /1"]),
        ([Text("a")], ["TSK002 /0"]),
    ],
)
def test_refuses_all_that_cannot_be_in_it(entities: object, findings: list[str]) -> None:
    """Every later thing of a known key, and whatever is no thing, is told at its place."""
    assert rejected(Register, entities) == findings


def test_a_duplicate_is_named() -> None:
    """The finding says which thing came twice."""
    (finding,) = rejection(Register, [LINK, LINK])
    assert finding.subject == "goal_link 1 digital"
    assert "1 digital" in finding.message("en")


def test_with_replaces_in_place_and_appends() -> None:
    """A thing of a known key takes the old one's place, a new one comes last."""
    assert list(REGISTER.with_(THREE, OTHER_TWO)) == [OTHER_TWO, ONE, THREE]
    assert list(REGISTER) == [TWO, ONE]
    assert REGISTER.with_() == REGISTER


def test_with_refuses_what_the_constructor_refuses() -> None:
    """Two new things of one key are a mistake, not a choice of the last."""
    assert rejected(REGISTER.with_, TWO, OTHER_TWO, None) == ["TSK008 /1/number", "TSK002 /2"]


def test_without_leaves_the_rest_in_order() -> None:
    """Keys go, their things with them."""
    assert list(REGISTER.with_(THREE).without(1)) == [TWO, THREE]
    assert not list(REGISTER.without(1, 2))
    assert REGISTER.without() == REGISTER


def test_without_an_unknown_key_is_an_error() -> None:
    """Who removes what is not there has mistaken the key."""
    with pytest.raises(tul.UnknownCodeError, match="no cooperation_goal 3"):
        REGISTER.without(1, 3)


def test_find_returns_the_thing() -> None:
    """A name leads to the thing itself."""
    assert REGISTER.find("T1") is ONE


@pytest.mark.parametrize("text", [1, None, b"t1", ONE])
def test_find_takes_text_only(text: object) -> None:
    """A number is never a name."""
    assert rejected(REGISTER.find, text) == ["TSK002"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (dt.date(2020, 1, 1), ["1", "2"]),
        (dt.date(2020, 12, 31), ["1", "2"]),
        (dt.date(2021, 1, 1), ["1", "3"]),
        (dt.date(9999, 12, 31), ["1", "3"]),
    ],
)
def test_on_a_day_are_those_then_valid(day: dt.date, codes: list[str]) -> None:
    """Both ends of validity count, and what has none is always valid."""
    assert list(Register(MERGED).on(day).keys()) == codes


def test_on_a_day_before_the_facts_is_an_error() -> None:
    """Of earlier days nothing is known: that is no empty answer."""
    with pytest.raises(tul.OutsideFactsError, match="2020-01-01"):
        Register(MERGED).on(dt.date(2019, 12, 31))
    assert within_facts(tul.FACTS_SINCE) == tul.FACTS_SINCE


def test_on_a_day_needs_validity() -> None:
    """Things without a time of validity cannot be asked for a day."""
    with pytest.raises(TypeError, match="cooperation_goal"):
        REGISTER.on(dt.date(2021, 1, 1))


@pytest.mark.parametrize("day", ["2021-01-01", dt.datetime(2021, 1, 1, tzinfo=dt.UTC), None])
def test_on_takes_days_only(day: object) -> None:
    """A datetime is no date."""
    assert rejected(Register(MERGED).on, day) == ["TSK002"]


def test_grouped_by_a_field() -> None:
    """Things of one value stand together, in their order; the index is made once."""
    register = Register(MERGED)
    assert register.grouped("region") == {"05": tuple(MERGED)}
    assert register.grouped("region") is register.grouped("region")


def test_is_equal_by_things_and_their_order() -> None:
    """Order counts; a list of the same things is no register."""
    assert Register([TWO, ONE]) == REGISTER
    assert hash(Register([TWO, ONE])) == hash(REGISTER)
    others: list[object] = [Register([ONE, TWO]), Register([TWO]), [TWO, ONE], None]
    assert all(other != REGISTER for other in others)


@pytest.mark.parametrize(
    ("register", "text"),
    [
        (Register(), "<Register of 0>"),
        (Register([ONE]), "<Register of 1: 1>"),
        (Register(MERGED), "<Register of 3: '1', '2', '3'>"),
    ],
)
def test_repr_is_one_short_line(register: Register[tul.Entity], text: str) -> None:
    """It says how many things there are, and which come first."""
    assert repr(register) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (5, "<Register of 5: 1, 2, 3, 4, 5>"),
        (100, "<Register of 100: 1, 2, 3, ..., 100>"),
    ],
)
def test_repr_leaves_the_middle_of_many_out(count: int, text: str) -> None:
    """Of many things the first and the last are shown."""
    assert (
        repr(Register(CooperationGoal(number=n, name=Text("a")) for n in range(1, count + 1)))
        == text
    )


@pytest.mark.parametrize("name", ["goals", "services", "goal_links"])
def test_repr_of_bundled_facts_is_short(name: str) -> None:
    """Keys that are enum members are written as the plain keys that they are."""
    text = repr(getattr(tul, name))
    assert len(text) <= 120
    assert "<" not in text[1:]


def test_copies_and_pickles_are_the_register() -> None:
    """A copy is itself; a pickle of any protocol is equal."""
    assert copy.copy(REGISTER) is REGISTER
    assert copy.deepcopy([REGISTER])[0] is REGISTER
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(REGISTER, protocol)) == REGISTER


def test_may_be_referred_to_weakly() -> None:
    """Caches may hold registers without keeping them alive."""
    assert weakref.ref(REGISTER)() is REGISTER


def test_loads_at_first_touch_and_once() -> None:
    """A lazy register asks for its things when they are needed, and never again."""
    loads: list[int] = []

    def load() -> Iterator[CooperationGoal]:
        loads.append(1)
        return iter([TWO, ONE])

    lazy = Register[CooperationGoal].lazily(load)
    assert (lazy.is_loaded, loads) == (False, [])
    assert lazy[1] is ONE
    assert (lazy.is_loaded, loads) == (True, [1])
    assert lazy == REGISTER
    assert loads == [1]


def test_a_failed_load_is_tried_again() -> None:
    """A register whose things could not be read stays unread, and does not seem empty."""
    answers = [[ONE], None]

    def load() -> list[CooperationGoal]:
        answer = answers.pop()
        if answer is None:
            message = "not yet"
            raise ValueError(message)
        return answer

    lazy = Register[CooperationGoal].lazily(load)
    with pytest.raises(ValueError, match="not yet"):
        len(lazy)
    assert list(lazy) == [ONE]


def test_threads_that_touch_it_at_once_get_the_same_things() -> None:
    """The things are loaded by one thread, and the others wait for it."""
    together = threading.Barrier(8)
    release = threading.Event()
    got: list[CooperationGoal] = []
    loads: list[int] = []

    def load() -> list[CooperationGoal]:
        loads.append(1)
        release.wait(0.05)
        return [CooperationGoal(number=1, name=Text("a"))]

    lazy = Register[CooperationGoal].lazily(load)

    def touch() -> None:
        together.wait()
        got.append(lazy[1])

    threads = [threading.Thread(target=touch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loads == [1]
    assert len(got) == 8
    assert all(entity is got[0] for entity in got)


def test_a_forked_child_does_not_wait_for_a_thread_that_it_has_not() -> None:
    """A register that was being loaded when the process forked is loaded anew in the child."""
    loading, release = threading.Event(), threading.Event()

    def load() -> list[CooperationGoal]:
        if threading.current_thread() is thread:
            loading.set()
            release.wait()
        return [ONE]

    lazy = Register[CooperationGoal].lazily(load)
    thread = threading.Thread(target=lazy.get, args=(1,))
    thread.start()
    loading.wait()
    renew_locks()
    assert lazy[1] is ONE
    release.set()
    thread.join()


def test_a_portfolio_refuses_a_lazy_register_of_other_things() -> None:
    """Whether a wrong register is refused does not hang on whether it was touched before."""
    lazy = Register[CooperationGoal].lazily(lambda: [ONE])
    assert rejected(tul.Portfolio, grants=lazy) == ["TSK002 /grants/0"]
