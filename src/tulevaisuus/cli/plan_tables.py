"""A plan as lines and as tables: what is paid, the grants, the findings, and what was not read."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import attrs

import tulevaisuus as tul
from tulevaisuus import funding
from tulevaisuus.cli.command_texts import text
from tulevaisuus.cli.plan_page import Table
from tulevaisuus.cli.plan_reading import Inputs
from tulevaisuus.exchange.csv_and_excel.writing import CellValue
from tulevaisuus.findings.localization import localize
from tulevaisuus.funding.payments import Row
from tulevaisuus.funding.plan_text import closing_lines, total_of
from tulevaisuus.reports.subjects import subject_text

__all__ = ["Shown", "Summary", "table_of"]

_DAYS = ("day", "lapses_on")
_COLUMNS = (
    "cost",
    "day",
    "project",
    "category",
    "organisation",
    "cost_eur",
    "outcome",
    "grant",
    "least_eur",
    "most_eur",
    "voucher",
    "description",
)
"""The columns of `Plan.to_rows`, which rows of unread lines have, too."""

Summary: TypeAlias = dict[str, "str | int | Decimal | Summary | None"]
"""The counts and sums of a plan by name."""


@attrs.frozen
class Shown:
    """A plan and the files it was made of, in a language; ``on`` is the day of the remainders."""

    made: funding.Plan
    read: Inputs
    language: str
    on: dt.date | None
    report: tul.Report

    def explained(self) -> list[str]:
        """Return the plan line by line, with how many lines of the ledger are missing."""
        return [*self.made.explain(self.language, on=self.on).splitlines(), *self.notes()]

    def notes(self) -> list[str]:
        """Return how many lines of the ledger are not in the plan, if any."""
        count = len(self.read.unread) + len(self.made.unplanned)
        if not count:
            return []
        return [text("plan_note", "one" if count == 1 else "many", self.language, count=count)]

    def words(self) -> list[str]:
        """Return what is said of the plan as a whole: what it lacks, its sums, and what it is."""
        said = [*self.notes(), *closing_lines(self.made, self.language)]
        if self.on is not None:
            said.append(
                text("plan_note", "on", self.language, day=localize(self.on, self.language))
            )
        return said

    def summary(self) -> Summary:
        """Return the counts and sums of the plan, for programs."""
        made = self.made
        count, amount = total_of(made)
        unpaid = tul.Amount.total(made.unpaid.values())
        return {
            "costs": count,
            "costs_eur": amount,
            "paid_least_eur": made.paid.least,
            "paid_most_eur": made.paid.most,
            "unpaid_least_eur": unpaid.least,
            "unpaid_most_eur": unpaid.most,
            "lines_not_planned": len(made.unplanned) + len(self.read.unread),
            "on": None if self.on is None else self.on.isoformat(),
            "findings": {each.value: number for each, number in self.finding_counts().items()},
            "note": [*closing_lines(made, self.language)][-1],
        }

    def finding_counts(self) -> dict[tul.Severity, int]:
        """Return how many findings there are of each severity, in both files and in the plan."""
        return {each: sum(report.count(each) for report in self.reports()) for each in tul.Severity}

    def reports(self) -> list[tul.Report]:
        """Return what was found while reading, and in the plan."""
        return [*(report for _, report in self.read.reports), self.report]

    def rows(self) -> list[Row]:
        """Return the rows of the plan, and one for each line that could not be read."""
        outcome = text("plan_note", "unread", self.language)
        unread: list[Row] = [
            {**dict.fromkeys(_COLUMNS), "cost": name, "outcome": outcome}
            for name in self.read.unread
        ]
        codes = self._codes()  # each is taken out by the first row of its cost
        rows = [*self.made.to_rows(self.language), *unread]
        return [{**row, "codes": codes.pop(str(row["cost"]), None)} for row in rows]

    def _codes(self) -> dict[str, str]:
        """Return the codes of the findings of each cost."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for report in self.reports():
            for finding in report.findings:
                word, _, key = finding.subject.partition(" ")
                if word == funding.Cost.singular:
                    found[key][finding.code] = None
        return {key: ", ".join(codes) for key, codes in found.items()}

    def tables(self) -> list[Table]:
        """Return all that is shown of a plan as tables: the plan, the grants, the findings."""
        sheets = {
            "plan": self.rows(),
            "grants": self.grant_rows(),
            "findings": [*self._finding_rows()],
        }
        return [
            (text("plan_sheet", name, self.language), *table_of(rows, self.language, on=self.on))
            for name, rows in sheets.items()
        ]

    def summary_table(self) -> Table:
        """Return what is said of the plan as a whole as a table of one column."""
        title = text("plan_sheet", "summary", self.language)
        return title, [title], [[line] for line in self.words()]

    def grant_rows(self) -> list[Row]:
        """Return a row for each grant of the plan: its amount, what is left of it, what lapses."""
        made = self.made
        lapses = {lapse.grant: lapse for lapse in made.lapses}
        own = {each.grant: each for each in made.own_contributions}
        names = {each.grant for each in (*made.payments, *made.possible)} | lapses.keys()
        return [
            self._grant_row(grant, lapses.get(grant.id), own.get(grant.id))
            for grant in made.grants
            if grant.id in names
        ]

    def _grant_row(
        self,
        grant: tul.Grant,
        lapse: funding.Lapse | None,
        own: funding.OwnContribution | None,
    ) -> Row:
        rest = self.made.remaining(grant, on=self.on)
        return {
            "grant": grant.id,
            "least_eur": grant.amount.least,
            "most_eur": grant.amount.most,
            "left_least_eur": rest.least,
            "left_most_eur": rest.most,
            "lapses_on": None if lapse is None else lapse.day.isoformat(),
            "lapses_least_eur": None if lapse is None else lapse.amount.least,
            "lapses_most_eur": None if lapse is None else lapse.amount.most,
            "own_least_eur": None if own is None else own.amount.least,
            "own_most_eur": None if own is None else own.amount.most,
        }

    def _finding_rows(self) -> Iterator[Row]:
        """Return how many lines are missing, what was found while reading, and in the plan."""
        for note in self.notes():
            label = tul.Severity.ERROR.label.get(self.language)
            yield {"code": None, "severity": label, "subject": None, "place": None, "message": note}
        for finding in (each for report in self.reports() for each in report.findings):
            yield {
                "code": finding.code,
                "severity": finding.severity.label.get(self.language),
                "subject": subject_text(finding.subject, self.language),
                "place": _place(finding),
                "message": finding.message(self.language),
            }


