"""Builds the queries of a check: they return the violations of the selected rules.

In most engines each check of a row is a filter of its own, and the filtered rows are concatenated.
If scans are expensive, rows are checked in one pass: the numbers of the checks that a row fails
become a text, which is split and exploded.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import narwhals.stable.v2 as nw

from tulevaisuus.findings.severity import Severity
from tulevaisuus.frames.engines.expressions import (
    LazyFrame,
    as_text,
    euros_as_text,
    null_text,
)
from tulevaisuus.frames.engines.interface import Strategy
from tulevaisuus.frames.table_rules.lookups import with_lookups
from tulevaisuus.frames.table_rules.rule_declaration import (
    ROW_NUMBER_COLUMNS,
    VIOLATION_COLUMNS,
    QueryResult,
    QueryRule,
    RowCheck,
    RowRule,
    TableRule,
    to_violations,
)
from tulevaisuus.frames.tables.input_table import InputTable
from tulevaisuus.frames.tables.schemas import CLASSES, SCHEMAS
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.field_types import Boolean, Date, Money

__all__ = ["build_queries", "can_run"]


class _Check(NamedTuple):
    """Which rows of a frame are violations, and the other columns of these violations.

    If the value is a day, ``day`` is its column: the engine then writes the day as text.
    """

    where: nw.Expr
    table: str
    column: str | None
    code: str
    severity: str
    value: nw.Expr
    other: nw.Expr
    day: str | None = None


def build_queries(
    tables: Tables, rules: Iterable[TableRule], severities: Mapping[str, Severity]
) -> list[LazyFrame]:
    """Return frames of violations.

    Args:
        tables: The tables.
        rules: The rules to check; all their tables must be given.
        severities: The severity of each selected rule; others are not checked.
    """
    chosen = [*rules]
    frames = [
        *_violations_of_cells(tables, severities),
        *_violations_of_rows(tables, chosen, severities),
    ]
    for rule in chosen:
        if isinstance(rule, QueryRule):
            frames += [
                to_violations(
                    _result_with_row_numbers(tables, result), rule.code, severities[rule.code]
                )
                for result in rule.function(tables)
            ]
    return frames


def can_run(rule: TableRule, tables: Tables) -> bool:
    """Whether the tables of a rule are given and can be read."""
    return tables.has(rule.table, *rule.needs)


def _violations_of_cells(tables: Tables, severities: Mapping[str, Severity]) -> Iterator[LazyFrame]:
    """Return the violations of single cells."""
    for table_input in tables.inputs.values():
        checks = [
            _Check(
                nw.col(each.flag),
                table_input.name,
                each.column,
                each.code,
                severities[each.code].value,
                each.text,
                null_text(),
            )
            for each in table_input.checks
            if each.code in severities
        ]
        if checks:
            yield from _violations(tables, _rows_with_keys(tables, table_input), checks)


def _rows_with_keys(tables: Tables, table_input: InputTable) -> LazyFrame:
    rows = tables.rejected.rows(table_input.name).with_columns(
        row_key=table_input.key, row_place=table_input.place
    )
    return _with_row_numbers(tables, table_input.name, rows, table_input.order)


def _with_row_numbers(
    tables: Tables, name: str, rows: LazyFrame, order: str | None, key: str = "row_key"
) -> LazyFrame:
    """Add the columns by which rows are sorted in a report with the numbers of rows.

    Args:
        tables: The tables.
        name: The table of the rows.
        rows: The rows.
        order: The column with their numbers; ``None`` for the numbers of their entities.
        key: The column with the key of the entity.
    """
    if not tables.is_numbered:
        return rows
    main_table = SCHEMAS[name].main_table
    if order is None:
        rows = rows.join(
            tables.row_numbers(main_table), left_on=key, right_on="numbered_key", how="left"
        )
    else:
        rows = rows.with_columns(row_number=nw.col(order))
    return rows.with_columns(register=nw.lit([*CLASSES].index(main_table)))


def _result_with_row_numbers(tables: Tables, found: QueryResult) -> QueryResult:
    order = "order" if "order" in found.frame.collect_schema().names() else None
    return found._replace(frame=_with_row_numbers(tables, found.table, found.frame, order, "key"))


def _violations_of_rows(
    tables: Tables, rules: Iterable[TableRule], severities: Mapping[str, Severity]
) -> Iterator[LazyFrame]:
    """Return the violations of single rows; rules with the same look-ups share a query."""
    groups: dict[tuple[str, tuple[str, ...]], list[RowRule]] = defaultdict(list)
    for rule in rules:
        if isinstance(rule, RowRule):
            groups[rule.table, rule.lookups].append(rule)
    if tables.engine.strategy is not Strategy.FILTERS:
        groups = _merge_by_table(groups)
    for (name, lookups), row_rules in groups.items():
        checks = [
            _make_check(name, rule.code, row_check, severities[rule.code])
            for rule in row_rules
            for row_check in rule.function(tables)
        ]
        rows = with_lookups(tables, name, lookups).with_columns(
            row_key=nw.col("key"), row_place=nw.col("place")
        )
        order = None if tables.inputs[name].order is None else "order"
        yield from _violations(tables, _with_row_numbers(tables, name, rows, order), checks)


def _merge_by_table(
    groups: Mapping[tuple[str, tuple[str, ...]], list[RowRule]],
) -> dict[tuple[str, tuple[str, ...]], list[RowRule]]:
    """Group the rules by table, with all look-ups of these rules."""
    lookups: dict[str, dict[str, None]] = defaultdict(dict)
    merged: dict[str, list[RowRule]] = defaultdict(list)
    for (name, needed), rules in groups.items():
        lookups[name] |= dict.fromkeys(needed)
        merged[name] += rules
    return {(name, tuple(lookups[name])): rules for name, rules in merged.items()}


def _make_check(table: str, code: str, row_check: RowCheck, severity: Severity) -> _Check:
    return _Check(
        row_check.where,
        table,
        row_check.column,
        code,
        (row_check.severity or severity).value,
        _cell_text(table, row_check.column),
        null_text() if row_check.other is None else row_check.other.cast(nw.String),
        row_check.column if _is_day(table, row_check.column) else None,
    )


def _is_day(table: str, column: str | None) -> bool:
    columns = SCHEMAS[table].table.columns
    return column in columns and isinstance(columns[column][1], Date)


@functools.cache
def _cell_text(table: str, column: str | None) -> nw.Expr:
    """Return the text of a valid cell; null for a name that is no column of the table."""
    schema = SCHEMAS[table].table
    if column is None or column not in schema.columns:
        return null_text()
    field_type = schema.columns[column][1]
    if isinstance(field_type, Money):
        return euros_as_text(nw.col(column))
    if isinstance(field_type, Boolean):
        return nw.when(nw.col(column)).then(nw.lit("true")).otherwise(nw.lit("false"))
    return as_text(column)


def _violations(tables: Tables, rows: LazyFrame, checks: list[_Check]) -> Iterator[LazyFrame]:
    strategies = {
        Strategy.MASKS: _by_masks,
        Strategy.FILTERS: _by_filters,
        Strategy.ONE_PASS: _in_one_pass,
    }
    return strategies[tables.engine.strategy](tables, rows, checks) if checks else iter(())


def _by_masks(tables: Tables, rows: LazyFrame, checks: list[_Check]) -> Iterator[LazyFrame]:
    """Filter rows by the boolean columns of the checks; the engine adds what all rows share."""
    numbers = ROW_NUMBER_COLUMNS if tables.is_numbered else ()
    masked = rows.with_columns(**{f"check_{n}": each.where for n, each in enumerate(checks)})
    for number, check in enumerate(checks):
        found = masked.filter(nw.col(f"check_{number}")).select(
            key="row_key",
            place="row_place",
            value=check.value if check.day is None else nw.col(check.day),
            other=check.other,
            **{name: nw.col(name) for name in numbers},
        )
        days = () if check.day is None else ("value",)
        yield tables.engine.select(found, (*VIOLATION_COLUMNS, *numbers), _constants(check), days)


def _constants(check: _Check) -> dict[str, str | None]:
    """Return the columns of violations that are the same in each row."""
    return {
        "table": check.table,
        "column": check.column,
        "code": check.code,
        "severity": check.severity,
    }


def _by_filters(tables: Tables, rows: LazyFrame, checks: list[_Check]) -> Iterator[LazyFrame]:
    """Filter rows by the condition of each check."""
    numbers = ROW_NUMBER_COLUMNS if tables.is_numbered else ()
    for check in checks:
        yield rows.filter(check.where).select(
            table=_literal(check.table),
            key="row_key",
            place="row_place",
            column=_literal(check.column),
            code=_literal(check.code),
            severity=_literal(check.severity),
            value=check.value,
            other=check.other,
            **{name: nw.col(name) for name in numbers},
        )


def _literal(text: str | None) -> nw.Expr:
    return null_text() if text is None else nw.lit(text, dtype=nw.String)


def _text_by_check_number(texts: Iterable[nw.Expr]) -> nw.Expr:
    """Return the text for the number of a check; checks that share a text share the expression.

    This saves time: Spark needs a call for each part of an expression.
    """
    numbers: dict[int, list[str]] = defaultdict(list)
    shared: dict[int, nw.Expr] = {}
    for number, text in enumerate(texts):
        numbers[id(text)].append(str(number))
        shared[id(text)] = text
    chosen = null_text()
    for name, text in shared.items():
        if text is not null_text():
            is_one = nw.col("number").is_in(numbers[name])
            chosen = nw.when(is_one).then(text).otherwise(chosen)
    return chosen


def _in_one_pass(tables: Tables, rows: LazyFrame, checks: list[_Check]) -> Iterator[LazyFrame]:
    """Check rows by all checks in one scan."""
    failed = [
        nw.when(check.where).then(nw.lit(f"{number},")).otherwise(nw.lit(""))
        for number, check in enumerate(checks)
    ]
    failing = rows.with_columns(failed=nw.concat_str(failed, separator="")).filter(
        nw.col("failed") != nw.lit("")
    )
    numbered = failing.with_columns(number=nw.col("failed").str.split(",")).explode("number")
    found = numbered.filter(nw.col("number") != nw.lit("")).select(
        "number",
        key="row_key",
        place="row_place",
        value=_text_by_check_number([check.value for check in checks]),
        other=_text_by_check_number([check.other for check in checks]),
    )
    lines = [
        (str(number), check.table, check.column, check.code, check.severity)
        for number, check in enumerate(checks)
    ]
    types = {"check_number": str, "table": str, "column": str, "code": str, "severity": str}
    known = tables.engine.literal_table(types, lines)
    yield found.join(known, left_on="number", right_on="check_number", how="inner").select(
        *VIOLATION_COLUMNS
    )
