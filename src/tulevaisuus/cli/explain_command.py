"""`tulevaisuus explain`: the requirement, reason, sources and examples of rules."""

import textwrap
from collections.abc import Iterable, Iterator

import tulevaisuus as tul
from tulevaisuus.cli import output
from tulevaisuus.cli.command_texts import in_english, text
from tulevaisuus.reports.report_texts import label
from tulevaisuus.reports.text import Line

__all__ = ["explain"]


def explain(rules: Iterable[tul.Rule], language: str) -> None:
    """Show rules: what must hold, why, by which source, and what to do."""
    output.print_lines(line for rule in rules for line in _rule(rule, language))


def _rule(rule: tul.Rule, language: str) -> Iterator[Line]:
    head = f"{rule.code} {rule.slug}"
    yield Line(head, ((0, len(head), "summary"),))
    for line in _wrapped(rule.title.get(language)):
        yield Line(line, ((0, len(line), "summary"),))
    yield Line("")
    yield from map(Line, _wrapped(rule.explanation.get(language)))
    yield Line("")
    yield from _labelled("remedy", rule.remedy.get(language), language)
    yield from _labelled("severity", label(rule.severity, language), language)
    if rule.evidence:
        yield from _labelled("evidence", rule.evidence.localize(language), language)
    if rule.sources:
        yield from _labelled("sources", "", language)
        for key in rule.sources:
            yield from _source(tul.sources[key], language)
    examples = {"fails": rule.fails, "passes": rule.passes}
    for name, example in {name: each for name, each in examples.items() if each}.items():
        yield from _labelled(name, "", language)
        yield from (Line(f"  {line}") for line in example.strip().splitlines())
    yield Line("")


def _labelled(name: str, value: str, language: str) -> Iterator[Line]:
    """Return a label and its value, wrapped with an indent."""
    shown = text("explain", name, language)
    first, *others = _wrapped(f"{shown}: {value}".rstrip(), "  ")
    yield Line(first, ((0, len(shown) + 1, "label"),))
    yield from map(Line, others)


def _source(source: tul.Source, language: str) -> Iterator[Line]:
    """Return a source as the facts describe it, in English, with its address."""
    title = f"- {source.id}: {source.publisher}, {in_english(source.about, language)}"
    yield from map(Line, _wrapped(title, "    ", "  "))
    if source.url:
        yield Line(f"    {source.url}")


def _wrapped(value: str, indent: str = "", first: str = "") -> list[str]:
    return textwrap.wrap(
        value,
        output.width(),
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
