"""The main pages of the documentation in a real browser, as `nox -s docs` has built them."""

from importlib.resources import files
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pages are opened by `nox -s pages`")
pytest.importorskip("axe_playwright_python", reason="pages are opened by `nox -s pages`")

from tests.pages.conftest import Open

SITE = Path("build/docs").resolve()
NAMES = (
    "index",
    "start/developer",
    "start/official",
    "fi/index",
    "sv/index",
    "reports",
    "facts",
    "generated/rules",
)
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN_AXE = """axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).then(
    found => found.violations.map(each => each.id + ": " + each.nodes[0].html.slice(0, 200)))"""

pytestmark = pytest.mark.skipif(
    not (SITE / "index.html").exists(), reason="the site is not built; `nox -s docs` builds it"
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(name: str, dark: bool, visit: Open) -> None:  # noqa: FBT001 - a parameter
    """No rule of WCAG 2.1 AA is violated, the console is silent, nothing comes from elsewhere."""
    page, heard = visit((SITE / f"{name}.html").as_uri(), dark=dark)
    assert [each for each in heard if not each.startswith("file:")] == []
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
