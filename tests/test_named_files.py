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

_FILE = re.compile(rf"(?<![\w/.-])(?:src/tulevaisuus/)?((?:{PACKAGES})/[\w/]+\.(?:py|toml|json))\b")
_ELSEWHERE = re.compile(
    r"(?<![\w/.-])((?:benchmarks|docs|examples|tests|tools)/[\w/-]+\.(?:py|md|toml|json|csv))\b"
)
_BESIDE = re.compile(
    r"(?<![\w/.-])((?:severities_and_texts|texts|schemas)/[a-z0-9_]+\.(?:toml|json))\b"
)
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


def test_mentioned_files_exist() -> None:
    """A path that begins with one of our packages leads to a file."""
    for path, text in TEXTS.items():
        missing = [name for name in _FILE.findall(text) if not (SOURCE / name).is_file()]
        assert (path, missing) == (path, [])


def test_mentioned_files_outside_the_package_exist() -> None:
    """A path in a page or session that begins with a folder of the repository leads to a file."""
    for path in PAGES:
        missing = [name for name in _ELSEWHERE.findall(TEXTS[path]) if not Path(name).is_file()]
        assert (path, missing) == (path, [])


def test_mentioned_text_files_exist() -> None:
    """A module names the text files of its own package by their folder."""
    for path in MODULES:
        package = SOURCE / path.relative_to(SOURCE).parts[0]
        named = _BESIDE.findall(TEXTS[path])
        assert (path, [name for name in named if not (package / name).is_file()]) == (path, [])


def test_mentioned_names_exist() -> None:
    """A dotted name between backticks is a module, or a member of one."""
    for name in {name for text in TEXTS.values() for name in _NAME.findall(text)}:
        resolve(name)


def test_patterns_find_names() -> None:
    """The patterns find files and names, so that the tests above have cases."""
    for pattern in (_FILE, _ELSEWHERE, _BESIDE, _NAME):
        assert sum(len(pattern.findall(text)) for text in TEXTS.values()) > 10
