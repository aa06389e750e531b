"""A real browser for the tests of pages: Debian's Chromium without a window."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

pytest.importorskip("playwright", reason="pages are opened by `nox -s pages`")

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

Opened: TypeAlias = tuple[Page, list[str]]
Open: TypeAlias = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; without it every test here is skipped."""
    # The program without a window renders the same in two thirds of the processor time.
    programs = map(shutil.which, ("chromium-headless-shell", "chromium"))
    path = os.environ.get("CHROMIUM") or next(filter(None, programs), None)
    if path is None:
        pytest.skip("there is no chromium on the path")
    with sync_playwright() as playwright:
        # As root, as in a container, Chromium does not start with its sandbox.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Return a function that opens an address offline, and returns the page and its events."""
    contexts: list[BrowserContext] = []

    def opened(address: str, *, dark: bool = False, width: int = 1100) -> Opened:
        """Open a page in light or dark mode, in a window of a width."""
        context = browser.new_context(
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": 900},
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        events: list[str] = []
        page.on("console", lambda message: events.append(message.text))
        page.on("pageerror", lambda error: events.append(str(error)))
        page.on("dialog", lambda dialog: events.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: events.append(request.url))
        page.goto(address)
        return page, events

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(visit: Open, tmp_path: Path) -> Open:
    """Return a function that opens HTML as a file, as `visit` opens an address."""

    def opened(html: str, *, dark: bool = False, width: int = 1100) -> Opened:
        """Open a page in light or dark mode, in a window of a width."""
        file = tmp_path / "report.html"
        file.write_text(html, "utf-8")
        return visit(file.as_uri(), dark=dark, width=width)

    return opened
