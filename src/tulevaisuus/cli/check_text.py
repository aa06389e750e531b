"""The text of `tulevaisuus check` for people: the reports, or how often rules found something.

A rule has a code, such as ``TSK302``.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

import tulevaisuus as tul
from tulevaisuus.cli import output
from tulevaisuus.cli.checking_files import Options
from tulevaisuus.cli.command_texts import text
from tulevaisuus.findings.localization import Param, localize
from tulevaisuus.findings.report import is_reading_note, title_of
from tulevaisuus.reports.report_texts import Documents, report_phrase, severity_label
from tulevaisuus.reports.styled_lines import Line, styled_line
from tulevaisuus.reports.text_report import Layout, lines, usual_per_rule

__all__ = ["report_lines", "statistics_lines"]


def report_lines(documents: Documents, options: Options) -> Iterator[Line]:
    """Return the lines of the reports, then the totals, then a hint what to do next."""
    language = options.language
    reports = [report for _, report in documents if isinstance(report, tul.Report)]
    finding_count = sum(map(len, reports))
    per_rule = usual_per_rule(finding_count) if options.limit is None else None
    yield from lines(documents, Layout(language, output.width(), per_rule))
    if len(documents) > 1:
        yield _total_line(documents, reports, language)
    if per_rule is not None:
        params: dict[str, Param] = {"limit": per_rule, "count": finding_count}
        yield Line(text("check", "grouped", language, **params))
    yield from _hint_lines(reports, language)


def _hint_lines(reports: Iterable[tul.Report], language: str) -> Iterator[Line]:
    """Return a hint, if there are findings: the command that explains the rule of the worst one."""
    findings = (each for report in reports for each in report)
    worst = max(
        (each for each in findings if not is_reading_note(each.code, each.severity)),
        key=lambda finding: finding.severity.rank,
        default=None,
    )
    if worst is not None:
        command = f"tulevaisuus explain {worst.code}{_language_option(language)}"
        yield Line(text("check", "next", language, command=command))


def _language_option(language: str) -> str:
    return "" if language == "en" else f" -l {language}"


def _total_line(documents: Documents, reports: Iterable[tul.Report], language: str) -> Line:
    counts: Counter[tul.Severity] = Counter()
    for report, severity in itertools.product(reports, tul.Severity):
        counts[severity] += report.count(severity)
    counts_text = ", ".join(
        report_phrase(each.value, "count").fill({"n": counts[each]}, language)
        for each in tul.Severity
    )
    total = text("check", "total", language, documents=len(documents), counts=counts_text)
    return styled_line(total, "summary")


def statistics_lines(documents: Documents, options: Options) -> Iterator[Line]:
    """Return a line for each rule and severity, the most frequent first, then the total."""
    language = options.language
    reports = [report for _, report in documents if isinstance(report, tul.Report)]
    unopened = [(name, error) for name, error in documents if isinstance(error, OSError)]
    yield from lines(unopened, Layout(language, output.width()))
    counts: Counter[tuple[str, tul.Severity]] = Counter()
    titles: dict[str, str] = {}
    for report in reports:
        for code, severity, count in report.counts:
            counts[code, severity] += count
        titles |= {code: localize(title, language) for code, title in report.titles}
    digits = len(str(max(counts.values(), default=0)))
    for (code, severity), count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        head = f"{count:>{digits}}  {severity_label(severity, language)} {code}"
        line = f"{head}  {title_of(code, severity, titles)}".rstrip()
        yield styled_line(line, severity.value, start=digits + 2, end=len(head))
    yield _total_line(documents, reports, language)
