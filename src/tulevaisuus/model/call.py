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
    """Whether a call is of the programme, was announced with it, or is of a sister programme.

    *Programme*: a call of the programme itself. *Linked*: announced together with the programme's
    call of 2021, but not one of its calls. *Sister*: a call of a sister programme
    (*sisarohjelma*), a programme or reform beside this one (`Initiative`).
    """

    PROGRAMME = "programme"
    LINKED = "linked"
    SISTER = "sister"


@attrs.frozen(kw_only=True, repr=False)
class Call(Entity):
    """A call for grants (*valtionavustushaku*), and its results.

    Amounts are euros. ``maximum_eur`` is the most that all grants together may be, ``granted_eur``
    their published sum. The fields ``..._precision`` say how exactly a source states them, and the
    fields ``..._rounded_to_eur`` to which unit they were rounded, such as 100 000 euros. Grants pay
    costs that arise in ``cost_period`` (*kustannusten aika*).

    ``announced_deadline`` is a deadline that was later changed. If ``continues`` names an earlier
    call, only those that received a grant of the earlier call may apply. ``county_eligible_from``
    is the first date on which wellbeing services counties (*hyvinvointialueet*) are eligible
    recipients. ``emphasis`` are the services and themes that the call emphasises,
    ``required_themes`` those that it demands of every project.
    ``appropriation_years`` is the number of years in which the appropriation (*siirtomääräraha*)
    may be used, ``applications`` the number of applications received.

    ``legal_basis`` is the government decree (*asetus*) or other statute under which the call grants
    money, and ``legal_basis_in_force`` the time in which it was in force. ``cost_categories`` says
    which list of eligible costs applies: that of the decree on the calls of the programme, or that
    of the decree on the structural reform. The final report (*selvitys*) is due
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

        An approximate total (*noin 70 miljoonaa*) counts as unknown, as the sum may be smaller or
        larger. `maximum` keeps its bounds even then, because it is a limit that was set.
        """
        if self.granted_precision is Precision.APPROXIMATE:
            return Amount.of(None)
        return Amount.of(self.granted_eur, self.granted_precision, self.granted_rounded_to_eur)