def _place(finding: tul.Finding) -> str | None:
    """Return where a finding is; the name of the file will do, as a plan is sent to others."""
    at = finding.location
    if at is None:
        return None
    return str(at if at.source is None else attrs.evolve(at, source=Path(at.source).name))


def table_of(
    rows: Iterable[Row], language: str, *, on: dt.date | None = None
) -> tuple[list[str], list[list[CellValue]]]:
    """Return the headers of rows in words, and their cells, in which days are days.

    Args:
        rows: The rows, with the same keys.
        language: The language of the headers.
        on: The day of what is left of grants, if it is not the end.
    """
    made = [*rows]
    names = [*made[0]] if made else []
    headers = [_header(name, language, on) for name in names]
    return headers, [[_cell(name, row[name], language) for name in names] for row in made]


def _header(name: str, language: str, on: dt.date | None) -> str:
    if on is not None and name.startswith("left_"):
        return text("plan_column", f"{name}_on", language, day=localize(on, language))
    return text("plan_column", name, language)


def _cell(name: str, value: CellValue, language: str) -> CellValue:
    """Return a day as such, so that spreadsheets sort it, and a period in words."""
    if name not in _DAYS or not isinstance(value, str):
        return value
    if "/" in value:
        return localize(tul.Period.parse(value), language)
    return dt.date.fromisoformat(value)
