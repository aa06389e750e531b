"""Objects in notebooks: compact HTML fragments, escaped, with names beside codes."""

from html.parser import HTMLParser

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import document, read_text, run_python
from tulevaisuus.findings.pydantic_and_notebooks import NotebookMethods
from tulevaisuus.reports import html_of
from tulevaisuus.reports.html_elements import Html, element, joined

HOSTILE = "<script>alert(1)</script>\N{RIGHT-TO-LEFT OVERRIDE}\"'&"

SHOWN: dict[str, object] = {
    "grant": tul.grants["vs-2021"],
    "regions": tul.regions,
    "empty": tul.Register(),
    "rulebook": tul.rulebook,
    "reference": tul.reference,
    "programme": tul.programme,
    "call": tul.calls["shc-2021"],
    "region": tul.regions["05"],
    "period": tul.Period.of_years(2020, 2023),
    "text": tul.Text("Palvelut", sv="Tjänster"),
    "amount": tul.Amount(1, 2),
    "status": tul.GrantStatus.GRANTED,
    "goal": tul.GoalNumber(1),
    "evidence": tul.Evidence.WEAK,
    "tile": tul.Tile(row=1, column=2),
    "rule": tul.rulebook["TSK302"],
    "inferred-rule": tul.rulebook["TSK001"],
    "report": tul.check(tul.reference),
    "whole": tul.read("examples/varsinais-suomi.json"),
    "broken": tul.read("examples/varsinais-suomi-broken.json"),
}


class Balance(HTMLParser):
    """Records elements that are opened and closed in the wrong order, and the text."""

    def __init__(self) -> None:
        """Create an empty parser."""
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element."""
        del attrs
        self.open.append(tag)
        self.seen.add(tag)
        self.text += " "

    def handle_endtag(self, tag: str) -> None:
        """Close the last element."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Record text."""
        self.text += data


def parsed(html: str) -> Balance:
    """Parse a fragment; every element must be closed."""
    balance = Balance()
    balance.feed(html)
    balance.close()
    assert not balance.open
    return balance


def text_of(shown: object, language: str = "en") -> str:
    """Return the visible text of an object."""
    return " ".join(parsed(html_of(shown, language=language)).text.split())


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_class_is_shown_in_every_language(shown: object, language: str) -> None:
    """A fragment is complete, has no scripts, and stays small."""
    html = html_of(shown, language=language)
    seen = parsed(html)
    assert seen.text
    assert not seen.seen & {"script", "style", "img", "iframe"}
    assert len(html) < 30_000


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
def test_notebooks_call_repr_html(shown: object) -> None:
    """The method returns the English fragment."""
    assert vars(NotebookMethods)["_repr_html_"](shown) == html_of(shown)


def test_importing_a_class_does_not_load_html() -> None:
    """The classes load the HTML code when the method is called."""
    opened = run_python(
        "import sys, tulevaisuus as tul; tul.Grant; tul.Report;"
        "print('tulevaisuus.reports' in sys.modules)"
    )
    assert opened == "False"


def test_names_are_beside_codes() -> None:
    """A code of the bundled facts has its name beside it, in the language."""
    shown = text_of(tul.projects["varsinais-suomi"], "sv")
    assert "Egentliga Finland 05" in shown
    assert "beviljat granted" in text_of(tul.grants["vs-2021"], "sv")


def test_business_id_is_shown_as_text() -> None:
    """It is one text, not an object with a field."""
    shown = html_of(tul.organisations["turku"])
    assert ">0204819-8<" in shown


def test_fields_of_a_note_are_separated_by_semicolons() -> None:
    """The text of a note may contain commas and end with a full stop."""
    assert "field: call; text: It supplements" in html_of(tul.grants["vs-2021"])


def test_unknown_key_has_no_name() -> None:
    """A reference to an object outside the facts is shown by its key."""
    grant = tul.Grant(id="g", call="c", project="p", status=tul.GrantStatus.PLANNED)
    assert "call c project p" in text_of(grant)


def test_unknown_fields_are_listed() -> None:
    """An empty list is shown as known to be none."""
    project = tul.Project(id="p", name=tul.Text("P"), regions=("05",), goals=())
    shown = text_of(project)
    assert "goals none" in shown
    assert "not known: short_name, administrations, participants, period, services" in shown


def test_object_without_unknown_fields_lists_none() -> None:
    """There is no empty list of unknown fields."""
    assert "not known" not in text_of(tul.CooperationGoal(number=1, name=tul.Text("ohjaus")))


def test_register_is_cut_with_its_count() -> None:
    """Ten rows of 311 are shown, and the number of the others."""
    html = html_of(tul.municipalities)
    assert html.count("<tr>") == 11
    assert "municipalities: 311" in html
    assert "and 301 more" in html


def test_short_register_is_complete() -> None:
    """Nothing is counted where nothing was cut."""
    assert "more" not in text_of(tul.Register([*tul.goals][:2]))


def test_empty_register_has_its_count() -> None:
    """It has no table."""
    assert html_of(tul.Register()) == '<div lang="en">objects: 0</div>'


