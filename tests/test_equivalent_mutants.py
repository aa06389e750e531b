"""The list of equivalent mutants is about lines that exist."""

from pathlib import Path

import pytest

from tools.equivalent_mutants import Equivalent, equivalent_mutants, is_equivalent

SOURCE = Path(__file__).parents[1] / "src" / "tulevaisuus"
LISTED = equivalent_mutants()


@pytest.mark.parametrize(
    "each", LISTED, ids=[f"{n} {each['why']}" for n, each in enumerate(LISTED)]
)
def test_listed_line_is_in_its_module(each: Equivalent) -> None:
    """A list that is not kept up would hide survivors of other code."""
    lines = [line.strip() for line in (SOURCE / each["module"]).read_text("utf-8").splitlines()]
    assert each["line"] in lines
    assert each["line"] not in each["mutants"]


def test_only_a_listed_change_is_equivalent() -> None:
    """Another change of the same line, or the same change elsewhere, is a survivor."""
    diff = "@@ -5 +5 @@\n-_GZIP_LEVEL = 6\n+_GZIP_LEVEL =  7"
    assert is_equivalent("formats/compression.py", diff)
    assert not is_equivalent("formats/compression.py", diff.replace("7", "8"))
    assert not is_equivalent("formats/other.py", diff)
