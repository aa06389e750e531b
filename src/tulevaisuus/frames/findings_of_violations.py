"""Makes the findings of a report from violations, with the messages of the rules on objects.

Only the rows of the violations to show, and rows that the rules compare them with, are read into
memory as objects; the functions that check documents then check these. Sums over a whole table are
passed to them, as not all of its rows are there. A violation is a row of the result of a query: the
rule that is broken, and the key and column.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, cast

import attrs
import narwhals.stable.v2 as nw

from tulevaisuus.findings import expectations, found_values, messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.frames.engines.expressions import LazyFrame, any_of, concat, is_true
from tulevaisuus.frames.tables.code_lists import ObjectViolation, python_row
from tulevaisuus.frames.tables.finding_places import Address, Rows, address_of, pointer_of
from tulevaisuus.frames.tables.input_table import InputTable
from tulevaisuus.frames.tables.schemas import CLASSES, SCHEMAS, TableSchema, schemas_of
from tulevaisuus.frames.tables.tables_with_facts import DATA_REGISTERS, Tables
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.field_types import Boolean, Date, Money, Ref, WholeNumber
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.maakunta import Maakunta
from tulevaisuus.rules.ceilings import (
    Excess,
    ShareExcess,
    above_maximum,
    above_maximum_shares,
    above_total,
)
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.rule_declaration import Rule

__all__ = ["FindingsByAddress", "ViolationRow", "findings_by_row", "findings_of"]

_MAX_REFERENCES_FOLLOWED = 2
"""How many references are followed: from an entity to another one, and from there to a third."""

_COMPARED_BY: Mapping[str, tuple[str, str]] = {
    "grants": ("project", "projects"),
    "posts": ("area", ""),
}
"""Columns by which rules compare rows, and the table whose keys the columns contain."""

_EXPECTED: Mapping[type, LocalizedText] = {
    Boolean: expectations.BOOLEAN,
    Date: expectations.DATE,
    WholeNumber: expectations.INTEGER,
}
"""What is expected of a cell, by the type of its field; of all others, a text."""

_REGISTERS = (*CLASSES,)
"""The registers in the order of documents."""

_ABOVE_MAXIMUM_SHARE = "TSK314"
"""The rule on what the projects of a *maakunta* are granted: the sum is not that of the call."""

_FUNCTIONS_OF_SUMS: Mapping[str, Callable[..., object]] = {
    "TSK304": above_maximum,  # a call is granted more than its maximum
    "TSK305": above_total,  # a call is granted more than was published
    _ABOVE_MAXIMUM_SHARE: above_maximum_shares,
}
"""By the code of their rule, the functions that compute sums of a whole table.

