"""Charts equal the tables that they are made from, and never show unknown values as zero."""

import datetime as dt
import math
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import run_python
from tulevaisuus import charts
from tulevaisuus.charts.findings_bars import findings_picture
from tulevaisuus.charts.goal_matrix import matrix_picture
from tulevaisuus.charts.project_timeline import timeline_picture
from tulevaisuus.charts.tile_map import region_picture
from tulevaisuus.charts.vega import Picture, Row, svg_of

pytest.importorskip("altair", reason="the extra charts is not installed for this Python")
pytest.importorskip("vl_convert", reason="the extra charts is not installed for this Python")

LANGUAGES = ("fi", "sv", "en")
BROKEN = tul.check(tul.read("examples/varsinais-suomi-broken.json"))

PICTURES: dict[str, Callable[[str], Picture]] = {
    "map": lambda language: region_picture(charts.grants_by_region(tul.reference), language),
    "timeline": lambda language: timeline_picture(tul.reference, language),
    "matrix": lambda language: matrix_picture(tul.reference, language, tul.Evidence.WEAK),
    "findings": lambda language: findings_picture(BROKEN, language),
}

CHARTS: dict[str, Callable[[str], Any]] = {
    "map": lambda language: charts.region_map(
        charts.grants_by_region(tul.reference), language=language
    ),
    "timeline": lambda language: charts.timeline(tul.reference, language=language),
    "matrix": lambda language: charts.goal_service_matrix(tul.reference, language=language),
    "findings": lambda language: charts.findings_chart(BROKEN, language=language),
}

OF_BUNDLED = tul.Grant(
    id="g",
    call="shc-2021",
    project="varsinais-suomi",
    status=tul.GrantStatus.GRANTED,
    amount_eur=Decimal(5),
)
"""A grant to a project that only the bundled facts know."""


def values(rows: list[Row], field: str) -> list[object]:
    """Return a column of a table."""
    return [row[field] for row in rows]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_chart_has_the_rows_of_its_table(name: str, language: str) -> None:
    """The Altair chart is valid, has the rows as data, and has a description."""
    picture = PICTURES[name](language)
    spec = CHARTS[name](language).to_dict()
    (data,) = spec["datasets"].values() if "datasets" in spec else [spec["data"]["values"]]
    assert data == list(picture.rows)
    assert spec["description"] == picture.alternative
    assert picture.title in picture.alternative
    assert spec["title"]["subtitle"] == list(picture.caption)


@pytest.mark.parametrize("name", PICTURES)
def test_every_row_is_in_the_picture(name: str) -> None:
    """The SVG is rendered without a browser, and has its title."""
    picture = PICTURES[name]("sv")
    svg = svg_of(picture)
    assert svg.startswith("<svg")
    assert picture.title not in svg
    assert svg.count("<text") > 2
    assert "aria-" not in svg
    assert "role=" not in svg


@pytest.mark.parametrize("name", CHARTS)
def test_chart_can_be_changed(name: str) -> None:
    """It is an Altair chart, whose title and size can be set."""
    changed = CHARTS[name]("en").properties(title="Mine", width=100).to_dict()
    assert (changed["title"], changed["width"]) == ("Mine", 100)


@pytest.mark.parametrize("name", CHARTS)
def test_a_wrong_language_is_rejected(name: str) -> None:
    """The language is one of three."""
    with pytest.raises(tul.UnknownLanguageError):
        CHARTS[name]("de")


@pytest.mark.parametrize("module", ["altair", "vl_convert"])
def test_missing_extra_is_reported(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message states what to install; the tables need nothing."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'tulevaisuus\[charts\]'"):
        svg_of(PICTURES["findings"]("en")) if module == "vl_convert" else CHARTS["findings"]("en")
    assert charts.findings_rows(BROKEN)


def test_tables_import_no_chart_library() -> None:
    """Rows can be made without Altair."""
    code = (
        "import sys; import tulevaisuus as tul; from tulevaisuus import charts;"
        "charts.region_rows(charts.grants_by_region(tul.reference));"
        "print({'altair', 'vl_convert'} & set(sys.modules))"
    )
    assert run_python(code) == "set()"


