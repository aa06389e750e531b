"""`tulevaisuus show`, `schema` and `completion`: facts and rules, as text and as data."""

import csv
import datetime as dt
import io
import json
from typing import Any

import attrs
import pytest

import tulevaisuus as tul
from tests.cli.command import Command
from tulevaisuus import formats, model
from tulevaisuus.cli.help_page import texts_by_english
from tulevaisuus.cli.object_texts import field_name
from tulevaisuus.cli.register_lookup import register_of
from tulevaisuus.cli.show_gaps import issues_of
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.model.entity import key_text
from tulevaisuus.reports.report_texts import subject_text

REGISTERS: dict[str, tul.Register[Any]] = {
    **tul.reference.registers(),
    "rules": tul.rulebook,
}
_NOT_SHOWN = {*REGISTERS, "programme", "newer_version", "least", "most"}
"""Fields of portfolios and amounts, which no bundled object has."""

FILLED = [name for name, register in REGISTERS.items() if len(register)]


@pytest.mark.parametrize("name", FILLED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_register_is_listed(name: str, language: str, command: Command) -> None:
    """A register has a line for each object, with its key, in the register's order."""
    outcome = command("show", name, "--language", language)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    keys = [key_text(entity.key) for entity in REGISTERS[name]]
    assert [line[: len(key)] for line, key in zip(lines, keys, strict=True)] == keys


def test_unknown_key_of_an_empty_register(command: Command) -> None:
    """The class is known; the message names the key."""
    outcome = command("show", "centre", "keskus-1")
    assert outcome == (2, "", 'there is no health and social services centre "keskus-1"\n')


@pytest.mark.parametrize("name", [name for name in FILLED if name != "rules"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_object_is_shown_by_its_key(name: str, language: str, command: Command) -> None:
    """One object of each class is shown with every field that is set."""
    entity = next(iter(REGISTERS[name]))
    key = key_text(entity.key)
    outcome = command("show", entity.singular, *key.split(), "-l", language)
    assert (outcome.code, outcome.err) == (0, "")
    head, *lines = outcome.out.splitlines()
    assert head == subject_text(f"{entity.singular} {key}", language)
    shown = [line.strip().partition(":")[0] for line in lines if line[2:3] != " "]
    regions = {kind.label.get(language) for kind in tul.RegionKind}
    for label, field in zip(shown, entity.set_fields(), strict=True):
        assert label == field_name(field, language) or (field == "region" and label in regions)


def test_every_field_has_a_label() -> None:
    """Fields are labelled in three languages (``cli/texts/field_labels.toml``)."""
    classes = [each for name in model.__all__ if attrs.has(each := getattr(model, name))]
    fields = {field.name for cls in classes for field in attrs.fields(cls)}
    known = open_catalogue("tulevaisuus.cli", "field_labels")["field"]
    internal = {name for name in fields if name.startswith("_")}
    assert fields - internal - known.keys() - _NOT_SHOWN == set()


def test_field_of_a_user_keeps_its_name() -> None:
    """A field without a label is shown with its name in documents."""
    assert field_name("wheels", "fi") == "wheels"


@pytest.mark.parametrize("language", LANGUAGES)
def test_rule_is_shown_as_it_is_explained(language: str, command: Command) -> None:
    """Both commands print the same."""
    expected = command("explain", "TSK302", "-l", language)
    assert command("show", "rule", "TSK302", "-l", language) == expected


@pytest.mark.parametrize(
    ("words", "head"),
    [
        (("region", "05"), "region 05"),
        (("regions", "05"), "region 05"),
        (("region", "Varha"), "region 05"),
        (("region", "egentliga", "finland"), "region 05"),
        (("hyvinvointialue", "Varha"), "region 05"),
        (("välfärdsområde", "05"), "region 05"),
        (("municipality", "853"), "municipality 853"),
        (("municipality", "Åbo"), "municipality 853"),
        (("kunta", "Turku"), "municipality 853"),
        (("Kunnat", "Turku"), "municipality 853"),
        (("kommun", "Åbo"), "municipality 853"),
        (("goal", "2"), "goal 2"),
        (("tavoite", "2"), "goal 2"),
        (("mål", "2"), "goal 2"),
        (("goal_link", "1", "digital"), "goal link 1 digital"),
        (("goal_links", "1 digital"), "goal link 1 digital"),
        (("goal link", "1 digital"), "goal link 1 digital"),
        (("call", "shc-2021"), "call shc-2021"),
        (("haku", "shc-2021"), "call shc-2021"),
        (("organisation", "Turun", "kaupunki"), "organisation turku"),
        (("rule", "TSK302"), "TSK302 grant-outside-cost-period"),
        (("sääntö", "TSK302"), "TSK302 grant-outside-cost-period"),
        (("rule", "no-goal"), "TSK401 no-goal"),
        (("TSK302",), "TSK302 grant-outside-cost-period"),
        (("no-goal",), "TSK401 no-goal"),
        (("hanke", "Satakunta"), "project satakunta"),
        (("project", "Etelä-Savo"), "project etela-savo"),
        (("area", "tyks"), "area TYKS"),
        (("body", "thl-project-office"), "body thl-project-office"),
        (("programme",), "programme shc"),
        (("ohjelma",), "programme shc"),
    ],
    ids=" ".join,
)
def test_object_by_key_or_name(words: tuple[str, ...], head: str, command: Command) -> None:
    """The class is given by an everyday word of any language, the object by key or name."""
    outcome = command("show", *words)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == head


@pytest.mark.parametrize("name", ["programme", *REGISTERS])
def test_class_by_its_words_in_each_language(name: str) -> None:
    """The words of a class select its register; a word of two classes selects the first."""
    known = open_catalogue("tulevaisuus.cli", "words_for_registers")["names"]
    words = known.get(name)
    shown = [words.localize(language).split(",")[0] for language in LANGUAGES] if words else []
    for word in [name, *shown]:
        found = register_of(word)
        assert found == name or word in {"alue", "maakunta", "region"}


@pytest.mark.parametrize(
    ("language", "name", "days"),
    [
        ("fi", "nimi: Varsinais-Suomi", "perustettu: 1.7.2021"),
        ("sv", "namn: Egentliga Finland", "inrättat: 1.7.2021"),
        ("en", "name: Southwest Finland", "established: 1 July 2021"),
    ],
)
def test_language_of_an_object(language: str, name: str, days: str, command: Command) -> None:
    """Labels, names and dates are shown in the language, also in lists."""
    out = command("show", "region", "05", "--language", language).out
    assert f"  {name}\n" in out
    assert f"  {days}\n" in out
    listed = name.partition(": ")[2]
    assert f"05   {listed}\n" in command("show", "regions", "--language", language).out


def test_long_values_are_wrapped(command: Command) -> None:
    """No line is wider than the terminal; continued lines are indented."""
    out = command("show", "region", "05").out
    assert all(len(line) <= 80 for line in out.splitlines() if " " in line.strip())
    assert "\n    - " in out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("regionz",), 'there is nothing called "regionz" to show; did you mean region, regions'),
        (("",), 'there is nothing called "" to show; try programme, goals, '),
        (("region", "5"), 'there is no region "5"; did you mean '),
        (("goal", "9"), 'there is no goal "9"'),
        (("goal_link", "1"), 'there is no goal link "1"'),
        (("rule", "TSK3O2"), 'there is no rule "TSK3O2"; did you mean TSK302'),
        (("rule", "TSK0100"), 'there is no rule "TSK0100"'),
        (("region", ""), 'there is no region ""'),
        (("programme", "x"), 'programme: neither a key nor a day applies here: "x"'),
        (("gaps", "x"), 'there is nothing called "x" to show; try programme, goals, '),
        (("gaps", "programme"), 'gaps: neither a key nor a day applies here: "programme"'),
        (("gaps", "rules"), 'gaps: neither a key nor a day applies here: "rules"'),
        (("qqq", "--on", "2022-01-01"), 'there is nothing called "qqq" to show; try programme, '),
        (("gaps", "grants", "x"), 'there is no grant "x"'),
        (("organisation", "Åbo stad"), 'there is no organisation "Åbo stad"; did you mean turku '),
        (("organisation", "Varha"), 'there is no organisation "Varha"; did you mean county-05 '),
        (
            ("organisation", "Varha (1928736-3)"),
            'there is no organisation "Varha (1928736-3)"; did you mean seinajoki (',
        ),
        (("gaps", "--on", "2022-01-01"), "gaps: neither a key nor a day applies here: "),
    ],
    ids=" ".join,
)
def test_unknown_class_or_key_is_a_usage_error(
    words: tuple[str, ...], complaint: str, command: Command
) -> None:
    """It is named in one line with suggestions; the exit code is 2."""
    outcome = command("show", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(complaint)
    assert outcome.err.count("\n") == 1


def test_suggestions_have_names(command: Command) -> None:
    """The name is beside the code, in the language."""
    assert "05 (Egentliga Finland)" in command("show", "region", "5", "-l", "sv").err


def test_ambiguous_name_is_a_usage_error(command: Command) -> None:
    """The keys of all objects with the name are listed."""
    outcome = command("show", "goal", "parantaminen", "-l", "fi")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("tavoite: nimi ”parantaminen” sopii useaan: 1 (Palveluiden ")
    assert ", 3 (" in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "known"),
    [
        ("fi", "ohjelma, tavoitteet, palvelut, "),
        ("sv", "program, mål, tjänster, "),
        ("en", "programme, goals, services, "),
    ],
)
def test_what_can_be_shown_is_listed_in_the_language(
    language: str, known: str, command: Command
) -> None:
    """After an unknown word the listed words are those of the language, and each is understood."""
    err = command("show", "qqq", "-l", language).err
    words = err[err.index(known) :].strip().split(", ")
    assert [*map(register_of, words)] == ["programme", *REGISTERS, "gaps", "disagreements"]


