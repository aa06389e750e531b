"""A plan as text and as rows."""

from decimal import Decimal

import pytest

import tulevaisuus as tul
from tests.funding.plans import cost, day, grant, portfolio
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.funding import plan, reasons

EARLY = tul.Period.of_years(2021, 2021)
PLAN = plan(
    [
        cost("a", euros=150),
        cost("b", "2021-06-02", -50),
        cost("c", "2024-01-01", 7),
        cost("d", "2021-06-03", 90),
        cost("e", "2021-01-01", -1),
        cost("f", euros=0),
    ],
    portfolio(grant("g", 120, EARLY), grant("h", None, call="yta-2021")),
)
TEXT = """\
cost e, 1 January 2021, €-1: found no cost for €-1
  - TSK706 €1 of correction e found no cost of the same project, category and organisation up to \
its day; record the cost, or correct the correction
cost a, 1 June 2021, €150: g pays €100
cost f, 1 June 2021, €0: nothing to pay
cost b, 2 June 2021, €-50: reduces other costs
  - TSK707 correction b reduces cost a by €50; check that it is of that cost
cost d, 3 June 2021, €90: g pays €20; h may pay €70, if its amount is enough; not paid at least \
€0 and at most €70
"""


def test_plan_is_explained_line_by_line() -> None:
    """Each cost has its line, and the reasons below it."""
    assert PLAN.explain("en").startswith(TEXT)


def test_grants_come_after_the_costs() -> None:
    """Balances, own contributions, lapsed amounts, and what the plan does not decide."""
    lines = PLAN.explain("en").splitlines()
    assert "grant g: €120, of which at least €0 and at most €120 is left" in lines
    assert (
        "call yta-2021 asks for an own contribution beside grant h: at least €0 and at most €38 "
        "(it pays at most 80 % of a cost)" in lines
    )
    assert any(
        line.startswith("of grant h this is not used by 31 December 2023: ") for line in lines
    )
    assert (
        lines[-1]
        == "This is a computation on recorded data, and no decision on the eligibility of costs."
    )
    on = PLAN.explain("fi", on=day("2021-06-01"))
    assert (
        "avustus g: 120 €, tästä 1.6.2021 jäljellä vähintään 20 € ja enintään 120 €"
        in on.replace("\N{NO-BREAK SPACE}", " ")
    )


def test_findings_without_a_cost_are_explained() -> None:
    """A duplicate line is explained, although the plan has no such cost."""
    made = plan([cost("a"), cost("a", euros=5)], portfolio(grant("g")))
    assert "TSK702" in made.explain("sv")


def test_findings_on_a_grant_that_pays_nothing_are_explained() -> None:
    """A grant without a last day neither pays nor lapses; its unknown fields are named."""
    idle = grant("idle", usable=tul.Period(day("2022-01-01")), call="own")
    assert "TSK721 the last day of grant idle" in plan([cost("a")], portfolio(idle)).explain()


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_have_every_amount(language: str) -> None:
    """Every row has the same keys; payments, reductions and unpaid amounts are all there."""
    rows = PLAN.to_rows(language)
    assert len({tuple(row) for row in rows}) == 1
    words = open_catalogue("tulevaisuus.funding", "plan")["outcome"]
    shown = {name: text.localize(language) for name, text in words.items()}
    sums = dict.fromkeys(shown, Decimal(0))
    for name, word in shown.items():
        for row in rows:
            if row["outcome"] == word:
                assert isinstance(row["least_eur"], Decimal)
                sums[name] += row["least_eur"]
    assert sums == {
        "paid": 120,
        "possible": 90,
        "unpaid": 6,
        "reduced": 50,
        "settled": -50,
        "nothing": 0,
        "unplanned": 0,
    }
    amounts = [row["cost_eur"] for row in rows if isinstance(row["cost_eur"], Decimal)]
    assert sum(amounts) == sum(each.amount_eur for each in PLAN.costs)


def test_each_line_has_a_row() -> None:
    """So have a line of zero, a correction, and each line of an id with different values."""
    lines = [
        cost("a"),
        cost("z", euros=0),
        cost("c", euros=-10),
        cost("b", euros=5),
        cost("b", euros=7),
    ]
    rows = plan(lines, portfolio(grant("g"))).to_rows()
    shown = [
        " ".join(str(row[name]) for name in ("cost", "cost_eur", "outcome", "least_eur"))
        for row in rows
    ]
    assert shown == [
        "a 100 paid 90",
        "a None reduced by a correction 10",
        "c -10 reduces other costs -10",
        "z 0 nothing to pay 0",
        "b 5 not planned 5",
        "b 7 not planned 7",
    ]


