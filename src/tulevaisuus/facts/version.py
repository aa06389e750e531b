"""How new the bundled facts are, and how far back they reach."""

import datetime as dt

from tulevaisuus.model.register import FACTS_SINCE

__all__ = ["FACTS_SINCE", "FACTS_VERSION"]

FACTS_VERSION = dt.date(2026, 11, 22)
"""The day on which the bundled facts were last mended."""
