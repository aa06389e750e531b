"""Our classes in the preconfigured converters of cattrs; other classes are unaffected."""

import datetime as dt
import importlib
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import found
from tests.strategies import VALUES, made_of
from tulevaisuus import formats

GRANT = tul.Grant(
    id="g1",
    call="shc-2021",
    project="p1",
    status=tul.GrantStatus.GRANTED,
    amount_eur=Decimal("0.25"),
    decided_on=dt.date(2021, 12, 20),
)


OWNER = tul.BusinessId("0204819-8")


class Colour(Enum):
    """A user's enum."""

    RED = "red"


@attrs.frozen
class OtherValues:
    """Values of other types in a class of the user."""

    day: dt.date = dt.date(2021, 12, 20)
    moment: dt.datetime = dt.datetime(2021, 12, 20, 12, tzinfo=dt.UTC)
    colour: Colour = Colour.RED
    count: int = 5
    ratio: float = 0.5
    names: tuple[str, ...] = ("a",)
    by_colour: dict[str, Colour] = attrs.Factory(lambda: {"x": Colour.RED})


@attrs.frozen
class Folder:
    """A user's class with entities of ours."""

    grants: tul.Register[tul.Grant]
    others: OtherValues = OtherValues()
    best: tul.Grant | None = None
    level: tul.Evidence = tul.Evidence.STATED
    goals: list[tul.GoalNumber] = attrs.Factory(lambda: [tul.GoalNumber.COSTS])
    by_level: dict[tul.Evidence, tul.Period] = attrs.Factory(
        lambda: {tul.Evidence.WEAK: tul.Period.of_years(2021, 2023)}
    )
    owner: tul.BusinessId | None = None


NAMES = ["json", "orjson", "msgspec", "msgpack", "pyyaml"]


def made(name: str, **options: bool) -> Any:  # noqa: ANN401 - each has a class of its own
    """Make a preconfigured converter."""
    return importlib.import_module(f"cattrs.preconf.{name}").make_converter(**options)


def registered_converter(name: str, **options: bool) -> Any:  # noqa: ANN401 - as above
    """Make a preconfigured converter that knows our classes."""
    converter = made(name, **options)
    formats.register(converter)
    return converter


CONVERTERS: dict[str, Any] = {name: registered_converter(name) for name in NAMES}


