"""`check`: which rules it runs, in which order, and the paths of findings."""

import inspect
import itertools
import json
import string
from pathlib import Path
from typing import cast

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, document, found, read_text
from tulevaisuus.findings import messages
from tulevaisuus.formats.order_of_findings import document_order_key

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
    """Check a document with all rules."""
    return tul.check(read_text(document(**members)))


def rows(report: tul.Report) -> list[list[str]]:
    """Return findings in the form of the expected ones."""
    return [[finding.code, finding.path, finding.subject] for finding in report.findings]


@pytest.mark.parametrize("name", ["tulevaisuus.reference", "examples/varsinais-suomi.json"])
def test_valid_data_gets_the_expected_notes(name: str) -> None:
    """The bundled facts, and the valid example, lead to these notes only."""
    is_bundled = name == "tulevaisuus.reference"
    report = tul.check(tul.reference if is_bundled else tul.read(EXAMPLES / Path(name).name))
    expected = json.loads((DATA / "expected_notes.json").read_text("utf-8"))
    assert rows(report) == expected[name]
    assert report.notes == report.findings
    assert report.skipped == ()


def test_the_broken_example_gets_all_its_findings() -> None:
    """One run reports errors of reading and of rules, in the order of documents."""
    report = tul.check(tul.read(EXAMPLES / "varsinais-suomi-broken.json"))
    assert rows(report) == json.loads((DATA / "expected_broken.json").read_text("utf-8"))
    assert list(report.skipped) == SUMMING["grants"]


def test_facts_are_valid_without_a_reference() -> None:
    """The findings on the bundled facts do not depend on the reference."""
    assert tul.check(tul.reference, reference=tul.Portfolio()) == tul.check(tul.reference)


def test_findings_are_in_the_order_of_documents() -> None:
    """Findings are sorted by register, entity and code, whatever the order of members."""
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


def test_findings_outside_registers_come_first() -> None:
    """A finding about the whole document precedes those on the programme."""
    programme = {"id": "ohjelma-1", "name": {"fi": "Esimerkki"}, "zzz": 1}
    report = check(programme=programme, zzz=1)
    assert found(report.findings) == ["TSK004 /zzz", "TSK004 /programme/zzz"]


def test_findings_of_reading_come_first() -> None:
    """A warning of reading precedes the findings of rules on the same entity."""
    programme = {"id": "ohjelma-1", "name": {"fi": "Esimerkki"}, "zzz": 1, "goals": [1]}
    report = check(format_version="1.9", programme=programme)
    assert found(report.findings) == ["TSK004 /programme/zzz", "TSK102 /programme/goals"]


@pytest.mark.parametrize("rejected", [(), (0,), (1,), (0, 2), (0, 1, 3, 5)], ids=str)
def test_paths_are_those_of_the_original(rejected: tuple[int, ...]) -> None:
    """An entity that was rejected still counts in the index of those after it."""
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


def test_duplicate_is_not_checked() -> None:
    """No rule looks at an entity with a duplicate key, and those after it keep their index."""
    wrong = {**CENTRE, "region": "91"}
    report = check(centres=[CENTRE, wrong, {**wrong, "id": "keskus-2"}])
    assert found(report.findings) == ["TSK008 /centres/1/id", "TSK201 /centres/2/region"]


@pytest.mark.parametrize("register", BROKEN)
def test_rules_on_sums_are_skipped_if_an_entity_is_rejected(register: str) -> None:
    """The rules that need its complete register are skipped, and listed."""
    report = check(**{register: [BROKEN[register]]})
    assert list(report.skipped) == SUMMING[register]


@pytest.mark.parametrize("register", BROKEN)
def test_rules_on_sums_are_skipped_if_a_register_is_rejected(register: str) -> None:
    """A register that could not be read is not complete, either."""
    assert list(check(**{register: "all"}).skipped) == SUMMING[register]


def test_skipped_rule_finds_nothing() -> None:
    """No sum is made of the entities that happen to be valid."""
    spent = {**GRANT, "id": "g3", "amount_eur": 500000000}
    assert check(projects=[PROJECT], grants=[spent]).count("TSK304") == 1
    report = check(projects=[PROJECT], grants=[spent, BROKEN["grants"]])
    assert "TSK304" in report.skipped
    assert report.count("TSK304") == 0


