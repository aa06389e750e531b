"""Readings, reports and amounts as fields of pydantic models, in cattrs and in strategies."""

from decimal import Decimal
from typing import Any, Union

import cattrs
import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus import formats
from tulevaisuus.formats import pydantic_amounts
from tulevaisuus.model.field_types import field_type_of

GRANT = tul.grants["vs-2021"]
PROJECT = tul.projects["varsinais-suomi"]
MIXED: tul.Register[Any] = tul.Register([GRANT, PROJECT])
BROKEN = tul.read("examples/varsinais-suomi-broken.json")
VALUES: dict[str, tuple[Any, Any]] = {
    "amount": (tul.Amount, GRANT.amount),
    "open amount": (tul.Amount, tul.Amount(Decimal("0.5"))),
    "entity": (tul.Entity, GRANT),
    "register": (tul.Register, MIXED),
    "register of entities": (tul.Register[tul.Entity], MIXED),
    "register of a union": (tul.Register[tul.Grant | tul.Project], MIXED),
    "register of a typing union": (tul.Register[Union[tul.Project, tul.Grant]], MIXED),  # noqa: UP007
}


@pytest.mark.parametrize(("annotation", "value"), VALUES.values(), ids=[*VALUES])
def test_field_is_validated_and_serialised(annotation: Any, value: Any) -> None:  # noqa: ANN401
    """Python keeps the object, JSON has plain data, and both have a schema."""
    adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(annotation)
    assert adapter.validate_python(value) == value
    assert adapter.dump_python(value) == value
    assert adapter.validate_json(adapter.dump_json(value)) == value
    assert adapter.json_schema(mode="serialization") == adapter.json_schema()


def test_reading_as_the_response_of_a_service() -> None:
    """Portfolio, findings and rejected objects are read back."""
    adapter = pydantic.TypeAdapter(tul.Reading)
    assert adapter.validate_python(BROKEN) is BROKEN
    again = adapter.validate_json(adapter.dump_json(BROKEN))
    assert (again.portfolio, again.rejected) == (BROKEN.portfolio, BROKEN.rejected)
    assert (again.counts, again.ok) == (BROKEN.counts, False)
    assert [each.message("sv") for each in again.findings] == [
        each.message("sv") for each in BROKEN.findings
    ]
    valid = tul.read("examples/varsinais-suomi.json")
    assert adapter.validate_json(adapter.dump_json(valid)) == valid
    assert {"findings", "portfolio", "rejected"} <= adapter.json_schema()["properties"].keys()


def test_pair_is_read_back_as_a_key() -> None:
    """A key of two parts is a list in JSON."""
    pair = tul.Reading(rejected=(BROKEN.rejected[0]._replace(key=(1, "digital")),))
    adapter = pydantic.TypeAdapter(tul.Reading)
    assert adapter.validate_json(adapter.dump_json(pair)).rejected == pair.rejected


@pytest.mark.parametrize(
    ("plain", "wrong"),
    [
        (5, ["TSK002"]),
        ({"least": "5"}, ["TSK002 /least"]),
        ({"least": True, "moost": 1}, ["TSK004 /moost", "TSK002 /least"]),
        ({"least": 2, "most": 1}, ["TSK006 /most"]),
        ({"least": float("inf")}, ["TSK006 /least"]),
    ],
)
def test_amount_is_read_strictly(plain: object, wrong: list[str]) -> None:
    """Every error is reported, and nothing is converted."""
    assert rejected(pydantic_amounts.read_amount, plain) == wrong


def test_amount_is_written_exactly_or_rejected() -> None:
    """A number in JSON has fifteen exact digits."""
    assert pydantic_amounts.write_amount(tul.Amount(Decimal("1.25"), 10**20)) == {
        "least": 1.25,
        "most": 10**20,
    }
    too_long = tul.Amount(Decimal("123456789012345.678901"))
    assert rejected(pydantic_amounts.write_amount, too_long) == ["TSK006 /least"]
    assert pydantic_amounts.read_amount({"least": 1.25}) == tul.Amount(Decimal("1.25"))


