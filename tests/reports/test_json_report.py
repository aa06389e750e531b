"""`to_json`: one report as a document, several as JSON Lines."""

import json
from importlib import resources

import jsonschema
import pytest

import tulevaisuus as tul
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.reports import to_json

BROKEN = "examples/varsinais-suomi-broken.json"
MISSING = FileNotFoundError(2, "No such file or directory", "none.json")
SCHEMA = json.loads(
    (resources.files("tulevaisuus.reports") / "schemas" / "report.json").read_text("utf-8")
)


@pytest.mark.parametrize("language", [None, *LANGUAGES])
def test_single_report_is_one_document(language: str | None) -> None:
    """It equals `Report.to_dict`, and follows its JSON Schema."""
    report = tul.check(tul.read(BROKEN))
    text = to_json(report, language=language)
    assert text == report.to_json(language)
    jsonschema.validate(json.loads(text), SCHEMA)


@pytest.mark.parametrize("language", [None, *LANGUAGES])
def test_several_reports_are_lines(language: str | None) -> None:
    """Each line is a report with the name of its file, also of one that could not be opened."""
    report = tul.check(tul.read(BROKEN))
    documents: list[tuple[str, tul.Report | OSError]] = [
        ("a\n.json", report),
        ("none.json", MISSING),
        ("b.json", tul.Report()),
    ]
    lines = to_json(documents, language=language).splitlines()
    parsed = [json.loads(line) for line in lines]
    for each in parsed:
        jsonschema.validate(each, SCHEMA)
    assert [each["file"] for each in parsed] == ["a\n.json", "none.json", "b.json"]
    assert parsed[0] == {"file": "a\n.json", **report.to_dict(language)}
    assert [each["ok"] for each in parsed] == [False, False, True]
    assert [("error" in each) for each in parsed] == [False, True, False]


def test_reason_of_an_unopened_file_is_in_all_languages() -> None:
    """Without a language the reason is an object, with one it is a text."""
    (line,) = to_json([("none.json", MISSING)]).splitlines()
    assert json.loads(line)["error"] == {
        "fi": "tiedostoa tai hakemistoa ei ole",
        "sv": "filen eller katalogen finns inte",
        "en": "there is no such file or directory",
    }
    (line,) = to_json([("none.json", MISSING)], language="sv").splitlines()
    assert json.loads(line)["error"] == "filen eller katalogen finns inte"


def test_unknown_language_is_an_error() -> None:
    """It is an error for one report and for several."""
    with pytest.raises(tul.UnknownLanguageError, match="unknown language 'de'"):
        to_json(tul.Report(), language="de")
    with pytest.raises(tul.UnknownLanguageError, match="unknown language 'de'"):
        to_json([], language="de")
