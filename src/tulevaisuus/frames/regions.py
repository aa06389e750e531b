"""The forms of TSK2xx: regions and municipalities (`tulevaisuus.rules.regions`)."""

from collections.abc import Iterable, Iterator
from typing import cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.expressions import closed, known, outside, text_of
from tulevaisuus.frames.forms import Breach, row_form
from tulevaisuus.frames.tables import Tables
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.region import Region
from tulevaisuus.rules.regions import COUNTIES_SINCE

_IS_COUNTY = closed(nw.col("organisation_kind") == OrganisationKind.COUNTY.value)


def _regions(tables: Tables) -> Iterator[Region]:
    yield from cast("Iterable[Region]", tables.context.everything("regions"))


def _elsewhere(tables: Tables, column: str) -> nw.Expr:
    codes = [each.code for each in _regions(tables) if each.in_programme is False]
    return closed(nw.col(column).is_in(codes))


@row_form("TSK201", "projects_regions", needs=["projects"])
def project_in_no_programme_region(tables: Tables) -> Iterator[Breach]:
    """Find regions of projects that are none of the 22."""
    yield Breach("value", _elsewhere(tables, "value"))


@row_form("TSK201", "centres")
def centre_in_no_programme_region(tables: Tables) -> Iterator[Breach]:
    """Find centres in regions that are none of the 22."""
    yield Breach("region", _elsewhere(tables, "region"))


@row_form("TSK202", "projects_administrations", joins=["organisation"], needs=["projects"])
def county_administers_too_early(_: Tables) -> Iterator[Breach]:
    """Find counties that administer before they were legal persons."""
    yield from _before(["period_start", "period_end"], nw.col("organisation"))


@row_form("TSK202", "posts", joins=["organisation"])
def county_employs_too_early(_: Tables) -> Iterator[Breach]:
    """Find counties that employ before they were legal persons."""
    yield from _before(["period_start", "period_end"], nw.col("organisation"))


def _before(columns: Iterable[str], organisation: nw.Expr) -> Iterator[Breach]:
    for column in columns:
        where = closed(nw.col(column) < nw.lit(COUNTIES_SINCE)) & _IS_COUNTY
        yield Breach(column, where, organisation)


@row_form("TSK202", "grants", joins=["call", "recipient"])
def county_receives_too_early(_: Tables) -> Iterator[Breach]:
    """Find counties that receive before they were legal persons: on the day of the decision.

    Where the grant records none, it is that of its call.
    """
    days = ("decided_on", "announced_on", "call_decided_on", "call_announced_on")
    day = nw.coalesce(*map(nw.col, days))
    is_rejected = closed(nw.col("status") == GrantStatus.REJECTED.value)
    where = closed(day < nw.lit(COUNTIES_SINCE)) & _IS_COUNTY & ~is_rejected
    yield Breach("recipient", where, text_of(day))


@row_form("TSK203", "centres", joins=["municipality"])
def centre_in_a_former_municipality(_: Tables) -> Iterator[Breach]:
    """Find centres in municipalities that did not exist when they opened."""
    where = outside("opened_on", "municipality_start", "municipality_end")
    yield Breach("municipality", where, text_of("opened_on"))


@row_form("TSK203", "posts", joins=["seat"])
def post_in_a_former_municipality(_: Tables) -> Iterator[Breach]:
    """Find posts in municipalities that did not exist at their start or end."""
    start = outside("period_start", "municipality_start", "municipality_end")
    end = outside("period_end", "municipality_start", "municipality_end")
    day = nw.when(start).then(nw.col("period_start")).otherwise(nw.col("period_end"))
    yield Breach("seat", start | end, text_of(day))


@row_form("TSK204", "centres", joins=["municipality"])
def municipality_outside_region(tables: Tables) -> Iterator[Breach]:
    """Find centres in a municipality of another region."""
    codes = [each.code for each in _regions(tables)]
    region = nw.col("municipality_region")
    differs = known("municipality_known") & (closed(region != nw.col("region")) | region.is_null())
    yield Breach("municipality", differs & closed(nw.col("region").is_in(codes)), region)
