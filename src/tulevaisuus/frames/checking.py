"""`check`: the rules on data frames.

Evidence is how firmly the sources support a rule or a link from a goal to a service.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar, cast

import narwhals.stable.v2 as nw

from tulevaisuus.facts.reference_portfolio import reference as bundled
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.frames.check_result import Checked
from tulevaisuus.frames.engines.engine_choice import engine_of
from tulevaisuus.frames.engines.expressions import LazyFrame, is_true
from tulevaisuus.frames.engines.interface import Engine
from tulevaisuus.frames.table_rules.all_rules import SCHEMA_CHECK_CODES, table_rules
from tulevaisuus.frames.table_rules.duplicates import redefined_facts
from tulevaisuus.frames.table_rules.rule_declaration import VIOLATION_COLUMNS, TableRule
from tulevaisuus.frames.table_rules.rule_queries import build_queries, can_run
from tulevaisuus.frames.tables.code_lists import (
    CodeLists,
    ObjectViolation,
    code_list_violations,
    read_code_lists,
)
from tulevaisuus.frames.tables.input_table import InputTable
from tulevaisuus.frames.tables.schemas import CLASSES, SCHEMAS
from tulevaisuus.frames.tables.tables_with_facts import DATA_REGISTERS, Tables
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.rules.checking import Progress
from tulevaisuus.rules.document import dangling_reference, duplicate_id
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.rule_declaration import Rule, rulebook
from tulevaisuus.rules.rule_selection import Selection, select_rules

__all__ = ["check", "check_tables", "require_known_name"]

F = TypeVar("F")
"""The class of the frames that are given."""


def check(
    frames: F | Mapping[str, F],
    of: type[Entity] | None = None,
    *,
    reference: Portfolio | None = None,
    select: Selection | None = None,
    ignore: Selection = (),
    min_evidence: Evidence = Evidence.WEAK,
    link_evidence: Evidence = Evidence.INFERRED,
    order: Mapping[str, str] | None = None,
) -> Checked[F]:
    """Check data frames by the rules.

    Frames have the tables and columns of `tulevaisuus.formats.to_rows`. If a table is not given,
    rules that need it are skipped, and references to it are not checked. No rule is checked on a
    row with an invalid cell, or on one with an invalid row in one of its lists: an object with that
    value would be rejected, too. Rules that need every row of such a table are skipped.

    Args:
        frames: Frames of one library by the names of their tables, or the main table of a class.
        of: The class, if ``frames`` is one frame.
        reference: The facts that the tables are merged with; by default the bundled facts.
        select: The rules to check by: codes, families or slugs; by default all but those on
            request.
        ignore: The rules to leave out.
        min_evidence: Rules with weaker evidence are left out.
        link_evidence: The weakest evidence with which a goal link counts (TSK402).
        order: The column that gives the order of the rows of a table; some rules need to know which
            row comes first, and engines do not keep an order. By default it is the key.

    Returns:
        The result; its violations are a frame of the same library, lazy if the given ones are.

    Raises:
        TypeError: ``frames`` is no frame, or has frames of several libraries; ``order`` is not a
            mapping.
        UnknownCodeError: There is no such rule.
        ValueError: There is no such table or column, ``of`` is missing, or the library of the
            frames cannot run the queries: a lazy frame names a column that it does not have, or the
            connection of a relation is closed.
    """
    given = _frames_by_table(frames, of)
    if order is not None:
        _require_order(order, next(iter(given), "grants"))
    rules = select_rules(rulebook, select, ignore, min_evidence)
    facts = bundled if reference is None else reference
    return check_tables(given, order or {}, rules, facts, link_evidence)


def check_tables(
    given: Mapping[str, F],
    order: Mapping[str, str],
    rules: list[Rule],
    reference: Portfolio,
    link_evidence: Evidence,
    *,
    progress: Progress | None = None,
    is_numbered: bool = False,
) -> Checked[F]:
    """Check tables by rules.

    Args:
        given: Frames of one library by the names of their tables.
        order: The column that gives the order of the rows of a table.
        rules: The rules.
        reference: The facts that the tables are merged with.
        link_evidence: The weakest evidence with which a goal link counts.
        progress: Called now and then with the number of queries that have run, and of all.
        is_numbered: Whether the columns of ``order`` contain the numbers of rows, so that the paths
            of the report can have these numbers.
    """
    engine = _common_engine(given)
    engine.progress = progress
    with engine.errors_as_value_errors():
        inputs = {
            name: _parse_table(name, each, engine, order.get(name)) for name, each in given.items()
        }
        return _check_inputs(engine, inputs, rules, reference, link_evidence, is_numbered)


def _check_inputs(
    engine: Engine,
    inputs: Mapping[str, InputTable],
    rules: list[Rule],
    reference: Portfolio,
    link_evidence: Evidence,
    is_numbered: bool,  # noqa: FBT001 - as its caller
) -> Checked[F]:
    """Check tables whose columns have been parsed."""
    lists = read_code_lists(engine, _tables_of_code_lists(inputs))
    tables = _make_tables(engine, inputs, lists, reference, link_evidence)
    tables.is_numbered = is_numbered
    tables.unreadable_objects = lists.reading.rejected
    severities = {rule.code: rule.severity for rule in rules}
    runnable = _runnable_rules(tables, rules)
    found = _violations_in_code_lists(lists, tables, reference, [*severities], link_evidence)
    if duplicate_id.code in severities:
        found += redefined_facts(tables)
    nonempty = [each for each in runnable if not inputs[each.table].is_empty]
    return Checked(
        queries=build_queries(tables, nonempty, severities),
        known_violations=_as_literal_table(engine, found),
        tables=tables,
        rules=rules,
        findings=_findings_on_columns(inputs.values(), severities),
        skipped=_skipped_codes(rules, runnable, tables),
        object_violations=found,
    )


def _tables_of_code_lists(inputs: Mapping[str, InputTable]) -> dict[str, InputTable]:
    """Return the tables that are read into memory."""
    return {
        name: each
        for name, each in inputs.items()
        if SCHEMAS[name].main_table not in DATA_REGISTERS
    }


def _runnable_rules(tables: Tables, rules: Iterable[Rule]) -> list[TableRule]:
    """Return the selected rules whose tables are given, and have no invalid row if that matters."""
    incomplete = tables.rejected.incomplete
    codes = {rule.code for rule in rules if incomplete.isdisjoint(rule.sums)}
    return [each for each in table_rules() if each.code in codes and can_run(each, tables)]


def _findings_on_columns(inputs: Iterable[InputTable], codes: Collection[str]) -> list[Finding]:
    """Return the findings about columns, of the selected rules."""
    return [each for table_input in inputs for each in table_input.findings if each.code in codes]


def _frames_by_table(frames: F | Mapping[str, F], of: type[Entity] | None) -> Mapping[str, F]:
    """Return frames by the names of their tables."""
    if of is not None:
        if of not in CLASSES.values():
            raise TypeError(f"no table has rows of {of!r}: give a class such as tul.Grant")
        if isinstance(frames, Mapping):
            raise TypeError("with a mapping of tables, leave out the class: frames.check(tables)")
        return {of.plural: frames}
    if not isinstance(frames, Mapping):
        message = "say which table the frame is: frames.check(frame, tul.Grant)"
        raise ValueError(message)  # noqa: TRY004 - the frame is right, an argument is missing
    given = cast("Mapping[str, F]", frames)
    for name in given:
        require_known_name("table", name, SCHEMAS)
    return given


def require_known_name(kind: str, name: object, names: Collection[str]) -> None:
    """Check that a name exists; the error suggests a similar one."""
    if name not in names:
        similar = suggest(str(name), names)
        hint = f"; did you mean {similar[0]!r}?" if similar else ""
        raise ValueError(f"no {kind} is called {name!r}{hint}")


def _require_order(order: object, table: str) -> None:
    """Check that the columns that give an order are a mapping by table; the error shows one."""
    if not isinstance(order, Mapping):
        column = order if isinstance(order, str) else "received"
        raise TypeError(
            f"the order is one column for each table: give order={{{table!r}: {column!r}}}"
        )
    for name in cast("Mapping[str, object]", order):
        require_known_name("table", name, SCHEMAS)


def _common_engine(given: Mapping[str, object]) -> Engine:
    """Return the engine of the frames; they must all be of one library."""
    engines = {name: engine_of(native) for name, native in given.items()}
    for name, engine in engines.items():
        if engine is None:
            kind = type(given[name])
            raise TypeError(
                f"{name} is a {kind.__module__}.{kind.__qualname__}: give a frame of pandas,"
                " Polars, PyArrow, DuckDB or PySpark"
            )
    kinds = {engine.kind: engine for engine in engines.values() if engine is not None}
    if len(kinds) != 1:
        raise TypeError(f"give frames of one library, not of {' and '.join(kinds) or 'none'}")
    return next(iter(kinds.values()))


def _parse_table(name: str, native: object, engine: Engine, order: str | None) -> InputTable:
    given = engine.read_frame(native)
    if order is not None:
        require_known_name(f"column of {name}", order, given.frame.collect_schema().names())
    return InputTable(SCHEMAS[name], given, engine, order)


def _make_tables(
    engine: Engine,
    inputs: Mapping[str, InputTable],
    lists: CodeLists,
    reference: Portfolio,
    link_evidence: Evidence,
) -> Tables:
    rejected = frozenset((each.register, each.key) for each in lists.reading.rejected)
    context = Context(lists.reading.portfolio, reference, link_evidence, rejected)
    data = {
        name: table_input
        for name, table_input in inputs.items()
        if SCHEMAS[name].main_table in DATA_REGISTERS
    }
    given_lists = frozenset(name for name in inputs if name not in data)
    return Tables(engine, data, context, given_lists)


def _violations_in_code_lists(
    lists: CodeLists,
    tables: Tables,
    reference: Portfolio,
    codes: list[str],
    link_evidence: Evidence,
) -> list[ObjectViolation]:
    """Return the findings about code lists, except references that the given data resolves."""
    found = [*code_list_violations(lists, reference, codes, link_evidence)]
    dangling = dangling_reference.code
    wanted = {each.value for each in found if each.finding.code == dangling and each.value}
    given_keys = _keys_among(tables, wanted) if wanted else set[str]()
    return [each for each in found if each.finding.code != dangling or each.value not in given_keys]


def _keys_among(tables: Tables, wanted: Iterable[str]) -> set[str]:
    frames: list[LazyFrame] = []
    for table_input in tables.inputs.values():
        if not table_input.schema.is_list:
            keys = table_input.with_flags.select(key=table_input.key)
            among = is_true(nw.col("key").is_in(sorted(wanted)))
            frames.append(keys.filter(among).unique())
    rows = tables.engine.collect_rows(frames) if frames else []
    return {str(row["key"]) for listed in rows for row in listed}


def _as_literal_table(engine: Engine, found: Iterable[ObjectViolation]) -> LazyFrame:
    """Return violations that are already known, as a frame."""
    rows = [
        (*each.address, each.finding.code, each.finding.severity.value, each.value, None)
        for each in found
    ]
    return engine.literal_table(dict.fromkeys(VIOLATION_COLUMNS, str), rows).select(
        *VIOLATION_COLUMNS
    )


def _skipped_codes(
    rules: Iterable[Rule], runnable: Iterable[TableRule], tables: Tables
) -> list[str]:
    """Return the codes of the rules of which a query cannot run, as it lacks a table."""
    running = [*runnable]
    partly_run = {
        each.code for each in table_rules() if each.table in tables.inputs and each not in running
    }
    checked = {each.code for each in running} - partly_run
    with_queries = {each.code for each in table_rules()} - {*SCHEMA_CHECK_CODES}
    skipped = with_queries - checked
    return [rule.code for rule in rules if rule.code in skipped]
