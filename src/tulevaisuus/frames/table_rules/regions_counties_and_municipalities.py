"""TSK2xx on tables: the rules on regions, counties and municipalities, with codes such as TSK201.

`tulevaisuus.rules.regions_counties_and_municipalities` has the same rules for objects. A region is
a wellbeing services county (the *county* of the docstrings), or the City of Helsinki.
"""

from collections.abc import Iterable, Iterator
from typing import cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import as_text, is_outside, is_true, not_null
from tulevaisuus.frames.table_rules.rule_declaration import RowCheck, row_rule
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.organisation import OrganisationKind
from tulevaisuus.model.region import Region
from tulevaisuus.rules.regions_counties_and_municipalities import COUNTIES_SINCE

_IS_COUNTY = is_true(nw.col("organisation_kind") == OrganisationKind.COUNTY.value)


def _regions(tables: Tables) -> Iterator[Region]:
    yield from cast("Iterable[Region]", tables.context.everything("regions"))


def _is_outside_programme(tables: Tables, column: str) -> nw.Expr:
    codes = [each.code for each in _regions(tables) if each.in_programme is False]
    return is_true(nw.col(column).is_in(codes))


@row_rule("TSK201", "projects_regions", needs=["projects"])
def project_in_no_programme_region(tables: Tables) -> Iterator[RowCheck]:
    """Find projects of regions outside the programme."""
    yield RowCheck("value", _is_outside_programme(tables, "value"))


@row_rule("TSK201", "centres")
def centre_in_no_programme_region(tables: Tables) -> Iterator[RowCheck]:
    """Find centres in regions outside the programme."""
    yield RowCheck("region", _is_outside_programme(tables, "region"))


@row_rule("TSK202", "projects_administrations", lookups=["organisation"], needs=["projects"])
def county_administers_too_early(_: Tables) -> Iterator[RowCheck]:
    """Find counties that administer before they were legal persons."""
    yield from _before_counties_began(["period_start", "period_end"], nw.col("organisation"))


@row_rule("TSK202", "posts", lookups=["organisation"])
def county_employs_too_early(_: Tables) -> Iterator[RowCheck]:
    """Find counties that employ before they were legal persons."""
    yield from _before_counties_began(["period_start", "period_end"], nw.col("organisation"))


def _before_counties_began(columns: Iterable[str], organisation: nw.Expr) -> Iterator[RowCheck]:
    for column in columns:
        where = is_true(nw.col(column) < nw.lit(COUNTIES_SINCE)) & _IS_COUNTY
        yield RowCheck(column, where, organisation)


@row_rule("TSK202", "grants", lookups=["call", "recipient"])
def county_receives_too_early(_: Tables) -> Iterator[RowCheck]:
    """Find counties that receive a grant before they were legal persons.

    The day is that of the decision or announcement of the grant or, if unknown, of its call.
    """
    days = ("decided_on", "announced_on", "call_decided_on", "call_announced_on")
    day = nw.coalesce(*map(nw.col, days))
    is_rejected = is_true(nw.col("status") == GrantStatus.REJECTED.value)
    where = is_true(day < nw.lit(COUNTIES_SINCE)) & _IS_COUNTY & ~is_rejected
    yield RowCheck("recipient", where, as_text(day))


@row_rule("TSK203", "centres", lookups=["municipality"])
def centre_in_a_former_municipality(_: Tables) -> Iterator[RowCheck]:
    """Find centres in municipalities that did not exist when they opened."""
    where = is_outside("opened_on", "municipality_start", "municipality_end")
    yield RowCheck("municipality", where, as_text("opened_on"))


@row_rule("TSK203", "posts", lookups=["seat"])
def post_in_a_former_municipality(_: Tables) -> Iterator[RowCheck]:
    """Find posts in municipalities that did not exist at their start or end."""
    start = is_outside("period_start", "municipality_start", "municipality_end")
    end = is_outside("period_end", "municipality_start", "municipality_end")
    day = nw.when(start).then(nw.col("period_start")).otherwise(nw.col("period_end"))
    yield RowCheck("seat", start | end, as_text(day))


@row_rule("TSK204", "centres", lookups=["municipality"])
def municipality_outside_region(tables: Tables) -> Iterator[RowCheck]:
    """Find centres in a municipality of another region."""
    codes = [each.code for each in _regions(tables)]
    region = nw.col("municipality_region")
    differs = not_null("municipality_known") & (
        is_true(region != nw.col("region")) | region.is_null()
    )
    yield RowCheck("municipality", differs & is_true(nw.col("region").is_in(codes)), region)
