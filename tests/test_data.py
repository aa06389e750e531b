"""Texts of the package are read from folders or from packs, and nobody can tell which."""

import json
import lzma
import sys
import zipfile
from pathlib import Path

import pytest

from tulevaisuus._data import read_text

TEXTS = {"one.json": '{"a": "ä"}', "two.toml": "b = 1\n"}


def make_package(folder: Path, name: str, *, packed: bool) -> None:
    """Make a package with a folder of texts, or with the pack that a wheel has in its place."""
    texts = folder / name / "texts"
    texts.mkdir(parents=True)
    (folder / name / "__init__.py").touch()
    for text, content in TEXTS.items():
        (texts / text).write_text("" if packed else content, "utf-8")
    if packed:
        named = {f"texts/{text}": content for text, content in TEXTS.items()}
        data = json.dumps(named, ensure_ascii=False).encode()
        (folder / name / "data.xz").write_bytes(lzma.compress(data))


@pytest.mark.parametrize("packed", [True, False], ids=["pack", "folder"])
@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "disk"])
def test_the_same_texts_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, packed: bool, zipped: bool
) -> None:
    """A pack and a folder give the same texts, on disk and in a zip."""
    name = f"sample_{packed}_{zipped}".lower()
    make_package(tmp_path / "tree", name, packed=packed)
    place = tmp_path / "tree"
    if zipped:
        place = tmp_path / "tree.zip"
        with zipfile.ZipFile(place, "w") as archive:
            for file in sorted((tmp_path / "tree").rglob("*.*")):
                archive.write(file, file.relative_to(tmp_path / "tree"))
    monkeypatch.setattr(sys, "path", [str(place), *sys.path])
    assert {each: read_text(name, "texts", each) for each in TEXTS} == TEXTS


def test_a_text_that_is_nowhere() -> None:
    """A name that is in neither is an error of the file system, as for any file."""
    with pytest.raises(OSError, match=r"nothing\.json"):
        read_text("tulevaisuus.facts", "data", "nothing.json")
