"""Dense documents near all bounds: few keys, which all collide, and days and sums next to limits.

A document is generated from its seed alone, and its own keys end with the seed: many documents can
be combined into one, which is checked once, with the findings of each unchanged.
"""

import datetime as dt
import itertools
import random
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar, cast

import tulevaisuus as tul
from tests.frames.agreement import loaded
from tulevaisuus import formats
from tulevaisuus.model.business_id import check_digit
from tulevaisuus.rules.grants import HELSINKI, LAST_DAY_OF_OLD_ADMINISTRATORS
from tulevaisuus.rules.placeholder_days import PLACEHOLDER_DATES
from tulevaisuus.rules.posts import (
    COORDINATOR,
    COORDINATORS_SINCE,
    HOME_ORGANISATIONS,
    PROJECT_ROLES,
)
from tulevaisuus.rules.projects import COUNTIES_ADMINISTER_FROM
from tulevaisuus.rules.regions_counties_and_municipalities import COUNTIES_SINCE

__all__ = ["dense", "redefined", "together"]

Json: TypeAlias = dict[str, Any]
V = TypeVar("V")


def _days() -> list[dt.date]:
    """Return the days on which some rule changes, with the days before and after."""
    facts = tul.reference
    periods = [facts.programme.period if facts.programme else None]
    for call in facts.calls:
        periods += [call.application_period, call.cost_period]
    periods += [each.valid for each in (*facts.areas, *facts.municipalities)]
    bounds = {bound.day for each in periods if each is not None for bound in each.bounds()}
    bounds |= {COUNTIES_SINCE, COUNTIES_ADMINISTER_FROM, COORDINATORS_SINCE}
    bounds.add(LAST_DAY_OF_OLD_ADMINISTRATORS)
    bounds |= {call.county_eligible_from for call in facts.calls if call.county_eligible_from}
    shifts = [dt.timedelta(count) for count in (-1, 0, 1)]
    return sorted(day + shift for day in bounds for shift in shifts)


_DAYS = _days()
_SPECIAL_DAYS = [
    *sorted(PLACEHOLDER_DATES),
    dt.date(2199, 12, 31),
    dt.date(2200, 1, 1),
    dt.date.max,
]
_CENT = Decimal("0.01")
_SUMS = [Decimal(each) for each in ("0.01", "1", "999.99", "1000", "1000.01", "50000", "250000")]
_MAXIMA = [Decimal(each) for each in ("1000", "1000.01", "250000", "1000000", "999999999999.99")]
_REGIONS = ["05", "06", "12", HELSINKI, "21", "HUS", "3"]
_PASSED = sorted(each.code for each in tul.reference.municipalities if each.valid is not None)
_MUNICIPALITIES = [*_PASSED[:6], "853", "091", "999"]
_FIRST_AREAS = [each.code for each in tul.reference.areas][:2]
_AREAS = [*_FIRST_AREAS, "nowhere"]
_LATER_AREAS = [each.code for each in tul.reference.areas if each.valid is not None][-2:]
_ROLES = [
    *HOME_ORGANISATIONS,
    *[COORDINATOR] * 4,
    *sorted(PROJECT_ROLES),
    "content_expert",
    "nobody",
]
_SERVICES = [each.code.value for each in tul.reference.services]
_OF_ONE_SECTOR = [
    each.code.value
    for each in tul.reference.services
    if each.sectors == frozenset({tul.Sector.HEALTH})
]
_THEMES = ["access_to_care", "psychosocial_methods", "digital", "nothing"]
_FACTS = ["thl", "stm", "turku", "helsinki", "espoo", "county-05", "kolpene", "nowhere"]


