"""`plan`: which grant pays which cost, in the order of days, and the balances."""

import copy
import datetime as dt
import decimal
import pickle
from decimal import Decimal

import attrs
import pytest

import tulevaisuus as tul
from tests.funding.plans import cost, day, found, grant, paid, portfolio
from tulevaisuus import funding
from tulevaisuus.funding import Cost, Lapse, Payment, plan

EARLY = tul.Period.of_years(2021, 2021)
LATE = tul.Period.of_years(2021, 2022)
TWO = portfolio(grant("late", 100, LATE), grant("early", 100, EARLY))


def test_grant_that_ends_first_pays_first() -> None:
    """What would lapse earlier is used earlier; the other grant pays the rest."""
    made = plan([cost("a", euros=150)], TWO)
    assert paid(made) == [("a", "early", Decimal(100)), ("a", "late", Decimal(50))]
    assert not made.unpaid
    assert made.remaining("late") == tul.Amount(50, 50)
    assert made.lapses == (Lapse("late", day("2022-12-31"), tul.Amount(50, 50)),)


def test_early_grant_is_kept_for_costs_that_only_it_can_pay() -> None:
    """A later cost of the late grant and an earlier one of both are paid in full."""
    made = plan([cost("b", "2022-02-01", 100), cost("a", "2021-02-01", 100)], TWO)
    assert paid(made) == [("a", "early", Decimal(100)), ("b", "late", Decimal(100))]
    assert made.paid == tul.Amount(200, 200)
    assert not made.lapses


def test_cost_beyond_the_grants_is_unpaid() -> None:
    """When the grants are used up, the rest of the last cost is not paid."""
    made = plan([cost("a", euros=150), cost("b", "2021-07-01", 80)], TWO)
    assert dict(made.unpaid) == {"b": tul.Amount(30, 30)}
    assert made.unpaid["a"] == tul.Amount(0, 0)
    assert found(made, "cost b") == ["TSK705"]
    assert not found(made)


def test_plan_pays_more_than_a_greedy_one() -> None:
    """Where one grant pays few categories, the other is kept for costs that only it can pay."""
    calls = tul.reference.calls
    narrow = attrs.evolve(
        calls["rakenne-2020"], id="own", cost_period=None, grant_share_percent=None
    )
    money = portfolio(
        grant("narrow", 100, EARLY, call="own"), grant("wide", 100, EARLY), calls=(narrow,)
    )
    costs = [
        cost("a", "2021-02-01", 100, category="travel"),
        cost("b", "2021-03-01", 100, category="materials"),
    ]
    made = plan(costs, money)
    assert paid(made) == [("a", "wide", Decimal(100)), ("b", "narrow", Decimal(100))]
    assert found(made, "cost b") == ["TSK715"]


def test_bounds_of_a_period_are_inside() -> None:
    """The first and last days of use are covered; the day before and after are not."""
    money = portfolio(grant("g", usable=LATE))
    days = ("2020-12-31", "2021-01-01", "2022-12-31", "2023-01-01")
    made = plan([cost(when, when) for when in days], money)
    assert [each.cost for each in made.payments] == ["2021-01-01", "2022-12-31"]
    assert found(made, "cost 2023-01-01") == ["TSK713", "TSK704"]


def test_cost_period_of_the_call_applies_too() -> None:
    """A period of use beyond the call's cost period does not help."""
    usable = tul.Period.of_years(2020, 2024)
    made = plan(
        [cost("a", "2020-06-01"), cost("b", "2024-01-01")], portfolio(grant("g", 9, usable))
    )
    assert not made.payments
    assert found(made) == ["TSK714", "TSK704"]
    assert made.reasons_for("a")[0].path == "/costs/a/day"


def test_cost_period_applies_without_a_period_of_use() -> None:
    """A missing first day is open, which is noted of the grant."""
    made = plan([cost("a", "2020-01-15")], portfolio(grant("g", 100, None, call="shc-2020")))
    assert paid(made) == [("a", "g", Decimal(100))]
    assert found(made, "grant g") == ["TSK721"]


