"""Usage: help, versions, and messages on wrong arguments."""

import re
from pathlib import Path

import pytest
from cyclopts import CycloptsError

import tulevaisuus as tul
from tests.cli.command import VALID, Command
from tulevaisuus.cli.app import app
from tulevaisuus.cli.usage_errors import usage_lines
from tulevaisuus.findings import LANGUAGES

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(name for name in app if not name.startswith("-"))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("chekc",), 'there is no command "chekc"; did you mean check? The commands are check, '),
        (
            ("zzzzzz",),
            'there is no command "zzzzzz"; the commands are check, completion, convert, ',
        ),
        (("check", "--langauge", "fi"), 'there is no option "--langauge"; did you mean --language'),
        (("check", "--zzzzzzzz"), 'there is no option "--zzzzzzzz"\n'),
        (
            ("check", "--language", "de"),
            '--language: the value "de" is not valid; choose one of fi',
        ),
        (("check", "--format", "yaml"), '--format: the value "yaml" is not valid; choose one of '),
        (("--verson",), 'there is no option "--verson"; did you mean --version?\n'),
        (("--foo",), 'there is no option "--foo"\n'),
        (("check", "--limit", "x"), '--limit: the value "x" is not valid; write a whole '),
        (("check", "--limit", "1.9"), '--limit: the value "1.9" is not valid; write a whole '),
        (("check", "--limit", "0x10"), '--limit: the value "0x10" is not valid; write a whole '),
        (("check", "--in-memory", "-1"), '--in-memory: the value "-1" is not valid; write '),
        (("check", "--in-memory", "0.5"), '--in-memory: the value "0.5" is not valid; write '),
        (("check", "--language"), "--language needs a value"),
        (("check", "-f", "json", "-f", "text"), "-f is given more than once"),
        (("show",), "missing: what to show, for example regions (WHAT in the help)"),
        (("explain",), "missing: the code or slug of a rule (RULE in the help)"),
        (("completion", "csh"), 'SHELL: the value "csh" is not valid; choose one of bash, zsh, '),
        (("schema", "grant", "call"), 'this was not expected: "call"'),
        (("show", "regions", "--language", "DE"), '--language: the value "DE" is not valid; '),
        (("check", "--statistics=maybe"), "--statistics: "),
        (("show", "regions", "--key", "05"), 'there is no option "--key"\n'),
    ],
    ids=" ".join,
)
def test_usage_error(arguments: tuple[str, ...], complaint: str, command: Command) -> None:
    """An invalid argument is named on standard error, with the command for help."""
    outcome = command(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(complaint)
    known = arguments[0] if arguments[0] in COMMANDS else ""
    assert outcome.err.endswith(f"\nhelp: tulevaisuus {known} --help\n".replace("  ", " "))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fi",
            "valitsinta ”--selct” ei ole; tarkoititko --select?\nohje: tulevaisuus check --help\n",
        ),
        (
            "sv",
            "flaggan ”--selct” finns inte; menade du --select?\nhjälp: tulevaisuus check --help\n",
        ),
    ],
)
def test_usage_error_is_in_the_language(language: str, expected: str, command: Command) -> None:
    """The language may be given on the same command line."""
    assert command("check", "--selct", "x", "-l", language).err == expected
    assert command("check", f"--language={language}", "--selct").err == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "komentoa ei ymmärretty: odd\\u001b"),
        ("sv", "kommandot förstods inte: odd\\u001b"),
        ("en", "the command was not understood: odd\\u001b"),
    ],
)
def test_other_parser_error_is_passed_on(language: str, text: str) -> None:
    """An error without a translation has the text of the parser, escaped."""
    error = CycloptsError(msg="odd\x1b")
    help_line = {"fi": "ohje", "sv": "hjälp", "en": "help"}[language]
    assert list(usage_lines(error, language, COMMANDS)) == [
        text,
        f"{help_line}: tulevaisuus --help",
    ]


@pytest.mark.parametrize("arguments", [(), ("--help",), *((each, "--help") for each in COMMANDS)])
def test_help(arguments: tuple[str, ...], command: Command) -> None:
    """Every command has a usage line with its arguments, and an example that works."""
    outcome = command(*arguments)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Usage: tulevaisuus ")
    assert "[ARGS...]" not in outcome.out
    # A command to copy is never broken.
    lines = [each for each in outcome.out.splitlines() if not each.startswith("  tulevaisuus ")]
    assert all(len(line) <= 80 for line in lines)
    epilogue = outcome.out.partition("Examples:")[2]
    examples = re.findall(r"^  tulevaisuus (\w+)", epilogue, re.MULTILINE)
    assert examples
    assert set(examples) <= set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_listed(language: str, command: Command) -> None:
    """It is in suggestions, in the help, in the completion and on the pages."""
    mistyped = command("chekc", "--language", language).err.splitlines()[0]
    assert mistyped.endswith(" ".join(f"{each}," for each in COMMANDS)[:-1])
    folder = ROOT / "docs" / language if language != "en" else ROOT / "docs"
    files = [*folder.rglob("*.md"), ROOT / "README.md"] if language == "en" else folder.glob("*.md")
    pages = "".join(path.read_text("utf-8") for path in files)
    scripts = [command("completion", shell).out for shell in ("bash", "zsh", "fish")]
    for each in COMMANDS:
        assert re.search(rf"^  {each} ", command("--help").out, re.MULTILINE), each
        assert f"tulevaisuus {each}" in pages, each
        assert all(re.search(rf"\b{each}\b", script) for script in scripts), each


