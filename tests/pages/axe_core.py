"""axe-core in a page: violations of accessibility rules.

The contrast of a text depends on colours, size and weight alone. axe-core checks it for each
element, which takes three quarters of its time; one element of each look is enough.
"""

from importlib.resources import files
from typing import cast

from playwright.sync_api import Page

__all__ = ["violations"]

_AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
_COLOURS = ("color-contrast", "link-in-text-block")
_ONE_OF_EACH_LOOK = """axe.configure({rules: [{id: "color-contrast", selector: "[data-look]"}]})"""
_MARK = """checked => {
    const TRANSPARENT = "rgba(0, 0, 0, 0),none,1,none,none";
    const grounds = new Map([[null, ""]]);
    const groundOf = element => {
        if (!grounds.has(element)) {
            const style = getComputedStyle(element);
            const {backgroundColor, backgroundImage, opacity, filter, textShadow} = style;
            const own = [backgroundColor, backgroundImage, opacity, filter, textShadow].join();
            const shown = own === TRANSPARENT ? "" : own + ";";
            grounds.set(element, groundOf(element.parentElement) + shown);
        }
        return grounds.get(element);
    };
    const isShown = element => element.checkVisibility({visibilityProperty: true});
    const hasText = element => [...element.childNodes].some(
        node => node.nodeType === Node.TEXT_NODE && node.data.trim()
    ) || element.matches("input, select, textarea, button");
    const known = new Set(checked);
    const looks = new Set();
    for (const element of document.querySelectorAll("body, body *")) {
        element.removeAttribute("data-look");
        if (hasText(element) && isShown(element)) {
            const {color, fontSize, fontWeight, textDecoration} = getComputedStyle(element);
            const around = element.matches("a") && getComputedStyle(element.parentElement).color;
            const look = [color, fontSize, fontWeight, textDecoration, around, groundOf(element)];
            const text = look.join();
            if (!known.has(text) && !looks.has(text)) {
                element.setAttribute("data-look", "");
                looks.add(text);
            }
        }
    }
    return [...looks];
}"""
_RUN = """rules => {
    const wanted = {preload: false, resultTypes: ["violations"]};
    const options = {...wanted, ...(rules.length ? {runOnly: rules} : {})};
    return axe.run(document, options).then(found => found.violations.map(
        each => each.id + ": " + each.nodes.map(node => node.html.slice(0, 200)).join(" | ")
    ));
}"""


def violations(
    page: Page, *, of_colours: bool = False, checked: set[str] | None = None
) -> list[str]:
    """Return the violations of axe-core's rules, by default of all, each with its elements."""
    known: set[str] = set() if checked is None else checked
    looks: list[str] = page.evaluate(_MARK, sorted(known))
    known.update(looks)
    if of_colours and not looks:
        return []
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
        page.evaluate(_ONE_OF_EACH_LOOK)
    return cast("list[str]", page.evaluate(_RUN, list(_COLOURS) if of_colours else []))