Their results are cached in the context.
"""


class ViolationRow(NamedTuple):
    """A violation to show in a report."""

    table: str
    key: str | None
    place: str | None
    column: str | None
    code: str
    severity: str
    value: str | None
    other: str | None

    @property
    def address(self) -> Address:
        """The address of the violation."""
        return Address(self.table, self.key, self.place, self.column)


def findings_of(
    shown: Sequence[ViolationRow],
    tables: Tables,
    rules: Iterable[Rule],
    lists: Sequence[ObjectViolation],
) -> list[Finding]:
    """Return the findings of violations, in their order.

    Args:
        shown: The violations.
        tables: The tables that they are in.
        rules: The rules that were checked.
        lists: The findings on tables that were read into memory.
    """
    return [
        _with_key_in_path(each, row)
        for _, row, each in _match_findings(shown, tables, rules, lists)
    ]


def findings_by_row(
    shown: Mapping[ViolationRow, int | None],
    tables: Tables,
    rules: Iterable[Rule],
    lists: Sequence[ObjectViolation],
) -> list[Finding]:
    """Return the findings of violations as for a document: with numbers of rows, in their order.

    Args:
        shown: The violations, and the number of the row of the entity of each.
        tables: The tables that they are in.
        rules: The rules that were checked.
        lists: The findings on tables that were read into memory.
    """
    numbered: list[tuple[tuple[int, int, int], Finding]] = []
    for position, row, finding in _match_findings([*shown], tables, rules, lists):
        main_table, number = SCHEMAS[row.table].main_table, shown[row]
        sort_key = (_REGISTERS.index(main_table), -1 if number is None else number, position)
        numbered.append((sort_key, _with_row_number_in_path(finding, row, number)))
    return [finding for _, finding in sorted(numbered, key=lambda each: each[0])]


def _with_row_number_in_path(finding: Finding, row: ViolationRow, number: int | None) -> Finding:
    """Put the number of the row into the path of a finding; code lists already have it."""
    if SCHEMAS[row.table].main_table not in DATA_REGISTERS:
        return finding
    with_key = _with_key_in_path(finding, row)
    if number is None:
        return with_key
    return attrs.evolve(with_key, path=pointer_of(row.address._replace(key=str(number))))


def _match_findings(
    shown: Sequence[ViolationRow],
    tables: Tables,
    rules: Iterable[Rule],
    lists: Sequence[ObjectViolation],
) -> Iterator[tuple[int, ViolationRow, Finding]]:
    """Yield violations with their findings, each with its position among all findings made."""
    rows = _RowFetcher(tables).fetch(shown)
    known = _by_address((each.address, each.finding) for each in lists)
    order: dict[int, int] = {}  # by the identity of a finding: equal ones differ in their order
    for position, (place, finding) in enumerate(_check_fetched_rows(rows, shown, tables, [*rules])):
        known[place, finding.code].append(finding)
        order[id(finding)] = position
    for row in shown:
        listed = known[row.address, row.code]
        if listed:
            finding = listed.pop(0) if len(listed) > 1 else listed[0]
            yield order.get(id(finding), -1), row, finding
        elif row.code == messages.WRONG_TYPE.code and row.value is not None:
            yield -1, row, _wrong_type(row, row.value)


def _wrong_type(row: ViolationRow, value: str) -> Finding:
    """Make the finding on a value that no column of Arrow can hold, from its text."""
    columns = SCHEMAS[row.table].table.columns
    field_type = columns[row.column][1] if row.column in columns else None
    if isinstance(field_type, Money):
        expected = field_type.expected
    else:
        expected = _EXPECTED.get(type(field_type), expectations.TEXT)
    return messages.WRONG_TYPE.finding(found=found_values.quote(value), expected=expected)


FindingsByAddress = defaultdict[tuple[Address, str], list[Finding]]
"""Findings by address and code."""


def _by_address(pairs: Iterable[tuple[Address, Finding]]) -> FindingsByAddress:
    known: FindingsByAddress = defaultdict(list)
    for place, finding in pairs:
        known[place, finding.code].append(finding)
    return known


def _with_key_in_path(finding: Finding, row: ViolationRow) -> Finding:
    """Put the key of the entity into the path of a finding, in place of the number of the row."""
    singular = CLASSES[SCHEMAS[row.table].main_table].singular
    subject = finding.subject or (f"{singular} {row.key}" if row.key else singular)
    return attrs.evolve(finding, path=pointer_of(row.address), subject=subject)


def _texts(rows: Iterable[Mapping[str, Any]], column: str) -> set[str]:
    """Return the texts of a column, without empty cells."""
    return {str(row[column]) for row in rows if row.get(column)}


class _RowFetcher:
    """Fetches rows of the given tables by their keys."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        # By main table: the keys that have been fetched, the values of the column by which rules
        # compare rows.
        self.keys: defaultdict[str, set[str]] = defaultdict(set)
        self.compared: defaultdict[str, set[str]] = defaultdict(set)
        self.without_key: Counter[str] = Counter()  # by table

    def fetch(self, shown: Iterable[ViolationRow]) -> Rows:
        """Return the rows of violations, and the rows that they refer to or are compared with."""
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for row in shown:
            main_table = SCHEMAS[row.table].main_table
            wanted[main_table] |= {key for key in (row.key,) if key is not None}
            self.without_key[row.table] += row.key is None
            if row.other is not None:
                for register in DATA_REGISTERS:
                    wanted[register].add(row.other)
        for _ in range(_MAX_REFERENCES_FOLLOWED):
            fetched = self._fetch_entities(wanted)
            wanted = self._keys_referred_to(fetched)
        self._fetch_entities(wanted)
        return self._fetch_with_lists()

    def _nonempty(self, name: str) -> InputTable | None:
        """Return a table, if it is given and not known to have no rows."""
        table_input = self.tables.inputs.get(name)
        return None if table_input is None or table_input.is_empty else table_input

    def _fetch_entities(self, wanted: Mapping[str, set[str]]) -> dict[str, list[dict[str, Any]]]:
        """Fetch the entities that have not been fetched yet."""
        frames: dict[str, LazyFrame] = {}
        for main_table in DATA_REGISTERS:
            keys = sorted(wanted.get(main_table, set()) - self.keys[main_table])
            table_input = self._nonempty(main_table)
            if not keys or table_input is None:
                continue
            self.keys[main_table] |= {*keys}
            rows = table_input.with_flags.with_columns(row_key=table_input.key)
            chosen = rows.filter(nw.col("row_key").is_in(keys))
            frames[main_table] = chosen.select(**table_input.original_columns)
        return self._collect(frames)

    def _keys_referred_to(
        self, fetched: Mapping[str, list[dict[str, Any]]]
    ) -> defaultdict[str, set[str]]:
        """Return the keys that fetched rows refer to, and record the rows to compare them with."""
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for main_table, rows in fetched.items():
            for field in SCHEMAS[main_table].fields:
                if isinstance(field.type, Ref) and field.type.registers[0] in DATA_REGISTERS:
                    wanted[field.type.registers[0]] |= _texts(rows, field.column)
            if main_table in _COMPARED_BY:
                self.compared[main_table] |= _texts(rows, _COMPARED_BY[main_table][0])
        return wanted

    def _texts_to_fetch(self, schema: TableSchema, table_input: InputTable) -> dict[str, list[str]]:
        """Return the columns that select the rows to fetch, each with the texts of these rows.

        These are the key, and the column by which rules compare rows. Rows that are only compared
        are fetched without their lists: there may be many, and rules do not use them.
        """
        main_table = schema.main_table
        values = {"row_key": self.keys[main_table]}
        if main_table in _COMPARED_BY and not schema.is_list:
            column, register = _COMPARED_BY[main_table]
            if column not in table_input.unusable_columns:
                values[column] = self.compared[main_table] | (
                    self.keys[register] if register else set()
                )
        return {name: sorted(keys) for name, keys in values.items() if keys}

    def _collect(self, frames: Mapping[str, LazyFrame]) -> dict[str, list[dict[str, Any]]]:
        """Run frames by their names."""
        listed = self.tables.engine.collect_rows([*frames.values()]) if frames else []
        return dict(zip(frames, listed, strict=True))

    def _fetch_with_lists(self) -> Rows:
        """Fetch the rows of all entities that are wanted, with their lists, in their order."""
        frames: dict[str, LazyFrame] = {}
        for main_table in DATA_REGISTERS:
            for schema in schemas_of(main_table):
                table_input = self._nonempty(schema.name)
                parts = [] if table_input is None else self._rows_to_fetch(schema, table_input)
                if table_input is not None and parts:
                    order = [] if table_input.order is None else [table_input.order]
                    rows = concat(parts).sort(*order, "row_key")
                    frames[schema.name] = rows.select(**table_input.original_columns)
        return {
            name: [
                python_row(row, SCHEMAS[name], self.tables.inputs[name].given.decimals)
                for row in rows
            ]
            for name, rows in self._collect(frames).items()
        }

    def _rows_to_fetch(self, schema: TableSchema, table_input: InputTable) -> list[LazyFrame]:
        """Return frames with the rows of a table to fetch; those without a key come last."""
        rows = table_input.with_flags.with_columns(
            row_key=table_input.key, row_place=table_input.place
        )
        parts = _filters(rows, self._texts_to_fetch(schema, table_input))
        without_key = self.without_key[schema.name]
        if without_key:
            parts.append(rows.filter(nw.col("row_key").is_null()).head(without_key))
        return parts


