"""The rules on objects, each with one pure function, and `check`, which applies them to data.

The same rules on data frames are in ``frames/table_rules/``. Each family of rules has a module with
the functions and a file with the texts in three languages:

=======  ==================  ==============================
codes    functions           texts
=======  ==================  ==============================
TSK0xx   ``document.py``     ``texts/tsk0_document.toml``
TSK1xx   ``programme.py``    ``texts/tsk1_programme.toml``
TSK2xx   ``regions.py``      ``texts/tsk2_regions.toml``
TSK3xx   ``grants.py``       ``texts/tsk3_grants.toml``
TSK4xx   ``projects.py``     ``texts/tsk4_projects.toml``
TSK5xx   ``centres.py``      ``texts/tsk5_centres.toml``
TSK6xx   ``posts.py``        ``texts/tsk6_posts.toml``
=======  ==================  ==============================
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.rules.checking import check
    from tulevaisuus.rules.lookups import Context
    from tulevaisuus.rules.problems import Problem, problem
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
    "problems": ("Problem", "problem"),
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
