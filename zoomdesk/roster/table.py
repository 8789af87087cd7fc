"""Hold the people of one sheet as a table: texts, checks, ticks, results and edits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Self

from zoomdesk.errors import NoPeopleFound
from zoomdesk.roster.checks import RowTexts, check_row, names_of, plain_row
from zoomdesk.roster.columns import Column, missing_results
from zoomdesk.roster.duplicates import DuplicateIndex
from zoomdesk.roster.edits import EditDiff
from zoomdesk.roster.emails import key
from zoomdesk.roster.fields import EXTRA_FIELDS, Field, ResultColumn
from zoomdesk.roster.filters import Counts, Filter, sort_rows
from zoomdesk.roster.grid import Grid
from zoomdesk.roster.matching import ColumnGuess, find_header, match_columns
from zoomdesk.roster.problems import Problem, Severity
from zoomdesk.roster.text import caseless

_BLANK, _READY, _TO_FIX, _LATER, _REGISTERED, _PENDING = range(6)
_WITH_LINK = frozenset({"registered", "already registered"})
_AWAITING = "pending approval"
"""Words of ``registration.outcome.Status``, which lies above this package; a test compares."""


@dataclass(frozen=True, slots=True)
class Person:
    """Hold what Zoom is told about a person; ``row`` is the row's number in the sheet."""

    row: int
    email: str
    first_name: str
    last_name: str
    extra: Mapping[Field, str]


