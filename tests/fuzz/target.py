"""Fuzz target: every public reader, the command and the writers, and their invariants.

An input is a document, unless it begins with the name of another reader and a colon, as in
``period:1.1.2020 –`` or ``Grant:{"id": "g1"}``. Any other exception is a bug.
"""

import contextlib
import datetime as dt
import io
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from typing import cast

import pydantic

import tulevaisuus as tul
from tests.fuzz.surroundings import SAMPLES, run_command, write_with_faults
from tulevaisuus import formats
from tulevaisuus.findings import LANGUAGES

__all__ = ["one_input", "samples"]

TIGHT = tul.Limits(bytes=300, depth=3, digits=4, items=8)
"""Limits that small inputs meet."""

BLANKS = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n", "   ")
"""Characters in messages that are not printable: spaces and line ends."""

ENOUGH = 20
"""So many entities of a register are looked through; more only take longer."""

GRANTS = pydantic.TypeAdapter(tul.Grant)

CLASSES: dict[str, type[tul.Value]] = {
    cls.__name__: cls
    for cls in (getattr(tul, name) for name in tul.__all__)
    if isinstance(cls, type) and issubclass(cls, tul.Value) and cls not in {tul.Rule, tul.Entity}
}


def one_input(data: bytes) -> None:
    """Pass bytes to the reader that they name; raise if an invariant does not hold."""
    prefix, _, rest = data.partition(b":")
    name = prefix.decode(errors="replace")
    text = rest.decode(errors="surrogateescape")
    if name in CLASSES:
        _structure(rest, CLASSES[name])
    elif name in REGISTERS:
        _find(text, REGISTERS[name])
    elif name in TEXT_READERS:
        TEXT_READERS[name](text)
    elif name in BYTE_READERS:
        BYTE_READERS[name](rest)
    else:
        _document(data)


def samples() -> Iterator[bytes]:
    """Yield inputs to begin with: examples of rules, facts and names."""
    for rule in tul.rulebook:
        yield from (text.encode() for text in (rule.passes, rule.fails) if text)
    for name, register in tul.reference.registers().items():
        for entity in list(register)[:2]:
            plain = json.dumps(formats.unstructure(entity), ensure_ascii=False)
            yield f"{type(entity).__name__}:{plain}".encode()
            header = f'"format": "tulevaisuus", "format_version": "{tul.FORMAT_VERSION}"'
            yield f'{{{header}, "{name}": [{plain}]}}'.encode()
            yield from (f"{name}:{each}".encode() for each in entity.names())
    yield from (b"period:8.10.\xe2\x80\x934.11.2021", b"period:2020-01-01/..", b"period:1.1.2020 -")
    yield from (b"business-id:0204819-8", b"tight:[[[[", b"text:{}")
    yield from (b"where:Turku", *SAMPLES)
    lines = io.BytesIO()
    formats.write_lines(lines, itertools.islice(tul.grants, 3))
    yield b"lines:" + lines.getvalue()
    yield b"pydantic:" + lines.getvalue().partition(b"\n")[0]
    yield b'rows:{"calls": [{"id": "c", "kind": "sister", "name_fi": "x", "emphasis_known": true}]}'


def _document(data: bytes | str, limits: tul.Limits | None = None) -> None:
    """Read a document in both ways; a valid one is checked, written and read back."""
    source = io.BytesIO(data) if isinstance(data, bytes) else io.StringIO(data, newline="")
    reading = tul.read(source, limits=limits)
    _check_messages(reading.findings)
    validated: list[tul.Portfolio] = []
    with _NothingEscapes():
        validated.append(tul.loads(data, limits=limits))
    assert validated == [reading.portfolio] * reading.ok
    written = tul.dumps(reading.portfolio, downgrade=True)
    again = tul.loads(written)
    assert again.registers() == reading.portfolio.registers()
    assert again.programme == reading.portfolio.programme
    assert tul.dumps(again) == written
    if reading.portfolio != tul.Portfolio():
        _check_messages(tul.check(reading).findings)


