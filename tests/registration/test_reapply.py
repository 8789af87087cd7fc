"""Hazard 17: edits and results in a workbook that somebody else has changed since it was opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from zoomdesk import workbook
from zoomdesk.errors import NoPeopleFound
from zoomdesk.registration.conflicts import Conflict, Why
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.reapply import Reapplied, Seen, reapply
from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings

HEADERS = Settings().result_columns
HEADINGS = ["First name", "Last name", "Email", "Company"]
ANN = ["Ann", "Lee", "ann@example.com", "Ash"]
BOB = ["Bob", "Moe", "bob@example.com", "Birch"]
CAT = ["Cat", "Noe", "cat@example.com", "Cedar"]
DAN = ["Dan", "Poe", "dan@example.com", "Dogwood"]
LIST = [ANN, BOB, CAT, DAN]
COMPANY = 4
EMAIL = 3

Rows = Sequence[Sequence[str | None]]


def other(person: list[str], **changes: str) -> list[str]:
    """Return a row with some cells changed, by the first letter of their headings."""
    names = {"first": 0, "last": 1, "email": 2, "company": 3}
    row = list(person)
    for name, text in changes.items():
        row[names[name]] = text
    return row


def sheet(folder: Path, rows: Rows, headings: Sequence[str] | None = HEADINGS) -> workbook.Sheet:
    book = openpyxl.Workbook()
    for row in [headings, *rows] if headings else rows:
        book.active.append(row)
    path = folder / "guests.xlsx"
    book.save(path)
    return workbook.read(path)


class Desk:
    """One person's view of a list, and what becomes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sees(self, rows: Rows, headings: Sequence[str] | None = HEADINGS) -> None:
        seen = sheet(self.folder, rows, headings)
        self.seen = Seen.of(seen, Roster.from_grid(seen, result_headers=HEADERS))

    def finds(
        self,
        rows: Rows,
        edits: dict[tuple[int, int], str],
        outcomes: Sequence[Outcome] = (),
        headings: Sequence[str] | None = HEADINGS,
        mine: Sequence[Conflict] = (),
        removed: Sequence[int] = (),
    ) -> Reapplied:
        now = sheet(self.folder, rows, headings)
        return reapply(self.seen, edits, outcomes, now, HEADERS, mine=mine, removed=removed)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.sees(LIST)
    return desk


def whys(again: Reapplied) -> list[Why]:
    return [conflict.why for conflict in again.conflicts]


def linked(row: int, email: str) -> Outcome:
    return Outcome(row, email, Status.REGISTERED, f"https://zoom.example/{email}")


# -- rows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (LIST, 3),
        ([DAN, CAT, BOB, ANN], 4),
        ([DAN, *LIST], 4),
        ([BOB], 2),
        ([ANN, other(BOB, first="Robert"), CAT, DAN], 3),
        ([ANN, other(BOB, email="BOB@example.com "), CAT, DAN], 3),
        ([ANN, other(BOB, email="Bob Moe <bob@example.com>"), CAT, DAN], 3),
    ],
)
def test_a_row_is_found_by_its_address(desk: Desk, rows: Rows, row: int) -> None:
    again = desk.finds(rows, {(3, COMPANY): "Beech"})
    assert again.edits == {(row, COMPANY): "Beech"}
    assert again.rows[3] == row
    assert again.conflicts == ()


def test_a_row_that_is_gone(desk: Desk) -> None:
    again = desk.finds([ANN, CAT, DAN], {(3, COMPANY): "Beech", (4, COMPANY): "Cypress"})
    assert again.edits == {(3, COMPANY): "Cypress"}
    (conflict,) = again.conflicts
    assert (conflict.why, conflict.row, conflict.column) == (Why.ROW_GONE, 3, COMPANY)
    assert conflict.describe() == (
        "Row 3 (bob@example.com), “Company”: the row is not on the sheet any more; "
        "you wrote “Beech”."
    )


def test_names_that_changed_places_are_not_followed(desk: Desk) -> None:
    """Two addresses were swapped: which of the two rows is meant, only the person knows."""
    swapped = [other(ANN, email=BOB[2]), other(BOB, email=ANN[2]), CAT, DAN]
    again = desk.finds(swapped, {(3, 2): "More", (4, 2): "Nope"}, [linked(3, BOB[2])])
    assert again.edits == {(4, 2): "Nope"}
    assert whys(again) == [Why.UNSURE]
    assert list(again.outcomes) == [2]  # the link follows the address


def test_a_corrected_address_in_a_row_that_did_not_move(desk: Desk) -> None:
    corrected = [ANN, other(BOB, email="bob@example.org"), CAT, DAN]
    again = desk.finds(corrected, {(3, COMPANY): "Beech"}, [linked(3, BOB[2])])
    assert again.edits == {(3, COMPANY): "Beech"}
    assert again.outcomes == {}
    assert [outcome.row for outcome in again.missing] == [3]
    (conflict,) = again.conflicts
    assert (conflict.why, conflict.theirs, conflict.target) == (Why.LINK, "bob@example.org", None)


