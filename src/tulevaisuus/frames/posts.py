"""The forms of TSK6xx: bodies, roles and posts (`tulevaisuus.rules.posts`)."""

from collections.abc import Iterator, Mapping

import narwhals.stable.v2 as nw

from tulevaisuus.frames.expressions import closed, known, ordinal, outside, together
from tulevaisuus.frames.forms import Breach, Found, form, row_form
from tulevaisuus.frames.projects_in_time import ROWS
from tulevaisuus.frames.tables import Tables
from tulevaisuus.rules.posts import COORDINATOR, COORDINATORS_SINCE, OF_A_PROJECT, PLACES

_IS_COORDINATOR = closed(nw.col("role") == COORDINATOR)


@row_form("TSK601", "posts", joins=["area"])
def coordinator_without_area(_: Tables) -> Iterator[Breach]:
    """Find regional coordinators without an area, or with one of another time."""
    yield Breach(None, _IS_COORDINATOR & nw.col("area").is_null())
    at_another_time = outside("period_start", "area_start", "area_end")
    yield Breach(None, _IS_COORDINATOR & at_another_time, nw.col("area"))


@form("TSK602", "posts")
def area_with_two_coordinators(tables: Tables) -> Iterator[Found]:
    """Find coordinators of one area whose stated days overlap.

    Each is compared with the one that lasts longest so far, the earlier of two that last equally.
    """
    posts = tables.clean("posts").filter(_IS_COORDINATOR & known("area"))
    dated = posts.filter(known("period_start") | known("period_end"))
    first, last = ordinal(nw.col("period_start")), ordinal(nw.col("period_end"))
    turn = nw.col("key").cum_count().over("area", order_by=tables.order_of("posts"))
    stints = dated.with_columns(turn=turn.cast(nw.Int64)).select(
        "key",
        "area",
        "turn",
        first=nw.coalesce(first, last),
        last=nw.coalesce(last, first),
    )
    by = ["first", "turn"]
    numbered = stints.with_columns(
        nth=nw.col("key").cum_count().over("area", order_by=by).cast(nw.Int64)
    )
    scored = numbered.with_columns(score=nw.col("last") * ROWS + (ROWS - 1 - nw.col("nth")))
    longest = scored.with_columns(so_far=nw.col("score").cum_max().over("area", order_by="nth"))
    before = longest.with_columns(before=nw.col("so_far").shift(1).over("area", order_by="nth"))
    pairs = before.filter(known("before")).with_columns(
        longest=(ROWS - 1 - nw.col("before") % ROWS).cast(nw.Int64)
    )
    others = numbered.select(
        other_area="area", other_nth="nth", other_key="key", other_turn="turn", other_last="last"
    )
    both = pairs.join(
        others, left_on=["area", "longest"], right_on=["other_area", "other_nth"], how="inner"
    ).filter(nw.col("first") <= nw.col("other_last"))
    is_later = nw.col("turn") > nw.col("other_turn")
    later = nw.when(is_later).then(nw.col("key")).otherwise(nw.col("other_key"))
    earlier = nw.when(is_later).then(nw.col("other_key")).otherwise(nw.col("key"))
    found = both.select(later=later, earlier=earlier).group_by("later").agg(nw.col("earlier").max())
    yield Found(found.select(key="later", other="earlier"), "posts", None)


@row_form("TSK603", "posts")
def role_in_wrong_organisation(_: Tables) -> Iterator[Breach]:
    """Find roles with a fixed place that are elsewhere."""
    for place, roles in _roles_by_place().items():
        is_elsewhere = closed(nw.col("organisation") != place)
        is_role = closed(nw.col("role").is_in(roles))
        yield Breach("organisation", is_role & is_elsewhere, nw.lit(place))


def _roles_by_place() -> Mapping[str, list[str]]:
    return {
        place: [role for role, its in PLACES.items() if its == place]
        for place in {*PLACES.values()}
    }


@form("TSK603", "posts")
def role_outside_its_project(tables: Tables) -> Iterator[Found]:
    """Find roles of a project that are neither at an administrator nor at a participant of it.

    A project of which one of the two is not recorded may have posts anywhere.
    """
    administrators = tables.everyone("projects_administrations", ("organisation",))
    participants = tables.everyone("projects_participants", ("value",))
    places = together(
        [
            administrators.select(place_of="key", place="organisation"),
            participants.select(place_of="key", place="value"),
        ]
    )
    columns = ("administrations_known", "participants_known")
    projects = tables.everyone("projects", columns)
    has_any = [
        administrators.select("key").unique().with_columns(administered=nw.lit(value=True)),
        participants.select("key").unique().with_columns(taken_part=nw.lit(value=True)),
    ]
    for each in has_any:
        renamed = each.rename({"key": "having"})
        projects = projects.join(renamed, left_on="key", right_on="having", how="left")
    recorded = projects.filter(
        (closed(nw.col("administrations_known")) | known("administered"))
        & (closed(nw.col("participants_known")) | known("taken_part"))
        & (known("administered") | known("taken_part"))
    ).select(recorded="key")
    posts = tables.clean("posts").filter(
        closed(nw.col("role").is_in(sorted(OF_A_PROJECT))) & known("organisation", "project")
    )
    elsewhere = posts.join(
        recorded.unique(), left_on="project", right_on="recorded", how="semi"
    ).join(places, left_on=["project", "organisation"], right_on=["place_of", "place"], how="anti")
    found = elsewhere.select("key", value="organisation", other="project")
    yield Found(found, "posts", "organisation")


@row_form("TSK604", "posts")
def coordinator_before_start(_: Tables) -> Iterator[Breach]:
    """Find regional coordinators who begin before there were any."""
    where = closed(nw.col("period_start") < nw.lit(COORDINATORS_SINCE))
    yield Breach("period_start", _IS_COORDINATOR & where, nw.lit(str(COORDINATORS_SINCE)))


@row_form("TSK605", "posts")
def personal_data(_: Tables) -> Iterator[Breach]:
    """Find posts that name their holder; judged only if it is selected."""
    yield Breach("holder", known("holder"))