def _structure(data: bytes, cls: type[tul.Value]) -> None:
    """Make a value of the output of Python's own decoder, with floats and ``NaN``."""
    try:
        plain: object = json.loads(data)
    except (ValueError, RecursionError):
        return  # it is not JSON
    with _NothingEscapes():
        value = formats.structure(plain, cls)
        assert formats.structure(formats.unstructure(value), cls) == value
        assert hash(value) == hash(formats.structure(plain, cls))


def _lines(data: bytes) -> None:
    """Read lines in both ways; valid ones are written and read back equal."""
    problems: list[formats.RejectedLine] = []
    entities = [*formats.read_lines(io.BytesIO(data), tul.Grant, problems.append)]
    assert all(problem.findings for problem in problems)
    numbers = [problem.line for problem in problems]
    assert numbers == sorted(set(numbers))
    with _NothingEscapes():
        assert [*formats.read_lines(io.BytesIO(data), tul.Grant)] == entities
        assert not problems
    for problem in problems:
        _check_messages(problem.findings)
    written = io.BytesIO()
    formats.write_lines(written, entities)
    written.seek(0)
    assert [*formats.read_lines(written, tul.Grant)] == entities


def _rows(data: bytes) -> None:
    """Read tables of Python's own decoder, and write the entities as tables."""
    try:
        plain: object = json.loads(data)
    except (ValueError, RecursionError):
        return
    with _NothingEscapes():
        calls = formats.from_rows(cast("dict[str, list[dict[str, object]]]", plain), tul.Call)
        assert formats.from_rows(formats.to_rows(calls), tul.Call) == calls


def _model(data: bytes) -> None:
    """Read a grant by pydantic, and write and read it again."""
    with contextlib.suppress(pydantic.ValidationError):
        grant = GRANTS.validate_json(data)
        assert GRANTS.validate_json(GRANTS.dump_json(grant)) == grant


def _find(text: str, register: tul.Register[tul.Entity]) -> None:
    """Look an entity up by name and by key."""
    with _NothingEscapes():
        assert register.find(text) in register
    with _NothingEscapes():
        assert register[text].key == text


def _where(text: str) -> None:
    """Look a place up by its name."""
    with _NothingEscapes():
        place = tul.where(text, on=dt.date(2022, 6, 1))
        assert place.municipality in tul.municipalities


def _period(text: str) -> None:
    with _NothingEscapes():
        period = tul.Period.parse(text)
        assert tul.Period.parse(str(period)) == period


def _business_id(text: str) -> None:
    with _NothingEscapes():
        assert str(tul.BusinessId(text)) == text


def _text(text: str) -> None:
    _document(text)


def _tight(text: str) -> None:
    _document(text, TIGHT)


class _NothingEscapes(contextlib.AbstractContextManager[None]):
    """Allow only the library's own errors, which can be shown on any terminal."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        """Suppress an error of ours."""
        if isinstance(error, tul.InvalidValueError):
            assert error.findings
            _check_messages(error.findings)
        if isinstance(error, tul.TulevaisuusError):
            _check_visible(str(error))
        return isinstance(error, tul.TulevaisuusError)


def _check_messages(findings: Iterable[tul.Finding]) -> None:
    """Check that each finding has a message in each language."""
    for finding in findings:
        for language in LANGUAGES:
            _check_visible(finding.message(language))
        _check_visible(str(finding))


def _check_visible(text: str) -> None:
    """Check that a text has no control characters."""
    assert text.translate(BLANKS).isprintable(), ascii(text)


REGISTERS: dict[str, tul.Register[tul.Entity]] = {
    name: tul.Register(itertools.islice(register, ENOUGH))
    for name, register in tul.reference.registers().items()
}

TEXT_READERS: dict[str, Callable[[str], None]] = {
    "business-id": _business_id,
    "period": _period,
    "text": _text,
    "tight": _tight,
    "where": _where,
    "writer": write_with_faults,
}

BYTE_READERS: dict[str, Callable[[bytes], None]] = {
    "command": run_command,
    "lines": _lines,
    "pydantic": _model,
    "rows": _rows,
}
