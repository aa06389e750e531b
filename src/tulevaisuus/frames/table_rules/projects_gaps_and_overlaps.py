"""TSK407 and TSK408 on tables: days without a grant, and gaps between administrations.

TSK407 and TSK408 are codes of rules. An administration is the time for which an organisation
administers a project. For objects, `tulevaisuus.rules.projects` goes through the periods one by
one, and remembers the latest end so far. Here that is a running maximum. If the row of the maximum
is needed, its number is added as the last digits.
"""

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import (
    LazyFrame,
    as_text,
    day_number,
    is_true,
    not_null,
)
from tulevaisuus.frames.table_rules.rule_declaration import QueryResult, query_rule
from tulevaisuus.frames.tables.list_counts import rows_of_list
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.grant import GrantStatus

__all__ = ["AFTER_ALL_DAYS", "BEFORE_ALL_DAYS", "MAX_GROUP_SIZE"]

BEFORE_ALL_DAYS = 0
"""The number of an unknown first day: before all others."""

AFTER_ALL_DAYS = 10_000_000
"""The number of an unknown last day: after all others."""

MAX_GROUP_SIZE = 1_000_000
"""More than the number of administrations of a project, or of coordinators of an area."""


@query_rule("TSK407", "projects", needs=["grants"])
def days_without_grant(tables: Tables) -> Iterator[QueryResult]:
    """Find projects with days on which no grant is usable, if all bounds are known."""
    is_granted = is_true(nw.col("status") == GrantStatus.GRANTED.value)
    grants = tables.with_reference("grants", ("project", "status", "usable_start", "usable_end"))
    granted = grants.filter(is_granted)
    windows = granted.filter(not_null("usable_start", "usable_end")).select(
        project="project",
        first=day_number(nw.col("usable_start")),
        last=day_number(nw.col("usable_end")),
    )
    undated = granted.filter(~not_null("usable_start", "usable_end")).select(undated="project")
    spans = (
        tables.rows_to_check("projects", ("period_start", "period_end"))
        .filter(not_null("period_start", "period_end"))
        .select(
            "key", begin=day_number(nw.col("period_start")), finish=day_number(nw.col("period_end"))
        )
        .join(undated, left_on="key", right_on="undated", how="anti")
    )
    joined = spans.join(windows, left_on="key", right_on="project", how="inner")
    with_maximum = joined.with_columns(
        running_max=nw.col("last").cum_max().over("key", order_by=["first", "last"])
    )
    with_previous = with_maximum.with_columns(
        max_before=nw.col("running_max").shift(1).over("key", order_by=["first", "last"])
    )
    # The first day of the project that no earlier period of a grant covers.
    uncovered_from = nw.coalesce(nw.col("max_before") + 1, nw.col("begin"))
    is_gap = (
        (nw.col("first") > uncovered_from)
        & (uncovered_from <= nw.col("finish"))
        & (nw.col("first") > nw.col("begin"))
    )
    gaps = with_previous.with_columns(
        gap=nw.when(is_true(is_gap)).then(nw.lit(1)).otherwise(nw.lit(0))
    )
    by_project = gaps.group_by("key").agg(
        nw.col("gap").max(), nw.col("last").max(), nw.col("finish").max()
    )
    found = by_project.filter((nw.col("gap") == 1) | (nw.col("last") < nw.col("finish")))
    yield QueryResult(found.select("key"), "projects", "period")


@query_rule("TSK408", "projects_administrations", needs=["projects"])
def administration_gap(tables: Tables) -> Iterator[QueryResult]:
    """Find administrations that overlap, or leave days between them."""
    listed = rows_of_list(tables, "projects", "administrations").select(
        "key", "organisation", "period_start", "period_end", at="administrations_place"
    )
    has_period = not_null("period_start") | not_null("period_end")
    undated = listed.filter(~has_period).select(undated="key").unique()
    terms = listed.filter(has_period).with_columns(
        earliest=day_number(nw.col("period_start")).fill_null(BEFORE_ALL_DAYS),
        latest=day_number(nw.col("period_end")).fill_null(AFTER_ALL_DAYS),
    )
    by = ["earliest", "latest", "at"]
    numbered = terms.with_columns(
        row_number=nw.col("at").cum_count().over("key", order_by=by).cast(nw.Int64)
    )
    both = (
        _with_last_ended(numbered)
        .join(
            _others(numbered),
            left_on=["key", "previous_number"],
            right_on=["other_key", "other_number"],
            how="inner",
        )
        .join(
            undated.with_columns(has_undated=nw.lit(value=True)),
            left_on="key",
            right_on="undated",
            how="left",
        )
    )
    candidates = both.filter(not_null("other_end", "period_start"))
    found = candidates.filter(_overlaps() | _leaves_days())
    later = (
        nw.when(nw.col("at") > nw.col("other_at")).then(nw.col("at")).otherwise(nw.col("other_at"))
    )
    yield QueryResult(
        found.select("key", "other", place=as_text(later)), "projects_administrations", "period"
    )


def _with_last_ended(numbered: LazyFrame) -> LazyFrame:
    """Add the number of the earlier administration that ends last; leave out the first ones."""
    # If two end on the same day, the later row counts.
    with_both = numbered.with_columns(
        latest_and_row=nw.col("latest") * MAX_GROUP_SIZE + nw.col("row_number")
    )
    with_maximum = with_both.with_columns(
        running_max=nw.col("latest_and_row").cum_max().over("key", order_by="row_number")
    )
    with_previous = with_maximum.with_columns(
        max_before=nw.col("running_max").shift(1).over("key", order_by="row_number")
    )
    return with_previous.filter(not_null("max_before")).with_columns(
        previous_number=(nw.col("max_before") % MAX_GROUP_SIZE).cast(nw.Int64)
    )


def _others(numbered: LazyFrame) -> LazyFrame:
    """Rename the columns of administrations, so that they can be joined to later ones."""
    return numbered.select(
        other_key="key",
        other_number="row_number",
        other_at="at",
        other_start="period_start",
        other_end="period_end",
        other_latest="latest",
        other="organisation",
    )


def _overlaps() -> nw.Expr:
    """Return whether two terms have a day in common; if their order is unknown, in either order."""
    is_open = nw.col("period_end").is_null()
    followed = (is_open & (nw.col("other_at") > nw.col("at"))) | is_true(
        nw.col("period_end") < nw.col("other_end")
    )
    may_have_followed = nw.col("other_start").is_null() & followed
    return (nw.col("earliest") <= nw.col("other_latest")) & ~may_have_followed


def _leaves_days() -> nw.Expr:
    """Return whether there are days between two terms; a term without a period may fill them."""
    return (nw.col("earliest") > nw.col("other_latest") + 1) & nw.col("has_undated").is_null()
