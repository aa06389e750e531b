"""The JSON form of each type of value."""

import datetime as dt
from decimal import Decimal

import pytest

import tulevaisuus as tul
from tulevaisuus.formats.encoding import encode

GOAL = tul.CooperationGoal(number=1, name=tul.Text("ohjaus"))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("teksti", "teksti", id="text"),
        pytest.param(5, 5, id="whole number"),
        pytest.param(False, False, id="boolean"),
        pytest.param(dt.date(2021, 12, 20), "2021-12-20", id="day"),
        pytest.param(dt.date(1, 1, 1), "0001-01-01", id="day long ago"),
        pytest.param(Decimal("11180062.50"), 11180062.5, id="amount"),
        pytest.param(Decimal("5.00"), 5, id="whole amount"),
        pytest.param(Decimal("0.01"), 0.01, id="a cent"),
        pytest.param(Decimal("999999999999.99"), 999999999999.99, id="largest amount"),
        pytest.param(tul.GrantStatus.GRANTED, "granted", id="code"),
        pytest.param(tul.GoalNumber.COSTS, 5, id="number of an enum"),
        pytest.param(tul.BusinessId("0204819-8"), "0204819-8", id="business id"),
        pytest.param(tul.Period(end=dt.date(2023, 12, 31)), {"end": "2023-12-31"}, id="period"),
        pytest.param(tul.Text("a", sv="b"), {"fi": "a", "sv": "b"}, id="words"),
        pytest.param(
            tul.Text("a", sv="b", en="c", unofficial=frozenset(tul.Language)),
            {"fi": "a", "sv": "b", "en": "c", "unofficial": ["en", "fi", "sv"]},
            id="set, in order",
        ),
        pytest.param((1, "x"), [1, "x"], id="list"),
        pytest.param((), [], id="known to be none"),
        pytest.param(GOAL, {"number": 1, "name": {"fi": "ohjaus"}}, id="entity"),
        pytest.param(
            tul.Register([GOAL]), [{"number": 1, "name": {"fi": "ohjaus"}}], id="register"
        ),
    ],
)
def test_a_value_has_one_form(value: object, written: object) -> None:
    """Each value is written in one JSON form, which reading accepts."""
    encoded = encode(value)
    assert encoded == written
    assert type(encoded) is type(written)


def test_unset_fields_are_left_out() -> None:
    """An unset field is not written, not even as null."""
    grant = tul.Grant(id="g", call="c", project="p", status=tul.GrantStatus.PLANNED)
    assert encode(grant) == {"id": "g", "call": "c", "project": "p", "status": "planned"}


def test_fields_come_in_the_order_of_the_class() -> None:
    """The order of the arguments has no effect."""
    written = encode(tul.Source(about="x", publisher="THL", id="s"))
    assert isinstance(written, dict)
    assert list(written) == ["id", "publisher", "about"]
