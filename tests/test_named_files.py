"""Files and names that docstrings, comments and pages mention exist."""

import importlib
import re
from pathlib import Path

SOURCE = Path("src/tulevaisuus")
MODULES = sorted(SOURCE.rglob("*.py"))
PAGES = [
    *sorted(Path("docs").rglob("*.md")),
    *map(Path, ("README.md", "CONTRIBUTING.md", "SECURITY.md", "noxfile.py")),
]
TEXTS = {path: path.read_text("utf-8") for path in (*MODULES, *PAGES)}
PACKAGES = "|".join(sorted(path.parent.name for path in SOURCE.glob("*/__init__.py")))

_FILE = re.compile(
    rf"(?<![\w/.-])(?:src/tulevaisuus/)?((?:{PACKAGES})/[\w/*]+\.(?:py|toml|json))\b"
)
_ELSEWHERE = re.compile(
    r"(?<![\w/.-])((?:benchmarks|docs|examples|tests|tools)/[\w/*-]+\.(?:py|md|toml|json|csv))\b"
)
_BESIDE = re.compile(
    r"(?<![\w/.-])((?:severities_and_texts|texts|schemas)/[\w*]+\.(?:toml|json))\b"
)
_ANY_NAME = re.compile(r"(?<=/)[A-Z]+(?=\.)")
_NAME = re.compile(r"`(tulevaisuus(?:\.\w+)+)`")


def resolve(name: str) -> object:
    """Return the module, or the member of one, of a dotted name."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        parent, _, last = name.rpartition(".")
        if not parent:
            raise
        found: object = getattr(resolve(parent), last)
        return found


def missing_in(folder: Path, names: list[str]) -> list[str]:
    """Return the names that lead to no file: ``texts/*.toml`` and ``texts/NAME.toml`` to some."""
    return [name for name in names if not any(folder.glob(_ANY_NAME.sub("*", name)))]


def test_mentioned_files_exist() -> None:
    """A path that begins with one of our packages leads to a file."""
    for path, text in TEXTS.items():
        missing = missing_in(SOURCE, _FILE.findall(text))
        assert (path, missing) == (path, [])


def test_mentioned_files_outside_the_package_exist() -> None:
    """A path in a page or session that begins with a folder of the repository leads to a file."""
    for path in PAGES:
        missing = missing_in(Path(), _ELSEWHERE.findall(TEXTS[path]))
        assert (path, missing) == (path, [])


def test_mentioned_text_files_exist() -> None:
    """A module names the text files of its own package by their folder."""
    for path in MODULES:
        package = SOURCE / path.relative_to(SOURCE).parts[0]
        missing = missing_in(package, _BESIDE.findall(TEXTS[path]))
        assert (path, missing) == (path, [])


def test_mentioned_names_exist() -> None:
    """A dotted name between backticks is a module, or a member of one."""
    for name in {name for text in TEXTS.values() for name in _NAME.findall(text)}:
        resolve(name)


def test_patterns_find_names() -> None:
    """The patterns find files and names, so that the tests above have cases."""
    for pattern in (_FILE, _ELSEWHERE, _BESIDE, _NAME):
        assert sum(len(pattern.findall(text)) for text in TEXTS.values()) > 10


def test_patterns_of_names_lead_to_files() -> None:
    """An asterisk, or a word in capitals, is for any name; one in a wrong folder is found."""
    text = "ours are in ``texts/*.toml``, see severities_and_texts/NAME.toml and texts/nothing.toml"
    named = _BESIDE.findall(text)
    assert named == ["texts/*.toml", "severities_and_texts/NAME.toml", "texts/nothing.toml"]
    assert missing_in(SOURCE / "rules", named) == ["texts/*.toml", "texts/nothing.toml"]
