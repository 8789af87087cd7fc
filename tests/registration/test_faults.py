"""Every fault of the wire, on batches and on single calls, for webinars and meetings.

Whatever happens, after the run and as many resumes as it takes: everybody has the link that Zoom
has, nobody was registered or mailed twice, nobody was sent more than three times.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.registration.office import EVENTS, Office, by_row, people
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.report import RunReport
from zoomdesk.roster.table import Person
from zoomdesk.simulator import Fault, FaultKind

# kind, further values of the fault, whether the run stops by it
MATRIX = [
    (FaultKind.LATENCY, {"seconds": 0.05}, False),
    (FaultKind.RATE_SECOND, {}, False),
    (FaultKind.RATE_DAY, {}, True),
    (FaultKind.SERVER_ERROR, {"applied": False}, False),
    (FaultKind.SERVER_ERROR, {"applied": True, "html": False, "status": 500}, False),
    (FaultKind.CUT_BEFORE, {}, False),
    (FaultKind.CUT_AFTER, {}, False),
    (FaultKind.HANG, {"seconds": 1.0}, False),
    (FaultKind.GARBAGE, {}, False),
    (FaultKind.TRUNCATED, {}, False),
    (FaultKind.EMPTY, {}, False),
    (FaultKind.CODE_IN_BODY, {"applied": False}, False),
    (FaultKind.CODE_IN_BODY, {"applied": True}, False),
]
NAMES = [f"{kind}-{values}" for kind, values, _ in MATRIX]


def finish(office: Office, report: RunReport, guests: Sequence[Person]) -> RunReport:
    """Resume until the run is complete; each try is a day later for the faults, too."""
    for _ in range(5):
        if report.complete:
            return report
        report = office.resume(report, guests)
    raise AssertionError(f"the run does not come to its end: {report.stopped}")


def guests_for(call: str) -> list[Person]:
    return people(65) if call == "batch" else people(5, org="Blue Kite")


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("call", ["batch", "register"])
@pytest.mark.parametrize(("kind", "values", "stops"), MATRIX, ids=NAMES)
def test_one_fault(
    office: Office, event: str, call: str, kind: FaultKind, values: dict[str, object], stops: bool
) -> None:
    ref, guests = EVENTS[event], guests_for(call)
    office.sim.faults.add(Fault(kind, call=call, skip=1, **values))  # type: ignore[arg-type]  # mixed
    report = office.register(guests, ref)
    assert office.sim.faults.struck() == 1
    assert (report.stopped is not None) == stops
    report = finish(office, report, guests)
    refused = kind is FaultKind.CODE_IN_BODY and call == "register" and not values["applied"]
    # A single refusal under HTTP 200 is final unless the list knows the person.
    assert report.counts()[Status.FAILED] == int(refused)
    assert report.counts()[Status.REGISTERED] == len(guests) - int(refused)
    if kind is FaultKind.CODE_IN_BODY and refused:
        failed = next(o for o in report.outcomes if o.status is Status.FAILED)
        assert "The request could not be completed." in failed.message


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


PAIRS = [
    (FaultKind.CUT_AFTER, FaultKind.CUT_AFTER),
    (FaultKind.CUT_AFTER, FaultKind.RATE_DAY),
    (FaultKind.CUT_BEFORE, FaultKind.CODE_IN_BODY),
    (FaultKind.CODE_IN_BODY, FaultKind.CUT_AFTER),
    (FaultKind.GARBAGE, FaultKind.SERVER_ERROR),
    (FaultKind.RATE_REGISTRANT, FaultKind.EMPTY),
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
@pytest.mark.parametrize("where", ["one after the other", "batch, then single"])
def test_faults_in_pairs(office: Office, first: FaultKind, second: FaultKind, where: str) -> None:
    guests = people(50)
    call = "batch" if where == "one after the other" else "register"
    office.sim.faults.add(Fault(first, call="batch"), Fault(second, call=call))
    report = finish(office, office.register(guests), guests)
    settled = report.counts()
    assert settled[Status.REGISTERED] >= len(guests) - 1
    assert sum(settled.values()) == len(guests)
