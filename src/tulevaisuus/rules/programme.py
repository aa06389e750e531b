"""TSK1xx: the programme and its period."""

from collections.abc import Iterator

from tulevaisuus.model import CallKind, GoalNumber, Grant, Post, Programme, Project
from tulevaisuus.rules.book import Problem, problem, rule, texts
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.days import days_outside

TEXTS = texts("programme")


@rule(Project, Grant, **TEXTS["TSK101"])
def outside_programme(thing: Project | Grant, context: Context) -> Iterator[Problem]:
    """Find stated days of projects and of programme grants outside the programme."""
    bounds = context.programme_period
    if isinstance(thing, Project):
        for side, day in days_outside(thing.period, bounds):
            yield problem(f"/period/{side}", "project", project=thing.id, day=day, period=bounds)
        return
    call = context.call(thing.call)
    if call is not None and call.kind is CallKind.PROGRAMME:
        for side, day in days_outside(thing.usable, bounds):
            yield problem(f"/usable/{side}", "grant", grant=thing.id, day=day, period=bounds)


@rule(Programme, **TEXTS["TSK102"])
def programme_goals_incomplete(programme: Programme, _: Context) -> Iterator[Problem]:
    """Find programmes that list some of the goals only."""
    if programme.goals is None:
        return
    missing = tuple(goal for goal in GoalNumber if goal not in programme.goals)
    if missing:
        yield problem("/goals", programme=programme.id, missing=missing)


@rule(Post, Project, **TEXTS["TSK103"])
def post_outside_programme(thing: Post | Project, context: Context) -> Iterator[Problem]:
    """Find stated days of posts and administrations outside the programme."""
    bounds = context.programme_period
    if isinstance(thing, Post):
        for side, day in days_outside(thing.period, bounds):
            yield problem(f"/period/{side}", "post", post=thing.id, day=day, period=bounds)
        return
    for place, administration in enumerate(thing.administrations or ()):
        for side, day in days_outside(administration.period, bounds):
            yield problem(
                f"/administrations/{place}/period/{side}",
                "administration",
                organisation=context.name_of("organisations", administration.organisation),
                day=day,
                period=bounds,
            )
