"""Which rules are selected: by code, family or slug, and by their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from tulevaisuus.findings.expectations import quote
from tulevaisuus.findings.lookup_errors import UnknownCodeError
from tulevaisuus.findings.suggestions import suggest
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.register import Register
from tulevaisuus.rules.rule_declaration import Rule

__all__ = ["Selection", "matching_codes", "selected"]

Selection: TypeAlias = str | Rule | Iterable[str | Rule]
"""A code (``TSK302``), a family (``TSK3`` or ``TSK3xx``), a slug or a rule, or several of them."""


def selected(
    rules: Register[Rule],
    select: Selection | None,
    ignore: Selection,
    min_evidence: Evidence = Evidence.WEAK,
) -> list[Rule]:
    """Return the selected rules; `UnknownCodeError` for a word that names none."""
    wanted = None if select is None else _codes(rules, select)
    unwanted = _codes(rules, ignore)
    return [
        rule
        for rule in rules
        if (not rule.on_request if wanted is None else rule.code in wanted)
        and rule.code not in unwanted
        and (rule.evidence is None or rule.evidence >= min_evidence)
    ]


def _codes(rules: Register[Rule], selection: Selection) -> set[str]:
    named: list[object] = [selection]
    if isinstance(selection, Iterable) and not isinstance(selection, str):
        named = [*selection]
    return {code for each in named for code in matching_codes(rules, _word(each))}


def _word(named: object) -> str:
    """Return what names rules in a selection: a text, or the code of a rule."""
    if isinstance(named, str):
        return named
    if isinstance(named, Rule):
        return named.code
    message = "a rule is selected by its code, family or slug, as text, or by itself"
    raise TypeError(f"{message}, not by {type(named).__name__}")


def matching_codes(rules: Register[Rule], word: str) -> list[str]:
    """Return the codes of the rules of a code, family or slug, in any case.

    `UnknownCodeError` for a word that fits none.
    """
    wanted = word.casefold()
    family = re.sub("x+$", "", wanted)
    codes = [rule.code for rule in rules if wanted in rule.called or family in _families(rule)]
    if not codes:
        suggestions = suggest(word, [name for rule in rules for name in (rule.code, rule.slug)])
        message = f"no rule or family is called '{quote(word)}'"
        message += f"; did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
        raise UnknownCodeError(message, word, suggestions)
    return codes


def _families(rule: Rule) -> tuple[str, str]:
    """Return a rule's family by its digit (``tsk3``) and by its prefix (``tsk``)."""
    code = rule.code.casefold()
    return code[:-2], re.sub("[0-9]+$", "", code)