def test_open_end_never_lapses() -> None:
    """A grant without a last day has no known date of lapsing."""
    call = tul.Call(id="own", name=tul.Text("Oma haku"))
    money = portfolio(grant("g", 100, tul.Period(day("2021-01-01")), call="own"), calls=(call,))
    made = plan([cost("a", "2030-01-01", 1)], money)
    assert made.lapses == ()
    assert found(made, "grant g") == ["TSK721"]
    assert made.remaining("g", on=dt.date.max) == tul.Amount(99, 99)


def test_grant_without_any_days_pays_nothing() -> None:
    """It is not known which days it pays for."""
    call = tul.Call(id="own", name=tul.Text("Oma haku"))
    made = plan([cost("a")], portfolio(grant("g", 100, None, call="own"), calls=(call,)))
    assert found(made) == ["TSK712", "TSK704"]


def test_unknown_call_has_no_cost_period() -> None:
    """Of a call that is not recorded only the grant's own period of use applies."""
    made = plan([cost("a", category="materials")], portfolio(grant("g", call="lost")))
    assert paid(made) == [("a", "g", Decimal(100))]


@pytest.mark.parametrize("status", ["planned", "applied", "rejected"])
def test_only_granted_money_pays(status: str) -> None:
    """Planned, applied and rejected grants pay nothing, and the reason has the status."""
    money = portfolio(grant("g", None, status=tul.GrantStatus(status)))
    made = plan([cost("a")], money)
    assert found(made) == ["TSK711", "TSK704"]
    assert tul.GrantStatus(status).label.get("fi") in made.findings[0].message("fi")
    assert made.remaining("g") == tul.Amount(0, 0)


def test_grants_are_those_of_the_portfolio() -> None:
    """The bundled grants of a project pay only if they are in the portfolio."""
    costs = [cost("a", project="varsinais-suomi")]
    made = plan(costs, tul.Portfolio())
    assert found(made) == ["TSK704"]
    assert "no grant in the portfolio" in made.findings[0].message("en")
    assert paid(plan(costs, tul.reference)) == [("a", "vs-2020", Decimal(100))]


def test_projects_are_found_by_name() -> None:
    """A ledger may name the project, in any language and case."""
    made = plan(
        [cost("a", project="OMA HANKE"), cost("b", project="hanke-1")], portfolio(grant("g"))
    )
    assert [each.cost for each in made.payments] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "paying"),
    [
        ("Satakunta", "satakunta-2021"),
        ("SATAKUNTA", "satakunta-2021"),
        ("Etelä-Savo", "etela-savo-2020"),
    ],
)
def test_ids_are_found_in_any_letters(text: str, paying: str) -> None:
    """The name of a region is the id of its project here, apart from capitals and accents."""
    made = plan([cost("a", "2022-06-01", project=text)], tul.reference)
    assert paid(made) == [("a", paying, Decimal(100))]


def test_a_name_of_two_projects_is_reported() -> None:
    """Both are suggested, and neither is taken."""
    money = portfolio(grant("g"))
    (project,) = money.projects
    both = attrs.evolve(
        money, projects=tul.Register([project, attrs.evolve(project, id="hanke-2")])
    )
    made = plan([cost("a", project=project.name.fi)], both)
    assert found(made) == ["TSK701"]
    assert "did you mean hanke-1, hanke-2" in made.findings[0].message("en")


def test_ids_of_projects_of_grants_are_found_in_any_letters() -> None:
    """Also if only a grant has the id."""
    money = tul.Portfolio(grants=tul.Register([grant("g", project="oma-hanke")]))
    assert paid(plan([cost("a", project="Oma-hanke")], money)) == [("a", "g", Decimal(100))]


def test_unknown_project_is_reported() -> None:
    """No grant pays its costs; similar ids are suggested."""
    made = plan([cost("a", project="hankee-1"), cost("b", project="???")], portfolio(grant("g")))
    assert found(made) == ["TSK701"]
    assert "did you mean hanke-1" in made.findings[0].message("en")
    assert "record it" in made.reasons_for("b")[0].message("en")
    assert made.unpaid["a"] == tul.Amount(100, 100)


def test_project_of_grants_is_known() -> None:
    """A portfolio need not contain a project to have its grants."""
    money = tul.Portfolio(grants=tul.Register([grant("g", project="x")]))
    assert paid(plan([cost("a", project="x")], money)) == [("a", "g", Decimal(100))]


