"""What nobody has established about Zoom (zoom/README.md section 6), each way round.

Whichever way Zoom behaves, the rows end alike.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.registration.office import EVENTS, WEBINAR, Office, by_row, people, person
from zoomdesk.registration.outcome import Status
from zoomdesk.simulator import Question

BOTH = [True, False]
GUESTS = people(34)
HOST = "late-host@example.com"


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("whole", BOTH)
@pytest.mark.parametrize("path", ["{field}", "registrants[{index}].{field}"])
def test_a_b_one_bad_row(office: Office, event: str, whole: bool, path: str) -> None:
    ref = EVENTS[event]
    office.behave(batch_refuses_whole=whole, error_field_path=path)
    guests = [*GUESTS[:20], person(50, "not-an-address"), *GUESTS[20:]]
    report = office.register(guests, ref)
    assert report.counts() == {Status.REGISTERED: 34, Status.FAILED: 1}
    bad = by_row(report)[50]
    assert "Validation Failed." in bad.message
    assert "(email)" in bad.message


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("whole", BOTH)
def test_a_a_host_who_became_one_after_the_plan(office: Office, event: str, whole: bool) -> None:
    ref = EVENTS[event]
    office.behave(batch_refuses_whole=whole)
    guests = [*GUESTS[:5], person(60, HOST), *GUESTS[5:]]
    run = office.run_of(guests, ref)
    office.sim.world.events[ref.id].alternative_hosts = (HOST,)
    report = run.execute()
    office.check(report, guests)
    assert report.counts() == {Status.REGISTERED: 34, Status.FAILED: 1}
    assert "Host cannot register." in by_row(report)[60].message


@pytest.mark.parametrize("whole", BOTH)
def test_a_private_addresses_where_only_work_addresses_may(office: Office, whole: bool) -> None:
    office.behave(batch_refuses_whole=whole)
    office.sim.world.events[WEBINAR.id].work_email_only = True
    guests = [*people(10), person(50, "ann@gmail.com"), person(51, "bob@outlook.com")]
    report = office.register(guests)
    assert report.counts() == {Status.REGISTERED: 10, Status.FAILED: 2}
    assert "work email address" in by_row(report)[51].message


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("blocks", BOTH)
def test_c_required_questions(office: Office, event: str, blocks: bool) -> None:
    ref = EVENTS[event]
    office.behave(questions_block_batch=blocks)
    office.sim.world.events[ref.id].questions = (Question("last_name", True), Question("org", True))
    guests = [*people(3, org="Blue Kite"), *people(2, start=10), person(40, "ann@example.com")]
    report = office.register(guests, ref)
    assert report.counts() == {Status.REGISTERED: 3, Status.NOT_SENT: 3}
    assert "“Company”" in by_row(report)[40].message
    assert office.sent("batch") == 0


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("existing", BOTH)
def test_d_somebody_registers_by_hand_after_the_plan(
    office: Office, event: str, existing: bool
) -> None:
    """Mails are counted by the simulator for a repeated request, too: that one is Zoom's affair."""
    ref = EVENTS[event]
    office.behave(batch_returns_existing=existing)
    office.sim.world.events[ref.id].confirmation_email = False
    run = office.run_of(GUESTS, ref, confirmation_email=False)
    office.by_hand(GUESTS[3:6], ref)
    report = run.execute()
    office.check(report, GUESTS)
    assert report.counts() == {Status.REGISTERED: 34}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("returned", BOTH)
@pytest.mark.parametrize("refused", BOTH)
@pytest.mark.parametrize("extra", [{}, {"org": "Blue Kite"}])
def test_d_somebody_is_denied_after_the_plan(
    office: Office, event: str, returned: bool, refused: bool, extra: dict[str, str]
) -> None:
    ref, guests = EVENTS[event], people(6, **extra)
    office.behave(batch_returns_denied=returned, single_refuses_denied=refused)
    office.register(guests[:1], ref)
    world = office.sim.world
    run = office.run_of(guests[1:], ref)
    office.by_hand(guests[1:2], ref)
    found = world.find(ref.id, guests[1].email)
    assert found is not None
    world.put(ref.id, replace(found, status="denied"))
    report = run.execute()
    office.check(report, guests[1:])
    assert report.complete
    wanted = Status.FAILED if extra and refused else Status.DENIED
    assert report.counts() == {Status.REGISTERED: 4, wanted: 1}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("shown", BOTH)
@pytest.mark.parametrize("approve", BOTH)
@pytest.mark.parametrize("extra", [{}, {"org": "Blue Kite"}])
def test_e_people_who_wait_for_approval(
    office: Office, event: str, shown: bool, approve: bool, extra: dict[str, str]
) -> None:
    """A link of somebody who waits never reaches the sheet, whether Zoom shows one or not."""
    ref, guests = EVENTS[event], people(5, **extra)
    office.behave(pending_rows_have_join_url=shown)
    office.sim.world.events[ref.id].approval_type = 1
    report = office.register(guests, ref, auto_approve=approve)
    approved = approve and not extra
    wanted = Status.REGISTERED if approved else Status.PENDING
    assert report.complete
    assert report.counts() == {wanted: 5}
    again = office.register(guests, ref, auto_approve=approve)
    wanted = Status.ALREADY_REGISTERED if approved else Status.PENDING
    assert again.counts() == {wanted: 5}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("accepted", BOTH)
def test_f_the_multipart_form(office: Office, event: str, accepted: bool) -> None:
    """Where the form is not taken any more, the run stops with the remedy, and a resume is JSON."""
    office.behave(multipart_accepted=accepted)
    report = office.register(people(6), EVENTS[event], multipart=True)
    if not accepted:
        assert report.stopped is not None
        assert "multipart" in report.stopped.hint
        assert report.counts() == {Status.NOT_SENT: 6}
        report = office.resume(report, people(6))
    assert report.counts() == {Status.REGISTERED: 6}


@pytest.mark.parametrize("share", [0.3, 1.0])
@pytest.mark.parametrize("event", EVENTS)
def test_rows_that_an_answer_leaves_out(office: Office, event: str, share: float) -> None:
    office.behave(omit_some_rows=share, shuffle_answers=True, seed=5)
    report = office.register(people(50), EVENTS[event])
    assert report.counts() == {Status.REGISTERED: 50}
    assert (office.sent("batch"), office.sent("register")) == (2, 0)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("space", BOTH)
def test_status_and_leading_space(office: Office, status: int, space: bool) -> None:
    office.behave(batch_status=status, join_url_leading_space=space)
    assert office.register(people(3)).counts() == {Status.REGISTERED: 3}


def test_masked_lists_never_give_a_link_to_somebody_else(office: Office) -> None:
    """Half of the answers are left out and the list hides who they were: said, not guessed."""
    office.behave(omit_some_rows=0.5, mask_guest_emails=True, seed=1)
    guests = people(30)
    report = office.run_of(guests).execute()
    event = WEBINAR.id
    for outcome in report.outcomes:
        found = office.sim.world.find(event, outcome.email)
        assert found is not None
        assert outcome.join_url in ("", found.join_url)
    hidden = [o for o in report.outcomes if o.status is Status.NOT_SENT]
    assert 0 < len(hidden) < 30
    assert all("hides addresses" in outcome.message for outcome in hidden)
    office.check_nobody_twice(event)
    assert (office.sent("batch"), office.sent("register")) == (1, 0)
