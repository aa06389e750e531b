"""Errors in the text of a document itself (TSK001)."""

import codecs
import gzip
import json
import sys
from typing import Any

import pytest

import tulevaisuus as tul
from tests.helpers import document, found, read_text
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.formats.decoding import ALREADY_REPORTED
from tulevaisuus.formats.json_parsing import parse

EMPTY = document()
LOADS: Any = json.loads

COMMA = sys.version_info >= (3, 13)
"""Python points at a trailing comma itself since 3.13, before that at what comes after it."""

UNREADABLE: dict[str, tuple[str | bytes, int, int]] = {
    "nothing": ("", 1, 1),
    "blanks": (" \n ", 2, 2),
    "no JSON": ("grants", 1, 1),
    "unclosed object": ('{"format": "tulevaisuus"', 1, 25),
    "unclosed text": ('{"format": "tulevaisuus}', 1, 12),
    "missing comma": ('{"a": 1\n "b": 2}', 2, 2),
    "trailing comma in a list": ("[1,]", 1, 4 - COMMA),
    "trailing comma in an object": ('{"a": 1,}', 1, 9 - COMMA),
    "missing colon": ('{"a" 1}', 1, 6),
    "single quotes": ("{'a': 1}", 1, 2),
    "unquoted key": ("{a: 1}", 1, 2),
    "comment": ("{} // see above", 1, 4),
    "two documents": ("{}\n{}", 2, 1),
    "line break in a text": ('{"a": "b\nc"}', 1, 9),
    "tab in a text": ('{"a": "\t"}', 1, 8),
    "unknown escape": ('{"a": "\\q"}', 1, 8),
    "leading zero": ("[01]", 1, 3),
    "leading plus": ("[+1]", 1, 2),
    "no digit before the point": ("[.5]", 1, 2),
    "no digit after the point": ("[1.]", 1, 3),
    "control character": ("\x00", 1, 1),
    "two byte order marks": ("\ufeff\ufeff{}", 1, 1),
    "Latin-1": ('{"name":\n "Jyväskylä"}'.encode("latin-1"), 2, 6),
    "cut inside a character": ("ä".encode()[:1], 1, 1),
    "a surrogate in UTF-8": (b'["\xed\xa0\x80"]', 1, 3),
    "half a pair": ('["ok", "\\ud83d"]', 1, 9),
    "the other half": ('["\\ude00"]', 1, 3),
    "halves in the wrong order": ('["\\ude00\\ud83d"]', 1, 3),
    "two first halves and a second": ('["\\ud83d\\ud83d\\ude00"]', 1, 3),
    "halves apart": ('["\\ud83d \\ude00"]', 1, 3),
    "half a pair before another escape": ('["\\uD83D\\n"]', 1, 3),
    "half a pair in a key": ('{"\\uDBFF": 1}', 1, 3),
    "half a pair as such": ('["\ud83d"]', 1, 3),
}

CUT = [(text, line, column) for text, line, column in UNREADABLE.values()]


@pytest.mark.parametrize(("text", "line", "column"), CUT, ids=UNREADABLE)
def test_invalid_json_is_one_finding_on_the_whole(
    text: str | bytes, line: int, column: int
) -> None:
    """It is rejected with the line and column of the first error."""
    reading = read_text(text)
    assert found(reading.findings) == ["TSK001"]
    params = dict(reading.findings[0].params)
    assert (params["line"], params["column"]) == (line, column)
    assert reading.portfolio == tul.Portfolio()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{}".encode("utf-16"), "UTF-16"),
        (gzip.compress(b"{}"), "gzip"),
        (b"\x28\xb5\x2f\xfd....", "zstd"),
        (b"PK\x03\x04...", "Excel"),
        (b"\xd0\xcf\x11\xe0...", ".xls"),
        (b"%PDF-1.7", "PDF"),
    ],
    ids=["UTF-16", "gzip", "zstd", "xlsx", "xls", "PDF"],
)
def test_other_file_types_are_named(data: bytes, words: str) -> None:
    """The message on a workbook or a compressed file names its type, not UTF-8."""
    (finding,) = read_text(data).findings
    assert (finding.code, finding.path) == ("TSK001", "")
    assert all(words in finding.message(language) for language in LANGUAGES)


