"""`tulevaisuus convert` to the description of a data set, with what its publisher says."""

import json
from pathlib import Path

import pytest

from tests.cli.command import VALID, Command
from tulevaisuus.exchange import read_publication

PUBLICATION = """
title = { fi = "Avustukset", sv = "Understöd" }
description = { fi = "Ohjelman avustukset." }
issued = 2026-11-26
languages = ["fi", "sv"]

[[distributions]]
url = "https://example.org/avustukset.zip"
"""


@pytest.mark.parametrize(
    ("more", "kind"), [((), "dcat:Dataset"), (("--to", "schema.org"), "Dataset")]
)
def test_a_data_set_is_described(
    command: Command, tmp_path: Path, more: tuple[str, ...], kind: str
) -> None:
    """In either vocabulary, with its files."""
    said, target = tmp_path / "p.toml", tmp_path / "d.jsonld"
    said.write_text(PUBLICATION, "utf-8")
    outcome = command("convert", VALID, str(target), "--set", f"publication={said}", *more)
    assert outcome.code == 0, outcome.err
    made = json.loads(target.read_text("utf-8"))
    assert made["@type"] == kind
    assert "2026-11-26" in target.read_text("utf-8")
    assert "https://example.org/avustukset.zip" in target.read_text("utf-8")


def test_without_a_publisher_nothing_is_written(command: Command, tmp_path: Path) -> None:
    """The message names the option."""
    target = tmp_path / "d.jsonld"
    outcome = command("convert", VALID, str(target))
    assert outcome.code == 1
    assert "--set publication=" in outcome.out
    assert not target.exists()


@pytest.mark.parametrize(
    ("text", "message_part"),
    [
        (b"\xff\xfe\xff", "UTF-8"),
        (b"title = ", "TOML"),
        (b'title = { fi = "x" }', "description"),
        (PUBLICATION.replace("2026-11-26", "2026-11-26T10:00:00").encode(), "issued"),
        (PUBLICATION.replace("issued", "isued").encode(), "isued"),
    ],
)
def test_a_wrong_file_is_named(
    command: Command, tmp_path: Path, text: bytes, message_part: str
) -> None:
    """And what is wrong in it."""
    said, target = tmp_path / "p.toml", tmp_path / "d.jsonld"
    said.write_bytes(text)
    outcome = command("convert", VALID, str(target), "--set", f"publication={said}")
    assert outcome.code == 1
    assert message_part in outcome.out
    assert "p.toml" in outcome.out
    assert not target.exists()


def test_a_file_that_is_not_there(command: Command, tmp_path: Path) -> None:
    """It is named, and nothing is written."""
    outcome = command(
        "convert", VALID, str(tmp_path / "d.jsonld"), "--set", "publication=none.toml"
    )
    assert outcome.code == 2
    assert "none.toml" in outcome.err


def test_a_publication_is_read(tmp_path: Path) -> None:
    """Days may be days of TOML, lists are lists."""
    said = tmp_path / "p.toml"
    said.write_text(PUBLICATION, "utf-8")
    made = read_publication(said)
    assert (str(made.issued), made.languages) == ("2026-11-26", ("fi", "sv"))
