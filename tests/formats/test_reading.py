"""Reading documents: each error has its code and path, and valid entities are kept."""

import datetime as dt
import io
import json
import pathlib
from typing import Any

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import document, found, read_text
from tulevaisuus.formats import Rejected

Json = dict[str, object]

GRANT: Json = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted"}
PROJECT: Json = {"id": "p1", "name": {"fi": "hanke"}, "regions": ["05"]}
CENTRE: Json = {"id": "c1", "name": {"fi": "keskus"}, "region": "05"}
ROLE: Json = {"code": "r1", "name": {"fi": "rooli"}}
CITY: Json = {"id": "o1", "name": {"fi": "kaupunki"}}
POST: Json = {"id": "t1", "role": "r1"}
SOURCE: Json = {"id": "s1", "publisher": "THL", "about": "a page"}
REGION: Json = {"code": "05", "name": {"fi": "alue"}}
TEXT: Json = {"fi": "nimi"}


def grant(**fields: object) -> str:
    """Return a document with one grant that has these fields, too."""
    return document(grants=[{**GRANT, **fields}])


def number(literal: str, **fields: object) -> str:
    """Return a document with one grant in which a number is written exactly as given."""
    return grant(**dict.fromkeys(fields, "?")).replace('"?"', literal)


def without(entity: Json, name: str) -> Json:
    """Return a copy of the entity without a field."""
    return {key: value for key, value in entity.items() if key != name}


AMOUNT: Json = {"amount_eur": 0}

