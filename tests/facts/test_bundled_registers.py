"""The bundled facts: valid, complete, sourced, and free of personal data."""

import datetime as dt
import itertools
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

import tulevaisuus as tul
from tests.helpers import found, read_text, run_python
from tulevaisuus.facts import bundled_registers
from tulevaisuus.facts.facts_version import FACTS_VERSION
from tulevaisuus.model.field_types import ListOf, Ref
from tulevaisuus.model.value import fields_of

FILES = {file.stem: file.read_bytes() for file in Path("src/tulevaisuus/facts/data").iterdir()}
REGISTERS = {name: register for name, register in tul.reference.registers().items() if register}
ENTITIES: dict[str, tuple[tul.Entity, ...]] = {
    "programme": (tul.programme,),
    **{name: tuple(register) for name, register in REGISTERS.items()},
}

COUNTS = {
    "goals": 5,
    "services": 8,
    "themes": 36,
    "goal_links": 45,
    "regions": 24,
    "municipalities": 311,
    "areas": 10,
    "hospital_districts": 21,
    "organisations": 44,
    "calls": 6,
    "projects": 22,
    "grants": 45,
    "bodies": 13,
    "roles": 17,
    "posts": 5,
    "initiatives": 6,
    "cooperation_goals": 5,
    "cost_categories": 12,
    "maakunnat": 19,
    "sources": 172,
}


def test_the_version_is_the_day_of_the_newest_file() -> None:
    """No source in the files was read after the day of the facts, which is not in the future."""
    sources = cast("list[dict[str, str]]", bundled_registers.raw_facts("sources"))
    newest = max(each["read_on"] for each in sources if "read_on" in each)
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)  # it is early in Finland
    assert newest <= FACTS_VERSION.isoformat() <= tomorrow.isoformat()


def values_in(value: object) -> Iterator[tul.Value]:
    """Yield a value and everything that it contains."""
    if isinstance(value, tul.Value):
        yield value
        for name in fields_of(type(value)):
            yield from values_in(getattr(value, name))
    elif isinstance(value, tuple | frozenset):
        for each in cast("tuple[object, ...]", value):
            yield from values_in(each)


