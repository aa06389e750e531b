"""A plan as lines and as tables: the costs, the grants, the findings, and the unread lines.

A plan says which grant pays which cost of a ledger, a table of costs. What is left of a grant after
its last day lapses.
"""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
from tulevaisuus.funding.ledger_texts_to_ids import Names
from tulevaisuus.funding.payment_and_unpaid_classes import Row
from tulevaisuus.funding.plan_text import closing_lines, total_of
from tulevaisuus.reports.report_texts import subject_text

__all__ = ["PlanView", "Summary", "table_of"]

_DATE_COLUMNS = ("day", "lapses_on")
_COLUMNS = (
    "cost",
    "day",
    "project",
    "category",
    "category_id",
    "category_name",
    "organisation",
    "cost_eur",
    "outcome",
    "grant",
    "least_eur",
    "most_eur",
    "voucher",
    "description",
)
"""The columns of `Plan.to_rows` and the cost category; rows of unread lines have them, too."""

_COLUMN_FOR_PROGRAMS = "category_id"
"""The column that JSON has, and tables for people do not."""

_MAX_GRANTS = 10
"""How many grants without costs a sentence lists."""

Summary: TypeAlias = dict[str, "str | int | Decimal | Summary | None"]
"""The counts and sums of a plan by name."""


@attrs.frozen
class PlanView:
    """A plan in a language, with its inputs.

    ``on`` is the day of the remaining sums, ``categories`` the words of the user for categories.
    """

    plan: funding.Plan
    inputs: Inputs
    language: str
    on: dt.date | None
    report: tul.Report
    categories: Mapping[str, str] = attrs.field(factory=dict[str, str])

    def explanation(self) -> list[str]:
        """Return the plan as lines, then which grants and lines of the ledger are missing."""
        lines = self.plan.explain(self.language, on=self.on).splitlines()
        return [*lines, *self._unused_grants_sentence(), *self.notes()]

    def notes(self) -> list[str]:
        """Return the sentence on the lines of the ledger that are not in the plan, if any."""
        count = len(self.inputs.unread) + len(self.plan.unplanned)
        if not count:
            return []
        return [text("plan_note", "one" if count == 1 else "many", self.language, count=count)]

    def words(self) -> list[str]:
        """Return the sentences about the whole plan: what it lacks, its sums, its legal status."""
        sentences = [
            *self.notes(),
            *self._unused_grants_sentence(),
            *closing_lines(self.plan, self.language),
        ]
        if self.on is not None:
            sentences.append(
                text("plan_note", "on", self.language, day=localize(self.on, self.language))
            )
        return sentences

    def _unused_grants_sentence(self) -> list[str]:
        """Return the sentence on the grants that the plan has nothing about, if any."""
        used = self._grants_in_use()
        grants = [each.id for each in self.plan.grants if each.id not in used]
        if not grants:
            return []
        listed = (*grants[:_MAX_GRANTS], *(["…"] if grants[_MAX_GRANTS:] else []))
        return [
            text("plan_note", "no_costs", self.language, count=len(grants), grants=tuple(listed))
        ]

    def _grants_in_use(self) -> set[str]:
        """Return the ids of the grants that pay a cost, may pay one, or lapse."""
        plan = self.plan
        paying = {each.grant for each in (*plan.payments, *plan.possible)}
        return paying | {each.grant for each in plan.lapses}

    def summary(self) -> Summary:
        """Return the counts and sums of the plan, for programs."""
        plan = self.plan
        count, amount = total_of(plan)
        unpaid = tul.Amount.total(plan.unpaid.values())
        return {
            "costs": count,
            "costs_eur": amount,
            "paid_least_eur": plan.paid.least,
            "paid_most_eur": plan.paid.most,
            "unpaid_least_eur": unpaid.least,
            "unpaid_most_eur": unpaid.most,
            "lines_not_planned": len(plan.unplanned) + len(self.inputs.unread),
            "on": None if self.on is None else self.on.isoformat(),
            "findings": {each.value: number for each, number in self.finding_counts().items()},
            "note": [*closing_lines(plan, self.language)][-1],
        }

    def finding_counts(self) -> dict[tul.Severity, int]:
        """Return the number of findings of each severity, in both files and in the plan."""
        return {each: sum(report.count(each) for report in self.reports()) for each in tul.Severity}

    def reports(self) -> list[tul.Report]:
        """Return the reports on both files, and that on the plan."""
        return [*(report for _, report in self.inputs.reports), self.report]

    def rows(self) -> list[Row]:
        """Return the rows of the plan, and one for each line that could not be read."""
        outcome = text("plan_note", "unread", self.language)
        unread: list[Row] = [
            {**dict.fromkeys(_COLUMNS), "cost": name, "outcome": outcome}
            for name in self.inputs.unread
        ]
        codes = self._codes_by_cost()
        rows = [*map(self._with_category, self.plan.to_rows(self.language)), *unread]
        # A cost can have several rows; `pop` puts its codes into the first one only.
        return [{**row, "codes": codes.pop(str(row["cost"]), None)} for row in rows]

    @functools.cached_property
    def _merged(self) -> tul.Portfolio:
        # The entities of the portfolio and, for keys that it lacks, those of the facts.
        return self.inputs.portfolio.over(tul.reference)

    @functools.cached_property
    def _names(self) -> Names:
        return Names(self._merged, self.plan.grants, self.categories)

    def _with_category(self, row: Row) -> Row:
        """Return a row with the cost category that an account or a word of the ledger means."""
        word = row["category"]
        id = None if word is None else self._names.category(str(word)).id
        name = None if id is None else self._category_name(id, row["grant"])
        category: Row = {
            "category_id": id,
            "category_name": None if name is None else localize(name, self.language),
        }
        extended = {**row, **category}
        return {name: extended[name] for name in _COLUMNS}

    def _category_name(self, id: str, grant: object) -> tul.Text:
        """Return the name of a category in the decree on the grant's call, or in another decree."""
        decrees = self._decrees_by_grant
        decree = decrees.get(str(grant), next(iter(decrees.values()), None))
        categories = [each for each in self._merged.cost_categories if each.id == id]
        # Of equal ones `min` takes the first: that of the programme's decree.
        return min(categories, key=lambda each: each.call_kind is not decree).name

    @functools.cached_property
    def _decrees_by_grant(self) -> Mapping[str, tul.CostCallKind]:
        calls = {each.id: self._merged.calls.get(each.call) for each in self.plan.grants}
        return {
            grant: call.cost_categories
            for grant, call in calls.items()
            if call is not None and call.cost_categories is not None
        }

    def _codes_by_cost(self) -> dict[str, str]:
        """Return the codes of the findings of each cost."""
        codes_by_cost: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for report in self.reports():
            for finding in report.findings:
                word, _, key = finding.subject.partition(" ")
                if word == funding.Cost.singular:
                    codes_by_cost[key][finding.code] = None
        return {key: ", ".join(codes) for key, codes in codes_by_cost.items()}

    def tables(self) -> list[Table]:
        """Return the tables of the plan: the costs, the grants, the findings."""
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
        """Return the sentences about the whole plan as a table of one column."""
        title = text("plan_sheet", "summary", self.language)
        return title, [title], [[line] for line in self.words()]

    def grant_rows(self) -> list[Row]:
        """Return a row for each grant of the plan: its amount, the remaining sum, what lapses."""
        plan = self.plan
        lapses = {lapse.grant: lapse for lapse in plan.lapses}
        own_contributions = {each.grant: each for each in plan.own_contributions}
        used = self._grants_in_use()
        return [
            self._grant_row(grant, lapses.get(grant.id), own_contributions.get(grant.id))
            for grant in plan.grants
            if grant.id in used
        ]

    def _grant_row(
        self,
        grant: tul.Grant,
        lapse: funding.Lapse | None,
        own: funding.OwnContribution | None,
    ) -> Row:
        remaining = self.plan.remaining(grant, on=self.on)
        return {
            "grant": grant.id,
            "least_eur": grant.amount.least,
            "most_eur": grant.amount.most,
            "left_least_eur": remaining.least,
            "left_most_eur": remaining.most,
            "lapses_on": None if lapse is None else lapse.day.isoformat(),
            "lapses_least_eur": None if lapse is None else lapse.amount.least,
            "lapses_most_eur": None if lapse is None else lapse.amount.most,
            "own_least_eur": None if own is None else own.amount.least,
            "own_most_eur": None if own is None else own.amount.most,
        }

    def _finding_rows(self) -> Iterator[Row]:
        """Return a row on the missing lines, then a row for each finding."""
        for note in self.notes():
            label = tul.Severity.ERROR.label.get(self.language)
            yield {"code": None, "severity": label, "subject": None, "place": None, "message": note}
        for finding in (each for report in self.reports() for each in report.findings):
            yield {
                "code": finding.code,
                "severity": finding.severity.label.get(self.language),
                "subject": subject_text(finding.subject, self.language),
                "place": _place_of(finding),
                "message": finding.message(self.language),
            }


