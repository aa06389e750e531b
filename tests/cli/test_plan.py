"""`tulevaisuus plan`: a portfolio and a ledger, the plan as text and in files."""

import csv
import datetime as dt
import io
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import tulevaisuus as tul
from tests.cli.command import VALID, Command
from tests.exchange.tables import workbook
from tulevaisuus import exchange, formats
from tulevaisuus._optional_libraries import openpyxl
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.funding import Cost

LEDGER = """\
Kustannukset;;;;;
Tosite;Tositepäivä;Tili;Hanke;Selite;Summa
101;15.3.2022;4000;varsinais-suomi;Palkat;1 250,50
101;15.3.2022;4400;varsinais-suomi;Matka;50
102;31.12.2023;4000;varsinais-suomi;Palkat;12000000
103;1.1.2024;4000;varsinais-suomi;Palkat;12
104;2.4.2022;4400;varsinais-suomi;Hyvitys;-20
Yhteensä;;;;;1
"""
ACCOUNTS = ("--category", "4000=personnel", "--category", "4400 = travel")


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """Return the path of a typical ledger."""
    path = tmp_path / "kulut.csv"
    path.write_text(LEDGER, "utf-8")
    return str(path)


def test_ledger_is_planned(ledger: str, command: Command) -> None:
    """Each line of the ledger has its line in the plan, with the number of its row."""
    outcome = command("plan", VALID, ledger, *ACCOUNTS)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert "cost 3, 15 March 2022, €1,250.50: vs-2020 pays €1,250.50" in lines
    assert "cost 4, 15 March 2022, €50: vs-2020 pays €30" in lines
    assert "cost 7, 2 April 2022, €-20: reduces other costs" in lines
    assert any(line.startswith("cost 6, 1 January 2024, €12: not paid €12") for line in lines)
    assert lines[-1].startswith("This is a computation")


@pytest.mark.parametrize("language", LANGUAGES)
def test_plan_is_in_three_languages(language: str, ledger: str, command: Command) -> None:
    """The texts of the plan, and on the file, are in the requested language."""
    outcome = command("plan", VALID, ledger, "--language", language)
    head = {"fi": "kustannus 3,", "sv": "kostnad 3,", "en": "cost 3,"}[language]
    assert f"\n{head}" in outcome.out


def test_balance_on_a_day(ledger: str, command: Command) -> None:
    """The balances are those of the given day."""
    outcome = command("plan", VALID, ledger, *ACCOUNTS, "--on", "31.12.2022")
    assert (
        "grant vs-2021: €11,180,062, of which €11,180,062 is left on 31 December 2022"
        in outcome.out
    )


def test_plan_is_written_as_text(ledger: str, command: Command, tmp_path: Path) -> None:
    """The file has the plan, and standard output only the notes on the ledger."""
    path = tmp_path / "plan.txt"
    outcome = command("plan", VALID, ledger, *ACCOUNTS, "-o", str(path))
    assert outcome.code == 0
    assert "cost 3" not in outcome.out
    text = path.read_text("utf-8")
    assert "cost 3, 15 March 2022" in text
    assert text.startswith(outcome.out)


def test_plan_is_written_as_json(ledger: str, command: Command, tmp_path: Path) -> None:
    """Rows, balances and findings are in one object."""
    path = tmp_path / "plan.json"
    assert command("plan", VALID, ledger, *ACCOUNTS, "-o", str(path)).code == 0
    data = json.loads(path.read_text("utf-8"))
    assert [*data] == ["summary", "rows", "grants", "findings"]
    summary = data["summary"]
    assert (summary["costs"], summary["costs_eur"]) == (
        len({row["cost"] for row in data["rows"]}),
        sum(row["cost_eur"] or 0 for row in data["rows"]),
    )
    assert summary["costs_eur"] == summary["paid_least_eur"] + summary["unpaid_most_eur"]
    assert sum(summary["findings"].values()) == len(data["findings"])
    assert "no decision" in summary["note"]
    assert data["rows"][0]["least_eur"] == 1250.5
    grants = {row["grant"]: row for row in data["grants"]}
    assert grants["vs-2020"]["lapses_on"] == "2022-12-31"
    assert grants["vs-2021"]["left_most_eur"] == 0
    assert grants["vs-2021"]["lapses_on"] is None


