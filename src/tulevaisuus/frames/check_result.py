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
"""The class of the frames that were given."""

_MAX_FINDINGS_OF_ROW = 50
"""The maximum number of findings of one row that are sorted before a report is cut."""

_SORT_COLUMNS = ("table", "key", "place", "code", "column")
"""The columns by which the violations of a report are sorted."""


class Checked(Generic[F_co]):
    """The result of a check of data frames.

    ``findings`` are about tables and columns, from the types of the columns alone; what is wrong in
    rows and cells is in `violations`. ``skipped`` has the codes of rules that were not checked: a
    table is missing, or they need every row of a table, and some of its rows are invalid.
    """

    def __init__(
        self,
        *,
        queries: Sequence[LazyFrame],
        known_violations: LazyFrame,
        tables: Tables,
        rules: Iterable[Rule],
        findings: Iterable[Finding],
        skipped: Iterable[str],
        object_violations: Sequence[ObjectViolation],
    ) -> None:
        """Take the queries. `tulevaisuus.frames.check` calls this.

        Args:
            queries: Queries that return violations.
            known_violations: A frame of the violations that are known without a query.
            tables: The tables.
            rules: The rules that were selected.
            findings: See the class.
            skipped: See the class.
            object_violations: The known violations, with their findings: those of the tables that
                were read into memory.
        """
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.skipped: tuple[str, ...] = tuple(skipped)
        self._tables = tables
        self._rules = [*rules]
        self._object_violations = object_violations
        self._queries = queries
        self._known_violations = known_violations

    @functools.cached_property
    def _frame(self) -> LazyFrame:
        return self._tables.engine.concatenate([*self._queries, self._known_violations]).select(
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

        This runs the queries, also those on lazy frames.
        """
        return self._counts

    def _run(self, limit: int) -> tuple[Counts, list[ViolationRow]]:
        """Run the queries once, and return the counts of all violations and the first of them."""
        numbers, first = self._tables.engine.summarize(
            [*self._queries, self._known_violations], _SORT_COLUMNS, limit
        )
        return self._add_up(numbers), [ViolationRow(**row) for row in first[:limit]]

    def _add_up(self, numbers: Iterable[dict[str, Any]]) -> Counts:
        """Return the counts: the numbers of violations, and of the findings on columns."""
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
            found = findings_of(shown, self._tables, self._rules, self._object_violations)
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
        """Return the same report as for objects: its paths have numbers of rows in place of keys.

        The tables must have been given with a column of these numbers as their order.

        Args:
            limit: How many findings are listed at most.
        """
        numbers, rows = self._tables.engine.summarize(
            self._queries, ("row_number",), limit + _MAX_FINDINGS_OF_ROW
        )
        known_rows = [
            ViolationRow(
                *known.address, known.finding.code, known.finding.severity.value, known.value, None
            )
            for known in self._object_violations
        ]
        counted = [{"code": row.code, "severity": row.severity, "number": 1} for row in known_rows]
        shown = self._first_by_row(rows, limit + _MAX_FINDINGS_OF_ROW) | dict.fromkeys(known_rows)
        found = findings_by_row(shown, self._tables, self._rules, self._object_violations)
        return self._report(self._add_up([*numbers, *counted]), (*self.findings, *found), limit)

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
