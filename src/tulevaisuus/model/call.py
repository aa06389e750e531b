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
    """Whether a call is of the programme, was announced with it, or is of a sister programme."""

    PROGRAMME = "programme"
    LINKED = "linked"
    SISTER = "sister"


@attrs.frozen(kw_only=True, repr=False)
class Call(Entity):
    """A call for grants (*valtionavustushaku*), and its results.

    Grants pay costs that arise in ``cost_period`` (*kustannusten aika*). Amounts are euros.
    ``announced_deadline`` is a deadline that was later changed. If ``continues`` names a call, only
    its grantees may apply. ``county_eligible_from`` is the first date on which counties are
    eligible recipients. ``appropriation_years`` is the number of years in which the appropriation
    (*siirtomääräraha*) may be used, ``applications`` the number of applications received.
    ``legal_basis_in_force`` is the time in which the decree was in force, and ``cost_categories``
    the decree whose list of eligible costs applies. The final report (*selvitys*) is due
    ``final_report_months`` months after the end of a project.
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
        """The maximum of all grants together, with bounds if the figure is rounded."""
        return Amount.of(self.maximum_eur, self.maximum_precision, self.maximum_rounded_to_eur)

    @property
    def granted(self) -> Amount:
        """The sum of all grants, with bounds if the figure is rounded.

        An approximate total (*noin 70 miljoonaa*) is not binding, so it counts as unknown.
        """
        if self.granted_precision is Precision.APPROXIMATE:
            return Amount.of(None)
        return Amount.of(self.granted_eur, self.granted_precision, self.granted_rounded_to_eur)
