"""`entities_of`: the entities of a whole portfolio, which holds all entities of one document."""

from collections.abc import Iterable, Iterator

from tulevaisuus.findings import messages
from tulevaisuus.findings.errors import DocumentError
from tulevaisuus.formats.format_version import FORMAT_VERSION
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["entities_of"]


def entities_of(portfolio: Portfolio | Iterable[Entity]) -> Iterator[Entity]:
    """Yield the entities of a portfolio in the order of documents; other entities in their order.

    Raises:
        DocumentError: The portfolio has a newer format version, and fields would be lost.
    """
    if not isinstance(portfolio, Portfolio):
        return iter(portfolio)
    if portfolio.newer_version is not None:
        found, supported = portfolio.newer_version, FORMAT_VERSION
        finding = messages.DOWNGRADE.finding("/format_version", found=found, supported=supported)
        raise DocumentError([finding])
    return _iter_entities(portfolio)


def _iter_entities(portfolio: Portfolio) -> Iterator[Entity]:
    """Yield the programme and then the entities of each register, a collection of one class."""
    if portfolio.programme is not None:
        yield portfolio.programme
    for register in portfolio.registers().values():
        yield from register
