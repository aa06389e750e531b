"""`check` on any document: findings are ordered, located, and only on recorded values."""

import copy
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, cast

from hypothesis import example, given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import document, read_text
from tulevaisuus.findings import LANGUAGES, json_pointers
from tulevaisuus.model.portfolio import REGISTERS

FAMILIES = sorted({rule.code[:4] for rule in tul.rulebook})
COMPARING = ["TSK304", "TSK305", "TSK306", "TSK408", "TSK409", "TSK602"]
"""Rules that compare entities with those before them, so that the order of a document counts."""

Registers = dict[str, Any]


def days() -> st.SearchStrategy[str]:
    """Generate a day on which a period begins or ends, or the day after."""
    return st.sampled_from(
        [
            *("2019-12-31", "2020-01-01", "2020-06-29", "2020-12-31", "2021-01-01", "2021-06-30"),
            *("2021-07-01", "2021-12-20", "2022-07-01", "2022-12-31", "2023-01-01", "2023-12-31"),
            "2024-01-01",
        ]
    )


def periods() -> st.SearchStrategy[dict[str, str]]:
    """Generate a period, with one of its bounds or with both."""
    both = st.lists(days(), min_size=2, max_size=2).map(sorted)
    closed = both.map(lambda bounds: {"start": bounds[0], "end": bounds[1]})
    start = days().map(lambda day: {"start": day})
    end = days().map(lambda day: {"end": day})
    return closed | start | end


def some(*values: object) -> st.SearchStrategy[list[object]]:
    """Generate a list of a few of these."""
    return st.lists(st.sampled_from(values), max_size=3, unique=True)


IDS = st.sampled_from(["a", "b", "varsinais-suomi", "pirsote", "vs-2020", "vs-2021"])
ORGANISATIONS = st.sampled_from(["turku", "vsshp", "helsinki", "county-05", "thl", "stm", "x"])
NAME = st.just({"fi": "Esimerkki"})
AMOUNTS = st.sampled_from([1, 0.01, 5500000, 70000000, 141000000, 500000000])
CODES = st.sampled_from(["05", "06", "90", "91", "HUS", "1", "x"])
SERVICES = some(*tul.ServiceCode)

ADMINISTRATIONS = st.fixed_dictionaries(
    {"organisation": ORGANISATIONS}, optional={"period": periods()}
)
PROJECTS = st.fixed_dictionaries(
    {"id": IDS, "name": NAME, "regions": st.lists(CODES, max_size=2, unique=True)},
    optional={
        "administrations": st.lists(ADMINISTRATIONS, max_size=3, unique_by=json.dumps),
        "participants": st.lists(ORGANISATIONS, max_size=2, unique=True),
        "period": periods(),
        "goals": some(1, 2, 3, 4, 5),
        "services": SERVICES,
        "themes": some("digital", "access_to_care", "psychosocial_methods", "x"),
    },
)
GRANTS = st.fixed_dictionaries(
    {
        "id": IDS,
        "call": st.sampled_from(["shc-2020", "shc-2021", "yta-2021", "kotona-2021", "x"]),
        "project": IDS,
        "status": st.sampled_from(tul.GrantStatus),
    },
    optional={
        "recipient": ORGANISATIONS,
        "amount_eur": AMOUNTS,
        "precision": st.sampled_from(tul.Precision),
        "rounded_to_eur": AMOUNTS,
        "applied_on": days(),
        "decided_on": days(),
        "announced_on": days(),
        "usable": periods(),
        "own_contribution_eur": st.just(0) | AMOUNTS,
    },
)
CENTRES = st.fixed_dictionaries(
    {"id": IDS, "name": NAME, "region": CODES},
    optional={
        "municipality": st.sampled_from(["853", "911", "099", "541", "x"]),
        "opened_on": days(),
        "services": SERVICES,
        "languages": some("fi", "sv", "en"),
    },
)
POSTS = st.fixed_dictionaries(
    {
        "id": IDS,
        "role": st.sampled_from(
            ["regional_coordinator", "secretary_general", "project_manager", "x"]
        ),
    },
    optional={
        "organisation": ORGANISATIONS,
        "area": st.sampled_from(["TYKS", "2", "x"]),
        "seat": st.sampled_from(["853", "911", "x"]),
        "project": IDS,
        "period": periods(),
        "holder": st.just("Etunimi Sukunimi"),
    },
)
PROGRAMMES = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "shc"]), "name": NAME},
    optional={"period": periods(), "goals": some(1, 2, 3, 4, 5), "owner": ORGANISATIONS},
)


