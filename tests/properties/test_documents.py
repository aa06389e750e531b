"""Reading and writing any document."""

import datetime as dt
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import document, found, read_text
from tests.strategies import VALUES, accepted_by, made_of
from tulevaisuus import formats
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.register import RegisterOf
from tulevaisuus.model.value import fields_of


def portfolio_of(fields: dict[str, Any]) -> tul.Portfolio:
    """Make a portfolio of registers by name."""
    return tul.Portfolio(**fields)


def only_with(names: list[str]) -> st.SearchStrategy[tul.Portfolio]:
    """Generate portfolios in which only these registers have entities."""
    fields = {name: accepted_by(RegisterOf(REGISTERS[name])) for name in names}
    return st.fixed_dictionaries(fields).map(portfolio_of)


MADE = st.lists(st.sampled_from([*REGISTERS]), unique=True, max_size=3).flatmap(only_with)
CLASSES: list[type[tul.Value]] = [tul.Programme, *REGISTERS.values()]
ENTITIES = st.sampled_from(CLASSES).flatmap(made_of)


@st.composite
def selections(draw: st.DrawFn) -> tul.Portfolio:
    """Generate a portfolio of some bundled entities, in any order."""
    chosen: dict[str, Any] = {"programme": draw(st.sampled_from([None, tul.programme]))}
    for name, register in tul.reference.registers().items():
        if register:
            keys = st.lists(st.sampled_from([*register.keys()]), unique=True, max_size=3)
            chosen[name] = tul.Register(register[key] for key in draw(keys))
    return portfolio_of(chosen)


NAMES = ["format", "format_version", "programme", *REGISTERS]
FIELDS = sorted({name for cls in REGISTERS.values() for name in fields_of(cls)} | {"fi", "start"})
WORDS = ["tulevaisuus", "1.0", "1.1", "2021-12-20", "granted", "05", "fi", ""]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from([*WORDS, 1, 10**40, 0.005]),
    st.text(max_size=5),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=10,
)
MEMBERS = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), JSON, max_size=4)
TOKENS = [*'[]{}",: \n\\-.0', "12", "1e5", "NaN", "-Infinity", "true", "null", "\\ud83d", "\ufeff"]
TEXTS = st.lists(st.sampled_from([*TOKENS, '"format"', '"grants"']), max_size=30).map("".join)

SAMPLE = portfolio_of(
    {
        "programme": tul.programme,
        **{
            name: tul.Register(itertools.islice(register, 2))
            for name, register in tul.reference.registers().items()
        },
    }
)
WRITTEN = tul.dumps(SAMPLE)


def examine(text: str | bytes) -> tul.Reading:
    """Read a document and check the invariants of every reading."""
    reading = read_text(text)
    assert all(code.startswith("TSK0") for code in found(reading.findings))
    if reading.ok:
        assert tul.loads(text) == reading.portfolio
    else:
        with pytest.raises(tul.DocumentError) as caught:
            tul.loads(text)
        assert caught.value.findings == reading.findings
    valid = tul.dumps(reading.portfolio, downgrade=True)
    assert tul.loads(valid).registers() == reading.portfolio.registers()
    return reading


def places(value: object, path: str = "") -> Iterator[str]:
    """Yield the pointers of a document, in its order."""
    yield path
    members: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, dict):
        members = iter(cast("dict[str | int, object]", value).items())
    elif isinstance(value, list):
        members = enumerate(cast("list[object]", value))
    for part, inner in members:
        escaped = str(part).replace("~", "~0").replace("/", "~1")
        yield from places(inner, f"{path}/{escaped}")


def check_pointers(value: object, findings: tuple[tul.Finding, ...]) -> None:
    """Check that findings point into the document, in its order."""
    order = list(places(value))
    place_of = {path: float(place) for place, path in enumerate(order)}

    def place(path: str) -> float:
        if path in place_of:
            return place_of[path]
        container = path.rpartition("/")[0]  # what is missing comes after all that is there
        inside = [each for each in order if each == container or each.startswith(f"{container}/")]
        return place_of[inside[-1]] + 0.5

    found_at = [place(finding.path) for finding in findings]
    assert found_at == sorted(found_at)


@given(MADE)
def test_written_portfolio_is_read_back(portfolio: tul.Portfolio) -> None:
    """Writing and reading any portfolio loses nothing."""
    text = tul.dumps(portfolio)
    assert tul.loads(text) == portfolio
    assert tul.dumps(tul.loads(text)) == text


@given(selections())
def test_written_facts_are_read_back(portfolio: tul.Portfolio) -> None:
    """Any of the bundled facts, in any order, are unchanged."""
    assert tul.loads(tul.dumps(portfolio)) == portfolio


