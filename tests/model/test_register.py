"""`Register`: an immutable mapping of entities by key, in their order."""

import copy
import datetime as dt
import pickle
import threading
import weakref
from collections.abc import Iterator
from typing import Any, cast

import attrs
import pytest
from hypothesis.vendor.pretty import pretty

import tulevaisuus as tul
from tests.helpers import rejected, rejection
from tulevaisuus import CooperationGoal, Register, Text
from tulevaisuus.model.register import merged

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


def test_entities_keep_their_order() -> None:
    """Length, iteration and keys follow the given order."""
    assert len(REGISTER) == 2
    assert list(REGISTER) == [TWO, ONE]
    assert list(REGISTER.keys()) == [2, 1]
    assert not list(Register())


def test_any_iterable_is_accepted() -> None:
    """A generator, which can be read only once, is accepted."""
    assert Register(entity for entity in (TWO, ONE)) == REGISTER


@pytest.mark.parametrize("key", [1, tul.GoalNumber.ACCESS], ids=["plain", "enum"])
def test_lookup_by_key(key: int) -> None:
    """A key finds its entity, however the number is written."""
    assert REGISTER[key] is ONE
    assert REGISTER.get(key) is ONE
    assert key in REGISTER


@pytest.mark.parametrize(
    "key", [3, "1", True, 1.0, None, (1,), (), [1], {1}, b"x", (1, [2]), float("nan")]
)
def test_other_keys_are_not_in_it(key: object) -> None:
    """Other keys are absent, without an error: `True` and 1.0 are not the number 1."""
    assert key not in REGISTER
    assert REGISTER.get(key) is None  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(tul.UnknownCodeError):
        REGISTER[key]  # type: ignore[index]  # pyright: ignore[reportArgumentType]


def test_pair_may_be_a_key() -> None:
    """Goal links are looked up by goal and target."""
    links = Register([LINK])
    assert links[1, "digital"] is LINK
    assert (tul.GoalNumber.ACCESS, "digital") in links
    assert (True, "digital") not in links


def test_contains_equal_entities() -> None:
    """An entity with the same key but other fields is not in the register."""
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
def test_all_invalid_elements_are_reported(entities: object, findings: list[str]) -> None:
    """Every duplicate of a key, and every other object, is reported at its index."""
    assert rejected(Register, entities) == findings


def test_duplicate_is_named() -> None:
    """The finding has the key of the duplicate."""
    (finding,) = rejection(Register, [LINK, LINK])
    assert finding.subject == "goal_link 1 digital"
    assert "1 digital" in finding.message("en")


def test_with_replaces_in_place_and_appends() -> None:
    """An entity of a known key takes the old one's place, a new one comes last."""
    assert list(REGISTER.with_(THREE, OTHER_TWO)) == [OTHER_TWO, ONE, THREE]
    assert list(REGISTER) == [TWO, ONE]
    assert REGISTER.with_() == REGISTER


def test_with_rejects_what_the_constructor_rejects() -> None:
    """Two new entities with one key are an error."""
    assert rejected(REGISTER.with_, TWO, OTHER_TWO, None) == ["TSK008 /1/number", "TSK002 /2"]


def test_without_keeps_the_order_of_the_rest() -> None:
    """The entities of the keys are removed."""
    assert list(REGISTER.with_(THREE).without(1)) == [TWO, THREE]
    assert not list(REGISTER.without(1, 2))
    assert REGISTER.without() == REGISTER


def test_without_an_unknown_key_is_an_error() -> None:
    """A key that is not in the register cannot be removed."""
    with pytest.raises(tul.UnknownCodeError, match="no cooperation goal 3"):
        REGISTER.without(1, 3)


def test_find_returns_the_entity() -> None:
    """A name finds the entity."""
    assert REGISTER.find("T1") is ONE


