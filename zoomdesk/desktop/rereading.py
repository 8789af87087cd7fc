"""Read a workbook again that somebody else has changed, and bring what is unsaved along: no Qt.

Edits and results find their rows again by who stands in them (``registration.reapply``). What both
sides changed is a conflict: the file's text is shown, and the person chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zoomdesk import workbook
from zoomdesk.desktop import books
from zoomdesk.desktop.books import Reading
from zoomdesk.desktop.document import CellTexts, Document, OpenSheet, Wanted
from zoomdesk.errors import NoPeopleFound, SheetNotFound
from zoomdesk.registration.cells import result_texts
from zoomdesk.registration.conflicts import Conflict, Why
from zoomdesk.registration.outcome import Outcome
from zoomdesk.registration.reapply import Reapplied, Seen, reapply
from zoomdesk.roster.fields import Field
from zoomdesk.roster.standing import Standing
from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings

Changes = dict[tuple[int, int], str]
"""Texts by (index, position) of a roster."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is unsaved on one sheet, and what the person chose there, by the numbers as seen.

    ``standings`` and ``ticked`` are by index, ``number`` gives the row of an index. ``reported``
    says that the report of a run is shown for the sheet, by its rows.
    """

    seen: Seen
    edits: CellTexts
    outcomes: Mapping[int, Outcome]
    chosen: Mapping[int, Field | None]
    standings: bytes
    ticked: frozenset[int]
    number: Callable[[int], int]
    conflicts: tuple[Conflict, ...] = ()
    added: tuple[Mapping[int, str], ...] = ()
    removed: tuple[int, ...] = ()
    reported: bool = False

    @classmethod
    def of(
        cls, opened: OpenSheet, conflicts: tuple[Conflict, ...] = (), *, reported: bool = False
    ) -> Kept:
        """Take it from a sheet that is open. GUI thread: the worker gets plain values."""
        roster = opened.roster
        return cls(
            Seen.of(opened.sheet, roster, dict(opened.written)),
            opened.unsaved_edits(),
            dict(opened.outcomes),
            {
                column.sheet_column: column.field
                for column in roster.columns
                if column.chosen and column.sheet_column is not None
            },
            roster.standings(),
            frozenset(roster.ticked),
            roster.row_number,
            conflicts,
            tuple(opened.new_rows().values()),
            tuple(opened.gone_rows()),
            reported,
        )

    def holds_all_of(self, opened: OpenSheet) -> bool:
        """Tell whether nothing was changed on the sheet since."""
        now = (opened.unsaved_edits(), tuple(opened.new_rows().values()), opened.gone_rows())
        return now == (self.edits, self.added, list(self.removed))

    def ticks_by_hand(self) -> tuple[list[int], list[int]]:
        """Return the rows that the person unticked, and those that nobody else would tick."""
        ready = int(Standing.READY)
        places = enumerate(self.standings)
        off = [index for index, at in places if at == ready and index not in self.ticked]
        on = [index for index in self.ticked if self.standings[index] != ready]
        return [self.number(index) for index in off], [self.number(index) for index in on]

    @property
    def brings_anything(self) -> bool:
        """Whether there is anything on the sheet that its rows must be found again for."""
        return bool(self.unsaved or self.chosen or self.reported or any(self.ticks_by_hand()))

    @property
    def unsaved(self) -> bool:
        """Whether anything of the sheet is not in the file."""
        changed = self.edits or self.outcomes or self.added or self.removed
        return bool(changed or self.conflicts)


@dataclass(slots=True)
class Reread:
    """The workbook as it is now. ``changes`` are the person's edits, ``conflicts`` wait for them.

    Both by sheet; ``rows`` leads from the numbers of before to those of now. ``lost`` are sentences
    on what found no place any more.
    """

    document: Document
    changes: dict[str, Changes] = field(default_factory=dict)
    conflicts: dict[str, tuple[Conflict, ...]] = field(default_factory=dict)
    rows: dict[str, Mapping[int, int]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def moved(self, sheet: str, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
        """Return a run's outcomes by the rows of now; of a row that is gone, by no row (0)."""
        rows = self.rows[sheet]
        return tuple(replace(outcome, row=rows.get(outcome.row, 0)) for outcome in outcomes)


def kept_of(document: Document, reported: str = "") -> dict[str, Kept]:
    """Take what must not be lost: all that is unsaved, and the sheet that is shown.

    ``reported`` is the sheet that the last run's report is about.
    """
    every = {
        name: Kept.of(opened, document.conflicts.get(name, ()), reported=name == reported)
        for name, opened in document.sheets.items()
    }
    return {n: kept for n, kept in every.items() if kept.unsaved or n == document.current}


