"""`to_text`: a report as text for people. The command adds colours to its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import Param, escape_unprintable
from tulevaisuus.findings.report import Report, title_of
from tulevaisuus.findings.severity import Severity
from tulevaisuus.reports.error_reasons import error_text
from tulevaisuus.reports.lines_with_caret import excerpt
from tulevaisuus.reports.report_texts import (
    Documents,
    Reported,
    documents_of,
    place_of,
    register_text,
    report_phrase,
    severity_label,
    skipped_rules,
    subject_text,
    titles_of,
    unchecked_lines,
)
from tulevaisuus.reports.styled_lines import Line, styled_line

__all__ = ["Layout", "lines", "to_text", "usual_per_rule"]

_MIN_WIDTH = 40
"""Below this width long words would not fit, so it is the minimum."""

_INDENT = "    "

_LINE_BREAKS = str.maketrans("\t\n\v\f\r", " " * 5)
"""Text is broken into lines here, so breaks in the templates of own rules become blanks."""

_LONG_REPORT, _PER_RULE_IF_LONG = 100, 10
"""In a terminal, only the first ten findings of each rule are shown if there are more than 100."""


@attrs.frozen
class Layout:
    """The layout of text: language, width, and the maximum number of findings for each rule."""

    language: str = "en"
    width: int = 100
    per_rule: int | None = None


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
        width: The columns at which words are wrapped; the minimum is 40.
        per_rule: The maximum number of findings to write for each rule and document; the others
            are counted. ``None`` writes all.

    Raises:
        UnknownLanguageError: The language is not supported.
    """
    documents = documents_of(report, name, language)
    layout = Layout(language, max(width, _MIN_WIDTH), per_rule)
    return "".join(f"{line.text}\n" for line in lines(documents, layout))


def usual_per_rule(finding_count: int) -> int | None:
    """Return how many findings of each rule a terminal shows without a limit; ``None`` for all."""
    return _PER_RULE_IF_LONG if finding_count > _LONG_REPORT else None


def lines(documents: Documents, layout: Layout) -> Iterator[Line]:
    """Return the lines of reports, one document after the other."""
    for name, report in documents:
        shown = escape_unprintable(name)
        if isinstance(report, Report):
            yield from _document_lines(shown, report, layout)
        else:
            yield from _unopened_lines(shown, report, layout)


def _unopened_lines(name: str, error: OSError, layout: Layout) -> Iterator[Line]:
    reason = report_phrase("unopened").fill(
        {"reason": error_text(error, layout.language)}, layout.language
    )
    severity = severity_label(Severity.ERROR, layout.language)
    head = f"{name}: {severity}"
    spans = ((0, len(name), "place"), (len(name) + 2, len(head), "error"))
    yield from _wrap(f"{head} {reason}", layout, "  ", spans, len(head))


def _document_lines(name: str, report: Report, layout: Layout) -> Iterator[Line]:
    titles = titles_of(report, layout.language)
    seen: Counter[str] = Counter()
    for finding in report.findings:
        seen[finding.code] += 1
        if layout.per_rule is None or seen[finding.code] <= layout.per_rule:
            title = title_of(finding.code, finding.severity, titles)
            yield from _finding_lines(name, finding, title, layout)
    yield from _unlisted_counts(seen, layout)
    yield from _summary_lines(name, report, layout)


def _finding_lines(name: str, finding: Finding, title: str, layout: Layout) -> Iterator[Line]:
    place = place_of(finding, name)
    severity = severity_label(finding.severity, layout.language)
    head = f"{place}: {severity} {finding.code}"
    spans = ((0, len(place), "place"), (len(place) + 2, len(head), finding.severity.value))
    yield from _wrap(f"{head} {title}".rstrip(), layout, _INDENT, spans, len(head))
    subject = subject_text(finding.subject, layout.language)
    if not subject and finding.path:  # about a whole register: a sheet, a column, a row of sums
        subject = register_text(finding.path.split("/")[1], layout.language)
    about = "  ".join(each for each in (subject, escape_unprintable(finding.path)) if each)
    if about:
        yield from _wrap(f"  {about}", layout, _INDENT, ((2, 2 + len(about), "detail"),))
    yield from _wrap(f"  {finding.message(layout.language)}", layout, _INDENT)
    for line in excerpt(finding.location, layout.width):
        yield styled_line(line, "excerpt")


def _unlisted_counts(seen: Counter[str], layout: Layout) -> Iterator[Line]:
    """Write how many findings of a rule are not listed."""
    for code, count in seen.items():
        if layout.per_rule is not None and count > layout.per_rule:
            numbers: dict[str, Param] = {"count": count - layout.per_rule, "code": code}
            yield Line(report_phrase("more_of_rule").fill(numbers, layout.language))


def _summary_lines(name: str, report: Report, layout: Layout) -> Iterator[Line]:
    language = layout.language
    counts = [
        report_phrase(each.value, "count").fill({"n": report.count(each)}, language)
        for each in Severity
    ]
    text = f"{name}: {', '.join(counts)}"
    yield from _wrap(text, layout, _INDENT, ((0, len(text), "summary"),), len(name) + 1)
    if report.omitted:
        numbers = {"count": report.omitted, "errors": report.errors_omitted}
        yield from _wrap(f"  {report_phrase('omitted').fill(numbers, language)}", layout, _INDENT)
    if skipped := skipped_rules(report):
        text = report_phrase("all_skipped").fill({"codes": skipped}, language)
        yield from _wrap(f"  {text}", layout, _INDENT)
    for text in unchecked_lines(report, name, language):
        yield from _wrap(f"  {text}", layout, _INDENT)


def _wrap(
    text: str,
    layout: Layout,
    indent: str,
    spans: Iterable[tuple[int, int, str]] = (),
    head_length: int = 0,
) -> Iterator[Line]:
    """Break text at blanks after its first ``head_length`` characters; indent further lines."""
    first, *others = _break_lines(text, layout.width, indent, head_length)
    yield Line(first, tuple(spans))
    yield from map(Line, others)


def _break_lines(text: str, width: int, indent: str, head_length: int) -> Iterator[str]:
    """Yield lines of at most this width, except for words that are longer.

    `textwrap` takes several times as long, and a report may have very many lines. The head is not
    broken: it has a file name, which may contain blanks.
    """
    line = text.translate(_LINE_BREAKS).rstrip(" ")
    unbroken = max(head_length, len(line) - len(line.lstrip(" ")))
    while len(line) > width and " " in line[unbroken:]:
        end = line.rfind(" ", unbroken, width + 1)
        if end == -1:  # the first word is too long, but kept whole
            end = line.index(" ", unbroken)
        yield line[:end].rstrip(" ")
        line = indent + line[end:].lstrip(" ")
        unbroken = len(indent)
    yield line
