"""Put outcomes into the workbook, in the rows of the people whom they are about."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from zoomdesk import paths, workbook
from zoomdesk.errors import (
    NoPeopleFound,
    SheetNotFound,
    WorkbookChanged,
    WorkbookError,
    WorkbookNotFound,
)
from zoomdesk.registration.cells import result_texts
from zoomdesk.registration.conflicts import Conflict
from zoomdesk.registration.journal import Journal
from zoomdesk.registration.listed import address_key
from zoomdesk.registration.outcome import Outcome
from zoomdesk.registration.places import Places, place_results
from zoomdesk.registration.reapply import Reapplied, Seen, reapply
from zoomdesk.roster import emails
from zoomdesk.roster.fields import Field
from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings

Edits = Mapping[tuple[int, int], str]
"""Texts by (row, column); ``""`` empties the cell."""


@dataclass(frozen=True, slots=True)
class WriteBack:
    """Say what was written. The first five are those of ``workbook.WriteReport``.

    ``not_written`` are outcomes whose address stands in no row of the sheet any more. Where
    somebody else had changed the file, ``conflicts`` are what the person must decide, none of it
    written, and ``reapplied`` says where everything else went: the rows on the screen are not those
    of the file any more.
    """

    path: Path
    cells: int
    backup: Path | None
    fingerprint: workbook.Fingerprint
    warnings: tuple[str, ...]
    not_written: tuple[Outcome, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    reapplied: Reapplied | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    """Where outcomes and edits go, by the numbers of the sheet as it is now."""

    header_row: int
    rows: Mapping[int, Outcome]
    missing: tuple[Outcome, ...] = ()
    edits: Edits = field(default_factory=dict)
    removed: frozenset[int] = frozenset()
    reapplied: Reapplied | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    """What ``write_results`` was asked for."""

    path: Path
    sheet: str
    header_row: int
    outcomes: tuple[Outcome, ...]
    edits: Edits
    settings: Settings
    expect: workbook.Fingerprint | None
    output: Path | None
    fields: Mapping[int, Field | None] | None
    seen: Seen | None
    mine: tuple[Conflict, ...]
    backed_up: bool
    password: str | None
    added: frozenset[int]
    removed: frozenset[int]


_TRIES = 4
"""Times that a file which others rewrite meanwhile is read again."""


def write_results(
    book_path: Path,
    sheet: str,
    header_row: int,
    outcomes: Iterable[Outcome],
    edits: Edits,
    settings: Settings,
    *,
    expect: workbook.Fingerprint | None = None,
    output: Path | None = None,
    fields: Mapping[int, Field | None] | None = None,
    seen: Seen | None = None,
    mine: Collection[Conflict] = (),
    backed_up: bool = False,
    journal: Journal | None = None,
    run: str = "",
    password: str | None = None,
    added_rows: Collection[int] = (),
    removed_rows: Collection[int] = (),
) -> WriteBack:
    """Write the result columns of each outcome's row, and the person's own edits.

    The sheet is read afresh, so that columns are found where they are now. Rows are known by number
    while the file is the one of ``expect``. Where it is another one by now, ``seen``, the list as
    the person saw it, has edits and outcomes applied again by who stands in the rows (see
    ``reapply``; ``mine`` are conflicts that the person has decided). Without ``seen`` outcomes go
    where their address is, and edits are refused: by WorkbookChanged, or by ValueError where there
    is no ``expect`` either (a resume has none). ``fields`` are the person's own choices of columns.
    ``backed_up`` says that there is a copy of the workbook as it was before this program wrote it:
    another is made only if somebody else has changed it since. ``output`` takes a copy and leaves
    the workbook alone; ``password`` opens a locked one. ``added_rows`` are rows below the list,
    their texts among ``edits``; ``removed_rows`` go, or are a conflict where somebody else has
    changed them. With ``journal`` and ``run`` the run is marked as written, after it is. Raises the
    WorkbookError family, with the command that goes on as hint, and JournalError.
    """
    job = _Job(
        Path(book_path),
        sheet,
        header_row,
        tuple(outcomes),
        edits,
        settings,
        expect,
        output,
        fields,
        seen,
        tuple(mine),
        backed_up,
        password,
        frozenset(added_rows),
        frozenset(removed_rows),
    )
    if expect is None and edits:
        raise ValueError("edits need the fingerprint of the file that they were made in")
    try:
        written = _write(job)
    except WorkbookError as error:
        if run:
            first = error.hint
            if isinstance(error, SheetNotFound):
                first = f"Name the sheet “{sheet}” again. {error.hint}"
            elif isinstance(error, WorkbookNotFound):
                first = "Put it back into that folder under that name."
            error.hint = f"{first} Every result is kept; then write them: zoomdesk resume {run}"
            if isinstance(error, WorkbookNotFound | SheetNotFound):
                error.hint += " --book OTHER.xlsx takes another workbook."
            error.hint = error.hint.strip()
        raise
    if journal is not None and run:
        journal.mark_written(run)
    return written


def _write(job: _Job) -> WriteBack:
    """Write; begin again from the file as it is where somebody was quicker."""
    for _ in range(_TRIES - 1):
        try:
            return _write_once(job)
        except WorkbookChanged:
            if (job.removed or job.edits) and job.seen is None:
                raise
    return _write_once(job)


def _write_once(job: _Job) -> WriteBack:
    sheet = workbook.read(job.path, job.sheet, password=job.password)
    match = _match_rows(job, sheet)
    results, places = _results(sheet, match, job.settings)
    cells = {
        (row, column): text or None
        for (row, column), text in match.edits.items()
        if column not in results or results[column].position(row) < 0
    }
    again = match.reapplied
    warnings = _warning(match.missing)
    conflicts = again.conflicts if again else ()
    if again and job.output is None and not (cells or results or match.removed):
        # Nothing is left that could be written.
        now = sheet.book.fingerprint
        return WriteBack(job.path, 0, None, now, warnings, match.missing, conflicts, again)
    plan = workbook.plan(
        job.path,
        workbook.Edits(
            sheet=sheet.name,
            cells=cells,
            columns=results,
            header_row=match.header_row or None,
            new_columns=places.new,
            hyperlinks=places.hyperlinks(
                {row: outcome.join_url for row, outcome in match.rows.items()}, job.settings
            ),
            added_rows=_new_rows(job, sheet, match),
            removed_rows=match.removed,
        ),
        expect=sheet.book.fingerprint,
        password=job.password,
    )
    report = workbook.apply(plan, job.output, backup_dir=_backup_folder(job, sheet))
    if report.backup is not None:
        _prune(report.backup, job)
    return WriteBack(
        report.path,
        report.cells,
        report.backup,
        report.fingerprint,
        (*report.warnings, *warnings),
        match.missing,
        conflicts,
        again,
    )


def _new_rows(job: _Job, sheet: workbook.Sheet, match: _Match) -> frozenset[int]:
    """Return the numbers that new rows get: of those whom the sheet has by now, none."""
    if match.reapplied is None:
        return job.added
    found = (match.reapplied.rows.get(row) for row in job.added)
    return frozenset(row for row in found if row is not None and sheet.index_of(row) is None)


def _backup_folder(job: _Job, sheet: workbook.Sheet) -> Path | None:
    """Return where a copy of the workbook as it is now goes, None where none is to be made."""
    ours = job.expect is not None and sheet.book.fingerprint.same_content(job.expect)
    if not job.settings.backup or job.output is not None or (job.backed_up and ours):
        return None
    return paths.data_dir() / "backups"


def _prune(backup: Path, job: _Job) -> None:
    workbook.prune_backups(
        backup.parent,
        job.path.resolve(),
        datetime.now().astimezone(),
        days=job.settings.backup_days,
        count=job.settings.backup_count,
    )


def _match_rows(job: _Job, sheet: workbook.Sheet) -> _Match:
    """Find the rows of the outcomes, by number, by who was seen, or by address."""
    if job.expect is not None and sheet.book.fingerprint.same_content(job.expect):
        return _by_number(job)
    if job.seen is not None:
        again = reapply(
            job.seen,
            job.edits,
            job.outcomes,
            sheet,
            job.settings.result_columns,
            mine=job.mine,
            removed=job.removed,
        )
        return _Match(
            again.header_row, again.outcomes, again.missing, again.edits, again.removed, again
        )
    if job.edits or job.removed:
        raise WorkbookChanged(f"“{job.path.name}” was changed since it was opened here.")
    return _by_address(sheet, job.header_row, job.outcomes, job.settings, job.fields)


def _by_number(job: _Job) -> _Match:
    """Take the rows as they are numbered; but not one in which another address was typed since."""
    rows = {outcome.row: outcome for outcome in job.outcomes}
    seen = job.seen
    email = seen.column_of(Field.EMAIL) if seen is not None else 0
    typed = {**(seen.written if seen is not None else {}), **job.edits}
    others = [
        row
        for (row, column), text in typed.items()
        if column == email and row in rows and address_key(text) != emails.key(rows[row].email)
    ]
    missing = tuple(rows.pop(row) for row in sorted(others))
    return _Match(job.header_row, rows, missing, job.edits, job.removed)


def _results(
    sheet: workbook.Sheet, match: _Match, settings: Settings
) -> tuple[dict[int, workbook.ColumnValues], Places]:
    """Return the cells of results that are to change, by column, and where these columns are."""
    order = sorted(match.rows)
    places = place_results(sheet, match.header_row, order, settings)
    rows: dict[int, list[int]] = {column: [] for column in places.columns.values()}
    values: dict[int, list[str | None]] = {column: [] for column in rows}
    known = rows.keys() & sheet.columns.keys()
    for row in order:
        for key, text in result_texts(match.rows[row]).items():
            column = places.columns[key]
            if text != (sheet.text(row, column) if column in known else ""):
                rows[column].append(row)
                values[column].append(text or None)
    changed = {
        column: workbook.ColumnValues(rows[column], values[column])
        for column in rows
        if rows[column]
    }
    return changed, places


def _by_address(
    sheet: workbook.Sheet,
    header_row: int,
    outcomes: tuple[Outcome, ...],
    settings: Settings,
    fields: Mapping[int, Field | None] | None,
) -> _Match:
    """Find each outcome's row by its address; the number decides between rows that share it.

    The heading may have moved, too: of the row that looks like a heading now and the recorded one,
    the one counts that finds more people, and then the one that has more of our headings.
    """
    found = []
    for row, choices in ((None, None), (header_row, fields)):
        try:
            roster = Roster.from_grid(
                sheet, header_row=row, fields=choices, result_headers=settings.result_columns
            )
        except NoPeopleFound:
            continue
        match = _match(roster, outcomes)
        headings = sum(
            column.result is not None for column in roster.columns if column.sheet_column
        )
        found.append((len(match.rows), headings, match))
    if not found:
        raise NoPeopleFound(
            f"The sheet “{sheet.name}” of {sheet.book.path} has no email addresses any more."
        )
    return max(found, key=lambda one: one[:2])[2]


def _match(roster: Roster, outcomes: tuple[Outcome, ...]) -> _Match:
    rows_of: defaultdict[str, deque[int]] = defaultdict(deque)
    for index in range(len(roster)):
        rows_of[_key(roster, index)].append(roster.row_number(index))
    rows: dict[int, Outcome] = {}
    moved = []
    for outcome in outcomes:
        free = rows_of[emails.key(outcome.email)]
        if outcome.row in free:
            free.remove(outcome.row)
            rows[outcome.row] = outcome
        else:
            moved.append(outcome)
    missing = []
    for outcome in moved:
        free = rows_of[emails.key(outcome.email)]
        # Rows without any address are all alike: one that has moved cannot be told from another.
        if free and outcome.email.strip():
            rows[free.popleft()] = outcome
        else:
            missing.append(outcome)
    return _Match(roster.header_row, rows, tuple(missing))


def _key(roster: Roster, index: int) -> str:
    """Return the email key of a row; of an address that cannot be used, that of its text."""
    if address := roster.person(index).email:
        return emails.key(address)
    column = next((c for c in roster.columns if c.field is Field.EMAIL), None)
    return emails.key(roster.text(index, column.position)) if column else ""


def _warning(missing: tuple[Outcome, ...]) -> tuple[str, ...]:
    links = sum(bool(outcome.join_url) for outcome in missing)
    if not links:
        return ()
    people = "1 person is" if links == 1 else f"{links:,} people are"
    return (f"{people} not on the sheet any more: their links were not written.",)
