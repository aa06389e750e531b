"""Our classes in pydantic's models: as strict as documents, rejected and described alike."""

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
    """A user's own model, with fields of our types."""

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
    """Return the codes of what is wrong, by their places."""
    with pytest.raises(ValidationError) as caught:
        read(data)
    return {each["loc"]: each["type"] for each in caught.value.errors()}


@by_both
def test_everything_wrong_is_told_at_once(read: Read) -> None:
    """Each mistake is an error of its own, with the code of ours and the whole way to it."""
    reported = errors(read, {"grant": WRONG, "grants": [GRANT, WRONG], "periods": {"a": {}}})
    assert reported == {
        **{("grant", *place): code for place, code in WRONG_AT.items()},
        **{("grants", 1, *place): code for place, code in WRONG_AT.items()},
        ("grants", 1, "id"): "TSK008",
        ("periods", "a", "start"): "TSK003",
    }


def test_an_error_says_what_was_found_in_three_languages() -> None:
    """The message is the finding's, the input is what stands there or what lacks it."""
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
    """Values are held to the same as in documents."""
    reported = errors(read, {"grant": GRANT, field: value})
    assert code in reported.values()
    assert all(place[0] == field for place in reported)


@pytest.mark.parametrize("value", [{"a": GRANT}, "g1", None])
def test_a_register_is_a_list(value: object) -> None:
    """Other containers are none; a tuple is what Python has for a list that stays as it is."""
    reported = errors(Application.model_validate, {"grant": GRANT, "grants": value})
    assert reported == {("grants",): "TSK002"}
    assert len(Application.model_validate({"grant": GRANT, "grants": (GRANT,)}).grants) == 1


def test_a_taken_key_is_told_beside_all_else() -> None:
    """Nothing waits until the rest is mended."""
    reported = errors(Application.model_validate, {"grant": GRANT, "grants": [GRANT, WRONG, GRANT]})
    assert reported["grants", 2, "id"] == "TSK008"
    assert reported["grants", 1, "call"] == "TSK002"


def test_registers_of_any_things() -> None:
    """What a register of no one class holds is read as the class that it fits, and written."""
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
    """A code is its text or number, and its enum's member; what only looks like it is not."""
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
        reader.validate_python("nothing of the kind", strict=strict)


def test_codes_are_keys() -> None:
    """The words of a code list may be keys, in both directions."""
    reader = TypeAdapter(dict[tul.Evidence, tul.Period])
    periods = {tul.Evidence.WEAK: tul.Period.of_years(2020, 2021)}
    assert reader.validate_json(reader.dump_json(periods)) == periods


def test_members_of_a_union_have_names() -> None:
    """What is wrong by each class of a union is reported under its name."""
    reported = errors(TypeAdapter(tul.Grant | tul.GoalNumber).validate_python, {**GRANT, "id": 3})
    assert reported == {
        ("function-wrap[Grant()]", "id"): "TSK002",
        ("function-wrap[GoalNumber()]",): "TSK002",
    }


def test_a_newer_document_is_rejected() -> None:
    """Nobody could be warned of what it loses, and nobody could write it."""
    document = {"format": "tulevaisuus", "format_version": "1.7", "new": 1}
    reader = TypeAdapter(tul.Portfolio)
    assert errors(reader.validate_python, document) == {("format_version",): "TSK007"}
    newer = formats.structure(document, tul.Portfolio)
    assert errors(reader.validate_python, newer) == {("format_version",): "TSK007"}


class Own(tul.Grant):
    """A grant of a user's own."""


def test_classes_that_no_document_holds() -> None:
    """They are fields like others, with the schema of what they are derived from."""
    assert TypeAdapter(Own).json_schema()["required"] == ["id", "call", "project", "status"]
    for cls in (tul.Entity, Own):
        with pytest.raises(ValidationError, match="TSK002"):
            TypeAdapter(cls).validate_python(5)


T = TypeVar("T", bound=tul.Entity)


class Page(BaseModel, Generic[T]):
    """A generic model of a user's."""

    items: list[T]
    register_: tul.Register[T]


