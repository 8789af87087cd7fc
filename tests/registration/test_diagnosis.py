"""From a run, or one of its people, to the failed call, without keeping who it was about."""

from __future__ import annotations

import json

import pytest

from tests.registration.office import WEBINAR, Office, people
from zoomdesk.errors import UsageError
from zoomdesk.registration import diagnosis
from zoomdesk.registration.outcome import Status
from zoomdesk.simulator import Fault, FaultKind
from zoomdesk.zoom.failed_calls import FailedCalls


@pytest.fixture
def kept(office: Office) -> FailedCalls:
    """Return the record of the office's failed calls."""
    kept = FailedCalls(None)
    office.client._caller._on_failed = kept.add
    return kept


def test_call_of_a_person_who_failed_is_found(office: Office, kept: FailedCalls) -> None:
    guests = people(3, org="x")  # alone, each by a call of their own
    office.sim.faults.add(Fault(FaultKind.CODE_IN_BODY, call="register", skip=1, code=300))
    office.sim.faults.add(Fault(FaultKind.RATE_REGISTRANT, call="register", skip=1))
    report = office.register(guests, WEBINAR)
    failed = [o for o in report.outcomes if o.status in (Status.FAILED, Status.NOT_SENT)]
    assert failed
    entries = kept.entries()
    found = diagnosis.of_person(office.journal, report.run, failed[0].email, entries)
    assert found is not None
    assert found.call.path == f"/webinars/{WEBINAR.id}/registrants"
    assert found.call.people == 1
    assert "guest" not in json.dumps(found.call.to_json())
    fine = next(o for o in report.outcomes if o.status is Status.REGISTERED)
    assert diagnosis.of_person(office.journal, report.run, fine.email, entries) is None


def test_calls_of_a_run_are_those_about_its_event(office: Office, kept: FailedCalls) -> None:
    office.sim.faults.add(Fault(FaultKind.SERVER_ERROR, call="batch", times=None, code=300))
    report = office.register(people(3), WEBINAR)
    entries = kept.entries()
    found = diagnosis.of_run(office.journal, report.run, entries)
    assert [entry.call.http for entry in found] == [502] * len(found)
    assert found
    assert diagnosis.of_run(office.journal, report.run, ()) == []
    failed = diagnosis.of_person(office.journal, report.run, "Guest1@EXAMPLE.com ", entries)
    assert failed is not None
    assert failed.call.path.endswith("/batch_registrants")
    assert diagnosis.of_person(office.journal, report.run, "eve@example.com", entries) is None
    with pytest.raises(UsageError):
        diagnosis.of_run(office.journal, "2026-01-01-0000", entries)
