"""TSK0xx, codes, keys and references: behaviour beyond single cases."""

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, document, found, read_text
from tests.rules.cases.document import CENTRE, GRANT, PROJECT, centre, grant, project
from tulevaisuus.findings.localization import localize


def checked(**members: object) -> list[str]:
    """Return the findings of reading and checking on references in a document."""
    reading = read_text(document(**members))
    report = tul.check(reading, select=["TSK005", "TSK009"])
    return [finding for finding in found(report.findings) if finding not in found(reading.findings)]


@pytest.mark.parametrize(
    ("rejected", "dangling_references"),
    [
        ({**PROJECT, "goals": "all"}, []),
        ({**PROJECT, "id": "hanke-2", "goals": "all"}, ["TSK009 /grants/0/project"]),
        ({**PROJECT, "id": None}, []),
        ({"name": {"fi": "Esimerkki"}}, []),
        ([], []),
    ],
    ids=["of that id", "of another id", "of a broken id", "of no id", "no object at all"],
)
def test_reference_to_a_rejected_entity_is_not_reported(
    rejected: object, dangling_references: list[str]
) -> None:
    """It may refer to an entity that was rejected."""
    assert checked(projects=[rejected], grants=[GRANT]) == dangling_references


def test_reference_into_a_rejected_register_is_not_reported() -> None:
    """It may refer to an entity of the register."""
    assert checked(projects={}, grants=[GRANT]) == []


def test_code_of_a_rejected_region_is_not_reported() -> None:
    """A region that was rejected is not an unknown code."""
    broken = {"code": "X1", "name": {"fi": ""}, "kind": "county"}
    assert checked(regions=[broken], centres=[{**CENTRE, "region": "X1"}]) == []


def test_rejected_entity_of_another_register_does_not_matter() -> None:
    """A rejected project is not what a call refers to."""
    broken = {**PROJECT, "id": "haku-9", "goals": "all"}
    assert checked(projects=[broken, PROJECT], grants=[{**GRANT, "call": "haku-9"}]) == [
        "TSK009 /grants/0/call"
    ]


def test_every_dangling_reference_of_an_entity_is_found() -> None:
    """They are reported in the order of its fields."""
    broken = grant(call="x-1", project="x-2", recipient="x-3", sources=["x-4"])
    assert found(check_with_rule("TSK009", broken).findings) == [
        "TSK009 /grants/0/call",
        "TSK009 /grants/0/project",
        "TSK009 /grants/0/recipient",
        "TSK009 /grants/0/sources/0",
    ]


def test_quoted_key_is_escaped() -> None:
    """Control characters of a key are shown by their code points."""
    (finding,) = check_with_rule("TSK009", grant(call="\u202ehaku")).findings
    assert '"\\u202ehaku"' in finding.message("en")


@pytest.mark.parametrize(
    ("registers", "meant"),
    [
        (centre(municipality="91"), "091 (Helsinki)"),
        (centre(municipality="kunta_091"), "091 (Helsinki)"),
        (centre(municipality="Turun kaupunki"), "853 (Turku)"),
        (centre(municipality="\u00c5bo"), "853 (Turku)"),
        (centre(region="Pirkanmaalla"), "08 (Pirkanmaa)"),
        (centre(region="Etel\u00e4-Pohjanmaan hva"), "16 (South Ostrobothnia)"),
        (grant(recipient="Turun kaupunki"), "turku (City of Turku)"),
        (project(themes=["zzz"]), ""),
        (centre(municipality="Tukholma"), ""),
    ],
    ids=[
        "a number",
        "a number in a word",
        "an inflected name",
        "a Swedish name",
        "an inflected region",
        "an abbreviated region",
        "a recipient",
        "a theme like no other",
        "a place abroad",
    ],
)
def test_names_and_numbers_suggest_codes(registers: dict[str, object], meant: str) -> None:
    """A name, or a number without its leading zeros, suggests a code; other texts do not."""
    (finding,) = check_with_rule("TSK0", registers).findings
    suggested = dict(finding.params).get("suggestions")
    assert isinstance(suggested, tuple | None)
    assert [localize(each, "en") for each in suggested or ()] == [meant] * bool(meant)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("shc\u20112021", '"shc\\u20112021"'),
        ("shc-2021\ufe0f", '"shc-2021\\ufe0f"'),
        ("\u0455hc-2021", '"\\u0455hc-2021"'),
    ],
    ids=["dash", "variation selector", "Cyrillic"],
)
def test_lookalike_characters_are_marked(written: str, shown: str) -> None:
    """Where a key looks like the suggested one, the character that differs is named."""
    (finding,) = check_with_rule("TSK009", grant(call=written)).findings
    message = finding.message("en")
    assert shown in message
    assert "did you mean shc-2021" in message


@pytest.mark.parametrize("register", ["projects", "grants", "posts"])
def test_entities_of_the_document_replace_bundled_ones(register: str) -> None:
    """A project, grant or post of the document replaces the bundled one of its id."""
    bundled = next(iter(tul.reference.registers()[register]))
    other = tul.Portfolio(
        projects=tul.Register([tul.Project(id="hanke-1", name=tul.Text("E"), regions=("05",))]),
    )
    own: dict[str, tul.Entity] = {
        "projects": tul.Project(id=str(bundled.key), name=tul.Text("E"), regions=("05",)),
        "grants": tul.Grant(
            id=str(bundled.key),
            call="shc-2020",
            project="hanke-1",
            status=tul.GrantStatus.GRANTED,
        ),
        "posts": tul.Post(id=str(bundled.key), role="team_lead"),
    }
    reported = own[register]
    assert reported != bundled
    portfolio = tul.Portfolio.construct_unchecked(
        {**other.registers(), register: tul.Register([reported])}
    )
    assert "TSK008" not in {finding.code for finding in tul.check(portfolio).findings}


def test_nothing_is_redefined_without_a_reference() -> None:
    """With an empty reference the bundled facts are a document like any other."""
    report = tul.check(tul.reference, reference=tul.Portfolio(), select="TSK0")
    assert report.findings == ()
