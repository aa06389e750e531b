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
from typing import Annotated, cast

import attrs
from cyclopts import Parameter

import tulevaisuus as tul
from tulevaisuus import funding
from tulevaisuus.cli import file_output, input_files, output
from tulevaisuus.cli.command_language import chosen_language
from tulevaisuus.cli.command_options import (
    DEFAULT_PLAN_OPTIONS,
    Language,
    PlanOptions,
    parse_date,
)
from tulevaisuus.cli.command_texts import CommandError, text
from tulevaisuus.cli.file_arguments import require_files
from tulevaisuus.cli.plan_page import page_of
from tulevaisuus.cli.plan_reading import Inputs, read_inputs
from tulevaisuus.cli.plan_sentences_and_tables import PlanView, table_of
from tulevaisuus.cli.standard_input import STANDARD_INPUT
from tulevaisuus.exchange.csv_and_excel.writing import csv_bytes
from tulevaisuus.exchange.csv_and_excel.xlsx_writing import save_sheets
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.model.money_and_percent_types import json_number
from tulevaisuus.reports.styled_lines import Line
from tulevaisuus.reports.text_report import Layout, lines

__all__ = ["plan"]


@attrs.frozen(kw_only=True)
class _Request:
    """What to plan, and how to show it: ``on`` is the day of the remaining sums."""

    portfolio: str
    costs: str
    language: str = "en"
    on: dt.date | None = None
    categories: Mapping[str, str] = attrs.field(factory=dict[str, str])
    split_by_day: bool = False
    ledger: ReadOptions = attrs.field(factory=ReadOptions)
    output: str | None = None


def plan(
    portfolio: Annotated[
        str,
        Parameter(
            name="PORTFOLIO",
            help="The document with the projects and their grants, or a table of grants.",
        ),
    ],
    costs: Annotated[
        str,
        Parameter(name="COSTS", help="The ledger: a table (.csv, .tsv, .xlsx) or JSON Lines."),
    ],
    /,
    *,
    options: PlanOptions = DEFAULT_PLAN_OPTIONS,
    output: Annotated[
        str | None,
        Parameter(
            name=("--output", "-o"),
            help="Write to this file, by its ending: .xlsx, .html, .csv, .json, .txt.",
        ),
    ] = None,
    language: Language = None,
) -> int:
    """Plan which grant pays which cost, and return the exit code."""
    return _plan_costs(
        _Request(
            portfolio=portfolio,
            costs=costs,
            language=chosen_language(language),
            on=None if options.on is None else parse_date(options.on),
            categories=_categories_of(options.category),
            split_by_day=options.split_by_day,
            ledger=input_files.options_of(options),
            output=output,
        )
    )


def _categories_of(words: Iterable[str]) -> Mapping[str, str]:
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


def _plan_of(inputs: Inputs, options: _Request) -> funding.Plan:
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


def _plan_costs(options: _Request) -> int:
    """Plan the costs of a ledger, show or write the plan, and return the exit code."""
    path = None if options.output == STANDARD_INPUT else options.output
    write = None if path is None else _writer_for(path)
    require_files(path, (options.portfolio, options.costs))
    inputs = read_inputs(options.portfolio, options.costs, options.language, options.ledger)
    if inputs is None:
        return 2
    plan = _plan_of(inputs, options)
    view = PlanView(
        plan, inputs, options.language, options.on, plan.report(), categories=options.categories
    )
    output.print_lines(_lines_about_inputs(inputs, options.language))
    if write is None or path is None:
        output.print_lines(map(Line, view.explanation()))
    else:
        write(path, view)
        file_output.announce_file(path, options.language)
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
    file_output.write_file(path, "\n".join([*reading, *view.explanation()]) + "\n")


def _write_json(path: str, view: PlanView) -> None:
    findings = [each.to_dict(view.language)["findings"] for each in view.reports()]
    data = {
        "summary": view.summary(),
        "rows": view.rows(),
        "grants": view.grant_rows(),
        "findings": [*itertools.chain.from_iterable(cast("list[list[object]]", findings))],
    }
    json_text = json.dumps(data, ensure_ascii=False, indent=2, default=json_number)
    file_output.write_file(path, f"{json_text}\n")


def _write_csv(path: str, view: PlanView) -> None:
    headers, cells = table_of(view.rows(), view.language)
    file_output.write_file(path, csv_bytes(headers, cells, view.language))
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
    file_output.write_file(path, page)


def _write_xlsx(path: str, view: PlanView) -> None:
    try:
        save_sheets(path, [*view.tables(), view.summary_table()])
    except ModuleNotFoundError as error:  # the extra is not installed
        raise output.OutputError(OSError(0, str(error), path)) from None
    except OSError as error:
        name = os.fsdecode(error.filename or path)
        raise output.OutputError(OSError(error.errno, error.strerror, name)) from None
