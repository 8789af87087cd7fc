"""Go on with a run that was cut short, looking up whoever may have been sent already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zoomdesk.errors import EventUnusable, UsageError
from zoomdesk.registration import wording
from zoomdesk.registration.baton import Timing
from zoomdesk.registration.dates import check_dates_left, dates_left, settle_dates
from zoomdesk.registration.events import Finished, OnEvent, ignore
from zoomdesk.registration.journal import CallKind, Journal, RunRecord
from zoomdesk.registration.lingering import SETTLE_SECONDS, settled_lists
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.plan import Plan, make_plan
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.preflight import check_usable
from zoomdesk.registration.reconcile import Registry, from_list
from zoomdesk.registration.report import EventName, RunReport
from zoomdesk.registration.run import Run
from zoomdesk.roster.table import Person
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.models import Event, Questions

_OPEN = {Status.NOT_SENT, Status.PENDING}
"""Outcomes that may be better today: both are looked up again, and only the first may be sent."""


def resume(
    journal: Journal,
    run_id: str,
    client: ZoomApi,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
    pause: PauseSwitch | None = None,
    multipart: bool = False,
    settle_seconds: float = SETTLE_SECONDS,
    at_once: Mapping[CallKind, int] | None = None,
    others: Timing | None = None,
) -> RunReport:
    """Finish a run and report all of its rows, those of before included.

    Nothing is sent before the event's lists were read, again after a pause where a call of before
    may still be under way (``settle_seconds``, see lingering): whoever is found on them is settled.
    A run whose rows are all settled asks Zoom nothing. ``multipart`` is today's setting: the run
    may have stopped because Zoom does not take that form any more. ``at_once``, ``pause`` and
    ``others`` are as for a Run. Raises UsageError for a run that is not there or was made against
    another Zoom, and the client's errors while the event is read.
    """
    if journal.run(run_id).realm != journal.realm:
        raise UsageError(
            f"The run {run_id} was made against another Zoom, or for practice.",
            hint="A practice run ends with its practice. For another Zoom set ZOOMDESK_API_URL.",
        )
    # Claimed before anything is read: whoever held it until now may have sent everybody meanwhile.
    with journal.claim(run_id):
        record = journal.run(run_id)
        record = replace(record, options=replace(record.options, multipart=multipart))
        known = journal.outcomes(run_id)
        try:
            plan, obstacle = _plan(journal, record, known, client, cancel, settle_seconds)
        except Cancelled:
            return _stopped_early(record, known)
        report = Run(
            plan,
            record.ref,
            client,
            journal,
            run_id,
            on_event=on_event,
            cancel=cancel,
            pause=pause,
            earlier=known,
            settle_seconds=settle_seconds,
            obstacle=obstacle,
            at_once=at_once,
            others=others,
        ).carry_out()
    on_event(Finished(report))
    return report


def _plan(
    journal: Journal,
    record: RunRecord,
    known: Sequence[Outcome],
    client: ZoomApi,
    cancel: CancelToken | None,
    settle_seconds: float,
) -> tuple[Plan, EventUnusable | None]:
    done = {outcome.row for outcome in known if outcome.status not in _OPEN}
    people = [person for person in record.people if person.row not in done]
    if not people:
        return _nothing_to_do(record), None
    event = client.event(record.ref, cancel=cancel)
    dates = dates_left(event, record.options.occurrence_ids)
    try:
        check_usable(event)
        check_dates_left(event, record.options.occurrence_ids)
        obstacle, questions = None, client.questions(record.ref, cancel=cancel)
    except EventUnusable as error:
        # Nobody can be sent any more, yet whoever was sent may have a link to fetch.
        obstacle, questions = error, Questions()
    options = replace(record.options, occurrence_ids=dates)
    listed = settled_lists(
        client,
        record.ref,
        journal,
        ours=record.id,
        cancel=cancel,
        settle_seconds=settle_seconds,
        dates=settle_dates(event, dates),
    )
    waiting = {outcome.row for outcome in known if outcome.status is Status.PENDING}
    plan = make_plan(
        [person for person in people if person.row not in waiting],
        event,
        questions,
        listed,
        options,
        journal.tries(record.ref),
        sent_before=journal.sent_keys(record.id),
        alone=journal.refused_keys(record.id),
    )
    approved = _waiting(people, known, Registry.of(listed))
    plan = replace(plan, settled=(*plan.settled, *approved))
    return (plan.without_calls(obstacle.message) if obstacle else plan), obstacle


def _waiting(
    people: Sequence[Person], known: Sequence[Outcome], registry: Registry
) -> list[Outcome]:
    """Return what became of those who waited for approval; they are not sent again."""
    waiting = {outcome.row for outcome in known if outcome.status is Status.PENDING}
    return [
        from_list(person, listed, ours=True)
        for person in people
        if person.row in waiting and (listed := registry.find(person.email))
    ]


def _stopped_early(record: RunRecord, known: Sequence[Outcome]) -> RunReport:
    """Report what is known where the person stopped before anything was asked."""
    outcomes = {
        person.row: Outcome(person.row, person.email, Status.NOT_SENT, message=wording.STOPPED)
        for person in record.people
    } | {outcome.row: outcome for outcome in known}
    name = EventName.of(record.ref, record.topic)
    rows = tuple(outcomes[row] for row in sorted(outcomes))
    return RunReport(record.id, name, rows, cancelled=True)


def _nothing_to_do(record: RunRecord) -> Plan:
    event = Event(record.ref, record.topic, None, 0, 0, "")
    return Plan(event, record.options)
