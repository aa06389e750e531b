"""`Call`: a call for discretionary government grants."""

import datetime as dt
from typing import ClassVar

import attrs

from tulevaisuus.model.amount import Amount, Precision
from tulevaisuus.model.annotations import (
    CallId,
    ContentCode,
    Euros,
    Id,
    Number,
    OrganisationId,
    Quantity,
    ThemeCode,
    UniqueList,
)
from tulevaisuus.model.codelists import Code
from tulevaisuus.model.cost_category import CostCallKind
from tulevaisuus.model.entity import Entity
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.period import Period
from tulevaisuus.model.text import Text

__all__ = ["Call", "CallKind"]


class CallKind(Code):
    """A call of the programme, one announced with it, or one of a sister programme."""

    PROGRAMME = "programme"
    LINKED = "linked"
    SISTER = "sister"


@attrs.frozen(kw_only=True, repr=False)
class Call(Entity):
    """A call for grants (*valtionavustushaku*), and its results.

    ``cost_period`` (*kustannusten aika*) is when costs may arise that its grants pay. Amounts are
    euros. ``announced_deadline`` is an earlier closing day that was superseded. ``continues`` is
    the call whose grantees alone may apply; ``county_eligible_from`` the day from which counties
    are among the recipients. ``appropriation_years`` counts the years in which the appropriation
    (*siirtomääräraha*) may be used, ``applications`` those that came in. ``legal_basis_in_force``
    is when the decree was in force, ``cost_categories`` names the list of eligible costs that it
    holds, and ``final_report_months`` counts the months after a project's end within which its
    final report (*selvitys*) is due.
    """

    singular: ClassVar[str] = "call"
    plural: ClassVar[str] = "calls"

    id: Id
    name: Text
    kind: CallKind | None = None
    application_period: Period | None = None
    announced_deadline: dt.date | None = None
    decided_on: dt.date | None = None
    announced_on: dt.date | None = None
    maximum_eur: Euros | None = None
    maximum_precision: Precision | None = None
    maximum_rounded_to_eur: Euros | None = None
    granted_eur: Euros | None = None
    granted_precision: Precision | None = None
    granted_rounded_to_eur: Euros | None = None
    cost_period: Period | None = None
    eligible_recipients: UniqueList[OrganisationKind] | None = None
    county_eligible_from: dt.date | None = None
    emphasis: UniqueList[ContentCode] | None = None
    required_themes: UniqueList[ThemeCode] | None = None
    continues: CallId | None = None
    own_contribution_required: bool | None = None
    grant_share_percent: Number | None = None
    payer: OrganisationId | None = None
    legal_basis: Text | None = None
    legal_basis_in_force: Period | None = None
    cost_categories: CostCallKind | None = None
    final_report_months: Number | None = None
    appropriation_years: Number | None = None
    applications: Quantity | None = None

    @property
    def maximum(self) -> Amount:
        """What is known of how much may be granted, half the rounding of the figure counted."""
        return Amount.of(self.maximum_eur, self.maximum_precision, self.maximum_rounded_to_eur)

    @property
    def granted(self) -> Amount:
        """What is known of how much was granted in all, half the rounding of the figure counted.

        An approximate total (*noin 70 miljoonaa*) binds nobody, so it counts as not known.
        """
        if self.granted_precision is Precision.APPROXIMATE:
            return Amount.of(None)
        return Amount.of(self.granted_eur, self.granted_precision, self.granted_rounded_to_eur)
