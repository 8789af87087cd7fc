"""Go on with a run that was cut short, looking up whoever may have been sent already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zoomdesk.errors import EventUnusable, UsageError
from zoomdesk.registration import wording
from zoomdesk.registration.events import OnEvent, ignore
from zoomdesk.registration.journal import Journal, RunRecord
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.plan import Plan, make_plan
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.preflight import check_usable
from zoomdesk.registration.reconcile import Registry, from_list, read_lists
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
    multipart: bool = False,
    settle_seconds: float = 2.0,
) -> RunReport:
    """Finish a run and report all of its rows, those of before included.

    Nothing is sent before the event's lists were read: whoever is found on them is settled. A run
    whose rows are all settled asks Zoom nothing. ``multipart`` is today's setting: the run may have
    stopped because Zoom does not take that form any more. Raises UsageError for a run that is not
    there or was made against another Zoom, and the client's errors while the event is read.
    """
    record = journal.run(run_id)
    record = replace(record, options=replace(record.options, multipart=multipart))
    if record.realm != journal.realm:
        raise UsageError(
            f"The run {run_id} was made against another Zoom, or for practice.",
            hint="A practice run ends with its practice. For another Zoom set ZOOMDESK_API_URL.",
        )
    known = journal.outcomes(run_id)
    settled = [outcome for outcome in known if outcome.status not in _OPEN]
    done = {outcome.row for outcome in settled}
    people = [person for person in record.people if person.row not in done]
    stopped: EventUnusable | None = None
    try:
        plan = _nothing_to_do(record)
        if people:
            plan, stopped = _plan(journal, record, people, known, client, cancel)
    except Cancelled:
        return _stopped_early(record, known)
    run = Run(
        plan,
        record.ref,
        client,
        journal,
        run_id,
        on_event=on_event,
        cancel=cancel,
        earlier=known,
        settle_seconds=settle_seconds,
        obstacle=stopped,
    )
    return run.execute()


def _plan(
    journal: Journal,
    record: RunRecord,
    people: Sequence[Person],
    known: Sequence[Outcome],
    client: ZoomApi,
    cancel: CancelToken | None,
) -> tuple[Plan, EventUnusable | None]:
    event = client.event(record.ref, cancel=cancel)
    try:
        check_usable(event)
        obstacle, questions = None, client.questions(record.ref, cancel=cancel)
    except EventUnusable as error:
        # Nobody can be sent any more, yet whoever was sent may have a link to fetch.
        obstacle, questions = error, Questions()
    listed = read_lists(client, record.ref, cancel)
    waiting = {outcome.row for outcome in known if outcome.status is Status.PENDING}
    plan = make_plan(
        [person for person in people if person.row not in waiting],
        event,
        questions,
        listed,
        record.options,
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