def test_entity_of_any_class_is_recognised() -> None:
    """Its fields determine the class; where two classes fit, none is chosen."""
    for entity in (GRANT, PROJECT, tul.regions["05"], tul.goal_links[1, "digital"]):
        assert formats.structure(formats.unstructure(entity), tul.Entity) == entity
    goal = formats.unstructure(tul.cooperation_goals[1])
    assert rejected(formats.structure, goal, tul.Entity) == ["TSK002"]
    assert formats.structure(goal, tul.CooperationGoal) == tul.cooperation_goals[1]


def test_errors_are_those_of_the_nearest_class() -> None:
    """One wrong code in a grant is one finding; another type is one, too."""
    plain = {"id": "g", "call": "c", "project": "p", "status": "grantd"}
    assert rejected(formats.structure, plain, tul.Entity) == ["TSK005 /status"]
    assert rejected(formats.structure, 5, tul.Entity) == ["TSK002"]
    adapter: Any = pydantic.TypeAdapter(tul.Register[tul.Grant | tul.Project])
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter.validate_python([{**plain, "statsu": 1}])
    assert {each["type"] for each in caught.value.errors()} == {"TSK004", "TSK005"}


def test_cattrs_reads_registers_of_several_classes() -> None:
    """Elements are recognised by their fields, as in pydantic."""
    converter = cattrs.Converter()
    formats.register(converter)
    for annotation in (tul.Register[tul.Entity], tul.Register[tul.Grant | tul.Project]):
        plain = converter.unstructure(MIXED, unstructure_as=annotation)
        assert converter.structure(plain, annotation) == MIXED
    assert converter.structure([formats.unstructure(GRANT)], tul.Register[tul.Grant]) == (
        tul.Register([GRANT])
    )


def test_field_without_a_definite_class_is_a_type_error() -> None:
    """The base of all values, tables of any entity, a field of several classes."""
    with pytest.raises(TypeError, match=r"such as tulevaisuus\.Grant"):
        formats.structure({}, tul.Value)
    with pytest.raises(TypeError, match=r"such as tulevaisuus\.Grant"):
        pydantic.TypeAdapter(tul.Value)
    with pytest.raises(TypeError, match="name a class, such as Grant"):
        formats.columns_of(tul.Entity)
    with pytest.raises(TypeError, match="has no field type"):
        field_type_of(tul.Register[tul.Grant | tul.Project])


ANNOTATIONS: list[Any] = [
    *(tul.Report, tul.Reading, tul.Finding, tul.Amount, tul.Rule, tul.Entity, tul.Register),
    *(tul.Register[tul.Entity], tul.Register[tul.Grant | tul.Project]),
]


@pytest.mark.proof
@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=str)
def test_each_is_generated(annotation: Any) -> None:  # noqa: ANN401 - a class or a generic alias
    """`st.from_type` generates such objects, alone and in containers."""

    @settings(max_examples=10)
    @given(st.from_type(annotation), st.from_type(list[annotation]))
    def are_objects(one: object, several: list[object]) -> None:
        """Look at what was generated."""
        cls = getattr(annotation, "__origin__", annotation)
        assert all(isinstance(each, cls) for each in (one, *several))

    are_objects()


@pytest.mark.parametrize("document", [{}, {"format": "tulevaisuus", "format_version": "1.0"}])
def test_reading_without_a_portfolio_is_read_back(document: dict[str, object]) -> None:
    """Findings and rejected objects are equal after a response of a service."""
    adapter = pydantic.TypeAdapter(tul.Reading)
    reading = tul.read({**document, "grants": [{"id": "g1"}]})
    again = adapter.validate_python(adapter.dump_python(reading, mode="json"))
    assert [each.message("fi") for each in again.findings] == [
        each.message("fi") for each in reading.findings
    ]
    assert again.rejected == reading.rejected
    assert adapter.validate_python(reading) is reading
    assert adapter.json_schema()


@pytest.mark.parametrize("cls", [tul.Report, tul.Finding])
def test_reports_and_findings_are_read_back(cls: type[tul.Report | tul.Finding]) -> None:
    """Their texts, with all messages, are equal."""
    report = tul.check(tul.read({"format": "tulevaisuus", "format_version": "1.0", "grants": 5}))
    value = report if cls is tul.Report else report.findings[0]
    adapter: pydantic.TypeAdapter[tul.Report | tul.Finding] = pydantic.TypeAdapter(cls)
    again = adapter.validate_python(adapter.dump_python(value, mode="json"))
    assert str(again) == str(value)
