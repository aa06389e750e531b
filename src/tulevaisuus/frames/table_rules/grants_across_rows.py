"""TSK3xx on tables: rules on several grants together, with codes such as TSK303.

`tulevaisuus.rules.grants` has the same rules for objects. A *maakunta* (plural *maakunnat*) is a
part of the country in the division before the wellbeing services counties, such as Uusimaa.
"""

from collections.abc import Iterator
from typing import cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import (
    LazyFrame,
    euros_as_text,
    is_true,
    not_null,
)
from tulevaisuus.frames.table_rules.lookups import (
    THOUSANDTHS_PER_CENT,
    THOUSANDTHS_PER_EURO,
    calls_of,
    with_lookups,
)
from tulevaisuus.frames.table_rules.rule_declaration import QueryResult, query_rule
from tulevaisuus.frames.table_rules.running_sums import first_above
from tulevaisuus.frames.tables.list_counts import rows_of_list
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.call import CallKind
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.maakunta import Maakunta
from tulevaisuus.model.organisation import OrganisationKind

_IS_REJECTED = is_true(nw.col("status") == GrantStatus.REJECTED.value)
_IS_GRANTED = is_true(nw.col("status") == GrantStatus.GRANTED.value)


@query_rule("TSK303", "grants")
def not_a_continuation(tables: Tables) -> Iterator[QueryResult]:
    """Find grants of a continuing call whose project has no grant of the previous call."""
    columns = ("project", "call", "status")
    grants = with_lookups(tables, "grants", ("call",), columns)
    continuing = grants.filter(not_null("call_continues") & ~_IS_REJECTED)
    on_record = tables.with_reference("grants", ("project", "call", "status")).filter(~_IS_REJECTED)
    pairs = on_record.select(project_on="project", call_on="call").filter(_is_continued(tables))
    without = continuing.join(
        pairs, left_on=["project", "call_continues"], right_on=["project_on", "call_on"], how="anti"
    )
    row = tables.row_columns("grants")
    yield QueryResult(
        without.select(*row, value="project", other="call_continues"), "grants", "project"
    )


def _is_continued(tables: Tables) -> nw.Expr:
    """Return whether another call continues the call of a pair; only such pairs matter."""
    continued = {each.continues for each in calls_of(tables) if each.continues}
    return is_true(nw.col("call_on").is_in(sorted(continued)))


@query_rule("TSK304", "grants")
def call_overspent(tables: Tables) -> Iterator[QueryResult]:
    """Find the grant with which the sum of a call exceeds its maximum."""
    yield QueryResult(_exceeding(tables, "call_maximum"), "grants", None)


@query_rule("TSK305", "grants")
def above_published_total(tables: Tables) -> Iterator[QueryResult]:
    """Find the grant with which the sum of a call exceeds the published total."""
    yield QueryResult(_exceeding(tables, "call_granted"), "grants", None)


def _granted(tables: Tables) -> LazyFrame:
    """Return granted amounts, with their bounds and their calls."""
    columns = ("project", "call", "status", "amount_eur", "precision", "rounded_to_eur")
    return with_lookups(tables, "grants", ("call", "bounds"), columns).filter(_IS_GRANTED)


def _exceeding(tables: Tables, bound: str) -> LazyFrame:
    """Return the first grant of each call whose running sum is above a bound of the call."""
    granted = _granted(tables).filter(not_null(bound))
    return first_above(tables, granted, ["call"], bound)


