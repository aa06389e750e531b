"""`tulevaisuus explain`: everything that is said of a rule, in a language."""

import json
import textwrap

import pytest

import tulevaisuus as tul
from tulevaisuus.cli import main
from tulevaisuus.findings import LANGUAGES


def explained(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the command prints; it must succeed."""
    assert main(["explain", *arguments]) == 0
    return capsys.readouterr().out


def in_words(text: str) -> str:
    """Return a text as one line, however it was wrapped."""
    return " ".join(text.split())


def test_a_rule_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    """The answer has code, slug, texts, severity, evidence, sources and both examples."""
    said = explained("TSK302", capsys=capsys)
    rule = tul.rulebook["TSK302"]
    assert said.startswith(f"TSK302 grant-outside-cost-period\n{rule.title.get('en')}\n\n")
    assert f"\nwhat to do: {rule.remedy.get('en')}\n" in said
    assert "\nseverity: error\nevidence: stated\nsources:\n  - stm-406-2021: STM, " in said
    words = in_words(said)
    assert in_words(rule.explanation.get("en")) in words
    for key in rule.sources:
        source = tul.sources[key]
        assert in_words(f"- {key}: {source.publisher}, {source.about} {source.url}") in words


@pytest.mark.parametrize("columns", [40, 80, 100])
def test_words_are_wrapped(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of words is wider than the terminal; addresses and examples stay whole."""
    monkeypatch.setenv("COLUMNS", str(columns))
    said = explained("TSK302", "-l", "fi", capsys=capsys).partition("rikkoo sääntöä")[0]
    lines = [line for line in said.splitlines() if "https://" not in line]
    assert max(map(len, lines)) <= columns


def test_the_examples_are_ready_to_copy(capsys: pytest.CaptureFixture[str]) -> None:
    """The failing and the passing example are printed whole, as JSON."""
    said = explained("TSK302", capsys=capsys)
    fails, _, passes = said.partition("\nbreaks the rule:\n")[2].partition("\nfollows the rule:\n")
    rule = tul.rulebook["TSK302"]
    for shown, example in ((fails, rule.fails), (passes, rule.passes)):
        assert example is not None
        assert json.loads(textwrap.dedent(shown)) == json.loads(example)


def test_a_rule_by_its_slug(capsys: pytest.CaptureFixture[str]) -> None:
    """A slug explains the same as the code."""
    said = explained("grant-outside-cost-period", capsys=capsys)
    assert said == explained("TSK302", capsys=capsys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_in_every_language(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no rule that cannot be explained, in any of the languages."""
    codes = [rule.code for rule in tul.rulebook]
    said = explained(*codes, "--language", language, capsys=capsys)
    words = in_words(said)
    for rule in tul.rulebook:
        assert f"{rule.code} {rule.slug}\n" in said
        for text in (rule.title, rule.explanation, rule.remedy):
            assert in_words(text.get(language)) in words


@pytest.mark.parametrize(
    ("language", "label"), [("fi", "mitä tehdä: "), ("sv", "åtgärd: "), ("en", "what to do: ")]
)
def test_labels_speak_the_language(
    language: str, label: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not only the texts, also what stands before them is in the language."""
    assert f"\n{label}" in explained("TSK302", "--language", language, capsys=capsys)


def test_a_family(capsys: pytest.CaptureFixture[str]) -> None:
    """A family explains its rules one after the other."""
    said = explained("TSK6xx", capsys=capsys)
    starts = [line.split()[0] for line in said.splitlines() if line.startswith("TSK")]
    assert starts == [rule.code for rule in tul.rulebook if rule.code.startswith("TSK6")]


def test_what_a_rule_lacks_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule of the format has neither evidence nor sources, and no empty lines for them."""
    said = explained("wrong-type", capsys=capsys)
    assert "severity: error\n" in said
    assert "evidence" not in said
    assert "sources" not in said


def test_an_unknown_rule_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 2, and the library's message suggests near ones."""
    assert main(["explain", "grant-outside-costs-period"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "did you mean grant-outside-cost-period" in captured.err


def test_a_word_that_is_near_no_rule_is_told_where_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where nothing is near, the message says how to list the rules."""
    assert main(["explain", "zzzz", "-l", "fi"]) == 2
    assert capsys.readouterr().err.endswith("säännöt luettelee: tulevaisuus show rules\n")


def test_without_a_rule_it_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """The command needs a word to explain."""
    assert main(["explain"]) == 2
    assert "missing: the code or slug of a rule (RULE in the help)" in capsys.readouterr().err
