"""`formats.register`: our classes in a user's cattrs converter; other classes are unaffected."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs
import pytest
from cattrs import BaseConverter, Converter
from cattrs.preconf.json import make_converter
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, TypeAdapter, ValidationError

import tulevaisuus as tul
from tests.helpers import document, found, rejected
from tulevaisuus import formats

Json = dict[str, object]

GRANT: Json = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted"}

MISSPELT: Json = {**GRANT, "status": "?", "recipent": "turku"}
NAMELESS: Json = {**GRANT, "id": ""}
REVERSED: Json = {**GRANT, "usable": {"start": "2022-01-01", "end": "2021-01-01"}}
NO_TEXT: dict[object, object] = {"id": "g1", "call": "c", "project": "p", "status": "granted"}

MAKERS: list[Callable[..., Converter]] = [Converter, make_converter]


class Colour(Enum):
    """An enum of the user's."""

    RED = "red"


@attrs.frozen
class Batch:
    """A user's class with our entities, values and codes in various types of fields."""

    label: str
    grants: list[tul.Grant]
    by_name: dict[str, tul.Grant] = attrs.Factory(dict[str, tul.Grant])
    best: tul.Grant | None = None
    level: tul.Evidence = tul.Evidence.STATED
    goals: tuple[tul.GoalNumber, ...] = ()
    owner: tul.BusinessId | None = None
    years: tul.Period | None = None
    colour: Colour = Colour.RED
    count: int = 0


@attrs.frozen
class Shelf:
    """A user's class that contains other classes of the user."""

    batches: list[Batch]


def registered_converter(make: Callable[..., Converter], *, detailed: bool = True) -> Converter:
    """Make a converter that knows our classes."""
    converter = make(detailed_validation=detailed)
    formats.register(converter)
    return converter


def problems(converter: BaseConverter, data: object, cls: object) -> list[str]:
    """Return the findings of what a converter raises for invalid data."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever a converter raises
        converter.structure(data, cls)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType, reportUnknownMemberType]
    return found(formats.findings_of(caught.value))


GOOD: Json = {
    "label": "autumn",
    "grants": [GRANT, {**GRANT, "amount_eur": 0.5}],
    "by_name": {"main": GRANT},
    "best": GRANT,
    "level": "textual",
    "goals": [1, 5],
    "owner": "0204819-8",
    "years": {"start": "2021-01-01"},
    "colour": "red",
    "count": 3,
}


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("detailed", [True, False])
def test_our_classes_in_a_class_of_the_user(
    make: Callable[..., Converter],
    detailed: bool,  # noqa: FBT001 - cattrs' own switch
) -> None:
    """Entities, values and codes are structured from plain data and unstructured to it."""
    converter = registered_converter(make, detailed=detailed)
    batch = converter.structure(GOOD, Batch)
    assert batch.grants[1].amount_eur == Decimal("0.5")
    assert batch.level is tul.Evidence.TEXTUAL
    assert batch.goals == (tul.GoalNumber.ACCESS, tul.GoalNumber.COSTS)
    assert batch.years == tul.Period(dt.date(2021, 1, 1))
    plain = converter.unstructure(batch)
    assert plain == GOOD
    assert json.loads(json.dumps(plain)) == GOOD


@pytest.mark.parametrize("make", MAKERS)
def test_codes_become_plain_text(make: Callable[..., Converter]) -> None:
    """A member of our code lists is written as its value in documents, not as a member."""
    converter = registered_converter(make)
    assert type(converter.unstructure(tul.Evidence.STATED)) is str
    assert type(converter.unstructure(tul.GoalNumber.COSTS)) is int


NESTED: Json = {
    "batches": [
        {
            "label": "x",
            "grants": [GRANT, MISSPELT, 5],
            "by_name": {"a/b": NAMELESS},
            "best": REVERSED,
            "level": "certain",
            "goals": [1, 6, True],
            "owner": "0204819-7",
            "years": {},
        },
        {"label": "y"},
    ]
}


@pytest.mark.parametrize("make", MAKERS)
def test_paths_begin_at_the_root(make: Callable[..., Converter]) -> None:
    """With detailed validation every error is reported, with its path through the user's data."""
    assert problems(registered_converter(make), NESTED, Shelf) == [
        "TSK005 /batches/0/grants/1/status",
        "TSK004 /batches/0/grants/1/recipent",
        "TSK002 /batches/0/grants/2",
        "TSK006 /batches/0/by_name/a~1b/id",
        "TSK011 /batches/0/best/usable/end",
        "TSK005 /batches/0/level",
        "TSK005 /batches/0/goals/1",
        "TSK002 /batches/0/goals/2",
        "TSK006 /batches/0/owner",
        "TSK003 /batches/0/years/start",
        "TSK002 /batches/1/grants",
    ]


