"""Labels of codes and entity classes in three languages."""

import io
import json
from enum import Enum, IntEnum
from typing import Any

import pytest

import tulevaisuus as tul
from tulevaisuus.findings.findings_as_json_data import plain_finding
from tulevaisuus.findings.localization import LANGUAGES, localize
from tulevaisuus.model.codelists import Code, suggest_code, unknown_code
from tulevaisuus.model.labels import RegisterName, entity_label, label_of
from tulevaisuus.model.portfolio import REGISTERS

CODE_LISTS: list[Any] = [
    value
    for name in tul.__all__
    if isinstance(value := getattr(tul, name), type) and issubclass(value, Enum)
]
MEMBERS = [member for code_list in CODE_LISTS for member in code_list]


@pytest.mark.parametrize("member", MEMBERS, ids=repr)
def test_every_code_has_a_label_in_each_language(member: tul.GrantStatus) -> None:
    """No label is missing, blank, or the bare code of several words."""
    labels = [member.label.get(language) for language in LANGUAGES]
    assert all(labels)
    assert not any("_" in label for label in labels)
    assert member.label.sv is not None
    assert member.label.en is not None


def test_labels_are_unique_in_a_code_list() -> None:
    """No two codes of a list have the same label, so a label identifies its code."""
    for code_list in CODE_LISTS:
        for language in LANGUAGES:
            labels = [member.label.get(language) for member in code_list]
            assert len(set(labels)) == len(labels)


def test_label_is_a_text() -> None:
    """A label is a `Text`, which marks translations that are not official."""
    label = tul.GrantStatus.GRANTED.label
    assert [label.get(language) for language in LANGUAGES] == ["myönnetty", "beviljat", "granted"]
    assert isinstance(label, tul.Text)
    assert tul.GrantStatus.PLANNED.label.unofficial == {"fi", "sv", "en"}
    assert tul.Severity.ERROR.label.get("fi") == "virhe"
    assert tul.GoalNumber.ACCESS.label.get("fi").startswith("saatavuus")
    assert tul.Evidence.WEAK.label.get("sv") == "svag"


@pytest.mark.parametrize("cls", [tul.Programme, *REGISTERS.values()])
def test_every_entity_class_has_a_label(cls: type[tul.Entity]) -> None:
    """The subject of a finding can be written in each language."""
    label = entity_label(cls.singular)
    assert label.wordings() != (cls.singular,)
    assert len(label.wordings()) == len(LANGUAGES)


def test_without_a_label_the_code_is_shown() -> None:
    """A code list of a user works without labels."""

    class Colour(Code):
        """A code list that the library does not know."""

        RED = "red"

    assert Colour.RED.label == tul.Text("red")
    assert label_of("GrantStatus", "lost") == tul.Text("lost")
    assert entity_label("unicorn") == tul.Text("unicorn")


def test_messages_show_labels() -> None:
    """A code in a message is written in the language of the message; a number stays one."""
    assert localize(tul.OrganisationKind.COUNTY, "sv") == "välfärdsområde"
    assert (
        localize((tul.Sector.HEALTH, tul.Sector.SOCIAL), "fi") == "terveydenhuolto, sosiaalihuolto"
    )
    assert localize(tul.Evidence.STATED, "en") == "stated"
    assert localize(tul.GoalNumber.COSTS, "fi") == "5"


@pytest.mark.parametrize(
    ("enum", "text", "code"),
    [
        (tul.GrantStatus, "Myönnetty", "granted"),
        (tul.GrantStatus, " BEVILJAT ", "granted"),
        (tul.GrantStatus, "GRANTED", "granted"),
        (tul.GrantStatus, "applied for", "applied"),
        (tul.OrganisationKind, "kuntayhtymä", "joint_authority"),
        (tul.OrganisationKind, "Joint Authority", "joint_authority"),
        (tul.GoalNumber, "access", "1"),
        (tul.GrantStatus, "annettu", None),
        (tul.GrantStatus, "", None),
    ],
)
def test_label_suggests_its_code(enum: type[Enum], text: str, code: str | None) -> None:
    """A label in any language and case suggests its code."""
    assert suggest_code(enum, text) == code


def test_enum_without_labels_suggests_by_its_codes() -> None:
    """Any enum may be the type of a field in a user's class."""

    class Floor(IntEnum):
        """Floors of a house."""

        FIRST = 1

    assert suggest_code(Floor, "first") == "1"


def test_label_in_a_document_is_rejected_with_its_code() -> None:
    """Documents contain codes only, and the message suggests the code of the label."""
    grant = {"id": "g", "call": "c", "project": "p", "status": "Myönnetty"}
    document = {"format": "tulevaisuus", "format_version": "1.0", "grants": [grant]}
    (finding,) = tul.read(io.BytesIO(json.dumps(document).encode())).findings
    assert (finding.code, finding.path) == ("TSK005", "/grants/0/status")
    assert finding.message("en").endswith('did you mean "granted"?')
    assert finding.message("fi").endswith("tarkoititko: granted (myönnetty)?")
    assert finding.message("sv").endswith("menade du: granted (beviljat)?")
    assert plain_finding(finding)["params"] == {"found": "Myönnetty", "suggestions": ["granted"]}


def test_all_codes_are_listed_in_the_language_of_the_message() -> None:
    """If no code is similar, each one is listed with its label."""
    (finding,) = unknown_code("Peruttu", tul.GrantStatus).findings
    listed = "planned (suunniteltu), applied (haettu), granted (myönnetty)"
    assert listed in finding.message("fi")
    assert "planned, applied, granted" in finding.message("en")


def test_name_of_a_register_is_shown_with_its_label() -> None:
    """The label comes first, and is left out where it is the same word."""
    name = RegisterName("grants")
    assert name.localize("fi") == "valtionavustukset (grants)"
    assert name.localize("sv").endswith(" (grants)")
    assert name.localize("en") == "grants"
