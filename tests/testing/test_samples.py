"""The samples need no Hypothesis; that they keep and break their rules, test_examples.py shows."""

import pytest

import tulevaisuus as tul
from tests.helpers import run_python
from tulevaisuus.testing import samples


def test_a_rule_of_a_user_has_none() -> None:
    """A code that no rule of ours bears is rejected."""
    with pytest.raises(tul.UnknownCodeError):
        samples.valid("ACME001")


def test_samples_open_no_strategy() -> None:
    """Whoever wants documents alone does not wait for strategies."""
    code = "import sys; from tulevaisuus.testing import samples; samples.valid('TSK101'); "
    assert (
        run_python(code + "print('tulevaisuus.testing.class_strategies' in sys.modules)") == "False"
    )
