"""Facts and rules as data: what `tulevaisuus show` writes as JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator
from typing import TypeAlias, cast

import tulevaisuus as tul
from tulevaisuus import formats
from tulevaisuus.cli import output
from tulevaisuus.model.name_search import Keyed

__all__ = ["Data", "data_of", "write_csv", "write_json"]

Data: TypeAlias = dict[str, object]

_RULE_TEXTS = ("title", "explanation", "remedy")


def data_of(shown: Keyed) -> Data:
    """Return an object in the form of documents. Documents have no rules: their form is made here.

    >>> data_of(tul.goals[2])["number"]
    2
    """
    if not isinstance(shown, tul.Rule):
        return cast("Data", formats.unstructure(cast("tul.Entity", shown)))
    texts = {name: formats.unstructure(getattr(shown, name)) for name in _RULE_TEXTS}
    return {
        "code": shown.code,
        "slug": shown.slug,
        "severity": shown.severity.value,
        "evidence": shown.evidence.value if shown.evidence else None,
        **texts,
        "sources": list(shown.sources),
        "fails": shown.fails,
        "passes": shown.passes,
    }


def write_json(data: object) -> None:
    """Write data to standard output as JSON."""
    output.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def write_csv(objects: list[Data]) -> None:
    """Write a row for each object to standard output; an object may lack some of the columns."""
    rows = [dict(_flatten(each)) for each in objects]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    output.write(buffer.getvalue())


def _flatten(data: Data, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Return the columns of a row: a nested object has a column for each field, a list has one.

    Lists of objects do not fit into a row and are left out.
    """
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _flatten(cast("Data", value), f"{prefix}{name}_")
        elif not isinstance(value, list):
            yield f"{prefix}{name}", _cell(value)
        elif not any(isinstance(each, dict) for each in cast("list[object]", value)):
            yield f"{prefix}{name}", "; ".join(map(str, cast("list[object]", value)))


def _cell(value: object) -> object:
    """Return a value as documents have it: Python would write ``True`` for ``true``."""
    return json.dumps(value) if isinstance(value, bool) else value
