"""`Maakunta`: a region of the older division, with its codes in statistics."""

import datetime as dt
from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id, RegionCode, UniqueList
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.maximum_share import MaximumAmount, MaximumShare
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text
from tulevaisuus.model.value import Value

__all__ = ["Maakunta", "Nuts3"]


@attrs.frozen(repr=False)
class Nuts3(Value):
    """A code of the EU's statistical regions (NUTS 3), and when it is ``valid``.

    Nine of the 19 codes changed on 1.1.2024; ``valid`` is ``None`` for a code that did not change.
    """

    code: Id
    valid: Period | None = None


@attrs.frozen(kw_only=True, repr=False)
class Maakunta(Entity):
    """A region of the older division (*maakunta*, *landskap*) by Statistics Finland's code.

    It is not a `Region`, which is a wellbeing services county: code ``05`` is Kanta-Häme here and
    Varsinais-Suomi there. ``regions`` are the counties, and the City of Helsinki, that lie in the
    maakunta. ``genitive`` is used in sentences (*Uudenmaan*). ``maximum_amounts`` has one amount
    for each call; the amount follows from ``maximum_share``.
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
        codes = (nuts3.code for nuts3 in self.nuts3 if nuts3.valid is None or date in nuts3.valid)
        return next(codes, None)
