"""The options of the commands, but those that one command alone takes."""

import dataclasses
from typing import Annotated, Literal, TypeAlias

from cyclopts import Parameter

from tulevaisuus.cli.command_texts import LANGUAGE_VARIABLE

__all__ = [
    "FailOn",
    "InMemory",
    "Language",
    "LedgerOptions",
    "Limit",
    "OutputFile",
    "PageFile",
    "PlanOptions",
    "ReportFormat",
    "RuleOptions",
    "Statistics",
    "TableOptions",
]

Language: TypeAlias = Annotated[
    Literal["fi", "sv", "en"] | None,
    Parameter(
        name=("--language", "-l"),
        help="The language of messages, labels and names; else that of the environment variable "
        f"{LANGUAGE_VARIABLE}, else English. Reports in JSON have all three; names are Finnish "
        "where there is no other.",
    ),
]

ReportFormat: TypeAlias = Annotated[
    Literal["text", "json", "sarif", "junit", "markdown", "html"],
    Parameter(
        name=("--format", "-f"),
        help="Text for people; JSON, one report a line; SARIF, JUnit XML, Markdown or an HTML page "
        "of all files together.",
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
        help="Write the page to this file, - is standard output; else beside the first file: "
        "grants.report.html.",
    ),
]
Limit: TypeAlias = Annotated[
    int | None,
    Parameter(
        name=("--limit", "--most"),
        help="List at most this many findings of each file; the counts stay exact.",
    ),
]
InMemory: TypeAlias = Annotated[
    int,
    Parameter(
        name="--in-memory",
        help="Parquet and CSV files of more megabytes stay on disk while they are checked, which "
        "needs the extra frames.",
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


@dataclasses.dataclass(frozen=True, kw_only=True)
class LedgerOptions:
    """What a table does not tell itself, if its class is known."""

    sheet: Annotated[
        str | None,
        Parameter(
            name="--sheet", help="The sheet of a workbook; else that with the most known headers."
        ),
    ] = None
    constants: Annotated[
        tuple[str, ...],
        Parameter(
            name="--set",
            negative=(),
            show_default=False,
            help="What the table does not say, as field=value: call=shc-2021, id={project}-{call}; "
            "of a ledger, project=varsinais-suomi, id={voucher}. May come again.",
        ),
    ] = ()
    mapping: Annotated[
        str | None,
        Parameter(name="--map", help="A mapping file (TOML): headers, constants, ids and more."),
    ] = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class TableOptions(LedgerOptions):
    """What a table or a file of JSON Lines does not tell itself."""

    kind: Annotated[
        str | None,
        Parameter(
            name="--as",
            help="What the rows of a table or the lines of JSON Lines are, such as grants; else "
            "the headers of a table decide, if they are clear.",
        ),
    ] = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class RuleOptions:
    """Which rules are checked."""

    select: Annotated[
        tuple[str, ...],
        Parameter(
            name="--select",
            negative=(),
            show_default=False,
            help="Only these rules, by code (TSK302), family (TSK3) or slug; several with commas "
            "between them, or the option again. Read errors are always reported.",
        ),
    ] = ()
    ignore: Annotated[
        tuple[str, ...],
        Parameter(name="--ignore", negative=(), show_default=False, help="All rules but these."),
    ] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class PlanOptions(LedgerOptions):
    """What the ledger does not tell, how its costs are planned, and what is shown of it."""

    on: Annotated[
        str | None,
        Parameter(
            name="--on", help="Say what is left of the grants on this day, such as 2022-06-01."
        ),
    ] = None
    category: Annotated[
        tuple[str, ...],
        Parameter(
            name="--category",
            negative=(),
            show_default=False,
            help="Which cost category an account or a word of the ledger means, by id or by name: "
            "4000=personnel, 4400=matkakustannukset; may come again.",
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
