"""No rule has quadratic cost: the function calls of a check are counted at three sizes.

Calls of Python's and C's functions are counted in place of seconds: the count is the same in each
run and on each machine. A shape is a document that is the worst case of a rule.
"""

import itertools
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import FrameType
from typing import Any, TypeAlias, cast

import pytest

import tulevaisuus as tul
from tests.helpers import document, read_text
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.rules import dangling_references
from tulevaisuus.testing import samples

Shape: TypeAlias = Callable[[int], dict[str, Any]]
"""From a size to the registers of a document whose text grows with it."""

SMALL = 25
FACTOR = 2
GROWTH = 2.6
"""Twice the document may take so many times the calls: sorting adds a little, squares give four."""


def named(prefix: str, count: int, **fields: object) -> list[dict[str, Any]]:
    """Return entities with an id, a name and these fields."""
    return [{"id": f"{prefix}-{n}", "name": {"fi": f"Nimi {n}"}, **fields} for n in range(count)]


def grants(count: int, **fields: object) -> list[dict[str, Any]]:
    """Return grants of the call of 2021 to one project."""
    grant = {"call": "shc-2021", "project": "hanke", "status": "granted", **fields}
    return [{**grant, "id": f"g-{n}"} for n in range(count)]


def project(**fields: object) -> dict[str, Any]:
    """Return a project of one region."""
    return {"id": "hanke", "name": {"fi": "Hanke"}, "regions": ["05"], **fields}


def day(number: int) -> str:
    """Return a day of the programme's years."""
    year, rest = divmod(number, 12 * 28)
    return f"{2020 + year % 4}-{rest // 28 + 1:02}-{rest % 28 + 1:02}"


def administrations(count: int) -> list[dict[str, Any]]:
    """Return administrations of different organisations, each with its own period."""
    return [
        {"organisation": f"org-{n}", "period": {"start": day(n), "end": day(n + 3)}}
        for n in range(count)
    ]