@pytest.mark.parametrize("text", [1, None, b"t1", ONE])
def test_find_accepts_text_only(text: object) -> None:
    """A number is not a name."""
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
def test_on_selects_the_entities_valid_on_a_day(day: dt.date, codes: list[str]) -> None:
    """Both ends of validity are included; entities without a period are always valid."""
    assert list(Register(MERGED).on(day).keys()) == codes


def test_own_register_has_no_first_day() -> None:
    """Only the bundled facts have one; a user's entities may be older."""
    assert list(Register(MERGED).on(dt.date(1900, 1, 1)).keys()) == ["1", "2"]


def test_on_needs_validity() -> None:
    """Entities without a period of validity cannot be selected by a day."""
    with pytest.raises(TypeError, match="cooperation_goal"):
        REGISTER.on(dt.date(2021, 1, 1))


@pytest.mark.parametrize("day", ["2021-01-01", dt.datetime(2021, 1, 1, tzinfo=dt.UTC), None])
def test_on_accepts_dates_only(day: object) -> None:
    """A datetime is rejected."""
    assert rejected(Register(MERGED).on, day) == ["TSK002"]


def test_group_by_a_field() -> None:
    """Entities with the same value are grouped, in their order; the index is built once."""
    register = Register(MERGED)
    assert register.grouped("region") == {"05": tuple(MERGED)}
    assert register.grouped("region") is register.grouped("region")


