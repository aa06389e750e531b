"""The forms of TSK1xx: the programme and its period (`tulevaisuus.rules.programme`)."""

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from tulevaisuus.frames.expressions import closed, is_outside
from tulevaisuus.frames.forms import Breach, row_form
from tulevaisuus.frames.tables import Tables
from tulevaisuus.model.call import CallKind

_IS_OF_THE_PROGRAMME = closed(nw.col("call_kind") == CallKind.PROGRAMME.value)


@row_form("TSK101", "projects")
def project_outside_programme(tables: Tables) -> Iterator[Breach]:
    """Find stated days of projects outside the programme."""
    yield from _outside(tables, "period_start", "period_end")


@row_form("TSK101", "grants", joins=["call"])
def grant_outside_programme(tables: Tables) -> Iterator[Breach]:
    """Find stated days of programme grants outside the programme."""
    for breach in _outside(tables, "usable_start", "usable_end"):
        yield breach._replace(where=breach.where & _IS_OF_THE_PROGRAMME)


@row_form("TSK103", "posts")
def post_outside_programme(tables: Tables) -> Iterator[Breach]:
    """Find stated days of posts outside the programme."""
    yield from _outside(tables, "period_start", "period_end")


@row_form("TSK103", "projects_administrations")
def administration_outside_programme(tables: Tables) -> Iterator[Breach]:
    """Find stated days of administrations outside the programme."""
    yield from _outside(tables, "period_start", "period_end")


def _outside(tables: Tables, *columns: str) -> Iterator[Breach]:
    programme = tables.context.programme_period
    if programme is not None:
        for column in columns:
            yield Breach(column, is_outside(column, programme), nw.lit(str(programme)))
