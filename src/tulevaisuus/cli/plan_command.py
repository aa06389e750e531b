"""`tulevaisuus plan`: reads a portfolio and a ledger, and shows or writes the plan.

A portfolio is a document with grants and projects; a ledger is a table of costs. A plan says which
grant pays which cost.
"""

import datetime as dt
import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
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
from tulevaisuus.cli.plan_sentences_and_tables import PlanView, table_of
from tulevaisuus.exchange.csv_and_excel.writing import csv_bytes
from tulevaisuus.exchange.csv_and_excel.xlsx_writing import save_sheets
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.model.money_and_percent_types import json_number
from tulevaisuus.reports.text_report import Layout, Line, lines

__all__ = ["Request", "categories_of", "plan_costs"]


@attrs.frozen(kw_only=True)
class Request:
    """What to plan, and how to show it: ``on`` is the day of the remaining sums."""

    portfolio: str
    costs: str
    language: str = "en"
    on: dt.date | None = None
    categories: Mapping[str, str] = attrs.field(factory=dict[str, str])
    split_by_day: bool = False
    ledger: ReadOptions = attrs.field(factory=ReadOptions)
    output: str | None = None


def categories_of(words: Iterable[str]) -> Mapping[str, str]:
    """Return the cost category for each account or word: ``4000=personnel``.

    Raises:
        CommandError: A word has no ``=``, or nothing before or after it; or an account has two.
    """
    categories: dict[str, str] = {}
    for word in words:
        account, _, category = (part.strip() for part in word.rpartition("="))
        if not account or not category:
            raise CommandError("no_category_pair", "usage", word=word)
        if categories.setdefault(account, category) != category:
            raise CommandError("repeated", "usage", name=f"--category {account}")
    return categories


def _plan(inputs: Inputs, options: Request) -> funding.Plan:
    try:
        return funding.plan(
            inputs.costs,
            inputs.portfolio,
            categories=options.categories,
            split_by_day=options.split_by_day,
        )
    except tul.UnknownCodeError as error:
        word, suggestions = str(error.key), tuple(map(str, error.suggestions))
        if suggestions:
            raise CommandError(
                "bad_category_near", "usage", word=word, suggestions=suggestions
            ) from None
        # The entities of the portfolio and, for keys that it lacks, those of the facts.
        merged = inputs.portfolio.over(tul.reference)
        known = tuple(dict.fromkeys(each.id for each in merged.cost_categories))
        raise CommandError("bad_category", "usage", word=word, known=known) from None


def plan_costs(options: Request) -> int:
    """Plan the costs of a ledger, show or write the plan, and return the exit code."""
    path = None if options.output == STANDARD_INPUT else options.output
    write = None if path is None else _writer_for(path)
    require_files(path, (options.portfolio, options.costs))
    inputs = read_inputs(options.portfolio, options.costs, options.language, options.ledger)
    if inputs is None:
        return 2
    plan = _plan(inputs, options)
    view = PlanView(
        plan, inputs, options.language, options.on, plan.report(), categories=options.categories
    )
    output.print_lines(_lines_about_inputs(inputs, options.language))
    if write is None or path is None:
        output.print_lines(map(Line, view.explanation()))
    else:
        write(path, view)
        output.announce_file(path, options.language)
    return 0 if all(each.ok for each in view.reports()) else 1


def _lines_about_inputs(inputs: Inputs, language: str) -> Iterator[Line]:
    """Return the lines with what was found while reading the files."""
    documents = [(name, report) for name, report in inputs.reports if len(report)]
    if documents:
        yield from lines(documents, Layout(language, output.width()))
        yield Line("")


def _writer_for(path: str) -> Callable[[str, PlanView], None]:
    """Return the function that writes a plan to a file with this ending.

    Raises:
        CommandError: No format has this ending.
    """
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


def _write_txt(path: str, view: PlanView) -> None:
    reading = [line.text for line in _lines_about_inputs(view.inputs, view.language)]
    output.write_file(path, "\n".join([*reading, *view.explanation()]) + "\n")


def _write_json(path: str, view: PlanView) -> None:
    findings = [each.to_dict(view.language)["findings"] for each in view.reports()]
    data = {
        "summary": view.summary(),
        "rows": view.rows(),
        "grants": view.grant_rows(),
        "findings": [*itertools.chain.from_iterable(cast("list[list[object]]", findings))],
    }
    json_text = json.dumps(data, ensure_ascii=False, indent=2, default=json_number)
    output.write_file(path, f"{json_text}\n")


def _write_csv(path: str, view: PlanView) -> None:
    headers, cells = table_of(view.rows(), view.language)
    output.write_file(path, csv_bytes(headers, cells, view.language))
    left_out = text(
        "plan_note",
        "rows_only",
        view.language,
        name=path,
        grants=len(view.grant_rows()),
        findings=sum(view.finding_counts().values()),
    )
    output.print_lines([Line(left_out)])


def _write_html(path: str, view: PlanView) -> None:
    page = page_of(view.plan, view.tables(), view.language, view.words())
    output.write_file(path, page)


def _write_xlsx(path: str, view: PlanView) -> None:
    try:
        save_sheets(path, [*view.tables(), view.summary_table()])
    except ModuleNotFoundError as error:  # the extra is not installed
        raise output.OutputError(OSError(0, str(error), path)) from None
    except OSError as error:
        name = os.fsdecode(error.filename or path)
        raise output.OutputError(OSError(error.errno, error.strerror, name)) from None
