"""A new field type is one class: readers, writers, tables, schemas and strategies support it."""

import datetime as dt
import functools
import io
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar, TypeAlias, cast, get_args

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

import tulevaisuus as tul
from tests.helpers import found, rejected
from tulevaisuus import formats
from tulevaisuus.findings import expectations
from tulevaisuus.formats import decoding, encoding
from tulevaisuus.formats.generated_readers_and_writers import NotUsualError
from tulevaisuus.model import annotations
from tulevaisuus.model.annotations import Euros, Id, UniqueList
from tulevaisuus.model.field_types import (
    Boolean,
    Date,
    EnumMember,
    FieldType,
    Money,
    NonBlankText,
    Scalar,
    UniqueListOf,
)
from tulevaisuus.model.texts_of_fixed_form import TextValue
from tulevaisuus.model.type_errors import wrong_type


class Percentage(Scalar):
    """A share from 0 to 100 as a `Decimal`; in documents a text with a percent sign."""

    @property
    def column_type(self) -> type:
        """Return the type of its cells."""
        return Decimal

    def validate(self, value: object) -> Decimal:
        """Reject everything but a decimal from 0 to 100."""
        if not isinstance(value, Decimal) or not 0 <= value <= 100:
            raise wrong_type(value, expectations.expected("at_least", minimum=0))
        return value

    def read(self, plain: object) -> Decimal:
        """Read a text such as "12.5 %", or a cell of a table."""
        if (
            isinstance(plain, str)
            and plain.endswith(" %")
            and plain[:-2].replace(".", "").isdigit()
        ):
            return self.validate(Decimal(plain[:-2]))
        return self.validate(plain)

    def write(self, value: object) -> str:
        """Write the number and its sign."""
        return f"{value} %"

    def json_schema(self) -> dict[str, object]:
        """Return the pattern of the text."""
        return {"type": "string", "pattern": "^[0-9.]+ %$"}

    def samples(self) -> Sequence[Decimal]:
        """Return some shares."""
        return (Decimal(0), Decimal("12.5"), Decimal(100))


Share: TypeAlias = Annotated[Decimal, Percentage()]


@attrs.frozen(repr=False)
class PostalCode(TextValue):
    """A Finnish postal code (*postinumero*)."""

    pattern: ClassVar[str] = "[0-9]{5}"
    examples: ClassVar[Sequence[str]] = ("20100", "00100")


@attrs.frozen(kw_only=True, repr=False)
class Office(tul.Entity):
    """A user's class of offices."""

    singular: ClassVar[str] = "office"
    plural: ClassVar[str] = "offices"

    tags: tuple[Share, ...] = ()
    codes: UniqueList[PostalCode] | None = None
    nicknames: frozenset[str] = frozenset()
    id: Id
    share: Share
    code: PostalCode


OFFICE = Office(
    id="o1",
    share=Decimal("12.5"),
    code=PostalCode("20100"),
    tags=(Decimal(1), Decimal(1)),
    codes=(PostalCode("00100"), PostalCode("20100")),
    nicknames=frozenset({"a b", "c"}),
)
PLAIN = {
    "tags": ["1 %", "1 %"],
    "codes": ["00100", "20100"],
    "nicknames": ["a b", "c"],
    "id": "o1",
    "share": "12.5 %",
    "code": "20100",
}
WRONG: list[tuple[dict[str, object], list[str]]] = [
    ({"share": "101 %"}, ["TSK002 /share"]),
    ({"share": 12.5}, ["TSK002 /share"]),
    ({"code": "2010"}, ["TSK006 /code"]),
    ({"code": 20100}, ["TSK002 /code"]),
    ({"codes": ["20100", "20100"]}, ["TSK008 /codes/1"]),
    ({"codes": ["20100", "2", "20100"]}, ["TSK006 /codes/1", "TSK008 /codes/2"]),
    ({"nicknames": ["a", "a"]}, ["TSK008 /nicknames/1"]),
]
Read: TypeAlias = Callable[[object], Office]


def read_a_line(data: object) -> Office:
    """Read an object as a line of a file."""
    return next(iter(formats.read_lines(io.BytesIO(json.dumps(data).encode()), Office)))


def read_by_pydantic(data: object) -> Office:
    """Read an object as JSON, by pydantic."""
    return TypeAdapter(Office).validate_json(json.dumps(data))


READERS: dict[str, Read] = {
    "structure": functools.partial(formats.structure, cls=Office),
    "fast": decoding.COMPILED.make(Office),
    "slow": functools.partial(decoding.decode_slowly, Office),
    "lines": read_a_line,
    "pydantic": read_by_pydantic,
}


@pytest.mark.parametrize("read", READERS.values(), ids=[*READERS])
def test_readers_support_a_new_field_type(read: Read) -> None:
    """Every reader reads the same value from a document."""
    assert read(PLAIN) == OFFICE
    assert type(read(PLAIN).code) is PostalCode


