"""TSK4xx on tables: the rules on projects, their goals and services, with codes such as TSK401.

`tulevaisuus.rules.projects` has the same rules for objects. The programme has five goals; a goal
link states that a service or a theme serves a goal.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import cast

import narwhals.stable.v2 as nw

from tulevaisuus.findings.severity import Severity
from tulevaisuus.frames.engines.expressions import (
    LazyFrame,
    any_of,
    as_text,
    concat,
    distinct,
    is_true,
    not_null,
)
from tulevaisuus.frames.table_rules.lookups import calls_of
from tulevaisuus.frames.table_rules.rule_declaration import QueryResult, query_rule
from tulevaisuus.frames.tables.list_counts import list_is_known, rows_of_list, with_counts
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.goal import GoalNumber
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.region import Region, RegionKind
from tulevaisuus.model.service import Sector, Service
from tulevaisuus.rules.projects import COUNTIES_ADMINISTER_FROM

_IS_GRANTED = is_true(nw.col("status") == GrantStatus.GRANTED.value)


@query_rule("TSK401", "projects", needs=["projects_goals"])
def no_goal(tables: Tables) -> Iterator[QueryResult]:
    """Find projects whose list of goals is known and empty."""
    projects = with_counts(tables, "projects", "goals", {})
    yield QueryResult(
        projects.filter(list_is_known("goals") & (nw.col("goals_count") == 0)), "projects", "goals"
    )


@query_rule("TSK402", "projects_goals", needs=["projects", "projects_services", "projects_themes"])
def goal_without_service(tables: Tables) -> Iterator[QueryResult]:
    """Find goals that none of the recorded services and themes serves.

    If the services or the themes are not recorded, one of them may serve the goal: then the
    finding is only a note.
    """
    links = [
        (goal.value, link.target)
        for goal in GoalNumber
        if goal is not GoalNumber.COSTS
        for link in tables.context.links_of(goal)
    ]
    targets = tables.literal_table("links", {"goal": int, "target": str}, links)
    contents = concat(
        rows_of_list(tables, "projects", field).select(project="key", content="value")
        for field in ("services", "themes")
    )
    served = contents.join(targets, left_on="content", right_on="target", how="inner").select(
        serving="project", served="goal"
    )
    goals = rows_of_list(tables, "projects", "goals").join(
        targets.select("goal"), left_on="value", right_on="goal", how="semi"
    )
    not_served = goals.join(
        contents.select("project"), left_on="key", right_on="project", how="semi"
    ).join(served, left_on=["key", "value"], right_on=["serving", "served"], how="anti")
    known = tables.rows_to_check("projects", ("services_known", "themes_known"))
    complete = with_counts(
        tables, "projects", "themes", {}, with_counts(tables, "projects", "services", {}, known)
    ).select(complete_key="key", complete=list_is_known("services") & list_is_known("themes"))
    candidates = not_served.join(complete, left_on="key", right_on="complete_key", how="inner")
    for severity, where in ((None, nw.col("complete")), (Severity.NOTE, ~nw.col("complete"))):
        yield QueryResult(
            candidates.filter(where).select("key", "place", "value"),
            "projects_goals",
            "value",
            severity,
        )


@query_rule("TSK403", "projects", needs=["projects_goals", "projects_services"])
def one_sector_only(tables: Tables) -> Iterator[QueryResult]:
    """Find projects with goal 4 whose recorded services are all of one sector."""
    services = [
        each
        for each in cast("Iterable[Service]", tables.context.everything("services"))
        if each.sectors
    ]
    conditions = {"of_known_sector": nw.col("value").is_in([each.code for each in services])}
    for sector in Sector:
        codes = [each.code for each in services if sector in (each.sectors or ())]
        conditions[f"of_{sector.value}"] = nw.col("value").is_in(codes)
    projects = with_counts(tables, "projects", "services", conditions)
    is_fourth = nw.col("value") == GoalNumber.COORDINATION.value
    projects = with_counts(tables, "projects", "goals", {"fourth": is_fourth}, projects)
    lacks = any_of(nw.col(f"of_{sector.value}") == 0 for sector in Sector)
    some = (nw.col("services_count") > 0) & (nw.col("fourth") > 0)
    all_known = nw.col("of_known_sector") == nw.col("services_count")
    yield QueryResult(
        projects.filter(some & all_known & lacks).select("key"), "projects", "services"
    )


@query_rule("TSK404", "projects", needs=["projects_goals"])
def cost_goal_alone(tables: Tables) -> Iterator[QueryResult]:
    """Find projects whose only goal is the one that follows from the other goals."""
    is_fifth = nw.col("value") == GoalNumber.COSTS.value
    projects = with_counts(tables, "projects", "goals", {"fifth": is_fifth})
    alone = (nw.col("goals_count") > 0) & (nw.col("fifth") == nw.col("goals_count"))
    yield QueryResult(projects.filter(alone).select("key"), "projects", "goals")


def _granted(tables: Tables) -> LazyFrame:
    """Return each pair of a project and a call that gave it a grant, once."""
    grants = tables.with_reference("grants", ("project", "call", "status")).filter(_IS_GRANTED)
    return distinct(grants.select(granted_project="project", granted_call="call"))


@query_rule("TSK405", "projects", needs=["projects_themes", "grants"])
def required_theme_missing(tables: Tables) -> Iterator[QueryResult]:
    """Find projects without a theme that the call of one of their grants requires."""
    required = [
        (call.id, theme) for call in calls_of(tables) for theme in call.required_themes or ()
    ]
    wanted = tables.literal_table("required", {"requiring": str, "required": str}, required)
    projects = with_counts(tables, "projects", "themes", {}).filter(list_is_known("themes"))
    themes = rows_of_list(tables, "projects", "themes").select(theme_of="key", theme="value")
    missing = (
        projects.select("key")
        .join(_granted(tables), left_on="key", right_on="granted_project", how="inner")
        .join(wanted, left_on="granted_call", right_on="requiring", how="inner")
        .join(themes, left_on=["key", "required"], right_on=["theme_of", "theme"], how="anti")
    )
    yield QueryResult(distinct(missing.select("key", other="granted_call")), "projects", "themes")


@query_rule("TSK406", "projects", needs=["grants"])
def project_too_late(tables: Tables) -> Iterator[QueryResult]:
    """Find projects that end after the cost period, without a grant of the next call."""
    calls = [
        (call.id, call.cost_period.end, True)
        for call in calls_of(tables)
        if call.cost_period and call.cost_period.end and tables.context.continuations_of(call.id)
    ]
    continued = [(call.id, call.continues) for call in calls_of(tables) if call.continues]
    ends = tables.literal_table("ends", {"ending": str, "ends_on": dt.date, "ends": bool}, calls)
    before = tables.literal_table("continued", {"later": str, "earlier": str}, continued)
    granted = _granted(tables)
    followed = granted.join(before, left_on="granted_call", right_on="later", how="inner").select(
        followed_project="granted_project", followed_call="earlier"
    )
    late = (
        tables.rows_to_check("projects", ("period_end",))
        .filter(not_null("period_end"))
        .select("key", "period_end")
        .join(granted, left_on="key", right_on="granted_project", how="inner")
        .join(ends, left_on="granted_call", right_on="ending", how="inner")
        .filter(nw.col("period_end") > nw.col("ends_on"))
        .join(
            followed,
            left_on=["key", "granted_call"],
            right_on=["followed_project", "followed_call"],
            how="anti",
        )
    )
    found = late.select("key", value=as_text("period_end"), other="granted_call")
    yield QueryResult(found, "projects", "period_end")


@query_rule("TSK409", "projects_regions", needs=["projects"])
def several_projects_in_region(tables: Tables) -> Iterator[QueryResult]:
    """Note regions that already have another project in the document."""
    order = tables.order_of("projects")
    places = tables.rows_to_check("projects", ()).select(
        listed="key", order_key="key", **({"row_number": "order"} if "order" in order else {})
    )
    rows = rows_of_list(tables, "projects", "regions").join(
        places, left_on="key", right_on="listed", how="inner"
    )
    by = ["row_number", "order_key"] if "order" in order else ["order_key"]
    numbered = rows.with_columns(
        nth=nw.col("key").cum_count().over("value", order_by=[*by, "regions_place"])
    )
    first = numbered.filter(nw.col("nth") == 1).select(first_of="value", first="key")
    others = numbered.filter(nw.col("nth") > 1).join(
        first, left_on="value", right_on="first_of", how="left"
    )
    differing = others.filter(nw.col("key") != nw.col("first"))
    yield QueryResult(
        differing.select("key", "place", "value", other="first"), "projects_regions", "value"
    )


@query_rule(
    "TSK410",
    "projects",
    needs=[
        "projects_regions",
        "projects_administrations",
        "projects_goals",
        "projects_services",
        "projects_themes",
    ],
)
def not_recorded(tables: Tables) -> Iterator[QueryResult]:
    """Note missing data of a project, and the rules that could not be checked without it."""
    known = ("goals_known", "services_known", "themes_known", "administrations_known")
    projects = tables.rows_to_check("projects", (*known, "period_end"))
    for field in ("goals", "services", "themes"):
        projects = with_counts(tables, "projects", field, {}, projects)
    regions = cast("Iterable[Region]", tables.context.everything("regions"))
    counties = [each.code for each in regions if each.kind is RegionKind.COUNTY]
    in_county = {"in_county": nw.col("value").is_in(counties)}
    projects = with_counts(tables, "projects", "regions", in_county, projects)
    projects = _with_counties(tables, projects)
    fields = ("goals", "services", "themes", "administrations")
    all_known = list_is_known(fields[0])
    for field in fields[1:]:
        all_known &= list_is_known(field)
    yield QueryResult(projects.filter(~all_known).select("key"), "projects", None)
    ends_before = is_true(nw.col("period_end") < nw.lit(COUNTIES_ADMINISTER_FROM))
    is_due = list_is_known("administrations") & ~ends_before & (nw.col("in_county") > 0)
    late = projects.filter(is_due & (nw.col("by_counties") == 0))
    yield QueryResult(
        late.select("key", other=nw.lit(str(COUNTIES_ADMINISTER_FROM))), "projects", None
    )


def _with_counties(tables: Tables, projects: LazyFrame) -> LazyFrame:
    """Count the administrations by counties in 2023, or with an unknown period."""
    organisations = tables.with_reference("organisations", ("kind",))
    counties = organisations.filter(is_true(nw.col("kind") == OrganisationKind.COUNTY.value))
    rows = rows_of_list(tables, "projects", "administrations")
    ends_before = is_true(nw.col("period_end") < nw.lit(COUNTIES_ADMINISTER_FROM))
    by_counties = rows.filter(~ends_before).join(
        counties.select(county="key"), left_on="organisation", right_on="county", how="semi"
    )
    numbers = by_counties.group_by("key").agg(nw.len().cast(nw.Int64).alias("by_counties"))
    joined = projects.join(
        numbers.rename({"key": "numbered"}), left_on="key", right_on="numbered", how="left"
    ).with_columns(nw.col("by_counties").fill_null(0))
    return with_counts(tables, "projects", "administrations", {}, joined)


@query_rule("TSK411", "projects_regions", needs=["projects"])
def project_over_several_regions(tables: Tables) -> Iterator[QueryResult]:
    """Find projects of several regions: their sums belong to none of the regions alone."""
    regions = distinct(rows_of_list(tables, "projects", "regions").select("key", "value"))
    several = regions.group_by("key").agg(nw.len().alias("number")).filter(nw.col("number") > 1)
    given = tables.rows_to_check("projects", ()).select(given_key="key")
    found = several.join(given, left_on="key", right_on="given_key", how="semi")
    yield QueryResult(found.select("key"), "projects", "regions")
