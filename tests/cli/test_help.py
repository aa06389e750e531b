"""Help pages: complete in each language, readable at any width and in any encoding."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.cli.command import Command
from tulevaisuus.cli.app import app
from tulevaisuus.exchange.formats_registry import FORMATS
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.findings.text_catalogue import open_catalogue

COMMANDS = sorted(name for name in app if not name.startswith("-"))
HEADINGS = {
    "fi": ("Käyttö: ", "Argumentit", "Valitsimet", "Esimerkkejä:"),
    "sv": ("Användning: ", "Argument", "Flaggor", "Exempel:"),
    "en": ("Usage: ", "Arguments", "Options", "Examples:"),
}


def texts_in_code() -> Iterator[str]:
    """Yield every help text in the code."""
    yield str(app.help)
    for name in COMMANDS:
        yield from str(app[name].help).split("\n\n")
        for argument in app[name].assemble_argument_collection():
            if argument.show:
                yield str(argument.parameter.help)


def catalogue() -> dict[str, LocalizedText]:
    """Return the help texts in all languages, by the English one."""
    sections = open_catalogue("tulevaisuus.cli", "help")
    texts = [text for name in ("command", "argument", "option") for text in sections[name].values()]
    return {text.en: text for text in texts}


def test_every_text_is_translated_once() -> None:
    """Each text of the code has its translations, and each translation its text."""
    assert set(catalogue()) == set(texts_in_code())


@pytest.mark.parametrize("text", catalogue().values(), ids=lambda text: str(text.en)[:30])
def test_translation_keeps_what_is_typed(text: LocalizedText) -> None:
    """Codes, suffixes, examples and names of arguments are the same in all languages."""
    typed = re.compile(
        r"TSK\d+|\.[a-z]{3,4}\b|[\w.]+=[\w{}-]+|\b(?:IN|OUT|SARIF|TOML)\b|\[\w+\]|\{\w+\}"
    )
    names_in_language = {"field=value", "4400=travel"}
    expected = {*typed.findall(text.en)} - names_in_language
    for language in ("fi", "sv"):
        assert expected <= {*typed.findall(text.get(language))}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_in_the_requested_language(
    name: str, language: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is set by the option or the variable; the option takes precedence."""
    by_option = command(name, "--help", "-l", language)
    assert (by_option.code, by_option.err) == (0, "")
    assert command(name, f"--language={language}", "-h").out == by_option.out
    monkeypatch.setenv("TULEVAISUUS_LANGUAGE", language)
    assert command(name, "--help").out == by_option.out
    monkeypatch.setenv("TULEVAISUUS_LANGUAGE", "sv" if language == "fi" else "fi")
    assert command(name, "-l", language, "--help").out == by_option.out
    usage, *headings = HEADINGS[language]
    assert by_option.out.startswith(f"{usage}tulevaisuus {name}")
    lines = by_option.out.splitlines()
    assert [each for each in lines if each in headings] == headings


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_of_commands_is_in_the_language(language: str, command: Command) -> None:
    """Without a command, all are listed with a sentence or two."""
    out = command("--help", "-l", language).out
    assert out.startswith(HEADINGS[language][0])
    for each in COMMANDS:
        about = str(app[each].help).split("\n\n", maxsplit=1)[0]
        start = catalogue()[about].get(language)[:20]
        assert re.search(rf"^  {each} +{re.escape(start)}", out, re.MULTILINE), each


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", ["40", "59", "60", "80", "300"])
def test_no_line_is_wider_than_the_terminal(
    columns: str, language: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a command to copy is not broken."""
    monkeypatch.setenv("COLUMNS", columns)
    for each in COMMANDS:
        out = command(each, "--help", "-l", language).out
        lines = [line for line in out.splitlines() if "tulevaisuus " not in line]
        assert max(map(len, lines)) <= min(int(columns), 100)


def test_choices_defaults_and_values_are_shown(command: Command) -> None:
    """The valid values and the default are named."""
    out = re.sub(r"\s+", " ", command("check", "--help", "-l", "fi").out)
    assert "(jokin näistä: error, warning, note; oletus: error)" in out
    assert "--limit, --most LUKU" in out
    assert "--output, -o TEKSTI" in out
    assert "(pakollinen)" in command("explain", "-h", "-l", "fi").out


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_the_formats(language: str, command: Command) -> None:
    """The formats that can be written are those of the registry, in help and completion."""
    known = ", ".join(each.name for each in FORMATS if each.write)
    assert known in re.sub(r"\s+", " ", command("convert", "--help", "-l", language).out)
    script = command("completion", "fish", "-l", language).out
    assert known[:20] in script
    assert "{formats}" not in script


def test_help_can_be_read_in_ascii() -> None:
    """Boxes are not escaped characters."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    done = subprocess.run(
        [sys.executable, "-m", "tulevaisuus", "check", "--help"],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    assert "\\u" not in done.stdout


@pytest.mark.parametrize("tokens", [None, "", [], "explain", ["explain"]])
def test_help_can_be_printed_from_python(
    tokens: str | list[str] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """The app accepts the arguments of any app of its library."""
    app.help_print(tokens)
    name = "explain" if tokens else "COMMAND"
    assert capsys.readouterr().out.startswith(f"Usage: tulevaisuus {name} ")