def test_another_address_in_a_row_that_moved(desk: Desk) -> None:
    """The name leads to the row; whether it is the same person, the person must say."""
    moved = [other(BOB, email="bob@example.org"), ANN, CAT, DAN]
    again = desk.finds(moved, {(3, COMPANY): "Beech"})
    assert again.edits == {}
    (conflict,) = again.conflicts
    assert (conflict.why, conflict.theirs) == (Why.PERSON, "bob@example.org")
    again = desk.finds(moved, {(3, COMPANY): "Beech"}, mine=[conflict])
    assert again.edits == {(2, COMPANY): "Beech"}
    assert again.conflicts == ()


def test_the_address_that_both_corrected_alike(desk: Desk) -> None:
    both = [DAN, CAT, other(BOB, email="bob@example.org"), ANN]
    edits = {(3, EMAIL): "bob@example.org", (3, COMPANY): "Beech"}
    again = desk.finds(both, edits, [linked(3, "bob@example.org")])
    assert again.edits == {(4, COMPANY): "Beech"}
    assert again.conflicts == ()
    assert list(again.outcomes) == [4]


def test_an_address_that_was_typed_here_takes_its_link(desk: Desk) -> None:
    again = desk.finds(
        [DAN, *LIST], {(3, EMAIL): "bob@example.org"}, [linked(3, "bob@example.org")]
    )
    assert again.edits == {(4, EMAIL): "bob@example.org"}
    assert list(again.outcomes) == [4]


def test_an_address_that_both_corrected_differently(desk: Desk) -> None:
    theirs = [ANN, other(BOB, email="bob@example.net"), CAT, DAN]
    again = desk.finds(theirs, {(3, EMAIL): "bob@example.org"}, [linked(3, "bob@example.org")])
    assert (again.edits, again.outcomes) == ({}, {})
    assert whys(again) == [Why.CELL, Why.LINK]
    mine = desk.finds(
        theirs,
        {(3, EMAIL): "bob@example.org"},
        [linked(3, "bob@example.org")],
        mine=again.conflicts,
    )
    assert mine.edits == {(3, EMAIL): "bob@example.org"}
    assert list(mine.outcomes) == [3]


# -- rows that share an address --------------------------------------------------------------------

SHARED = [
    ANN,
    other(ANN, company="Alder"),
    other(ANN, first="Andy", company="Ash"),
    BOB,
    other(ANN, company="Aspen"),
]


def test_rows_of_one_address_are_told_by_their_cells(desk: Desk) -> None:
    desk.sees(SHARED)
    moved = [SHARED[4], BOB, SHARED[2], SHARED[1], SHARED[0]]
    again = desk.finds(moved, {(2, 2): "Lea", (3, 2): "Leb", (4, 2): "Lec", (6, 2): "Led"})
    assert again.edits == {(6, 2): "Lea", (5, 2): "Leb", (4, 2): "Lec", (2, 2): "Led"}


def test_rows_of_one_address_are_told_by_the_name(desk: Desk) -> None:
    desk.sees(SHARED)
    moved = [SHARED[4], BOB, other(SHARED[2], company="Acacia"), SHARED[1], SHARED[0]]
    assert desk.finds(moved, {(4, 2): "Lec"}).edits == {(4, 2): "Lec"}


def test_rows_of_one_address_are_told_by_their_place(desk: Desk) -> None:
    desk.sees([DAN, *SHARED])
    changed = [other(ANN, company="Apple"), other(ANN, company="Almond"), *SHARED[2:]]
    again = desk.finds([CAT, DAN, *changed], {(3, 2): "Lea", (4, 2): "Leb"})
    assert again.edits == {(4, 2): "Lea", (5, 2): "Leb"}


def test_rows_of_one_address_that_cannot_be_told(desk: Desk) -> None:
    desk.sees(SHARED)
    changed = [BOB, other(ANN, company="Apple"), CAT, other(ANN, company="Almond"), DAN]
    again = desk.finds(changed, {(2, 2): "Lea", (3, 2): "Leb"}, [linked(3, ANN[2])])
    assert again.edits == {}
    assert whys(again) == [Why.UNSURE, Why.UNSURE]
    assert list(again.outcomes) == [3]  # every one of these rows is about that address


def test_rows_that_are_alike_in_everything(desk: Desk) -> None:
    desk.sees([ANN, ANN, BOB])
    assert desk.finds([BOB, ANN, ANN], {(3, COMPANY): "Beech"}).edits == {(4, COMPANY): "Beech"}


def test_rows_without_an_address(desk: Desk) -> None:
    nameless, nobody = ["Zoe", "Zed", None, "Zelkova"], ["Yan", "Yew", None, None]
    desk.sees([ANN, nameless, nobody])
    again = desk.finds(
        [nobody, BOB, nameless, ANN], {(3, COMPANY): "Z", (4, EMAIL): "y@example.com"}
    )
    assert again.edits == {(4, COMPANY): "Z", (2, EMAIL): "y@example.com"}


# -- cells -----------------------------------------------------------------------------------------


