"""`Grant`: money that a call plans, is asked for, gives to a project or rejects."""

import datetime as dt
from typing import ClassVar

import attrs

from tulevaisuus.model.amount import Amount, Precision
from tulevaisuus.model.annotations import CallId, Contribution, Euros, Id, OrganisationId, ProjectId
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.period import Period

__all__ = ["Grant", "GrantStatus"]


class GrantStatus(Code):
    """How far a grant has come; amounts of different status are never added up together.

    *Rejected* is a decision that gives nothing (*kielteinen päätös*).
    """

    PLANNED = "planned"
    APPLIED = "applied"
    GRANTED = "granted"
    REJECTED = "rejected"


@attrs.frozen(kw_only=True, repr=False)
class Grant(Entity):
    """A discretionary government grant (*valtionavustus*, *statsunderstöd*) to one project.

    Amounts are euros. ``amount_eur`` is what the status says: planned, applied for or granted; a
    rejected application has none. Beside it, ``applied_eur`` is what was applied for (*haettu*),
    ``paid_eur`` what has been paid (*maksettu*) and ``returned_eur`` what the recipient has paid
    back (*palautettu*); of the last two zero is an answer. ``rounded_to_eur`` says to what a
    rounded amount was rounded. ``usable`` is the period whose costs it may pay, and never simply
    the project's years. ``announced_on`` is the day of the release, which is not the day of the
    decision.
    """

    singular: ClassVar[str] = "grant"
    plural: ClassVar[str] = "grants"

    id: Id
    call: CallId
    project: ProjectId
    status: GrantStatus
    recipient: OrganisationId | None = None
    amount_eur: Euros | None = None
    precision: Precision | None = None
    rounded_to_eur: Euros | None = None
    applied_on: dt.date | None = None
    decided_on: dt.date | None = None
    announced_on: dt.date | None = None
    usable: Period | None = None
    own_contribution_eur: Contribution | None = None
    case_number: Id | None = None
    applied_eur: Euros | None = None
    paid_eur: Contribution | None = None
    returned_eur: Contribution | None = None

    @property
    def amount(self) -> Amount:
        """What is known of the amount: a figure that is not exact counts with half its rounding.

        A rejected application has no amount: that is zero, and not unknown.
        """
        if self.status is GrantStatus.REJECTED:
            return Amount(0, 0)
        return Amount.of(self.amount_eur, self.precision, self.rounded_to_eur)