@pytest.mark.parametrize("what", ["gaps", "disagreements"])
def test_gaps_of_a_register_or_an_object(what: str, command: Command) -> None:
    """Words after `gaps` or `disagreements` limit them, as an argument does in Python."""
    expected = issues_of(what, tul.grants["vs-2021"])
    assert expected
    for words in (("grant", "vs-2021"), ("avustus", "VS-2021")):
        listed = json.loads(command("show", what, *words, "-f", "json").out)
        assert [each["field"] for each in listed] == [each.field for each in expected]
    of_grants = json.loads(command("show", what, "avustukset", "-f", "json").out)
    assert len(of_grants) == len(issues_of(what, "grants")) < len(issues_of(what))


@pytest.mark.parametrize("words", [("gaps", "municipalities"), ("centres",)], ids=" ".join)
def test_an_empty_list_is_stated(words: tuple[str, ...], command: Command) -> None:
    """Without any entry there is a line that says so, and an empty list for programs."""
    assert command("show", *words).out == "nothing of this kind is recorded\n"
    assert command("show", *words, "-f", "json").out == "[]\n"


@pytest.mark.parametrize(("language", "share"), [("fi", "4,38"), ("sv", "4,38"), ("en", "4.38")])
def test_a_percentage_is_no_amount_of_euros(language: str, share: str, command: Command) -> None:
    """The share of a *maakunta* has the decimal separator of the language, and no euros."""
    out = command("show", "maakunta", "04", "-l", language).out
    assert f": {share}; " in out
    assert "€4.38" not in out


