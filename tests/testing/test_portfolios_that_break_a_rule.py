"""`violating` generates portfolios that break one rule, which `check` finds."""

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.testing.generated import few, simplest
from tulevaisuus.testing import BROKEN, VIOLATED, portfolios, samples, violating

CODES = [rule.code for rule in tul.rulebook]
SELECTED = "TSK"
"""All rules, those on request, too."""


def test_each_checked_rule_is_supported() -> None:
    """All rules on contents; of the rules on documents those that a portfolio can break."""
    on_documents = {"TSK005", "TSK009", "TSK014", "TSK015", "TSK016"}
    assert set(VIOLATED) == on_documents | {code for code in CODES if code > "TSK1"}
    assert set(BROKEN) == {code for code in CODES if code < "TSK014"}


@few
@pytest.mark.parametrize("code", VIOLATED)
@given(data=st.data())
def test_named_rule_is_found_and_no_other_error(code: str, data: st.DataObject) -> None:
    """The findings have the code of the rule, and no other error."""
    report = tul.check(data.draw(violating(code)), select=SELECTED)
    assert report.count(code) > 0
    assert {finding.code for finding in report.errors} <= {code}


@few
@given(portfolios())
def test_portfolios_break_no_selected_rule(portfolio: tul.Portfolio) -> None:
    """Rules on request find nothing but notes either."""
    findings = tul.check(portfolio, select=SELECTED).findings
    assert {finding.severity for finding in findings} <= {tul.Severity.NOTE}


@pytest.mark.parametrize("code", VIOLATED)
def test_counterexamples_are_small(code: str) -> None:
    """They are not larger than the rule's own example: a project or two, and two grants."""
    portfolio = simplest(violating(code))
    sizes = {name: len(register) for name, register in portfolio.registers().items() if register}
    assert sum(sizes.values()) <= 3
    assert sizes.get("projects", 0) <= (2 if code == "TSK409" else 1)
    assert sizes.get("grants", 0) <= 2


def test_rules_are_broken_in_several_ways() -> None:
    """The error need not be that of the rule's own example."""
    own = tul.loads(samples.broken("TSK302")).grants["g1"]
    other = find(
        violating("TSK302"),
        lambda each: each.grants["g1"].usable != own.usable,
        settings=settings(max_examples=1000, phases=(Phase.generate,)),  # any example is enough
    )
    assert tul.check(other).count("TSK302") > 0


def test_rule_that_no_portfolio_can_break_is_an_error() -> None:
    """The error names the other strategy, and similar codes for an unknown one."""
    with pytest.raises(ValueError, match=r"TSK002; broken_documents\('TSK002'\)"):
        violating("TSK002")
    with pytest.raises(tul.UnknownCodeError, match="TSK302"):
        violating("TSK3O2")
