"""The chart of the balances of grants in a plan."""

import pytest

import tulevaisuus as tul
from tests.funding.plans import cost, grant, portfolio
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.funding import plan
from tulevaisuus.funding.balance_chart import balance_picture

PLAN = plan(
    [cost("a"), cost("b", "2022-02-01", 300)],
    portfolio(grant("g", 350), grant("h", None), grant("i", 500, rounded_to=100)),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_picture_marks_what_is_unknown(language: str) -> None:
    """The rows are those of the plan; the caption names the grants of unknown amount."""
    picture = balance_picture(PLAN.balance_rows(), language)
    assert [row["day"] for row in picture.rows] == [row["day"] for row in PLAN.balance_rows()]
    assert {row["grant"] for row in picture.rows if row["most"] is None} == {"h"}
    assert picture.caption[-1].endswith(": h.")
    assert len(picture.caption) == 3


def test_picture_without_unknown_amounts_has_no_band() -> None:
    """The caption explains only what is shown."""
    known = plan([cost("a")], portfolio(grant("g")))
    assert len(balance_picture(known.balance_rows(), "en").caption) == 1


def test_unknown_language_is_an_error() -> None:
    """There are three languages."""
    with pytest.raises(tul.UnknownLanguageError):
        balance_picture([], "de")


def test_plan_makes_an_altair_chart() -> None:
    """The chart is valid, and made of the same rows."""
    pytest.importorskip("altair", reason="the extra charts is not installed for this Python")
    spec = PLAN.chart(language="fi").to_dict()
    assert spec["title"]["text"] == "Avustuksista jäljellä"
