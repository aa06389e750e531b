"""Every rule is implemented on tables, or there is a reason why not."""

from pydantic import TypeAdapter

import tulevaisuus as tul
from tulevaisuus import frames
from tulevaisuus.frames.table_rules.all_rules import table_rules
from tulevaisuus.frames.tables.schemas import SCHEMAS


def test_every_rule_has_a_table_form_or_a_reason() -> None:
    """A new rule needs one of them."""
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


def test_table_forms_name_existing_tables() -> None:
    """A rule on a misspelt table would never run."""
    codes = {rule.code for rule in tul.rulebook}
    for rule in table_rules():
        assert {rule.table, *rule.needs} <= {*SCHEMAS}
        assert rule.code in codes


def test_table_form_names_its_tables() -> None:
    """Rules on several tables name those without which they are skipped."""
    assert frames.coverage()["TSK405"].tables == ("projects",)
    assert frames.coverage()["TSK405"].needs == ("projects_themes", "grants")


def test_table_form_is_a_field_of_pydantic_models() -> None:
    """It is written with what it says, and read back."""
    adapter = TypeAdapter(frames.Coverage)
    for each in frames.coverage().values():
        assert adapter.validate_json(adapter.dump_json(each)) == each
