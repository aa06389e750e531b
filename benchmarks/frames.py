"""What it takes to check grants as data frames, beside what others take.

`python benchmarks/frames.py [ROWS] [ROUNDS] [NAME...]` prints for each contestant the seconds that
passed and those of the processor (the best of the rounds, which take turns), the latter as a ratio
to expressions of Polars written by hand too, and the memory at its peak. Each runs in a process of
its own, on rows made before its clock starts. Slow ones run at a smaller size, beside the
expressions by hand and the frames of Polars at that size; nothing is extrapolated.

All but pydantic run the same 38 checks of 17 rules, in the way that their own users write them,
and all that find violations list their rows. pydantic checks types alone.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import polars as pl
import pydantic
from peak_memory import peak_kilobytes

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


class Check(NamedTuple):
    """What is wrong, in which column, and what the cell contradicts."""

    code: str
    column: str | None
    where: pl.Expr
    other: pl.Expr | None = None


PROGRAMME = tul.Period(dt.date(2020, 1, 1), dt.date(2023, 12, 31))
PERIOD = pl.col("usable_end") < pl.col("usable_start")


def beside_calls(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Join to grants the fields of their calls."""
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
    return frame.join(calls, on="call", how="left")


def by_hand(frame: pl.DataFrame) -> int:
    """Write each check as an expression, and filter by each: one query, the same violations."""
    return violations_by_hand(frame).height


