"""`Portfolio`: a document of registers, navigation between entities, merged views."""

import datetime as dt
import inspect
from typing import Any

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import rejected, rejection
from tulevaisuus.model.portfolio import REGISTERS

KEYS = [
    "goals",
    "services",
    "themes",
    "goal_links",
    "regions",
    "municipalities",
    "areas",
    "hospital_districts",
    "organisations",
    "calls",
    "projects",
    "grants",
    "centres",
    "bodies",
    "roles",
    "posts",
    "initiatives",
    "cooperation_goals",
    "cost_categories",
    "maakunnat",
    "sources",
]
YEAR = tul.Period.of_years(2021, 2021)
CALL = tul.Call(id="c1", name=tul.Text("haku"), cost_period=tul.Period.of_years(2021, 2023))
VAGUE_CALL = tul.Call(id="c2", name=tul.Text("haku 2"))
TURKU = tul.Organisation(id="turku", name=tul.Text("Turku"))
PROJECT = tul.Project(id="p1", name=tul.Text("hanke"), regions=("05",))


def grant(id_: str, **fields: Any) -> tul.Grant:  # noqa: ANN401 - any of a grant's fields
    """Make a grant to the project."""
    values: dict[str, Any] = {"call": "c1", "project": "p1", "status": "granted", **fields}
    return tul.Grant(id=id_, **values)


GRANTS = [
    grant("whole"),
    grant("own", usable=YEAR, recipient="turku"),
    grant("open", usable=tul.Period(dt.date(2022, 1, 1), None)),
    grant("planned", status="planned", usable=YEAR),
    grant("applied", status="applied"),
    grant("vague", call="c2"),
    grant("lost", call="c3", recipient="nobody"),
    grant("other", project="p2"),
]
PORTFOLIO = tul.Portfolio(
    calls=tul.Register([CALL, VAGUE_CALL]),
    grants=tul.Register(GRANTS),
    organisations=tul.Register([TURKU]),
    projects=tul.Register([PROJECT]),
)


def test_registers_are_in_the_order_of_documents() -> None:
    """The order of members is part of the format."""
    assert list(REGISTERS) == KEYS
    assert list(PORTFOLIO.registers()) == KEYS
    assert [field.name for field in attrs.fields(tul.Portfolio)] == [
        "programme",
        *KEYS,
        "newer_version",
    ]


@pytest.mark.parametrize("key", KEYS)
def test_each_register_accepts_its_own_class_only(key: str) -> None:
    """An entity in another register than its own is rejected with its path."""
    entities = [PROJECT, TURKU]
    wrong = [
        place for place, entity in enumerate(entities) if not isinstance(entity, REGISTERS[key])
    ]
    assert rejected(tul.Portfolio, **{key: entities}) == [
        f"TSK002 /{key}/{place}" for place in wrong
    ]


def test_all_errors_are_reported_in_the_order_of_documents() -> None:
    """Entities of other classes, duplicates and other types are reported together."""
    findings = rejected(
        tul.Portfolio,
        grants=[GRANTS[0], GRANTS[0], "g"],
        programme=PROJECT,
        goals={},
        calls=tul.Register([PROJECT]),
        newer_version=1.1,
    )
    assert findings == [
        "TSK002 /programme",
        "TSK002 /goals",
        "TSK002 /calls/0",
        "TSK008 /grants/1/id",
        "TSK002 /grants/2",
        "TSK002 /newer_version",
    ]


def test_duplicate_names_its_entity() -> None:
    """The subject of the finding is the entity, not the portfolio."""
    (finding,) = rejection(tul.Portfolio, grants=[GRANTS[0], GRANTS[0]])
    assert finding.subject == "grant whole"


def test_lists_become_registers() -> None:
    """A list or tuple of entities is accepted in place of a register."""
    lists: dict[str, Any] = {"projects": [PROJECT], "calls": (CALL,)}
    made = tul.Portfolio(**lists)
    assert made.projects == tul.Register([PROJECT])
    assert made.calls["c1"] is CALL