def test_only_selected_rules_are_skipped() -> None:
    """A rule that was not selected is not listed as skipped."""
    reading = read_text(document(grants=[BROKEN["grants"]]))
    assert tul.check(reading, select=["TSK304", "TSK307"]).skipped == ("TSK304",)
    assert "TSK304" not in tul.check(reading, ignore="TSK304").skipped


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"format": "other"}'])
def test_unreadable_document_skips_every_rule_on_sums(text: str) -> None:
    """The error is reported, and no rule is skipped without being listed."""
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
def test_errors_of_reading_are_always_reported(options: dict[str, str], codes: set[str]) -> None:
    """Selecting rules hides no errors of reading."""
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
def test_rules_can_be_limited_by_evidence(least: str, codes: list[str]) -> None:
    """Rules with a lower level of evidence are not run."""
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


def test_unknown_rule_is_an_error() -> None:
    """It is raised before anything is checked, with similar names as suggestions."""
    with pytest.raises(tul.UnknownCodeError, match="'no-goal'"):
        tul.check(tul.Portfolio(), select="no-gaol")
    with pytest.raises(tul.UnknownCodeError, match="did you mean"):
        tul.check(tul.Portfolio(), ignore=["TSK302", "TSK3O2"])
    with pytest.raises(tul.UnknownCodeError, match="TSK101"):
        tul.check(tul.Portfolio(), rules=tul.Register([tul.rulebook["TSK302"]]), select="TSK101")


def test_rules_can_be_replaced() -> None:
    """Only the given rules are run."""
    few = tul.Register([tul.rulebook["TSK411"]])
    portfolio = tul.loads(document(projects=[{**PROJECT, "regions": ["91", "05"]}]))
    assert found(tul.check(portfolio, rules=few).findings) == ["TSK411 /projects/0/regions"]


@pytest.mark.parametrize("limit", [0, 1, 3, 7, 1000, 10**30])
def test_limit_keeps_counts_exact(limit: int) -> None:
    """The first findings are listed, and all of them are counted."""
    every = tul.check(tul.reference)
    capped = tul.check(tul.reference, limit=limit)
    assert capped.findings == every.findings[:limit]
    assert capped.counts == every.counts
    assert capped.omitted == max(0, every.count() - limit)


def test_empty_document_is_valid() -> None:
    """A document without entities has no findings."""
    assert tul.check(tul.Portfolio()) == tul.Report()
    assert check() == tul.Report()


def test_portfolio_and_its_document_have_the_same_report() -> None:
    """Writing and reading a portfolio does not change the findings."""
    portfolio = tul.load(EXAMPLES / "varsinais-suomi.json")
    assert tul.check(portfolio) == tul.check(read_text(tul.dumps(portfolio)))


def test_reference_can_be_replaced() -> None:
    """Look-ups use the given reference, and not the bundled facts."""
    portfolio = tul.loads(document(projects=[PROJECT], grants=[GRANT]))
    codes = ["TSK005", "TSK009"]
    nothing = tul.check(portfolio, reference=tul.Portfolio(), select=codes)
    assert found(nothing.findings) == ["TSK005 /projects/0/regions/0", "TSK009 /grants/0/call"]
    reference = tul.Portfolio(
        regions=tul.Register(
            [tul.Region(code="05", name=tul.Text("Esimerkki"), kind=tul.RegionKind.COUNTY)]
        ),
        calls=tul.Register([tul.Call(id="shc-2020", name=tul.Text("Esimerkki"))]),
    )
    assert tul.check(portfolio, reference=reference, select=codes).findings == ()


def test_programme_of_the_document_precedes_the_reference() -> None:
    """The bounds are those of the programme in the document."""
    programme = tul.Programme(
        id="ohjelma-1", name=tul.Text("E"), period=tul.Period.of_years(2021, 2021)
    )
    portfolio = tul.loads(document(projects=[{**PROJECT, "period": {"start": "2020-05-01"}}]))
    reference = tul.Portfolio(programme=programme)
    assert tul.check(portfolio, select="TSK101").findings == ()
    report = tul.check(portfolio, reference=reference, select="TSK101")
    assert found(report.findings) == ["TSK101 /projects/0/period/start"]


def test_rejected_project_is_not_replaced_by_the_bundled_one() -> None:
    """Grants are not checked against the bundled project of the same id."""
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


