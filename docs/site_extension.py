"""Extends the site: links from codes to rules, readable signatures, `llms.txt`."""

from __future__ import annotations

import re
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

import tulevaisuus as tul
from tulevaisuus.model.value import fields_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

RULE = re.compile(r"\bTSK\d{3}\b")
ANNOTATED = re.compile(r"~?(?:\w+\.)*Annotated\[([^\[\],]+), <[^>]*>\]")
PARAMETERS = re.compile(r'<dl>((?:\s*<dd><em class="sig-param">.*?</dd>)+\s*)</dl>', re.DOTALL)
UNLINKED = (nodes.reference, nodes.title, nodes.literal_block, nodes.raw, nodes.target)
LANGUAGES = ("fi", "sv")
TAG = re.compile(r"(<[^>]+>)")
LINK = re.compile(r'<a class="reference internal" href="([^"#]+)\.html">')
WHOLE_LIST = {"collapse": False, "titles_only": True, "maxdepth": -1, "includehidden": True}
"""What Furo asks for."""


class LinkRules(SphinxPostTransform):
    """Link every rule code in text to its rule, except in headings, examples and links."""

    default_priority = 700  # after all other links are resolved

    def run(self, **_options: object) -> None:
        """Replace each text node that contains a code."""
        if self.app.builder.format != "html":
            return
        for text in list(self.document.findall(nodes.Text)):
            if RULE.search(text) and not _is_within(text, UNLINKED):
                text.parent.replace(text, self._with_links(str(text)))

    def _with_links(self, text: str) -> list[nodes.Node]:
        parts: list[nodes.Node] = []
        end = 0
        for match in RULE.finditer(text):
            address = self._address(match[0])
            if address:
                parts += [nodes.Text(text[end : match.start()])]
                parts += [nodes.reference("", match[0], refuri=address, internal=True)]
                end = match.end()
        return [part for part in [*parts, nodes.Text(text[end:])] if part.astext()]

    def _address(self, code: str) -> str | None:
        """Return the relative URL of a rule in the language of this page."""
        here: str = self.env.current_document.docname
        if code not in tul.rulebook:
            return None
        of = next((each for each in LANGUAGES if _language(here) == each), "")
        page = f"generated/rules-{code[3]}" + (f"-{of}" if of else "")
        anchor = code.lower() + (f"-{of}" if of else "")
        return f"{self.app.builder.get_relative_uri(here, page)}#{anchor}"


def _is_within(text: nodes.Text, kinds: tuple[type[nodes.Element], ...]) -> bool:
    node: nodes.Node | None = text.parent
    while node is not None:
        if isinstance(node, kinds):
            return True
        node = node.parent
    return False


def _language(page: str) -> str:
    """Return the language of a page by its name: ``fi/index``, ``generated/rules-3-fi``."""
    return page.partition("/")[0] if page[2:3] == "/" else page[-2:] if page[-3:-2] == "-" else "en"


def finish_page(
    _app: Sphinx, page: str, _template: str, context: dict[str, object], _doc: object
) -> None:
    """Set the language of a page for browsers and screen readers, and mark up parameters as a list.

    Sphinx writes the parameters of a long signature as definitions without terms.
    """
    if _language(page) in LANGUAGES:
        context["language"] = _language(page)
    context["body"] = PARAMETERS.sub(_as_list, str(context.get("body", "")))


def _as_list(parameters: re.Match[str]) -> str:
    items = parameters[1].replace("<dd>", "<li>").replace("</dd>", "</li>")
    return f'<ul class="parameters">{items}</ul>'


class ShortTables:
    """Of the contents of all other pages, only titles and the pages below are kept while writing.

    Furo lists all pages beside each, and Sphinx copies their whole contents for that before it
    leaves the titles alone: with each name of the API, this would take most of the time.
    """

    def __init__(self) -> None:
        """Start without a page."""
        self.full: dict[str, nodes.bullet_list] = {}
        self.short: dict[str, nodes.bullet_list] = {}
        self.page = ""

    def turn_to(self, app: Sphinx, _doctree: nodes.document, page: str) -> None:
        """Give a page that is written next its whole contents, and take them from the last one."""
        tables = app.env.tocs
        if not self.full:
            self.full = dict(tables)
            self.short = {name: _titles_of(table) for name, table in tables.items()}
            tables.update(self.short)
        elif self.page:
            tables[self.page] = self.short[self.page]
        tables[page] = self.full[page]
        self.page = page


def _titles_of(table: nodes.bullet_list) -> nodes.bullet_list:
    from sphinx import addnodes

    titles = table.deepcopy()
    for item in titles:
        if len(item) > 1:
            item[1:] = [nodes.bullet_list("", *item.findall(addnodes.toctree))]
    return titles


