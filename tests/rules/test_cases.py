"""Both sides of every rule: what breaks it is found, what keeps it is not."""

import pytest

import tulevaisuus as tul
from tests.helpers import check_with_rule, declared_messages, found, reported_messages
from tests.rules.cases import BROKEN, SOUND
from tulevaisuus.rules.rule_declaration import FAMILIES


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_a_rule(name: str) -> None:
    """What breaks a rule is found once, at its place, and its message gives the values."""
    code, case = name.partition(" ")[0], BROKEN[name]
    (finding,) = check_with_rule(code, case.registers).findings
    assert (finding.code, finding.path) == (code, case.path)
    assert finding.severity == (case.severity or tul.rulebook[code].severity)
    assert case.message_part in finding.message(case.language)


@pytest.mark.parametrize("name", SOUND)
def test_what_keeps_a_rule(name: str) -> None:
    """What keeps a rule, and what is not known, is never held against a document."""
    assert found(check_with_rule(name.partition(" ")[0], SOUND[name]).findings) == []


def test_every_message_has_a_case() -> None:
    """Each message of each rule that looks at entities is given in some case."""
    assert reported_messages(BROKEN) == {
        name for family in FAMILIES for name in declared_messages(family)
    }


def test_every_rule_has_cases_on_both_sides() -> None:
    """Each rule that looks at entities is broken by some case and kept by another."""
    judged = {rule.code for rule in tul.rulebook if rule.function is not None}
    assert {name.partition(" ")[0] for name in BROKEN} == judged
    assert {name.partition(" ")[0] for name in SOUND} == judged
