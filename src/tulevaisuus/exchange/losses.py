"""What a standard has no place for: registers and fields, each named with how many there are."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from tulevaisuus.exchange import standard_messages as messages
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.value import fields_of

__all__ = ["lost_fields", "lost_registers"]


def lost_registers(
    portfolio: Portfolio, held: Collection[str], named: Collection[str] = ()
) -> Iterator[Finding]:
    """Report the registers that are not held, or of which only ids and names are.

    Args:
        portfolio: What is written.
        held: The registers that the standard holds.
        named: Those of which it holds the ids and names that the others refer to.
    """
    if portfolio.programme is not None:
        yield messages.LOST_REGISTER.finding("/programme", count=1)
    for name, register in portfolio.registers().items():
        if register and name not in held:
            message = messages.ONLY_NAMES if name in named else messages.LOST_REGISTER
            yield message.finding(f"/{name}", count=len(register))


def lost_fields(entities: Iterable[Entity], held: Collection[str]) -> Iterator[Finding]:
    """Report the fields that are not held, with how many entities of a register have each."""
    grouped: dict[str, list[Entity]] = {}
    for each in entities:
        grouped.setdefault(each.plural, []).append(each)
    for register, group in grouped.items():
        counts = Counter(name for each in group for name in each.set_fields())
        for name in fields_of(type(group[0])):
            if counts[name] and name not in held:
                yield messages.LOST_FIELD.finding(f"/{register}", field=name, count=counts[name])
