"""Gaps (what no source states) and disagreements (where sources contradict each other)."""

from typing import Any, cast

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus.facts import gaps_and_disagreements
from tulevaisuus.findings.text_catalogue import open_catalogue


def test_gap_is_a_missing_value() -> None:
    """The field of a gap is unset, and three languages state where it may be found."""
    registers = tul.reference.registers()
    assert tul.gaps()
    for gap in tul.gaps():
        entity = registers[gap.register][gap.key]
        assert getattr(entity, gap.field) is None
        assert gap.likely is not None
        assert all(gap.likely.get(language) for language in ("fi", "sv", "en"))
        assert all(note.field == gap.field and note in entity.notes for note in gap.notes)
    assert len(set(tul.gaps())) == len(tul.gaps())


def test_every_important_missing_value_is_a_gap() -> None:
    """Every unset field on the list is a gap, except where there can be no value."""
    found = {(gap.register, gap.key, gap.field) for gap in tul.gaps()}
    for name, fields in open_catalogue("tulevaisuus.facts", "fields_listed_as_gaps").items():
        for entity in tul.reference.registers()[name]:
            for field in fields:
                missing = getattr(entity, field) is None
                plan = getattr(entity, "status", "granted") != "granted"
                expected = missing and not (plan and field in {"decided_on", "usable"})
                assert ((name, entity.key, field) in found) is expected


def test_gap_is_printed_readably() -> None:
    """A printed list of gaps can be read by people."""
    assert "grants vs-2020: decided_on" in {str(gap) for gap in tul.gaps()}


def test_disagreement_is_a_marked_note() -> None:
    """Only marked notes are disagreements; most notes are not."""
    registers = tul.reference.registers()
    notes = [
        note for register in registers.values() for entity in register for note in entity.notes
    ]
    marked = [note for note in notes if note.disagreement]
    assert [each.note for each in tul.disagreements()] == list(dict.fromkeys(marked))
    assert sum(1 + len(each.also) for each in tul.disagreements()) == len(marked)
    assert 0 < len(marked) < len(notes) / 4
    for each in tul.disagreements():
        for name, key in ((each.register, each.key), *each.also):
            assert each.note in registers[name][key].notes
        assert each.field == each.note.field
        assert each.note.text
    assert any(
        str(each).startswith("grants vs-2021: amount_eur: The county's Swedish page says 11.3")
        for each in tul.disagreements()
    )


def test_no_disagreement_is_listed_twice() -> None:
    """A county is a region and an organisation: a note of both is one disagreement."""
    texts = [each.note.text for each in tul.disagreements()]
    (county,) = (each for each in tul.disagreements() if each.key == "11")
    assert county.also == (("organisations", "county-11"),)
    assert str(county).startswith("regions 11, organisations county-11: business_id: Read in")
    assert texts.count(county.note.text) == 1


def test_missing_decision_date_of_a_grant_is_a_gap() -> None:
    """Grants were decided on some day, so it is a gap where no source has it."""
    assert any(
        (gap.register, gap.key, gap.field) == ("grants", "vs-2021", "decided_on")
        for gap in tul.gaps()
    )


def test_gaps_of_an_entity_a_class_or_a_register() -> None:
    """All three select from the same list; a shared note counts for each of its entities."""
    assert tul.gaps("grants") == tul.gaps(tul.Grant)
    assert {gap.register for gap in tul.gaps("grants")} == {"grants"}
    assert {gap.key for gap in tul.gaps(tul.grants["vs-2020"])} == {"vs-2020"}
    assert sum(len(tul.gaps(name)) for name in tul.reference.registers()) == len(tul.gaps())
    shared = next(each for each in tul.disagreements() if each.also)
    for name, key in ((shared.register, shared.key), *shared.also):
        entity = cast("Any", tul.reference.registers()[name][key])
        assert shared in tul.disagreements(entity)
        assert shared in tul.disagreements(name)
    assert tul.disagreements(tul.sources["thl-programme"]) == ()


def test_object_outside_the_facts_has_no_gaps() -> None:
    """An empty list would be read as if nothing were missing, so it is an error."""
    with pytest.raises(tul.UnknownCodeError, match="no register 'grant'; did you mean 'grants'"):
        tul.gaps("grant")
    with pytest.raises(tul.UnknownCodeError, match=r"no register 'zzz'$"):
        tul.disagreements("zzz")
    own = tul.Grant(id="own", call="shc-2021", project="x", status=tul.GrantStatus.PLANNED)
    with pytest.raises(tul.UnknownCodeError, match="own"):
        tul.gaps(own)
    wrong: Any = 5
    with pytest.raises(TypeError, match="of takes an entity, its class or the name"):
        tul.gaps(wrong)


def test_decisions_are_missing_only_where_there_was_one() -> None:
    """A plan, an application or a rejected one has no decision and no usable period."""
    decided = {gap.key for gap in tul.gaps("grants") if gap.field in {"decided_on", "usable"}}
    statuses = {grant.status for grant in tul.grants if grant.key in decided}
    assert statuses == {tul.GrantStatus.GRANTED}
    could_be_known = vars(gaps_and_disagreements)["_could_be_known"]
    for status in tul.GrantStatus:
        grant = attrs.evolve(tul.grants["vs-2021"], status=status, amount_eur=None)
        is_decided = status is tul.GrantStatus.GRANTED
        assert could_be_known(grant, "decided_on") is is_decided
        assert could_be_known(grant, "usable") is is_decided
        assert could_be_known(grant, "amount_eur")
    assert could_be_known(tul.projects["varsinais-suomi"], "decided_on")


def test_reprs_are_short() -> None:
    """A list of gaps or disagreements has one line for each, without texts in three languages."""
    assert repr(tul.gaps("grants")[0]) == "<Gap grants vs-2020: decided_on>"
    (difference,) = tul.disagreements(tul.grants["vs-2021"])
    assert repr(difference) == "<Disagreement grants vs-2021: amount_eur>"
    assert all(len(repr(each)) < 100 for each in (*tul.gaps(), *tul.disagreements()))
