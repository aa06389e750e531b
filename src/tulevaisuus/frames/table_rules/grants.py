"""TSK3xx on tables: rules on one grant or administration, with codes such as TSK301.

`tulevaisuus.rules.grants` has the same rules for objects. An administration is the time for which
an organisation administers a project. A county is a wellbeing services county.
"""

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import (
    as_text,
    euros_as_text,
    is_outside,
    is_true,
    not_null,
)
from tulevaisuus.frames.table_rules.lookups import THOUSANDTHS_PER_CENT
from tulevaisuus.frames.table_rules.rule_declaration import RowCheck, row_rule
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.amount import Precision
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.rules.grants import HELSINKI, LAST_DAY_OF_OLD_ADMINISTRATORS


def _has_status(*statuses: GrantStatus) -> nw.Expr:
    return is_true(nw.col("status").is_in([each.value for each in statuses]))


_IS_GRANTED = _has_status(GrantStatus.GRANTED)
_IS_REJECTED = _has_status(GrantStatus.REJECTED)
_IS_UNDECIDED = _has_status(GrantStatus.PLANNED, GrantStatus.APPLIED)


def _some(column: str) -> nw.Expr:
    """Return whether an amount is known and not zero."""
    return is_true(nw.col(column) > 0)


@row_rule("TSK301", "grants", lookups=["call"])
def decided_before_deadline(_: Tables) -> Iterator[RowCheck]:
    """Find grants decided before their call closed."""
    where = is_true(nw.col("decided_on") <= nw.col("call_closing"))
    yield RowCheck("decided_on", where, as_text("call_closing"))


@row_rule("TSK302", "grants", lookups=["call"])
def grant_outside_cost_period(_: Tables) -> Iterator[RowCheck]:
    """Find usable periods of grants that reach outside the cost period of their call."""
    for column in ("usable_start", "usable_end"):
        yield RowCheck(
            column, is_outside(column, "call_cost_start", "call_cost_end"), nw.col("call")
        )


@row_rule("TSK307", "grants")
def rounded_amount(_: Tables) -> Iterator[RowCheck]:
    """Note amounts that no source gives exactly."""
    is_rounded = is_true(nw.col("precision") != Precision.EXACT.value)
    yield RowCheck("amount_eur", is_rounded & not_null("amount_eur"), nw.col("precision"))


@row_rule("TSK308", "grants")
def decision_on_undecided(_: Tables) -> Iterator[RowCheck]:
    """Find decision days of amounts that are planned or applied for."""
    yield RowCheck("decided_on", not_null("decided_on") & _IS_UNDECIDED, nw.col("status"))


@row_rule("TSK309", "grants", lookups=["call"])
def own_contribution(_: Tables) -> Iterator[RowCheck]:
    """Find own contributions to grants of a call that requires none."""
    asks_for_none = is_true(~nw.col("call_asks_contribution"))
    yield RowCheck(
        "own_contribution_eur", asks_for_none & _some("own_contribution_eur"), nw.col("call")
    )


@row_rule("TSK310", "projects_administrations", lookups=["organisation"], needs=["projects"])
def old_administrator(_: Tables) -> Iterator[RowCheck]:
    """Find administrations in 2023 by others than counties and Helsinki.

    Each administration is reported once: at its end if that is in 2023, otherwise at its start.
    """
    kind, region = nw.col("organisation_kind"), nw.col("organisation_region")
    is_city = is_true(kind == OrganisationKind.CITY.value)
    is_old_city = is_city & is_true(region != HELSINKI)
    is_other = is_true(kind != OrganisationKind.COUNTY.value) & ~is_city
    last = nw.lit(LAST_DAY_OF_OLD_ADMINISTRATORS)
    is_old, ends_late = is_old_city | is_other, is_true(nw.col("period_end") > last)
    yield RowCheck("period_end", is_old & ends_late, nw.col("organisation"))
    begins_late = is_true(nw.col("period_start") > last)
    yield RowCheck("period_start", is_old & begins_late & ~ends_late, nw.col("organisation"))


@row_rule("TSK312", "grants", lookups=["call"])
def applied_outside_call(_: Tables) -> Iterator[RowCheck]:
    """Find applications made while the call was not open."""
    where = is_outside("applied_on", "call_opening", "call_closing")
    yield RowCheck("applied_on", where & ~_IS_REJECTED, nw.col("call"))


@row_rule("TSK313", "grants")
def decision_date_unknown(_: Tables) -> Iterator[RowCheck]:
    """Note granted amounts without a recorded day of the decision."""
    where = _IS_GRANTED & not_null("amount_eur") & nw.col("decided_on").is_null()
    yield RowCheck(None, where)


@row_rule("TSK316", "grants", lookups=["bounds"])
def more_paid_than_granted(_: Tables) -> Iterator[RowCheck]:
    """Find grants of which more was paid than can have been granted."""
    where = is_true(nw.col("amount_most") < nw.col("paid_eur") * THOUSANDTHS_PER_CENT)
    yield RowCheck("paid_eur", where & _IS_GRANTED, euros_as_text(nw.col("amount_eur")))


@row_rule("TSK317", "grants")
def more_returned_than_paid(_: Tables) -> Iterator[RowCheck]:
    """Find grants of which more was paid back than was paid."""
    where = is_true(nw.col("returned_eur") > nw.col("paid_eur"))
    yield RowCheck("returned_eur", where, euros_as_text(nw.col("paid_eur")))


@row_rule("TSK318", "grants")
def rejected_with_amount(_: Tables) -> Iterator[RowCheck]:
    """Find rejected applications with values that only grants have."""
    yield RowCheck("amount_eur", _IS_REJECTED & not_null("amount_eur"))
    yield RowCheck("usable", _IS_REJECTED & (not_null("usable_start") | not_null("usable_end")))
    yield RowCheck("paid_eur", _IS_REJECTED & _some("paid_eur"))
    yield RowCheck("returned_eur", _IS_REJECTED & _some("returned_eur"))


@row_rule("TSK319", "grants")
def paid_before_decision(_: Tables) -> Iterator[RowCheck]:
    """Find payments of amounts that are only planned or applied for."""
    for column in ("paid_eur", "returned_eur"):
        yield RowCheck(column, _IS_UNDECIDED & _some(column), nw.col("status"))


@row_rule("TSK320", "grants", lookups=["call"])
def decided_after_cost_period(_: Tables) -> Iterator[RowCheck]:
    """Find decisions after the end of the cost period of their call."""
    where = is_true(nw.col("decided_on") > nw.col("call_cost_end"))
    yield RowCheck("decided_on", where, as_text("call_cost_end"))
