"""TSK6xx: bodies, roles and posts."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tulevaisuus.model.area import Area
from tulevaisuus.model.post import Post
from tulevaisuus.model.project import Project
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.rule_declaration import Problem, first_for_message, problem, rule, texts

TEXTS = texts("posts")

COORDINATOR = "regional_coordinator"
COORDINATORS_SINCE = dt.date(2020, 2, 1)
"""The regional coordinators began in February 2020 (thl-2020-01-24)."""

HOME_ORGANISATIONS = {COORDINATOR: "thl", "programme_lead": "thl", "secretary_general": "stm"}
PROJECT_ROLES = {"project_director", "project_manager", "programme_manager"}


@rule(Post, **TEXTS["TSK601"])
def coordinator_without_area(post: Post, context: Context) -> Iterator[Problem]:
    """Find regional coordinators without an area, or with one of another time."""
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
    """Find coordinators of one area whose stated days overlap."""
    other = context.shared(_overlapping).get(post.id)
    if other is not None:
        yield problem("", post=post.id, other=other.id, area=post.area)


class _Stint(NamedTuple):
    """The stated days of a post; if only one day is stated, both are that day."""

    first: dt.date
    last: dt.date
    place: int
    post: Post


def _overlapping(context: Context) -> dict[str, Post]:
    """Map the later of two posts, in the order of the document, to the one before it."""
    by_area: defaultdict[str, list[_Stint]] = defaultdict(list)
    for place, post in enumerate(context.portfolio.posts):
        days = [bound.day for bound in post.period.bounds()] if post.period else []
        if post.role == COORDINATOR and post.area is not None and days:
            by_area[post.area].append(_Stint(days[0], days[-1], place, post))
    found: dict[str, Post] = {}
    for stints in by_area.values():
        for earlier, later in _overlaps(sorted(stints, key=lambda stint: stint.first)):
            found[later.post.id] = earlier.post
    return found


def _overlaps(stints: list[_Stint]) -> Iterator[tuple[_Stint, _Stint]]:
    """Return overlapping pairs, each in the order of the document; stints are sorted by first day.

    Each is compared with the earlier one that ends last: if it does not overlap with that one, it
    overlaps with none. So one pass is enough.
    """
    longest: _Stint | None = None
    for stint in stints:
        if longest is not None and stint.first <= longest.last:
            pair = (longest, stint) if longest.place < stint.place else (stint, longest)
            yield pair
        if longest is None or stint.last > longest.last:
            longest = stint


@rule(Post, needs=("organisation",), **TEXTS["TSK603"])
def role_in_wrong_organisation(post: Post, context: Context) -> Iterator[Problem]:
    """Find posts in another organisation than their role belongs to."""
    if post.organisation is None:
        return
    place = HOME_ORGANISATIONS.get(post.role)
    if place is not None and post.organisation != place:
        yield problem(
            "/organisation",
            "fixed",
            post=post.id,
            organisation=context.name_of("organisations", post.organisation),
            role=context.name_of("roles", post.role),
            place=context.name_of("organisations", place),
        )
    project = context.project(post.project)
    if post.role not in PROJECT_ROLES or project is None:
        return
    places = context.once(("TSK603", project.id), functools.partial(_places_of, project))
    if places and post.organisation not in places:
        yield problem(
            "/organisation",
            "project",
            post=post.id,
            organisation=context.name_of("organisations", post.organisation),
            role=context.name_of("roles", post.role),
            project=project.id,
            places=tuple(
                context.name_of("organisations", each) for each in first_for_message(places)
            ),
        )


def _places_of(project: Project) -> Mapping[str, None]:
    """Return the administrators and participants of a project, as an ordered set.

    It is empty if either is not recorded: then a post may be in any organisation.
    """
    if project.administrations is None or project.participants is None:
        return {}
    administrators = (each.organisation for each in project.administrations)
    return dict.fromkeys((*administrators, *project.participants))


@rule(Post, needs=("period",), **TEXTS["TSK604"])
def coordinator_before_start(post: Post, _: Context) -> Iterator[Problem]:
    """Find regional coordinators who begin before the role existed."""
    start = post.period and post.period.start
    if post.role == COORDINATOR and start and start < COORDINATORS_SINCE:
        yield problem("/period/start", post=post.id, start=start, since=COORDINATORS_SINCE)


@rule(Post, needs=("holder",), **TEXTS["TSK605"])
def personal_data(post: Post, _: Context) -> Iterator[Problem]:
    """Find posts that name their holder; the rule runs on request only."""
    if post.holder is not None:
        yield problem("/holder", post=post.id)
