"""`ALREADY_REPORTED`: what the parser puts in the place of a value that it rejected itself."""

from tulevaisuus.findings.errors import InvalidValueError

__all__ = ["ALREADY_REPORTED", "AlreadyReported", "AlreadyReportedError"]


class AlreadyReported:
    """The place of a value that was rejected, and reported, while the text was parsed."""

    __slots__ = ()


ALREADY_REPORTED = AlreadyReported()


class AlreadyReportedError(InvalidValueError):
    """A value that cannot be made, as a part of it was rejected and reported before.

    It has no findings, so that nothing is reported twice.
    """