def reread(
    wanted: Wanted, kept: Mapping[str, Kept], settings: Settings, reading: Reading
) -> Reread:
    """Read the sheets again and bring everything that was kept to their rows of now.

    Raises WorkbookError and ReadingStopped.
    """
    info = workbook.inspect(wanted.path, password=wanted.password, text=wanted.text)
    current = wanted.sheet or next(iter(kept))
    document = Document(info, current, {}, info.fingerprint, password=wanted.password)
    result = Reread(document)
    for name, before in kept.items():
        if name == current and not before.brings_anything:
            again_wanted = replace(wanted, sheet=name)
            document.sheets[name] = books.read_sheet(again_wanted, settings, reading)
            continue
        try:
            sheet = books.read_cells(wanted, reading, name)
            again = reapply(
                before.seen,
                before.edits,
                before.outcomes.values(),
                sheet,
                settings.result_columns,
                removed=before.removed,
            )
        except (SheetNotFound, NoPeopleFound) as error:
            if name == current:
                raise
            result.lost.append(str(error))
            continue
        document.sheets[name] = _opened(sheet, before, again, settings)
        roster = document.sheets[name].roster
        _repeat_rows(roster, before, again)
        result.changes[name], homeless = _changes(roster, again)
        open_ones = [_carried(c, again, sheet) for c in before.conflicts]
        result.conflicts[name] = (*open_ones, *again.conflicts, *homeless)
        result.rows[name] = again.rows
        result.lost += [_no_row(outcome) for outcome in again.missing if outcome.join_url]
    return result


def choices(roster: Roster, conflicts: tuple[Conflict, ...]) -> tuple[Changes, list[int]]:
    """Return what puts the person's own will where the conflicts are: texts, and rows that go."""
    targets = [(c.target, c.ours) for c in conflicts if c.target is not None]
    texts = {target: ours for target, ours in targets if target[1]}
    gone = [roster.index_of_row(row) for (row, column), _ in targets if not column]
    return _placed(roster, texts)[0], [index for index in gone if index >= 0]


def _opened(sheet: workbook.Sheet, before: Kept, again: Reapplied, settings: Settings) -> OpenSheet:
    chosen = {again.columns[at]: what for at, what in before.chosen.items() if at in again.columns}
    roster = Roster.from_grid(
        sheet,
        header_row=again.header_row,
        fields=chosen,
        result_headers=settings.result_columns,
    )
    for row, outcome in again.outcomes.items():
        index = roster.index_of_row(row)
        if index >= 0:
            roster.set_result(index, result_texts(outcome))
    roster.tick_all_valid()
    off, on = before.ticks_by_hand()
    roster.tick(_indexes(roster, again, off), False)
    roster.tick([i for i in _indexes(roster, again, on) if not roster.has_error(i)], True)
    return OpenSheet(sheet, roster, dict(again.outcomes))


def _repeat_rows(roster: Roster, before: Kept, again: Reapplied) -> None:
    """Take out and add again what the person took out and added."""
    roster.remove_rows(index for row in again.removed if (index := roster.index_of_row(row)) >= 0)
    position_of = {c.sheet_column: c.position for c in roster.columns if c.sheet_column}
    for index, texts in zip(roster.add_rows(len(before.added)), before.added, strict=True):
        places = ((position_of.get(again.columns.get(at, 0)), text) for at, text in texts.items())
        roster.set_texts({(index, at): text for at, text in places if at is not None})


def _carried(conflict: Conflict, again: Reapplied, sheet: workbook.Sheet) -> Conflict:
    """Return a conflict that is still open by the numbers of now."""
    row, column = conflict.target or (0, 0)
    if row not in again.rows or (column and column not in again.columns):
        return replace(conflict, target=None)
    if not column:
        return replace(conflict, target=(again.rows[row], 0))
    target = again.rows[row], again.columns[column]
    return replace(conflict, target=target, theirs=sheet.text(*target))


def _indexes(roster: Roster, again: Reapplied, rows: Sequence[int]) -> list[int]:
    now = [again.rows[row] for row in rows if row in again.rows]
    return [index for index in map(roster.index_of_row, now) if index >= 0]


def _changes(roster: Roster, again: Reapplied) -> tuple[Changes, list[Conflict]]:
    """Return the edits by index and position, and as conflicts those without a place there."""
    placed, homeless = _placed(roster, again.edits)
    back = {now: seen for seen, now in again.rows.items()}
    return placed, [
        Conflict(Why.ROW_GONE, back.get(row, row), column, "", "", "", "", text)
        for (row, column), text in homeless.items()
    ]


def _placed(roster: Roster, texts: Mapping[tuple[int, int], str]) -> tuple[Changes, CellTexts]:
    position_of = {c.sheet_column: c.position for c in roster.columns if c.sheet_column}
    placed: Changes = {}
    homeless: CellTexts = {}
    for (row, column), text in texts.items():
        index, position = roster.index_of_row(row), position_of.get(column)
        if index < 0 or position is None or not roster.editable(index, position):
            homeless[row, column] = text
        else:
            placed[index, position] = text
    return placed, homeless


def _no_row(outcome: Outcome) -> str:
    return f"{outcome.email} is not on the sheet any more: the link was not written."