@pytest.mark.parametrize("make", MAKERS)
def test_paths_are_full_without_detailed_validation(make: Callable[..., Converter]) -> None:
    """Cattrs stops at the first error; the data is read once more to find the others."""
    assert problems(registered_converter(make, detailed=False), NESTED, Shelf) == problems(
        registered_converter(make), NESTED, Shelf
    )


def test_consumed_iterator_has_one_finding() -> None:
    """Data from a consumed iterator cannot be read again, so only the first error is reported."""
    converter = registered_converter(Converter, detailed=False)
    data = (each for each in [GRANT, MISSPELT])
    assert problems(converter, data, list[tul.Grant]) == ["TSK005 /status", "TSK004 /recipent"]


@pytest.mark.parametrize(
    ("data", "cls", "expected"),
    [
        pytest.param([GRANT, 1], list[tul.Grant], ["TSK002 /1"], id="list"),
        pytest.param({"x": 1}, dict[str, tul.Period], ["TSK002 /x"], id="mapping"),
        pytest.param([{"fi": ""}, "?"], tuple[tul.Text, tul.Evidence],
                     ["TSK013 /0/fi", "TSK005 /1"], id="pair"),
        pytest.param(["stated", "?"], set[tul.Evidence], ["TSK005 /1"], id="set"),
        pytest.param({"?": 1}, dict[tul.Evidence, int], ["TSK005 /?"], id="key of a mapping"),
        pytest.param({}, tul.Period | None, ["TSK003 /start"], id="optional"),
        pytest.param(True, tul.GoalNumber, ["TSK002"], id="true for a number"),
        pytest.param(1.0, tul.GoalNumber, ["TSK002"], id="1.0 for a number"),
        pytest.param("1", tul.GoalNumber, ["TSK002"], id="text for a number"),
        pytest.param(5, tul.Evidence, ["TSK002"], id="number for a code"),
        pytest.param("STATED", tul.Evidence, ["TSK005"], id="code in capitals"),
        pytest.param({"format": "x"}, tul.Portfolio,
                     ["TSK007 /format", "TSK003 /format_version"], id="portfolio"),
    ],
)  # fmt: skip
def test_our_classes_are_as_strict_as_in_documents(
    data: object, cls: object, expected: list[str]
) -> None:
    """Rules for values apply in a user's converter: the same codes, nothing is coerced."""
    assert problems(registered_converter(Converter), data, cls) == expected


def test_classes_of_the_user_are_read_as_before() -> None:
    """The lenient conversions of cattrs still apply to other classes."""
    plain, converter = Converter(), registered_converter(Converter)
    assert converter.structure("12", int) == plain.structure("12", int) == 12
    assert converter.structure("red", Colour) is Colour.RED
    assert converter.unstructure(Colour.RED) == "red"
    assert converter.structure({"label": 1, "grants": [], "count": "3"}, Batch).count == 3


def test_error_in_a_class_of_the_user_is_a_finding() -> None:
    """Another library's error becomes a finding with its path and its text."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever cattrs raises
        registered_converter(Converter).structure(
            {"label": "x", "grants": [], "count": "three"}, Batch
        )
    (finding,) = formats.findings_of(caught.value)
    assert (finding.code, finding.path) == ("TSK002", "/count")
    assert "three" in finding.message("sv")


class ManyProblemsError(Exception):
    """An exception of another library that also has errors."""

    def errors(self) -> list[str]:
        """Return texts, unlike pydantic."""
        return ["first"]


def test_errors_of_other_libraries_are_not_read_as_those_of_pydantic() -> None:
    """A method with the same name may return anything, so the exception is one finding."""
    (finding,) = formats.findings_of(ManyProblemsError("too many"))
    assert (finding.code, finding.path) == ("TSK002", "")
    assert "ManyProblemsError: too many" in finding.message("en")


def test_exception_group_of_a_hook() -> None:
    """The exceptions that a hook groups become findings, under the path of the hook."""

    def structure(data: list[object], _: object) -> Colour:
        errors: list[Exception] = []
        for each in data:
            try:
                formats.structure(each, tul.Evidence)
            except tul.InvalidValueError as error:
                errors.append(error)
        raise ExceptionGroup("bad colours", errors)

    converter = Converter()
    converter.register_structure_hook(Colour, structure)
    formats.register(converter)
    assert problems(converter, [["?", 5, "weak"]], list[Colour]) == ["TSK005 /0", "TSK002 /0"]


def test_converter_that_cannot_be_copied() -> None:
    """Where the data cannot be read twice, only the first error is reported."""

    class Tagged(Converter):
        """A user's converter with arguments of its own."""

        def __init__(self, tag: str) -> None:
            """Keep a tag."""
            super().__init__(detailed_validation=False)
            self.tag = tag

    converter = Tagged("x")
    formats.register(converter)
    assert problems(converter, [MISSPELT], list[tul.Grant]) == [
        "TSK005 /status",
        "TSK004 /recipent",
    ]