class Roster:
    """Hold the people of a sheet. Rows are addressed by index, columns by position, from 0.

    Texts are kept by column and never as objects of their own; the checks of a row are made when
    it is loaded or edited and kept only where there is something to say.
    """

    def __init__(
        self,
        grid: Grid,
        header_row: int,
        guesses: Sequence[ColumnGuess],
        headers: Mapping[str, str],
    ) -> None:
        self.name = grid.name
        self.header_row = header_row
        self._load(grid, guesses)
        results = [column.result for column in self._columns if column.result]
        self._columns += missing_results(headers, results, len(self._columns))
        self._texts += [[""] * len(self._rows) for _ in self._columns[len(self._texts) :]]
        self._result_at = {c.result: c.position for c in self._columns if c.result}
        self._loaded: dict[tuple[int, int], str] = {}
        self._results: dict[int, dict[ResultColumn, str]] = {}
        self.ticked: set[int] = set()
        self._check_all()

    @classmethod
    def from_grid(
        cls,
        grid: Grid,
        *,
        header_row: int | None = None,
        fields: Mapping[int, Field | None] | None = None,
        result_headers: Mapping[str, str],
    ) -> Self:
        """Make a roster of a sheet.

        ``header_row`` None finds the headings; 0 means that there are none and the first row is
        a person already. ``fields`` overrides the guess of single columns, by sheet column.
        Raises NoPeopleFound where no column holds email addresses or no row holds anything.
        """
        row = find_header(grid).row if header_row is None else header_row
        guesses = _with_choices(match_columns(grid, row, result_headers), fields or {})
        if not any(guess.field is Field.EMAIL for guess in guesses):
            raise NoPeopleFound(f"No column of the sheet “{grid.name}” holds email addresses.")
        roster = cls(grid, row, guesses, result_headers)
        if not len(roster):
            raise NoPeopleFound(
                f"The sheet “{grid.name}” has headings but no people below them.",
                hint="Put one person in each row below the headings, or choose another sheet.",
            )
        return roster

    def _load(self, grid: Grid, guesses: Sequence[ColumnGuess]) -> None:
        start = bisect_right(grid.row_numbers, self.header_row)
        below = [grid.columns[guess.column][start:] for guess in guesses]
        filled = [any(map(str.strip, texts)) for texts in zip(*below, strict=True)]
        self._rows = list(compress(grid.row_numbers[start:], filled))
        self._texts = [list(compress(texts, filled)) for texts in below]
        self._hidden = frozenset(
            index for index, row in enumerate(self._rows) if row in grid.hidden_rows
        )
        self._columns = tuple(
            Column(
                position,
                guess.column,
                guess.header,
                guess.field,
                guess.result,
                guess.confidence,
                guess.reason,
                guess.result is not None,
            )
            for position, guess in enumerate(guesses)
        )
        position_of = {column.sheet_column: column.position for column in self._columns}
        cells = ((self.index_of_row(r), position_of.get(c), r, c) for r, c in grid.formulas)
        self._formulas = frozenset(
            (index, position)
            for index, position, _, _ in cells
            if index >= 0 and position is not None
        )
        self._links = {
            (index, position): target
            for (row, column), target in grid.hyperlinks.items()
            if (index := self.index_of_row(row)) >= 0
            and (position := position_of.get(column)) is not None
        }

    # Reading

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the sheet's columns in order, then those that results will add."""
        return self._columns

    def __len__(self) -> int:
        return len(self._rows)

    def row_number(self, index: int) -> int:
        """Return the row's number in the sheet."""
        return self._rows[index]

    def index_of_row(self, number: int) -> int:
        """Return the index of a sheet row, -1 where the table does not have it."""
        place = bisect_left(self._rows, number)
        return place if place < len(self._rows) and self._rows[place] == number else -1

    def is_hidden(self, index: int) -> bool:
        """Tell whether the row is hidden or filtered away in the workbook."""
        return index in self._hidden

    @property
    def hidden_count(self) -> int:
        """Return how many rows are hidden in the workbook."""
        return len(self._hidden)

    def is_blank(self, index: int) -> bool:
        """Tell whether the row holds something, but neither an address nor a name."""
        return self._state[index] == _BLANK

    def text(self, index: int, position: int) -> str:
        """Return the text of a cell."""
        return self._texts[position][index]

    def is_formula(self, index: int, position: int) -> bool:
        """Tell whether the cell holds a formula."""
        return (index, position) in self._formulas

    def editable(self, index: int, position: int) -> bool:
        """Tell whether the person may type into the cell."""
        return not self._columns[position].read_only and (index, position) not in self._formulas

    def problems(self, index: int) -> tuple[Problem, ...]:
        """Return all that is to be said about a row, the worst first."""
        found = (*self._problems.get(index, ()), *self._duplicate_problem(index))
        return tuple(sorted(found, key=lambda problem: -problem.severity))

    def problem_at(self, index: int, position: int) -> Problem | None:
        """Return the worst that is to be said about a cell."""
        field = self._columns[position].field
        if field is None:
            return None
        return next((p for p in self.problems(index) if p.field is field), None)

    def has_error(self, index: int) -> bool:
        """Tell whether something blocks the row."""
        return self._worst[index] == Severity.ERROR

    def has_warning(self, index: int) -> bool:
        """Tell whether the row has a warning, also beside an error."""
        return any(problem.severity is Severity.WARNING for problem in self.problems(index))

    def person(self, index: int) -> Person:
        """Return the cleaned values of a row; the email is ``""`` where it has an error."""
        first, last = names_of(self._row_texts(index))
        extra: dict[Field, str] = {
            field: text
            for field in EXTRA_FIELDS
            if (position := self._at.get(field)) is not None
            and (text := self._texts[position][index].strip())
        }
        return Person(self._rows[index], self._addresses[index], first, last, extra)

    def duplicate_groups(self) -> list[tuple[int, ...]]:
        """Return the indexes of rows that share an address, a tuple for each address."""
        return self._duplicates.groups()

    def counts(self) -> Counts:
        """Count the rows that each filter shows."""
        return Counts(
            len(self),
            self._state.count(_READY),
            self._state.count(_TO_FIX),
            sum(map(len, self._duplicates.groups())),
            self._state.count(_REGISTERED),
        )

    def sorted_rows(self, position: int, descending: bool, rows: Sequence[int]) -> list[int]:
        """Return ``rows`` in the order of a column, blanks last."""
        return sort_rows(self._texts[position], rows, descending)

    def filtered(self, kind: Filter = Filter.ALL, text: str = "") -> list[int]:
        """Return the rows of a view whose cells contain the text, whatever its case."""
        rows = self._of_kind(kind)
        wanted = caseless(text.strip())
        if not wanted:
            return rows
        return [r for r in rows if any(wanted in caseless(texts[r]) for texts in self._texts)]

    def _of_kind(self, kind: Filter) -> list[int]:
        if kind is Filter.ALL:
            return list(range(len(self)))
        if kind is Filter.DUPLICATES:
            return sorted(row for group in self._duplicates.groups() for row in group)
        wanted = {
            Filter.READY: _READY,
            Filter.TO_FIX: _TO_FIX,
            Filter.REGISTERED: _REGISTERED,
        }[kind]
        return [row for row, state in enumerate(self._state) if state == wanted]

    # Ticks

    def tick(self, indexes: Iterable[int], on: bool) -> None:
        """Tick rows, or take their ticks away."""
        if on:
            self.ticked.update(indexes)
        else:
            self.ticked.difference_update(indexes)

    def tick_all_valid(self) -> int:
        """Tick the rows that are ready and not hidden, no others; return how many.

        Left out: errors, later rows of one address, hidden rows, and people who hold a link or
        await approval already.
        """
        self.ticked.clear()
        self.ticked.update(
            row
            for row, state in enumerate(self._state)
            if state == _READY and row not in self._hidden
        )
        return len(self.ticked)

    # Results

    def status(self, index: int) -> str:
        """Return the text of the status column."""
        return self._result(index, ResultColumn.STATUS)

    def set_result(self, index: int, values: Mapping[ResultColumn, str]) -> None:
        """Show results in a row; they are not edits of the person's."""
        for result, text in values.items():
            if result in self._result_at:
                self._texts[self._result_at[result]][index] = text
            self._results.setdefault(index, {})[result] = text
        self._settle(index)

    def results(self) -> dict[int, dict[ResultColumn, str]]:
        """Return the results set since the sheet was loaded, by index."""
        return {index: dict(values) for index, values in self._results.items()}

    def _result(self, index: int, result: ResultColumn) -> str:
        position = self._result_at.get(result)
        return "" if position is None else self._texts[position][index].strip()

    # Edits

    def set_texts(self, changes: Mapping[tuple[int, int], str]) -> EditDiff:
        """Change cells in one gesture, and check again what that concerns.

        Cells that hold the text already are left out of the diff. Raises ValueError for formula
        cells and result columns; then nothing is changed.
        """
        for index, position in changes:
            if not self.editable(index, position):
                raise ValueError(f"row {self._rows[index]}, column {position} is read-only")
        after = {
            cell: text for cell, text in changes.items() if self._texts[cell[1]][cell[0]] != text
        }
        before = {cell: self._texts[cell[1]][cell[0]] for cell in after}
        return EditDiff(before, after, self._change(after))

    def apply_diff(self, diff: EditDiff, reverse: bool = False) -> tuple[int, ...]:
        """Do a diff again, or undo it; return the rows whose checks may have changed."""
        return self._change(diff.before if reverse else diff.after)

    def edits(self) -> dict[tuple[int, int], str]:
        """Return the person's unsaved edits by (row number, sheet column)."""
        found = {}
        for (index, position), loaded in self._loaded.items():
            column = self._columns[position].sheet_column
            text = self._texts[position][index]
            if text != loaded and column is not None:
                found[self._rows[index], column] = text
        return found

    def _change(self, changes: Mapping[tuple[int, int], str]) -> tuple[int, ...]:
        edited = sorted({index for index, _ in changes})
        concerned = set(edited)
        for index in edited:
            concerned.update(self._partners(index))
        for (index, position), text in changes.items():
            self._loaded.setdefault((index, position), self._texts[position][index])
            self._texts[position][index] = text
        for index in edited:
            self._check(index)
        for index in edited:
            concerned.update(self._partners(index))
        for index in concerned:
            self._settle(index)
        return tuple(sorted(concerned))

    def assign_field(self, position: int, field: Field | None) -> None:
        """Change what a column means; the column that had the field before loses it.

        Raises ValueError for a result column.
        """
        if self._columns[position].result is not None:
            raise ValueError("a result column cannot be a field")
        columns = list(self._columns)
        for column in columns:
            if column.field is not None and column.field is field:
                columns[column.position] = replace(column, field=None, confidence=0.0, reason="")
        columns[position] = replace(
            columns[position], field=field, confidence=1.0, reason="You chose this."
        )
        self._columns = tuple(columns)
        self._check_all()

    # Checking

    def _check_all(self) -> None:
        size = len(self._rows)
        self._at = {column.field: column.position for column in self._columns if column.field}
        self._addresses = [""] * size
        self._problems: dict[int, tuple[Problem, ...]] = {}
        self._worst = bytearray(size)
        self._state = bytearray(size)
        self._duplicates = DuplicateIndex()
        for index in range(size):
            self._check(index)
        for index in range(size):
            self._settle(index)

    def _check(self, index: int) -> None:
        texts = self._row_texts(index)
        address = plain_row(texts.email, texts.first_name, texts.last_name)
        problems: tuple[Problem, ...] = ()
        if not address and not self._holds_nobody(texts):
            checked = check_row(index, texts)
            address, problems = checked.email, checked.problems
        self._regroup(index, address)
        self._worst[index] = max((problem.severity for problem in problems), default=0)
        if problems:
            self._problems[index] = problems
        else:
            self._problems.pop(index, None)

    def _regroup(self, index: int, address: str) -> None:
        if self._addresses[index]:
            self._duplicates.remove(key(self._addresses[index]), index)
        self._addresses[index] = address
        if address:
            self._duplicates.add(key(address), index)

    def _settle(self, index: int) -> None:
        """Work out the state of a row from its checks, its results and its partners."""
        self._state[index] = self._own_state(index)
        group = self._partners(index)
        for member in group:
            self._state[member] = self._own_state(member)
        leader = self._leader(group)
        for member in group:
            if member != leader and self._state[member] == _READY:
                self._state[member] = _LATER

    def _own_state(self, index: int) -> int:
        status = self.status(index).casefold()
        if status in _WITH_LINK and self._result(index, ResultColumn.JOIN_URL):
            return _REGISTERED
        if status == _AWAITING:
            return _PENDING
        if self._worst[index] == Severity.ERROR:
            return _TO_FIX
        return _READY if self._addresses[index] else _BLANK

    def _leader(self, group: Sequence[int]) -> int:
        """Return the row that stands for its group: settled, else the first without an error."""
        for wanted in ((_REGISTERED, _PENDING), (_READY,)):
            for member in group:
                if self._state[member] in wanted:
                    return member
        return group[0] if group else -1

    def _partners(self, index: int) -> tuple[int, ...]:
        address = self._addresses[index]
        return self._duplicates.group(key(address)) if address else ()

    def _duplicate_problem(self, index: int) -> Iterable[Problem]:
        others = [self._rows[row] for row in self._partners(index) if row != index]
        if not others:
            return
        listed = ", ".join(map(str, others[:5])) + (", …" if len(others) > 5 else "")
        where = f"row {listed}" if len(others) == 1 else f"rows {listed}"
        later = self._state[index] == _LATER
        outcome = " Zoom registers one of them, and all get its link." if later else ""
        yield Problem(
            index,
            Field.EMAIL,
            Severity.WARNING,
            "duplicate-later" if later else "duplicate-first",
            f"This address is also in {where}.{outcome}",
        )

    def _row_texts(self, index: int) -> RowTexts:
        email = self._at.get(Field.EMAIL)
        cell = (index, -1 if email is None else email)
        link = "" if cell in self._loaded else self._links.get(cell, "")
        return RowTexts(
            self._field_text(index, Field.EMAIL),
            self._field_text(index, Field.FIRST_NAME),
            self._field_text(index, Field.LAST_NAME),
            self._field_text(index, Field.FULL_NAME),
            link,
        )

    def _field_text(self, index: int, field: Field) -> str:
        position = self._at.get(field)
        return "" if position is None else self._texts[position][index]

    @staticmethod
    def _holds_nobody(texts: RowTexts) -> bool:
        return not any(
            text.strip()
            for text in (texts.email, texts.first_name, texts.last_name, texts.full_name)
        )


def _with_choices(
    guesses: Sequence[ColumnGuess], chosen: Mapping[int, Field | None]
) -> tuple[ColumnGuess, ...]:
    """Put the person's choices over the guesses; a chosen field leaves its guessed column."""
    fields = {field for field in chosen.values() if field}
    settled = []
    for guess in guesses:
        if guess.column in chosen and guess.result is None:
            field = chosen[guess.column]
            guess = replace(guess, field=field, confidence=1.0, reason="You chose this.")
        elif guess.field in fields:
            guess = replace(guess, field=None, confidence=0.0, reason="")
        settled.append(guess)
    return tuple(settled)