def violations_by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame of violations that frames of ours return."""
    rows = beside_calls(frame.lazy())
    checks = [*_types(), *_rules()]
    none = pl.lit(None, dtype=pl.String)
    found = [
        rows.filter(each.where).select(
            table=pl.lit("grants"),
            key="id",
            place=none,
            column=pl.lit(each.column, dtype=pl.String),
            code=pl.lit(each.code),
            severity=pl.lit(SEVERITIES[each.code]),
            value=none if each.column in {None, "usable"} else pl.col(each.column).cast(pl.String),
            other=none if each.other is None else each.other.cast(pl.String),
        )
        for each in checks
    ]
    return pl.concat(found).collect()


SEVERITIES = {rule.code: rule.severity.value for rule in tul.rulebook}


def _types() -> list[Check]:
    column = pl.col
    checks: list[Check] = []
    for name in ("id", "call", "project", "recipient"):
        length = column(name).str.len_chars()
        wrong = ~length.is_between(1, 200) | column(name).str.contains(BLANKS)
        checks.append(Check("TSK006", name, wrong))
    required = ("id", "call", "project", "status")
    checks += [Check("TSK003", name, column(name).is_null()) for name in required]
    checks += [
        Check("TSK005", "status", ~column("status").is_in(STATES)),
        Check("TSK005", "precision", ~column("precision").is_in(PRECISIONS)),
        Check("TSK012", "amount_eur", ~column("amount_eur").is_between(1, LIMIT - 1)),
        Check("TSK011", "usable_end", PERIOD),
    ]
    checks += [Check("TSK012", n, ~column(n).is_between(0, LIMIT - 1)) for n in AMOUNTS]
    last = pl.lit(dt.date.max)
    checks += [Check("TSK006", n, (column(n) < dt.date.min) | (column(n) > last)) for n in DAYS]
    return checks


def _rules() -> list[Check]:
    column = pl.col
    call, status = column("call"), column("status")
    is_rejected, is_granted = status == "rejected", status == "granted"
    is_undecided = status.is_in(["planned", "applied"])
    has_amount = column("amount_eur").is_not_null()
    checks: list[Check] = []
    for name in ("usable_start", "usable_end"):
        day = column(name)
        outside = (day < PROGRAMME.start) | (day > PROGRAMME.end)
        in_programme = outside & column("of_programme")
        checks.append(Check("TSK101", name, in_programme, pl.lit(str(PROGRAMME))))
        paid_for = (day < column("cost_start")) | (day > column("cost_end"))
        checks.append(Check("TSK302", name, paid_for, call))
    applied, decided = column("applied_on"), column("decided_on")
    outside = (applied < column("opening")) | (applied > column("closing"))
    contributes = ~column("asks") & (column("own_contribution_eur") > 0)
    has_days = column("usable_start").is_not_null() | column("usable_end").is_not_null()
    rounded = (column("precision") != "exact") & has_amount
    returned = column("returned_eur") > column("paid_eur")
    return [
        *checks,
        Check("TSK301", "decided_on", decided <= column("closing"), column("closing")),
        Check("TSK307", "amount_eur", rounded, column("precision")),
        Check("TSK308", "decided_on", decided.is_not_null() & is_undecided, status),
        Check("TSK309", "own_contribution_eur", contributes, call),
        Check("TSK312", "applied_on", outside & ~is_rejected, call),
        Check("TSK313", None, is_granted & has_amount & decided.is_null()),
        Check("TSK317", "returned_eur", returned, column("paid_eur")),
        Check("TSK318", "amount_eur", is_rejected & has_amount),
        Check("TSK318", "usable", is_rejected & has_days),
        *(Check("TSK318", n, is_rejected & (column(n) > 0)) for n in AMOUNTS[1:]),
        *(Check("TSK319", n, is_undecided & (column(n) > 0), status) for n in AMOUNTS[1:]),
        Check("TSK320", "decided_on", decided > column("cost_end"), column("cost_end")),
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


def by_dataframely(frame: pl.DataFrame) -> int:
    """Validate by a schema of dataframely: constraints of columns, and rules."""
    import dataframely as dy

    def amount(least: int) -> dy.Int64:
        """Return a column of amounts."""
        return dy.Int64(nullable=True, min=least, max=LIMIT - 1)

    def among(values: list[str], *, nullable: bool) -> dy.String:
        """Return a column of a few values."""
        return dy.String(nullable=nullable, check=lambda cell: cell.is_in(values))

    def rule_on(wrong: pl.Expr) -> Callable[[Any], pl.Expr]:
        """Return the function of a rule."""
        return lambda cls: ~wrong.fill_null(value=False)  # noqa: ARG005 - dataframely hands the class

    def key(*, nullable: bool) -> dy.String:
        """Return a column of keys."""
        blanks = lambda cell: ~cell.str.contains(BLANKS)  # noqa: E731 - as in its documentation
        return dy.String(nullable=nullable, min_length=1, max_length=200, check=blanks)

    first, last = dt.date.min, dt.date.max
    columns: dict[str, Any] = {
        **{name: key(nullable=False) for name in ("id", "call", "project")},
        "recipient": key(nullable=True),
        "status": among(STATES, nullable=False),
        "precision": among(PRECISIONS, nullable=True),
        "amount_eur": amount(1),
        **{name: amount(0) for name in AMOUNTS},
        **{name: dy.Date(nullable=True, min=first, max=last) for name in DAYS},
    }
    rules = {
        f"{code}_{number}": dy.rule()(rule_on(wrong))
        for number, (code, _, wrong, _) in enumerate([Check("TSK011", "", PERIOD), *_rules()])
    }
    schema: Any = type("Grants", (dy.Schema,), {**columns, **_call_columns(dy), **rules})
    _, failures = schema.filter(beside_calls(frame.lazy()).collect())
    return sum(failures.counts().values()) if len(failures.invalid()) else 0


def _call_columns(dy: Any) -> dict[str, Any]:  # noqa: ANN401 - a module
    days = ("opening", "closing", "cost_start", "cost_end")
    return {
        **{name: dy.Date(nullable=True) for name in days},
        **{name: dy.Bool(nullable=True) for name in ("of_programme", "asks")},
    }


def by_pandera(frame: pl.DataFrame) -> int:
    """Validate by a schema of pandera's for Polars, and count its failure cases."""
    import pandera.polars as pa
    from pandera.errors import SchemaErrors

    def rule_on(wrong: pl.Expr) -> pa.Check:
        """Return a check of rows."""
        right = ~wrong.fill_null(value=False)
        return pa.Check(lambda data: data.lazyframe.select(right))

    keys = [
        pa.Check.str_length(1, 200),
        pa.Check(lambda data: data.lazyframe.select(~pl.col(data.key).str.contains(BLANKS))),
    ]
    days = pa.Check.in_range(dt.date.min, dt.date.max)
    columns = {
        **{name: pa.Column(pl.String, keys) for name in ("id", "call", "project")},
        "recipient": pa.Column(pl.String, keys, nullable=True),
        "status": pa.Column(pl.String, pa.Check.isin(STATES)),
        "precision": pa.Column(pl.String, pa.Check.isin(PRECISIONS), nullable=True),
        "amount_eur": pa.Column(pl.Int64, pa.Check.in_range(1, LIMIT - 1), nullable=True),
        **{n: pa.Column(pl.Int64, pa.Check.in_range(0, LIMIT - 1), nullable=True) for n in AMOUNTS},
        **{name: pa.Column(pl.Date, days, nullable=True) for name in DAYS},
    }
    rules = [rule_on(wrong) for wrong in [PERIOD, *(each.where for each in _rules())]]
    schema = pa.DataFrameSchema(columns, checks=rules)
    try:
        schema.validate(beside_calls(frame.lazy()).collect(), lazy=True)
    except SchemaErrors as errors:
        return errors.failure_cases.height
    return 0


