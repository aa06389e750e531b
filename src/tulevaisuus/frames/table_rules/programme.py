"""TSK1xx on tables: the rules on the period of the programme, each with its code, such as TSK101.

`tulevaisuus.rules.programme` has the same rules for objects.
"""

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import is_outside_period, is_true
from tulevaisuus.frames.table_rules.rule_declaration import RowCheck, row_rule
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.call import CallKind

_IS_OF_THE_PROGRAMME = is_true(nw.col("call_kind") == CallKind.PROGRAMME.value)


@row_rule("TSK101", "projects")
def project_outside_programme(tables: Tables) -> Iterator[RowCheck]:
    """Find recorded days of projects outside the programme."""
    yield from _outside_programme(tables, "period_start", "period_end")


@row_rule("TSK101", "grants", lookups=["call"])
def grant_outside_programme(tables: Tables) -> Iterator[RowCheck]:
    """Find recorded days of programme grants outside the programme."""
    for check in _outside_programme(tables, "usable_start", "usable_end"):
        yield check._replace(where=check.where & _IS_OF_THE_PROGRAMME)


@row_rule("TSK103", "posts")
def post_outside_programme(tables: Tables) -> Iterator[RowCheck]:
    """Find recorded days of posts outside the programme."""
    yield from _outside_programme(tables, "period_start", "period_end")


@row_rule("TSK103", "projects_administrations")
def administration_outside_programme(tables: Tables) -> Iterator[RowCheck]:
    """Find recorded days of administrations outside the programme."""
    yield from _outside_programme(tables, "period_start", "period_end")


def _outside_programme(tables: Tables, *columns: str) -> Iterator[RowCheck]:
    programme = tables.context.programme_period
    if programme is not None:
        for column in columns:
            yield RowCheck(column, is_outside_period(column, programme), nw.lit(str(programme)))
