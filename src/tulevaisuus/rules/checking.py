"""`check`: applies the rules to all entities, and returns the findings in document order.

Evidence is how firmly the sources support a rule or a goal link (from a goal to a service). A
register is a collection of the entities of one class, by key. A portfolio is all entities of one
document.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import GeneratorType
from typing import TypeAlias

import attrs

from tulevaisuus.facts.reference_portfolio import reference as bundled
from tulevaisuus.findings.argument_checks import only_instances, require_argument, require_callable
from tulevaisuus.findings.collector import DEFAULT_LIMIT
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.report import Report
from tulevaisuus.formats.order_of_findings import document_order_key
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.type_errors import require_int, wrong_type
from tulevaisuus.model.value import fields_of
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.rejected_objects import unchecked_objects
from tulevaisuus.rules.rule_declaration import Rule, Rulebook, RuleFunction, rulebook
from tulevaisuus.rules.rule_selection import Selection, select_rules
from tulevaisuus.rules.rule_validation import require_problem, require_problems

__all__ = ["EntityWithIndex", "Progress", "check"]

Progress: TypeAlias = Callable[[int, int], None]
"""A function that is called with the number of checked entities and the number of all entities."""

EntityWithIndex: TypeAlias = tuple[str, int | None, Entity]
"""The name of a register, the index of an entity in it, and the entity."""

_GENERATOR: type = GeneratorType
"""The type of what a function with ``yield`` returns."""

_PROGRESS_STEP = 100
"""The number of entities that are checked between two calls of `Progress`."""


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
    """Check a portfolio, or the result of `read`, by the rules.

    The report always includes the errors of reading, and lists the objects that could not be read,
    so that no rule was checked on them. Rules that need a complete register, for a sum for example,
    are skipped if an entity of it could not be read; the report lists these rules.

    Args:
        checked: A `Portfolio`, or the `Reading` of a document.
        reference: The portfolio for look-ups of keys that are not in the document; by default the
            bundled facts, `tulevaisuus.reference`. Use an empty `Portfolio` for no reference.
        select: The rules to check: a code (``TSK302``), a family (``TSK3``) or a slug, in any case,
            or several of them. By default all rules except those that run on request.
        ignore: The rules to leave out, in the same form.
        rules: The register of all rules; by default `tulevaisuus.rulebook`. Add your own rules with
            ``tul.rulebook.with_(...)``.
        min_evidence: Rules with weaker evidence are left out.
        link_evidence: Goal links with weaker evidence are ignored (TSK402).
        limit: The maximum number of findings to list; the counts of the report stay exact.
        progress: Called regularly with the number of checked entities and of all entities.

    Returns:
        The report, with findings in the order of the document.

    Raises:
        UnknownCodeError: No rule has a code, family or slug in ``select`` or ``ignore``.
        InvalidValueError: ``checked`` is neither a portfolio nor a reading.
        TypeError: An argument has a wrong type, or a rule of your own yields no problems.
        ValueError: Two rules have the same code or slug, or a rule of your own yields a problem
            with an unknown path or message, or without a value that the message shows. A note of
            any error in a rule names the rule and the entity.

    """
    reading = _reading_of(checked)
    all_rules = rulebook if rules is None else _rules_of(rules)
    require_callable(progress, "progress", "two numbers: checked entities, and all")
    chosen = select_rules(all_rules, select, ignore, min_evidence)
    incomplete = {rejected.register for rejected in reading.rejected}
    skipped = {rule.code: None for rule in chosen if incomplete.intersection(rule.sums)}
    checkable = [rule for rule in chosen if rule.code not in skipped]
    _require_limit(limit)
    context = _make_context(reading, reference, link_evidence)
    entities = _with_progress(reading, progress)
    findings = [*reading.findings, *_apply_rules(entities, checkable, context)]
    if reading.findings:
        findings.sort(key=document_order_key)
    titles = {rule.code: rule.title for rule in all_rules}
    report = Report.of(
        findings,
        skipped=skipped,
        limit=limit,
        titles=titles,
        omitted_counts=reading.omitted_counts,
    )
    unchecked = unchecked_objects(reading, DEFAULT_LIMIT if limit is None else limit)
    return attrs.evolve(
        report,
        findings=tuple(reading.located(report.findings)),
        unchecked=unchecked.listed,
        unchecked_omitted=unchecked.omitted,
    )


def _make_context(
    reading: Reading, reference: Portfolio | None, link_evidence: Evidence
) -> Context:
    fallback = bundled if reference is None else reference
    require_argument(fallback, Portfolio, "reference", "a Portfolio, such as tulevaisuus.reference")
    rejected = frozenset((rejected.register, rejected.key) for rejected in reading.rejected)
    return Context(reading.portfolio, fallback, link_evidence, rejected)


def _rules_of(rules: Register[Rule]) -> Register[Rule]:
    """Return the rules of the caller; raise a `TypeError` if they are no register of rules.

    It is a `ValueError` if two of them have the same code or slug.
    """
    takes = "a register of rules, such as tulevaisuus.rulebook.with_(rule)"
    require_argument(rules, Register, "rules", takes)
    return Rulebook(only_instances(rules, Rule, "rules", takes))


def _require_limit(limit: int | None) -> None:
    if limit is not None and require_int(limit) < 0:
        raise ValueError(
            "limit is the maximum number of findings to list: a whole number from zero up"
        )


def _reading_of(checked: object) -> Reading:
    """Return the reading that is to be checked; the error for other objects says what to pass."""
    if isinstance(checked, Reading):
        return checked
    if isinstance(checked, Portfolio):
        return Reading(portfolio=checked)
    from tulevaisuus.formats.writing import expected_in_place_of  # only needed for mistakes

    raise wrong_type(checked, expected_in_place_of(checked, "something_to_check"))


def _apply_rules(
    entities: Iterable[EntityWithIndex], rules: Sequence[Rule], context: Context
) -> Iterator[Finding]:
    """Return the findings of the rules, in the order of the entities."""
    selectors: dict[type[Entity], _RuleSelector] = {}
    for register, index, entity in entities:
        cls = type(entity)
        selector = selectors.get(cls)
        if selector is None:
            selector = selectors[cls] = _RuleSelector(cls, rules, context)
        path = subject = ""  # made at the first problem, because most entities have none
        for rule, function in selector.rules_for(entity):
            try:
                result = function(entity, context)
                # Nearly all rules are generators, for which this check would take long.
                problems = result if type(result) is _GENERATOR else require_problems(result)
                for problem in problems:
                    if not path:
                        path = f"/{register}" if index is None else f"/{register}/{index}"
                        subject = _subject(entity)
                    yield rule.finding(require_problem(problem, cls), path, subject)
            except Exception as error:
                error.add_note(f"in rule {rule.code}, at {quote(_subject(entity))}")
                raise


def _subject(entity: Entity) -> str:
    """Return the class and key of an entity: ``grant g21``."""
    return f"{entity.singular} {key_text(entity.key)}"


class _RuleSelector:
    """Selects the rules that may find something in an entity of a class.

    Most rules need fields that few entities have. The selection only depends on the fields that are
    set, so it is computed once for all entities with the same fields.
    """

    def __init__(self, cls: type[Entity], rules: Sequence[Rule], context: Context) -> None:
        """Keep the rules that apply to the class, with the fields that they need."""
        fields_of_class = fields_of(cls)
        self._rules = [
            (rule, rule.function, fields_of_class.keys() & rule.needs)
            for rule in rules
            if rule.function and rule.may_apply(cls, context)
        ]
        fields = {name for _, _, needs in self._rules for name in needs}
        # With at least two fields `attrgetter` returns a tuple; all entities have these two.
        self._fields = (*sorted(fields), "sources", "notes")
        self._values_of = operator.attrgetter(*self._fields)
        self._nothing = (None,) * len(self._fields)
        # The rules for entities, by which of the fields are absent.
        self._chosen: dict[tuple[bool, ...], list[tuple[Rule, RuleFunction]]] = {}

    def rules_for(self, entity: Entity) -> Sequence[tuple[Rule, RuleFunction]]:
        """Return the rules that may find something in an entity."""
        is_absent = tuple(map(operator.is_, self._values_of(entity), self._nothing))
        chosen = self._chosen.get(is_absent)
        if chosen is None:
            pairs = zip(self._fields, is_absent, strict=True)
            absent = {name for name, is_missing in pairs if is_missing}
            chosen = self._chosen[is_absent] = [
                (rule, function)
                for rule, function, needs in self._rules
                if needs.isdisjoint(absent)
            ]
        return chosen


def _with_progress(reading: Reading, progress: Progress | None) -> Iterator[EntityWithIndex]:
    """Yield each entity with its register and index, and report the progress."""
    if progress is None:
        yield from _entities(reading)
        return
    portfolio = reading.portfolio
    total = sum(map(len, portfolio.registers().values())) + (portfolio.programme is not None)
    for done, entity_with_index in enumerate(_entities(reading)):
        if done % _PROGRESS_STEP == 0:
            progress(done, total)
        yield entity_with_index
    progress(total, total)


def _entities(reading: Reading) -> Iterator[EntityWithIndex]:
    """Yield each entity with its register and index, in the order of documents."""
    if reading.portfolio.programme:
        yield "programme", None, reading.portfolio.programme
    for name, register in reading.portfolio.registers().items():
        if len(register):  # most registers of a document are empty
            for index, entity in zip(reading.indices_in(name), register, strict=False):
                yield name, index, entity
