"""Settings of Hypothesis: the same examples in every run, so that results are reproducible.

`pytest --hypothesis-profile=search` tries new examples; `nox -s proofs` does so for the properties.
"""

import gc
import importlib
import importlib.util
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

# Only `proofs` and `search` explain failures: for the example in the README, the explanation takes
# fifteen seconds, and finding it a fifth of a second.
UNEXPLAINED = tuple(phase for phase in Phase if phase is not Phase.explain)

# A machine that runs several jobs at once is slow, and its strategies are not to blame.
UNTIMED = (HealthCheck.too_slow,)

# Every run tries the same examples, so that more of them find the same; `nox -s proofs` tries 300
# new ones each night, on every Python.
settings.register_profile(
    "tests",
    deadline=None,
    derandomize=True,
    max_examples=25,
    phases=UNEXPLAINED,
    suppress_health_check=UNTIMED,
)
settings.register_profile("proofs", deadline=None, max_examples=300, suppress_health_check=UNTIMED)
settings.register_profile("search", deadline=None, max_examples=1000, suppress_health_check=UNTIMED)
settings.load_profile("tests")

# Ten thousand tests are many objects, which the default would look through for garbage all the
# time: that is a fifth of what collecting the tests costs.
gc.set_threshold(100_000, 50, 50)

PROOFS = {"properties", "testing"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Add the marker `proof` to the tests that state a property of any input."""
    for item in items:
        if item.path.parent.name in PROOFS:
            item.add_marker(pytest.mark.proof)


@pytest.fixture(scope="session")
def drawings() -> Iterator[None]:
    """Draw equal pictures once, for tests of the pages around them: Vega takes a while for each."""
    drawn: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        if importlib.util.find_spec("vl_convert") is not None:
            vl_convert: Any = importlib.import_module("vl_convert")
            draw: Callable[[object], str] = vl_convert.vegalite_to_svg

            def draw_once(spec: object) -> str:
                """Return the picture of a specification."""
                key = json.dumps(spec)
                if key not in drawn:
                    drawn[key] = draw(spec)
                return drawn[key]

            patch.setattr(vl_convert, "vegalite_to_svg", draw_once)
        yield
