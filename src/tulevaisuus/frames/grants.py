"""The forms of TSK3xx that look at one grant or administration (`tulevaisuus.rules.grants`)."""

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from tulevaisuus.frames.expressions import closed, euros_text, known, outside, text_of
from tulevaisuus.frames.forms import Breach, row_form
from tulevaisuus.frames.tables import Tables
from tulevaisuus.model.amount import Precision
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.rules.grants import HELSINKI, LAST_DAY_OF_OLD_ADMINISTRATORS

_CENT = 10
"""A cent in thousandths of a euro."""


def _has_status(*statuses: GrantStatus) -> nw.Expr:
    return closed(nw.col("status").is_in([each.value for each in statuses]))


_IS_GRANTED = _has_status(GrantStatus.GRANTED)
_IS_REJECTED = _has_status(GrantStatus.REJECTED)
_IS_UNDECIDED = _has_status(GrantStatus.PLANNED, GrantStatus.APPLIED)


def _some(column: str) -> nw.Expr:
    """Whether an amount is known and not zero."""
    return closed(nw.col(column) > 0)


@row_form("TSK301", "grants", joins=["call"])
def decided_before_deadline(_: Tables) -> Iterator[Breach]:
    """Find grants decided before their call closed."""
    where = closed(nw.col("decided_on") <= nw.col("call_closing"))
    yield Breach("decided_on", where, text_of("call_closing"))


@row_form("TSK302", "grants", joins=["call"])
def grant_outside_cost_period(_: Tables) -> Iterator[Breach]:
    """Find days on which a grant is said to be usable and its call pays no costs."""
    for column in ("usable_start", "usable_end"):
        yield Breach(column, outside(column, "call_cost_start", "call_cost_end"), nw.col("call"))


@row_form("TSK307", "grants")
def rounded_amount(_: Tables) -> Iterator[Breach]:
    """Note amounts that no source gives exactly."""
    is_rounded = closed(nw.col("precision") != Precision.EXACT.value)
    yield Breach("amount_eur", is_rounded & known("amount_eur"), nw.col("precision"))


@row_form("TSK308", "grants")
def decision_on_undecided(_: Tables) -> Iterator[Breach]:
    """Find decision days of amounts that are planned or applied for."""
    yield Breach("decided_on", known("decided_on") & _IS_UNDECIDED, nw.col("status"))


@row_form("TSK309", "grants", joins=["call"])
def own_contribution(_: Tables) -> Iterator[Breach]:
    """Find own contributions to grants of a call that asks for none."""
    asks_for_none = closed(~nw.col("call_asks_contribution"))
    yield Breach(
        "own_contribution_eur", asks_for_none & _some("own_contribution_eur"), nw.col("call")
    )


@row_form("TSK310", "projects_administrations", joins=["organisation"], needs=["projects"])
def old_administrator(_: Tables) -> Iterator[Breach]:
    """Find administrations by others than counties and Helsinki in 2023.

    Of each administration the last late day is enough: a start in 2023 has its end there too.
    """
    kind, region = nw.col("organisation_kind"), nw.col("organisation_region")
    is_city = closed(kind == OrganisationKind.CITY.value)
    is_old_city = is_city & closed(region != HELSINKI)
    is_other = closed(kind != OrganisationKind.COUNTY.value) & ~is_city
    last = nw.lit(LAST_DAY_OF_OLD_ADMINISTRATORS)
    is_old, ends_late = is_old_city | is_other, closed(nw.col("period_end") > last)
    yield Breach("period_end", is_old & ends_late, nw.col("organisation"))
    begins_late = closed(nw.col("period_start") > last)
    yield Breach("period_start", is_old & begins_late & ~ends_late, nw.col("organisation"))


@row_form("TSK312", "grants", joins=["call"])
def applied_outside_call(_: Tables) -> Iterator[Breach]:
    """Find applications made while the call was not open."""
    where = outside("applied_on", "call_opening", "call_closing")
    yield Breach("applied_on", where & ~_IS_REJECTED, nw.col("call"))


@row_form("TSK313", "grants")
def decision_date_unknown(_: Tables) -> Iterator[Breach]:
    """Note granted amounts of which the day of the decision is not recorded."""
    where = _IS_GRANTED & known("amount_eur") & nw.col("decided_on").is_null()
    yield Breach(None, where)


@row_form("TSK316", "grants", joins=["bounds"])
def more_paid_than_granted(_: Tables) -> Iterator[Breach]:
    """Find grants of which more has been paid than can have been granted."""
    where = closed(nw.col("amount_most") < nw.col("paid_eur") * _CENT)
    yield Breach("paid_eur", where & _IS_GRANTED, euros_text(nw.col("amount_eur")))


@row_form("TSK317", "grants")
def more_returned_than_paid(_: Tables) -> Iterator[Breach]:
    """Find grants of which more has been paid back than has been paid."""
    where = closed(nw.col("returned_eur") > nw.col("paid_eur"))
    yield Breach("returned_eur", where, euros_text(nw.col("paid_eur")))


@row_form("TSK318", "grants")
def rejected_with_amount(_: Tables) -> Iterator[Breach]:
    """Find rejected applications with what only a grant has."""
    yield Breach("amount_eur", _IS_REJECTED & known("amount_eur"))
    yield Breach("usable", _IS_REJECTED & (known("usable_start") | known("usable_end")))
    yield Breach("paid_eur", _IS_REJECTED & _some("paid_eur"))
    yield Breach("returned_eur", _IS_REJECTED & _some("returned_eur"))


@row_form("TSK319", "grants")
def paid_before_decision(_: Tables) -> Iterator[Breach]:
    """Find payments of what is only planned or applied for."""
    for column in ("paid_eur", "returned_eur"):
        yield Breach(column, _IS_UNDECIDED & _some(column), nw.col("status"))


@row_form("TSK320", "grants", joins=["call"])
def decided_after_cost_period(_: Tables) -> Iterator[Breach]:
    """Find decisions of a day on which their call pays no costs any more."""
    where = closed(nw.col("decided_on") > nw.col("call_cost_end"))
    yield Breach("decided_on", where, text_of("call_cost_end"))
