"""Laws of all entities and registers, bundled ones and others."""

import copy
import pickle
from collections import Counter
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import REPLACE_FUNCTIONS
from tests.strategies import made_of
from tulevaisuus.model.name_search import normalise_name
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.value import fields_of

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
PICKLES = Path(__file__).parents[1] / "data"
BUNDLED = [name for name in REGISTERS if name != "centres"]
ENTITIES = [tul.Programme, *REGISTERS.values()]


def bundled(name: str) -> tul.Register[tul.Entity]:
    """Return a register of the bundled facts."""
    return tul.reference.registers()[name]


def registers() -> st.SearchStrategy[tul.Register[tul.Service | tul.CooperationGoal]]:
    """Generate registers of two classes, with keys of text and numbers."""
    entities = st.one_of(made_of(tul.Service), made_of(tul.CooperationGoal))
    return st.lists(entities, unique_by=lambda entity: entity.key, max_size=6).map(tul.Register)


@pytest.mark.parametrize("file", sorted(PICKLES.glob("portfolio-*.pickle")), ids=lambda f: f.stem)
def test_pickles_of_every_release_are_loaded(file: Path) -> None:
    """Each release leaves a pickle, and all later ones load it."""
    grant = tul.Grant(
        id="g",
        call="shc-2021",
        project="p",
        status=tul.GrantStatus.GRANTED,
        amount_eur=Decimal("11180062.5"),
        usable=tul.Period.of_years(2021, 2023),
    )
    assert pickle.loads(file.read_bytes()) == tul.Portfolio(grants=tul.Register([grant]))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_bundled_facts_can_be_pickled(protocol: int) -> None:
    """All bundled facts are equal, in their order, after every protocol."""
    twin = pickle.loads(pickle.dumps(tul.reference, protocol))
    assert twin == tul.reference
    assert hash(twin) == hash(tul.reference)
    assert [list(each.keys()) for each in twin.registers().values()] == [
        list(each.keys()) for each in tul.reference.registers().values()
    ]


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("name", BUNDLED)
def test_each_bundled_entity_can_be_pickled(name: str, protocol: int) -> None:
    """An entity is equal by itself, without the register it is from."""
    for entity in bundled(name):
        twin = pickle.loads(pickle.dumps(entity, protocol))
        assert twin == entity
        assert twin.key == entity.key
        assert hash(twin) == hash(entity)
        assert repr(twin) == repr(entity)


@pytest.mark.parametrize("name", BUNDLED)
def test_each_bundled_entity_equals_a_constructed_one(name: str) -> None:
    """Facts are read without a second check, and would pass it."""
    for entity in bundled(name):
        again = type(entity)(**{field: getattr(entity, field) for field in fields_of(type(entity))})
        assert again == entity
        assert [changed(entity) for changed in REPLACE_FUNCTIONS] == [entity] * len(
            REPLACE_FUNCTIONS
        )
        assert copy.copy(entity) is copy.deepcopy(entity) is entity


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_entities_are_unique(name: str) -> None:
    """No two entities of a register are equal, or have one key."""
    register = bundled(name)
    assert len(set(register)) == len(set(register.keys())) == len(register)


@pytest.mark.parametrize("name", BUNDLED)
def test_each_bundled_entity_is_found_by_each_of_its_names(name: str) -> None:
    """A name finds its entity, in any case and without its diacritics."""
    register = bundled(name)
    named = [(normalise_name(name), each) for each in register for name in {*each.names()}]
    owners = Counter(folded for folded, _ in {(folded, each.key) for folded, each in named})
    for folded, entity in named:
        if owners[folded] == 1:
            assert register.find(f" {folded.upper()}") is entity
        else:  # the two calls name some of their cost categories alike
            with pytest.raises(tul.AmbiguousNameError):
                register.find(folded)


@pytest.mark.parametrize("cls", ENTITIES)
@settings(max_examples=25)
@given(data=st.data())
def test_register_of_one_finds_its_entity(cls: type[tul.Entity], data: st.DataObject) -> None:
    """An entity is found by its key, whatever it is, and the subject of findings has it."""
    entity = data.draw(made_of(cls))
    register = tul.Register([entity])
    assert register[entity.key] is entity
    assert entity in register
    assert entity.key in register
    key_values = {name: getattr(entity, name) for name in cls.key_fields}
    assert cls.subject(key_values).startswith(f"{cls.singular} ")
    assert len(repr(register).splitlines()) == 1


@given(registers())
def test_register_is_a_mapping_in_order(register: tul.Register[tul.Entity]) -> None:
    """Entities, keys and length agree, and make an equal register."""
    assert [entity.key for entity in register] == list(register.keys())
    assert len(register) == len(list(register))
    again = tul.Register(list(register))
    assert again == register
    assert hash(again) == hash(register)
    assert (tul.Register(reversed(list(register))) == register) is (len(register) < 2)
    assert pickle.loads(pickle.dumps(register)) == register


@given(registers(), registers())
def test_with_and_without_are_as_in_a_dict(
    left: tul.Register[tul.Entity], right: tul.Register[tul.Entity]
) -> None:
    """Replacing, adding and removing entities keeps the order as a dictionary does."""
    merged = left.with_(*right)
    expected = {entity.key: entity for entity in left} | {entity.key: entity for entity in right}
    assert list(merged) == list(expected.values())
    assert merged.with_(*right) == merged
    left = merged.without(*right.keys())
    assert list(left) == [entity for entity in left if entity.key not in right]
    assert left.without(*left.keys()) == tul.Register()


@given(registers(), st.text())
def test_find_finds_an_entity_or_raises(register: tul.Register[tul.Entity], text: str) -> None:
    """Any text finds an entity with that name, or raises `UnknownCodeError`."""
    bearers = [
        each for each in register if normalise_name(text) in map(normalise_name, each.names())
    ]
    if len(bearers) == 1:
        assert register.find(text) is bearers[0]
    else:
        with pytest.raises(tul.UnknownCodeError) as caught:
            register.find(text)
        assert caught.value.key == text
        assert isinstance(caught.value, tul.AmbiguousNameError) or not bearers


@settings(max_examples=25)
@given(made_of(tul.Portfolio), made_of(tul.Portfolio))
def test_merged_view_prefers_its_own_entities(left: tul.Portfolio, right: tul.Portfolio) -> None:
    """Each register has its own, then those of other keys; over nothing it stays the same."""
    view = left.over(right)
    for name, register in view.registers().items():
        own, other = getattr(left, name), getattr(right, name)
        assert list(register) == [*own, *(each for each in other if each.key not in own)]
    assert view.programme == (left.programme or right.programme)
    bare = attrs.evolve(left, newer_version=None)
    assert bare.over(tul.Portfolio()) == bare
    assert view.over(right) == view


@settings(max_examples=25)
@given(made_of(tul.Portfolio))
def test_without_personal_data_no_holder_is_left(portfolio: tul.Portfolio) -> None:
    """Removing twice is removing once, and posts stay."""
    published = portfolio.without_personal_data()
    assert all(post.holder is None for post in published.posts)
    assert list(published.posts.keys()) == list(portfolio.posts.keys())
    assert published.without_personal_data() == published
    assert attrs.evolve(published, posts=portfolio.posts) == portfolio