def test_partly_consumed_iterator() -> None:
    """An iterator is not read a second time, as it would continue with other data."""
    converter = registered_converter(Converter, detailed=False)
    data = iter([GRANT, MISSPELT, GRANT, 5])
    assert problems(converter, data, list[tul.Grant]) == ["TSK005 /status", "TSK004 /recipent"]


@pytest.mark.parametrize("cls", [int, "Grant", None, list[tul.Grant], dict[str, int]])
def test_structure_accepts_only_our_classes(cls: Any) -> None:  # noqa: ANN401 - what is wrongly given
    """Another class is an error in the program, and raises `TypeError`."""
    with pytest.raises(TypeError, match=r"give a class of type Value or Enum, such as tul"):
        formats.structure(GRANT, cls)


def test_structure_reads_a_list_of_entities() -> None:
    """A register is read from a list, with the findings of all elements; other lists name it."""
    assert formats.structure([GRANT], tul.Register[tul.Grant])["g1"].call == "shc-2021"
    assert formats.structure([GRANT], tul.Register).keys() == {"g1"}
    assert formats.structure([GRANT], tul.Register[tul.Grant | tul.Project]).keys() == {"g1"}
    with pytest.raises(tul.InvalidValueError) as caught:
        formats.structure([MISSPELT, 5], tul.Register[tul.Grant])
    assert [(each.code, each.path) for each in caught.value.findings] == [
        ("TSK005", "/0/status"),
        ("TSK004", "/0/recipent"),
        ("TSK002", "/1"),
    ]
    with pytest.raises(TypeError, match=r"for several entities give tulevaisuus\.Register\["):
        formats.structure([GRANT], tuple[tul.Grant, ...])  # type: ignore[type-var]


@pytest.mark.parametrize("value", [5, None, GRANT, [tul.Text("x")], tul.Grant])
def test_unstructure_accepts_only_our_objects(value: Any) -> None:  # noqa: ANN401 - as above
    """Other objects are rejected and not returned as if they were plain data."""
    assert rejected(formats.unstructure, value) == ["TSK002"]


@pytest.mark.parametrize("detailed", [True, False])
def test_extra_keys_are_unknown_fields(*, detailed: bool) -> None:
    """Each extra key of a user's own class is a finding, and keys are shown in full."""
    converter = Converter(forbid_extra_keys=True, detailed_validation=detailed)
    formats.register(converter)
    long = "y" * 300
    data = {"batches": [{"label": "x", "grants": [GRANT], "colours": 1, long: 2}]}
    assert problems(converter, data, Shelf) == [
        "TSK004 /batches/0/colours",
        f"TSK004 /batches/0/{long}",
    ]


class Order(BaseModel):
    """A pydantic model with one of our fields and one of its own."""

    grant: tul.Grant
    count: int


def test_findings_of_a_pydantic_error() -> None:
    """Our findings keep code, path and three languages; other errors keep pydantic's text."""
    wrong = {"grant": {**GRANT, "call": 5, "{x}": 1}, "count": "many"}
    with pytest.raises(ValidationError) as caught:
        Order.model_validate(wrong)
    call, unknown, count = formats.findings_of(caught.value)
    assert [(each.code, each.path) for each in (call, unknown, count)] == [
        ("TSK002", "/grant/call"),
        ("TSK004", "/grant/{x}"),
        ("TSK002", "/count"),
    ]
    assert '"{x}"' in unknown.message("en")
    assert call.message("sv").startswith("här står talet 5")
    assert "valid integer" in count.message("en")


