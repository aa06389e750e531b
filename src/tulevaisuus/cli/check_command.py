"""`tulevaisuus check`: from documents to reports, and from reports to the requested format."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

import attrs

import tulevaisuus as tul
from tulevaisuus.cli import input_files, output
from tulevaisuus.cli.check_large_tables import LARGEST_IN_MEMORY, check_large, large_tables
from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.cli.input_files import STANDARD_INPUT, STANDARD_INPUT_NAME
from tulevaisuus.cli.progress import ProgressBar
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.findings.localization import Param, localize
from tulevaisuus.reports import to_html, to_json, to_junit, to_markdown, to_sarif
from tulevaisuus.reports.report_texts import Documents, label, word
from tulevaisuus.reports.text import Layout, Line, lines
from tulevaisuus.rules.selection import matching_codes

__all__ = [
    "Options",
    "Rows",
    "announce_file",
    "announce_page",
    "check_files",
    "codes_of",
    "exit_code",
    "run",
    "selected",
    "show_reports",
]

_MANY, _OF_A_RULE = 100, 10
"""Of more findings than the first number, text shows only the second number of each rule."""

_WRITERS: Mapping[str, Callable[[Documents, str], str]] = {
    "json": lambda documents, _: to_json(documents),
    "sarif": lambda documents, language: to_sarif(documents, language=language),
    "junit": lambda documents, language: to_junit(documents, language=language),
    "markdown": lambda documents, language: to_markdown(documents, language=language),
}

Rows: TypeAlias = list[tuple[int, str, str, str]]


@attrs.frozen(kw_only=True)
class Options:
    """The options of `check`."""

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
    portfolios: dict[str, tul.Portfolio | tul.Reading] = attrs.field(
        factory=dict[str, tul.Portfolio | tul.Reading]
    )
    """What was read of each document, for the formats that show it."""

    @property
    def copy(self) -> str | None:
        """Where a copy of the table with findings in it goes, if that is what is asked for."""
        is_copy = (self.output or "").lower().endswith(".xlsx")
        return self.output if is_copy else None


def codes_of(words: Iterable[str], rules: tul.Register[tul.Rule] = tul.rulebook) -> list[str]:
    """Return the codes of rules, families and slugs.

    Args:
        words: The words.
        rules: The rules there are.

    Raises:
        CommandError: A word fits no rule.
    """
    codes: list[str] = []
    for each in words:
        try:
            codes += matching_codes(rules, each)
        except tul.UnknownCodeError as error:
            if error.suggestions:
                raise CommandError(
                    "no_such_rule_near", word=each, suggestions=error.suggestions
                ) from None
            raise CommandError("no_such_rule", word=each) from None
    return codes


def selected(options: tuple[str, ...]) -> list[str]:
    """Return the codes that an option selects: words with commas between them, or repeated."""
    words = [each.strip() for option in options for each in option.split(",")]
    if options and not any(words):
        raise CommandError("empty_selection", word=" ".join(options))
    return codes_of(each for each in words if each)


def check_files(files: Sequence[str], options: Options) -> Documents:
    """Check documents, or the bundled facts if there is none."""
    select, ignore = selected(options.select), selected(options.ignore)
    if options.copy is not None and (len(files) != 1 or files[0] == STANDARD_INPUT):
        raise CommandError("one_table", name=options.copy)
    names = files or (None,)
    with ProgressBar(len(names)) as bar:
        return [_report_on(name, select, ignore, options, bar) for name in names]


def _report_on(
    file: str | None, select: list[str], ignore: list[str], options: Options, bar: ProgressBar
) -> tuple[str, tul.Report | OSError]:
    """Check one document, or return why it cannot be opened."""
    name = _name_of(file)
    progress = bar.next(name)
    try:
        report = None if file is None else _large_report(file, select, ignore, options, progress)
        if report is not None:
            return name, report
        checked = tul.reference if file is None else input_files.read(file, options.source)
    except OSError as error:
        return name, error
    except ModuleNotFoundError as error:  # what reads a file of this ending is not installed
        return name, OSError(0, str(error), name)
    if options.format == "html":
        options.portfolios[name] = checked
    return name, _checked(checked, file, select, ignore, options, progress)


def _checked(
    checked: tul.Portfolio | tul.Reading,
    file: str | None,
    select: list[str],
    ignore: list[str],
    options: Options,
    progress: Callable[[int, int], None],
) -> tul.Report:
    """Check what was read, and write a copy with the findings if that is asked for."""
    report = tul.check(
        checked, select=select or None, ignore=ignore, limit=options.limit, progress=progress
    )
    if file is not None and options.copy is not None:
        input_files.write_copy(
            file, options.copy, cast("tul.Reading", checked), report, options.language
        )
    return report


def _large_report(
    file: str,
    select: list[str],
    ignore: list[str],
    options: Options,
    progress: Callable[[int, int], None],
) -> tul.Report | None:
    """Check a file that is too large to become objects, or return nothing: a copy needs these."""
    if file == STANDARD_INPUT or options.copy is not None:
        return None
    tables = large_tables(file, options.source, options.in_memory)
    return None if tables is None else check_large(tables, select, ignore, options.limit, progress)


def _name_of(file: str | None) -> str:
    if file is None:
        return "tulevaisuus.reference"
    return STANDARD_INPUT_NAME if file == STANDARD_INPUT else file


def exit_code(documents: Documents, fail_on: tul.Severity) -> int:
    """Return 2 if a file could not be opened, 1 if there are findings to fail on, else 0."""
    reports = [report for _, report in documents if isinstance(report, tul.Report)]
    if len(reports) < len(documents):
        return 2
    failing = [severity for severity in tul.Severity if severity >= fail_on]
    return int(any(report.count(severity) for report in reports for severity in failing))


def show_reports(documents: Documents, options: Options) -> None:
    """Write reports in the format asked for, to standard output or to a file."""
    if options.format == "text":
        shown = _statistics if options.statistics else _text
        _show_text(shown(documents, options), None if options.copy else options.output)
        return
    for _, report in documents:
        if isinstance(report, OSError):
            output.print_os_error(report, options.language)
    written = _written(documents, options)
    file = None if options.copy else options.output
    if file is None:
        output.write(written)
    else:
        output.write_file(file, written)


def _written(documents: Documents, options: Options) -> str:
    if options.format != "html":
        return _WRITERS[options.format](documents, options.language)
    try:
        return to_html(documents, options.portfolios, language=options.language)
    except ModuleNotFoundError as error:  # the extra is not installed
        raise output.OutputError(OSError(0, str(error), options.output)) from None


def run(files: Sequence[str], options: Options) -> int:
    """Check files, show or write the reports, and return the exit code.

    Raises:
        CommandError: The options do not fit.
    """
    if options.limit is not None and options.limit < 0:
        raise CommandError("bad_value", "usage", name="--limit", word=str(options.limit))
    documents = check_files(files, options)
    show_reports(documents, options)
    return exit_code(documents, options.fail_on)


def announce_file(options: Options, code: int) -> None:
    """Name the file that was written, if one was; of what cannot be opened there is no copy."""
    if options.output is not None and not (options.copy and code == 2):  # noqa: PLR2004
        output.announce_file(options.output, options.language)


def announce_page(path: str, language: str) -> None:
    """Print the path of a page that was written without the option ``--output``."""
    output.write(text("check", "page", language, path=path) + "\n", for_people=True)


def _show_text(shown: Iterable[Line], file: str | None) -> None:
    if file is None:
        output.print_lines(shown)
    else:
        output.write_file(file, "".join(f"{line.text}\n" for line in shown))


def _text(documents: Documents, options: Options) -> Iterator[Line]:
    """Return reports as text, then the totals, then a hint what to do next."""
    language = options.language
    reports = [report for _, report in documents if isinstance(report, tul.Report)]
    listed = sum(map(len, reports))
    per_rule = _OF_A_RULE if options.limit is None and listed > _MANY else None
    yield from lines(documents, Layout(language, output.width(), per_rule))
    if len(documents) > 1:
        yield _total(documents, reports, language)
    if per_rule is not None:
        params: dict[str, Param] = {"limit": per_rule, "count": listed}
        yield Line(text("check", "grouped", language, **params))
    worst = min(
        (finding for report in reports for finding in report),
        key=lambda finding: -finding.severity.rank,
        default=None,
    )
    if worst is not None:
        command = f"tulevaisuus explain {worst.code}{_language_option(language)}"
        yield Line(text("check", "next", language, command=command))


def _language_option(language: str) -> str:
    return "" if language == "en" else f" -l {language}"


def _total(documents: Documents, reports: Iterable[tul.Report], language: str) -> Line:
    counts: Counter[tul.Severity] = Counter()
    for report, severity in itertools.product(reports, tul.Severity):
        counts[severity] += report.count(severity)
    shown = ", ".join(
        word(each.value, "count").fill({"n": counts[each]}, language) for each in tul.Severity
    )
    total = text("check", "total", language, documents=len(documents), counts=shown)
    return Line(total, ((0, len(total), "summary"),))


def _statistics(documents: Documents, options: Options) -> Iterator[Line]:
    """Return a line for each rule and severity, the most frequent first, then the total."""
    language = options.language
    reports = [report for _, report in documents if isinstance(report, tul.Report)]
    unopened = [each for each in documents if isinstance(each[1], OSError)]
    yield from lines(unopened, Layout(language, output.width()))
    counts: Counter[tuple[str, tul.Severity]] = Counter()
    titles: dict[str, str] = {}
    for report in reports:
        for code, severity, count in report.counts:
            counts[code, severity] += count
        titles |= {code: localize(title, language) for code, title in report.titles}
    digits = len(str(max(counts.values(), default=0)))
    for (code, severity), count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        head = f"{count:>{digits}}  {label(severity, language)} {code}"
        spans = ((digits + 2, len(head), severity.value),)
        yield Line(f"{head}  {titles.get(code, '')}".rstrip(), spans)
    yield _total(documents, reports, language)
