"""Generates pages from the library: rules, classes, API, code lists, gaps, changes.

`conf.py` writes them into `docs/generated/` before each build. They are not in the repository, so
they are never out of date.
"""

from __future__ import annotations

import subprocess
import sys
from enum import Enum
from itertools import groupby
from pathlib import Path

from generate_api import api_pages
from generate_classes import classes_page
from generate_commands import commands_page
from generate_rules import rule_pages, source_links

import tulevaisuus as tul
from tulevaisuus import formats

ROOT = Path(__file__).parent.parent

GUIDES = "the ministry's programme and project guide (publications 2020:3 and 2021:29)"
PACKAGES = "the project's package in Innokylä"


def write_pages(folder: Path) -> None:
    """Write all pages into the folder."""
    folder.mkdir(exist_ok=True)
    pages = {
        **rule_pages(),
        **api_pages(),
        "changelog": changelog_page(),
        "classes": classes_page(),
        "code-lists": code_lists_page(),
        "command": commands_page(),
        "disagreements": disagreements_page(),
        "gaps": gaps_page(),
    }
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, "utf-8")


def changelog_page() -> str:
    """Return the changelog, with the unreleased changes first."""
    draft = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "Unreleased"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    ).stdout
    released = (ROOT / "CHANGELOG.md").read_text("utf-8")
    mark = "<!-- towncrier release notes start -->"
    return released.replace(mark, draft[draft.index("## ") :])


def code_lists_page() -> str:
    """List the codes of every code list with their labels."""
    lines = [
        "# Code lists",
        "",
        (
            "Documents contain codes. Each code has a label for people, such as"
            " `tulevaisuus.GrantStatus.GRANTED.label`. Each list names the fields that use it."
        ),
        "",
    ]
    for enum in code_lists():
        first = " ".join((enum.__doc__ or "").split("\n\n", maxsplit=1)[0].split())
        fields = ", ".join(f"`{field}`" for field in fields_with(enum))
        lines += [f"## {enum.__name__}", "", first.replace("``", "`"), ""]
        lines += [f"In: {fields}.", ""] if fields else []
        lines += ["| code | fi | sv | en |", "|---|---|---|---|"]
        for member in enum:
            label: tul.Text = member.label
            lines.append(f"| `{member.value}` | {label.fi} | {label.sv} | {label.en} |")
        lines.append("")
    return "\n".join(lines)


def code_lists() -> list[type[Enum]]:
    """Return the public code lists in alphabetical order."""
    public = (getattr(tul, name) for name in sorted(tul.__all__))
    return [each for each in public if isinstance(each, type) and issubclass(each, Enum)]


def fields_with(enum: type[Enum]) -> list[str]:
    """Return the fields with codes of a list, as class and field."""
    link = f"#/$defs/{enum.__name__}"
    defs = formats.schema()["$defs"]
    return [
        f"{name}.{field}"
        for name, definition in defs.items()
        for field, schema in definition.get("properties", {}).items()
        if link in {schema.get("$ref"), schema.get("items", {}).get("$ref")}
    ]


def disagreements_page() -> str:
    """List the contradictions between sources by register."""
    lines = [
        "# Where sources disagree",
        "",
        (
            "Every fact lists its sources. If they contradict each other, a note on the field"
            " describes it; `tulevaisuus.disagreements()` returns these notes."
        ),
        "",
    ]
    for name, found in groupby(tul.disagreements(), key=lambda each: each.register):
        lines += [f"## {name}", ""]
        for each in found:
            links = f" ({source_links(each.note.sources)})" if each.note.sources else ""
            keys = ", ".join(f"**{key}**" for key in (each.key, *(key for _, key in each.also)))
            lines.append(f"- {keys}, `{each.field}`: {each.note.text}{links}")
        lines.append("")
    return "\n".join(lines)


def gaps_page() -> str:
    """List the important values that no source gives."""
    lines = [
        "# What no source says",
        "",
        (
            "These fields are missing in the bundled facts, because no source that was read gives"
            " them; `tulevaisuus.gaps()` returns them. If you know one, with a source, you can"
            " add it in one line: see the file CONTRIBUTING.md."
        ),
        "",
    ]
    for name, found in groupby(tul.gaps(), key=lambda gap: gap.register):
        lines += [f"## {name}", "", "| field | most likely in | missing in |", "|---|---|---|"]
        by_field: dict[str, list[tul.Gap]] = {}
        for gap in found:
            by_field.setdefault(gap.field, []).append(gap)
        for field, missing in by_field.items():
            likely = missing[0].likely.en if missing[0].likely else "–"
            keys = ", ".join(str(gap.key) for gap in missing)
            lines.append(f"| `{field}` | {likely} | {keys} |")
        lines.append("")
    return "\n".join([*lines, *region_gap(), *indicator_gap()])


def region_gap() -> list[str]:
    """List the regions of the programme without a known project."""
    known = {code for project in tul.projects for code in project.regions}
    missing = [each for each in tul.regions if each.in_programme and each.code not in known]
    lines = [f"- {each.code} {each.name.fi}: most likely in {PACKAGES}" for each in missing]
    return ["## Regions without a known project", "", *lines, ""]


def indicator_gap() -> list[str]:
    """List the notes of the goals about indicators and measures."""
    texts = [note.text for goal in tul.goals for note in goal.notes if note.text]
    notes = dict.fromkeys(text for text in texts if "not" in text)
    where = f"Most likely in THL's evaluation reports and in {GUIDES}."
    lines = [f"- {text}" for text in notes]
    return ["## Indicators and measures of the goals", "", *lines, "", where, ""]