@pytest.mark.parametrize(("wrong", "findings"), WRONG)
def test_readers_report_the_same_finding(wrong: dict[str, object], findings: list[str]) -> None:
    """Generated and plain readers, documents and pydantic report the same finding."""
    data = {**PLAIN, **wrong}
    assert rejected(formats.structure, data, Office) == findings
    with pytest.raises((NotUsualError, tul.InvalidValueError)):
        decoding.COMPILED.make(Office)(data)
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Office).validate_python(data)
    assert [each["type"] for each in caught.value.errors()] == [each[:6] for each in findings]


def test_constructors_support_a_new_field_type() -> None:
    """In Python a value has its Python type."""
    changed = rejected(attrs.evolve, OFFICE, share="12.5 %", code="20100", codes=[OFFICE.code] * 2)
    assert changed == ["TSK008 /codes/1", "TSK002 /share", "TSK002 /code"]


def test_writers_support_a_new_field_type() -> None:
    """Generated and plain writers write the same."""
    file = io.BytesIO()
    formats.write_lines(file, [OFFICE])
    assert json.loads(file.getvalue()) == PLAIN
    for write in (formats.unstructure, encoding.COMPILED.make(Office), encoding.encode_plainly):
        assert write(OFFICE) == PLAIN
    assert TypeAdapter(Office).dump_python(OFFICE, mode="json") == PLAIN


def test_tables_support_a_new_field_type() -> None:
    """Single values are columns of their type, lists and sets of texts are tables."""
    tables = formats.columns_of(Office)
    assert tables["offices"]["share"].type is Decimal
    assert tables["offices"]["code"].type is str
    assert tables["offices_tags"]["value"].type is Decimal
    rows = formats.to_rows([OFFICE])
    assert rows["offices"][0]["code"] == "20100"
    assert [row["value"] for row in rows["offices_nicknames"]] == ["a b", "c"]
    assert formats.from_rows(rows, Office) == tul.Register([OFFICE])


def test_schemas_support_a_new_field_type() -> None:
    """A user's class has a JSON Schema, also in that of pydantic."""
    schema: Any = formats.schema(Office)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(PLAIN, schema)
    shown: Any = TypeAdapter(Office).json_schema()
    for each in (schema, shown):
        jsonschema.validate(PLAIN, each)
        for wrong in ({"share": 12}, {"code": "2010"}, {"codes": ["20100"] * 2}, {"x": 1}):
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate({**PLAIN, **wrong}, each)


@pytest.mark.proof
@given(st.from_type(Office))
def test_strategies_support_a_new_field_type(office: Office) -> None:
    """Generated objects are valid, and are read back from documents and tables."""
    assert formats.structure(formats.unstructure(office), Office) == office
    assert formats.from_rows(formats.to_rows([office]), Office) == tul.Register([office])


class Form(BaseModel):
    """A user's pydantic model whose fields are annotated with field types."""

    share: Share
    amount: Euros | None = None
    code: PostalCode


def test_annotations_apply_in_a_users_own_model() -> None:
    """A field type is as strict in a pydantic model as in our classes."""
    form = Form.model_validate({"share": "12.5 %", "amount": 5, "code": "20100"})
    assert (form.share, form.amount) == (Decimal("12.5"), Decimal(5))
    assert form.model_dump(mode="json") == {"share": "12.5 %", "amount": 5, "code": "20100"}
    assert Form.model_validate(form.model_dump()) == form
    assert Form(share=Decimal(1), code=PostalCode("20100")).model_dump()["share"] == Decimal(1)
    with pytest.raises(ValidationError) as caught:
        Form.model_validate({"share": dt.date(2021, 1, 1), "amount": -1, "code": "2"})
    assert [each["type"] for each in caught.value.errors()] == ["TSK002", "TSK012", "TSK006"]
    shown = Form.model_json_schema()["properties"]["share"]
    assert shown == {"title": "Share", **Percentage().json_schema()}


def test_incomplete_field_type_is_rejected() -> None:
    """Its class cannot be instantiated, so no class can have such a field."""

    class Half(Scalar):
        """A type without writing, column, schema and samples."""

        def validate(self, value: object) -> object:
            """Accept anything."""
            return value

    with pytest.raises(TypeError, match="abstract"):
        cast("Any", Half)()


@pytest.mark.parametrize("name", ["validate", "column_type", "write", "json_schema", "samples"])
def test_field_type_without_one_member_is_rejected(name: str) -> None:
    """Each of the five members is needed, and the error names the one that is missing."""
    lacking = type("Lacking", (Percentage,), {name: getattr(Scalar, name)})
    with pytest.raises(TypeError, match=f"abstract.*{name}"):
        lacking()


