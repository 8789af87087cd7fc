"""The calls that change who is registered, against a simulated Zoom over real HTTP."""

from __future__ import annotations

import pytest

from tests.zoom.conftest import WEBINAR
from tests.zoom.test_client import MANUAL_WEBINAR, SERIES, behave, people
from zoomdesk.errors import EventUnusable, MissingScope
from zoomdesk.simulator import Fault, FaultKind, Simulator
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.faults import BatchRefused, OutcomeUnknown, RegistrantLimitReached, RowRefused
from zoomdesk.zoom.models import Listed, ListedStatus, StatusAction
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken


def register(client: ZoomClient, count: int, ref: EventRef = WEBINAR) -> list[Listed]:
    for person in people(count):
        client.register_one(ref, person)
    return [each for status in STATUSES for each in client.registrants(ref, status)]


STATUSES: tuple[ListedStatus, ...] = ("approved", "pending", "denied")


@pytest.mark.parametrize(
    ("action", "status"), [("approve", "approved"), ("deny", "denied"), ("cancel", "cancelled")]
)
def test_status_is_changed(
    client: ZoomClient, simulator: Simulator, action: StatusAction, status: str
) -> None:
    listed = register(client, 3, MANUAL_WEBINAR)
    client.set_status(MANUAL_WEBINAR, action, listed[:2])
    after = [each.status for each in simulator.world.registrants(MANUAL_WEBINAR.id)]
    assert after == [status, status, "pending"]


def test_masked_addresses_are_not_sent(client: ZoomClient, simulator: Simulator) -> None:
    register(client, 2)
    behave(simulator, mask_guest_emails=True)
    masked = list(client.registrants(WEBINAR))
    client.set_status(WEBINAR, "deny", masked)
    assert simulator.requests[-1].body["registrants"] == [{"id": each.id} for each in masked]
    assert {each.status for each in simulator.world.registrants(WEBINAR.id)} == {"denied"}


@pytest.mark.parametrize("count", [0, 31])
def test_too_few_and_too_many_are_not_sent(
    client: ZoomClient, simulator: Simulator, count: int
) -> None:
    (listed,) = register(client, 1)
    sent = len(simulator.requests)
    with pytest.raises(ValueError, match="1 to 30"):
        client.set_status(WEBINAR, "deny", [listed] * count)
    with pytest.raises(ValueError, match="has an ID"):
        client.delete_registrant(WEBINAR, "")
    assert len(simulator.requests) == sent


def test_refusals_concern_the_run_the_batch_or_the_person(
    client: ZoomClient, simulator: Simulator
) -> None:
    listed = register(client, 2)
    client.set_status(WEBINAR, "deny", listed)
    simulator.world.events[WEBINAR.id].restrict_number = 1
    with pytest.raises(EventUnusable, match="maximum attendee capacity") as full:
        client.set_status(WEBINAR, "approve", listed)
    assert (full.value.http, full.value.zoom_code) == (400, 3035)
    behave(simulator, status_out_of_turn="refused")
    with pytest.raises(BatchRefused):
        client.set_status(WEBINAR, "cancel", listed)
    with pytest.raises(RowRefused):
        client.set_status(WEBINAR, "cancel", listed[:1])
    client.delete_registrant(WEBINAR, listed[0].id)
    with pytest.raises(RowRefused, match="was not found") as gone:
        client.delete_registrant(WEBINAR, listed[0].id)
    assert (gone.value.http, gone.value.zoom_code, gone.value.known) == (404, 3000, True)


def test_ten_changes_a_day(client: ZoomClient, simulator: Simulator) -> None:
    behave(simulator, status_daily_limit=1)
    listed = register(client, 1)
    client.set_status(WEBINAR, "deny", listed)
    with pytest.raises(RegistrantLimitReached) as limit:
        client.set_status(WEBINAR, "approve", listed)
    assert limit.value.email == "p0@x.example"


@pytest.mark.parametrize(
    "kind", [FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER, FaultKind.SERVER_ERROR]
)
def test_without_an_answer_nothing_is_sent_again(
    client: ZoomClient, simulator: Simulator, kind: FaultKind
) -> None:
    listed = register(client, 1)
    simulator.faults.add(Fault(kind, call="status"), Fault(kind, call="delete_registrant"))
    with pytest.raises(OutcomeUnknown):
        client.set_status(WEBINAR, "deny", listed)
    with pytest.raises(OutcomeUnknown):
        client.delete_registrant(WEBINAR, listed[0].id)
    calls = [request.call for request in simulator.requests]
    assert (calls.count("status"), calls.count("delete_registrant")) == (1, 1)


def test_an_empty_answer_is_a_yes(client: ZoomClient, simulator: Simulator) -> None:
    listed = register(client, 1)
    simulator.faults.add(Fault(FaultKind.EMPTY, call="status"))
    client.set_status(WEBINAR, "deny", listed)
    assert [each.status for each in client.registrants(WEBINAR, "denied")] == ["denied"]


def test_one_person_is_looked_up(client: ZoomClient, simulator: Simulator) -> None:
    behave(simulator, cancelled_listed_as_denied=False)
    (listed,) = register(client, 1)
    client.set_status(WEBINAR, "cancel", [listed])
    assert not list(client.registrants(WEBINAR, "denied"))
    found = client.registrant(WEBINAR, listed.id)
    assert found is not None
    assert (found.email, found.status) == ("p0@x.example", "denied")
    assert client.registrant(WEBINAR, "../..") is None
    assert client.registrant(WEBINAR, "unknown") is None


def test_one_date_is_named(client: ZoomClient, simulator: Simulator) -> None:
    dates = [each.id for each in client.event(SERIES).occurrences[:2]]
    client.register_one(SERIES, people(1)[0], dates)
    (listed,) = client.registrants(SERIES)
    client.set_status(SERIES, "cancel", [listed], occurrence_id=dates[0])
    assert simulator.requests[-1].query == {"occurrence_id": dates[0]}
    assert not list(client.registrants(SERIES, occurrence_id=dates[0]))
    client.delete_registrant(SERIES, listed.id, occurrence_id=dates[1])
    assert simulator.requests[-1].query == {"occurrence_id": dates[1]}


def test_missing_scopes_are_named(simulator: Simulator, endpoints: Endpoints) -> None:
    token = FixedToken(simulator.issue_token(scopes=("user:read:user",)))
    listed = Listed("id", "a@x.example", "", "", "approved", "", None)
    with ZoomClient(token, endpoints, pacer=Pacer("business")) as client:
        with pytest.raises(MissingScope) as status:
            client.set_status(WEBINAR, "deny", [listed])
        with pytest.raises(MissingScope) as delete:
            client.delete_registrant(WEBINAR, "id")
    assert "webinar:update:registrant_status" in status.value.hint
    assert "webinar:delete:registrant" in delete.value.hint


def test_whether_the_event_mails(client: ZoomClient) -> None:
    assert client.event(WEBINAR).email_notification is True