def test_categories_are_those_of_the_decree() -> None:
    """Ids, names in the decree and short names are known; others are reported."""
    names = ["travel", "Matkakustannukset", "resor", "hankkeen henkilöstökustannukset", "Löner"]
    costs = [cost(name, euros=1, category=name) for name in names]
    made = plan(
        [*costs, cost("a", category="4000"), cost("b", category="travle")], portfolio(grant("g"))
    )
    assert [each.cost for each in made.payments] == sorted(names)
    assert found(made) == ["TSK703", "TSK715", "TSK704"]
    assert "did you mean travel" in made.reasons_for("b")[0].message("en")


def test_accounts_are_mapped_to_categories() -> None:
    """An account has the category that the caller maps it to; an unknown one is an error."""
    made = plan([cost("a", category="4000")], portfolio(grant("g")), categories={"4000": "travel"})
    assert paid(made) == [("a", "g", Decimal(100))]
    with pytest.raises(tul.UnknownCodeError, match="no cost category 'travle'"):
        plan([], portfolio(), categories={"4000": "travle"})
    named = {"4000": "Matkakustannukset"}
    assert plan([cost("a", category="4000")], portfolio(grant("g")), categories=named).payments


@pytest.mark.parametrize(
    ("organisation", "when", "expected"),
    [
        ("turku", "2022-12-31", []),
        ("turku", "2023-01-01", ["TSK716", "TSK704"]),
        ("county-05", "2023-01-01", []),
        ("Varha", "2022-12-31", ["TSK716", "TSK704"]),
        ("vsshp", "2022-06-01", []),
        ("pori", "2022-06-01", ["TSK716", "TSK704"]),
        (None, "2023-06-01", []),
    ],
)
def test_costs_of_administrators_and_participants(
    organisation: str | None, when: str, expected: list[str]
) -> None:
    """Only the administrator of the day and participants have eligible costs."""
    days = tul.Period.parse
    money = portfolio(
        grant("g"),
        administrations=(
            tul.Administration("turku", days("1.1.2020–31.12.2022")),
            tul.Administration("county-05", days("1.1.2023 alkaen")),
        ),
        participants=("vsshp",),
    )
    made = plan([cost("a", when, organisation=organisation)], money)
    assert found(made) == expected


def test_old_administrator_ends_with_2022() -> None:
    """Without recorded days its costs end with 2022; a county's do not."""
    for organisation, expected in (("turku", ["TSK716", "TSK704"]), ("county-05", [])):
        money = portfolio(grant("g"), administrations=(tul.Administration(organisation),))
        made = plan([cost("a", "2023-01-01", organisation=organisation)], money)
        assert found(made) == expected
        assert not found(plan([cost("a", organisation=organisation)], money))


@pytest.mark.parametrize(
    ("when", "organisation", "is_paid"),
    [
        ("2023-01-01", "county-05", True),
        ("2023-01-01", "Varha", True),
        ("2023-01-01", "Egentliga Finlands välfärdsområde", True),
        ("2022-12-31", "Varha", False),
        ("2022-12-31/2023-01-01", "Varha", False),
        ("2023-01-01", "Pirha", False),
        ("2023-01-01", "Varhaa", False),
    ],
)
def test_county_follows_an_old_administrator(
    when: str, organisation: str, *, is_paid: bool
) -> None:
    """From 2023 the county of the region has eligible costs, even if that is not recorded."""
    money = portfolio(grant("g"), administrations=(tul.Administration(organisation="turku"),))
    made = plan([cost("a", when, organisation=organisation)], money)
    assert bool(made.payments) is is_paid
    assert (found(made) == []) is is_paid


def test_county_does_not_follow_a_recorded_administrator() -> None:
    """Where another county is recorded, or no administrator is known, it is not eligible."""
    for administrator in ("county-06", "nobody-knows"):
        now = (tul.Administration(organisation=administrator),)
        money = portfolio(grant("g"), administrations=now)
        assert not plan([cost("a", "2023-01-01", organisation="Varha")], money).payments


def test_without_administrators_everybody_is_eligible() -> None:
    """What is not recorded is no reason against a cost."""
    assert not found(plan([cost("a", organisation="pori")], portfolio(grant("g"))))


