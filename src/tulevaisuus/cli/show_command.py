"""`tulevaisuus show`: bundled facts and rules, as text, JSON or CSV.

Bundled facts are the objects that come with the package, such as all calls for grants. A register
is the collection of all objects of one class.
"""

import datetime as dt
from collections.abc import Iterable
from typing import cast

import tulevaisuus as tul
from tulevaisuus.cli import explain_command, output
from tulevaisuus.cli.register_lookup import entities_of
from tulevaisuus.cli.show_data import Data, data_of, write_csv, write_json
from tulevaisuus.cli.show_gaps import issues_of
from tulevaisuus.cli.show_text import (
    lines_of_divisions,
    lines_of_entity,
    lines_of_issues,
    lines_of_register,
    lines_with_class,
)
from tulevaisuus.model.name_search import Keyed
from tulevaisuus.reports.text import Line

__all__ = ["show_all", "show_gaps", "show_one", "show_several"]


def show_all(name: str, on: dt.date | None, format: str, language: str) -> None:
    """Show all objects of a register: a line each, or all data of each.

    Args:
        name: The name of the register.
        on: The day on which they must be valid, if any.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.

    Raises:
        CommandError: The objects of this register cannot be selected by this day.
    """
    register = entities_of(name, on, language)
    _show((data_of(each) for each in register), lines_of_register(register, language), format)


def show_several(entities: Iterable[tul.Entity], format: str, language: str) -> None:
    """Show objects of several classes: a line each, with the class, or all data of each.

    Args:
        entities: The objects.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.
    """
    listed = [*entities]
    _show((data_of(each) for each in listed), lines_with_class(listed, language), format)


def show_gaps(name: str, format: str, language: str) -> None:
    """Show gaps in the facts, or disagreements of sources.

    Args:
        name: ``gaps`` or ``disagreements``.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.
    """
    issues = issues_of(name)
    _show((each.data() for each in issues), lines_of_issues(issues, language), format)


def _show(data: Iterable[Data], lines: Iterable[Line], format: str) -> None:
    """Write a list of objects; only what the format needs is computed."""
    if format == "json":
        write_json([*data])
    elif format == "csv":
        write_csv([*data])
    else:
        output.print_lines(lines)


def show_one(shown: Keyed, format: str, language: str, on: dt.date | None = None) -> None:
    """Show all recorded fields of one object, a line each; a rule is explained.

    Args:
        shown: The object.
        format: ``text``, ``json`` or ``csv``.
        language: The language of the text.
        on: For a municipality, text also shows the divisions that it belonged to on this day.
    """
    if format == "json":
        write_json(data_of(shown))
    elif format == "csv":
        write_csv([data_of(shown)])
    elif isinstance(shown, tul.Rule):
        explain_command.explain([shown], language)
    else:
        lines = [*lines_of_entity(cast("tul.Entity", shown), language)]
        if on is not None and isinstance(shown, tul.Municipality):
            lines += lines_of_divisions(tul.where(shown, on=on), language)
        output.print_lines(lines)
