"""What `tulevaisuus plan` does: a portfolio and a ledger to a plan, and the plan to a file."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import cast

import attrs

import tulevaisuus as tul
from tulevaisuus import exchange, formats, funding
from tulevaisuus.cli import output
from tulevaisuus.cli.inputs import require_other_file
from tulevaisuus.cli.plan_page import Table, page_of
from tulevaisuus.cli.wording import CommandError, text
from tulevaisuus.exchange.table_writing import CellValue, csv_bytes
from tulevaisuus.exchange.xlsx_writing import save_sheets
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.funding.payments import Row
from tulevaisuus.reports.text import Layout, Line, lines

__all__ = ["Request", "categories_of", "plan_costs"]

_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
_IGNORED = "TSK004"
"""Ledgers have columns that no plan needs: that they are left out is no error here."""


@attrs.frozen(kw_only=True)
class Request:
    """What is planned, and how that is shown."""

    portfolio: str
    costs: str
    language: str = "en"
    on: dt.date | None = None
    categories: Mapping[str, str] = attrs.field(factory=dict[str, str])
    split_by_day: bool = False
    output: str | None = None


def categories_of(words: Iterable[str]) -> Mapping[str, str]:
    """Return which category each account or word means: of ``4000=personnel``.

    Raises:
        CommandError: A word has no ``=``, or names no category.
    """
    found: dict[str, str] = {}
    known = dict.fromkeys(category.id for category in tul.cost_categories)
    for word in words:
        account, _, category = word.rpartition("=")
        if not account.strip() or category.strip() not in known:
            near = suggest(category.strip(), known) or tuple(known)
            raise CommandError("bad_choice", "usage", name="--category", word=word, known=near)
        found[account.strip()] = category.strip()
    return found


def plan_costs(options: Request) -> int:
    """Plan the costs of a ledger, show or write the plan, and return the exit code."""
    write = None if options.output is None else _writer(options.output)
    require_other_file(options.output, (options.portfolio, options.costs))
    opened = _open(options.portfolio, _read_portfolio, options.language)
    ledger = _open(options.costs, _read_costs, options.language)
    if opened is None or ledger is None:
        return 2
    costs = ledger.entities_of(funding.Cost)
    made = funding.plan(
        costs, opened.portfolio, categories=options.categories, split_by_day=options.split_by_day
    )
    read = [(options.portfolio, _report(opened)), (options.costs, _report(ledger))]
    if write is None or options.output is None:
        output.print_lines([*_reading(read, options.language), *_explained(made, options)])
    else:
        output.print_lines(_reading(read, options.language))
        write(options.output, made, options)
    return 0 if made.report(limit=0).ok and all(report.ok for _, report in read) else 1


def _open(file: str, read: Callable[[str], tul.Reading], language: str) -> tul.Reading | None:
    """Read a file, or say why it cannot be opened."""
    try:
        return read(file)
    except OSError as error:
        output.print_os_error(error, language)
    except ModuleNotFoundError as error:  # what reads a file of this ending is not installed
        output.print_error(str(error))
    return None


def _read_portfolio(file: str) -> tul.Reading:
    return formats.read(file)


def _read_costs(file: str) -> tul.Reading:
    """Read a ledger; a line without an id is known by the number of its row."""
    if file.lower().endswith(_LINES):
        return tul.read(file, of=funding.Cost)
    return exchange.read_table(file, funding.Cost, ids="{row}")


def _report(reading: tul.Reading) -> tul.Report:
    """Return what was found while reading, in which surplus columns are no errors."""
    findings = [
        attrs.evolve(each, severity=tul.Severity.NOTE)
        if each.code == _IGNORED and each.path == "/costs"
        else each
        for each in reading.findings
    ]
    return tul.Report.of(findings, beyond=reading.counts_beyond)


def _reading(read: Iterable[tuple[str, tul.Report]], language: str) -> Iterator[Line]:
    documents = [(name, report) for name, report in read if len(report)]
    if documents:
        yield from lines(documents, Layout(language, output.width()))
        yield Line("")


def _explained(made: funding.Plan, options: Request) -> Iterator[Line]:
    yield from map(Line, made.explain(options.language, on=options.on).splitlines())


def _writer(path: str) -> Callable[[str, funding.Plan, Request], None]:
    writers = {
        ".xlsx": _write_xlsx,
        ".html": _write_html,
        ".csv": _write_csv,
        ".json": _write_json,
        ".txt": _write_txt,
    }
    suffix = Path(path).suffix.lower()
    if suffix not in writers:
        raise CommandError("bad_choice", "usage", name="--output", word=path, known=tuple(writers))
    return writers[suffix]


def _write_txt(path: str, made: funding.Plan, options: Request) -> None:
    output.write_file(path, made.explain(options.language, on=options.on))


def _write_json(path: str, made: funding.Plan, options: Request) -> None:
    data = {
        "rows": made.to_rows(options.language),
        "grants": _grant_rows(made, options.on),
        "findings": made.report().to_dict(options.language)["findings"],
    }
    written = json.dumps(data, ensure_ascii=False, indent=2, default=_number)
    output.write_file(path, f"{written}\n")


def _number(value: object) -> int | float:
    """Return an amount, the only value that JSON does not know, as documents write it."""
    amount = cast("Decimal", value)
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _grant_rows(made: funding.Plan, on: dt.date | None) -> list[Row]:
    """Return a row for each grant of the plan: its amount, what is left of it, what lapses."""
    lapses = {lapse.grant: lapse for lapse in made.lapses}
    names = {each.grant for each in (*made.payments, *made.possible)} | lapses.keys()
    return [
        _grant_row(made, grant, lapses.get(grant.id), on)
        for grant in made.grants
        if grant.id in names
    ]


def _grant_row(
    made: funding.Plan, grant: tul.Grant, lapse: funding.Lapse | None, on: dt.date | None
) -> Row:
    rest = made.remaining(grant, on=on)
    return {
        "grant": grant.id,
        "least_eur": grant.amount.least,
        "most_eur": grant.amount.most,
        "left_least_eur": rest.least,
        "left_most_eur": rest.most,
        "lapses_on": None if lapse is None else lapse.day.isoformat(),
        "lapses_least_eur": None if lapse is None else lapse.amount.least,
        "lapses_most_eur": None if lapse is None else lapse.amount.most,
    }


def _write_csv(path: str, made: funding.Plan, options: Request) -> None:
    headers, cells = _table(made.to_rows(options.language), options.language)
    output.write_file(path, csv_bytes(headers, cells, options.language))


def _write_html(path: str, made: funding.Plan, options: Request) -> None:
    output.write_file(path, page_of(made, _tables(made, options), options.language))


def _tables(made: funding.Plan, options: Request) -> list[Table]:
    """Return all that is told of a plan as tables: the plan, the grants, the findings."""
    language = options.language
    sheets = {
        "plan": made.to_rows(language),
        "grants": _grant_rows(made, options.on),
        "findings": _finding_rows(made, language),
    }
    return [
        (text("plan_sheet", name, language), *_table(rows, language))
        for name, rows in sheets.items()
    ]


def _write_xlsx(path: str, made: funding.Plan, options: Request) -> None:
    tables = _tables(made, options)
    try:
        save_sheets(path, tables)
    except ModuleNotFoundError as error:  # the extra is not installed
        raise output.OutputError(OSError(0, str(error), path)) from None
    except OSError as error:
        raise output.OutputError(OSError(error.errno, error.strerror, path)) from None


def _finding_rows(made: funding.Plan, language: str) -> list[Row]:
    return [
        {
            "code": finding.code,
            "severity": finding.severity.label.get(language),
            "subject": finding.subject,
            "message": finding.message(language),
        }
        for finding in made.findings
    ]


def _table(rows: Iterable[Row], language: str) -> tuple[list[str], list[list[CellValue]]]:
    """Return the headers of rows in words, and their cells."""
    made = [*rows]
    names = [*made[0]] if made else []
    headers = [text("plan_column", name, language) for name in names]
    return headers, [[row[name] for name in names] for row in made]
