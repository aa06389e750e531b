"""Our classes as fields of pydantic models: validated, reported and described as in documents."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

import tulevaisuus as tul
from tests.formats.test_json_schema import PARTS
from tests.helpers import run_python
from tests.properties.test_documents import ENTITIES, PYTHON
from tests.strategies import VALUES
from tulevaisuus import formats, funding
from tulevaisuus.findings import json_pointers
from tulevaisuus.model.annotations import Euros

GRANT = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted"}
WRONG: dict[str, Any] = {
    "id": "g1",
    "call": 5,
    "amount_eur": "12",
    "usable": {"start": "2021-02-30"},
    "notes": [{"text": "x"}],
    "sum": 1,
}
WRONG_AT = {
    ("sum",): "TSK004",
    ("call",): "TSK002",
    ("amount_eur",): "TSK002",
    ("usable", "start"): "TSK006",
    ("notes", 0, "field"): "TSK003",
    ("project",): "TSK003",
    ("status",): "TSK003",
}


class Application(BaseModel):
    """A user's model, with fields of our classes."""

    grant: tul.Grant
    grants: tul.Register[tul.Grant] = Field(default_factory=tul.Register)
    periods: dict[str, tul.Period] = {}
    goals: list[tul.GoalNumber] = []
    applicant: tul.BusinessId | None = None
    name: tul.Text | None = None
    status: tul.GrantStatus | None = None


Read = Callable[[dict[str, Any]], Application]
READERS: list[Read] = [
    Application.model_validate,
    lambda data: Application.model_validate_json(json.dumps(data)),
]
"""The two ways in: of Python's data and of JSON."""

by_both = pytest.mark.parametrize("read", READERS, ids=["python", "json"])


def errors(read: Callable[[Any], object], data: object) -> dict[tuple[str | int, ...], str]:
    """Return the codes of errors by their locations."""
    with pytest.raises(ValidationError) as caught:
        read(data)
    return {each["loc"]: each["type"] for each in caught.value.errors()}


@by_both
def test_all_errors_are_reported(read: Read) -> None:
    """Each finding is an error of its own, with our code and the full location."""
    reported = errors(read, {"grant": WRONG, "grants": [GRANT, WRONG], "periods": {"a": {}}})
    assert reported == {
        **{("grant", *place): code for place, code in WRONG_AT.items()},
        **{("grants", 1, *place): code for place, code in WRONG_AT.items()},
        ("grants", 1, "id"): "TSK008",
        ("periods", "a", "start"): "TSK003",
    }