@query_rule("TSK306", "grants")
def second_grant_of_a_call(tables: Tables) -> Iterator[QueryResult]:
    """Find a project's second grant of one call and status."""
    group = ["project", "call", "status"]
    grants = tables.rows_to_check("grants", group)
    several = grants.group_by(*group).agg(nw.len().alias("number")).filter(nw.col("number") > 1)
    named = several.select(**{f"{name}_several": nw.col(name) for name in group})
    right = [f"{name}_several" for name in group]
    few = grants.join(named, left_on=group, right_on=right, how="semi")
    row_number = nw.col("key").cum_count().over(*group, order_by=tables.order_of("grants"))
    numbered = few.with_columns(row_number=row_number)
    first = numbered.filter(nw.col("row_number") == 1).select(
        **{f"{name}_first": nw.col(name) for name in group}, first="key"
    )
    later = numbered.filter(nw.col("row_number") > 1).join(
        first, left_on=group, right_on=[f"{name}_first" for name in group], how="left"
    )
    differing = later.filter(nw.col("key") != nw.col("first"))
    found = differing.select(*tables.row_columns("grants"), value="call", other="first")
    yield QueryResult(found, "grants", "call")


@query_rule("TSK311", "grants")
def recipient_not_eligible(tables: Tables) -> Iterator[QueryResult]:
    """Find recipients that are not eligible, or that do not administer the project."""
    days = ("decided_on", "announced_on", "applied_on")
    columns = ("project", "call", "status", "recipient", *days)
    grants = with_lookups(tables, "grants", ("call", "recipient"), columns)
    candidates = grants.filter(not_null("call_known", "organisation_known") & ~_IS_REJECTED)
    yield QueryResult(_not_admitted(tables, candidates), "grants", "recipient")
    yield QueryResult(_not_administering(tables, candidates), "grants", "recipient")


def _not_admitted(tables: Tables, candidates: LazyFrame) -> LazyFrame:
    """Return grants to recipients that the call does not accept; counties were accepted later."""
    rows = [
        (call.id, kind.value, True)
        for call in calls_of(tables)
        for kind in call.eligible_recipients or ()
    ]
    types = {"admitting": str, "admitted_kind": str, "is_admitted": bool}
    admitted = tables.literal_table("admitted", types, rows)
    candidates = candidates.filter(
        is_true(nw.col("call_restricts")) & not_null("organisation_kind")
    ).join(
        admitted,
        left_on=["call", "organisation_kind"],
        right_on=["admitting", "admitted_kind"],
        how="left",
    )
    since, day = (
        nw.col("call_county_from"),
        nw.coalesce(nw.col("decided_on"), nw.col("announced_on")),
    )
    is_county = is_true(nw.col("organisation_kind") == OrganisationKind.COUNTY.value)
    has_start = is_county & ~since.is_null()
    where = nw.col("is_admitted").is_null() & (~has_start | is_true(day < since))
    found = candidates.filter(where)
    row = tables.row_columns("grants")
    return found.select(*row, value="recipient", other="organisation_kind")


def _not_administering(tables: Tables, candidates: LazyFrame) -> LazyFrame:
    """Return continuing grants whose recipient does not administer the project on that day."""
    received = tables.with_reference("grants", ("project", "call", "status", "recipient"))
    pairs = (
        received.filter(not_null("recipient") & ~_IS_REJECTED)
        .select(project_on="project", call_on="call")
        .filter(_is_continued(tables))
    )
    projects = tables.with_reference("projects", ()).select(project_key="key")
    continuing = candidates.join(
        pairs, left_on=["project", "call_continues"], right_on=["project_on", "call_on"], how="semi"
    ).join(projects, left_on="project", right_on="project_key", how="semi")
    administrations = tables.with_reference(
        "projects_administrations", ("organisation", "period_start", "period_end")
    ).select(
        administered="key", administrator="organisation", since="period_start", until="period_end"
    )
    joined = continuing.join(
        administrations, left_on="project", right_on="administered", how="inner"
    )
    days = ("decided_on", "announced_on", "applied_on")
    day = nw.coalesce(*map(nw.col, days))
    is_active = ~is_true(day < nw.col("since")) & ~is_true(day > nw.col("until"))
    is_recipient = is_true(nw.col("administrator") == nw.col("recipient"))
    row = tables.row_columns("grants")
    active = joined.filter(is_active).select(
        *row,
        "recipient",
        "administrator",
        received=nw.when(is_recipient).then(nw.lit(1)).otherwise(nw.lit(0)),
    )
    by_grant = active.group_by(*row, "recipient").agg(
        nw.col("received").max(), nw.col("administrator").min()
    )
    others = by_grant.filter(nw.col("received") == 0)
    return others.select(*row, value="recipient", other="administrator")


