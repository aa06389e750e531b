"""`MaximumShare` and `MaximumAmount`: how much of a call the projects of a maakunta may get.

A maakunta, plural maakunnat, is a part of an older division of the country, such as Uusimaa.
"""

import datetime as dt
import functools
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import attrs

from tulevaisuus.model.amount import Precision
from tulevaisuus.model.annotations import (
    CallId,
    Euros,
    Number,
    Percentage,
    Quantity,
    SourceId,
    UniqueList,
)
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.value import Value

__all__ = ["MaximumAmount", "MaximumShare"]

_EQUAL_PART = Fraction(1, 4)
"""The part of the money that is divided equally among the maakunnat."""

_EXACT = Context(prec=60)
"""Has enough digits for all shares, whatever decimal context the caller has set."""


@attrs.frozen(kw_only=True, repr=False)
class MaximumAmount(Value):
    """The maximum that a call may give to the projects of a maakunta: calculated, not awarded.

    ``amount_eur`` is the call's maximum times the unrounded share, rounded to whole euros.
    ``evidence`` is *inferred*, because we derived this formula from the text of the decree.
    ``precision`` says whether the call's maximum is known exactly.
    """

    call: CallId
    amount_eur: Euros
    precision: Precision
    evidence: Evidence = Evidence.INFERRED
    sources: UniqueList[SourceId] = ()


@attrs.frozen(kw_only=True, repr=False)
class MaximumShare(Value):
    """The largest share of a call that a maakunta's projects may get (decree 13/2020, annex 1).

    This Government decree is about grants for development projects in social welfare and health
    care. It states ``percent`` with two decimals. The unrounded share (`exact`) follows from its
    text: 25 % is divided equally among the maakunnat, whose number is ``sharing``, and 75 % by
    population. ``population`` is the population of the maakunta and ``population_of_all`` that of
    all maakunnat together, on the date ``counted_on``.
    """

    percent: Percentage
    population: Quantity
    population_of_all: Number
    sharing: Number
    counted_on: dt.date

    @property
    def exact(self) -> Fraction:
        """The unrounded share, between 0 and 1: a quarter divided equally, the rest by population.

        >>> from tulevaisuus import maakunnat
        >>> share = maakunnat["10"].maximum_share
        >>> str(share.percent), f"{float(share.exact):.6%}"
        ('3.25', '3.253923%')
        """
        return _exact_share(self.population, self.population_of_all, self.sharing)

    def amount_of(self, maximum_eur: Decimal) -> Decimal:
        """Return the maximum for the maakunta out of a total, rounded to whole euros."""
        share = self.exact * Fraction(maximum_eur)
        exact = _EXACT.divide(Decimal(share.numerator), Decimal(share.denominator))
        return exact.quantize(Decimal(1), ROUND_HALF_UP, _EXACT)


@functools.lru_cache(maxsize=100)  # fractions are slow, and the same few shares are used again
def _exact_share(population: int, population_of_all: int, sharing: int) -> Fraction:
    by_population = Fraction(population, population_of_all)
    return _EQUAL_PART / sharing + (1 - _EQUAL_PART) * by_population
