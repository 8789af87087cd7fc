"""Hold the people of one sheet as a table: texts, checks, ticks, results and edits."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Self

from zoomdesk.roster.checks import RowTexts, names_of
from zoomdesk.roster.columns import Column
from zoomdesk.roster.edits import EditDiff
from zoomdesk.roster.fields import EXTRA_FIELDS, Field, ResultColumn
from zoomdesk.roster.filters import Counts, Filter, rows_with, sort_rows
from zoomdesk.roster.form import faults_of
from zoomdesk.roster.grid import Grid
from zoomdesk.roster.loading import Loaded, load, with_choices
from zoomdesk.roster.matching import find_header, match_columns
from zoomdesk.roster.meanings import Meanings
from zoomdesk.roster.person import Person
from zoomdesk.roster.problems import Problem, Severity
from zoomdesk.roster.rows import Rows
from zoomdesk.roster.standing import Standing, Standings, of_words

__all__ = ["Person", "Roster"]

_AT_ONCE = 200

_VIEWS = {
    Filter.READY: Standing.READY,
    Filter.TO_FIX: Standing.TO_FIX,
    Filter.DUPLICATES: Standing.LATER,
    Filter.REGISTERED: Standing.REGISTERED,
    Filter.PENDING: Standing.PENDING,
    Filter.ENDED: Standing.ENDED,
}


class Roster:
    """Hold the people of a sheet. Rows are addressed by index, columns by position, from 0.

    Texts are kept by column and never as objects of their own; the checks of a row are made when
    it is loaded or edited and kept only where there is something to say. ``ticked`` holds the
    indexes of the rows that will be registered. Indexes never move: rows are added below the
    others, and a row that was taken out keeps its index, is nobody, and is in no view or count.
    ``meanings`` says what the columns are for; after a change of its form, ``judge_form``.
    """

    def __init__(self, name: str, header_row: int, loaded: Loaded) -> None:
        self.name = name
        self.header_row = header_row
        self.ticked: set[int] = set()
        self._rows = Rows(loaded.rows)
        self.meanings = Meanings(loaded.columns)
        self._texts = loaded.texts
        self._formulas = loaded.formulas
        self._links = loaded.links
        self._hidden = loaded.hidden
        self._original: dict[tuple[int, int], str] = {}
        self._results: dict[int, dict[ResultColumn, str]] = {}
        self._result_at = {c.result: c.position for c in loaded.columns if c.result}
        self._standings = Standings(self._row_texts, self._outcome, self._rows.number, self._hidden)
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

        ``header_row`` None finds the headings; 0 means that there are none, the first row is a
        person already and columns are named by letter. ``fields`` overrides the guess of single
        columns, by sheet column. Raises NoPeopleFound where no column holds email addresses or no
        row holds a person.
        """
        row = find_header(grid).row if header_row is None else header_row
        guesses = with_choices(match_columns(grid, row, result_headers), fields or {})
        return cls(grid.name, row, load(grid, row, guesses, result_headers))

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the sheet's columns in order, then those that results will add."""
        return self.meanings.columns

    def __len__(self) -> int:
        return len(self._rows)

    def row_number(self, index: int) -> int:
        """Return the row's number in the sheet."""
        return self._rows.number(index)

    def index_of_row(self, number: int) -> int:
        """Return the index of a sheet row, -1 where the table does not have it."""
        return self._rows.index_of(number)

    def is_hidden(self, index: int) -> bool:
        """Tell whether the row is hidden or filtered away in the workbook."""
        return index in self._hidden

    @property
    def hidden_count(self) -> int:
        """Return how many rows are hidden in the workbook; ``tick_all_valid`` leaves them out."""
        return len(self._hidden - self._rows.removed)

    def is_added(self, index: int) -> bool:
        """Tell whether the sheet does not have the row yet."""
        return self._rows.is_added(index)

    def is_removed(self, index: int) -> bool:
        """Tell whether the row was taken out."""
        return index in self._rows.removed

    def is_blank(self, index: int) -> bool:
        """Tell whether the row was emptied: it is nobody then, and no error."""
        return self._standings.of(index) is Standing.BLANK

    def text(self, index: int, position: int) -> str:
        """Return the text of a cell."""
        return self._texts[position][index]

    def is_formula(self, index: int, position: int) -> bool:
        """Tell whether the cell holds a formula."""
        return (index, position) in self._formulas

    def editable(self, index: int, position: int) -> bool:
        """Tell whether the person may type into the cell."""
        return (
            not self.meanings.columns[position].read_only
            and (index, position) not in self._formulas
        )

    def problems(self, index: int) -> tuple[Problem, ...]:
        """Return all that is to be said about a row, the worst first."""
        return self._standings.problems(index)

    def problem_at(self, index: int, position: int) -> Problem | None:
        """Return the worst that is to be said about a cell."""
        topic = self.meanings.columns[position].topic
        if topic is None:
            return None
        return next((p for p in self._standings.problems(index) if p.field == topic), None)

    def has_error(self, index: int) -> bool:
        """Tell whether something blocks the row."""
        return self._standings.worst(index) == Severity.ERROR

    def has_warning(self, index: int) -> bool:
        """Tell whether the row has a warning, beside an error or alone."""
        return any(p.severity is Severity.WARNING for p in self._standings.problems(index))

    def standing(self, index: int) -> Standing:
        """Return where the row stands: ready, to fix, registered and so on."""
        return self._standings.of(index)

    def person(self, index: int) -> Person:
        """Return the cleaned values of a row; the email is ``""`` where it is unusable."""
        first, last = names_of(self._row_texts(index))
        extra: dict[Field, str] = {
            field: text
            for field in EXTRA_FIELDS
            if field in self.meanings.at
            and (text := self._texts[self.meanings.at[field]][index].strip())
        }
        custom = {
            title: text
            for title, position in self.meanings.questions
            if (text := self._texts[position][index].strip())
        }
        address = self._standings.addresses[index]
        return Person(self.row_number(index), address, first, last, extra, custom)

    def standings(self) -> bytes:
        """Return where every row stands, a byte for each: a copy that another thread may read."""
        return self._standings.snapshot()

    def duplicate_groups(self) -> list[tuple[int, ...]]:
        """Return the indexes of rows that share an address, a tuple for each address."""
        return self._standings.groups()

    def counts(self) -> Counts:
        """Count the rows that each filter shows."""
        count = self._standings.count
        views = {view.value: count(standing) for view, standing in _VIEWS.items()}
        return Counts(self._rows.live, **views)

    def sorted_rows(self, position: int, descending: bool, rows: Sequence[int]) -> list[int]:
        """Return ``rows`` in the order of a column, blanks last."""
        return sort_rows(self._texts[position], rows, descending)

    def filtered(self, kind: Filter = Filter.ALL, text: str = "") -> list[int]:
        """Return the rows of a view of which a cell contains the text, whatever its case."""
        every = kind is Filter.ALL
        rows = self._rows.indexes() if every else self._standings.rows(_VIEWS[kind])
        return rows_with(text, self._texts, rows)

    def tick(self, indexes: Iterable[int], on: bool) -> None:
        """Tick rows, or take their ticks away."""
        if on:
            self.ticked.update(indexes)
        else:
            self.ticked.difference_update(indexes)

    def tick_all_valid(self) -> int:
        """Tick the rows that are ready and not hidden, no others; return how many.

        Left out: errors, the later rows of an address, hidden rows, and people who hold a link,
        await approval already, or were cancelled or deleted.
        """
        self.ticked.clear()
        self.ticked.update(
            index for index in self._standings.rows(Standing.READY) if index not in self._hidden
        )
        return len(self.ticked)

    def status(self, index: int) -> str:
        """Return the text of the status column."""
        return self._result(index, ResultColumn.STATUS)

    def registrant_id(self, index: int) -> str:
        """Return Zoom's own number of the person, as it stands in the row."""
        return self._result(index, ResultColumn.REGISTRANT_ID)

    def set_result(self, index: int, values: Mapping[ResultColumn, str]) -> None:
        """Show results in a row; they are no edits of the person's."""
        for result, text in values.items():
            if result in self._result_at:
                self._texts[self._result_at[result]][index] = text
            self._results.setdefault(index, {})[result] = text
        self._standings.settle(index)

    def results(self) -> dict[int, dict[ResultColumn, str]]:
        """Return the results set since the sheet was loaded, by index."""
        return {index: dict(values) for index, values in self._results.items()}

    def set_texts(self, changes: Mapping[tuple[int, int], str]) -> EditDiff:
        """Change cells in one gesture, and check again what that concerns.

        Cells that hold the text already are left out of the diff. Raises ValueError for formula
        cells and result columns; then nothing is changed.
        """
        for index, position in changes:
            if not self.editable(index, position):
                raise ValueError(f"row {self.row_number(index)}, column {position} is read-only")
        before, after = {}, {}
        for (index, position), text in changes.items():
            if self._texts[position][index] != text:
                before[index, position] = self._texts[position][index]
                after[index, position] = text
        return EditDiff(before, after, self._change(after))

    def apply_diff(self, diff: EditDiff, reverse: bool = False) -> tuple[int, ...]:
        """Do a diff again, or undo it; return the rows whose problems may have changed."""
        return self._change(diff.before if reverse else diff.after)

    def add_rows(self, count: int) -> range:
        """Add blank rows below the list; return their indexes."""
        for texts in self._texts:
            texts.extend([""] * count)
        self._standings.grow(count)
        return self._rows.add(count)

    def withdraw_rows(self, count: int) -> tuple[int, ...]:
        """Undo ``add_rows`` of so many; return the rows whose problems may have changed."""
        size = len(self) - count
        concerned = self.remove_rows(range(size, len(self)))
        for texts in self._texts:
            del texts[size:]
        self._standings.shrink(count)
        self._rows.withdraw(count)
        return tuple(index for index in concerned if index < size)

    def remove_rows(self, indexes: Iterable[int]) -> tuple[int, ...]:
        """Take rows out, ticks and all; return the rows whose problems may have changed."""
        gone = self._rows.remove(indexes)
        self.ticked.difference_update(gone)
        return self._check(gone)

    def restore_rows(self, indexes: Iterable[int]) -> tuple[int, ...]:
        """Put rows back that were taken out; return the rows whose problems may have changed."""
        return self._check(self._rows.restore(indexes))

    def added_rows(self) -> dict[int, dict[int, str]]:
        """Return the texts of each new row by sheet column, rows numbered on from the sheet's.

        Rows without any text are left out, and leave their number to the next.
        """
        columns = [(c.position, c.sheet_column) for c in self.meanings.columns if c.sheet_column]
        added = [
            {column: text for at, column in columns if (text := self._texts[at][index])}
            for index in self._rows.added()
        ]
        filled = [texts for texts in added if any(text.strip() for text in texts.values())]
        return dict(enumerate(filled, self._rows.first_new))

    def removed_rows(self) -> list[int]:
        """Return the numbers of the sheet's rows that were taken out, ascending."""
        return self._rows.removed_numbers()

    def removed_indexes(self) -> list[int]:
        """Return the indexes of the sheet's rows that were taken out, ascending."""
        return self._rows.removed_loaded()

    def edits(self) -> dict[tuple[int, int], str]:
        """Return the person's unsaved edits by (row number, sheet column).

        New rows and those taken out are not among them: ``added_rows`` and ``removed_rows``.
        """
        found = {}
        for (index, position), original in self._original.items():
            if self.is_added(index) or self.is_removed(index):
                continue
            column = self.meanings.columns[position].sheet_column
            text = self._texts[position][index]
            if text != original and column is not None:
                found[self.row_number(index), column] = text
        return found

    def assign_field(self, position: int, field: Field | None) -> None:
        """Change what a column means; the column that had the field before loses it.

        All rows are checked again. Raises ValueError for a result column.
        """
        self.meanings.assign_field(position, field)
        self._check_all()

    def judge_form(self) -> Generator[None, None, set[int]]:
        """Check every row by the event's form, pausing on the way; return those that differ now.

        Edits meanwhile are welcome, undoing too: they check their own rows.
        """
        changed: set[int] = set()
        rows = range(len(self)) if self.meanings.checked else sorted(self._standings.judged)
        for start in range(0, len(rows), _AT_ONCE):
            changed |= self._judge(i for i in rows[start : start + _AT_ONCE] if i < len(self))
            yield
        return changed

    def _change(self, changes: Mapping[tuple[int, int], str]) -> tuple[int, ...]:
        for (index, position), text in changes.items():
            self._original.setdefault((index, position), self._texts[position][index])
            self._texts[position][index] = text
        return self._check(sorted({index for index, _ in changes}))

    def _check(self, rows: Sequence[int]) -> tuple[int, ...]:
        return tuple(sorted(self._standings.check(rows) | self._judge(rows)))

    def _judge(self, rows: Iterable[int]) -> set[int]:
        return self._standings.judge({index: self._faults(index) for index in rows})

    def _faults(self, index: int) -> tuple[Problem, ...]:
        """Return what the form of the event has against a row that is somebody."""
        if index in self._rows.removed or not self._standings.addresses[index]:
            return ()
        texts = {
            topic: self._texts[position][index] for topic, position in self.meanings.checked.items()
        }
        return tuple(faults_of(index, self.meanings.form, texts))

    def _check_all(self) -> None:
        empty = [""] * len(self)
        self._standings.check_all(
            *(
                self._texts[self.meanings.at[field]] if field in self.meanings.at else empty
                for field in (Field.EMAIL, Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME)
            )
        )
        self._standings.check(sorted(self._rows.removed))

    def _outcome(self, index: int) -> Standing | None:
        if index in self._rows.removed:
            return None
        return of_words(self.status(index), self._result(index, ResultColumn.JOIN_URL))

    def _result(self, index: int, result: ResultColumn) -> str:
        position = self._result_at.get(result)
        return "" if position is None else self._texts[position][index].strip()

    def _row_texts(self, index: int) -> RowTexts:
        if index in self._rows.removed:
            return RowTexts("")
        cell = (index, self.meanings.at.get(Field.EMAIL, -1))
        edited = cell in self._original and self._original[cell] != self._cell(index, Field.EMAIL)
        return RowTexts(
            self._cell(index, Field.EMAIL),
            self._cell(index, Field.FIRST_NAME),
            self._cell(index, Field.LAST_NAME),
            self._cell(index, Field.FULL_NAME),
            # A link is what the sheet says of the cell's old text, not of what was typed.
            "" if edited else self._links.get(cell, ""),
            "".join(
                self._cell(index, field) for field in EXTRA_FIELDS if field in self.meanings.at
            ),
        )

    def _cell(self, index: int, field: Field) -> str:
        position = self.meanings.at.get(field)
        return "" if position is None else self._texts[position][index]
