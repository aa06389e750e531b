"""Lists of an entity beside its row: how many elements there are, and how many of some kind."""

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from tulevaisuus.frames.expressions import Lazy, closed
from tulevaisuus.frames.tables import Tables

__all__ = ["is_known", "list_of", "with_counts"]


def list_of(tables: Tables, main: str, field: str) -> Lazy:
    """Return the rows of a list of the given entities."""
    return tables.clean(f"{main}_{field}")


def with_counts(
    tables: Tables, main: str, field: str, counted: Mapping[str, nw.Expr], frame: Lazy | None = None
) -> Lazy:
    """Return entities with the number of elements of a list, and of those of which more holds.

    The number of all is ``{field}_count``; it is zero where the list is empty or not known.

    Args:
        tables: The tables.
        main: The table of the entities.
        field: The list.
        counted: What is counted beside all elements: a name, and a condition on the list's rows.
        frame: The entities, if they are not those of the table as such.
    """
    rows = list_of(tables, main, field)
    numbers = {
        f"{field}_count": nw.lit(1),
        **{
            name: nw.when(closed(where)).then(nw.lit(1)).otherwise(nw.lit(0))
            for name, where in counted.items()
        },
    }
    marked = rows.select("key", **numbers)
    sums = marked.group_by("key").agg(*(nw.col(name).sum().cast(nw.Int64) for name in numbers))
    sums = sums.rename({"key": "counted_key"})
    entities = tables.clean(main) if frame is None else frame
    beside = entities.join(sums, left_on="key", right_on="counted_key", how="left")
    return beside.with_columns(*(nw.col(name).fill_null(0) for name in numbers))


def is_known(field: str) -> nw.Expr:
    """Whether a list is known: so it says, or it has elements."""
    return closed(nw.col(f"{field}_known")) | (nw.col(f"{field}_count") > 0)
