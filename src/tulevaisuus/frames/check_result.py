"""`Checked`: the result of a check of data frames.

A register is a collection of the entities of one class, by key.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar, cast

from tulevaisuus.findings.collector import Counts
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity
from tulevaisuus.frames.engines.expressions import LazyFrame
from tulevaisuus.frames.findings_of_violations import ViolationRow, findings_by_row, findings_of
from tulevaisuus.frames.table_rules.rule_declaration import VIOLATION_COLUMNS
from tulevaisuus.frames.tables.code_lists import ObjectViolation
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.frames.unchecked_rows_of_report import unchecked_rows
from tulevaisuus.rules.rule_declaration import Rule, rulebook

__all__ = ["Checked"]

F_co = TypeVar("F_co", covariant=True)

_MAX_FINDINGS_OF_ROW = 50
"""The maximum number of findings of one row that are sorted before a report is cut."""

_SORT_COLUMNS = ("table", "key", "place", "code", "column")


class Checked(Generic[F_co]):
    """The result of a check of data frames.

    ``findings`` are those on tables and columns, from their types alone; ``skipped`` the codes of
    rules that lacked a table, or that need each row of one in which rows are wrong. Rows and cells
    are in `violations`.
    """

    def __init__(
        self,
        *,
        queries: Sequence[LazyFrame],
        literal: LazyFrame,
        tables: Tables,
        rules: Iterable[Rule],
        findings: Iterable[Finding],
        skipped: Iterable[str],
        code_lists: Sequence[ObjectViolation],
    ) -> None:
        """Take the queries. `tulevaisuus.frames.check` calls this."""
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.skipped: tuple[str, ...] = tuple(skipped)
        self._tables = tables
        self._rules = [*rules]
        self._code_lists = code_lists
        self._queries = queries
        self._literal = literal

    @functools.cached_property
    def _frame(self) -> LazyFrame:
        return self._tables.engine.concatenate([*self._queries, self._literal]).select(
            *VIOLATION_COLUMNS
        )

    @functools.cached_property
    def violations(self) -> F_co:
        """The violations as a frame of the same library as the given frames, lazy if those are.

        Columns, all text: ``table``, ``key`` of the entity, ``place`` in a list (from 0; in a list
        of a list ``1/0``), ``column`` (none: the whole row), ``code``, ``severity``, ``value`` of
        the cell, ``other``: what it contradicts.
        """
        engine = self._tables.engine
        with engine.errors_as_value_errors():
            return cast("F_co", engine.to_native_frame(self._frame))

    @functools.cached_property
    def _counts(self) -> Counts:
        with self._tables.engine.errors_as_value_errors():
            return self._run(0)[0]

    def counts(self) -> Counts:
        """Return the number of violations and findings for each code and severity.

        Lazy frames run for it.
        """
        return self._counts

    def _run(self, limit: int) -> tuple[Counts, list[ViolationRow]]:
        """Run the query of violations once, for their counts and the first ones."""
        numbers, first = self._tables.engine.summarize(
            [*self._queries, self._literal], _SORT_COLUMNS, limit
        )
        return self._counted(numbers), [ViolationRow(**row) for row in first[:limit]]

    def _counted(self, numbers: Iterable[dict[str, Any]]) -> Counts:
        """Add up the numbers of violations, and the findings on columns."""
        counter: Counter[tuple[str, Severity]] = Counter()
        for row in numbers:
            counter[row["code"], Severity(row["severity"])] += row["number"]
        for finding in self.findings:
            counter[finding.code, finding.severity] += 1
        return tuple((*key, number) for key, number in sorted(counter.items()))

    def report(self, limit: int = 100) -> Report:
        """Return a report with exact counts and the first findings.

        The rows of these, and those that belong to them, are fetched and checked as objects. A
        finding's path has the key of its entity in place of a number: ``/grants/g21/usable/start``.
        Rows that no rule was checked on, as one of their cells is wrong, are `Report.unchecked`.

        Args:
            limit: How many findings are listed at most.
        """
        with self._tables.engine.errors_as_value_errors():
            counts, shown = self._run(max(limit - len(self.findings), 1))
            found = findings_of(shown, self._tables, self._rules, self._code_lists)
            return self._report(counts, (*self.findings, *found), limit)

    def _report(self, counts: Counts, found: Sequence[Finding], limit: int) -> Report:
        listed = tuple(found[:limit])
        unchecked = unchecked_rows(self._tables, limit)
        named = {*self.skipped, *(code for code, _, _ in counts)}
        titles = tuple((rule.code, rule.title) for rule in rulebook if rule.code in named)
        return Report(
            findings=listed,
            skipped=self.skipped,
            counts=counts,
            omitted=sum(number for _, _, number in counts) - len(listed),
            titles=titles,
            unchecked=unchecked.listed,
            unchecked_omitted=unchecked.omitted,
        )

    def report_by_row(self, limit: int) -> Report:
        """Return the report of the same tables as objects, with numbers of rows in its paths.

        Tables must have been given with a column of these numbers as their order.

        Args:
            limit: How many findings are listed at most.
        """
        numbers, rows = self._tables.engine.summarize(
            self._queries, ("row_number",), limit + _MAX_FINDINGS_OF_ROW
        )
        of_lists = [
            ViolationRow(
                *each.place, each.finding.code, each.finding.severity.value, each.value, None
            )
            for each in self._code_lists
        ]
        counted = [{"code": row.code, "severity": row.severity, "number": 1} for row in of_lists]
        shown = self._first_by_row(rows, limit + _MAX_FINDINGS_OF_ROW) | dict.fromkeys(of_lists)
        found = findings_by_row(shown, self._tables, self._rules, self._code_lists)
        return self._report(self._counted([*numbers, *counted]), (*self.findings, *found), limit)

    def _first_by_row(self, rows: Iterable[dict[str, Any]], limit: int) -> dict[ViolationRow, int]:
        """Return the first violations of each register, and the number of the row of each."""
        registers: defaultdict[int, dict[ViolationRow, int]] = defaultdict(dict)
        for row in sorted(rows, key=_order_in_file):
            rows_of_register = registers[row.pop("register")]
            number = row.pop("row_number")
            if len(rows_of_register) < limit:
                rows_of_register[ViolationRow(**row)] = number
        return {row: number for rows in registers.values() for row, number in rows.items()}

    def __repr__(self) -> str:
        """Return a short description, without running anything."""
        numbers = f"{len(self.findings)} findings on columns, {len(self.skipped)} rules skipped"
        return f"<Checked: {numbers}; report() also checks the rows>"


def _order_in_file(row: dict[str, Any]) -> tuple[object, ...]:
    """Return the columns that sort the violations of a report with the numbers of rows."""
    return (row["row_number"], *(row[each] or "" for each in _SORT_COLUMNS))
