"""Writing: one portfolio, one text."""

import io
import json
import pathlib
from decimal import Decimal

import attrs
import pytest

import tulevaisuus as tul
from tests.helpers import found, rejected

GRANT = tul.Grant(
    id="g1",
    call="shc-2021",
    project="p1",
    status=tul.GrantStatus.GRANTED,
    amount_eur=Decimal("11180062.50"),
    usable=tul.Period.of_years(2021, 2023),
)
CITY = tul.Organisation(id="o1", name=tul.Text("Äänekoski", sv="Äänekoski"))
PORTFOLIO = tul.Portfolio(grants=tul.Register([GRANT]), organisations=tul.Register([CITY]))

WRITTEN = """\
{
  "$schema": "urn:tulevaisuus:schema:1.0:portfolio",
  "format": "tulevaisuus",
  "format_version": "1.0",
  "organisations": [
    {
      "id": "o1",
      "name": {
        "fi": "Äänekoski",
        "sv": "Äänekoski"
      }
    }
  ],
  "grants": [
    {
      "id": "g1",
      "call": "shc-2021",
      "project": "p1",
      "status": "granted",
      "amount_eur": 11180062.5,
      "usable": {
        "start": "2021-01-01",
        "end": "2023-12-31"
      }
    }
  ]
}
"""


def test_the_form_of_a_document() -> None:
    """A document is indented by two, keeps its letters, its order and a newline at its end."""
    assert tul.dumps(PORTFOLIO) == WRITTEN


def test_nothing_to_write() -> None:
    """An empty portfolio is a document of its header."""
    assert list(json.loads(tul.dumps(tul.Portfolio()))) == ["$schema", "format", "format_version"]


@pytest.mark.parametrize(
    "portfolio",
    [
        pytest.param(tul.Portfolio(), id="nothing"),
        pytest.param(PORTFOLIO, id="a few things"),
        pytest.param(tul.reference, id="all facts"),
    ],
)
def test_what_is_written_is_read_as_the_same(portfolio: tul.Portfolio) -> None:
    """Writing loses nothing, and what was read is written as the same text again."""
    text = tul.dumps(portfolio)
    assert tul.loads(text) == portfolio
    assert tul.dumps(tul.loads(text)) == text


def test_equal_portfolios_are_the_same_text() -> None:
    """How an equal value was spelt or ordered when it was made does not show."""
    languages = [tul.Language.EN, tul.Language.SV]
    texts = [tul.Text("a", sv="b", en="c", unofficial=frozenset(order))
             for order in (languages, languages[::-1])]  # fmt: skip
    amounts = [Decimal(5), Decimal("5.00")]
    first, second = (
        tul.Portfolio(
            goals=tul.Register([tul.Goal(number=tul.GoalNumber.ACCESS, name=text)]),
            grants=tul.Register([attrs.evolve(GRANT, amount_eur=amount)]),
        )
        for text, amount in zip(texts, amounts, strict=True)
    )
    assert first == second
    assert tul.dumps(first) == tul.dumps(second)


def test_the_order_of_entities_is_kept() -> None:
    """A register is written in its own order, whatever the keys are."""
    turned = tul.Register(reversed(tuple(tul.regions)))
    text = tul.dumps(tul.Portfolio(regions=turned))
    assert tul.loads(text).regions == turned
    assert tul.loads(text).regions != tul.regions


def test_a_document_goes_to_a_path_or_an_open_file(tmp_path: pathlib.Path) -> None:
    """All ways of writing give the same bytes, with plain newlines on every platform."""
    tul.dump(PORTFOLIO, tmp_path / "one.json")
    tul.dump(PORTFOLIO, str(tmp_path / "two.json"))
    stream = io.StringIO()
    tul.dump(PORTFOLIO, stream)
    assert (tmp_path / "one.json").read_bytes() == WRITTEN.encode()
    assert (tmp_path / "two.json").read_bytes() == WRITTEN.encode()
    assert stream.getvalue() == WRITTEN
    assert tul.load(tmp_path / "one.json") == PORTFOLIO


def test_characters_outside_the_basic_plane_and_control_characters() -> None:
    """Any character that a text may have survives writing and reading."""
    name = '😀 \u2028\x00\x7f\r\n"\\/\ufeff'
    portfolio = tul.Portfolio(
        initiatives=tul.Register([tul.Initiative(id="i", name=tul.Text(name))])
    )
    assert tul.loads(tul.dumps(portfolio)) == portfolio
    assert tul.loads(tul.dumps(portfolio).encode()) == portfolio


def test_a_newer_document_is_not_written_without_consent(tmp_path: pathlib.Path) -> None:
    """Writing would lose the fields of the newer version, so it is rejected, and says so."""
    newer = tul.loads('{"format": "tulevaisuus", "format_version": "1.7", "later": 1}')
    path = tmp_path / "kept.json"
    path.write_text("kept", encoding="utf-8")
    with pytest.raises(tul.DocumentError) as caught:
        tul.dump(newer, path)
    assert found(caught.value.findings) == ["TSK007 /format_version"]
    assert "1.7" in str(caught.value)
    assert "downgrade=True" in str(caught.value)
    assert path.read_text(encoding="utf-8") == "kept"


def test_a_newer_document_is_written_with_consent(tmp_path: pathlib.Path) -> None:
    """With ``downgrade`` the present version is written, without a trace of the newer one."""
    newer = attrs.evolve(PORTFOLIO, newer_version="1.7")
    path = tmp_path / "downgraded.json"
    tul.dump(newer, path, downgrade=True)
    assert path.read_text(encoding="utf-8") == WRITTEN
    assert tul.load(path) == PORTFOLIO


@pytest.mark.parametrize("value", [GRANT, {"grants": []}, None, "portfolio.json"])
def test_only_portfolios_are_written(value: object) -> None:
    """What is no portfolio is rejected before a file is touched."""
    assert rejected(tul.dumps, value) == ["TSK002"]