def _filters(rows: LazyFrame, wanted: Mapping[str, Sequence[str]]) -> list[LazyFrame]:
    """Return the rows that have one of some texts in any of several columns.

    Each column has a filter of its own: DuckDB looks at the column before it reads the others.
    """
    parts: list[LazyFrame] = []
    others: list[nw.Expr] = []
    for name, texts in wanted.items():
        has_one = nw.col(name).is_in(texts)
        part = rows.filter(has_one)
        parts.append(part.filter(~any_of(others)) if others else part)
        others.append(is_true(has_one))
    return parts


def _check_fetched_rows(
    rows: Rows, shown: Sequence[ViolationRow], tables: Tables, rules: Sequence[Rule]
) -> Iterator[tuple[Address, Finding]]:
    """Return the findings of readers and rules about the fetched rows."""
    reading = read_rows(rows)
    for finding in reading.findings:
        yield address_of(finding.path, rows), finding
    context = _make_context(reading, shown, tables)
    codes: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for row in shown:
        codes[SCHEMAS[row.table].main_table, row.key].add(row.code)
    for register, entities in reading.portfolio.registers().items():
        for index, entity in zip(reading.indices_in(register), entities, strict=False):
            wanted = codes.get((register, str(entity.key)), set[str]())
            for finding in _rule_findings(entity, register, index, context, rules, wanted):
                yield address_of(finding.path, rows), finding