class TestRegionMap:
    """Values by region, as tiles."""

    def test_bundled_grants_are_summed_by_region(self) -> None:
        """A region has the sum of its known grants; the unknown ones are counted."""
        sums = charts.grants_by_region(tul.reference)
        for code, amount in sums.items():
            least = sum(
                (grant.amount.least or Decimal(0))
                for grant in tul.grants
                if grant.status == "granted" and tul.projects[grant.project].regions == (code,)
            )
            assert amount.least == least
        rows = charts.region_rows(sums)
        assert len(rows) == 22
        unknown = values(rows, "state").count("unknown")
        assert f"? not known: {unknown}" in region_picture(sums, "en").caption[1]

    @pytest.mark.parametrize(
        ("value", "state", "number", "text"),
        [
            (None, "unknown", None, "?"),
            (math.nan, "unknown", None, "?"),
            (Decimal("NaN"), "unknown", None, "?"),
            (Decimal("sNaN"), "unknown", None, "?"),
            (tul.Amount(0), "unknown", None, "?"),
            (tul.Amount(None, 5), "unknown", None, "?"),
            (0, "known", 0.0, "0"),
            (tul.Amount(0, 0), "known", 0.0, "0"),
            (12.5, "known", 12.5, "12.50"),
            (Decimal("1234.56"), "known", 1234.56, "1,235"),
            (-3, "known", -3.0, "-3"),
            (tul.Amount(100, 300), "approximate", 200.0, "≈ 200"),
            (tul.Amount(100), "at_least", 100.0, "≥ 100"),
        ],
        ids=str,
    )
    def test_unknown_value_has_its_own_mark(
        self, value: float | None, state: str, number: float | None, text: str
    ) -> None:
        """Zero is a number; an unknown value is marked differently."""
        row = charts.region_rows({"05": value})[4]
        assert (row["code"], row["state"], row["value"], row["text"]) == ("05", state, number, text)

    def test_numbers_are_written_in_the_language(self) -> None:
        """Finnish and Swedish have spaces and commas."""
        values_: dict[str, Decimal | int] = {"05": 1234567, "06": Decimal("1.5")}
        assert values(charts.region_rows(values_, language="fi"), "text")[4:6] == [
            "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567",
            "1,50",
        ]

    def test_code_without_a_tile_is_rejected(self) -> None:
        """HUS and Åland are not among the 22 regions; nothing is left out silently."""
        with pytest.raises(tul.UnknownCodeError):
            charts.region_rows({"91": 1})

    def test_infinite_value_is_rejected(self) -> None:
        """It is neither a number nor unknown."""
        with pytest.raises(ValueError, match="infinite"):
            charts.region_rows({"05": math.inf})

    def test_empty_map_has_all_tiles(self) -> None:
        """All regions are unknown."""
        picture = region_picture({}, "en", "Mine")
        assert picture.title == "Mine"
        assert picture.caption[1] == "? not known: 22"
        assert svg_of(picture).count(">?<") == 22

    def test_project_of_several_regions_is_in_none(self) -> None:
        """Its grants are not amounts of one region; planned grants are not added, either."""
        projects = [
            tul.Project(id="a", name=tul.Text("a"), regions=("05", "06")),
            tul.Project(id="b", name=tul.Text("b"), regions=("05",)),
        ]
        grants = [
            tul.Grant(id=name, call="c", project=project, status=status, amount_eur=Decimal(5))
            for name, project, status in [
                ("1", "a", tul.GrantStatus.GRANTED),
                ("2", "b", tul.GrantStatus.PLANNED),
                ("3", "b", tul.GrantStatus.GRANTED),
                ("4", "unknown", tul.GrantStatus.GRANTED),
            ]
        ]
        portfolio = tul.Portfolio(projects=tul.Register(projects), grants=tul.Register(grants))
        assert charts.grants_by_region(portfolio) == {"05": tul.Amount(5, 5)}

    def test_project_of_a_bundled_grant_has_its_line(self) -> None:
        """A table of grants can be mapped; bundled grants are not added, own projects win."""
        portfolio = tul.Portfolio(grants=tul.Register([OF_BUNDLED]))
        assert charts.grants_by_region(portfolio) == {"05": tul.Amount(5, 5)}
        assert charts.grants_by_region(portfolio, reference=tul.Portfolio()) == {}
        project = tul.Project(id=OF_BUNDLED.project, name=tul.Text("a"), regions=("06",))
        moved = attrs.evolve(portfolio, projects=tul.Register([project]))
        assert charts.grants_by_region(moved) == {"06": tul.Amount(5, 5)}


