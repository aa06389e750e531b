"""JSON Lines: one entity a line, read and written in constant memory."""

import gzip
import importlib
import io
import json
import pathlib
import pickle
import sys
import tracemalloc
from collections.abc import Callable, Generator, Iterator
from decimal import Decimal
from types import ModuleType
from typing import IO, Any, ClassVar, cast

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import found, rejected
from tulevaisuus import formats
from tulevaisuus.formats import RejectedLine, json_lines
from tulevaisuus.formats.decoding import COMPILED

GRANT = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted"}
LINE = json.dumps(GRANT)
ENTITY = tul.Grant(**GRANT)  # type: ignore[arg-type]
FILLED = [name for name, register in tul.reference.registers().items() if register]
ENDINGS = ["jsonl", "jsonl.gz", "jsonl.zst"]

Read = Callable[[str | bytes], tuple[list[tul.Grant], list[RejectedLine]]]


def lines_of(
    text: str | bytes, limits: tul.Limits | None = None
) -> tuple[list[tul.Grant], list[RejectedLine]]:
    """Read lines and return the entities and the problems."""
    data = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    problems: list[RejectedLine] = []
    entities = formats.read_lines(io.BytesIO(data), tul.Grant, problems.append, limits=limits)
    return list(entities), problems


@pytest.fixture(params=["first use", "frequent use"])
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Read lines of a class that is used for the first time, or has been used often."""
    times = 0 if request.param == "first use" else 1000
    monkeypatch.setattr(COMPILED, "uses", {tul.Grant: times})
    monkeypatch.setattr(COMPILED, "_generated", {})
    return lines_of


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("path_class", [str, pathlib.Path])
def test_what_is_written_is_read(
    ending: str, path_class: Callable[[pathlib.Path], str | pathlib.Path], tmp_path: pathlib.Path
) -> None:
    """Entities are written and read unchanged, compressed by the suffix of the file."""
    path = path_class(tmp_path / f"grants.{ending}")
    formats.write_lines(path, tul.grants)
    assert list(formats.read_lines(path, tul.Grant)) == list(tul.grants)


@pytest.mark.parametrize("name", FILLED)
def test_every_class_is_written_and_read(name: str) -> None:
    """All bundled facts can be written as lines and read back."""
    register = tul.reference.registers()[name]
    (cls,) = {type(entity) for entity in register}
    file = io.BytesIO()
    formats.write_lines(file, register)
    file.seek(0)
    assert tul.Register(formats.read_lines(file, cls)) == register


def test_form_of_a_line() -> None:
    """A line has no spaces and ends with a newline; letters are not escaped."""
    file = io.BytesIO()
    centre = tul.CooperationGoal(number=1, name=tul.Text("Äänekoski\n\u2028"))
    grant = tul.Grant(**GRANT, amount_eur=Decimal("0.50"))  # type: ignore[arg-type]
    formats.write_lines(file, [centre, grant])
    assert file.getvalue().decode() == (
        '{"number":1,"name":{"fi":"Äänekoski\\n\u2028"}}\n'
        '{"id":"g1","call":"shc-2021","project":"p1","status":"granted","amount_eur":0.5}\n'
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_same_entities_are_the_same_bytes(ending: str, tmp_path: pathlib.Path) -> None:
    """The file depends neither on the date nor on its name."""
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    formats.write_lines(first, [ENTITY])
    formats.write_lines(second, [ENTITY])
    assert first.read_bytes() == second.read_bytes()
    assert b"a.jsonl" not in first.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("\n \n\t\r\n", id="blank lines"),
        pytest.param("\ufeff", id="byte order mark"),
    ],
)
def test_empty_file_has_no_entities(text: str, read: Read) -> None:
    """A file without entities is valid."""
    entities, problems = read(text)
    assert entities == []
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(LINE, id="no newline at the end"),
        pytest.param(f"{LINE}\r\n", id="carriage return"),
        pytest.param(f"\n\n{LINE}\n\n", id="blank lines around"),
        pytest.param(f" \t{LINE} \t\n", id="blanks around"),
        pytest.param(f"\ufeff{LINE}\n", id="byte order mark"),
        pytest.param(LINE.replace("g1", "\\u0067\\u0031"), id="escapes"),
        pytest.param(LINE.replace("{", '{"notes": [], "amount_eur": 5.0, '), id="fraction"),
    ],
)
def test_valid_lines_are_read(text: str, read: Read) -> None:
    """Whitespace that JSON allows is accepted."""
    entities, problems = read(text)
    assert [entity.id for entity in entities] == ["g1"]
    assert problems == []


BAD: dict[str, tuple[str | bytes, list[str]]] = {
    "no JSON": ("{", ["TSK001"]),
    "two on a line": (f"{LINE} {LINE}", ["TSK001"]),
    "one on two lines": (LINE[:-2], ["TSK001"]),
    "a form feed": (f"{LINE}\x0c", ["TSK001"]),
    "a no-break space": (f"{LINE}\u00a0", ["TSK001"]),
    "a key twice": (LINE.replace("{", '{"id": "g1", '), ["TSK001 /id"]),
    "a key twice inside": (
        LINE.replace("{", '{"usable": {"start": "2021-01-01", "start": "2021-01-01"}, '),
        ["TSK001 /usable/start"],
    ),
    "NaN": (LINE.replace("{", '{"amount_eur": NaN, '), ["TSK001"]),
    "an exponent": (LINE.replace("{", '{"amount_eur": 1.5e1, '), ["TSK012 /amount_eur"]),
    "half a character": (LINE.replace("g1", "\\ud800"), ["TSK001"]),
    "not UTF-8": (LINE.replace("g1", "\xe4").encode("latin-1"), ["TSK001"]),
    "too deep": ("[" * 1000, ["TSK001"]),
    "far too deep": ("[" * 60_000, ["TSK001"]),
    "too long a number": (LINE.replace("{", f'{{"amount_eur": {"9" * 5000}, '), ["TSK001"]),
    "a list": (f"[{LINE}]", ["TSK002"]),
    "a number": ("5", ["TSK002"]),
    "null": ("null", ["TSK002"]),
    "several mistakes": (
        '{"status": "?", "id": "g1", "x": 1, "call": null}',
        ["TSK005 /status", "TSK004 /x", "TSK002 /call", "TSK003 /project"],
    ),
    "a key twice beside a mistake": (
        '{"id": 1, "call": "a", "project": "b", "status": "granted", "call": "a"}',
        ["TSK002 /id", "TSK001 /call"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_invalid_lines_are_rejected(text: str | bytes, expected: list[str], read: Read) -> None:
    """Findings have the number of the line, and the lines around it are read."""
    data = text.encode() if isinstance(text, str) else text
    entities, problems = read(b"\n".join([LINE.encode(), b"", data, LINE.encode()]))
    assert entities == [ENTITY, ENTITY]
    ((line, findings),) = problems
    assert line == 3
    assert found(findings) == expected
    assert all(dict(each.params).get("line", 3) == 3 for each in findings)


LIMITS = {
    "bytes": tul.Limits(bytes=len(LINE) - 1),
    "depth": tul.Limits(depth=1),
    "digits": tul.Limits(digits=2),
    "items": tul.Limits(items=4),
}


@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS)
def test_limits_apply_to_each_line(limits: tul.Limits) -> None:
    """A line beyond a limit is rejected, and the next is read."""
    long = LINE.replace("}", ', "usable": {"end": "2021-12-31"}, "amount_eur": 100}')
    short = '{"id":"g","call":"c","project":"p","status":"granted"}'
    entities, problems = lines_of(f"{long}\n{short}\n{long}", limits)
    assert [entity.id for entity in entities] == ["g"]
    assert [line for line, _ in problems] == [1, 3]
    assert [found(findings) for _, findings in problems] == [["TSK001"], ["TSK001"]]


@pytest.mark.parametrize("text", [LINE, f"{LINE}{LINE}", f"{LINE}{' ' * 200}{LINE}", " " * 500])
def test_line_longer_than_the_limit_is_one_line(text: str, read: Read) -> None:
    """The part beyond the limit is not read as another line."""
    del read
    entities, problems = lines_of(f"{text}\n{LINE[:-1]}\n{text}", tul.Limits(bytes=len(LINE) - 1))
    assert entities == []
    assert [problem.line for problem in problems] == [1, 2, 3]
    assert [found(problem.findings) for problem in problems] == [["TSK001"]] * 3


@pytest.mark.parametrize("limit", [10**12, sys.maxsize, 10**30])
def test_very_large_limit_is_accepted(limit: int, tmp_path: pathlib.Path) -> None:
    """A huge number disables a limit."""
    formats.write_lines(tmp_path / "grants", [ENTITY])
    limits = tul.Limits(bytes=limit)
    assert [*formats.read_lines(tmp_path / "grants", tul.Grant, limits=limits)] == [ENTITY]


def test_line_of_exactly_the_limit_is_read() -> None:
    """The newline is not counted."""
    for ending in ("", "\n", "\r\n"):
        assert lines_of(LINE + ending, tul.Limits(bytes=len(LINE))) == ([ENTITY], [])


class Endless(io.BytesIO):
    """A file with one line of sixty megabytes, and one more line."""

    def __init__(self) -> None:
        """Set the counter."""
        super().__init__()
        self.left = 1000

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return as much of the line as requested."""
        assert size is not None
        assert 0 < size <= 100_000
        self.left -= 1
        return b"9" * size if self.left > 0 else b"\n" if self.left == 0 else b""


