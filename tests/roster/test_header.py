"""The row of headings, found in sheets as offices make them."""

from __future__ import annotations

import pytest

from tests.roster.grids import sheet
from zoomdesk.roster.header import find_header

PEOPLE = ["Ana|López|ana@x.org", "Bo|Berg|bo@y.org", "Cy|Cox|cy@z.org"]
HEADINGS = "First name|Last name|Email"

SHEETS = {
    "first row": ([HEADINGS, *PEOPLE], 1),
    "title above": (["Spring event – guests", HEADINGS, *PEOPLE], 2),
    "title, blank, date": (["Guests", "", "As of|2026-05-01", "", HEADINGS, *PEOPLE], 5),
    "blank rows first": (["", "", HEADINGS, *PEOPLE], 3),
    "merged group headings above": (["Person||Contact", HEADINGS, *PEOPLE], 2),
    "title that names a field": (
        ["Email list", "Name and email of our guests", HEADINGS, *PEOPLE],
        3,
    ),
    "title in the email column": (["||Email", HEADINGS, *PEOPLE], 2),
    "organiser's address above": (["Questions to:||events@x.org", "", HEADINGS, *PEOPLE], 3),
    "organiser named above": (["Name|Ana López", "Email|events@x.org", "", HEADINGS, *PEOPLE], 4),
    "instructions above": (
        ["Please fill in first name, last name and email of each guest", HEADINGS, *PEOPLE],
        2,
    ),
    "repeated on each page": ([HEADINGS, *PEOPLE, HEADINGS, *PEOPLE], 1),
    "blank row below the headings": ([HEADINGS, "", *PEOPLE], 1),
    "German": (["Teilnehmerliste", "Vorname|Nachname|E-Mail", *PEOPLE], 2),
    "Japanese": (["参加者一覧", "名|姓|メールアドレス", *PEOPLE], 2),
    "only the email is named": (["Email", "ana@x.org", "bo@y.org"], 1),
    "headings in no known language": (["Eesnimi|Perenimi|E-posti aadress", *PEOPLE], 1),
    "first person is broken": ([HEADINGS, "Ana|López|ana(at)x.org", *PEOPLE], 1),
    "no addresses at all": (["Guests", HEADINGS, "Ana|López|", "Bo|Berg|"], 2),
    "none: the first row is a person": (PEOPLE, 0),
    "none, first person is broken": (["Ana|López|ana(at)x.org", *PEOPLE], 0),
    "none, below a title": (["Guests of the spring event", *PEOPLE], 1),
    "one person": ([HEADINGS, "Ana|López|ana@x.org"], 1),
    "many columns": (
        [
            "Nr|Anrede|Titel|Vorname|Name|Firma|E-Mail|Bemerkung",
            "1|Frau|Dr.|Ana|López|X|ana@x.org|",
        ],
        1,
    ),
}


@pytest.mark.parametrize(("rows", "expected"), SHEETS.values(), ids=SHEETS)
def test_finds_the_row_of_headings(rows: list[str], expected: int) -> None:
    header = find_header(sheet(rows))
    assert header.row == expected
    assert 0 < header.confidence <= 1


def test_row_numbers_are_the_sheets_own() -> None:
    rows = ["Guests", HEADINGS, *PEOPLE]
    assert find_header(sheet(rows, numbers=[3, 17, 18, 20, 40])).row == 17


def test_is_surer_of_full_headings_than_of_a_guess() -> None:
    sure = find_header(sheet([HEADINGS, *PEOPLE])).confidence
    guess = find_header(sheet(["Eesnimi|Perenimi|E-posti aadress", *PEOPLE])).confidence
    assert guess < 0.5 < sure


@pytest.mark.parametrize("rows", [[], [""], ["", "", ""]])
def test_an_empty_sheet_has_no_headings(rows: list[str]) -> None:
    header = find_header(sheet(rows))
    assert (header.row, header.confidence) == (0, 0.0)
