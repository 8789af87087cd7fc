"""Faults that come in crowds: several lost answers, a person's tries, lists that fail as well.

Each fault alone, and every pair of them, is in the matrix (``matrix/``).
"""

from __future__ import annotations

import pytest

from tests.registration.office import EVENTS, Office, by_row, people
from zoomdesk.registration.outcome import Status
from zoomdesk.roster.table import Person
from zoomdesk.simulator import Fault, FaultKind


def guests_for(call: str) -> list[Person]:
    return people(65) if call == "batch" else people(5, org="Blue Kite")


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("call", ["batch", "register"])
@pytest.mark.parametrize("after", [FaultKind.CUT_AFTER, FaultKind.CUT_BEFORE])
def test_two_lost_answers_in_a_row(office: Office, event: str, call: str, after: FaultKind) -> None:
    """The second try, too, gets no answer: what the list does not confirm is said so."""
    ref, guests = EVENTS[event], guests_for(call)
    calls = 3 if call == "batch" else len(guests)
    office.sim.faults.add(Fault(FaultKind.CUT_BEFORE, call=call, times=2 * calls))
    report = office.run_of(guests, ref).execute()
    office.check(report, guests)
    assert report.complete
    unconfirmed = [o for o in report.outcomes if o.status is Status.NOT_SENT]
    assert unconfirmed
    assert all(o.message.startswith("Not confirmed") for o in unconfirmed)
    tries = office.journal.tries(ref)
    assert {tries[outcome.email] for outcome in unconfirmed} == {2}
    office.sim.faults.clear()
    office.sim.faults.add(Fault(after, call=call, times=1))
    # A third and last try of the day, in a new run; its lost answer leads to the list, not to Zoom.
    last = office.register([g for g in guests if by_row(report)[g.row] in unconfirmed], ref)
    assert max(office.journal.tries(ref).values()) == 3
    assert last.counts()[Status.REGISTERED] >= 1


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("event", EVENTS)
def test_a_person_whose_tries_are_used_up_holds_up_nobody(
    office: Office, event: str, named: bool
) -> None:
    ref, guests = EVENTS[event], people(40)
    office.behave(limit_names_registrant=named)
    for _ in range(3):
        office.sim.world.use(
            "registration", ref.id, guests[7].email, office.now().date().isoformat()
        )
    report = office.register(guests, ref)
    assert report.complete
    assert report.counts() == {Status.REGISTERED: 39, Status.NOT_SENT: 1}
    left_out = by_row(report)[guests[7].row]
    assert left_out.status is Status.NOT_SENT
    assert "00:00 GMT" in left_out.message


@pytest.mark.parametrize("event", EVENTS)
def test_a_single_call_over_the_persons_limit(office: Office, event: str) -> None:
    ref, guests = EVENTS[event], people(4, org="Blue Kite")
    office.sim.faults.add(Fault(FaultKind.RATE_REGISTRANT, call="register", skip=1))
    report = office.register(guests, ref)
    assert report.counts() == {Status.REGISTERED: 3, Status.NOT_SENT: 1}


def test_lists_that_fail_too_stop_the_run_and_nothing_is_sent_blindly(office: Office) -> None:
    """After a lost answer the list cannot be read either: the rows wait for the resume."""
    guests = people(60)
    run = office.run_of(guests)
    office.sim.faults.add(
        Fault(FaultKind.CUT_AFTER, call="batch", times=1),
        Fault(FaultKind.SERVER_ERROR, call="list_registrants", times=9),
    )
    report = run.execute()
    office.check(report, guests)
    assert report.stopped is not None
    assert report.counts() == {Status.REGISTERED: 30, Status.NOT_SENT: 30}
    assert all("did not arrive" in o.message for o in report.outcomes if not o.join_url)
    assert office.sent("batch") == 2
    done = office.resume(report, guests)
    assert done.counts() == {Status.REGISTERED: 60}
    assert office.sent("batch") == 2