@pytest.mark.parametrize("project", [PROJECT, "p1"])
def test_grants_of_a_project(project: tul.Project | str) -> None:
    """All grants of the project are returned in their order, also planned and applied ones."""
    assert PORTFOLIO.grants_of(project) == tuple(GRANTS[:-1])


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        (dt.date(2020, 12, 31), []),
        (dt.date(2021, 1, 1), ["whole", "own"]),
        (dt.date(2021, 12, 31), ["whole", "own"]),
        (dt.date(2022, 1, 1), ["whole", "open"]),
        (dt.date(2023, 12, 31), ["whole", "open"]),
        (dt.date(2024, 1, 1), ["open"]),
    ],
)
def test_funding_of_a_project_on_a_day(day: dt.date, ids: list[str]) -> None:
    """Only granted money counts, in its own period or else in that of its call, if known."""
    for project in (PROJECT, "p1"):
        assert [each.id for each in PORTFOLIO.funding_of(project, on=day)] == ids


def test_funding_accepts_dates_only() -> None:
    """A datetime is rejected."""
    noon = dt.datetime(2021, 1, 1, 12, tzinfo=dt.UTC)
    assert rejected(PORTFOLIO.funding_of, "p1", on=noon) == ["TSK002"]


def test_project_call_and_recipient_of_a_grant() -> None:
    """They are found by a grant or its id."""
    for own in (GRANTS[1], "own"):
        assert PORTFOLIO.project_of(own) is PROJECT
        assert PORTFOLIO.call_of(own) is CALL
        assert PORTFOLIO.recipient_of(own) is TURKU
    assert PORTFOLIO.recipient_of("whole") is None


@pytest.mark.parametrize("way", ["project_of", "call_of", "recipient_of"])
def test_unknown_grant_is_an_error(way: str) -> None:
    """A misspelt id has the similar one as its suggestion."""
    with pytest.raises(tul.UnknownCodeError, match="did you mean 'whole'"):
        getattr(PORTFOLIO, way)("whol")


@pytest.mark.parametrize(
    ("way", "id_", "key"),
    [("call_of", "lost", "c3"), ("recipient_of", "lost", "nobody"), ("project_of", "other", "p2")],
)
def test_missing_call_names_the_merged_view(way: str, id_: str, key: str) -> None:
    """A document may refer to bundled facts, so the message explains `over`."""
    with pytest.raises(
        tul.UnknownCodeError, match=r"portfolio\.over\(tulevaisuus\.reference\)"
    ) as e:
        getattr(PORTFOLIO, way)(id_)
    assert e.value.key == key


def test_over_includes_the_bundled_facts() -> None:
    """In the merged view a user's grant has its bundled call."""
    own = tul.Portfolio(grants=tul.Register([grant("g1", call="shc-2021")]))
    assert own.over(tul.reference).call_of("g1") is tul.calls["shc-2021"]
    assert own.over(tul.reference).programme is tul.programme


def test_over_prefers_the_entities_of_the_document() -> None:
    """Entities of the document come first, and replace those of the same key."""
    own = tul.Portfolio(
        programme=tul.Programme(id="own", name=tul.Text("oma")),
        calls=tul.Register([VAGUE_CALL, attrs.evolve(CALL, name=tul.Text("muu"))]),
    )
    view = own.over(attrs.evolve(PORTFOLIO, programme=tul.programme))
    assert [call.name.fi for call in view.calls] == ["haku 2", "muu"]
    assert list(view.grants) == GRANTS
    assert view.programme is own.programme
    assert PORTFOLIO.over(tul.Portfolio()) == PORTFOLIO == tul.Portfolio().over(PORTFOLIO)