def test_rejected_programme_is_not_replaced_by_the_bundled_one() -> None:
    """Dates are not checked against the bundled programme."""
    own = {
        "id": "ohjelma-1",
        "name": {"fi": "Esimerkki"},
        "period": {"start": "2020-01-01", "end": "2025-12-31"},
        "goals": "all",
    }
    report = check(programme=own, projects=[{**PROJECT, "period": {"end": "2025-12-31"}}])
    assert found(report.errors) == ["TSK002 /programme/goals"]


def test_rejected_area_is_not_replaced_by_the_bundled_one() -> None:
    """Posts are not checked against the bundled area of the same code."""
    own = {"code": "TYKS", "kind": "catchment", "name": {"fi": ""}}
    post = {
        **POST,
        "role": "regional_coordinator",
        "area": "TYKS",
        "period": {"start": "2023-05-01"},
    }
    assert found(check(areas=[own], posts=[post]).findings) == ["TSK013 /areas/0/name/fi"]


def test_references_are_to_the_first_of_a_duplicate_key() -> None:
    """The later entity is not looked up."""
    recipient = {"id": "saaja-1", "name": {"fi": "Esimerkki"}, "kind": "ministry"}
    grant = {**GRANT, "recipient": "saaja-1"}
    report = check(
        organisations=[recipient, {**recipient, "kind": "city"}], projects=[PROJECT], grants=[grant]
    )
    assert found(report.errors) == ["TSK008 /organisations/1/id", "TSK311 /grants/0/recipient"]


@pytest.mark.parametrize("name", ["a", "5", "²", "٣", "9" * 5000], ids=lambda name: name[:9])
@pytest.mark.parametrize("inner", ["1", "{}", '{"a": 1}'])
def test_repeated_member_of_a_register_that_is_an_object(name: str, inner: str) -> None:
    """The register is rejected like any other."""
    text = document().replace("}", f', "grants": {{"{name}": {inner}, "{name}": {inner}}}}}')
    report = tul.check(read_text(text))
    assert sorted({finding.code for finding in report.findings}) == ["TSK001", "TSK002"]


@pytest.mark.parametrize("code", ["TSK101", "TSK302"])
def test_two_rules_may_find_the_same_date(code: str) -> None:
    """A day outside both the programme and the cost period is found by both rules."""
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
def test_other_types_than_portfolios_are_rejected(value: object, hint: str) -> None:
    """The error on a path, bytes or a parsed document names the function to call."""
    with pytest.raises(tul.InvalidValueError, match=hint):
        tul.check(cast("tul.Portfolio", value))


def test_help_of_check_is_readable() -> None:
    """The signature shows no facts, and each option is documented."""
    assert "Turku" not in str(inspect.signature(tul.check))
    assert len(str(inspect.signature(tul.check))) < 1000
    described = inspect.getdoc(tul.check) or ""
    for name in inspect.signature(tul.check).parameters:
        assert f"\n    {name}: " in described


@pytest.mark.proof
def test_number_of_compared_keys_is_limited() -> None:
    """Of very many unknown keys only the first ones have suggestions."""
    endings = itertools.islice(itertools.product(string.ascii_lowercase, repeat=3), 5000)
    calls = [f"shc{''.join(letters)}-2021" for letters in endings]
    grants = [{**GRANT, "id": f"g{n}", "call": call} for n, call in enumerate(calls)]
    findings = check_with_rule("TSK009", {"projects": [PROJECT], "grants": grants}).findings
    reported = ["did you mean" in each.message("en") for each in findings]
    assert (reported[0], reported[-1]) == (True, False)
    assert reported == sorted(reported, reverse=True)


def test_equal_errors_have_equal_messages() -> None:
    """The last of very many equal errors has the same message as the first."""
    grants = [{**GRANT, "id": f"g{n}", "call": "shc-2022"} for n in range(1000)]
    findings = check_with_rule("TSK009", {"projects": [PROJECT], "grants": grants}).findings
    assert len(findings) == 1000
    assert len({each.params for each in findings}) == 1
    assert "did you mean" in findings[-1].message("en")


def test_findings_about_no_register_come_first() -> None:
    """What is wrong with the document as a whole stands above what is wrong in it."""
    paths = ["/grants/10", "/programme", "", "/grants/9", "/unheard", "/projects/0"]
    findings = [messages.EMPTY_TEXT.finding(path) for path in paths]
    ordered = [each.path for each in sorted(findings, key=document_order_key)]
    assert ordered == ["", "/unheard", "/programme", "/projects/0", "/grants/9", "/grants/10"]
