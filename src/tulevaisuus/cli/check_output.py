"""Writes the reports of the commands `check` and `report` in the chosen format."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tulevaisuus import reports
from tulevaisuus.cli import file_output, output
from tulevaisuus.cli.check_text import report_lines, statistics_lines
from tulevaisuus.cli.checking_files import COULD_NOT_OPEN, CheckedDocument, Options
from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.findings.localization import Param
from tulevaisuus.formats.compression import COMPRESSED_SUFFIXES
from tulevaisuus.reports.report_texts import Documents
from tulevaisuus.reports.styled_lines import Line

__all__ = ["announce_file", "announce_page", "require_ending", "write_reports"]

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


def write_reports(checked: Sequence[CheckedDocument], options: Options) -> None:
    """Write reports in the chosen format, to standard output or to a file.

    Raises:
        OutputError: They cannot be written.
    """
    documents = [(each.name, each.report) for each in checked]
    path = None if options.workbook else options.output
    if options.format == "text":
        lines_of = statistics_lines if options.statistics else report_lines
        _write_lines(lines_of(documents, options), path)
        return
    for _, report in documents:
        if isinstance(report, OSError):
            output.print_os_error(report, options.language)
    if options.format == "html":
        rendered = _html_page(checked, documents, options)
    else:
        rendered = _WRITERS[options.format](documents, options.language)
    if path is None:
        output.write(rendered)
    else:
        file_output.write_file(path, rendered)


def _html_page(checked: Iterable[CheckedDocument], documents: Documents, options: Options) -> str:
    portfolios = {each.name: each.data for each in checked if each.data is not None}
    try:
        return reports.to_html(documents, portfolios, language=options.language)
    except ModuleNotFoundError as error:  # the extra is not installed
        raise output.OutputError(OSError(0, str(error), options.output)) from None


def require_ending(options: Options) -> None:
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
    if options.output is not None and not (options.workbook and code == COULD_NOT_OPEN):
        file_output.announce_file(options.output, options.language)


def announce_page(path: str, language: str) -> None:
    """Print the path of a page that was written without the option ``--output``."""
    output.write(text("check", "page", language, path=path) + "\n", for_people=True)


def _write_lines(shown: Iterable[Line], path: str | None) -> None:
    if path is None:
        output.print_lines(shown)
    else:
        file_output.write_file(path, "".join(f"{line.text}\n" for line in shown))
