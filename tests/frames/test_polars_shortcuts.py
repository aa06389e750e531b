"""Shortcuts for Polars in memory: whole columns are checked at once, with the same results."""

import datetime as dt
from typing import Any

import pytest

import tulevaisuus as tul
from tulevaisuus import frames
from tulevaisuus.frames.engines import polars_engine

pl = pytest.importorskip("polars")

IS_PLAIN = vars(polars_engine)["_is_plain"]

IDENTIFIERS = [
    "g",
    "g" * 200,
    "g" * 201,
    "",
    " g",
    "g ",
    "a b",
    "g\n",
    "g\x00",
    "g\x7f",
    "å",
    "å\x85",
    "\u3000g",
]


def grants(*identifiers: str, **columns: object) -> Any:  # noqa: ANN401 - a frame of Polars
    """Make grants with these ids, and other columns of one cell for all, or of one for each."""
    count = len(identifiers)
    same = {"call": "shc-2021", "project": "p1", "status": "granted", **columns}
    cells: dict[str, object] = {
        name: cell if isinstance(cell, list) else [cell] * count for name, cell in same.items()
    }
    return pl.DataFrame({"id": [*identifiers], **cells}, schema_overrides={"id": pl.String})


def rows(given: Any, code: str) -> list[dict[str, Any]]:  # noqa: ANN401 - a frame of Polars
    """Return the violations of a rule, sorted by key."""
    found: Any = frames.check(given, tul.Grant, select=[code]).violations
    collected: Any = found if isinstance(found, pl.DataFrame) else found.collect()
    listed: list[dict[str, Any]] = collected.sort("key", "column", nulls_last=True).to_dicts()
    return listed


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_single_identifier_column_is_checked_as_several(identifier: str) -> None:
    """A frame in memory and a lazy one find the same, whether or not the texts are plain."""
    for others in ((), ("x",), ("y",) * 20):
        given = grants(identifier, *others)
        assert rows(given, "TSK006") == rows(given.lazy(), "TSK006")


def test_each_wrong_identifier_is_found_among_plain_ones() -> None:
    """Only the wrong text of a long column is reported."""
    plain = [f"g{number}" for number in range(50)]
    for wrong in ("", "g\x00", "\u3000g", "g" * 201):
        found = rows(grants(*plain, wrong, *plain), "TSK006")
        assert [row["value"] for row in found] == [wrong]


def test_plain_texts_are_printable_ascii_of_at_most_200_characters() -> None:
    """Spaces, controls, other scripts, empty and long texts are left to the pattern."""
    assert [each for each in IDENTIFIERS if IS_PLAIN(pl.Series([each]))] == ["g", "g" * 200]
    assert IS_PLAIN(pl.Series([None, "g"]))
    assert IS_PLAIN(pl.Series([None], dtype=pl.String))
    assert not IS_PLAIN(pl.Series([None, ""]))


def test_each_part_of_a_column_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are joined in parts, up to the last one."""
    monkeypatch.setattr(polars_engine, "_MAX_TEXTS_AT_ONCE", 2)
    assert IS_PLAIN(pl.Series(["a", "b", "c", None, None]))
    for place in range(5):
        texts = ["a"] * 5
        texts[place] = "a b"
        assert not IS_PLAIN(pl.Series(texts))


@pytest.mark.parametrize("years", [1, 3_000])
def test_dates_are_written_alike_near_each_other_and_far_apart(years: int) -> None:
    """The text of a date is its ISO form, however far apart the dates of a column are."""
    first = dt.date(2024, 1, 1)
    days = [first, dt.date(2024, 2, 29), dt.date(2024 + years, 3, 1), *[first] * 500]
    identifiers = [f"g{number:03}" for number in range(len(days))]
    found = rows(grants(*identifiers, decided_on=days), "TSK320")
    assert [row["value"] for row in found] == [each.isoformat() for each in days]
    lazy = rows(grants(*identifiers, decided_on=days).lazy(), "TSK320")
    assert found == lazy


def test_list_without_dates_has_no_violation() -> None:
    """Where no row breaks the rule there is no first date."""
    assert rows(grants("g1", decided_on=dt.date(2021, 11, 1)), "TSK320") == []