def by_frictionless(frame: pl.DataFrame) -> int:
    """Validate by a schema of frictionless: constraints of fields, and conditions on rows."""
    import frictionless as fl

    fields: list[dict[str, Any]] = []
    for name in ("id", "call", "project", "recipient"):
        length = {"minLength": 1, "maxLength": 200, "required": name != "recipient"}
        pattern = {"pattern": r"[^\s\x00-\x1f](.*[^\s])?"}
        fields.append({"name": name, "type": "string", "constraints": {**length, **pattern}})
    for name, values in (("status", STATES), ("precision", PRECISIONS)):
        fields.append({"name": name, "type": "string", "constraints": {"enum": values}})
    for name in ("amount_eur", *AMOUNTS):
        limits = {"minimum": int(name == "amount_eur"), "maximum": LIMIT - 1}
        fields.append({"name": name, "type": "integer", "constraints": limits})
    fields += [{"name": name, "type": "date"} for name in DAYS]
    bounds = {"programme_start": PROGRAMME.start, "programme_end": PROGRAMME.end}
    days = ("opening", "closing", "cost_start", "cost_end", *bounds)
    fields += [{"name": name, "type": "date"} for name in days]
    fields += [{"name": name, "type": "boolean"} for name in ("of_programme", "asks")]
    names = [each["name"] for each in fields]
    days_beside = {name: pl.lit(day) for name, day in bounds.items()}
    beside = beside_calls(frame.lazy()).with_columns(**days_beside)
    rows = beside.select(names).collect().to_dicts()
    checks: Any = [fl.checks.row_constraint(formula=each) for each in FORMULAS]
    checklist = fl.Checklist(checks=checks)
    resource = fl.Resource(data=rows, schema=fl.Schema.from_descriptor({"fields": fields}))
    report: Any = resource.validate(checklist, limit_errors=10**9)
    return sum(len(task.errors) for task in report.tasks)


