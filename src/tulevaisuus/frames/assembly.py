"""Assembly: the forms of all chosen rules as one frame of violations.

Engines differ in what a look at a table costs. For most of them each form is a filter of its own,
and the filtered rows come one below the other. Where each look is a scan, rows are judged in one
pass: the numbers of the forms that a row breaks become a text, which is split and exploded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import narwhals.stable.v2 as nw

from tulevaisuus.findings.severity import Severity
from tulevaisuus.frames.expressions import Lazy, euros_text, no_text, text_of
from tulevaisuus.frames.forms import COLUMNS, Breach, Form, Found, RowForm, TableForm, violations_of
from tulevaisuus.frames.layouts import LAYOUTS
from tulevaisuus.frames.sheets import Sheet
from tulevaisuus.frames.tables import Tables
from tulevaisuus.frames.views import view
from tulevaisuus.model.field_types import Boolean, Money

__all__ = ["assemble", "can_run"]


class _Check(NamedTuple):
    """Which rows of a frame are a violation, and what is said of them."""

    where: nw.Expr
    table: str
    column: str | None
    code: str
    severity: str
    value: nw.Expr
    other: nw.Expr


def assemble(
    tables: Tables, forms: Iterable[Form], severities: Mapping[str, Severity]
) -> list[Lazy]:
    """Return frames of violations.

    Args:
        tables: The tables.
        forms: The forms that are judged; all their tables are there.
        severities: The severity of each chosen rule; others are not judged.
    """
    chosen = [*forms]
    frames = [*_of_cells(tables, severities), *_of_rows(tables, chosen, severities)]
    for each in chosen:
        if isinstance(each, TableForm):
            found = each.judge(tables)
            frames += [violations_of(part, each.code, severities[each.code]) for part in found]
    return frames


def can_run(form: Form, tables: Tables) -> bool:
    """Whether the tables of a form are given and can be read."""
    return tables.has(form.of, *form.needs)


def _of_cells(tables: Tables, severities: Mapping[str, Severity]) -> Iterator[Lazy]:
    """Return the violations of single cells."""
    for sheet in tables.sheets.values():
        checks = [
            _Check(
                each.where,
                sheet.name,
                each.column,
                each.code,
                severities[each.code].value,
                each.text,
                no_text(),
            )
            for each in sheet.checks
            if each.code in severities
        ]
        yield from _judged(tables, _keyed(sheet), checks)


def _keyed(sheet: Sheet) -> Lazy:
    return sheet.flagged.with_columns(row_key=sheet.key, row_place=sheet.place)


def _of_rows(
    tables: Tables, forms: Iterable[Form], severities: Mapping[str, Severity]
) -> Iterator[Lazy]:
    """Return the violations of single rows, those of the same view together."""
    groups: dict[tuple[str, tuple[str, ...]], list[RowForm]] = defaultdict(list)
    for form in forms:
        if isinstance(form, RowForm):
            groups[form.of, form.joins].append(form)
    if tables.engine.scans_dearly:
        groups = _one_view_a_table(groups)
    for (name, joins), of_view in groups.items():
        checks = [
            _check(name, form.code, breach, severities[form.code])
            for form in of_view
            for breach in form.judge(tables)
        ]
        rows = view(tables, name, joins).with_columns(
            row_key=nw.col("key"), row_place=nw.col("place")
        )
        yield from _judged(tables, rows, checks)


def _one_view_a_table(
    groups: Mapping[tuple[str, tuple[str, ...]], list[RowForm]],
) -> dict[tuple[str, tuple[str, ...]], list[RowForm]]:
    """Put all look-ups of a table's forms into one view."""
    joins: dict[str, dict[str, None]] = defaultdict(dict)
    together: dict[str, list[RowForm]] = defaultdict(list)
    for (name, needed), forms in groups.items():
        joins[name] |= dict.fromkeys(needed)
        together[name] += forms
    return {(name, tuple(joins[name])): forms for name, forms in together.items()}


def _check(table: str, code: str, breach: Breach, severity: Severity) -> _Check:
    return _Check(
        breach.where,
        table,
        breach.column,
        code,
        (breach.severity or severity).value,
        _text(table, breach.column),
        no_text() if breach.other is None else breach.other.cast(nw.String),
    )


def _text(table: str, column: str | None) -> nw.Expr:
    """Return the text of a clean cell; what is no column of the table has none."""
    layout = LAYOUTS[table].table
    if column is None or column not in layout.columns:
        return no_text()
    field_type = layout.columns[column][1]
    if isinstance(field_type, Money):
        return euros_text(nw.col(column))
    if isinstance(field_type, Boolean):
        return nw.when(nw.col(column)).then(nw.lit("true")).otherwise(nw.lit("false"))
    return text_of(column)


def _judged(tables: Tables, rows: Lazy, checks: list[_Check]) -> Iterator[Lazy]:
    if tables.engine.scans_dearly and checks:
        yield _in_one_pass(tables, rows, checks)
        return
    for check in checks:
        found = rows.filter(check.where).select(
            key="row_key", place="row_place", value=check.value, other=check.other
        )
        severity = Severity(check.severity)
        yield violations_of(Found(found, check.table, check.column), check.code, severity)


def _in_one_pass(tables: Tables, rows: Lazy, checks: list[_Check]) -> Lazy:
    """Judge rows by all checks in one look at them."""
    marks = [
        nw.when(check.where).then(nw.lit(f"{number},")).otherwise(nw.lit(""))
        for number, check in enumerate(checks)
    ]
    marked = rows.with_columns(marks=nw.concat_str(marks, separator="")).filter(
        nw.col("marks") != nw.lit("")
    )
    numbered = marked.with_columns(number=nw.col("marks").str.split(",")).explode("number")
    value, other = no_text(), no_text()
    for number, check in enumerate(checks):
        is_this = nw.col("number") == nw.lit(str(number))
        value = nw.when(is_this).then(check.value).otherwise(value)
        other = nw.when(is_this).then(check.other).otherwise(other)
    found = numbered.filter(nw.col("number") != nw.lit("")).select(
        "number", key="row_key", place="row_place", value=value, other=other
    )
    lines = [
        (str(number), check.table, check.column, check.code, check.severity)
        for number, check in enumerate(checks)
    ]
    types = {"check_number": str, "table": str, "column": str, "code": str, "severity": str}
    known = tables.engine.constants(types, lines)
    return found.join(known, left_on="number", right_on="check_number", how="inner").select(
        *COLUMNS
    )
