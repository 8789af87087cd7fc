"""Two people change one workbook: nothing of the other's is lost, no link in a wrong row."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from zoomdesk import workbook
from zoomdesk.errors import NoPeopleFound
from zoomdesk.registration.conflicts import Why
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.reapply import Seen
from zoomdesk.registration.writeback import write_results
from zoomdesk.roster import emails
from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings

HEADINGS = ("First name", "Email", "Company")
SETTINGS = Settings(backup=False)
LINK = "Join URL"

FIRST = st.sampled_from(["Ann", "Bob", "Cat", ""])
EMAIL = st.sampled_from([f"{name}@example.com" for name in "abcdef"] + ["a@EXAMPLE.com", "b@", ""])
COMPANY = st.sampled_from(["Ash", "Birch", "Cedar", ""])
TEXTS = {"First name": FIRST, "Email": EMAIL, "Company": COMPANY}


@dataclass(frozen=True)
class Row:
    """A row of the sheet; ``mark`` is its height, which moves with it and which nobody reads."""

    mark: int
    texts: dict[str, str]

    @property
    def key(self) -> str:
        return emails.key(self.texts["Email"])


ROW = st.fixed_dictionaries(TEXTS)


class TwoPeople(RuleBasedStateMachine):
    """One of them uses Zoomdesk; the other one saves the file with another program."""

    @initialize(rows=st.lists(ROW, min_size=1, max_size=7))
    def begin(self, rows: list[dict[str, str]]) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "guests.xlsx"
        self.marks = 20
        self.headings = list(HEADINGS)
        rows = [*rows, {"First name": "Zoe", "Email": "z@example.com", "Company": "Zelkova"}]
        self.save_as_other([Row(self.mark(), texts) for texts in rows])
        self.open()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def mark(self) -> int:
        self.marks += 1
        return self.marks

    # -- the other one ---------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """Read the file as another program does."""
        sheet = openpyxl.load_workbook(io.BytesIO(self.path.read_bytes())).active
        names = [cell.value for cell in sheet[1]]
        return [
            Row(
                int(sheet.row_dimensions[number].height or 0),
                {name: cell.value or "" for name, cell in zip(names, sheet[number], strict=True)},
            )
            for number in range(2, sheet.max_row + 1)
        ]

    def save_as_other(self, rows: list[Row]) -> None:
        book = openpyxl.Workbook()
        names = [*self.headings, *(n for n in (rows[0].texts if rows else ()) if n not in HEADINGS)]
        book.active.append(names)
        for number, row in enumerate(rows, 2):
            for column, name in enumerate(names, 1):
                book.active.cell(number, column).value = row.texts.get(name) or None
            book.active.row_dimensions[number].height = row.mark
        book.save(self.path)

    @rule(data=st.data())
    def sorts(self, data: st.DataObject) -> None:
        self.save_as_other(data.draw(st.permutations(self.rows())))

    @rule(data=st.data(), texts=ROW)
    def inserts(self, data: st.DataObject, texts: dict[str, str]) -> None:
        rows = self.rows()
        rows.insert(data.draw(st.integers(0, len(rows))), Row(self.mark(), texts))
        blank = dict.fromkeys(rows[0].texts if len(rows) > 1 else texts, "")
        self.save_as_other([replace(row, texts=blank | row.texts) for row in rows])

    @rule(data=st.data())
    def deletes(self, data: st.DataObject) -> None:
        rows = self.rows()
        if len(rows) > 1:
            del rows[data.draw(st.integers(0, len(rows) - 1))]
            self.save_as_other(rows)

    @rule(data=st.data(), name=st.sampled_from(HEADINGS))
    def changes(self, data: st.DataObject, name: str) -> None:
        rows = self.rows()
        at = data.draw(st.integers(0, len(rows) - 1))
        rows[at] = replace(rows[at], texts=rows[at].texts | {name: data.draw(TEXTS[name])})
        self.save_as_other(rows)

    @precondition(lambda self: self.edits or self.outcomes)
    @rule(data=st.data())
    def changes_the_same_row(self, data: st.DataObject) -> None:
        """Collide: what both touch is where something can be lost."""
        touched = sorted({*((row, c) for row, c in self.edits), *((r, 0) for r in self.outcomes)})
        number, column = data.draw(st.sampled_from(touched))
        headings = {c.sheet_column: c.header for c in self.roster.columns}
        name = headings[column] if column else "Email"
        mark = self.seen_rows[number - 2].mark
        self.save_as_other(
            [
                replace(row, texts=row.texts | {name: data.draw(TEXTS[name])})
                if row.mark == mark
                else row
                for row in self.rows()
            ]
        )

    @rule(headings=st.permutations(HEADINGS))
    def moves_columns(self, headings: list[str]) -> None:
        self.headings = headings
        self.save_as_other(self.rows())

    # -- the one at this desk --------------------------------------------------------------------

    @rule()
    def open(self) -> None:
        sheet = workbook.read(self.path)
        try:
            roster = Roster.from_grid(sheet, result_headers=SETTINGS.result_columns)
        except NoPeopleFound:
            self.save_as_other([*self.rows(), Row(self.mark(), {"Email": "y@example.com"})])
            sheet = workbook.read(self.path)
            roster = Roster.from_grid(sheet, result_headers=SETTINGS.result_columns)
        self.seen_rows = self.rows()
        self.seen, self.roster = Seen.of(sheet, roster), roster
        self.edits: dict[tuple[int, int], str] = {}
        self.outcomes: dict[int, Outcome] = {}

    @rule(data=st.data(), name=st.sampled_from(HEADINGS))
    def edits_a_cell(self, data: st.DataObject, name: str) -> None:
        index = data.draw(st.integers(0, len(self.roster) - 1))
        column = next(c for c in self.roster.columns if c.header == name)
        assert column.sheet_column is not None
        row, text = self.roster.row_number(index), data.draw(TEXTS[name])
        if row in self.outcomes and name == "Email":
            return  # whoever was registered keeps the address until it is saved
        self.edits[row, column.sheet_column] = text
        if self.seen.text(row, column.sheet_column) == text:
            del self.edits[row, column.sheet_column]

    @rule(data=st.data())
    def registers(self, data: st.DataObject) -> None:
        row = self.roster.row_number(data.draw(st.integers(0, len(self.roster) - 1)))
        at = self.seen.column_of(next(f for f in self.seen.fields.values() if f == "email"))
        email = self.edits.get((row, at), self.seen.text(row, at)).strip()
        if "example" in email:
            link = f"https://zoom.example/{emails.key(email)}"
            self.outcomes[row] = Outcome(row, email, Status.REGISTERED, link)

    @precondition(lambda self: self.edits or self.outcomes)
    @rule()
    def saves(self) -> None:
        before = {row.mark: row for row in self.rows()}
        try:
            report = write_results(
                self.path,
                self.seen.sheet.name,
                self.seen.header_row,
                self.outcomes.values(),
                self.edits,
                SETTINGS,
                expect=self.seen.sheet.book.fingerprint,
                seen=self.seen,
            )
        except NoPeopleFound:
            assert {row.mark: row for row in self.rows()} == before
            self.open()
            return
        after = {row.mark: row for row in self.rows()}
        assert list(after) == list(before)
        told = {(c.row, c.column) for c in report.conflicts if c.why is not Why.LINK}
        self.check_cells(before, after, told)
        self.check_links(before, after, len(report.not_written))
        self.open()

    # -- what must hold --------------------------------------------------------------------------

    def check_cells(
        self, before: dict[int, Row], after: dict[int, Row], told: set[tuple[int, int]]
    ) -> None:
        """Each change in the file is one edit of ours in a row that is the one it was made in."""
        headings = {c.sheet_column: c.header for c in self.roster.columns}
        open_edits = {cell: text for cell, text in self.edits.items() if cell not in told}
        for mark, row in after.items():
            for name in HEADINGS:
                was, now = before[mark].texts[name], row.texts[name]
                if was == now:
                    continue
                # Nothing of the other's is overwritten: the cell held what was seen here.
                ours = [
                    cell
                    for cell, text in open_edits.items()
                    if headings[cell[1]] == name
                    and text == now
                    and self.seen_rows[cell[0] - 2].texts[name] == was
                    and self.is_same(self.seen_rows[cell[0] - 2], before[mark])
                ]
                assert ours, f"{name} of row {mark} became {now!r} out of nothing"
                del open_edits[ours[0]]
        for (row, column), text in open_edits.items():
            # Neither written nor told: the other has made the same change.
            assert any(r.texts[headings[column]] == text for r in before.values()), (row, column)
        self.check_plain_edits(before, after, headings)

    def is_same(self, seen: Row, now: Row) -> bool:
        """Whoever stands here: by the address, or by name and place where that was corrected."""
        return seen.key == now.key or seen.texts["First name"] == now.texts["First name"]

    def check_plain_edits(
        self,
        before: dict[int, Row],
        after: dict[int, Row],
        headings: dict[int | None, str],
    ) -> None:
        """Where nobody could be mistaken, an edit is in its row or the other one's text is."""
        keys = Counter(row.key for row in self.seen_rows), Counter(r.key for r in before.values())
        for (number, column), text in self.edits.items():
            seen, name = self.seen_rows[number - 2], headings[column]
            now = before.get(seen.mark)
            alone = seen.key and keys[0][seen.key] == keys[1][seen.key] == 1
            if now is None or not alone or now.key != seen.key:
                continue
            if now.texts["First name"] != seen.texts["First name"]:
                continue
            kept = now.texts[name] != seen.texts[name]
            assert after[seen.mark].texts[name] == (now.texts[name] if kept else text)

    def check_links(self, before: dict[int, Row], after: dict[int, Row], missing: int) -> None:
        rows = [row for row in after.values() if row.texts.get(LINK)]
        for row in rows:
            if row.texts[LINK] != before[row.mark].texts.get(LINK):
                assert row.texts[LINK] == f"https://zoom.example/{row.key}", "a link in a wrong row"
        links = Counter(row.texts[LINK] for row in rows)
        wanted = Counter(outcome.join_url for outcome in self.outcomes.values())
        assert (wanted - links).total() <= missing, "a link was lost without a word"


TwoPeople.TestCase.settings = settings(max_examples=60, stateful_step_count=16, deadline=None)
TestTwoPeople = TwoPeople.TestCase
