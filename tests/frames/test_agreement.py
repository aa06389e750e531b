"""Rules on frames and on objects agree: on the cases of all rules, and on dense documents.

Other engines, and more documents: tests/properties.
"""

import pytest

from tests.frames.agreement import ALL, ORDER, difference, expected, found_in, frames_of
from tests.frames.dense import dense, redefined, together
from tests.frames.packing import packed
from tests.rules.cases import BROKEN, VALID
from tulevaisuus import frames
from tulevaisuus.frames.engines.interface import Strategy
from tulevaisuus.frames.engines.polars_engine import PolarsEngine

DOCUMENTS = [*(case.registers for case in BROKEN.values()), *VALID.values()]
CASES = packed(DOCUMENTS, len(DOCUMENTS))
DENSE = together([redefined(0), *map(dense, range(60))])

pytest.importorskip("polars")


@pytest.mark.parametrize("number", range(len(CASES)))
def test_cases_of_rules_on_frames_and_objects(number: int) -> None:
    """Frames find the same in broken and valid cases as objects."""
    assert difference(CASES[number], "polars", select=ALL) == ({}, {})


def test_dense_documents_on_frames_and_objects() -> None:
    """With days and sums next to every bound, frames find what objects find."""
    assert difference(DENSE, "polars", select=ALL) == ({}, {})


def test_one_pass_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each query scans the table, all rules on rows are evaluated together."""
    monkeypatch.setattr(PolarsEngine, "strategy", Strategy.ONE_PASS)
    given = frames_of(DENSE, "polars", filled=False)
    found = found_in(frames.check(given, order=ORDER, select=ALL).violations)
    objects = expected(DENSE, select=ALL)
    assert (objects - found, found - objects) == ({}, {})
