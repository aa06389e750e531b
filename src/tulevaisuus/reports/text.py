"""`to_text`: a report as text for people; the command adds colours to its lines."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import attrs

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import Param, escape_unprintable
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity
from tulevaisuus.reports.lines_with_caret import excerpt
from tulevaisuus.reports.report_texts import (
    Documents,
    Reported,
    documents_of,
    error_text,
    place_of,
    report_phrase,
    severity_label,
    titles_of,
    unchecked_lines,
)
from tulevaisuus.reports.subjects import subject_text

__all__ = ["Layout", "Line", "lines", "styled_line", "to_text"]

_MIN_WIDTH = 40
"""Smaller widths are ignored, as words would not fit."""

_INDENT = "    "


@attrs.frozen
class Layout:
    """The layout of text: language, width, and how many findings of one rule are written."""

    language: str = "en"
    width: int = 100
    per_rule: int | None = None


class Line(NamedTuple):
    """A line of a report, with the parts that may be coloured, as (start, end, style).

    Styles are ``place``, ``error``, ``warning``, ``note``, ``summary``, ``label``, ``detail`` and
    ``excerpt``.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...] = ()


def styled_line(text: str, style: str, *, start: int = 0, end: int | None = None) -> Line:
    """Return a line with one style.

    Args:
        text: The text of the line.
        style: The style, one of those of `Line`.
        start: The column at which the style begins.
        end: The column at which it ends; ``None`` for the end of the line.
    """
    return Line(text, ((start, len(text) if end is None else end, style),))


def to_text(
    report: Reported,
    *,
    language: str = "en",
    name: str = "portfolio.json",
    width: int = 100,
    per_rule: int | None = None,
) -> str:
    """Return reports as text for people.

    Args:
        report: A report, or pairs of a name and a report.
        language: ``fi``, ``sv`` or ``en``.
        name: What a single report calls its document.
        width: The columns at which words are wrapped; at least 40 are used.
        per_rule: How many findings of one rule are written for each document at most; the
            others are counted; ``None`` writes all.

    Raises:
        UnknownLanguageError: The language is none of the three.
    """
    documents = documents_of(report, name, language)
    layout = Layout(language, max(width, _MIN_WIDTH), per_rule)
    return "".join(f"{line.text}\n" for line in lines(documents, layout))


def lines(documents: Documents, layout: Layout) -> Iterator[Line]:
    """Return the lines of reports, one document after the other."""
    for name, report in documents:
        shown = escape_unprintable(name)
        if isinstance(report, Report):
            yield from _document(shown, report, layout)
        else:
            yield from _unopened(shown, report, layout)


def _unopened(name: str, error: OSError, layout: Layout) -> Iterator[Line]:
    reason = report_phrase("unopened").fill(
        {"reason": error_text(error, layout.language)}, layout.language
    )
    severity = severity_label(Severity.ERROR, layout.language)
    head = f"{name}: {severity}"
    spans = ((0, len(name), "place"), (len(name) + 2, len(head), "error"))
    yield from _wrapped(f"{head} {reason}", layout, "  ", spans, len(head))


def _document(name: str, report: Report, layout: Layout) -> Iterator[Line]:
    titles = titles_of(report, layout.language)
    seen: Counter[str] = Counter()
    for finding in report.findings:
        seen[finding.code] += 1
        if layout.per_rule is None or seen[finding.code] <= layout.per_rule:
            yield from _finding(name, finding, titles.get(finding.code, ""), layout)
    yield from _not_written(seen, layout)
    yield from _summary(name, report, layout)


def _finding(name: str, finding: Finding, title: str, layout: Layout) -> Iterator[Line]:
    place = place_of(finding, name)
    severity = severity_label(finding.severity, layout.language)
    head = f"{place}: {severity} {finding.code}"
    spans = ((0, len(place), "place"), (len(place) + 2, len(head), finding.severity.value))
    yield from _wrapped(f"{head} {title}".rstrip(), layout, _INDENT, spans, len(head))
    subject = subject_text(finding.subject, layout.language)
    about = "  ".join(each for each in (subject, escape_unprintable(finding.path)) if each)
    if about:
        yield from _wrapped(f"  {about}", layout, _INDENT, ((2, 2 + len(about), "detail"),))
    yield from _wrapped(f"  {finding.message(layout.language)}", layout, _INDENT)
    for line in excerpt(finding.location, layout.width):
        yield styled_line(line, "excerpt")


def _not_written(seen: Counter[str], layout: Layout) -> Iterator[Line]:
    """Count the findings of each rule that are not written."""
    for code, count in seen.items():
        if layout.per_rule is not None and count > layout.per_rule:
            numbers: dict[str, Param] = {"count": count - layout.per_rule, "code": code}
            yield Line(report_phrase("more_of_rule").fill(numbers, layout.language))


def _summary(name: str, report: Report, layout: Layout) -> Iterator[Line]:
    language = layout.language
    counts = [
        report_phrase(each.value, "count").fill({"n": report.count(each)}, language)
        for each in Severity
    ]
    text = f"{name}: {', '.join(counts)}"
    yield from _wrapped(text, layout, _INDENT, ((0, len(text), "summary"),), len(name) + 1)
    if report.omitted:
        numbers = {"count": report.omitted, "errors": report.errors_omitted}
        yield from _wrapped(
            f"  {report_phrase('omitted').fill(numbers, language)}", layout, _INDENT
        )
    if report.skipped:
        text = report_phrase("all_skipped").fill({"codes": report.skipped}, language)
        yield from _wrapped(f"  {text}", layout, _INDENT)
    for text in unchecked_lines(report, name, language):
        yield from _wrapped(f"  {text}", layout, _INDENT)


def _wrapped(
    text: str,
    layout: Layout,
    indent: str,
    spans: Iterable[tuple[int, int, str]] = (),
    head: int = 0,
) -> Iterator[Line]:
    """Break text at words, but not in its head; what follows the first line is indented."""
    start = text[: len(text) - len(text.lstrip())]
    # A file name may have blanks: in the head they become NUL, which no text has, to avoid breaks.
    text = text[:head].replace(" ", "\0") + text[head:]
    first, *others = textwrap.wrap(
        text.lstrip(),
        layout.width,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
    yield Line(first.replace("\0", " "), tuple(spans))
    yield from map(Line, others)
