"""The JSON Schema and the reader agree on every document, except where a schema cannot."""

import copy
import json
from typing import Any

import jsonschema
from hypothesis import example, given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import read_text
from tests.properties.test_documents import JSON, MADE, NOTHING, SAMPLE, places
from tulevaisuus import formats
from tulevaisuus.findings import MessageTemplate, json_pointers, messages

VALIDATOR: Any = jsonschema.Draft202012Validator(formats.schema())

NOT_IN_SCHEMA: list[MessageTemplate] = [
    messages.AMOUNT_OUT_OF_RANGE,  # what the schema let pass has surplus decimals or an exponent
    messages.NO_SUCH_DAY,
    messages.PERIOD_REVERSED,
    messages.BAD_CHECK_DIGIT,
    messages.MISSING_WORDING,
    messages.LONE_SURROGATE,
    messages.DUPLICATE_ID,
    messages.NOT_A_NUMBER,  # no JSON, but Python's parser takes it
]
"""What the reader rejects and a schema cannot express; docs/serialisers.md lists it."""

TEXTS = st.sampled_from(
    [
        *("", " ", "\n", "\x85", "\ufeff", "\u2003", "\x1c", "x\n", " x", "x\u00a0", "a\x00b"),
        *("x" * 200, "x" * 201, "\U0001f600" * 200, "\ud800", "2021-02-30", "2021-02-28\n"),
        *("0000-01-01", "2021-2-3", "2021-13-01", "0204819-8", "0204819-7", "0204819-8\n"),
        *("https://a", "http://", "https://a b", "HTTPS://a", "ftp://a", "https://ä"),
    ]
)
NUMBERS = st.sampled_from(
    [0, -0.0, 0.01, 0.001, 1e-7, 0.1 + 0.2, 1.0, 5.0, 6, 10**12 - 0.01, 10**12, 1e300, True, -1]
)
PUT = TEXTS | NUMBERS | JSON
SAMPLED = json.loads(tul.dumps(SAMPLE))


def value_at(document: Any, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value at a pointer."""
    for part in json_pointers.split(path):
        document = document[int(part) if isinstance(document, list) else part]
    return document


def change(document: Any, path: str, put: object) -> None:  # noqa: ANN401 - any JSON value
    """Replace the value at a pointer, or remove it where nothing is put."""
    *containers, last = json_pointers.split(path)
    container = value_at(document, json_pointers.join(*containers))
    place: Any = int(last) if isinstance(container, list) else last
    if put is NOTHING:
        del container[place]
    else:
        container[place] = put


def is_never_generated(finding: tul.Finding, document: object) -> bool:
    """Return whether a schema cannot express what was found."""
    if finding.template == messages.WRONG_TYPE.text:
        value = value_at(document, finding.path)
        return isinstance(value, float) and value.is_integer()  # 1.0 is a whole number to JSON
    return any(finding.template == each.text for each in NOT_IN_SCHEMA)


def examine(document: object) -> None:
    """Check that the schema and the reader accept or reject a document alike."""
    reading = read_text(json.dumps(document))
    if VALIDATOR.is_valid(document):
        assert [each for each in reading.findings if not is_never_generated(each, document)] == []
    else:
        assert not reading.ok or reading.portfolio.newer_version  # which has a schema of its own


def around(path: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return a new valid document: the header, and the member that a path leads into.

    Neither the schema nor the reader checks a member by the others, and these take their time.
    """
    top = next(iter(json_pointers.split(path)), None)
    members = {name: each for name, each in SAMPLED.items() if name == top or isinstance(each, str)}
    return copy.deepcopy(members)


OBJECTS = [path for path in places(SAMPLED) if isinstance(value_at(SAMPLED, path), dict)]


@given(MADE)
def test_written_document_is_valid(portfolio: tul.Portfolio) -> None:
    """Any portfolio that is written follows the schema."""
    VALIDATOR.validate(json.loads(tul.dumps(portfolio)))


@given(st.sampled_from([path for path in places(SAMPLED) if path]), st.just(NOTHING) | PUT)
def test_one_changed_value(path: str, put: object) -> None:
    """One value of a valid document is replaced or removed."""
    document = around(path)
    change(document, path, put)
    examine(document)


@st.composite
def changed(draw: st.DrawFn) -> object:
    """Change a few places of a document of any entities."""
    document = json.loads(tul.dumps(draw(MADE)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([*places(document)][1:]))
        change(document, path, draw(st.just(NOTHING) | PUT))
    return document


@given(changed())
def test_several_changed_values(document: object) -> None:
    """Several values of any document are replaced or removed."""
    examine(document)


@given(st.sampled_from(OBJECTS), st.text(max_size=3), PUT)
def test_unknown_field(path: str, name: str, put: object) -> None:
    """An object of a valid document has another member."""
    document = around(path)
    value_at(document, path).setdefault(name, put)
    examine(document)


@given(JSON)
@example({"format": "tulevaisuus", "format_version": "1.0", "$schema": None})
def test_any_json(value: object) -> None:
    """Most of the JSON is not a document."""
    examine(value)
