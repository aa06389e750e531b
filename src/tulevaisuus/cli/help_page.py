"""The pages of ``--help``, in the language of the user.

They have no boxes, so that they can be read at any width and in any encoding.
"""

import functools
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cyclopts import App
from cyclopts.argument import Argument

from tulevaisuus.cli import output
from tulevaisuus.cli.command_language import error_language
from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.reports.styled_lines import Line, styled_line

__all__ = [
    "Page",
    "TranslatedApp",
    "command_names",
    "page_lines",
    "texts_by_english",
    "with_formats",
    "word",
    "written_formats",
]

_MIN_COLUMN, _MAX_COLUMN = 6, 28
"""Descriptions begin at a column within these limits; a longer name has its own line."""

_NARROW = 60
"""Below this width, descriptions are on the lines below the names."""


class Page(NamedTuple):
    """What a page of help is about, in which language, and how wide it may be."""

    app: App
    command: App
    language: str
    width: int


class TranslatedApp(App):
    """The app; the help of it and of its commands is in the language of the user."""

    def help_print(
        self,
        tokens: str | Iterable[str] | None = None,
        *,
        console: object = None,  # noqa: ARG002 - part of the interface
    ) -> None:
        """Print the help on the command that the tokens name; ``console`` is not used."""
        words = [tokens] if isinstance(tokens, str) else [*(tokens or ())]
        command = self.parse_commands(words)[1][-1]
        page = Page(self, command, error_language(words), output.width())
        output.print_lines(page_lines(page))


def command_names(app: App) -> list[str]:
    """Return the names of the commands; the app lists options such as ``--help`` with them."""
    return sorted(name for name in app if not name.startswith("-"))


def written_formats() -> str:
    """Return the names of the formats that can be written, with commas."""
    from tulevaisuus.exchange.formats_registry import FORMATS  # only the help of `convert` needs it

    return ", ".join(each.name for each in FORMATS if each.write)


def page_lines(page: Page) -> Iterator[Line]:
    """Return the help on one command, or on all if ``page.command`` is the whole app."""
    yield styled_line(_usage(page), "summary")
    for paragraph in page.command.help.split("\n\n"):
        yield Line("")
        yield from map(Line, textwrap.wrap(_localize(paragraph, page.language), page.width))
    for title, entries in _sections(page).items():
        yield Line("")
        yield styled_line(word(title, page.language), "summary")
        yield from _entry_lines(entries, page.width)
    yield Line("")
    yield styled_line(f"{word('examples', page.language)}:", "summary")
    yield Line("")
    yield from map(Line, str(page.command.help_epilogue).splitlines())


def _usage(page: Page) -> str:
    """Return the usage line; the names of arguments are the same in all languages."""
    _, _, usage = str(page.command.usage).partition(": ")
    for name in ("OPTIONS", "COMMAND"):
        usage = usage.replace(name, word(name, page.language))
    return f"{word('usage', page.language)}: {usage}"


def _sections(page: Page) -> Mapping[str, list[tuple[str, str]]]:
    """Return names and descriptions: of commands, of arguments, and of options."""
    language = page.language
    flags = {"--help, -h": word("help", language)}
    if page.command is page.app:
        texts = open_catalogue("tulevaisuus.cli", "help")["command"]
        commands = [(name, texts[name].get(language)) for name in command_names(page.app)]
        flags["--version"] = word("version", language)
        return {"commands": commands, "options": [*flags.items()]}
    collection = page.command.assemble_argument_collection()
    shown = [argument for argument in collection if argument.show]
    # Only arguments without a name, such as FILE, have an index.
    options = [_entry(argument, language) for argument in shown if argument.index is None]
    return {
        "arguments": [_entry(each, language) for each in shown if each.index is not None],
        "options": [*options, *flags.items()],
    }


def _entry(argument: Argument, language: str) -> tuple[str, str]:
    """Return the names of an argument with the kind of its value, and its description."""
    names = ", ".join(argument.names)
    kind = "" if argument.index is not None else _value_word(argument, language)
    about = _localize(str(argument.parameter.help), language)
    details = "; ".join(_details(argument, language))
    return f"{names} {kind}".rstrip(), f"{about} ({details})" if details else about


def _value_word(argument: Argument, language: str) -> str:
    if argument.hint is bool:
        return ""
    is_number = "int" in str(argument.hint)
    return word("number" if is_number else "text", language)


def _details(argument: Argument, language: str) -> Iterator[str]:
    """Return whether an argument is required, its choices and its default."""
    if argument.required:
        yield word("required", language)
    if choices := argument.get_choices():
        yield word("choices", language, choices=tuple(choices))
    if argument.show_default:
        yield word("default", language, value=str(argument.field_info.default))


def _entry_lines(entries: Sequence[tuple[str, str]], width: int) -> Iterator[Line]:
    """Write entries in two columns; further lines of a description are indented."""
    longest = max(len(name) for name, _ in entries)
    column = _MIN_COLUMN if width < _NARROW else min(longest + 4, _MAX_COLUMN)
    for name, about in entries:
        indent = " " * column
        first, *others = textwrap.wrap(
            about, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        )
        head = f"  {name}"
        if len(head) + 2 > column:
            yield styled_line(head, "label", start=2)
            yield Line(first)
        else:
            yield styled_line(head + first[len(head) :], "label", start=2, end=len(head))
        yield from map(Line, others)


def word(name: str, language: str, /, **params: Param) -> str:
    """Return a word of the pages themselves, such as a title of a section, in a language."""
    return open_catalogue("tulevaisuus.cli", "help")["word"][name].fill(params, language)


def _localize(english: str, language: str) -> str:
    """Return a text of the code in a language, with the names of formats filled in."""
    return with_formats(texts_by_english()[english].get(language))


@functools.cache
def texts_by_english() -> Mapping[str, LocalizedText]:
    """Return the descriptions of commands, arguments and options, by their English texts."""
    catalogue = open_catalogue("tulevaisuus.cli", "help")
    sections = (catalogue[name] for name in ("command", "argument", "option"))
    return {text.en: text for section in sections for text in section.values()}


def with_formats(text: str) -> str:
    """Fill in the names of formats; other braces are part of the text."""
    return text.replace("{formats}", written_formats()) if "{formats}" in text else text
