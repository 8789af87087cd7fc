"""Rows that come and go leave everything as if the sheet had been read with or without them."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.roster.grids import RESULT_HEADERS, sheet
from zoomdesk.roster.edits import EditDiff
from zoomdesk.roster.fields import Field
from zoomdesk.roster.filters import Filter
from zoomdesk.roster.rows import Rows
from zoomdesk.roster.standing import Standing
from zoomdesk.roster.table import Roster

FIELDS = {1: Field.EMAIL, 2: Field.FIRST_NAME}
HEADINGS = ("Email", "First name")
PEOPLE = [("ana@x.org", "Ana"), ("bo@y.org", "Bo"), ("ana@x.org", "Anna"), ("cy@z.org", "Cy")]
EMAILS = st.sampled_from(["ana@x.org", "ANA@x.org", "bo@y.org", "cy@z.org", "bad", ""])


def roster_of(people: list[tuple[str, str]], hidden: list[int] | None = None) -> Roster:
    grid = sheet([HEADINGS, *people], hidden=hidden or [])
    return Roster.from_grid(grid, header_row=1, fields=FIELDS, result_headers=RESULT_HEADERS)


@pytest.fixture
def roster() -> Roster:
    made = roster_of(PEOPLE)
    made.tick_all_valid()
    return made


def test_new_rows_are_blank_and_numbered_on(roster: Roster) -> None:
    assert roster.add_rows(2) == range(4, 6)
    assert [roster.row_number(i) for i in (3, 4, 5)] == [5, 6, 7]
    assert roster.standing(4) is Standing.BLANK
    assert roster.problems(4) == ()
    assert roster.is_added(4)
    assert not roster.is_added(3)
    assert roster.added_rows() == {}


def test_a_new_row_is_checked_like_any_other(roster: Roster) -> None:
    roster.add_rows(1)
    diff = roster.set_texts({(4, 0): "bo@y.org", (4, 1): "Bob"})
    assert set(diff.rows) == {1, 4}
    assert roster.standing(4) is Standing.LATER
    assert roster.duplicate_groups() == [(0, 2), (1, 4)]
    assert roster.added_rows() == {6: {1: "bo@y.org", 2: "Bob"}}
    assert roster.edits() == {}


def test_a_row_that_is_taken_out_is_nobody(roster: Roster) -> None:
    assert roster.standing(2) is Standing.LATER
    assert set(roster.remove_rows([0])) == {0, 2}
    assert roster.standing(2) is Standing.READY
    assert roster.is_removed(0)
    assert 0 not in roster.ticked
    assert roster.filtered() == [1, 2, 3]
    assert roster.filtered(Filter.ALL, "ana") == [2]
    assert roster.counts().all == 3
    assert roster.index_of_row(2) == -1
    assert roster.removed_rows() == [2]


def test_what_is_put_back_is_as_it_was(roster: Roster) -> None:
    before = [(roster.standing(i), roster.problems(i)) for i in range(4)]
    roster.remove_rows([0, 3])
    assert set(roster.restore_rows([0, 3])) >= {0, 2, 3}
    assert [(roster.standing(i), roster.problems(i)) for i in range(4)] == before
    assert roster.removed_rows() == []


def test_edits_of_a_row_go_with_it_and_come_back(roster: Roster) -> None:
    roster.set_texts({(1, 1): "Bob"})
    roster.remove_rows([1])
    assert roster.edits() == {}
    roster.restore_rows([1])
    assert roster.edits() == {(3, 2): "Bob"}


def test_new_rows_that_go_leave_their_numbers_to_the_next(roster: Roster) -> None:
    roster.add_rows(3)
    roster.set_texts({(4, 0): "d@x.org", (5, 0): "e@x.org", (6, 0): "f@x.org"})
    roster.remove_rows([5])
    assert roster.index_of_row(7) == 6
    assert roster.removed_rows() == []
    assert roster.added_rows() == {6: {1: "d@x.org"}, 7: {1: "f@x.org"}}
    roster.restore_rows([5])
    assert roster.index_of_row(7) == 5


def test_adding_can_be_taken_back(roster: Roster) -> None:
    roster.add_rows(2)
    roster.set_texts({(4, 0): "ana@x.org"})
    assert roster.withdraw_rows(2) == (0, 2)
    assert len(roster) == 4
    assert roster.duplicate_groups() == [(0, 2)]
    assert roster.add_rows(1) == range(4, 5)


def test_hidden_rows_that_are_gone_are_not_counted() -> None:
    roster = roster_of(PEOPLE, hidden=[3, 4])
    assert roster.hidden_count == 2
    roster.remove_rows([1])
    assert roster.hidden_count == 1


def test_a_changed_match_leaves_rows_that_are_gone_alone(roster: Roster) -> None:
    roster.remove_rows([0])
    roster.assign_field(1, Field.LAST_NAME)
    assert roster.standing(0) is Standing.BLANK
    assert roster.duplicate_groups() == []


def test_numbers_follow_the_last_row_of_the_sheet() -> None:
    rows = Rows([3, 7])
    assert list(rows.add(2)) == [2, 3]
    assert [rows.number(i) for i in range(4)] == [3, 7, 8, 9]
    assert rows.index_of(5) == -1
    rows.remove([1])
    assert rows.index_of(7) == -1
    assert rows.removed_numbers() == [7]
    assert rows.live == 3
    assert list(rows.indexes()) == [0, 2, 3]


class RowsComeAndGo(RuleBasedStateMachine):
    """Add, remove, edit, and take it back; compare with a roster of just the rows that are left."""

    @initialize()
    def load(self) -> None:
        self.roster = roster_of(PEOPLE)
        self.done: list[int | list[int] | EditDiff] = []

    @rule(count=st.integers(1, 2))
    def add(self, count: int) -> None:
        self.roster.add_rows(count)
        self.done.append(count)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        left = self.roster.filtered()
        gone = data.draw(st.lists(st.sampled_from(left), max_size=3, unique=True)) if left else []
        self.roster.remove_rows(gone)
        self.done.append(gone)

    @rule(data=st.data(), text=EMAILS)
    def edit(self, data: st.DataObject, text: str) -> None:
        left = self.roster.filtered()
        if left:
            index = data.draw(st.sampled_from(left))
            self.done.append(self.roster.set_texts({(index, 0): text}))

    @rule()
    def undo(self) -> None:
        if not self.done:
            return
        what = self.done.pop()
        if isinstance(what, int):
            self.roster.withdraw_rows(what)
        elif isinstance(what, EditDiff):
            self.roster.apply_diff(what, reverse=True)
        else:
            self.roster.restore_rows(what)

    @invariant()
    def same_as_a_sheet_of_what_is_left(self) -> None:
        roster = self.roster
        left = roster.filtered()
        cells = [(roster.text(i, 0), roster.text(i, 1)) for i in left]
        full = [(place, i) for place, i in enumerate(left) if any(cells[place])]
        assert roster.counts().all == len(left)
        assert all(roster.is_blank(i) for place, i in enumerate(left) if not any(cells[place]))
        if not any("@" in email for email, _ in cells):
            return
        fresh = roster_of([cells[place] for place, _ in full])
        for at, (_, index) in enumerate(full):
            assert fresh.standing(at) is roster.standing(index)
            assert fresh.person(at).email == roster.person(index).email
            assert len(fresh.problems(at)) == len(roster.problems(index))
        back = {at: index for at, (_, index) in enumerate(full)}
        groups = [tuple(back[at] for at in group) for group in fresh.duplicate_groups()]
        assert roster.duplicate_groups() == groups

    @invariant()
    def every_row_that_is_left_is_found_by_its_number(self) -> None:
        for index in self.roster.filtered():
            assert self.roster.index_of_row(self.roster.row_number(index)) == index


RowsComeAndGo.TestCase.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
TestRowsComeAndGo = RowsComeAndGo.TestCase