def test_lines_that_are_not_planned_are_explained() -> None:
    """Each has its own line, and the reason names all."""
    made = plan([cost("b", euros=5), cost("b", euros=7)], portfolio(grant("g")))
    lines = made.explain().splitlines()
    assert lines[:2] == [
        "cost b, 1 June 2021, €5: not planned",
        "cost b, 1 June 2021, €7: not planned",
    ]
    assert "(1 June 2021: €5, 1 June 2021: €7)" in lines[2]


def test_rows_have_plain_values() -> None:
    """The values of a row are texts, amounts or None."""
    row = plan([cost("a", "2021-06-01/2021-06-30")], portfolio(grant("g"))).to_rows()[0]
    assert row == {
        "cost": "a",
        "day": "2021-06-01/2021-06-30",
        "project": "hanke-1",
        "category": None,
        "organisation": None,
        "cost_eur": Decimal(100),
        "outcome": "paid",
        "grant": "g",
        "least_eur": Decimal(100),
        "most_eur": Decimal(100),
        "voucher": None,
        "description": None,
    }


def test_balances_are_rows() -> None:
    """The balance of each grant is listed on the days on which it changes."""
    made = plan(
        [cost("a"), cost("b", "2021-12-01/2022-01-31", 62)],
        portfolio(grant("g", 500, tul.Period.of_years(2021, 2022))),
        split_by_day=True,
    )
    rows = made.balance_rows()
    assert [row["day"] for row in rows[:3]] == ["2021-01-01", "2021-06-01", "2021-12-01"]
    assert [row["least_eur"] for row in rows[:3]] == [500, 400, 399]
    assert (rows[-1]["day"], rows[-1]["least_eur"]) == ("2022-12-31", Decimal(338))


@pytest.mark.parametrize("write", [PLAN.explain, PLAN.to_rows])
def test_unknown_language_is_an_error(write: object) -> None:
    """There are three languages."""
    assert callable(write)
    with pytest.raises(tul.UnknownLanguageError):
        write("de")


def test_reasons_are_explained_like_rules() -> None:
    """Each code has its texts in three languages, and its sources."""
    codes = [rule.code for rule in reasons]
    assert codes == sorted({*codes})
    assert all(code.startswith("TSK7") and code not in tul.rulebook for code in codes)
    for rule in reasons:
        assert {*rule.sources} <= tul.sources.keys()
        assert rule.messages
        for text in (rule.title, rule.explanation, rule.remedy):
            assert len({*text.wordings()}) == len(LANGUAGES)
    assert reasons["not-granted"] is reasons["TSK711"]


@pytest.mark.parametrize("rule", reasons, ids=lambda rule: rule.code)
def test_messages_have_the_same_placeholders(rule: tul.Rule) -> None:
    """A message has the same values in all languages, in different texts."""
    import string

    for message in rule.messages.values():
        texts = [message.localize(language) for language in LANGUAGES]
        names = [{name for _, name, _, _ in string.Formatter().parse(each)} for each in texts]
        assert names[0] == names[1] == names[2]
        assert len({*texts}) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_repeated_reasons_are_named_by_their_codes(language: str) -> None:
    """The reasons of a ledger are explained once; each later cost has a line with the code."""
    costs = [cost(f"c{number}", category="4000") for number in range(1, 51)]
    made = plan([*costs, cost("x", category="4400")], portfolio(grant("g", 120, EARLY)))
    text = made.explain(language)
    lines = [line for line in text.splitlines() if line.startswith("  - ")]
    full = [line for line in lines if line.startswith("  - TSK703 ")]
    assert len(full) == 2  # one for each category
    again = {
        "fi": "  - samat syyt kuin kustannuksella c1: TSK703, TSK715, TSK704",
        "sv": "  - samma orsaker som för kostnaden c1: TSK703, TSK715, TSK704",
        "en": "  - the same reasons as for cost c1: TSK703, TSK715, TSK704",
    }
    assert lines.count(again[language]) == 49
    assert sum(finding.code == "TSK703" for finding in made.findings) == 51