# --- days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2022-06-01", "1.6.2022", "01.06.2022"])
def test_list_on_a_day(day: str, command: Command) -> None:
    """A list has the objects that are valid on the day, in any notation of the date."""
    listed = command("show", "municipalities", "--on", day).out.splitlines()
    assert len(listed) == len(tul.municipalities.on(dt.date(2022, 6, 1)))
    assert command("show", "kunta", "Turku", "--on", day).out.startswith("municipality 853\n")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fi",
            "  jaot 1.6.2022:\n    hyvinvointialue: 05 Varsinais-Suomi\n    maakunta: 02 ",
        ),
        (
            "sv",
            "  indelningar 1.6.2022:\n    välfärdsområde: 05 Egentliga Finland\n    landskap: 02 ",
        ),
        (
            "en",
            "  divisions on 1 June 2022:\n    wellbeing services county: 05 Southwest Finland\n",
        ),
    ],
)
def test_municipality_on_a_day_has_its_divisions(
    language: str, expected: str, command: Command
) -> None:
    """A municipality is shown with the divisions of that day."""
    out = command("show", "kunta", "Turku", "--on", "2022-06-01", "-l", language).out
    assert expected in out
    assert ": TYKS " in out
    later = command("show", "kunta", "Turku", "--on", "2023-06-01", "-l", language).out
    assert ": TYKS " not in later  # the specific catchment areas ended with 2022
    assert "divisions" not in command("show", "kunta", "Turku").out


