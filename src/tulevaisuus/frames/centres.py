"""The forms of TSK5xx: service centres (`tulevaisuus.rules.centres`)."""

from collections.abc import Iterable, Iterator
from typing import cast

import narwhals.stable.v2 as nw

from tulevaisuus.frames.expressions import Lazy, closed
from tulevaisuus.frames.forms import Found, form
from tulevaisuus.frames.lists import is_known, with_counts
from tulevaisuus.frames.tables import Tables
from tulevaisuus.model.region import Region
from tulevaisuus.model.service import ServiceCode
from tulevaisuus.model.text import Language


@form("TSK501", "centres", needs=["centres_services"])
def services_missing(tables: Tables) -> Iterator[Found]:
    """Find centres whose recorded services are not all of the eight groups."""
    codes = [code.value for code in ServiceCode if tables.context.service(code) is not None]
    yield Found(_lacking(tables, "services", codes), "centres", "services")


@form("TSK502", "centres", needs=["centres_languages"])
def language_missing(tables: Tables) -> Iterator[Found]:
    """Find centres of bilingual regions that serve in one of the national languages only."""
    regions = cast("Iterable[Region]", tables.context.everything("regions"))
    bilingual = [each.code for each in regions if each.bilingual]
    lacking = _lacking(tables, "languages", [Language.FI.value, Language.SV.value])
    yield Found(lacking.filter(closed(nw.col("region").is_in(bilingual))), "centres", "languages")


def _lacking(tables: Tables, field: str, codes: list[str]) -> Lazy:
    """Return the centres that record a list in which one of the codes is not."""
    wanted = nw.col("value").is_in(codes)
    centres = with_counts(tables, "centres", field, {"wanted": wanted})
    return centres.filter(is_known(field) & (nw.col("wanted") < len(codes)))
