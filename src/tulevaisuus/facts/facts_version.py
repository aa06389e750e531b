"""`FACTS_VERSION`: how new the bundled facts are."""

import datetime as dt

__all__ = ["FACTS_VERSION"]

FACTS_VERSION = dt.date(2026, 11, 26)
"""The date of the last change of the bundled facts."""
