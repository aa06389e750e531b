"""Code lists and the programme, which are read whole and judged as objects.

Their tables are small, and rules look nearly everything up in them: as objects they answer at
once, and one and the same function judges them.
"""

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.intake import Reading
from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.formats.rows import Cell
from tulevaisuus.frames.engines import Engine
from tulevaisuus.frames.layouts import LAYOUTS, Layout
from tulevaisuus.frames.places import Place, Rows, place_of
from tulevaisuus.frames.sheets import Sheet
from tulevaisuus.frames.texts_of_cells import PLAIN_AMOUNT
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.rules.checking import check

__all__ = ["Violation", "Whole", "plain_cell", "read_whole", "text_of_cell", "violations_of_whole"]

_MIDNIGHT = dt.time()
_AMOUNT = re.compile(PLAIN_AMOUNT.removeprefix(r"\A").removesuffix(r"\z"))


class Violation(NamedTuple):
    """A finding on an object, as a row of violations."""

    place: Place
    finding: Finding
    value: str | None


class Whole(NamedTuple):
    """The tables that were read whole: what came of them, and their rows."""

    reading: Reading
    rows: Rows


def read_whole(engine: Engine, sheets: Mapping[str, Sheet]) -> Whole:
    """Read tables whole."""
    names = [*sheets]
    frames = [sheets[name].as_given for name in names]
    fetched = engine.rows_of(frames) if frames else []
    rows = {
        name: [_plain(row, LAYOUTS[name]) for row in listed]
        for name, listed in zip(names, fetched, strict=True)
    }
    return Whole(read_rows(rows), rows)


def _plain(row: Mapping[str, Any], layout: Layout) -> dict[str, Cell]:
    return {name: plain_cell(cell, layout, name) for name, cell in row.items()}


def plain_cell(cell: Any, layout: Layout, name: str) -> Any:  # noqa: ANN401 - whatever a frame holds
    """Return a cell as rows have it, where the type of a column is what the engine made of it."""
    if isinstance(cell, dt.datetime):
        is_midnight = cell.tzinfo is None and cell.time() == _MIDNIGHT
        return cell.date() if is_midnight else cell
    if isinstance(cell, Decimal):
        return _shortest(cell)
    type_ = layout.table.types().get(name)
    if isinstance(cell, str):
        return Decimal(cell) if type_ is Decimal and _AMOUNT.fullmatch(cell) else cell
    return _number(cell, type_)


def _number(cell: Any, type_: type | None) -> Any:  # noqa: ANN401 - as `plain_cell`
    """Return a number as a whole one, or as truth, where its column has these."""
    if type_ is bool and cell in {0, 1}:
        return bool(cell)
    is_whole = isinstance(cell, float) and math.isfinite(cell) and cell.is_integer()
    return int(cell) if type_ is int and is_whole else cell


def _shortest(amount: Decimal) -> Decimal:
    """Return an amount without the zeros that the scale of its column adds."""
    if not amount.is_finite():
        return amount
    shortest = amount.normalize()
    exponent = shortest.as_tuple().exponent
    return shortest.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else shortest


def violations_of_whole(
    whole: Whole, reference: Portfolio, codes: list[str], link_evidence: Evidence
) -> Iterator[Violation]:
    """Return what is wrong with the tables that were read whole."""
    report = check(whole.reading, reference=reference, select=codes, link_evidence=link_evidence)
    for finding in report:
        place = place_of(finding.path, whole.rows)
        yield Violation(place, finding, _value(place, whole.rows))


def _value(place: Place, rows: Rows) -> str | None:
    """Return the text of the cell that a finding points at."""
    layout = LAYOUTS[place.table]
    for row in rows.get(place.table, ()):
        key = " ".join(str(row.get(each)) for each in layout.keys)
        where = "/".join(str(row.get(each)) for each in layout.places)
        if key == (place.key or "") and where == (place.place or ""):
            return text_of_cell(row.get(place.column or ""))
    return None


def text_of_cell(cell: object) -> str | None:
    """Return the text of a cell as violations have it.

    >>> text_of_cell(Decimal("1250.50")), text_of_cell(True), text_of_cell(dt.date(2021, 1, 1))
    ('1250.5', 'true', '2021-01-01')
    """
    if cell is None:
        return None
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(_shortest(cell)) if isinstance(cell, Decimal) else str(cell)
