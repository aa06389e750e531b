"""Which documents can be read: the fields ``format`` and ``format_version`` (TSK007)."""

import json

import pytest

import tulevaisuus as tul
from tests.helpers import document, found, read_text
from tulevaisuus.findings import messages
from tulevaisuus.formats.format_version import FORMAT, format_problem, is_newer, version_problem

READABLE = ["1.0", "1.1", "1.10", "1.99999"]
UNREADABLE = [
    *("2.0", "10.0", "99999.99999"),  # newer major versions
    *("0.9", "0.0", "0.99999"),  # older versions, never released
    *("", "1", "1.0.0", "1.", ".0", "v1.0", "1,0", " 1.0", "1.0\n", "01.0", "1.00", "-1.0"),
    *("1.x", "\N{ARABIC-INDIC DIGIT ONE}.0", "1.0e0", "1.100000", "9" * 5000),
]


@pytest.mark.parametrize("version", READABLE)
def test_supported_versions_are_read(version: str) -> None:
    """The current version and newer minor ones are read."""
    assert version_problem(version) is None
    assert read_text(document(format_version=version)).ok


@pytest.mark.parametrize("version", UNREADABLE)
def test_other_versions_are_rejected(version: str) -> None:
    """Another version is one finding, and nothing else of the document is read."""
    reading = read_text(document(format_version=version, grants=[1], surprise=1))
    assert found(reading.findings) == ["TSK007 /format_version"]
    assert reading.portfolio == tul.Portfolio()


@pytest.mark.parametrize("version", ["2.0", "0.9"])
def test_both_versions_are_named(version: str) -> None:
    """The message on a version names it and the version that can be read."""
    finding = version_problem(version)
    assert finding is not None
    for language in ("fi", "sv", "en"):
        assert version in finding.message(language)
        assert tul.FORMAT_VERSION in finding.message(language)


@pytest.mark.parametrize("name", ["gpx", "Tulevaisuus", "tulevaisuus ", ""])
def test_foreign_format_is_rejected(name: str) -> None:
    """The rest of a document in another format is not read."""
    reading = read_text(document(format=name, grants=[1]))
    assert found(reading.findings) == ["TSK007 /format"]
    assert reading.rejected


@pytest.mark.parametrize("value", [1, 1.0, None, True, [], {}])
def test_header_of_another_type(value: object) -> None:
    """A number is not a version; the rest of the document is read."""
    text = json.dumps({"format": value, "format_version": value, "goals": 1})
    expected = ["TSK002 /format", "TSK002 /format_version", "TSK002 /goals"]
    assert found(read_text(text).findings) == expected


def test_header_is_required() -> None:
    """Both fields are required; the rest of the document is read."""
    goals = [{"number": 1, "name": {"fi": "x"}}]
    reading = read_text(json.dumps({"goals": goals}))
    assert found(reading.findings) == ["TSK003 /format", "TSK003 /format_version"]
    assert list(reading.portfolio.goals.keys()) == [1]


def test_header_of_constants() -> None:
    """A NaN in the header is reported once."""
    text = '{"format": NaN, "format_version": NaN}'
    assert found(read_text(text).findings) == ["TSK001", "TSK001"]


def test_both_fields_are_checked() -> None:
    """A foreign format does not hide an unsupported version."""
    text = '{"format_version": "2.0", "format": "gpx"}'
    assert found(read_text(text).findings) == ["TSK007 /format_version", "TSK007 /format"]


def test_the_name_of_the_format() -> None:
    """The format has the name of the library."""
    assert format_problem(FORMAT) is None
    assert tul.__name__ == FORMAT


@pytest.mark.parametrize(
    ("version", "newer"), [("1.1", True), ("1.10", True), ("1.0", False), (1.1, False)]
)
def test_newer_minor_versions(version: object, newer: bool) -> None:  # noqa: FBT001 - the table
    """Versions compare as numbers, not as text, and must be text."""
    assert is_newer(version) is newer


@pytest.mark.parametrize(
    ("version", "template"),
    [
        ("0.9", messages.NO_SUCH_VERSION),
        ("0.0", messages.NO_SUCH_VERSION),
        ("2.0", messages.NEWER_VERSION),
        ("10.0", messages.NEWER_VERSION),
    ],
)
def test_too_old_is_not_too_new(version: str, template: messages.MessageTemplate) -> None:
    """The message on a newer version recommends an upgrade; one on an older version does not."""
    finding = version_problem(version)
    assert finding is not None
    assert finding.template == template.text
    assert version_problem("1.9") is None  # its new fields are warnings
