"""Citations of sources: text, BibTeX and CSL-JSON."""

import json
import re

import pytest

import tulevaisuus as tul

FULL = tul.sources["stm-406-2021"]
BARE = tul.Source(id="x_1", publisher="A & B", about="50 % {of} it_all ~ ^ \\")
TITLED = tul.Source(id="y", publisher="P", about="about", title="Title", url="https://x.fi/a{b}")


def test_text_has_a_line_for_each_source() -> None:
    """Sources are in their order, those of notes last, with dates in the requested language."""
    lines = tul.cite(tul.grants["vs-2021"]).split("\n")
    assert lines[0].startswith("Varsinais-Suomen Tulevaisuuden sote-keskus: ")
    ids = [*tul.grants["vs-2021"].sources]
    assert len(lines) >= len(ids)
    assert tul.cite(FULL).endswith(" (read 22 November 2026)")
    assert tul.cite(FULL, language="fi").endswith(" (luettu 22.11.2026)")
    assert tul.cite(FULL, language="sv").endswith(" (läst 22.11.2026)")
    assert ". 21 December 2021. https://" in tul.cite(FULL)
    assert tul.cite(BARE) == f"A & B: [{BARE.about}]"
    assert tul.cite(TITLED) == "P: Title. https://x.fi/a{b}"


def test_bibtex_is_escaped() -> None:
    """Special characters of LaTeX are escaped in texts; an address has no braces or spaces."""
    note = r"50 \% \{of\} it\_all \textasciitilde{} \textasciicircum{} \textbackslash{}"
    entry = f"@misc{{x_1,\n  author = {{{{A \\& B}}}},\n  note = {{{note}}},\n}}"
    assert tul.cite(BARE, "bibtex") == entry
    assert "  url = {https://x.fi/a%7Bb%7D}," in tul.cite(TITLED, "bibtex")
    assert "  note = {about}," in tul.cite(TITLED, "bibtex")
    entry = tul.cite(FULL, "bibtex")
    for field in ("year = {2021}", "date = {2021-12-21}", "urldate = {", "langid = {finnish}"):
        assert field in entry


def test_csl_json_is_a_list_of_items() -> None:
    """Unknown fields are left out; dates are split into parts."""
    (item,) = json.loads(tul.cite(FULL, "csl-json"))
    assert item["issued"] == {"date-parts": [[2021, 12, 21]]}
    assert tul.cite(FULL, "csl-json").startswith('[\n  {\n    "id": "stm-406-2021",\n')
    assert (item["type"], item["language"]) == ("webpage", "fi")
    assert json.loads(tul.cite(BARE, "csl-json")) == [
        {
            "id": "x_1",
            "type": "document",
            "author": [{"literal": "A & B"}],
            "publisher": "A & B",
            "note": BARE.about,
        }
    ]
    assert json.loads(tul.cite(TITLED, "csl-json"))[0]["note"] == "about"


def test_description_is_not_cited_as_a_title() -> None:
    """Only the recorded title of a source is cited, not the library's description."""
    for source in tul.sources:
        (item,) = json.loads(tul.cite(source, "csl-json"))
        assert item.get("title") == source.title
        assert ("\n  title = " in tul.cite(source, "bibtex")) == (source.title is not None)
        described = f"{source.publisher}: [{source.about}]"
        assert tul.cite(source).startswith(described) == (source.title is None)


@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json"])
def test_every_bundled_entity_can_be_cited(style: str) -> None:
    """Every fact has sources, so each has a citation in every style."""
    for register in tul.reference.registers().values():
        for entity in register:
            cited = tul.cite(entity, style)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
            assert cited
            assert style != "bibtex" or cited.count("{") == cited.count("}")
            assert style != "bibtex" or re.match(r"@misc\{[a-z0-9-]+,\n", cited)


def test_own_sources_are_cited_from_their_own_register() -> None:
    """An unknown source, no source and an unknown style are errors."""
    grant = tul.Grant(id="g", call="c", project="p", status=tul.GrantStatus.GRANTED, sources=("y",))
    assert tul.cite(grant, sources=tul.Register([TITLED])).startswith("P: Title")
    with pytest.raises(tul.UnknownCodeError, match="no source 'y'"):
        tul.cite(grant)
    with pytest.raises(tul.UnknownCodeError, match="goal 1 names no source"):
        tul.cite(tul.Goal(number=tul.GoalNumber.ACCESS, name=tul.Text("a")))
    with pytest.raises(ValueError, match="use one of text, bibtex, csl-json"):
        tul.cite(grant, "apa")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def test_csl_json_is_indented_by_two_spaces() -> None:
    """As JSON from the library is everywhere, so that people can compare versions."""
    assert tul.cite(FULL, "csl-json").startswith('[\n  {\n    "')