def test_objects_without_a_name_are_shown_by_key() -> None:
    """A register of other objects shows their keys."""

    @attrs.frozen
    class Keyed:
        key: str

    register: tul.Register[Keyed] = tul.Register([Keyed("a"), Keyed("b")])
    assert text_of(register) == "objects: 2 key a b"


def test_long_lists_and_texts_are_cut() -> None:
    """A fragment of a large object stays readable."""
    many = tuple(f"t{number}" for number in range(40))
    project = tul.Project(id="p", name=tul.Text("n" * 400), regions=("05",), themes=many)
    shown = text_of(project)
    assert "t11, and 28 more" in shown
    assert "t12" not in shown
    assert f"{'n' * 300}…" in shown


def test_portfolio_counts_its_registers() -> None:
    """Each register that is not empty has a row with its count and first keys."""
    shown = text_of(tul.load("examples/varsinais-suomi.json"))
    assert "grants grants 2 vs-2020, vs-2021" in shown
    assert "municipalities" not in shown


def test_reading_counts_rejected_objects() -> None:
    """They are shown at the top."""
    assert text_of(tul.read("examples/varsinais-suomi.json")).startswith("Everything was read.")
    broken = tul.read("examples/varsinais-suomi-broken.json")
    shown = text_of(broken)
    assert shown.startswith(f"Rejected objects: {len(broken.rejected)}.")
    assert (
        f"errors: {sum(number for _, severity, number in broken.counts if severity == 'error')}"
        in shown
    )


def test_report_is_cut_with_exact_counts() -> None:
    """The first ten findings are shown; the counts by rule are those of the report."""
    report = tul.check(tul.read("examples/varsinais-suomi-broken.json"))
    shown = text_of(report)
    assert "errors: 15, warnings: 1, notes: 1" in shown
    assert "the first 10 of 17 findings" in shown
    assert "skipped, as data that they need was not given or could not be read: TSK303" in shown
    few = tul.check(tul.read("examples/varsinais-suomi.json"))
    assert "the first" not in text_of(few)


def test_object_with_a_report_is_shown_as_its_report() -> None:
    """So is the result of a check of data frames."""

    class Checked(NotebookMethods):
        def report(self) -> tul.Report:
            """Return an empty report."""
            return tul.Report()

    assert text_of(Checked()) == text_of(tul.Report())


def test_other_objects_are_shown_by_their_repr() -> None:
    """No class leads to an error."""
    assert html_of(["<b>"]) == "<pre>[&#x27;&lt;b&gt;&#x27;]</pre>"


def test_enum_member_without_a_label_is_shown_by_its_code() -> None:
    """A user's code list need not have labels."""
    assert html_of(tul.Language.FI) == '<span lang="en">Finnish <code>fi</code></span>'


def test_text_of_a_document_is_escaped() -> None:
    """Names, keys, notes and messages are escaped, and control characters shown."""
    project = tul.Project(
        id=HOSTILE.replace("\N{RIGHT-TO-LEFT OVERRIDE}", ""),
        name=tul.Text(HOSTILE),
        regions=("05",),
    )
    portfolio = tul.Portfolio(projects=tul.Register([project]))
    reading = read_text(document(grants=[{"id": "<b>", HOSTILE: 1}]))
    for shown in (
        project,
        portfolio,
        portfolio.projects,
        reading,
        *reading.findings,
        tul.check(portfolio),
    ):
        html = html_of(shown)
        assert "script" not in parsed(html).seen
        assert "b" not in parsed(html).seen
        assert "<script" not in html
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html


def test_a_wrong_language_is_rejected() -> None:
    """The language is one of three, also for an object without text."""
    with pytest.raises(tul.UnknownLanguageError):
        html_of(tul.Text("a"), language="de")


def test_attributes_and_text_are_escaped() -> None:
    """Only `Html` objects are markup."""
    link = element("a", "<", href='"')
    assert link == '<a href="&quot;">&lt;</a>'
    assert joined(link, "&") == f"{link}&amp;"
    assert isinstance(joined("a"), Html)


def test_finding_has_its_location() -> None:
    """It is the location in the file, or the path in the document."""
    finding = tul.check(tul.read("examples/varsinais-suomi-broken.json")).findings[0]
    assert "varsinais-suomi-broken.json:12:19" in text_of(finding)
    assert "/projects/0/regions/0" in text_of(attrs.evolve(finding, location=None))


def test_location_without_a_source_is_line_and_column() -> None:
    """Text that is not from a file has no name."""
    reading = tul.read(b'{"format": "tulevaisuus", "format_version": "1.0", "grant": []}')
    assert text_of(reading.findings[0]).startswith("error TSK004 1:52 there is no field")


def test_dates_and_booleans_are_localized() -> None:
    """A date is written as in the language, a boolean as yes or no."""
    call = attrs.evolve(tul.calls["shc-2021"], own_contribution_required=False)
    shown = text_of(call, "fi")
    assert "own_contribution_required ei" in shown
    assert "hakuaika" not in shown
    assert "application_period 16.8.2021–15.10.2021" in shown
