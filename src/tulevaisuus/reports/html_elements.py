"""HTML elements that escape their text, unless it is `Html` already."""

from html import escape

from tulevaisuus.findings.localization import escape_unprintable

__all__ = ["Html", "element", "joined"]


class Html(str):
    """Markup; only `element` and `joined` make it, so text of a document is always escaped."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: str) -> Html:
    """Return an element with its children, of which text is escaped.

    Args:
        name: The name of the element.
        children: What is in it: text, or elements.
        attributes: Its attributes; an underscore at the end keeps a name from being a keyword.

    >>> element("b", "a < b", class_="note")
    '<b class="note">a &lt; b</b>'
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(escape_unprintable(value))}"'
        for key, value in attributes.items()
    )
    return Html(f"<{name}{shown}>{joined(*children)}</{name}>")


def joined(*children: str) -> Html:
    """Return text and elements one after the other, text escaped.

    >>> joined("1 < 2 ", element("b", "!"))
    '1 &lt; 2 <b>!</b>'
    """
    return Html("".join(map(_safe, children)))


def _safe(child: str) -> str:
    return child if isinstance(child, Html) else escape(escape_unprintable(child))