def test_generic_models() -> None:
    """What a model leaves open is filled with our classes."""
    page = Page[tul.Grant].model_validate({"items": [GRANT], "register_": [GRANT]})
    assert page.items == [*page.register_]
    reported = errors(Page[tul.Project].model_validate, {"items": [], "register_": [GRANT]})
    assert reported["register_", 0, "call"] == "TSK004"


@pytest.mark.parametrize(
    "value",
    [float("nan"), "\ud800", {"x": float("inf")}, 10**5000],
    ids=["nan", "half", "infinity", "huge"],
)
def test_errors_can_be_sent(value: object) -> None:
    """What JSON has no word for is described where an error shows what was given."""
    with pytest.raises(ValidationError) as caught:
        Application.model_validate(
            {"grant": {**GRANT, "amount_eur": value, "notes": [value], "\udc00": value}}
        )
    json.dumps(caught.value.errors(), ensure_ascii=False, allow_nan=False).encode()
    assert json.loads(caught.value.json())


class Private(BaseModel):
    """A model that hides what it was given."""

    model_config = ConfigDict(hide_input_in_errors=True)

    post: tul.Post
    amount: Euros = Decimal(1)


def test_hidden_input_is_in_no_message() -> None:
    """Messages name the field and what is expected, but quote nothing."""
    wrong = {"post": {"role": "secret\n", "holder": 12345, "secret": 1}, "amount": -77}
    with pytest.raises(ValidationError) as caught:
        Private.model_validate(wrong)
    shown = [(each["type"], each["msg"]) for each in caught.value.errors(include_input=False)]
    assert [code for code, _ in shown] == ["TSK006", "TSK002", "TSK004", "TSK003", "TSK012"]
    assert not [msg for _, msg in shown if "secret" in msg or "12345" in msg or "77" in msg]
    assert shown[3][1] == 'required field "id" is missing; add it'
    assert "(värdet dolt)" in caught.value.errors()[1].get("ctx", {})["sv"]


@pytest.mark.proof
def test_errors_of_a_large_request_stay_small() -> None:
    """A hundred errors are listed, the others counted; large inputs are described."""
    many = [{"x" * 3000: number} for number in range(1000)]
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Register[tul.Grant]).validate_python(many)
    assert caught.value.error_count() == 101
    assert caught.value.errors()[-1]["msg"] == "and 4900 more errors"
    assert len(caught.value.json()) < 600_000


@pytest.mark.parametrize("value", [b"\xff\xfe", {b"\xff": 1}, {"id": [b"\xff"]}])
def test_errors_about_bytes_can_be_sent(value: object) -> None:
    """Pydantic writes its errors as JSON even where bytes were given that are no text."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Grant).validate_python(value)
    assert json.loads(caught.value.json())


def test_registers_of_several_classes() -> None:
    """Each element is of the class that it reads as; its errors are those of the nearest."""
    project = {"id": "p", "name": {"fi": "x"}, "regions": ["05"]}
    reader = TypeAdapter(tul.Register[tul.Grant | tul.Project])
    register = reader.validate_python([GRANT, project])
    assert [type(each) for each in register] == [tul.Grant, tul.Project]
    assert reader.validate_python(register) == register
    assert reader.dump_python(register, mode="json") == [GRANT, project]
    wrong = [GRANT, {**project, "regions": 5}]
    assert errors(reader.validate_python, wrong) == {(1, "regions"): "TSK002"}


def test_what_is_no_json_is_shown_as_it_is() -> None:
    """Keys of Python's own are nothing that an answer would hold."""
    data = {(1, 2): 5}
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(tul.Period).validate_python(data)
    assert caught.value.errors()[-1]["input"] is data


def test_the_same_object_twice_in_a_register() -> None:
    """Objects are reported like data, where they stand."""
    grant = formats.structure(GRANT, tul.Grant)
    reported = errors(Application.model_validate, {"grant": grant, "grants": [grant, grant]})
    assert reported == {("grants", 1, "id"): "TSK008"}


