"""What must hold: the rules, one pure function each, and `check`, which judges by them.

One file a family: who looks for the rules on grants opens ``grants.py``; what a rule says, in three
languages, stands in ``texts/grants.toml``.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.rules.checking import check
    from tulevaisuus.rules.context import Context
    from tulevaisuus.rules.registry import Problem, Rule, RuleTexts, problem, rule, rulebook

__all__ = [
    "Context",
    "Problem",
    "Rule",
    "RuleTexts",
    "check",
    "problem",
    "rule",
    "rulebook",
]

_HOMES = {
    "registry": ("Problem", "Rule", "RuleTexts", "problem", "rule", "rulebook"),
    "checking": ("check",),
    "context": ("Context",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _HOMES, name)

    def __dir__() -> list[str]:
        return list(__all__)
