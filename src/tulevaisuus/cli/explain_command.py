"""`tulevaisuus explain`: the requirement, reason, sources and examples of rules."""

from typing import Annotated

from cyclopts import Parameter

import tulevaisuus as tul
from tulevaisuus import funding
from tulevaisuus.cli.command_language import chosen_language
from tulevaisuus.cli.command_options import Language
from tulevaisuus.cli.rule_arguments import codes_of
from tulevaisuus.cli.rule_text import show_rules

__all__ = ["explain"]


def explain(
    rule: Annotated[
        str, Parameter(name="RULE", help="The code (TSK302), slug or family (TSK3) of rules.")
    ],
    /,
    *more: Annotated[str, Parameter(name="RULE", show=False)],
    language: Language = None,
) -> None:
    """Explain rules by code, family or slug."""
    # TSK7xx, why a grant may not pay a cost, are no rules of documents: plans report them.
    rules = tul.rulebook.with_(*funding.reasons)
    codes = codes_of((rule, *more), rules)
    show_rules([rules[code] for code in codes], chosen_language(language))
