"""Lists of an entity beside its row: how many elements there are, and how many of some kind."""

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import LazyFrame, is_true
from tulevaisuus.frames.tables.checked_tables import Tables

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
    """Return entities with the number of elements of a list, and of those of which more holds.

    The number of all is ``{field}_count``; it is zero where the list is empty or not known. Of the
    columns of the entities there is ``{field}_known``, unless they are given with others.

    Args:
        tables: The tables.
        main: The table of the entities.
        field: The list.
        counted: What is counted beside all elements: a name, and a condition on the list's rows.
        frame: The entities, if more of their columns are wanted.
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
    beside = entities.join(sums, left_on="key", right_on="counted_key", how="left")
    return beside.with_columns(*(nw.col(name).fill_null(0) for name in numbers))


def list_is_known(field: str) -> nw.Expr:
    """Whether a list is known: so it says, or it has elements."""
    return is_true(nw.col(f"{field}_known")) | (nw.col(f"{field}_count") > 0)