STRICTNESS: dict[str, tuple[str, list[str]]] = {
    # a value of another type: nothing is coerced
    "number for a list of entities": (document(grants=1), ["TSK002 /grants"]),
    "object for a list of entities": (document(grants={}), ["TSK002 /grants"]),
    "null for a list of entities": (document(grants=None), ["TSK002 /grants"]),
    "list for an object": (document(grants=[[1]]), ["TSK002 /grants/0"]),
    "text for an object": (document(goals=["1"]), ["TSK002 /goals/0"]),
    "list for the programme": (document(programme=[]), ["TSK002 /programme"]),
    "number for an id": (grant(id=1), ["TSK002 /grants/0/id"]),
    "null for an id": (grant(id=None), ["TSK002 /grants/0/id"]),
    "null for an optional field": (grant(recipient=None), ["TSK002 /grants/0/recipient"]),
    "null for an optional amount": (grant(amount_eur=None), ["TSK002 /grants/0/amount_eur"]),
    "text for an amount": (grant(amount_eur="12"), ["TSK002 /grants/0/amount_eur"]),
    "true for an amount": (grant(amount_eur=True), ["TSK002 /grants/0/amount_eur"]),
    "list for an amount": (grant(amount_eur=[1]), ["TSK002 /grants/0/amount_eur"]),
    "number for a day": (grant(decided_on=20211221), ["TSK002 /grants/0/decided_on"]),
    "object for a day": (grant(decided_on={}), ["TSK002 /grants/0/decided_on"]),
    "text for a period": (grant(usable="2021–2023"), ["TSK002 /grants/0/usable"]),
    "list for a period": (grant(usable=["2021-01-01"]), ["TSK002 /grants/0/usable"]),
    "number for a code": (grant(status=1), ["TSK002 /grants/0/status"]),
    "text for sources": (grant(sources="s1"), ["TSK002 /grants/0/sources"]),
    "number among sources": (grant(sources=["s", 1]), ["TSK002 /grants/0/sources/1"]),
    "text for a Text": (document(goals=[{"number": 1, "name": "x"}]), ["TSK002 /goals/0/name"]),
    "null for a text": (
        document(goals=[{"number": 1, "name": {"fi": "x", "sv": None}}]),
        ["TSK002 /goals/0/name/sv"],
    ),
    "text for a number of an enum": (
        document(goals=[{"number": "1", "name": TEXT}]),
        ["TSK002 /goals/0/number"],
    ),
    "true for a number of an enum": (
        document(goals=[{"number": True, "name": TEXT}]),
        ["TSK002 /goals/0/number"],
    ),
    "1.0 for a number of an enum": (
        document(goals=[{"number": 1.0, "name": TEXT}]),
        ["TSK002 /goals/0/number"],
    ),
    "text for a whole number": (
        document(roles=[{**ROLE, "posts_stated": "12"}]),
        ["TSK002 /roles/0/posts_stated"],
    ),
    "1.9 for a whole number": (
        document(roles=[{**ROLE, "posts_stated": 1.9}]),
        ["TSK002 /roles/0/posts_stated"],
    ),
    "2.0 for a whole number": (
        document(roles=[{**ROLE, "posts_stated": 2.0}]),
        ["TSK002 /roles/0/posts_stated"],
    ),
    "true for a whole number": (
        document(roles=[{**ROLE, "posts_stated": True}]),
        ["TSK002 /roles/0/posts_stated"],
    ),
    "1 for true": (document(posts=[{**POST, "fixed_term": 1}]), ["TSK002 /posts/0/fixed_term"]),
    "text for true": (
        document(posts=[{**POST, "fixed_term": "true"}]),
        ["TSK002 /posts/0/fixed_term"],
    ),
    "number for a business id": (
        document(organisations=[{**CITY, "business_id": 2048198}]),
        ["TSK002 /organisations/0/business_id"],
    ),
    "number for an address": (document(sources=[{**SOURCE, "url": 1}]), ["TSK002 /sources/0/url"]),
    "exponent in a whole number": (
        document(roles=[{**ROLE, "posts_stated": 0}]).replace("0}", "1e1}"),
        ["TSK002 /roles/0/posts_stated"],
    ),
    "exponent for a text": (
        document(roles=[{**ROLE, "code": 0}]).replace("0}", "1e1}"),
        ["TSK002 /roles/0/code"],
    ),
    # missing and unknown fields
    "missing id": (document(grants=[without(GRANT, "id")]), ["TSK003 /grants/0/id"]),
    "missing text": (
        document(goals=[{"number": 1, "name": {"sv": "namn"}}]),
        ["TSK003 /goals/0/name/fi"],
    ),
    "period without bounds": (grant(usable={}), ["TSK003 /grants/0/usable/start"]),
    "unknown field": (grant(colour="red"), ["TSK004 /grants/0/colour"]),
    "misspelt field": (grant(recipent="turku"), ["TSK004 /grants/0/recipent"]),
    "misspelt required field": (
        document(grants=[{**without(GRANT, "call"), "cal": "shc-2021"}]),
        ["TSK004 /grants/0/cal", "TSK003 /grants/0/call"],
    ),
    "unknown field of a value": (
        grant(usable={"start": "2021-01-01", "until": "2023-12-31"}),
        ["TSK004 /grants/0/usable/until"],
    ),
    "unknown field of the document": (document(grant=[]), ["TSK004 /grant"]),
    "inner field of the library": (document(newer_version="2.0"), ["TSK004 /newer_version"]),
    "field with a slash": (grant(**{"a/b~": 1}), ["TSK004 /grants/0/a~1b~0"]),
    "field with an empty name": (grant(**{"": 1}), ["TSK004 /grants/0/"]),
    # codes
    "unknown status": (grant(status="grant"), ["TSK005 /grants/0/status"]),
    "status in capitals": (grant(status="GRANTED"), ["TSK005 /grants/0/status"]),
    "empty status": (grant(status=""), ["TSK005 /grants/0/status"]),
    "unknown goal": (document(goals=[{"number": 6, "name": TEXT}]), ["TSK005 /goals/0/number"]),
    "unknown goal in a list": (
        document(projects=[{**PROJECT, "goals": [1, 0, 2, 9]}]),
        ["TSK005 /projects/0/goals/1", "TSK005 /projects/0/goals/3"],
    ),
    "unknown language": (
        document(goals=[{"number": 1, "name": {"fi": "x", "unofficial": ["en", "no"]}}]),
        ["TSK005 /goals/0/name/unofficial/1"],
    ),
    "unknown service": (
        document(centres=[{**CENTRE, "services": ["dental"]}]),
        ["TSK005 /centres/0/services/0"],
    ),
    "enormous number for a goal": (
        document(goals=[{"number": 10**60, "name": TEXT}]),
        ["TSK005 /goals/0/number"],
    ),
    # forms
    "day in the Finnish form": (grant(decided_on="21.12.2021"), ["TSK006 /grants/0/decided_on"]),
    "day without hyphens": (grant(decided_on="20211221"), ["TSK006 /grants/0/decided_on"]),
    "week date": (grant(decided_on="2021-W51-2"), ["TSK006 /grants/0/decided_on"]),
    "day of the year": (grant(decided_on="2021-355"), ["TSK006 /grants/0/decided_on"]),
    "month": (grant(decided_on="2021-12"), ["TSK006 /grants/0/decided_on"]),
    "time": (grant(decided_on="2021-12-21T00:00:00"), ["TSK006 /grants/0/decided_on"]),
    "day with blanks": (grant(decided_on=" 2021-12-21"), ["TSK006 /grants/0/decided_on"]),
    "day with a line break": (grant(decided_on="2021-12-21\n"), ["TSK006 /grants/0/decided_on"]),
    "day in other digits": (grant(decided_on="٢٠٢١-12-21"), ["TSK006 /grants/0/decided_on"]),
    "no day": (grant(decided_on=""), ["TSK006 /grants/0/decided_on"]),
    "29 February of a common year": (
        grant(decided_on="2021-02-29"),
        ["TSK006 /grants/0/decided_on"],
    ),
    "month 13": (grant(decided_on="2021-13-01"), ["TSK006 /grants/0/decided_on"]),
    "year 0": (grant(decided_on="0000-01-01"), ["TSK006 /grants/0/decided_on"]),
    "empty id": (grant(id=""), ["TSK006 /grants/0/id"]),
    "id with a blank before": (grant(id=" g"), ["TSK006 /grants/0/id"]),
    "id with a line break": (grant(id="g\n1"), ["TSK006 /grants/0/id"]),
    "id of 201 characters": (grant(id="g" * 201), ["TSK006 /grants/0/id"]),
    "empty reference": (grant(recipient=""), ["TSK006 /grants/0/recipient"]),
    "address without a scheme": (
        document(sources=[{**SOURCE, "url": "thl.fi"}]),
        ["TSK006 /sources/0/url"],
    ),
    "address of a file": (
        document(sources=[{**SOURCE, "url": "file:///etc/hosts"}]),
        ["TSK006 /sources/0/url"],
    ),
    "wrong check digit": (
        document(organisations=[{**CITY, "business_id": "0204819-7"}]),
        ["TSK006 /organisations/0/business_id"],
    ),
    "business id without a hyphen": (
        document(organisations=[{**CITY, "business_id": "02048198"}]),
        ["TSK006 /organisations/0/business_id"],
    ),
    "negative count": (
        document(regions=[{**REGION, "population": [{"date": "2020-12-31", "count": -1}]}]),
        ["TSK006 /regions/0/population/0/count"],
    ),
    "count below one": (
        document(regions=[{**REGION, "tile": {"row": 0, "column": 1}}]),
        ["TSK006 /regions/0/tile/row"],
    ),
    # duplicates of keys in a register
    "id given twice": (document(grants=[GRANT, GRANT]), ["TSK008 /grants/1/id"]),
    "id given three times": (
        document(grants=[GRANT, GRANT, GRANT]),
        ["TSK008 /grants/1/id", "TSK008 /grants/2/id"],
    ),
    "pair given twice": (
        document(
            goal_links=[
                {
                    "goal": 1,
                    "target": "digital",
                    "target_kind": "theme",
                    "evidence": "weak",
                    "basis": basis,
                }
                for basis in ("one", "another")
            ]
        ),
        ["TSK008 /goal_links/1/target"],
    ),
    # periods, amounts, texts
    "period that ends before it begins": (
        grant(usable={"end": "2021-01-01", "start": "2021-01-02"}),
        ["TSK011 /grants/0/usable/end"],
    ),
    "nothing": (grant(amount_eur=0), ["TSK012 /grants/0/amount_eur"]),
    "less than nothing": (grant(amount_eur=-1), ["TSK012 /grants/0/amount_eur"]),
    "negative own contribution": (
        grant(own_contribution_eur=-0.01),
        ["TSK012 /grants/0/own_contribution_eur"],
    ),
    "a million millions": (grant(amount_eur=10**12), ["TSK012 /grants/0/amount_eur"]),
    "three decimals": (number("1.005", **AMOUNT), ["TSK012 /grants/0/amount_eur"]),
    "three decimals that are zero": (number("1.000", **AMOUNT), ["TSK012 /grants/0/amount_eur"]),
    "exponent": (number("1e3", **AMOUNT), ["TSK012 /grants/0/amount_eur"]),
    "exponent that would take minutes": (
        number("1E+999999999", **AMOUNT),
        ["TSK012 /grants/0/amount_eur"],
    ),
    "exponent of zero": (number("5.5e0", **AMOUNT), ["TSK012 /grants/0/amount_eur"]),
    "empty text": (
        document(goals=[{"number": 1, "name": {"fi": ""}}]),
        ["TSK013 /goals/0/name/fi"],
    ),
    "blank text": (
        document(goals=[{"number": 1, "name": {"fi": " \n\u00a0"}}]),
        ["TSK013 /goals/0/name/fi"],
    ),
    "empty Swedish": (
        document(goals=[{"number": 1, "name": {"fi": "x", "sv": ""}}]),
        ["TSK013 /goals/0/name/sv"],
    ),
    "empty business id": (
        document(organisations=[{**CITY, "business_id": ""}]),
        ["TSK006 /organisations/0/business_id"],
    ),
    # the document as a whole
    "list": ("[]", ["TSK002"]),
    "text": ('"tulevaisuus"', ["TSK002"]),
    "null": ("null", ["TSK002"]),
    "number": ("1", ["TSK002"]),
    "number with an exponent": ("1e999999", ["TSK002"]),
    "empty object": ("{}", ["TSK003 /format", "TSK003 /format_version"]),
}


