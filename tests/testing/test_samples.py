"""Samples of rules need no Hypothesis.

That they follow and break their rules is in `tests/rules/test_examples.py`.
"""

import pytest

import tulevaisuus as tul
from tests.helpers import run_python
from tulevaisuus.testing import samples


def test_own_rule_has_no_samples() -> None:
    """The code of a user's rule is rejected."""
    with pytest.raises(tul.UnknownCodeError):
        samples.valid("ACME001")


def test_samples_import_no_strategies() -> None:
    """Loading the samples is fast."""
    code = "import sys; from tulevaisuus.testing import samples; samples.valid('TSK101'); "
    assert (
        run_python(code + "print('tulevaisuus.testing.object_strategies' in sys.modules)")
        == "False"
    )
