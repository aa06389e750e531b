"""`read_csv`: the same entities and findings as `read_table`, row by row."""

import csv
import gzip
import io
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

import tulevaisuus as tul
from tests.exchange.tables import csv_bytes
from tulevaisuus.exchange import Dialect, read_csv, read_table, write_table
from tulevaisuus.exchange.csv_and_excel import streamed_csv_entities, streamed_csv_rows
from tulevaisuus.exchange.csv_and_excel.streamed_csv_entities import stream_csv
from tulevaisuus.exchange.formats_registry import ReadOptions
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats.limits import Limits

HEADERS = ("Tunnus", "Haun tunnus", "Hankkeen tunnus", "Tila", "Myönnetty")
ROW = ("g1", "shc-2021", "pirsote", "Myönnetty", "5,00")
HEAD = ";".join(HEADERS)


def rows_of(number: int, *, start: int = 1) -> Iterator[tuple[str, ...]]:
    """Make rows of grants, no two alike."""
    for each in range(start, start + number):
        yield (f"g{each}", *ROW[1:])


def streamed(
    data: bytes, limits: Limits | None = None, dialect: Dialect | None = None
) -> tuple[list[tul.Grant], list[Finding]]:
    """Read a table row by row; return the grants and the findings."""
    findings: list[Finding] = []
    made = read_csv(data, tul.Grant, findings.append, limits=limits, dialect=dialect)
    return list(made), findings


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read few rows at a time, and detect encoding and separator from few bytes."""
    monkeypatch.setattr(streamed_csv_entities, "_BATCH_SIZE", 3)
    monkeypatch.setattr(streamed_csv_entities, "_MAX_FOOTNOTES", 2)
    monkeypatch.setattr(streamed_csv_rows, "_HEAD_SIZE", 200)


def test_written_table_is_read(tmp_path: Path) -> None:
    """A table that we write, compressed or not, is read entity by entity."""
    grants = [attrs.evolve(each, notes=()) for each in tul.grants]
    for name in ("a.csv", "a.csv.gz"):
        write_table(tmp_path / name, iter(grants))
        assert list(read_csv(tmp_path / name, tul.Grant)) == grants


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize(
    "rows",
    [
        [("Avustukset 2021",), HEADERS, *rows_of(9), ("Yhteensä", "", "", "", "45,00")],
        [HEADERS, *rows_of(4), (), (), *rows_of(4, start=5), (), ("* ennakkotieto",)],
        [HEADERS, *rows_of(5), HEADERS, *rows_of(5, start=6)],
        [HEADERS, *rows_of(5), ("ei mitään tekstiä",), *rows_of(5, start=6)],
        [HEADERS, *rows_of(5), ("g9", "shc-2021", "pirsote", "Outo", "1,234"), *rows_of(2)],
        [HEADERS, ("g1", "shc-2021", "pirsote", "Haettu", "ei tiedossa", "", "Haettu")],
        [("Hanke", "Haku", "Päätös"), ("PirSOTE", "shc-2021", "Myönnetty")],
    ],
)
def test_same_findings_as_read_table(rows: list[tuple[str, ...]]) -> None:
    """Sums, headings, footnotes and wrong cells lead to the same entities and findings."""
    data = csv_bytes(*rows)
    reading = read_table(data, tul.Grant)
    grants, findings = streamed(data)
    known = {str(each): each.location for each in reading.findings if each.code != "TSK008"}
    assert {str(each): each.location for each in findings} == known
    assert {each.id: each for each in grants} == {
        each.id: each for each in reading.portfolio.grants
    }


@pytest.mark.usefixtures("small_batches")
def test_second_table_below_ends_reading() -> None:
    """Its rows are not read, and reported once."""
    other = ("Avustuksen saaja", "Myönnetty", "Päätöspäivä", "Tila")
    data = csv_bytes(HEADERS, *rows_of(9), other, *(("Turku", "5", "1.1.2021", "x"),) * 9)
    grants, findings = streamed(data)
    assert len(grants) == 9
    (error,) = [each for each in findings if each.severity is tul.Severity.ERROR]
    assert "11–" in error.message("en")


@pytest.mark.usefixtures("small_batches")
def test_late_column_without_a_header_is_reported_once() -> None:
    """The finding is at its first value."""
    long = [(*each, "x", "y") for each in rows_of(9, start=50)]
    _, findings = streamed(csv_bytes(HEADERS, *rows_of(20), *long))
    cells = [each.location.cell for each in findings if each.location and each.location.cell]
    assert cells == ["F22", "G22"]


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-8", "ä"), ("cp1252", "ä"), ("utf-8-sig", "ä")]
)
def test_encoding_is_detected_late(encoding: str, expected: str) -> None:
    """The first letter that is not ASCII may be far from the beginning."""
    plain = "id;call;project;status;case_number\n"
    body = "".join(f"g{each};shc-2021;pirsote;granted;x\n" for each in range(40))
    data = f"{plain}{body}h;shc-2021;pirsote;granted;ä\ni;shc-2021;pirsote;granted;ä\n"
    grants, _ = streamed(data.encode(encoding))
    assert [each.case_number for each in grants[-2:]] == [expected, expected]


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize(("first", "other"), [("ä".encode(), b"\xe4"), (b"\xe4", b"\x81")])
def test_later_letter_in_another_encoding_is_a_finding(first: bytes, other: bytes) -> None:
    """The row is rejected, and those after it are read."""
    lines = [b"id;call;project;status;case_number"]
    lines += [b"g%d;shc-2021;pirsote;granted;%b" % (each, first) for each in range(40)]
    lines += [b"h;shc-2021;pirsote;granted;%b" % other, b"i;shc-2021;pirsote;granted;x"]
    grants, findings = streamed(b"\n".join(lines))
    assert [each.id for each in grants[-2:]] == ["g39", "i"]
    (error,) = [each for each in findings if each.severity is tul.Severity.ERROR]
    assert (error.code, error.location and error.location.cell) == ("TSK006", "E42")
    error.message("fi").encode()  # what is shown can be printed


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"PK\x03\x04", "TSK001", "workbook"),
        (HEAD.encode("utf-16"), "TSK001", "UTF-16"),
        (b"a\x81;b\xe4", "TSK001", "neither"),
        (b"\n\n", "TSK001", "empty"),
        (b"a;b\n1;2", "TSK001", "headers"),
        (b'"a"x;"b"\n', "TSK001", "quotes"),
    ],
)
def test_other_data_is_a_finding(data: bytes, code: str, words: str) -> None:
    """Nothing of it is read."""
    grants, findings = streamed(data)
    assert not grants
    assert findings[-1].code == code
    assert words in findings[-1].message("en")


@pytest.mark.usefixtures("small_batches")
def test_unclosed_quotes_end_reading() -> None:
    """Rows before them are read."""
    body = "".join(f"{';'.join(each)}\r\n" for each in rows_of(30))
    data = f'{HEAD}\r\n{body}"g";"x"y;z\r\ng99;shc-2021;pirsote;granted;5\r\n'
    grants, findings = streamed(data.encode())
    assert len(grants) == 30
    assert findings[-1].location == tul.Location(row=32)
    cut = f'{HEAD}\r\n{body}g;shc-2021;"pir'
    assert "quotes" in streamed(cut.encode())[1][-1].message("en")


@pytest.mark.usefixtures("small_batches")
def test_quoted_cell_may_cross_batches() -> None:
    """The first part of a file may end within quotes."""
    long = ("g1", "shc-2021", "pirsote", "Myönnetty", "5,00", f'"{"rivi " * 100}\n"')
    grants, _ = streamed(csv_bytes((*HEADERS, "Lisätieto"), long))
    assert [each.id for each in grants] == ["g1"]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(bytes=300), "300"),
        (Limits(total=200), "200"),
        (Limits(lines=5), "5"),
    ],
)
def test_limits_apply(limits: Limits, words: str) -> None:
    """There are limits on each line, on all lines, and on rows."""
    rows = [*rows_of(8), ("g9", "shc-2021", "pirsote", "granted", "x" * 400)]
    _, findings = streamed(csv_bytes(HEADERS, *rows), limits)
    assert words in findings[-1].message("en")


def test_a_file_of_exactly_the_limit_is_read() -> None:
    """Lines are counted as in JSON Lines, including the headers."""
    data = csv_bytes(HEADERS, *rows_of(3))
    grants, findings = streamed(data, Limits(lines=4, total=len(data)))
    assert len(grants) == 3
    assert not any("more than" in each.message("en") for each in findings)


def test_damaged_archive_is_a_finding(tmp_path: Path) -> None:
    """Rows before the damage are read."""
    file = tmp_path / "a.csv.gz"
    file.write_bytes(gzip.compress(csv_bytes(HEADERS, *rows_of(3)))[:-20])
    with pytest.raises(tul.DocumentError) as caught:
        list(read_csv(file, tul.Grant))
    assert caught.value.findings[-1].code == "TSK001"


def test_the_dialect_may_be_given() -> None:
    """Encoding and separator can be given; the ``sep=`` line of Excel is respected, too."""
    table = "\n".join((HEAD, ";".join(ROW)))
    pipes = table.replace(";", "|").encode("utf-16")
    grants, _ = streamed(pipes, dialect=Dialect(encoding="utf-16", delimiter="|"))
    assert [each.id for each in grants] == ["g1"]
    hinted = ("sep=,\n" + table.replace(";", ",").replace("5,00", "5")).encode()
    assert streamed(hinted)[0][0].id == "g1"
    wrong = "Ä;b".encode("cp1252")
    assert "UTF-8" in streamed(wrong, dialect=Dialect(encoding="utf-8"))[1][-1].message("en")


def test_errors_are_raised_after_the_last_row() -> None:
    """It is so without ``on_problem``; notes alone are not errors."""
    read = read_csv(csv_bytes(HEADERS, *rows_of(2), ("g3",)), tul.Grant)
    assert [each.id for each in itertools.islice(read, 2)] == ["g1", "g2"]
    with pytest.raises(tul.DocumentError) as caught:
        list(read)
    assert {each.severity for each in caught.value.findings} >= {tul.Severity.NOTE}


def test_wrong_arguments_are_errors() -> None:
    """They are raised before anything is read."""
    with pytest.raises(TypeError, match="class"):
        read_csv(b"", str)  # type: ignore[type-var]
    with pytest.raises(TypeError, match="open for bytes"):
        read_csv(io.StringIO(""), tul.Grant)  # type: ignore[arg-type]
    with pytest.raises(tul.UnknownCodeError):
        read_csv(b"", tul.Grant, headers={"x": "none"})


def test_constants_and_ids_are_filled_in() -> None:
    """Templates may use the number of the row, or a field that is empty."""
    rows = (("Hankkeen tunnus", "Tila", "Asianumero"), ("a", "granted", "x"), ("b", "granted", ""))
    given = {"constants": {"call": "shc-2021"}}
    read: Callable[..., Iterator[tul.Grant]] = read_csv
    data = csv_bytes(*rows)
    assert [each.id for each in read(data, tul.Grant, ids="{project}-{row}", **given)] == [
        "a-2",
        "b-3",
    ]
    found: list[Finding] = []
    made = read(data, tul.Grant, ids="{case_number}", on_finding=found.append, **given)
    assert [each.id for each in made] == ["x"]


def test_headers_may_determine_the_class() -> None:
    """The command reads a table without a class so."""
    findings: list[Finding] = []
    grants = stream_csv(csv_bytes(HEADERS, ROW), ReadOptions(), findings.append)
    assert [type(each) for each in grants] == [tul.Grant]
    assert not list(stream_csv(csv_bytes(("Nimi", "x")), ReadOptions(), findings.append))
    assert "--as" in findings[-1].message("en")
    named = stream_csv(csv_bytes(HEADERS, ROW), ReadOptions(of=tul.Grant), findings.append)
    assert len(list(named)) == 1


@pytest.mark.proof
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Only some thousands of rows are in memory at once."""
    file = tmp_path / "big.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows([HEADERS, *rows_of(30_000)])
    made = read_csv(file, tul.Grant)
    next(made)
    with file.open("rb") as opened:
        counted = _Counted(opened)
        next(read_csv(counted, tul.Grant))  # type: ignore[arg-type]
    assert counted.bytes < file.stat().st_size
    assert sum(1 for _ in made) == 29_999


class _Counted:
    """A file that counts the bytes that are read."""

    def __init__(self, file: io.BufferedReader) -> None:
        """Wrap a file."""
        self.file = file
        self.bytes = 0

    def read(self, size: int = -1) -> bytes:
        """Read and count bytes."""
        block = self.file.read(size)
        self.bytes += len(block)
        return block


def test_findings_column_of_a_copy_is_ignored() -> None:
    """A copy of a table with its findings, saved as CSV, is read without them."""
    data = csv_bytes((*HEADERS, "Havainnot"), (*ROW, ""))
    grants, findings = streamed(data)
    assert [each.id for each in grants] == ["g1"]
    assert all(each.severity is tul.Severity.NOTE for each in findings)


def test_blank_rows_are_reported_in_the_same_order() -> None:
    """A table of one batch has the same findings in the same order in both readers."""
    data = csv_bytes(
        HEADERS, *rows_of(2), (), *rows_of(2, start=3), (), ("Yhteensä", "", "", "", "9")
    )
    found = streamed(data)[1]
    assert found == list(read_table(data, tul.Grant).findings)
    assert [each.location.row for each in found if each.location][1:] == [4, 8]