def test_findings_of_unions_and_web_services() -> None:
    """Paths are those of the data, without the branch of a union or the word `body`."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Grant | tul.Project).validate_python({**GRANT, "id": 5})
    places = [each.path for each in formats.findings_of(caught.value)]
    assert places[0] == "/id"
    errors = [{**each, "loc": ("body", *each["loc"])} for each in caught.value.errors()]
    of_service = RequestValidationError(errors)
    assert [each.path for each in formats.findings_of(of_service)] == places


def test_notes_on_an_exception_are_not_paths() -> None:
    """An exception may have notes of the user; the path is still found among them."""
    converter = registered_converter(Converter)

    def structure(_: object, __: object) -> tul.Period:
        try:
            return tul.Period()
        except tul.InvalidValueError as error:
            error.add_note("on page 7")
            raise

    converter.register_structure_hook(tul.Period, structure)
    assert problems(converter, [None], list[tul.Period]) == ["TSK003 /0/start"]


def test_error_that_does_not_recur_is_one_finding() -> None:
    """A hook that fails only at the first reading is reported with its own error."""
    converter = registered_converter(Converter)
    failures = iter([RuntimeError("busy")])

    def structure(data: str, _: object) -> Colour:
        """Fail at the first call."""
        for failure in failures:
            raise failure
        return Colour(data)

    converter.detailed_validation = False
    converter.register_structure_hook(Colour, structure)
    with pytest.raises(RuntimeError) as caught:
        converter.structure(["red"], list[Colour])
    (finding,) = formats.findings_of(caught.value)
    assert (finding.path, "busy" in finding.message("en")) == ("", True)


def test_any_exception_has_findings() -> None:
    """An error from outside converters is a finding about the whole."""
    (finding,) = formats.findings_of(RuntimeError("out of paper"))
    assert (finding.code, finding.path) == ("TSK002", "")
    assert "out of paper" in finding.message("fi")


def test_our_errors_keep_their_findings() -> None:
    """The findings of a reading error are returned unchanged."""
    with pytest.raises(tul.DocumentError) as caught:
        tul.loads(document(grants=1))
    assert formats.findings_of(caught.value) == caught.value.findings


def test_hook_of_the_user_takes_precedence() -> None:
    """A hook that a user registers for one class is used instead of ours."""
    converter = registered_converter(Converter)
    converter.register_structure_hook(tul.Period, lambda text, _: tul.Period.parse(text))
    assert converter.structure("1.1.2021–31.12.2023", tul.Period) == tul.Period.of_years(2021, 2023)


@pytest.mark.parametrize(
    ("entity", "plain"),
    [
        pytest.param(tul.BusinessId("0204819-8"), "0204819-8", id="business id"),
        pytest.param(tul.Evidence.WEAK, "weak", id="code"),
        pytest.param(tul.Text("x"), {"fi": "x"}, id="value"),
        pytest.param(tul.Grant(**GRANT), GRANT, id="entity"),  # type: ignore[arg-type]
    ],
)
def test_structure_and_unstructure_single_values(entity: tul.Value | Enum, plain: object) -> None:
    """They do without a converter what `register` does with one."""
    assert formats.unstructure(entity) == plain
    assert formats.structure(plain, type(entity)) == entity


def test_portfolio_is_a_document() -> None:
    """A converter writes the header of a portfolio, and requires it."""
    portfolio = tul.Portfolio(grants=tul.Register([tul.Grant(**GRANT)]))  # type: ignore[arg-type]
    plain = formats.unstructure(portfolio)
    assert plain == json.loads(tul.dumps(portfolio))
    assert formats.structure(plain, tul.Portfolio) == portfolio


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param({1: 2}, "TSK004 /1", id="a number for a key"),
        pytest.param({"grants": [{**NO_TEXT, 1: 2}]}, "TSK004 /grants/0/1", id="a number inside"),
        pytest.param({"grants": [{**NO_TEXT, (): 2}]}, "TSK004 /grants/0/()", id="a tuple inside"),
        pytest.param({b"grants": []}, "TSK004 /b'grants'", id="bytes for a key"),
    ],
)
def test_other_keys_than_text_are_unknown_fields(data: dict[object, object], expected: str) -> None:
    """Data of other decoders never leads to an exception of another library."""
    members = {"format": "tulevaisuus", "format_version": "1.0"} | data
    assert rejected(formats.structure, members, tul.Portfolio) == [expected]
