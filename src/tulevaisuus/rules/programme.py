"""TSK1xx: rules for the programme and its period.

The severity, evidence and texts of each rule are in ``severities_and_texts/tsk1_programme.toml``.
"""

from collections.abc import Iterator

from tulevaisuus.model.call import CallKind
from tulevaisuus.model.goal import GoalNumber
from tulevaisuus.model.grant import Grant
from tulevaisuus.model.post import Post
from tulevaisuus.model.programme import Programme
from tulevaisuus.model.project import Project
from tulevaisuus.rules.administrations import administration_days
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.problem_messages import Problem, problem
from tulevaisuus.rules.rule_declaration import rule, texts

TEXTS = texts("programme")


@rule(Project, Grant, needs=("period", "usable"), **TEXTS["TSK101"])
def outside_programme(entity: Project | Grant, context: Context) -> Iterator[Problem]:
    """Find periods of projects and of programme grants that reach beyond the programme."""
    programme = context.programme_period
    if programme is None:
        return
    if isinstance(entity, Project):
        if entity.period is not None:
            for side, date in entity.period.days_outside(programme):
                yield problem(
                    f"/period/{side}", "project", project=entity.id, day=date, period=programme
                )
    elif entity.usable is not None and _is_programme_grant(entity, context):
        for side, date in entity.usable.days_outside(programme):
            yield problem(f"/usable/{side}", "grant", grant=entity.id, day=date, period=programme)


def _is_programme_grant(grant: Grant, context: Context) -> bool:
    call = context.call(grant.call)
    return call is not None and call.kind is CallKind.PROGRAMME


@rule(Programme, needs=("goals",), **TEXTS["TSK102"])
def programme_goals_incomplete(programme: Programme, _: Context) -> Iterator[Problem]:
    """Find programmes that list only some of the goals."""
    if programme.goals is None:
        return
    missing = tuple(goal for goal in GoalNumber if goal not in programme.goals)
    if missing:
        yield problem("/goals", programme=programme.id, missing=missing)


@rule(Post, Project, needs=("administrations",), **TEXTS["TSK103"])
def post_outside_programme(entity: Post | Project, context: Context) -> Iterator[Problem]:
    """Find periods of posts and administrations that reach beyond the programme."""
    programme = context.programme_period
    if programme is None:
        return
    if isinstance(entity, Post):
        if entity.period is not None:
            for side, date in entity.period.days_outside(programme):
                yield problem(f"/period/{side}", "post", post=entity.id, day=date, period=programme)
        return
    for bound in administration_days(entity):
        if bound.date not in programme:
            yield problem(
                bound.path,
                "administration",
                organisation=context.name_of("organisations", bound.organisation),
                day=bound.date,
                period=programme,
            )
