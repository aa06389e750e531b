"""`reference`, the portfolio of all bundled facts, and `programme`."""

import pytest

import tulevaisuus as tul

BUNDLED = [name for name in tul.reference.registers() if name != "centres"]


@pytest.mark.parametrize("name", BUNDLED)
def test_reference_has_the_registers_of_the_package(name: str) -> None:
    """Both are the same register, which is read once."""
    assert getattr(tul.reference, name) is getattr(tul, name)


def test_reference_has_the_programme() -> None:
    """The programme is that of the package, and the version is the current one."""
    assert tul.reference.programme is tul.programme
    assert tul.reference.newer_version is None


def test_no_centre_is_bundled() -> None:
    """No source lists the centres, so the facts have none."""
    assert len(tul.reference.centres) == 0


def test_contents_of_the_programme() -> None:
    """Its years, owner, operator, goals and regions."""
    programme = tul.programme
    assert programme.period == tul.Period.of_years(2020, 2023)
    assert (programme.owner, programme.operator) == ("stm", "thl")
    assert programme.goals == tuple(tul.GoalNumber)
    assert programme.regions == tuple(each.code for each in tul.regions if each.in_programme)
    assert len(programme.evaluation_periods) == 8


def test_channels_of_the_programme() -> None:
    """The places for reports and models that sources name."""
    assert tul.programme.channels is not None
    names = {channel.fi for channel in tul.programme.channels}
    assert {"Innokylä", "Hankesalkku"} <= names
