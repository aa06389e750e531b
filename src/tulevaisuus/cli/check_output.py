"""Writes the reports of the commands `check` and `report` in the chosen format.

A rule has a code, such as ``TSK302``.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import tulevaisuus as tul
from tulevaisuus import reports
from tulevaisuus.cli import file_output, output
from tulevaisuus.cli.checking_files import CheckedDocument, Options
from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.findings.localization import Param, localize
from tulevaisuus.findings.report import is_reading_note, title_of
from tulevaisuus.formats.compression import COMPRESSED_SUFFIXES
from tulevaisuus.reports.report_texts import Documents, report_phrase, severity_label
from tulevaisuus.reports.styled_lines import Line, styled_line
from tulevaisuus.reports.text_report import Layout, lines, usual_per_rule

__all__ = [
    "announce_file",
    "announce_page",
    "format_by_ending",
    "require_ending",
    "write_reports",
]

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "text": (".txt", ".log", ".out"),
    "json": (".json", ".jsonl", ".ndjson", ".txt"),
    "sarif": (".sarif", ".json"),
    "junit": (".xml",),
    "markdown": (".md", ".markdown", ".txt"),
    "html": (".html", ".htm"),
}
"""The endings of files with a report, by format."""

_TABLE_ENDINGS = (".csv", ".ods", ".parquet", ".tsv", ".xls", ".xlsb", ".xlsm")
_OFFICE_ENDINGS = (".doc", ".docx", ".odt", ".pdf", ".pptx", ".rtf")
_OTHER_ENDINGS = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".zip")
_ENDINGS_OF_OTHER_FILES = frozenset((*_TABLE_ENDINGS, *_OFFICE_ENDINGS, *_OTHER_ENDINGS))
"""Endings that no report may have: programs would open the report as another type of file."""

_WRITERS: Mapping[str, Callable[[Documents, str], str]] = {
    "json": lambda documents, _: reports.to_json(documents),
    "sarif": lambda documents, language: reports.to_sarif(documents, language=language),
    "junit": lambda documents, language: reports.to_junit(documents, language=language),
    "markdown": lambda documents, language: reports.to_markdown(documents, language=language),
}
"""The functions that write reports, by format; text and HTML have functions of their own below."""


def write_reports(checked: Sequence[CheckedDocument], options: Options) -> bool:
    """Write reports in the chosen format, to standard output or to a file.

    Return whether the output was written: a copy of a table needs a table that could be opened.

    Raises:
        OutputError: They cannot be written.
    """
    documents = [(each.name, each.report) for each in checked]
    path = None if options.workbook else options.output
    if options.format == "text":
        lines_of = _statistics_lines if options.statistics else _report_lines
        _write_lines(lines_of(documents, options), path)
        return options.workbook is None or bool(_opened(documents))
    for error in _errors(documents):
        output.print_os_error(error, options.language)
    if options.format == "html":
        if options.only_if_opened and not _opened(documents):
            return False
        rendered = _html_page(checked, documents, options)
    else:
        rendered = _WRITERS[options.format](documents, options.language)
    _write(rendered, path)
    return True


def _errors(documents: Documents) -> list[OSError]:
    """Return why the other files could not be opened."""
    return [report for _, report in documents if isinstance(report, OSError)]


def _opened(documents: Documents) -> list[tul.Report]:
    """Return the reports of the files that could be opened."""
    return [report for _, report in documents if isinstance(report, tul.Report)]


def _report_lines(documents: Documents, options: Options) -> Iterator[Line]:
    """Return the lines of the reports, then the totals, then a hint what to do next."""
    language = options.language
    opened = _opened(documents)
    finding_count = sum(map(len, opened))
    per_rule = usual_per_rule(finding_count) if options.limit is None else None
    yield from lines(documents, Layout(language, output.width(), per_rule))
    if len(documents) > 1:
        yield _total_line(documents, opened, language)
    if per_rule is not None:
        params: dict[str, Param] = {"limit": per_rule, "count": finding_count}
        yield Line(text("check", "grouped", language, **params))
    yield from _hint_lines(opened, language)


def _hint_lines(opened: Iterable[tul.Report], language: str) -> Iterator[Line]:
    """Return a hint, if there are findings: the command that explains the rule of the worst one."""
    findings = (each for report in opened for each in report)
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


def _total_line(documents: Documents, opened: Iterable[tul.Report], language: str) -> Line:
    counts: Counter[tul.Severity] = Counter()
    for report, severity in itertools.product(opened, tul.Severity):
        counts[severity] += report.count(severity)
    counts_text = ", ".join(
        report_phrase(each.value, "count").fill({"n": counts[each]}, language)
        for each in tul.Severity
    )
    total = text("check", "total", language, documents=len(documents), counts=counts_text)
    return styled_line(total, "summary")


def _statistics_lines(documents: Documents, options: Options) -> Iterator[Line]:
    """Return a line for each rule and severity, the most frequent first, then the total."""
    language = options.language
    opened = _opened(documents)
    unopened = [(name, error) for name, error in documents if isinstance(error, OSError)]
    yield from lines(unopened, Layout(language, output.width()))
    counts: Counter[tuple[str, tul.Severity]] = Counter()
    titles: dict[str, str] = {}
    for report in opened:
        for code, severity, count in report.counts:
            counts[code, severity] += count
        titles |= {code: localize(title, language) for code, title in report.titles}
    digits = len(str(max(counts.values(), default=0)))
    for (code, severity), count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        head = f"{count:>{digits}}  {severity_label(severity, language)} {code}"
        line = f"{head}  {title_of(code, severity, titles)}".rstrip()
        yield styled_line(line, severity.value, start=digits + 2, end=len(head))
    yield _total_line(documents, opened, language)


def _html_page(checked: Iterable[CheckedDocument], documents: Documents, options: Options) -> str:
    portfolios = {each.name: each.data for each in checked if each.data is not None}
    try:
        return reports.to_html(documents, portfolios, language=options.language)
    except ModuleNotFoundError as error:  # the extra is not installed
        raise output.OutputError(OSError(0, str(error), options.output)) from None


def format_by_ending(path: str | None) -> str:
    """Return the format whose files have this ending; text for any other ending, or no path.

    >>> format_by_ending("report.sarif"), format_by_ending("report.json.gz"), format_by_ending("a")
    ('sarif', 'json', 'text')
    """
    ending = _ending(path or "")
    return next((name for name, endings in _ENDINGS.items() if ending in endings), "text")


def _ending(path: str) -> str:
    """Return the ending of a path, before that of its compression."""
    last = Path(path).suffix.lower()
    return Path(Path(path).stem).suffix.lower() if last in COMPRESSED_SUFFIXES else last


def require_ending(options: Options) -> None:
    """Check that the ending of the output fits the format: programs open a file by its ending.

    An ending that nobody knows fits every format.

    Raises:
        CommandError: It is the ending of another kind of file; the message names the format for it.
    """
    if options.output is None or options.workbook:
        return
    suffix = _ending(options.output)
    known = _ENDINGS[options.format]
    if suffix in known:
        return
    fitting = [name for name, endings in _ENDINGS.items() if suffix in endings]
    params: dict[str, Param] = {"name": options.output, "format": options.format, "known": known}
    if fitting:
        raise CommandError("report_ending_of", **params, other=fitting[0])
    if suffix in _ENDINGS_OF_OTHER_FILES:
        raise CommandError("report_ending", **params)


def announce_file(options: Options) -> None:
    """Print the path of the file that was written, if the output is a file."""
    if options.output is not None:
        file_output.announce_file(options.output, options.language)


def announce_page(path: str, language: str) -> None:
    """Print the path of a page that was written without the option ``--output``."""
    output.write(text("check", "page", language, path=path) + "\n", for_people=True)


def _write(rendered: str, path: str | None) -> None:
    if path is None:
        output.write(rendered)
    else:
        file_output.write_file(path, rendered)


def _write_lines(shown: Iterable[Line], path: str | None) -> None:
    if path is None:
        output.print_lines(shown)
    else:
        file_output.write_file(path, "".join(f"{line.text}\n" for line in shown))
