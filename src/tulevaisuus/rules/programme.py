"""TSK1xx: the programme and its period."""

from collections.abc import Iterator

from tulevaisuus.model.call import CallKind
from tulevaisuus.model.goal import GoalNumber
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.post import Post
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.project import Project
from tulevaisuus.rules.administrations import administration_days
from tulevaisuus.rules.context import Context
from tulevaisuus.rules.rule_declaration import Problem, problem, rule, texts

TEXTS = texts("programme")


@rule(Project, Grant, needs=("period", "usable"), **TEXTS["TSK101"])
def outside_programme(entity: Project | Grant, context: Context) -> Iterator[Problem]:
    """Find stated days of projects and of programme grants outside the programme."""
    programme = context.programme_period
    if programme is None:
        return
    if isinstance(entity, Project):
        if entity.period is not None:
            for side, day in entity.period.days_outside(programme):
                yield problem(
                    f"/period/{side}", "project", project=entity.id, day=day, period=programme
                )
    elif entity.usable is not None and _is_of_the_programme(entity, context):
        for side, day in entity.usable.days_outside(programme):
            yield problem(f"/usable/{side}", "grant", grant=entity.id, day=day, period=programme)


def _is_of_the_programme(grant: Grant, context: Context) -> bool:
    call = context.call(grant.call)
    return call is not None and call.kind is CallKind.PROGRAMME


@rule(Programme, needs=("goals",), **TEXTS["TSK102"])
def programme_goals_incomplete(programme: Programme, _: Context) -> Iterator[Problem]:
    """Find programmes that list some of the goals only."""
    if programme.goals is None:
        return
    missing = tuple(goal for goal in GoalNumber if goal not in programme.goals)
    if missing:
        yield problem("/goals", programme=programme.id, missing=missing)


@rule(Post, Project, needs=("administrations",), **TEXTS["TSK103"])
def post_outside_programme(entity: Post | Project, context: Context) -> Iterator[Problem]:
    """Find stated days of posts and administrations outside the programme."""
    programme = context.programme_period
    if programme is None:
        return
    if isinstance(entity, Post):
        if entity.period is not None:
            for side, day in entity.period.days_outside(programme):
                yield problem(f"/period/{side}", "post", post=entity.id, day=day, period=programme)
        return
    for stated in administration_days(entity):
        if stated.day not in programme:
            yield problem(
                stated.at,
                "administration",
                organisation=context.name_of("organisations", stated.organisation),
                day=stated.day,
                period=programme,
            )