FORMULAS = [
    "not usable_end < usable_start",
    *(f"not (of_programme and ({n} < programme_start or {n} > programme_end))" for n in DAYS[3:]),
    *(f"not ({n} < cost_start or {n} > cost_end)" for n in DAYS[3:]),
    "not decided_on <= closing",
    "not (precision != 'exact' and amount_eur)",
    "not (decided_on and status in ['planned', 'applied'])",
    "asks or not own_contribution_eur > 0",
    "status == 'rejected' or not (applied_on < opening or applied_on > closing)",
    "not (status == 'granted' and amount_eur and not decided_on)",
    "not returned_eur > paid_eur",
    "not (status == 'rejected' and amount_eur)",
    "not (status == 'rejected' and (usable_start or usable_end))",
    *(f"not (status == 'rejected' and {n} > 0)" for n in AMOUNTS[1:]),
    *(f"not (status in ['planned', 'applied'] and {n} > 0)" for n in AMOUNTS[1:]),
    "not decided_on > cost_end",
]
"""The rules of `_rules`, and that of periods, in the language of frictionless."""

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


class Contestant(NamedTuple):
    """What makes the rows into what it takes, what it does, and the most rows that it is given."""

    prepare: Callable[[pl.DataFrame], Any]
    check: Callable[[Any], int]
    most: int = 10**7


CONTESTANTS: dict[str, Contestant] = {
    "by hand": Contestant(lambda frame: frame, by_hand),
    "Polars": Contestant(lambda frame: frame, eagerly),
    "Polars (lazy)": Contestant(lambda frame: frame.lazy(), ours),
    "PyArrow": Contestant(lambda frame: frame.to_arrow(), ours),
    "pandas": Contestant(lambda frame: frame.to_pandas(use_pyarrow_extension_array=True), ours),
    "DuckDB": Contestant(lambda frame: frame.to_arrow(), by_duckdb),
    "dataframely": Contestant(lambda frame: frame, by_dataframely),
    "pandera": Contestant(lambda frame: frame, by_pandera, 10**6),
    "pydantic, types alone": Contestant(lambda frame: frame, by_pydantic, 10**6),
    "objects": Contestant(lambda frame: frame, by_objects, 10**5),
    "frictionless": Contestant(lambda frame: frame, by_frictionless, 10**5),
}


def run(name: str, count: int) -> None:
    """Print the seconds, the peak and the number of findings of one contestant."""
    contestant = CONTESTANTS[name]
    contestant.check(contestant.prepare(grants(100)))
    given = contestant.prepare(grants(count))
    clocks = time.process_time(), time.monotonic()
    found = contestant.check(given)
    processor, passed = time.process_time() - clocks[0], time.monotonic() - clocks[1]
    print(json.dumps([processor, passed, peak_kilobytes() / 1024, found]))


def main(count: int, rounds: int, names: list[str]) -> None:
    """Let all contestants take turns, at each of the sizes that one of them needs."""
    chosen = names or [*CONTESTANTS]
    sizes = sorted({min(CONTESTANTS[name].most, count) for name in chosen}, reverse=True)
    print(f"{'':24}{'rows':>10}{'s':>9}{'CPU s':>9}{'ratio':>8}{'MB':>8}{'found':>10}")
    for size in sizes:
        own = [name for name in chosen if min(CONTESTANTS[name].most, count) == size]
        _compare([*dict.fromkeys(["by hand", "Polars", *own])], size, rounds)


def _compare(names: list[str], count: int, rounds: int) -> None:
    results: dict[str, list[tuple[float, float, float, int]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name, listed in results.items():
            command = [sys.executable, __file__, "--one", name, str(count)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            listed.append(json.loads(done.stdout))
    hand = min(results["by hand"])[0]
    for name, listed in results.items():
        processor, _, memory, found = min(listed)
        passed = min(each[1] for each in listed)
        numbers = f"{passed:9.3f}{processor:9.3f}{processor / hand:8.2f}{memory:8.0f}{found:10}"
        print(f"{name:24}{count:10}{numbers}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        run(sys.argv[2], int(sys.argv[3]))
    else:
        given = sys.argv[1:]
        numbers = [int(each) for each in given if each.isdecimal()]
        count, rounds = [*numbers, *[1_000_000, 3][len(numbers) :]]
        main(count, rounds, [each for each in given if not each.isdecimal()])
