"""Writing: one portfolio has exactly one text."""

import io
import json
import pathlib
import re
from decimal import Decimal
from typing import Any

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


def test_form_of_a_document() -> None:
    """It is indented by two, keeps letters and order, and ends with a newline."""
    assert tul.dumps(PORTFOLIO) == WRITTEN


def test_empty_portfolio_is_written_as_a_header() -> None:
    """The header is the whole document."""
    assert list(json.loads(tul.dumps(tul.Portfolio()))) == ["$schema", "format", "format_version"]


@pytest.mark.parametrize(
    "portfolio",
    [
        pytest.param(tul.Portfolio(), id="nothing"),
        pytest.param(PORTFOLIO, id="a few entities"),
        pytest.param(tul.reference, id="all facts"),
    ],
)
def test_what_is_written_is_read_back(portfolio: tul.Portfolio) -> None:
    """The portfolio is equal, and is written as the same text again."""
    text = tul.dumps(portfolio)
    assert tul.loads(text) == portfolio
    assert tul.dumps(tul.loads(text)) == text


def test_equal_portfolios_are_the_same_text() -> None:
    """How an equal value was written or ordered when it was made has no effect."""
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


def test_document_is_written_to_a_path_or_an_open_file(tmp_path: pathlib.Path) -> None:
    """All give the same bytes, with the same line ends on every platform."""
    tul.dump(PORTFOLIO, tmp_path / "one.json")
    tul.dump(PORTFOLIO, str(tmp_path / "two.json"))
    stream = io.StringIO()
    tul.dump(PORTFOLIO, stream)
    assert (tmp_path / "one.json").read_bytes() == WRITTEN.encode()
    assert (tmp_path / "two.json").read_bytes() == WRITTEN.encode()
    assert stream.getvalue() == WRITTEN
    assert tul.load(tmp_path / "one.json") == PORTFOLIO


def test_characters_outside_the_basic_plane_and_control_characters() -> None:
    """Any character that a text may have is written and read back."""
    name = '😀 \u2028\x00\x7f\r\n"\\/\ufeff'
    portfolio = tul.Portfolio(
        initiatives=tul.Register([tul.Initiative(id="i", name=tul.Text(name))])
    )
    assert tul.loads(tul.dumps(portfolio)) == portfolio
    assert tul.loads(tul.dumps(portfolio).encode()) == portfolio


def test_a_newer_document_is_not_written_without_consent(tmp_path: pathlib.Path) -> None:
    """Fields of the newer version would be lost, so the writer raises an error."""
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
    """With ``downgrade`` the current version is written."""
    newer = attrs.evolve(PORTFOLIO, newer_version="1.7")
    path = tmp_path / "downgraded.json"
    tul.dump(newer, path, downgrade=True)
    assert path.read_text(encoding="utf-8") == WRITTEN
    assert tul.load(path) == PORTFOLIO


@pytest.mark.parametrize("value", [GRANT, {"grants": []}, None, "portfolio.json"])
def test_only_portfolios_are_written(value: object) -> None:
    """Another object is rejected before a file is opened."""
    assert rejected(tul.dumps, value) == ["TSK002"]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (GRANT, "Portfolio(grants=[...])"),
        (tul.Register([CITY]), "Portfolio(organisations=[...])"),
        ([GRANT], "Portfolio(grants=[...])"),
        (tul.Register[tul.Grant](), "reading.portfolio"),
        (tul.read({}), "reading.portfolio"),
    ],
)
def test_error_names_the_portfolio_to_write(value: Any, hint: str) -> None:  # noqa: ANN401 - wrong on purpose
    """The error says how to make a portfolio of an entity, a register, a list or a reading."""
    with pytest.raises(tul.InvalidValueError, match=re.escape(hint)):
        tul.dumps(value)


@pytest.mark.parametrize(
    ("name", "writer"),
    [
        ("a.xlsx", "exchange.write_table"),
        ("a.CSV", "exchange.write_table"),
        ("a.csv.gz", "exchange.write_table"),
        ("a.parquet", "exchange.write_parquet"),
        ("a.zip", "exchange.write_package"),
        ("a.jsonl.zst", "formats.write_lines"),
    ],
)
def test_document_has_no_ending_of_another_format(
    tmp_path: pathlib.Path, name: str, writer: str
) -> None:
    """`read` would take the file for a table, so it is not written; the error says what to use."""
    with pytest.raises(ValueError, match=writer):
        tul.dump(PORTFOLIO, tmp_path / name)
    assert not list(tmp_path.iterdir())
