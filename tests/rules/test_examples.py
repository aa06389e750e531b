"""The examples of every rule: a document that follows it, and one that breaks it."""

import pytest

import tulevaisuus as tul
from tests.helpers import read_text
from tulevaisuus.testing import samples

CODES = [rule.code for rule in tul.rulebook]


def report_on(document: str) -> tul.Report:
    """Check a document with every rule, also with those on request."""
    return tul.check(read_text(document), select=CODES)


@pytest.mark.parametrize("code", CODES)
def test_passing_example_has_no_error(code: str) -> None:
    """The document that follows a rule breaks no other rule with an error."""
    report = report_on(samples.valid(code))
    assert report.ok
    assert report.count(code) == 0


@pytest.mark.parametrize("code", CODES)
def test_failing_example_breaks_its_rule(code: str) -> None:
    """The most severe finding is that of the rule."""
    findings = report_on(samples.broken(code)).findings
    worst = max(finding.severity for finding in findings)
    assert {finding.code for finding in findings if finding.severity == worst} == {code}


@pytest.mark.parametrize("code", CODES)
def test_failing_example_has_the_severity_of_its_rule(code: str) -> None:
    """The example shows the rule at its highest severity."""
    rule = tul.rulebook[code]
    severities = [
        each.severity for each in report_on(samples.broken(code)).findings if each.code == code
    ]
    assert max(severities) == rule.severity


@pytest.mark.parametrize("code", CODES)
def test_finding_has_the_texts_of_its_rule(code: str) -> None:
    """It has the sources of its rule, and one of its messages, if it has any."""
    rule = tul.rulebook[code]
    found = [each for each in report_on(samples.broken(code)).findings if each.code == code]
    assert {finding.sources for finding in found} == {rule.sources}
    if rule.messages and code != "TSK008":  # registers and readers find duplicates themselves
        assert {finding.template for finding in found} <= {*rule.messages.values()}
