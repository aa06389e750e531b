"""Compares reading and writing grants as JSON Lines with other libraries that check the same.

`python benchmarks/lines.py [GRANTS [ROUNDS]]` prints for each library the microseconds per object,
the ratio to pydantic's `validate_json` or `model_dump_json`, and the peak memory of its objects.
Each runs in its own process, in turns, and the minimum counts.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import attrs
import cattrs.preconf.json
import msgspec
import orjson
import pydantic
from peak_memory import peak_kilobytes

import tulevaisuus as tul
from tulevaisuus import formats

_PLAIN = r"^[^\s\x00-\x1f\x7f-\x9f]([^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f])?$"
Id = Annotated[str, pydantic.Field(max_length=200, pattern=_PLAIN)]
Euros = Annotated[Decimal, pydantic.Field(gt=0, lt=10**12, decimal_places=2)]


class Model(pydantic.BaseModel):
    """The configuration of the pydantic models below."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


class PeriodModel(Model):
    """A period with the same checks as ours."""

    start: dt.date | None = None
    end: dt.date | None = None

    @pydantic.model_validator(mode="after")
    def in_order(self) -> PeriodModel:
        """Reject a period without bounds, and one that ends before it begins."""
        if self.start is None and self.end is None:
            raise ValueError
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError
        return self


class NoteModel(Model):
    """A note with the same checks as ours."""

    field: Id
    text: Annotated[str, pydantic.Field(min_length=1)]
    sources: tuple[Id, ...] = ()


class GrantModel(Model):
    """A grant with the same checks as ours."""

    id: Id
    call: Id
    project: Id
    status: tul.GrantStatus
    recipient: Id | None = None
    amount_eur: Euros | None = None
    precision: tul.Precision | None = None
    rounded_to_eur: Euros | None = None
    applied_on: dt.date | None = None
    decided_on: dt.date | None = None
    announced_on: dt.date | None = None
    usable: PeriodModel | None = None
    own_contribution_eur: Annotated[Euros, pydantic.Field(ge=0)] | None = None
    case_number: Id | None = None
    sources: tuple[Id, ...] = ()
    notes: tuple[NoteModel, ...] = ()


@attrs.frozen
class PlainPeriod:
    """A period with type checks only."""

    start: dt.date | None = None
    end: dt.date | None = None


@attrs.frozen(kw_only=True)
class PlainGrant:
    """A grant with type checks only."""

    id: str
    call: str
    project: str
    status: tul.GrantStatus
    recipient: str | None = None
    amount_eur: Decimal | None = None
    precision: tul.Precision | None = None
    rounded_to_eur: Decimal | None = None
    applied_on: dt.date | None = None
    decided_on: dt.date | None = None
    announced_on: dt.date | None = None
    usable: PlainPeriod | None = None
    own_contribution_eur: Decimal | None = None
    case_number: str | None = None
    sources: tuple[str, ...] = ()


def each_line(make: Callable[[bytes], object]) -> Callable[[Path], list[Any]]:
    """Turn a reader of a line into a reader of a file."""

    def read(path: Path) -> list[Any]:
        with path.open("rb") as file:
            return [make(line) for line in file]

    return read


def each_entity(write: Callable[[Any], bytes]) -> Callable[[Path, list[Any]], None]:
    """Turn a writer of an object into a writer of a file."""

    def write_all(path: Path, entities: list[Any]) -> None:
        with path.open("wb") as file:
            for entity in entities:
                file.write(write(entity) + b"\n")

    return write_all


def ours(path: Path) -> list[Any]:
    """Read as users of the library do."""
    return list(formats.read_lines(path, tul.Grant))


pydantic_reads = each_line(GrantModel.model_validate_json)
plain = cattrs.preconf.json.make_converter(forbid_extra_keys=True)
plain.register_structure_hook(Decimal, lambda value, _: Decimal(str(value)))
straight = msgspec.json.Decoder(PlainGrant)