@query_rule("TSK314", "grants")
def above_maximum_share(tables: Tables) -> Iterator[QueryResult]:
    """Find the grant with which a maakunta exceeds its maximum share of a call."""
    regions, shares = _maakunnat_and_shares(tables)
    columns = {"region": str, "maakunta": str}
    of_region = tables.literal_table("maakunta of region", columns, regions)
    by_call = tables.literal_table(
        "shares", {"sharing": str, "share_of": str, "share": int}, shares
    )
    rows = tables.with_reference("projects_regions", ("value",))
    located = rows.join(of_region, left_on="value", right_on="region", how="left").select(
        "key", maakunta=nw.col("maakunta").fill_null("")
    )
    in_one_maakunta = (
        located.group_by("key")
        .agg(nw.col("maakunta").min(), nw.col("maakunta").max().alias("another"))
        .filter((nw.col("maakunta") == nw.col("another")) & (nw.col("maakunta") != ""))
        .select("maakunta", project_key="key")
    )
    granted = _granted(tables)
    shared = granted.join(
        in_one_maakunta, left_on="project", right_on="project_key", how="inner"
    ).join(by_call, left_on=["call", "maakunta"], right_on=["sharing", "share_of"], how="inner")
    found = first_above(tables, shared, ["call", "maakunta"], "share")
    yield QueryResult(found, "grants", None)


def _maakunnat_and_shares(
    tables: Tables,
) -> tuple[list[tuple[str, str]], list[tuple[str, str, int]]]:
    """Return the maakunta of each region, and the maximum share of each maakunta in each call.

    Shares are rounded to whole euros. A sum exceeds a share if it is at least a whole euro above,
    so the bound is one thousandth below that.
    """
    maakunnat = {
        each.code: each
        for each in cast("Iterator[Maakunta]", tables.context.everything("maakunnat"))
    }
    regions = {code: each.code for each in maakunnat.values() for code in each.regions or ()}
    shares: list[tuple[str, str, int]] = []
    for call in calls_of(tables):
        if call.kind is CallKind.PROGRAMME and call.maximum.most is not None:
            for each in maakunnat.values():
                if each.maximum_share is not None:
                    euros = int(each.maximum_share.amount_of(call.maximum.most)) + 1
                    shares.append((call.id, each.code, euros * THOUSANDTHS_PER_EURO - 1))
    return [*regions.items()], shares


@query_rule("TSK315", "grants")
def more_than_applied_for(tables: Tables) -> Iterator[QueryResult]:
    """Find grants above the amount applied for, unless a note is about one of the two amounts."""
    columns = ("status", "amount_eur", "applied_eur", "precision", "rounded_to_eur")
    grants = with_lookups(tables, "grants", ("bounds",), columns).filter(
        not_null("applied_eur", "amount_eur")
    )
    if tables.has("grants_notes"):
        notes = rows_of_list(tables, "grants", "notes")
        about = notes.filter(is_true(nw.col("field").is_in(["amount_eur", "applied_eur"])))
        grants = grants.join(about.select(noted="key"), left_on="key", right_on="noted", how="anti")
    applied = nw.col("applied_eur") * THOUSANDTHS_PER_CENT
    is_above = is_true(nw.col("amount_least") > applied)
    is_below = is_true(nw.col("amount_most") < applied)
    above = grants.filter(is_above & _IS_GRANTED)
    amount, wanted = euros_as_text(nw.col("amount_eur")), euros_as_text(nw.col("applied_eur"))
    row = tables.row_columns("grants")
    yield QueryResult(above.select(*row, value=amount, other=wanted), "grants", "amount_eur")
    is_applied = is_true(nw.col("status") == GrantStatus.APPLIED.value)
    differing = grants.filter((is_above | is_below) & is_applied)
    yield QueryResult(differing.select(*row, value=wanted, other=amount), "grants", "applied_eur")
