"""Hazard 17: rows that were added and taken out here, in a sheet that somebody else has changed."""

from __future__ import annotations

import pytest

from tests.registration.test_reapply import (
    ANN,
    BOB,
    CAT,
    COMPANY,
    DAN,
    EMAIL,
    LIST,
    Desk,
    desk,
    other,
    whys,
)
from zoomdesk.registration.conflicts import Why

__all__ = ["desk"]

# -- rows that the person added --------------------------------------------------------------------


def test_new_rows_go_below_the_list(desk: Desk) -> None:
    edits = {(6, 1): "Eve", (6, EMAIL): "eve@example.com", (7, EMAIL): "fay@example.com"}
    again = desk.finds([*LIST, ["Gus", None, "gus@example.com"]], edits)
    assert again.edits == {
        (7, 1): "Eve",
        (7, EMAIL): "eve@example.com",
        (8, EMAIL): "fay@example.com",
    }


def test_a_new_row_that_somebody_else_added_too(desk: Desk) -> None:
    edits = {(6, 1): "Eve", (6, EMAIL): "eve@example.com", (6, COMPANY): "Elm"}
    again = desk.finds([["Evi", None, "eve@example.com"], *LIST], edits)
    assert again.edits == {(2, COMPANY): "Elm"}
    assert [(c.why, c.theirs, c.ours) for c in again.conflicts] == [(Why.CELL, "Evi", "Eve")]


def test_new_rows_stay_with_the_list_and_above_a_note(desk: Desk) -> None:
    edits = {(6, EMAIL): "eve@example.com"}
    note = [[], [], ["Bring your badge", None, None, None]]
    assert desk.finds([*LIST[:2], *note], edits).edits == {(4, EMAIL): "eve@example.com"}
    near = [["Bring your badge", None, None, None]]
    assert desk.finds([*LIST[:2], *near], edits).edits == {(5, EMAIL): "eve@example.com"}


# -- rows that the person took out -----------------------------------------------------------------


def test_a_row_that_was_taken_out_goes_from_where_it_is(desk: Desk) -> None:
    again = desk.finds([DAN, *LIST[:3]], {}, removed=[3, 5])
    assert (again.removed, again.conflicts) == ({4, 2}, ())


def test_a_row_that_both_took_out(desk: Desk) -> None:
    again = desk.finds([ANN, CAT, DAN], {}, removed=[3])
    assert (again.removed, again.conflicts) == (frozenset(), ())


def test_a_row_that_somebody_changed_does_not_go_unasked(desk: Desk) -> None:
    theirs = [DAN, ANN, other(BOB, company="Elm"), CAT]
    again = desk.finds(theirs, {}, removed=[3])
    assert again.removed == frozenset()
    (conflict,) = again.conflicts
    assert conflict.describe() == (
        "Row 3 (bob@example.com), “Company”: you took the row out, somebody else has made “Birch” "
        "“Elm” meanwhile."
    )
    assert desk.finds(theirs, {}, removed=[3], mine=[conflict]).removed == {4}
    later = [DAN, ANN, other(BOB, company="Fir"), CAT]
    assert desk.finds(later, {}, removed=[3], mine=[conflict]).removed == frozenset()


@pytest.mark.parametrize("why", [Why.PERSON, Why.UNSURE])
def test_a_row_that_cannot_be_told_does_not_go(desk: Desk, why: Why) -> None:
    if why is Why.PERSON:
        now = [other(BOB, email="bob@example.org"), ANN, CAT, DAN]
    else:
        desk.sees([ANN, other(BOB, email=ANN[2]), CAT])
        now = [other(DAN, email=ANN[2]), CAT, other(CAT, email=ANN[2], first="Cy")]
    again = desk.finds(now, {}, removed=[3])
    assert again.removed == frozenset()
    assert whys(again) == [why]
    assert "you took it out" in again.conflicts[0].describe()
    insisted = desk.finds(now, {}, removed=[3], mine=again.conflicts)
    assert (insisted.removed, insisted.conflicts) == (frozenset(), again.conflicts)
