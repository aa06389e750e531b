"""`check`: the rules on data frames."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar, cast

import narwhals.stable.v2 as nw

from tulevaisuus.facts.whole import reference as bundled
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.frames.assembly import assemble, can_run
from tulevaisuus.frames.checked import Checked
from tulevaisuus.frames.engines import Engine, engine_of
from tulevaisuus.frames.expressions import Lazy, closed
from tulevaisuus.frames.forms import COLUMNS, Form
from tulevaisuus.frames.layouts import LAYOUTS
from tulevaisuus.frames.rulebook import AT_THE_DOOR, forms
from tulevaisuus.frames.sheets import Sheet
from tulevaisuus.frames.tables import DATA, Tables
from tulevaisuus.frames.whole import Violation, Whole, read_whole, violations_of_whole
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.rules.checking import Selection, selected
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.registry import Rule, rulebook

__all__ = ["check"]

F = TypeVar("F")


def check(
    frames: "F | Mapping[str, F]",
    of: type[Entity] | None = None,
    *,
    reference: Portfolio | None = None,
    select: Selection | None = None,
    ignore: Selection = (),
    min_evidence: Evidence = Evidence.WEAK,
    link_evidence: Evidence = Evidence.INFERRED,
    order: Mapping[str, str] | None = None,
) -> "Checked[F]":
    """Check data frames by the rules.

    Frames have the tables and columns of `tulevaisuus.formats.to_rows`. A table that is not given
    is not known: rules that need it are skipped, and references into it are not judged. A wrong
    cell is found and counts as unknown; a row with a wrong required cell is judged no further.

    Args:
        frames: Frames of one library by the names of their tables, or the main table of a class.
        of: The class, if it is one frame.
        reference: What look-ups fall back on; by default the bundled facts.
        select: The rules to check by: codes, families or slugs; by default all but those on
            request.
        ignore: The rules to leave out.
        min_evidence: Rules with weaker evidence are left out.
        link_evidence: The weakest evidence with which a goal link counts (TSK402).
        order: For a table the column that tells the order of its rows, as engines keep none: what
            is later, or first, is so by it. By default rows are in the order of their keys.

    Returns:
        What was found; the violations are a frame of the same library, lazy if the given ones are.

    Raises:
        TypeError: What is given is no frame, or frames of several libraries.
        UnknownCodeError: A rule has no such name.
        ValueError: A table has no such name, or ``of`` is missing.
    """
    given = _by_name(frames, of)
    rules = selected(rulebook, select, ignore, min_evidence)
    around = bundled if reference is None else reference
    return _checked(given, order or {}, rules, around, link_evidence)


def _checked(
    given: Mapping[str, F],
    order: Mapping[str, str],
    rules: list[Rule],
    reference: Portfolio,
    link_evidence: Evidence,
) -> "Checked[F]":
    """Judge tables by rules."""
    engine = _engine(given)
    sheets = {name: _sheet(name, each, engine, order.get(name)) for name, each in given.items()}
    lists = {name: each for name, each in sheets.items() if LAYOUTS[name].main not in DATA}
    whole = read_whole(engine, lists)
    tables = _tables(engine, sheets, whole, reference, link_evidence)
    severities = {rule.code: rule.severity for rule in rules}
    able = [each for each in forms() if each.code in severities and can_run(each, tables)]
    found = _of_whole(whole, tables, reference, [*severities], link_evidence)
    filled = [each for each in able if not sheets[each.of].is_empty]
    return Checked(
        parts=[*assemble(tables, filled, severities), _constants(engine, found)],
        tables=tables,
        rules=rules,
        findings=_on_columns(sheets.values(), severities),
        skipped=_skipped(rules, able, tables),
        whole=found,
    )


def _on_columns(sheets: Iterable[Sheet], codes: Collection[str]) -> list[Finding]:
    """Return the findings on columns of the chosen codes."""
    return [each for sheet in sheets for each in sheet.findings if each.code in codes]


def _by_name(frames: "F | Mapping[str, F]", of: type[Entity] | None) -> Mapping[str, F]:
    """Return frames by the names of their tables."""
    if of is not None:
        return {of.plural: cast("F", frames)}
    if not isinstance(frames, Mapping):
        message = "say which table the frame is: frames.check(frame, tul.Grant)"
        raise ValueError(message)  # noqa: TRY004 - the frame is right, an argument is missing
    given = cast("Mapping[str, F]", frames)
    for name in given:
        if name not in LAYOUTS:
            near = suggest(str(name), LAYOUTS)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"no table is called {name!r}{hint}")
    return given


def _engine(given: Mapping[str, object]) -> Engine:
    """Return the engine of all frames."""
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


def _sheet(name: str, native: object, engine: Engine, order: str | None) -> Sheet:
    return Sheet(LAYOUTS[name], engine.incoming(native), order)


def _tables(
    engine: Engine,
    sheets: Mapping[str, Sheet],
    whole: Whole,
    reference: Portfolio,
    link_evidence: Evidence,
) -> Tables:
    rejected = frozenset((each.register, each.key) for each in whole.reading.rejected)
    context = Context(whole.reading.portfolio, reference, link_evidence, rejected)
    data = {name: sheet for name, sheet in sheets.items() if LAYOUTS[name].main in DATA}
    lists = frozenset(name for name in sheets if name not in data)
    return Tables(engine, data, context, lists)


def _of_whole(
    whole: Whole,
    tables: Tables,
    reference: Portfolio,
    codes: list[str],
    link_evidence: Evidence,
) -> list[Violation]:
    """Return what is wrong with code lists; what they refer to may be among the given data."""
    found = [*violations_of_whole(whole, reference, codes, link_evidence)]
    wanted = {each.value for each in found if each.finding.code == "TSK009" and each.value}
    there = _keys_among(tables, wanted) if wanted else set[str]()
    return [each for each in found if each.finding.code != "TSK009" or each.value not in there]


def _keys_among(tables: Tables, wanted: Iterable[str]) -> set[str]:
    frames: list[Lazy] = []
    for sheet in tables.sheets.values():
        if not sheet.layout.is_list:
            keys = sheet.flagged.select(key=sheet.key)
            among = closed(nw.col("key").is_in(sorted(wanted)))
            frames.append(keys.filter(among).unique())
    rows = tables.engine.rows_of(frames) if frames else []
    return {str(row["key"]) for listed in rows for row in listed}


def _constants(engine: Engine, found: Iterable[Violation]) -> Lazy:
    """Return violations that are known already as a frame."""
    rows = [
        (*each.place, each.finding.code, each.finding.severity.value, each.value, None)
        for each in found
    ]
    return engine.constants(dict.fromkeys(COLUMNS, str), rows).select(*COLUMNS)


def _skipped(rules: Iterable[Rule], able: Iterable[Form], tables: Tables) -> list[str]:
    """Return the rules of which some form lacks a table, and those without any that could run."""
    ran = [*able]
    codes = {each.code for each in ran}
    lacking = {each.code for each in forms() if each.of in tables.sheets and each not in ran}
    formed = {each.code for each in forms()} - {*AT_THE_DOOR}
    skipped = formed & (lacking | (formed - codes))
    return [rule.code for rule in rules if rule.code in skipped]
