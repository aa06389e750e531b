"""TSK6xx: rules for posts, and for their roles and organisations.

The severity, evidence and texts of each rule are in ``severities_and_texts/tsk6_posts.toml``.
"""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tulevaisuus.model.area import Area
from tulevaisuus.model.post import Post
from tulevaisuus.model.project import Project
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.problem_messages import Problem, first_for_message, problem
from tulevaisuus.rules.rule_declaration import rule, texts

TEXTS = texts("posts")

COORDINATOR = "regional_coordinator"
"""The code of the role of a regional coordinator, who works for THL in one area."""

COORDINATORS_SINCE = dt.date(2020, 2, 1)
"""The regional coordinators began in February 2020 (thl-2020-01-24)."""

HOME_ORGANISATIONS = {COORDINATOR: "thl", "programme_lead": "thl", "secretary_general": "stm"}
"""The id of the organisation to which a role always belongs, by the code of the role."""

PROJECT_ROLES = {"project_director", "project_manager", "programme_manager"}
"""The codes of the roles that belong to an organisation of the project."""


@rule(Post, **TEXTS["TSK601"])
def coordinator_without_area(post: Post, context: Context) -> Iterator[Problem]:
    """Find regional coordinators without an area, or whose area is not valid at their start."""
    if post.role != COORDINATOR:
        return
    if post.area is None:
        yield problem("", "none", post=post.id)
        return
    area = context.find("areas", post.area)
    start = post.period.start if post.period else None
    if isinstance(area, Area) and area.valid and start and start not in area.valid:
        yield problem("", "wrong", post=post.id, area=area.name, start=start, valid=area.valid)


@rule(Post, needs=("area", "period"), **TEXTS["TSK602"])
def area_with_two_coordinators(post: Post, context: Context) -> Iterator[Problem]:
    """Find coordinators of the same area whose periods overlap."""
    other = context.shared(_overlapping).get(post.id)
    if other is not None:
        yield problem("", post=post.id, other=other.id, area=post.area)


class _Interval(NamedTuple):
    """The known start and end of a post; if only one of them is known, both are that date.

    ``position`` is the index of the post in the document.
    """

    start: dt.date
    end: dt.date
    position: int
    post: Post


def _overlapping(context: Context) -> dict[str, Post]:
    """Map the later of two overlapping posts, in the order of the document, to the earlier one."""
    by_area: defaultdict[str, list[_Interval]] = defaultdict(list)
    for index, post in enumerate(context.portfolio.posts):
        dates = [bound.day for bound in post.period.bounds()] if post.period else []
        if post.role == COORDINATOR and post.area is not None and dates:
            by_area[post.area].append(_Interval(dates[0], dates[-1], index, post))
    overlapping: dict[str, Post] = {}
    for intervals in by_area.values():
        for earlier, later in _overlaps(sorted(intervals, key=lambda interval: interval.start)):
            overlapping[later.post.id] = earlier.post
    return overlapping


def _overlaps(intervals: list[_Interval]) -> Iterator[tuple[_Interval, _Interval]]:
    """Return overlapping pairs, each in the order of the document; intervals are sorted by start.

    One pass is enough. Each interval is compared only with the earlier interval that ends last: if
    they do not overlap, it overlaps with no earlier one.
    """
    last: _Interval | None = None
    for interval in intervals:
        if last is not None and interval.start <= last.end:
            pair = (last, interval) if last.position < interval.position else (interval, last)
            yield pair
        if last is None or interval.end > last.end:
            last = interval


@rule(Post, needs=("organisation",), **TEXTS["TSK603"])
def role_in_wrong_organisation(post: Post, context: Context) -> Iterator[Problem]:
    """Find posts in an organisation to which their role does not belong."""
    if post.organisation is None:
        return
    home = HOME_ORGANISATIONS.get(post.role)
    if home is not None and post.organisation != home:
        yield problem(
            "/organisation",
            "fixed",
            post=post.id,
            organisation=context.name_of("organisations", post.organisation),
            role=context.name_of("roles", post.role),
            place=context.name_of("organisations", home),
        )
    project = context.project(post.project)
    if post.role not in PROJECT_ROLES or project is None:
        return
    members = context.once(("TSK603", project.id), functools.partial(_members_of, project))
    if members and post.organisation not in members:
        yield problem(
            "/organisation",
            "project",
            post=post.id,
            organisation=context.name_of("organisations", post.organisation),
            role=context.name_of("roles", post.role),
            project=project.id,
            places=tuple(
                context.name_of("organisations", member) for member in first_for_message(members)
            ),
        )


def _members_of(project: Project) -> Mapping[str, None]:
    """Return the administrators and participants of a project, as an ordered set.

    The set is empty if one of the two lists is not recorded: then a post may be anywhere.
    """
    if project.administrations is None or project.participants is None:
        return {}
    administrators = (administration.organisation for administration in project.administrations)
    return dict.fromkeys((*administrators, *project.participants))


@rule(Post, needs=("period",), **TEXTS["TSK604"])
def coordinator_before_start(post: Post, _: Context) -> Iterator[Problem]:
    """Find regional coordinators who begin before the role existed."""
    start = post.period and post.period.start
    if post.role == COORDINATOR and start and start < COORDINATORS_SINCE:
        yield problem("/period/start", post=post.id, start=start, since=COORDINATORS_SINCE)


@rule(Post, needs=("holder",), on_request=True, **TEXTS["TSK605"])
def personal_data(post: Post, _: Context) -> Iterator[Problem]:
    """Find posts that name their holder."""
    if post.holder is not None:
        yield problem("/holder", post=post.id)
