"""Repeated elements of lists are found on frames where readers of rows find them."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

pytest.importorskip("polars")
pytest.importorskip("duckdb")
pytest.importorskip("pandas")
pytest.importorskip("pyarrow")

from tests.frames.agreement import ENGINES, Rows, found_in, tables_of
from tulevaisuus import frames
from tulevaisuus.formats.limits import Limits
from tulevaisuus.formats.row_reading import read_rows
from tulevaisuus.frames.tables.finding_places import address_of

Element: TypeAlias = Callable[[random.Random], dict[str, Any]]

DAYS = (None, None, None, "2021-01-01", "2022-01-01")
SOURCES = (None, "", "thl-programme", *["decree-13-2020"] * 9)
LISTS = 300


def administration(chance: random.Random) -> dict[str, Any]:
    """Return a random administration, perhaps with a reversed period or no organisation."""
    bounds = {f"period_{bound}": chance.choice(DAYS) for bound in ("start", "end")}
    return {"organisation": chance.choice(("turku", "turku", "thl", None)), **bounds}


def note(chance: random.Random) -> dict[str, Any]:
    """Return a random note, whose last cell may be empty, which equals false."""
    text, boolean = chance.choice((None, "", "a", "A")), chance.choice((None, False, True))
    return {"field": chance.choice(("name", "id")), "text": text, "disagreement": boolean}


def identifier(chance: random.Random) -> dict[str, Any]:
    """Return a random identifier, perhaps without a scheme or language."""
    language = chance.choice((None, "fi", "sv", "de"))
    return {"scheme": "x", "value": chance.choice(("1", "2")), "language": language}


ELEMENTS: dict[str, tuple[dict[str, Any], str, Element]] = {
    "projects": (
        {"name_fi": "Hanke", "administrations_known": True},
        "administrations",
        administration,
    ),
    "grants": ({"call": "shc-2021", "project": "lappi", "status": "planned"}, "notes", note),
    "organisations": ({"name_fi": "Järjestö"}, "external_ids", identifier),
}


def random_entities(main: str, chance: random.Random) -> Rows:
    """Return entities with lists of a few elements, which have short lists of sources."""
    fixed, field, element = ELEMENTS[main]
    name, owner = f"{main}_{field}", f"{main.removesuffix('s')}_id"
    rows: Rows = {main: [], name: [], f"{name}_sources": []}
    for number in range(LISTS):
        key = f"e{number:03}"
        rows[main].append({"id": key, **fixed})
        for place in range(chance.randint(0, 4)):
            own = {owner: key, f"{field}_place": place}
            rows[name].append({**own, **element(chance)})
            rows[f"{name}_sources"] += [
                {
                    **own,
                    "sources_place": index,
                    "value": chance.choice(SOURCES),
                }
                for index in range(chance.choice((0, 0, 1, 2)))
            ]
    return rows


def in_rows(rows: Rows, codes: str = "TSK008") -> Iterator[tuple[str | None, ...]]:
    """Yield the repeated elements that readers of rows find."""
    for finding in read_rows(rows, limits=Limits(findings=10**6)).findings:
        if finding.code in codes:
            yield address_of(finding.path, rows)


def with_dates(rows: Rows) -> Rows:
    """Return rows with dates in place of text, as columns of dates have no text."""
    import datetime as dt

    def cell(column: str, value: Any) -> Any:  # noqa: ANN401 - any cell
        return dt.date.fromisoformat(value) if column.startswith("period_") and value else value

    return {
        name: [{column: cell(column, each) for column, each in row.items()} for row in listed]
        for name, listed in rows.items()
    }


@pytest.mark.parametrize("engine", ["polars", "duckdb", "pyarrow"])
@pytest.mark.parametrize("main", ELEMENTS)
@pytest.mark.parametrize("has_sources", [True, False], ids=["with sources", "without sources"])
def test_equal_elements_are_found_as_in_rows(main: str, engine: str, *, has_sources: bool) -> None:
    """Empty cells, wrong cells, defaults and sources count in frames as in rows."""
    rows = with_dates(random_entities(main, random.Random(main)))  # noqa: S311 - a sample, no secret
    tables = {name: each for name, each in tables_of(rows).items() if name in rows}
    if not has_sources:
        (inner,) = (name for name in rows if name.endswith("_sources"))
        del rows[inner], tables[inner]
    checked = frames.check(ENGINES[engine](tables), select="TSK008")
    found = Counter(each[:4] for each in found_in(checked.violations))
    expected = Counter(in_rows(rows))
    assert found == expected
    assert sum(each[0] == f"{main}_{ELEMENTS[main][1]}" for each in found) > LISTS // 60
    assert len(checked.report(limit=1000).findings) == len({each[:3] for each in found})


def test_longer_inner_lists_are_not_compared() -> None:
    """Frames compare only the first elements of inner lists, so they leave longer ones alone."""
    sources = [f"s{number}" for number in range(9)]
    rows: Rows = {
        "grants": [{"id": "g1", "call": "shc-2021", "project": "lappi", "status": "planned"}],
        "grants_notes": [
            {"grant_id": "g1", "notes_place": place, "field": "id"} for place in range(2)
        ],
        "grants_notes_sources": [
            {"grant_id": "g1", "notes_place": place, "sources_place": index, "value": each}
            for place in range(2)
            for index, each in enumerate(sources)
        ],
    }

    def counts() -> tuple[int, int]:
        tables = {name: each for name, each in tables_of(rows).items() if name in rows}
        checked = frames.check(ENGINES["polars"](tables), select="TSK008")
        return sum(number for *_, number in checked.counts()), len([*in_rows(rows)])

    assert counts() == (0, 1)
    rows["grants_notes_sources"] = [
        each for each in rows["grants_notes_sources"] if each["sources_place"] < len(sources) - 1
    ]
    assert counts() == (1, 1)


def test_elements_of_unknown_inner_lists_are_not_compared() -> None:
    """Where the column of the inner lists is missing, equality is not known."""
    rows: Rows = {
        "grants": [{"id": "g1", "call": "shc-2021", "project": "lappi", "status": "planned"}],
        "grants_notes": [
            {"grant_id": "g1", "notes_place": place, "field": "id"} for place in range(2)
        ],
        "grants_notes_sources": [
            {"grant_id": "g1", "notes_place": 0, "sources_place": 0, "value": "thl-programme"}
        ],
    }
    tables = {name: each for name, each in tables_of(rows).items() if name in rows}
    tables["grants_notes_sources"] = tables["grants_notes_sources"].drop_columns(["value"])
    checked = frames.check(ENGINES["polars"](tables), select="TSK008")
    assert checked.counts() == ()
    del tables["grants_notes_sources"]
    assert [
        code for code, *_ in frames.check(ENGINES["polars"](tables), select="TSK008").counts()
    ] == ["TSK008"]
