"""The layout of a table: headers, rows of data, and notes on everything else."""

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, codes_and_cells, csv_bytes, only, read, workbook

ROW = ("g1", "shc-2021", "pirsote", "granted")


def message(reading: tul.Reading, code: str, language: str = "en") -> str:
    """Return the first message with a code, apart from the note on the separator."""
    found = [each for each in reading.findings if each.code == code]
    return next(each.message(language) for each in found if "separated" not in each.message("en"))


def test_marks_in_headers_are_ignored() -> None:
    """Case, a star, a colon, line breaks and the unit make no difference."""
    headers = ("TUNNUS*", '"Haku:"', '"Hankkeen\nnimi"', "tila", "Myönnetty avustus, €")
    data = csv_bytes(headers, (*ROW, "5"))
    assert only(read(data), tul.Grant).amount_eur == 5


@pytest.mark.parametrize("header", ["Myönnetty (1 000 €)", "Myönnetty, t€", "Tila (€)"])
def test_other_unit_is_an_unknown_header(header: str) -> None:
    """Thousands of euros are not euros, and a status has no unit."""
    assert "TSK004 /grants E1" in codes_and_cells(read(csv_bytes((*GRANTS, header), (*ROW, "5"))))


def test_unknown_header_is_reported() -> None:
    """An unknown column is left out and named; a misspelt header is an error."""
    data = csv_bytes((*GRANTS, "Lisätietoja antaa", "Päätöspäivämär"), (*ROW, "NN", "21.12.2021"))
    reading = read(data)
    assert codes_and_cells(reading) == ["TSK004 /grants E1", "TSK004 /grants F1"]
    assert [each.severity.value for each in reading.findings][1:] == ["warning", "error"]
    assert 'did you mean "Päätöspäivämäärä"' in reading.findings[-1].message("en")
    assert len(reading.portfolio.grants) == 1


@pytest.mark.parametrize(("count", "more"), [(100, 0), (101, 1), (400, 300)])
def test_many_unknown_headers_share_a_finding(count: int, more: int) -> None:
    """They do not hide what is wrong in the rows."""
    headers = [f"xyz {index}" for index in range(count)]
    data = csv_bytes((*headers, *GRANTS), (*["x"] * count, *ROW[:3], "odd"))
    found = [each for each in read(data).findings if each.code != "TSK001"]
    assert [each.code for each in found] == ["TSK004"] * (100 + (more > 0)) + ["TSK005"]
    *_, last, _wrong_status = found
    assert last.severity is tul.Severity.WARNING
    assert (f"{more} further unknown headers" in last.message("en")) is (more > 0)
    if more:
        assert last.location is not None
        assert last.location.cell == "CW1"
        assert all("CW" in last.message(language) for language in ("fi", "sv"))


def test_number_of_suggestions_for_headers_is_limited() -> None:
    """Searching for similar headers is slow."""
    data = csv_bytes((*GRANTS, *["Hakuu"] * 30), (*ROW, *["x"] * 30))
    near = [each for each in read(data).findings if "did you mean" in each.message("en")]
    assert len(near) == 20


def test_values_without_a_header_are_reported() -> None:
    """Nothing is ignored silently."""
    data = csv_bytes((*GRANTS, ""), (*ROW, "jotain"))
    assert codes_and_cells(read(data)) == ["TSK004 /grants E1"]


def test_two_columns_of_one_field_are_reported() -> None:
    """Neither is read, as it is not known which is right."""
    data = csv_bytes((*GRANTS, "Myönnetty", "Summa"), (*ROW, "5", "6"))
    reading = read(data)
    assert codes_and_cells(reading) == ["TSK004 /grants F1"]
    assert "E1" in message(reading, "TSK004")
    assert reading.portfolio.grants["g1"].amount_eur is None


def test_table_without_known_headers_is_a_finding() -> None:
    """It is rejected as a whole."""
    reading = read(csv_bytes(("Nimike", "Kpl"), ("Kynä", "3")))
    assert codes_and_cells(reading) == ["TSK001 /grants 1"]
    assert "known headers are, for example" in message(reading, "TSK001")
    assert [rejected.register for rejected in reading.rejected] == ["grants"]


def test_rows_without_headers_are_not_headers() -> None:
    """A status is also a header of amounts; beside numbers and dates it is a value."""
    row = ("g1", "shc-2021", "pirsote", "Myönnetty", "500 000,00", "21.12.2021")
    for data, sheet in (
        (csv_bytes(row, row), ""),
        (workbook((*row[:4], 500000.5), (*row[:4], 1)), "Taul1!"),
    ):
        reading = read(data)
        assert codes_and_cells(reading) == [f"TSK001 /grants {sheet}1"]
        assert "known headers are, for example" in message(reading, "TSK001")


def test_headers_may_be_years() -> None:
    """One known header beside years is a header row, if the other ones are unknown."""
    reading = read(workbook(("Hanke", 2020, 2021), ("pirsote", 5, 6)))
    assert "TSK004 /grants Taul1!B1" in codes_and_cells(reading)


