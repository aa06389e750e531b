"""How reports and things are shown: what is in the data is shown as it is, and does nothing."""

import contextlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.helpers import document, run_python
from tulevaisuus.cli import main

COLOUR = "\x1b["


@pytest.fixture
def shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return what a check of a document shows."""

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
    """What looks like markup or an emoji's name is data, in ids, in messages and in pointers."""
    out = shown(projects=[{**PROJECT, "id": text, text: 1}, {**PROJECT, "themes": [text]}])
    assert f"  project {text}  /projects/0/{text.replace('/', '~1')}\n" in out
    assert f'code "{text}" is neither' in out


def test_nothing_is_coloured_off_a_terminal(shown: Callable[..., str]) -> None:
    """Where the output is no terminal, there are no colours in it."""
    assert COLOUR not in shown(projects=[{**PROJECT, "regions": ["91", "zzz"], "goals": []}])


def test_long_words_are_not_broken(shown: Callable[..., str]) -> None:
    """An id that is wider than the terminal stays whole, so that it can be copied."""
    out = shown(projects=[{**PROJECT, "id": "x" * 200, "regions": ["91"]}])
    assert f"  project {'x' * 200}" in " ".join(out.split()).replace(" project", "  project")
    assert "x" * 200 in out


@pytest.mark.parametrize("character", ["\x1b", "\n", "\r", "\x07", "\x9b", "\u202e"], ids=ascii)
def test_what_a_terminal_would_obey_is_not_shown(character: str, shown: Callable[..., str]) -> None:
    """Control and bidi characters in field names and in names never reach the terminal raw."""
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


def test_a_key_that_turns_text_around_is_shown_by_its_number(shown: Callable[..., str]) -> None:
    """An id may have a bidi character; where the thing is named, its number is shown."""
    out = shown(projects=[{**PROJECT, "id": "a\u202eb", "regions": ["91"]}])
    assert "  project a\\u202eb  /projects/0/regions/0\n" in out
    assert "\u202e" not in out


def test_any_encoding_will_do() -> None:
    """A terminal that cannot show a letter gets something in its place, not a crash."""
    code = (
        "import io, sys;"
        "sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding='ascii');"
        "from tulevaisuus.cli import main;"
        "code = main(['show', 'regions']);"
        "sys.stdout.flush(); text = sys.stdout.buffer.getvalue();"
        "sys.stdout = sys.__stdout__; print(code, b'Helsinki' in text)"
    )
    assert run_python(code) == "0 True"


def test_output_need_not_be_a_file() -> None:
    """What the command shows can be caught in memory, as a notebook does."""
    with contextlib.redirect_stdout(io.StringIO()) as caught:
        assert main(["show", "goals", "--language", "sv"]) == 0
    assert caught.getvalue().startswith("1  ")


def test_a_file_name_that_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file whose name is not UTF-8 is checked like any other, in every format."""
    name = str(tmp_path / "caf\udce9.json")
    try:
        Path(name).write_text(document(), encoding="utf-8")
    except OSError:  # a file system that takes no such names
        pytest.skip("no such file names here")
    for format in ("text", "json", "sarif", "junit", "markdown"):
        assert main(["check", name, "--format", format]) == 0
        assert "caf" in capsys.readouterr().out


def test_lists_align_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """Names begin in one column, two blanks after the longest key."""
    main(["show", "calls", "--language", "fi"])
    lines = capsys.readouterr().out.splitlines()
    width = max(len(str(call.key)) for call in tul.calls)
    assert [
        (line[:width].rstrip(), line[width : width + 2], line[width + 2 :]) for line in lines
    ] == [(call.id, "  ", call.name.fi) for call in tul.calls]


@pytest.mark.parametrize(
    ("kind", "key", "lines"),
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
def test_values_are_shown_in_words(
    kind: str, key: str, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Days, amounts, lists, sets and numbers of organisations are shown as readers write them."""
    main(["show", kind, key])
    shown_lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line not in shown_lines] == []


def test_values_within_values_have_their_own_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Each note, alias or administration of an object has a line of its own, field by field."""
    main(["show", "project", "etela-pohjanmaa"])
    out = capsys.readouterr().out
    assert (
        "  administrators:\n    - organisation: seinajoki (Seinäjoen kaupunki); period: to 31"
        in out
    )
    assert "\n    - organisation: county-16 (" in out


def test_json_is_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON has letters as they are, control characters escaped, and ends each line once."""
    file = tmp_path / "ä.json"
    file.write_text(document(**{"ä\x1b": 1}), encoding="utf-8")
    main(["check", str(file), "--format", "json"])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "\x1b" not in out
    assert "ä" in out
    assert json.loads(out)["findings"][0]["path"] == "/ä\x1b"
