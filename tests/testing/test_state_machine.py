"""`ProjectLife`, the state machine of a project, breaks no rule, and can be subclassed."""

from typing import Any, cast

from hypothesis import settings
from hypothesis.stateful import invariant

import tulevaisuus as tul
from tests.testing.generated import EXAMPLES
from tulevaisuus.testing import ProjectLife


def live(machine: type[ProjectLife], lives: int) -> None:
    """Run as many lives, of twenty steps at most."""
    case = cast("Any", machine).TestCase  # typed only in part
    case.settings = settings(
        max_examples=lives, stateful_step_count=20, derandomize=True, database=None
    )
    case().runTest()


def test_life_breaks_no_rule_and_takes_every_step() -> None:
    """The invariants hold after each step; each step is taken in some life."""
    seen: set[object] = set()

    class Watched(ProjectLife):
        """Records the states that occur."""

        @invariant()
        def note(self) -> None:
            """Record the states of grants, administration, centres and posts."""
            statuses = (self.status_of("shc-2020"), self.status_of("shc-2021"))
            handed_over = len(self.project.administrations or ()) == 2
            portfolio = self.portfolio
            seen.update(
                {statuses, handed_over, ("c1" in portfolio.centres, "post1" in portfolio.posts)}
            )

    live(Watched, max(EXAMPLES, 8))  # three lives see it all today
    granted = tul.GrantStatus.GRANTED
    assert {(granted, granted), (granted, None), True, (True, True)} <= seen


def test_application_may_be_rejected() -> None:
    """A rejected application is removed from the portfolio, and can be made again."""
    machine = ProjectLife()
    applied = tul.GrantStatus.APPLIED
    machine.put(tul.Grant(id="g2", call="shc-2021", project="p1", status=applied))
    assert machine.status_of("shc-2021") is applied
    machine.reject()
    assert machine.status_of("shc-2021") is None
