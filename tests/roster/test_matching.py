from __future__ import annotations

import pytest

from tests.roster.grids import RESULT_HEADERS, sheet
from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.matching import ColumnGuess, match_columns

EMAIL, FIRST, LAST, FULL = Field.EMAIL, Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME
PEOPLE = [
    ("Ana", "López", "ana.lopez@x.org"),
    ("Bo", "Berg", "bo.berg@y.org"),
    ("Cyril", "Cox", "cyril.cox@z.org"),
    ("Dana", "Dietz", "dana.dietz@x.org"),
    ("Emil", "Ek", "emil.ek@y.org"),
    ("Fay", "Fox", "fay.fox@z.org"),
]


def guesses(rows: list[str], header_row: int = 1) -> tuple[ColumnGuess, ...]:
    return match_columns(sheet(rows), header_row, RESULT_HEADERS)


def fields(rows: list[str], header_row: int = 1) -> list[Field | None]:
    return [guess.field for guess in guesses(rows, header_row)]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("First name|Last name|Email", [FIRST, LAST, EMAIL]),
        ("Vorname|Nachname|E-Mail-Adresse", [FIRST, LAST, EMAIL]),
        ("Vorname|Name|E-Mail", [FIRST, LAST, EMAIL]),
        ("Prénom|Nom|Courriel", [FIRST, LAST, EMAIL]),
        ("Nombre|Apellidos|Correo electrónico", [FIRST, LAST, EMAIL]),
        ("Nome|Sobrenome|E-mail", [FIRST, LAST, EMAIL]),
        ("Nome|Cognome|Posta elettronica", [FIRST, LAST, EMAIL]),
        ("Voornaam|Achternaam|E-mailadres", [FIRST, LAST, EMAIL]),
        ("Imię|Nazwisko|Adres e-mail", [FIRST, LAST, EMAIL]),
        ("名|姓|メールアドレス", [FIRST, LAST, EMAIL]),
        ("名前|苗字|メール", [FIRST, LAST, EMAIL]),
        ("名字|姓氏|邮箱", [FIRST, LAST, EMAIL]),
        ("名字|姓|電子郵件", [FIRST, LAST, EMAIL]),
        ("Name|Surname|Email", [FIRST, LAST, EMAIL]),
        ("First|Last|Mail", [FIRST, LAST, EMAIL]),
        ("FNAME|LNAME|EMAIL", [FIRST, LAST, EMAIL]),
    ],
)
def test_first_name_last_name_email(headings: str, expected: list[Field]) -> None:
    rows = [headings, *("|".join(person) for person in PEOPLE)]
    assert fields(rows) == expected


@pytest.mark.parametrize(
    "heading",
    ["Name", "Nom", "Nombre", "Nome", "Naam", "氏名", "姓名", "お名前", "Vor- und Nachname"],
)
def test_a_name_alone_is_the_full_name(heading: str) -> None:
    assert fields([f"{heading}|E-Mail", "Ana López|ana@x.org", "Bo Berg|bo@y.org"]) == [FULL, EMAIL]


def test_optional_fields_are_matched() -> None:
    rows = [
        "E-Mail|Firma|Position|Telefon|Straße|Ort|Bundesland|PLZ|Land|Branche|Bemerkung|Sprache",
        "ana@x.org|X GmbH|Chefin|0123|Weg 1|Köln|NRW|01234|DE|Bau|–|de",
    ]
    assert fields(rows) == [
        Field.EMAIL,
        Field.ORG,
        Field.JOB_TITLE,
        Field.PHONE,
        Field.ADDRESS,
        Field.CITY,
        Field.STATE,
        Field.ZIP,
        Field.COUNTRY,
        Field.INDUSTRY,
        Field.COMMENTS,
        Field.LANGUAGE,
    ]


