"""Every rule finds its broken cases, and finds nothing in its valid ones."""

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, declared_messages, found, reported_messages
from tests.rules.cases import BROKEN, VALID
from tulevaisuus.rules.rule_declaration import FAMILIES


@pytest.mark.parametrize("name", BROKEN)
def test_broken_case_has_one_finding(name: str) -> None:
    """It has the path of the case, and a message with the values."""
    code, case = name.partition(" ")[0], BROKEN[name]
    (finding,) = check_with_rule(code, case.registers).findings
    assert (finding.code, finding.path) == (code, case.path)
    assert finding.severity == (case.severity or tul.rulebook[code].severity)
    assert case.message_part in finding.message(case.language)


@pytest.mark.parametrize("name", VALID)
def test_valid_case_has_no_finding(name: str) -> None:
    """Registers at the limit of a rule, or with unknown data, do not break it."""
    assert found(check_with_rule(name.partition(" ")[0], VALID[name]).findings) == []


def test_every_message_has_a_case() -> None:
    """Each message of each rule on entities occurs in some case."""
    assert reported_messages(BROKEN) == {
        name for family in FAMILIES for name in declared_messages(family)
    }


def test_every_rule_has_broken_and_valid_cases() -> None:
    """Each rule on entities has a case of either type."""
    checked_rules = {rule.code for rule in tul.rulebook if rule.function is not None}
    assert {name.partition(" ")[0] for name in BROKEN} == checked_rules
    assert {name.partition(" ")[0] for name in VALID} == checked_rules
