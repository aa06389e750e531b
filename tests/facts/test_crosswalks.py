"""Crosswalks of municipalities, and maximum shares of maakunnat.

The expected values are written out here, from the decrees themselves: 1385/2022 (languages),
978/2019 (maakunnat), 156/2017 (hospital districts) and annex 1 of 13/2020 (shares).
"""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

import tulevaisuus as tul

DAYS = (dt.date(2020, 1, 1), dt.date(2023, 1, 1), dt.date(2026, 1, 1))
YEARS = range(2020, 2027)

MAAKUNTA_AND_DISTRICT = {
    "Helsinki": ("Uusimaa", "Uusimaa", "Helsingin ja Uudenmaan sairaanhoitopiiri"),
    "Myrskylä": ("Uusimaa", "Uusimaa", "Päijät-Hämeen sairaanhoitopiiri"),
    "Turku": ("Varsinais-Suomi", "Varsinais-Suomi", "Varsinais-Suomen sairaanhoitopiiri"),
    "Punkalaidun": ("Pirkanmaa", "Pirkanmaa", "Varsinais-Suomen sairaanhoitopiiri"),
    "Jämsä": ("Keski-Suomi", "Keski-Suomi", "Pirkanmaan sairaanhoitopiiri"),
    "Kruunupyy": ("Pohjanmaa", "Pohjanmaa", "Keski-Pohjanmaan sairaanhoitopiiri"),
    "Reisjärvi": ("Pohjois-Pohjanmaa", "Pohjois-Pohjanmaa", "Keski-Pohjanmaan sairaanhoitopiiri"),
    "Savonlinna": ("Etelä-Savo", "Etelä-Savo", "Itä-Savon sairaanhoitopiiri"),
    "Tornio": ("Lappi", "Lappi", "Länsi-Pohjan sairaanhoitopiiri"),
    "Heinävesi": ("Etelä-Savo", "Pohjois-Karjala", "Pohjois-Karjalan sairaanhoitopiiri"),
    "Iitti": ("Kymenlaakso", "Päijät-Häme", "Päijät-Hämeen sairaanhoitopiiri"),
    "Isokyrö": ("Pohjanmaa", "Etelä-Pohjanmaa", "Etelä-Pohjanmaan sairaanhoitopiiri"),
    "Joroinen": ("Etelä-Savo", "Pohjois-Savo", "Etelä-Savon sairaanhoitopiiri"),
    "Kuhmoinen": ("Keski-Suomi", "Pirkanmaa", "Pirkanmaan sairaanhoitopiiri"),
}

BILINGUAL_FI = (
    "Espoo Hanko Helsinki Kauniainen Kirkkonummi Lapinjärvi Lohja Loviisa Myrskylä Porvoo Sipoo "
    "Siuntio Vantaa Turku Pyhtää Kaskinen Vaasa Kokkola"
)
BILINGUAL_SV = (
    "Inkoo Raasepori Kemiönsaari Parainen Korsnäs Kristiinankaupunki Kruunupyy Luoto Maalahti "
    "Mustasaari Närpiö Pietarsaari Uusikaarlepyy Vöyri"
)

SHARES = {
    "Uusimaa": "24.22",
    "Varsinais-Suomi": "7.93",
    "Satakunta": "4.38",
    "Kanta-Häme": "3.73",
    "Pirkanmaa": "8.46",
    "Päijät-Häme": "4.22",
    "Kymenlaakso": "3.67",
    "Etelä-Karjala": "3.15",
    "Etelä-Savo": "3.25",
    "Pohjois-Savo": "4.81",
    "Pohjois-Karjala": "3.65",
    "Keski-Suomi": "5.12",
    "Etelä-Pohjanmaa": "4.04",
    "Pohjanmaa": "3.80",
    "Keski-Pohjanmaa": "2.32",
    "Pohjois-Pohjanmaa": "7.02",
    "Kainuu": "2.39",
    "Lappi": "3.83",
}


@pytest.mark.parametrize("name", MAAKUNTA_AND_DISTRICT)
def test_maakunta_of_a_municipality(name: str) -> None:
    """Five municipalities moved on 1 January 2021, and the others stayed."""
    municipality = tul.municipalities.find(name)
    codes = [municipality.maakunta_on(day) for day in DAYS]
    before, after, _ = MAAKUNTA_AND_DISTRICT[name]
    assert [tul.maakunnat[code or ""].name.fi for code in codes] == [before, after, after]


