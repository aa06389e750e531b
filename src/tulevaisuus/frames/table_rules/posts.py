"""TSK6xx on tables: the rules on bodies, roles and posts, each with its code, such as TSK601.

`tulevaisuus.rules.posts` has the same rules for objects.
"""

from collections.abc import Iterator, Mapping

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import (
    concat,
    day_number,
    distinct,
    is_outside,
    is_true,
    not_null,
)
from tulevaisuus.frames.table_rules.projects_gaps_and_overlaps import MAX_GROUP_SIZE
from tulevaisuus.frames.table_rules.rule_declaration import (
    QueryResult,
    RowCheck,
    query_rule,
    row_rule,
)
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.rules.posts import (
    COORDINATOR,
    COORDINATORS_SINCE,
    HOME_ORGANISATIONS,
    PROJECT_ROLES,
)

_IS_COORDINATOR = is_true(nw.col("role") == COORDINATOR)


@row_rule("TSK601", "posts", lookups=["area"])
def coordinator_without_area(_: Tables) -> Iterator[RowCheck]:
    """Find regional coordinators without an area, or with one that was not valid at their start."""
    yield RowCheck(None, _IS_COORDINATOR & nw.col("area").is_null())
    at_another_time = is_outside("period_start", "area_start", "area_end")
    yield RowCheck(None, _IS_COORDINATOR & at_another_time, nw.col("area"))


@query_rule("TSK602", "posts")
def area_with_two_coordinators(tables: Tables) -> Iterator[QueryResult]:
    """Find coordinators of the same area whose known days overlap.

    Each is compared with only one of those that start earlier: with the one that ends last. If two
    end on the same day, with the first of these.
    """
    columns = ("role", "area", "period_start", "period_end")
    posts = tables.rows_to_check("posts", columns).filter(_IS_COORDINATOR & not_null("area"))
    dated = posts.filter(not_null("period_start") | not_null("period_end"))
    first, last = day_number(nw.col("period_start")), day_number(nw.col("period_end"))
    row_number = nw.col("key").cum_count().over("area", order_by=tables.order_of("posts"))
    day_ranges = dated.with_columns(row_number=row_number.cast(nw.Int64)).select(
        "key",
        "area",
        "row_number",
        first=nw.coalesce(first, last),
        last=nw.coalesce(last, first),
    )
    by = ["first", "row_number"]
    numbered = day_ranges.with_columns(
        nth=nw.col("key").cum_count().over("area", order_by=by).cast(nw.Int64)
    )
    with_both = numbered.with_columns(
        last_and_nth=nw.col("last") * MAX_GROUP_SIZE + (MAX_GROUP_SIZE - 1 - nw.col("nth"))
    )
    with_maximum = with_both.with_columns(
        running_max=nw.col("last_and_nth").cum_max().over("area", order_by="nth")
    )
    with_previous = with_maximum.with_columns(
        max_before=nw.col("running_max").shift(1).over("area", order_by="nth")
    )
    pairs = with_previous.filter(not_null("max_before")).with_columns(
        nth_of_other=(MAX_GROUP_SIZE - 1 - nw.col("max_before") % MAX_GROUP_SIZE).cast(nw.Int64)
    )
    others = numbered.select(
        other_area="area",
        other_nth="nth",
        other_key="key",
        other_number="row_number",
        other_last="last",
    )
    both = pairs.join(
        others, left_on=["area", "nth_of_other"], right_on=["other_area", "other_nth"], how="inner"
    ).filter(nw.col("first") <= nw.col("other_last"))
    is_later = nw.col("row_number") > nw.col("other_number")
    later = nw.when(is_later).then(nw.col("key")).otherwise(nw.col("other_key"))
    earlier = nw.when(is_later).then(nw.col("other_key")).otherwise(nw.col("key"))
    found = both.select(later=later, earlier=earlier).group_by("later").agg(nw.col("earlier").max())
    yield QueryResult(found.select(key="later", other="earlier"), "posts", None)


@row_rule("TSK603", "posts")
def role_in_wrong_organisation(_: Tables) -> Iterator[RowCheck]:
    """Find roles with a fixed organisation that are in another one."""
    for home, roles in _roles_by_home_organisation().items():
        is_elsewhere = is_true(nw.col("organisation") != home)
        is_role = is_true(nw.col("role").is_in(roles))
        yield RowCheck("organisation", is_role & is_elsewhere, nw.lit(home))


def _roles_by_home_organisation() -> Mapping[str, list[str]]:
    return {
        home: [role for role, organisation in HOME_ORGANISATIONS.items() if organisation == home]
        for home in {*HOME_ORGANISATIONS.values()}
    }


@query_rule("TSK603", "posts")
def role_outside_its_project(tables: Tables) -> Iterator[QueryResult]:
    """Find roles of a project whose organisation neither administers it nor takes part in it.

    If administrators or participants are not recorded, any organisation is accepted.
    """
    administrators = tables.with_reference("projects_administrations", ("organisation",))
    participants = tables.with_reference("projects_participants", ("value",))
    accepted = concat(
        [
            administrators.select(accepted_in="key", accepted="organisation"),
            participants.select(accepted_in="key", accepted="value"),
        ]
    )
    known = ("administrations_known", "participants_known")
    projects = tables.with_reference("projects", known)
    has_any = [
        distinct(administrators.select("key")).with_columns(administered=nw.lit(value=True)),
        distinct(participants.select("key")).with_columns(taken_part=nw.lit(value=True)),
    ]
    for each in has_any:
        renamed = each.rename({"key": "having"})
        projects = projects.join(renamed, left_on="key", right_on="having", how="left")
    recorded = projects.filter(
        (is_true(nw.col("administrations_known")) | not_null("administered"))
        & (is_true(nw.col("participants_known")) | not_null("taken_part"))
        & (not_null("administered") | not_null("taken_part"))
    ).select(recorded="key")
    posts = tables.rows_to_check("posts", ("role", "organisation", "project")).filter(
        is_true(nw.col("role").is_in(sorted(PROJECT_ROLES))) & not_null("organisation", "project")
    )
    elsewhere = posts.join(recorded, left_on="project", right_on="recorded", how="semi").join(
        accepted,
        left_on=["project", "organisation"],
        right_on=["accepted_in", "accepted"],
        how="anti",
    )
    found = elsewhere.select("key", value="organisation", other="project")
    yield QueryResult(found, "posts", "organisation")


@row_rule("TSK604", "posts")
def coordinator_before_start(_: Tables) -> Iterator[RowCheck]:
    """Find regional coordinators that start before the role existed."""
    where = is_true(nw.col("period_start") < nw.lit(COORDINATORS_SINCE))
    yield RowCheck("period_start", _IS_COORDINATOR & where, nw.lit(str(COORDINATORS_SINCE)))


@row_rule("TSK605", "posts")
def personal_data(_: Tables) -> Iterator[RowCheck]:
    """Find posts that name their holder; checked only if it is selected."""
    yield RowCheck("holder", not_null("holder"))
