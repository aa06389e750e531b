"""The HTML page of a report in a real browser."""

import datetime as dt
import functools
import itertools
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

pytest.importorskip("playwright", reason="pages are opened by `nox -s pages`")
pytest.importorskip("axe_playwright_python", reason="pages are opened by `nox -s pages`")

import tulevaisuus as tul
from tests.helpers import document, read_text
from tests.pages.axe_core import violations
from tests.pages.conftest import Open
from tulevaisuus import funding
from tulevaisuus.cli.plan_page import page_of
from tulevaisuus.cli.plan_reading import Inputs
from tulevaisuus.cli.plan_sentences_and_tables import PlanView
from tulevaisuus.funding import Cost
from tulevaisuus.reports import to_html

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&"


@functools.cache
def broken(language: str = "fi") -> str:
    """Return the page of a document with a dozen errors."""
    reading = tul.read("examples/varsinais-suomi-broken.json")
    return to_html(tul.check(reading), reading.portfolio, language=language)


@functools.cache
def facts() -> str:
    """Return the page of the bundled facts, with their contents."""
    return to_html(tul.check(tul.reference), tul.reference, language="en")


@functools.cache
def many() -> str:
    """Return the page of 3,000 findings."""
    report = tul.check(tul.read("examples/varsinais-suomi-broken.json"))
    found = [
        attrs.evolve(report.findings[each % len(report)], subject=f"grant g{each % 400}")
        for each in range(3000)
    ]
    return to_html(tul.Report.of(found, titles=dict(report.titles)), language="sv")


@functools.cache
def several() -> str:
    """Return the page of several documents, one of which could not be opened."""
    report = tul.check(tul.read("examples/varsinais-suomi.json"))
    return to_html([("a.json", report), ("b.json", report), ("c.json", OSError(2, "no"))])


@functools.cache
def plan() -> str:
    """Return the page of a plan: its chart, wide tables, and a ledger with markup in it."""
    costs = [
        Cost("c1", dt.date(2019, 6, 1), Decimal(5), "varsinais-suomi", "personnel"),
        Cost(
            "c2",
            dt.date(2022, 6, 1),
            Decimal(6_000_000),
            "varsinais-suomi",
            "travel",
            description=HOSTILE,
        ),
        Cost("c3", dt.date(2024, 6, 1), Decimal(7), HOSTILE, "x"),
    ]
    portfolio = tul.load("examples/varsinais-suomi.json")
    made = funding.plan(costs, portfolio)
    inputs = Inputs(portfolio=portfolio, costs=tuple(costs), reports=(), unread=("4",))
    view = PlanView(made, inputs, "fi", None, made.report())
    return page_of(made, view.tables(), "fi", view.words())


PAGES: dict[str, Callable[[], str]] = {
    "broken": broken,
    "facts": facts,
    "many": many,
    "several": several,
    "plan": plan,
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_core_finds_nothing(name: str, dark: bool, open_page: Open) -> None:  # noqa: FBT001 - a parameter
    """Accessibility, with colours and contrast, has no violations; nothing is loaded.

    In dark mode only the colours differ.
    """
    page, events = open_page(PAGES[name](), dark=dark)
    assert events == [page.url]
    assert violations(page, of_colours=dark) == []


def test_axe_core_checks_every_pair_of_colours(open_page: Open) -> None:
    """A pale text among many is found, and so is a dark one on a dark background."""
    texts = "<p>Text</p>" * 50
    pale = "<p style='color: #aaa'>Pale</p>"
    ground = f"<div style='background: #222'><section>{texts}</section></div>"
    hidden = "<p style='color: #bbb; display: none'>Hidden</p>"
    body = f"<main><h1>Title</h1>{texts}{pale}{texts}{ground}{hidden}</main>"
    html = f"<!doctype html><html lang='en'><title>Title</title><body>{body}</body></html>"
    page, _ = open_page(html)
    (found,) = violations(page)
    assert found.startswith("color-contrast: ")
    assert [each.rpartition("<")[0][-4:] for each in found.split(" | ")] == ["Pale", "Text"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1100])
def test_no_page_scrolls_sideways(name: str, width: int, open_page: Open) -> None:
    """Wide tables and pictures scroll by themselves, the page does not."""
    page, _ = open_page(PAGES[name](), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keyboard_can_skip_to_the_content(open_page: Open) -> None:
    """The first focus is a link past the contents."""
    page, _ = open_page(broken())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_keyboard_focus_follows_the_layout(open_page: Open) -> None:
    """Each focus is below or beside the one before, and visible; all can be reached."""
    page, _ = open_page(broken())
    stops: list[float] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(e => e === document.body ? null : e.getBoundingClientRect().top + scrollY)"
            "(document.activeElement)"
        )
        if place is None:
            break
        stops.append(place)
    assert len(stops) > 40
    # Links in one line differ by a pixel or two, as their fonts do.
    assert all(later >= before - 12 for before, later in itertools.pairwise(stops[1:]))


def test_section_opens_and_closes_with_the_keyboard(open_page: Open) -> None:
    """It is a button for a screen reader and for the keyboard."""
    page, _ = open_page(broken())
    part = page.locator("details").first
    assert part.get_attribute("open") is None
    part.locator("summary").press("Enter")
    assert part.get_attribute("open") is not None


def test_findings_can_be_downloaded(open_page: Open, tmp_path: Path) -> None:
    """The link downloads a table, without a network."""
    page, _ = open_page(broken())
    with page.expect_download() as caught:
        page.locator("a[download]").first.click()
    target = tmp_path / "downloaded.csv"
    caught.value.save_as(target)
    assert caught.value.suggested_filename == "havainnot.csv"
    assert len(target.read_text("utf-8-sig").splitlines()) == 18


def test_hostile_document_runs_no_script(open_page: Open) -> None:
    """Its names are text in the page, in its pictures and in its links."""
    project = {"id": "p", "name": {"fi": HOSTILE}, "regions": [HOSTILE], "goals": []}
    grant = {"id": HOSTILE, "call": HOSTILE, "project": "p", "status": "granted"}
    reading = read_text(document(projects=[project], grants=[grant]))
    html = to_html(tul.check(reading), reading.portfolio, name=HOSTILE)
    page, events = open_page(html)
    assert events == [page.url]
    assert page.evaluate("document.scripts.length + document.images.length") == 0


def test_page_of_three_thousand_findings_opens_fast(open_page: Open) -> None:
    """It is there within seconds, also on a slow machine, and counts what is cut."""
    page, _ = open_page(many())
    timing = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    assert page.evaluate(timing) < 5000
    assert "av sammanlagt 3000" in page.inner_text("main")


def test_printed_page_shows_closed_sections(open_page: Open) -> None:
    """Closed sections are open in print, and the contents are left out."""
    page, _ = open_page(many())
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator(".findings > li").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize(("name", "width"), [("plan", 1032), ("broken", 680), ("facts", 680)])
def test_printed_tables_are_not_cut(name: str, width: int, open_page: Open) -> None:
    """No table is wider than the paper, which cannot scroll: a plan is printed across it."""
    page, _ = open_page(PAGES[name](), width=width)
    page.emulate_media(media="print")
    surplus = "[...document.querySelectorAll('table')].map("
    surplus += "each => each.getBoundingClientRect().right - document.body.clientWidth)"
    assert max(page.evaluate(surplus)) <= 0
    across = "size:A4 landscape" in PAGES[name]()
    assert across == (width > 1000)
