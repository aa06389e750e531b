"""HTML elements that escape their text, unless it is `Html` already."""

from html import escape

from tulevaisuus.findings.localization import escape_unprintable

__all__ = ["Html", "element", "joined"]


class Html(str):
    """Escaped markup. Only `element` and `joined` make it from text, so text is always escaped."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: str) -> Html:
    """Return an element with its children; text among them is escaped.

    Args:
        name: The name of the element.
        children: Text or elements.
        attributes: Its attributes. `class` is a keyword of Python: write ``class_``.

    >>> element("b", "a < b", class_="note")
    '<b class="note">a &lt; b</b>'
    """
    attribute_text = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(escape_unprintable(value))}"'
        for key, value in attributes.items()
    )
    return Html(f"<{name}{attribute_text}>{joined(*children)}</{name}>")


def joined(*children: str) -> Html:
    """Join text and elements; text is escaped.

    >>> joined("1 < 2 ", element("b", "!"))
    '1 &lt; 2 <b>!</b>'
    """
    return Html("".join(map(_escape_text, children)))


def _escape_text(child: str) -> str:
    return child if isinstance(child, Html) else escape(escape_unprintable(child))
