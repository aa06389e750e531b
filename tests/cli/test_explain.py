"""`tulevaisuus explain`: the texts, sources and examples of a rule."""

import json
import textwrap

import pytest

import tulevaisuus as tul
from tulevaisuus.cli import main
from tulevaisuus.findings import LANGUAGES


def explained(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the output of the command, which must succeed."""
    assert main(["explain", *arguments]) == 0
    return capsys.readouterr().out


def in_words(text: str) -> str:
    """Return a wrapped text as one line."""
    return " ".join(text.split())


def test_rule_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    """The output has code, slug, texts, severity, evidence, sources and both examples."""
    output = explained("TSK302", capsys=capsys)
    rule = tul.rulebook["TSK302"]
    assert output.startswith(f"TSK302 grant-outside-cost-period\n{rule.title.get('en')}\n\n")
    assert f"\nwhat to do: {rule.remedy.get('en')}\n" in output
    assert "\nseverity: error\nevidence: stated\nsources:\n  - stm-406-2021: STM, " in output
    words = in_words(output)
    assert in_words(rule.explanation.get("en")) in words
    for key in rule.sources:
        source = tul.sources[key]
        assert in_words(f"- {key}: {source.publisher}, {source.about} {source.url}") in words


@pytest.mark.parametrize("columns", [40, 80, 100])
def test_text_is_wrapped(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of text is wider than the terminal; addresses and examples are not broken."""
    monkeypatch.setenv("COLUMNS", str(columns))
    output = explained("TSK302", "-l", "fi", capsys=capsys).partition("rikkoo sääntöä")[0]
    lines = [line for line in output.splitlines() if "https://" not in line]
    assert max(map(len, lines)) <= columns


def test_examples_can_be_copied(capsys: pytest.CaptureFixture[str]) -> None:
    """The failing and the passing example are printed as complete JSON."""
    output = explained("TSK302", capsys=capsys)
    fails, _, passes = output.partition("\nbreaks the rule:\n")[2].partition(
        "\nfollows the rule:\n"
    )
    rule = tul.rulebook["TSK302"]
    for shown, example in ((fails, rule.fails), (passes, rule.passes)):
        assert example is not None
        assert json.loads(textwrap.dedent(shown)) == json.loads(example)


def test_rule_by_its_slug(capsys: pytest.CaptureFixture[str]) -> None:
    """The output is that of the code."""
    output = explained("grant-outside-cost-period", capsys=capsys)
    assert output == explained("TSK302", capsys=capsys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_in_every_language(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each rule can be explained in each language."""
    codes = [rule.code for rule in tul.rulebook]
    output = explained(*codes, "--language", language, capsys=capsys)
    words = in_words(output)
    for rule in tul.rulebook:
        assert f"{rule.code} {rule.slug}\n" in output
        for text in (rule.title, rule.explanation, rule.remedy):
            assert in_words(text.get(language)) in words


@pytest.mark.parametrize(
    ("language", "label"), [("fi", "mitä tehdä: "), ("sv", "åtgärd: "), ("en", "what to do: ")]
)
def test_labels_are_in_the_language(
    language: str, label: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not only the texts, but also the labels before them are translated."""
    assert f"\n{label}" in explained("TSK302", "--language", language, capsys=capsys)


def test_family_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    """The rules of a family are explained one after the other."""
    output = explained("TSK6xx", capsys=capsys)
    starts = [line.split()[0] for line in output.splitlines() if line.startswith("TSK")]
    assert starts == [rule.code for rule in tul.rulebook if rule.code.startswith("TSK6")]


def test_missing_parts_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule of the format has neither evidence nor sources, and no lines for them."""
    output = explained("wrong-type", capsys=capsys)
    assert "severity: error\n" in output
    assert "evidence" not in output
    assert "sources" not in output


def test_unknown_rule_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 2, and the message has suggestions."""
    assert main(["explain", "grant-outside-costs-period"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "did you mean grant-outside-cost-period" in captured.err


def test_unknown_word_names_the_list_of_rules(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where nothing is similar, the message states how to list the rules."""
    assert main(["explain", "zzzz", "-l", "fi"]) == 2
    assert capsys.readouterr().err.endswith("säännöt luettelee: tulevaisuus show rules\n")


def test_rule_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    """Without one it is a usage error."""
    assert main(["explain"]) == 2
    assert "missing: the code or slug of a rule (RULE in the help)" in capsys.readouterr().err
