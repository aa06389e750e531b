"""Small results and settings as fields of pydantic models: places, gaps, locations, limits ..."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import attrs
import jsonschema
import pydantic
import pydantic_core
import pytest

import tulevaisuus as tul
from tulevaisuus import exchange, formats, funding
from tulevaisuus.findings import LocalizedText, Unchecked

DAY = dt.date(2022, 6, 1)
GRANT_DATA = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted"}

OBJECTS = [
    tul.Location(source="a.json", line=2, column=7),
    tul.Location(),
    Unchecked(path="/grants/0", location=tul.Location(line=3)),
    LocalizedText("a", "b", "c"),
    tul.Limits(findings=5),
    *(tul.where("Turku", on=day) for day in (DAY, dt.date(2023, 6, 1))),
    tul.gaps()[0],
    tul.disagreements()[0],
    exchange.Dialect(encoding="cp1252", decimal=","),
    funding.Payment("c1", "g1", Decimal("12.50"), DAY),
    funding.Payment("c1", "g1", Decimal(12), tul.Period.of_years(2021, 2022)),
    funding.Lapse("g1", DAY, tul.Amount(1, None)),
    funding.Settlement("c2", "c1", Decimal(3)),
    funding.OwnContribution("g1", "shc-2020", 80, tul.Amount(2, 3)),
]


@pytest.mark.parametrize("value", OBJECTS)
def test_what_is_written_is_read_back(value: object) -> None:
    """Its JSON follows the schema of its class, and is read back from JSON and from plain data."""
    adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(type(value))
    text = adapter.dump_json(value)
    assert adapter.validate_json(text) == value
    assert adapter.dump_json(adapter.validate_json(text)) == text
    assert adapter.validate_python(json.loads(text)) == value
    assert adapter.validate_python(value) is value
    assert adapter.dump_python(value) is value
    for mode in ("validation", "serialization"):
        schema = adapter.json_schema(mode=mode)
        jsonschema.validate(json.loads(text), schema)
        assert schema["title"] == type(value).__name__
        assert schema["description"]


def test_fields_without_a_value_are_not_written() -> None:
    """``None`` is left out, as in documents, and the data need not have it."""
    adapter = pydantic.TypeAdapter(tul.Place)
    data = adapter.dump_python(tul.where("Turku", on=DAY), mode="json")
    assert data["on"] == "2022-06-01"
    assert "collaborative_area" not in data
    assert adapter.validate_python({**data, "collaborative_area": None}).collaborative_area is None


def test_keys_of_two_parts_are_read_back() -> None:
    """A list in JSON is a tuple again."""
    gap = tul.Gap(
        register="cooperation_goals", key=(1, "digital"), field="x", likely=None, notes=()
    )
    adapter = pydantic.TypeAdapter(tul.Gap)
    assert adapter.validate_python(adapter.dump_python(gap, mode="json")).key == gap.key


@pytest.mark.parametrize(
    ("cls", "data"),
    [
        (tul.Location, {"line": "5"}),
        (tul.Location, {"line": True}),
        (tul.Location, {"lines": 5}),
        (tul.Location, {"source": b"a"}),
        (tul.Limits, {"findings": -1}),
        (tul.Limits, {"findings": 5.0}),
        (tul.Limits, 5),
        (tul.Gap, {"register": "grants"}),
        (LocalizedText, {"fi": "a", "sv": None, "en": "c"}),
        (funding.Settlement, {"correction": "c2", "cost": "c1", "amount_eur": "3"}),
        (funding.Lapse, {"grant": "g1", "day": 5, "amount": {}}),
        (exchange.Dialect, {"decimal": ";"}),
    ],
)
def test_nothing_is_converted(cls: type[object], data: object) -> None:
    """Other data is an error of pydantic."""
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(cls).validate_python(data)


@pytest.mark.parametrize("hidden", [False, True])
def test_our_own_errors_are_reported(*, hidden: bool) -> None:
    """Findings of a constructor keep their code and place; a model may hide its input."""

    class Settings(pydantic.BaseModel):
        model_config = pydantic.ConfigDict(hide_input_in_errors=hidden)
        dialect: exchange.Dialect

    with pytest.raises(pydantic.ValidationError) as caught:
        Settings.model_validate({"dialect": {"encoding": "latin-17"}})
    (error,) = caught.value.errors()
    assert error["type"].startswith("TSK")
    assert error["loc"] == ("dialect", "encoding")
    assert ("latin-17" in error["msg"]) is not hidden


def test_included_fields_are_selected() -> None:
    """``include`` and ``exclude`` apply, in both modes and inside of objects."""
    adapter = pydantic.TypeAdapter(tul.Place)
    place = tul.where("Turku", on=DAY)
    assert adapter.dump_python(place, include={"on", "region"}) == {
        "on": DAY,
        "region": place.region,
    }
    assert adapter.dump_python(place, mode="json", include={"region": {"code"}}) == {
        "region": {"code": "05"}
    }
    written = json.loads(adapter.dump_json(place, exclude={"municipality", "maakunta"}))
    assert {*written} == {"on", "region", "hospital_district", "catchment_area"}


def test_object_of_another_class_is_not_written() -> None:
    """Pydantic checks no object that a model is made of without validation."""

    class Answer(pydantic.BaseModel):
        where: tul.Location

    with pytest.raises(pydantic_core.PydanticSerializationError, match="Location"):
        Answer.model_construct(where=tul.Limits()).model_dump(mode="json")


@attrs.frozen(kw_only=True, repr=False)
class Noted(tul.Grant):
    """A user's own class with a field more."""

    note: str | None = None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (formats.structure(GRANT_DATA, Noted), GRANT_DATA),
        (tul.Register([formats.structure(GRANT_DATA, tul.Grant)]), [GRANT_DATA]),
        (tul.grants, formats.unstructure(tul.grants)),
        (tul.Amount(1, 2), {"least": 1, "most": 2}),
        (tul.Location(line=2), {"line": 2}),
        (tul.Evidence.WEAK, "weak"),
        (tul.GoalNumber(1), 1),
    ],
)
def test_objects_are_written_where_no_field_declares_them(value: object, expected: object) -> None:
    """A field of type ``Any`` writes an object as its own class."""

    class Answer(pydantic.BaseModel):
        anything: Any

    answer = Answer(anything=[value])
    assert json.loads(answer.model_dump_json())["anything"] == [expected]
    assert answer.model_dump()["anything"][0] is value
    assert pydantic_core.to_jsonable_python(value) == expected


def test_subclass_is_written_with_all_its_fields_if_asked() -> None:
    """``serialize_as_any`` writes the class of the object, not that of the field."""

    class Answer(pydantic.BaseModel):
        grant: tul.Grant

    data = {**GRANT_DATA, "note": "seen"}
    answer = Answer(grant=formats.structure(data, Noted))
    with pytest.raises(pydantic_core.PydanticSerializationError, match="TSK004"):
        answer.model_dump_json()
    assert answer.model_dump(mode="json", serialize_as_any=True) == {"grant": data}
