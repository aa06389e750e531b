"""Charts of regions, time, goals and findings, as Altair charts that you can change further.

They need the extra ``charts``. An unknown value has a mark of its own, never that of zero, and the
caption counts it. Each chart shows a table, which ``..._rows`` returns without the extra.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.charts.findings_bars import findings_chart, findings_rows
    from tulevaisuus.charts.goal_matrix import goal_service_matrix, matrix_rows
    from tulevaisuus.charts.project_timeline import timeline, timeline_rows
    from tulevaisuus.charts.tile_map import grants_by_region, region_map, region_rows
    from tulevaisuus.charts.vega import Row

__all__ = [
    "Row",
    "findings_chart",
    "findings_rows",
    "goal_service_matrix",
    "grants_by_region",
    "matrix_rows",
    "region_map",
    "region_rows",
    "timeline",
    "timeline_rows",
]

_NAMES_BY_MODULE = {
    "findings_bars": ("findings_chart", "findings_rows"),
    "goal_matrix": ("goal_service_matrix", "matrix_rows"),
    "project_timeline": ("timeline", "timeline_rows"),
    "tile_map": ("grants_by_region", "region_map", "region_rows"),
    "vega": ("Row",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _NAMES_BY_MODULE, name)

    def __dir__() -> list[str]:
        return list(__all__)