@pytest.mark.parametrize(("text", "expected"), STRICTNESS.values(), ids=STRICTNESS)
def test_error_has_its_code_and_path(text: str, expected: list[str]) -> None:
    """Each type of error is reported with its own code, at its own path."""
    assert found(read_text(text).findings) == expected


@pytest.mark.parametrize("text", [text for text, _ in STRICTNESS.values()], ids=STRICTNESS)
def test_loads_raises_the_findings_of_read(text: str) -> None:
    """`loads` raises one error with exactly the findings that `read` returns."""
    with pytest.raises(tul.DocumentError) as caught:
        tul.loads(text)
    assert caught.value.findings == read_text(text).findings


ACCEPTED: dict[str, str] = {
    "own contribution of nothing": grant(own_contribution_eur=0),
    "smallest amount": number("0.01", **AMOUNT),
    "largest amount": number("999999999999.99", **AMOUNT),
    "amount with a zero decimal": number("5.0", **AMOUNT),
    "leap day": grant(decided_on="2020-02-29"),
    "id of 200 characters": grant(id="g" * 200),
    "id with blanks inside": grant(id="a b/c~ä"),
    "period with one bound": grant(usable={"end": "2023-12-31"}),
    "period of one day": grant(usable={"start": "2021-01-01", "end": "2021-01-01"}),
    "count of nobody": document(
        regions=[{**REGION, "population": [{"date": "2020-12-31", "count": 0}]}]
    ),
    "a schema of any type": document(**{"$schema": 5}),
    "references that nobody knows": grant(call="none", project="none", recipient="none"),
}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_values_within_the_bounds_are_read(text: str) -> None:
    """Values at their bounds are accepted and kept unchanged."""
    reading = read_text(text)
    assert found(reading.findings) == []
    assert json.loads(tul.dumps(reading.portfolio)) == {
        **json.loads(text),
        "$schema": "urn:tulevaisuus:schema:1.0:portfolio",
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"services": None}, {"services": []}, id="services"),
        pytest.param({"goals": None}, {"goals": []}, id="goals"),
        pytest.param({"administrations": None}, {"administrations": []}, id="administrations"),
    ],
)
def test_unset_differs_from_empty(first: Json, second: Json) -> None:
    """An absent list is unknown, an empty one has no elements, and both stay so."""
    (name,) = first
    absent = tul.loads(document(projects=[PROJECT])).projects["p1"]
    empty = tul.loads(document(projects=[{**PROJECT, **second}])).projects["p1"]
    assert getattr(absent, name) is None
    assert getattr(empty, name) == ()
    assert absent != empty


