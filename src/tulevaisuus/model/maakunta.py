"""`Maakunta`: a region of the older division, and the maximum that a call may give to it."""

import datetime as dt
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import ClassVar

import attrs

from tulevaisuus.model.amount import Precision
from tulevaisuus.model.annotations import (
    CallId,
    Euros,
    Id,
    Number,
    Percentage,
    Quantity,
    RegionCode,
    SourceId,
    UniqueList,
)
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text
from tulevaisuus.model.value import Value

__all__ = ["Maakunta", "MaximumAmount", "MaximumShare", "Nuts3"]

_EQUAL_PART = Fraction(1, 4)
_EXACT = Context(prec=60)


@attrs.frozen(repr=False)
class Nuts3(Value):
    """A code of the EU's statistical regions (NUTS 3), and when it is ``valid``.

    Nine of the 19 codes changed on 1.1.2024; ``valid`` is ``None`` for a code that did not change.
    """

    code: Id
    valid: Period | None = None


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
        by_population = Fraction(self.population, self.population_of_all)
        return _EQUAL_PART / self.sharing + (1 - _EQUAL_PART) * by_population

    def amount_of(self, maximum_eur: Decimal) -> Decimal:
        """Return the maximum for the maakunta out of a total, rounded to whole euros."""
        share = self.exact * Fraction(maximum_eur)
        exact = _EXACT.divide(Decimal(share.numerator), Decimal(share.denominator))
        return exact.quantize(Decimal(1), ROUND_HALF_UP, _EXACT)


@attrs.frozen(kw_only=True, repr=False)
class Maakunta(Entity):
    """A region of the older division (*maakunta*, *landskap*) by Statistics Finland's code.

    It is not the same as a `Region`: ``05`` is Kanta-Häme here and Varsinais-Suomi there.
    ``regions`` are the wellbeing services counties, and Helsinki, that lie in it. ``genitive`` is
    used in sentences (*Uudenmaan*). ``maximum_amounts`` has one amount for each call; it follows
    from ``maximum_share``.
    """

    singular: ClassVar[str] = "maakunta"
    plural: ClassVar[str] = "maakunnat"
    key_fields: ClassVar[tuple[str, ...]] = ("code",)

    code: Id
    name: Text
    genitive: Text | None = None
    nuts3: UniqueList[Nuts3] = ()
    regions: UniqueList[RegionCode] | None = None
    maximum_share: MaximumShare | None = None
    maximum_amounts: UniqueList[MaximumAmount] = ()

    def nuts3_on(self, date: dt.date) -> str | None:
        """Return the NUTS 3 code on a date; ``None`` if it is unknown.

        >>> from tulevaisuus import maakunnat
        >>> pirkanmaa = maakunnat.find("Pirkanmaa")
        >>> pirkanmaa.nuts3_on(dt.date(2023, 12, 31)), pirkanmaa.nuts3_on(dt.date(2024, 1, 1))
        ('FI197', 'FI19B')
        """
        codes = (each.code for each in self.nuts3 if each.valid is None or date in each.valid)
        return next(codes, None)
