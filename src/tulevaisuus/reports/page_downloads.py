"""Tables in a page as data links: the findings, and the rows with findings."""

import base64
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tulevaisuus.findings.catalogue import open_catalogue
from tulevaisuus.findings.report import Report
from tulevaisuus.formats.rows import to_rows
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.reports.page_words import page_word
from tulevaisuus.reports.report_texts import label, place_of, titles_of
from tulevaisuus.reports.subjects import subject_text

__all__ = ["Download", "downloads_of"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""A spreadsheet program may execute text that begins so, unless it follows an apostrophe."""

_COLUMNS = ("severity", "code", "title", "subject", "place", "path", "message", "sources")


class Download(NamedTuple):
    """A file within the page: the text of the link, the name of the file, and its address."""

    text: str
    file: str
    href: str


def downloads_of(
    report: Report, portfolio: Portfolio | None, name: str, language: str
) -> list[Download]:
    """Return the findings as CSV, then the rows of each register that have findings.

    Args:
        report: The report; findings that it does not list are in no table.
        portfolio: Where the rows come from, if there is one.
        name: What the report calls its document.
        language: The language of headers, titles and messages.
    """
    if not report.findings:
        return []
    findings = [*_findings(report, name, language)]
    links = [
        Download(
            page_word("csv", "findings", language, count=len(findings)),
            f"{page_word('csv', 'file', language)}.csv",
            _link([page_word("csv", each, language) for each in _COLUMNS], findings, language),
        )
    ]
    if portfolio is not None:
        links += _rows(report, portfolio, language)
    return links


def _findings(report: Report, name: str, language: str) -> Iterator[list[str]]:
    titles = titles_of(report, language)
    for finding in report.findings:
        yield [
            label(finding.severity, language),
            finding.code,
            titles.get(finding.code, ""),
            subject_text(finding.subject, language),
            place_of(finding, name) if finding.location else "",
            finding.path,
            finding.message(language),
            ", ".join(finding.sources),
        ]


def _rows(report: Report, portfolio: Portfolio, language: str) -> Iterator[Download]:
    codes: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for finding in report.findings:
        codes[finding.subject][finding.code] = None
    names = open_catalogue("tulevaisuus.reports", "registers")["register"]
    for register, entities in portfolio.registers().items():
        failing = [each for each in entities if _subject(each) in codes]
        if failing:
            header, rows = _table(failing, codes, page_word("csv", "file", language))
            called = names[register].localize(language)
            text = page_word("csv", "rows", language, register=called, count=len(failing))
            yield Download(text, f"{register}.csv", _link(header, rows, language))


def _table(
    entities: Sequence[Entity], codes: Mapping[str, Iterable[str]], column: str
) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of entities of one register, without their lists."""
    rows: list[dict[str, object]] = []
    for entity in entities:
        (row, *_), *_ = to_rows([entity]).values()
        rows.append({**row, column: ", ".join(codes[_subject(entity)])})
    header = list(dict.fromkeys(name for row in rows for name in row))
    return header, [[_cell(row.get(name)) for name in header] for row in rows]


def _subject(entity: Entity) -> str:
    return f"{entity.singular} {key_text(entity.key)}"


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _link(header: list[str], rows: Iterable[list[str]], language: str) -> str:
    """Return the address of a CSV file, as a spreadsheet program of the language opens it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if language == "en" else ";")
    writer.writerows([_guarded(each) for each in row] for row in [header, *rows])
    data = text.getvalue().encode("utf-8-sig", "backslashreplace")
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(data).decode('ascii')}"


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