def test_over_keeps_a_newer_format_version() -> None:
    """What was read from a newer version cannot be written without consent."""
    assert tul.Portfolio(newer_version="1.1").over(PORTFOLIO).newer_version == "1.1"


def test_without_personal_data_removes_holders() -> None:
    """The names of holders are removed, and nothing else changes."""
    post = tul.Post(id="po", role="coordinator", holder="N. N.", region="05")
    portfolio = attrs.evolve(PORTFOLIO, posts=tul.Register([post]), newer_version="1.1")
    published = portfolio.without_personal_data()
    assert published.posts["po"] == attrs.evolve(post, holder=None)
    assert attrs.evolve(published, posts=portfolio.posts) == portfolio
    assert "N. N." not in repr(list(published.posts))


def test_repr_is_short() -> None:
    """Only registers that are not empty are shown."""
    assert repr(tul.Portfolio()) == "Portfolio()"
    assert (
        repr(tul.Portfolio(calls=tul.Register([CALL])))
        == "Portfolio(calls=<Register of 1: 'c1' haku>)"
    )


def test_unknown_project_is_an_error() -> None:
    """Only for a known project may the list of grants be empty."""
    project = tul.Project(id="p1", name=tul.Text("hanke"), regions=("05",))
    portfolio = tul.Portfolio(projects=tul.Register([project]))
    assert portfolio.grants_of(project) == portfolio.grants_of("p1") == ()
    with pytest.raises(tul.UnknownCodeError, match=r"portfolio\.over\(tulevaisuus\.reference\)"):
        portfolio.grants_of("no-such")
    with pytest.raises(tul.UnknownCodeError):
        portfolio.funding_of("no-such", on=dt.date(2022, 1, 1))


def test_bundled_grants_have_a_first_day() -> None:
    """Funding before the first day of the facts is unknown; a user's grants may be older."""
    before = dt.date(2019, 12, 31)
    with pytest.raises(tul.OutsideFactsError):
        tul.reference.funding_of("varsinais-suomi", on=before)
    project = tul.Project(id="p1", name=tul.Text("hanke"), regions=("05",))
    assert tul.Portfolio(projects=tul.Register([project])).funding_of("p1", on=before) == ()


def test_merged_view_has_the_newer_version() -> None:
    """Whichever side has the newer version, the view has it."""
    newer = attrs.evolve(tul.Portfolio(), newer_version="1.7")
    newest = attrs.evolve(tul.Portfolio(), newer_version="1.9")
    assert tul.Portfolio().over(newer).newer_version == "1.7"
    assert newer.over(newest).newer_version == "1.7"
    assert tul.Portfolio().over(tul.reference).newer_version is None


def test_repr_of_a_large_portfolio_has_counts() -> None:
    """A signature whose default is the bundle fits on a page."""
    assert repr(tul.reference).startswith("<Portfolio of 5 goals, 8 services, 36 themes, ")
    assert repr(tul.Portfolio(grants=tul.Register([tul.grants["vs-2021"]]))) == (
        "Portfolio(grants=<Register of 1: 'vs-2021'>)"
    )


def test_signatures_have_no_addresses() -> None:
    """`help` shows annotations as they are written, without addresses of objects."""
    for cls in (tul.Grant, tul.Project, tul.Call):
        shown = str(inspect.signature(cls))
        assert " at 0x" not in shown
    assert "Annotated[str, Ref(registers=('calls',))]" in str(inspect.signature(tul.Grant))
    assert "Money(allows_zero=True)" in str(inspect.signature(tul.Grant))


@pytest.mark.parametrize(("length", "is_whole"), [(200, True), (201, False)])
def test_repr_of_two_hundred_characters_is_whole(length: int, *, is_whole: bool) -> None:
    """A longer one only has the sizes of the registers."""
    text = repr(tul.Portfolio(newer_version="9"))
    filled = tul.Portfolio(newer_version="9" * (length - len(text) + 1))
    assert (len(repr(filled)) == length) is is_whole
