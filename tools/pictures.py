"""Writes the pictures of the documentation to ``docs/images/``: `python -m tools.pictures`."""

from pathlib import Path

import tulevaisuus as tul
from tulevaisuus import charts

__all__ = ["write_pictures"]

FOLDER = Path("docs/images")


def write_pictures(folder: Path = FOLDER) -> list[Path]:
    """Write a PNG of each chart, in English, and return their paths."""
    report = tul.check(tul.read("examples/varsinais-suomi-broken.json"))
    example = tul.load("examples/varsinais-suomi.json")
    pictures = {
        "findings-chart": charts.findings_chart(report),
        "goal-service-matrix": charts.goal_service_matrix(tul.reference),
        "region-map": charts.region_map(
            charts.grants_by_region(tul.reference), title="Grants by region, euros"
        ),
        "timeline": charts.timeline(example),
    }
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.png" for name in pictures]
    for path, chart in zip(paths, pictures.values(), strict=True):
        chart.save(path)
    return paths


if __name__ == "__main__":
    write_pictures()
