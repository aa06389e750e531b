"""`ALREADY_REPORTED`: what the parser puts in the place of a value that it rejected itself."""

__all__ = ["ALREADY_REPORTED", "AlreadyReported"]


class AlreadyReported:
    """The place of a value that was rejected, and reported, while the text was parsed."""

    __slots__ = ()


ALREADY_REPORTED = AlreadyReported()