def _rule_findings(
    entity: Entity,
    register: str,
    index: int,
    context: Context,
    rules: Sequence[Rule],
    codes: set[str],
) -> Iterator[Finding]:
    subject = f"{entity.singular} {key_text(entity.key)}"
    for rule in rules:
        if rule.code in codes and rule.function and isinstance(entity, rule.classes):
            for found in rule.function(entity, context):
                yield rule.finding(found, f"/{register}/{index}", subject)


def _make_context(reading: Reading, shown: Sequence[ViolationRow], tables: Tables) -> Context:
    """Return a context of the fetched rows and the code lists, with the sums of whole tables."""
    lists = tables.context
    # The entities of the portfolio and, for keys that it lacks, those of the code lists.
    portfolio = reading.portfolio.over(lists.portfolio)
    rejected = lists.rejected | frozenset((each.register, each.key) for each in reading.rejected)
    context = Context(portfolio, lists.reference, lists.link_evidence, rejected)
    for row in shown:
        grant = portfolio.grants.get(row.key or "") if row.code in _FUNCTIONS_OF_SUMS else None
        if grant is not None:
            _put_sum_into_context(context, row, grant)
    return context


def _put_sum_into_context(context: Context, row: ViolationRow, grant: Grant) -> None:
    """Put the sum that exceeds a bound into the context; both come from the whole table."""
    total, bound = Decimal(row.value or 0), Decimal(row.other or 0)
    if row.code != _ABOVE_MAXIMUM_SHARE:
        excesses = context.once(_FUNCTIONS_OF_SUMS[row.code], dict[str, Excess])
        excesses[grant.id] = Excess(grant.id, total, bound)
        return
    project = context.project(grant.project)
    regions = {*(project.regions if project is not None else ())}
    maakunnat = cast("Iterator[Maakunta]", context.everything("maakunnat"))
    maakunta = next(each for each in maakunnat if regions.intersection(each.regions or ()))
    shares = context.once(_FUNCTIONS_OF_SUMS[row.code], dict[str, ShareExcess])
    shares[grant.id] = ShareExcess(maakunta, total, Decimal(int(bound)))  # whole euros
