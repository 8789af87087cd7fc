"""Hold the open workbook: its sheets, their rosters, and what is not saved yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from zoomdesk.registration.conflicts import Conflict
from zoomdesk.registration.outcome import Outcome
from zoomdesk.roster.table import Roster
from zoomdesk.workbook import BookInfo, Fingerprint, Sheet, TextOptions

CellTexts = dict[tuple[int, int], str]
"""Texts by (row, column), as the sheet numbers them from 1."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Say what to open: the file, the sheet (None: the first with people), and how to read it.

    ``password`` is held in memory only.
    """

    path: Path
    sheet: str | None = None
    password: str | None = field(default=None, repr=False)
    text: TextOptions | None = None


@dataclass(slots=True)
class OpenSheet:
    """One sheet that was read: its cells as they were, and its people as they are now.

    ``outcomes`` are those not yet in the file, by row number. ``written`` holds the person's
    edits that are in the file by now: what is not in it, or differs, is unsaved.
    """

    sheet: Sheet
    roster: Roster
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    written: CellTexts = field(default_factory=dict)
    new_written: bool = False
    gone_written: frozenset[int] = frozenset()
    """Rows that came and went are in the file by now; the table is about to be read from it."""

    @property
    def dirty(self) -> bool:
        """Whether anything is not in the file yet."""
        return bool(self.outcomes or self.unsaved_edits() or self.moves_rows)

    @property
    def moves_rows(self) -> bool:
        """Whether rows are to be added to the file, or to go from it."""
        return bool(self.new_rows() or self.gone_rows())

    def new_rows(self) -> dict[int, dict[int, str]]:
        """Return the texts of the rows that the file does not have yet, by row and column."""
        return {} if self.new_written else self.roster.added_rows()

    def gone_rows(self) -> list[int]:
        """Return the rows of the file that were taken out, ascending."""
        return [row for row in self.roster.removed_rows() if row not in self.gone_written]

    def unsaved_edits(self) -> CellTexts:
        """Return the cells that must be written to make the file as the table is."""
        edits = self.roster.edits()
        changed = {cell: text for cell, text in edits.items() if self.written.get(cell) != text}
        # Written, then undone: the file holds the edit, the table the text from before it.
        gone = frozenset(self.roster.removed_rows())
        for cell in self.written.keys() - edits.keys():
            if cell[0] in gone:
                continue
            original = self.sheet.text(*cell)
            if self.written[cell] != original:
                changed[cell] = original
        return changed


@dataclass(slots=True)
class Document:
    """The workbook on the desk. ``saved_at`` is None until this program has written it.

    ``password`` opens it; it is held here, in memory, for as long as the workbook is open.
    """

    info: BookInfo
    current: str
    sheets: dict[str, OpenSheet]
    fingerprint: Fingerprint
    saved_at: datetime | None = None
    backup: Path | None = None
    password: str | None = field(default=None, repr=False)
    conflicts: dict[str, tuple[Conflict, ...]] = field(default_factory=dict)
    """What both the person and somebody else have changed, by sheet, until it is decided."""

    @property
    def path(self) -> Path:
        """Return the workbook's path."""
        return self.info.path

    def wanted(self, sheet: str | None = None) -> Wanted:
        """Return what opens this workbook, or one of its sheets, as it was opened before."""
        return Wanted(self.path, sheet, self.password, self.info.text)

    @property
    def open_sheet(self) -> OpenSheet:
        """Return the sheet that the table shows."""
        return self.sheets[self.current]

    @property
    def roster(self) -> Roster:
        """Return the people of the sheet that the table shows."""
        return self.open_sheet.roster

    @property
    def sheet_names(self) -> list[str]:
        """Return the names of the sheets that a person can see in Excel."""
        return [s.name for s in self.info.sheets if s.state == "visible" or s.name == self.current]

    @property
    def unsaved_count(self) -> int:
        """Return how many cells and results are not in the file yet."""
        return sum(
            len(s.outcomes) + len(s.unsaved_edits()) + len(s.new_rows()) + len(s.gone_rows())
            for s in self.sheets.values()
        )

    @property
    def must_be_saved(self) -> bool:
        """Whether nobody can be registered before it is saved: their rows are in no file yet."""
        return bool(self.info.new_file) or any(s.moves_rows for s in self.sheets.values())

    @property
    def dirty(self) -> bool:
        """Whether an edit or a result is not in the file yet."""
        return any(sheet.dirty for sheet in self.sheets.values())

    def mark_saved(self, name: str, edits: CellTexts, outcomes: Mapping[int, Outcome]) -> None:
        """Note that these edits and outcomes of one sheet are in the file now."""
        sheet = self.sheets[name]
        sheet.written.update(edits)
        for row, outcome in outcomes.items():
            if sheet.outcomes.get(row) is outcome:
                del sheet.outcomes[row]
        self.saved_at = datetime.now(UTC)
