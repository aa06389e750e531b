"""Generates the pages of the rules in English, Finnish and Swedish from the texts of the rules."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import tulevaisuus as tul
from tulevaisuus.reports.report_texts import severity_label


class Wording(NamedTuple):
    """The texts of a rule page besides the rules, in one language."""

    title: str
    introduction: str
    columns: str
    todo: str
    severity: str
    evidence: str
    sources: str
    breaks: str
    keeps: str
    families: tuple[str, ...]


WORDINGS = {
    "en": Wording(
        title="The rules",
        introduction=(
            "Rules check recorded values; a missing value is never an error. The severity is the"
            " highest that a finding of the rule has. Type a word above the table to filter it."
        ),
        columns="| code | slug | severity | what is wrong |",
        todo="What to do",
        severity="Severity",
        evidence="Evidence",
        sources="Sources",
        breaks="Example that breaks the rule",
        keeps="Example that follows the rule",
        families=(
            "The document",
            "Programme and period",
            "Regions and municipalities",
            "Calls and grants",
            "Projects, goals and services",
            "Service centres",
            "Bodies, roles and posts",
        ),
    ),
    "fi": Wording(
        title="Säännöt",
        introduction=(
            "Säännöt koskevat kirjattuja tietoja: puuttuva tieto ei ole virhe. Vakavuus on"
            " korkein, jonka säännön havainto voi saada. Taulukkoa voi suodattaa kirjoittamalla"
            " sanan sen yläpuolelle."
        ),
        columns="| koodi | tunnus | vakavuus | mikä on väärin |",
        todo="Mitä tehdä",
        severity="Vakavuus",
        evidence="Näyttö",
        sources="Lähteet",
        breaks="Esimerkki, joka rikkoo sääntöä",
        keeps="Esimerkki, joka noudattaa sääntöä",
        families=(
            "Dokumentti",
            "Ohjelma ja ohjelmakausi",
            "Alueet ja kunnat",
            "Haut ja avustukset",
            "Hankkeet, tavoitteet ja palvelut",
            "Sote-keskukset",
            "Toimielimet, roolit ja tehtävät",
        ),
    ),
    "sv": Wording(
        title="Reglerna",
        introduction=(
            "Reglerna gäller antecknade uppgifter: en uppgift som saknas är inget fel."
            " Allvarlighetsgraden är den högsta som en iakttagelse enligt regeln kan ha. Tabellen"
            " kan filtreras med ett ord i fältet ovanför den."
        ),
        columns="| kod | beteckning | allvarlighetsgrad | vad som är fel |",
        todo="Åtgärd",
        severity="Allvarlighetsgrad",
        evidence="Evidens",
        sources="Källor",
        breaks="Exempel som bryter mot regeln",
        keeps="Exempel som följer regeln",
        families=(
            "Dokumentet",
            "Programmet och programperioden",
            "Områden och kommuner",
            "Utlysningar och understöd",
            "Projekt, mål och tjänster",
            "Social- och hälsocentraler",
            "Organ, roller och uppgifter",
        ),
    ),
}


def rule_pages() -> dict[str, str]:
    """Return the pages by name: a table in each language, and a page for each family."""
    pages: dict[str, str] = {}
    for language in WORDINGS:
        pages[page_name("rules", language)] = _table_page(language)
        for family, rules in groupby(tul.rulebook, key=lambda rule: rule.code[3]):
            title = f"# TSK{family}xx: {WORDINGS[language].families[int(family)]}"
            sections = [_section(rule, language) for rule in rules]
            pages[page_name(f"rules-{family}", language)] = "\n".join([title, "", *sections])
    return pages


def page_name(name: str, language: str) -> str:
    """Return the name of a page in a language: ``rules-3``, ``rules-3-fi``."""
    return name if language == "en" else f"{name}-{language}"


def target(code: str, language: str) -> str:
    """Return the anchor of a rule on its page: ``tsk302``, ``tsk302-fi``."""
    return page_name(code.lower(), language)


def _table_page(language: str) -> str:
    wording = WORDINGS[language]
    names = (page_name(f"rules-{family}", language) for family in range(len(wording.families)))
    rows = [
        f"| {rule.code} | {rule.slug} | {severity_label(rule.severity, language)}"
        f" | {rule.title.get(language)} |"
        for rule in tul.rulebook
    ]
    return "\n".join(
        [
            f"# {wording.title}",
            "",
            wording.introduction,
            "",
            "```{toctree}",
            ":maxdepth: 1",
            "",
            *names,
            "```",
            "",
            ":::{container} filterable",
            wording.columns,
            "|---|---|---|---|",
            *rows,
            ":::",
            "",
        ]
    )


def _section(rule: tul.Rule, language: str) -> str:
    """Explain one rule, with its examples."""
    wording = WORDINGS[language]
    evidence = (
        f"; {wording.evidence.lower()}: {rule.evidence.localize(language)}" if rule.evidence else ""
    )
    lines = [
        f"({target(rule.code, language)})=",
        f"## {rule.code} {rule.slug}",
        "",
        f"**{rule.title.get(language)}**",
        "",
        rule.explanation.get(language),
        "",
        f"*{wording.todo}:* {rule.remedy.get(language)}",
        "",
        f"{wording.severity}: {severity_label(rule.severity, language)}{evidence}.",
        "",
        f"{wording.sources}: {source_links(rule.sources)}." if rule.sources else "",
        "",
        *_example(wording.breaks, rule.fails),
        *_example(wording.keeps, rule.passes),
    ]
    return "\n".join(lines)


def _example(title: str, text: str | None) -> list[str]:
    return [f"{title}:", "", "```text", (text or "").strip(), "```", ""]


def source_links(ids: tuple[str, ...]) -> str:
    """Return the names of sources, linked to their URLs if they have one."""
    sources = [tul.sources[each] for each in ids]
    return ", ".join(
        f"[{source.id}]({source.url})" if source.url else source.id for source in sources
    )
