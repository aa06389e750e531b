"""Reads the files of `tulevaisuus plan`, and finds the lines of the ledger that are no costs.

A portfolio is a document with grants and projects; a ledger is a table of costs. Codes such as
TSK004 say what a finding is about.
"""

import sys
from collections.abc import Callable, Iterator

import attrs

import tulevaisuus as tul
from tulevaisuus.cli import input_files, output
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.standard_input import STANDARD_INPUT, STANDARD_INPUT_NAME
from tulevaisuus.exchange.csv_and_excel import registered_functions
from tulevaisuus.exchange.formats_registry import ReadOptions, format_of
from tulevaisuus.formats.reading import JSON_LINES_ENDINGS
from tulevaisuus.funding import Cost

__all__ = ["Inputs", "read_inputs"]


_UNKNOWN_FIELD = "TSK004"
"""The code for unknown columns: no error in a ledger, which has columns that no plan needs."""

_MALFORMED, _MISSING_FIELD = "TSK001", "TSK003"
"""The codes by which a table turns out to have no grants: for its form, for a missing column."""

_TABLE_FORMATS = ("csv", "xlsx", "workbook")
"""The formats whose files have rows of one class; a table of grants can be the portfolio."""


@attrs.frozen(kw_only=True)
class Inputs:
    """The portfolio and the costs, and the reports on reading them.

    ``unread`` are the lines of the ledger that are no costs: their ids or, without an id, the
    numbers of their rows.
    """

    portfolio: tul.Portfolio
    costs: tuple[Cost, ...]
    reports: tuple[tuple[str, tul.Report], ...]
    unread: tuple[str, ...]


def read_inputs(portfolio: str, costs: str, language: str, options: ReadOptions) -> Inputs | None:
    """Read both files; return ``None`` if one cannot be opened, with an error on standard error.

    Args:
        portfolio: The path of the document.
        costs: The path of the ledger.
        language: The language of errors.
        options: How to read the ledger.

    Raises:
        CommandError: Both are standard input, the portfolio is a table without grants, or the
            ledger has no use for an option.
    """
    if portfolio == costs == STANDARD_INPUT:
        raise CommandError("repeated", "usage", name="-")
    portfolio_reading = _open(portfolio, _read_portfolio, language)
    ledger_reading = _open(costs, lambda file: _read_costs(file, options), language)
    if portfolio_reading is None or ledger_reading is None:
        return None
    repeated = [each.entity for each in ledger_reading.repeated if isinstance(each.entity, Cost)]
    return Inputs(
        portfolio=portfolio_reading.portfolio,
        costs=(*ledger_reading.entities_of(Cost), *repeated),
        reports=(
            (_name_of(portfolio), _report(portfolio_reading)),
            (_name_of(costs), _report(ledger_reading)),
        ),
        unread=tuple(_unread_lines(ledger_reading)),
    )


def _name_of(file: str) -> str:
    return STANDARD_INPUT_NAME if file == STANDARD_INPUT else file


def _open(file: str, read: Callable[[str], tul.Reading], language: str) -> tul.Reading | None:
    """Read a file, or print why it cannot be opened."""
    try:
        return read(file)
    except OSError as error:
        output.print_os_error(error, language)
    except ModuleNotFoundError as error:  # the optional package for this file type is missing
        output.print_error(str(error))
    return None


def _read_portfolio(file: str) -> tul.Reading:
    """Read a document, a package, or a table of grants.

    Raises:
        CommandError: It is JSON Lines, or a table of which no grants can be made as it is: it lacks
            a column, or it is the ledger in the wrong place.
    """
    file_format = None if file == STANDARD_INPUT else format_of(file)
    name = "" if file_format is None else file_format.name
    if name == "jsonl":
        raise _table_as_portfolio(file)
    reading = input_files.read(file, ReadOptions(of=tul.Grant if name in _TABLE_FORMATS else None))
    if name in _TABLE_FORMATS and _is_other_table(reading):
        raise _table_as_portfolio(file)
    return reading


def _is_other_table(reading: tul.Reading) -> bool:
    """Return whether a table is not one of grants: its headers are unknown, or one is missing."""
    register = f"/{tul.Grant.plural}"
    codes = {
        each.code
        for each in reading.findings
        if each.severity is tul.Severity.ERROR and each.path == register and _has_row(each)
    }
    return _MISSING_FIELD in codes or (_MALFORMED in codes and not reading.portfolio.grants)


def _has_row(finding: tul.Finding) -> bool:
    """Return whether a finding is about a row, and not about a file that is no table at all."""
    return finding.location is not None and finding.location.row is not None


def _table_as_portfolio(file: str) -> CommandError:
    return CommandError("table_as_portfolio", "usage", name=file)


def _read_costs(file: str, options: ReadOptions) -> tul.Reading:
    """Read a ledger; the id of a line without one is the number of its row."""
    if file.lower().endswith(JSON_LINES_ENDINGS):
        input_files.format_read(file, attrs.evolve(options, of=Cost))  # checks the options
        return tul.read(file, of=Cost)
    input_files.require_known_workbook(file)
    source = _read_standard_input() if file == STANDARD_INPUT else file
    of_costs = attrs.evolve(options, of=Cost, ids=options.ids or "{row}")
    return input_files.read_by(registered_functions.read, source, of_costs)


def _read_standard_input() -> bytes:
    """Read standard input, which is a table.

    Raises:
        OSError: It is closed.
    """
    if sys.stdin is None:
        raise OSError(9, "Bad file descriptor", STANDARD_INPUT_NAME)
    return sys.stdin.buffer.read()


def _report(reading: tul.Reading) -> tul.Report:
    """Return the findings of a reading as a report; unknown columns of a ledger are notes."""
    findings = [
        attrs.evolve(each, severity=tul.Severity.NOTE)
        if each.code == _UNKNOWN_FIELD and each.path == "/costs"
        else each
        for each in reading.findings
    ]
    return tul.Report.of(findings, omitted_counts=reading.omitted_counts)


def _unread_lines(ledger: tul.Reading) -> Iterator[str]:
    """Return the ids or numbers of the lines that are no costs.

    A line whose id is repeated is rejected by reading, but the plan has it as a cost.
    """
    repeated = {each.place for each in ledger.repeated}
    row_numbers = _row_numbers(ledger)
    for each in ledger.rejected:
        if each.place is not None and each.place not in repeated:
            number = row_numbers.get(each.place, each.place + 1)
            yield str(number if each.key is None else each.key)


def _row_numbers(ledger: tul.Reading) -> dict[int, int]:
    """Return the row or line in the file for each index of a cost that has findings.

    The path of a finding has the index: ``/costs/7/day``. Its location has the row.
    """
    numbers: dict[int, int] = {}
    for finding in ledger.findings:
        index = finding.path.split("/")[2:3]  # empty in a path without an index
        location = finding.location
        number = None if location is None else location.row or location.line
        if index and index[0].isdecimal() and number is not None:
            numbers.setdefault(int(index[0]), number)
    return numbers