class Navigation:
    """The list of all pages is made once; beside each page it has the links from there.

    Sphinx and Furo make it anew for each page, which takes a quarter of the time of a build.
    """

    def __init__(self) -> None:
        """Start without a list."""
        self.parts: list[str] = []
        self.targets: dict[int, str] = {}
        self.marks: dict[str, list[int]] = {}
        self.items: dict[str, int] = {}

    def leave_out(
        self, _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doc: object
    ) -> None:
        """Give Furo an empty list, before it makes one."""
        context["toctree"] = _no_list

    def insert(
        self, app: Sphinx, page: str, _template: str, context: dict[str, Any], _doc: object
    ) -> None:
        """Insert the list, with links from this page, and mark it and the pages above it."""
        builder: Any = app.builder
        if not self.parts:
            self._read(builder._get_local_toctree(app.config.root_doc, **WHOLE_LIST))  # noqa: SLF001 - what `toctree` of a template calls
        parts = list(self.parts)
        for index, target in self.targets.items():
            uri = "#" if target == page else builder.get_relative_uri(page, target)
            parts[index] = f'<a class="reference internal" href="{uri}">'
        for index in self.marks.get(page, []):
            parts[index] = _marked(parts[index], is_page=index == self.items[page])
        context["furo_navigation_tree"] = "".join(parts)

    def _read(self, html: str) -> None:
        """Split a list into its tags, and note which of them a page marks: those around it."""
        from furo.navigation import get_navigation_tree

        self.parts = TAG.split(get_navigation_tree(html))
        around: list[list[int]] = []  # lists and items, and the boxes that open these
        page = ""
        for index, part in enumerate(self.parts):
            if part.startswith(("<ul", "<li")):
                around.append([index])
            elif part in {"</ul>", "</li>"}:
                around.pop()
            elif link := LINK.fullmatch(part):
                page = self.targets[index] = link[1]
                self.marks[page] = [*chain(*around), index]
                self.items[page] = around[-1][0]
            elif part.startswith("<input"):
                around[-1].append(index)
                self.marks[page].append(index)


def _no_list(**_options: object) -> str:
    return ""


def _marked(tag: str, *, is_page: bool) -> str:
    """Mark the tag of a list, an item, a link or a box of the current page or around it."""
    if tag == "<ul>":
        return '<ul class="current">'
    if tag.startswith("<li"):
        tag = re.sub(r"(toctree-l\d)", r"\1 current", tag)
        return tag.replace('">', ' current-page">') if is_page else tag
    if tag.startswith("<input"):
        return tag.replace(" class=", ' checked="" class=')
    return tag.replace('class="', 'class="current ')


def write_llms(app: Sphinx, exception: Exception | None) -> None:
    """Write `llms.txt`: the pages of the site for tools, with the Markdown of each."""
    if exception or app.builder.format != "html":
        return
    lines = ["# tulevaisuus", "", f"> {_first_paragraph(app, 'index')}", ""]
    for caption, pages in _chapters(app):
        lines += [f"## {caption}", ""]
        for page in pages:
            title = app.env.titles[page].astext()
            lines.append(f"- [{title}]({_source(page)}): {_first_paragraph(app, page)}")
        lines.append("")
    Path(app.outdir, "llms.txt").write_text("\n".join(lines), "utf-8")


def _source(page: str) -> str:
    """Return the path of the text of a page: Markdown, or the generated text of the API."""
    return (
        f"{page}.html"
        if "/api-" in page or page.startswith("notebooks/")
        else f"_sources/{page}.md.txt"
    )


def _chapters(app: Sphinx) -> list[tuple[str, list[str]]]:
    """Return the captions of the landing page's lists, and all pages below each."""
    from sphinx import addnodes

    tree = app.env.get_doctree("index")
    return [
        (toctree["caption"] or "Pages", _below(app, [page for _, page in toctree["entries"]]))
        for toctree in tree.findall(addnodes.toctree)
    ]


def _below(app: Sphinx, pages: list[str]) -> list[str]:
    found: list[str] = []
    for page in pages:
        found += [page, *_below(app, app.env.toctree_includes.get(page, []))]
    return found


def _first_paragraph(app: Sphinx, page: str) -> str:
    paragraphs = app.env.get_doctree(page).findall(nodes.paragraph)
    first = next(iter(paragraphs), None)
    return " ".join(first.astext().split()) if first else ""


def readable_signature(
    _app: Sphinx,
    _what: str,
    _name: str,
    value: object,
    _options: object,
    signature: str | None,
    returned: str | None,
) -> tuple[str | None, str | None]:
    """Simplify signatures: fields for our classes, types without annotations for others."""
    if isinstance(value, type) and issubclass(value, tul.Value):
        return _fields(value), None
    return _plain_types(signature), _plain_types(returned)


def _fields(cls: type[tul.Value]) -> str:
    """Write the fields as parameters; the page of classes has their types and meanings."""
    named = {each.name for each in attrs.fields(cls) if each.kw_only}
    parts = {
        spec.name: spec.name if spec.required else f"{spec.name}={_default(spec.default)}"
        for spec in fields_of(cls).values()
    }
    first = [text for name, text in parts.items() if name not in named]
    others = [text for name, text in parts.items() if name in named]
    return f"({', '.join([*first, *(['*'] if others else []), *others])})"


def _default(value: object) -> str:
    """Format a default value as source code."""
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    return "Register()" if isinstance(value, tul.Register) else repr(value)


def _plain_types(signature: str | None) -> str | None:
    """Remove the metadata of annotated types, whose repr contains a memory address."""
    while signature and (shorter := ANNOTATED.sub(r"\1", signature)) != signature:
        signature = shorter
    return signature


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.add_post_transform(LinkRules)
    app.connect("autodoc-process-signature", readable_signature)
    app.connect("html-page-context", finish_page)
    app.connect("doctree-resolved", ShortTables().turn_to)
    navigation = Navigation()
    app.connect("html-page-context", navigation.leave_out, priority=400)  # Furo has 500
    app.connect("html-page-context", navigation.insert, priority=600)
    app.connect("build-finished", write_llms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