def test_a_required_column_that_is_missing_is_reported_once() -> None:
    """The rows are rejected, and the finding is on the headers."""
    reading = read(csv_bytes(("Tunnus", "Haku", "Hanke"), ROW[:3], ROW[:3]))
    assert codes_and_cells(reading) == ["TSK003 /grants 1", "TSK008 /grants/1/id A3"]
    assert "(Tila)" in message(reading, "TSK003")
    assert len(reading.rejected) == 2


def test_an_empty_required_cell_is_found_in_its_row() -> None:
    """Where the column exists, each row is checked; the finding is at the empty cell."""
    data = csv_bytes(GRANTS, ("g0", "shc-2021", "pirsote", ""), ROW)
    reading = read(data)
    assert codes_and_cells(reading) == ["TSK003 /grants/0/status D2"]
    assert list(reading.portfolio.grants.keys()) == ["g1"]


def test_empty_part_of_a_field_is_found_in_its_cell() -> None:
    """The missing name is reported at the cell of the required language."""
    data = csv_bytes(("Tunnus", "Nimi ruotsiksi", "Nimi", "Aluekoodi"), ("p1", "", "", "05"))
    assert codes_and_cells(read(data, tul.Project)) == ["TSK003 /projects/0/name C2"]


def test_a_repeated_id_is_found_in_its_row() -> None:
    """The later row is rejected."""
    assert codes_and_cells(read(csv_bytes(GRANTS, ROW, ROW))) == ["TSK008 /grants/1/id A3"]


def test_findings_of_rules_have_rows() -> None:
    """`check` locates the cell; for a field without a column the row."""
    data = csv_bytes((*GRANTS, "Käyttöaika päättyy"), ("", "", "", "", ""), (*ROW, "31.12.2024"))
    (finding,) = tul.check(read(data), select="TSK302").errors
    assert str(finding.location) == "E3"
    data = csv_bytes(("Tunnus", "Haku", "Tila"), ("g1", "shc-2021", "granted"))
    reading = read(data, constants={"project:code": "olematon"})
    (finding,) = tul.check(reading, select="TSK009").errors
    assert str(finding.location) == "2"


def test_headers_may_be_added() -> None:
    """The caller can map a header to a field, in any form of its name."""
    headers = {"Rahaa": "amount_eur", "Viimeinen päivä": "usable_end", "Otsikko": "project:code"}
    data = csv_bytes(
        ("Tunnus", "Haku", "Otsikko", "Tila", "Rahaa", "Viimeinen päivä"),
        ("g1", "shc-2021", "X", "granted", "5", "31.12.2023"),
    )
    grant = only(read(data, headers=headers), tul.Grant)
    assert grant.project == "X"
    assert grant.amount_eur == 5
    assert grant.usable is not None


def test_whole_number_may_have_a_decimal_point() -> None:
    """A program may store a whole number so."""
    data = csv_bytes(("id", "name.fi"), ("c1", "Haku"))
    assert only(read(data, tul.Call, constants={"applications": 14.0}), tul.Call).applications == 14


def test_a_text_is_finnish_without_a_language() -> None:
    """The name of a field of texts means its Finnish text."""
    data = csv_bytes(("Tunnus", "Mikä", "Aluekoodi"), ("p1", "Esimerkki", "05"))
    project = only(read(data, tul.Project, headers={"Mikä": "name"}), tul.Project)
    assert project.name == tul.Text("Esimerkki")


@pytest.mark.parametrize(
    ("arguments", "message_part"),
    [
        ({"headers": {"Rahaa": "amount"}}, "did you mean 'amount_eur'"),
        ({"constants": {"calls": "shc-2021"}}, "no column of grants is called 'calls'"),
        ({"ids": "{projekt}"}, "did you mean 'project'"),
        ({"headers": {"Rahaa": "zzz"}}, "called 'zzz'$"),
    ],
)
def test_unknown_field_is_an_error_of_the_caller(
    arguments: dict[str, object], message_part: str
) -> None:
    """It is raised at once, with a suggestion."""
    with pytest.raises(tul.UnknownCodeError, match=message_part):
        read(csv_bytes(GRANTS), **arguments)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def test_constants_fill_missing_columns_and_empty_cells() -> None:
    """A cell with a value takes precedence."""
    constants = {"call": "shc-2021", "status": "Haettu", "usable": "1.1.2021–31.12.2023"}
    data = csv_bytes(
        ("Tunnus", "Hanke", "Tila"), ("g1", "PirSOTE", ""), ("g2", "PirSOTE", "granted")
    )
    reading = read(data, constants=constants)
    assert codes_and_cells(reading) == []
    assert [each.status.value for each in reading.portfolio.grants] == ["applied", "granted"]
    assert {each.call for each in reading.portfolio.grants} == {"shc-2021"}
    assert all(each.usable for each in reading.portfolio.grants)


def test_constant_is_validated() -> None:
    """An invalid one is raised, as it is not content of the file."""
    with pytest.raises(tul.InvalidValueError, match="/call"):
        read(csv_bytes(GRANTS), constants={"call": "Olematon haku"})


