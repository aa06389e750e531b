"""How reports and things are shown: colours on a terminal only, and no markup from data."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from rich.console import Console
from rich.text import Text as Styled

import tulevaisuus as tul
from tulevaisuus.findings.localization import (
    Localizable,
    LocalizedText,
    Param,
    escape_unprintable,
    localize,
)
from tulevaisuus.model.entity import key_text
from tulevaisuus.model.name_search import Keyed
from tulevaisuus.model.value import Value
from tulevaisuus.reports import to_json, to_junit, to_sarif

__all__ = ["LABELS", "WRITERS", "entities", "entity", "key_text", "print_error", "write"]

Reports: TypeAlias = Sequence[tuple[str, tul.Report]]
"""Reports, each with the name of its file."""

_COLOURS = {
    tul.Severity.ERROR: "bold red",
    tul.Severity.WARNING: "yellow",
    tul.Severity.NOTE: "cyan",
}
LABELS = {
    tul.Severity.ERROR: LocalizedText(fi="virhe", sv="fel", en="error"),
    tul.Severity.WARNING: LocalizedText(fi="varoitus", sv="varning", en="warning"),
    tul.Severity.NOTE: LocalizedText(fi="huomautus", sv="anmärkning", en="note"),
}
_COUNTS = {
    tul.Severity.ERROR: LocalizedText(fi="virheitä: {n}", sv="fel: {n}", en="errors: {n}"),
    tul.Severity.WARNING: LocalizedText(
        fi="varoituksia: {n}", sv="varningar: {n}", en="warnings: {n}"
    ),
    tul.Severity.NOTE: LocalizedText(
        fi="huomautuksia: {n}", sv="anmärkningar: {n}", en="notes: {n}"
    ),
}
_INNER = {"messages", "of", "judge"}
"""Fields of rules that are no text for readers."""

_LABELS = ("name", "title", "project", "role", "basis", "about")
"""The fields that tell things apart; each kind of thing has one of them."""

_SKIPPED = LocalizedText(
    fi="ohitettu, koska jotakin ei voitu lukea: {codes}",
    sv="överhoppat, eftersom något inte kunde läsas: {codes}",
    en="skipped, as something could not be read: {codes}",
)


class Output(Console):
    """Standard output; a reader who has gone away ends the work, and is no error."""

    def on_broken_pipe(self) -> None:
        """Let `run` deal with it."""
        raise BrokenPipeError


def print_error(error: Exception) -> None:
    """Say in one line on standard error why nothing could be done."""
    Console(stderr=True).print(Styled(str(error)), soft_wrap=True)


def _as_text(reports: Reports, language: str) -> None:
    console = Output()
    for name, report in reports:
        _one_as_text(name, report, language, console)


def _one_as_text(name: str, report: tul.Report, language: str, console: Console) -> None:
    """Write a report for a reader: where, what and why of each finding, then the counts."""
    console.print(Styled(escape_unprintable(name), style="bold"), soft_wrap=True)
    for finding in report.findings:
        label = LABELS[finding.severity].localize(language)
        head = Styled(f"  {label} {finding.code}", style=_COLOURS[finding.severity])
        place = escape_unprintable(f"  {finding.path}  {finding.subject}".rstrip())
        head.append(place, style="not bold default")
        console.print(head, soft_wrap=True)
        console.print(Styled(f"    {finding.message(language)}"), soft_wrap=True)
    counts = [words.fill({"n": report.count(each)}, language) for each, words in _COUNTS.items()]
    console.print(Styled(f"  {', '.join(counts)}", style="bold"), soft_wrap=True)
    if report.skipped:
        console.print(
            Styled(f"  {_SKIPPED.fill({'codes': report.skipped}, language)}"), soft_wrap=True
        )


def _as_json(reports: Reports, language: str) -> None:  # noqa: ARG001 - JSON has all three
    """Write each report as one line of JSON, with the name of its file."""
    write(to_json(reports))


def _as_sarif(reports: Reports, language: str) -> None:
    write(to_sarif(reports, language=language))


def _as_junit(reports: Reports, language: str) -> None:
    write(to_junit(reports, language=language))


WRITERS: Mapping[str, Callable[[Reports, str], None]] = {
    "text": _as_text,
    "json": _as_json,
    "sarif": _as_sarif,
    "junit": _as_junit,
}
"""What writes reports in each format, all of them as one whole."""


def write(text: str) -> None:
    """Write what programs read: UTF-8, whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode(errors="backslashreplace"))
    sys.stdout.buffer.flush()


def entities(register: tul.Register[Keyed], language: str) -> None:
    """List the things of a register, a line each: key and name."""
    rows = [(key_text(each.key), _label(each, language)) for each in register]
    width = max((len(key) for key, _ in rows), default=0)
    console = Output()
    for key, label in rows:
        console.print(Styled(f"{key:{width}}  {label}".rstrip()), soft_wrap=True)


def entity(shown: tul.Entity, language: str) -> None:
    """Show everything that is said of one thing, a field a line."""
    console = Output()
    console.print(Styled(f"{shown.singular} {key_text(shown.key)}", style="bold"), soft_wrap=True)
    for field, words in _said(shown, language):
        line = Styled(f"  {field}:", style="cyan").append(words, style="default")
        console.print(line, soft_wrap=True)


def _label(shown: Keyed, language: str) -> str:
    """Return what a list shows beside the key: a name, or what else tells things apart."""
    values = (getattr(shown, field, None) for field in _LABELS)
    return localize(cast("Param", next(value for value in values if value is not None)), language)


def _said(shown: Value, language: str) -> Iterator[tuple[str, str]]:
    for field, value in shown.set_fields().items():
        if field not in _INNER:
            words = _localized(value, language)
            yield field, words if words.startswith("\n") else f" {words}"


def _localized(value: object, language: str) -> str:
    match value:
        case tul.BusinessId():
            return str(value)
        case Value() if not isinstance(value, Localizable):
            return "; ".join(f"{field}{words}" for field, words in _said(value, language))
        case frozenset():
            return ", ".join(sorted(map(str, cast("frozenset[object]", value))))
        case tuple():
            return _in_lines(cast("tuple[object, ...]", value), language)
        case _:
            return localize(cast("Param", value), language)


def _in_lines(values: tuple[object, ...], language: str) -> str:
    """Write values that have fields on a line each, plain ones on one line together."""
    words = [_localized(value, language) for value in values]
    if any(isinstance(value, Value) and not isinstance(value, Localizable) for value in values):
        return "".join(f"\n    - {each}" for each in words)
    return ", ".join(words)
