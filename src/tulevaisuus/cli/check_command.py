"""`tulevaisuus check`: checks documents, and writes their reports in the chosen format.

A rule has a code, such as ``TSK302``, and a readable name, its slug: ``own-contribution``. A family
is all rules whose codes begin alike, such as ``TSK3``.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import attrs

import tulevaisuus as tul
from tulevaisuus.cli import input_files, output
from tulevaisuus.cli.check_large_tables import LARGEST_IN_MEMORY, check_large, large_tables
from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.cli.input_files import STANDARD_INPUT, STANDARD_INPUT_NAME
from tulevaisuus.cli.progress import ProgressBar
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.findings.localization import Param, localize
from tulevaisuus.findings.report import is_reading_note, title_of
from tulevaisuus.formats.compression import COMPRESSED_SUFFIXES
from tulevaisuus.reports import to_html, to_json, to_junit, to_markdown, to_sarif
from tulevaisuus.reports.report_texts import Documents, report_phrase, severity_label
from tulevaisuus.reports.text_report import Layout, Line, lines, styled_line, usual_per_rule
from tulevaisuus.rules.rule_selection import matching_codes

__all__ = [
    "CheckedDocument",
    "Options",
    "announce_file",
    "announce_page",
    "check_files",
    "codes_of",
    "exit_code",
    "run",
    "write_reports",
]

_COULD_NOT_OPEN = 2
"""The exit code if a file could not be opened."""

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
    "json": lambda documents, _: to_json(documents),
    "sarif": lambda documents, language: to_sarif(documents, language=language),
    "junit": lambda documents, language: to_junit(documents, language=language),
    "markdown": lambda documents, language: to_markdown(documents, language=language),
}
"""The functions that write reports, by format; text and HTML have functions of their own below."""


@attrs.frozen(kw_only=True)
class Options:
    """The options of `check`.

    ``source`` is how to read the files. Tables of more than ``in_memory`` megabytes are not loaded.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str = "en"
    format: str = "text"
    output: str | None = None
    limit: int | None = None
    statistics: bool = False
    fail_on: tul.Severity = tul.Severity.ERROR
    in_memory: int = LARGEST_IN_MEMORY
    source: ReadOptions = attrs.field(factory=ReadOptions)

    @property
    def workbook(self) -> str | None:
        """The path of a copy of the table with its findings, if the output is such a copy."""
        is_workbook = (self.output or "").lower().endswith(".xlsx")
        return self.output if is_workbook else None


@attrs.frozen
class CheckedDocument:
    """A document, and its report or the error of opening it.

    ``data`` is the result of reading. It is only kept for HTML pages, which show it.
    """

    name: str
    report: tul.Report | OSError
    data: tul.Portfolio | tul.Reading | None = None


def codes_of(words: Iterable[str], rules: tul.Register[tul.Rule] = tul.rulebook) -> list[str]:
    """Resolve codes, families and slugs to rule codes.

    Args:
        words: The codes, families and slugs.
        rules: The rules that they may mean.

    Raises:
        CommandError: A word matches no rule.
    """
    codes: list[str] = []
    for word in words:
        try:
            codes += matching_codes(rules, word)
        except tul.UnknownCodeError as error:
            if error.suggestions:
                raise CommandError(
                    "no_such_rule_near", word=word, suggestions=error.suggestions
                ) from None
            raise CommandError("no_such_rule", word=word) from None
    return codes


def _codes_of_option(values: tuple[str, ...]) -> list[str]:
    """Resolve an option that can be repeated, and whose values can have commas between words."""
    words = [word.strip() for value in values for word in value.split(",")]
    if values and not any(words):
        raise CommandError("empty_selection", word=" ".join(values))
    return codes_of(word for word in words if word)


def check_files(files: Sequence[str], options: Options) -> list[CheckedDocument]:
    """Check documents, or the bundled facts if there are no files.

    Raises:
        CommandError: A rule or an option is not valid.
        OutputError: The copy of a table cannot be written.
    """
    checker = _Checker(options, _codes_of_option(options.select), _codes_of_option(options.ignore))
    if options.workbook is not None and (len(files) != 1 or files[0] == STANDARD_INPUT):
        raise CommandError("one_table", name=options.workbook)
    names = files or (None,)
    with ProgressBar(len(names)) as bar:
        return [checker.check_file(name, bar) for name in names]