@pytest.mark.parametrize(
    ("language", "county", "reference"),
    [
        ("fi", "tuleva hyvinvointialue (perustettu 1.7.2021)", "hyvinvointialue: 05 (Varsinais-S"),
        ("sv", "framtida välfärdsområde (inrättat 1.7.2021)", "välfärdsområde: 05 (Egentliga "),
        (
            "en",
            "future wellbeing services county (established 1 July 2021)",
            "wellbeing services county: 05 (Southwest",
        ),
    ],
)
def test_no_county_before_there_were_any(
    language: str, county: str, reference: str, command: Command
) -> None:
    """Of a day before 1.7.2021 the county is a future one; a code has its name beside it."""
    out = command("show", "kunta", "Turku", "--on", "2021-06-30", "-l", language).out
    assert f"\n    {county}: 05 " in out
    assert f"\n  {reference}" in out
    later = command("show", "kunta", "Turku", "--on", "2021-07-01", "-l", language).out
    assert county not in later
    helsinki = command("show", "kunta", "Helsinki", "--on", "2021-06-30", "-l", language).out
    assert county not in helsinki  # it is a city then and later


def test_references_and_noted_fields_have_names_in_the_language(command: Command) -> None:
    """An id has the name of its object beside it, a note the label of its field; sources do not."""
    out = command("show", "grant", "vs-2021", "-l", "sv").out
    assert "  understödsmottagare: turku (Turun kaupunki)\n" in out
    assert "  projekt: varsinais-suomi (Programmet " in out
    assert "    - fält: tid för användning; " in out
    assert "  källor: varsinais-suomi-grant-2021, stm-406-2021\n" in out
    assert "  genitiv: Turun (på finska)\n" in command("show", "kommun", "Åbo", "-l", "sv").out
    # What a document refers to beside the bundled facts has no name here.
    seat = command("show", "post", "thl-regional-coordinator-oys", "-l", "fi").out
    assert "  paikka: 564 (Oulu)\n" in seat


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("municipalities", "--on", "32.1.2022"), '"32.1.2022" is not a day'),
        (("municipalities", "--on", "2022"), '"2022" is not a day'),
        (("municipalities", "--on", "2022-6-1"), '"2022-6-1" is not a day'),
        (("municipalities", "--on", "2019-12-31"), "the facts begin on 1 January 2020; "),
        (("regions", "--on", "2022-01-01"), "region: these facts have no period of validity"),
    ],
    ids=" ".join,
)
def test_invalid_day_is_an_error(
    arguments: tuple[str, ...], complaint: str, command: Command
) -> None:
    """Other text, a day before the facts, and a day for an object without validity."""
    outcome = command("show", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(complaint)


# --- data -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in FILLED if name != "rules"])
def test_json_is_that_of_documents(name: str, command: Command) -> None:
    """All objects, and a single one, have the form of documents."""
    listed = json.loads(command("show", name, "--format", "json").out)
    assert listed == json.loads(
        json.dumps([formats.unstructure(each) for each in REGISTERS[name]], default=str)
    )
    entity = next(iter(REGISTERS[name]))
    one = json.loads(command("show", name, key_text(entity.key), "-f", "json").out)
    assert one == listed[0]


def test_json_of_a_rule_has_its_texts(command: Command) -> None:
    """A rule is not in documents; its texts, sources and examples are shown."""
    data = json.loads(command("show", "rule", "TSK302", "-f", "json").out)
    rule = tul.rulebook["TSK302"]
    assert data["title"]["sv"] == rule.title.get("sv")
    assert (data["severity"], data["evidence"]) == ("error", "stated")
    assert data["sources"] == list(rule.sources)
    assert "messages" not in data


@pytest.mark.parametrize("name", FILLED)
def test_csv_has_a_row_for_each_object(name: str, command: Command) -> None:
    """The header has every column; a name has one for each language."""
    out = command("show", name, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == len(REGISTERS[name])
    assert "{" not in "".join(row.get("sources") or "" for row in rows)
    if "name_fi" in rows[0]:
        names = [each.name for each in REGISTERS[name]]
        assert [row["name_fi"] for row in rows] == [each.fi if each else "" for each in names]


def test_csv_of_one_object(command: Command) -> None:
    """One object is one row; lists are one text, lists of objects are left out."""
    (row,) = csv.DictReader(io.StringIO(command("show", "region", "05", "-f", "csv").out))
    assert (row["code"], row["name_sv"]) == ("05", "Egentliga Finland")
    assert "; " in row["sources"]
    assert "notes" not in row
    assert (row["in_programme"], row["bilingual"]) == ("true", "true")  # as documents have them
    (row,) = csv.DictReader(io.StringIO(command("show", "programme", "-f", "csv").out))
    assert row["period_start"] == "2020-01-01"


# --- a name in any register -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("vs-2021",), "grant vs-2021\n"),
        (("Egentliga", "Finlands", "sjukvårdsdistrikt"), "hospital district 03"),
        (("Nurmes",), "municipality 541\n"),
    ],
)
def test_key_or_name_is_found_in_any_register(
    words: tuple[str, ...], shown: str, command: Command
) -> None:
    """The class need not be given."""
    assert command("show", *words).out.startswith(shown)