def test_period_must_be_within_the_period_of_use() -> None:
    """A cost of several days needs a grant for all of them, unless it is split."""
    costs = [cost("a", "2021-12-01/2022-01-31", 62)]
    made = plan(costs, portfolio(grant("g", usable=EARLY)))
    assert found(made) == ["TSK713", "TSK704"]
    assert "split the cost by day" in made.findings[0].message("en")
    split = plan(costs, portfolio(grant("g", usable=EARLY)), split_by_day=True)
    assert paid(split) == [("a", "g", Decimal(31))]
    assert split.payments[0].days == tul.Period.parse("1.12.–31.12.2021")
    assert split.unpaid["a"] == tul.Amount(31, 31)
    assert found(split) == ["TSK713", "TSK704"]


def test_no_cent_is_lost_between_days() -> None:
    """The parts of a cost add up to it, however its days divide it."""
    money = portfolio(grant("x", usable=EARLY), grant("y", usable=tul.Period.of_years(2022, 2022)))
    made = plan([cost("a", "2021-12-31/2022-01-02", Decimal("100.00"))], money, split_by_day=True)
    assert paid(made) == [("a", "x", Decimal("33.33")), ("a", "y", Decimal("66.67"))]
    assert made.remaining("y", on=day("2021-12-31")) == tul.Amount(1000, 1000)
    assert made.remaining("y", on=day("2022-01-01")) == tul.Amount(*[Decimal("966.67")] * 2)
    assert made.remaining("y", on=day("2022-01-02")) == tul.Amount(*[Decimal("933.33")] * 2)


def test_balance_on_each_day() -> None:
    """A cost counts on its day; one of several days on the last."""
    made = plan([cost("a"), cost("b", "2021-07-01/2021-07-31")], portfolio(grant("g")))
    left = [
        made.remaining("g", on=day(each)) for each in ("2021-05-31", "2021-06-01", "2021-07-30")
    ]
    assert [each.exact for each in left] == [1000, 900, 900]
    assert made.remaining(grant("g"), on=day("2021-07-31")).exact == 800
    assert made.remaining("g").exact == 800


def test_balance_of_grants_without_costs() -> None:
    """The full amount remains; an unknown grant is an error."""
    money = portfolio(grant("g"), grant("other", 5, project="hanke-9"))
    made = plan([cost("a")], money)
    assert made.remaining("other").exact == 5
    assert [lapse.grant for lapse in made.lapses] == ["g"]
    with pytest.raises(tul.UnknownCodeError, match="no grant 'othr'"):
        made.remaining("othr")


def test_call_that_pays_a_share_leaves_the_rest() -> None:
    """Of a call that pays 80 %, a fifth of each cost is own contribution."""
    money = portfolio(grant("g", 1000, call="yta-2021"))
    made = plan([cost("a", euros=Decimal("100.01"))], money)
    assert paid(made) == [("a", "g", Decimal(80))]
    assert made.unpaid["a"].exact == Decimal("20.01")
    (own,) = made.own_contributions
    assert own == funding.OwnContribution("g", "yta-2021", 80, tul.Amount(*[Decimal("20.01")] * 2))
    assert found(made) == ["TSK708"]
    assert found(made, "grant g") == ["TSK723"]


def test_another_call_may_pay_the_rest_of_a_share() -> None:
    """Beside a call that pays 80 %, one that pays all may pay the rest."""
    money = portfolio(grant("half", 1000, EARLY, call="yta-2021"), grant("whole", 1000))
    made = plan([cost("a")], money)
    assert paid(made) == [("a", "half", Decimal(80)), ("a", "whole", Decimal(20))]
    assert [each.amount.exact for each in made.own_contributions] == [20]


def test_own_contributions_add_up_to_the_rest() -> None:
    """The rest of each cost is exact to the cent, also where two grants share a cost."""
    euros = [Decimal("0.99"), Decimal("0.99"), Decimal("100.01"), Decimal("0.01")]
    costs = [cost(f"c{place}", euros=each) for place, each in enumerate(euros)]
    money = portfolio(
        grant("a", Decimal("33.33"), call="yta-2021"), grant("b", 1000, call="yta-2021")
    )
    made = plan(costs, money)
    own = [each.amount.exact or Decimal(0) for each in made.own_contributions]
    assert sum(own) == Decimal("0.20") * 2 + Decimal("20.01")
    assert made.paid.exact == Decimal("0.79") * 2 + 80
    # The last cent of 80 % of one cent is not paid, so no grant has a rest beside it.
    assert made.unpaid["c3"].exact == Decimal("0.01")


