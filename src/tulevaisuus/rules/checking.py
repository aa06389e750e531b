"""`check`: every rule over every entity, and the findings in the order of documents."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

import attrs

from tulevaisuus.facts.whole import reference as bundled
from tulevaisuus.findings import pointers
from tulevaisuus.findings.expectations import expected, quote
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.intake import Reading
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.field_types import wrong_type
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.registry import Judge, Rule, rulebook

__all__ = ["Selection", "check", "matching_codes", "selected"]

Progress: TypeAlias = Callable[[int, int], None]
"""What is called with the number of entities checked so far, and of all."""

Selection: TypeAlias = str | Iterable[str]
"""A code (``TSK302``), a family (``TSK3`` or ``TSK3xx``) or a slug, or several of them."""

Placed: TypeAlias = tuple[str, int | None, Entity]
"""The document key of a register, the place of an entity in it, and the entity."""

_STEP = 100
"""How many entities are checked between two calls of a progress."""

_TURNS = {name: turn for turn, name in enumerate(("programme", *REGISTERS))}


def check(  # noqa: PLR0913 - options, each with a default and passed by name
    checked: Portfolio | Reading,
    *,
    reference: Portfolio | None = None,
    select: Selection | None = None,
    ignore: Selection = (),
    rules: Register[Rule] = rulebook,
    min_evidence: Evidence = Evidence.WEAK,
    link_evidence: Evidence = Evidence.INFERRED,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check a portfolio, or what `read` made of a document, by the rules.

    What could not be read is always in the report of a reading. Rules that sum, or need a register
    to be complete, are skipped and named if something of it could not be read.

    Args:
        checked: A `Portfolio`, or the `Reading` of a document.
        reference: What look-ups fall back on where the document has nothing; by default the
            bundled facts, `tulevaisuus.reference`. An empty `Portfolio` is no reference at all.
        select: The rules to check by: a code (``TSK302``), a family (``TSK3``) or a slug, in any
            case, or several of them; by default all rules but those on request.
        ignore: The rules to leave out, named in the same way.
        rules: The rules there are; your own are added by ``tul.rulebook.with_(...)``.
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
    chosen = selected(rules, select, ignore, min_evidence)
    incomplete = {rejected.register for rejected in reading.rejected}
    skipped = {rule.code: None for rule in chosen if incomplete.intersection(rule.sums)}
    judged = [rule for rule in chosen if rule.code not in skipped]
    rejected = frozenset((rejected.register, rejected.key) for rejected in reading.rejected)
    around = bundled if reference is None else reference
    context = Context(reading.portfolio, around, link_evidence, rejected)
    found = _judge(_watched(reading, progress), judged, context)
    in_order = sorted([*map(_placed, reading.findings), *found], key=lambda each: each.order)
    titles = {rule.code: rule.title for rule in rules}
    report = Report.of(
        (each.finding for each in in_order),
        skipped=skipped,
        limit=limit,
        titles=titles,
        beyond=reading.counts_beyond,
    )
    return attrs.evolve(report, findings=tuple(reading.located(report.findings)))


def _reading_of(checked: object) -> Reading:
    """Return a reading; whoever gives something else is told what to call."""
    if isinstance(checked, Reading):
        return checked
    if isinstance(checked, Portfolio):
        return Reading(portfolio=checked)
    if isinstance(checked, Entity):
        raise wrong_type(checked, expected("portfolio_of", plural=checked.plural))
    raise wrong_type(checked, expected("something_to_check"))


Order: TypeAlias = tuple[int, int, str]
"""Where a finding belongs: the turn of its register, then the place in it by length and digits."""


class _Placed(NamedTuple):
    order: Order
    finding: Finding


def _placed(finding: Finding) -> _Placed:
    return _Placed(_place_of(finding), finding)


def _place_of(finding: Finding) -> Order:
    """Return where a finding belongs in the order of documents: by register, then by entity.

    Of two numbers the longer is the greater. What is no place in a list comes first.
    """
    name, place, *_ = (*pointers.split(finding.path), "", "")
    number = place if place.isdecimal() else ""
    return _TURNS.get(name, -1), len(number), number


def _judge(
    entities: Iterable[Placed], rules: Iterable[Rule], context: Context
) -> Iterator[_Placed]:
    by_class: dict[type[Entity], list[tuple[Rule, Judge]]] = {}
    for register, place, entity in entities:
        cls = type(entity)
        if cls not in by_class:
            by_class[cls] = _judges_of(cls, rules)
        for rule, judge in by_class[cls]:
            for found in judge(entity, context):
                digits = "" if place is None else str(place)
                path = f"/{register}/{digits}" if digits else f"/{register}"
                subject = f"{entity.singular} {key_text(entity.key)}"
                order = (_TURNS[register], len(digits), digits)
                yield _Placed(order, rule.finding(found, path, subject))


def _judges_of(cls: type[Entity], rules: Iterable[Rule]) -> list[tuple[Rule, Judge]]:
    """Return the rules that look at a class, each with its function."""
    return [(rule, rule.judge) for rule in rules if rule.judge and issubclass(cls, rule.of)]


def _watched(reading: Reading, progress: Progress | None) -> Iterator[Placed]:
    """Return each entity, and report how far that has come."""
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


def selected(
    rules: Register[Rule],
    select: Selection | None,
    ignore: Selection,
    min_evidence: Evidence = Evidence.WEAK,
) -> list[Rule]:
    """Return the rules that are chosen; `UnknownCodeError` for a word that fits none."""
    wanted = None if select is None else _codes(rules, select)
    unwanted = _codes(rules, ignore)
    return [
        rule
        for rule in rules
        if (not rule.on_request if wanted is None else rule.code in wanted)
        and rule.code not in unwanted
        and (rule.evidence is None or rule.evidence >= min_evidence)
    ]


def _codes(rules: Register[Rule], selection: Selection) -> set[str]:
    words = [selection] if isinstance(selection, str) else selection
    return {code for word in words for code in matching_codes(rules, word)}


def matching_codes(rules: Register[Rule], word: str) -> list[str]:
    """Return the codes of the rules of a code, family or slug, in any case.

    `UnknownCodeError` for a word that fits none.
    """
    wanted = word.casefold()
    family = re.sub("x+$", "", wanted)
    codes = [rule.code for rule in rules if wanted in rule.called or family in _families(rule)]
    if not codes:
        suggestions = suggest(word, [name for rule in rules for name in (rule.code, rule.slug)])
        message = f"no rule or family is called '{quote(word)}'"
        message += f"; did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
        raise UnknownCodeError(message, word, suggestions)
    return codes


def _families(rule: Rule) -> tuple[str, str]:
    """Return a rule's family by its digit (``tsk3``) and by its prefix (``tsk``)."""
    code = rule.code.casefold()
    return code[:-2], re.sub("[0-9]+$", "", code)