class Strange(Percentage):
    """A type with a column type that tables do not have."""

    @property
    def column_type(self) -> type:
        """Return a type that no cell has."""
        return complex


class Bare(FieldType):
    """A type that is not derived from `Scalar`."""

    def validate(self, value: object) -> object:
        """Accept anything."""
        return value


@pytest.mark.parametrize(
    ("annotation", "remedy"),
    [
        (Annotated[Decimal, Strange()], "the column of its type must be one of str, int, bool"),
        (Annotated[str, Bare()], "derive its type from Scalar"),
        (tuple[Annotated[str, Bare()], ...], "derive its type from Scalar"),
        (complex, "has no field type"),
        (str | bool, "has no field type"),
        (tuple[str, str], "has no field type"),
    ],
)
def test_class_with_an_unknown_field_type_is_rejected(annotation: object, remedy: str) -> None:
    """The error is raised when the class is made."""
    body = {"__annotations__": {"value": annotation}}
    with pytest.raises(TypeError, match=remedy):
        attrs.frozen(repr=False)(type("Own", (tul.Value,), body))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({}, "needs pattern and examples"),
        ({"pattern": "[0-9]"}, "needs examples"),
        ({"examples": ("1",)}, "needs pattern"),
        (
            {"pattern": "[0-9]", "examples": ("1",), "__annotations__": {"other": str}},
            "may have no other field",
        ),
    ],
)
def test_incomplete_text_value_is_rejected(body: dict[str, object], problem: str) -> None:
    """A class without pattern or examples, or with another field, is rejected."""
    with pytest.raises(TypeError, match=f"Own {problem}: a TextValue is one text of a given form"):
        attrs.frozen(repr=False)(type("Own", (TextValue,), body))


def test_text_in_place_of_a_text_value_is_explained() -> None:
    """A constructor takes an object; the message shows how to make one."""
    wrong: dict[str, Any] = {"code": "20100"}
    with pytest.raises(tul.InvalidValueError) as caught:
        attrs.evolve(OFFICE, **wrong)
    assert found(caught.value.findings) == ["TSK002 /code"]
    message = caught.value.findings[0].message("en")
    assert message.startswith(
        'expected a value of type PostalCode, for example PostalCode("20100"), found text'
    )


@pytest.mark.proof
def test_subclass_of_a_field_type_is_always_called() -> None:
    """Generated readers call it, and strategies only generate values that it accepts."""

    class Round(Money):
        """Accepts whole thousands."""

        def validate(self, value: object) -> Decimal:
            """Reject what is no whole thousand."""
            amount = super().validate(value)
            if amount % 1000:
                raise wrong_type(value, expectations.AMOUNT)
            return amount

    @attrs.frozen(repr=False)
    class Plan(tul.Value):
        """A value with a field of the narrower type."""

        amount: Annotated[Decimal, Round()]

    readers: list[Callable[[object], Plan]] = [
        decoding.COMPILED.make(Plan),
        functools.partial(decoding.decode_slowly, Plan),
    ]
    for read in readers:
        assert read({"amount": 2000}) == Plan(Decimal(2000))
        assert rejected(read, {"amount": 2500})[0].startswith("TSK002")

    @given(st.from_type(Plan))
    def all_amounts_are_round(plan: Plan) -> None:
        """Generated plans have whole thousands."""
        assert not plan.amount % 1000

    all_amounts_are_round()


SCALARS: dict[str, Scalar] = {
    "text": NonBlankText(),
    "boolean": Boolean(),
    "date": Date(),
    "language": EnumMember(tul.Language),
    "goal": EnumMember(tul.GoalNumber),
    "postal code": PostalCode.field_type(),
    "share": Percentage(),
    **{
        name: get_args(getattr(annotations, name))[1]
        for name in ("Id", "CallId", "Quantity", "Number", "WebAddress", "Euros", "Contribution")
    },
}


@pytest.mark.parametrize("field_type", SCALARS.values(), ids=[*SCALARS])
def test_samples_are_valid(field_type: Scalar) -> None:
    """Each sample is accepted, and read back from its JSON and from its cell."""
    for sample in field_type.samples():
        assert field_type.validate(sample) == sample
        assert field_type.read(field_type.write(sample)) == sample
        assert field_type.read(field_type.to_cell(sample)) == sample
        jsonschema.validate(field_type.write(sample), field_type.json_schema())


def test_repeated_element_is_rejected() -> None:
    """A list without repetitions keeps its order; the finding is at the later element."""
    unique = UniqueListOf(NonBlankText())
    assert unique.validate(["b", "a"]) == ("b", "a")
    assert rejected(unique.validate, ["b", "a", "b", "", "b"]) == [
        "TSK008 /2",
        "TSK013 /3",
        "TSK008 /4",
    ]
