"""Findings about registers and fields that a format cannot contain, with counts."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from tulevaisuus.exchange import standards_messages, table_messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.value import fields_of

__all__ = ["findings_on_fields", "is_set", "lost_fields", "lost_registers"]


def lost_registers(
    portfolio: Portfolio, kept: Collection[str], kept_as_names: Collection[str] = ()
) -> Iterator[Finding]:
    """Report the registers of a portfolio that a format cannot contain.

    Args:
        portfolio: The portfolio that is written.
        kept: The registers that the format contains.
        kept_as_names: Registers from which it contains only the ids and names that entities
            refer to.
    """
    if portfolio.programme is not None:
        yield standards_messages.LOST_REGISTER.finding("/programme", count=1)
    for name, register in portfolio.registers().items():
        if register and name not in kept:
            message = (
                standards_messages.ONLY_NAMES
                if name in kept_as_names
                else standards_messages.LOST_REGISTER
            )
            yield message.finding(f"/{name}", count=len(register))


def is_set(entity: Entity, name: str) -> bool:
    """Return whether a field has a value; a list that is known to be empty is a value."""
    return bool(getattr(entity, name) != fields_of(type(entity))[name].default)


def lost_fields(entities: Iterable[Entity], kept: Collection[str]) -> Iterator[Finding]:
    """Report the fields that a format cannot contain, with the number of entities for each."""
    grouped: dict[str, list[Entity]] = {}
    for each in entities:
        grouped.setdefault(each.plural, []).append(each)
    for register, group in grouped.items():
        counts = Counter(name for each in group for name in each.set_fields())
        lost = (name for name in fields_of(type(group[0])) if name not in kept)
        yield from findings_on_fields(register, {name: counts[name] for name in lost})


def findings_on_fields(register: str, counts: Mapping[str, int]) -> Iterator[Finding]:
    """Report the fields of a register that are left out, with the number of entities for each."""
    for name, count in counts.items():
        if count:
            yield table_messages.LOST_FIELD.finding(f"/{register}", field=name, count=count)