def test_line_without_end_does_not_fill_memory() -> None:
    """No more of a line is kept than the limit allows."""
    tracemalloc.start()
    problems: list[RejectedLine] = []
    limits = tul.Limits(bytes=99_999)
    assert not [*formats.read_lines(Endless(), tul.Grant, problems.append, limits=limits)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [found(each.findings) for each in problems] == [["TSK001"]]
    assert peak < 2_000_000


@pytest.mark.proof
def test_memory_does_not_grow_with_the_file(tmp_path: pathlib.Path) -> None:
    """Entities are made when they are requested, and written when they arrive."""

    def grants(count: int) -> Iterator[tul.Grant]:
        for number in range(count):
            yield tul.Grant(id=f"g{number}", call="c", project="p", status=tul.GrantStatus.PLANNED)

    path = tmp_path / "grants.jsonl"
    peaks: list[int] = []
    for count in (1000, 1000, 5000):
        tracemalloc.start()
        formats.write_lines(path, grants(count))
        assert sum(1 for _ in formats.read_lines(path, tul.Grant)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 50_000


def test_errors_are_raised_after_the_last_line() -> None:
    """Without ``on_problem`` all entities come first, then one error with all lines."""
    text = f'{LINE}\n{{"id": 5}}\n[\n{LINE}\n'.encode()
    entities = formats.read_lines(io.BytesIO(text), tul.Grant)
    assert [next(entities), next(entities)] == [ENTITY, ENTITY]
    with pytest.raises(tul.DocumentError) as caught:
        next(entities)
    assert found(caught.value.findings) == [
        "TSK002 /id", "TSK003 /call", "TSK003 /project", "TSK003 /status", "TSK001",
    ]  # fmt: skip
    assert [each.subject for each in caught.value.findings[3:]] == ["line 2, grant", "line 3"]
    assert "TSK002 error at /id (line 2, grant): expected text" in str(caught.value)
    assert caught.value.omitted == 0


def test_very_many_errors_are_counted() -> None:
    """The error keeps a thousand findings and counts the others, also in a pickle."""
    with pytest.raises(tul.DocumentError) as caught:
        list(formats.read_lines(io.BytesIO(b"{}\n" * 300), tul.Grant))
    error = caught.value
    assert (len(error.findings), error.omitted) == (1000, 200)
    assert str(error).endswith("... and 1180 more")
    again = pickle.loads(pickle.dumps(error))
    assert (again.findings, again.omitted, str(again)) == (error.findings, 200, str(error))


def test_problems_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """``on_problem=print`` prints each finding on its own line, with the number of its line."""
    text = f"{LINE}\n{{}}\n".encode()
    assert list(formats.read_lines(io.BytesIO(text), tul.Grant, on_problem=print)) == [ENTITY]
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 4
    assert shown[0].startswith("line 2: TSK003 error at /id (grant): required field")


def test_problems_are_reported_in_order() -> None:
    """A problem is reported before the entity of the next line is made."""
    problems: list[RejectedLine] = []
    entities = formats.read_lines(io.BytesIO(f"5\n{LINE}\n5".encode()), tul.Grant, problems.append)
    assert next(entities) == ENTITY
    assert [problem.line for problem in problems] == [1]
    assert next(entities, None) is None
    assert [problem.line for problem in problems] == [1, 3]


def test_key_may_be_repeated() -> None:
    """Lines are not compared: a stream of entities is not a register."""
    assert lines_of(f"{LINE}\n{LINE}")[0] == [ENTITY, ENTITY]


@pytest.mark.parametrize("ending", ENDINGS[1:])
@pytest.mark.parametrize("cut", [0, 1, 5, 30, -12, -1])
def test_truncated_compressed_file(ending: str, cut: int, tmp_path: pathlib.Path) -> None:
    """What can be decompressed is read, and the missing rest is a finding."""
    path = tmp_path / f"grants.{ending}"
    formats.write_lines(path, tul.grants)
    path.write_bytes(path.read_bytes()[:cut])
    problems: list[RejectedLine] = []
    entities = list(formats.read_lines(path, tul.Grant, problems.append))
    assert entities == list(tul.grants)[: len(entities)]
    assert found(problems[-1].findings) == ["TSK001"]
    assert problems[-1].line > len(entities)


@pytest.mark.parametrize("ending", [*ENDINGS, "jsonl.GZ", "jsonl.Zst"])
def test_file_without_entities_is_written_and_read(ending: str, tmp_path: pathlib.Path) -> None:
    """It is a complete file; the case of its suffix does not matter."""
    path = tmp_path / f"grants.{ending}"
    formats.write_lines(path, [])
    assert [*formats.read_lines(path, tul.Grant)] == []
    assert bool(path.stat().st_size) == (ending != "jsonl")


@pytest.mark.parametrize("ending", ENDINGS[1:])
@pytest.mark.parametrize("place", [0, 3, 20, 100, -3])
def test_damaged_compressed_file(ending: str, place: int, tmp_path: pathlib.Path) -> None:
    """A wrong byte, or a file that is not compressed, leads to findings only."""
    path = tmp_path / f"grants.{ending}"
    formats.write_lines(path, tul.grants)
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)
    problems: list[RejectedLine] = []
    list(formats.read_lines(path, tul.Grant, problems.append))
    for problem in problems:
        assert found(problem.findings)


@pytest.mark.parametrize("ending", ENDINGS[1:])
def test_uncompressed_file_with_a_compressed_suffix(ending: str, tmp_path: pathlib.Path) -> None:
    """Plain text in a file with the suffix of compressed files is a finding."""
    path = tmp_path / f"grants.{ending}"
    path.write_text(LINE, encoding="utf-8")
    with pytest.raises(tul.DocumentError) as caught:
        list(formats.read_lines(path, tul.Grant))
    assert found(caught.value.findings) == ["TSK001"]
    assert "after line 0" in str(caught.value)


def test_missing_extra_is_named(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that needs the extra is not opened, and one line says so."""

    def missing(name: str) -> ModuleType:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    path = tmp_path / "grants.jsonl.zst"
    path.write_bytes(b"kept")
    with pytest.raises(ModuleNotFoundError, match=r"^[^\n]*pip install 'tulevaisuus\[zstd\]'$"):
        formats.write_lines(path, [ENTITY])
    with pytest.raises(ModuleNotFoundError, match="need the extra zstd"):
        next(formats.read_lines(path, tul.Grant))
    assert path.read_bytes() == b"kept"


def test_missing_file_is_an_os_error(tmp_path: pathlib.Path) -> None:
    """A file that does not exist is not a finding."""
    with pytest.raises(FileNotFoundError):
        next(formats.read_lines(tmp_path / "none.jsonl", tul.Grant))


def test_files_are_closed_at_once(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop that stops early, or raises in ``on_problem``, leaves no file open."""
    opened: list[IO[bytes]] = []

    def kept(path: pathlib.Path, mode: str) -> IO[bytes]:
        opened.append(open(path, mode))  # noqa: PTH123, SIM115 - as it is called
        return opened[-1]

    def stop(problem: RejectedLine) -> None:
        raise KeyError(problem)

    path = tmp_path / "grants.jsonl"
    path.write_text(f"{LINE}\n5\n", encoding="utf-8")
    monkeypatch.setattr(pathlib.Path, "open", kept)
    entities = formats.read_lines(path, tul.Grant, stop)
    assert next(entities) == ENTITY
    with pytest.raises(KeyError) as caught:
        next(entities)
    assert caught.value.args[0].line == 2
    assert opened[0].closed
    next(early := formats.read_lines(path, tul.Grant))
    cast("Generator[object]", early).close()
    assert opened[1].closed


def test_files_of_the_caller_stay_open() -> None:
    """A file that the caller has opened is not closed."""
    file: IO[bytes] = io.BytesIO(LINE.encode())
    assert list(formats.read_lines(file, tul.Grant)) == [ENTITY]
    formats.write_lines(file, [ENTITY])
    assert not file.closed


@pytest.mark.parametrize("file", [io.StringIO(), b"grants.jsonl", 5, None])
def test_file_must_be_a_path_or_opened_in_binary_mode(file: Any) -> None:  # noqa: ANN401 - what is wrong
    """Anything else raises an error before the first line is read."""
    with pytest.raises(TypeError, match="give a path, or a file that is open for bytes"):
        formats.read_lines(file, tul.Grant)
    with pytest.raises(TypeError, match="give a path, or a file that is open for bytes"):
        formats.write_lines(file, [ENTITY])


@pytest.mark.parametrize("cls", [int, tul.Period, tul.Portfolio, "Grant", tul.Register[tul.Grant]])
def test_class_must_be_an_entity(cls: Any) -> None:  # noqa: ANN401 - as above
    """A class of another type is an error before the first line is read."""
    with pytest.raises(TypeError, match="give a class of type Entity, such as tul"):
        formats.read_lines(io.BytesIO(), cls)


def test_invalid_list_of_entities_overwrites_nothing(tmp_path: pathlib.Path) -> None:
    """A single entity in place of a list raises an error before the file is opened."""
    path = tmp_path / "grants.jsonl"
    path.write_text("kept")
    with pytest.raises(TypeError, match="give entities"):
        formats.write_lines(path, cast("Any", ENTITY))
    assert path.read_text() == "kept"


@pytest.mark.parametrize("value", [GRANT, None, "g1", tul.Text("x"), tul.Portfolio()])
def test_only_entities_are_written(value: object) -> None:
    """Another object is rejected at its index, and the lines before it are kept."""
    file = io.BytesIO()
    assert rejected(formats.write_lines, file, [ENTITY, value]) == ["TSK002 /1"]
    assert file.getvalue().count(b"\n") == 1


def test_error_of_the_source_is_passed_on(tmp_path: pathlib.Path) -> None:
    """What the iterator of entities raises is not changed."""
    path = tmp_path / "grants.jsonl"
    path.write_text(f"{LINE}\n5\n", encoding="utf-8")
    with pytest.raises(tul.DocumentError) as caught:
        formats.write_lines(tmp_path / "copy.jsonl", formats.read_lines(path, tul.Grant))
    assert [each.subject for each in caught.value.findings] == ["line 2"]


def test_a_line_with_an_error_hides_no_repeated_key(tmp_path: pathlib.Path) -> None:
    """The later line is reported, be it valid or not."""
    path = tmp_path / "grants.jsonl"
    valid = json.dumps({"id": "g1", "call": "c", "project": "p", "status": "granted"})
    wrong = valid.replace('"p"', "5")
    path.write_text("\n".join([valid, wrong, wrong.replace("g1", "g2"), valid.replace("g1", "g2")]))
    reading = tul.read(path, of=tul.Grant)
    repeated = [each for each in reading.findings if each.code == "TSK008"]
    assert [(each.path, each.location and each.location.line) for each in repeated] == [
        ("/grants/1/id", 2),
        ("/grants/3/id", 4),
    ]
    assert [each.id for each in reading.portfolio.grants] == ["g1", "g2"]


DOCUMENT = json.dumps({"format": "tulevaisuus", "format_version": "1.0", "grants": [GRANT]})


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(json.loads(DOCUMENT), indent=2),
        f"\ufeff{json.dumps(json.loads(DOCUMENT), indent=2)}",
        DOCUMENT,
        DOCUMENT.replace(": [", ": [\n"),
        f"[\n{LINE},\n{LINE}\n]",
        json.dumps(GRANT, indent=1),
    ],
    ids=["indented", "byte-order-mark", "one-line", "header-on-a-line", "list", "one-object"],
)
@pytest.mark.parametrize("ending", [".json", ".jsonl", ".json.gz"])
def test_document_that_is_read_as_lines_is_one_finding(
    text: str, ending: str, tmp_path: pathlib.Path
) -> None:
    """It says that no class is needed; the lines have no findings of their own."""
    path = tmp_path / f"grants{ending}"
    data = text.encode()
    path.write_bytes(gzip.compress(data) if ending.endswith(".gz") else data)
    reading = tul.read(path, of=tul.Grant)
    assert [each.code for each in reading.findings] == ["TSK001"]
    message = reading.findings[0].message("en")
    assert message.startswith("line 1 begins a whole document, but")
    assert "(in Python: leave out of)" in message
    with pytest.raises(tul.DocumentError, match="line 1 begins a whole document"):
        list(formats.read_lines(path, tul.Grant))


