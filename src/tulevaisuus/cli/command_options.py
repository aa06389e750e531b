"""The options that several commands share, and those of `tulevaisuus plan`.

A ledger is a table of costs. ``negative=()`` means that an option such as ``--statistics`` has no
opposite ``--no-statistics``.
"""

import contextlib
import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from cyclopts import Parameter, Token

from tulevaisuus.cli.command_language import LANGUAGE_VARIABLE
from tulevaisuus.cli.command_texts import CommandError

__all__ = [
    "DEFAULT_PLAN_OPTIONS",
    "DEFAULT_RULE_OPTIONS",
    "DEFAULT_TABLE_OPTIONS",
    "LARGEST_IN_MEMORY",
    "FailOn",
    "InMemoryMegabytes",
    "Language",
    "Limit",
    "OutputFile",
    "PageFile",
    "PlanOptions",
    "ReportFormat",
    "RuleOptions",
    "Statistics",
    "TableOptions",
    "TableReadingOptions",
    "parse_date",
]

Language: TypeAlias = Annotated[
    Literal["fi", "sv", "en"] | None,
    Parameter(
        name=("--language", "-l"),
        help="The language of messages, labels and names (default: the environment variable "
        f"{LANGUAGE_VARIABLE}, or English). Reports in JSON have all three languages. A name that "
        "is in Finnish only is shown in Finnish.",
    ),
]

ReportFormat: TypeAlias = Annotated[
    Literal["text", "json", "sarif", "junit", "markdown", "html"] | None,
    Parameter(
        name=("--format", "-f"),
        help="Text for people; JSON, one report a line; SARIF, JUnit XML, Markdown or an HTML page "
        "of all files together (default: by the ending of the output file, or text).",
    ),
]
OutputFile: TypeAlias = Annotated[
    str | None,
    Parameter(
        name=("--output", "-o"),
        help="Write to this file; if that fails, the file stays as it was. One that ends in .xlsx "
        "is a copy of the table with its findings in it.",
    ),
]
PageFile: TypeAlias = Annotated[
    str | None,
    Parameter(
        name=("--output", "-o"),
        help="Write the page to this file; - is standard output (default: a file beside the first "
        "FILE, such as grants.report.html).",
    ),
]


def _parse_whole_number(_: object, tokens: Sequence[Token]) -> int:
    """Read a number without coercion: the parser would round 1.9, and read 0x10 as 16.

    Raises:
        ValueError: The text has anything but digits.
    """
    text = tokens[0].value
    if not re.fullmatch("[0-9]+", text):
        raise ValueError(text)
    return int(text)


Limit: TypeAlias = Annotated[
    int | None,
    Parameter(
        converter=_parse_whole_number,
        name=("--limit", "--most"),
        help="List at most this many findings of each file; the counts stay exact.",
    ),
]
LARGEST_IN_MEMORY = 50
"""Megabytes of tables that are still loaded as objects. 50 megabytes are some 400,000 grants:
they take about a gigabyte of memory, and half a minute."""

InMemoryMegabytes: TypeAlias = Annotated[
    int,
    Parameter(
        name="--in-memory",
        converter=_parse_whole_number,
        help="Parquet and CSV files of more than this many megabytes are checked without loading "
        "them whole. This needs an optional dependency: pip install tulevaisuus[frames].",
    ),
]
Statistics: TypeAlias = Annotated[
    bool,
    Parameter(
        negative=(),
        show_default=False,
        help="Show how often each rule found something, in place of the findings.",
    ),
]
FailOn: TypeAlias = Annotated[
    Literal["error", "warning", "note"],
    Parameter(help="The exit code is 1 if there are findings of this severity or above."),
]


@Parameter(name="*")  # the options have no common prefix
@dataclasses.dataclass(frozen=True, kw_only=True)
class TableReadingOptions:
    """How to read a table whose rows are of a known class."""

    sheet: Annotated[
        str | None,
        Parameter(
            name="--sheet",
            help="The sheet of a workbook (default: the one with the most known headers).",
        ),
    ] = None
    constants: Annotated[
        tuple[str, ...],
        Parameter(
            name="--set",
            negative=(),
            show_default=False,
            help="A value that the table does not contain, as field=value: call=shc-2021, "
            "id={project}-{call}; for a ledger, project=varsinais-suomi, id={voucher}. Can be "
            "repeated.",
        ),
    ] = ()
    mapping: Annotated[
        str | None,
        Parameter(name="--map", help="A mapping file (TOML): headers, constants, ids and more."),
    ] = None


@Parameter(name="*")  # the options have no common prefix
@dataclasses.dataclass(frozen=True, kw_only=True)
class TableOptions(TableReadingOptions):
    """How to read a table or JSON Lines whose class may have to be given."""

    kind: Annotated[
        str | None,
        Parameter(
            name="--as",
            help="What the rows of a table or the lines of JSON Lines are, such as grants "
            "(default: for a table, found from its headers if they are clear).",
        ),
    ] = None


@Parameter(name="*")  # the options have no common prefix
@dataclasses.dataclass(frozen=True, kw_only=True)
class RuleOptions:
    """Which rules are checked."""

    select: Annotated[
        tuple[str, ...],
        Parameter(
            name="--select",
            negative=(),
            show_default=False,
            help="Only these rules, by code (TSK302), family (TSK3) or slug, separated by commas. "
            "Can be repeated. Read errors are always reported.",
        ),
    ] = ()
    ignore: Annotated[
        tuple[str, ...],
        Parameter(name="--ignore", negative=(), show_default=False, help="All rules but these."),
    ] = ()


@Parameter(name="*")  # the options have no common prefix
@dataclasses.dataclass(frozen=True, kw_only=True)
class PlanOptions(TableReadingOptions):
    """How to read a ledger, how to plan its costs, and what to show of the plan."""

    on: Annotated[
        str | None,
        Parameter(
            name="--on", help="Show what is left of the grants on this day, such as 2022-06-01."
        ),
    ] = None
    category: Annotated[
        tuple[str, ...],
        Parameter(
            name="--category",
            negative=(),
            show_default=False,
            help="The cost category of an account or of a word in the ledger, by id or by name: "
            "4000=personnel, 4400=travel costs. Can be repeated.",
        ),
    ] = ()
    split_by_day: Annotated[
        bool,
        Parameter(
            name="--split-by-day",
            negative=(),
            show_default=False,
            help="Split costs of several days by their days.",
        ),
    ] = False


DEFAULT_TABLE_OPTIONS = TableOptions()
DEFAULT_RULE_OPTIONS = RuleOptions()
DEFAULT_PLAN_OPTIONS = PlanOptions()

_DATE_FORMS = (
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
)


def parse_date(word: str) -> dt.date:
    """Return the date that a word means: ``2022-06-01`` or ``1.6.2022``.

    Raises:
        CommandError: It is no date.
    """
    for form in _DATE_FORMS:
        match = re.fullmatch(form, word, re.ASCII)
        if match:
            with contextlib.suppress(ValueError):  # such as 31.2.2022
                return dt.date(**{part: int(digits) for part, digits in match.groupdict().items()})
    raise CommandError("bad_day", word=word)
