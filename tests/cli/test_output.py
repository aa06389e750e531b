"""Output of data: it is shown unchanged, escaped where a terminal would act on it."""

import contextlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.cli.command import BROKEN
from tests.helpers import document, run_python
from tulevaisuus.cli import main

COLOUR = "\x1b["


@pytest.fixture
def shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that returns the output of a check of a document."""

    def show(*, language: str = "en", **members: object) -> str:
        file = tmp_path / "document.json"
        file.write_text(document(**members), encoding="utf-8")
        main(["check", str(file), "--language", language])
        return capsys.readouterr().out

    return show


PROJECT: dict[str, object] = {"id": "hanke-1", "name": {"fi": "Esimerkki"}, "regions": ["05"]}


@pytest.mark.parametrize(
    "text", ["[red]x[/red]", "[/]", "[link=https://example.org]x", ":smile:", r"\[bold]", "[[x]]"]
)
def test_markup_in_data_is_shown(text: str, shown: Callable[..., str]) -> None:
    """What looks like markup or the name of an emoji is data, in ids, messages and paths."""
    out = shown(projects=[{**PROJECT, "id": text, text: 1}, {**PROJECT, "themes": [text]}])
    assert f"  project {text}  /projects/0/{text.replace('/', '~1')}\n" in out
    assert f'code "{text}" is neither' in out


def test_no_colours_without_a_terminal(shown: Callable[..., str]) -> None:
    """If the output is not a terminal, it has no colours."""
    assert COLOUR not in shown(projects=[{**PROJECT, "regions": ["91", "zzz"], "goals": []}])


class Terminal(io.StringIO):
    """A standard output that is a terminal."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


def written_to(out: io.StringIO, *arguments: str) -> str:
    """Run the command with this standard output, and return what was written."""
    with contextlib.redirect_stdout(out):
        main(arguments)
    return out.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("check", BROKEN), ("explain", "TSK302"), ("show", "region", "05", "-l", "sv")],
    ids=" ".join,
)
def test_terminal_gets_the_same_text_with_colours(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal gets codes of colours, and nothing else is different."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain = written_to(io.StringIO(), *arguments)
    coloured = written_to(Terminal(), *arguments)
    assert COLOUR in coloured
    assert COLOUR not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


@pytest.mark.parametrize("name", ["FORCE_COLOR", "TTY_COMPATIBLE"])
def test_environment_can_ask_for_colours(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs of continuous integration can have colours, although they are no terminals."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(name, "1")
    assert COLOUR in written_to(io.StringIO(), "explain", "TSK302")


def test_empty_variable_asks_for_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable without a value asks for nothing."""
    monkeypatch.setenv("FORCE_COLOR", "")
    assert COLOUR not in written_to(io.StringIO(), "explain", "TSK302")


def test_long_words_are_not_broken(shown: Callable[..., str]) -> None:
    """An id wider than the terminal can be copied."""
    out = shown(projects=[{**PROJECT, "id": "x" * 200, "regions": ["91"]}])
    assert f"  project {'x' * 200}" in " ".join(out.split()).replace(" project", "  project")
    assert "x" * 200 in out


@pytest.mark.parametrize("character", ["\x1b", "\n", "\r", "\x07", "\x9b", "\u202e"], ids=ascii)
def test_control_characters_are_escaped(character: str, shown: Callable[..., str]) -> None:
    """Control and bidi characters in field names and names are not written raw."""
    trap = f"a{character}[31mb"
    organisation = {"id": "o1", "name": {"fi": trap}, "kind": "city", "region": "05"}
    administration = {"organisation": "o1", "period": {"end": "2023-12-31"}}
    out = shown(
        organisations=[organisation],
        projects=[{**PROJECT, "administrations": [administration]}, {trap: 1}],
        **{trap: 1},
    )
    assert "TSK310" in out
    assert trap not in out


def test_bidi_character_in_a_key_is_escaped(shown: Callable[..., str]) -> None:
    """Where the entity is named, its code point is shown."""
    out = shown(projects=[{**PROJECT, "id": "a\u202eb", "regions": ["91"]}])
    assert "  project a\\u202eb  /projects/0/regions/0\n" in out
    assert "\u202e" not in out


def test_any_encoding_is_supported() -> None:
    """A letter that the encoding lacks is replaced, without an error."""
    code = (
        "import io, sys;"
        "sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding='ascii');"
        "from tulevaisuus.cli import main;"
        "code = main(['show', 'regions']);"
        "sys.stdout.flush(); text = sys.stdout.buffer.getvalue();"
        "sys.stdout = sys.__stdout__; print(code, b'Helsinki' in text)"
    )
    assert run_python(code) == "0 True"


def test_output_may_be_in_memory() -> None:
    """Output can be captured, as notebooks do."""
    with contextlib.redirect_stdout(io.StringIO()) as caught:
        assert main(["show", "goals", "--language", "sv"]) == 0
    assert caught.getvalue().startswith("1  ")


def test_file_name_that_is_not_utf8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is checked like any other, in every format."""
    name = str(tmp_path / "caf\udce9.json")
    try:
        Path(name).write_text(document(), encoding="utf-8")
    except OSError:  # a file system without such names
        pytest.skip("no such file names here")
    for format in ("text", "json", "sarif", "junit", "markdown"):
        assert main(["check", name, "--format", format]) == 0
        assert "caf" in capsys.readouterr().out


def test_lists_align_names(capsys: pytest.CaptureFixture[str]) -> None:
    """Names begin in one column, two spaces after the longest key."""
    main(["show", "calls", "--language", "fi"])
    lines = capsys.readouterr().out.splitlines()
    width = max(len(str(call.key)) for call in tul.calls)
    assert [
        (line[:width].rstrip(), line[width : width + 2], line[width + 2 :]) for line in lines
    ] == [(call.id, "  ", call.name.fi) for call in tul.calls]


@pytest.mark.parametrize(
    ("register", "key", "lines"),
    [
        (
            "call",
            "shc-2021",
            [
                "  cost period: 1 January 2021 to 31 December 2023",
                "  maximum amount: €141,000,000",
                "  precision of the granted amount: rounded",
                "  own contribution required: no",
            ],
        ),
        (
            "region",
            "05",
            [
                "  notes:",
                "  bilingual: yes",
            ],
        ),
        ("service", "mental_health_and_substance_abuse", ["  sectors: healthcare, social welfare"]),
        ("organisation", "turku", ["  business id: 0204819-8"]),
    ],
    ids=["call", "region", "service", "organisation"],
)
def test_values_are_localized(
    register: str, key: str, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Dates, amounts, lists, sets and numbers of organisations are shown for readers."""
    main(["show", register, key])
    shown_lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line not in shown_lines] == []


def test_nested_values_have_their_own_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Each note, alias or administration has a line of its own."""
    main(["show", "project", "etela-pohjanmaa"])
    out = capsys.readouterr().out
    assert (
        "  administrators:\n    - organisation: seinajoki (Seinäjoen kaupunki); period: to 31"
        in out
    )
    assert "\n    - organisation: county-16 (" in out


def test_json_is_not_escaped_needlessly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Letters are unchanged, control characters escaped, and each line ends once."""
    file = tmp_path / "ä.json"
    file.write_text(document(**{"ä\x1b": 1}), encoding="utf-8")
    main(["check", str(file), "--format", "json"])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "\x1b" not in out
    assert "ä" in out
    assert json.loads(out)["findings"][0]["path"] == "/ä\x1b"