class _Draw:
    """A random source of choices, with the keys of one document."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a sample, no secret
        self.seed = seed

    def one(self, values: Sequence[V]) -> V:
        """Choose one value."""
        return self.chance.choice(values)

    def some(self, values: Sequence[V], most: int = 3) -> list[V]:
        """Choose a few values, each once."""
        return self.chance.sample(values, self.chance.randint(0, min(most, len(values))))

    def often(self, share: float = 0.6) -> bool:
        """Choose whether an optional field is there."""
        return self.chance.random() < share

    def keys(self, initial: str, most: int) -> list[str]:
        """Return some keys of this document only."""
        return [f"{initial}{each}-{self.seed:05}" for each in range(most)]

    def day(self) -> str:
        """Choose a day, mostly a bound or its neighbour."""
        if self.chance.random() < 0.02:
            return str(self.one(_SPECIAL_DAYS))
        return str(self.one(_DAYS))

    def period(self) -> Json:
        """Choose a period, sometimes open on one side."""
        start, end = sorted([self.day(), self.day()])
        return self.one([{"start": start, "end": end}] * 3 + [{"start": start}, {"end": end}])

    def euros(self, sums: Sequence[Decimal], least: Decimal = _CENT) -> float:
        """Choose a sum near one of several, as a number of a document."""
        chosen = self.one(sums) + self.one([-_CENT, Decimal(0), Decimal(0), _CENT])
        return float(min(max(chosen, least), _MAXIMA[-1]))

    def rounding(self) -> Json:
        """Choose the precision of an amount."""
        return self.one(
            [
                {},
                {},
                {"precision": "exact"},
                {"precision": "rounded"},
                {"precision": "approximate"},
                {"precision": "rounded", "rounded_to_eur": 1000},
                {"precision": "rounded", "rounded_to_eur": 0.01},
                {"precision": "approximate", "rounded_to_eur": 0.5},
            ]
        )

    def fill(self, **fields: Any) -> Json:  # noqa: ANN401 - JSON
        """Return some of the fields: those that have a value and are chosen."""
        return {name: value for name, value in fields.items() if self.often()}


def dense(seed: int) -> Json:
    """Return a document with a few entities of each register."""
    draw = _Draw(seed)
    calls, projects = draw.keys("c", 3), draw.keys("p", 4)
    grants, posts = draw.keys("g", 9), draw.keys("o", 6)
    organisations = draw.keys("org", 4)
    known = [*organisations, *_FACTS]
    amounts = [*_SUMS, *_MAXIMA]
    return {
        "organisations": [_organisation(draw, key) for key in organisations],
        "calls": [_call(draw, key, calls) for key in calls],
        "projects": [_project(draw, key, known) for key in projects],
        "grants": [
            _grant(draw, key, [*calls, *calls, "shc-2021", "shc-2020"], projects, known, amounts)
            for key in grants
        ],
        "centres": [_centre(draw, key) for key in draw.keys("z", 3)],
        "posts": [_post(draw, key, projects, known) for key in posts],
    }


def _organisation(draw: _Draw, key: str) -> Json:
    numbers = ["0245437", "0245438", "2221101", "0829731"]
    base = draw.one([each for each in numbers if check_digit(each) is not None])
    business_id = f"{base}-{check_digit(base)}"
    other = draw.one([business_id, "0245437-3", "1234567-8", "123", "0000000-0", ""])
    own = key if draw.often(0.8) else f"FI-PRO-{business_id}"
    aliases = [{"scheme": "x", "value": f"FI-PRO-{other}"}, {"scheme": "x", "value": "FI-PRO"}]
    fields = draw.fill(
        kind=draw.one(["county", "city", "joint_authority", "municipality"]),
        region=draw.one(_REGIONS),
        business_id=business_id,
        external_ids=draw.some(aliases),
    )
    # Such an id belongs to no other document, so it is the document's own with its number.
    return {"id": own if own == key else f"{own}/{key}", "name": {"fi": "Esimerkki"}, **fields}


def _call(draw: _Draw, key: str, calls: Sequence[str]) -> Json:
    fields = draw.fill(
        kind=draw.one(["programme", "programme", "linked"]),
        application_period=draw.period(),
        decided_on=draw.day(),
        announced_on=draw.day(),
        cost_period=draw.period(),
        eligible_recipients=draw.some(["city", "joint_authority", "county", "municipality"]),
        required_themes=draw.some(_THEMES[:2]),
        own_contribution_required=draw.one([True, False]),
    )
    if draw.often(0.4):
        fields["county_eligible_from"] = draw.day()
    if draw.often(0.5) and key != calls[0]:
        fields["continues"] = draw.one([calls[0], calls[-1], "shc-2020"])
    for amount, share in (("maximum", 0.7), ("granted", 0.5)):
        if draw.often(share):
            fields[f"{amount}_eur"] = draw.euros(_MAXIMA)
            fields |= {f"{amount}_{name}": value for name, value in draw.rounding().items()}
    return {"id": key, "name": {"fi": "Haku"}, **fields}


def _project(draw: _Draw, key: str, organisations: Sequence[str]) -> Json:
    administrations: list[Json] = []
    for _ in range(draw.one([0, 1, 2, 3, 4])):
        administration = _administration(draw, organisations)
        administrations += [administration] if administration not in administrations else []
    fields = draw.fill(
        administrations=administrations,
        participants=draw.some(organisations),
        period=draw.period(),
        goals=draw.some([1, 2, 3, 4, 5]),
        services=draw.some(draw.one([_SERVICES, _OF_ONE_SECTOR])),
        themes=draw.some(_THEMES),
    )
    return {"id": key, "name": {"fi": "Hanke"}, "regions": draw.some(_REGIONS, 2), **fields}


def _administration(draw: _Draw, organisations: Sequence[str]) -> Json:
    return {"organisation": draw.one(organisations), **draw.fill(period=draw.period())}


def _grant(
    draw: _Draw,
    key: str,
    calls: Sequence[str],
    projects: Sequence[str],
    organisations: Sequence[str],
    amounts: Sequence[Decimal],
) -> Json:
    amount = draw.euros(amounts)
    near = [Decimal(str(amount)), *_SUMS[:3]]
    fields = draw.fill(
        recipient=draw.one(organisations),
        applied_on=draw.day(),
        decided_on=draw.day(),
        announced_on=draw.day(),
        usable=draw.period(),
        own_contribution_eur=draw.one([0, 0.01, 1000]),
        applied_eur=draw.euros(near),
        paid_eur=draw.euros(near, Decimal(0)),
        returned_eur=draw.euros(near, Decimal(0)),
    )
    if draw.often(0.2):
        field = draw.one(["amount_eur", "applied_eur", "status"])
        fields["notes"] = [{"field": field, "text": "Huomautus"}]
    if draw.often(0.85):
        fields |= {"amount_eur": amount, **draw.rounding()}
    status = draw.one(["granted", "granted", "granted", "applied", "planned", "rejected"])
    return {
        "id": key,
        "call": draw.one([*calls, "no-call"]),
        "project": draw.one([*projects, *projects, "varsinais-suomi", "no-project"]),
        "status": status,
        **fields,
    }


def _centre(draw: _Draw, key: str) -> Json:
    fields = draw.fill(
        municipality=draw.one(_MUNICIPALITIES),
        services=draw.one([_SERVICES, _SERVICES[1:], draw.some(_SERVICES)]),
        languages=draw.some(["fi", "sv", "en"]),
        opened_on=draw.day(),
    )
    return {"id": key, "name": {"fi": "Asema"}, "region": draw.one(_REGIONS), **fields}


def _post(draw: _Draw, key: str, projects: Sequence[str], organisations: Sequence[str]) -> Json:
    fields = draw.fill(
        organisation=draw.one(organisations),
        area=draw.one([*_AREAS, *_LATER_AREAS]),
        seat=draw.one(_MUNICIPALITIES),
        region=draw.one(_REGIONS),
        project=draw.one([*projects, "varsinais-suomi"]),
        period=draw.period(),
        fixed_term=draw.one([True, False]),
    )
    if draw.often(0.2):
        fields["holder"] = "Esimerkki"
    return {"id": key, "role": draw.one(_ROLES), **fields}


def redefined(seed: int) -> Json:
    """Return a document that redefines facts under their own keys."""
    draw = _Draw(seed)
    facts = tul.reference
    keys = ["vs-2020", "vs-2021", "lappi-2021"]
    projects, calls = ["varsinais-suomi", "lappi"], ["shc-2020", "shc-2021"]
    goals = draw.some([1, 2, 3, 4, 5], 5)
    programme = {**_as_json(facts.programme), **draw.fill(period=draw.period(), goals=goals)}
    document: Json = {
        "calls": [_call(draw, key, calls) for key in draw.some(calls)],
        "projects": [_project(draw, key, _FACTS) for key in draw.some(projects)],
        "grants": [_grant(draw, key, calls, projects, _FACTS, _SUMS) for key in draw.some(keys)],
        "organisations": [_organisation(draw, key) for key in draw.some(_FACTS)],
        "regions": [_region(draw, facts.regions[code]) for code in draw.some(_REGIONS[:-1])],
        "municipalities": [
            {**_as_json(each), **draw.fill(region=draw.one(_REGIONS), valid=draw.period())}
            for each in draw.some([*facts.municipalities][:9])
        ],
        "services": [
            {**_as_json(each), "sectors": draw.some(["health", "social"])}
            for each in draw.some([*facts.services])
        ],
        "maakunnat": [
            {**_as_json(each), "regions": draw.some(_REGIONS[:-1])}
            for each in draw.some([*facts.maakunnat], 2)
        ],
        "areas": [
            {**_as_json(each), "valid": draw.period()} for each in draw.some([*facts.areas][:2])
        ],
    }
    return {**document, "programme": programme} if draw.often() else document


def _region(draw: _Draw, region: tul.Region) -> Json:
    booleans = {name: draw.one([True, False]) for name in ("in_programme", "bilingual")}
    return {**_as_json(region), **draw.fill(**booleans, kind=draw.one(["county", "city"]))}


def _as_json(entity: object) -> Json:
    """Return a fact as a document has it, without its sources and notes."""
    plain = cast("Json", formats.unstructure(cast("tul.Entity", entity)))
    return {name: each for name, each in plain.items() if name not in {"sources", "notes"}}


def together(documents: Iterable[Mapping[str, Sequence[Any]]]) -> tul.Portfolio:
    """Return one portfolio of documents that have no keys in common."""
    registers: Json = {}
    for register, entities in itertools.chain(*(each.items() for each in documents)):
        if register == "programme":
            registers[register] = entities
        else:
            registers.setdefault(register, []).extend(entities)
    return loaded(registers)
