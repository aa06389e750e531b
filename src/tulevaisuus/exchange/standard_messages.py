"""The messages on public standards and Parquet, under codes that documents share.

The words: ``texts/standards.toml``. What is wrong with a file is TSK001, with the type of a value
TSK002, with columns and fields TSK003 and TSK004, with a value TSK006 and TSK012. What a standard
cannot hold is TSK004.
"""

from typing import NamedTuple

from tulevaisuus.findings.catalogue import open_catalogue
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.severity import Severity

__all__ = ["StandardMessage", "words"]


class StandardMessage(NamedTuple):
    """A message on a standard: its code, its name among the texts, and how bad it is."""

    code: str
    name: str
    severity: Severity = Severity.ERROR

    def finding(self, path: str = "", /, **params: Param) -> Finding:
        """Make the finding at a path, with the values that the message names."""
        return Finding(
            code=self.code,
            severity=self.severity,
            path=path,
            template=words("messages", self.name),
            params=tuple(params.items()),
        )


def words(section: str, name: str) -> LocalizedText:
    """Return a text of ``texts/standards.toml``.

    >>> words("columns", "amount").en
    'decimal128(14, 2)'
    """
    return open_catalogue("tulevaisuus.exchange", "standards")[section][name]


NOT_PARQUET = StandardMessage("TSK001", "not_parquet")
BROKEN_PARQUET = StandardMessage("TSK001", "broken_parquet")
TOO_MANY_ROWS = StandardMessage("TSK001", "too_many_rows")
COLUMN_TYPE = StandardMessage("TSK002", "column_type")
COLUMN_TWICE = StandardMessage("TSK004", "column_twice")