def test_plan_is_written_as_csv(ledger: str, command: Command, tmp_path: Path) -> None:
    """Each payment and each unpaid amount is a row, with translated headers."""
    path = tmp_path / "plan.csv"
    assert command("plan", VALID, ledger, *ACCOUNTS, "-o", str(path), "-l", "fi").code == 0
    rows = [*csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";")]
    assert (rows[0]["Kustannus"], rows[0]["Tulos"], rows[0]["Vähintään"]) == (
        "3",
        "maksetaan",
        "1250,50",
    )


def test_csv_file_has_codes_only(faulty: str, command: Command, tmp_path: Path) -> None:
    """The codes of findings are in the first row of each cost; their texts are not."""
    path = tmp_path / "plan.csv"
    outcome = command("plan", VALID, faulty, "-o", str(path))
    assert "a CSV file holds only the rows of the plan" in outcome.out.splitlines()[-1]
    rows = [*csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";")]
    codes = {row["Cost"]: row["Codes of findings"] for row in reversed(rows)}
    assert codes["a"] == codes["b"] == "TSK008, TSK702"
    assert codes["6"] == "TSK006"


def test_plan_is_written_as_a_workbook(ledger: str, command: Command, tmp_path: Path) -> None:
    """It has four sheets: the plan, the grants, the findings, the sums."""
    path = tmp_path / "plan.xlsx"
    assert command("plan", VALID, ledger, *ACCOUNTS, "-o", str(path), "-l", "sv").code == 0
    book = openpyxl().load_workbook(path)
    assert book.sheetnames == ["Plan", "Understöd", "Iakttagelser", "Sammanfattning"]
    assert "inget beslut" in str(book["Sammanfattning"]["A3"].value)
    subjects = [cell.value for cell in book["Iakttagelser"]["C"]]
    assert any(str(each).startswith("kostnad ") for each in subjects)
    assert [cell.value for cell in book["Plan"][1]][:3] == ["Kostnad", "Dag", "Projekt"]


def test_dates_of_a_workbook_are_dates(command: Command, tmp_path: Path) -> None:
    """A spreadsheet program can sort them; a period is text."""
    ledger, path = tmp_path / "costs.csv", tmp_path / "plan.xlsx"
    rows = ["1;2.3.2022;varsinais-suomi;5", "2;1.1.2022–31.3.2022;varsinais-suomi;6"]
    ledger.write_text("\n".join(["Tosite;Tositepäivä;Hanke;Summa", *rows]), "utf-8")
    assert command("plan", VALID, str(ledger), "-o", str(path)).code == 0
    cells = [cell.value for cell in openpyxl().load_workbook(path)["Plan"]["B"]]
    assert cells[1:] == ["1 January 2022 to 31 March 2022", dt.datetime(2022, 3, 2)]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "header", "name"),
    [
        ("fi", "Kustannuslaji", "hankkeen henkilöstökustannukset"),
        ("sv", "Kostnadsslag", "projektets personalkostnader"),
    ],
)
def test_an_account_has_its_cost_category_beside_it(
    language: str, header: str, name: str, ledger: str, command: Command, tmp_path: Path
) -> None:
    """Who checks a plan sees what each account was taken for; a line without one has none."""
    path = tmp_path / "plan.csv"
    given = ("--category", "4000=personnel")
    command("plan", VALID, ledger, *given, "-o", str(path), "-l", language)
    rows = [*csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";")]
    column = rows[0].index(header)
    assert {row[column - 1]: row[column] for row in rows[1:]} == {"4000": name, "4400": ""}
    data = tmp_path / "plan.json"
    command("plan", VALID, ledger, *given, "-o", str(data), "-l", language)
    first = json.loads(data.read_text("utf-8"))["rows"][0]
    assert (first["category"], first["category_id"]) == ("4000", "personnel")
    assert first["category_name"] == name