@given(ENTITIES)
def test_plain_data_is_read_back(entity: tul.Value) -> None:
    """What a converter makes of an entity is JSON, and is read as an equal entity."""
    plain = formats.unstructure(entity)
    assert json.loads(json.dumps(plain)) == plain
    assert formats.structure(plain, type(entity)) == entity


@given(st.binary())
def test_random_bytes(data: bytes) -> None:
    """Arbitrary bytes lead to findings only."""
    examine(data)


@given(TEXTS)
def test_random_text(text: str) -> None:
    """Text that looks like JSON leads to findings only."""
    examine(text)
    examine(text.encode(errors="surrogatepass"))


@given(JSON)
def test_random_json(value: object) -> None:
    """JSON that is not a document leads to findings only."""
    assert not examine(json.dumps(value)).ok


@given(MEMBERS)
def test_random_documents(members: dict[str, object]) -> None:
    """Findings point into the document, in its order."""
    text = document(**members)
    reading = examine(text)
    check_pointers(json.loads(text), reading.findings)


def change(value: Any, path: list[str], put: object) -> None:  # noqa: ANN401 - any JSON value
    """Replace the value at a path, or remove it where nothing is put."""
    for part in path[:-1]:
        value = value[int(part) if part.isdigit() else part]
    last: Any = int(path[-1]) if path[-1].isdigit() else path[-1]
    if put is NOTHING:
        del value[last]
    else:
        value[last] = put


NOTHING = object()
INSIDE = [path for path in places(json.loads(WRITTEN)) if re.match(r"/\w+/[01]/", path)]


@given(st.sampled_from(INSIDE), st.just(NOTHING) | JSON)
def test_one_wrong_value_rejects_one_entity(path: str, put: object) -> None:
    """A value that is replaced or removed rejects the entity around it and no other."""
    value = json.loads(WRITTEN)
    change(value, path.split("/")[1:], put)
    reading = examine(json.dumps(value))
    if not any(finding.code == "TSK001" for finding in reading.findings):
        check_pointers(value, reading.findings)
    name, place = path.split("/")[1], int(path.split("/")[2])
    assert {(each.register, each.place) for each in reading.rejected} <= {(name, place)}
    for other, register in SAMPLE.registers().items():
        kept = reading.portfolio.registers()[other]
        assert kept == register if other != name else tuple(register)[1 - place] in kept


@given(st.integers(0, len(WRITTEN)), st.integers(0, 20), TEXTS)
def test_damaged_text(start: int, length: int, put: str) -> None:
    """A document with a few characters lost or added is read as far as possible."""
    examine(WRITTEN[:start] + put + WRITTEN[start + length :])


PYTHON = st.recursive(
    LEAVES | st.dates() | st.datetimes() | st.decimals() | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(
            st.sampled_from(FIELDS) | st.integers() | st.none() | st.tuples(st.integers()),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


def structured(data: object, cls: type[tul.Value]) -> tuple[object, tuple[tul.Finding, ...]]:
    """Make a value of plain data, and return its findings; never both."""
    try:
        return formats.structure(data, cls), ()
    except tul.InvalidValueError as error:
        return None, error.findings


@given(st.sampled_from(["1.0", "1.1"]), st.sampled_from([*REGISTERS]), st.lists(PYTHON, max_size=3))
def test_portfolio_of_other_decoders(version: str, name: str, values: list[object]) -> None:
    """Any plain data is read as a portfolio or rejected with findings."""
    members = {"format": "tulevaisuus", "format_version": version, name: values}
    portfolio, findings = structured(members, tul.Portfolio)
    assert bool(found(findings)) == (portfolio is None) == bool(values)


@given(st.sampled_from(VALUES), PYTHON)
def test_value_of_other_decoders(cls: type[tul.Value], data: object) -> None:
    """Any plain data of one class is read as that class or rejected with findings."""
    value, findings = structured(data, cls)
    assert bool(found(findings)) == (value is None)


@given(st.dates(), st.sampled_from([*tul.municipalities.keys()]))
def test_any_day_has_a_region_or_an_error(day: dt.date, code: str) -> None:
    """Each municipality has a region on each day that it exists, and an error on any other."""
    municipality = tul.municipalities[code]
    exists = municipality.valid is None or day in municipality.valid
    if day >= tul.FACTS_SINCE and exists:
        assert tul.region_of(code, on=day) is tul.regions[municipality.region]
    else:
        expected = tul.UnknownCodeError if day >= tul.FACTS_SINCE else tul.OutsideFactsError
        with pytest.raises(expected):
            tul.region_of(code, on=day)