def test_error_has_three_languages() -> None:
    """The message is that of the finding, the input is the wrong value."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Grant).validate_python(WRONG)
    with pytest.raises(tul.InvalidValueError) as expected:
        formats.structure(WRONG, tul.Grant)
    for error, finding in zip(caught.value.errors(), expected.value.findings, strict=True):
        assert error["msg"] == finding.message("en")
        assert error.get("ctx") == {each: finding.message(each) for each in ("fi", "sv", "en")}
    inputs = {error["loc"]: error["input"] for error in caught.value.errors()}
    assert inputs["amount_eur",] == "12"
    assert inputs["project",] is WRONG
    assert inputs["notes", 0, "field"] == {"text": "x"}


@by_both
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("goals", ["1"], "TSK002"),
        ("goals", [1.0], "TSK002"),
        ("goals", [True], "TSK002"),
        ("goals", [6], "TSK005"),
        ("applicant", "0204819-7", "TSK006"),
        ("name", "Esimerkki", "TSK002"),
        ("name", {"fi": " "}, "TSK013"),
        ("periods", {"a": "2020-01-01/2023-12-31"}, "TSK002"),
        ("grants", [GRANT, GRANT], "TSK008"),
    ],
)
def test_nothing_is_converted(read: Read, field: str, value: object, code: str) -> None:
    """Values are validated as in documents."""
    reported = errors(read, {"grant": GRANT, field: value})
    assert code in reported.values()
    assert all(place[0] == field for place in reported)


@pytest.mark.parametrize("value", [{"a": GRANT}, "g1", None])
def test_register_must_be_a_list(value: object) -> None:
    """Other containers are rejected; a tuple is accepted in Python."""
    reported = errors(Application.model_validate, {"grant": GRANT, "grants": value})
    assert reported == {("grants",): "TSK002"}
    assert len(Application.model_validate({"grant": GRANT, "grants": (GRANT,)}).grants) == 1


def test_duplicate_key_is_reported_with_other_errors() -> None:
    """All errors are reported together."""
    reported = errors(Application.model_validate, {"grant": GRANT, "grants": [GRANT, WRONG, GRANT]})
    assert reported["grants", 2, "id"] == "TSK008"
    assert reported["grants", 1, "call"] == "TSK002"


def test_registers_of_any_entities() -> None:
    """Elements are read as the class that they fit, and written accordingly."""
    register = tul.Register([formats.structure(GRANT, tul.Grant)])
    for annotation in (cast("Any", tul.Register), tul.Register[tul.Entity]):
        reader: TypeAdapter[Any] = TypeAdapter(annotation)
        assert reader.validate_python(register) == register
        assert reader.dump_python(register, mode="json") == [GRANT]
        assert reader.validate_python([GRANT]) == register
        with pytest.raises(ValidationError, match="TSK004"):
            reader.validate_python([{**GRANT, "grnt": 1}])
        assert reader.json_schema()["type"] == "array"


@pytest.mark.parametrize("cls", [each for each in PARTS if issubclass(each, Enum)])
@pytest.mark.parametrize("strict", [True, False])
def test_codes_are_not_converted(cls: type[Enum], *, strict: bool) -> None:
    """A code is its text or number, or its member; similar values are rejected."""
    reader = TypeAdapter(cls)
    for member in cls:
        assert reader.validate_python(member.value, strict=strict) is member
        assert reader.validate_python(member, strict=strict) is member
        assert reader.validate_json(json.dumps(member.value), strict=strict) is member
        other: Any = Enum("other", {"SAME": member.value})
        for value in (*other, str(member.value).encode(), [member.value], None):
            with pytest.raises(ValidationError, match="TSK002"):
                reader.validate_python(value, strict=strict)
    with pytest.raises(ValidationError, match=r"TSK00[25]"):
        reader.validate_python("unknown", strict=strict)


def test_codes_may_be_keys() -> None:
    """Codes may be the keys of a dict, in both directions."""
    reader = TypeAdapter(dict[tul.Evidence, tul.Period])
    periods = {tul.Evidence.WEAK: tul.Period.of_years(2020, 2021)}
    assert reader.validate_json(reader.dump_json(periods)) == periods


def test_members_of_a_union_have_names() -> None:
    """Errors of each class of a union are reported under its name."""
    reported = errors(TypeAdapter(tul.Grant | tul.GoalNumber).validate_python, {**GRANT, "id": 3})
    assert reported == {
        ("function-wrap[Grant()]", "id"): "TSK002",
        ("function-wrap[GoalNumber()]",): "TSK002",
    }


def test_newer_document_is_rejected() -> None:
    """There is no channel for a warning about lost fields."""
    document = {"format": "tulevaisuus", "format_version": "1.7", "new": 1}
    reader = TypeAdapter(tul.Portfolio)
    assert errors(reader.validate_python, document) == {("format_version",): "TSK007"}
    newer = formats.structure(document, tul.Portfolio)
    assert errors(reader.validate_python, newer) == {("format_version",): "TSK007"}


class Own(tul.Grant):
    """A user's subclass of grants."""


def test_classes_outside_documents() -> None:
    """They are validated like others, with the schema of their base class."""
    assert TypeAdapter(Own).json_schema()["required"] == ["id", "call", "project", "status"]
    for cls in (tul.Entity, Own):
        with pytest.raises(ValidationError, match="TSK002"):
            TypeAdapter(cls).validate_python(5)


T = TypeVar("T", bound=tul.Entity)


class Page(BaseModel, Generic[T]):
    """A user's generic model."""

    items: list[T]
    register_: tul.Register[T]


def test_generic_models() -> None:
    """Our classes can be type arguments of a generic model."""
    page = Page[tul.Grant].model_validate({"items": [GRANT], "register_": [GRANT]})
    assert page.items == [*page.register_]
    reported = errors(Page[tul.Project].model_validate, {"items": [], "register_": [GRANT]})
    assert reported["register_", 0, "call"] == "TSK004"


@pytest.mark.parametrize(
    "value",
    [float("nan"), "\ud800", {"x": float("inf")}, 10**5000],
    ids=["nan", "half", "infinity", "huge"],
)
def test_errors_can_be_written_as_json(value: object) -> None:
    """Input that JSON cannot represent is described in the error."""
    with pytest.raises(ValidationError) as caught:
        Application.model_validate(
            {"grant": {**GRANT, "amount_eur": value, "notes": [value], "\udc00": value}}
        )
    json.dumps(caught.value.errors(), ensure_ascii=False, allow_nan=False).encode()
    assert json.loads(caught.value.json())


class Private(BaseModel):
    """A model that hides its input in errors."""

    model_config = ConfigDict(hide_input_in_errors=True)

    post: tul.Post
    amount: Euros = Decimal(1)


