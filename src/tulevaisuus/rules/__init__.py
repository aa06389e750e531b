"""The rules on objects, each with one pure function, and `check`, which applies them to data.

The same rules on data frames are in ``frames/table_rules/``. Each family of rules has a module with
the functions, and a file in ``severities_and_texts/`` with the severity, the evidence and the texts
in three languages, such as ``tsk3_grants.toml``:

======  ==========================================
codes   functions
======  ==========================================
TSK0xx  ``document.py``
TSK1xx  ``programme.py``
TSK2xx  ``regions_counties_and_municipalities.py``
TSK3xx  ``grants.py``
TSK4xx  ``projects.py``
TSK5xx  ``centres.py``
TSK6xx  ``posts.py``
======  ==========================================
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.rules.checking import check
    from tulevaisuus.rules.lookups import Context
    from tulevaisuus.rules.problem_messages import Problem, problem
    from tulevaisuus.rules.rule_declaration import Rule, RuleTexts, rule, rulebook

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

_NAMES_BY_MODULE = {
    "problem_messages": ("Problem", "problem"),
    "rule_declaration": ("Rule", "RuleTexts", "rule", "rulebook"),
    "checking": ("check",),
    "lookups": ("Context",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _NAMES_BY_MODULE, name)

    def __dir__() -> list[str]:
        return list(__all__)
