"""Whatever the library raises over bad content is a `TulevaisuusError` that can be caught so."""

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
def test_each_error_is_also_what_python_calls_it(
    error: type[Exception], bases: tuple[type[Exception], ...]
) -> None:
    """Who catches Python's own kind of error catches ours."""
    assert issubclass(error, tul.TulevaisuusError)
    assert all(issubclass(error, base) for base in bases)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_travel_between_processes(error: tul.TulevaisuusError) -> None:
    """A pickled or copied error says and holds what the first one did."""
    protocols = range(pickle.HIGHEST_PROTOCOL + 1)
    twins = [pickle.loads(pickle.dumps(error, protocol)) for protocol in protocols]
    for twin in [*twins, copy.copy(error), copy.deepcopy(error)]:
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


def test_holds_findings_of_any_iterable() -> None:
    """Findings may come from a generator; they are kept."""
    error = tul.InvalidValueError(finding for finding in FINDINGS)
    assert error.findings == FINDINGS


@pytest.mark.parametrize("kind", [tul.InvalidValueError, tul.DocumentError])
def test_a_container_sees_prefixed_paths(kind: type[tul.InvalidValueError]) -> None:
    """All paths get the prefix, and the error stays of its kind."""
    under = kind(FINDINGS).under("projects", 0)
    assert type(under) is kind
    assert [finding.path for finding in under.findings] == [
        "/projects/0/name/fi",
        "/projects/0/usable/end",
    ]


def test_lists_its_findings_a_line_each() -> None:
    """Printed, the error says everything that is wrong."""
    assert str(tul.InvalidValueError(FINDINGS)).splitlines() == [str(each) for each in FINDINGS]


@pytest.mark.parametrize(
    ("count", "last"), [(20, str(FINDINGS[0])), (21, "... and 1 more"), (250, "... and 230 more")]
)
def test_prints_twenty_and_holds_all(count: int, last: str) -> None:
    """A document of mistakes does not flood a terminal, and loses none of them."""
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
def test_is_described_shortly(error: tul.InvalidValueError, shown: str) -> None:
    """However many findings there are, the representation has one of them."""
    assert repr(error) == shown


def test_an_unknown_code_keeps_what_was_asked_and_what_may_be_meant() -> None:
    """The message is not quoted as `KeyError` would, and the parts can be read by programs."""
    error = tul.UnknownCodeError("there is no region '5'", "5", ["05", "15"])
    assert str(error) == "there is no region '5'"
    assert (error.key, error.suggestions) == ("5", ("05", "15"))
    assert tul.UnknownCodeError("gone").suggestions == ()


def test_an_unknown_language_names_the_known_ones() -> None:
    """The message says which languages there are."""
    error = tul.UnknownLanguageError("de", ("fi", "sv", "en"))
    assert str(error) == "unknown language 'de'; use one of fi, sv, en"
    assert (error.key, error.suggestions) == ("de", ("fi", "sv", "en"))
