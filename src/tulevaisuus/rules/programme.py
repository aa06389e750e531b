"""TSK1xx: the programme and its period."""

from collections.abc import Iterator

from tulevaisuus.model.call import CallKind
from tulevaisuus.model.goal import GoalNumber
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.post import Post
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.project import Project
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.days import days_outside
from tulevaisuus.rules.registry import Problem, problem, rule, texts

TEXTS = texts("programme")


@rule(Project, Grant, **TEXTS["TSK101"])
def outside_programme(entity: Project | Grant, context: Context) -> Iterator[Problem]:
    """Find stated days of projects and of programme grants outside the programme."""
    bounds = context.programme_period
    if isinstance(entity, Project):
        for side, day in days_outside(entity.period, bounds):
            yield problem(f"/period/{side}", "project", project=entity.id, day=day, period=bounds)
        return
    call = context.call(entity.call)
    if call is not None and call.kind is CallKind.PROGRAMME:
        for side, day in days_outside(entity.usable, bounds):
            yield problem(f"/usable/{side}", "grant", grant=entity.id, day=day, period=bounds)


@rule(Programme, **TEXTS["TSK102"])
def programme_goals_incomplete(programme: Programme, _: Context) -> Iterator[Problem]:
    """Find programmes that list some of the goals only."""
    if programme.goals is None:
        return
    missing = tuple(goal for goal in GoalNumber if goal not in programme.goals)
    if missing:
        yield problem("/goals", programme=programme.id, missing=missing)


@rule(Post, Project, **TEXTS["TSK103"])
def post_outside_programme(entity: Post | Project, context: Context) -> Iterator[Problem]:
    """Find stated days of posts and administrations outside the programme."""
    bounds = context.programme_period
    if isinstance(entity, Post):
        for side, day in days_outside(entity.period, bounds):
            yield problem(f"/period/{side}", "post", post=entity.id, day=day, period=bounds)
        return
    for place, administration in enumerate(entity.administrations or ()):
        for side, day in days_outside(administration.period, bounds):
            yield problem(
                f"/administrations/{place}/period/{side}",
                "administration",
                organisation=context.name_of("organisations", administration.organisation),
                day=day,
                period=bounds,
            )
