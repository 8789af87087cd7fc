"""Do the work that takes time, on whatever thread calls: no Qt, plain values in and out."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from zoomdesk import paths, workbook
from zoomdesk.desktop.desk import ProblemGroup
from zoomdesk.desktop.document import OpenSheet
from zoomdesk.errors import WriteFailed, ZoomRefused
from zoomdesk.registration import preflight
from zoomdesk.registration.events import OnEvent
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.plan import Plan, make_plan
from zoomdesk.registration.preflight import Preflight
from zoomdesk.registration.rehearsal import rehearse
from zoomdesk.registration.report import EventName, RunReport
from zoomdesk.registration.resume import resume
from zoomdesk.roster import emails
from zoomdesk.roster.form import Answerable
from zoomdesk.roster.problems import Problem, Severity
from zoomdesk.roster.standing import Standing
from zoomdesk.roster.table import Person, Roster
from zoomdesk.services import Services
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.events import EventKind, EventRef, Reference
from zoomdesk.zoom.models import EventSummary

if TYPE_CHECKING:  # importing it brings in requests: late, on a worker
    from zoomdesk.zoom.client import ZoomClient

_DONE = (Standing.REGISTERED, Standing.PENDING)


@dataclass(frozen=True, slots=True)
class Ticked:
    """Who is ticked, and how many rows stay behind and why.

    ``hidden`` rows are ready, but cannot be seen in the workbook: whoever hid them left them out.
    """

    people: list[Person]
    errors: int = 0
    duplicates: int = 0
    registered: int = 0
    pending: int = 0
    unticked: int = 0
    hidden: int = 0


_STEP = 200
"""Rows between two pauses of the work that goes on between the window's events."""

_FELT = 1.0
"""Seconds from which a person wants to know what is waited for."""


def copy_sample(folder: Path) -> Path:
    """Put a fresh copy of the sample workbook into a folder. Raises WriteFailed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "Practice guests.xlsx"
        number = 2
        while target.exists():
            target = folder / f"Practice guests {number}.xlsx"
            number += 1
        shutil.copyfile(paths.resource("samples", "guests.xlsx"), target)
    except OSError as error:
        raise WriteFailed(
            f"The sample could not be copied to {folder}: {error.strerror}."
        ) from error
    return target


def upcoming(client: ZoomClient) -> tuple[EventSummary, ...]:
    """Fetch the webinars and meetings that are not over, the next one first."""
    found = [*client.events(EventKind.WEBINAR), *client.events(EventKind.MEETING)]
    now = datetime.now(UTC)

    def over(event: EventSummary) -> bool:
        length = timedelta(minutes=event.duration_minutes)
        return event.start is not None and event.start + length < now

    far = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted((e for e in found if not over(e)), key=lambda e: e.start or far))


def read_event(
    client: ZoomClient, reference: EventRef | Reference, dates: Sequence[str] = ()
) -> Preflight:
    """Read an event; of a bare number, the webinar of that number, else the meeting.

    ``dates`` are the occurrences that people will be registered for, none for all of them.
    """
    if reference.kind is not None:
        return preflight.read_event(client, EventRef(reference.kind, reference.id), dates=dates)
    try:
        return preflight.read_event(client, EventRef(EventKind.WEBINAR, reference.id))
    except ZoomRefused as error:
        if error.http not in (400, 404):
            raise
        return preflight.read_event(client, EventRef(EventKind.MEETING, reference.id))


def ticked_people(roster: Roster) -> Generator[None, None, Ticked]:
    """Collect the ticked people in the order of the sheet, pausing on the way."""
    people: list[Person] = []
    behind: Counter[Standing] = Counter()
    hidden = 0
    for index in range(len(roster)):
        if index in roster.ticked:
            people.append(roster.person(index))
        else:
            standing = roster.standing(index)
            behind[standing] += 1
            hidden += standing is Standing.READY and roster.is_hidden(index)
        if index % _STEP == 0:
            yield
    return Ticked(
        people,
        behind[Standing.TO_FIX],
        behind[Standing.LATER],
        behind[Standing.REGISTERED],
        behind[Standing.PENDING],
        behind[Standing.READY] + behind[Standing.ENDED] - hidden,
        hidden,
    )


def plan_of(
    services: Services,
    people: Sequence[Person],
    chosen: Preflight,
    options: RunOptions,
    sheet: Answerable,
) -> Plan:
    """Sort people into calls. Raises JournalError where today's tries cannot be read.

    ``sheet`` says what the columns have answers to.
    """
    tries = services.journal.tries(chosen.event.ref)
    event, questions, listed = chosen.event, chosen.questions, chosen.listed
    return make_plan(people, event, questions, listed, options, tries, sheet=sheet)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a person confirms: the plan, what it rests on, and what to know of the workbook."""

    plan: Plan
    chosen: Preflight
    ticked: Ticked
    warnings: tuple[str, ...]


