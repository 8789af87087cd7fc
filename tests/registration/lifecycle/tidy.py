"""Do things with registrants in an office, and hold what is reported against the simulator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.registration.office import AT_ONCE, WEBINAR, Office
from zoomdesk.registration.events import OnEvent, ignore
from zoomdesk.registration.journal import CallKind, RunRecord
from zoomdesk.registration.lifecycle import (
    Act,
    Fate,
    LifePlan,
    LifeReport,
    LifeRun,
    Result,
    Subject,
    look,
    make_plan,
)
from zoomdesk.registration.outcome import Status
from zoomdesk.roster.table import Person
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventKind, EventRef

MANUAL = EventRef(EventKind.WEBINAR, "81234567891")
REACHED: dict[Act, set[str | None]] = {
    Act.APPROVE: {"approved"},
    Act.DENY: {"denied", "cancelled"},
    Act.CANCEL: {"denied", "cancelled"},
    Act.DELETE: {None},
}
"""What the simulator has of somebody to whom it was done; None for nobody."""


def subjects(guests: Sequence[Person], ids: Sequence[str] = ()) -> list[Subject]:
    given = [*ids, *[""] * len(guests)]
    return [Subject(guest, own) for guest, own in zip(guests, given, strict=False)]


def plan_of(
    office: Office,
    act: Act,
    rows: Sequence[Subject],
    ref: EventRef = WEBINAR,
    dates: Sequence[str] = (),
) -> LifePlan:
    known = look(office.client, ref, act, rows, dates=dates)
    return make_plan(act, rows, known, office.journal.changes(ref))


def run_of(
    office: Office,
    plan: LifePlan,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
    at_once: int = AT_ONCE,
    **more: Any,
) -> LifeRun:
    record = RunRecord(ref=plan.event.ref, topic="", people=plan.people, act=plan.act.value)
    return LifeRun(
        plan,
        plan.event.ref,
        more.get("client", office.client),
        office.journal,
        office.journal.start_run(record),
        on_event=on_event,
        cancel=cancel,
        pause=more.get("pause"),
        settle_seconds=more.get("settle_seconds", 0.0),
        at_once=dict.fromkeys(CallKind, at_once),
    )


def do(
    office: Office,
    act: Act,
    guests: Sequence[Person],
    ref: EventRef = WEBINAR,
    ids: Sequence[str] = (),
    **more: Any,
) -> LifeReport:
    """Plan, run, and compare with what the simulator has: nobody else may have changed."""
    before = {p.id: p.status for p in office.sim.world.registrants(ref.id)}
    emails = {p.id: p.email for p in office.sim.world.registrants(ref.id)}
    plan = plan_of(office, act, subjects(guests, ids), ref)
    report = run_of(office, plan, **more).execute()
    after = {p.id: p.status for p in office.sim.world.registrants(ref.id)}
    asked = {guest.email.lower() for guest in guests}
    changed = {own for own in before if before[own] != after.get(own)}
    assert {emails[own].lower() for own in changed} <= asked, "a stranger was changed"
    assert [fate.row for fate in report.fates] == sorted(guest.row for guest in guests)
    check(office, report, ref)
    return report


def check(office: Office, report: LifeReport, ref: EventRef = WEBINAR) -> None:
    """Hold every fate against the simulator's own record."""
    for fate in report.fates:
        found = office.sim.world.find(ref.id, fate.email)
        has = found.status if found else None
        if fate.result in (Result.DONE, Result.ALREADY):
            assert has in REACHED[report.act] or (has is None and report.act is not Act.APPROVE)
        else:
            assert fate.message
        if fate.outcome and fate.outcome.join_url:
            assert found is not None
            assert (found.status, found.join_url) == ("approved", fate.outcome.join_url)
        if fate.outcome and has == "approved":
            assert fate.outcome.status is Status.REGISTERED
            assert fate.outcome.join_url


def results(report: LifeReport) -> dict[Result, int]:
    return dict(report.counts())


def by_row(report: LifeReport) -> dict[int, Fate]:
    return {fate.row: fate for fate in report.fates}
