"""Bundled entities are decoded at first use, each once."""

import threading
from collections.abc import Callable
from typing import cast

import pytest

import tulevaisuus as tul
from tests.helpers import run_python
from tulevaisuus.facts import bundled_registers
from tulevaisuus.facts import decoding_on_first_use as module
from tulevaisuus.facts.decoding_on_first_use import BundledIndex
from tulevaisuus.facts.facts_since import BundledRegister
from tulevaisuus.model.name_search import normalise_name
from tulevaisuus.model.portfolio import REGISTERS

ONE, OTHER = ({"number": number, "name": {"fi": f"tavoite {number}"}} for number in (1, 2))


def index_of(*raw: object) -> BundledIndex:
    """Return an index of cooperation goals."""
    return BundledIndex(lambda: [*raw], lambda: tul.CooperationGoal)


def register_of(*raw: object) -> BundledRegister[tul.Entity]:
    """Return a register of cooperation goals."""
    return BundledRegister[tul.Entity].deferred(index_of(*raw))


def test_key_decodes_one_entity_only() -> None:
    """An invalid entity does not affect the look-up of another one."""
    register = register_of(ONE, {"number": 2})
    assert register[1].key == 1
    assert not register.is_loaded
    with pytest.raises(tul.InvalidValueError):
        len(register)


@pytest.mark.parametrize("load", [len, list, hash, repr], ids=str)
def test_entity_is_decoded_once(load: Callable[[object], object]) -> None:
    """A look-up and the whole register have the same object."""
    register = register_of(ONE, OTHER)
    first = register[2]
    load(register)
    assert register.is_loaded
    assert register[2] is first
    assert [entity.key for entity in register] == [1, 2]


@pytest.mark.parametrize("key", [3, "1", True, 1.0, None, ("a", "b")])
def test_other_keys_are_absent(key: int) -> None:
    """Keys are compared as in any other register."""
    register = register_of(ONE)
    assert register.get(key) is None
    assert not register.is_loaded


def test_entity_is_accepted_in_place_of_its_key() -> None:
    """An entity can be looked up without its key."""
    assert register_of(ONE).get(tul.cooperation_goals[1]) == tul.CooperationGoal(
        number=1, name=tul.Text("tavoite 1")
    )


def test_duplicate_key_is_rejected() -> None:
    """An error in a file of facts does not hide the later entity."""
    with pytest.raises(tul.InvalidValueError, match="TSK008"):
        len(register_of(ONE, ONE))


def test_threads_get_the_same_entity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads that decode an entity at the same time get the same object."""
    together, register = threading.Barrier(2), register_of(ONE)
    decode = vars(module)["decode"]
    found: list[tul.Entity] = []

    def slowly(cls: type[tul.Entity], raw: object) -> tul.Entity:
        """Wait until both threads have found that there is no object yet."""
        together.wait()
        return cast("tul.Entity", decode(cls, raw))

    monkeypatch.setattr(module, "decode", slowly)
    threads = [threading.Thread(target=lambda: found.append(register[1])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] is found[1]


@pytest.mark.parametrize("name", sorted(set(tul.reference.registers()) - {"centres"}))
def test_every_name_is_in_the_raw_texts(name: str) -> None:
    """A name that is in no text of the file need not be searched for among the entities."""
    index = BundledIndex(lambda: bundled_registers.raw_facts(name), lambda: REGISTERS[name])
    texts = "\n".join(map(normalise_name, index.wordings()))
    entities = cast("tul.Register[tul.Entity]", getattr(tul, name))
    assert all(normalise_name(each) in texts for entity in entities for each in entity.names())
    assert all(index.get(entity.key) == entity for entity in entities)


def test_unknown_key_decodes_nothing_of_other_registers() -> None:
    """The first error reads the other files, but decodes no entity of them."""
    code = (
        "import tulevaisuus as tul\n"
        "try: tul.regions['nowhere']\n"
        "except KeyError: pass\n"
        "print([name for name, register in tul.reference.registers().items()"
        " if register.is_loaded and len(register)])\n"
    )
    assert run_python(code) == "['regions']"
