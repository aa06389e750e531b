"""What `tulevaisuus explain` shows: all that is said of a rule, its sources and its examples."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text as Styled

import tulevaisuus as tul
from tulevaisuus.cli.output import LABELS
from tulevaisuus.findings.localization import LocalizedText

__all__ = ["explain"]

_SEVERITY = LocalizedText(fi="vakavuus", sv="allvarlighetsgrad", en="severity")
_EVIDENCE = LocalizedText(fi="näyttö", sv="belägg", en="evidence")
_SOURCES = LocalizedText(fi="lähteet", sv="källor", en="sources")
_REMEDY = LocalizedText(fi="mitä tehdä", sv="åtgärd", en="what to do")
_FAILS = LocalizedText(fi="rikkoo sääntöä", sv="bryter mot regeln", en="breaks the rule")
_PASSES = LocalizedText(fi="noudattaa sääntöä", sv="följer regeln", en="keeps the rule")


def explain(rules: Iterable[tul.Rule], language: str) -> None:
    """Show rules: what must hold, why, by which source, and what to do."""
    console = Console()
    for rule in rules:
        head = Styled(f"{rule.code} {rule.slug}\n{rule.title.localize(language)}", style="bold")
        console.print(head, soft_wrap=True)
        console.print(Styled(f"\n{rule.explanation.localize(language)}\n"), soft_wrap=True)
        for label, words in _said(rule, language):
            line = Styled(f"{label.localize(language)}:", style="cyan").append(
                words, style="default"
            )
            console.print(line, soft_wrap=True)
        console.print()


def _said(rule: tul.Rule, language: str) -> Iterator[tuple[LocalizedText, str]]:
    yield _REMEDY, f" {rule.remedy.localize(language)}"
    yield _SEVERITY, f" {LABELS[rule.severity].localize(language)}"
    if rule.evidence:
        yield _EVIDENCE, f" {rule.evidence.value}"
    if rule.sources:
        yield _SOURCES, "".join(f"\n  - {_cited(tul.sources[id])}" for id in rule.sources)
    examples = ((_FAILS, rule.fails), (_PASSES, rule.passes))
    yield from ((label, _indented(example)) for label, example in examples if example)


def _indented(example: str) -> str:
    return "".join(f"\n  {line}" for line in example.strip().splitlines())


def _cited(source: tul.Source) -> str:
    """Write a source as the facts describe it, in English, with its address."""
    title = f"{source.id}: {source.publisher}, {source.about}"
    return f"{title}\n    {source.url}" if source.url else title
