"""What it takes to check grants as data frames, beside expressions of Polars written by hand.

`python benchmarks/frames.py [ROWS] [ROUNDS]` prints for each contestant the seconds of the
processor (the best of the rounds, which take turns), as a ratio to the expressions by hand too, and
the memory that it took at its peak. Each runs in a process of its own, on rows made before its
clock starts. All but pydantic find the same 38 checks of 17 rules; pydantic checks types alone.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Annotated, Any

import polars as pl
import pydantic

import tulevaisuus as tul
from tulevaisuus import formats, frames

BLANKS = r"\A\s|\s\z|[[:cntrl:]]"
RULES = [
    *("TSK003", "TSK005", "TSK006", "TSK011", "TSK012", "TSK101", "TSK301", "TSK302", "TSK307"),
    *("TSK308", "TSK309", "TSK312", "TSK313", "TSK317", "TSK318", "TSK319", "TSK320"),
]
DAYS = ("applied_on", "decided_on", "announced_on", "usable_start", "usable_end")
AMOUNTS = ("own_contribution_eur", "paid_eur", "returned_eur")
STATES = [each.value for each in tul.GrantStatus]
PRECISIONS = [each.value for each in tul.Precision]
LIMIT = 10**12


def grants(count: int) -> pl.DataFrame:
    """Make grants of which about one in three breaks a rule."""
    number = pl.int_range(count, eager=True)

    def day(first: dt.date, span: int, factor: int) -> pl.Series:
        """Spread days over a span."""
        return pl.select(pl.lit(first) + pl.duration(days=number * factor % span)).to_series()

    return pl.DataFrame(
        {
            "id": "grant-" + number.cast(pl.String),
            "call": ["shc-2021"] * count,
            "project": "project-" + (number // 2).cast(pl.String),
            "recipient": "county-" + (number % 21 + 1).cast(pl.String).str.zfill(2),
            "status": pl.select(
                pl.when(number % 31 == 0).then(pl.lit("applied")).otherwise(pl.lit("granted"))
            ).to_series(),
            "amount_eur": number % 9_999 + 1,
            "precision": ["exact"] * count,
            "applied_on": day(dt.date(2021, 10, 9), 29, 7),
            "decided_on": day(dt.date(2021, 12, 1), 60, 11),
            "announced_on": day(dt.date(2021, 12, 1), 60, 13),
            "usable_start": day(dt.date(2022, 1, 1), 60, 17),
            "usable_end": day(dt.date(2023, 10, 1), 96, 19),
            "own_contribution_eur": number % 50 // 49,
            "paid_eur": number % 7_919,
            "returned_eur": number % 11 // 10 * 100,
        }
    )


Check = tuple[str, str | None, pl.Expr]


def by_hand(frame: pl.DataFrame) -> int:
    """Write each check as an expression, and filter by each: one query."""
    none = tul.Period(dt.date(2020, 1, 1), dt.date(2023, 12, 31))
    calls = pl.LazyFrame(
        [
            {
                "call": call.id,
                "of_programme": call.kind is tul.CallKind.PROGRAMME,
                "opening": call.application_period and call.application_period.start,
                "closing": call.application_period and call.application_period.end,
                "cost_start": call.cost_period and call.cost_period.start,
                "cost_end": call.cost_period and call.cost_period.end,
                "asks": call.own_contribution_required,
            }
            for call in tul.calls
        ]
    )
    rows = frame.lazy().join(calls, on="call", how="left")
    checks = [*_types(), *_rules(none)]
    found = [
        rows.filter(where).select(
            table=pl.lit("grants"),
            key="id",
            column=pl.lit(column, dtype=pl.String),
            code=pl.lit(code),
            value=pl.lit(None, dtype=pl.String)
            if column is None
            else pl.col(column).cast(pl.String),
        )
        for code, column, where in checks
    ]
    return pl.concat(found).collect().height


def _types() -> list[Check]:
    column = pl.col
    checks: list[Check] = []
    for name in ("id", "call", "project", "recipient"):
        length = column(name).str.len_chars()
        wrong = ~length.is_between(1, 200) | column(name).str.contains(BLANKS)
        checks.append(("TSK006", name, wrong))
    checks += [("TSK003", n, column(n).is_null()) for n in ("id", "call", "project", "status")]
    checks += [
        ("TSK005", "status", ~column("status").is_in(STATES)),
        ("TSK005", "precision", ~column("precision").is_in(PRECISIONS)),
        ("TSK012", "amount_eur", ~column("amount_eur").is_between(1, LIMIT - 1)),
        ("TSK011", "usable_end", column("usable_end") < column("usable_start")),
    ]
    checks += [("TSK012", n, ~column(n).is_between(0, LIMIT - 1)) for n in AMOUNTS]
    last = pl.lit(dt.date.max)
    checks += [("TSK006", n, (column(n) < dt.date.min) | (column(n) > last)) for n in DAYS]
    return checks


def _rules(programme: tul.Period) -> list[Check]:
    column = pl.col
    is_rejected, is_granted = column("status") == "rejected", column("status") == "granted"
    is_undecided = column("status").is_in(["planned", "applied"])
    checks: list[Check] = []
    for name in ("usable_start", "usable_end"):
        day = column(name)
        outside = (day < programme.start) | (day > programme.end)
        checks.append(("TSK101", name, outside & column("of_programme")))
        checks.append(("TSK302", name, (day < column("cost_start")) | (day > column("cost_end"))))
    applied = column("applied_on")
    outside = (applied < column("opening")) | (applied > column("closing"))
    has_amount = column("amount_eur").is_not_null()
    contributes = ~column("asks") & (column("own_contribution_eur") > 0)
    has_days = column("usable_start").is_not_null() | column("usable_end").is_not_null()
    return [
        *checks,
        ("TSK301", "decided_on", column("decided_on") <= column("closing")),
        ("TSK307", "amount_eur", (column("precision") != "exact") & has_amount),
        ("TSK308", "decided_on", column("decided_on").is_not_null() & is_undecided),
        ("TSK309", "own_contribution_eur", contributes),
        ("TSK312", "applied_on", outside & ~is_rejected),
        ("TSK313", None, is_granted & has_amount & column("decided_on").is_null()),
        ("TSK317", "returned_eur", column("returned_eur") > column("paid_eur")),
        ("TSK318", "amount_eur", is_rejected & has_amount),
        ("TSK318", None, is_rejected & has_days),
        *(("TSK318", n, is_rejected & (column(n) > 0)) for n in AMOUNTS[1:]),
        *(("TSK319", n, is_undecided & (column(n) > 0)) for n in AMOUNTS[1:]),
        ("TSK320", "decided_on", column("decided_on") > column("cost_end")),
    ]


def ours(given: Any) -> int:  # noqa: ANN401 - a frame of any library
    """Check a frame, and count what was found."""
    return sum(number for _, _, number in frames.check(given, tul.Grant, select=RULES).counts())


def eagerly(frame: pl.DataFrame) -> int:
    """Check a frame of Polars, and make the frame of violations."""
    return frames.check(frame, tul.Grant, select=RULES).violations.height


def by_duckdb(table: Any) -> int:  # noqa: ANN401 - pyarrow's table
    """Check a relation of DuckDB."""
    import duckdb

    connection: Any = duckdb.connect()
    return ours(connection.from_arrow(table))


Id = Annotated[str, pydantic.Field(min_length=1, max_length=200)]
Amount = Annotated[int, pydantic.Field(ge=0, lt=LIMIT)]


class GrantModel(pydantic.BaseModel):
    """The types of a row, and no rule."""

    id: Id
    call: Id
    project: Id
    recipient: Id
    status: tul.GrantStatus
    precision: tul.Precision
    amount_eur: Amount
    own_contribution_eur: Amount
    paid_eur: Amount
    returned_eur: Amount
    applied_on: dt.date
    decided_on: dt.date
    announced_on: dt.date
    usable_start: dt.date
    usable_end: dt.date


def by_pydantic(frame: pl.DataFrame) -> int:
    """Check the types of each row."""
    return len([GrantModel.model_validate(row) for row in frame.iter_rows(named=True)])


def by_objects(frame: pl.DataFrame) -> int:
    """Make objects of the rows, and check these."""
    register = formats.from_rows(frame.iter_rows(named=True), tul.Grant)
    return len(tul.check(tul.Portfolio(grants=register), select=RULES))


CONTESTANTS: dict[str, tuple[Callable[[pl.DataFrame], Any], Callable[[Any], int]]] = {
    "by hand": (lambda frame: frame, by_hand),
    "Polars": (lambda frame: frame, eagerly),
    "Polars (lazy)": (lambda frame: frame.lazy(), ours),
    "PyArrow": (lambda frame: frame.to_arrow(), ours),
    "pandas": (lambda frame: frame.to_pandas(use_pyarrow_extension_array=True), ours),
    "DuckDB": (lambda frame: frame.to_arrow(), by_duckdb),
    "pydantic, types alone": (lambda frame: frame, by_pydantic),
    "objects": (lambda frame: frame, by_objects),
}
"""What makes the rows into what a contestant takes, and the contestant."""


def run(name: str, count: int) -> None:
    """Print the seconds, the peak and the number of findings of one contestant."""
    prepare, contestant = CONTESTANTS[name]
    contestant(prepare(grants(100)))
    given = prepare(grants(count))
    begin = time.process_time()
    found = contestant(given)
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak, found]))


def main(count: int, rounds: int) -> None:
    """Let all contestants take turns."""
    results: dict[str, list[tuple[float, float, int]]] = {name: [] for name in CONTESTANTS}
    for _ in range(rounds):
        for name, listed in results.items():
            command = [sys.executable, __file__, "--one", name, str(count)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            listed.append(json.loads(done.stdout))
    hand = min(results["by hand"])[0]
    print(f"{'':24}{'s':>8}{'ratio':>8}{'MB':>8}{'found':>10}")
    for name, listed in results.items():
        seconds, peak, found = min(listed)
        print(f"{name:24}{seconds:8.2f}{seconds / hand:8.2f}{peak:8.0f}{found:10}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        run(sys.argv[2], int(sys.argv[3]))
    else:
        numbers = [int(each) for each in sys.argv[1:3]]
        defaults = [1_000_000, 3]
        main(*numbers, *defaults[len(numbers) :])