def test_values_have_their_types() -> None:
    """Values are dates, decimals, enum members and tuples, not JSON types."""
    text = grant(amount_eur=11180062.5, decided_on="2021-12-20", sources=["stm-406-2021"])
    read = tul.loads(text).grants["g1"]
    assert str(read.amount_eur) == "11180062.5"
    assert read.decided_on == dt.date(2021, 12, 20)
    assert read.status is tul.GrantStatus.GRANTED
    assert read.sources == ("stm-406-2021",)


def test_all_errors_are_in_the_order_of_the_document() -> None:
    """Errors of all types are reported together, in the order of the document."""
    text = """{
      "sources": [{"id": "s", "about": 5, "publisher": "", "url": "x"}, null],
      "format_version": "1.0",
      "grants": [
        {"usable": {"end": "2020-01-01", "start": "2021-01-01", "x": 1},
         "amount_eur": "12", "status": "given", "id": "g"},
        {"status": "granted", "project": "p", "call": "c", "id": "g2", "id": "g2"},
        {"status": "granted", "project": "p", "call": "c", "id": "g2", "applied_on": "2020"}
      ],
      "surprise": {"a": 1, "a": 2},
      "grants_": [],
      "programme": {"id": "x", "name": {"fi": "y"}, "goals": [0, 1, "2", 3, 9]},
      "format": "tulevaisuus"
    }"""
    assert found(read_text(text).findings) == [
        "TSK002 /sources/0/about",
        "TSK013 /sources/0/publisher",
        "TSK006 /sources/0/url",
        "TSK002 /sources/1",
        "TSK011 /grants/0/usable/end",
        "TSK004 /grants/0/usable/x",
        "TSK002 /grants/0/amount_eur",
        "TSK005 /grants/0/status",
        "TSK003 /grants/0/call",
        "TSK003 /grants/0/project",
        "TSK001 /grants/1/id",
        "TSK008 /grants/2/id",
        "TSK006 /grants/2/applied_on",
        "TSK004 /surprise",
        "TSK001 /surprise/a",
        "TSK004 /grants_",
        "TSK005 /programme/goals/0",
        "TSK002 /programme/goals/2",
        "TSK005 /programme/goals/4",
    ]


