"""`ALREADY_REPORTED`: stands for a value that the parser has rejected and reported."""

from tulevaisuus.findings.errors import InvalidValueError

__all__ = ["ALREADY_REPORTED", "AlreadyReported", "AlreadyReportedError"]


class AlreadyReported:
    """The class of `ALREADY_REPORTED`; decoding does not report this value again."""

    __slots__ = ()


ALREADY_REPORTED = AlreadyReported()


class AlreadyReportedError(InvalidValueError):
    """An object cannot be made, as a part of it is `ALREADY_REPORTED`.

    The error has no findings, so that nothing is reported twice.
    """
