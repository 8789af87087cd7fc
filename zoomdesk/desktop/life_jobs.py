"""Do the work of a registrant's later life, on whatever thread calls: no Qt, plain values."""

from __future__ import annotations

from collections.abc import Container, Generator, Sequence
from dataclasses import dataclass, replace

from zoomdesk import workbook
from zoomdesk.desktop.document import OpenSheet
from zoomdesk.registration.events import OnEvent
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.lifecycle import (
    Act,
    LifePlan,
    LifeReport,
    LifeRun,
    Subject,
    look,
    make_plan,
)
from zoomdesk.registration.links import fetch_links
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.rehearsal import rehearse
from zoomdesk.roster.table import Roster
from zoomdesk.services import Services
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.events import EventRef

_STEP = 200
"""Rows between two pauses of the work that goes on between the window's events."""


def ticked_subjects(roster: Roster) -> Generator[None, None, list[Subject]]:
    """Collect the ticked rows, and no others, in the order of the sheet."""
    found: list[Subject] = []
    for number, index in enumerate(sorted(roster.ticked)):
        found.append(Subject(roster.person(index), roster.registrant_id(index)))
        if number % _STEP == 0:
            yield
    return found


@dataclass(frozen=True, slots=True)
class PreparedAct:
    """What a person confirms: whom an act changes, and what to know of the workbook."""

    plan: LifePlan
    notes: tuple[str, ...] = ()


def prepare(
    services: Services,
    act: Act,
    opened: OpenSheet,
    book: workbook.BookInfo,
    subjects: Sequence[Subject],
    ref: EventRef,
    cancel: CancelToken,
    password: str | None = None,
    dates: Sequence[str] = (),
) -> PreparedAct | None:
    """Ask Zoom who the rows are, and rehearse the writing of what will become of them.

    ``book`` is the workbook as this program has left it, ``dates`` are the chosen occurrences.
    Returns None where the person asked to
    stop. Raises WorkbookError, JournalError and the client's errors.
    """
    try:
        known = look(services.client(), ref, act, subjects, dates=dates, cancel=cancel)
    except Cancelled:
        return None
    plan = make_plan(act, subjects, known, services.journal.changes(ref))
    if not plan.targets:
        return PreparedAct(plan)
    sheet = opened.sheet
    if sheet.book.fingerprint != book.fingerprint:  # we have written it since
        sheet = workbook.read(book.path, sheet.name, password=password)
    sheet = replace(sheet, book=book)
    rows = [person.row for person in plan.people]
    header_row, settings = opened.roster.header_row, services.settings
    return PreparedAct(plan, rehearse(sheet, header_row, rows, settings, password=password))


def carry_out(
    services: Services,
    plan: LifePlan,
    record: RunRecord,
    on_event: OnEvent,
    cancel: CancelToken,
    pause: PauseSwitch,
) -> LifeReport:
    """Record what was confirmed, and do it."""
    journal = services.journal
    run = journal.start_run(record)
    return LifeRun(
        plan,
        record.ref,
        services.client(),
        journal,
        run,
        on_event=on_event,
        cancel=cancel,
        pause=pause,
        at_once=services.at_once,
    ).execute()


def everybody(roster: Roster) -> Generator[None, None, list[Subject]]:
    """Collect everybody with an address, for their links to be fetched."""
    found: list[Subject] = []
    for number, index in enumerate(roster.filtered()):
        if (person := roster.person(index)).email:
            found.append(Subject(person, roster.registrant_id(index)))
        if number % _STEP == 0:
            yield
    return found


def links(
    services: Services,
    subjects: Sequence[Subject],
    ended: Container[int],
    ref: EventRef,
    cancel: CancelToken,
) -> list[Outcome]:
    """Return what Zoom's lists say of people; of whom they say nothing, nothing is returned.

    ``ended`` are the rows whose registration was cancelled or deleted. Nothing at all is returned
    where the person asked to stop.
    """
    people = [subject.person for subject in subjects]
    ids = {subject.person.row: subject.registrant_id for subject in subjects}
    try:
        found = fetch_links(people, ref, services.client(), ids=ids, cancelled=ended, cancel=cancel)
    except Cancelled:
        return []
    return [each for each in found if each.status not in (Status.NOT_SENT, Status.SKIPPED)]