def test_json_lines_in_a_file_named_json_are_read(tmp_path: pathlib.Path) -> None:
    """The class says that the lines are objects, also if the first one is not valid."""
    path = tmp_path / "grants.json"
    path.write_text(f"{LINE}\n{{\n", encoding="utf-8")
    reading = tul.read(path, of=tul.Grant)
    assert [*reading.portfolio.grants] == [ENTITY]
    assert found(reading.findings) == ["TSK001 /grants/1"]
    path.write_text(f'{{"id"\n{LINE}\n', encoding="utf-8")
    assert [*tul.read(path, of=tul.Grant).portfolio.grants] == [ENTITY]


def test_own_class_may_have_a_field_of_a_header(tmp_path: pathlib.Path) -> None:
    """Its lines are not taken for documents."""

    @attrs.frozen(kw_only=True, repr=False)
    class Form(tul.Entity):
        """A form that is filled in."""

        singular: ClassVar[str] = "form"
        plural: ClassVar[str] = "forms"
        format: str
        id: str

    path = tmp_path / "forms.jsonl"
    path.write_text('{"format": 5, "id": "f"}\n{"format": "A4", "id": "g"}\n', encoding="utf-8")
    reading = tul.read(path, of=Form)
    assert found(reading.findings) == ["TSK002 /forms/0/format"]
    assert [each.format for each in reading.entities_of(Form)] == ["A4"]