SHAPES: Mapping[str, Shape] = {
    "administrations and continuing grants": lambda n: {
        "organisations": named("org", n, kind="city"),
        "projects": [project(administrations=administrations(n))],
        "grants": [
            {**grants(1, call="shc-2020", recipient="turku")[0], "id": "first"},
            *(
                {**grant, "decided_on": day(k), "recipient": "vsshp"}
                for k, grant in enumerate(grants(n))
            ),
        ],
    },
    "undated continuing grants of many administrators": lambda n: {
        "organisations": named("org", n, kind="city"),
        "projects": [project(administrations=[{"organisation": f"org-{k}"} for k in range(n)])],
        "grants": [
            {**grants(1, call="shc-2020", recipient="turku")[0], "id": "first"},
            *grants(n, recipient="vsshp"),
        ],
    },
    "earlier grants without recipients": lambda n: {
        "projects": [project(administrations=[{"organisation": "turku"}])],
        "grants": [
            *grants(n, recipient="vsshp"),
            *({**each, "id": f"e-{each['id']}"} for each in grants(n, call="shc-2020")),
        ],
    },
    "participants and posts": lambda n: {
        "projects": [
            project(administrations=administrations(n), participants=[f"p-{k}" for k in range(n)])
        ],
        "posts": [
            {
                "id": f"toimi-{k}",
                "role": "project_manager",
                "project": "hanke",
                "organisation": f"x-{k}",
            }
            for k in range(n)
        ],
    },
    "calls and projects": lambda n: {
        "calls": [
            {"id": "first", "name": {"fi": "Haku"}, "cost_period": {"end": "2020-12-31"}},
            *named("haku", n, continues="first"),
        ],
        "projects": named("hanke", n, regions=["05"], period={"end": "2023-01-01"}),
        "grants": [
            {"id": f"g-{k}", "call": "first", "project": f"hanke-{k}", "status": "granted"}
            for k in range(n)
        ],
    },
    "required and recorded themes": lambda n: {
        "calls": [
            {"id": "haku", "name": {"fi": "H"}, "required_themes": [f"t-{k}" for k in range(n)]}
        ],
        "projects": [project(themes=[f"t-{k}" for k in range(n)])],
        "grants": grants(n, call="haku"),
    },
    "required themes and projects": lambda n: {
        "calls": [
            {"id": "haku", "name": {"fi": "H"}, "required_themes": [f"t-{k}" for k in range(n)]}
        ],
        "projects": named("hanke", n, regions=["05"], themes=["digital"]),
        "grants": [
            {"id": f"g-{k}", "call": "haku", "project": f"hanke-{k}", "status": "granted"}
            for k in range(n)
        ],
    },
    "two projects of the same many regions": lambda n: {
        "projects": named("hanke", 2, regions=[f"r-{k}" for k in range(n)])
    },
    "one region of many projects": lambda n: {"projects": named("hanke", n, regions=["05"])},
    "links of a goal and projects": lambda n: {
        "goal_links": [
            {
                "goal": 1,
                "target": f"t-{k}",
                "target_kind": "theme",
                "evidence": "stated",
                "basis": "X.",
            }
            for k in range(n)
        ],
        "projects": named("hanke", n, regions=["05"], goals=[1], services=[], themes=["x"]),
    },
    "own regions and unknown ones": lambda n: {
        "regions": [
            {"code": f"R{k}", "name": {"fi": f"Alue {k}"}, "kind": "county"} for k in range(n)
        ],
        "projects": [project(regions=[f"X{k}" for k in range(n)])],
    },
    "near keys": lambda n: {
        "projects": named("hanke-jonka-nimi-on-pitka", n, regions=["05"]),
        "grants": [
            {**grant, "project": f"hanke-jonka-nimi-on-pitkä-{k}"}
            for k, grant in enumerate(grants(n))
        ],
    },
    "names in place of keys": lambda n: {
        "organisations": named("org", n),
        "grants": [
            {**grant, "recipient": f"Nimen {k} kaupunki"} for k, grant in enumerate(grants(n))
        ],
    },
    "windows of one project": lambda n: {
        "projects": [project(period={"start": "2020-01-01", "end": "2023-12-31"})],
        "grants": [
            {**grant, "usable": {"start": day(2 * k), "end": day(2 * k)}}
            for k, grant in enumerate(grants(n))
        ],
    },
    "coordinators of one area": lambda n: {
        "posts": [
            {
                "id": f"toimi-{k}",
                "role": "regional_coordinator",
                "area": "TYKS",
                "period": {"start": day(k), "end": day(n)},
            }
            for k in range(n)
        ]
    },
    "administrations that overlap, some of unknown days": lambda n: {
        "projects": [project(administrations=[*administrations(n), {"organisation": "turku"}])]
    },
    "grants of one call above its bounds": lambda n: {
        "projects": [project(regions=[f"r-{k}" for k in range(n)])],
        "grants": grants(n, amount_eur=10_000_000, applied_eur=1, paid_eur=20_000_000),
    },
    "own maakunnat and calls": lambda n: {
        "calls": named("haku", n, kind="programme", maximum_eur=10),
        "grants": [
            {**grant, "call": f"haku-{k}", "amount_eur": 100} for k, grant in enumerate(grants(n))
        ],
        "projects": [project()],
    },
    "organisations of one business id": lambda n: {
        "organisations": named(
            "org",
            n,
            business_id="1234567-1",
            external_ids=[{"scheme": "x", "value": "FI-PRO-1234567-2"}],
        )
    },
    "regions of a project without a county": lambda n: {
        "projects": [
            project(
                regions=[f"r-{k}" for k in range(n)],
                administrations=[{"organisation": f"o-{k}"} for k in range(n)],
            )
        ]
    },
    "municipalities and centres": lambda n: {
        "municipalities": [
            {
                "code": f"M{k}",
                "name": {"fi": f"Kunta {k}"},
                "region": "05",
                "valid": {"end": "2019-12-31"},
                "successor": f"M{k + 1}",
            }
            for k in range(n)
        ],
        "centres": [
            {
                "id": f"k-{k}",
                "name": {"fi": "Keskus"},
                "region": "06",
                "municipality": f"M{k}",
                "opened_on": "2020-01-01",
                "services": [],
                "languages": [],
            }
            for k in range(n)
        ],
    },
    "rejected and valid entities": lambda n: {
        "projects": [
            *named("hanke", n, regions=["05"], period={"start": "2019-01-01"}),
            *named("huono", n, regions="05"),
        ]
    },
    "facts that are redefined": lambda n: {
        "sources": [
            {"id": f"s-{k}", "publisher": "X", "about": "Y", "url": f"https://x/{k}"}
            for k in range(n)
        ],
        "grants": [{**grant, "sources": [f"s-{k}", f"z-{k}"]} for k, grant in enumerate(grants(n))],
    },
}

