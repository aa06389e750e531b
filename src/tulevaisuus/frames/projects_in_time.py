"""The forms of TSK407 and TSK408: days without a grant, and between administrations.

Both walk through time in `tulevaisuus.rules.projects`. Here what was *longest so far* is a running
maximum; where it matters whose that was, a number of the row is its last digits.
"""

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from tulevaisuus.frames.expressions import closed, known, ordinal, text_of
from tulevaisuus.frames.forms import Found, form
from tulevaisuus.frames.lists import list_of
from tulevaisuus.frames.tables import Tables
from tulevaisuus.model.grant import GrantStatus

__all__ = ["FAR", "OPEN", "ROWS"]

OPEN = 0
"""The ordinal of an unknown first day: before all others."""

FAR = 10_000_000
"""The ordinal of an unknown last day: after all others."""

ROWS = 1_000_000
"""So many administrations a project may have, or coordinators an area."""


@form("TSK407", "projects", needs=["grants"])
def days_without_grant(tables: Tables) -> Iterator[Found]:
    """Find projects with days on which no grant is usable, where all bounds are stated."""
    is_granted = closed(nw.col("status") == GrantStatus.GRANTED.value)
    grants = tables.everyone("grants", ("project", "status", "usable_start", "usable_end"))
    granted = grants.filter(is_granted)
    windows = granted.filter(known("usable_start", "usable_end")).select(
        project="project", first=ordinal(nw.col("usable_start")), last=ordinal(nw.col("usable_end"))
    )
    vague = granted.filter(~known("usable_start", "usable_end")).select(vague="project")
    spans = (
        tables.clean("projects")
        .filter(known("period_start", "period_end"))
        .select("key", begin=ordinal(nw.col("period_start")), finish=ordinal(nw.col("period_end")))
        .join(vague, left_on="key", right_on="vague", how="anti")
    )
    beside = spans.join(windows, left_on="key", right_on="project", how="inner")
    longest = beside.with_columns(
        so_far=nw.col("last").cum_max().over("key", order_by=["first", "last"])
    )
    before = longest.with_columns(
        before=nw.col("so_far").shift(1).over("key", order_by=["first", "last"])
    )
    # What comes before a window: the days of the span that none has covered up to then.
    uncovered_from = nw.coalesce(nw.col("before") + 1, nw.col("begin"))
    is_gap = (
        (nw.col("first") > uncovered_from)
        & (uncovered_from <= nw.col("finish"))
        & (nw.col("first") > nw.col("begin"))
    )
    gaps = before.with_columns(gap=nw.when(closed(is_gap)).then(nw.lit(1)).otherwise(nw.lit(0)))
    each = gaps.group_by("key").agg(
        nw.col("gap").max(), nw.col("last").max(), nw.col("finish").max()
    )
    found = each.filter((nw.col("gap") == 1) | (nw.col("last") < nw.col("finish")))
    yield Found(found.select("key"), "projects", "period")


@form("TSK408", "projects_administrations", needs=["projects"])
def administration_gap(tables: Tables) -> Iterator[Found]:
    """Find administrations that overlap, or leave days between them."""
    listed = list_of(tables, "projects", "administrations").select(
        "key", "organisation", "period_start", "period_end", at="administrations_place"
    )
    has_period = known("period_start") | known("period_end")
    vague = listed.filter(~has_period).select(vague="key").unique()
    terms = listed.filter(has_period).with_columns(
        earliest=ordinal(nw.col("period_start")).fill_null(OPEN),
        latest=ordinal(nw.col("period_end")).fill_null(FAR),
    )
    by = ["earliest", "latest", "at"]
    turned = terms.with_columns(
        turn=nw.col("at").cum_count().over("key", order_by=by).cast(nw.Int64)
    )
    # Of two that last equally long the later one counts.
    scored = turned.with_columns(score=nw.col("latest") * ROWS + nw.col("turn"))
    longest = scored.with_columns(so_far=nw.col("score").cum_max().over("key", order_by="turn"))
    before = longest.with_columns(before=nw.col("so_far").shift(1).over("key", order_by="turn"))
    pairs = before.filter(known("before")).with_columns(
        before_turn=(nw.col("before") % ROWS).cast(nw.Int64)
    )
    others = turned.select(
        other_key="key",
        other_turn="turn",
        other_at="at",
        other_start="period_start",
        other_end="period_end",
        other_latest="latest",
        other="organisation",
    )
    both = pairs.join(
        others, left_on=["key", "before_turn"], right_on=["other_key", "other_turn"], how="inner"
    ).join(
        vague.with_columns(is_vague=nw.lit(value=True)), left_on="key", right_on="vague", how="left"
    )
    judged = both.filter(known("other_end", "period_start"))
    found = judged.filter(_overlaps() | _leaves_days())
    later = (
        nw.when(nw.col("at") > nw.col("other_at")).then(nw.col("at")).otherwise(nw.col("other_at"))
    )
    yield Found(
        found.select("key", "other", place=text_of(later)), "projects_administrations", "period"
    )


def _overlaps() -> nw.Expr:
    """Whether two terms have a day in common, whichever came first where that is not known."""
    is_open = nw.col("period_end").is_null()
    followed = (is_open & (nw.col("other_at") > nw.col("at"))) | closed(
        nw.col("period_end") < nw.col("other_end")
    )
    may_have_followed = nw.col("other_start").is_null() & followed
    return (nw.col("earliest") <= nw.col("other_latest")) & ~may_have_followed


def _leaves_days() -> nw.Expr:
    """Whether there are days between two terms; one without a period may fill them."""
    return (nw.col("earliest") > nw.col("other_latest") + 1) & nw.col("is_vague").is_null()
