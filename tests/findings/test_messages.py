"""Message templates have the same placeholders and differ in the three languages."""

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
    """Return the placeholders of a template, which must have no format of their own."""
    fields = [each[1:] for each in Formatter().parse(template) if each[1] is not None]
    assert all((spec, conversion) == ("", None) for _, spec, conversion in fields)
    return sorted(str(name) for name, _, _ in fields)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_three_languages_have_the_same_placeholders(name: str) -> None:
    """Each placeholder occurs once in every language."""
    texts = MESSAGES[name].text
    named = placeholders(texts.fi)
    assert placeholders(texts.sv) == placeholders(texts.en) == named
    assert len(set(named)) == len(named)
    assert all(each.isidentifier() for each in named)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_three_languages_differ(name: str) -> None:
    """Every message is translated, and is one sentence on one line."""
    texts = MESSAGES[name].text
    assert len({texts.fi, texts.sv, texts.en}) == 3
    for text in (texts.fi, texts.sv, texts.en):
        assert text == " ".join(text.split())
        assert not text.endswith(".")


@pytest.mark.parametrize("param", PARAMS, ids=lambda param: type(param).__name__)
@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_accepts_every_type_of_value(name: str, param: Param) -> None:
    """Any value that a finding has is written in the way of each language."""
    template = MESSAGES[name]
    named = placeholders(template.text.en)
    finding = template.finding("/x", **dict.fromkeys(named, param))
    for language in LANGUAGES:
        message = finding.message(language)
        assert message.count(localize(param, language)) >= len(named)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_has_a_code_of_document_rules(name: str) -> None:
    """Findings about creating objects are errors with codes TSK0xx, never TSK010."""
    template = MESSAGES[name]
    assert template.code in {f"TSK{number:03}" for number in range(1, 14) if number != 10}
    assert template.finding().severity is tul.Severity.ERROR


def test_every_text_is_used_by_a_template() -> None:
    """The text file has neither unused nor missing messages."""
    texts = open_catalogue("tulevaisuus.findings", "tsk0_reading")["messages"]
    assert [name.lower() for name in MESSAGES] == list(texts)


def test_unknown_expectation_is_an_attribute_error() -> None:
    """Only names in capitals are looked up in the texts."""
    assert not hasattr(expectations, "text_")
    assert expectations.expected("text") == expectations.TEXT