def _place_of(finding: tul.Finding) -> str | None:
    """Return where a finding is, without the folder: a plan is sent to others."""
    location = finding.location
    if location is None:
        return None
    name = None if location.source is None else Path(location.source).name
    return str(attrs.evolve(location, source=name))


def table_of(
    rows: Iterable[Row], language: str, *, on: dt.date | None = None
) -> tuple[list[str], list[list[CellValue]]]:
    """Return the headers of a table and its cells, in which dates are `datetime.date`.

    Args:
        rows: The rows, with the same keys.
        language: The language of the headers.
        on: The day for which remaining sums are shown; ``None`` for the end of each grant.
    """
    listed = [*rows]
    names = [each for each in listed[0] if each != _COLUMN_FOR_PROGRAMS] if listed else []
    headers = [_header(name, language, on) for name in names]
    return headers, [[_cell(name, row[name], language) for name in names] for row in listed]


def _header(name: str, language: str, on: dt.date | None) -> str:
    if on is not None and name.startswith("left_"):
        return text("plan_column", f"{name}_on", language, day=localize(on, language))
    return text("plan_column", name, language)


def _cell(name: str, value: CellValue, language: str) -> CellValue:
    """Convert the text of a date to a date, which spreadsheets can sort, and a period to words."""
    if name not in _DATE_COLUMNS or not isinstance(value, str):
        return value
    if "/" in value:
        return localize(tul.Period.parse(value), language)
    return dt.date.fromisoformat(value)
