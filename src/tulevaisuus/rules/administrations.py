"""The stated days of a project's administrations, which several families of rules judge."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from tulevaisuus.model.project import Project

__all__ = ["AdministrationDay", "administration_days"]


class AdministrationDay(NamedTuple):
    """A day on which an organisation administers a project, and where the document states it."""

    at: str
    place: int
    organisation: str
    day: dt.date


def administration_days(project: Project) -> Iterator[AdministrationDay]:
    """Return each stated first and last day of an administration, in the order of the list."""
    for place, administration in enumerate(project.administrations or ()):
        if administration.period is not None:
            for side, day in administration.period.bounds():
                at = f"/administrations/{place}/period/{side}"
                yield AdministrationDay(at, place, administration.organisation, day)