def references_in(value: tul.Value) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the references of one value: the registers of the key, and the key."""
    for name, spec in fields_of(type(value)).items():
        field_type = spec.type.item if isinstance(spec.type, ListOf) else spec.type
        keys = getattr(value, name)
        if isinstance(field_type, Ref) and keys is not None:
            keys = (keys,) if isinstance(keys, str) else keys
            yield from ((field_type.registers, key) for key in keys)


@pytest.mark.parametrize("name", FILES)
def test_file_is_read_without_findings(name: str) -> None:
    """The facts are documents, and read as strictly as any other."""
    assert found(read_text(FILES[name]).findings) == []


@pytest.mark.parametrize("name", FILES)
def test_file_has_its_register_only(name: str) -> None:
    """Regions are in ``regions.json``, and nothing else is."""
    assert list(json.loads(FILES[name])) == ["format", "format_version", name]
    assert FILES[name].endswith(b"}\n")


def test_each_register_has_a_file() -> None:
    """Every register of the package has its file, and so has the programme."""
    assert set(FILES) == {"programme", *COUNTS}


@pytest.mark.parametrize("name", COUNTS)
def test_registers_are_complete(name: str) -> None:
    """Each register has as many entities as the tables that it was made from."""
    assert len(REGISTERS[name]) == COUNTS[name]


def test_the_22_regions_of_the_programme() -> None:
    """21 counties and the City of Helsinki take part, HUS and Åland do not."""
    numbers = [f"{number:02d}" for number in range(1, 22)]
    assert [each.code for each in tul.regions if each.in_programme] == [*numbers, "90"]
    assert [each.code for each in tul.regions if each.in_programme is False] == ["HUS", "91"]
    assert [each.code for each in tul.regions if each.kind is tul.RegionKind.COUNTY] == numbers


@pytest.mark.parametrize(
    ("year", "count"),
    [(2020, 310), (2021, 309), (2022, 309), (2023, 309), (2024, 309), (2025, 308), (2026, 308)],
)
def test_municipalities_of_a_year(year: int, count: int) -> None:
    """The number of municipalities on 1 June is the official one."""
    assert len(tul.municipalities.on(dt.date(year, 6, 1))) == count


@pytest.mark.parametrize(
    ("name", "fields", "expected"),
    [
        pytest.param("05", ("sv", "en"), ("Egentliga Finland", "Southwest Finland"), id="Varha"),
        pytest.param("90", ("sv", "en"), ("Helsingfors", "Helsinki"), id="Helsinki"),
    ],
)
def test_names_in_three_languages(
    name: str, fields: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    """Regions have their official names."""
    assert tuple(tul.regions[name].name.get(field) for field in fields) == expected


@pytest.mark.parametrize("name", [name for name in ENTITIES if name != "sources"])
def test_alias_has_sources(name: str) -> None:
    """An alias without a source could be invented."""
    aliases = [each for entity in ENTITIES[name] for each in getattr(entity, "aliases", None) or ()]
    assert [each for each in aliases if not each.sources] == []


@pytest.mark.parametrize("name", [name for name in ENTITIES if name != "sources"])
def test_fact_has_sources(name: str) -> None:
    """Every entity except sources lists where it was read."""
    assert [entity.key for entity in ENTITIES[name] if not entity.sources] == []


@pytest.mark.parametrize("name", ENTITIES)
def test_every_reference_exists(name: str) -> None:
    """Each code and id in a fact, also of sources, is that of another fact."""
    dangling = [
        key
        for entity in ENTITIES[name]
        for value in values_in(entity)
        for registers, key in references_in(value)
        if not any(key in REGISTERS[register] for register in registers)
    ]
    assert dangling == []


def test_references_are_found_at_every_depth() -> None:
    """The helper finds references in nested values."""
    seen = {
        registers
        for entity in itertools.chain.from_iterable(ENTITIES.values())
        for value in values_in(entity)
        for registers, _ in references_in(value)
    }
    assert {("sources",), ("regions",), ("services", "themes"), ("organisations",)} <= seen


@pytest.mark.parametrize("name", ENTITIES)
def test_note_is_on_a_field(name: str) -> None:
    """A note names a field of its entity."""
    for entity in ENTITIES[name]:
        assert {note.field for note in entity.notes} <= set(fields_of(type(entity))), entity.key


def test_unofficial_language_has_a_text() -> None:
    """A language that is marked as unofficial is there."""
    texts = [
        value
        for entity in itertools.chain.from_iterable(ENTITIES.values())
        for value in values_in(entity)
        if isinstance(value, tul.Text)
    ]
    assert any(text.unofficial for text in texts)
    for text in texts:
        assert all(getattr(text, language) for language in text.unofficial), text


def test_rounded_amount_has_its_unit() -> None:
    """An amount that is rounded has the unit of rounding, and no other has one."""
    amounts = [
        *((each.precision, each.rounded_to_eur) for each in tul.grants),
        *((each.granted_precision, each.granted_rounded_to_eur) for each in tul.calls),
        *((each.maximum_precision, each.maximum_rounded_to_eur) for each in tul.calls),
    ]
    assert len([each for each in amounts if any(each)]) > 10
    for precision, rounded_to in amounts:
        assert (precision in {None, tul.Precision.EXACT}) == (rounded_to is None)


def test_grants_of_unknown_amount() -> None:
    """Every project has a grant of each call of the programme, most of unknown amount.

    Only the project of Itä-Savo ended before the second call.
    """
    granted = {
        (each.project, each.call) for each in tul.grants if each.status is tul.GrantStatus.GRANTED
    }
    calls = [each.id for each in tul.calls if each.kind is tul.CallKind.PROGRAMME]
    expected = set(itertools.product(tul.projects.keys(), calls)) - {("ita-savo", "shc-2021")}
    assert granted == expected
    assert len([each for each in tul.grants if each.amount_eur is not None]) == 10


def test_known_amounts() -> None:
    """The grant of Varsinais-Suomi is known to the euro in 2021, and rounded in 2020."""
    exact, rounded = tul.grants["vs-2021"], tul.grants["vs-2020"]
    assert (exact.amount_eur, exact.rounded_to_eur) == (Decimal(11_180_062), None)
    assert (rounded.amount_eur, rounded.rounded_to_eur) == (Decimal(5_500_000), Decimal(100_000))
    assert exact.precision is tul.Precision.EXACT
    assert rounded.precision is tul.Precision.ROUNDED
    assert exact.usable == tul.Period.appropriation(2021, years=3)


def test_superseded_deadline_is_kept() -> None:
    """The call of 2020 was to close in March and closed in April: both are in the facts."""
    call = tul.calls["shc-2020"]
    assert call.announced_deadline == dt.date(2020, 3, 31)
    assert call.application_period == tul.Period.parse("20.1.–30.4.2020")
    assert call.cost_period == tul.Period(end=dt.date(2022, 12, 31))


def test_merged_municipality_has_a_successor() -> None:
    """Each municipality that ends names one that continues, in the same region."""
    ended = [each for each in tul.municipalities if each.valid]
    assert {each.name.fi for each in ended} == {"Honkajoki", "Pertunmaa", "Valtimo"}
    for each in ended:
        assert each.successor is not None
        assert tul.municipalities[each.successor].valid is None
        assert tul.municipalities[each.successor].region == each.region


def test_collaborative_areas_and_regions_agree() -> None:
    """The collaborative area of a region lists it, and lists no other region."""
    listed = {
        (code, area.code)
        for area in tul.areas
        if area.kind is tul.AreaKind.COLLABORATIVE
        for code in area.regions or ()
    }
    stated = {
        (each.code, each.collaborative_area) for each in tul.regions if each.collaborative_area
    }
    assert listed == stated
    assert len(stated) == 23


@pytest.mark.parametrize("name", [name for name in REGISTERS if hasattr(ENTITIES[name][0], "name")])
def test_entity_is_found_by_its_names(name: str) -> None:
    """The name of an entity, in any language and case, finds this entity only."""
    shared = {
        "matkakustannukset",
        "resekostnader",
    }  # the decrees of both calls list travel under one name
    for entity in ENTITIES[name]:
        texts = cast("tul.Text", getattr(entity, "name", None)).wordings()
        for text in (text for text in texts if text not in shared):
            assert REGISTERS[name].find(text) is entity
            assert REGISTERS[name].find(text.upper()) is entity


IDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODES = re.compile(r"[a-z]+(_[a-z0-9]+)*")


@pytest.mark.parametrize(
    "name",
    [name for name in ENTITIES if ENTITIES[name][0].key_fields == ("id",)],
)
def test_ids_are_ascii(name: str) -> None:
    """Ids of bundled entities are lower-case ASCII words joined by hyphens."""
    assert [each.key for each in ENTITIES[name] if not IDS.fullmatch(str(each.key))] == []


@pytest.mark.parametrize("name", ["services", "themes", "roles", "cost_categories"])
def test_codes_are_ascii(name: str) -> None:
    """Codes of contents, roles and costs are lower-case ASCII words joined by underscores."""
    codes = [str(getattr(each, each.key_fields[-1])) for each in REGISTERS[name]]
    assert [code for code in codes if not CODES.fullmatch(code)] == []


def test_services_and_themes_share_a_namespace() -> None:
    """No code is both a service and a theme."""
    assert not tul.services.keys() & tul.themes.keys()


ALL_TEXT = "\n".join(content.decode() for content in FILES.values())


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"[\w.+-]+(@|\(at\)|\[at\])[\w-]+", id="e-mail address"),
        pytest.param(r"\+358[\s\d]", id="international telephone number"),
        pytest.param(r"\b0\d{1,2}[ -]\d{3,4}[ -]?\d{2,4}\b", id="telephone number"),
        pytest.param(r"\b0(40|44|45|50|29)\d{6,7}\b", id="telephone number without blanks"),
        pytest.param(r'(?i)"holder":|\bpuh\.|\btel\.|\btfn\b', id="words beside personal data"),
        pytest.param(r"\b\d{6}[-+A]\d{3}[0-9A-Z]\b", id="personal identity code"),
    ],
)
def test_no_personal_data(pattern: str) -> None:
    """The facts have no e-mail address, phone number or holder of a post."""
    assert re.search(pattern, ALL_TEXT) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"[\w.+-]+(@|\(at\)|\[at\])[\w-]+", "etunimi.sukunimi(at)thl.fi"),
        (r"\b0\d{1,2}[ -]\d{3,4}[ -]?\d{2,4}\b", "029 524 6000"),
    ],
)
def test_patterns_find_personal_data(pattern: str, text: str) -> None:
    """The patterns of the test above match examples."""
    assert re.search(pattern, text)


def test_no_post_has_a_holder() -> None:
    """Removing personal data changes nothing in the facts."""
    assert tul.reference.without_personal_data() == tul.reference
    assert all(post.holder is None for post in tul.posts)


WATCHING = """
import json
import tulevaisuus as tul
from tulevaisuus.facts import bundled_registers

