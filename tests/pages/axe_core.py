"""axe-core in a page: what keeps readers out.

Whether a text can be read on its ground depends on colours, size and weight alone. axe-core checks
that for each element, which takes three quarters of its time; one of each look is enough.
"""

from importlib.resources import files
from typing import cast

from playwright.sync_api import Page

__all__ = ["violations"]

_AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
_ONE_OF_EACH_LOOK = """axe.configure({rules: [{id: "color-contrast", selector: "[data-look]"}]})"""
_RUN = """rules => {
    const grounds = new Map([[null, ""]]);
    const groundOf = element => {
        if (!grounds.has(element)) {
            const style = getComputedStyle(element);
            const {backgroundColor, backgroundImage, opacity, filter, textShadow} = style;
            const own = [backgroundColor, backgroundImage, opacity, filter, textShadow].join();
            grounds.set(element, groundOf(element.parentElement) + own);
        }
        return grounds.get(element);
    };
    const isShown = element => element.checkVisibility({visibilityProperty: true});
    const hasText = element => [...element.childNodes].some(
        node => node.nodeType === Node.TEXT_NODE && node.data.trim()
    ) || element.matches("input, select, textarea, button");
    const looks = new Set();
    for (const element of document.querySelectorAll("body, body *")) {
        element.removeAttribute("data-look");
        if (hasText(element) && isShown(element)) {
            const {color, fontSize, fontWeight} = getComputedStyle(element);
            const look = [color, fontSize, fontWeight, groundOf(element)].join();
            if (!looks.has(look)) element.setAttribute("data-look", "");
            looks.add(look);
        }
    }
    const wanted = {preload: false, resultTypes: ["violations"]};
    const options = {...wanted, ...(rules.length ? {runOnly: rules} : {})};
    return axe.run(document, options).then(found => found.violations.map(
        each => each.id + ": " + each.nodes.map(node => node.html.slice(0, 200)).join(" | ")
    ));
}"""


def violations(page: Page, *rules: str) -> list[str]:
    """Return the violations of rules of axe-core, by default of all, each with its elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
        page.evaluate(_ONE_OF_EACH_LOOK)
    return cast("list[str]", page.evaluate(_RUN, list(rules)))
