"""What the strategies draw is valid, plausible and small; what is pinned stays."""

import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import tulevaisuus as tul
from tests.helpers import found
from tests.testing.generated import few, simplest
from tulevaisuus import testing
from tulevaisuus.model.annotations import CallId
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.testing import class_strategies, strategies
from tulevaisuus.testing.finding_removal import portfolio_of

STRATEGIES: list[Callable[..., SearchStrategy[Any]]] = [
    getattr(strategies, name) for name in strategies.__all__
]
NAMES = [*strategies.__all__]
PLANNED = tul.GrantStatus.PLANNED
WINDOW = tul.Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def errors_and_warnings(portfolio: tul.Portfolio) -> list[tul.Finding]:
    """Return what the rules find in a portfolio that is more than a note."""
    found = tul.check(portfolio).findings
    return [finding for finding in found if finding.severity > tul.Severity.NOTE]


@few
@given(testing.portfolios())
def test_portfolios_break_no_rule(portfolio: tul.Portfolio) -> None:
    """No error and no warning is found in what is drawn, and it can be written and pickled."""
    assert errors_and_warnings(portfolio) == []
    assert tul.loads(tul.dumps(portfolio)) == portfolio
    assert pickle.loads(pickle.dumps(portfolio)) == portfolio


@few
@given(testing.portfolios())
def test_portfolios_hold_nothing_personal(portfolio: tul.Portfolio) -> None:
    """Nobody's name is drawn."""
    assert portfolio.without_personal_data() == portfolio


@few
@pytest.mark.parametrize("draw", STRATEGIES, ids=NAMES)
@given(data=st.data())
def test_each_strategy_draws_what_it_is_called(
    draw: Callable[..., SearchStrategy[Any]], data: st.DataObject
) -> None:
    """An entity that is drawn breaks no rule, and a value is one that the constructor takes."""
    generated = data.draw(draw())
    assert isinstance(generated, tul.Value | tul.Rule)
    assert pickle.loads(pickle.dumps(generated)) == generated
    if isinstance(generated, tul.Entity) and generated.plural in REGISTERS:
        assert draw.__name__ == generated.plural
        assert errors_and_warnings(portfolio_of(generated)) == []


def test_much_of_what_is_drawn_is_kept() -> None:
    """Strategies that leave everything unset would keep the rules, too."""
    generated: list[tul.Grant] = []

    @given(testing.grants(status=tul.GrantStatus.GRANTED))
    def note(grant: tul.Grant) -> None:
        generated.append(grant)

    note()
    for name in ("amount_eur", "usable", "applied_on", "decided_on", "announced_on", "recipient"):
        assert sum(getattr(grant, name) is not None for grant in generated) > len(generated) / 10, (
            name
        )


@few
@given(testing.grants(call="shc-2021", amount_eur=testing.amounts(min_value=5, max_value=9)))
def test_pins_are_values_or_strategies(grant: tul.Grant) -> None:
    """A pinned field is the value, or drawn from the strategy."""
    assert grant.call == "shc-2021"
    assert grant.amount_eur is not None
    assert 5 <= grant.amount_eur <= 9


@few
@given(testing.amounts())
def test_amounts_are_euros(amount: Decimal) -> None:
    """They have at most two decimals, and the size of a project's grant."""
    assert 100_000 <= amount <= 12_000_000
    assert amount == round(amount, 2)


@pytest.mark.parametrize(
    "pins",
    [
        {"usable": WINDOW},
        {"decided_on": dt.date(2021, 12, 31)},
        {"applied_on": dt.date(2020, 2, 1)},
        {"decided_on": dt.date(2021, 12, 31), "applied_on": dt.date(2021, 9, 1)},
    ],
    ids=" ".join,
)
def test_what_is_drawn_gives_way_to_pins(pins: dict[str, object]) -> None:
    """A drawn call or status that the pinned fields do not fit is exchanged for one they fit."""

    @few
    @given(testing.grants(**pins))
    def holds(grant: tul.Grant) -> None:
        assert {name: getattr(grant, name) for name in pins} == pins
        assert errors_and_warnings(portfolio_of(grant)) == []

    holds()


@few
@given(testing.grants(call="shc-2020", usable=WINDOW, status="granted"))
def test_pins_that_break_a_rule_stay(grant: tul.Grant) -> None:
    """Whoever pins what cannot be wants just that."""
    assert grant.usable == WINDOW
    assert {finding.code for finding in errors_and_warnings(portfolio_of(grant))} == {"TSK302"}


@few
@given(testing.grants(call=None))
def never_drawn(grant: tul.Grant) -> None:
    """Take a grant that cannot be."""
    raise AssertionError(grant)


def test_a_pin_that_cannot_be_is_said() -> None:
    """The field is named, as by the constructor."""
    with pytest.raises(tul.InvalidValueError) as caught:
        never_drawn()
    assert found(caught.value.findings) == ["TSK002 /call"]


