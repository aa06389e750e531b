"""Messages of constructors state what to write in Python."""

import datetime as dt
from typing import Any, cast

import pytest

import tulevaisuus as tul

GRANT: dict[str, Any] = {"id": "g", "call": "c", "project": "p", "status": "granted"}


def message_of(**fields: object) -> str:
    """Return the only message on a grant with these fields."""
    with pytest.raises(tul.InvalidValueError) as caught:
        tul.Grant(**cast("dict[str, Any]", {**GRANT, **fields}))
    return str(caught.value)


@pytest.mark.parametrize(
    ("found", "example"),
    [
        (41133.770000000004, "41133.77"),
        (0.1 + 0.2, "0.30"),
        (12.5, "12.5"),
        (1e15, "1250.50"),
        (1.23456, "1250.50"),
        (float("nan"), "1250.50"),
        ("12", "1250.50"),
    ],
)
def test_suggested_amount_is_valid(found: object, example: str) -> None:
    """A float has the nearest amount as its suggestion."""
    assert f'Decimal("{example}")' in message_of(amount_eur=found)


@pytest.mark.parametrize("found", ["2021", {"start": "2021-01-01"}, ("2021-01-01", "2021-12-31")])
def test_period_is_made_with_its_class(found: object) -> None:
    """The message on another type shows how a `Period` is made."""
    message = message_of(usable=found)
    assert 'Period.parse("1.1.2021–31.12.2023")' in message
    assert tul.Period.parse("1.1.2021–31.12.2023").start == dt.date(2021, 1, 1)


GENERATED = {"g": tul.grants["vs-2021"]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            (each for each in GENERATED.values()),
            "a value of type generator; convert it first: list(...)",
        ),
        (GENERATED.values(), "a value of type dict_values; convert it first: list(...)"),
        ({GENERATED["g"]}, "a value of type set; convert it first: list(...)"),
        (GENERATED, "an object; correct the value"),
        ("vs-2021", 'text "vs-2021"; correct the value'),
        (b"vs-2021", "a value of type bytes; correct the value"),
        (tul.GrantStatus, "a value of type EnumType; correct the value"),
        (GENERATED["g"], "a value of type Grant; correct the value"),
    ],
    ids=["generator", "view", "set", "dict", "text", "bytes", "class", "entity"],
)
def test_values_that_list_makes_a_list_of_say_so(value: object, expected: str) -> None:
    """Others, whose elements would not be entities, do not."""
    with pytest.raises(tul.InvalidValueError) as caught:
        tul.Portfolio(grants=cast("Any", value))
    assert f"expected a list, found {expected}" in str(caught.value)


def test_set_of_codes_is_sorted() -> None:
    """The order of a set of texts differs from run to run."""
    message = message_of(sources={"b", "a"})
    assert "expected a list, found a value of type set; convert it first: sorted(...)" in message


def test_entity_in_place_of_its_key_names_the_attribute() -> None:
    """The message names the attribute that is the key."""
    assert message_of(call=tul.calls["shc-2021"]).endswith("convert it first: .id")
    with pytest.raises(tul.InvalidValueError, match=r"convert it first: \.code"):
        tul.Project(id="p", name=tul.Text("x"), regions=[tul.regions["05"]])  # type: ignore[arg-type]
    assert ".id" not in message_of(usable=tul.calls["shc-2021"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Suun terveydenhuollon palvelut", "oral_health_care"),
        ("oral-health-care", "oral_health_care"),
    ],
)
def test_label_leads_to_its_code(text: str, code: str) -> None:
    """A label in place of a code has the code as its suggestion."""
    with pytest.raises(tul.InvalidValueError, match=f'did you mean "{code}"'):
        tul.ServiceCentre(id="c", name=tul.Text("x"), region="05", services=[text])  # type: ignore[arg-type]


def test_very_many_known_fields_are_not_all_listed() -> None:
    """A folder of all tables has more names than a message can list."""
    from tulevaisuus.formats.decoding import unknown_fields

    (finding,) = unknown_fields(["x"], [f"name_{n}" for n in range(100)])
    assert "name_29, …" in finding.message("en")
    assert "name_30" not in finding.message("en")
