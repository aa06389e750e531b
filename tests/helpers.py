"""Helpers shared by many tests: rejections, documents, findings, cases of rules, subprocesses."""

import copy
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import attrs
import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.rules.rule_declaration import texts

__all__ = [
    "REPLACE_FUNCTIONS",
    "Case",
    "check_with_rule",
    "declared_messages",
    "document",
    "found",
    "read_text",
    "rejected",
    "rejection",
    "reported_messages",
    "run_python",
]

REPLACE_FUNCTIONS: list[Callable[..., object]] = [
    attrs.evolve,
    *([getattr(copy, "replace")] if hasattr(copy, "replace") else []),  # noqa: B009 - since 3.13
]
"""The ways to make a changed copy."""


def rejection(
    make: Callable[..., object], /, *values: object, **fields: object
) -> list[tul.Finding]:
    """Return the findings of a call that must raise `InvalidValueError`.

    Arguments are untyped, as tests pass values that a type checker would reject.
    """
    with pytest.raises(tul.InvalidValueError) as caught:
        make(*values, **fields)
    return list(caught.value.findings)


def rejected(make: Callable[..., object], /, *values: object, **fields: object) -> list[str]:
    """Return the findings of a call that must raise `InvalidValueError`, as ``CODE path``."""
    return found(rejection(make, *values, **fields))


def run_python(code: str) -> str:
    """Run code in a new interpreter, with warnings as errors, and return what it prints."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603 - own code
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def document(**members: object) -> str:
    """Return the JSON of a document of the current format version with these members."""
    header = {"format": "tulevaisuus", "format_version": tul.FORMAT_VERSION}
    return json.dumps({**header, **members}, ensure_ascii=False)


def read_text(text: str | bytes, limits: tul.Limits | None = None) -> tul.Reading:
    """Read a document from text or bytes instead of a file."""
    source = io.BytesIO(text) if isinstance(text, bytes) else io.StringIO(text)
    return tul.read(source, limits=limits)


def found(findings: Iterable[tul.Finding]) -> list[str]:
    """Return findings as ``CODE path``, in order; each must have a message in every language."""
    listed = tuple(findings)
    for finding in listed:
        assert all(finding.message(language) for language in LANGUAGES)
    return [f"{finding.code} {finding.path}".rstrip() for finding in listed]


class Case(NamedTuple):
    """Registers that break a rule, the path of the finding, and a part of its message.

    ``severity`` is given where the finding is milder than the rule.
    """

    registers: Mapping[str, object]
    path: str
    message_part: str
    language: str = "en"
    severity: tul.Severity | None = None


def check_with_rule(code: str, registers: Mapping[str, object]) -> tul.Report:
    """Check a document of these registers, which must be valid to read, with one rule only."""
    reading = read_text(document(**registers))
    assert found(reading.findings) == []
    return tul.check(reading, select=code)


def reported_messages(cases: Mapping[str, Case]) -> set[str]:
    """Return the messages that cases lead to, as ``CODE name``, which their names begin with."""
    reports = [
        check_with_rule(name.partition(" ")[0], case.registers) for name, case in cases.items()
    ]
    return {
        f"{finding.code} {name}"
        for report in reports
        for finding in report.findings
        for name, words in tul.rulebook[finding.code].messages.items()
        if words == finding.template
    }


def declared_messages(family: str) -> set[str]:
    """Return the messages that the rules of a family declare, as ``CODE name``."""
    return {f"{code} {name}" for code, each in texts(family).items() for name in each["messages"]}
