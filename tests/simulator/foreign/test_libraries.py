"""Libraries that others wrote for the real Zoom, with the base address changed.

zoomus signs in as a Server-to-Server app; pyzoom checks what it reads against schemas of its own.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import datetime

import pytest

from zoomdesk.simulator import (
    ACCOUNT_ID,
    S2S_CLIENT_ID,
    S2S_CLIENT_SECRET,
    SAMPLE_MEETING_ID,
    SAMPLE_WEBINAR_ID,
    Simulator,
)

with warnings.catch_warnings():
    # What their own modules warn of while they are imported is theirs.
    warnings.simplefilter("ignore")
    import pyzoom
    import pyzoom.err
    import zoomus

# What pyzoom calls of pydantic's older names is its own affair.
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince20")

WEBINAR, MEETING = int(SAMPLE_WEBINAR_ID), int(SAMPLE_MEETING_ID)
BY_APPROVAL = 91234567891


@pytest.fixture
def us(sim: Simulator) -> zoomus.ZoomClient:
    return zoomus.ZoomClient(
        S2S_CLIENT_ID,
        S2S_CLIENT_SECRET,
        ACCOUNT_ID,
        base_uri=sim.api_url,
        oauth_uri=f"{sim.oauth_url}/token",
    )


@pytest.fixture
def py(sim: Simulator) -> pyzoom.ZoomClient:
    return pyzoom.ZoomClient(sim.issue_token(), "", base_url=sim.api_url)


def test_zoomus_signs_in_and_looks_around(us: zoomus.ZoomClient, sim: Simulator) -> None:
    assert us.user.get(id="me").json()["email"] == sim.world.host.email
    listed = us.webinar.list(user_id="me", page_size=300).json()["webinars"]
    assert WEBINAR in [each["id"] for each in listed]
    event = us.webinar.get(id=WEBINAR).json()
    assert (event["type"], event["settings"]["approval_type"]) == (5, 0)


@pytest.mark.parametrize(("room", "event"), [("webinar", WEBINAR), ("meeting", MEETING)])
def test_zoomus_registers(us: zoomus.ZoomClient, sim: Simulator, room: str, event: int) -> None:
    register, list_all = {
        "webinar": (us.webinar.register, us.webinar.get_registrants),
        "meeting": (us.meeting.add_registrant, us.meeting.list_registrants),
    }[room]
    answer = register(
        id=event, email="Ann@example.com", first_name="Ann", last_name="Lee", org="Kite"
    )
    assert answer.status_code == 201
    (row,) = list_all(id=event).json()["registrants"]
    assert (row["email"], row["org"], row["status"]) == ("Ann@example.com", "Kite", "approved")
    assert (row["id"], row["join_url"]) == (
        answer.json()["registrant_id"],
        answer.json()["join_url"],
    )
    assert sim.world.find(str(event), "ann@example.com") is not None


def test_zoomus_is_refused(us: zoomus.ZoomClient) -> None:
    host = {"email": "cohost@practice.example", "first_name": "Co", "last_name": "Host"}
    answer = us.webinar.register(id=WEBINAR, **host)
    assert (answer.status_code, answer.json()["code"]) == (400, 3027)
    missing = us.webinar.get(id=99999999999)
    assert (missing.status_code, missing.json()["code"]) == (404, 3001)


def test_zoomus_with_a_wrong_secret_gets_no_token(sim: Simulator) -> None:
    client = zoomus.ZoomClient(
        S2S_CLIENT_ID,
        "wrong",
        ACCOUNT_ID,
        base_uri=sim.api_url,
        oauth_uri=f"{sim.oauth_url}/token",
    )
    answer = client.user.get(id="me")
    assert (answer.status_code, answer.json()["code"]) == (401, 124)


def test_pyzoom_reads_meetings(py: pyzoom.ZoomClient) -> None:
    """Its schemas want every field that Zoom documents of them."""
    listed = py.meetings.list_meetings()
    assert MEETING in [meeting.id for meeting in listed.meetings]
    meeting = py.meetings.get_meeting(MEETING)
    assert (meeting.type, meeting.settings.approval_type) == (2, 0)
    assert datetime.fromisoformat(meeting.start_time).tzinfo is not None


def test_pyzoom_registers_and_lists_page_by_page(py: pyzoom.ZoomClient, sim: Simulator) -> None:
    """It sends null for each field that is left open, and reads 30 people a page."""
    sent = {
        f"guest{n}@example.com": py.meetings.add_meeting_registrant(
            MEETING, first_name=f"Guest{n}", last_name="Example", email=f"guest{n}@example.com"
        )
        for n in range(31)
    }
    assert all(answer.id == MEETING for answer in sent.values())
    pages = sum(each.call == "list_registrants" for each in sim.requests)
    listed = py.meetings.list_meeting_registrants(MEETING).registrants
    assert {row.email: row.id for row in listed} == {
        email: answer.registrant_id for email, answer in sent.items()
    }
    assert sum(each.call == "list_registrants" for each in sim.requests) - pages == 2


def test_pyzoom_approves_and_cancels(
    py: pyzoom.ZoomClient, sim: Simulator, behave: Callable[..., None]
) -> None:
    """It takes for granted that whoever waits is shown a link: section 6e, one of the two ways."""
    behave(pending_rows_have_join_url=True)
    ann = {"first_name": "Ann", "last_name": "Lee", "email": "ann@example.com"}
    answer = py.meetings.add_and_confirm_registrant(BY_APPROVAL, **ann)
    found = sim.world.find(str(BY_APPROVAL), ann["email"])
    assert found is not None
    assert (found.id, found.status) == (answer.registrant_id, "approved")
    py.meetings.cancel_registration(BY_APPROVAL, registrant_id=found.id, email=ann["email"])
    found = sim.world.find(str(BY_APPROVAL), ann["email"])
    assert found is not None
    assert found.status == "cancelled"


def test_pyzoom_knows_the_errors(py: pyzoom.ZoomClient, sim: Simulator) -> None:
    with pytest.raises(pyzoom.err.NotFound, match="Meeting does not exist: 99999999999"):
        py.meetings.get_meeting(99999999999)
    with pytest.raises(pyzoom.err.BadRequest, match="Invalid field"):
        py.meetings.add_meeting_registrant(MEETING, first_name="A", last_name="B", email="nobody")
    sim.expire_tokens()
    with pytest.raises(pyzoom.err.NotAuthorized, match="expired"):
        py.meetings.list_meetings()
