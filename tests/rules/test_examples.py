"""The examples of every rule: one document that keeps it, one that breaks it and little else."""

import pytest

import tulevaisuus as tul
from tests.helpers import read_text
from tulevaisuus.testing import samples

CODES = [rule.code for rule in tul.rulebook]


def report_on(document: str) -> tul.Report:
    """Judge a document by every rule, also by those on request."""
    return tul.check(read_text(document), select=CODES)


@pytest.mark.parametrize("code", CODES)
def test_what_passes_has_no_error(code: str) -> None:
    """The document that keeps a rule breaks no other one badly, either."""
    report = report_on(samples.valid(code))
    assert report.ok
    assert report.count(code) == 0


@pytest.mark.parametrize("code", CODES)
def test_what_fails_shows_its_rule(code: str) -> None:
    """The worst that is found in the document that breaks a rule is that very rule."""
    findings = report_on(samples.broken(code)).findings
    worst = max(finding.severity for finding in findings)
    assert {finding.code for finding in findings if finding.severity == worst} == {code}


@pytest.mark.parametrize("code", CODES)
def test_what_fails_has_the_severity_of_its_rule(code: str) -> None:
    """The example shows the rule at its highest severity, not a milder case."""
    rule = tul.rulebook[code]
    severities = [
        each.severity for each in report_on(samples.broken(code)).findings if each.code == code
    ]
    assert max(severities) == rule.severity


@pytest.mark.parametrize("code", CODES)
def test_what_fails_is_said_by_the_rule(code: str) -> None:
    """A finding carries the sources of its rule, and one of its wordings if it has its own."""
    rule = tul.rulebook[code]
    found = [each for each in report_on(samples.broken(code)).findings if each.code == code]
    assert {finding.sources for finding in found} == {rule.sources}
    if rule.messages and code != "TSK008":  # registers and readers find duplicates themselves
        assert {finding.template for finding in found} <= {*rule.messages.values()}
