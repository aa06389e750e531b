"""The samples are whole documents, and need no Hypothesis."""

import pytest

import tulevaisuus as tul
from tests.helpers import fresh, read_text
from tulevaisuus.testing import samples

CODES = [rule.code for rule in tul.rulebook]


@pytest.mark.parametrize("code", CODES)
def test_samples_break_their_rule_or_keep_it(code: str) -> None:
    """The worst in the broken one is the rule; the valid one has no error."""
    found = tul.check(read_text(samples.broken(code)), select=CODES).findings
    worst = max(finding.severity for finding in found)
    assert {finding.code for finding in found if finding.severity == worst} == {code}
    assert tul.check(tul.loads(samples.valid(code))).ok


def test_a_rule_of_a_user_has_none() -> None:
    """A code that no rule of ours bears is refused."""
    with pytest.raises(tul.UnknownCodeError):
        samples.valid("ACME001")


def test_samples_open_no_strategy() -> None:
    """Whoever wants documents alone does not wait for strategies."""
    code = "import sys; from tulevaisuus.testing import samples; samples.valid('TSK101'); "
    assert fresh(code + "print('tulevaisuus.testing.drawing' in sys.modules)") == "False"
