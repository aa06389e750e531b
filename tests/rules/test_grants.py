"""TSK3xx: what the cases do not show of the rules on calls, grants and administrations."""

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, found
from tests.rules.cases.grants import IN_2023, administered, continued, grants, usable


def test_both_ends_outside_the_cost_period_are_found() -> None:
    """A window that is too long on both sides is found on both, its start first."""
    findings = check_with_rule("TSK302", usable(start="2020-01-01", end="2024-12-31")).findings
    assert found(findings) == ["TSK302 /grants/0/usable/start", "TSK302 /grants/0/usable/end"]


def test_each_later_grant_is_compared_with_the_first() -> None:
    """A third grant of one call and status is found as the second is, beside the first."""
    findings = check_with_rule("TSK306", grants({}, {}, {})).findings
    assert found(findings) == ["TSK306 /grants/1/call", "TSK306 /grants/2/call"]
    assert [dict(finding.params)["first"] for finding in findings] == ["g1", "g1"]


def test_a_call_is_overspent_once() -> None:
    """Of each call, only the grant that passes its bound is found, whatever comes after."""
    spent: dict[str, object] = {"amount_eur": 100000000}
    earlier = {"call": "shc-2020", **spent}
    findings = check_with_rule("TSK304", grants(spent, earlier, spent, earlier, spent)).findings
    assert found(findings) == ["TSK304 /grants/1", "TSK304 /grants/2"]


def test_a_recipient_may_be_wrong_in_two_ways() -> None:
    """A recipient that the call does not admit and that does not administer is reported both."""
    registers = continued(("turku", None), recipient="stm")
    findings = check_with_rule("TSK311", registers).findings
    assert found(findings) == ["TSK311 /grants/1/recipient"] * 2


def test_every_late_administration_is_found() -> None:
    """Each administration by an old administrator in 2023 is found by itself."""
    findings = check_with_rule(
        "TSK310", administered(("turku", IN_2023), ("vsshp", IN_2023))
    ).findings
    assert found(findings) == [
        f"TSK310 /projects/0/administrations/{place}/period/end" for place in (0, 1)
    ]


@pytest.mark.parametrize("first", ["county-05", "helsinki", "saaja-9"])
def test_one_that_may_administer_hides_no_other(first: str) -> None:
    """After a county, Helsinki or an unknown organisation the list is judged to its end."""
    findings = check_with_rule(
        "TSK310", administered((first, IN_2023), ("turku", IN_2023))
    ).findings
    assert found(findings) == ["TSK310 /projects/0/administrations/1/period/end"]


def test_the_call_is_the_source_of_its_cost_period() -> None:
    """A day outside the cost period names the sources of the very call, beside the rule's."""
    (finding,) = check_with_rule("TSK302", usable("shc-2020", end="2023-12-31")).findings
    assert dict(finding.params)["basis"] == tul.calls["shc-2020"].sources
    assert finding.sources == tul.rulebook["TSK302"].sources


@pytest.mark.parametrize("names", [("b", "a", "c"), ("a", "b", "c"), ("c", "b", "a")])
def test_ids_do_not_say_which_grant_is_found(names: tuple[str, ...]) -> None:
    """The second in the document is found, however the ids are ordered as text."""
    listed = [{"id": name, "amount_eur": 71_000_000} for name in names]
    for code, path in (("TSK304", "/grants/1"), ("TSK305", "/grants/1")):
        assert found(check_with_rule(code, grants(*listed)).findings) == [f"{code} {path}"]
    repeated = found(check_with_rule("TSK306", grants(*listed)).findings)
    assert repeated == ["TSK306 /grants/1/call", "TSK306 /grants/2/call"]
