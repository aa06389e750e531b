"""What it takes to check files of grants that do not become objects, through DuckDB.

`python benchmarks/frame_files.py FOLDER [ROWS...] [WHAT...]` makes files of grants in a folder, if
they are not there yet, and checks each in a process of its own. For each it prints the seconds that
passed, those of the processor, the memory at its peak, and the number of findings. By default they
have 10⁶ and 10⁷ rows; WHAT is `rows`, `all` or `csv`, by default all three.

Of the rows one in a hundred, one in ten, or each is dirty: it breaks up to six rules. The others
are right. Beside the grants is a table of their projects. All rules of grants are checked, or
those on single rows and cells alone; a CSV file by all rules.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from peak_memory import peak_kilobytes

from tulevaisuus import frames
from tulevaisuus.frames.table_rules.all_rules import SCHEMA_CHECK_CODES, table_rules
from tulevaisuus.frames.table_rules.rule_declaration import RowRule

ALL = sorted(
    {each.code for each in table_rules() if each.table == "grants"} | {*SCHEMA_CHECK_CODES}
)
OF_ROWS = sorted(
    {each.code for each in table_rules() if each.table == "grants" and isinstance(each, RowRule)}
    | {*SCHEMA_CHECK_CODES} - {"TSK008"}
)
AT_ONCE = 1_000_000
"""How many rows are made at a time."""


def grants(first: int, count: int, every: int) -> pl.DataFrame:
    """Make grants: of the two of each project, one of either call; some of them are dirty.

    Args:
        first: The number of the first one.
        count: How many.
        every: Which ones are dirty: each of so many.
    """
    number = pl.int_range(first, first + count, dtype=pl.Int64)
    is_dirty, is_second = number % every == 0, number % 2 == 1
    of = number // every

    def day(early: dt.date, late: dt.date, span: int, factor: int) -> pl.Expr:
        """Spread days over a span, from a day of each call on; dirty ones over twice the span."""
        start = pl.when(is_second).then(pl.lit(late)).otherwise(pl.lit(early))
        days = pl.when(is_dirty).then(of * factor % (2 * span)).otherwise(number * factor % span)
        return start + pl.duration(days=days)

    return pl.select(
        id=pl.format("grant-{}", number),
        call=pl.when(is_second).then(pl.lit("shc-2021")).otherwise(pl.lit("shc-2020")),
        project=pl.format("project-{}", number // 2 + is_dirty.cast(pl.Int64)),
        recipient=pl.when(is_dirty & (of % 3 == 0))
        .then(pl.lit("county-05"))
        .otherwise(pl.lit("helsinki")),
        status=pl.when(is_dirty & (of % 31 == 0))
        .then(pl.lit("applied"))
        .otherwise(pl.lit("granted")),
        amount_eur=number % 20 + 1,
        precision=pl.lit("exact"),
        applied_on=day(dt.date(2020, 2, 1), dt.date(2021, 9, 1), 44, 7),
        decided_on=day(dt.date(2020, 6, 1), dt.date(2021, 12, 1), 60, 11),
        announced_on=day(dt.date(2020, 8, 1), dt.date(2022, 2, 1), 60, 13),
        usable_start=day(dt.date(2020, 9, 1), dt.date(2022, 3, 1), 60, 17),
        usable_end=day(dt.date(2022, 10, 1), dt.date(2023, 10, 1), 90, 19),
        own_contribution_eur=pl.when(is_dirty).then(of % 50 // 49).otherwise(0),
        paid_eur=pl.when(is_dirty).then(of % 50).otherwise(1),
        returned_eur=pl.when(is_dirty).then(of % 11 // 10 * 100).otherwise(0),
    )


def projects(first: int, count: int) -> pl.DataFrame:
    """Make projects."""
    number = pl.int_range(first, first + count, dtype=pl.Int64)
    return pl.select(
        id=pl.format("project-{}", number),
        name_fi=pl.format("Hanke {}", number),
        period_start=pl.lit(dt.date(2020, 9, 1)),
        period_end=pl.lit(dt.date(2023, 12, 31)),
    )


class File(NamedTuple):
    """A file of grants: how many rows it has, which of them are dirty, and its form."""

    rows: int
    every: int
    suffix: str

    def paths(self, folder: Path) -> dict[str, Path]:
        """Return the paths of its table, and of that of projects."""
        return {
            "grants": folder / f"grants-{self.rows}-{self.every}{self.suffix}",
            "projects": folder / f"projects-{self.rows}.parquet",
        }


def write(file: File, folder: Path) -> None:
    """Make the files that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, path in file.paths(folder).items():
        if path.exists():
            continue
        total = file.rows if table == "grants" else file.rows // 2 + 1
        parts = [(first, min(AT_ONCE, total - first)) for first in range(0, total, AT_ONCE)]
        made = (
            grants(*part, file.every) if table == "grants" else projects(*part) for part in parts
        )
        beside = path.with_name(f"{path.name}.part")
        if path.suffix == ".csv":
            with beside.open("wb") as target:
                for number, frame in enumerate(made):
                    frame.write_csv(target, include_header=number == 0)
        else:
            _write_parquet(made, beside)
        beside.rename(path)


def _write_parquet(made: Iterable[pl.DataFrame], path: Path) -> None:
    import pyarrow.parquet as pq

    writer: Any = None
    for frame in made:
        table: Any = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def run(path: str, projects_path: str, chosen: str) -> None:
    """Check files, and print what it took."""
    started, on_processor = time.monotonic(), time.process_time()
    tables = {"grants": [Path(path)], "projects": [Path(projects_path)]}
    report = frames.check_files(tables, select=ALL if chosen == "all" else OF_ROWS)
    passed = time.monotonic() - started, time.process_time() - on_processor
    print(json.dumps([*passed, peak_kilobytes() / 1024, {code: n for code, _, n in report.counts}]))


WHAT = {"rows": (".parquet", "rows"), "all": (".parquet", "all"), "csv": (".csv", "all")}
"""The form of the file, and the rules, by their names."""


def main(folder: Path, counts: list[int], names: list[str]) -> None:
    """Check each file by the rules, in a process of its own."""
    print(f"{'':28}{'rows':>10}{'s':>8}{'CPU s':>8}{'MB':>7}{'found':>10}")
    for name in names:
        suffix, chosen = WHAT[name]
        for every in (100, 10, 1):
            for count in counts:
                file = File(count, every, suffix)
                write(file, folder)
                paths = map(str, file.paths(folder).values())
                command = [sys.executable, __file__, "--one", *paths, chosen]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                passed, processor, memory, found = json.loads(done.stdout)
                numbers = f"{passed:8.1f}{processor:8.1f}{memory:7.0f}{sum(found.values()):10}"
                label = f"{name}, 1 in {every} dirty"
                print(f"{label:28}{count:10}{numbers}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        run(*sys.argv[2:])
    else:
        folder, *others = sys.argv[1:]
        sizes = [int(each) for each in others if each.isdecimal()] or [10**6, 10**7]
        main(Path(folder), sizes, [each for each in others if each in WHAT] or [*WHAT])
