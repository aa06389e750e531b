"""A project's life, step by step, breaks no rule; a user's machine can go on from it."""

from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

import tulevaisuus as tul
from tests.testing.drawn import EXAMPLES
from tulevaisuus.testing import ProjectLife

STEPS = settings(max_examples=EXAMPLES, stateful_step_count=20, derandomize=True, database=None)


def test_a_life_breaks_no_rule() -> None:
    """The machine's own invariants hold after each step."""
    run_state_machine_as_test(ProjectLife, settings=STEPS)


def test_a_life_gets_to_its_end() -> None:
    """Every step is taken in one life or another."""
    seen: set[object] = set()

    class Watched(ProjectLife):
        """Notes what it meets."""

        @invariant()
        def note(self) -> None:
            """Note how far grants, administration, centres and posts have come."""
            statuses = (self.status_of("shc-2020"), self.status_of("shc-2021"))
            handed_over = len(self.project.administrations or ()) == 2
            portfolio = self.portfolio
            seen.update(
                {statuses, handed_over, ("c1" in portfolio.centres, "post1" in portfolio.posts)}
            )

    run_state_machine_as_test(Watched, settings=settings(STEPS, max_examples=40))
    granted = tul.GrantStatus.GRANTED
    assert {(granted, granted), (granted, None), True, (True, True)} <= seen
