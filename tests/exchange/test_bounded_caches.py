"""Caches of readers are bounded, and do not change results."""

import pytest

import tulevaisuus as tul
from tests.exchange.tables import csv_bytes
from tulevaisuus.exchange import json_documents_and_lines, read_csv
from tulevaisuus.exchange.csv_and_excel import fast_rows, names_and_codes_in_cells
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.findings.finding import Finding

HEADERS = ("Tunnus", "Haun tunnus", "Hanke", "Tila", "Lisätieto")
PROJECTS = ("PirSOTE", "Soite 2.0", "PirSOTE")


def test_caches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """They contain names, cells, and texts of columns that are not read."""
    monkeypatch.setattr(names_and_codes_in_cells, "_MAX_CACHED", 1)
    monkeypatch.setattr(fast_rows, "_MAX_CACHED", 1)
    rows = [
        (f"g{place}", "shc-2021", project, "granted", f"x{place}")
        for place, project in enumerate(PROJECTS)
    ]
    made = list(read_csv(csv_bytes(HEADERS, *rows), tul.Grant))
    assert [each.project for each in made] == ["pirsote", "keski-pohjanmaa", "pirsote"]


def test_lines_without_a_class_are_not_streamed() -> None:
    """Their class is not known; bytes are read as a whole."""
    findings: list[Finding] = []
    assert json_documents_and_lines.stream_lines("a.jsonl", ReadOptions(), findings.append) is None
    assert (
        json_documents_and_lines.stream_lines(b"", ReadOptions(of=tul.Grant), findings.append)
        is None
    )
