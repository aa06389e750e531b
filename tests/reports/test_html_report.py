"""The HTML page of a report: complete, escaped, with consistent counts."""

import base64
import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import document, read_text
from tulevaisuus.reports import html_report, page_downloads, to_html
from tulevaisuus.reports.page_figures import figures_of

pytest.importorskip("jinja2", reason="the extra html is not installed for this Python")
pytestmark = pytest.mark.usefixtures("drawings")

BROKEN = tul.read("examples/varsinais-suomi-broken.json")
REPORT = tul.check(BROKEN)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


class Page(HTMLParser):
    """The elements, links, ids and text of a page."""

    def __init__(self, html: str) -> None:
        """Parse the page; every element must be closed in its order."""
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: dict[str, str] = {}
        self.names: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element and the attributes that tests look at."""
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links[given["href"]] = given.get("download", "")
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element without content, as in SVG."""
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        """Close the last element."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Record visible text."""
        if not {"style", "svg"} & {*self.open}:
            self.text += f" {data}"

    @property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())


def downloads(html: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Return the names and the rows of the tables that the page contains as downloads."""
    for href, name in Page(html).links.items():
        if href.startswith("data:"):
            media_type, _, data = href.partition(",")
            assert media_type == "data:text/csv;charset=utf-8;base64"
            text = base64.b64decode(data).decode("utf-8-sig")
            delimiter = ";" if ";" in text.splitlines()[0] else ","
            yield name, [*csv.reader(io.StringIO(text), delimiter=delimiter)]


def many(count: int) -> tul.Report:
    """Return a report of many findings about many objects."""
    finding = REPORT.findings[0]
    return tul.Report.of(
        (attrs.evolve(finding, subject=f"grant g{each % 400}") for each in range(count)),
        titles=dict(REPORT.titles),
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_page_is_complete_and_loads_nothing(language: str) -> None:
    """Elements are closed, ids unique, links valid, and there are no scripts."""
    html = to_html(REPORT, BROKEN.portfolio, language=language)
    shown = Page(html)
    assert html.startswith(f'<!DOCTYPE html>\n<html lang="{language}">')
    assert len(shown.ids) == len(set(shown.ids))
    inner = {link[1:] for link in shown.links if link.startswith("#")}
    assert inner <= set(shown.ids)
    assert not {"script", "link", "img", "iframe", "form"} & set(shown.tags)
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import", html)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_finding_is_there(language: str) -> None:
    """Each message is in the language of the page, with its location and what to do."""
    words = Page(to_html(REPORT, language=language)).words
    for finding in REPORT:
        assert " ".join(finding.message(language).split()) in words
        assert str(finding.location) in words
        assert tul.rulebook[finding.code].remedy.get(language) in words
    for source in tul.rulebook["TSK302"].sources:
        assert tul.sources[source].about in words


def test_counts_are_consistent() -> None:
    """Severities, objects and rules have the same sum, that of the report."""
    html = to_html(REPORT, BROKEN.portfolio)
    by_object = [
        int(each) for each in re.findall(r'title">[^<]*</span> <span class="size">\((\d+)', html)
    ]
    assert sum(by_object) == REPORT.count() == 17
    words = Page(html).words
    assert "error 15 warning 1 note 1 Total 17" in words
    by_rule = [
        int(number)
        for counts in re.findall(r'</code> [^<]* <span class="size">\(([^)]*)\)', html)
        for number in re.findall(r": (\d+)", counts)
    ]
    assert sum(by_rule) == 17


def test_skipped_rules_are_listed() -> None:
    """They have their titles and the reason."""
    words = Page(to_html(REPORT)).words
    assert "Rules that were not checked: 7" in words
    assert tul.rulebook["TSK304"].title.get("en") in words


def test_page_describes_the_document() -> None:
    """Registers with counts, and grants by status with the known part of their amounts."""
    words = Page(to_html(tul.check(tul.reference), tul.reference)).words
    total = sum(len(register) for register in tul.reference.registers().values())
    assert f"Total {total}" in words
    granted = [each for each in tul.grants if each.status == "granted"]
    known = [each for each in granted if each.amount_eur is not None]
    assert f"granted {len(granted)} {len(known)} {len(granted) - len(known)}" in words


def test_status_of_unknown_amounts_has_no_sum() -> None:
    """An unknown amount is not shown as zero."""
    grant = tul.Grant(id="g", call="shc-2021", project="p", status=tul.GrantStatus.PLANNED)
    portfolio = tul.Portfolio(grants=tul.Register([grant]))
    assert "planned 1 0 1 –" in Page(to_html(tul.Report(), portfolio)).words


def test_pictures_have_text_and_tables() -> None:
    """Each picture has a text alternative, and the same data as a table."""
    html = to_html(REPORT, BROKEN.portfolio)
    assert html.count('role="img" aria-label="') == html.count("<svg") == 4
    assert html.count("The same data as a table") >= 4
    assert "not on the map: 1" in html


def test_page_without_the_extra_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are there, and what to install for pictures."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    html = to_html(REPORT, BROKEN.portfolio, language="sv")
    assert "<svg" not in html
    assert "pip install &#39;tulevaisuus[charts]&#39;" in html
    assert "Samma uppgifter som tabell" in html


def test_missing_extra_html_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message states what to install."""
    vars(html_report)["_environment"].cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'tulevaisuus\[html\]'"):
        to_html(tul.Report())


def test_report_without_findings_has_a_page() -> None:
    """It states that nothing was found."""
    words = Page(to_html(tul.Report(), tul.Portfolio(), language="fi")).words
    assert "Virheitä ei löytynyt." in words
    assert "Havaintoja ei ole." in words
    assert "Aineistosta ei voitu lukea mitään." in words


def test_a_wrong_language_is_rejected() -> None:
    """The language is one of three."""
    with pytest.raises(tul.UnknownLanguageError):
        to_html(tul.Report(), language="de")


def test_several_documents_are_one_page() -> None:
    """Each has its section, and a file that could not be opened is reported in its place."""
    html = to_html(
        [("a.json", REPORT), ("b.json", tul.Report()), ("c.json", FileNotFoundError(2, "no"))],
        {"a.json": BROKEN.portfolio},
    )
    shown = Page(html)
    assert len(shown.ids) == len(set(shown.ids))
    assert "there is no such file or directory" in shown.words
    assert shown.words.count("What the document contains") == 2  # in the contents, and above it


def test_thousands_of_findings_are_cut() -> None:
    """The first ones are shown, the counts are exact, and the download has them all."""
    report = many(3000)
    html = to_html(report)
    words = Page(html).words
    assert len(html) < 2_500_000
    assert "500 findings are shown here, of 3000 in all." in words
    assert "error 3000" in words
    assert "other findings: 2975" in words
    ((_, rows),) = downloads(html)
    assert len(rows) == 3001


def test_tables_are_cut_with_their_counts() -> None:
    """Of 10,400 findings the page has the first ones, and the command that writes all."""
    grants = [attrs.evolve(BROKEN.portfolio.grants["vs-2021"], id=f"g{n}") for n in range(5_200)]
    portfolio = attrs.evolve(BROKEN.portfolio, grants=tul.Register(grants))
    finding = REPORT.findings[0]
    subjects = [f"grant g{each % 5_200}" for each in range(10_400)]
    report = tul.Report.of(attrs.evolve(finding, subject=each) for each in subjects)
    html = to_html(report, portfolio, name="my grants.json")
    assert len(html) < 6_000_000
    words = Page(html).words
    assert "Download the first 5000 findings, of 10400 that are listed, as a table (CSV)" in words
    assert "Download the first 5000 rows with findings, of 5200 (CSV): grants" in words
    assert "This command writes all 10400 to a JSON file:" in words
    command = "check 'my grants.json' --limit 10400 --format json --output findings.json"
    assert command in words
    assert [len(rows) for _, rows in downloads(html)] == [5001, 5001]


def test_registers_share_the_rows_of_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later register has no table if the first ones have used all rows."""
    monkeypatch.setattr(page_downloads, "_MAX_ROWS", 1)
    html = to_html(REPORT, BROKEN.portfolio)
    assert [name for name, _ in downloads(html)] == ["findings.csv", "projects.csv"]


def test_page_with_all_findings_has_no_command() -> None:
    """The command is there only if tables are cut."""
    assert "--output findings.json" not in Page(to_html(REPORT)).words


def test_findings_of_an_object_are_cut_with_a_count() -> None:
    """Twenty of each object are shown, and the number of the others."""
    finding = REPORT.findings[0]
    words = Page(to_html(tul.Report.of([finding] * 25))).words
    assert "Other findings about this object: 5" in words


def test_omitted_findings_are_counted() -> None:
    """The page has the number of findings beyond the limit of the report."""
    report = tul.check(BROKEN, limit=0)
    words = Page(to_html(report)).words
    assert "findings that are not listed: 17, of which errors: 15" in words
    assert not [*downloads(to_html(report))]
    assert "tulevaisuus check portfolio.json --limit 17 --format json" in words


def test_findings_can_be_downloaded() -> None:
    """The table has a row for each finding, in the CSV dialect of the language."""
    (name, rows), *others = downloads(to_html(REPORT, BROKEN.portfolio, language="fi"))
    assert name == "havainnot.csv"
    assert rows[0][:4] == ["vakavuus", "sääntö", "säännön nimi", "kohde"]
    assert [row[6] for row in rows[1:]] == [each.message("fi") for each in REPORT]
    assert [name for name, _ in others] == ["projects.csv", "grants.csv", "centres.csv"]


def test_rows_with_findings_can_be_downloaded() -> None:
    """They are the objects that have findings, with the codes of their rules."""
    tables = dict(downloads(to_html(REPORT, BROKEN.portfolio)))
    header, row = tables["grants.csv"]
    assert row[header.index("id")] == "vs-2021"
    assert row[header.index("findings")].split(", ") == ["TSK101", "TSK302", "TSK313", "TSK008"]
    assert row[header.index("amount_eur")] == "11180062"
    assert row[header.index("own_contribution_eur")] == ""


def test_rows_without_findings_are_not_downloaded() -> None:
    """A register without findings has no table."""
    grant = attrs.evolve(BROKEN.portfolio.grants["vs-2021"], id="fine")
    portfolio = tul.Portfolio(grants=tul.Register([grant]))
    assert [name for name, _ in downloads(to_html(REPORT, portfolio))] == ["findings.csv"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "'", "\t"])
def test_downloads_contain_no_formulas(start: str) -> None:
    """A text that would be a formula has an apostrophe before it."""
    project = tul.Project(id="p", name=tul.Text(f"{start}1+1"), regions=("05",), goals=())
    portfolio = tul.Portfolio(projects=tul.Register([project]))
    report = tul.check(portfolio)
    tables = dict(downloads(to_html(report, portfolio)))
    header, row = tables["projects.csv"]
    assert row[header.index("name_fi")] == f"'{start}1+1"


def hostile() -> tul.Reading:
    """Return a document with markup wherever there can be text."""
    return read_text(
        document(
            projects=[
                {"id": HOSTILE, "name": {"fi": HOSTILE}, "regions": [HOSTILE], "goals": []},
                {"id": "p", "name": {"fi": HOSTILE}, "regions": ["05"], "goals": []},
            ],
            grants=[
                {
                    "id": HOSTILE[:100],
                    "call": HOSTILE,
                    "project": "p",
                    "status": "granted",
                    "amount_eur": 5,
                    HOSTILE: 1,
                },
                {"id": "g", "call": HOSTILE, "project": HOSTILE, "status": "granted"},
            ],
            organisations=[{"id": "o", "name": {"fi": HOSTILE}, "kind": HOSTILE}],
        )
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_hostile_document_is_escaped(language: str) -> None:
    """Its names, ids, fields and values are text in the page, its pictures and its links."""
    reading = hostile()
    report = tul.check(reading)
    assert len(report) > 5
    html = to_html(report, reading.portfolio, language=language, name=HOSTILE)
    shown = Page(html)
    assert not {"script", "img"} & set(shown.tags)
    assert not any(name.startswith("on") for name in shown.names)
    assert "alert(1)" in shown.text


def test_links_are_to_the_web_or_within_the_page() -> None:
    """The address of a source begins with http, and no other address is from data."""
    for link in Page(to_html(REPORT, BROKEN.portfolio)).links:
        assert link.startswith(("#", "https://", "http://", "data:text/csv;"))


def test_invisible_characters_are_shown_by_code_point() -> None:
    """Bidirectional controls do not reach the page."""
    turned = "a\N{RIGHT-TO-LEFT OVERRIDE}b"
    project = tul.Project(id="p", name=tul.Text(turned), regions=("05",), goals=())
    portfolio = tul.Portfolio(projects=tul.Register([project]))
    html = to_html(tul.check(portfolio), portfolio, name=turned)
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html


def test_rule_of_a_user_has_its_title() -> None:
    """A rule outside the rulebook has neither explanation nor remedy."""
    finding = attrs.evolve(REPORT.findings[0], code="OWN001", sources=("nobody-knows",))
    report = tul.Report.of([finding], titles={"OWN001": tul.Text("Oma sääntö")})
    words = Page(to_html(report, language="fi")).words
    assert "OWN001 Oma sääntö" in words
    assert "nobody-knows" in words


def test_map_has_the_amounts_of_the_portfolio() -> None:
    """The table below the map has the sum of the grants of a region."""
    portfolio = tul.load("examples/varsinais-suomi.json")
    words = Page(to_html(tul.check(portfolio), portfolio)).words
    assert "Southwest Finland ≈ 16,680,062" in words
    assert portfolio.grants["vs-2021"].amount_eur == Decimal(11180062)


def test_grants_of_bundled_projects_are_on_the_map() -> None:
    """They are included with their sums."""
    grants = tul.Register([each for each in tul.grants if each.project == "varsinais-suomi"])
    portfolio = tul.Portfolio(grants=grants)
    (figure,) = [each for each in figures_of(tul.Report(), portfolio, "en") if each.id == "map"]
    granted = sum(each.status is tul.GrantStatus.GRANTED for each in grants)
    assert figure.caption[-1].startswith(f"Grants on the map: {granted};")
    assert figure.caption[-1].endswith("not on the map: 0")


def test_long_timeline_is_cut_with_a_count() -> None:
    """A timeline of very many grants shows the first rows."""
    words = Page(to_html(tul.Report(), big_portfolio())).words
    assert "Lines that are not drawn" in words


def big_portfolio() -> tul.Portfolio:
    """Return a portfolio of many grants."""
    grants = [
        {"id": f"g{each}", "call": "shc-2021", "project": "p", "status": "granted"}
        for each in range(400)
    ]
    return tul.loads(json.dumps(json.loads(document(grants=grants))))


def test_table_shows_the_first_rows() -> None:
    """The table below the bars of very many rules is cut."""
    finding = REPORT.findings[0]
    report = tul.Report.of(attrs.evolve(finding, code=f"OWN{each:03}") for each in range(310))
    assert "The table shows the first 300 rows." in Page(to_html(report)).words


@pytest.mark.parametrize(
    ("language", "words", "count"),
    [
        ("fi", "Luvuista ja summista puuttuvat kohteet, joita ei voitu", "valtionavustukset: 2"),
        ("sv", "I antalen och summorna saknas objekt som inte kunde läsas", "statsunderstöd: 2"),
        ("en", "Not in the numbers and sums, as it could not be read", "grants: 2"),
    ],
)
def test_rejected_objects_are_missing_from_sums(language: str, words: str, count: str) -> None:
    """The page states it beside the counts of objects, and beside the sums of grants."""
    grant = {"id": "g1", "call": "shc-2021", "project": "kainuu", "status": "granted"}
    bad = ({**grant, "id": "g2", "status": "x"}, {**grant, "id": "g3", "amount_eur": "5"})
    reading = read_text(document(grants=[grant, *bad]))
    shown = Page(to_html(tul.check(reading), reading, language=language)).words
    assert (shown.count(words), shown.count(f": {count}")) == (2, 2)
    assert words not in Page(to_html(tul.Report(), reading.portfolio, language=language)).words


def test_rejected_registers_are_named() -> None:
    """If every register is rejected, the page states that nothing could be read."""
    reading = read_text(document(goals=[{"id": 1}], grants=[], projects={}))
    some = attrs.evolve(reading, portfolio=tul.reference)
    shown = Page(to_html(tul.Report(), some)).words
    assert "goals: 1" in shown
    assert "projects: all" in shown
    shown = Page(to_html(tul.Report(), read_text("["))).words
    assert "Nothing could be read" in shown
    assert "Not in the numbers and sums" not in shown
