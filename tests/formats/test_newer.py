"""Documents of a newer minor version are read, with a warning for each unknown field."""

import pytest

import tulevaisuus as tul
from tests.helpers import document, found, read_text, rejected
from tulevaisuus import formats
from tulevaisuus.formats import Rejected
from tulevaisuus.formats.decoding import decode_newer

GRANT: dict[str, object] = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted"}


def newer(**members: object) -> str:
    """Return a document of the next minor version."""
    return document(**{"format_version": "1.1", **members})


UNKNOWN: dict[str, tuple[str, list[str]]] = {
    "of the document": (newer(later={"a": [1]}), ["TSK004 /later"]),
    "of an entity": (newer(grants=[{**GRANT, "later": 1}]), ["TSK004 /grants/0/later"]),
    "of the programme": (
        newer(programme={"later": 1, "id": "x", "name": {"fi": "y"}}),
        ["TSK004 /programme/later"],
    ),
    "of a value": (
        newer(grants=[{**GRANT, "usable": {"start": "2021-01-01", "later": 1}}]),
        ["TSK004 /grants/0/usable/later"],
    ),
    "of values in a list": (
        newer(
            grants=[
                {**GRANT, "notes": [{"field": "id", "text": each, "~/": 1} for each in ("x", "y")]}
            ]
        ),
        ["TSK004 /grants/0/notes/0/~0~1", "TSK004 /grants/0/notes/1/~0~1"],
    ),
    "several": (
        newer(a=1, grants=[{"b": 1, **GRANT, "c": 1}], d=1),
        ["TSK004 /a", "TSK004 /grants/0/b", "TSK004 /grants/0/c", "TSK004 /d"],
    ),
    "with an empty name": (newer(grants=[{**GRANT, "": 1}]), ["TSK004 /grants/0/"]),
}


@pytest.mark.parametrize(("text", "expected"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_fields_are_warnings(text: str, expected: list[str]) -> None:
    """An unknown field is reported and ignored, and nothing is rejected for it."""
    reading = read_text(text)
    assert found(reading.findings) == expected
    assert {finding.severity for finding in reading.findings} == {tul.Severity.WARNING}
    assert reading.ok
    assert reading.rejected == ()
    assert tul.loads(text) == reading.portfolio


def test_known_fields_are_read() -> None:
    """An entity with unknown fields keeps all fields that this release knows."""
    text = newer(grants=[{**GRANT, "later": 1, "usable": {"start": "2021-01-01", "later": 1}}])
    expected = tul.loads(document(grants=[{**GRANT, "usable": {"start": "2021-01-01"}}]))
    assert tul.loads(text).grants == expected.grants


def test_other_errors_stay_errors() -> None:
    """A newer document is read as strictly; findings are in the order of the document."""
    reading = read_text(
        newer(grants=[{"later": 1, **GRANT, "amount_eur": "1"}, {**GRANT, "id": ["g"]}])
    )
    assert found(reading.findings) == [
        "TSK004 /grants/0/later",
        "TSK002 /grants/0/amount_eur",
        "TSK002 /grants/1/id",
    ]
    assert [str(finding.severity) for finding in reading.findings] == ["warning", "error", "error"]
    assert reading.rejected == (Rejected("grants", 0, "g1"), Rejected("grants", 1, None))


def test_warnings_name_the_entity() -> None:
    """The subject of a warning is the entity, as that of an error."""
    text = newer(grants=[{**GRANT, "later": 1, "usable": {"start": "2021-01-01", "later": 1}}])
    assert [finding.subject for finding in read_text(text).findings] == ["grant g1", "grant g1"]


def test_unknown_code_stays_an_error() -> None:
    """An unknown value cannot be ignored as a field can."""
    assert found(read_text(newer(grants=[{**GRANT, "status": "paid"}])).findings) == [
        "TSK005 /grants/0/status"
    ]


def test_newer_document_without_unknown_fields() -> None:
    """There is nothing to warn of, but the newer version is recorded."""
    reading = read_text(newer(grants=[GRANT]))
    assert reading.findings == ()
    assert reading.portfolio.newer_version == "1.1"
    assert list(reading.portfolio.grants.keys()) == ["g1"]


def test_current_version_is_not_recorded_as_newer() -> None:
    """A document of the current version can be written without consent."""
    assert tul.loads(document()).newer_version is None


def test_deepest_possible_unknown_field_is_ignored() -> None:
    """It never leads to a `RecursionError`."""
    deep = "[" * 497 + "]" * 497
    text = newer(grants=[{**GRANT, "later": "?"}]).replace('"?"', deep)
    reading = read_text(text, tul.Limits(depth=500))
    assert found(reading.findings) == ["TSK004 /grants/0/later"]


def test_duplicate_keys_and_constants_beside_unknown_fields() -> None:
    """Findings on the text are reported once, also beside unknown fields."""
    text = newer(grants=[{**GRANT, "later": "?", "amount_eur": "?"}]).replace('"?"', "NaN")
    doubled = text.replace('"later"', '"id": "g1", "later"')
    assert found(read_text(doubled).findings) == [
        "TSK001",
        "TSK001",
        "TSK001 /grants/0/id",
        "TSK004 /grants/0/later",
    ]


def test_argument_is_not_changed() -> None:
    """Unknown fields are removed from a copy."""
    raw = {**GRANT, "later": {"a": 1}}
    entity, warnings = decode_newer(tul.Grant, raw)
    assert entity == tul.Grant(
        id="g1", call="shc-2021", project="p1", status=tul.GrantStatus.GRANTED
    )
    assert found(warnings) == ["TSK004 /later"]
    assert raw == {**GRANT, "later": {"a": 1}}


@pytest.mark.parametrize(
    ("notes", "extra"),
    [
        pytest.param(({"field": "id", "text": "x", "later": 1},), {}, id="a tuple for a list"),
        pytest.param([{"field": "id", "text": "x", 5: 1}], {}, id="a number for a key"),
        pytest.param([], {None: 1}, id="nothing for a key"),
        pytest.param([], {5: 1}, id="number as a key of the entity"),
    ],
)
def test_data_of_other_decoders(notes: object, extra: dict[object, object]) -> None:
    """Unknown fields are ignored where keys are not text and lists are tuples, too."""
    raw = {name: value for part in (GRANT, {"notes": notes}, extra) for name, value in part.items()}
    members = {"format": "tulevaisuus", "format_version": "1.1", "grants": [raw]}
    portfolio = formats.structure(members, tul.Portfolio)
    assert list(portfolio.grants.keys()) == ["g1"]


def test_a_broken_entity_without_unknown_fields() -> None:
    """Where nothing is unknown, the findings are those of any document."""
    assert rejected(decode_newer, tul.Grant, {}) == [
        "TSK003 /id",
        "TSK003 /call",
        "TSK003 /project",
        "TSK003 /status",
    ]
