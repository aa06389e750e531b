"""Reading and writing any tables."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import found
from tests.properties.test_documents import ENTITIES
from tulevaisuus import testing
from tulevaisuus.exchange import read_csv, read_table, write_table

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["g1", "shc-2021", "PirSOTE", "Myönnetty", "1,234", "44551", "Yhteensä", ""]),
    st.dates().map(dt.date.isoformat),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
)
HEADERS = st.sampled_from(
    ["Tunnus", "Haku", "Hanke", "Tila", "Määrä", "Käyttöaika", "Y-tunnus", "Päättyy", "Huom"]
)

HEADERS_ALL = ["Tunnus", "Haku", "Hanke", "Tila", "Määrä", "Käyttöaika"]


@given(ENTITIES, st.sampled_from(["csv", "xlsx"]), st.sampled_from(["fi", "sv", "en"]))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_entity_is_read_back_or_rejected(
    entity: tul.Entity, ending: str, language: str
) -> None:
    """What is written is read back equal; what a table would lose is rejected and named."""
    if isinstance(entity, tul.Programme):
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"table.{ending}"
        try:
            write_table(file, [entity], language=language)
        except tul.InvalidValueError as error:
            rejected = found(error.findings)
        else:
            rejected = []
        assert file.exists() == (not rejected)
        if rejected:
            return
        reading = read_table(file, type(entity))
        assert list(reading.portfolio.registers()[entity.plural]) == [entity]


@pytest.mark.parametrize(
    "entities",
    [
        testing.grants(notes=()),
        testing.projects(notes=(), administrations=None),
        testing.organisations(notes=(), external_ids=()),
        testing.centres(notes=()),
    ],
    ids=["grants", "projects", "organisations", "centres"],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@given(data=st.data())
@settings(max_examples=25)
def test_own_entities_are_read_back(
    entities: st.SearchStrategy[tul.Entity], ending: str, data: st.DataObject
) -> None:
    """Grants, projects, organisations and centres without lists of objects are never rejected."""
    made = [*tul.Register(data.draw(st.lists(entities, min_size=1, max_size=3, unique_by=by_key)))]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"table.{ending}"
        write_table(file, made)
        reading = read_table(file, type(made[0]))
        assert [*reading.portfolio.registers()[made[0].plural]] == made
        assert reading.ok


def by_key(entity: tul.Entity) -> object:
    """Return the key of an entity."""
    return entity.key


@given(st.lists(st.lists(st.one_of(CELLS, HEADERS), max_size=6), max_size=6), st.booleans())
def test_any_table_is_read(rows: list[list[str]], known: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever is in a table: entities, or findings with a location, and never an exception."""
    headers = ["Tunnus", "Haku", "Hanke", "Tila", "Määrä", "Päätöspäivä"]
    lines = [";".join(row) for row in ([headers, *rows] if known else rows)]
    data = "\n".join(lines).encode(errors="surrogatepass")
    reading = read_table(data, tul.Grant)
    assert found(reading.findings) is not None
    assert all(finding.location for finding in reading.findings)
    assert not (reading.ok and reading.rejected)
    assert isinstance(tul.check(reading), tul.Report)


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    """Bytes that are not a table are findings."""
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"sep=;\n"):
        assert found(read_table(start + data, tul.Grant).findings)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=12), st.booleans())
@example(rows=[["0"], [""], ["0"]], known=False)  # blank rows are counted at the end
def test_reading_row_by_row_equals_reading_as_a_whole(
    rows: list[list[str]],
    known: bool,  # noqa: FBT001 - generated
) -> None:
    """`read_csv` yields the entities of `read_table`, and has its findings, in any order."""
    headers = ["Tunnus", "Haun tunnus", "Hankkeen tunnus", "Tila", "Määrä", "Huom"]
    table = [[HEADERS_ALL, headers][known], *rows]
    data = "\n".join(";".join(each) for each in table).encode()
    reading = read_table(data, tul.Grant)
    findings: list[tul.Finding] = []
    made = list(read_csv(data, tul.Grant, findings.append))
    of_all = found(each for each in reading.findings if each.code != "TSK008")
    assert sorted(found(findings)) == sorted(of_all)
    assert {each.id for each in made} == {*reading.portfolio.grants.keys()}