def test_partly_used_grant_needs_a_smaller_own_contribution() -> None:
    """Beside 40 of the 80 euros that a call may pay of a cost, it needs 10 of the 20."""
    made = plan([cost("a")], portfolio(grant("g", 40, call="yta-2021")))
    assert [each.amount.exact for each in made.own_contributions] == [10]


def test_grant_that_pays_nothing_needs_no_own_contribution() -> None:
    """There is neither an own contribution of zero nor a note on one."""
    made = plan([cost("a")], portfolio(grant("g", usable=None, call="yta-2021"), grant("h")))
    assert made.own_contributions == ()
    assert found(made, "grant g") == []
    call = tul.Call(id="own", name=tul.Text("Oma haku"), own_contribution_required=True)
    idle = portfolio(grant("g", usable=None, call="own"), grant("h"), calls=(call,))
    assert found(plan([cost("a")], idle), "grant g") == []


@pytest.mark.parametrize(
    ("window", "when", "side"),
    [
        (tul.Period(None, day("2022-12-31")), "2019-12-31", "first"),
        (tul.Period(None, day("2022-12-31")), "2019-12-31/2020-01-31", "first"),
        (tul.Period(day("2021-01-01"), None), "2024-01-01", "last"),
    ],
)
def test_cost_outside_the_programme_is_noted(window: tul.Period, when: str, side: str) -> None:
    """Where a grant pays it only because a day is unknown, the cost has a note."""
    money = portfolio(grant("g", usable=window, call="own"))
    made = plan([cost("a", when)], money)
    assert found(made) == ["TSK721"]
    assert f"only because the grant's {side} day is not known" in made.reasons_for("a")[0].message(
        "en"
    )
    assert made.reasons_for("a")[0].path == "/costs/a/day"
    assert found(plan([cost("a", "2022-01-01")], money)) == []


def test_without_a_programme_no_day_is_outside() -> None:
    """A reference of the caller may have no programme."""
    money = portfolio(grant("g", usable=tul.Period(None, day("2022-12-31")), call="own"))
    assert found(plan([cost("a", "2019-01-01")], money, reference=tul.Portfolio())) == []


def test_unrecorded_share_is_noted() -> None:
    """A call with an own contribution of unknown share is treated as paying all."""
    call = tul.Call(id="own", name=tul.Text("Oma haku"), own_contribution_required=True)
    made = plan([cost("a")], portfolio(grant("g", call="own"), calls=(call,)))
    assert not made.unpaid
    assert found(made, "grant g") == ["TSK723"]


def test_correction_reduces_the_latest_cost_before_it() -> None:
    """A credit note reduces costs of its project, category and organisation, and names them."""
    costs = [
        cost("a", "2021-06-01", 100, category="travel"),
        cost("b", "2021-06-02", 50, category="travel"),
        cost("c", "2021-06-02", 50, category="rents"),
        cost("z", "2021-06-02", -70, category="resor"),
        cost("d", "2021-06-03", 50, category="travel"),
    ]
    made = plan(costs, portfolio(grant("g")))
    assert paid(made) == [("a", "g", Decimal(80)), ("c", "g", Decimal(50)), ("d", "g", Decimal(50))]
    settled = [(each.correction, each.cost, each.amount_eur) for each in made.settlements]
    assert settled == [("z", "b", Decimal(50)), ("z", "a", Decimal(20))]
    assert found(made, "cost z") == ["TSK707", "TSK707"]
    assert not made.unpaid


def test_correction_without_a_cost_is_reported() -> None:
    """It is negative among the unpaid amounts."""
    made = plan([cost("a", euros=-70), cost("b", "2021-06-02", 50)], portfolio(grant("g")))
    assert made.unpaid["a"].exact == -70
    assert found(made) == ["TSK706"]
    assert paid(made) == [("b", "g", Decimal(50))]


