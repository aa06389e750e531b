"""TSK6xx, bodies, roles and posts: behaviour beyond single cases."""

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, found
from tests.rules.cases.posts import BROKEN, coordinators, in_area


@pytest.mark.parametrize("ends", [("2020-03-31", "2021-03-31"), ("2022-12-31", "2022-12-31")])
def test_every_overlap_names_the_earlier_post(ends: tuple[str, str]) -> None:
    """Two posts within a long one, even on its last day, are each found with the long one."""
    registers = coordinators(
        in_area("TYKS", start="2020-02-01", end="2022-12-31"),
        in_area("TYKS", start="2020-03-01", end=ends[0]),
        in_area("TYKS", start="2021-03-01", end=ends[1]),
    )
    findings = check_with_rule("TSK602", registers).findings
    assert found(findings) == ["TSK602 /posts/1", "TSK602 /posts/2"]
    assert [dict(finding.params)["other"] for finding in findings] == ["toimi-1", "toimi-1"]


def test_each_overlap_of_a_chain_is_found() -> None:
    """Where each post overlaps the next, each but the first is found with the one before."""
    registers = coordinators(
        in_area("TYKS", start="2020-02-01", end="2020-06-30"),
        in_area("TYKS", start="2020-06-30", end="2020-12-31"),
        in_area("TYKS", start="2020-12-31", end="2021-12-31"),
    )
    findings = check_with_rule("TSK602", registers).findings
    assert found(findings) == ["TSK602 /posts/1", "TSK602 /posts/2"]
    assert [dict(finding.params)["other"] for finding in findings] == ["toimi-1", "toimi-2"]


def test_personal_data_is_checked_on_request() -> None:
    """A holder is found only if its rule or family is selected."""
    post = tul.Post(id="toimi-1", role="team_lead", holder="Etunimi Sukunimi")
    portfolio = tul.Portfolio(posts=tul.Register([post]))
    assert tul.check(portfolio).findings == ()
    assert found(tul.check(portfolio, select="TSK6").findings) == ["TSK605 /posts/0/holder"]
    assert tul.check(portfolio.without_personal_data(), select="TSK605").findings == ()


def test_holder_is_not_repeated_in_the_message() -> None:
    """The finding on personal data does not contain the name."""
    (finding,) = check_with_rule("TSK605", BROKEN["TSK605 a holder"].registers).findings
    assert "Sukunimi" not in repr(finding)
