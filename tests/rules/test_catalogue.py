"""The rulebook: conventions of every rule, and the table that the rules were made from."""

import csv
import string
from pathlib import Path

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES, LocalizedText
from tulevaisuus.rules.rule_declaration import FAMILIES

TABLE = Path(__file__).parents[1] / "data" / "rules.csv"
"""The table of the rules as they were agreed; two cells have other words than the rulebook."""

MESSAGES = [(rule.code, name) for rule in tul.rulebook for name in rule.messages]


def placeholders(template: str) -> set[str]:
    """Return the names in a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_rulebook_equals_the_agreed_table() -> None:
    """Codes, slugs, severities, evidence and sources are those of the table, in its order."""
    with TABLE.open(encoding="utf-8") as file:
        agreed = [tuple(row.values()) for row in csv.DictReader(file)]
    assert [
        (rule.code, rule.slug, rule.severity, rule.evidence or "", " ".join(rule.sources))
        for rule in tul.rulebook
    ] == agreed


def test_codes_are_sorted() -> None:
    """Rules are in the order of their codes, without duplicates."""
    codes = [rule.code for rule in tul.rulebook]
    assert codes == sorted(set(codes))


def test_code_begins_with_the_number_of_its_family() -> None:
    """The first digit of a code is the place of the rule's family."""
    for rule in tul.rulebook:
        if rule.function is not None:
            family = FAMILIES[int(rule.code[3])]
            assert rule.function.__module__ == f"tulevaisuus.rules.{family}"


def test_slugs_are_unique() -> None:
    """No two rules share a slug, and no slug is a code."""
    slugs = [rule.slug for rule in tul.rulebook]
    assert len({*slugs, *tul.rulebook.keys()}) == 2 * len(slugs)


def test_tsk010_is_unused() -> None:
    """The code that was given up belongs to no rule."""
    assert "TSK010" not in tul.rulebook


def test_inferred_rule_is_not_an_error() -> None:
    """A rule that no source states is never an error."""
    for rule in tul.rulebook:
        if rule.severity is tul.Severity.ERROR:
            assert rule.evidence is None or rule.evidence >= tul.Evidence.TEXTUAL


def test_rules_name_their_sources() -> None:
    """Only the rules on documents, and the library's own on personal data, have no source."""
    unsourced = {rule.code for rule in tul.rulebook if not rule.sources}
    assert unsourced == {rule.code for rule in tul.rulebook if rule.code < "TSK1"} | {"TSK605"}


def test_every_source_exists() -> None:
    """Each source that a rule names is among the bundled ones."""
    assert {source for rule in tul.rulebook for source in rule.sources} <= tul.sources.keys()


@pytest.mark.parametrize("field", ["title", "explanation", "remedy"])
def test_every_rule_has_texts_in_three_languages(field: str) -> None:
    """No title, explanation or remedy lacks a language, or repeats another one's text."""
    for rule in tul.rulebook:
        text: tul.Text = getattr(rule, field)
        assert len({text.fi, text.sv, text.en} - {None}) == len(LANGUAGES), rule.code


@pytest.mark.parametrize(("code", "name"), MESSAGES)
def test_messages_have_the_same_placeholders(code: str, name: str) -> None:
    """A message has the same placeholders in all three languages, and different texts."""
    words: LocalizedText = tul.rulebook[code].messages[name]
    fi, sv, en = (placeholders(words.localize(language)) for language in LANGUAGES)
    assert fi == sv == en
    assert len({words.fi, words.sv, words.en}) == len(LANGUAGES)


def test_rule_on_entities_has_messages() -> None:
    """The messages of rules that readers apply are elsewhere."""
    for rule in tul.rulebook:
        assert (rule.function is not None) == bool(rule.messages) == bool(rule.classes)


def test_complete_registers_of_rules_exist() -> None:
    """A register that a rule needs in full is a register of documents."""
    for rule in tul.rulebook:
        assert {*rule.sums} <= tul.Portfolio().registers().keys()


def test_one_rule_is_checked_on_request_only() -> None:
    """It is the rule on personal data."""
    assert [rule.code for rule in tul.rulebook if rule.on_request] == ["TSK605"]


def test_rules_are_found_by_slug_and_title() -> None:
    """A rule is looked up by its code, and found by its slug and by its title in any language."""
    rule = tul.rulebook["TSK302"]
    assert tul.rulebook.find("grant-outside-cost-period") == rule
    assert [tul.rulebook.find(title) for title in rule.title.wordings()] == [rule] * 3
    with pytest.raises(tul.UnknownCodeError, match="TSK30") as caught:
        tul.rulebook["TSK3O2"]
    assert "TSK302" in caught.value.suggestions
