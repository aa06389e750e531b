"""Cost of unknown names in tables and ledgers, as a number of function calls: reproducible."""

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

import pytest

from tests.exchange.tables import csv_bytes, read
from tulevaisuus.exchange.ids_by_name import id_by_name
from tulevaisuus.facts import similar_names
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.facts.similar_names import SimilarNames
from tulevaisuus.funding.ledger_texts_to_ids import Names

HEADERS = ("Tunnus", "Haku", "Hanke", "Päätös", "Saaja")


def calls_of(action: Callable[[], object]) -> int:
    """Count the function calls of an action, which has opened all files once before."""
    calls = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        """Count what is called."""
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    return calls


def calls_of_table(recipients: list[str]) -> int:
    """Count the calls of reading a table with these recipients."""
    rows = (
        (f"g{row}", "shc-2021", "pirsote", "granted", name) for row, name in enumerate(recipients)
    )
    data = csv_bytes(HEADERS, *rows)
    return calls_of(lambda: read(data))


def letters(number: int) -> str:
    """Write a number with letters, as a word that is in no name."""
    return "".join("qwxzjbfgcv"[int(digit)] * 2 for digit in f"{number:03}")


def calls_per_row(template: str) -> float:
    """Count the calls for one more row with one more unknown name."""
    names = [template.format(letters(number)) for number in range(60)]
    calls_of_table(names[:1])  # opens what is opened once
    return (calls_of_table(names) - calls_of_table(names[:20])) / 40


TEMPLATES = ["{} kaupunki", "Yritys {} Oy", "{} Oy (1234567-1)", "{}n kunnan"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_an_unknown_name_is_searched_for_once(template: str) -> None:
    """Five searches, as exceptions would need to try all registers and forms, took 47 000 calls."""
    assert calls_per_row(template) < 12_000


@pytest.mark.parametrize("template", TEMPLATES)
def test_many_unknown_names_are_not_compared(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a long table, only exact relations are looked up; that needs hardly any time."""
    monkeypatch.setattr(similar_names, "_MAX_CHARACTERS_COMPARED", 0)
    assert calls_per_row(template) < 6_000


def test_names_of_other_formats_are_only_looked_up() -> None:
    """They need no suggestions: what has no id becomes a new entity."""
    for register, name in (("organisations", "Tuntematon Oy"), ("projects", "Muu hanke")):
        look_up = partial(id_by_name, reference, register, name)
        look_up()  # indexes the names
        assert calls_of(look_up) < 150


def test_a_name_of_several_entities_has_no_id() -> None:
    """A word in the names of several projects means none of them."""
    assert id_by_name(reference, "projects", "Tulevaisuuden") is None
    assert id_by_name(reference, "projects", "PirSOTE") == "pirsote"


@pytest.mark.parametrize("look_up", [Names.project, Names.organisation, Names.category])
def test_many_unknown_names_of_a_ledger(
    look_up: Callable[[Names, str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger has the same limit, and words for categories are indexed once."""
    monkeypatch.setattr(similar_names, "_MAX_CHARACTERS_COMPARED", 0)
    names = Names(reference, (), {})
    look_up(names, letters(999))
    assert calls_of(lambda: [look_up(names, letters(number)) for number in range(20)]) < 20 * 600


def test_similar_names_are_suggested_until_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then only a name in the text is suggested, or what another register relates to it."""
    monkeypatch.setattr(similar_names, "_MAX_CHARACTERS_COMPARED", 1)
    names = SimilarNames()
    assert names.suggest("Satakumta", "regions", reference.regions) == ("06",)
    assert names.characters_left < 0
    assert names.suggest("Satakumta", "regions", reference.regions) == ()
    assert names.suggest("Satakunta, koko alue", "regions", reference.regions) == ("06",)
    assert names.suggest("Turun kaupunki", "regions", reference.regions) == ("05",)


def test_a_table_has_its_own_limit() -> None:
    """What one table compares is not missing in the next one."""
    data = csv_bytes(HEADERS, ("g1", "shc-2021", "pirsote", "granted", "Pirkanmaan hyvivointialue"))
    for _ in range(2):
        (finding,) = (each for each in read(data).findings if each.code == "TSK009")
        assert "did you mean" in finding.message("en")