def test_indices_are_sorted_as_numbers() -> None:
    """The tenth entity is reported after the second."""
    entities = [{**GRANT, "id": f"g{place}", "status": "?"} for place in range(12)]
    expected = [f"TSK005 /grants/{place}/status" for place in range(12)]
    assert found(read_text(document(grants=entities)).findings) == expected


def test_a_reading_holds_the_entities_of_a_portfolio_once() -> None:
    """A valid document is its portfolio, with indices, and nothing else."""
    reading = read_text(document(grants=[GRANT], goals=[{"number": 1, "name": TEXT}]))
    assert reading == tul.Reading(portfolio=reading.portfolio)
    assert [*reading.portfolio.grants] == [*reading.entities_of(tul.Grant)]


@pytest.mark.parametrize("cls", [int, tul.Text, type, 5])
def test_only_classes_of_entities_have_entities(cls: Any) -> None:  # noqa: ANN401 - wrongly given
    """Any other class is an error, and not an empty register."""
    with pytest.raises(TypeError, match="takes a class of entities"):
        read_text(document()).entities_of(cls)


OTHER_ERROR: Json = {**GRANT, "amount_eur": "5"}


@pytest.mark.parametrize(
    ("grants", "expected", "kept"),
    [
        ([GRANT, OTHER_ERROR], ["TSK008 /grants/1/id", "TSK002 /grants/1/amount_eur"], 1),
        ([OTHER_ERROR, GRANT], ["TSK002 /grants/0/amount_eur", "TSK008 /grants/1/id"], 1),
        (
            [OTHER_ERROR, OTHER_ERROR],
            [
                "TSK002 /grants/0/amount_eur",
                "TSK008 /grants/1/id",
                "TSK002 /grants/1/amount_eur",
            ],
            0,
        ),
        (
            [OTHER_ERROR, GRANT, GRANT],
            ["TSK002 /grants/0/amount_eur", "TSK008 /grants/1/id", "TSK008 /grants/2/id"],
            1,
        ),
        (
            [{**GRANT, "id": 5}, {**GRANT, "id": 5}],
            ["TSK002 /grants/0/id", "TSK002 /grants/1/id"],
            0,
        ),
    ],
)
def test_an_error_hides_no_repeated_key(grants: list[Json], expected: list[str], kept: int) -> None:
    """A key that is readable is compared, whatever else is wrong with one of the objects."""
    reading = read_text(document(grants=grants))
    assert found(reading.findings) == expected
    assert [each.subject for each in reading.findings if each.code == "TSK008"] == ["grant g1"] * (
        sum("TSK008" in each for each in expected)
    )
    assert len(reading.portfolio.grants) == kept
    assert len(reading.rejected) == len(grants) - kept
    assert sum(number for _, _, number in reading.counts) == len(expected)


