"""Every message says the same in three languages, with the same values in it."""

import datetime as dt
from decimal import Decimal
from string import Formatter

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import (
    LANGUAGES,
    MessageTemplate,
    Param,
    expectations,
    localize,
    messages,
)
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.text_catalogue import open_catalogue

MESSAGES = {
    name: each for name, each in vars(messages).items() if isinstance(each, MessageTemplate)
}
PARAMS: list[Param] = [
    "text {with} braces",
    7,
    Decimal("1234.5"),
    dt.date(2021, 12, 31),
    LocalizedText(fi="yksi", sv="ett", en="one"),
    tul.Text("Palvelut", sv="Tjänster"),
    tul.Period.of_years(2020, 2023),
    tul.Severity.NOTE,
    ("a", dt.date(2020, 1, 1), ("b",)),
    None,
]


def placeholders(template: str) -> list[str]:
    """Return the names in a template, and that they carry no format of their own."""
    fields = [each[1:] for each in Formatter().parse(template) if each[1] is not None]
    assert all((spec, conversion) == ("", None) for _, spec, conversion in fields)
    return sorted(str(name) for name, _, _ in fields)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_three_languages_name_the_same_values(name: str) -> None:
    """A value that stands in one language's message stands in all of them, once each."""
    words = MESSAGES[name].text
    named = placeholders(words.fi)
    assert placeholders(words.sv) == placeholders(words.en) == named
    assert len(set(named)) == len(named)
    assert all(each.isidentifier() for each in named)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_three_languages_differ(name: str) -> None:
    """No message was left untranslated, and none is several sentences or lines."""
    words = MESSAGES[name].text
    assert len({words.fi, words.sv, words.en}) == 3
    for wording in (words.fi, words.sv, words.en):
        assert wording == " ".join(wording.split())
        assert not wording.endswith(".")


@pytest.mark.parametrize("param", PARAMS, ids=lambda param: type(param).__name__)
@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_takes_every_kind_of_value(name: str, param: Param) -> None:
    """Whatever value a finding carries, its message has it in each language's way."""
    template = MESSAGES[name]
    named = placeholders(template.text.en)
    finding = template.finding("/x", **dict.fromkeys(named, param))
    for language in LANGUAGES:
        message = finding.message(language)
        assert message.count(localize(param, language)) >= len(named)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_belongs_to_a_rule_of_documents(name: str) -> None:
    """What is found while values are made are errors under the codes of TSK0xx, never TSK010."""
    template = MESSAGES[name]
    assert template.code in {f"TSK{number:03}" for number in range(1, 14) if number != 10}
    assert template.finding().severity is tul.Severity.ERROR


def test_every_text_has_a_template() -> None:
    """No message is kept in the file of words that nothing uses, and none is missing there."""
    texts = open_catalogue("tulevaisuus.findings", "tsk0_reading")["messages"]
    assert [name.lower() for name in MESSAGES] == list(texts)


def test_an_expectation_that_has_no_words_is_an_attribute_error() -> None:
    """Only names in capitals are looked up among the words."""
    assert not hasattr(expectations, "text_")
    assert expectations.expected("text") == expectations.TEXT
