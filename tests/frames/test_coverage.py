"""Every rule has a rule on tables, or a reason why it has none."""

import tulevaisuus as tul
from tulevaisuus import frames
from tulevaisuus.frames.table_rules.all_rules import table_rules
from tulevaisuus.frames.tables.schemas import SCHEMAS


def test_every_rule_has_a_form_or_a_reason() -> None:
    """Whoever adds a rule adds its rule on tables, or says why there is none."""
    coverage = frames.coverage()
    assert list(coverage) == [rule.code for rule in tul.rulebook]
    for code, each in coverage.items():
        assert each.code == code
        assert each.tables or each.reason
    assert {code for code, each in coverage.items() if not each.tables} == {
        "TSK001",
        "TSK007",
        "TSK102",
    }


def test_forms_name_tables_that_exist() -> None:
    """A rule of a table that is misspelt would never run."""
    codes = {rule.code for rule in tul.rulebook}
    for rule in table_rules():
        assert {rule.table, *rule.needs} <= {*SCHEMAS}
        assert rule.code in codes


def test_a_form_tells_what_it_needs() -> None:
    """Rules over several tables name those without which they are skipped."""
    assert frames.coverage()["TSK405"].tables == ("projects",)
    assert frames.coverage()["TSK405"].needs == ("projects_themes", "grants")