@attrs.frozen
class _Checker:
    """Checks files by the selected rules; ``select`` and ``ignore`` are codes of rules."""

    options: Options
    select: list[str]
    ignore: list[str]

    def check_file(self, file: str | None, bar: ProgressBar) -> CheckedDocument:
        """Check a file, or the bundled facts for ``None``."""
        name = _document_name(file)
        progress = bar.next(name)
        try:
            report = None if file is None else self._check_large_file(file, progress)
            if report is not None:
                return CheckedDocument(name, report)
            data = tul.reference if file is None else input_files.read(file, self.options.source)
        except OSError as error:
            return CheckedDocument(name, error)
        except ModuleNotFoundError as error:  # the optional package for this file type is missing
            return CheckedDocument(name, OSError(0, str(error), name))
        report = self._check_data(data, file, progress)
        return CheckedDocument(name, report, data if self.options.format == "html" else None)

    def _check_data(
        self,
        data: tul.Portfolio | tul.Reading,
        file: str | None,
        progress: Callable[[int, int], None],
    ) -> tul.Report:
        """Check a portfolio or a reading; write a copy of the table with findings if requested."""
        options = self.options
        report = tul.check(
            data,
            select=self.select or None,
            ignore=self.ignore,
            limit=options.limit,
            progress=progress,
        )
        if file is not None and options.workbook is not None:
            reading = cast("tul.Reading", data)  # only the bundled facts are no reading
            input_files.write_copy(file, options.workbook, reading, report, options.language)
        return report

    def _check_large_file(
        self, file: str, progress: Callable[[int, int], None]
    ) -> tul.Report | None:
        """Check a large table without loading it; return ``None`` if its rows must become objects.

        A copy of the table with its findings is written from objects.
        """
        options = self.options
        if file == STANDARD_INPUT or options.workbook is not None:
            return None
        tables = large_tables(file, options.source, options.in_memory)
        if tables is None:
            return None
        return check_large(tables, self.select, self.ignore, options.limit, progress)


def _document_name(file: str | None) -> str:
    if file is None:
        return "tulevaisuus.reference"
    return STANDARD_INPUT_NAME if file == STANDARD_INPUT else file


def exit_code(documents: Iterable[CheckedDocument], fail_on: tul.Severity) -> int:
    """Return 2 if a file could not be opened, 1 if there are findings to fail on, else 0."""
    code = 0
    failing = [severity for severity in tul.Severity if severity >= fail_on]
    for document in documents:
        if isinstance(document.report, OSError):
            return _COULD_NOT_OPEN
        if any(map(document.report.count, failing)):
            code = 1
    return code


def write_reports(documents: Sequence[CheckedDocument], options: Options) -> None:
    """Write reports in the chosen format, to standard output or to a file.

    Raises:
        OutputError: They cannot be written.
    """
    reports = [(each.name, each.report) for each in documents]
    path = None if options.workbook else options.output
    if options.format == "text":
        lines_of = _statistics_lines if options.statistics else _report_lines
        _write_lines(lines_of(reports, options), path)
        return
    for _, report in reports:
        if isinstance(report, OSError):
            output.print_os_error(report, options.language)
    if options.format == "html":
        rendered = _html_page(documents, reports, options)
    else:
        rendered = _WRITERS[options.format](reports, options.language)
    if path is None:
        output.write(rendered)
    else:
        output.write_file(path, rendered)


def _html_page(documents: Iterable[CheckedDocument], reports: Documents, options: Options) -> str:
    portfolios = {each.name: each.data for each in documents if each.data is not None}
    try:
        return to_html(reports, portfolios, language=options.language)
    except ModuleNotFoundError as error:  # the extra is not installed
        raise output.OutputError(OSError(0, str(error), options.output)) from None


def run(files: Sequence[str], options: Options) -> int:
    """Check files, write the reports, and return the exit code.

    Raises:
        CommandError: A rule or an option is not valid.
        OutputError: A report cannot be written.
    """
    if options.statistics and options.format != "text":
        raise CommandError("statistics_format", "usage", format=options.format)
    if options.workbook and options.format == "html":  # a page in the terminal helps nobody
        raise CommandError("copy_or_page", name=options.workbook)
    _require_ending(options)
    documents = check_files(files, options)
    write_reports(documents, options)
    return exit_code(documents, options.fail_on)


def _require_ending(options: Options) -> None:
    """Check that the ending of the output fits the format: programs open a file by its ending.

    An ending that nobody knows fits every format.

    Raises:
        CommandError: It is the ending of another kind of file; the message names the format for it.
    """
    if options.output is None or options.workbook:
        return
    path = Path(options.output)
    suffix = path.suffix.lower()
    if suffix in COMPRESSED_SUFFIXES:
        suffix = Path(path.stem).suffix.lower()
    known = _ENDINGS[options.format]
    if suffix in known:
        return
    fitting = [name for name, endings in _ENDINGS.items() if suffix in endings]
    params: dict[str, Param] = {"name": options.output, "format": options.format, "known": known}
    if fitting:
        raise CommandError("report_ending_of", **params, other=fitting[0])
    if suffix in _ENDINGS_OF_OTHER_FILES:
        raise CommandError("report_ending", **params)


def announce_file(options: Options, code: int) -> None:
    """Print the path of the file that was written; an unreadable table has no copy."""
    if options.output is not None and not (options.workbook and code == _COULD_NOT_OPEN):
        output.announce_file(options.output, options.language)


def announce_page(path: str, language: str) -> None:
    """Print the path of a page that was written without the option ``--output``."""
    output.write(text("check", "page", language, path=path) + "\n", for_people=True)


def _write_lines(shown: Iterable[Line], path: str | None) -> None:
    if path is None:
        output.print_lines(shown)
    else:
        output.write_file(path, "".join(f"{line.text}\n" for line in shown))


def _report_lines(documents: Documents, options: Options) -> Iterator[Line]:
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


def _statistics_lines(documents: Documents, options: Options) -> Iterator[Line]:
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