@pytest.mark.parametrize(
    ("language", "line"),
    [("fi", "alue 21  Lappi"), ("sv", "region 21  Lappland"), ("en", "region 21  Lapland")],
)
def test_name_of_several_objects_lists_them(language: str, line: str, command: Command) -> None:
    """Each has its class and key; JSON and CSV have the data."""
    lines = command("show", "Lappi", "-l", language).out.splitlines()
    assert line in lines
    assert len(lines) > 1
    data = json.loads(command("show", "Lappi", "-f", "json").out)
    assert [each for each in data if each.get("code") == "21"]
    assert len(data) == len(lines)
    rows = list(csv.DictReader(io.StringIO(command("show", "Lappi", "-f", "csv").out)))
    assert len(rows) == len(lines)


# --- gaps and disagreements -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("gaps", len(tul.gaps())),
        ("puutteet", len(tul.gaps())),
        ("luckor", len(tul.gaps())),
        ("disagreements", len(tul.disagreements())),
        ("ristiriidat", len(tul.disagreements())),
        ("motsägelser", len(tul.disagreements())),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_and_disagreements_are_listed(
    word: str, count: int, language: str, command: Command
) -> None:
    """Each has the object and the field, in the language, with what the sources state."""
    out = command("show", word, "-l", language).out
    lines = [line.strip() for line in out.splitlines()]
    items = issues_of(register_of(word))
    assert len(items) == count
    assert {item.head(language) for item in items} <= {*lines}


def test_common_place_of_gaps_is_written_once(command: Command) -> None:
    """Consecutive gaps with the same likely source are listed above it."""
    lines = command("show", "gaps").out.splitlines()
    places = [line for line in lines if line.startswith("most likely to be found here: ")]
    assert len(places) == len({gap.likely for gap in tul.gaps()}) < 20


def test_texts_in_one_language_are_marked(command: Command) -> None:
    """Notes and descriptions of sources are English; other texts may be Finnish."""
    english = "It supplements the grant given to the project earlier."
    shown = {
        each: " ".join(command("show", "grant", "vs-2021", "-l", each).out.split())
        for each in LANGUAGES
    }
    assert f"teksti: {english} (englanniksi);" in shown["fi"]
    assert f"text: {english} (på engelska);" in shown["sv"]
    assert f"text: {english};" in shown["en"]
    assert "(englanniksi)" in command("show", "disagreements", "-l", "fi").out
    # In a list of sources the mark would look like the language of the source.
    assert "(på engelska)" not in command("explain", "TSK302", "-l", "sv").out
    task = {each: command("show", "body", "thl", "-l", each).out.split() for each in LANGUAGES}
    assert "finska)" in task["sv"]
    assert not {"(suomeksi)", "Finnish)"} & {*task["fi"], *task["en"]}
    assert "name: Turku\n" in command("show", "municipality", "853").out


@pytest.mark.parametrize("name", ["gaps", "disagreements"])
def test_gaps_and_disagreements_as_data(name: str, command: Command) -> None:
    """JSON and CSV have an entry for each, with register, key, field and sources."""
    expected = tul.gaps() if name == "gaps" else tul.disagreements()
    data = json.loads(command("show", name, "-f", "json").out)
    places = [(each.register, key_text(each.key), each.field) for each in expected]
    assert [(each["register"], each["key"], each["field"]) for each in data] == places
    if name == "disagreements":
        assert [each["sources"] for each in data] == [
            list(each.note.sources) for each in tul.disagreements()
        ]
    rows = list(csv.DictReader(io.StringIO(command("show", name, "-f", "csv").out)))
    assert [(row["register"], row["key"], row["field"]) for row in rows] == places


# --- schema and completion ------------------------------------------------------------------------


def test_schema_of_documents(command: Command) -> None:
    """Without a class it is the schema of whole documents."""
    outcome = command("schema")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out) == formats.schema()


@pytest.mark.parametrize(
    "name", ["portfolio", "programme", "goal_link", "centre", "period", "grant_status"]
)
def test_schema_of_a_class(command: Command, name: str) -> None:
    """A class, value or code list is selected by the word in messages."""
    outcome = command("schema", name.upper())
    schema = json.loads(outcome.out)
    assert outcome.code == 0
    assert schema["$id"] == f"urn:tulevaisuus:schema:{tul.FORMAT_VERSION}:{name}"


