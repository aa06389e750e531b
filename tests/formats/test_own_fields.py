"""Fields of users' own subclasses are written only where they can be read back."""

import io
from collections.abc import Callable
from typing import Any

import attrs
import cattrs
import pydantic
import pydantic_core
import pytest

import tulevaisuus as tul
from tests.helpers import rejected
from tulevaisuus import formats
from tulevaisuus.formats import encoding

GRANT: dict[str, Any] = {"id": "g1", "call": "c", "project": "p", "status": "planned"}
DAY = tul.Period.of_years(2021, 2021)


@attrs.frozen(kw_only=True, repr=False)
class Noted(tul.Grant):
    """A grant with an additional field."""

    note: str | None = None


@attrs.frozen(repr=False)
class NotedPeriod(tul.Period):
    """A period with an additional field."""

    note: str | None = None


@attrs.frozen(repr=False)
class NotedAdministration(tul.Administration):
    """An element of a list with an additional field."""

    note: str | None = None


class Helpful(tul.Portfolio):
    """A portfolio with an additional method."""

    def count(self) -> int:
        """Count the grants."""
        return len(self.grants)


OUTER = Noted(**GRANT, note="x")
INNER = tul.Grant(**GRANT, usable=NotedPeriod(start=DAY.start, note="x"))
LISTED = tul.Project(
    id="p",
    name=tul.Text("x"),
    regions=("02",),
    administrations=(NotedAdministration(organisation="turku", note="x"),),
)
CONVERTER = cattrs.Converter()
formats.register(CONVERTER)


def as_field(entity: tul.Entity) -> str:
    """Write an entity as a field that is declared with its base class."""
    return pydantic.TypeAdapter(tul.Grant).dump_json(entity).decode()  # type: ignore[arg-type]


def in_register(entity: tul.Entity) -> str:
    """Write an entity in a register of its base class."""
    adapter: Any = pydantic.TypeAdapter(tul.Register[tul.Grant])
    return str(adapter.dump_json(tul.Register([entity])))


@pytest.mark.parametrize(
    ("portfolio", "place"),
    [
        (tul.Portfolio(grants=tul.Register([OUTER])), "/grants/0/note"),
        (tul.Portfolio(grants=tul.Register([INNER])), "/grants/0/usable/note"),
        (tul.Portfolio(projects=tul.Register([LISTED])), "/projects/0/administrations/0/note"),
    ],
    ids=["an entity", "a value", "an element"],
)
def test_unreadable_additional_field_is_not_written(portfolio: tul.Portfolio, place: str) -> None:
    """The error has its path, also in generated writers."""
    for _ in range(150):
        tul.dumps(tul.Portfolio(grants=tul.Register([tul.grants["vs-2021"]])))
        tul.dumps(tul.Portfolio(projects=tul.Register([tul.projects["varsinais-suomi"]])))
    for write in (tul.dumps, formats.unstructure):
        assert rejected(write, portfolio) == [f"TSK004 {place}"]


def test_message_names_both_classes() -> None:
    """It states where such objects can be written."""
    with pytest.raises(tul.InvalidValueError, match="Noted is written here as Grant, which has no"):
        tul.dumps(tul.Portfolio(grants=tul.Register([OUTER])))


def test_unset_additional_field_is_written_as_the_base_class() -> None:
    """Nothing is lost, so nothing is an error."""
    portfolio = tul.Portfolio(grants=tul.Register([Noted(**GRANT)]))
    assert tul.loads(tul.dumps(portfolio)).grants["g1"] == tul.Grant(**GRANT)
    assert as_field(Noted(**GRANT)) == as_field(tul.Grant(**GRANT))


def test_additional_fields_are_written_by_class() -> None:
    """Lines, rows and plain data are read as the class that they were written from."""
    assert formats.structure(formats.unstructure(OUTER), Noted) == OUTER
    assert formats.from_rows(formats.to_rows([OUTER]), Noted) == tul.Register([OUTER])
    lines = io.BytesIO()
    formats.write_lines(lines, [OUTER])
    lines.seek(0)
    assert [*formats.read_lines(lines, Noted)] == [OUTER]
    written = pydantic.TypeAdapter(Noted).dump_json(OUTER)
    assert pydantic.TypeAdapter(Noted).validate_json(written) == OUTER
    assert CONVERTER.structure(CONVERTER.unstructure(OUTER), Noted) == OUTER
    projects = tul.Register([LISTED])  # a register of another class
    assert rejected(CONVERTER.unstructure, projects, tul.Register[tul.Grant])


@pytest.mark.parametrize(
    "write",
    [
        lambda: CONVERTER.unstructure(OUTER, unstructure_as=tul.Grant),
        lambda: CONVERTER.unstructure([OUTER], unstructure_as=list[tul.Grant]),
        lambda: CONVERTER.unstructure(
            tul.Register([OUTER]), unstructure_as=tul.Register[tul.Grant]
        ),
        lambda: formats.unstructure(INNER),
        lambda: encoding.COMPILED.make(tul.Grant)(INNER),
        lambda: encoding.encode(tul.Register([INNER])),
        lambda: formats.to_rows([INNER]),
        lambda: formats.to_rows([LISTED]),
    ],
    ids=[
        "one",
        "in a list",
        "register",
        "plain",
        "fast",
        "in a register",
        "rows",
        "rows of a list",
    ],
)
def test_every_writer_rejects_what_its_reader_cannot_read(write: Callable[[], object]) -> None:
    """No writer loses a field."""
    assert {line.split()[0] for line in rejected(write)} == {"TSK004"}


@pytest.mark.parametrize("write", [as_field, in_register])
def test_pydantic_rejects_it_too(write: Callable[[tul.Entity], str]) -> None:
    """A field is written as its declared class, as pydantic does with its own models."""
    with pytest.raises(pydantic_core.PydanticSerializationError, match="no such field"):
        write(OUTER)


def test_portfolio_subclass_may_have_methods_but_no_registers() -> None:
    """A class with own fields is rejected; one without is read as itself."""
    body = {"__annotations__": {"extra": str | None}, "extra": None, "__module__": __name__}
    with pytest.raises(TypeError, match=r"adds fields to Portfolio \(extra\).*keep them beside"):
        attrs.frozen(kw_only=True, repr=False)(type("Own", (tul.Portfolio,), body))
    portfolio = Helpful(grants=tul.Register([tul.Grant(**GRANT)]))
    again = formats.structure(formats.unstructure(portfolio), Helpful)
    assert (type(again), again.count(), again) == (Helpful, 1, portfolio)
