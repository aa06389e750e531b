"""The programme itself, and all bundled facts as one portfolio."""

import pytest

import tulevaisuus as tul

BUNDLED = [name for name in tul.reference.registers() if name != "centres"]


@pytest.mark.parametrize("name", BUNDLED)
def test_the_reference_has_the_registers_of_the_front_door(name: str) -> None:
    """Both ways lead to the same register, which is read once."""
    assert getattr(tul.reference, name) is getattr(tul, name)


def test_the_reference_has_the_programme() -> None:
    """The programme is the one of the front door, and it has the version that is written."""
    assert tul.reference.programme is tul.programme
    assert tul.reference.newer_version is None


def test_no_centre_is_bundled() -> None:
    """No source lists the centres, so the facts know of none."""
    assert len(tul.reference.centres) == 0


def test_what_the_programme_says() -> None:
    """The frame of everything: the years, the owner, the operator, goals and regions."""
    programme = tul.programme
    assert programme.period == tul.Period.of_years(2020, 2023)
    assert (programme.owner, programme.operator) == ("stm", "thl")
    assert programme.goals == tuple(tul.GoalNumber)
    assert programme.regions == tuple(each.code for each in tul.regions if each.in_programme)
    assert len(programme.evaluation_periods) == 8


def test_channels() -> None:
    """Projects report and models are shared in the places that sources name."""
    assert tul.programme.channels is not None
    names = {channel.fi for channel in tul.programme.channels}
    assert {"Innokylä", "Hankesalkku"} <= names