@pytest.mark.parametrize(("text", "line", "column"), CUT[2:], ids=[*UNREADABLE][2:])
def test_each_message_has_the_location(text: str | bytes, line: int, column: int) -> None:
    """The message has line and column in each language, unless the text is empty."""
    (finding,) = read_text(text).findings
    for message in map(finding.message, LANGUAGES):
        assert str(line) in message
        assert str(column) in message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(EMPTY, id="text"),
        pytest.param(EMPTY.encode(), id="bytes"),
        pytest.param("\ufeff" + EMPTY, id="text with a byte order mark"),
        pytest.param(codecs.BOM_UTF8 + EMPTY.encode(), id="bytes with a byte order mark"),
        pytest.param(f"\r\n\t {EMPTY}\n\n", id="blanks around"),
    ],
)
def test_byte_order_mark_is_accepted(text: str | bytes) -> None:
    """UTF-8 is read with and without a byte order mark, and with whitespace around."""
    assert tul.loads(text) == tul.Portfolio()


@pytest.mark.parametrize(
    ("written", "intended"),
    [
        pytest.param("\\ud83d\\ude00", "😀", id="escaped pair"),
        pytest.param("\\uD83D\\uDE00", "😀", id="escaped pair, upper case"),
        pytest.param("😀", "😀", id="the character itself"),
        pytest.param("\\\\ud83d", "\\ud83d", id="escaped backslash"),
        pytest.param("\\u00e4", "ä", id="escaped letter"),
        pytest.param("\\ud83d\\ude00\\ud83d\\ude00", "😀😀", id="two pairs"),
        pytest.param(
            "NaN and [[[ Infinity, -Infinity", "NaN and [[[ Infinity, -Infinity", id="NaN"
        ),
        pytest.param("9" * 100, "9" * 100, id="digits"),
        pytest.param('\\u0000\\n\\"', '\0\n"', id="escaped control characters"),
    ],
)
def test_text_within_quotes_is_text(written: str, intended: str) -> None:
    """Whatever is in quotes is text, even if it looks like syntax."""
    text = document(initiatives=[{"id": "i", "name": {"fi": "?"}}]).replace("?", f"x{written}")
    assert tul.loads(text).initiatives["i"].name.fi == f"x{intended}"


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constants_that_are_not_json_are_rejected(constant: str) -> None:
    """NaN and infinities are reported by line and column, and their object is rejected."""
    text = document(goals=[{"number": 1, "name": {"fi": "x"}}], roles=[{"code": "r", "x": 1}])
    reading = read_text(text.replace('"x": 1', f'\n"posts_stated": {constant}'))
    assert found(reading.findings) == ["TSK001", "TSK003 /roles/0/name"]
    assert dict(reading.findings[0].params) == {"line": 2, "column": 17, "found": constant}
    assert list(reading.portfolio.goals.keys()) == [1]
    assert not reading.portfolio.roles


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("{}", id="required field"),
        pytest.param('{"fi": {}}', id="required field of a value"),
        pytest.param('{"fi": "x", "unofficial": [{}]}', id="element of a list"),
        pytest.param('{"fi": "x", "sv": {}}', id="optional field"),
    ],
)
def test_invalid_constant_is_reported_once(value: str) -> None:
    """The entity with a NaN is rejected without a second finding on the same value."""
    holed = value.replace("{}", "NaN")
    text = document(initiatives=[{"id": "i", "name": 1}]).replace("1}", f"{holed}}}")
    reading = read_text(text)
    assert found(reading.findings) == ["TSK001"]
    assert [tuple(each) for each in reading.rejected] == [("initiatives", 0, "i")]


def test_all_invalid_constants_are_reported() -> None:
    """Every NaN of a document is reported with its own location."""
    reading = read_text('{"a": NaN,\n "b": [Infinity,\n"NaN", -Infinity]}')
    places = [dict(each.params) for each in reading.findings if each.code == "TSK001"]
    assert [(each["line"], each["column"], each["found"]) for each in places] == [
        (1, 7, "NaN"),
        (2, 8, "Infinity"),
        (3, 8, "-Infinity"),
    ]


