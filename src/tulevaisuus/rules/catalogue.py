"""The rulebook: every rule of ours, collected from the files of the families."""

import importlib
from collections.abc import Iterator

from tulevaisuus.model import Register
from tulevaisuus.rules.book import Rule

__all__ = ["FAMILIES", "rulebook"]

FAMILIES = ("document", "programme", "regions", "grants", "projects", "centres", "posts")
"""The modules of the families, in the order of their codes: TSK0xx to TSK6xx."""


def _rules() -> Iterator[Rule]:
    for family in FAMILIES:
        module = importlib.import_module(f"tulevaisuus.rules.{family}")
        rules = [value for value in vars(module).values() if isinstance(value, Rule)]
        yield from sorted(rules, key=lambda rule: rule.code)


rulebook: Register[Rule] = Register[Rule].lazily(_rules)
