"""The charts of a page, each with its table.

A portfolio is all entities of one document. A tile is the square of a region on the map.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tulevaisuus.charts.findings_bars import findings_picture
from tulevaisuus.charts.goal_matrix import matrix_picture
from tulevaisuus.charts.project_timeline import timeline_picture
from tulevaisuus.charts.tile_map import grants_by_region, region_picture
from tulevaisuus.charts.vega import Picture, Row, phrase, svg_of
from tulevaisuus.facts.bundled_registers import regions
from tulevaisuus.facts.reference_portfolio import reference
from tulevaisuus.findings.report import Report
from tulevaisuus.model.codelists import Evidence
from tulevaisuus.model.grant import GrantStatus
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.reports.report_texts import page_phrase

__all__ = ["Figure", "figures_of"]

_MAX_TIMELINE_LINES = 120
"""The maximum number of lines of a timeline on a page."""

_MAX_TABLE_ROWS = 300
"""The maximum number of rows of a table under a picture."""


class Figure(NamedTuple):
    """A picture on a page; ``svg`` is ``None`` if the extra ``charts`` is not installed."""

    id: str
    title: str
    caption: Sequence[str]
    alternative: str
    svg: str | None
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: int


def figures_of(report: Report, portfolio: Portfolio | None, language: str) -> list[Figure]:
    """Return the pictures of a report and, if there is one, of its portfolio."""
    return [
        _figure(id, picture, columns, language)
        for id, picture, columns in _pictures(report, portfolio, language)
    ]


def _pictures(
    report: Report, portfolio: Portfolio | None, language: str
) -> Iterator[tuple[str, Picture, dict[str, str]]]:
    """Return pictures, with the columns of their tables: field and heading."""
    if report.counts or report.skipped:
        columns = {"rule": "rule", "severity": "severity", "count": "count"}
        yield "findings", findings_picture(report, language), columns
    if portfolio is None:
        return
    if len(portfolio.grants):
        yield "map", _map(portfolio, language), {"name": "region", "text": "value"}
    if len(portfolio.projects) or len(portfolio.grants):
        picture = timeline_picture(portfolio, language, _MAX_TIMELINE_LINES)
        yield "timeline", picture, {"label": "line", "shows": "shows", "days": "days"}
    if len(portfolio.projects) or len(portfolio.goal_links):
        picture = matrix_picture(portfolio, language, Evidence.WEAK)
        columns = {"target_name": "target", "goal_name": "goal", "evidence": "evidence"}
        yield "matrix", picture, columns


def _map(portfolio: Portfolio, language: str) -> Picture:
    """Return the map of grants; its caption counts grants of other regions, which have no tile."""
    # As in `Project.regions`: a project has a tile if it is in one region only.
    tiles = {(region.code,) for region in regions if region.in_programme}
    # The entities of the portfolio and, for keys that it lacks, those of the facts.
    projects = portfolio.over(reference).projects
    mapped = {project.id for project in projects if project.regions in tiles}
    granted = [each for each in portfolio.grants if each.status is GrantStatus.GRANTED]
    without_tile = sum(grant.project not in mapped for grant in granted)
    sums = {code: each for code, each in grants_by_region(portfolio).items() if (code,) in tiles}
    picture = region_picture(sums, language, phrase("map", "grants", language))
    counts = page_phrase(
        "pictures", "off_map", language, count=len(granted) - without_tile, off=without_tile
    )
    return picture._replace(caption=(*picture.caption, counts))


def _figure(id: str, picture: Picture, columns: dict[str, str], language: str) -> Figure:
    try:
        svg = svg_of(picture)
    except ModuleNotFoundError:
        svg = None
    return Figure(
        id=id,
        title=picture.title,
        caption=picture.caption,
        alternative=picture.alternative,
        svg=svg,
        columns=[_heading(each, language) for each in columns.values()],
        rows=[[_text(row[field]) for field in columns] for row in picture.rows[:_MAX_TABLE_ROWS]],
        total=len(picture.rows),
    )


def _heading(name: str, language: str) -> str:
    section = "summary" if name in {"severity", "count"} else "pictures"
    return page_phrase(section, name, language)


def _text(value: Row | str | float | None) -> str:
    return "?" if value is None else str(value)
