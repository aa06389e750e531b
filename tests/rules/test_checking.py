"""`check`: which rules, over what, in which order, and where the findings point."""

import inspect
import itertools
import json
import string
from pathlib import Path
from typing import cast

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, document, found, read_text

DATA = Path(__file__).parents[1] / "data"
EXAMPLES = Path(__file__).parents[2] / "examples"

PROJECT: dict[str, object] = {"id": "hanke-1", "name": {"fi": "Esimerkki"}, "regions": ["05"]}
CENTRE: dict[str, object] = {"id": "keskus-1", "name": {"fi": "Esimerkki"}, "region": "05"}
GRANT: dict[str, object] = {
    "id": "g1",
    "call": "shc-2020",
    "project": "hanke-1",
    "status": "granted",
}
POST: dict[str, object] = {"id": "toimi-1", "role": "team_lead"}
BROKEN: dict[str, dict[str, object]] = {
    "projects": {**PROJECT, "id": "hanke-2", "goals": "all"},
    "grants": {**GRANT, "id": "g2", "amount_eur": "12"},
    "centres": {**CENTRE, "id": "keskus-2", "opened_on": "12.12.2021"},
    "posts": {**POST, "id": "toimi-2", "fixed_term": 1},
}
SUMMING = {
    "projects": ["TSK409"],
    "grants": ["TSK303", "TSK304", "TSK305", "TSK306", "TSK314", "TSK406", "TSK407"],
    "centres": list[str](),
    "posts": ["TSK602"],
}


def check(**members: object) -> tul.Report:
    """Check a document by all rules."""
    return tul.check(read_text(document(**members)))


def rows(report: tul.Report) -> list[list[str]]:
    """Return findings as the lists of expected ones have them."""
    return [[finding.code, finding.path, finding.subject] for finding in report.findings]


@pytest.mark.parametrize("name", ["tulevaisuus.reference", "examples/varsinais-suomi.json"])
def test_valid_data_gets_the_expected_notes(name: str) -> None:
    """The bundled facts, and the example as the sources give it, yield these notes and no more."""
    is_bundled = name == "tulevaisuus.reference"
    report = tul.check(tul.reference if is_bundled else tul.read(EXAMPLES / Path(name).name))
    expected = json.loads((DATA / "expected_notes.json").read_text("utf-8"))
    assert rows(report) == expected[name]
    assert report.notes == report.findings
    assert report.skipped == ()


def test_the_broken_example_gets_all_its_findings() -> None:
    """One run shows what cannot be read and what the rules find, in the order of documents."""
    report = tul.check(tul.read(EXAMPLES / "varsinais-suomi-broken.json"))
    assert rows(report) == json.loads((DATA / "expected_broken.json").read_text("utf-8"))
    assert list(report.skipped) == SUMMING["grants"]


def test_facts_stand_by_themselves() -> None:
    """The bundled facts are as valid without a reference as beside themselves."""
    assert tul.check(tul.reference, reference=tul.Portfolio()) == tul.check(tul.reference)


def test_findings_come_in_the_order_of_documents() -> None:
    """However a document is ordered, findings come by register, entity and code."""
    report = check(
        posts=[{**POST, "organisation": "zzz"}, {**POST, "id": "toimi-2", "area": "zzz"}],
        zzz=1,
        grants=[
            {**GRANT, "call": "shc-2021", "usable": {"start": "2019-01-01"}, "recipient": "stm"},
            BROKEN["grants"],
        ],
        projects=[BROKEN["projects"], {**PROJECT, "regions": ["91", "zzz"], "goals": []}],
        programme={
            "id": "ohjelma-1",
            "name": {"fi": "Esimerkki"},
            "period": {"start": "2020-01-01"},
            "goals": [1],
            "owner": "zzz",
        },
    )
    assert found(report.findings) == [
        "TSK004 /zzz",
        "TSK009 /programme/owner",
        "TSK102 /programme/goals",
        "TSK002 /projects/0/goals",
        "TSK005 /projects/1/regions/1",
        "TSK201 /projects/1/regions/0",
        "TSK401 /projects/1/goals",
        "TSK410 /projects/1",
        "TSK411 /projects/1/regions",
        "TSK101 /grants/0/usable/start",
        "TSK302 /grants/0/usable/start",
        "TSK311 /grants/0/recipient",
        "TSK002 /grants/1/amount_eur",
        "TSK009 /posts/0/organisation",
        "TSK005 /posts/1/area",
    ]


def test_what_stands_nowhere_comes_first() -> None:
    """What is found of no register comes even before what is found of the programme."""
    programme = {"id": "ohjelma-1", "name": {"fi": "Esimerkki"}, "zzz": 1}
    report = check(programme=programme, zzz=1)
    assert found(report.findings) == ["TSK004 /zzz", "TSK004 /programme/zzz"]


