"""The mutants that behave like the original, as ``equivalent_mutants.toml`` lists them."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict, cast

__all__ = ["Equivalent", "equivalent_mutants", "is_equivalent"]


class Equivalent(TypedDict):
    """A line of a module, the mutants of it that behave the same, and the reason."""

    module: str
    line: str
    mutants: list[str]
    why: str


def equivalent_mutants() -> list[Equivalent]:
    """Return the listed mutants."""
    text = Path(__file__).with_suffix(".toml").read_text("utf-8")
    return cast("list[Equivalent]", tomllib.loads(text)["equivalent"])


def is_equivalent(module: str, diff: str) -> bool:
    """Return whether the one changed line of a mutant is in the list; blanks make no difference."""
    before = _without_blanks(line[1:] for line in diff.splitlines() if line.startswith("-"))
    after = _without_blanks(line[1:] for line in diff.splitlines() if line.startswith("+"))
    return any(
        each["module"] == module
        and before == _without_blanks([each["line"]])
        and after in [_without_blanks([mutant]) for mutant in each["mutants"]]
        for each in equivalent_mutants()
    )


def _without_blanks(lines: Iterable[str]) -> str:
    return re.sub(r"\s", "", "".join(lines))
