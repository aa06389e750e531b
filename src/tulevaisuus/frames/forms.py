"""How the table form of a rule is declared, beside the functions on objects in `tulevaisuus.rules`.

A form of one row yields `Breach`es: which cells of a view break the rule. A form over several rows
returns a frame of violations. Both are declared under the code of the rule.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

import attrs
import narwhals.stable.v2 as nw

from tulevaisuus.findings.severity import Severity
from tulevaisuus.frames.expressions import Lazy, no_text
from tulevaisuus.frames.tables import Tables

__all__ = [
    "COLUMNS",
    "Breach",
    "Coverage",
    "Form",
    "Found",
    "RowForm",
    "TableForm",
    "form",
    "row_form",
]

COLUMNS = ("table", "key", "place", "column", "code", "severity", "value", "other")
"""The columns of violations, all of them text."""


class Breach(NamedTuple):
    """How rows of a view break a rule.

    ``column`` is the column of the table that the finding points at, ``None`` for the whole row;
    ``other`` is what the cell contradicts.
    """

    column: str | None
    where: nw.Expr
    other: nw.Expr | None = None
    severity: Severity | None = None


class Found(NamedTuple):
    """Rows that break a rule: a frame with ``key`` and, where there are such, the others' columns.

    These are ``place``, ``value`` and ``other``. ``table`` and ``column`` are the same for all.
    """

    frame: Lazy
    table: str
    column: str | None
    severity: Severity | None = None


RowJudge: TypeAlias = Callable[[Tables], Iterator[Breach]]
TableJudge: TypeAlias = Callable[[Tables], Iterator[Found]]


@attrs.frozen(kw_only=True)
class Form:
    """The table form of a rule: its code, the table it judges, and the others that it needs."""

    code: str
    of: str
    needs: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class RowForm(Form):
    """A form that looks at one row and what it refers to; ``joins`` are the look-ups it needs."""

    joins: tuple[str, ...] = ()
    judge: RowJudge


@attrs.frozen(kw_only=True)
class TableForm(Form):
    """A form that looks at several rows together."""

    judge: TableJudge


def row_form(
    code: str, of: str, *, joins: Iterable[str] = (), needs: Iterable[str] = ()
) -> Callable[[RowJudge], RowForm]:
    """Declare the form of a rule that looks at one row.

    Args:
        code: The code of the rule.
        of: The table whose rows it judges.
        joins: What is looked up for each row (`tulevaisuus.frames.views`).
        needs: Other tables that must be given.
    """

    def declare(judge: RowJudge) -> RowForm:
        """Make the form of a function."""
        return RowForm(code=code, of=of, joins=tuple(joins), needs=tuple(needs), judge=judge)

    return declare


def form(code: str, of: str, *, needs: Iterable[str] = ()) -> Callable[[TableJudge], TableForm]:
    """Declare the form of a rule that looks at several rows together.

    Args:
        code: The code of the rule.
        of: The table whose rows it judges.
        needs: Other tables that must be given.
    """

    def declare(judge: TableJudge) -> TableForm:
        """Make the form of a function."""
        return TableForm(code=code, of=of, needs=tuple(needs), judge=judge)

    return declare


@attrs.frozen
class Coverage:
    """How a rule is judged on frames: the ``tables`` it looks at, or the ``reason`` why it is not.

    A rule with both is judged in part; the reason names the other part.

    ``needs`` are the tables without which it is skipped, beside the one that it judges.
    """

    code: str
    tables: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reason: str | None = None


def violations_of(found: Found, code: str, severity: Severity) -> Lazy:
    """Return what a form found as violations."""
    names = found.frame.collect_schema().names()
    texts: Mapping[str, str | None] = {
        "table": found.table,
        "column": found.column,
        "code": code,
        "severity": (found.severity or severity).value,
    }
    columns: dict[str, nw.Expr] = {}
    for name in COLUMNS:
        if name in texts:
            text = texts[name]
            columns[name] = no_text() if text is None else nw.lit(text, dtype=nw.String)
        else:
            columns[name] = nw.col(name).cast(nw.String) if name in names else no_text()
    return found.frame.select(**columns)
