"""The names of changelog fragments can be read by towncrier."""

import re
import tomllib
from pathlib import Path

import pytest

SETTINGS = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]
TYPES = "|".join(each["directory"] for each in SETTINGS["type"])
NAME = re.compile(rf"(\d+|\+[a-z0-9-]+)\.({TYPES})(\.\d+)?\.md")
FRAGMENTS = sorted(path.name for path in Path("changes").iterdir() if path.name != "README.md")


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_name_consists_of_issue_type_and_number(name: str) -> None:
    """Towncrier would silently misread a second type, or a word in place of the number."""
    assert NAME.fullmatch(name)


def test_the_readme_lists_the_types() -> None:
    """The table there and the settings have the same types."""
    readme = Path("changes/README.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE)
    assert listed == TYPES.split("|")