def test_a_repeated_key_of_two_parts_is_compared_as_a_whole() -> None:
    """Links of one goal to different targets are different."""
    link: Json = {"goal": 1, "target": "a", "evidence": "stated"}
    wrong: Json = {**link, "evidence": 5}
    other: Json = {**wrong, "target": "b"}
    reading = read_text(document(goal_links=[link, wrong, other]))
    assert [each.path for each in reading.findings if each.code == "TSK008"] == [
        "/goal_links/1/target"
    ]


def test_findings_on_the_text_are_sorted_with_the_others() -> None:
    """A NaN is reported on the whole document, hence first; a duplicate key at its path."""
    text = grant(status="?", applied_on="?").replace('"applied_on": "?"', '"amount_eur": NaN')
    assert found(read_text(text).findings) == ["TSK001", "TSK005 /grants/0/status"]


def test_findings_name_the_entity() -> None:
    """The subject of a finding is its entity, as far as its key is valid."""
    text = document(grants=[{**GRANT, "status": 1}, {**GRANT, "id": 5}], centres=[5])
    assert [finding.subject for finding in read_text(text).findings] == ["grant g1", "grant", ""]


def test_invariant_is_checked_beside_other_errors() -> None:
    """Bounds that are valid are compared even if another field of the entity is invalid."""
    text = grant(status="?", usable={"start": "2022-01-01", "end": "2021-01-01"})
    expected = ["TSK005 /grants/0/status", "TSK011 /grants/0/usable/end"]
    assert found(read_text(text).findings) == expected


def test_period_with_one_invalid_bound_has_one_finding() -> None:
    """It is not also reported as empty or reversed."""
    text = grant(usable={"start": "soon"})
    assert found(read_text(text).findings) == ["TSK006 /grants/0/usable/start"]


@pytest.mark.parametrize("place", range(3))
def test_valid_entities_are_kept(place: int) -> None:
    """A rejected entity does not affect the others."""
    entities = [{**GRANT, "id": f"g{each}"} for each in range(3)]
    whole = tul.loads(document(grants=entities))
    entities[place] = {**entities[place], "status": "?"}
    reading = read_text(document(grants=entities, projects=[PROJECT]))
    assert reading.portfolio.grants == whole.grants.without(f"g{place}")
    assert list(reading.portfolio.projects.keys()) == ["p1"]
    assert reading.rejected == (Rejected("grants", place, f"g{place}"),)