def test_a_category_has_the_name_in_the_decree_of_the_call(
    ledger: str, command: Command, tmp_path: Path
) -> None:
    """The calls of the structural grants have a decree of their own, with its own names."""
    own = json.loads(Path(VALID).read_text("utf-8"))
    for grant in own["grants"]:
        grant["call"] = "rakenne-2020"
    portfolio, data = tmp_path / "own.json", tmp_path / "plan.json"
    portfolio.write_text(json.dumps(own), "utf-8")
    for account, name in (
        ("personnel", "henkilöstökustannukset"),
        ("administration", "hankkeen hallinnointikustannukset"),  # only in the other decree
    ):
        given = ("--category", f"4000={account}", "-o", str(data), "-l", "fi")
        command("plan", str(portfolio), ledger, *given)
        assert json.loads(data.read_text("utf-8"))["rows"][0]["category_name"] == name


@pytest.mark.parametrize(("count", "shown"), [(1, "(1): g0."), (12, "(12): g0, g1, ")])
def test_grants_without_costs_are_named(
    count: int, shown: str, ledger: str, command: Command, tmp_path: Path
) -> None:
    """A note says that the grants of a project without costs are not in the plan."""
    grants = [
        {"id": f"g{number}", "call": "shc-2021", "project": "pirsote", "status": "granted"}
        for number in range(count)
    ]
    own = json.loads(Path(VALID).read_text("utf-8"))
    own["grants"] += grants
    path, page = tmp_path / "own.json", tmp_path / "plan.html"
    path.write_text(json.dumps(own), "utf-8")
    for text in (
        command("plan", str(path), ledger).out,
        command("plan", str(path), ledger, "-o", str(page)).err + page.read_text("utf-8"),
    ):
        assert "No costs were found in the ledger for the projects of these grants" in text
        assert shown in text
        assert ("…" in text) == (count > 10)
    assert "No costs were found" not in command("plan", VALID, ledger).out


