"""`check`: every rule over every entity, and the findings in the order of documents."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import attrs

from tulevaisuus.facts.reference_portfolio import reference as bundled
from tulevaisuus.findings.collector import DEFAULT_LIMIT
from tulevaisuus.findings.expectations import expected
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.report import Report
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.field_base import require_int
from tulevaisuus.model.field_types import wrong_type
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.value import fields_of
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.document_order import document_order
from tulevaisuus.rules.rule_declaration import Judge, Rule, rulebook
from tulevaisuus.rules.selection import Selection, selected
from tulevaisuus.rules.unchecked_objects import unchecked_in

__all__ = ["Placed", "Progress", "check"]

Progress: TypeAlias = Callable[[int, int], None]
"""A function that is called with the number of entities checked so far, and of all."""

Placed: TypeAlias = tuple[str, int | None, Entity]
"""The document key of a register, the place of an entity in it, and the entity."""

_STEP = 100
"""How many entities are checked between two calls of `Progress`."""


def check(  # noqa: PLR0913 - options, each with a default and passed by name
    checked: Portfolio | Reading,
    *,
    reference: Portfolio | None = None,
    select: Selection | None = None,
    ignore: Selection = (),
    rules: Register[Rule] | None = None,
    min_evidence: Evidence = Evidence.WEAK,
    link_evidence: Evidence = Evidence.INFERRED,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check a portfolio, or what `read` made of a document, by the rules.

    What could not be read is always in the report of a reading; the report names the objects that
    no rule was checked on, as they have errors of reading. Rules that sum, or need a register
    to be complete, are skipped and named if something of it could not be read.

    Args:
        checked: A `Portfolio`, or the `Reading` of a document.
        reference: What look-ups fall back on where the document has nothing; by default the
            bundled facts, `tulevaisuus.reference`. An empty `Portfolio` is no reference at all.
        select: The rules to check by: a code (``TSK302``), a family (``TSK3``) or a slug, in any
            case, or several of them; by default all rules but those on request.
        ignore: The rules to leave out, named in the same way.
        rules: The rules there are, by default `tulevaisuus.rulebook`; your own are added by
            ``tul.rulebook.with_(...)``.
        min_evidence: Rules with weaker evidence are left out.
        link_evidence: The weakest evidence with which a goal link counts (TSK402).
        limit: How many findings are listed at most; the counts of the report stay exact.
        progress: Called now and then with the number of entities checked so far, and of all.

    Returns:
        The report, its findings in the order of the document.

    Raises:
        UnknownCodeError: ``select`` or ``ignore`` names no rule.
        InvalidValueError: What is checked is neither a portfolio nor a reading.

    """
    reading = _reading_of(checked)
    known = rulebook if rules is None else rules
    chosen = selected(known, select, ignore, min_evidence)
    incomplete = {rejected.register for rejected in reading.rejected}
    skipped = {rule.code: None for rule in chosen if incomplete.intersection(rule.sums)}
    judged = [rule for rule in chosen if rule.code not in skipped]
    _require_limit(limit)
    context = _context(reading, reference, link_evidence)
    findings = [*reading.findings, *_judge(_with_progress(reading, progress), judged, context)]
    if reading.findings:
        findings.sort(key=document_order)
    titles = {rule.code: rule.title for rule in known}
    report = Report.of(
        findings,
        skipped=skipped,
        limit=limit,
        titles=titles,
        omitted_counts=reading.omitted_counts,
    )
    unchecked = unchecked_in(reading, DEFAULT_LIMIT if limit is None else limit)
    return attrs.evolve(
        report,
        findings=tuple(reading.located(report.findings)),
        unchecked=unchecked.listed,
        unchecked_omitted=unchecked.omitted,
    )


def _context(reading: Reading, reference: Portfolio | None, link_evidence: Evidence) -> Context:
    fallback = bundled if reference is None else reference
    rejected = frozenset((rejected.register, rejected.key) for rejected in reading.rejected)
    return Context(reading.portfolio, fallback, link_evidence, rejected)


def _require_limit(limit: int | None) -> None:
    if limit is not None and require_int(limit) < 0:
        raise ValueError("limit is the most findings that are listed: a whole number from zero up")


def _reading_of(checked: object) -> Reading:
    """Return a reading of what was passed; the error for anything else says what to pass."""
    if isinstance(checked, Reading):
        return checked
    if isinstance(checked, Portfolio):
        return Reading(portfolio=checked)
    if isinstance(checked, Entity):
        raise wrong_type(checked, expected("portfolio_of", plural=checked.plural))
    raise wrong_type(checked, expected("something_to_check"))


def _judge(
    entities: Iterable[Placed], rules: Sequence[Rule], context: Context
) -> Iterator[Finding]:
    """Return what the rules find, in the order of the entities."""
    selectors: dict[type[Entity], _RuleSelector] = {}
    for register, place, entity in entities:
        cls = type(entity)
        selector = selectors.get(cls)
        if selector is None:
            selector = selectors[cls] = _RuleSelector(cls, rules)
        path = subject = ""  # most entities need none
        for rule, judge in selector.rules_for(entity):
            for found in judge(entity, context):
                if not path:
                    path = f"/{register}" if place is None else f"/{register}/{place}"
                    subject = f"{entity.singular} {key_text(entity.key)}"
                yield rule.finding(found, path, subject)


class _RuleSelector:
    """Selects the rules that may find something in an entity of a class.

    Most rules need fields that few entities have. The selection depends only on which fields are
    set, so it is computed once for all entities with the same fields set.
    """

    def __init__(self, cls: type[Entity], rules: Sequence[Rule]) -> None:
        """Take the class and the rules there are."""
        known = fields_of(cls)
        self._rules = [
            (rule, rule.judge, known.keys() & rule.needs)
            for rule in rules
            if rule.judge and issubclass(cls, rule.of)
        ]
        fields = {name for _, _, needs in self._rules for name in needs}
        # The two last ones, which all entities have, make `attrgetter` return a tuple in any case.
        self._fields = (*sorted(fields), "sources", "notes")
        self._values_of = operator.attrgetter(*self._fields)
        self._nothing = (None,) * len(self._fields)
        self._chosen: dict[tuple[bool, ...], list[tuple[Rule, Judge]]] = {}

    def rules_for(self, entity: Entity) -> Sequence[tuple[Rule, Judge]]:
        """Return the rules that may have something to find in an entity."""
        is_absent = tuple(map(operator.is_, self._values_of(entity), self._nothing))
        chosen = self._chosen.get(is_absent)
        if chosen is None:
            absent = {name for name, each in zip(self._fields, is_absent, strict=True) if each}
            chosen = self._chosen[is_absent] = [
                (rule, judge) for rule, judge, needs in self._rules if needs.isdisjoint(absent)
            ]
        return chosen


def _with_progress(reading: Reading, progress: Progress | None) -> Iterator[Placed]:
    """Yield each entity, and report the progress."""
    if progress is None:
        yield from _entities(reading)
        return
    portfolio = reading.portfolio
    total = sum(map(len, portfolio.registers().values())) + (portfolio.programme is not None)
    for done, placed in enumerate(_entities(reading)):
        if done % _STEP == 0:
            progress(done, total)
        yield placed
    progress(total, total)


def _entities(reading: Reading) -> Iterator[Placed]:
    """Return each entity with its place, in the order of documents."""
    if reading.portfolio.programme:
        yield "programme", None, reading.portfolio.programme
    for name, register in reading.portfolio.registers().items():
        for place, entity in zip(reading.indices_in(name), register, strict=False):
            yield name, place, entity
