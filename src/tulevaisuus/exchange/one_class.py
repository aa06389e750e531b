"""Formats that hold entities of one class: which class that is, and what they leave out."""

from collections.abc import Iterator

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.formats_registry import WriteOptions
from tulevaisuus.findings.finding import Finding
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register

__all__ = ["class_to_write", "entities_of", "other_classes"]


def class_to_write(portfolio: Portfolio, options: WriteOptions) -> type[Entity] | None:
    """Return the class that is written: the one asked for, by default the only one there is."""
    if options.of is not None:
        return options.of
    filled = [register for register in portfolio.registers().values() if register]
    return type(next(iter(filled[0]))) if len(filled) == 1 else None


def entities_of(portfolio: Portfolio, options: WriteOptions) -> Register[Entity]:
    """Return the entities that are written.

    Raises:
        TypeError: The portfolio holds several classes, or none, and the options name none.
    """
    cls = class_to_write(portfolio, options)
    if cls is None:
        raise TypeError(
            "the format holds entities of one class: say which, as of=tulevaisuus.Grant"
        )
    return portfolio.registers()[cls.plural]


def other_classes(portfolio: Portfolio, options: WriteOptions) -> Iterator[Finding]:
    """Report the registers that are left out; an error if it is not clear which one is kept."""
    filled = {name: len(each) for name, each in portfolio.registers().items() if each}
    if portfolio.programme is not None:
        filled = {"programme": 1, **filled}
    cls = class_to_write(portfolio, options)
    if cls is None:
        yield table_messages.CLASS_NEEDED.finding(known=tuple(filled))
        return
    for name, count in filled.items():
        if name != cls.plural:
            yield table_messages.LOST_REGISTER.finding(f"/{name}", count=count, kept=cls.plural)