def test_cost_of_zero_needs_no_grant() -> None:
    """A line of zero euros is kept, without a finding."""
    made = plan([cost("a", euros=0)], portfolio())
    assert (made.payments, dict(made.unpaid), made.findings) == ((), {}, ())


def test_equal_lines_count_once() -> None:
    """The same line twice is one cost, and reported."""
    made = plan([cost("a"), cost("a")], portfolio(grant("g")))
    assert paid(made) == [("a", "g", Decimal(100))]
    assert made.findings[0].code == "TSK702"
    assert not made.report().ok


def test_different_lines_of_one_id_are_not_planned() -> None:
    """It is not known which of them is right, in whichever order they are."""
    lines = [cost("a"), cost("a"), cost("a", euros=5), cost("b")]
    for costs in (lines, lines[::-1]):
        made = plan(costs, portfolio(grant("g")))
        assert [each.id for each in made.costs] == ["b"]
        assert [each.code for each in made.findings] == ["TSK702"]
        assert [each.amount_eur for each in made.unplanned] == [5, 100]
        assert made.unpaid["a"].exact == 105
        assert [each.code for each in made.reasons_for("a")] == ["TSK702"]
        assert not made.reasons_for("b")


def test_different_lines_that_cancel_out_leave_nothing_unpaid() -> None:
    """The id is known."""
    made = plan([cost("a"), cost("a", euros=-100)], portfolio(grant("g")))
    assert not made.unpaid
    assert made.unpaid["a"].exact == 0


def test_unknown_amounts_give_intervals() -> None:
    """A certain payment is a payment, a possible one an interval; nothing is taken for zero."""
    made = plan([cost("a")], portfolio(grant("g", None)))
    assert (made.payments, [each.amount_eur for each in made.possible]) == ((), [Decimal(100)])
    assert made.unpaid["a"] == tul.Amount(0, 100)
    assert made.remaining("g") == tul.Amount(0, None)
    assert made.lapses[0].amount == tul.Amount(0, None)
    assert made.paid == tul.Amount(0, 100)
    assert found(made) == ["TSK705"]
    assert found(made, "grant g") == ["TSK722"]


def test_rounded_amount_gives_an_interval() -> None:
    """Half the rounding unit is added on both sides."""
    made = plan([cost("a", euros=1000)], portfolio(grant("g", 1000, rounded_to=100)))
    assert made.unpaid["a"] == tul.Amount(0, 50)
    assert made.remaining("g") == tul.Amount(0, 50)
    enough = plan([cost("a", euros=900)], portfolio(grant("g", 1000, rounded_to=100)))
    assert enough.remaining("g") == tul.Amount(50, 150)
    assert not enough.unpaid


def test_own_contributions_of_unknown_payments_are_intervals() -> None:
    """If the payment is not known, the own contribution is not, either."""
    made = plan([cost("a")], portfolio(grant("g", None, call="yta-2021")))
    assert made.own_contributions[0].amount == tul.Amount(0, 20)
    rounded = grant("g", 50, call="yta-2021", rounded_to=20)
    assert plan([cost("a")], portfolio(rounded)).own_contributions[0].amount == tul.Amount(0, 15)


def test_own_contribution_beside_a_grant_of_unknown_amount_is_an_interval() -> None:
    """A grant of known amount pays at least what no other grant can pay."""
    money = portfolio(grant("g", 50, call="yta-2021"), grant("other", None))
    (own,) = plan([cost("a")], money).own_contributions
    assert own.grant == "g"
    assert own.amount.most == Decimal("12.5")


def test_unknown_amounts_are_bounded_by_all_plans() -> None:
    """Where a payment may move between grants, the bounds of balances include each plan."""
    calls = tul.reference.calls
    own = attrs.evolve(calls["rakenne-2020"], id="own", cost_period=None, grant_share_percent=None)
    money = portfolio(grant("narrow", None, EARLY, call="own"), grant("wide", 100), calls=(own,))
    costs = [
        cost("a", category="travel"),
        cost("b", category="materials"),
        cost("c", category="rents"),
    ]
    made = plan(costs, money)
    assert made.remaining("wide") == tul.Amount(0, 100)
    assert made.remaining("narrow", on=day("2021-05-01")) == tul.Amount(0, None)