@pytest.mark.parametrize(
    ("name", "message_part"),
    [("grnt", "try grant"), ("xyz", "try portfolio, administration, alias,")],
)
def test_unknown_schema_has_suggestions(command: Command, name: str, message_part: str) -> None:
    """Similar words are suggested, or all are listed."""
    outcome = command("schema", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f'there is no schema of "{name}"; {message_part}')


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_of_a_shell(shell: str, command: Command) -> None:
    """The script knows the commands and their options."""
    outcome = command("completion", shell)
    assert (outcome.code, outcome.err) == (0, "")
    for word in ("check", "explain", "fail-on", "statistics"):
        assert word in outcome.out


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_completion_describes_in_the_language(
    shell: str, language: str, command: Command
) -> None:
    """The descriptions of options are those of the help pages, in one language."""
    script = command("completion", shell, "--language", language).out.replace("\\", "")
    for english in ("All rules but these.", "Write nothing if anything would be lost."):
        assert texts_by_english()[english].get(language) in script
    if language != "en":
        assert not [each for each in texts_by_english() if each[:79] in script]
        assert "Display " not in script


def test_descriptions_need_no_quotes() -> None:
    """The scripts hold them between quotes, and nothing is escaped but what zsh divides by."""
    texts = [text.get(each) for text in texts_by_english().values() for each in LANGUAGES]
    assert not [each for each in texts if set("\"'$`\\") & {*each}]


@pytest.mark.parametrize("words", [("kunta", "Honkajoki"), ("kunta", "099"), ("Honkajoki",)])
@pytest.mark.parametrize(
    ("language", "message"),
    [
        (
            "fi",
            (
                "kunta 099 (Honkajoki): voimassa 31.12.2020 saakka, ei 1.1.2022; "
                "jatkaja on 214 (Kankaanpää)\n"
            ),
        ),
        (
            "sv",
            (
                "kommun 099 (Honkajoki): giltighetstid till 31.12.2020, inte 1.1.2022; "
                "efterföljare är 214 (Kankaanpää)\n"
            ),
        ),
        (
            "en",
            (
                "municipality 099 (Honkajoki): valid to 31 December 2020, not on 1 January 2022; "
                "the successor is 214 (Kankaanpää)\n"
            ),
        ),
    ],
)
def test_object_of_another_time_has_its_period_and_successor(
    words: tuple[str, ...], language: str, message: str, command: Command
) -> None:
    """An object that is valid on other days is not called unknown, by key or by name."""
    outcome = command("show", *words, "--on", "2022-01-01", "-l", language)
    assert outcome == (2, "", message)


def test_every_register_with_validity_states_the_period(command: Command) -> None:
    """Each bundled object with a period is found on a day outside it."""
    day = dt.date(2150, 1, 1)
    ended = {
        name: each
        for name, register in tul.reference.registers().items()
        for each in register
        if (period := getattr(each, "valid", None)) is not None and day not in period
    }
    assert {"municipalities", "areas", "hospital_districts", "organisations"} <= {*ended}
    for name, each in ended.items():
        outcome = command("show", name, key_text(each.key), "--on", day.isoformat())
        assert outcome.code == 2
        assert "not on 1 January 2150" in outcome.err


def test_day_before_the_facts_is_an_error(command: Command) -> None:
    """Without a class, too, the message is that of a day before the facts."""
    outcome = command("show", "Turku", "--on", "1990-01-01")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("the facts begin on 1 January 2020")
    assert command("show", "Honkajoki", "--on", "2020-06-01").code == 0


def test_unknown_key_stays_unknown_on_a_day(command: Command) -> None:
    """A day changes nothing for a name that no object ever has."""
    outcome = command("show", "kunta", "Koirankylä", "--on", "2022-01-01", "-l", "fi")
    assert (outcome.code, outcome.out) == (2, "")
    assert "ei ole" in outcome.err


def test_distant_word_has_no_suggestion(command: Command) -> None:
    """A word that shares only some letters gets the list of classes."""
    assert "organ" not in command("show", "koira", "-l", "fi").err.partition(";")[0]
    assert "tarkoititko" not in command("show", "koira", "-l", "fi").err
    assert "tarkoititko: kunta" in command("show", "kuntaa", "-l", "fi").err