def test_invalid_constant_alone_is_not_a_document() -> None:
    """A document that is only NaN has one finding and no value."""
    assert parse("NaN", tul.Limits()).value is ALREADY_REPORTED
    assert found(read_text("NaN").findings) == ["TSK001"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param('{"a": 1, "a": 2}', "/a", id="at the top"),
        pytest.param('{"a": 1, "a": 2, "a": 3}', "/a", id="three times is one finding"),
        pytest.param('{"x": [{}, {"a": 1, "a": 1}]}', "/x/1/a", id="in a list"),
        pytest.param('{"a/b": {"~": 1, "~": 1}}', "/a~1b/~0", id="escaped in the pointer"),
        pytest.param('{"": 1, "": 1}', "/", id="empty key"),
        pytest.param('{"a": 1, "\\u0061": 1}', "/a", id="written in two ways"),
        pytest.param('{"a":1,"b":{"c:":":"},"a":"\\":"}', "/a", id="colons in strings"),
        pytest.param('{"a" : 1,\n"a"\n:2, "b": "\\\\"}', "/a", id="blanks before the colons"),
        pytest.param('{"x": {"a": 1, "a": 2}, "x": 3}', "/x", id="in a value that is replaced"),
    ],
)
def test_duplicate_key_is_reported(text: str, path: str) -> None:
    """A key that occurs twice in one object is found at its pointer, whatever its value."""
    assert found(parse(text, tul.Limits()).problems.findings) == [f"TSK001 {path}"]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": ":", "b:": "::", "c": [":", {"d": "e"}]}',
        r'{"a": "\"", "b\\": "\\\\", "c": "\\\":", "d": "\"\":"}',
        '{"a" : {}, "" :"", "b"\n:[], "[{": "}]"}',
        '["a:b", "c"]',
    ],
)
def test_a_document_without_repeated_keys_is_parsed_once(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a colon outside strings belongs to a member, so strings cause no second look."""
    expected = json.loads(text)
    calls: list[str] = []

    def load(text: str, **hooks: object) -> object:
        """Record the call."""
        calls.append(text)
        return LOADS(text, **hooks)

    monkeypatch.setattr(json, "loads", load)
    parsed = parse(text, tul.Limits())
    assert (parsed.value, calls) == (expected, [text])
    assert not parsed.problems.findings


def test_last_of_duplicate_keys_is_read() -> None:
    """The last value is used, and the rest of the document is read."""
    text = document(goals=[{"number": 1, "name": {"fi": "a"}}])
    reading = read_text(text.replace('"fi": "a"', '"fi": 5, "fi": "b"'))
    assert found(reading.findings) == ["TSK001 /goals/0/name/fi"]
    assert reading.portfolio.goals[1].name.fi == "b"
    assert not reading.ok


LIMITS: dict[str, tuple[str, tul.Limits, tul.Limits]] = {
    "bytes": (EMPTY, tul.Limits(bytes=len(EMPTY)), tul.Limits(bytes=len(EMPTY) - 1)),
    "bytes, not characters": ('"ä"', tul.Limits(bytes=4), tul.Limits(bytes=3)),
    "depth": ('[{"a": []}, []]', tul.Limits(depth=3), tul.Limits(depth=2)),
    "digits": ("[12345]", tul.Limits(digits=5), tul.Limits(digits=4)),
    "digits with point": ("[12.45]", tul.Limits(digits=5), tul.Limits(digits=4)),
    "digits with sign and exponent": ("[-1e+5]", tul.Limits(digits=5), tul.Limits(digits=4)),
    "items in a list": ("[1, 2, 3]", tul.Limits(items=3), tul.Limits(items=2)),
    "items in objects": ('{"a": 1, "b": ["x,y"]}', tul.Limits(items=2), tul.Limits(items=1)),
}


@pytest.mark.parametrize(("text", "enough", "_"), LIMITS.values(), ids=LIMITS)
def test_document_at_the_limit_is_read(text: str, enough: tul.Limits, _: tul.Limits) -> None:
    """A document exactly as large as the limit is parsed."""
    assert parse(text, enough).problems.findings == []
    assert parse(text.encode(), enough).problems.findings == []


@pytest.mark.parametrize(("text", "_", "too_small"), LIMITS.values(), ids=LIMITS)
def test_document_beyond_the_limit_is_rejected(
    text: str, _: tul.Limits, too_small: tul.Limits
) -> None:
    """It is rejected unread, with a message that names the limit."""
    name, limit = next(
        (name, value)
        for name, value in (
            (name, getattr(too_small, name)) for name in ("bytes", "depth", "digits", "items")
        )
        if value != getattr(tul.Limits(), name)
    )
    for data in (text, text.encode()):
        reading = read_text(data, too_small)
        assert found(reading.findings) == ["TSK001"]
        for message in map(reading.findings[0].message, LANGUAGES):
            assert f"Limits.{name}" in message
            assert str(limit) in message


def test_location_beyond_a_limit() -> None:
    """Depth and digits are reported with the line and column where they exceed the limit."""
    (deep,) = read_text("[\n [\n  [", tul.Limits(depth=2)).findings
    (long,) = read_text("[1,\n 123]", tul.Limits(digits=2)).findings
    assert (dict(deep.params)["line"], dict(deep.params)["column"]) == (3, 3)
    assert (dict(long.params)["line"], dict(long.params)["column"]) == (2, 2)


def test_depth_is_not_the_number_of_brackets() -> None:
    """Many objects beside each other are not deep."""
    assert parse("[" + "{}," * 200 + "{}]", tul.Limits(depth=2)).problems.findings == []


def test_brackets_and_digits_in_text_are_ignored() -> None:
    """Text in quotes is neither deep nor a long number, even after an escaped quote."""
    text = '["[[[{{{ 123456789", "\\"[[[[", 1, [2]]'
    assert parse(text, tul.Limits(depth=2, digits=3)).problems.findings == []


@pytest.mark.parametrize(
    ("text", "limits", "message"),
    [
        pytest.param("[" * 600, tul.Limits(depth=10**6), "500 levels", id="depth"),
        pytest.param("1" * 5000, tul.Limits(digits=10**6), "4000 characters", id="digits"),
    ],
)
def test_limits_are_capped_at_those_of_python(text: str, limits: tul.Limits, message: str) -> None:
    """Higher limits never lead to an exception of Python."""
    (finding,) = read_text(text, limits).findings
    assert message in finding.message("en")


def test_deepest_possible_document_is_read() -> None:
    """A document as deep as Python supports is parsed, with its duplicate keys."""
    text = '{"a": 1, "a": ' + "[" * 499 + "]" * 499 + "}"
    assert found(parse(text, tul.Limits(depth=500)).problems.findings) == ["TSK001 /a"]


def test_longest_possible_number_is_read() -> None:
    """A number as long as Python supports is read, and rejected by its field."""
    text = document(roles=[{"code": 1, "name": {"fi": "x"}}]).replace(" 1,", f" {'1' * 4000},")
    assert found(read_text(text, tul.Limits(digits=4000)).findings) == ["TSK002 /roles/0/code"]


def test_default_limits_accept_all_facts() -> None:
    """The largest existing document is within all limits."""
    assert parse(tul.dumps(tul.reference), tul.Limits()).problems.findings == []


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\ufeff"])
def test_empty_document_is_named(text: str) -> None:
    """The message states that the text is empty, not that a comma is missing."""
    (finding,) = read_text(text).findings
    assert finding.message("en").startswith("there is nothing to read here")


@pytest.mark.parametrize("text", ["{}\n{}", '{"a": 1}\r\n{"a": 2}\r\n', "{} \n\n  {"])
def test_json_lines_in_place_of_a_document(text: str) -> None:
    """The message names the function that reads such a file."""
    (finding,) = read_text(text).findings
    assert "ends in .jsonl" in finding.message("en")
    assert finding.location
    assert (finding.location.column, finding.location.line) != (1, 1)


@pytest.mark.parametrize("text", ["{}{}", "{}\n[]", "[]\n{}", "{}\n,{", "{\n{}"])
def test_other_text_after_a_document_is_not_json_lines(text: str) -> None:
    """Only objects on lines of their own are."""
    (finding,) = read_text(text).findings
    assert finding.message("en").startswith("invalid JSON")


@pytest.mark.parametrize(("length", "count"), [(200, 1), (201, 0)])
def test_repeated_key_under_a_very_long_key_is_not_reported(length: int, count: int) -> None:
    """Paths have keys of up to two hundred characters; longer ones would be quoted too often."""
    text = f'{{"{"x" * length}": {{"a": 1, "a": 2}}}}'
    assert len(parse(text, tul.Limits()).problems.findings) == count


def test_twenty_characters_of_unexpected_text_are_quoted() -> None:
    """The rest of a document would not help."""
    (finding,) = parse(f"[{'x' * 30}]", tul.Limits()).problems.findings
    assert f'text "{"x" * 20}"' in finding.message("en")