READERS: dict[str, Callable[[Path], list[Any]]] = {
    "pydantic: validate_json": pydantic_reads,
    "tulevaisuus: read_lines": ours,
    "tulevaisuus: structure(json.loads)": each_line(
        lambda line: formats.structure(json.loads(line), tul.Grant)
    ),
    "tulevaisuus: structure(orjson.loads)": each_line(
        lambda line: formats.structure(orjson.loads(line), tul.Grant)
    ),
    "pydantic: validate_python(json.loads)": each_line(
        lambda line: GrantModel.model_validate(json.loads(line))
    ),
    "msgspec: to attrs, types only": each_line(straight.decode),
    "cattrs: to attrs, types only": each_line(lambda line: plain.loads(line, PlainGrant)),
    "json.loads": each_line(json.loads),
    "orjson.loads": each_line(orjson.loads),
}
WRITERS: dict[str, tuple[Callable[[Path], list[Any]], Callable[[Path, list[Any]], None]]] = {
    "pydantic: model_dump_json": (
        pydantic_reads,
        each_entity(lambda entity: entity.model_dump_json(exclude_unset=True).encode()),
    ),
    "tulevaisuus: write_lines": (ours, formats.write_lines),
    "tulevaisuus: orjson.dumps(unstructure)": (
        ours,
        each_entity(lambda entity: orjson.dumps(formats.unstructure(entity))),
    ),
    "msgspec: of attrs": (each_line(straight.decode), each_entity(msgspec.json.encode)),
    "json.dumps": (each_line(json.loads), each_entity(lambda entity: json.dumps(entity).encode())),
}


def grant(number: int) -> dict[str, object]:
    """Create one grant; all differ, and every second amount has decimals."""
    decided = dt.date(2020, 1, 1) + dt.timedelta(number * 7919 % 1461)
    return {
        "id": f"grant-{number}",
        "call": "shc-2021" if number % 3 else "shc-2020",
        "project": f"project-{number // 2}",
        "status": "granted",
        "recipient": f"county-{number % 21 + 1:02}",
        "amount_eur": 100_000 + 37 * number + (0.25 if number % 2 else 0),
        "precision": "exact",
        "decided_on": str(decided),
        "usable": {"start": str(decided), "end": "2023-12-31"},
        "sources": ["stm-406-2021"],
    }


def take_part(name: str, path: Path) -> None:
    """Run the task with one library; print its seconds and kilobytes."""
    read, write = (READERS[name], None) if name in READERS else WRITERS[name]
    before = peak_kilobytes()
    entities, start = [], time.perf_counter()
    if write:
        entities = read(path)
        start = time.perf_counter()
        write(path.with_suffix(".out"), entities)
    else:
        entities = read(path)
    seconds = time.perf_counter() - start
    print(seconds, peak_kilobytes() - before, len(entities))


def compare(names: list[str], path: Path, grants: int, rounds: int) -> None:
    """Run the libraries in turns; print the minimum of each, and the ratio to the first."""
    least: dict[str, tuple[float, float]] = {}
    for _ in range(rounds):
        for name in names:
            command = [sys.executable, __file__, "--one", name, str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds, kilobytes, _ = map(float, done.stdout.split())
            known = least.get(name, (seconds, kilobytes))
            least[name] = (min(known[0], seconds), min(known[1], kilobytes))
    yardstick = least[names[0]][0]
    print(f"{'':40} {'µs each':>8} {'ratio':>6} {'MB':>6}")
    for name, (seconds, kilobytes) in least.items():
        each = seconds / grants * 1e6
        print(f"{name:40} {each:8.1f} {seconds / yardstick:6.2f} {kilobytes / 1024:6.0f}")


def main(grants: int = 100_000, rounds: int = 5) -> None:
    """Create the file and run both comparisons."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "grants.jsonl")
        path.write_text("".join(f"{json.dumps(grant(n))}\n" for n in range(grants)), "utf-8")
        print(f"{grants} grants, {path.stat().st_size / 1e6:.1f} MB, best of {rounds}; reading")
        compare([*READERS], path, grants, rounds)
        print("\nwriting (memory: with the entities read before)")
        compare([*WRITERS], path, grants, rounds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        take_part(sys.argv[2], Path(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