@pytest.mark.parametrize(
    "other",
    [
        "Email sent?|yes|no|yes|yes|no|yes",
        "E-Mail verschickt am|2026-05-01|||2026-05-02||",
        "Company name|X|Y|Z|X|Y|Z",
        "Manager email|boss@x.org|boss@y.org|boss@z.org|boss@x.org|boss@y.org|boss@z.org",
        "Last login|1|2|3|4|5|6",
        "User name|ana|bo|cyril|dana|emil|fay",
        "Invited by|max@x.org|max@x.org|max@x.org|max@x.org|max@x.org|max@x.org",
        "Email|sent|sent||sent|sent|sent",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_false_friend_does_not_take_the_place(other: str, first: bool) -> None:
    cells = other.split("|")
    people = ["First name|Last name|E-Mail", *("|".join(person) for person in PEOPLE)]
    rows = [
        f"{cell}|{person}" if first else f"{person}|{cell}"
        for cell, person in zip(cells, people, strict=True)
    ]
    found = {guess.field: guess.column for guess in guesses(rows) if guess.field}
    at = 2 if first else 1
    assert (found[FIRST], found[LAST], found[EMAIL]) == (at, at + 1, at + 2)


def test_the_fuller_column_of_addresses_wins_and_is_doubted() -> None:
    rows = ["E-Mail privat|E-Mail dienstlich|Name"]
    rows += [f"|{mail}|{first}" for first, _, mail in PEOPLE]
    private, work, _ = guesses(rows)
    assert (private.field, work.field) == (None, EMAIL)
    assert work.confidence <= 0.7
    assert "E-Mail privat" in work.reason


def test_the_private_column_wins_where_the_other_is_empty() -> None:
    rows = ["E-Mail privat|E-Mail dienstlich", *(f"{mail}|" for _, _, mail in PEOPLE)]
    assert fields(rows) == [EMAIL, None]


def test_addresses_are_found_without_a_heading_that_says_so() -> None:
    rows = ["First name|Last name|Kontakt", *("|".join(person) for person in PEOPLE)]
    email = guesses(rows)[2]
    assert email.field is EMAIL
    assert email.reason == "6 of 6 cells are email addresses."
    assert email.confidence < 1


def test_a_heading_over_other_things_is_not_believed() -> None:
    rows = ["Email|Contact", *(f"yes|{mail}" for _, _, mail in PEOPLE)]
    assert fields(rows) == [None, EMAIL]


def test_a_name_heading_over_addresses_is_doubted_but_stays() -> None:
    rows = ["Email|First name|Last name", *(f"{mail}|{first}|{mail}" for first, _, mail in PEOPLE)]
    found = guesses(rows)
    assert [guess.field for guess in found] == [EMAIL, FIRST, LAST]
    assert found[2].confidence <= 0.5


def test_a_sheet_without_headings() -> None:
    found = guesses(["|".join(person) for person in PEOPLE], header_row=0)
    assert [guess.field for guess in found] == [FIRST, LAST, EMAIL]
    assert [guess.header for guess in found] == ["Column A", "Column B", "Column C"]
    assert all(guess.confidence < 0.9 for guess in found)


def test_addresses_tell_which_name_is_which() -> None:
    rows = [f"{last}|{first}|{mail}" for first, last, mail in PEOPLE]
    assert fields(rows, header_row=0) == [LAST, FIRST, EMAIL]


def test_full_names_without_a_heading() -> None:
    rows = [f"{mail}|{first} {last}" for first, last, mail in PEOPLE]
    assert fields(rows, header_row=0) == [EMAIL, FULL]


def test_names_next_to_addresses_that_do_not_echo_them() -> None:
    rows = [f"{first}|{last}|{place}@x.org" for place, (first, last, _) in enumerate(PEOPLE)]
    assert fields(rows, header_row=0) == [FIRST, LAST, EMAIL]


def test_a_column_of_repeated_words_is_no_name() -> None:
    rows = [f"Yes|{place}@x.org" for place in range(10)]
    assert fields(rows, header_row=0) == [None, EMAIL]


def test_links_count_as_addresses() -> None:
    rows = ["Person|Write to", "Ana|write", "Bo|write", "Cy|write"]
    links = {(row, 2): f"mailto:{row}@x.org" for row in (2, 3, 4)}
    found = match_columns(sheet(rows, links=links), 1, RESULT_HEADERS)
    assert found[1].field is EMAIL


def test_result_columns_are_found_by_heading_and_never_a_field() -> None:
    rows = ["Email|join url |ZOOM STATUS|Registrant ID|Registered At|Zoom Message"]
    rows += ["ana@x.org|https://x.zoom.us/w/1|Registered|id|2026|", "bo@y.org|||||"]
    found = guesses(rows)
    assert [guess.result for guess in found] == [
        None,
        ResultColumn.JOIN_URL,
        ResultColumn.STATUS,
        ResultColumn.REGISTRANT_ID,
        ResultColumn.REGISTERED_AT,
        ResultColumn.MESSAGE,
    ]
    assert [guess.field for guess in found[1:]] == [None] * 5


def test_a_result_heading_wins_over_a_field() -> None:
    found = match_columns(
        sheet(["Email|Comments", "ana@x.org|"]), 1, {**RESULT_HEADERS, "message": "Comments"}
    )
    assert (found[1].field, found[1].result) == (None, ResultColumn.MESSAGE)


def test_no_field_is_given_twice() -> None:
    rows = [
        "Email|Email|E-Mail|Phone|Telefon|Name|Full name",
        "a@x.org|b@x.org|c@x.org|1|2|A B|A B",
    ]
    given = [field for field in fields(rows) if field]
    assert len(given) == len(set(given))


def test_empty_columns_are_left_out_and_headings_without_cells_stay() -> None:
    found = guesses(["Email||Company|", "ana@x.org|||", "bo@y.org||| "])
    assert [guess.header for guess in found] == ["Email", "Company"]


def test_line_breaks_in_a_heading_are_spaces() -> None:
    found = guesses(["E-Mail\nAdresse", "ana@x.org"])
    assert found[0].header == "E-Mail Adresse"


def test_every_guess_has_a_reason_in_a_sentence() -> None:
    for guess in guesses(["First name|Name|Kontakt", *("|".join(person) for person in PEOPLE)]):
        assert guess.reason.endswith(".")
        assert 0 < guess.confidence <= 1


@pytest.mark.parametrize("header_row", [0, 1, 7])
def test_an_empty_sheet_has_no_columns(header_row: int) -> None:
    assert match_columns(sheet([]), header_row, RESULT_HEADERS) == ()
