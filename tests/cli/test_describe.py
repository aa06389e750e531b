"""`tulevaisuus convert` to the description of a data set, with metadata of the publisher."""

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
    ("more", "expected"), [((), "dcat:Dataset"), (("--to", "schema.org"), "Dataset")]
)
def test_data_set_is_described(
    command: Command, tmp_path: Path, more: tuple[str, ...], expected: str
) -> None:
    """It has either vocabulary, and its files."""
    publication, target = tmp_path / "p.toml", tmp_path / "d.jsonld"
    publication.write_text(PUBLICATION, "utf-8")
    outcome = command("convert", VALID, str(target), "--set", f"publication={publication}", *more)
    assert outcome.code == 0, outcome.err
    made = json.loads(target.read_text("utf-8"))
    assert made["@type"] == expected
    assert "2026-11-26" in target.read_text("utf-8")
    assert "https://example.org/avustukset.zip" in target.read_text("utf-8")


def test_publication_file_is_required(command: Command, tmp_path: Path) -> None:
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
def test_invalid_publication_file_is_an_error(
    command: Command, tmp_path: Path, text: bytes, message_part: str
) -> None:
    """The message names the file and the error."""
    publication, target = tmp_path / "p.toml", tmp_path / "d.jsonld"
    publication.write_bytes(text)
    outcome = command("convert", VALID, str(target), "--set", f"publication={publication}")
    assert outcome.code == 1
    assert message_part in outcome.out
    assert "p.toml" in outcome.out
    assert not target.exists()


def test_missing_publication_file_is_an_error(command: Command, tmp_path: Path) -> None:
    """It is named, and nothing is written."""
    outcome = command(
        "convert", VALID, str(tmp_path / "d.jsonld"), "--set", "publication=none.toml"
    )
    assert outcome.code == 2
    assert "none.toml" in outcome.err


def test_publication_is_read_from_toml(tmp_path: Path) -> None:
    """Dates may be TOML dates, lists are lists."""
    publication = tmp_path / "p.toml"
    publication.write_text(PUBLICATION, "utf-8")
    made = read_publication(publication)
    assert (str(made.issued), made.languages) == ("2026-11-26", ("fi", "sv"))