@pytest.mark.parametrize("name", MAAKUNTA_AND_DISTRICT)
def test_hospital_district_of_a_municipality(name: str) -> None:
    """Until 2022 there is one; in 2023 and later there is none."""
    code = tul.municipalities.find(name).hospital_district
    assert tul.hospital_districts[code or ""].name.fi == MAAKUNTA_AND_DISTRICT[name][2]
    assert [code in tul.hospital_districts.on(day) for day in DAYS] == [True, False, False]


@pytest.mark.parametrize("day", DAYS)
def test_languages_of_municipalities(day: dt.date) -> None:
    """In 2023 three Swedish municipalities became bilingual; the others stayed as they were."""
    known = [(each.name.fi, each.language_on(day)) for each in tul.municipalities.on(day)]
    swedish = {"Korsnäs", "Luoto", "Närpiö"} if day.year < 2023 else set[str]()
    assert {name for name, it in known if it is tul.LanguageRelation.SWEDISH} == swedish
    bilingual = {name for name, it in known if it is tul.LanguageRelation.BILINGUAL_FINNISH}
    assert bilingual == set(BILINGUAL_FI.split())
    bilingual = {name for name, it in known if it is tul.LanguageRelation.BILINGUAL_SWEDISH}
    assert bilingual == {*BILINGUAL_SV.split(), "Pedersören kunta"} - swedish


def test_every_mainland_municipality_is_complete() -> None:
    """All have languages, a district and a genitive; Åland's have no decree on languages."""
    for municipality in tul.municipalities:
        is_of_aland = municipality.region == "91"
        assert bool(municipality.language_status) is not is_of_aland, municipality.code
        assert (municipality.hospital_district is None) is (municipality.code == "911")
        assert (municipality.genitive is None) is (is_of_aland or municipality.code == "099")


def test_region_of_every_municipality_in_every_year() -> None:
    """In each of 2,162 municipality-years the region is in the municipality's maakunta."""
    regions = {code: each.code for each in tul.maakunnat for code in each.regions or ()}
    asked = 0
    for year in YEARS:
        day = dt.date(year, 6, 1)
        for municipality in tul.municipalities.on(day):
            region = tul.region_of(municipality.code, on=day)
            assert regions[region.code] == municipality.maakunta, municipality.code
            asked += 1
    assert asked == 2162


def test_same_code_in_two_registers() -> None:
    """05 is a county and another maakunta; neither register finds the other's names."""
    assert (tul.regions["05"].name.fi, tul.maakunnat["05"].name.fi) == (
        "Varsinais-Suomi",
        "Kanta-Häme",
    )
    assert tul.maakunnat.find("Varsinais-Suomi").regions == ("05",)
    with pytest.raises(tul.UnknownCodeError):
        tul.maakunnat["HUS"]


def test_nuts_codes_before_and_after_2024() -> None:
    """Nine of 19 codes changed in 2024; on each day each maakunta has one code."""
    before, after = (
        [each.nuts3_on(day) for each in tul.maakunnat]
        for day in (dt.date(2023, 12, 31), dt.date(2024, 1, 1))
    )
    assert len(set(before)) == len(set(after)) == 19
    assert len([pair for pair in zip(before, after, strict=True) if len(set(pair)) > 1]) == 9


def test_stated_shares() -> None:
    """The percentages are those of annex 1; Åland has none."""
    stated = {
        each.name.fi: each.maximum_share.percent for each in tul.maakunnat if each.maximum_share
    }
    assert stated == {name: Decimal(share) for name, share in SHARES.items()}
    assert tul.maakunnat["21"].maximum_share is None


def test_computed_shares_round_to_the_stated_ones() -> None:
    """The formula and the population give every percentage of the annex."""
    for maakunta in tul.maakunnat:
        share = maakunta.maximum_share
        if share is not None:
            assert round(share.exact * 100, 2) == Fraction(share.percent), maakunta.code
    shares = [each.maximum_share for each in tul.maakunnat if each.maximum_share]
    assert sum(share.exact for share in shares) == 1
    assert sum(share.population for share in shares) == shares[0].population_of_all


