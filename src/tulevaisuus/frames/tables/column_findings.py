"""Findings about columns, with codes of documents; the texts are in ``texts/tsk0_columns.toml``.

A wrong type of a column is TSK002, a wrong name is TSK003 or TSK004.
"""

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.found_values import quote
from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = ["column_type", "key_in_index", "name_twice"]


def column_type(table: str, column: str, found: str, expected: LocalizedText, hint: str) -> Finding:
    """Make the finding about a column whose type does not fit its field.

    Args:
        table: The name of the table.
        column: The name of the column.
        found: The name of its type in the engine.
        expected: The values that it should contain.
        hint: The name of the text on what to do.
    """
    advice = _text("hints", hint)
    known: dict[str, Param] = {"found": quote(found), "expected": expected, "hint": advice}
    return _finding("TSK002", "column_type", **known).under(table, column)


def key_in_index(table: str, column: str) -> Finding:
    """Make the finding about a key that is the index of a pandas frame."""
    return _finding("TSK003", "key_in_index", column=column).under(table, column)


def name_twice(table: str, column: str) -> Finding:
    """Make the finding about two columns with the same name."""
    return _finding("TSK004", "name_twice", column=column).under(table, column)


def _finding(code: str, name: str, **params: Param) -> Finding:
    template = _text("messages", name)
    return Finding(
        code=code, severity=Severity.ERROR, template=template, params=tuple(params.items())
    )


def _text(section: str, name: str) -> LocalizedText:
    return open_catalogue("tulevaisuus.frames", "tsk0_columns")[section][name]
