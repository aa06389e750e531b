"""Texts of the package are plain files, in a folder or in a zip."""

import sys
import zipfile
from pathlib import Path

import pytest

from tulevaisuus._text_files import read_text

SOURCE = Path("src/tulevaisuus")
SHIPPED = sorted(path for path in SOURCE.rglob("*") if path.suffix in {".json", ".toml"})
TEXTS = {"one.json": '{"a": "ä"}', "two.toml": "b = 1\n"}


def make_package(folder: Path, name: str) -> None:
    """Make a package that has a folder of texts."""
    texts = folder / name / "texts"
    texts.mkdir(parents=True)
    (folder / name / "__init__.py").touch()
    for text, content in TEXTS.items():
        (texts / text).write_bytes(content.encode())


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "disk"])
def test_texts_are_read_from_a_folder_and_a_zip_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, zipped: bool
) -> None:
    """The same texts are read from disk and from a zip file."""
    name = f"sample_{zipped}".lower()
    place = tmp_path / "tree"
    make_package(place, name)
    if zipped:
        files = sorted(place.rglob("*.*"))
        place = tmp_path / "tree.zip"
        with zipfile.ZipFile(place, "w") as archive:
            for file in files:
                archive.write(file, file.relative_to(tmp_path / "tree"))
    monkeypatch.setattr(sys, "path", [str(place), *sys.path])
    assert {each: read_text(name, "texts", each) for each in TEXTS} == TEXTS


def test_unknown_text_is_an_os_error() -> None:
    """An unknown name is an `OSError`, as for any file."""
    with pytest.raises(OSError, match=r"nothing\.json"):
        read_text("tulevaisuus.facts", "data", "nothing.json")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_installed_texts_equal_the_source_files(path: Path) -> None:
    """Every text in the source tree is installed unchanged."""
    *packages, folder, name = path.relative_to(SOURCE.parent).parts
    assert read_text(".".join(packages), folder, name) == path.read_bytes().decode()


def test_package_has_texts() -> None:
    """The pattern finds the texts, so that the test above has cases."""
    assert {path.parent.name for path in SHIPPED} >= {"data", "schemas", "texts"}
