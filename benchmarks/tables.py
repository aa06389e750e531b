"""Compares reading and writing a million grants as tables with other libraries on the same file.

`python benchmarks/tables.py [GRANTS]` prints for each library the processor seconds, the rows per
second and the peak memory without its imports. Each runs in its own process. The other libraries
check only types, except pydantic, which checks the same as we do. To add a format, add its
libraries to `FORMATS`. The CSV file is the English one, with dates and decimals as the other
libraries read them; its rows contain the sources, too.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pydantic
from peak_memory import peak_kilobytes

import tulevaisuus as tul
from tulevaisuus import exchange

Id = Annotated[str, pydantic.Field(max_length=200, min_length=1)]
Euros = Annotated[Decimal, pydantic.Field(gt=0, lt=10**12, decimal_places=2)]


class GrantModel(pydantic.BaseModel):
    """A row of a grant with the same checks as ours."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Id
    call: Id
    project: Id
    status: str
    recipient: Id | None = None
    amount_eur: Euros | None = None
    precision: str | None = None
    rounded_to_eur: Euros | None = None
    applied_on: dt.date | None = None
    decided_on: dt.date | None = None
    announced_on: dt.date | None = None
    usable_start: dt.date | None = None
    usable_end: dt.date | None = None
    own_contribution_eur: Decimal | None = None
    case_number: Id | None = None
    applied_eur: Euros | None = None
    paid_eur: Decimal | None = None
    returned_eur: Decimal | None = None


class TextModel(GrantModel):
    """The same for text values, as in a CSV file."""

    model_config = pydantic.ConfigDict(extra="ignore", frozen=True, strict=False)


FIELDS = {
    "Grant id": "id",
    "Call id": "call",
    "Project id": "project",
    "Status": "status",
    "Recipient id": "recipient",
    "Amount": "amount_eur",
    "Precision": "precision",
    "Decided on": "decided_on",
    "Usable from": "usable_start",
    "Usable to": "usable_end",
}


def grants(count: int) -> Iterator[tul.Grant]:
    """Yield grants one by one; all differ."""
    for number in range(count):
        decided = dt.date(2020, 1, 1) + dt.timedelta(number * 7919 % 1461)
        yield tul.Grant(
            id=f"grant-{number}",
            call="shc-2021" if number % 3 else "shc-2020",
            project=f"project-{number // 2}",
            status=tul.GrantStatus.GRANTED,
            recipient=f"county-{number % 21 + 1:02}",
            amount_eur=Decimal(100_000 + 37 * number) + Decimal("0.25"),
            precision=tul.Precision.EXACT,
            decided_on=decided,
            usable=tul.Period(start=decided, end=dt.date(2023, 12, 31)),
            sources=("stm-406-2021",),
        )


def library(name: str) -> Any:  # noqa: ANN401 - a module without types
    """Import a library before time is measured."""
    return importlib.import_module(name)


def write_ours(folder: Path, count: int) -> int:
    """Write with the library's usual function."""
    exchange.write_parquet(grants(count), folder)
    return count


def make_only(folder: Path, count: int) -> int:
    """Create the grants without writing: this part of the writing time is not writing."""
    del folder
    return sum(1 for _ in grants(count))


def read_ours(folder: Path, count: int) -> int:
    """Read the grants one by one, with their sources."""
    del count
    return sum(1 for _ in exchange.read_parquet(folder, tul.Grant))


def read_pydantic(folder: Path, count: int) -> int:
    """Check each row of the main table."""
    del count
    file = library("pyarrow.parquet").ParquetFile(folder / "grants.parquet")
    return sum(
        len([GrantModel.model_validate(row) for row in batch.to_pylist()])
        for batch in file.iter_batches(batch_size=8_192)
    )


def read_pyarrow(folder: Path, count: int) -> int:
    """Read rows of the main table without checks."""
    del count
    file = library("pyarrow.parquet").ParquetFile(folder / "grants.parquet")
    return sum(len(batch.to_pylist()) for batch in file.iter_batches(batch_size=8_192))


def read_pandas(folder: Path, count: int) -> int:
    """Read the main table as a data frame."""
    del count
    return len(library("pandas").read_parquet(folder / "grants.parquet"))


