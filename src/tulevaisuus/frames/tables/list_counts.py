"""Counts the elements of lists: all of them, and those that meet a condition."""

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import LazyFrame, is_true
from tulevaisuus.frames.tables.tables_with_facts import Tables

__all__ = ["list_is_known", "list_rows", "with_counts"]


def list_rows(tables: Tables, main: str, field: str) -> LazyFrame:
    """Return the rows of a list of the given entities."""
    return tables.valid_rows(f"{main}_{field}")


def with_counts(
    tables: Tables,
    main: str,
    field: str,
    counted: Mapping[str, nw.Expr],
    frame: LazyFrame | None = None,
) -> LazyFrame:
    """Return entities with the number of elements of a list, and of those that meet conditions.

    The number of all elements is ``{field}_count``; it is zero if the list is empty or unknown. The
    entities have the column ``{field}_known``, unless ``frame`` has other ones.

    Args:
        tables: The tables.
        main: The table of the entities.
        field: The name of the list.
        counted: Further counts: the name, and a condition on the rows of the list.
        frame: The entities, if other columns of them are needed.
    """
    rows = list_rows(tables, main, field)
    numbers = {
        f"{field}_count": nw.lit(1),
        **{
            name: nw.when(is_true(where)).then(nw.lit(1)).otherwise(nw.lit(0))
            for name, where in counted.items()
        },
    }
    marked = rows.select("key", **numbers)
    sums = marked.group_by("key").agg(*(nw.col(name).sum().cast(nw.Int64) for name in numbers))
    sums = sums.rename({"key": "counted_key"})
    entities = tables.valid_rows(main, (f"{field}_known",)) if frame is None else frame
    joined = entities.join(sums, left_on="key", right_on="counted_key", how="left")
    return joined.with_columns(*(nw.col(name).fill_null(0) for name in numbers))


def list_is_known(field: str) -> nw.Expr:
    """Return whether a list is known: its column is true, or it has elements."""
    return is_true(nw.col(f"{field}_known")) | (nw.col(f"{field}_count") > 0)
