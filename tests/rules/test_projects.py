"""TSK4xx, projects, their goals and services: behaviour beyond single cases."""

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, document, found, read_text
from tests.rules.cases.projects import (
    ONE_SECTOR,
    administered,
    project,
    projects,
)


@pytest.mark.parametrize(
    ("contents", "severity"),
    [
        ({"services": ["oral_health_care"], "themes": []}, tul.Severity.WARNING),
        ({"services": [], "themes": ["lape"]}, tul.Severity.WARNING),
        ({"services": ["oral_health_care"]}, tul.Severity.NOTE),
        ({"themes": ["lape"]}, tul.Severity.NOTE),
    ],
    ids=["both", "both, no services", "services only", "themes only"],
)
def test_goal_without_contents_is_a_note_while_they_are_unknown(
    contents: dict[str, object], severity: tul.Severity
) -> None:
    """Services or themes that are not recorded may support the goal."""
    (finding,) = check_with_rule("TSK402", project(goals=[3], **contents)).findings
    assert (finding.severity, finding.path) == (severity, "/projects/0/goals/0")


@pytest.mark.parametrize(
    ("link_evidence", "paths"),
    [
        ("weak", []),
        ("inferred", ["TSK402 /projects/0/goals/1"]),
        ("textual", ["TSK402 /projects/0/goals/1", "TSK402 /projects/0/goals/2"]),
        ("stated", [f"TSK402 /projects/0/goals/{place}" for place in range(3)]),
    ],
)
def test_links_count_from_the_selected_evidence(link_evidence: str, paths: list[str]) -> None:
    """With a higher level of evidence more goals have no service."""
    services = ["mental_health_and_substance_abuse", "maternity_and_child_health_clinics"]
    registers = project(goals=[1, 3, 2], services=services, themes=[])
    report = tul.check(
        read_text(document(**registers)),
        select="TSK402",
        link_evidence=tul.Evidence(link_evidence),
    )
    assert found(report.findings) == paths
    for finding in report.findings:
        assert f"(evidence {link_evidence} or stronger)" in finding.message("en")


def test_goal_without_links_lacks_no_service() -> None:
    """Where no link exists for a goal, no service is missing."""
    reading = read_text(document(**project(goals=[1], services=["oral_health_care"], themes=[])))
    assert tul.check(reading, reference=tul.Portfolio(), select="TSK402").findings == ()


def test_unknown_service_has_no_sector() -> None:
    """Where the sector of a service is not known, none is missing."""
    reading = read_text(document(**project(goals=[4], services=ONE_SECTOR)))
    assert tul.check(reading, reference=tul.Portfolio(), select="TSK403").findings == ()


def test_each_overlap_with_a_long_administration_is_found() -> None:
    """Of three administrations, two within the first, each is compared with the first."""
    registers = administered(
        ("turku", "2020-01-01", "2023-12-31"),
        ("vsshp", "2021-01-01", "2021-12-31"),
        ("county-05", "2022-01-01", "2022-12-31"),
    )
    findings = check_with_rule("TSK408", registers).findings
    assert found(findings) == [f"TSK408 /projects/0/administrations/{n}/period" for n in (1, 2)]


def test_known_start_is_compared_if_two_end_together() -> None:
    """A third administration is compared with the one whose start is known."""
    registers = administered(
        ("turku", "", "2021-12-31"),
        ("vsshp", "2020-01-01", "2021-12-31"),
        ("county-05", "2021-06-01", "2021-08-31"),
    )
    findings = check_with_rule("TSK408", registers).findings
    assert found(findings) == [f"TSK408 /projects/0/administrations/{n}/period" for n in (1, 2)]
    assert [dict(finding.params)["first"] for finding in findings] == ["turku", "vsshp"]


def test_later_projects_of_a_region_are_noted() -> None:
    """The first one in the document has no finding, and bundled ones are ignored."""
    findings = check_with_rule("TSK409", projects(["05"], ["05"], ["05", "06"])).findings
    assert found(findings) == ["TSK409 /projects/1/regions/0", "TSK409 /projects/2/regions/0"]
    assert [dict(finding.params)["first"] for finding in findings] == ["hanke-1", "hanke-1"]


def test_missing_field_and_missing_county_have_their_own_notes() -> None:
    """A project may lack a field, and the county among its administrators."""
    registers = project(administrations=[{"organisation": "turku"}])
    findings = check_with_rule("TSK410", registers).findings
    assert found(findings) == ["TSK410 /projects/0", "TSK410 /projects/0"]
    assert "missing fields: goals, services, themes," in findings[0].message("en")
    assert "no wellbeing services county" in findings[1].message("en")


def test_skipped_rules_that_tsk410_names_exist() -> None:
    """Each of them looks at projects, grants or posts."""
    (finding,) = check_with_rule("TSK410", project()).findings
    skipped = dict(finding.params)["silent"]
    assert isinstance(skipped, tuple)
    for code in skipped:
        assert isinstance(code, str)
        assert {tul.Project, tul.Grant, tul.Post}.intersection(tul.rulebook[code].classes)