@by_both
def test_what_is_written_is_read_as_the_same(read: Read) -> None:
    """JSON has the form of documents; Python's form keeps the objects, which cannot change."""
    said = {
        "grant": {**GRANT, "amount_eur": 11180062.5, "usable": {"end": "2023-12-31"}},
        "grants": [GRANT],
        "periods": {"a": {"start": "2021-01-01"}},
        "goals": [2],
        "applicant": "0204819-8",
        "name": {"fi": "Esimerkki"},
        "status": "granted",
    }
    application = read(said)
    assert application.model_dump(mode="json") == said
    assert json.loads(application.model_dump_json()) == said
    assert application.model_dump()["grant"] is application.grant
    assert Application.model_validate(application.model_dump()) == application


def test_a_whole_document_is_a_field_too() -> None:
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
def test_entities_come_back(entity: tul.Value) -> None:
    """Any entity is written and read as the same, by way of Python's data and of JSON."""
    adapter: TypeAdapter[Any] = TypeAdapter(type(entity))
    assert adapter.validate_json(adapter.dump_json(entity)) == entity
    assert adapter.validate_python(adapter.dump_python(entity, mode="json")) == entity


@pytest.mark.proof
@given(st.sampled_from(VALUES), PYTHON)
def test_what_is_rejected_is_what_we_refuse(cls: type[tul.Value], data: object) -> None:
    """Whatever is given, pydantic tells exactly what our own converter finds."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(cls).validate_python(data)
    with pytest.raises(tul.InvalidValueError) as expected:
        formats.structure(data, cls)
    reported = [(each["type"], json_pointers.join(*each["loc"])) for each in caught.value.errors()]
    assert reported == [(finding.code, finding.path) for finding in expected.value.findings]


def resolved(value: object, defs: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    """Put what is referred to in the place of references."""
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
def test_the_json_schema_is_ours(cls: type[Any]) -> None:
    """What pydantic shows of a class, to read or to write, is what our own schema says."""
    ours: Any = formats.schema(cls)
    expected = resolved(ours, ours.get("$defs", {}))
    del expected["$schema"], expected["$id"]
    for mode in ("validation", "serialization"):
        theirs = TypeAdapter(cls).json_schema(mode=mode)
        assert resolved(theirs, theirs.get("$defs", {})) == expected


def test_classes_have_a_definition_each() -> None:
    """A class that several fields have is described once, under its name."""
    shown = Application.model_json_schema()
    assert {"Grant", "GrantStatus", "Note", "Period", "Text", "BusinessId"} < set(shown["$defs"])
    assert "Id" not in shown["$defs"]
    assert shown["properties"]["grants"]["items"] == {"$ref": "#/$defs/Grant"}


def test_nothing_of_ours_needs_pydantic() -> None:
    """Whoever does not use pydantic never imports it."""
    code = "import sys, tulevaisuus as tul; tul.check(tul.Portfolio())"
    assert run_python(f"{code}; print('pydantic' in sys.modules)") == "False"


def test_an_input_too_deep_for_json_is_described() -> None:
    """The error stays one that can be sent, however deep what was wrong is."""
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
def test_an_answer_about_junk_is_bounded(value: object, count: int) -> None:
    """However many fields are unknown and whatever is in them, the errors are short and counted."""
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


class Held(BaseModel):
    """A model with one field for each of our kinds of classes."""

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
def test_a_wrong_value_that_pydantic_did_not_check_is_not_written(
    field: str, wrong: object, expected: str
) -> None:
    """Copies of models are not checked by pydantic; the error names the class of the field."""
    copy = Held().model_copy(update={field: wrong})
    with pytest.raises(PydanticSerializationError, match=re.escape(expected)):
        copy.model_dump_json()


def test_a_class_outside_documents_has_a_title_and_a_type_in_schemas() -> None:
    """Documents hold no costs, so there is no schema of them; they are validated all the same."""
    costs = TypeAdapter(funding.Cost)
    assert costs.json_schema() == {"title": "Cost", "type": "object"}
    cost = {"id": "c1", "day": "2021-05-01", "amount_eur": Decimal("12.5"), "project": "p1"}
    assert costs.validate_python(cost).amount_eur == Decimal("12.5")
    with pytest.raises(ValidationError, match="TSK004"):
        costs.validate_python({**cost, "amount": 5})