@pytest.mark.parametrize("detailed", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_our_classes_and_others_are_unchanged(name: str, detailed: bool) -> None:  # noqa: FBT001 - cattrs' switch
    """A class with our entities and other values is written and read back equal."""
    converter = registered_converter(name, detailed_validation=detailed)
    folder = Folder(tul.Register([GRANT, attrs.evolve(GRANT, id="g2")]), best=GRANT, owner=OWNER)
    again = converter.loads(converter.dumps(folder), Folder)
    assert again == folder
    assert type(again.grants) is tul.Register
    assert type(again.best.amount_eur) is Decimal


@pytest.mark.parametrize("name", NAMES)
def test_portfolio_is_unchanged(name: str) -> None:
    """A portfolio with every class and field is written and read back equal."""
    golden = tul.load("tests/data/golden/1.0.json")
    assert CONVERTERS[name].loads(CONVERTERS[name].dumps(golden), tul.Portfolio) == golden


@pytest.mark.proof
@pytest.mark.parametrize("cls", [cls for cls in VALUES if cls is not tul.Portfolio])
@settings(max_examples=10)
@given(data=st.data())
def test_every_class_is_unchanged(cls: type[tul.Value], data: st.DataObject) -> None:
    """Any object of our classes is written and read back equal by every converter."""
    value = data.draw(made_of(cls))
    for converter in CONVERTERS.values():
        again = converter.loads(converter.dumps(value), cls)
        assert again == value


def outcome(work: Callable[..., object], *given: object) -> object:
    """Return the result of a converter, or the class of its error."""
    try:
        return work(*given)
    except Exception as error:  # noqa: BLE001 - whatever a converter raises
        return type(error)


@pytest.mark.parametrize(
    ("data", "cls"),
    [
        ("2021-12-20", dt.date),
        ("2021-12-20T12:00:00+00:00", dt.datetime),
        (dt.date(2021, 12, 20), dt.date),
        ("20211220", dt.date),
        (5, dt.date),
        ("red", Colour),
        ("blue", Colour),
        ("1.50", Decimal),
        (1.5, Decimal),
        ("5", int),
        (True, int),
        (None, str),
        (["a"], tuple[str, ...]),
        (["a"], set[str]),
        ({"day": "2021-12-20", "count": "5", "x": 1}, OtherValues),
        ("x", bytes),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_other_classes_are_treated_as_before(name: str, data: object, cls: object) -> None:
    """Dates, enums, numbers and classes of the user are read and written as without us."""
    plain, ours = made(name), registered_converter(name)
    value = outcome(plain.structure, data, cls)
    assert outcome(ours.structure, data, cls) == value
    written = outcome(plain.unstructure, value)
    again = outcome(ours.unstructure, value)
    assert (again, type(again)) == (written, type(written))


BROKEN = {
    "grants": [{"id": "g1", "call": 5}, 5, {"id": "", "status": "?"}],
    "best": {"id": "g1", "call": "c", "project": "p", "status": "granted", "amount_eur": "1"},
    "level": "certain",
    "goals": [1, True, 9],
    "owner": "0204819-7",
}
FOUND = [
    "TSK002 /grants/0/call",
    "TSK003 /grants/0/project",
    "TSK003 /grants/0/status",
    "TSK002 /grants/1",
    "TSK006 /grants/2/id",
    "TSK005 /grants/2/status",
    "TSK003 /grants/2/call",
    "TSK003 /grants/2/project",
    "TSK002 /best/amount_eur",
    "TSK005 /level",
    "TSK002 /goals/1",
    "TSK005 /goals/2",
    "TSK006 /owner",
]


@pytest.mark.parametrize("detailed", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_our_classes_are_validated_by_all_converters(name: str, detailed: bool) -> None:  # noqa: FBT001 - as above
    """Every converter reports the same findings at the same paths."""
    converter = registered_converter(name, detailed_validation=detailed)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever a converter raises
        converter.structure(BROKEN, Folder)
    assert found(formats.findings_of(caught.value)) == FOUND


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param({}, ["TSK002 /grants"], id="no list"),
        pytest.param("", ["TSK002 /grants"], id="text"),
        pytest.param(
            [{"id": "g", "call": "c", "project": "p", "status": "granted"}, {"id": "g"}, 5],
            ["TSK008 /grants/1/id", "TSK003 /grants/1/call", "TSK003 /grants/1/project",
             "TSK003 /grants/1/status", "TSK002 /grants/2"],
            id="a rejected object has a key too",
        ),
        pytest.param(
            [formats.unstructure(GRANT), formats.unstructure(GRANT), 5],
            ["TSK008 /grants/1/id", "TSK002 /grants/2"],
            id="a key that is taken",
        ),
    ],
)  # fmt: skip
def test_registers_in_a_class_of_the_user(data: object, expected: list[str]) -> None:
    """They are validated as in a document."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever a converter raises
        CONVERTERS["json"].structure({"grants": data}, Folder)
    assert found(formats.findings_of(caught.value)) == expected
    assert CONVERTERS["json"].structure((), tul.Register[tul.Grant]) == tul.Register()


def test_registers_of_any_class() -> None:
    """Elements are read as the class that they fit."""
    converter = CONVERTERS["json"]
    plain = [formats.unstructure(GRANT)]
    for annotation in (tul.Register, tul.Register[tul.Grant | tul.Project]):
        assert converter.structure(plain, annotation) == tul.Register([GRANT])
        assert converter.unstructure(tul.Register([GRANT]), unstructure_as=annotation) == plain
    assert converter.unstructure(tul.Register([GRANT])) == [formats.unstructure(GRANT)]
