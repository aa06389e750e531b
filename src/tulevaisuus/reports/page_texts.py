"""The texts of the HTML page of a report, from ``texts/page.toml``."""

from tulevaisuus.findings.localization import Param
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = ["page_phrase"]


def page_phrase(section: str, name: str, language: str, /, **params: Param) -> str:
    """Return a phrase of the page in a language, with values filled in."""
    return open_catalogue("tulevaisuus.reports", "page")[section][name].fill(params, language)
