"""Keys are suggested for the names by which people know the objects."""

from typing import cast

import pytest

import tulevaisuus as tul
from tests.helpers import document


def suggested(project: str) -> list[str]:
    """Return the projects that are suggested for a text in place of the id of a project."""
    grant = {"id": "g", "call": "shc-2021", "project": project, "status": "applied"}
    report = tul.check(tul.read(document(grants=[grant]).encode()), select="TSK009")
    params = dict(report.findings[0].params)
    return [str(each) for each in cast("tuple[object, ...]", params.get("suggestions", ()))]


@pytest.mark.parametrize(
    "region", [each for each in tul.regions if each.code not in {"02", "HUS", "91"}], ids=str
)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_name_of_a_region_leads_to_all_of_its_projects(
    region: tul.Region, language: str
) -> None:
    """Whatever the project itself is called."""
    own = {each.id for each in tul.projects if region.code in each.regions}
    assert own
    text = region.name.get(language)
    assert text in own or {*suggested(text)} == own


def test_a_name_that_ends_several_names_leads_to_each() -> None:
    """Two regions of Uusimaa have a project."""
    assert suggested("Uusimaa") == ["lansi-uusimaa", "ita-uusimaa"]


def test_a_project_of_an_unknown_region_is_still_suggested_by_its_name() -> None:
    """The unknown code is a finding of its own."""
    project = {"id": "p-1", "name": {"fi": "Rantahanke"}, "regions": ["77"]}
    grant = {"id": "g", "call": "shc-2021", "project": "Rantahanke", "status": "applied"}
    text = document(projects=[project], grants=[grant])
    found = tul.check(tul.read(text.encode()), select="TSK009").findings
    assert "did you mean p-1 (Rantahanke)?" in found[0].message("en")


def test_objects_of_a_document_are_suggested_only_in_it() -> None:
    """What is kept of the facts for all documents contains nothing of a document."""
    assert suggested("varsinais-soumi") == ["varsinais-suomi"]
    project = {"id": "varsinais-soomi", "name": {"fi": "Oma"}, "regions": ["02"]}
    grant = {"id": "g", "call": "shc-2021", "project": "varsinais-soumi", "status": "applied"}
    text = document(projects=[project], grants=[grant])
    found = tul.check(tul.read(text.encode()), select="TSK009").findings
    assert "varsinais-soomi (Oma)" in found[0].message("en")
    assert suggested("varsinais-soumi") == ["varsinais-suomi"]