@pytest.mark.parametrize("value", [True, "x", [1], Fraction(1, 3)], ids=str)
def test_other_values_are_rejected(value: object) -> None:
    """The error states what a map accepts."""
    with pytest.raises(tul.InvalidValueError, match="expected an Amount, a number, or None for"):
        charts.region_rows({"05": cast("Any", value)})


@pytest.mark.parametrize(
    "chart", [charts.grants_by_region, charts.timeline_rows, charts.matrix_rows]
)
def test_other_types_than_portfolios_are_rejected(chart: Callable[[Any], object]) -> None:
    """The error states how to make a portfolio of a register, an entity or a reading."""
    project = next(iter(tul.projects))
    reading = tul.read("examples/varsinais-suomi.json")
    for given, example in (
        (tul.grants, "Portfolio(grants=[...])"),
        (project, "Portfolio(projects=[...])"),
        (reading, "reading.portfolio"),
    ):
        with pytest.raises(tul.InvalidValueError) as caught:
            chart(given)
        assert f"a value of type Portfolio, for example {example}" in str(caught.value)


class TestFindingsChart:
    """Counts by rule, as bars."""

    def test_bars_have_the_counts_of_the_report(self) -> None:
        """The counts are exact, and skipped rules have no number."""
        rows = charts.findings_rows(BROKEN)
        counts = [row["count"] for row in rows if isinstance(row["count"], int)]
        assert sum(counts) == BROKEN.count()
        skipped = [row["code"] for row in rows if row["count"] is None]
        assert skipped == list(BROKEN.skipped)
        assert svg_of(findings_picture(BROKEN, "en")).count("? not checked") == len(skipped)

    def test_ticks_are_whole_numbers(self) -> None:
        """Of few findings each whole number has one tick."""
        finding = tul.check(tul.read("examples/varsinais-suomi-broken.json")).findings[0]
        for count, ticks in ((0, [0]), (2, [0, 1, 2]), (6, None)):
            report = tul.Report.of([finding] * count)
            axis = findings_picture(report, "en").layers[0]["encoding"]["x"]["axis"]
            assert axis.get("values") == ticks

    def test_limit_does_not_change_the_bars(self) -> None:
        """Findings that are not listed are counted."""
        limited = tul.check(tul.read("examples/varsinais-suomi-broken.json"), limit=1)
        assert charts.findings_rows(limited) == charts.findings_rows(BROKEN)

    def test_report_without_findings_has_a_chart(self) -> None:
        """The caption states that nothing was found."""
        picture = findings_picture(tul.Report(), "en")
        assert picture.caption == ("Errors 0, warnings 0, notes 0",)
        assert svg_of(picture).startswith("<svg")


