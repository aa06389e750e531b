"""`check`: every rule over every thing, and the findings in the order of documents."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, cast

from tulevaisuus.facts.whole import reference as bundled
from tulevaisuus.findings import pointers
from tulevaisuus.findings.errors import UnknownCodeError
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.formats.reading import Reading
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.field_types import ObjectOf
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.registry import Rule, rulebook

__all__ = ["Selection", "check", "matching_codes", "selected"]

Progress: TypeAlias = Callable[[int, int], None]
"""Who wants to be told how many things have been judged, of how many."""

Selection: TypeAlias = str | Iterable[str]
"""A code (``TSK302``), a family (``TSK3`` or ``TSK3xx``) or a slug, or several of them."""

Placed: TypeAlias = tuple[tuple[str | int, ...], Entity]
"""A thing with its pointer."""

_STEP = 100
"""So many things are judged before progress is told again."""

_TURNS = {name: turn for turn, name in enumerate(("programme", *REGISTERS))}


def check(  # noqa: PLR0913 - options, each with a default and passed by name
    checked: Portfolio | Reading,
    *,
    reference: Portfolio = bundled,
    select: Selection | None = None,
    ignore: Selection = (),
    rules: Register[Rule] = rulebook,
    min_evidence: Evidence = Evidence.WEAK,
    link_evidence: Evidence = Evidence.INFERRED,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge a portfolio, or what `read` made of a document, by the rules.

    Rules look things up in the document first, then in the ``reference``, the bundled facts.
    ``select`` and ``ignore`` choose rules by code, family (``TSK3``) or slug; one that is unknown
    is an `UnknownCodeError`. ``min_evidence`` leaves out rules that stand less firmly,
    ``link_evidence`` is the least at which a goal link counts. ``limit`` caps the listed findings;
    the counts stay exact. ``progress`` is called now and then with the numbers of things that have
    been judged and of all things.

    Of a reading, what was refused is always reported. Rules that sum or need completeness are
    skipped, and named, if it lacks what they need.
    """
    reading = _reading_of(checked)
    chosen = selected(rules, select, ignore, min_evidence)
    incomplete = {rejected.register for rejected in reading.rejected}
    skipped = [rule.code for rule in chosen if incomplete.intersection(rule.sums)]
    judged = [rule for rule in chosen if rule.code not in skipped]
    rejected = frozenset((rejected.register, rejected.key) for rejected in reading.rejected)
    context = Context(reading.portfolio, reference, link_evidence, rejected)
    findings = [*reading.findings, *_judge(_watched(reading, progress), judged, context)]
    titles = {rule.code: rule.title for rule in rules}
    in_order = sorted(findings, key=_place_of)
    return Report.of(in_order, skipped=skipped, limit=limit, titles=titles)


def _reading_of(checked: object) -> Reading:
    if isinstance(checked, Reading):
        return checked
    return Reading(portfolio=cast("Portfolio", ObjectOf(Portfolio).validate(checked)))


def _place_of(finding: Finding) -> tuple[int, int, str]:
    """Return where a finding belongs in the order of documents: by register, then by thing.

    Of two numbers the longer is the greater. What is no place in a list comes first.
    """
    name, place, *_ = (*pointers.split(finding.path), "", "")
    number = place if place.isdecimal() else ""
    return _TURNS.get(name, -1), len(number), number


def _judge(
    entities: Iterable[Placed], rules: Iterable[Rule], context: Context
) -> Iterator[Finding]:
    by_class: dict[type[Entity], list[Rule]] = {}
    for at, entity in entities:
        cls = type(entity)
        if cls not in by_class:
            by_class[cls] = [rule for rule in rules if issubclass(cls, rule.of)]
        for rule in by_class[cls]:
            for found in rule.judge(entity, context) if rule.judge else ():
                finding = rule.finding(found).of(f"{entity.singular} {key_text(entity.key)}")
                yield finding.under(*at)


def _watched(reading: Reading, progress: Progress | None) -> Iterator[Placed]:
    """Return each thing, and tell how far that has come."""
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
    """Return each thing with its pointer, in the order of documents."""
    if reading.portfolio.programme:
        yield ("programme",), reading.portfolio.programme
    for name, register in reading.portfolio.registers().items():
        for place, entity in zip(reading.places_in(name), register, strict=False):
            yield (name, place), entity


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
    """Return the codes of the rules of a code, family or slug.

    `UnknownCodeError` for a word that fits none.
    """
    family = re.sub("x+$", "", word)
    codes = [
        rule.code
        for rule in rules
        if word in {rule.code, rule.slug}
        or family in {rule.code[:-2], re.sub("[0-9]+$", "", rule.code)}
    ]
    if not codes:
        known = [name for rule in rules for name in (rule.code, rule.slug)]
        suggestions = suggest(word, known)
        message = f"no rule or family is called {word!r}"
        message += f"; did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
        raise UnknownCodeError(message, word, suggestions)
    return codes