def test_a_cell_that_both_changed(desk: Desk) -> None:
    theirs = [other(ANN, company="Elm"), *LIST[1:]]
    again = desk.finds(theirs, {(2, COMPANY): "Oak"})
    assert again.edits == {}
    (conflict,) = again.conflicts
    assert conflict.describe() == (
        "Row 2 (ann@example.com), “Company”: it was “Ash”, somebody else made it “Elm”, "
        "you made it “Oak”."
    )
    assert desk.finds(theirs, {(2, COMPANY): "Oak"}, mine=[conflict]).edits == {(2, COMPANY): "Oak"}


def test_a_decision_holds_for_what_was_shown_only(desk: Desk) -> None:
    again = desk.finds([other(ANN, company="Elm"), *LIST[1:]], {(2, COMPANY): "Oak"})
    later = desk.finds(
        [other(ANN, company="Fir"), *LIST[1:]], {(2, COMPANY): "Oak"}, mine=again.conflicts
    )
    assert later.edits == {}
    assert [conflict.theirs for conflict in later.conflicts] == ["Fir"]


def test_a_cell_that_both_changed_alike(desk: Desk) -> None:
    again = desk.finds([other(ANN, company="Oak"), *LIST[1:]], {(2, COMPANY): "Oak"})
    assert (again.edits, again.conflicts) == ({}, ())


def test_a_cell_that_somebody_emptied_and_one_that_was_emptied_here(desk: Desk) -> None:
    theirs = [other(ANN, company=""), *LIST[1:]]
    again = desk.finds(theirs, {(2, COMPANY): "Oak", (3, COMPANY): ""})
    assert again.edits == {(3, COMPANY): ""}
    assert "somebody else made it empty" in again.conflicts[0].describe()


def test_a_formula_of_somebody_else(desk: Desk) -> None:
    again = desk.finds([other(ANN, company="=1+1"), *LIST[1:]], {(2, COMPANY): "Oak"})
    (conflict,) = again.conflicts
    assert (conflict.why, conflict.theirs, conflict.target) == (Why.FORMULA, "=1+1", None)
    assert (
        desk.finds(
            [other(ANN, company="=1+1"), *LIST[1:]], {(2, COMPANY): "Oak"}, mine=[conflict]
        ).edits
        == {}
    )


def test_what_was_written_since_counts_as_seen(desk: Desk) -> None:
    """The file holds an edit of before; undoing it is an edit against that."""
    seen = desk.seen
    desk.seen = Seen(seen.sheet, 1, seen.fields, seen.results, {(2, COMPANY): "Oak"})
    saved = [other(ANN, company="Oak"), *LIST[1:]]
    assert desk.finds([DAN, *saved], {(2, COMPANY): "Ash"}).edits == {(3, COMPANY): "Ash"}


# -- columns ---------------------------------------------------------------------------------------


def turned(rows: Rows) -> Rows:
    return [list(reversed(row)) for row in rows]


def test_columns_are_found_by_their_headings(desk: Desk) -> None:
    again = desk.finds(turned(LIST), {(3, COMPANY): "Beech"}, headings=HEADINGS[::-1])
    assert again.edits == {(3, 1): "Beech"}


def test_a_title_was_put_above_the_headings(desk: Desk) -> None:
    rows = [[], HEADINGS, *LIST]
    again = desk.finds(rows, {(3, COMPANY): "Beech"}, headings=["Spring fair"])
    assert (again.header_row, again.edits) == (3, {(5, COMPANY): "Beech"})


def test_a_column_under_another_name_is_known_by_its_cells(desk: Desk) -> None:
    headings = ["First name", "Last name", "E-mail address", "Employer"]
    again = desk.finds(LIST[::-1], {(3, COMPANY): "Beech"}, [linked(3, BOB[2])], headings=headings)
    assert again.edits == {(4, COMPANY): "Beech"}
    assert list(again.outcomes) == [4]


def test_a_column_that_is_gone(desk: Desk) -> None:
    again = desk.finds([row[:3] for row in LIST], {(3, COMPANY): "B"}, headings=HEADINGS[:3])
    assert whys(again) == [Why.COLUMN_GONE]


def test_of_two_columns_of_one_name_the_first_was_deleted(desk: Desk) -> None:
    desk.sees([[*row, "x"] for row in LIST], headings=[*HEADINGS, "Company"])
    gone = [[*row[:3], "x"] for row in LIST]
    again = desk.finds(gone, {(3, 5): "y", (4, COMPANY): "Cypress"})
    assert again.edits == {(3, COMPANY): "y"}
    assert whys(again) == [Why.COLUMN_GONE]


def test_a_sheet_without_headings(desk: Desk) -> None:
    desk.sees(LIST, headings=None)
    again = desk.finds([DAN, *LIST], {(1, COMPANY): "Oak"}, [linked(1, ANN[2])], headings=None)
    assert again.edits == {(2, COMPANY): "Oak"}
    assert list(again.outcomes) == [2]


def test_a_sheet_without_addresses_any_more(desk: Desk) -> None:
    with pytest.raises(NoPeopleFound, match="no column of email"):
        desk.finds([["a", "b"]], {(2, COMPANY): "Oak"}, headings=["This", "That"])
