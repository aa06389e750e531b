"""Tables to download from a page, as data links: the findings, and the rows with findings.

A register is a collection of the entities of one class, by key. A portfolio is all entities of one
document.
"""

import base64
import csv
import io
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from tulevaisuus.findings.localization import escape_unprintable
from tulevaisuus.findings.report import Report, title_of
from tulevaisuus.formats.row_writing_and_columns import to_rows
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.reports.report_texts import (
    page_phrase,
    place_of,
    register_text,
    severity_label,
    subject_text,
    titles_of,
)

__all__ = ["Download", "all_findings_command", "downloads_of"]

_MAX_ROWS = 5_000
"""The maximum number of findings in their table, and of rows in the tables of all registers.

A finding takes 400 bytes of the page: 100,000 would make it too large to send by mail.
"""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
"""A spreadsheet program may execute text that begins so; a leading apostrophe prevents it."""

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

    A table is cut after some thousand rows; then the text of its link gives both numbers.

    Args:
        report: The report; the tables have only the findings that it lists.
        portfolio: The portfolio that the rows come from, if there is one.
        name: What the report calls its document.
        language: The language of headers, titles and messages.
    """
    if not report.findings:
        return []
    findings = [*islice(_finding_rows(report, name, language), _MAX_ROWS)]
    links = [
        Download(
            _link_text("findings", len(findings), len(report), language),
            f"{page_phrase('csv', 'file', language)}.csv",
            _data_link(
                [page_phrase("csv", each, language) for each in _COLUMNS], findings, language
            ),
        )
    ]
    if portfolio is not None:
        links += _tables_of_rows(report, portfolio, language)
    return links


def all_findings_command(report: Report, name: str) -> str:
    """Return the command that writes all findings; empty if the table has all of them."""
    count = report.count()
    if min(len(report), _MAX_ROWS) == count:
        return ""
    file = shlex.quote(escape_unprintable(name))
    return f"tulevaisuus check {file} --limit {count} --format json --output findings.json"


def _link_text(name: str, shown: int, count: int, language: str, register: str = "") -> str:
    """Return the text of a link: the number of rows and, if the table is cut, of all rows."""
    suffix = "" if shown == count else "_cut"
    return page_phrase("csv", name + suffix, language, register=register, shown=shown, count=count)


def _finding_rows(report: Report, name: str, language: str) -> Iterator[list[str]]:
    titles = titles_of(report, language)
    for finding in report.findings:
        yield [
            severity_label(finding.severity, language),
            finding.code,
            title_of(finding.code, finding.severity, titles),
            subject_text(finding.subject, language),
            place_of(finding, name) if finding.location else "",
            finding.path,
            finding.message(language),
            ", ".join(finding.sources),
        ]


def _tables_of_rows(report: Report, portfolio: Portfolio, language: str) -> Iterator[Download]:
    codes_by_subject: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for finding in report.findings:
        codes_by_subject[finding.subject][finding.code] = None
    room = _MAX_ROWS
    for register, entities in portfolio.registers().items():
        failing = [each for each in entities if _subject(each) in codes_by_subject]
        shown = failing[:room]
        room -= len(shown)
        if shown:
            header, rows = _table(shown, codes_by_subject, page_phrase("csv", "file", language))
            register_name = register_text(register, language)
            text = _link_text("rows", len(shown), len(failing), language, register_name)
            yield Download(text, f"{register}.csv", _data_link(header, rows, language))


def _table(
    entities: Sequence[Entity], codes_by_subject: Mapping[str, Iterable[str]], codes_header: str
) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of entities of one register, without nested lists.

    The last column has the codes of the findings on each entity.
    """
    rows: list[dict[str, object]] = []
    for entity in entities:
        main_table = next(iter(to_rows([entity]).values()))  # further tables hold its lists
        row = main_table[0]
        rows.append({**row, codes_header: ", ".join(codes_by_subject[_subject(entity)])})
    header = list(dict.fromkeys(name for row in rows for name in row))
    return header, [[_cell(row.get(name)) for name in header] for row in rows]


def _subject(entity: Entity) -> str:
    return f"{entity.singular} {key_text(entity.key)}"


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _data_link(header: list[str], rows: Iterable[list[str]], language: str) -> str:
    """Return a link that contains a CSV file; Finnish and Swedish programs expect semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if language == "en" else ";")
    writer.writerows([_escape_formula(each) for each in row] for row in [header, *rows])
    data = text.getvalue().encode("utf-8-sig", "backslashreplace")
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(data).decode('ascii')}"


def _escape_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
