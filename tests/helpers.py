"""What several tests share: asking what is rejected, fresh interpreters, generated values."""

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
    "CHANGERS",
    "Case",
    "document",
    "found",
    "fresh",
    "judge",
    "messages_of",
    "messages_said",
    "read_text",
    "rejected",
    "rejection",
]

CHANGERS: list[Callable[..., object]] = [
    attrs.evolve,
    *([getattr(copy, "replace")] if hasattr(copy, "replace") else []),  # noqa: B009 - since 3.13
]
"""The ways to make a changed copy."""


def rejection(
    make: Callable[..., object], /, *values: object, **fields: object
) -> list[tul.Finding]:
    """Return what is wrong with a call.

    Types are set aside, as tests give values that a type checker would refuse.
    """
    with pytest.raises(tul.InvalidValueError) as caught:
        make(*values, **fields)
    return list(caught.value.findings)


def rejected(make: Callable[..., object], /, *values: object, **fields: object) -> list[str]:
    """Return what is wrong with a call, as ``CODE path``."""
    return found(rejection(make, *values, **fields))


def fresh(code: str) -> str:
    """Run code in an interpreter of its own and return what it prints."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603 - own code
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def document(**members: object) -> str:
    """Write a document of the present version with these members."""
    header = {"format": "tulevaisuus", "format_version": tul.FORMAT_VERSION}
    return json.dumps({**header, **members}, ensure_ascii=False)


def read_text(text: str | bytes, limits: tul.Limits | None = None) -> tul.Reading:
    """Read a document from text or bytes instead of a file."""
    source = io.BytesIO(text) if isinstance(text, bytes) else io.StringIO(text)
    return tul.read(source, limits=limits)


def found(findings: Iterable[tul.Finding]) -> list[str]:
    """Return findings as ``CODE path``, in order; all of them can be said in each language."""
    listed = tuple(findings)
    for finding in listed:
        assert all(finding.message(language) for language in LANGUAGES)
    return [f"{finding.code} {finding.path}".rstrip() for finding in listed]


class Case(NamedTuple):
    """Registers that break a rule, where they do, and words of the message in one language.

    ``severity`` is given where the finding is milder than the rule.
    """

    registers: Mapping[str, object]
    path: str
    says: str
    language: str = "en"
    severity: tul.Severity | None = None


def judge(code: str, registers: Mapping[str, object]) -> tul.Report:
    """Check a document of these registers, which must read soundly, by one rule alone."""
    reading = read_text(document(**registers))
    assert found(reading.findings) == []
    return tul.check(reading, select=code)


def messages_said(cases: Mapping[str, Case]) -> set[str]:
    """Return the messages that cases are reported, as ``CODE name``; a case's name begins so."""
    reports = [judge(name.partition(" ")[0], case.registers) for name, case in cases.items()]
    return {
        f"{finding.code} {name}"
        for report in reports
        for finding in report.findings
        for name, words in tul.rulebook[finding.code].messages.items()
        if words == finding.template
    }


def messages_of(family: str) -> set[str]:
    """Return the messages that the rules of a family have, as ``CODE name``."""
    return {f"{code} {name}" for code, said in texts(family).items() for name in said["messages"]}
