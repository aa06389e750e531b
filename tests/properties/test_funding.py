"""Plans against brute force: no plan of a small case pays more, and no cent is lost."""

import datetime as dt
import functools
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, product
from typing import NamedTuple

import attrs
from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tulevaisuus.funding import Cost, Plan, plan
from tulevaisuus.funding.max_flow_assignment import assign, is_nested

START = dt.date(2021, 1, 1)
OWN = attrs.evolve(
    tul.reference.calls["rakenne-2020"], id="own", cost_period=None, grant_share_percent=None
)
CATEGORIES = ("travel", "materials", "administration", None)


class Demand(NamedTuple):
    """A demand for cents, with the funds that may pay it."""

    cents: int
    payers: tuple[int, ...]


PAYERS = st.sets(st.integers(0, 2)).map(lambda some: tuple(sorted(some)))
DEMANDS = st.lists(st.builds(Demand, st.integers(0, 3), PAYERS), max_size=5)
FUNDS = st.lists(st.integers(0, 4), min_size=3, max_size=3)


def most(demands: Sequence[Demand], funds: Sequence[int]) -> int:
    """Try every way to pay every demand, and return the maximum."""

    @functools.cache
    def best(place: int, left: tuple[int, ...]) -> int:
        """Return the most that can be paid from a demand on."""
        if place == len(demands):
            return 0
        return max(gain + best(place + 1, after) for gain, after in ways(demands[place], left))

    return best(0, tuple(funds))


def ways(demand: Demand, left: tuple[int, ...]) -> list[tuple[int, tuple[int, ...]]]:
    """Return every way to pay a demand: the cents, and what is left of the funds."""
    found = [(0, left)]
    for fund in demand.payers:
        found = [
            (gain + cents, (*rest[:fund], rest[fund] - cents, *rest[fund + 1 :]))
            for gain, rest in found
            for cents in range(min(rest[fund], demand.cents - gain) + 1)
        ]
    return found


@given(DEMANDS, FUNDS)
def test_no_assignment_pays_more(demands: list[Demand], funds: list[int]) -> None:
    """The plan pays as much as the best of all ways; no fund pays more than it has."""
    shares = assign(demands, funds)
    assert sum(share.cents for share in shares) == most(demands, funds)
    spent, met = Counter[int](), Counter[int]()
    for demand, fund, cents in shares:
        assert cents > 0
        assert fund in demands[demand].payers
        spent[fund] += cents
        met[demand] += cents
    assert all(spent[place] <= fund for place, fund in enumerate(funds))
    assert all(met[place] <= demand.cents for place, demand in enumerate(demands))


def test_no_assignment_of_all_small_cases_pays_more() -> None:
    """Three demands on two funds, with all combinations of payers and amounts."""
    options = [Demand(cents, payers) for cents in (1, 2) for payers in ((0,), (1,), (0, 1))]
    for demands in product(options, repeat=3):
        for funds in product(range(4), repeat=2):
            paid = sum(share.cents for share in assign(demands, funds))
            assert paid == most(demands, funds), (demands, funds)


@given(DEMANDS, FUNDS)
def test_earlier_demands_get_the_most(demands: list[Demand], funds: list[int]) -> None:
    """They are paid as if later ones did not exist."""
    met = Counter[int]()
    for demand, _, cents in assign(demands, funds):
        met[demand] += cents
    for count in range(len(demands) + 1):
        assert sum(met[place] for place in range(count)) == most(demands[:count], funds)


@given(DEMANDS, FUNDS, FUNDS)
def test_larger_funds_take_nothing_away(
    demands: list[Demand], funds: list[int], more: list[int]
) -> None:
    """No demand gets less where funds are larger, so two plans bound all between them."""
    small, large = Counter[int](), Counter[int]()
    for demand, _, cents in assign(demands, funds):
        small[demand] += cents
    for demand, _, cents in assign(demands, [a + b for a, b in zip(funds, more, strict=True)]):
        large[demand] += cents
    assert all(small[place] <= large[place] for place in range(len(demands)))


@given(DEMANDS, FUNDS)
def test_nested_demands_are_paid_one_by_one(demands: list[Demand], funds: list[int]) -> None:
    """Where the payers are nested, a demand's payer does not depend on later demands."""
    if is_nested(demands):
        whole = assign(demands, funds)
        for count in range(len(demands)):
            assert assign(demands[:count], funds) == [s for s in whole if s.demand < count]


DAYS = st.integers(0, 12).map(lambda count: START + dt.timedelta(days=count))
PERIODS = st.tuples(DAYS, DAYS).map(lambda days: tul.Period(min(days), max(days)))
EUROS = st.integers(1, 300).map(lambda cents: Decimal(cents).scaleb(-2))


@st.composite
def costs(draw: st.DrawFn) -> list[Cost]:
    """Generate a few costs: days and periods, categories of either list, corrections among them."""
    return [
        Cost(
            f"c{place}",
            draw(DAYS | PERIODS),
            draw(EUROS | EUROS.map(lambda euros: -euros)),
            "p",
            draw(st.sampled_from(CATEGORIES)),
        )
        for place in range(draw(st.integers(0, 6)))
    ]


@st.composite
def grants(draw: st.DrawFn) -> list[tul.Grant]:
    """Generate a few grants: known and unknown amounts, both lists of categories."""
    return [
        tul.Grant(
            id=f"g{place}",
            call=draw(st.sampled_from(["own", "shc-2021", "yta-2021"])),
            project="p",
            status=tul.GrantStatus.GRANTED,
            amount_eur=draw(EUROS | st.none()),
            precision=tul.Precision.ROUNDED if draw(st.booleans()) else None,
            rounded_to_eur=Decimal("0.5"),
            usable=draw(PERIODS),
        )
        for place in range(draw(st.integers(0, 4)))
    ]


