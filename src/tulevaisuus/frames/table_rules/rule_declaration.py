"""Declares rules on tables; the same rules on objects are in `tulevaisuus.rules`.

A `RowRule` yields `RowCheck`s: conditions on the columns of one row and of the entities that it
refers to. A `QueryRule` yields queries over several rows or tables. Both have the code of the rule
on objects, and the result of both are violations: one row for each cell or row that breaks it::

    @row_rule("TSK301", "grants", lookups=["call"])  # joins `call_closing`
    def decided_before_deadline(tables: Tables) -> Iterator[RowCheck]:
        where = is_true(nw.col("decided_on") <= nw.col("call_closing"))
        yield RowCheck("decided_on", where, other=as_text("call_closing"))

The place of a row is a text with its indexes in lists, the outer list first: ``0/2``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

import attrs
import narwhals.stable.v2 as nw

from tulevaisuus.findings.pydantic_and_notebooks import PydanticFields
from tulevaisuus.findings.severity import Severity
from tulevaisuus.frames.engines.expressions import LazyFrame, null_text
from tulevaisuus.frames.tables.tables_with_facts import Tables

__all__ = [
    "ROW_NUMBER_COLUMNS",
    "VIOLATION_COLUMNS",
    "Coverage",
    "QueryFunction",
    "QueryResult",
    "QueryRule",
    "RowCheck",
    "RowFunction",
    "RowRule",
    "TableRule",
    "query_rule",
    "row_rule",
    "to_violations",
]

VIOLATION_COLUMNS = ("table", "key", "place", "column", "code", "severity", "value", "other")
"""The columns of violations, all of them text.

``table``, ``key``, ``place`` and ``column`` say which cell breaks the rule, ``value`` is its text,
and ``other`` the text of what it contradicts, such as a day of the call.
"""

ROW_NUMBER_COLUMNS = ("register", "row_number")
"""Further columns of violations in a report that is sorted by the numbers of rows.

``register`` is the index of the main table in the order of a document.
"""


class RowCheck(NamedTuple):
    """A condition under which a row breaks a rule.

    ``column`` is the column of the finding, ``None`` for the whole row; ``other`` is the value that
    the cell contradicts.
    """

    column: str | None
    where: nw.Expr
    other: nw.Expr | None = None
    severity: Severity | None = None


class QueryResult(NamedTuple):
    """Rows that break a rule: a frame with ``key`` and some of ``place``, ``value``, ``other``.

    ``table`` and ``column`` are the same for all rows.
    """

    frame: LazyFrame
    table: str
    column: str | None
    severity: Severity | None = None


RowFunction: TypeAlias = Callable[[Tables], Iterator[RowCheck]]
"""Yields the checks of a `RowRule`, from the given tables and the facts."""

QueryFunction: TypeAlias = Callable[[Tables], Iterator[QueryResult]]
"""Yields the results of a `QueryRule`, from the given tables and the facts."""


@attrs.frozen(kw_only=True)
class TableRule:
    """A rule on tables: its code, the table that it checks, and other tables that it needs.

    It is skipped if one of the ``needs`` is not given.
    """

    code: str
    table: str
    needs: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class RowRule(TableRule):
    """A rule on one row; ``lookups`` join the entities that the row refers to.

    What is looked up is in the bundled facts, too, so that no other table must be given.
    """

    lookups: tuple[str, ...] = ()
    function: RowFunction


@attrs.frozen(kw_only=True)
class QueryRule(TableRule):
    """A rule on several rows together."""

    function: QueryFunction


def row_rule(
    code: str, table: str, *, lookups: Iterable[str] = (), needs: Iterable[str] = ()
) -> Callable[[RowFunction], RowRule]:
    """Declare a rule on one row.

    Args:
        code: The code of the rule.
        table: The table whose rows it checks.
        lookups: The look-ups for each row (`tulevaisuus.frames.table_rules.lookups`).
        needs: Other tables that must be given.
    """

    def declare(function: RowFunction) -> RowRule:
        """Make the rule of a function."""
        return RowRule(
            code=code, table=table, lookups=tuple(lookups), needs=tuple(needs), function=function
        )

    return declare


def query_rule(
    code: str, table: str, *, needs: Iterable[str] = ()
) -> Callable[[QueryFunction], QueryRule]:
    """Declare a rule on several rows together.

    Args:
        code: The code of the rule.
        table: The table whose rows it checks.
        needs: Other tables that must be given.
    """

    def declare(function: QueryFunction) -> QueryRule:
        """Make the rule of a function."""
        return QueryRule(code=code, table=table, needs=tuple(needs), function=function)

    return declare


@attrs.frozen
class Coverage(PydanticFields):
    """How a rule is checked on frames: the ``tables`` it checks, or the ``reason`` why it cannot.

    A rule with both is checked in part; the reason is about the other part. ``needs`` are the other
    tables without which it is skipped.
    """

    code: str
    tables: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reason: str | None = None


def to_violations(found: QueryResult, code: str, severity: Severity) -> LazyFrame:
    """Return the result of a query as violations."""
    names = found.frame.collect_schema().names()
    texts: Mapping[str, str | None] = {
        "table": found.table,
        "column": found.column,
        "code": code,
        "severity": (found.severity or severity).value,
    }
    columns: dict[str, nw.Expr] = {}
    for name in VIOLATION_COLUMNS:
        if name in texts:
            text = texts[name]
            columns[name] = null_text() if text is None else nw.lit(text, dtype=nw.String)
        else:
            columns[name] = nw.col(name).cast(nw.String) if name in names else null_text()
    columns |= {name: nw.col(name) for name in ROW_NUMBER_COLUMNS if name in names}
    return found.frame.select(**columns)