def test_group_by_a_property() -> None:
    """The key, and what a class computes from its fields, are values too."""
    assert REGISTER.grouped("key") == {2: (TWO,), 1: (ONE,)}
    assert Register([]).grouped("anything") == {}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("regoin", "Municipality has no field 'regoin'; did you mean 'region'?"),
        ("region.code", "Municipality has no field 'region.code'; did you mean 'region'?"),
        ("__class__", "Municipality has no field '__class__'"),
        ("names", "Municipality has no field 'names'"),
    ],
)
def test_entities_are_grouped_by_their_fields_only(field: str, expected: str) -> None:
    """The error is that of an unknown code, with a similar field."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        Register(MERGED).grouped(field)
    assert str(caught.value).startswith(expected)


def test_name_of_a_field_is_text() -> None:
    """Also where the argument has no hash."""
    with pytest.raises(TypeError, match="grouped takes the name of a field, such as 'call'"):
        REGISTER.grouped(cast("Any", ["region"]))


def test_objects_of_no_entity_class_are_grouped_too() -> None:
    """A register needs a key only, so that no field can be suggested."""

    class Keyed:
        """An object with a key."""

        key = 1

    register = Register([Keyed()])
    assert list(register.grouped("key")) == [1]
    with pytest.raises(tul.UnknownCodeError, match=r"^Keyed has no field 'kye'$"):
        register.grouped("kye")


def test_equality_depends_on_entities_and_order() -> None:
    """A list of the same entities is not equal to a register."""
    assert Register([TWO, ONE]) == REGISTER
    assert hash(Register([TWO, ONE])) == hash(REGISTER)
    others: list[object] = [Register([ONE, TWO]), Register([TWO]), [TWO, ONE], None]
    assert all(other != REGISTER for other in others)


@pytest.mark.parametrize(
    ("register", "text"),
    [
        (Register(), "<Register of 0>"),
        (Register([ONE]), "<Register of 1: 1 t1>"),
        (Register(MERGED), "<Register of 3: '1' a, '2' b, '3' c>"),
        (Register([LINK]), "<Register of 1: (1, 'digital')>"),
        (Register([attrs.evolve(ONE, name=Text("a\x1b"))]), r"<Register of 1: 1 a\u001b>"),
    ],
)
def test_repr_is_one_short_line(register: Register[tul.Entity], text: str) -> None:
    """It has the number of entities, with keys and names."""
    assert repr(register) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a", "<Register of 100: 1 a, 2 a, ..., 100 a>"),
        ("a" * 20, f"<Register of 100: 1 {'a' * 20}, 2 {'a' * 20}, ..., 100 {'a' * 20}>"),
        ("a" * 25, f"<Register of 100: 1 {'a' * 25}, ..., 100 {'a' * 25}>"),
        ("a" * 26, f"<Register of 100: 1 {'a' * 25}…, ..., 100 {'a' * 25}…>"),
    ],
)
def test_repr_shows_the_first_and_the_last(name: str, text: str) -> None:
    """Of many entities the first and the last are shown, and of long names the beginning."""
    register = Register(CooperationGoal(number=n, name=Text(name)) for n in range(1, 101))
    assert repr(register) == text


@pytest.mark.parametrize("name", ["goals", "services", "goal_links"])
def test_repr_of_bundled_facts_is_short(name: str) -> None:
    """Keys that are enum members are written as plain keys."""
    text = repr(getattr(tul, name))
    assert len(text) <= 130
    assert "<" not in text[1:]


def test_copies_and_pickles_are_equal() -> None:
    """A copy is the register itself; a pickle of any protocol is equal."""
    assert copy.copy(REGISTER) is REGISTER
    assert copy.deepcopy([REGISTER])[0] is REGISTER
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(REGISTER, protocol)) == REGISTER


def test_register_supports_weak_references() -> None:
    """Caches may refer to registers without keeping them alive."""
    assert weakref.ref(REGISTER)() is REGISTER


def test_entities_are_loaded_once_at_first_use() -> None:
    """A lazy register calls its loader when entities are needed, and never again."""
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


def test_failed_load_of_a_register_is_repeated() -> None:
    """A register whose entities could not be read does not seem empty."""
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


def test_threads_get_the_same_entities() -> None:
    """The entities are loaded by one thread, and the others wait for it."""
    together = threading.Barrier(8)
    release = threading.Event()
    got: list[CooperationGoal] = []
    loads: list[int] = []

    def load() -> list[CooperationGoal]:
        loads.append(1)
        release.wait(0.05)
        return [CooperationGoal(number=1, name=Text("a"))]

    lazy = Register[CooperationGoal].lazily(load)

    def load_all() -> None:
        together.wait()
        got.append(lazy[1])

    threads = [threading.Thread(target=load_all) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loads == [1]
    assert len(got) == 8
    assert all(entity is got[0] for entity in got)


@attrs.frozen
class Keyed:
    """An object of a user with a key and nothing else."""

    key: str | int


def test_any_object_with_a_key_is_accepted() -> None:
    """Elements need not be entities; without names `find` finds nothing."""
    register = Register([Keyed("a"), Keyed(2)])
    assert register["a"] == Keyed("a")
    assert Keyed(2) in register
    keys: list[Any] = ["a", "a", None, [], 1.0]
    assert rejected(Register, [Keyed(key) for key in keys]) == [
        "TSK008 /1/key",
        "TSK002 /2",
        "TSK002 /3",
        "TSK002 /4",
    ]
    with pytest.raises(tul.UnknownCodeError, match="no Keyed 'b'"):
        register["b"]
    with pytest.raises(tul.UnknownCodeError, match="nothing here is called"):
        register.find("a")
    with pytest.raises(TypeError, match="a Keyed has no period of validity"):
        register.on(dt.date(2021, 1, 1))


def test_entity_is_accepted_in_place_of_its_key() -> None:
    """An entity can be looked up without its key."""
    assert REGISTER[OTHER_TWO] is TWO
    assert REGISTER.get(OTHER_TWO) is TWO
    assert REGISTER.get(THREE) is None
    assert list(REGISTER.without(TWO)) == [ONE]
    with pytest.raises(tul.UnknownCodeError, match="no cooperation goal 3"):
        REGISTER[THREE]


def test_register_can_be_read_backwards() -> None:
    """`reversed` yields the entities, and is not an unknown key."""
    assert list(reversed(REGISTER)) == list(REGISTER)[::-1]


def test_many_additions_cost_linear_time() -> None:
    """A long chain of additions is evaluated at the end, in time linear in its length."""
    register = REGISTER
    for number in range(3, 3003):
        register = register.with_(CooperationGoal(number=number, name=Text("a")))
    register = register.with_(OTHER_TWO)
    loaded = [register.is_loaded, len(register) == 3002, register.is_loaded]
    assert loaded == [False, True, True]
    assert list(register.keys()) == [2, 1, *range(3, 3003)]
    assert register[2] is OTHER_TWO
    assert len(register.with_(attrs.evolve(THREE, name=Text("b")))) == 3002


def test_merged_view_prefers_the_first_register() -> None:
    """The first register that has a key wins; empty and identical ones are skipped."""
    own, other = Register([OTHER_TWO]), Register([ONE, TWO])
    assert list(merged(own, other)) == [OTHER_TWO, ONE]
    assert merged(own, own) is own
    assert merged(Register(), other) is other
    assert merged(own, Register()) is own
    lazy = Register[CooperationGoal].lazily(lambda: [ONE])
    assert merged(Register(), lazy) is lazy
    assert not lazy.is_loaded


@pytest.mark.parametrize("own_last", [True, False])
def test_views_of_views_may_be_deep(*, own_last: bool) -> None:
    """Thousands of nested views are evaluated without recursion, each part once."""
    view = REGISTER
    for number in range(3, 3003):
        other = Register([CooperationGoal(number=number, name=Text("a"))])
        view = merged(view, other) if own_last else merged(other, view)
        view = merged(view, REGISTER)
    assert len(view) == 3002
    assert view[2] is TWO


def test_portfolio_rejects_a_lazy_register_of_another_class() -> None:
    """A wrong register is rejected whether or not it was loaded before."""
    lazy = Register[CooperationGoal].lazily(lambda: [ONE])
    assert rejected(tul.Portfolio, grants=lazy) == ["TSK002 /grants/0"]


def test_key_passed_to_find_is_named_as_a_key() -> None:
    """The error does not suggest the very text that was given."""
    with pytest.raises(
        tul.UnknownCodeError, match=r"'05' is a key, and no name: .*\['05'\]"
    ) as raised:
        tul.regions.find("05")
    assert raised.value.suggestions == ("05",)
    assert "did you mean" not in str(raised.value)


def test_merged_view_rejects_the_dates_that_a_part_rejects() -> None:
    """If one of two registers is bundled, in any order, so is the view of both."""
    own = Register([attrs.evolve(tul.municipalities["853"], code="999")])
    bundled = type(tul.municipalities)
    assert type(merged(own, tul.municipalities)) is bundled
    assert type(merged(tul.municipalities, own)) is bundled
    assert type(merged(own, Register([tul.municipalities["853"]]))) is Register


@pytest.mark.parametrize(
    ("length", "shown"), [(24, "1 {0}, 2 {1}, ..., 100 {2}"), (25, "1 {0}, ..., 100 {2}")]
)
def test_repr_shows_the_second_entity_within_ninety_characters(length: int, shown: str) -> None:
    """Without room for it, only the first and the last are shown."""
    names = ["a" * 25, "b" * length, *["d"] * 97, "c" * 24]
    register = Register(
        CooperationGoal(number=number, name=Text(name)) for number, name in enumerate(names, 1)
    )
    assert repr(register) == f"<Register of 100: {shown.format(names[0], names[1], names[-1])}>"


@pytest.mark.parametrize(("count", "is_whole"), [(5, True), (6, False)])
def test_five_entities_are_pretty_printed(count: int, *, is_whole: bool) -> None:
    """Of more entities, Hypothesis shows the short line."""
    register = Register(
        CooperationGoal(number=number, name=Text("x")) for number in range(1, count + 1)
    )
    text = pretty(register)
    assert text.startswith("Register([CooperationGoal(") is is_whole
    assert (text == repr(register)) is not is_whole
