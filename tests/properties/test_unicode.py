"""Look-alike, invisible and invalid characters are kept, escaped or rejected."""

import json

import pytest

import tulevaisuus as tul
from tests.helpers import document, found, read_text, rejected
from tulevaisuus import formats
from tulevaisuus.findings import LANGUAGES

CONFUSABLE = {
    "Cyrillic": "V\u0430rha",
    "Greek": "V\u03b1rha",
    "a zero-width joiner": "Var\u200dha",
    "a soft hyphen": "Var\u00adha",
    "a bidi control": "Varha\u202e",
    "nul": "Varha\x00",
    "a lone surrogate": "Varha\ud800",
    "a tag character": "Varha\U000e0041",
    "an Arabic digit": "Varha\u0660",
}

SAME = {
    "combining marks": "Va\u0308rha",
    "precomposed letters": "V\u00e4rha",
    "full-width letters": "\uff36\uff41\uff52\uff48\uff41",
    "mathematical letters": "\U0001d415\U0001d41a\U0001d42b\U0001d421\U0001d41a",
    "other blanks": "\u2003Varha\u00a0",
}

ODD_DIGITS = ["\u0660", "\uff10", "\u00b2", "\U0001d7ce", "\u0967"]
"""Characters that Python takes for digits, and that are none here."""

HIDDEN = ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\u2028", "\U000e0041"]
"""Characters that a terminal acts on or does not show, and that text may have."""


@pytest.mark.parametrize("name", CONFUSABLE.values(), ids=CONFUSABLE)
def test_name_of_lookalike_letters_is_not_found(name: str) -> None:
    """It is an unknown name, with a message that shows the characters."""
    with pytest.raises(tul.UnknownCodeError) as caught:
        tul.regions.find(name)
    assert str(caught.value).isprintable()
    assert caught.value.key == name


@pytest.mark.parametrize("name", SAME.values(), ids=SAME)
def test_name_is_found_by_other_forms_of_its_letters(name: str) -> None:
    """Diacritics, widths and spaces are ignored, as case is."""
    assert tul.regions.find(name) is tul.regions["05"]


def test_key_is_found_by_its_exact_characters() -> None:
    """Codes and ids are not normalised: no digit of another script is accepted."""
    for zero in ODD_DIGITS:
        assert tul.regions.get(f"{zero}5") is None
        with pytest.raises(tul.UnknownCodeError) as caught:
            tul.regions[f"{zero}5"]
        assert str(caught.value).isprintable()


@pytest.mark.parametrize("digit", ODD_DIGITS, ids=ascii)
def test_digits_of_other_scripts_are_rejected(digit: str) -> None:
    """Dates, periods and business ids have the digits 0 to 9, in each reader."""
    assert rejected(tul.BusinessId, f"{digit}204819-8") == ["TSK006"]
    assert rejected(tul.Period.parse, f"{digit}1.1.2020–") == ["TSK006"]
    assert rejected(tul.Period.parse, f"202{digit}-01-01/..") == ["TSK006"]
    call = {
        "id": "c",
        "name": {"fi": "c"},
        "kind": "project_grant",
        "decided_on": f"202{digit}-01-01",
    }
    assert "TSK006 /calls/0/decided_on" in found(read_text(document(calls=[call])).findings)


@pytest.mark.parametrize("hidden", HIDDEN, ids=ascii)
def test_invisible_characters_are_kept_and_escaped_in_messages(hidden: str) -> None:
    """Text is kept unchanged; where a message quotes it, they are visible."""
    name = f"a{hidden}b"
    portfolio = tul.loads(document(initiatives=[{"id": name, "name": {"fi": name}}]))
    assert portfolio.initiatives[name].name.fi == name
    assert tul.loads(tul.dumps(portfolio)) == portfolio
    project = {"id": name, "name": {"fi": name}, "regions": [name], name: 1}
    report = tul.check(read_text(document(projects=[project], posts=[{"id": name, "role": name}])))
    assert report.findings
    for finding in report.findings:
        shown = [*map(finding.message, LANGUAGES), str(finding)]
        assert all(hidden not in text for text in shown)


def test_ids_are_neither_composed_nor_folded() -> None:
    """Two ids that look alike are two entities."""
    ids = ["\u00e4", "a\u0308", "\u00c4", "\uff41", "a", "\u0430"]
    entities = [{"id": each, "name": {"fi": each}} for each in ids]
    portfolio = tul.loads(document(initiatives=entities))
    assert list(portfolio.initiatives.keys()) == ids
    assert [each["id"] for each in json.loads(tul.dumps(portfolio))["initiatives"]] == ids


@pytest.mark.parametrize("half", ["\ud800", "a\udc80b"], ids=ascii)
def test_lone_surrogates_are_rejected(half: str) -> None:
    """Constructor, reader and converter reject what cannot be written as UTF-8."""
    assert rejected(tul.Text, half) == ["TSK006 /fi"]
    assert rejected(tul.Initiative, id=half, name=tul.Text("a")) == ["TSK006 /id"]
    assert found(read_text(document(initiatives=[{"id": half}])).findings) == ["TSK001"]
    assert rejected(formats.structure, {"fi": half}, tul.Text) == ["TSK006 /fi"]


def test_nul_is_rejected_in_an_id_and_kept_in_text() -> None:
    """Programs that end texts at nul would take two ids for one."""
    assert rejected(tul.Initiative, id="a\x00", name=tul.Text("a")) == ["TSK006 /id"]
    initiative = tul.Initiative(id="a", name=tul.Text("a\x00b"))
    portfolio = tul.Portfolio(initiatives=tul.Register([initiative]))
    assert "\\u0000" in tul.dumps(portfolio)
    assert tul.loads(tul.dumps(portfolio)) == portfolio
