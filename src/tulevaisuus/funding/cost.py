"""`Cost`: a line of a cost ledger, which grants may pay."""

import datetime as dt
from typing import ClassVar

import attrs

from tulevaisuus.model.annotations import Id
from tulevaisuus.model.day_or_period_type import Days
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.money_and_percent_types import SignedEuros

__all__ = ["Cost"]


@attrs.frozen(repr=False)
class Cost(Entity):
    """A realised cost (*toteutunut kustannus*, *faktisk kostnad*) of a project.

    ``day`` is the day on which it arose, or a `Period`, such as a month of rent. ``amount_eur`` is
    in euros; below zero it is a correction or a credit note. ``project`` and ``organisation`` are
    ids or names, ``category`` is the id, the name or the account of a cost category in the list of
    the decree on the grants. A cost without ``organisation`` belongs to the administrator of the
    project. Several costs may have the same ``voucher`` (*tosite*, *verifikat*); it has no effect
    on a plan, nor has ``description``.

    >>> Cost("c1", dt.date(2021, 3, 15), 1250, "varsinais-suomi", category="travel")
    <Cost 'c1' day=2021-03-15, amount_eur=1250, project=varsinais-suomi>
    """

    singular: ClassVar[str] = "cost"
    plural: ClassVar[str] = "costs"

    id: Id
    day: Days
    amount_eur: SignedEuros
    project: Id
    category: Id | None = None
    organisation: Id | None = None
    voucher: Id | None = attrs.field(default=None, kw_only=True)
    description: str | None = attrs.field(default=None, kw_only=True)

    @property
    def first_day(self) -> dt.date:
        """The day, or the first one of the period."""
        return self.day if isinstance(self.day, dt.date) else self.day.start or dt.date.min

    @property
    def last_day(self) -> dt.date:
        """The day, or the last one of the period."""
        return self.day if isinstance(self.day, dt.date) else self.day.end or dt.date.max