def test_ids_are_made_by_a_template() -> None:
    """An id in a cell takes precedence, and missing parts are reported."""
    data = csv_bytes(
        GRANTS,
        ("", "shc-2021", "PirSOTE", "granted"),
        ("oma", "shc-2021", "PirSOTE", "granted"),
        ("", "", "PirSOTE", "granted"),
        ("", "Olematon", "PirSOTE", "granted"),
    )
    reading = read(data, ids="g-{project}-{call}")
    assert list(reading.portfolio.grants.keys()) == ["g-pirsote-shc-2021", "oma"]
    assert codes_and_cells(reading) == ["TSK003 /grants/2/call B4", "TSK009 /grants/3/call B5"]


def test_template_needs_its_fields() -> None:
    """An optional field is required where a template uses it."""
    data = csv_bytes((*GRANTS[1:], "Dnro"), (*ROW[1:], ""), (*ROW[1:], "VN/5"))
    reading = read(data, ids="{case_number}")
    assert codes_and_cells(reading) == ["TSK003 /grants/0/case_number D2"]
    assert list(reading.portfolio.grants.keys()) == ["VN/5"]


def test_template_may_be_a_plain_text() -> None:
    """It makes the same id for each row, and the second is reported."""
    data = csv_bytes(GRANTS[1:], ROW[1:], ROW[1:])
    assert codes_and_cells(read(data, ids="g{{1}}")) == ["TSK008 /grants/1/id 3"]


@pytest.mark.parametrize(
    "sums",
    [
        ("Yhteensä", "", "", ""),
        ("", "", "Yhteensä 2021:", ""),
        ("Avustukset yhteensä", "", "", ""),
        ("", "Totalt", "", ""),
        ("Total", "", "", ""),
    ],
)
def test_sums_are_left_out_and_noted(sums: tuple[str, ...]) -> None:
    """A row of sums is not a grant; the note has its number."""
    reading = read(csv_bytes(GRANTS, ROW, sums))
    assert len(reading.portfolio.grants) == 1
    assert codes_and_cells(reading) == []
    assert codes_and_cells(reading, notes=True)[-1] == "TSK001 /grants 3"


def test_a_name_may_be_a_sum() -> None:
    """A row with all required fields is data, whatever its name is."""
    data = csv_bytes(("Tunnus", "Nimi", "Aluekoodi"), ("p1", "Summa", "05"))
    assert only(read(data, tul.Project), tul.Project).name.fi == "Summa"


def test_sums_of_a_sheet_with_one_required_column() -> None:
    """Constants do not make a sum a grant."""
    data = csv_bytes(("Hanke", "Myönnetty"), ("PirSOTE", "5"), ("Yhteensä", "5"))
    given = {"call": "shc-2021", "status": "granted"}
    assert only(read(data, constants=given, ids="{project}"), tul.Grant).amount_eur == 5


def test_many_rows_are_listed_briefly() -> None:
    """Consecutive rows are written as ranges, and the list is cut."""
    rows = [row for _ in range(25) for row in (ROW, ("", "", "", ""), ("", "", "", ""))]
    text = message(read(csv_bytes(GRANTS, *rows, ROW)), "TSK001", "fi")
    assert "3–4, 6–7" in text
    assert text.endswith("…")


def test_row_without_read_columns_is_left_out() -> None:
    """Values in unknown columns make no entity; the column is reported."""
    data = csv_bytes((*GRANTS, "Huom"), (*ROW, ""), ("", "", "", "", "tarkistettu"))
    reading = read(data)
    assert codes_and_cells(reading) == ["TSK004 /grants E1"]
    assert len(reading.portfolio.grants) == 1


def test_merged_amount_is_rejected() -> None:
    """A shared name applies to each row; a shared amount or id would count twice."""
    data = workbook(
        (*GRANTS, "Määrä"),
        (*ROW, 5),
        ("g2", None, None, "granted", None),
        ("g3", "shc-2021", "pirsote", "granted", 7),
        change=lambda sheet: [sheet.merge_cells(each) for each in ("B2:B3", "C2:C3", "E2:E3")],
    )
    reading = read(data)
    assert codes_and_cells(reading) == [
        "TSK006 /grants/1/amount_eur Taul1!E3",
    ]
    data = workbook(
        GRANTS,
        ROW,
        (None, "shc-2020", "pirsote", "granted"),
        change=lambda sheet: sheet.merge_cells("A2:A3"),
    )
    assert codes_and_cells(read(data)) == ["TSK006 /grants/1/id Taul1!A3"]


def test_merge_outside_the_data_has_no_effect() -> None:
    """Only merged cells with a value in a column that is read fill the rows below."""
    data = workbook(
        (*GRANTS, "Huom"),
        (*ROW, "x"),
        ("g2", *ROW[1:], None),
        change=lambda sheet: [sheet.merge_cells(each) for each in ("E2:E3", "A9:A12", "A1:A1")],
    )
    assert codes_and_cells(read(data)) == ["TSK004 /grants Taul1!E1"]