@pytest.mark.parametrize(("call", "place"), [("shc-2020", 0), ("shc-2021", 1)])
def test_computed_amounts(call: str, place: int) -> None:
    """Each is the unrounded share of the call's maximum, marked as computed, and not a grant."""
    maximum = tul.calls[call].maximum_eur
    assert maximum is not None
    for maakunta in tul.maakunnat:
        if maakunta.maximum_share is not None:
            amount = maakunta.maximum_amounts[place]
            assert amount.call == call
            assert amount.amount_eur == maakunta.maximum_share.amount_of(maximum)
            assert amount.evidence is tul.Evidence.INFERRED


@pytest.mark.parametrize(
    ("grant", "code", "euros"),
    [("vs-2021", "02", 11_180_062), ("etela-savo-2021", "10", 4_588_032)],
)
def test_exact_grants_equal_the_computed_maximum(grant: str, code: str, euros: int) -> None:
    """Two grants that are known exactly equal it to the euro."""
    assert tul.grants[grant].amount_eur == tul.maakunnat[code].maximum_amounts[1].amount_eur
    assert tul.grants[grant].amount_eur == Decimal(euros)


def test_cost_categories_of_the_decrees() -> None:
    """Seven categories for the programme, five for the structural reform, in their order."""
    numbers = {
        each_kind: [each.number for each in tul.cost_categories if each.call_kind is each_kind]
        for each_kind in tul.CostCallKind
    }
    assert numbers[tul.CostCallKind.PROGRAMME] == list(range(1, 8))
    assert numbers[tul.CostCallKind.STRUCTURAL] == list(range(1, 6))
    assert tul.cost_categories["programme", "rents"].name.sv == "hyra för verksamhetslokaler"


def test_counties_are_eligible_from_july() -> None:
    """403/2022 was given on 2 June 2022 and is in force from 1 July."""
    for call in ("shc-2020", "shc-2021"):
        assert tul.calls[call].county_eligible_from == dt.date(2022, 7, 1)
        assert tul.calls[call].final_report_months == 6
        assert tul.calls[call].legal_basis_in_force == tul.Period(
            dt.date(2020, 1, 20), dt.date(2023, 12, 31)
        )


def test_numbers_of_predecessors_are_not_business_ids() -> None:
    """A county whose OID has the number of the preceding joint authority has no business id."""
    for code in ("10", "17", "18", "20"):
        assert tul.organisations[f"county-{code}"].business_id is None
        assert tul.regions[code].business_id is None
    ids = [each.business_id for each in tul.organisations if each.business_id]
    assert len(ids) == len(set(ids))


def test_business_id_has_its_own_source() -> None:
    """A note on the field names the source, as other fields were read elsewhere."""
    county = tul.organisations["county-05"]
    notes = [note for note in county.notes if note.field == "business_id"]
    assert [note.sources for note in notes] == [("varha-invoicing",)]
    assert "varha-invoicing" not in county.sources


def test_source_has_the_day_of_reading() -> None:
    """No source was read after the version of the facts."""
    assert all(each.read_on and each.read_on <= tul.FACTS_VERSION for each in tul.sources)
    assert tul.sources["decree-13-2020-full"].licence == "CC BY"
    assert (tul.sources["decree-13-2020-full-sv"].title or "").startswith("Statsrådets förordning")


@pytest.mark.parametrize(
    ("name", "code"), [("VSSHP", "03"), ("Sosteri", "11"), ("Vaasan SHP", "16"), ("HUS", "25")]
)
def test_hospital_districts_by_everyday_names(name: str, code: str) -> None:
    """Abbreviations, brands and the names of the classification find the district."""
    assert tul.hospital_districts.find(name).code == code


@pytest.mark.parametrize(("name", "code"), [("VAKE", "04"), ("Iitin", "142"), ("Åbo", "853")])
def test_regions_and_municipalities_by_other_names(name: str, code: str) -> None:
    """Brands, genitives and Swedish names are found."""
    register = tul.municipalities if len(code) == 3 else tul.regions
    assert register.find(name).code == code


def test_swedish_name_in_the_act() -> None:
    """Where the act keeps a Finnish name in Swedish, it is known, too."""
    in_act = [
        alias.value
        for each in tul.municipalities
        for alias in each.aliases
        if alias.scheme == "name_in_act_616_2021"
    ]
    assert len(in_act) == 23
    assert tul.municipalities["142"].name.sv == "Itis"
    assert tul.municipalities["142"].aliases[0].value == "Iitti"