class TellingToken(CancelToken):
    """Tell whoever shows it, on the thread that pauses, that a pause of some seconds begins."""

    def __init__(self, tell: Callable[[float], None]) -> None:
        super().__init__()
        self._tell = tell

    def sleep(self, seconds: float) -> None:
        if seconds >= _FELT:
            self._tell(seconds)
        super().sleep(seconds)


def prepare(
    services: Services,
    opened: OpenSheet,
    book: workbook.BookInfo,
    ticked: Ticked,
    ref: EventRef,
    cancel: CancelToken,
    password: str | None = None,
    dates: tuple[str, ...] = (),
) -> Prepared | None:
    """Rehearse the writing, then ask Zoom afresh: what is confirmed is what will happen.

    ``book`` is the workbook as this program has left it. Returns None where the person asked to
    stop. ``password`` opens the workbook, ``dates`` are the occurrences that were chosen. Raises
    WorkbookError, JournalError and the client's errors.
    """
    sheet = opened.sheet
    if sheet.book.fingerprint != book.fingerprint:  # we have written it since
        sheet = workbook.read(book.path, sheet.name, password=password)
    sheet = replace(sheet, book=book)
    rows = [person.row for person in ticked.people]
    try:
        cancel.check()
        warnings = rehearse(
            sheet, opened.roster.header_row, rows, services.settings, password=password
        )
        fresh = preflight.read_event(
            services.client(), ref, dates=dates, cancel=cancel, journal=services.journal
        )
    except Cancelled:
        return None
    options = RunOptions.from_settings(services.settings, occurrence_ids=dates)
    sheet_answers = opened.roster.meanings.answerable
    plan = plan_of(services, ticked.people, fresh, options, sheet_answers)
    return Prepared(plan, fresh, ticked, warnings)


def resume_run(
    services: Services, run: str, on_event: OnEvent, cancel: CancelToken, pause: PauseSwitch
) -> RunReport:
    """Go on with a run; a stop before its first call is a report as well.

    Raises BegunByAnother where that is another account's and nobody has said that this one shall.
    """
    journal = services.journal
    services.check_account(journal.run(run))
    try:
        return resume(
            journal,
            run,
            services.client(),
            on_event=on_event,
            cancel=cancel,
            pause=pause,
            multipart=services.settings.multipart,
            at_once=services.at_once,
            others=services.others,
        )
    except Cancelled:
        record = journal.run(run)
        name = EventName.of(record.ref, record.topic)
        return RunReport(run, name, journal.outcomes(run), cancelled=True)


def group_problems(roster: Roster) -> Generator[None, None, list[ProblemGroup]]:
    """Group what is wrong, most rows first; typos of one domain are one group with its fix."""
    groups: dict[tuple[str, str], ProblemGroup] = {}
    for index in range(len(roster)):
        if index % _STEP == 0:
            yield
        if roster.standing(index) in _DONE:
            continue
        for problem in roster.problems(index):
            if problem.code.startswith("duplicate") or problem.severity is Severity.NOTE:
                continue
            wrong, fix = _difference(roster, problem) if problem.suggestion else ("", "")
            place = (problem.code, fix and f"{wrong}>{fix}")
            if problem.is_about_form and not fix:
                place = (problem.code, problem.message)  # one group for each question
            group = groups.get(place)
            if group is None:
                error = problem.severity is Severity.ERROR
                group = ProblemGroup(problem.code, problem.message, error, [], wrong, fix)
                groups[place] = group
            if not group.indexes or group.indexes[-1] != index:
                group.indexes.append(index)
    return sorted(groups.values(), key=lambda g: (not g.fix, not g.error, -len(g.indexes)))


def _difference(roster: Roster, problem: Problem) -> tuple[str, str]:
    """Return the domains before and after a suggestion, or the whole texts of the cell."""
    column = next((c for c in roster.columns if c.topic == problem.field), None)
    text = roster.text(problem.row, column.position).strip() if column is not None else ""
    name, at, domain = text.rpartition("@")
    better_name, _, better_domain = problem.suggestion.rpartition("@")
    if at and name.casefold() == better_name.casefold():
        return domain, better_domain
    return text, problem.suggestion


def outcomes_by_address(roster: Roster, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return outcomes with the rows on which their addresses stand now.

    The sheet may have been changed since the run: a row counts as the person's only where the
    address is. Outcomes of people who are not on the sheet any more are left out.
    """
    free: defaultdict[str, list[int]] = defaultdict(list)
    for index in range(len(roster)):
        free[emails.key(roster.person(index).email)].append(roster.row_number(index))
    placed: list[Outcome] = []
    moved: list[Outcome] = []
    for outcome in outcomes:
        rows = free[emails.key(outcome.email)]
        if outcome.row in rows:
            rows.remove(outcome.row)
            placed.append(outcome)
        else:
            moved.append(outcome)
    placed += [
        replace(outcome, row=rows.pop(0))
        for outcome in moved
        if (rows := free[emails.key(outcome.email)])
    ]
    return sorted(placed, key=lambda outcome: outcome.row)
