"""Choosing rules: by code, by family, by slug, and by how firmly they stand."""

import re
from collections.abc import Iterable
from typing import TypeAlias

from tulevaisuus.findings import UnknownCodeError
from tulevaisuus.findings.near import near
from tulevaisuus.model import Evidence, Register
from tulevaisuus.rules.book import Rule

__all__ = ["Selection", "fitting", "selected"]

Selection: TypeAlias = str | Iterable[str]
"""A code (``TSK302``), a family (``TSK3`` or ``TSK3xx``) or a slug, or several of them."""


def selected(
    rules: Register[Rule],
    select: Selection | None,
    ignore: Selection,
    min_evidence: Evidence = Evidence.WEAK,
) -> list[Rule]:
    """Return the rules that are chosen; `UnknownCodeError` for a word that fits none."""
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
    words = [selection] if isinstance(selection, str) else selection
    return {code for word in words for code in fitting(rules, word)}


def fitting(rules: Register[Rule], word: str) -> list[str]:
    """Return the codes of the rules of a code, family or slug.

    `UnknownCodeError` for a word that fits none.
    """
    family = re.sub("x+$", "", word)
    codes = [
        rule.code
        for rule in rules
        if word in {rule.code, rule.slug} or rule.code.removesuffix(rule.code[-2:]) == family
    ]
    if not codes:
        known = [name for rule in rules for name in (rule.code, rule.slug)]
        nearest = near(word, known)
        message = f"no rule or family is called {word!r}"
        message += f"; did you mean {' or '.join(map(repr, nearest))}?" if nearest else ""
        raise UnknownCodeError(message, word, nearest)
    return codes
