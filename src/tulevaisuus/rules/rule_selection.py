"""Selects rules by code, family or slug, and by their evidence.

A family is the rules on one topic, such as TSK3 on grants; a slug is a name of a rule that can be
read, such as ``call-overspent``. Evidence is how firmly the sources support a rule.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import TypeAlias

from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.register import Register
from tulevaisuus.rules.rule_declaration import Rule

__all__ = ["Selection", "matching_codes", "select_rules"]

Selection: TypeAlias = str | Rule | Iterable[str | Rule]
"""A code (``TSK302``), a family (``TSK3`` or ``TSK3xx``), a slug or a rule, or several of them."""


def select_rules(
    rules: Register[Rule],
    select: Selection | None,
    ignore: Selection,
    min_evidence: Evidence = Evidence.WEAK,
) -> list[Rule]:
    """Return the rules of a selection.

    Args:
        rules: All rules.
        select: The rules to return; ``None`` means all except those that run on request.
        ignore: The rules to leave out.
        min_evidence: Rules with weaker evidence are left out.

    Raises:
        UnknownCodeError: No rule has a code, family or slug of the selections.
    """
    if select is None:
        selected_codes = {rule.code for rule in rules if not rule.on_request}
    else:
        selected_codes = _codes(rules, select)
    codes = selected_codes - _codes(rules, ignore)
    strong_enough = {None, *(evidence for evidence in Evidence if evidence >= min_evidence)}
    return [rule for rule in rules if rule.code in codes and rule.evidence in strong_enough]


def _codes(rules: Register[Rule], selection: Selection) -> set[str]:
    """Return the codes of all rules in a selection."""
    items: list[object] = [selection]
    if isinstance(selection, Iterable) and not isinstance(selection, str):
        items = [*selection]
    return {code for item in items for code in matching_codes(rules, _name_of(item))}


def _name_of(item: object) -> str:
    """Return an item of a selection as text: a code, family or slug."""
    if isinstance(item, str):
        return item
    if isinstance(item, Rule):
        return item.code
    message = "a rule is selected by its code, family or slug, as text, or as a Rule"
    raise TypeError(f"{message}, not by {type(item).__name__}")


def matching_codes(rules: Register[Rule], word: str) -> list[str]:
    """Return the codes of the rules with a code, family or slug; upper and lower case are the same.

    Raises:
        UnknownCodeError: No rule matches.
    """
    name = word.casefold()
    family = re.sub("x+$", "", name)  # ``tsk3xx`` means the same as ``tsk3``
    codes = [rule.code for rule in rules if name in rule.called or family in _families(rule.code)]
    if not codes:
        suggestions = suggest(word, [name for rule in rules for name in (rule.code, rule.slug)])
        message = f"no rule or family is called '{quote(word)}'"
        message += f"; did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
        raise UnknownCodeError(message, word, suggestions)
    return codes


@functools.cache
def _families(rule_code: str) -> tuple[str, str]:
    """Return the two family names of a rule: with its first digit (``tsk3``) and without it."""
    code = rule_code.casefold()
    return code[:-2], re.sub("[0-9]+$", "", code)
