"""Lists the rows that no rule was checked on, as `tulevaisuus.check` lists objects."""

from __future__ import annotations

import attrs
import narwhals.stable.v2 as nw

from tulevaisuus.findings import json_pointers
from tulevaisuus.findings.unchecked import Unchecked
from tulevaisuus.formats.reading_result import Rejected
from tulevaisuus.frames.engines.expressions import LazyFrame
from tulevaisuus.frames.tables.schemas import CLASSES
from tulevaisuus.frames.tables.tables_with_facts import Tables
from tulevaisuus.model.entity import key_text
from tulevaisuus.rules.rejected_objects import UncheckedObjects, unchecked_object

__all__ = ["unchecked_rows"]


def unchecked_rows(tables: Tables, limit: int) -> UncheckedObjects:
    """Return the rows that no rule was checked on, in the order of documents.

    Their paths have numbers of rows, or keys, as those of the findings of the same report. Of code
    lists, which are read into memory, they are the objects that could not be read.

    Args:
        tables: The tables.
        limit: The maximum number of rows to list; all are counted.
    """
    most = max(limit, 0)
    frames = {name: _sorted_rows(tables, name) for name in tables.rejected.incomplete}
    queries = [
        query
        for each in frames.values()
        for query in (each.head(most), each.select(number=nw.len()))
    ]
    collected = tables.engine.collect_rows(queries) if queries else []
    rejected = [*tables.unreadable_objects]
    count = len(rejected)
    for name, rows, ((numbered),) in zip(frames, collected[::2], collected[1::2], strict=True):
        rejected += [Rejected(name, row["place"], row["key"]) for row in rows]
        count += numbered["number"]
    rejected.sort(key=lambda each: [*CLASSES].index(each.register))
    listed = tuple(_unchecked(tables, each) for each in rejected[:most])
    return UncheckedObjects(listed, count - len(listed))


def _sorted_rows(tables: Tables, main_table: str) -> LazyFrame:
    """Return the rejected rows of a main table in their order."""
    has_order = tables.inputs[main_table].order is not None
    rows = tables.rejected.rejected(main_table)
    place = nw.col("order") if tables.is_numbered and has_order else nw.lit(0)
    ordered = rows.sort(*(["order"] if has_order else []), "key", nulls_last=False)
    return ordered.select("key", place=place)


def _unchecked(tables: Tables, rejected: Rejected) -> Unchecked:
    """Return an unchecked row, with its key in the path if the tables have no numbers of rows."""
    unchecked = unchecked_object(rejected)
    if tables.is_numbered or rejected.place is None:
        return unchecked
    key = () if rejected.key is None else (key_text(rejected.key),)
    return attrs.evolve(unchecked, path=json_pointers.join(rejected.register, *key))