class TestMatrix:
    """Goals with services and themes, as cells."""

    def test_every_bundled_link_is_a_cell(self) -> None:
        """Goals with services and themes, each with the evidence of the link."""
        rows = charts.matrix_rows(tul.reference)
        cells = {(row["goal"], row["target"]): row["state"] for row in rows}
        for link in tul.goal_links:
            assert cells[link.goal.value, link.target] == link.evidence.value
        assert values(rows, "state").count("unknown") == len(rows) - len(tul.goal_links)

    def test_weaker_links_are_marked_and_counted(self) -> None:
        """A link below the level of evidence is neither shown as a link nor as unknown."""
        rows = charts.matrix_rows(tul.reference, at_least=tul.Evidence.TEXTUAL)
        weaker = sum(link.evidence < "textual" for link in tul.goal_links)
        assert values(rows, "sign").count("·") == weaker
        caption = matrix_picture(tul.reference, "en", tul.Evidence.TEXTUAL).caption
        assert f"· weaker evidence: {weaker}" in caption[0]
        assert "inferred" not in caption[0]

    def test_short_name_without_a_translation_is_not_used(self) -> None:
        """The name of the goal in the language is shown instead."""
        heads = set(values(charts.matrix_rows(tul.reference, language="en"), "goal_name"))
        assert not any("saatavuus" in str(head) for head in heads)

    def test_goal_without_a_short_name_has_its_name(self) -> None:
        """A portfolio's own goal replaces the bundled one."""
        goal = attrs.evolve(tul.goals[1], short_name=None)
        rows = charts.matrix_rows(tul.Portfolio(goals=tul.Register([goal])), language="fi")
        assert rows[0]["goal_name"] == f"1 {goal.name.fi}"


def portfolio_of(project: tul.Project, *grants: tul.Grant) -> tul.Portfolio:
    """Return a portfolio of one project."""
    return tul.Portfolio(projects=tul.Register([project]), grants=tul.Register(grants))


def granted(usable: str | None, id: str = "g", **more: Any) -> tul.Grant:  # noqa: ANN401 - any field
    """Return a grant that may pay costs in a period."""
    return tul.Grant(
        id=id,
        call="shc-2021",
        project="p",
        status=more.pop("status", tul.GrantStatus.GRANTED),
        usable=None if usable is None else tul.Period.parse(usable),
        **more,
    )


PROJECT = tul.Project(
    id="p", name=tul.Text("Hanke"), regions=("05",), period=tul.Period.of_years(2021, 2022)
)


def bar_types(portfolio: tul.Portfolio) -> list[tuple[object, object]]:
    """Return the types of bars in a timeline, and their days."""
    rows = charts.timeline_rows(portfolio)
    return [
        (row["kind"], row["days"]) for row in rows if row["kind"] not in {"costs", "application"}
    ]