def test_hidden_input_is_in_no_message() -> None:
    """Messages have the field and what is expected, and quote no input."""
    wrong = {"post": {"role": "secret\n", "holder": 12345, "secret": 1}, "amount": -77}
    with pytest.raises(ValidationError) as caught:
        Private.model_validate(wrong)
    shown = [(each["type"], each["msg"]) for each in caught.value.errors(include_input=False)]
    assert [code for code, _ in shown] == ["TSK006", "TSK002", "TSK004", "TSK003", "TSK012"]
    assert not [msg for _, msg in shown if "secret" in msg or "12345" in msg or "77" in msg]
    assert shown[3][1] == 'required field "id" is missing; add it'
    assert "(värdet dolt)" in caught.value.errors()[1].get("ctx", {})["sv"]


@pytest.mark.proof
def test_errors_of_a_large_request_are_bounded() -> None:
    """A hundred errors are listed, the others are counted; large inputs are described."""
    many = [{"x" * 3000: number} for number in range(1000)]
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Register[tul.Grant]).validate_python(many)
    assert caught.value.error_count() == 101
    assert caught.value.errors()[-1]["msg"] == "and 4900 more errors"
    assert len(caught.value.json()) < 600_000


@pytest.mark.parametrize("value", [b"\xff\xfe", {b"\xff": 1}, {"id": [b"\xff"]}])
def test_errors_about_bytes_can_be_written_as_json(value: object) -> None:
    """Bytes that are not text are described."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Grant).validate_python(value)
    assert json.loads(caught.value.json())


def test_registers_of_several_classes() -> None:
    """Each element is of the class that it fits; its errors are those of the nearest class."""
    project = {"id": "p", "name": {"fi": "x"}, "regions": ["05"]}
    reader = TypeAdapter(tul.Register[tul.Grant | tul.Project])
    register = reader.validate_python([GRANT, project])
    assert [type(each) for each in register] == [tul.Grant, tul.Project]
    assert reader.validate_python(register) == register
    assert reader.dump_python(register, mode="json") == [GRANT, project]
    wrong = [GRANT, {**project, "regions": 5}]
    assert errors(reader.validate_python, wrong) == {(1, "regions"): "TSK002"}


def test_python_objects_are_described() -> None:
    """Keys that JSON cannot represent are described in errors."""
    data = {(1, 2): 5}
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Period).validate_python(data)
    assert caught.value.errors()[-1]["input"] is data


def test_repeated_object_in_a_register() -> None:
    """Duplicates among objects are reported as among data."""
    grant = formats.structure(GRANT, tul.Grant)
    reported = errors(Application.model_validate, {"grant": grant, "grants": [grant, grant]})
    assert reported == {("grants", 1, "id"): "TSK008"}


@by_both
def test_what_is_written_is_read_back(read: Read) -> None:
    """JSON has the form of documents; Python mode keeps the immutable objects."""
    data = {
        "grant": {**GRANT, "amount_eur": 11180062.5, "usable": {"end": "2023-12-31"}},
        "grants": [GRANT],
        "periods": {"a": {"start": "2021-01-01"}},
        "goals": [2],
        "applicant": "0204819-8",
        "name": {"fi": "Esimerkki"},
        "status": "granted",
    }
    application = read(data)
    assert application.model_dump(mode="json") == data
    assert json.loads(application.model_dump_json()) == data
    assert application.model_dump()["grant"] is application.grant
    assert Application.model_validate(application.model_dump()) == application


def test_portfolio_is_a_field() -> None:
    """A portfolio has its header, and the findings of a document."""
    adapter = TypeAdapter(tul.Portfolio)
    portfolio = tul.Portfolio(grants=tul.Register([formats.structure(GRANT, tul.Grant)]))
    assert adapter.dump_python(portfolio, mode="json") == formats.unstructure(portfolio)
    assert adapter.validate_json(tul.dumps(portfolio)) == portfolio
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python({"format": "tulevaisuus", "grants": [GRANT, {}]})
    places = {each["loc"] for each in caught.value.errors()}
    assert {("format_version",), ("grants", 1, "id")} <= places


@pytest.mark.proof
@given(ENTITIES)
def test_entities_are_written_and_read_back(entity: tul.Value) -> None:
    """Any entity is equal after Python's and JSON mode."""
    adapter: TypeAdapter[Any] = TypeAdapter(type(entity))
    assert adapter.validate_json(adapter.dump_json(entity)) == entity
    assert adapter.validate_python(adapter.dump_python(entity, mode="json")) == entity


