"""The pages of the documentation in a real browser, as `nox -s docs` has built them."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pages are opened by `nox -s pages`")
pytest.importorskip("axe_playwright_python", reason="pages are opened by `nox -s pages`")

from playwright.sync_api import Browser, Page

from tests.pages.axe_core import violations
from tests.pages.conftest import Opened

SITE = Path("build/docs").resolve()
ALIKE = ("decisions/0", "generated/api-", "generated/rules-", "genindex", "search")
CHOSEN = (  # one of each kind will do
    "decisions/0034",
    "generated/api-reports",
    "generated/rules-6",
    "generated/rules-fi",
    "generated/rules-sv",
)
LOOKS: set[str] = set()
"""The looks of texts that were checked on some page."""

pytestmark = pytest.mark.skipif(
    not (SITE / "index.html").exists(), reason="the site is not built; `nox -s docs` builds it"
)


def main_pages() -> list[str]:
    """Return the names of the pages, but only one of those with the same layout."""
    found = (each.relative_to(SITE).as_posix() for each in SITE.rglob("*.html"))
    return sorted(
        name.removesuffix(".html")
        for name in found
        if not name.startswith("_") and (name.startswith(CHOSEN) or not name.startswith(ALIKE))
    )


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Opened]:
    """Return one offline tab for all pages, which keeps the compiled axe-core."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    events: list[str] = []
    page.on("console", lambda message: events.append(message.text))
    page.on("pageerror", lambda error: events.append(str(error)))
    page.on("request", lambda request: events.append(request.url))
    yield page, events
    context.close()


@pytest.fixture
def page(tab: Opened) -> Page:
    """Return the tab, empty, as wide as a desktop and in light mode."""
    page, events = tab
    page.goto("about:blank")
    page.set_viewport_size({"width": 1100, "height": 900})
    page.emulate_media(color_scheme="light")
    events.clear()
    return page


@pytest.mark.parametrize("name", main_pages())
def test_page_is_accessible(name: str, page: Page, tab: Opened) -> None:
    """axe-core finds nothing in light and dark mode, the console is empty, 320 pixels suffice."""
    events = tab[1]
    page.goto((SITE / f"{name}.html").as_uri())
    assert [each for each in events if not each.startswith("file:")] == []
    assert violations(page, checked=LOOKS) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, of_colours=True, checked=LOOKS) == []  # all else is as in light
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["index", "generated/rules", "fi/tarkistaminen"])
def test_keyboard_focus_follows_the_layout(name: str, page: Page) -> None:
    """The first focus is a link to the text, where each is below or beside the one before."""
    page.goto((SITE / f"{name}.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip-to-content')")
    page.keyboard.press("Enter")
    stops: list[float] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """(e => e.closest("[role=main]") && e.checkVisibility()
                ? e.getBoundingClientRect().top + scrollY : null)(document.activeElement)"""
        )
        if place is None:
            break
        stops.append(place)
    assert len(stops) > 5
    # A line of links in different fonts, and a button in the corner of an example, are beside.
    assert all(later >= before - 60 for before, later in itertools.pairwise(stops))


def test_copied_example_has_no_prompts(page: Page) -> None:
    """The button copies the commands, without prompts and output."""
    page.goto((SITE / "start/developer.html").as_uri())
    page.evaluate("addEventListener('copy', event => { window.copied = event.target.value; })")
    page.locator(".highlight-pycon button.copybtn").first.click()
    copied = str(page.evaluate("window.copied"))
    assert copied.splitlines()[:2] == ["import datetime as dt", "import tulevaisuus as tul"]
    assert "('05', 'Varsinais-Suomi')" not in copied


def test_table_of_rules_can_be_filtered(page: Page) -> None:
    """A word keeps the rows that contain it, and their number is shown."""
    page.goto((SITE / "generated/rules.html").as_uri())
    field = page.locator(".filterable input").first
    rows = page.locator(".filterable tbody tr:visible")
    before = rows.count()
    field.fill("TSK302")
    assert 1 <= rows.count() < before
    assert page.locator(".filterable output").first.inner_text().strip()[0].isdigit()
