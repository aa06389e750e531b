"""Wrong arguments of `plan` and of the methods of `Plan` are errors of the library."""

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

import attrs
import pytest

import tulevaisuus as tul
from tests.funding.plans import cost, found, grant, paid, portfolio
from tulevaisuus.funding import plan

TRAVEL = tul.cost_categories["programme", "travel"]
MADE = plan([cost("a")], portfolio(grant("g"), grant("h", project="hanke-9")))
ANY: Any = plan


class Index:
    """A whole number of another library, as numpy has them."""

    def __init__(self, number: int) -> None:
        """Keep the number."""
        self.number = number

    def __index__(self) -> int:
        """Return the number."""
        return self.number


@pytest.mark.parametrize(
    "categories",
    [
        {4000: "travel"},
        {4000: "Matkakustannukset"},
        {"4000": TRAVEL},
        {4000: TRAVEL},
        {4000: TRAVEL, "4000": TRAVEL},
        {Index(4000): "travel"},
    ],
    ids=["number", "name", "entity", "number-and-entity", "twice", "number-of-numpy"],
)
def test_accounts_are_numbers_or_texts_and_categories_may_be_entities(
    categories: dict[Any, str | tul.CostCategory],
) -> None:
    """Account 4000 of a cost is the text; a program may have the number."""
    made = plan([cost("a", category="4000")], portfolio(grant("g")), categories=categories)
    assert [each.cost for each in made.payments] == ["a"]
    assert not found(made)


def test_accounts_of_one_plan_may_be_of_both_types() -> None:
    """The mapping need not have keys of one type."""
    costs = [cost("a", category="4000"), cost("b", category="Oma laji")]
    accounts: dict[str | int, str] = {4000: "travel", "Oma laji": "rents"}
    made = plan(costs, portfolio(grant("g")), categories=accounts)
    assert [each for each, _, _ in paid(made)] == ["a", "b"]


def test_account_with_two_categories_is_an_error() -> None:
    """A number and the text of the same number are one account."""
    accounts: dict[str | int, str] = {4000: "travel", "4000": "rents"}
    with pytest.raises(ValueError, match="two categories for the account '4000'"):
        plan([], portfolio(), categories=accounts)


@pytest.mark.parametrize("account", [-1, 10**18, 10**5000], ids=["below", "long", "huge"])
def test_number_that_is_no_account_is_an_error(account: int) -> None:
    """A huge number is not even written as text."""
    with pytest.raises(ValueError, match="of at most 18 digits"):
        plan([], portfolio(), categories={account: "travel"})


def test_unknown_category_is_named_with_a_similar_one() -> None:
    """A category that is given as an entity must be in the portfolio or the reference, too."""
    with pytest.raises(tul.UnknownCodeError, match="no cost category 'travle'; did you mean 'trav"):
        plan([], portfolio(), categories={4000: "travle"})
    own = attrs.evolve(TRAVEL, id="drones", name=tul.Text("Lennokit"))
    with pytest.raises(tul.UnknownCodeError, match=r"no cost category 'drones'$"):
        plan([], portfolio(), categories={4000: own})
    money = attrs.evolve(portfolio(), cost_categories=tul.Register([own]))
    assert not plan([], money, categories={4000: own}).costs


