"""An edit must leave everything as if all had been checked afresh."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.roster.grids import RESULT_HEADERS, Sheet, sheet
from zoomdesk.roster.edits import EditDiff
from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.filters import Filter
from zoomdesk.roster.table import Roster

SIZE = 7
FIELDS = {1: Field.EMAIL, 2: Field.FIRST_NAME, 3: Field.LAST_NAME}
EMAILS = st.sampled_from(
    ["ana@x.org", "ANA@x.org", " ana@x.org", "bo@y.org", "bo@gmial.com", "info@x.org", "bad", ""]
)
NAMES = st.sampled_from(["Ana", "López", "", "a@b.org", "x" * 70])
STATUSES = st.sampled_from(["Registered", "Pending approval", "Failed", ""])
LINKS = st.sampled_from(["https://x.zoom.us/w/1", ""])


class IncrementalChecks(RuleBasedStateMachine):
    """Edit, undo, redo and set results at random, and compare with a roster checked afresh."""

    @initialize(rows=st.lists(st.tuples(EMAILS, NAMES, NAMES), min_size=SIZE, max_size=SIZE))
    def load(self, rows: list[tuple[str, str, str]]) -> None:
        # A first row of full cells keeps every row's index: blank rows would not be loaded.
        filled = [(email or "z@z.org", first, last) for email, first, last in rows]
        self.grid = sheet([("Email", "First name", "Last name"), *filled], hidden=[3])
        self.roster = self.roster_of(self.grid)
        self.diffs: list[EditDiff] = []
        self.undone: list[EditDiff] = []
        self.seen = self.everything(self.roster)

    @rule(changes=st.dictionaries(st.tuples(st.integers(0, SIZE - 1), st.just(0)), EMAILS))
    def edit_emails(self, changes: dict[tuple[int, int], str]) -> None:
        self.apply(self.roster.set_texts(changes))

    @rule(
        changes=st.dictionaries(
            st.tuples(st.integers(0, SIZE - 1), st.integers(1, 2)), NAMES, max_size=3
        )
    )
    def edit_names(self, changes: dict[tuple[int, int], str]) -> None:
        self.apply(self.roster.set_texts(changes))

    def apply(self, diff: EditDiff) -> None:
        self.diffs.append(diff)
        self.undone.clear()
        self.changed = set(diff.rows)
        self.compare_rows_told()

    @rule()
    def undo(self) -> None:
        if self.diffs:
            diff = self.diffs.pop()
            self.undone.append(diff)
            self.changed = set(self.roster.apply_diff(diff, reverse=True))
            self.compare_rows_told()

    @rule()
    def redo(self) -> None:
        if self.undone:
            diff = self.undone.pop()
            self.diffs.append(diff)
            self.changed = set(self.roster.apply_diff(diff))
            self.compare_rows_told()

    @rule(index=st.integers(0, SIZE - 1), status=STATUSES, link=LINKS)
    def set_result(self, index: int, status: str, link: str) -> None:
        self.roster.set_result(index, {ResultColumn.STATUS: status, ResultColumn.JOIN_URL: link})
        self.seen = self.everything(self.roster)

    @rule()
    def check_all(self) -> None:
        self.roster.assign_field(0, Field.EMAIL)

    def compare_rows_told(self) -> None:
        """Rows that an edit does not name must look as before."""
        now = self.everything(self.roster)
        for index in range(SIZE):
            assert index in self.changed or now[index] == self.seen[index]
        self.seen = now

    @staticmethod
    def roster_of(grid: Sheet) -> Roster:
        return Roster.from_grid(grid, header_row=1, fields=FIELDS, result_headers=RESULT_HEADERS)

    @staticmethod
    def everything(roster: Roster) -> list[object]:
        return [
            (roster.problems(i), roster.standing(i), roster.person(i), roster.has_error(i))
            for i in range(SIZE)
        ]

    @invariant()
    def same_as_afresh(self) -> None:
        positions = range(len(self.roster.columns))
        cells = [[self.roster.text(i, p) for p in positions] for i in range(SIZE)]
        headings = [column.header for column in self.roster.columns]
        # A row of the reference that was emptied would not load: it is given a note to hold it.
        rows = [[*row, "kept"] for row in cells]
        grid = sheet([[*headings, "Company"], *rows], hidden=[3])
        fresh = self.roster_of(grid)
        for index in range(SIZE):
            emptied = not any(cells[index][:3])
            assert emptied or not self.roster.is_blank(index)
            if emptied:
                assert self.roster.problems(index) == ()
                continue
            assert self.roster.problems(index) == fresh.problems(index)
            assert self.roster.standing(index) is fresh.standing(index)
            assert self.roster.person(index).email == fresh.person(index).email
        assert self.roster.duplicate_groups() == fresh.duplicate_groups()

    @invariant()
    def every_row_is_counted_once(self) -> None:
        counts = self.roster.counts()
        blank = sum(self.roster.is_blank(index) for index in range(SIZE))
        parts = [len(self.roster.filtered(view)) for view in Filter if view is not Filter.ALL]
        assert sum(parts) + blank == counts.all == SIZE

    @invariant()
    def edits_are_the_difference_to_the_sheet(self) -> None:
        expected = {
            (index + 2, position + 1): self.roster.text(index, position)
            for index in range(SIZE)
            for position in range(3)
            if self.roster.text(index, position) != self.grid.columns[position + 1][index + 1]
        }
        assert self.roster.edits() == expected


IncrementalChecks.TestCase.settings = settings(
    max_examples=60, stateful_step_count=12, deadline=None
)
TestIncrementalChecks = IncrementalChecks.TestCase
