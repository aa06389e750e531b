"""A rule as text: its requirement, reason, sources and examples.

The evidence of a rule is how firmly its sources support it.
"""

import textwrap
from collections.abc import Iterable, Iterator

import tulevaisuus as tul
from tulevaisuus.cli import output
from tulevaisuus.cli.command_texts import text
from tulevaisuus.reports.report_texts import severity_label
from tulevaisuus.reports.styled_lines import Line, styled_line

__all__ = ["show_rules"]


def show_rules(rules: Iterable[tul.Rule], language: str) -> None:
    """Show rules: what must hold, why, by which source, and what to do."""
    output.print_lines(line for rule in rules for line in _lines_of_rule(rule, language))


def _lines_of_rule(rule: tul.Rule, language: str) -> Iterator[Line]:
    yield styled_line(f"{rule.code} {rule.slug}", "summary")
    for line in _wrap(rule.title.get(language)):
        yield styled_line(line, "summary")
    yield Line("")
    yield from map(Line, _wrap(rule.explanation.get(language)))
    yield Line("")
    yield from _labelled("remedy", rule.remedy.get(language), language)
    yield from _labelled("severity", severity_label(rule.severity, language), language)
    if rule.evidence:
        yield from _labelled("evidence", rule.evidence.localize(language), language)
    if rule.sources:
        yield from _labelled("sources", "", language)
        for key in rule.sources:
            yield from _lines_of_source(tul.sources[key])
    for name, example in (("fails", rule.fails), ("passes", rule.passes)):
        if example:
            yield from _labelled(name, "", language)
            yield from (Line(f"  {line}") for line in example.strip().splitlines())
    yield Line("")


def _labelled(name: str, value: str, language: str) -> Iterator[Line]:
    """Return a label and its value, wrapped with an indent."""
    label = f"{text('explain', name, language)}:"
    first, *others = _wrap(f"{label} {value}".rstrip(), "  ")
    yield styled_line(first, "label", end=len(label))
    yield from map(Line, others)


def _lines_of_source(source: tul.Source) -> Iterator[Line]:
    """Return a source as the facts describe it, with its address.

    The description is in English, as the help says. It is not marked as English, which would read
    as the language of the source.
    """
    title = f"- {source.id}: {source.publisher}, {source.about}"
    yield from map(Line, _wrap(title, "    ", "  "))
    if source.url:
        yield Line(f"    {source.url}")


def _wrap(value: str, indent: str = "", first: str = "") -> list[str]:
    """Wrap a text; the first line begins with ``first``, the others with ``indent``."""
    return textwrap.wrap(
        value,
        output.width(),
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