def read_polars(folder: Path, count: int) -> int:
    """Read the main table as a data frame."""
    del count
    return int(library("polars").read_parquet(folder / "grants.parquet").height)


def write_ours_csv(folder: Path, count: int) -> int:
    """Write with the library's usual function."""
    exchange.write_table(folder.with_suffix(".csv"), grants(count), language="en")
    return count


def read_ours_csv(folder: Path, count: int) -> int:
    """Read the grants one by one, with their sources."""
    del count
    return sum(1 for _ in exchange.read_csv(folder.with_suffix(".csv"), tul.Grant))


def read_pydantic_csv(folder: Path, count: int) -> int:
    """Check each row, one by one."""
    del count
    with folder.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        names = [FIELDS.get(header, header) for header in next(rows)]
        made = (dict(zip(names, (cell or None for cell in row), strict=True)) for row in rows)
        return sum(1 for _ in map(TextModel.model_validate, made))


def read_rows_csv(folder: Path, count: int) -> int:
    """Read rows of text without checks."""
    del count
    with folder.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.DictReader(file, delimiter=";"))


def read_pandas_csv(folder: Path, count: int) -> int:
    """Read the table as a data frame, with date columns."""
    del count
    days = ["Decided on", "Usable from", "Usable to"]
    frame = library("pandas").read_csv(folder.with_suffix(".csv"), sep=";", parse_dates=days)
    return len(frame)


def read_frictionless_csv(folder: Path, count: int) -> int:
    """Read typed rows one by one; a row converts its cells when they are accessed."""
    del count
    frictionless = library("frictionless")
    dialect = frictionless.Dialect.from_descriptor({"csv": {"delimiter": ";"}})
    path = folder.with_suffix(".csv")
    with frictionless.Resource(path.name, basepath=str(path.parent), dialect=dialect) as resource:
        return sum(1 for row in resource.row_stream if row.to_dict())


Contestant = Callable[[Path, int], int]

FORMATS: dict[str, dict[str, Contestant]] = {
    "writing": {
        "make the grants, write none": make_only,
        "tulevaisuus: write_parquet": write_ours,
        "tulevaisuus: write_table, CSV": write_ours_csv,
    },
    "reading Parquet": {
        "tulevaisuus: read_parquet, all tables": read_ours,
        "pydantic: rows of pyarrow": read_pydantic,
        "pyarrow: rows, nothing checked": read_pyarrow,
        "pandas: a frame": read_pandas,
        "polars: a frame": read_polars,
    },
    "reading CSV": {
        "tulevaisuus: read_csv": read_ours_csv,
        "pydantic: rows of csv": read_pydantic_csv,
        "frictionless: typed rows of csv": read_frictionless_csv,
        "csv: texts, nothing checked": read_rows_csv,
        "pandas: a frame of csv": read_pandas_csv,
    },
}
LIBRARIES = {
    "csv": "csv",
    "frictionless": "frictionless",
    "pandas": "pandas",
    "polars": "polars",
    "pydantic": "pyarrow.parquet",
}


def take_part(name: str, folder: Path, count: int) -> None:
    """Run the task with one library; print its seconds and kilobytes."""
    library(LIBRARIES.get(name.partition(":")[0], "pyarrow.parquet"))
    before, start = peak_kilobytes(), time.process_time()
    contestants = {each: function for part in FORMATS.values() for each, function in part.items()}
    rows = contestants[name](folder, count)
    print(time.process_time() - start, peak_kilobytes() - before, rows)


def main(count: int = 1_000_000) -> None:
    """Run the libraries in turns."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent, "grants")
        for title, contestants in FORMATS.items():
            print(f"{f'{title} {count} grants':40} {'s':>7} {'rows/s':>10} {'MB':>6}")
            for name in contestants:
                command = [sys.executable, __file__, "--one", name, str(folder), str(count)]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                seconds, kilobytes, rows = map(float, done.stdout.split())
                print(f"{name:40} {seconds:7.1f} {rows / seconds:10.0f} {kilobytes / 1024:6.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        take_part(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main(*map(int, sys.argv[1:]))
