"""`Checked`: what a check of data frames found."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, cast

import narwhals.stable.v2 as nw

from tulevaisuus.findings.collector import Counts
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity
from tulevaisuus.frames.engines.expressions import LazyFrame
from tulevaisuus.frames.reporting import ViolationRow, findings_by_row, findings_of
from tulevaisuus.frames.rules.rule_declaration import COLUMNS
from tulevaisuus.frames.tables.checked_tables import DATA_REGISTERS, Tables
from tulevaisuus.frames.tables.code_lists import ObjectViolation
from tulevaisuus.frames.tables.schemas import SCHEMAS, schemas_of
from tulevaisuus.rules.rule_declaration import Rule, rulebook

__all__ = ["Checked"]

F_co = TypeVar("F_co", covariant=True)

_MOST_OF_A_ROW = 50
"""The most findings of one row that are put in the order of its rules before a report is cut."""

_SORTED = ("table", "key", "place", "code", "column")


class Checked(Generic[F_co]):
    """What a check of data frames found.

    ``findings`` are those on tables and columns, from their types alone; ``skipped`` the codes of
    rules that lacked a table. Rows and cells are in `violations`.
    """

    def __init__(
        self,
        *,
        queries: Sequence[LazyFrame],
        tables: Tables,
        rules: Iterable[Rule],
        findings: Iterable[Finding],
        skipped: Iterable[str],
        code_lists: Sequence[ObjectViolation],
    ) -> None:
        """Take the queries; `tulevaisuus.frames.check` makes it."""
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.skipped: tuple[str, ...] = tuple(skipped)
        self._tables = tables
        self._rules = [*rules]
        self._code_lists = code_lists
        self._queries = queries

    @functools.cached_property
    def _frame(self) -> LazyFrame:
        return self._tables.engine.gather(self._queries).select(*COLUMNS)

    @functools.cached_property
    def violations(self) -> F_co:
        """The violations as a frame of the library that was given, lazy if the given frames are.

        Columns, all text: ``table``, ``key`` of the entity, ``place`` in a list (from 0; in a list
        of a list ``1/0``), ``column`` (none: the whole row), ``code``, ``severity``, ``value`` of
        the cell, ``other``: what it contradicts.
        """
        return cast("F_co", self._tables.engine.to_native_frame(self._frame))

    @functools.cached_property
    def _counts(self) -> Counts:
        return self._run(0)[0]

    def counts(self) -> Counts:
        """Return how many violations and findings there are of each code and severity.

        Lazy frames run for it.
        """
        return self._counts

    def _run(self, limit: int) -> tuple[Counts, list[ViolationRow]]:
        """Run the violations once for their numbers and the first of them."""
        numbers = self._frame.group_by("code", "severity").agg(nw.len().alias("number"))
        frames = [numbers]
        if limit:
            frames.append(self._frame.sort(*_SORTED, nulls_last=False).head(limit))
        counted, *listed = self._tables.engine.collect_rows(frames)
        counter: Counter[tuple[str, Severity]] = Counter()
        for row in counted:
            counter[row["code"], Severity(row["severity"])] += row["number"]
        for finding in self.findings:
            counter[finding.code, finding.severity] += 1
        counts = tuple((*key, number) for key, number in sorted(counter.items()))
        shown = [ViolationRow(**row) for rows in listed for row in rows]
        return counts, shown

    def report(self, limit: int = 100) -> Report:
        """Return a report in the words of the rules: exact numbers, and the first findings.

        The rows of these, and those that belong to them, are fetched and checked as objects. A
        finding's path has the key of its entity in place of a number: ``/grants/g21/usable/start``.

        Args:
            limit: How many findings are listed at most.
        """
        counts, shown = self._run(max(limit - len(self.findings), 1))
        found = findings_of(shown, self._tables, self._rules, self._code_lists)
        return self._report(counts, (*self.findings, *found)[:limit])

    def _report(self, counts: Counts, listed: Sequence[Finding]) -> Report:
        named = {*self.skipped, *(code for code, _, _ in counts)}
        titles = tuple((rule.code, rule.title) for rule in rulebook if rule.code in named)
        return Report(
            findings=tuple(listed),
            skipped=self.skipped,
            counts=counts,
            omitted=sum(number for _, _, number in counts) - len(listed),
            titles=titles,
        )

    def report_by_row(self, limit: int) -> Report:
        """Return the report of the same tables as objects, with numbers of rows in its paths.

        Tables must have been given with a column of these numbers as their order.

        Args:
            limit: How many findings are listed at most.
        """
        counts = self.counts()
        shown = self._first_by_row(limit + _MOST_OF_A_ROW)
        found = findings_by_row(shown, self._tables, self._rules, self._code_lists)
        return self._report(counts, (*self.findings, *found)[:limit])

    def _first_by_row(self, limit: int) -> dict[ViolationRow, int | None]:
        """Return the first violations in the order of rows, and the number of the row of each."""
        others = [name for name, schema in SCHEMAS.items() if schema.main not in DATA_REGISTERS]
        frames = [
            self._frame.filter(nw.col("key").is_null()).head(limit),
            *self._with_row_numbers(limit),
            self._frame.filter(nw.col("table").is_in(others)).head(limit),
        ]
        shown: dict[ViolationRow, int | None] = {}
        for row in itertools.chain.from_iterable(self._tables.engine.collect_rows(frames)):
            number = row.pop("row_number", None)
            shown[ViolationRow(**row)] = number
        return shown

    def _with_row_numbers(self, limit: int) -> Iterator[LazyFrame]:
        """Yield for each register the first violations, with the numbers of rows."""
        for main in DATA_REGISTERS:
            table = self._tables.inputs.get(main)
            if table is None or table.is_empty or table.order is None:
                continue
            names = [schema.name for schema in schemas_of(main)]
            rows = table.with_flags.select(row_key=table.key, row_number=nw.col(table.order))
            numbered = self._frame.filter(nw.col("table").is_in(names)).join(
                rows, left_on="key", right_on="row_key", how="inner"
            )
            yield numbered.sort("row_number", *_SORTED, nulls_last=False).head(limit)

    def __repr__(self) -> str:
        """Return a short description, without running anything."""
        numbers = f"{len(self.findings)} findings on columns, {len(self.skipped)} rules skipped"
        return f"<Checked: {numbers}>"