class TestTimeline:
    """Calls, projects and grants, as bars in time."""

    def test_every_bundled_object_has_its_line(self) -> None:
        """Calls, projects, administrations and grants are all there."""
        lines = {str(row["line"]).split("\n")[1] for row in charts.timeline_rows(tul.reference)}
        assert {f"grant {grant.id}" for grant in tul.grants} <= lines
        assert {f"call {call.id}" for call in tul.calls} <= lines
        assert {f"project {project.id}" for project in tul.projects} <= lines
        administrations = sum(len(project.administrations or ()) for project in tul.projects)
        assert len(lines) == len(tul.grants) + len(tul.calls) + len(tul.projects) + administrations

    def test_project_of_a_bundled_grant_has_its_line(self) -> None:
        """It is above the line of its grant; other bundled grants have none."""
        rows = charts.timeline_rows(tul.Portfolio(grants=tul.Register([OF_BUNDLED])))
        lines = [*dict.fromkeys(str(row["line"]).split("\n")[1] for row in rows)]
        assert f"project {OF_BUNDLED.project}" in lines
        assert [each for each in lines if each.startswith("grant ")] == ["grant g"]
        assert lines[-1] == "grant g"

    def test_unknown_bounds_are_counted(self) -> None:
        """The caption counts bars with one known bound, and those with none."""
        picture = timeline_picture(tul.reference, "en")
        bounds = values(list(picture.rows), "bounds")
        assert f"one bound not known: {bounds.count(1)}" in picture.caption[0]
        assert f"no day known: {bounds.count(0)}" in picture.caption[0]

    def test_uncovered_days_are_marked(self) -> None:
        """They are the days that rule TSK407 reports."""
        portfolio = portfolio_of(PROJECT, granted("2021-01-01/2021-12-31"))
        uncovered = [days for bar, days in bar_types(portfolio) if bar == "uncovered"]
        assert uncovered == ["1 January 2022 to 31 December 2022"]
        report = tul.check(portfolio, select=["TSK407"])
        assert str(uncovered[0]) in report.findings[0].message("en")
        assert "days without a grant: 1" in timeline_picture(portfolio, "en").caption[0]

    @pytest.mark.parametrize(
        "grants",
        [
            (),
            (granted(None),),
            (granted("2021-01-01/.."),),
            (granted("2021-01-01/2021-12-31"), granted(None, "h")),
            (granted("2021-01-01/2021-12-31"), granted("2022-01-01/2022-12-31", "h")),
            (granted("2021-01-01/2021-12-31", status=tul.GrantStatus.PLANNED),),
        ],
        ids=["none", "unknown", "open", "one-unknown", "covered", "planned"],
    )
    def test_unknown_days_are_not_marked_as_uncovered(self, grants: tuple[tul.Grant, ...]) -> None:
        """Where a bound is missing, it is not known whether a day is covered."""
        assert "uncovered" not in dict(bar_types(portfolio_of(PROJECT, *grants)))

    def test_project_of_unknown_days_has_its_own_mark(self) -> None:
        """It has no uncovered days."""
        project = attrs.evolve(PROJECT, period=None)
        found = bar_types(portfolio_of(project, granted("2021-01-01/2021-12-31")))
        assert found[0] == ("project", "? not known")
        assert len(found) == 2

    def test_grant_without_days_has_those_of_its_call(self) -> None:
        """It has another type of bar, and never the years of its project."""
        found = dict(bar_types(portfolio_of(PROJECT, granted(None))))
        assert found["grant_of_call"] == "1 January 2021 to 31 December 2023"

    def test_grant_of_an_unknown_call_is_marked(self) -> None:
        """Its days are not known."""
        grant = attrs.evolve(granted(None), call="own-call")
        assert dict(bar_types(portfolio_of(PROJECT, grant)))["grant"] == "? not known"

    def test_grants_without_a_project_come_last(self) -> None:
        """A grant whose project is not in the portfolio is not lost."""
        grant = attrs.evolve(granted(None), project="elsewhere")
        rows = charts.timeline_rows(tul.Portfolio(grants=tul.Register([grant])))
        assert rows[-1]["kind"] == "grant_of_call"

    def test_administrator_without_a_name_is_shown_by_id(self) -> None:
        """An organisation that is known is shown by its name."""
        both = (tul.Administration("unheard-of"), tul.Administration("turku"))
        project = attrs.evolve(PROJECT, administrations=both)
        labels = values(charts.timeline_rows(portfolio_of(project)), "label")
        assert labels[1:] == ["  administrator unheard-of", "  administrator City of Turku"]

    def test_long_timelines_are_cut_with_a_count(self) -> None:
        """The caption counts the lines that are left out."""
        picture = timeline_picture(tul.reference, "en", limit=10)
        lines = {row["line"] for row in picture.rows}
        total = {row["line"] for row in charts.timeline_rows(tul.reference)}
        assert len(lines) == 10
        assert picture.caption[1] == f"Lines that are not drawn: {len(total) - 10}."

    def test_labels_are_cut_and_escaped(self) -> None:
        """A long name is cut; control characters are shown by their code points."""
        project = attrs.evolve(PROJECT, name=tul.Text("a\N{RIGHT-TO-LEFT OVERRIDE}" + "b" * 90))
        label = str(charts.timeline_rows(portfolio_of(project))[0]["label"])
        assert label.startswith("project a\\u202ebbb")
        assert label.endswith("…")
        assert len(label) == 56

    def test_timeline_ends_on_the_last_day_of_the_calendar(self) -> None:
        """There is no day after 31 December 9999."""
        period = tul.Period(dt.date.min, dt.date.max)
        rows = charts.timeline_rows(portfolio_of(attrs.evolve(PROJECT, period=period)))
        assert (rows[0]["from"], rows[0]["until"]) == ("0001-01-01", "9999-12-31")

    def test_text_is_escaped_in_svg(self) -> None:
        """Names of a document are not markup of the picture."""
        project = attrs.evolve(PROJECT, name=tul.Text("<script>alert(1)</script>"))
        svg = svg_of(timeline_picture(portfolio_of(project), "en"))
        assert "<script" not in svg
        assert "&lt;script" in svg
