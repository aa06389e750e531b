"""How reports and things are shown: colours on a terminal only, and no markup from data."""

import json
import sys
from collections.abc import Iterator
from typing import cast

from rich.console import Console
from rich.text import Text as Styled

import tulevaisuus as tul
from tulevaisuus.findings import Param, Sayable, Words, say
from tulevaisuus.model.thing import key_text
from tulevaisuus.model.value import Value

__all__ = ["complain", "key_text", "report_as_json", "report_as_text", "thing", "things"]

_COLOURS = {
    tul.Severity.ERROR: "bold red",
    tul.Severity.WARNING: "yellow",
    tul.Severity.NOTE: "cyan",
}
_LABELS = {
    tul.Severity.ERROR: Words(fi="virhe", sv="fel", en="error"),
    tul.Severity.WARNING: Words(fi="varoitus", sv="varning", en="warning"),
    tul.Severity.NOTE: Words(fi="huomautus", sv="anmärkning", en="note"),
}
_COUNTS = {
    tul.Severity.ERROR: Words(fi="virheitä {n}", sv="{n} fel", en="{n} errors"),
    tul.Severity.WARNING: Words(fi="varoituksia {n}", sv="{n} varningar", en="{n} warnings"),
    tul.Severity.NOTE: Words(fi="huomautuksia {n}", sv="{n} anmärkningar", en="{n} notes"),
}
_INNER = {"messages", "of", "judge"}
"""Fields of rules that are no text for readers."""

_SKIPPED = Words(
    fi="ohitettu, koska jotakin ei voitu lukea: {codes}",
    sv="överhoppat, eftersom något inte kunde läsas: {codes}",
    en="skipped, as something could not be read: {codes}",
)


def complain(error: Exception) -> None:
    """Say in one line on standard error why nothing could be done."""
    Console(stderr=True).print(Styled(str(error)), soft_wrap=True)


def report_as_json(name: str, report: tul.Report) -> None:
    """Write a report as one line of JSON, with the name of its file."""
    data = {"file": name, **json.loads(report.to_json())}
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")


def report_as_text(name: str, report: tul.Report, language: str) -> None:
    """Write a report for a reader: where, what and why of each finding, then the counts."""
    console = Console()
    console.print(Styled(name, style="bold"), soft_wrap=True)
    for finding in report.findings:
        label = _LABELS[finding.severity].say(language)
        head = Styled(f"  {label} {finding.code}", style=_COLOURS[finding.severity])
        head.append(f"  {finding.path}  {finding.subject}".rstrip(), style="not bold default")
        console.print(head, soft_wrap=True)
        console.print(Styled(f"    {finding.message(language)}"), soft_wrap=True)
    counts = [words.fill({"n": report.count(each)}, language) for each, words in _COUNTS.items()]
    console.print(Styled(f"  {', '.join(counts)}", style="bold"), soft_wrap=True)
    if report.skipped:
        console.print(
            Styled(f"  {_SKIPPED.fill({'codes': report.skipped}, language)}"), soft_wrap=True
        )


def things(register: tul.Register[tul.Thing], language: str) -> None:
    """List the things of a register, a line each: key and name."""
    rows = [(key_text(each.key), _label(each, language)) for each in register]
    width = max(len(key) for key, _ in rows)
    console = Console()
    for key, label in rows:
        console.print(Styled(f"{key:{width}}  {label}".rstrip()), soft_wrap=True)


def thing(shown: tul.Thing, language: str) -> None:
    """Show everything that is said of one thing, a field a line."""
    console = Console()
    console.print(Styled(f"{shown.one} {key_text(shown.key)}", style="bold"), soft_wrap=True)
    for field, words in _said(shown, language):
        line = Styled(f"  {field}: ", style="cyan").append(words, style="default")
        console.print(line, soft_wrap=True)


def _label(shown: tul.Thing, language: str) -> str:
    """Return what a list shows beside the key: a name, or what else tells things apart."""
    for field in ("name", "title", "project", "role", "basis", "about"):
        value = getattr(shown, field, None)
        if value is not None:
            return say(cast("Param", value), language)
    return ""


def _said(shown: Value, language: str) -> Iterator[tuple[str, str]]:
    for field, value in shown.said().items():
        if field not in _INNER:
            yield field, _in_words(value, language)


def _in_words(value: object, language: str) -> str:
    match value:
        case tul.BusinessId():
            return str(value)
        case Value() if not isinstance(value, Sayable):
            return "; ".join(f"{field} {words}" for field, words in _said(value, language))
        case frozenset():
            return ", ".join(sorted(map(str, cast("frozenset[object]", value))))
        case tuple():
            return _in_lines(cast("tuple[object, ...]", value), language)
        case _:
            return say(cast("Param", value), language)


def _in_lines(values: tuple[object, ...], language: str) -> str:
    """Write values that have fields on a line each, plain ones on one line together."""
    words = [_in_words(value, language) for value in values]
    if any(isinstance(value, Value) and not isinstance(value, Sayable) for value in values):
        return "".join(f"\n    - {each}" for each in words)
    return ", ".join(words)