EVERY_RULE = [rule.code for rule in tul.rulebook]
CHECKED_RULES = [rule.code for rule in tul.rulebook if rule.function is not None]
SINGLE = {"TSK008", "TSK102"}
"""Rules whose examples are of what a document has once."""


def repeated(code: str) -> Shape:
    """Return the example that breaks a rule, each of its entities many times."""
    example: dict[str, Any] = json.loads(samples.broken(code))

    def shape(count: int) -> dict[str, Any]:
        return {
            name: [entity for each in listed(entities_given) for entity in copies(each, count)]
            for name, entities_given in example.items()
            if name in REGISTERS
        }

    return shape


def listed(entities_given: object) -> list[dict[str, Any]]:
    """Return the entities of a register of an example."""
    return cast("list[dict[str, Any]]", entities_given)


def copies(entity: dict[str, Any], count: int) -> Iterator[dict[str, Any]]:
    """Return an entity and as many copies of it, each with its own key."""
    yield entity
    key = "id" if "id" in entity else "code" if "code" in entity else "target"
    for number in range(count):
        yield {**entity, key: f"{entity[key]}-{number}"}


def calls_of(shape: Shape, size: int, rules: Sequence[str] = EVERY_RULE) -> int:
    """Count the calls of a check of a document, without reading it."""
    reading = read_text(document(**shape(size)))
    tul.check(reading, select=rules)  # fill caches of classes and registers
    count = itertools.count()
    reading = read_text(document(**shape(size)))

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "c_call"}:
            next(count)

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        tul.check(reading, select=rules)
    finally:
        sys.setprofile(before)
    return next(count)


def require_linear(shape: Shape, rules: Sequence[str] = EVERY_RULE) -> None:
    """Check that a document of twice, and four times, the size needs few more calls than that."""
    base = calls_of(shape, 0, rules)
    sizes = (SMALL, SMALL * FACTOR, SMALL * FACTOR**2)
    small, middle, large = (calls_of(shape, size, rules) - base for size in sizes)
    assert middle <= GROWTH * small, (base, small, middle, large)
    assert large <= GROWTH * middle, (base, small, middle, large)


@pytest.mark.parametrize("code", [code for code in CHECKED_RULES if code not in SINGLE])
def test_each_rule_is_linear(code: str) -> None:
    """The cost of each rule, on its own example many times, is not quadratic."""
    require_linear(repeated(code), [code])


@pytest.mark.parametrize("name", SHAPES)
def test_all_rules_are_linear_on_any_shape(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost of all rules together is linear, whatever the shape of the document is.

    The search for similar keys has a budget, which is small here.
    """
    monkeypatch.setattr(dangling_references, "_MAX_CHARACTERS_COMPARED", 0)
    require_linear(SHAPES[name])


def test_search_for_similar_keys_has_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the budget is spent, each further unknown key costs one look-up.

    A twentieth of the budget is spent by a third of the keys, which are read and checked faster.
    """
    monkeypatch.setattr(dangling_references, "_MAX_CHARACTERS_COMPARED", 100_000)
    require_linear(lambda n: SHAPES["near keys"](300 + 10 * n), ["TSK009"])