def test_decimal_context_of_the_caller_has_no_effect() -> None:
    """A plan made and read with a precision of three digits is the same."""
    costs = [cost("a", euros=Decimal("999.99")), cost("b", "2022-06-01", Decimal("999999999.99"))]
    money = portfolio(
        grant("g", Decimal("999999999999.99")), grant("h", None), grant("r", 5000, rounded_to=100)
    )
    here = plan(costs, money)
    shown = here.explain(), here.to_rows(), here.balance_rows(), here.paid, here.remaining("g")
    with decimal.localcontext(prec=3):
        made = plan(costs, money)
        assert made == here
        assert shown == (
            made.explain(),
            made.to_rows(),
            made.balance_rows(),
            made.paid,
            made.remaining("g"),
        )


def test_plan_is_a_value() -> None:
    """Plans are equal if costs, grants and results are; they can be hashed, copied and pickled."""
    costs = [cost("a"), cost("b", "2021-12-01/2022-01-31", 2000)]
    one, other = plan(costs, TWO, split_by_day=True), plan(costs[::-1], TWO, split_by_day=True)
    assert one == other
    assert one != plan(costs[:1], TWO)
    assert hash(one) == hash(other)
    assert copy.deepcopy(one) == one
    again = pickle.loads(pickle.dumps(one))
    assert again == one
    assert again.findings == one.findings
    assert repr(one) == "<Plan: 2 costs, 200 EUR paid, 1 not or in part>"


def test_unpaid_is_looked_up_like_a_counter() -> None:
    """A cost that is paid has zero; an unknown cost is an error."""
    unpaid = plan([cost("a"), cost("b", "2024-06-01")], TWO).unpaid
    assert ("a" in unpaid, "b" in unpaid, len(unpaid)) == (False, True, 1)
    assert repr(unpaid) == "Unpaid({'b': Amount(100, 100)})"
    with pytest.raises(tul.UnknownCodeError, match="the plan has no cost 'c'"):
        unpaid["c"]


def test_days_of_a_payment_are_not_compared() -> None:
    """A payment is equal by grant, cost and amount."""
    assert plan([cost("a")], TWO).payments == (Payment("a", "early", Decimal(100)),)


def test_report_of_a_plan_counts_all() -> None:
    """The report lists as many findings as its limit, and has the titles of the reasons."""
    report = plan([cost("a", "2024-06-01"), cost("b", "2024-06-01")], TWO).report(limit=1)
    assert (len(report), report.omitted, report.count("TSK704")) == (1, 5, 2)
    assert report.to_rows("fi")[0]["title"] == funding.reasons["TSK713"].title.fi


def test_other_types_than_costs_and_portfolios_are_rejected() -> None:
    """The error has the path."""
    with pytest.raises(tul.InvalidValueError, match="/1"):
        plan([cost("a"), grant("g")], TWO)  # type: ignore[list-item] # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match=r"reading\.portfolio"):
        plan([], tul.Reading())  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def test_cost_knows_its_days() -> None:
    """A single day is its own first and last day."""
    one = Cost("a", tul.Period(day("2021-06-01"), day("2021-06-01")), Decimal(1), "p")
    assert (one.day, one.first_day, one.last_day) == (day("2021-06-01"),) * 3
    month = cost("b", "2021-06-01/2021-06-30")
    assert (month.first_day, month.last_day) == (day("2021-06-01"), day("2021-06-30"))


def test_days_after_all_periods_are_one_part() -> None:
    """A cost that continues when nothing changes any more is not split further."""
    costs = [cost("a", "2023-12-30/2024-01-08", 10)]
    made = plan(costs, portfolio(grant("g")), split_by_day=True)
    assert paid(made) == [("a", "g", Decimal(2))]
    assert made.unpaid["a"].exact == 8


def test_share_of_less_than_a_cent_is_zero() -> None:
    """Shares are rounded down to cents: 80 % of one cent is zero."""
    made = plan([cost("a", euros=Decimal("0.01"))], portfolio(grant("g", call="yta-2021")))
    assert made.payments == ()
    assert found(made) == ["TSK708"]


def test_the_package_lists_its_names() -> None:
    """Completion shows the names of the package."""
    assert dir(funding) == sorted(funding.__all__)
