"""TSK3xx, calls, grants and administrations: behaviour beyond single cases."""

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, found
from tests.rules.cases.grants import IN_2023, administered, continued, grants, usable


def test_both_ends_outside_the_cost_period_are_found() -> None:
    """A period that is too long on both sides is found twice, its start first."""
    findings = check_with_rule("TSK302", usable(start="2020-01-01", end="2024-12-31")).findings
    assert found(findings) == ["TSK302 /grants/0/usable/start", "TSK302 /grants/0/usable/end"]


def test_each_later_grant_is_compared_with_the_first() -> None:
    """A third grant of one call and status is found as the second is, with the first named."""
    findings = check_with_rule("TSK306", grants({}, {}, {})).findings
    assert found(findings) == ["TSK306 /grants/1/call", "TSK306 /grants/2/call"]
    assert [dict(finding.params)["first"] for finding in findings] == ["g1", "g1"]


def test_call_is_overspent_once() -> None:
    """Of each call only the grant that exceeds the maximum is found."""
    spent: dict[str, object] = {"amount_eur": 100000000}
    earlier = {"call": "shc-2020", **spent}
    findings = check_with_rule("TSK304", grants(spent, earlier, spent, earlier, spent)).findings
    assert found(findings) == ["TSK304 /grants/1", "TSK304 /grants/2"]


def test_recipient_may_be_wrong_in_two_ways() -> None:
    """One that is neither eligible nor an administrator has two findings."""
    registers = continued(("turku", None), recipient="stm")
    findings = check_with_rule("TSK311", registers).findings
    assert found(findings) == ["TSK311 /grants/1/recipient"] * 2


def test_every_late_administration_is_found() -> None:
    """Each administration by an old administrator in 2023 has its own finding."""
    findings = check_with_rule(
        "TSK310", administered(("turku", IN_2023), ("vsshp", IN_2023))
    ).findings
    assert found(findings) == [
        f"TSK310 /projects/0/administrations/{place}/period/end" for place in (0, 1)
    ]


@pytest.mark.parametrize("first", ["county-05", "helsinki", "saaja-9"])
def test_valid_administrator_hides_no_other(first: str) -> None:
    """The administrations after a county or an unknown organisation are checked, too."""
    findings = check_with_rule(
        "TSK310", administered((first, IN_2023), ("turku", IN_2023))
    ).findings
    assert found(findings) == ["TSK310 /projects/0/administrations/1/period/end"]


def test_finding_has_the_sources_of_the_call() -> None:
    """A day outside the cost period has the sources of its call and of the rule."""
    (finding,) = check_with_rule("TSK302", usable("shc-2020", end="2023-12-31")).findings
    assert dict(finding.params)["basis"] == tul.calls["shc-2020"].sources
    assert finding.sources == tul.rulebook["TSK302"].sources


@pytest.mark.parametrize("names", [("b", "a", "c"), ("a", "b", "c"), ("c", "b", "a")])
def test_order_of_the_document_decides_not_the_ids(names: tuple[str, ...]) -> None:
    """The second in the document is found, however the ids are sorted."""
    listed = [{"id": name, "amount_eur": 71_000_000} for name in names]
    for code, path in (("TSK304", "/grants/1"), ("TSK305", "/grants/1")):
        assert found(check_with_rule(code, grants(*listed)).findings) == [f"{code} {path}"]
    repeated = found(check_with_rule("TSK306", grants(*listed)).findings)
    assert repeated == ["TSK306 /grants/1/call", "TSK306 /grants/2/call"]