REJECTED_BY_CONVERTER: dict[str, tuple[str, list[Rejected]]] = {
    "nothing": (grant(), []),
    "with a clear key": (grant(status=1), [Rejected("grants", 0, "g1")]),
    "without its key": (document(grants=[without(GRANT, "id")]), [Rejected("grants", 0, None)]),
    "with a key of another type": (grant(id=[]), [Rejected("grants", 0, None)]),
    "no object": (document(grants=[1]), [Rejected("grants", 0, None)]),
    "a pair": (
        document(goal_links=[{"goal": 1, "target": "digital"}]),
        [Rejected("goal_links", 0, (1, "digital"))],
    ),
    "half a pair": (document(goal_links=[{"goal": 1}]), [Rejected("goal_links", 0, None)]),
    "the later of two": (document(grants=[GRANT, GRANT]), [Rejected("grants", 1, "g1")]),
    "a whole register": (document(grants={}, goals=1), [Rejected("grants", None, None),
                                                        Rejected("goals", None, None)]),
    "NaN for a register": (
        document(grants=1).replace('"grants": 1', '"grants": NaN'),
        [Rejected("grants", None, None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), REJECTED_BY_CONVERTER.values(), ids=REJECTED_BY_CONVERTER
)
def test_rejected_objects_are_listed(text: str, expected: list[Rejected]) -> None:
    """A reading lists the register, the index and, where it is readable, the key."""
    assert list(read_text(text).rejected) == expected


def test_true_is_not_a_key() -> None:
    """A rejected entity whose key is ``true`` is not taken for number 1."""
    (rejected,) = read_text(document(goals=[{"number": True, "name": TEXT}])).rejected
    assert rejected.key is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"format": "gpx", "format_version": "1.0"}', document(format_version="2.0")],
)
def test_unreadable_document_lacks_every_register(text: str) -> None:
    """Where nothing can be read, every register is listed as rejected."""
    rejected = {(each.register, each.place) for each in read_text(text).rejected}
    assert rejected >= {(name, None) for name in tul.Portfolio().registers()}


def test_rejected_programme_is_listed() -> None:
    """An invalid programme is among the rejected objects."""
    reading = read_text(document(programme={"id": "shc"}))
    assert reading.portfolio.programme is None
    assert [each.register for each in reading.rejected] == ["programme"]


def test_locations_in_the_document() -> None:
    """The entities that are kept have their index in the document."""
    entities = [{**GRANT, "id": f"g{each}", **({"status": 1} if each in {0, 2} else {})}
              for each in range(5)]  # fmt: skip
    reading = read_text(document(grants=entities))
    places = dict(zip(reading.portfolio.grants.keys(), reading.indices_in("grants"), strict=True))
    assert places == {"g1": 1, "g3": 3, "g4": 4}
    assert list(reading.indices_in("goals")) == []


def test_reading_is_ok_without_errors() -> None:
    """Warnings alone reject nothing."""
    assert read_text(grant()).ok
    assert not read_text(grant(status=1)).ok
    assert read_text(document(format_version="1.1", later=[])).ok


SUGGESTED: dict[str, tuple[str, str]] = {
    "field": (grant(recipent="turku"), '"recipient"'),
    "field of the document": (document(grnts=[]), '"grants"'),
    "code": (grant(status="grantde"), '"granted"'),
    "language": (
        document(goals=[{"number": 1, "name": {"fi": "x", "unofficial": ["svenska"]}}]),
        'did you mean "sv"',
    ),
    "number": (document(goals=[{"number": 7, "name": TEXT}]), "1, 2, 3, 4, 5"),
    "what was found": (grant(amount_eur="12 €"), 'text "12 €"'),
    "null": (grant(amount_eur=None), "null"),
    "a number as it was written": (number("1.50e3", **AMOUNT), "1.50e3"),
}


@pytest.mark.parametrize(("text", "part"), SUGGESTED.values(), ids=SUGGESTED)
def test_message_helps(text: str, part: str) -> None:
    """Messages have what was found, what is known and a suggestion."""
    (finding,) = read_text(text).findings
    assert part in finding.message("en")


def test_only_the_first_unknown_fields_have_suggestions() -> None:
    """Searching for similar names is slow, so the number is limited."""
    text = grant(**{f"recipient{place}": 1 for place in range(30)})
    intended = ["did you mean" in finding.message("en") for finding in read_text(text).findings]
    assert intended == [True] * 20 + [False] * 10