TYPE_ERRORS: dict[str, tuple[Callable[[], object], str]] = {
    "categories as a list": (lambda: ANY([], portfolio(), categories=["4000"]), "such as {4000"),
    "categories as text": (lambda: ANY([], portfolio(), categories="4000"), "categories takes a m"),
    "a fraction": (lambda: ANY([], portfolio(), categories={4000.0: "rents"}), "keys, .* float"),
    "a truth value": (lambda: ANY([], portfolio(), categories={True: "rents"}), "keys, .* bool"),
    "no account": (lambda: ANY([], portfolio(), categories={None: "rents"}), "keys, .* not None"),
    "no category": (lambda: ANY([], portfolio(), categories={1: None}), "as values, .* not None"),
    "a grant": (lambda: ANY([], portfolio(), categories={1: grant("g")}), "values, .* Grant"),
    "one cost": (lambda: ANY(cost("a"), portfolio()), "costs takes a list of Cost, .* Cost"),
    "no costs": (lambda: ANY(None, portfolio()), "costs takes a list of Cost, not None"),
    "costs by id": (lambda: ANY({"a": cost("a")}, portfolio()), "list of Cost, .* dict"),
    "the path of a ledger": (lambda: ANY("a.csv", portfolio()), "list of Cost, .* str"),
    "a portfolio first": (lambda: ANY(portfolio(), []), "list of Cost, .* Portfolio"),
    "grants": (lambda: ANY([], tul.grants), "give a Portfolio, not a BundledRegister"),
    "no reference": (lambda: ANY([], portfolio(), reference="x"), "reference takes a Portfolio"),
    "split as text": (lambda: ANY([], portfolio(), split_by_day="no"), "split_by_day takes True"),
    "split as number": (lambda: ANY([], portfolio(), split_by_day=1), "split_by_day takes True"),
    "limit as text": (lambda: MADE.report(limit=cast("Any", "5")), "limit takes a whole number"),
    "limit as bool": (lambda: MADE.report(limit=True), "limit takes a whole number"),
}


@pytest.mark.parametrize("name", TYPE_ERRORS)
def test_error_names_the_parameter(name: str) -> None:
    """No error comes from the code that would use the argument."""
    call, expected = TYPE_ERRORS[name]
    with pytest.raises(TypeError, match=expected):
        call()


def test_limit_below_zero_is_an_error() -> None:
    """Zero lists no finding, and counts them all."""
    with pytest.raises(ValueError, match="limit is a whole number from zero up"):
        MADE.report(limit=-1)
    none_listed, all_listed = MADE.report(limit=0), MADE.report()
    assert not none_listed.findings
    assert none_listed.counts == all_listed.counts


@pytest.mark.parametrize("on", ["2021-06-01", dt.datetime(2021, 6, 1, tzinfo=dt.UTC), 2021])
@pytest.mark.parametrize("grant_id", ["g", "h"])
def test_day_of_a_remaining_sum_is_a_date(grant_id: str, on: object) -> None:
    """Also for a grant that pays nothing, whose sum is the same on every day."""
    with pytest.raises(tul.InvalidValueError, match=r"expected a datetime\.date"):
        MADE.remaining(grant_id, on=cast("Any", on))
    with pytest.raises(tul.InvalidValueError, match=r"expected a datetime\.date"):
        MADE.explain(on=cast("Any", on))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("gg", "no grant 'gg'"),
        (5, "no grant 5"),
        (["g"], "no grant whose key is a list"),
        (tul.projects["satakunta"], "no grant whose key is a value of type Project"),
    ],
)
def test_unknown_grant_is_named(given: object, expected: str) -> None:
    """What has no hash is not a grant either."""
    with pytest.raises(tul.UnknownCodeError, match=expected):
        MADE.remaining(cast("Any", given))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("b", "the plan has no cost 'b'"),
        (5, "costs by id, not by number 5"),
        (["a"], "costs by id, not by a list"),
        (grant("g"), "costs by id, not by a value of type Grant"),
    ],
)
def test_unknown_cost_is_named(given: object, expected: str) -> None:
    """The reasons and the unpaid sum of a cost have the same error."""
    with pytest.raises(tul.UnknownCodeError, match=expected):
        MADE.reasons_for(cast("Any", given))
    with pytest.raises(tul.UnknownCodeError, match=expected):
        _ = MADE.unpaid[cast("Any", given)]


def test_similar_cost_is_suggested() -> None:
    """As for all ids."""
    made = plan([cost("voucher-1")], portfolio(grant("g")))
    with pytest.raises(tul.UnknownCodeError, match="'vouchr-1'; did you mean 'voucher-1'"):
        made.reasons_for("vouchr-1")


def test_part_of_a_key_is_answered_with_a_whole_key() -> None:
    """Categories of costs have keys of two parts; the id alone is not one."""
    with pytest.raises(tul.UnknownCodeError, match=r"like \('programme', 'rents'\)"):
        tul.cost_categories["rents"]
    with pytest.raises(tul.UnknownCodeError, match=r"keys here are like \('programme', '"):
        tul.cost_categories["nope"]