def test_what_reading_finds_of_an_entity_comes_first() -> None:
    """What reading warns of comes before what the rules find of the same entity."""
    programme = {"id": "ohjelma-1", "name": {"fi": "Esimerkki"}, "zzz": 1, "goals": [1]}
    report = check(format_version="1.9", programme=programme)
    assert found(report.findings) == ["TSK004 /programme/zzz", "TSK102 /programme/goals"]


@pytest.mark.parametrize("rejected", [(), (0,), (1,), (0, 2), (0, 1, 3, 5)], ids=str)
def test_pointers_lead_into_the_original(rejected: tuple[int, ...]) -> None:
    """What was rejected before an entity does not move the finding on it."""
    centres = [{**CENTRE, "id": f"k{place}", "region": "91"} for place in range(5)]
    listed: list[dict[str, object]] = [
        {"id": f"r{place}"} if place in rejected else centres.pop()
        for place in range(len(centres) + len(rejected))
    ]
    reading = read_text(document(centres=listed))
    report = tul.check(reading, select="TSK201")
    pointers = [finding for finding in found(report.findings) if "TSK201" in finding]
    assert pointers == [
        f"TSK201 /centres/{place}/region" for place in range(len(listed)) if place not in rejected
    ]
    for finding in report.findings:
        place = int(finding.path.split("/")[2])
        assert finding.subject == f"centre {listed[place]['id']}"


def test_a_duplicate_is_passed_over_where_it_stands() -> None:
    """An entity whose key is taken is not judged, and those after it keep their places."""
    wrong = {**CENTRE, "region": "91"}
    report = check(centres=[CENTRE, wrong, {**wrong, "id": "keskus-2"}])
    assert found(report.findings) == ["TSK008 /centres/1/id", "TSK201 /centres/2/region"]


@pytest.mark.parametrize("register", BROKEN)
def test_rules_that_sum_are_skipped_if_something_is_rejected(register: str) -> None:
    """A rejected entity skips the rules that need its register whole, and names them."""
    report = check(**{register: [BROKEN[register]]})
    assert list(report.skipped) == SUMMING[register]


@pytest.mark.parametrize("register", BROKEN)
def test_rules_that_sum_are_skipped_if_a_register_is_rejected(register: str) -> None:
    """A register that could not be read counts as one from which something was rejected."""
    assert list(check(**{register: "all"}).skipped) == SUMMING[register]


def test_a_skipped_rule_finds_nothing() -> None:
    """A sum is not made of what happens to be readable."""
    spent = {**GRANT, "id": "g3", "amount_eur": 500000000}
    assert check(projects=[PROJECT], grants=[spent]).count("TSK304") == 1
    report = check(projects=[PROJECT], grants=[spent, BROKEN["grants"]])
    assert "TSK304" in report.skipped
    assert report.count("TSK304") == 0


def test_only_chosen_rules_are_skipped() -> None:
    """A rule that was not chosen is not named among those skipped."""
    reading = read_text(document(grants=[BROKEN["grants"]]))
    assert tul.check(reading, select=["TSK304", "TSK307"]).skipped == ("TSK304",)
    assert "TSK304" not in tul.check(reading, ignore="TSK304").skipped


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"format": "other"}'])
def test_what_cannot_be_read_skips_every_sum(text: str) -> None:
    """What is wrong with a text that is no document is reported, and no rule is silent unnamed."""
    reading = read_text(text)
    report = tul.check(reading)
    assert report.findings == reading.findings
    assert not report.ok
    assert list(report.skipped) == sorted(code for codes in SUMMING.values() for code in codes)


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"select": ()}, {"TSK002"}),
        ({"select": "TSK410"}, {"TSK002", "TSK410"}),
        ({"ignore": ["TSK002", "TSK4"]}, {"TSK002", "TSK201"}),
    ],
    ids=["nothing selected", "one selected", "ignored"],
)
def test_what_was_rejected_is_always_reported(options: dict[str, str], codes: set[str]) -> None:
    """Choosing rules hides nothing that could not be read."""
    reading = read_text(document(projects=[BROKEN["projects"], {**PROJECT, "regions": ["91"]}]))
    report = tul.check(reading, select=options.get("select"), ignore=options.get("ignore", ()))
    assert {finding.code for finding in report.findings} == codes