@pytest.mark.proof
@given(st.sampled_from(VALUES), PYTHON)
def test_findings_equal_those_of_structure(cls: type[tul.Value], data: object) -> None:
    """Whatever the input is, pydantic reports exactly what our own converter does."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(cls).validate_python(data)
    with pytest.raises(tul.InvalidValueError) as expected:
        formats.structure(data, cls)
    reported = [(each["type"], json_pointers.join(*each["loc"])) for each in caught.value.errors()]
    assert reported == [(finding.code, finding.path) for finding in expected.value.findings]


def resolved(value: object, defs: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    """Replace references by their definitions."""
    if isinstance(value, list):
        return [resolved(each, defs) for each in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    given = cast("dict[str, object]", value)
    members = {name: resolved(each, defs) for name, each in given.items() if name != "$defs"}
    name = str(members.pop("$ref", "")).rpartition("/")[2]
    return {**resolved(defs[name], defs), **members} if name else members


@pytest.mark.proof
@pytest.mark.parametrize("cls", [tul.Portfolio, *PARTS], ids=lambda cls: cls.__name__)
def test_json_schema_is_ours(cls: type[Any]) -> None:
    """Pydantic's schema of a class, for reading and writing, equals ours."""
    ours: Any = formats.schema(cls)
    expected = resolved(ours, ours.get("$defs", {}))
    del expected["$schema"], expected["$id"]
    for mode in ("validation", "serialization"):
        made = TypeAdapter(cls).json_schema(mode=mode)
        assert resolved(made, made.get("$defs", {})) == expected


def test_each_class_has_one_definition() -> None:
    """A class that is used in several fields is described once, under its name."""
    shown = Application.model_json_schema()
    assert {"Grant", "GrantStatus", "Note", "Period", "Text", "BusinessId"} < set(shown["$defs"])
    assert "Id" not in shown["$defs"]
    assert shown["properties"]["grants"]["items"] == {"$ref": "#/$defs/Grant"}


def test_pydantic_is_not_imported_without_need() -> None:
    """A program that does not use pydantic never imports it."""
    code = "import sys, tulevaisuus as tul; tul.check(tul.Portfolio())"
    assert run_python(f"{code}; print('pydantic' in sys.modules)") == "False"


def test_very_deep_input_is_described() -> None:
    """The error can be written as JSON, however deep the wrong value is."""
    deep: dict[str, object] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Grant).validate_python({"id": deep})
    first = caught.value.errors()[0]
    assert (first["loc"], first["input"]) == (("id",), "an object")
    assert '"an object"' in caught.value.json()


@pytest.mark.parametrize("value", [1, "x" * 1_500, {"a": ["b"] * 300}])
@pytest.mark.parametrize("count", [1, 100, 3_000])
def test_errors_about_unknown_fields_are_bounded(value: object, count: int) -> None:
    """However many fields are unknown, the errors are short, and counted."""
    junk = {f"junk{number}": value for number in range(count)}
    data = {"id": "g", "call": "shc-2021", "project": "p", "status": "granted", **junk}
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Grant).validate_python(data)
    errors = caught.value.errors()
    assert len(caught.value.json()) < 70_000
    named = [each for each in errors if each["type"] == "TSK004"]
    assert named
    more = re.fullmatch("and (\\d+) more errors", errors[-1]["msg"])
    assert len(named) + (int(more[1]) if more else 0) == count
    listing = [each for each in named if "the known fields are" in each["msg"]]
    assert len(listing) == min(3, len(named))


class AllClasses(BaseModel):
    """A model with one field for each group of our classes."""

    grant: tul.Grant = tul.grants["vs-2021"]
    status: tul.GrantStatus = tul.GrantStatus.GRANTED
    entity: tul.Entity = tul.grants["vs-2021"]
    grants: tul.Register[tul.Grant] = tul.Register()


@pytest.mark.parametrize(
    ("field", "wrong", "expected"),
    [
        ("grant", 5, "Grant, found number 5"),
        ("status", "granted", 'GrantStatus, found text "granted"'),
        ("entity", 5, "Entity, found number 5"),
        ("grants", [5], "Grant, found number 5"),
    ],
)
def test_unvalidated_value_is_not_written(field: str, wrong: object, expected: str) -> None:
    """Copies of models are not validated by pydantic; the error names the class of the field."""
    copy = AllClasses().model_copy(update={field: wrong})
    with pytest.raises(PydanticSerializationError, match=re.escape(expected)):
        copy.model_dump_json()


def test_class_outside_documents_has_a_schema() -> None:
    """Costs are not in documents; their schema has only a title and a type."""
    costs = TypeAdapter(funding.Cost)
    assert costs.json_schema() == {"title": "Cost", "type": "object"}
    cost = {"id": "c1", "day": "2021-05-01", "amount_eur": Decimal("12.5"), "project": "p1"}
    assert costs.validate_python(cost).amount_eur == Decimal("12.5")
    with pytest.raises(ValidationError, match="TSK004"):
        costs.validate_python({**cost, "amount": 5})
