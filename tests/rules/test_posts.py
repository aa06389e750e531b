"""TSK6xx: what the cases do not show of the rules on bodies, roles and posts."""

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, found
from tests.rules.cases.posts import BROKEN, coordinators, in_area


@pytest.mark.parametrize("ends", [("2020-03-31", "2021-03-31"), ("2022-12-31", "2022-12-31")])
def test_every_overlap_names_the_post_before_it(ends: tuple[str, str]) -> None:
    """Two posts within a long one, even to its last day, are found, each beside the long one."""
    registers = coordinators(
        in_area("TYKS", start="2020-02-01", end="2022-12-31"),
        in_area("TYKS", start="2020-03-01", end=ends[0]),
        in_area("TYKS", start="2021-03-01", end=ends[1]),
    )
    findings = check_with_rule("TSK602", registers).findings
    assert found(findings) == ["TSK602 /posts/1", "TSK602 /posts/2"]
    assert [dict(finding.params)["other"] for finding in findings] == ["toimi-1", "toimi-1"]


def test_a_chain_of_overlaps_is_found_link_by_link() -> None:
    """Where each post overlaps the next, each but the first is found beside the one before."""
    registers = coordinators(
        in_area("TYKS", start="2020-02-01", end="2020-06-30"),
        in_area("TYKS", start="2020-06-30", end="2020-12-31"),
        in_area("TYKS", start="2020-12-31", end="2021-12-31"),
    )
    findings = check_with_rule("TSK602", registers).findings
    assert found(findings) == ["TSK602 /posts/1", "TSK602 /posts/2"]
    assert [dict(finding.params)["other"] for finding in findings] == ["toimi-1", "toimi-2"]


def test_personal_data_is_judged_only_if_asked_for() -> None:
    """A holder is found if its rule or family is selected, and passed over otherwise."""
    post = tul.Post(id="toimi-1", role="team_lead", holder="Etunimi Sukunimi")
    portfolio = tul.Portfolio(posts=tul.Register([post]))
    assert tul.check(portfolio).findings == ()
    assert found(tul.check(portfolio, select="TSK6").findings) == ["TSK605 /posts/0/holder"]
    assert tul.check(portfolio.without_personal_data(), select="TSK605").findings == ()


def test_the_holder_is_not_repeated() -> None:
    """The finding on personal data does not carry the name itself."""
    (finding,) = check_with_rule("TSK605", BROKEN["TSK605 a holder"].registers).findings
    assert "Sukunimi" not in repr(finding)