def test_gzip_file_of_several_parts(tmp_path: pathlib.Path) -> None:
    """Files compressed by other tools are read to their end."""
    path = tmp_path / "grants.jsonl.gz"
    path.write_bytes(gzip.compress(f"{LINE}\n".encode()) + gzip.compress(LINE.encode()))
    assert list(formats.read_lines(path, tul.Grant)) == [ENTITY, ENTITY]
    assert json_lines.RejectedLine is formats.RejectedLine


LISTED = {**GRANT, "sources": ["stm-2021-valtionavustukset"], "amount_eur": 12345}


@pytest.mark.parametrize(
    "limits",
    [tul.Limits(depth=1), tul.Limits(digits=4), tul.Limits(items=2), tul.Limits(bytes=40)],
    ids=["depth", "digits", "items", "bytes"],
)
def test_low_limits_apply_to_generated_readers(limits: tul.Limits) -> None:
    """A line beyond a limit is not read by the fast path."""
    data = f"{json.dumps(LISTED)}\n".encode()
    problems: list[RejectedLine] = []
    assert not [*formats.read_lines(io.BytesIO(data), tul.Grant, problems.append, limits=limits)]
    assert [found(problem.findings) for problem in problems] == [["TSK001"]]


@pytest.mark.parametrize(
    "limits", [tul.Limits(), tul.Limits(depth=16, digits=1000), tul.Limits(digits=16, depth=1000)]
)
def test_usual_lines_are_parsed_once(monkeypatch: pytest.MonkeyPatch, limits: tul.Limits) -> None:
    """Valid lines within the limits are not parsed a second time with all checks."""
    data = f"{json.dumps(LISTED)}\n".encode() * 200
    (expected,) = {*formats.read_lines(io.BytesIO(data), tul.Grant)}
    monkeypatch.delattr(json_lines, "parse")
    assert [*formats.read_lines(io.BytesIO(data), tul.Grant, limits=limits)] == [expected] * 200


