"""The codes TSK7xx: why a grant may not pay a cost, and what else a plan reports.

They are rules, but a plan checks them, not `check`: a document has no costs. Their texts are in
``severities_and_texts/tsk7_reasons.toml``. A slug is the readable name of a rule, such as
``own-contribution``.
"""

from collections.abc import Iterator, Mapping

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import Param
from tulevaisuus.rules.problem_messages import Problem, problem
from tulevaisuus.rules.rule_declaration import Rule, Rulebook, read_texts

__all__ = ["finding", "reasons"]


def _make_rules() -> Iterator[Rule]:
    for fields in read_texts("tulevaisuus.funding", "tsk7_reasons").values():
        yield Rule(**fields)


reasons: Rulebook = Rulebook.lazily(_make_rules)
"""The reasons and remarks of plans, by code or slug, with titles, explanations and sources."""


def finding(
    code: str, message: str, subject: str, path: str, params: Mapping[str, Param]
) -> Finding:
    """Make a finding of a plan.

    Args:
        code: The code of the reason.
        message: The name of one of its messages.
        subject: The class and key of the entity: ``cost c1``.
        path: The path of the field, by key: ``/costs/c1/day``.
        params: The parameters of the message.
    """
    rule_problem: Problem = problem("", message, **params)
    return reasons[code].finding(rule_problem, path, subject)