def listed(entities: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Generate a few entities, each with its own id."""
    return st.lists(entities, max_size=4, unique_by=lambda entity: entity["id"])


def registers() -> st.SearchStrategy[Registers]:
    """Generate the registers of a document that is valid to read, whatever the rules find."""
    return st.fixed_dictionaries(
        {},
        optional={
            "posts": listed(POSTS),
            "centres": listed(CENTRES),
            "programme": PROGRAMMES,
            "grants": listed(GRANTS),
            "projects": listed(PROJECTS),
        },
    )


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | days(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Return the paths of the values within a value."""
    members: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        members = cast("dict[str, object]", value).items()
    elif isinstance(value, list):
        members = enumerate(cast("list[object]", value))
    for key, inner in members:
        yield (*path, key)
        yield from places(inner, (*path, key))


def at(value: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value at a path."""
    for key in path:
        value = value[key]
    return value


@st.composite
def damaged(draw: st.DrawFn) -> Registers:
    """Generate registers with invalid values in a few places."""
    made = copy.deepcopy(draw(registers()))
    for _ in range(draw(st.integers(1, 3))):
        known = [*places(made)]
        if known:
            path = draw(st.sampled_from(known))
            at(made, path[:-1])[path[-1]] = draw(JUNK)
    return made


def check_all(made: Registers) -> tul.Report:
    """Check a document with all rules, also with those on request."""
    return tul.check(read_text(document(**made)), select=FAMILIES)


def pointed_at(made: Registers, finding: tul.Finding) -> object:
    """Return the entity at the path of a finding."""
    name, *rest = json_pointers.split(finding.path)
    return made[name] if name == "programme" else made[name][int(rest[0])]


def reported(report: tul.Report) -> Counter[tuple[str, str]]:
    """Count findings other than notes, by code and entity."""
    return Counter((each.code, each.subject) for each in (*report.errors, *report.warnings))


@given(registers() | damaged())
def test_any_document_is_checked(made: Registers) -> None:
    """No exception is raised; each finding has messages, and can be hashed and written."""
    report = check_all(made)
    for finding in report.findings:
        assert hash(finding) == hash(copy.copy(finding))
        for language in LANGUAGES:
            assert finding.message(language)
    assert len(json.loads(report.to_json())["findings"]) == report.count()
    assert report.ok == (not report.errors)


@given(registers())
def test_findings_have_existing_paths(made: Registers) -> None:
    """In a document that is valid to read, each path leads to a value, or into its entity."""
    for finding in check_all(made).findings:
        entity = pointed_at(made, finding)
        assert isinstance(entity, dict)
        assert finding.subject.split(" ")[1] == entity["id"]
        path = json_pointers.split(finding.path)
        field = path[1:] if path[0] == "programme" else path[2:]
        assert not field or field[0] in entity


@given(damaged())
def test_paths_are_those_of_the_original(made: Registers) -> None:
    """Beside rejected entities, each finding of a rule is at the entity that it names."""
    reading = read_text(document(**made))
    for finding in tul.check(reading).findings:
        if finding not in reading.findings:
            entity = pointed_at(made, finding)
            assert isinstance(entity, dict)
            assert finding.subject.split(" ", 1)[1] == entity["id"]


@given(registers() | damaged())
def test_findings_are_in_the_order_of_documents(made: Registers) -> None:
    """They are sorted by register, then by entity, whatever the order of members is."""
    turns = ["programme", *REGISTERS]
    ranks: list[tuple[int, int]] = []
    for finding in check_all(made).findings:
        name, place, *_ = (*json_pointers.split(finding.path), "", "")
        turn = turns.index(name) if name in turns else -1
        ranks.append((turn, int(place) if name in REGISTERS and place.isdecimal() else 0))
    assert ranks == sorted(ranks)


@given(registers() | damaged(), st.integers(0, 5))
def test_limit_changes_no_count(made: Registers, limit: int) -> None:
    """A report with a limit lists the first findings and counts all of them."""
    reading = read_text(document(**made))
    every, capped = tul.check(reading), tul.check(reading, limit=limit)
    assert capped.findings == every.findings[:limit]
    assert capped.omitted + len(capped.findings) == every.count()
    assert (capped.counts, capped.ok, capped.skipped) == (every.counts, every.ok, every.skipped)


@given(registers() | damaged())
def test_rules_do_not_depend_on_each_other(made: Registers) -> None:
    """Checking family by family finds the same as all rules together."""
    reading = read_text(document(**made))
    apart: Counter[tul.Finding] = Counter()
    for family in FAMILIES:
        apart += Counter(tul.check(reading, select=family).findings)
        apart -= Counter(reading.findings)
    assert apart + Counter(reading.findings) == Counter(check_all(made).findings)


@given(registers())
def test_portfolio_and_its_document_have_the_same_report(made: Registers) -> None:
    """Writing and reading a portfolio does not change the findings."""
    portfolio = tul.loads(document(**made))
    assert tul.check(portfolio) == tul.check(read_text(tul.dumps(portfolio)))


@given(registers())
def test_check_has_no_side_effects(made: Registers) -> None:
    """A second check gives the same report."""
    reading = read_text(document(**made))
    assert tul.check(reading) == tul.check(reading)


@given(registers())
def test_order_matters_only_where_entities_are_compared(made: Registers) -> None:
    """The reversed document has the same errors, except those of comparing rules."""
    turned = {
        name: entity if name == "programme" else [*reversed(entity)]
        for name, entity in made.items()
    }
    one, other = (
        tul.check(read_text(document(**each)), ignore=COMPARING) for each in (made, turned)
    )
    assert reported(one) == reported(other)
    assert one.counts == other.counts


BOUNDS = ("start", "end")


@st.composite
def chains(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Generate administrations in the order of time, with and without gaps."""
    generated = sorted(draw(st.sets(days(), min_size=4, max_size=8)))
    return [
        {
            "organisation": draw(ORGANISATIONS),
            "period": {"start": generated[place], "end": generated[place + 1]},
        }
        for place in range(0, len(generated) - 1, 2)
    ]


@given(chains(), st.sets(st.integers(0, 7)))
@example(
    [
        {"organisation": "turku", "period": {"start": "2020-01-01", "end": "2022-12-31"}},
        {"organisation": "county-05", "period": {"start": "2023-01-01", "end": "2023-12-31"}},
    ],
    {1, 2},
)
def test_administrations_of_unknown_dates_break_no_rule(
    listed: list[dict[str, Any]], cleared: set[int]
) -> None:
    """Whichever dates are left unset, no rule finds more; only equal elements are an error."""
    less = copy.deepcopy(listed)
    for place, administration in enumerate(less):
        period = administration.pop("period", {})
        for turn, side in enumerate(BOUNDS):
            if 2 * place + turn in cleared:
                period.pop(side, None)
        if period:
            administration["period"] = period
    project = {"id": "a", "name": {"fi": "Esimerkki"}, "regions": ["05"]}
    complete, partial = (
        check_all({"projects": [{**project, "administrations": each}]}) for each in (listed, less)
    )
    assert set(reported(partial)) - {("TSK008", "project a")} <= set(reported(complete))


@given(registers(), st.data())
def test_unset_dates_break_no_rule(made: Registers, data: st.DataObject) -> None:
    """Leaving a date unset adds no error and no warning, unless two elements become equal.

    It is not so for administrations, which TSK408 takes in the order of the list where dates are
    unknown: the test above has them in the order of time.
    """
    known = [path for path in places(made) if path[-1] in BOUNDS]
    if not known:
        return
    path = data.draw(st.sampled_from(known))
    less = copy.deepcopy(made)
    period = at(less, path[:-1])
    del period[path[-1]]
    if not period:
        del at(less, path[:-2])[path[-2]]
    found = set(reported(check_all(less))) - set(reported(check_all(made)))
    assert [each for each in found if each[0] not in {"TSK008", "TSK408"}] == []
