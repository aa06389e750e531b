"""What `tulevaisuus plan` does: a portfolio and a ledger to a plan, and the plan to a file."""

import datetime as dt
import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import cast

import attrs

import tulevaisuus as tul
from tulevaisuus import funding
from tulevaisuus.cli import output
from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.cli.file_arguments import require_files
from tulevaisuus.cli.input_files import STANDARD_INPUT
from tulevaisuus.cli.plan_page import page_of
from tulevaisuus.cli.plan_reading import Inputs, read_inputs
from tulevaisuus.cli.plan_tables import Shown, table_of
from tulevaisuus.exchange.csv_and_excel.writing import csv_bytes
from tulevaisuus.exchange.csv_and_excel.xlsx_writing import save_sheets
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.reports.text import Layout, Line, lines

__all__ = ["Request", "categories_of", "plan_costs"]


@attrs.frozen(kw_only=True)
class Request:
    """What is planned, and how that is shown."""

    portfolio: str
    costs: str
    language: str = "en"
    on: dt.date | None = None
    categories: Mapping[str, str] = attrs.field(factory=dict[str, str])
    split_by_day: bool = False
    ledger: ReadOptions = attrs.field(factory=ReadOptions)
    output: str | None = None


def categories_of(words: Iterable[str]) -> Mapping[str, str]:
    """Return which category each account or word means: of ``4000=personnel``.

    Raises:
        CommandError: A word has no ``=``, or nothing before or after it; or an account has two.
    """
    found: dict[str, str] = {}
    for word in words:
        account, _, category = (part.strip() for part in word.rpartition("="))
        if not account or not category:
            raise CommandError("no_category_pair", "usage", word=word)
        if found.setdefault(account, category) != category:
            raise CommandError("repeated", "usage", name=f"--category {account}")
    return found


def _plan(read: Inputs, options: Request) -> funding.Plan:
    try:
        return funding.plan(
            read.costs,
            read.portfolio,
            categories=options.categories,
            split_by_day=options.split_by_day,
        )
    except tul.UnknownCodeError as error:
        word, near = str(error.key), tuple(map(str, error.suggestions))
        if near:
            raise CommandError("bad_category_near", "usage", word=word, suggestions=near) from None
        view = read.portfolio.over(tul.reference)
        known = tuple(dict.fromkeys(each.id for each in view.cost_categories))
        raise CommandError("bad_category", "usage", word=word, known=known) from None


def plan_costs(options: Request) -> int:
    """Plan the costs of a ledger, show or write the plan, and return the exit code."""
    path = None if options.output == STANDARD_INPUT else options.output
    write = None if path is None else _writer(path)
    require_files(path, (options.portfolio, options.costs))
    read = read_inputs(options.portfolio, options.costs, options.language, options.ledger)
    if read is None:
        return 2
    made = _plan(read, options)
    shown = Shown(made, read, options.language, options.on, made.report())
    if write is None or path is None:
        output.print_lines([*_reading(read, options.language), *_explained(shown)])
    else:
        output.print_lines(_reading(read, options.language))
        write(path, shown)
        output.announce_file(path, options.language)
    return 0 if all(each.ok for each in shown.reports()) else 1


def _reading(read: Inputs, language: str) -> Iterator[Line]:
    documents = [(name, report) for name, report in read.reports if len(report)]
    if documents:
        yield from lines(documents, Layout(language, output.width()))
        yield Line("")


def _explained(shown: Shown) -> Iterator[Line]:
    yield from map(Line, shown.explained())


def _writer(path: str) -> Callable[[str, Shown], None]:
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


def _write_txt(path: str, shown: Shown) -> None:
    reading = [line.text for line in _reading(shown.read, shown.language)]
    output.write_file(path, "\n".join([*reading, *shown.explained()]) + "\n")


def _write_json(path: str, shown: Shown) -> None:
    findings = [each.to_dict(shown.language)["findings"] for each in shown.reports()]
    data = {
        "summary": shown.summary(),
        "rows": shown.rows(),
        "grants": shown.grant_rows(),
        "findings": [*itertools.chain.from_iterable(cast("list[list[object]]", findings))],
    }
    written = json.dumps(data, ensure_ascii=False, indent=2, default=_number)
    output.write_file(path, f"{written}\n")


def _number(value: object) -> int | float:
    """Return an amount, the only value that JSON does not know, as documents write it."""
    amount = cast("Decimal", value)
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _write_csv(path: str, shown: Shown) -> None:
    headers, cells = table_of(shown.rows(), shown.language)
    output.write_file(path, csv_bytes(headers, cells, shown.language))
    left_out = text(
        "plan_note",
        "rows_only",
        shown.language,
        name=path,
        grants=len(shown.grant_rows()),
        findings=sum(shown.finding_counts().values()),
    )
    output.print_lines([Line(left_out)])


def _write_html(path: str, shown: Shown) -> None:
    page = page_of(shown.made, shown.tables(), shown.language, shown.words())
    output.write_file(path, page)


def _write_xlsx(path: str, shown: Shown) -> None:
    try:
        save_sheets(path, [*shown.tables(), shown.summary_table()])
    except ModuleNotFoundError as error:  # the extra is not installed
        raise output.OutputError(OSError(0, str(error), path)) from None
    except OSError as error:
        name = os.fsdecode(error.filename or path)
        raise output.OutputError(OSError(error.errno, error.strerror, name)) from None
