"""What may be meant by the keys and codes of a document that lead nowhere."""

from collections.abc import Iterator, Sequence
from typing import cast

from tulevaisuus.findings.lookalikes import escape_lookalikes, skeleton
from tulevaisuus.findings.suggestions import NamedCode, Vocabulary
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.region import Region
from tulevaisuus.model.text import Text
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.references import Reference, references_of

__all__ = ["dangling", "meant_by", "region_of_old_code"]

_BUDGET = 2_000_000
"""How many characters are compared in search of alike keys, for a whole document."""

_STATUTORY = "old_code_statutory_order"


def dangling(entity: Entity, context: Context, *, coded: bool) -> Sequence[Reference]:
    """Return the references of an entity that lead nowhere, in the order of its fields.

    One to what was rejected may lead to it, so it is not among them.
    """
    return references_of(entity, coded=coded, test=context.leads_nowhere)


def meant_by(reference: Reference, context: Context) -> tuple[NamedCode, ...]:
    """Return what a reference that leads nowhere may mean, the likeliest first.

    Equal mistakes get equal answers: what is asked of a document is answered for all of it at
    once, in its order, until the budget is spent.
    """
    answers = context.shared(_answers)
    codes = answers.get((reference.registers, reference.key), ())
    return tuple(_with_name(code, reference, context) for code in codes)


def _answers(context: Context) -> dict[tuple[tuple[str, ...], str], tuple[str, ...]]:
    answers: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}
    left = _BUDGET
    for reference in _all_dangling(context):
        question = (reference.registers, reference.key)
        if question not in answers:
            vocabulary = _vocabulary(reference.registers, context)
            spent = vocabulary.spent
            answers[question] = vocabulary.search(reference.key, alike=left > 0)
            left -= vocabulary.spent - spent
    return answers


def _all_dangling(context: Context) -> Iterator[Reference]:
    portfolio = context.portfolio
    if portfolio.programme is not None:
        yield from dangling(portfolio.programme, context, coded=False)
        yield from dangling(portfolio.programme, context, coded=True)
    for register in portfolio.registers().values():
        for entity in register:
            yield from dangling(entity, context, coded=False)
            yield from dangling(entity, context, coded=True)


def _vocabulary(registers: tuple[str, ...], context: Context) -> Vocabulary:
    """Return the keys and names of some registers; they live as long as the context."""

    def entries() -> Iterator[tuple[str, tuple[str, ...]]]:
        """Return each key with its names."""
        for register in registers:
            for entity in context.everything(register):
                yield key_text(entity.key), tuple(entity.names())

    return context.once(("vocabulary", registers), lambda: Vocabulary(entries()))


def _with_name(code: str, reference: Reference, context: Context) -> NamedCode:
    names = (context.name_of(register, code) for register in reference.registers)
    name = next((name for name in names if isinstance(name, Text)), None)
    alike = skeleton(code) == skeleton(reference.key)
    return NamedCode(escape_lookalikes(code) if alike else code, name)


def region_of_old_code(text: str, context: Context) -> Region | None:
    """Return the region that had a number in the statutory order of 2021 (Act 616/2021)."""
    return context.shared(_by_old_code).get(text)


def _by_old_code(context: Context) -> dict[str, Region]:
    return {
        alias.value: region
        for region in cast("Iterator[Region]", context.everything("regions"))
        for alias in region.aliases
        if alias.scheme == _STATUTORY
    }