@pytest.mark.parametrize(
    ("name", "words"), [("check", "[FILE...]"), ("explain", "RULE..."), ("show", "WHAT [KEY...]")]
)
def test_usage_lines_name_the_arguments(name: str, words: str, command: Command) -> None:
    """The first line of the help is enough to know the arguments."""
    first = command(name, "-h").out.splitlines()[0]
    assert first == f"Usage: tulevaisuus {name} [OPTIONS] {words}"


@pytest.mark.parametrize("columns", ["0", "1", "2", "99999999", "x", ""])
def test_any_width_is_supported(
    columns: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Help is readable at any width of the terminal, and fast."""
    monkeypatch.setenv("COLUMNS", columns)
    out = command("check", "--help").out
    widths = [len(line) for line in out.splitlines()]
    assert 38 <= max(widths) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_versions(language: str, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library, the facts and the document format have their own versions."""
    monkeypatch.setenv("TULEVAISUUS_LANGUAGE", language)
    outcome = command("--version")
    assert (outcome.code, outcome.err) == (0, "")
    versions = (tul.__version__, tul.FACTS_VERSION.isoformat(), tul.FORMAT_VERSION)
    assert tuple(line.split()[-1] for line in outcome.out.splitlines()) == versions
    assert outcome.out.startswith(f"tulevaisuus {tul.__version__}\n")


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x9b", "\u202e"], ids=ascii)
def test_wrong_arguments_are_escaped(character: str, command: Command) -> None:
    """No error message has control characters of an argument."""
    trap = f"a{character}]0;x"
    for arguments in (
        (trap,),
        ("check", f"--{trap}"),
        ("check", "--language", trap),
        ("check", trap),
        ("check", "--select", trap),
        ("show", trap),
        ("show", "region", trap),
        ("show", "regions", "--on", trap),
        ("explain", trap),
        ("schema", trap),
        ("schema", "grant", trap),
    ):
        outcome = command(*arguments)
        assert outcome.code == 2
        assert character not in outcome.out + outcome.err
        assert f"\\u{ord(character):04x}" in outcome.out + outcome.err


@pytest.mark.parametrize(
    ("word", "language"),
    [
        (word, language)
        for language, words in {
            "fi": ("suomi", "finska", "finnish", "FI", "fi-FI"),
            "sv": ("ruotsi", "Svenska", "swedish", "sv_FI.UTF-8"),
            "en": ("englanti", "engelska", "english", "en_GB"),
        }.items()
        for word in words
    ],
)
def test_language_may_be_given_by_its_name(
    word: str, language: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of languages and locales are accepted by the option and the variable."""
    for arguments in (("show", "region", "05"), ("show", "regionz"), ("chekc",)):
        expected = command(*arguments, "-l", language)
        assert command(*arguments, "-l", word) == expected
        assert command(*arguments, f"--language={word}") == expected
        with monkeypatch.context() as patch:
            patch.setenv("TULEVAISUUS_LANGUAGE", word)
            assert command(*arguments) == expected


def test_missing_file_is_reported_before_its_options(command: Command) -> None:
    """A pattern that no file matches has no format that could be named."""
    outcome = command("check", "nowhere/*.parquet", "--as", "grants")
    assert outcome.code == 2
    assert "there is no such file" in outcome.out
    assert "--as" not in outcome.out + outcome.err


def test_misspelt_field_of_a_value_is_suggested(command: Command, tmp_path: Path) -> None:
    """The class of the rows is unknown, so the fields of all classes are searched."""
    table = tmp_path / "a.csv"
    table.write_text("Tunnus;Hanke\n1;2\n", "utf-8")
    outcome = command("check", str(table), "--set", "cal=x")
    assert (outcome.code, outcome.err) == (2, 'there is no field "cal"; did you mean call?\n')


def test_unused_option_names_the_formats_that_use_it(command: Command) -> None:
    """The class of rows, given for a document, is an error."""
    outcome = command("check", str(ROOT / "pyproject.toml"), "--as", "grants", "-l", "fi")
    assert outcome.code == 2
    assert "jätä ne pois (niitä käyttävät muodot jsonl, csv" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("check", VALID, "--output", ""), "--output"),
        (("check", ""), "FILE"),
        (("convert", VALID, ""), "OUT"),
        (("report", VALID, "-o", ""), "--output"),
    ],
)
def test_empty_name_is_an_error(arguments: tuple[str, ...], name: str, command: Command) -> None:
    """The error names the argument."""
    outcome = command(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f'{name}: the value "" is not valid\n'


@pytest.mark.parametrize("format", ["json", "sarif", "junit", "markdown", "html"])
def test_statistics_are_text_only(format: str, command: Command) -> None:
    """With another format the option is an error."""
    outcome = command("check", VALID, "--statistics", "--format", format)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"--statistics is only for text; the format {format} has ")
