"""Exceptions of the library: their base classes, their text, copies and pickles."""

import copy
import pickle

import pytest

import tulevaisuus as tul
from tulevaisuus.findings import messages

FINDINGS = (
    messages.EMPTY_TEXT.finding("/name/fi"),
    messages.PERIOD_REVERSED.finding("/usable/end", start="a", end="b"),
)
ERRORS: list[tul.TulevaisuusError] = [
    tul.TulevaisuusError("so"),
    tul.InvalidValueError(FINDINGS),
    tul.DocumentError(FINDINGS),
    tul.UnknownCodeError("there is no region '5'", "5", ("05",)),
    tul.AmbiguousNameError("two", "x", ("01", "02")),
    tul.UnknownLanguageError("de", ("fi", "sv", "en")),
    tul.OutsideFactsError("too early"),
]


@pytest.mark.parametrize(
    ("error", "bases"),
    [
        (tul.InvalidValueError, (ValueError,)),
        (tul.DocumentError, (tul.InvalidValueError,)),
        (tul.UnknownCodeError, (KeyError,)),
        (tul.AmbiguousNameError, (tul.UnknownCodeError,)),
        (tul.UnknownLanguageError, (tul.UnknownCodeError, ValueError)),
        (tul.OutsideFactsError, (LookupError,)),
    ],
)
def test_each_error_is_also_a_builtin_error(
    error: type[Exception], bases: tuple[type[Exception], ...]
) -> None:
    """Code that catches Python's own exception catches ours."""
    assert issubclass(error, tul.TulevaisuusError)
    assert all(issubclass(error, base) for base in bases)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_can_be_pickled_and_copied(error: tul.TulevaisuusError) -> None:
    """A pickled or copied error has the same text and the same attributes."""
    protocols = range(pickle.HIGHEST_PROTOCOL + 1)
    twins = [pickle.loads(pickle.dumps(error, protocol)) for protocol in protocols]
    for twin in [*twins, copy.copy(error), copy.deepcopy(error)]:
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


def test_findings_may_be_any_iterable() -> None:
    """Findings from a generator are kept as a tuple."""
    error = tul.InvalidValueError(finding for finding in FINDINGS)
    assert error.findings == FINDINGS


@pytest.mark.parametrize("error_class", [tul.InvalidValueError, tul.DocumentError])
def test_under_prefixes_all_paths(error_class: type[tul.InvalidValueError]) -> None:
    """All paths get the prefix, and the class of the error stays."""
    under = error_class(FINDINGS).under("projects", 0)
    assert type(under) is error_class
    assert [finding.path for finding in under.findings] == [
        "/projects/0/name/fi",
        "/projects/0/usable/end",
    ]


def test_text_has_a_line_for_each_finding() -> None:
    """The text of the error contains every finding."""
    assert str(tul.InvalidValueError(FINDINGS)).splitlines() == [str(each) for each in FINDINGS]


@pytest.mark.parametrize(
    ("count", "last"), [(20, str(FINDINGS[0])), (21, "... and 1 more"), (250, "... and 230 more")]
)
def test_text_has_twenty_findings_at_most(count: int, last: str) -> None:
    """The text has the first twenty findings; the error keeps all of them."""
    error = tul.InvalidValueError(FINDINGS[:1] * count)
    assert str(error).splitlines()[-1] == last
    assert len(str(error).splitlines()) == min(count, 21)
    assert len(error.findings) == count


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (tul.InvalidValueError([]), "<InvalidValueError>"),
        (tul.InvalidValueError(FINDINGS[:1]), f"<InvalidValueError: {FINDINGS[0]}>"),
        (
            tul.DocumentError(FINDINGS[:1] * 9000),
            f"<DocumentError: {FINDINGS[0]} ... and 8999 more>",
        ),
        (
            tul.DocumentError(FINDINGS[:1], (("TSK013", tul.Severity.ERROR, 8),)),
            f"<DocumentError: {FINDINGS[0]} ... and 7 more>",
        ),
    ],
    ids=["none", "one", "many", "omitted"],
)
def test_repr_has_one_finding(error: tul.InvalidValueError, shown: str) -> None:
    """The representation has one finding, however many there are."""
    assert repr(error) == shown


def test_unknown_code_error_has_the_code_and_suggestions() -> None:
    """The message is not quoted as that of `KeyError`, and programs can read its parts."""
    error = tul.UnknownCodeError("there is no region '5'", "5", ["05", "15"])
    assert str(error) == "there is no region '5'"
    assert (error.key, error.suggestions) == ("5", ("05", "15"))
    assert tul.UnknownCodeError("gone").suggestions == ()


def test_unknown_language_error_lists_the_languages() -> None:
    """The message lists the supported languages."""
    error = tul.UnknownLanguageError("de", ("fi", "sv", "en"))
    assert str(error) == "unknown language 'de'; use one of fi, sv, en"
    assert (error.key, error.suggestions) == ("de", ("fi", "sv", "en"))


def test_findings_not_shown_and_not_kept_are_added() -> None:
    """Of 40 findings 25 are kept; the text shows 20 of them, the representation one."""
    error = tul.InvalidValueError(FINDINGS[:1] * 25, (("TSK013", tul.Severity.ERROR, 40),))
    assert error.omitted == 15
    assert str(error).splitlines()[-1] == "... and 20 more"
    assert repr(error) == f"<InvalidValueError: {FINDINGS[0]} ... and 39 more>"


def test_wrong_language_is_quoted_in_part() -> None:
    """Sixty characters of the text with its quote are shown; a language is found within them."""
    error = tul.UnknownLanguageError("x" * 100, ("fi",))
    assert str(error) == f"unknown language '{'x' * 59}; use one of fi"
    assert "did you mean 'fi'" in str(tul.UnknownLanguageError(" " * 58 + "FI", ("fi",)))
    assert "did you mean" not in str(tul.UnknownLanguageError(" " * 59 + "fi-FI", ("fi",)))
    assert "did you mean" not in str(tul.UnknownLanguageError(" " * 60 + "fi", ("fi",)))
