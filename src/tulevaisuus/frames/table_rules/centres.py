"""TSK5xx on tables: the rules on service centres, each with its code, such as TSK501.

`tulevaisuus.rules.centres` has the same rules for objects.
"""

from collections.abc import Iterable, Iterator
from typing import cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import LazyFrame, is_true
from tulevaisuus.frames.table_rules.rule_declaration import QueryResult, query_rule
from tulevaisuus.frames.tables.list_counts import list_is_known, with_counts
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.region import Region
from tulevaisuus.model.service import ServiceCode
from tulevaisuus.model.text import Language


@query_rule("TSK501", "centres", needs=["centres_services"])
def services_missing(tables: Tables) -> Iterator[QueryResult]:
    """Find centres whose recorded services are not all of the eight groups."""
    codes = [code.value for code in ServiceCode if tables.context.service(code) is not None]
    yield QueryResult(_lacking(tables, "services", codes), "centres", "services")


@query_rule("TSK502", "centres", needs=["centres_languages"])
def language_missing(tables: Tables) -> Iterator[QueryResult]:
    """Find centres of bilingual regions that serve in one of the national languages only."""
    regions = cast("Iterable[Region]", tables.context.everything("regions"))
    bilingual = [each.code for each in regions if each.bilingual]
    lacking = _lacking(tables, "languages", [Language.FI.value, Language.SV.value])
    yield QueryResult(
        lacking.filter(is_true(nw.col("region").is_in(bilingual))), "centres", "languages"
    )


def _lacking(tables: Tables, field: str, codes: list[str]) -> LazyFrame:
    """Return the centres whose list is known and lacks at least one of the codes."""
    wanted = nw.col("value").is_in(codes)
    rows = tables.rows_to_check("centres", ("region", f"{field}_known"))
    centres = with_counts(tables, "centres", field, {"wanted": wanted}, rows)
    return centres.filter(list_is_known(field) & (nw.col("wanted") < len(codes)))
