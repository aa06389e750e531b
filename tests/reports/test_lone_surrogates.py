"""Every report can be encoded as UTF-8, whatever the bytes of a document or the name of a file."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import pytest

import tulevaisuus as tul
from tulevaisuus import reports

Write: TypeAlias = Callable[["list[tuple[str, tul.Report | OSError]]"], str]

NAME = "hanke\udcff.json"
"""What Python calls a file whose name is no UTF-8."""

SOURCES: Mapping[str, object] = {
    "picture": b"\x89PNG\r\n\x1a\n\0\0",
    "utf-16": '{"a": 1}'.encode("utf-16"),
    "latin-1": '{"nimi": "Jyväskylä"}'.encode("latin-1"),
    "key": {
        "format": "tulevaisuus",
        "format_version": "1.0",
        "\ud800": 1,
        "grants": [{"id": "g1", "\udfff": 2, "call": "\ud800"}],
    },
}
WRITERS: Mapping[str, Write] = {
    "json": reports.to_json,
    "sarif": reports.to_sarif,
    "junit": reports.to_junit,
    "text": reports.to_text,
    "markdown": reports.to_markdown,
    "html": reports.to_html,
    "rows": lambda pairs: "".join(map(str, reports.to_rows(pairs)[0].values())),
    "own json": lambda pairs: "".join(
        each.to_json() for _, each in pairs if isinstance(each, tul.Report)
    ),
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("writer", WRITERS)
def test_report_on_invalid_bytes_can_be_encoded(source: str, writer: str) -> None:
    """Bytes, keys and names that are not UTF-8 are escaped or replaced."""
    given = SOURCES[source]
    reading = tul.read(given)  # type: ignore[arg-type]  # bytes and data are both taken
    missing = OSError(2, "No such file or directory", NAME)
    text = WRITERS[writer]([(NAME, tul.check(reading)), (NAME, missing)])
    assert text.encode().decode() == text


def test_line_with_carets_keeps_its_length() -> None:
    """Each invalid byte becomes one U+FFFD, so that carets are below the right characters."""
    (finding,) = tul.read(b"\x89PNG\r\n\x1a\n").findings
    assert finding.location is not None
    assert (finding.location.snippet, finding.location.caret) == ("\ufffdPNG", 0)
