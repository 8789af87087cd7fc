"""Write what is unsaved into the workbook, sheet after sheet: no Qt, plain values in and out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from zoomdesk import workbook
from zoomdesk.desktop.document import CellTexts, Document, OpenSheet
from zoomdesk.errors import ZoomdeskError
from zoomdesk.registration import writeback
from zoomdesk.registration.newfile import Target, make_target
from zoomdesk.registration.outcome import Outcome
from zoomdesk.registration.reapply import Seen
from zoomdesk.registration.writeback import WriteBack
from zoomdesk.settings import Settings


@dataclass(frozen=True, slots=True)
class Part:
    """What one sheet has to write; ``seen`` is the list that everything is numbered by.

    ``added`` are new rows, whose texts are among ``edits``; ``removed`` are rows that go.
    """

    sheet: str
    header_row: int
    outcomes: Mapping[int, Outcome]
    edits: CellTexts
    seen: Seen | None = None
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()

    @classmethod
    def of(cls, name: str, opened: OpenSheet) -> Part:
        """Take what a sheet has that is not in the file yet."""
        seen = Seen.of(opened.sheet, opened.roster, dict(opened.written))
        added, removed = opened.new_rows(), opened.gone_rows()
        texts = {(row, c): text for row, cells in added.items() for c, text in cells.items()}
        outcomes = {row: o for row, o in opened.outcomes.items() if row not in removed}
        return cls(
            name,
            opened.roster.header_row,
            outcomes,
            opened.unsaved_edits() | texts,
            seen,
            tuple(added),
            tuple(removed),
        )

    @property
    def moves_rows(self) -> bool:
        """Whether rows come or go: the table's numbers are not the file's afterwards."""
        return bool(self.added or self.removed)

    def rows_gone(self, report: WriteBack) -> frozenset[int]:
        """Return the rows that have gone from the file: those that nobody else had changed."""
        open_rows = {conflict.row for conflict in report.conflicts if not conflict.column}
        return frozenset(self.removed) - open_rows

    def saved_edits(self, report: WriteBack) -> CellTexts:
        """Return the edits of the sheet's own rows that are in the file now.

        Those that somebody else had changed are not.
        """
        open_cells = {(conflict.row, conflict.column) for conflict in report.conflicts}
        return {
            cell: text
            for cell, text in self.edits.items()
            if cell not in open_cells and cell[0] not in self.added
        }


@dataclass(slots=True)
class Saved:
    """What was written, and what kept the rest from it."""

    parts: list[tuple[Part, WriteBack]] = field(default_factory=list)
    error: ZoomdeskError | None = None


def parts_of(document: Document, *, every: bool = False) -> list[Part]:
    """Return what the sheets have to write; ``every`` brings those that have nothing, too."""
    parts = [Part.of(name, opened) for name, opened in document.sheets.items()]
    return [part for part in parts if every or part.outcomes or part.edits or part.moves_rows]


@dataclass(frozen=True, slots=True)
class Job:
    """Where parts are written: into the workbook itself, or into a copy, ``output``."""

    path: Path
    fingerprint: workbook.Fingerprint
    settings: Settings
    password: str | None = None
    output: Path | None = None
    backed_up: bool = False


def write_parts(job: Job, parts: Collection[Part]) -> Saved:
    """Write sheet after sheet; return what was written also where a later one fails."""
    saved = Saved()
    source, expect, output = job.path, job.fingerprint, job.output
    for part in parts:
        try:
            report = save(replace(job, path=source, fingerprint=expect, output=output), part)
        except ZoomdeskError as error:
            saved.error = error
            break
        saved.parts.append((part, report))
        # The next sheet goes on from what this one made; where others had changed the file, its
        # rows, too, must be found again.
        if report.reapplied is None:
            expect = report.fingerprint
        source, output = report.path, None
    return saved


def save(job: Job, part: Part) -> WriteBack:
    """Write edits and outcomes of one sheet. Raises WorkbookError."""
    return writeback.write_results(
        job.path,
        part.sheet,
        part.header_row,
        part.outcomes.values(),
        part.edits,
        job.settings,
        expect=job.fingerprint,
        output=job.output,
        seen=part.seen,
        password=job.password,
        backed_up=job.backed_up,
        added_rows=part.added,
        removed_rows=part.removed,
    )


def make_new(info: workbook.BookInfo, output: Path, password: str | None) -> Target:
    """Make the workbook that results go into; whoever named it has agreed to replace a file.

    Raises WorkbookError.
    """
    return make_target(info, output=output, password=password, replace_existing=True)


def renamed(info: workbook.BookInfo, report: WriteBack) -> workbook.BookInfo:
    """Return what is known of a workbook after it was written elsewhere."""
    return replace(info, path=report.path, fingerprint=report.fingerprint)


def moved_into(info: workbook.BookInfo, target: Target) -> workbook.BookInfo:
    """Return what is known of a workbook after a new one was made of it: it takes results."""
    return replace(info, path=target.path, fingerprint=target.fingerprint, new_file="", text=None)