def test_a_keyword_that_is_no_field() -> None:
    """It is rejected at once, and the near one suggested."""
    with pytest.raises(TypeError, match="a Grant has no field 'cal' to pin; did you mean 'call'"):
        testing.grants(cal="shc-2021")
    with pytest.raises(TypeError, match=r"a Tile has no field 'xyzzy' to pin$"):
        testing.tiles(xyzzy=1)


def test_bundled_entities_are_known_by_their_keys() -> None:
    """A pinned key of the facts gives the fact; an unknown one an entity of its own."""
    assert simplest(testing.regions(code="05")) == tul.regions["05"]
    assert simplest(testing.calls(id="shc-2021")) == tul.calls["shc-2021"]
    assert simplest(testing.programmes()) == tul.programme
    assert simplest(testing.rules(code="TSK302")) == tul.rulebook["TSK302"]
    assert simplest(testing.regions(kind="city")) == tul.regions["90"]
    assert simplest(testing.regions(code="99")).name.fi == "Esimerkki"


def test_entities_of_ones_own_are_drawn_too() -> None:
    """Calls and organisations need not be bundled."""
    assert simplest(testing.calls(), lambda call: call.id not in tul.calls).id == "c1"
    own = simplest(testing.organisations(), lambda each: each.id not in tul.organisations)
    assert own == tul.Organisation(id="o1", name=tul.Text("Esimerkki"))


@pytest.mark.parametrize("pins", [{"start": dt.date(2030, 1, 1)}, {"end": dt.date(1990, 1, 1)}])
def test_periods_with_one_bound_pinned(pins: dict[str, object]) -> None:
    """The other bound is on the right side of it, or unknown."""
    ((bound, day),) = pins.items()
    both = simplest(testing.periods(**pins), lambda period: period.start and period.end)
    assert (both.start, both.end) == (day, day)
    assert getattr(simplest(testing.periods(**pins), lambda each: not each.day_count), bound) == day


@pytest.mark.parametrize("bound", ["start", "end"])
def test_periods_with_one_bound_unknown(bound: str) -> None:
    """The other bound is always there."""
    assert getattr(simplest(testing.periods(**{bound: None})), bound) is None


def test_administrators_are_of_the_region() -> None:
    """Of municipal ones, with the county after them now and then; of none if none is known."""
    handed = testing.projects(regions=["05"])
    project = simplest(handed, lambda each: len(each.administrations or ()) == 2)
    first, second = (each.organisation for each in project.administrations or ())
    assert tul.organisations[first].region == "05"
    assert second == "county-05"
    nowhere = simplest(testing.projects(regions=[]), lambda each: each.administrations is not None)
    assert nowhere.administrations == ()


def test_shrunk_examples_can_be_read() -> None:
    """What remains of a counterexample is short."""
    assert simplest(testing.portfolios()) == tul.Portfolio()
    grant = tul.Grant(id="g1", call="shc-2020", project="varsinais-suomi", status=PLANNED)
    with_grant = simplest(testing.portfolios(), lambda portfolio: portfolio.grants)
    assert with_grant == tul.Portfolio(grants=tul.Register([grant]))
    project = simplest(testing.projects())
    assert project == tul.Project(id="p1", name=tul.Text("Esimerkki"), regions=("01",))


@few
@given(testing.portfolios(grants=[], centres=st.lists(testing.centres(id="c9"), max_size=1)))
def test_registers_can_be_pinned(portfolio: tul.Portfolio) -> None:
    """A register is pinned as any field is."""
    assert len(portfolio.grants) == 0
    assert portfolio.centres.keys() <= {"c9"}


@attrs.frozen(kw_only=True, repr=False)
class Application(tul.Value):
    """A user's own value, with our types of fields."""

    call: CallId
    grants: tuple[tul.Grant, ...] = ()
    title: tul.Text | None = None


@attrs.frozen(kw_only=True, repr=False)
class LargeGrant(tul.Grant):
    """A user's own kind of grant."""

    reason: str


@attrs.frozen(kw_only=True, repr=False)
class Machine(tul.Entity):
    """A user's own entity, in no register of ours."""

    many = "machines"

    id: str
    region: tul.Region | None = None


@few
@pytest.mark.parametrize("cls", [Application, LargeGrant, Machine])
@given(data=st.data())
def test_classes_of_a_user_are_drawn(cls: type[tul.Value], data: st.DataObject) -> None:
    """Their fields are drawn as ours are."""
    assert isinstance(data.draw(st.from_type(cls)), cls)


def test_some_portfolios_have_more_than_two_of_each() -> None:
    """A mistake that shows with the third entity is found; one search looks for all registers."""
    names: set[str] = {*vars(class_strategies)["_GENERATED"]}
    most: dict[str, int] = {}

    def note(portfolio: tul.Portfolio) -> bool:
        """Note registers with more than two entities, and whether each has been met."""
        sizes = {name: len(portfolio.registers()[name]) for name in names}
        most.update({name: size for name, size in sizes.items() if size > most.get(name, 2)})
        return most.keys() == names

    generated = settings(max_examples=3000, phases=(Phase.generate,))  # shrinking takes minutes
    find(testing.portfolios(), note, settings=generated)
    assert len(names) > 3
    assert max(most.values()) <= 5
