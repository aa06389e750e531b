"""The codes TSK7xx: why a grant may not pay a cost, and what else a plan reports.

They are rules that a plan judges, and not `check`: a document has no costs. Their words are in
``texts/tsk7_reasons.toml``.
"""

from collections.abc import Iterator, Mapping

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import Param
from tulevaisuus.rules.rule_declaration import Problem, Rule, Rulebook, problem, read_texts

__all__ = ["finding", "reasons"]


def _made() -> Iterator[Rule]:
    for fields in read_texts("tulevaisuus.funding", "tsk7_reasons").values():
        yield Rule(**fields)


reasons: Rulebook = Rulebook.lazily(_made)
"""The reasons and remarks of plans, by code or slug, with titles, explanations and sources."""


def finding(
    code: str, message: str, subject: str, path: str, params: Mapping[str, Param]
) -> Finding:
    """Make a finding of a plan.

    Args:
        code: The code of the reason.
        message: Which of its messages says it.
        subject: The kind and key of the entity: ``cost c1``.
        path: Where it is, by key: ``/costs/c1/day``.
        params: The values that the message names.
    """
    found: Problem = problem("", message, **params)
    return reasons[code].finding(found, path, subject)
