"""Put edits and results into a workbook that somebody else has changed since it was opened.

    seen = Seen.of(sheet, roster)                      # as the person saw it
    again = reapply(seen, edits, outcomes, now, settings.result_columns)

Rows are found again by who stands in them (``same_rows``), columns by their headings
(``same_columns``). What both sides changed, and whatever cannot be told, is a conflict and is not
written (workbooks/README.md hazard 17). A result goes into no row but one that holds its address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from zoomdesk import workbook
from zoomdesk.errors import NoPeopleFound
from zoomdesk.registration.conflicts import Conflict, Why
from zoomdesk.registration.listed import Cell, Listed, address_key, listed
from zoomdesk.registration.outcome import Outcome
from zoomdesk.registration.same_columns import find_heading_row, renamed_columns, same_columns
from zoomdesk.registration.same_rows import same_rows
from zoomdesk.roster import emails
from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.matching import match_columns
from zoomdesk.roster.table import Roster

_Choice = tuple[int, int, Why, str]
"""Row, column, reason and their text of a conflict in which the person chose the own text."""

_NAMES = (Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME)


@dataclass(frozen=True, slots=True)
class Seen:
    """The list as the person saw it, by whose numbers edits and outcomes are known.

    ``fields`` and ``results`` say what the columns were taken for, by sheet column. ``written``
    holds what this program has put into cells of the file since it was read.
    """

    sheet: workbook.Sheet
    header_row: int
    fields: Mapping[int, Field]
    results: Mapping[int, ResultColumn] = field(default_factory=dict)
    written: Mapping[Cell, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, sheet: workbook.Sheet, roster: Roster, written: Mapping[Cell, str] | None = None
    ) -> Self:
        """Take the meaning of the columns from the roster of the sheet."""
        columns = [(c.sheet_column, c.field, c.result) for c in roster.columns]
        return cls(
            sheet,
            roster.header_row,
            {at: what for at, what, _ in columns if at is not None and what is not None},
            {at: what for at, _, what in columns if at is not None and what is not None},
            dict(written or {}),
        )

    def text(self, row: int, column: int) -> str:
        """Return what the file held when it was last seen."""
        known = self.written.get((row, column))
        return self.sheet.text(row, column) if known is None else known

    def column_of(self, wanted: Field) -> int:
        """Return the sheet column of a field, 0 where there is none."""
        return next((column for column, what in self.fields.items() if what is wanted), 0)


@dataclass(frozen=True, slots=True)
class Reapplied:
    """What is to be written into the sheet as it is now, by its own numbers, and what is not.

    ``edits``, ``outcomes`` (by row) and the ``removed`` rows are safe. ``conflicts`` wait for the
    person. ``missing`` are outcomes without a row. ``rows`` and ``columns`` lead from the seen
    numbers to those of now where that is sure; new rows of the person's are among them.
    """

    header_row: int
    edits: Mapping[Cell, str]
    outcomes: Mapping[int, Outcome]
    conflicts: tuple[Conflict, ...]
    missing: tuple[Outcome, ...]
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    removed: frozenset[int] = frozenset()


def reapply(
    seen: Seen,
    edits: Mapping[Cell, str],
    outcomes: Iterable[Outcome],
    now: workbook.Sheet,
    result_headers: Mapping[str, str],
    *,
    mine: Collection[Conflict] = (),
    removed: Collection[int] = (),
) -> Reapplied:
    """Bring edits and outcomes from the numbers of ``seen`` to those of ``now``.

    Edits of rows below the list are new rows. ``removed`` rows go if nobody has changed them.
    ``mine`` are conflicts of an earlier try in which the person chose the own text: it is written
    if the other side still is what the person was shown. Raises NoPeopleFound where ``now`` has no
    column of addresses.
    """
    work = _Reapplying(seen, edits, now, result_headers)
    chosen = frozenset((c.row, c.column, c.why, c.theirs) for c in mine)
    work.place_edits(chosen)
    gone = work.place_removed(removed, chosen)
    placed, missing = work.place_outcomes(tuple(outcomes))
    return Reapplied(
        work.header_row,
        work.edits,
        placed,
        tuple(work.conflicts),
        missing,
        work.same.found,
        work.columns,
        gone,
    )


class _Reapplying:
    def __init__(
        self,
        seen: Seen,
        edits: Mapping[Cell, str],
        now: workbook.Sheet,
        result_headers: Mapping[str, str],
    ) -> None:
        self.seen, self.asked, self.now = seen, edits, now
        self.edits: dict[Cell, str] = {}
        self.conflicts: list[Conflict] = []
        self.header_row = find_heading_row(seen.sheet, seen.header_row, now)
        self.columns = same_columns(seen.sheet, seen.header_row, now, self.header_row)
        self._find_identity(result_headers)
        self.seen_email = seen.column_of(Field.EMAIL)
        self.email = self.columns[self.seen_email]
        self.before, self.after = self._lists()
        typed = {r: address_key(text) for (r, c), text in edits.items() if c == self.seen_email}
        self.same = same_rows(self.before, self.after, typed)
        self._place_new_rows(typed)
        lost = sorted({column for _, column in edits} - self.columns.keys())
        rows = self.same.found
        self.columns |= renamed_columns(lost, seen.sheet, now, self.columns, rows) if lost else {}

    def _find_identity(self, result_headers: Mapping[str, str]) -> None:
        """Find the columns of addresses and names under other headings, too."""
        lost = {
            what: column
            for column, what in self.seen.fields.items()
            if what in (Field.EMAIL, *_NAMES) and column not in self.columns
        }
        if not lost:
            return
        partners = set(self.columns.values())
        for guess in match_columns(self.now, self.header_row, result_headers):
            if guess.field in lost and guess.column not in partners:
                self.columns[lost.pop(guess.field)] = guess.column
        if Field.EMAIL in lost:
            raise NoPeopleFound(
                f"The sheet “{self.now.name}” of {self.now.book.path} has no column of email "
                "addresses any more."
            )

    def _lists(self) -> tuple[Listed, Listed]:
        """Return who was seen and who is there now, by the columns that both sheets have."""
        seen, to_now = self.seen, self.columns
        names = [c for f in _NAMES if (c := seen.column_of(f)) in to_now]
        others = sorted(to_now.keys() - {self.seen_email} - seen.results.keys())
        before = listed(seen.sheet, seen.header_row, self.seen_email, names, others, seen.written)
        there = [to_now[column] for column in names], [to_now[column] for column in others]
        return before, listed(self.now, self.header_row, self.email, *there, {})

    def _place_new_rows(self, typed: Mapping[int, str]) -> None:
        """Find room below the list for rows that the person added; or who is there already."""
        known = set(self.before.rows)
        added = sorted({row for row, _ in self.asked if row > self.seen.header_row} - known)
        strangers = set(self.after.rows) - set(self.same.found.values())
        by_key = defaultdict(list)
        for row, key in zip(self.after.rows, self.after.addresses, strict=True):
            if row in strangers:
                by_key[key].append(row)
        last = self._last_before(len(added))
        for row in added:
            there = by_key[typed[row]] if typed.get(row) else []
            if there:
                self.same.found[row] = there.pop(0)
            else:
                last += 1
                self.same.found[row] = last

    def _last_before(self, count: int) -> int:
        """Return the last of the people, if there is room below for ``count`` rows, else of all."""
        pairs = zip(self.after.rows, self.after.addresses, strict=True)
        last = max((row for row, address in pairs if address), default=self.header_row)
        filled = {*self.after.rows, *(row for row, _ in self.now.totals)}
        if filled.isdisjoint(range(last + 1, last + count + 1)):
            return last
        return max((*filled, self.header_row))

    def place_edits(self, chosen: frozenset[_Choice]) -> None:
        """Sort the edits into those that are safe and those that are not."""
        for row, column in sorted(self.asked):
            ours = self.asked[row, column]
            conflict = self._conflict(row, column, ours)
            if conflict is None:
                target = (self.same.found[row], self.columns[column])
                if self.now.text(*target) != ours:
                    self.edits[target] = ours
            elif conflict.target and self._is_chosen(conflict, chosen):
                self.edits[conflict.target] = ours
            else:
                self.conflicts.append(conflict)

    def place_removed(self, removed: Iterable[int], chosen: frozenset[_Choice]) -> frozenset[int]:
        """Return the rows of now that go; who is gone already needs no going."""
        gone = set()
        for row in sorted(removed):
            conflict, at = self._changed(row), self.same.found.get(row)
            if conflict is not None and not self._is_chosen(conflict, chosen):
                self.conflicts.append(conflict)
            elif at is not None:
                gone.add(at)
        return frozenset(gone)

    def _is_chosen(self, conflict: Conflict, chosen: frozenset[_Choice]) -> bool:
        known = (conflict.row, conflict.column, conflict.why, conflict.theirs)
        return conflict.target is not None and known in chosen

    def _changed(self, row: int) -> Conflict | None:
        """Return what somebody else has changed in a row that is to go."""
        seen, now = self.seen, self.now
        at = self.same.found.get(row)
        if at is None:
            unsure, there = row in self.same.unsure, self.same.renamed.get(row)
            if not unsure and there is None:
                return None
            theirs = now.text(there, self.email) if there else ""
            why = Why.UNSURE if unsure else Why.PERSON
            return Conflict(why, row, 0, "", self._person(row), "", theirs, "")
        for column, to in sorted(self.columns.items()):
            before, theirs = seen.text(row, column), now.text(at, to)
            if column not in seen.results and before != theirs:
                header, person = self._header(column), self._person(row)
                return Conflict(
                    Why.ROW_CHANGED, row, 0, header, person, before, theirs, "", (at, 0)
                )
        return None

    def _conflict(self, row: int, column: int, ours: str) -> Conflict | None:
        seen, now = self.seen, self.now
        at, to = self.same.found.get(row), self.columns.get(column)
        before, theirs = seen.text(row, column), ""
        target = None
        if at is None:
            why = Why.UNSURE if row in self.same.unsure else Why.ROW_GONE
            if row in self.same.renamed:
                why, at = Why.PERSON, self.same.renamed[row]
                theirs = now.text(at, self.email)
                free = to is not None and (at, to) not in now.formulas
                target = (at, to) if free and to is not None else None
        elif to is None:
            why = Why.COLUMN_GONE
        elif (at, to) in now.formulas:
            why, theirs = Why.FORMULA, now.formulas[at, to]
        else:
            why, theirs, target = Why.CELL, now.text(at, to), (at, to)
            if theirs in (before, ours):
                return None
        header, person = self._header(column), self._person(row)
        return Conflict(why, row, column, header, person, before, theirs, ours, target)

    def _header(self, column: int) -> str:
        start = self.seen.header_row
        return self.seen.sheet.text(start, column).strip() if start else ""

    def _person(self, row: int) -> str:
        return self.seen.text(row, self.seen_email).strip()

    def place_outcomes(
        self, outcomes: Sequence[Outcome]
    ) -> tuple[dict[int, Outcome], tuple[Outcome, ...]]:
        """Find each outcome's row: one that will hold its address once the edits are written."""
        addresses = dict(zip(self.after.rows, self.after.addresses, strict=True))
        for (row, column), text in self.edits.items():
            if column == self.email:
                addresses[row] = address_key(text)
        placed: dict[int, Outcome] = {}
        moved = []
        for outcome in outcomes:
            at = self.same.found.get(outcome.row)
            if at is not None and addresses.get(at) == emails.key(outcome.email):
                placed[at] = outcome
            else:
                moved.append(outcome)
        free: defaultdict[str, list[int]] = defaultdict(list)
        for row, address in addresses.items():
            if address and row not in placed:
                free[address].append(row)
        missing = []
        for outcome in moved:
            rows = free[emails.key(outcome.email)]
            if rows:
                placed[rows.pop(0)] = outcome
            else:
                missing.append(outcome)
                self._tell_of_result(outcome)
        return placed, tuple(missing)

    def _tell_of_result(self, outcome: Outcome) -> None:
        """Note that the row is still there but is about another address now."""
        row = outcome.row
        at = self.same.found.get(row, self.same.renamed.get(row))
        if at is None or not outcome.join_url:
            return
        theirs = self.edits.get((at, self.email), self.now.text(at, self.email)).strip()
        self.conflicts.append(
            Conflict(Why.LINK, row, 0, "", outcome.email, "", theirs, outcome.join_url)
        )
