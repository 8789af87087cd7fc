"""Judge by the lists what became of somebody whom a call was made for. Pure."""

from __future__ import annotations

from dataclasses import replace

from zoomdesk.registration.lifecycle import wording
from zoomdesk.registration.lifecycle.acts import Act
from zoomdesk.registration.lifecycle.calls import Call, Said
from zoomdesk.registration.lifecycle.fates import Fate, Result
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.reconcile import from_list
from zoomdesk.roster.table import Person
from zoomdesk.zoom.models import Listed


def fates(act: Act, call: Call, listed: Listed | None) -> list[Fate]:
    """Return what became of every row of a person; ``listed`` is what the lists say now."""
    return [_fate(act, call, person, listed) for person in call.target.people]


def _fate(act: Act, call: Call, person: Person, listed: Listed | None) -> Fate:
    if act.is_done(listed):
        outcome = _changed(act, person, listed)
        return Fate(person.row, person.email, Result.DONE, outcome, outcome.message)
    result = Result.UNCONFIRMED if call.said is Said.UNKNOWN else Result.FAILED
    message = _why(call, listed)
    # The row says what is so, not what was asked for: a link that still works stays.
    as_listed = replace(from_list(person, listed, ours=True), message=message) if listed else None
    return Fate(person.row, person.email, result, as_listed, message)


def _changed(act: Act, person: Person, listed: Listed | None) -> Outcome:
    if act is Act.APPROVE and listed is not None:
        return from_list(person, listed, ours=True)
    if act is Act.DELETE:
        return Outcome(person.row, person.email, Status.DELETED)
    status = Status.DENIED if act is Act.DENY else Status.CANCELLED
    registrant_id = listed.id if listed is not None else ""
    return Outcome(person.row, person.email, status, registrant_id=registrant_id)


def _why(call: Call, listed: Listed | None) -> str:
    if call.words:
        return call.words
    if call.said is Said.UNKNOWN:
        return wording.NOT_CONFIRMED
    return wording.UNCHANGED if listed else wording.UNLISTED