keys, raw_facts = [], bundled_registers.raw_facts

def watched(key):
    keys.append(key)
    return raw_facts(key)

def read_by(expression, *given):
    before = len(keys)
    expression(*given)
    return keys[before:]

bundled_registers.raw_facts = watched
"""
"""Code that records, in a new interpreter, which facts are read."""


def test_register_reads_only_its_file() -> None:
    """A register is read at first use, once, and no other with it."""
    code = f"""{WATCHING}
read = {{}}
for name in {list(COUNTS)}:
    read[name] = [read_by(getattr, tul, name)]
    read[name] += [read_by(len, getattr(tul, name)) for _ in range(2)]
print(json.dumps(read))
"""
    assert json.loads(run_python(code)) == {name: [[], [name], []] for name in COUNTS}


def test_reference_reads_registers_at_first_use() -> None:
    """Reading `reference` loads the programme, but no register."""
    code = f"{WATCHING}print(read_by(lambda: tul.reference.registers()))"
    assert run_python(code) == "['programme']"


def test_region_is_found_without_other_files() -> None:
    """Neither municipalities nor any other facts are read for one region."""
    code = f"""{WATCHING}print(read_by(lambda: tul.regions["05"].name.sv))"""
    assert run_python(code) == "['regions']"


def test_raw_facts_keep_their_digits() -> None:
    """A file can be read as plain data, in which amounts are decimals."""
    raw = cast("list[dict[str, object]]", bundled_registers.raw_facts("grants"))
    assert [each["id"] for each in raw] == list(tul.grants.keys())
    assert not any(isinstance(value, float) for each in raw for value in each.values())
