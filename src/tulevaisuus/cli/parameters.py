"""Options that belong together, and that several commands take."""

import dataclasses
from typing import Annotated

from cyclopts import Parameter

__all__ = ["PlanOptions", "RuleOptions", "TableOptions"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class TableOptions:
    """What a table or a file of JSON Lines does not tell itself."""

    kind: Annotated[
        str | None,
        Parameter(
            name="--as",
            help="What the rows of a table or the lines of JSON Lines are, such as grants; else "
            "the headers of a table decide, if they are clear.",
        ),
    ] = None
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
            help="What a table does not say, as field=value: call=shc-2021, id={project}-{call}; "
            "may come again.",
        ),
    ] = ()
    mapping: Annotated[
        str | None,
        Parameter(name="--map", help="A mapping file (TOML): headers, constants, ids and more."),
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
class PlanOptions:
    """How costs are planned, and what is shown of it."""

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
            help="Which cost category an account or a word of the ledger means: 4000=personnel; "
            "may come again.",
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
