"""For formats that hold entities of one class: finds the class, and reports other classes.

A portfolio (all entities of one document) has a register (a collection by key) for each class.
"""

from collections.abc import Iterator

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.formats_registry import WriteOptions
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.labels import RegisterName
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register

__all__ = ["class_to_write", "entities_to_write", "other_classes"]


def class_to_write(portfolio: Portfolio, options: WriteOptions) -> type[Entity] | None:
    """Return the class in the options, or else the only class that has entities."""
    if options.of is not None:
        return options.of
    filled = [register for register in portfolio.registers().values() if register]
    return type(next(iter(filled[0]))) if len(filled) == 1 else None


def entities_to_write(portfolio: Portfolio, options: WriteOptions) -> Register[Entity]:
    """Return the entities to write.

    Raises:
        TypeError: The options name no class, and the portfolio does not have exactly one.
    """
    cls = class_to_write(portfolio, options)
    if cls is None:
        raise TypeError(
            "the format holds entities of one class: say which, as of=tulevaisuus.Grant"
        )
    return portfolio.registers()[cls.plural]


def other_classes(portfolio: Portfolio, options: WriteOptions) -> Iterator[Finding]:
    """Report the registers that are left out, or an error if it is not clear which one is kept."""
    registers = portfolio.registers().items()
    counts = {name: len(register) for name, register in registers if register}
    if portfolio.programme is not None:
        counts = {"programme": 1, **counts}
    cls = class_to_write(portfolio, options)
    if cls is None:
        yield table_messages.CLASS_TO_WRITE_UNCLEAR.finding(
            known=tuple(map(RegisterName, counts)) or "–"
        )
        return
    for name, count in counts.items():
        if name != cls.plural:
            kept = RegisterName(cls.plural)
            yield table_messages.LOST_REGISTER.finding(f"/{name}", count=count, kept=kept)
