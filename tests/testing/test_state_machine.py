"""A project's life, step by step, breaks no rule; a user's machine can go on from it."""

from typing import Any, cast

from hypothesis import settings
from hypothesis.stateful import invariant

import tulevaisuus as tul
from tests.testing.generated import EXAMPLES
from tulevaisuus.testing import ProjectLife


def live(machine: type[ProjectLife], lives: int) -> None:
    """Run so many lives, of twenty steps at most."""
    case = cast("Any", machine).TestCase  # typed only in part
    case.settings = settings(
        max_examples=lives, stateful_step_count=20, derandomize=True, database=None
    )
    case().runTest()


def test_a_life_breaks_no_rule_and_gets_to_its_end() -> None:
    """The machine's own invariants hold after each step; each step is taken in some life."""
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

    live(Watched, max(EXAMPLES, 8))  # three lives see it all today
    granted = tul.GrantStatus.GRANTED
    assert {(granted, granted), (granted, None), True, (True, True)} <= seen


def test_an_application_may_be_rejected() -> None:
    """A rejected application leaves the portfolio, so that it may be made again."""
    machine = ProjectLife()
    applied = tul.GrantStatus.APPLIED
    machine.put(tul.Grant(id="g2", call="shc-2021", project="p1", status=applied))
    assert machine.status_of("shc-2021") is applied
    machine.reject()
    assert machine.status_of("shc-2021") is None