def test_each_rejected_line_has_its_number() -> None:
    """Lines are counted from one, in the finding and in the problem."""
    data = f"{json.dumps({**GRANT, 'status': 'x'})}\n".encode() * 9
    problems: list[RejectedLine] = []
    assert not [*formats.read_lines(io.BytesIO(data), tul.Grant, problems.append)]
    places = [finding.location for problem in problems for finding in problem.findings]
    assert [place and place.line for place in places] == [*range(1, 10)]
    assert [problem.line for problem in problems] == [*range(1, 10)]


def test_read_needs_the_class_of_json_lines(tmp_path: pathlib.Path) -> None:
    """A file of JSON Lines does not state what its objects are."""
    (tmp_path / "grants.jsonl").touch()
    with pytest.raises(TypeError, match="does not say what it holds"):
        formats.read(tmp_path / "grants.jsonl")


def test_generated_readers_reject_negative_amounts() -> None:
    """After hundreds of valid lines, an amount a little below zero is rejected as at first."""
    valid = json.dumps({**GRANT, "amount_eur": 0.5})
    data = "\n".join([*[valid] * 300, json.dumps({**GRANT, "amount_eur": -0.5})])
    problems: list[RejectedLine] = []
    entities = [*formats.read_lines(io.BytesIO(data.encode()), tul.Grant, problems.append)]
    assert (len(entities), [each.line for each in problems]) == (300, [301])


@pytest.mark.parametrize("count", [999, 1000, 1001])
def test_error_after_the_last_line_lists_a_thousand_findings(count: int) -> None:
    """The others are counted."""
    with pytest.raises(tul.DocumentError) as caught:
        list(formats.read_lines(io.BytesIO(b"5\n" * count), tul.Grant))
    assert len(caught.value.findings) == min(count, 1000)
    assert caught.value.omitted == max(count - 1000, 0)
