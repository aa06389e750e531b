"""`Grant`: a grant that is planned, applied for, given to a project or rejected."""

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
    """The status of a grant; amounts of different status are never added up.

    *Planned*: announced as coming, or computed as a share; no decision. *Applied*: applied for, but
    not decided. *Granted*: given by a decision. *Rejected*: a decision that gives nothing
    (*kielteinen päätös*).
    """

    PLANNED = "planned"
    APPLIED = "applied"
    GRANTED = "granted"
    REJECTED = "rejected"


@attrs.frozen(kw_only=True, repr=False)
class Grant(Entity):
    """A discretionary government grant (*valtionavustus*, *statsunderstöd*) to one project.

    Amounts are euros. ``amount_eur`` is the amount that was planned, applied for or granted, as
    ``status`` says; a rejected application has none. In addition, ``applied_eur`` is the amount
    applied for (*haettu*), ``paid_eur`` the amount paid (*maksettu*) and ``returned_eur`` the
    amount that the recipient paid back (*palautettu*); the last two may be zero.
    ``precision`` says how exactly a source states ``amount_eur``, and ``rounded_to_eur`` is the
    unit to which a rounded amount was rounded. ``usable`` (*käytettävissä*) is the period whose
    costs the grant may pay; it may differ from the years of the project. ``own_contribution_eur``
    (*omarahoitusosuus*) is the part of the costs that the recipient pays itself.
    ``announced_on`` is the date of the press release, not of the decision. ``case_number``
    (*diaarinumero*) is the number under which an authority has registered the matter.
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
    own_contribution_eur: Contribution | None = None  # a `Contribution` is euros, or zero
    case_number: Id | None = None
    applied_eur: Euros | None = None
    paid_eur: Contribution | None = None
    returned_eur: Contribution | None = None

    @property
    def amount(self) -> Amount:
        """The amount, with bounds if the figure is rounded.

        The amount of a rejected application is zero, not unknown.
        """
        if self.status is GrantStatus.REJECTED:
            return Amount(0, 0)
        return Amount.of(self.amount_eur, self.precision, self.rounded_to_eur)