@pytest.mark.parametrize(
    ("least", "codes"),
    [
        ("weak", ["TSK301", "TSK304", "TSK305", "TSK313", "TSK410", "TSK411"]),
        ("inferred", ["TSK301", "TSK304", "TSK305", "TSK313", "TSK410", "TSK411"]),
        ("textual", ["TSK304", "TSK305", "TSK411"]),
        ("stated", ["TSK304", "TSK305"]),
    ],
)
def test_rules_may_be_asked_to_stand_firmly(least: str, codes: list[str]) -> None:
    """Rules of less evidence than asked for are left out."""
    rich = {**GRANT, "call": "shc-2021", "amount_eur": 10**9}
    portfolio = tul.loads(
        document(
            projects=[{**PROJECT, "regions": ["05", "06"]}],
            grants=[
                {**GRANT, "id": "g0", "decided_on": "2020-01-01", "call": "shc-2020"},
                rich,
            ],
        )
    )
    report = tul.check(portfolio, min_evidence=tul.Evidence(least))
    assert sorted({finding.code for finding in report.findings}) == codes


def test_an_unknown_rule_is_rejected() -> None:
    """A rule that nobody knows is rejected before anything is judged, and near ones are named."""
    with pytest.raises(tul.UnknownCodeError, match="'no-goal'"):
        tul.check(tul.Portfolio(), select="no-gaol")
    with pytest.raises(tul.UnknownCodeError, match="did you mean"):
        tul.check(tul.Portfolio(), ignore=["TSK302", "TSK3O2"])
    with pytest.raises(tul.UnknownCodeError, match="TSK101"):
        tul.check(tul.Portfolio(), rules=tul.Register([tul.rulebook["TSK302"]]), select="TSK101")


def test_rules_may_be_others() -> None:
    """Only the rules that are given are judged."""
    few = tul.Register([tul.rulebook["TSK411"]])
    portfolio = tul.loads(document(projects=[{**PROJECT, "regions": ["91", "05"]}]))
    assert found(tul.check(portfolio, rules=few).findings) == ["TSK411 /projects/0/regions"]


@pytest.mark.parametrize("limit", [0, 1, 3, 7, 1000, 10**30])
def test_a_cap_keeps_counts_exact(limit: int) -> None:
    """At most so many findings are listed, the first ones, and all of them are counted."""
    every = tul.check(tul.reference)
    capped = tul.check(tul.reference, limit=limit)
    assert capped.findings == every.findings[:limit]
    assert capped.counts == every.counts
    assert capped.omitted == max(0, every.count() - limit)


def test_an_empty_document_is_sound() -> None:
    """Nothing is said, so nothing is found."""
    assert tul.check(tul.Portfolio()) == tul.Report()
    assert check() == tul.Report()


def test_a_portfolio_and_its_document_get_the_same_report() -> None:
    """What is found does not depend on whether it was written and read in between."""
    portfolio = tul.load(EXAMPLES / "varsinais-suomi.json")
    assert tul.check(portfolio) == tul.check(read_text(tul.dumps(portfolio)))


def test_a_reference_may_be_anyones() -> None:
    """Look-ups go to the reference that is given, and no longer to the bundled facts."""
    portfolio = tul.loads(document(projects=[PROJECT], grants=[GRANT]))
    codes = ["TSK005", "TSK009"]
    nothing = tul.check(portfolio, reference=tul.Portfolio(), select=codes)
    assert found(nothing.findings) == ["TSK005 /projects/0/regions/0", "TSK009 /grants/0/call"]
    theirs = tul.Portfolio(
        regions=tul.Register(
            [tul.Region(code="05", name=tul.Text("Esimerkki"), kind=tul.RegionKind.COUNTY)]
        ),
        calls=tul.Register([tul.Call(id="shc-2020", name=tul.Text("Esimerkki"))]),
    )
    assert tul.check(portfolio, reference=theirs, select=codes).findings == ()


def test_a_programme_gives_the_bounds_of_its_reference() -> None:
    """The programme of the document goes before that of the reference."""
    programme = tul.Programme(
        id="ohjelma-1", name=tul.Text("E"), period=tul.Period.of_years(2021, 2021)
    )
    portfolio = tul.loads(document(projects=[{**PROJECT, "period": {"start": "2020-05-01"}}]))
    theirs = tul.Portfolio(programme=programme)
    assert tul.check(portfolio, select="TSK101").findings == ()
    report = tul.check(portfolio, reference=theirs, select="TSK101")
    assert found(report.findings) == ["TSK101 /projects/0/period/start"]


def test_a_rejected_project_is_not_taken_for_the_bundled_one() -> None:
    """Where the document's own project was rejected, grants are not judged by the bundled one."""
    own = {
        **PROJECT,
        "id": "varsinais-suomi",
        "administrations": [{"organisation": "vsshp"}],
        "goals": "all",
    }
    grant = {
        **GRANT,
        "call": "shc-2021",
        "project": "varsinais-suomi",
        "recipient": "vsshp",
        "decided_on": "2021-12-20",
    }
    report = check(projects=[own], grants=[grant])
    assert found(report.errors) == ["TSK002 /projects/0/goals"]


