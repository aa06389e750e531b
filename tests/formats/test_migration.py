"""Documents of other versions: golden files of each release, and the chain of migrations."""

import copy
import json
import re
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import document, found, read_text
from tests.properties.test_documents import JSON, MEMBERS
from tulevaisuus import formats
from tulevaisuus.formats.format_version import MIGRATIONS, Document, migrate
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.value import fields_of

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
FILES = sorted(GOLDEN.glob("*.json"))
NEWEST = tul.load(GOLDEN / f"{tul.FORMAT_VERSION}.json")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_released_version_is_read(file: Path) -> None:
    """What a release has written is read by all later ones, without a finding."""
    reading = tul.read(file)
    assert reading.findings == ()
    assert reading.portfolio == NEWEST
    assert json.loads(file.read_text("utf-8"))["format_version"] == file.stem


def test_newest_golden_file_is_what_is_written() -> None:
    """Not a byte of the format changes without a new version number."""
    assert tul.dumps(NEWEST) == (GOLDEN / f"{tul.FORMAT_VERSION}.json").read_text("utf-8")


def test_newest_golden_file_has_every_field() -> None:
    """A field that is added, renamed or removed fails this test."""
    entities = [NEWEST.programme, *(next(iter(each)) for each in NEWEST.registers().values())]
    assert [type(entity) for entity in entities] == [tul.Programme, *REGISTERS.values()]
    for entity in entities:
        assert entity is not None
        assert entity.set_fields().keys() == fields_of(type(entity)).keys()


def _renamed(old: Document) -> Document:
    """Migrate from 0.9, in which grants were called subsidies, to 1.0."""
    return {"grants" if name == "subsidies" else name: value for name, value in old.items()}


def _in_euros(old: Document) -> Document:
    """Migrate from 0.8, in which amounts were in thousands of euros, to 0.9."""
    return {**old, "subsidies": [_one_in_euros(each) for each in _list(old.get("subsidies"))]}


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _one_in_euros(old: object) -> object:
    if not isinstance(old, dict):
        return old
    new = dict(cast("Document", old))
    thousands = new.pop("thousands", None)
    return {**new, "amount_eur": thousands * 1000} if isinstance(thousands, int) else new


@pytest.fixture(autouse=True, scope="module")
def older() -> object:
    """Add two older versions to the chain of migrations."""
    MIGRATIONS.update({"0.8": ("0.9", _in_euros), "0.9": ("1.0", _renamed)})
    yield None
    MIGRATIONS.clear()


OLD = {"id": "g1", "call": "shc-2021", "project": "p1", "status": "granted", "thousands": 5}
NEW = document(
    grants=[{**{name: OLD[name] for name in OLD if name != "thousands"}, "amount_eur": 5000}]
)


def test_older_document_is_read() -> None:
    """All migrations are applied."""
    old = document(format_version="0.8", subsidies=[OLD])
    assert read_text(old) == read_text(NEW)
    assert tul.loads(old) == tul.loads(NEW) == formats.structure(json.loads(old), tul.Portfolio)
    assert '"format_version": "1.0"' in tul.dumps(tul.loads(old))


def test_document_is_migrated_from_its_own_version() -> None:
    """Migrations of earlier versions are not applied."""
    text = document(format_version="0.9", subsidies=[{**OLD, "thousands": 5}])
    assert found(read_text(text).findings) == ["TSK004 /grants/0/thousands"]


def test_findings_on_an_older_document() -> None:
    """Paths are those of the newest version; findings on the text come first."""
    text = document(format_version="0.8", subsidies=[5, {**OLD, "x": "?"}], later=1)
    twice = text.replace('"x": "?"', '"x": 1, "x": NaN')
    assert found(read_text(twice).findings) == [
        "TSK001",
        "TSK001 /subsidies/1/x",
        "TSK002 /grants/0",
        "TSK004 /grants/1/x",
        "TSK004 /later",
    ]


def test_versions_before_the_oldest_are_rejected() -> None:
    """The message names the oldest version that can be read."""
    (finding,) = read_text(document(format_version="0.7")).findings
    assert (finding.code, finding.path) == ("TSK007", "/format_version")
    assert re.search(r"0\.7 .* 0\.8$", finding.message("en"))


VERSIONS: list[object] = ["0.8", "0.9", "1.0", "1.1", "0.7", "2.0", "", 0.8, None, [], {}]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Generate documents of any version, valid or not."""
    subsidies: list[object] = draw(st.lists(st.just(OLD) | JSON, max_size=3))
    version = draw(st.sampled_from(VERSIONS))
    return {**draw(MEMBERS), "format_version": version, "subsidies": subsidies}


@pytest.mark.proof
@given(documents())
def test_migration_is_idempotent(old: Document) -> None:
    """A second migration changes nothing, and the argument is not modified."""
    before = copy.deepcopy(old)
    new = migrate(old)
    assert repr(old) == repr(before)
    assert migrate(new) is new
    assert (new is old) == (before["format_version"] not in ("0.8", "0.9"))
    assert new["format_version"] == ("1.0" if new is not old else old["format_version"])


@pytest.mark.proof
@given(documents())
def test_any_older_document_leads_to_findings_only(old: Document) -> None:
    """No exception is raised, whatever the version."""
    reading = read_text(json.dumps({"format": "tulevaisuus", **old}))
    assert found(reading.findings) or reading.ok
