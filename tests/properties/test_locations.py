"""Each finding is at the right line and column, however the document is formatted."""

import copy
import json
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import read_text
from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.messages import DUPLICATE_KEY

EXAMPLES = Path("examples")
BROKEN: dict[str, Any] = json.loads((EXAMPLES / "varsinais-suomi-broken.json").read_text("utf-8"))
VALID: dict[str, Any] = json.loads((EXAMPLES / "varsinais-suomi.json").read_text("utf-8"))
BLANKS = ["", " ", "\n", "\r\n", "\t", "\n  ", "\r\n\t", "  \n\n "]
TEXTS = ["", "\U0001f600", "ä\u2028ö", "x" * 300]
JUNK: list[Any] = [5, None, True, [], {}, {"x": 1}, -1, [5, "05"], *TEXTS]


class Writer:
    """Writes JSON with random whitespace, and records where each key and value begins."""

    def __init__(self, random: Random) -> None:
        """Start with an empty text."""
        self.random = random
        self.text = ""
        self.values: dict[str, int] = {}
        self.keys: dict[str, int] = {}

    def blank(self) -> None:
        """Write random whitespace."""
        self.text += self.random.choice(BLANKS)

    def string(self, text: str) -> None:
        """Write a text with its characters, or as escapes."""
        self.text += json.dumps(text, ensure_ascii=self.random.random() < 0.3)

    def write(self, value: Any, path: str = "") -> None:  # noqa: ANN401 - any JSON value
        """Write a value and its content."""
        self.values[path] = len(self.text)
        match value:
            case dict():
                self.members({**value}, path)
            case list():
                self.elements([*value], path)
            case str():
                self.string(value)
            case _:
                self.text += json.dumps(value)

    def elements(self, value: list[Any], path: str) -> None:
        """Write the elements of a list."""
        self.text += "["
        self.blank()
        for index, each in enumerate(value):
            self.text += "," * (index > 0)
            self.blank()
            self.write(each, f"{path}/{index}")
            self.blank()
        self.text += "]"

    def members(self, value: dict[str, Any], path: str) -> None:
        """Write the members of an object."""
        self.text += "{"
        self.blank()
        for index, (key, each) in enumerate(value.items()):
            self.text += "," * (index > 0)
            self.blank()
            inner = path + json_pointers.join(key)
            self.keys[inner] = len(self.text)
            self.string(key)
            self.blank()
            self.text += ":"
            self.blank()
            self.write(each, inner)
            self.blank()
        self.text += "}"

    def expected(self, finding: tul.Finding) -> int:
        """Return the expected location of a finding."""
        is_key = finding.code == "TSK004" or finding.template == DUPLICATE_KEY.text
        if is_key and finding.path in self.keys:
            return self.keys[finding.path]
        path = finding.path
        while path not in self.values:
            path = path.rpartition("/")[0]
        return self.values[path]


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, as an editor shows them."""
    before = text[:offset].split("\n")
    return len(before), len(before[-1]) + 1


def containers(value: Any) -> list[Any]:  # noqa: ANN401 - any JSON value
    """List all objects and lists."""
    members = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    inner: list[Any] = [*members.values()] if isinstance(value, dict) else value
    found: list[Any] = [value]
    for each in inner:
        if isinstance(each, dict | list):
            found += containers(each)
    return found


def mutate(document: dict[str, Any], random: Random) -> None:
    """Change, add or remove something."""
    where: dict[str, Any] | list[Any] = random.choice(containers(document))
    junk = copy.deepcopy(random.choice(JUNK))
    if isinstance(where, list):
        where.insert(random.randint(0, len(where)), junk)
    elif random.random() < 0.3 or not where:
        where[random.choice(["extra", "a/b~c", "\U0001f600", "amount_eur"])] = junk
    elif random.random() < 0.5:
        where[random.choice([*where])] = junk
    else:
        del where[random.choice([*where])]


def examine(document: dict[str, Any], random: Random, bom: str) -> int:
    """Write and read a document; compare the location of each finding; count them."""
    writer = Writer(random)
    writer.blank()
    writer.write(document)
    writer.blank()
    data = bom + writer.text
    for source in (data, data.encode()):
        reading = read_text(source)
        for finding in tul.check(reading).findings:
            location = finding.location
            assert location is not None
            assert location.snippet is not None
            assert location.caret is not None
            offset = writer.expected(finding)
            assert (location.line, location.column) == place(writer.text, offset), finding
            assert location.snippet[location.caret] == writer.text[offset]
            assert "\n" not in location.snippet
            assert len(location.snippet) <= 242
    return len(read_text(data).findings)


@pytest.mark.proof
@given(
    st.sampled_from([BROKEN, VALID]),
    st.integers(0, 8),
    st.randoms(use_true_random=False),
    st.sampled_from(["", "\ufeff"]),
)
def test_findings_are_where_the_text_has_them(
    example: dict[str, Any], changes: int, random: Random, bom: str
) -> None:
    """Whitespace, escapes, line ends, byte order marks and wide characters are counted."""
    document = copy.deepcopy(example)
    for _ in range(changes):
        mutate(document, random)
    examine(document, random, bom)


def test_all_findings_of_the_broken_example_are_located() -> None:
    """Findings of reading and of rules on the example of the README have the right location."""
    text = (EXAMPLES / "varsinais-suomi-broken.json").read_text("utf-8")
    reading = tul.read(EXAMPLES / "varsinais-suomi-broken.json")
    report = tul.check(reading)
    lines = text.splitlines()
    shown = {
        finding.path: lines[location.line - 1][location.column - 1 :]
        for finding in report.findings
        if (location := finding.location) and location.line and location.column
    }
    assert len(report.findings) == len([each for each in report.findings if each.location])
    assert all(each.location and each.location.source for each in report.findings)
    assert shown["/grants/0/recipent"].startswith('"recipent"')
    assert shown["/grants/0/amount_eur"].startswith('"5 500 000"')
    assert shown["/grants/1/usable/end"].startswith('"2024-12-31"')
    assert shown["/centres/0/name/fi"].startswith('""')
    assert examine(BROKEN, Random(1), "") > 5  # noqa: S311 - not for secrets