def test_hostile_text_is_cut_and_escaped_in_messages() -> None:
    """A message has neither a megabyte of text nor control characters."""
    (finding,) = read_text(grant(status="\u202e\x1b[2J" + "x" * 10**6)).findings
    for language in ("fi", "sv", "en"):
        message = finding.message(language)
        assert len(message) < 300
        assert message.isprintable()


def test_document_is_read_from_any_source(tmp_path: pathlib.Path) -> None:
    """A path as text or as an object, a binary file and a text file are read alike."""
    path = tmp_path / "portfolio.json"
    path.write_text(grant(), encoding="utf-8")
    expected = tul.loads(grant())
    assert tul.load(path) == tul.load(str(path)) == expected
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        assert tul.load(binary) == tul.load(text) == expected
    assert tul.read(path).findings == ()


def test_tuples_are_lists_in_a_parsed_document() -> None:
    """Programs that build documents use both, for registers and within entities."""
    header: Json = {"format": "tulevaisuus", "format_version": "1.0"}
    lists: Json = {**header, "projects": [PROJECT], "grants": [GRANT]}
    tuples: Json = {**header, "projects": ({**PROJECT, "regions": ("05",)},), "grants": (GRANT,)}
    assert tul.read(tuples) == tul.read(lists)
    assert len(tul.load(tuples).grants) == 1
    assert tul.read({**header, "grants": ()}).findings == ()
    assert found(tul.read({**header, "grants": (GRANT, 5)}).findings) == ["TSK002 /grants/1"]


def test_register_of_another_type_is_named_with_its_conversion() -> None:
    """A message never expects a list where a list is."""
    document: Json = {"format": "tulevaisuus", "format_version": "1.0", "grants": iter([GRANT])}
    (finding,) = tul.read(document).findings
    assert finding.path == "/grants"
    assert "found a value of type list_iterator; convert it first: list(...)" in str(finding)


def test_missing_file_is_an_os_error(tmp_path: pathlib.Path) -> None:
    """A file that does not exist is not invalid content."""
    for read in (tul.read, tul.load):
        with pytest.raises(FileNotFoundError):
            read(tmp_path / "missing.json")


def test_text_file_in_another_encoding_is_a_finding(tmp_path: pathlib.Path) -> None:
    """Bytes that a text file cannot decode are invalid content."""
    path = tmp_path / "portfolio.json"
    path.write_bytes(document(goals=[{"number": 1, "name": {"fi": "ä"}}]).encode("latin-1"))
    with path.open(encoding="utf-8") as file:
        assert found(tul.read(file).findings) == ["TSK001"]


def test_limits_apply_to_files(tmp_path: pathlib.Path) -> None:
    """A file beyond the limit is rejected, however it is opened."""
    path = tmp_path / "portfolio.json"
    path.write_text(grant(), encoding="utf-8")
    limits = tul.Limits(bytes=len(grant()) - 1)
    assert found(tul.read(path, limits=limits).findings) == ["TSK001"]
    assert found(tul.read(io.StringIO(grant()), limits=limits).findings) == ["TSK001"]
    with pytest.raises(tul.DocumentError, match=r"Limits\.bytes"):
        tul.load(path, limits=limits)
    with pytest.raises(tul.DocumentError, match=r"Limits\.bytes"):
        tul.loads(grant(), limits=limits)


def test_load_reports_all_errors_in_one_exception() -> None:
    """Its text lists code, path and message of each finding."""
    with pytest.raises(tul.DocumentError) as caught:
        tul.loads(grant(status=1, amount_eur="12"))
    lines = str(caught.value).splitlines()
    assert [line.split(" (")[0] for line in lines] == [
        "TSK002 error at /grants/0/status",
        "TSK002 error at /grants/0/amount_eur",
    ]


def test_readings_of_the_same_content_are_equal() -> None:
    """Where the content comes from, and how objects were found in it, makes no difference."""
    twice = document(roles=[ROLE, ROLE])
    reading = tul.read(twice.encode())
    assert reading.repeated
    assert tul.read(json.loads(twice)) == reading
    for name in ("repeated", "indices", "locator"):
        empty: Any = {} if name == "indices" else None if name == "locator" else ()
        assert attrs.evolve(reading, **{name: empty}) == reading
    assert attrs.evolve(reading, rejected=()) != reading