def money(some: Sequence[tul.Grant]) -> tul.Portfolio:
    """Return a portfolio of grants."""
    return tul.Portfolio(grants=tul.Register(some), calls=tul.Register([OWN]))


def exact(grant: tul.Grant, euros: Decimal) -> tul.Grant:
    """Return the grant with a known amount."""
    if not euros:
        return attrs.evolve(grant, status=tul.GrantStatus.PLANNED, amount_eur=None, precision=None)
    return attrs.evolve(grant, amount_eur=euros, precision=None, rounded_to_eur=None)


@given(costs(), grants(), st.booleans())
def test_order_of_the_input_does_not_matter(
    some: list[Cost],
    given_grants: list[tul.Grant],
    split: bool,  # noqa: FBT001 - generated
) -> None:
    """Costs and grants in any order make the same plan, with the same findings."""
    made = plan(some, money(given_grants), split_by_day=split)
    other = plan(some[::-1], money(given_grants[::-1]), split_by_day=split)
    assert (made, made.findings) == (other, other.findings)


@given(costs(), grants(), st.booleans())
def test_no_cent_is_lost(
    some: list[Cost],
    given_grants: list[tul.Grant],
    split: bool,  # noqa: FBT001 - generated
) -> None:
    """Paid and unpaid amounts add up to the costs; no grant pays more than it has."""
    known = [exact(each, each.amount_eur or Decimal(1)) for each in given_grants]
    made = plan(some, money(known), split_by_day=split)
    unpaid = tul.Amount.total(made.unpaid.values())
    assert unpaid.exact is not None
    paid = sum((each.amount_eur for each in made.payments), Decimal(0))
    assert paid + unpaid.exact == sum((each.amount_eur for each in some), Decimal(0))
    assert made.possible == made.payments
    for each in known:
        rest = made.remaining(each)
        assert rest.exact is not None
        assert rest.exact >= 0
        assert each.amount - rest == tul.Amount(*[_paid_by(made, each.id)] * 2)


def _paid_by(made: Plan, grant: str) -> Decimal:
    return sum((each.amount_eur for each in made.payments if each.grant == grant), Decimal(0))


@given(costs(), grants())
def test_plan_pays_what_the_smallest_cut_allows(
    some: list[Cost], given_grants: list[tul.Grant]
) -> None:
    """By the max-flow min-cut theorem no set of grants could pay more.

    The reasons are checked here by the plain text of the decree, without the library's own code.
    """
    known = [
        exact(each, each.amount_eur or Decimal(1))
        for each in given_grants
        if each.call != "yta-2021"
    ]
    positive = [each for each in some if each.amount_eur > 0]
    made = plan(positive, money(known))
    assert made.paid.exact == min(
        sum((each.amount.least or Decimal(0) for each in chosen), Decimal(0))
        + sum((each.amount_eur for each in positive if _needs(each, known, chosen)), Decimal(0))
        for size in range(len(known) + 1)
        for chosen in combinations(known, size)
    )


def _payers(cost: Cost, known: Sequence[tul.Grant]) -> set[tul.Grant]:
    """Return the grants whose period and list of categories a cost is in."""
    lists = {
        "own": {"personnel", "travel", "rents", "materials", "external_expertise", None},
        "shc-2021": {"travel", "administration", None},
    }
    return {
        each
        for each in known
        if each.usable is not None
        and cost.first_day in each.usable
        and cost.last_day in each.usable
        and cost.category in lists[each.call]
    }


def _needs(cost: Cost, known: Sequence[tul.Grant], chosen: Sequence[tul.Grant]) -> bool:
    """Return whether a cost can be paid by a grant outside the chosen ones."""
    return bool(_payers(cost, known) - {*chosen})


@given(
    costs(), grants(), st.lists(st.integers(0, 400), min_size=4, max_size=4), DAYS, st.booleans()
)
def test_unknown_amounts_are_within_the_bounds(
    some: list[Cost],
    given_grants: list[tul.Grant],
    chosen_cents: list[int],
    on: dt.date,
    split: bool,  # noqa: FBT001 - generated
) -> None:
    """Whatever the amounts are, the results are in the intervals of the plan."""
    known: list[tul.Grant] = []
    for grant, cents in zip(given_grants, chosen_cents, strict=False):
        euros = Decimal(cents).scaleb(-2)
        least = (grant.amount.least or Decimal(0)).quantize(Decimal("0.01"), "ROUND_CEILING")
        bound = grant.amount.most
        inside = max(least, euros if bound is None else min(euros, bound)).quantize(
            Decimal("0.01"), "ROUND_FLOOR"
        )
        known.append(exact(grant, inside))
    vague = plan(some, money(given_grants), split_by_day=split)
    made = plan(some, money(known), split_by_day=split)
    for cost in made.costs:
        _inside(made.unpaid[cost.id], vague.unpaid[cost.id])
    for grant in known:
        if grant.status is tul.GrantStatus.GRANTED:
            _inside(made.remaining(grant), vague.remaining(grant))
            _inside(made.remaining(grant, on=on), vague.remaining(grant, on=on))
    own = {each.grant: each.amount for each in vague.own_contributions}
    for each in made.own_contributions:
        _inside(each.amount, own[each.grant])
    _inside(made.paid, vague.paid)


def _inside(amount: tul.Amount, bounds: tul.Amount) -> None:
    """Check that an amount is within bounds."""
    assert amount.exact is not None
    assert bounds.least is None or bounds.least <= amount.exact
    assert bounds.most is None or amount.exact <= bounds.most
