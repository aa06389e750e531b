"""Generated and plain readers and writers agree: the same objects, findings and texts."""

import copy
import io
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.properties.test_documents import PYTHON, TEXTS
from tests.strategies import JUNK, VALUES, made_of
from tulevaisuus import formats
from tulevaisuus.formats import decoding, encoding
from tulevaisuus.formats.decoding import ALREADY_REPORTED, decode_slowly
from tulevaisuus.formats.encoding import encode_plainly
from tulevaisuus.formats.generated_readers_and_writers import NotUsualError
from tulevaisuus.model.portfolio import REGISTERS

CLASSES = [cls for cls in VALUES if cls is not tul.Portfolio]
READERS = {cls: decoding.COMPILED.make(cls) for cls in CLASSES}
WRITERS = {cls: encoding.COMPILED.make(cls) for cls in CLASSES}


GOLDEN = Path(__file__).parents[1] / "data" / "golden" / f"{tul.FORMAT_VERSION}.json"


class Colour(StrEnum):
    """Texts with special characters."""

    RED = "red"
    DATE = "2021-01-01"


class Odd(str):
    """A subclass of `str`."""

    __slots__ = ()


class Record(dict[str, object]):
    """A subclass of `dict`, as some decoders make."""


STRANGE: list[object] = [
    *(
        ALREADY_REPORTED,
        Record(fi="x"),
        [ALREADY_REPORTED],
        [[]],
        [{}],
        [None],
        (),
        {},
        frozenset(),
        {1: 2},
        b"x",
    ),
    *(Odd("shc-2021"), Odd("2021-01-01"), Colour.RED, Colour.DATE, tul.GoalNumber.ACCESS),
    *(True, 1, 1.0, 0, -0.0, -1, 10**12, 10**12 - 1, 10**5000, 0.1, 1e22, 0.005),
    *(float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")),
    *(Decimal("1E+2"), Decimal("1.0"), Decimal("1.000"), Decimal("0.00"), Decimal("-0.0")),
    *(Decimal("0.01"), Decimal("999999999999.99"), Decimal("1000000000000.0")),
    *(
        "",
        " ",
        "\u00a0",
        "a ",
        " a",
        "\u2003a",
        "a\u0000",
        "a\ud800",
        "a\u200b",
        "ä",
        "x" * 200,
    ),
    *(
        "x" * 201,
        "\u0378",
        "20210101",
        "2021-02-30",
        "2021-W01-1",
        "2021-01-01\n",
        "٢021-01-01",
    ),
    *("0204819-8", "0204819-7", "granted", "GRANTED", "http://x", "https://a b", "fi"),
]
HOSTILE: st.SearchStrategy[object] = st.one_of(PYTHON, JUNK, st.sampled_from(STRANGE))


NAMES = ["extra", 1, None, "sources", "fi"]


class Rejection(tuple[tul.Finding, ...]):
    """The findings on data; empty if a generated reader leaves it to the plain one."""

    __slots__ = ()


def outcome(read: Callable[[object], object], raw: object) -> object:
    """Return the result of a reader, with the types of its parts, or its findings."""
    try:
        made = read(raw)
    except (NotUsualError, tul.InvalidValueError) as error:
        return Rejection(() if isinstance(error, NotUsualError) else error.findings)
    return type(made), made, repr(made)


def compare(cls: type[tul.Value], raw: object) -> None:
    """Check that data read by a generated reader is read the same by the plain one."""
    fast = outcome(READERS[cls], raw)
    assert isinstance(fast, Rejection) or fast == outcome(lambda raw: decode_slowly(cls, raw), raw)


def places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON value
    """Return each place within a JSON value, as a container and a key."""
    keys: list[Any] = []
    if isinstance(value, dict | list):
        keys = [*value] if isinstance(value, dict) else [*range(len(cast("list[object]", value)))]
    for key in keys:
        yield value, key
        yield from places(value[key])


@st.composite
def damaged(draw: st.DrawFn, cls: type[tul.Value]) -> object:
    """Write a value, and replace or remove values at up to three places."""
    plain: list[object] = [copy.deepcopy(encode_plainly(draw(made_of(cls))))]
    for _ in range(draw(st.integers(0, 3))):
        container, key = draw(st.sampled_from([*places(plain)]))
        if not isinstance(container, dict) or draw(st.booleans()):
            container[key] = draw(HOSTILE)
        elif draw(st.booleans()):
            del container[key]
        else:
            container[draw(st.sampled_from(NAMES))] = draw(HOSTILE)
    return plain[0]


@pytest.mark.parametrize("name", ["programme", *REGISTERS])
def test_hostile_values_in_each_field(name: str) -> None:
    """In an entity with all its fields, each value is replaced by each of those above."""
    cls: type[tul.Value] = tul.Programme if name == "programme" else REGISTERS[name]
    golden = json.loads(GOLDEN.read_text("utf-8"))[name]
    plain = [golden if name == "programme" else golden[0]]
    assert READERS[cls](plain[0]) == decode_slowly(cls, plain[0])
    for container, key in [*places(plain)]:
        kept = container[key]
        for strange in STRANGE:
            container[key] = strange
            compare(cls, plain[0])
        container[key] = kept


@pytest.mark.parametrize("cls", CLASSES)
@settings(max_examples=30)
@given(data=st.data())
def test_generated_reader_equals_the_plain_one(cls: type[tul.Value], data: st.DataObject) -> None:
    """What it reads is equal; what it rejects is left to the plain one."""
    compare(cls, data.draw(damaged(cls)))


@pytest.mark.parametrize("cls", CLASSES)
@settings(max_examples=30)
@given(data=st.data())
def test_generated_writer_equals_the_plain_one(cls: type[tul.Value], data: st.DataObject) -> None:
    """The text is equal, and is read back by the generated reader."""
    entity = data.draw(made_of(cls))
    plain = WRITERS[cls](entity)
    assert json.dumps(plain) == json.dumps(encode_plainly(entity))
    assert outcome(READERS[cls], plain) == outcome(lambda raw: decode_slowly(cls, raw), plain)
    assert READERS[cls](json.loads(json.dumps(plain))) == entity


LINES = [
    json.dumps(encode_plainly(entity), ensure_ascii=False) for entity in (*tul.grants, *tul.regions)
]
PIECES = [
    "",
    "\\u0061",
    "\\ud800",
    "\ufeff",
    "\x0b",
    "\r",
    "\t",
    "é",
    "1e2",
    "-0",
    "0.10",
    '"id": "x",',
    ":",
]


def read_line(line: bytes, cls: type[tul.Entity], limits: tul.Limits) -> list[object]:
    """Read a line, and return its entities and its problems."""
    found: list[object] = []
    entities = formats.read_lines(io.BytesIO(line), cls, found.append, limits=limits)
    found += [(entity, repr(entity)) for entity in entities]
    return found


@given(
    st.sampled_from(LINES),
    st.floats(0, 1),
    st.integers(0, 6),
    TEXTS | st.sampled_from(PIECES),
    st.sampled_from([tul.Grant, tul.Region]),
    st.integers(0, 3),
    st.just(10**6) | st.integers(-2, 2),
)
def test_damaged_lines(
    line: str, at: float, length: int, put: str, cls: type[tul.Entity], more: int, room: int
) -> None:
    """A line with a few characters lost or added is the same entity, or problem, in both ways."""
    start = int(at * len(line))
    text = line[:start] + put + line[start + length :] + line * more
    decoding.COMPILED.uses[cls] += 1000
    data = f"{text}\n{line}\n".encode(errors="surrogatepass")
    most = len(line.encode()) + room
    usual, careful = (tul.Limits(bytes=most, items=items) for items in (10**6, CAREFUL))
    assert read_line(data, cls, usual) == read_line(data, cls, careful)


CAREFUL = 1000
"""With a limit of so few items no line is read at speed."""


def test_bundled_facts_are_read_by_generated_readers() -> None:
    """Usual values are never left to the plain reader."""
    for register in tul.reference.registers().values():
        for entity in register:
            assert READERS[type(entity)](WRITERS[type(entity)](entity)) == entity