@pytest.mark.parametrize("has_charts", [True, False])
def test_plan_is_written_as_a_page(
    has_charts: bool,  # noqa: FBT001 - whether the extra is installed
    ledger: str,
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page has the tables, no script, and a chart if Altair is installed."""
    if has_charts:
        pytest.importorskip("vl_convert", reason="the extra charts is not installed")
    else:
        monkeypatch.setitem(sys.modules, "vl_convert", None)
    path = tmp_path / "plan.html"
    assert command("plan", VALID, ledger, *ACCOUNTS, "-o", str(path), "-l", "fi").code == 0
    page = path.read_text("utf-8")
    assert page.startswith('<!doctype html>\n<html lang="fi">')
    assert "<script" not in page
    assert ("<svg" in page) == has_charts
    assert "<h1>Suunnitelma</h1>" in page
    assert page.count("<h2>") == 3 + has_charts


def test_text_of_a_ledger_is_escaped(command: Command, tmp_path: Path) -> None:
    """It is not markup in the page."""
    ledger, path = tmp_path / "costs.csv", tmp_path / "plan.html"
    ledger.write_text("Tunnus;Päivä;Hanke;Summa\n<b>;1.2.2021;<i>x</i>;5\n", "utf-8")
    assert command("plan", VALID, str(ledger), "-o", str(path)).code == 1
    page = path.read_text("utf-8")
    assert "&lt;i&gt;x" in page
    assert "<i>" not in page


def test_empty_ledger_makes_an_empty_workbook(command: Command, tmp_path: Path) -> None:
    """The sheets are empty."""
    ledger, path = tmp_path / "costs.jsonl", tmp_path / "plan.xlsx"
    ledger.write_text("", "utf-8")
    assert command("plan", VALID, str(ledger), "-o", str(path)).code == 0
    assert path.exists()


@pytest.mark.parametrize("ending", ["txt", "json", "csv", "html"])
def test_written_file_is_announced(
    ledger: str, command: Command, tmp_path: Path, ending: str
) -> None:
    """Standard error has its name, once it exists, in the requested language."""
    path = tmp_path / f"plan.{ending}"
    outcome = command("plan", VALID, ledger, *ACCOUNTS, "-o", str(path), "-l", "sv")
    assert (outcome.code, outcome.err) == (0, f"{path}: filen skrevs\n")
    assert path.is_file()


def test_costs_may_be_json_lines(command: Command, tmp_path: Path) -> None:
    """Costs written by the library are read with their ids."""
    path = tmp_path / "costs.jsonl"
    day = tul.Period.parse("2021-12-01/2022-01-31")
    formats.write_lines(path, [Cost("c1", day, Decimal(62), "varsinais-suomi")])
    outcome = command("plan", VALID, str(path), "--split-by-day")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(
        "cost c1, 1 December 2021 to 31 January 2022, €62: vs-2020 pays €62"
    )


def test_unneeded_columns_are_noted(command: Command, tmp_path: Path) -> None:
    """A surplus column is a note; a cost that cannot be read is an error."""
    path = tmp_path / "costs.csv"
    path.write_text("Päivä;Hanke;Summa;Toimittaja\n1.2.2021;varsinais-suomi;5;Oy\n", "utf-8")
    outcome = command("plan", VALID, str(path))
    assert outcome.code == 0
    assert "Toimittaja" in outcome.out
    path.write_text("Päivä;Hanke;Summa\n31.2.2021;varsinais-suomi;5\n", "utf-8")
    outcome = command("plan", VALID, str(path))
    assert outcome.code == 1
    assert "TSK006" in outcome.out


def test_unknown_project_is_an_error(command: Command, tmp_path: Path) -> None:
    """The exit code is 1."""
    path = tmp_path / "costs.csv"
    path.write_text("Päivä;Hanke;Summa\n1.2.2021;varsinais-suom;5\n", "utf-8")
    outcome = command("plan", VALID, str(path))
    assert outcome.code == 1
    assert "did you mean varsinais-suomi?" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("lost.json", "lost.csv"), "lost.json: "),
        ((VALID, "lost.csv"), "lost.csv: "),
        ((VALID, "lost.csv", "-o", "plan.pdf"), '--output: the value "plan.pdf" is not valid'),
        ((VALID, "lost.csv", "--category", "4000"), '--category: "4000" is not of the form acc'),
        ((VALID, "lost.csv", "--category", "4000="), '--category: "4000=" is not of the form acc'),
        (
            (VALID, "lost.csv", "--category", "1=rents", "--category", "1=travel"),
            "--category 1 is given more than once",
        ),
        ((VALID, "lost.csv", "--set", "project"), '--set: "project" is not of the form field=v'),
        ((VALID, "lost.csv", "--on", "today"), '"today" is not a day'),
        ((VALID,), "missing: the file with the costs (COSTS in the help)"),
    ],
    ids=" ".join,
)
def test_wrong_arguments_are_errors(
    arguments: tuple[str, ...], complaint: str, command: Command
) -> None:
    """The error is on standard error."""
    outcome = command("plan", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(complaint)


@pytest.mark.parametrize("ending", ["txt", "xlsx"])
def test_file_that_cannot_be_written_is_named(ending: str, ledger: str, command: Command) -> None:
    """Nothing is written, and the error names the missing folder."""
    outcome = command("plan", VALID, ledger, "-o", f"lost/plan.{ending}")
    assert outcome.code == 2
    assert outcome.err.startswith("lost: there is no such file or directory")


def test_missing_extra_is_named(
    ledger: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line states what to install."""
    book = tmp_path / "costs.xlsx"
    exchange.write_table(book, [Cost("c1", dt.date(2021, 6, 1), Decimal(5), "varsinais-suomi")])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for arguments in ((str(book),), (ledger, "-o", str(tmp_path / "plan.xlsx"))):
        outcome = command("plan", VALID, *arguments)
        assert outcome.code == 2
        assert "tulevaisuus[excel]" in outcome.err


def test_reasons_are_explained(command: Command) -> None:
    """The codes of plans are explained as those of rules, also by family."""
    outcome = command("explain", "TSK713", "-l", "fi")
    assert outcome.out.startswith("TSK713 outside-window\n")
    assert command("explain", "TSK7").out.count("\nTSK7") >= 10


@pytest.mark.parametrize("word", ["travel", "matkat", "Matkakustannukset", "resekostnader"])
def test_categories_have_names(word: str, command: Command, tmp_path: Path) -> None:
    """An account is mapped to a category by its id or any of its names."""
    path = tmp_path / "costs.csv"
    path.write_text("Päivä;Hanke;Tili;Summa\n1.2.2022;varsinais-suomi;4400;5\n", "utf-8")
    outcome = command("plan", VALID, str(path), "--category", f"4400={word}")
    assert (outcome.code, "pays €5" in outcome.out) == (0, True)
    assert "TSK703" not in outcome.out


@pytest.mark.parametrize(
    ("word", "complaint"),
    [
        ("travle", '--category: there is no cost category "travle"; did you mean travel?'),
        ("zzzz", '--category: there is no cost category "zzzz"; the categories are administration'),
    ],
)
def test_unknown_category_has_suggestions(
    word: str, complaint: str, ledger: str, command: Command
) -> None:
    """A similar one is suggested; without one, all are listed."""
    outcome = command("plan", VALID, ledger, "--category", f"4000={word}")
    assert (outcome.code, outcome.err.startswith(complaint)) == (2, True)


def test_missing_columns_are_given_as_options(command: Command, tmp_path: Path) -> None:
    """They are the project of all lines, and the template of ids."""
    path = tmp_path / "costs.csv"
    path.write_text("Tosite;Päivä;Summa\n17;1.2.2022;5\n", "utf-8")
    given = ("--set", "project=varsinais-suomi", "--set", "id={voucher}")
    assert "cost 17, 1 February 2022, €5: " in command("plan", VALID, str(path), *given).out
    outcome = command("plan", VALID, str(path), "--set", "projekt=x")
    assert (outcome.code, outcome.err) == (
        2,
        'there is no field "projekt"; did you mean project?\n',
    )
    lines = tmp_path / "costs.jsonl"
    lines.write_text("{}\n", "utf-8")
    assert "--set" in command("plan", VALID, str(lines), *given).err


FAULTY = """\
Id;Päivä;Hanke;Summa
a;1.5.2022;varsinais-suomi;100
a;1.5.2022;varsinais-suomi;100
b;1.5.2022;varsinais-suomi;100
b;1.5.2022;varsinais-suomi;200
;31.6.2022;varsinais-suomi;1
d;1.6.2022;varsinais-suomi;(30,05)
e;1.6.2022;varsinais-suomi;30,05- €
f;;varsinais-suomi;8
"""


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """Return the path of a ledger with duplicate ids and invalid lines."""
    path = tmp_path / "virheet.csv"
    path.write_text(FAULTY, "utf-8")
    return str(path)


def test_different_lines_of_one_id_are_not_paid(faulty: str, command: Command) -> None:
    """Neither is paid and both are named; equal ones count once."""
    outcome = command("plan", VALID, faulty)
    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert "cost b, 1 May 2022, €100: not planned" in lines
    assert "cost b, 1 May 2022, €200: not planned" in lines
    assert sum(line.startswith("cost a, ") for line in lines) == 1
    assert lines[-1].startswith("4 lines of the ledger are not in the plan")


@pytest.mark.parametrize("ending", ["txt", "json", "csv", "html", "xlsx"])
def test_rejected_lines_are_in_every_file(
    ending: str, faulty: str, command: Command, tmp_path: Path
) -> None:
    """A plan without some lines of the ledger must not look complete."""
    path = tmp_path / f"plan.{ending}"
    assert command("plan", VALID, faulty, "-o", str(path)).code == 1
    if ending == "xlsx":
        book = openpyxl().load_workbook(path)
        text = "\n".join(str(row) for sheet in book for row in sheet.values)
    else:
        text = path.read_text("utf-8")
    assert "TSK006" in text or ending == "csv"
    assert "4 lines of the ledger are not in the plan" in text or ending in {"csv", "json"}
    assert "the line could not be read" in text or ending == "txt"
    assert str(tmp_path) not in text or ending in {"txt", "json"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_count_of_rejected_lines_is_localized(
    language: str, command: Command, tmp_path: Path
) -> None:
    """The note on missing lines is in the requested language."""
    path = tmp_path / "costs.jsonl"
    path.write_text("{}\n", "utf-8")
    outcome = command("plan", VALID, str(path), "-l", language)
    start = {"fi": "Yksi kustannusluettelon", "sv": "En rad i", "en": "One line of"}[language]
    assert outcome.out.splitlines()[-1].startswith(start)


def test_rejected_lines_have_id_or_row(faulty: str, command: Command, tmp_path: Path) -> None:
    """They can be found in the ledger."""
    path = tmp_path / "plan.json"
    command("plan", VALID, faulty, "-o", str(path))
    rows = json.loads(path.read_text("utf-8"))["rows"]
    assert [row["cost"] for row in rows if row["outcome"].startswith("not in")] == ["6", "f"]
    assert len({tuple(row) for row in rows}) == 1
    credited = {row["cost"]: row["cost_eur"] for row in rows if row["cost"] in {"d", "e"}}
    assert credited == {"d": -30.05, "e": -30.05}


def test_dates_in_a_workbook_are_dates(ledger: str, command: Command, tmp_path: Path) -> None:
    """They can be sorted; the day of the balances is in the headings."""
    path = tmp_path / "plan.xlsx"
    command("plan", VALID, ledger, *ACCOUNTS, "-o", str(path), "--on", "31.12.2022")
    book = openpyxl().load_workbook(path)
    assert book["Plan"]["B2"].value == dt.datetime(2022, 3, 15)  # noqa: DTZ001 - as Excel has it
    assert "Left on 31 December 2022 at least" in [cell.value for cell in book["Grants"][1]]


def test_page_has_the_day_of_balances(ledger: str, command: Command, tmp_path: Path) -> None:
    """The balances are those of the given day."""
    path = tmp_path / "plan.html"
    command("plan", VALID, ledger, *ACCOUNTS, "-o", str(path), "--on", "2022-12-31", "-l", "fi")
    assert "Avustuksista jäljellä: 31.12.2022." in path.read_text("utf-8")


class _Input:
    """Standard input of these bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_ledger_on_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table is read from it, and the plan may be written to standard output by name."""
    monkeypatch.setattr(sys, "stdin", _Input(LEDGER.encode()))
    outcome = command("plan", VALID, "-", *ACCOUNTS, "-o", "-")
    assert outcome.code == 0
    assert "cost 3, 15 March 2022, €1,250.50: vs-2020 pays €1,250.50" in outcome.out


def test_portfolio_on_standard_input(
    ledger: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read as a document."""
    monkeypatch.setattr(sys, "stdin", _Input(Path(VALID).read_bytes()))
    assert command("plan", "-", ledger, *ACCOUNTS).code == 0


def test_closed_or_repeated_standard_input_is_an_error(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is one sentence."""
    assert command("plan", "-", "-").err.startswith("- is given more than once")
    monkeypatch.setattr(sys, "stdin", None)
    outcome = command("plan", VALID, "-")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("<stdin>: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_without_grants_is_not_a_portfolio(
    language: str, ledger: str, tmp_path: Path, command: Command
) -> None:
    """The error on a missing column, or on swapped files, states what to do."""
    grants = tmp_path / "avustukset.csv"
    grants.write_text("Tunnus;Hanke;Tila\na;kainuu;Myönnetty\n", "utf-8")
    book = tmp_path / "kulut.xlsx"
    book.write_bytes(workbook(("Tosite", "Tili"), (101, 4000)))
    many = tmp_path / "a.jsonl"
    many.write_text("{}\n", "utf-8")
    swapped = (ledger, VALID)
    for first, second in ((str(grants), ledger), (str(book), ledger), (str(many), ledger), swapped):
        outcome = command("plan", first, second, "--language", language)
        assert (outcome.code, outcome.out) == (2, "")
        assert first in " ".join(outcome.err.split())
        assert "OUT.json --as grants" in outcome.err or language != "en"
        assert "tulevaisuus convert" in " ".join(outcome.err.split())


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_table_of_grants_is_a_portfolio(
    ending: str, ledger: str, tmp_path: Path, command: Command
) -> None:
    """The plan is that of the document."""
    table = str(tmp_path / f"avustukset{ending}")
    assert command("convert", VALID, table, "--as", "grants").code == 0
    planned = command("plan", table, ledger, *ACCOUNTS)
    assert planned.code == 0
    expected = command("plan", VALID, ledger, *ACCOUNTS).out
    assert planned.out.partition("\ncost ")[2] == expected.partition("\ncost ")[2]


def test_wrong_row_of_grants_is_reported(ledger: str, tmp_path: Path, command: Command) -> None:
    """The findings on the table precede the plan, as those on a document do."""
    table = tmp_path / "avustukset.csv"
    table.write_text("Tunnus;Haku;Hanke;Tila\na;shc-2021;kainuuu;Myönnetty\n", "utf-8")
    outcome = command("plan", str(table), ledger)
    assert outcome.code == 1
    assert ":C2: error TSK009" in outcome.out


def test_broken_workbook_is_reported(ledger: str, tmp_path: Path, command: Command) -> None:
    """The message is not that there are no grants in it."""
    book = tmp_path / "avustukset.xlsx"
    book.write_bytes(b"PK\x03\x04 cut")
    outcome = command("plan", str(book), ledger)
    assert outcome.code == 1
    assert "error TSK001" in outcome.out


def test_package_is_a_portfolio(ledger: str, tmp_path: Path, command: Command) -> None:
    """A package gives the same plan as the document."""
    package = str(tmp_path / "salkku.zip")
    assert command("convert", VALID, package).code == 0
    planned = command("plan", package, ledger, *ACCOUNTS)
    assert planned.code == 0
    assert planned.out == command("plan", VALID, ledger, *ACCOUNTS).out


def test_national_sheet_is_a_portfolio(ledger: str, tmp_path: Path, command: Command) -> None:
    """It has grants only; without any, nothing is paid."""
    sheet = tmp_path / "va.csv"
    exchange.to_va(tul.Portfolio(), sheet)
    outcome = command("plan", str(sheet), ledger)
    assert (outcome.code, outcome.err) == (0, "")
    assert "pays" not in outcome.out


def test_control_characters_are_escaped_in_a_workbook(tmp_path: Path, command: Command) -> None:
    """Descriptions are from other programs, and a workbook cannot contain them."""
    costs, target = tmp_path / "kulut.csv", tmp_path / "plan.xlsx"
    text = "Tositepäivä;Tili;Hanke;Selite;Summa\n15.3.2022;4000;varsinais-suomi;Pal\x1bkat;5\n"
    costs.write_text(text, "utf-8")
    assert command("plan", VALID, str(costs), *ACCOUNTS, "-o", str(target)).code == 0
    book = openpyxl().load_workbook(target)
    texts = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "Pal\\u001bkat" in texts