def test_a_rejected_programme_is_not_taken_for_the_bundled_one() -> None:
    """Where the document's own programme was rejected, no day is held against the bundled one."""
    own = {
        "id": "ohjelma-1",
        "name": {"fi": "Esimerkki"},
        "period": {"start": "2020-01-01", "end": "2025-12-31"},
        "goals": "all",
    }
    report = check(programme=own, projects=[{**PROJECT, "period": {"end": "2025-12-31"}}])
    assert found(report.errors) == ["TSK002 /programme/goals"]


def test_a_rejected_area_is_not_taken_for_the_bundled_one() -> None:
    """Where the document's own area was rejected, no post is judged by the bundled one."""
    own = {"code": "TYKS", "kind": "catchment", "name": {"fi": ""}}
    post = {
        **POST,
        "role": "regional_coordinator",
        "area": "TYKS",
        "period": {"start": "2023-05-01"},
    }
    assert found(check(areas=[own], posts=[post]).findings) == ["TSK013 /areas/0/name/fi"]


def test_the_first_of_two_of_one_key_counts() -> None:
    """An entity whose key is taken later stays what others refer to."""
    recipient = {"id": "saaja-1", "name": {"fi": "Esimerkki"}, "kind": "ministry"}
    grant = {**GRANT, "recipient": "saaja-1"}
    report = check(
        organisations=[recipient, {**recipient, "kind": "city"}], projects=[PROJECT], grants=[grant]
    )
    assert found(report.errors) == ["TSK008 /organisations/1/id", "TSK311 /grants/0/recipient"]


@pytest.mark.parametrize("name", ["a", "5", "²", "٣", "9" * 5000], ids=lambda name: name[:9])
@pytest.mark.parametrize("inner", ["1", "{}", '{"a": 1}'])
def test_a_field_twice_in_what_is_no_list_is_found(name: str, inner: str) -> None:
    """A register that is an object, with a field that stands twice, is rejected like any other."""
    text = document().replace("}", f', "grants": {{"{name}": {inner}, "{name}": {inner}}}}}')
    report = tul.check(read_text(text))
    assert sorted({finding.code for finding in report.findings}) == ["TSK001", "TSK002"]


@pytest.mark.parametrize("code", ["TSK101", "TSK302"])
def test_two_rules_may_say_the_same_of_one_day(code: str) -> None:
    """A day outside both the programme and the cost period is found by both rules, on purpose."""
    registers = {
        "projects": [PROJECT],
        "grants": [{**GRANT, "call": "shc-2021", "usable": {"end": "2024-12-31"}}],
    }
    assert found(check_with_rule(code, registers).findings) == [f"{code} /grants/0/usable/end"]


GRANT_ALONE = tul.Grant(id="g1", call="c", project="p", status=tul.GrantStatus.PLANNED)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ({}, r"check\(read\("),
        ("portfolio.json", r"check\(read\("),
        (b"{}", r"check\(read\("),
        (None, "Portfolio"),
        (GRANT_ALONE, r"Portfolio\(grants="),
    ],
    ids=["a parsed document", "a path", "bytes", "nothing", "an entity"],
)
def test_who_gives_no_portfolio_reads_what_to_call(value: object, hint: str) -> None:
    """A path, bytes or a parsed document must be read first, an entity be put into a portfolio."""
    with pytest.raises(tul.InvalidValueError, match=hint):
        tul.check(cast("tul.Portfolio", value))


def test_help_on_check_is_about_check() -> None:
    """The signature shows no facts, and each option is described by itself."""
    assert "Turku" not in str(inspect.signature(tul.check))
    assert len(str(inspect.signature(tul.check))) < 1000
    described = inspect.getdoc(tul.check) or ""
    for name in inspect.signature(tul.check).parameters:
        assert f"\n    {name}: " in described


@pytest.mark.proof
def test_alike_keys_are_looked_for_within_a_budget() -> None:
    """Among very many unknown keys the first ones get alike ones, the rest the plain message."""
    endings = itertools.islice(itertools.product(string.ascii_lowercase, repeat=3), 5000)
    calls = [f"shc{''.join(letters)}-2021" for letters in endings]
    grants = [{**GRANT, "id": f"g{n}", "call": call} for n, call in enumerate(calls)]
    findings = check_with_rule("TSK009", {"projects": [PROJECT], "grants": grants}).findings
    reported = ["did you mean" in each.message("en") for each in findings]
    assert (reported[0], reported[-1]) == (True, False)
    assert reported == sorted(reported, reverse=True)


def test_equal_mistakes_get_equal_messages() -> None:
    """The last of very many equal mistakes is explained as the first one is."""
    grants = [{**GRANT, "id": f"g{n}", "call": "shc-2022"} for n in range(1000)]
    findings = check_with_rule("TSK009", {"projects": [PROJECT], "grants": grants}).findings
    assert len(findings) == 1000
    assert len({each.params for each in findings}) == 1
    assert "did you mean" in findings[-1].message("en")
