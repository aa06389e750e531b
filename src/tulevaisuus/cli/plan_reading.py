"""What `tulevaisuus plan` reads: a portfolio, a ledger, and which lines of it no plan has."""

import sys
from collections.abc import Callable, Iterator

import attrs

import tulevaisuus as tul
from tulevaisuus.cli import input_files, output
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.cli.input_files import STANDARD_INPUT, STANDARD_INPUT_NAME
from tulevaisuus.exchange.csv_and_excel import table_format
from tulevaisuus.exchange.formats_registry import ReadOptions, format_of
from tulevaisuus.formats.reading import JSON_LINES_ENDINGS
from tulevaisuus.funding import Cost

__all__ = ["Inputs", "read_inputs"]


_IGNORED = "TSK004"
"""Ledgers have columns that no plan needs: that they are left out is no error here."""

_NATIONAL = "va"
_TABLES = frozenset({_NATIONAL, "csv", "xlsx", "workbook", "jsonl"})
"""The formats of entities of one class, and no portfolio."""


@attrs.frozen(kw_only=True)
class Inputs:
    """A portfolio and costs, what was found while reading both, and the lines that are no costs.

    ``unread`` are the ids of those lines or, where they have none, the numbers of their rows.
    """

    portfolio: tul.Portfolio
    costs: tuple[Cost, ...]
    reports: tuple[tuple[str, tul.Report], ...]
    unread: tuple[str, ...]


def read_inputs(portfolio: str, costs: str, language: str, options: ReadOptions) -> Inputs | None:
    """Read both files; nothing if one cannot be opened, which is said on standard error.

    Args:
        portfolio: The path of the document.
        costs: The path of the ledger.
        language: The language of what is said.
        options: What the caller tells of the ledger.

    Raises:
        CommandError: Both are standard input, the portfolio is a table, or an option does not fit
            the ledger.
    """
    if portfolio == costs == STANDARD_INPUT:
        raise CommandError("repeated", "usage", name="-")
    _require_no_table(portfolio)
    opened = _open(portfolio, _read_portfolio, language)
    ledger = _open(costs, lambda file: _read_costs(file, options), language)
    if opened is None or ledger is None:
        return None
    repeated = [each.entity for each in ledger.repeated if isinstance(each.entity, Cost)]
    return Inputs(
        portfolio=opened.portfolio,
        costs=(*ledger.entities_of(Cost), *repeated),
        reports=((_name_of(portfolio), _report(opened)), (_name_of(costs), _report(ledger))),
        unread=tuple(_unread(ledger)),
    )


def _require_no_table(file: str) -> None:
    """Check that the portfolio is no table: one of grants, or the costs in the wrong order.

    Raises:
        CommandError: It is one.
    """
    found = None if file == STANDARD_INPUT else format_of(file)
    if found is not None and found.name in _TABLES:
        option = "" if found.name == _NATIONAL else " --as grants"  # it holds nothing else
        raise CommandError("table_as_portfolio", "usage", name=file, option=option)


def _name_of(file: str) -> str:
    return STANDARD_INPUT_NAME if file == STANDARD_INPUT else file


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
    return input_files.read(file, ReadOptions())


def _read_costs(file: str, options: ReadOptions) -> tul.Reading:
    """Read a ledger; a line without an id is known by the number of its row."""
    if file.lower().endswith(JSON_LINES_ENDINGS):
        input_files.format_read(file, attrs.evolve(options, of=Cost))  # options may not fit
        return tul.read(file, of=Cost)
    input_files.require_known_workbook(file)
    source = _standard_input() if file == STANDARD_INPUT else file
    of_costs = attrs.evolve(options, of=Cost, ids=options.ids or "{row}")
    return input_files.read_by(table_format.read, source, of_costs)


def _standard_input() -> bytes:
    """Return all of standard input, which is a table.

    Raises:
        OSError: It is closed.
    """
    if sys.stdin is None:
        raise OSError(9, "Bad file descriptor", STANDARD_INPUT_NAME)
    return sys.stdin.buffer.read()


def _report(reading: tul.Reading) -> tul.Report:
    """Return what was found while reading, in which surplus columns are no errors."""
    findings = [
        attrs.evolve(each, severity=tul.Severity.NOTE)
        if each.code == _IGNORED and each.path == "/costs"
        else each
        for each in reading.findings
    ]
    return tul.Report.of(findings, omitted_counts=reading.omitted_counts)


def _unread(ledger: tul.Reading) -> Iterator[str]:
    """Return the lines that are no costs; those whose id comes twice are costs of the plan."""
    places = {each.place for each in ledger.repeated}
    rows = _rows(ledger)
    for each in ledger.rejected:
        if each.place is not None and each.place not in places:
            number = rows.get(each.place, each.place + 1)
            yield str(number if each.key is None else each.key)


def _rows(ledger: tul.Reading) -> dict[int, int]:
    """Return the rows or lines of the file by their places among the costs, as findings tell."""
    found: dict[int, int] = {}
    for finding in ledger.findings:
        place = finding.path.split("/")[2:3]
        at = finding.location
        number = None if at is None else at.row or at.line
        if place and place[0].isdecimal() and number is not None:
            found.setdefault(int(place[0]), number)
    return found
