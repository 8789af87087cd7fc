"""Every call against a simulated Zoom over real HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.zoom.conftest import MEETING, WEBINAR
from zoomdesk.errors import EventUnusable, MissingScope, ZoomRefused, ZoomUnreachable
from zoomdesk.simulator import Behaviour, Simulator
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.faults import BatchRefused, OutcomeUnknown, RegistrantLimitReached, RowRefused
from zoomdesk.zoom.models import Registrant
from zoomdesk.zoom.pacing import HEADROOM, Label, Pacer
from zoomdesk.zoom.tokens import FixedToken

MANUAL_WEBINAR = EventRef(EventKind.WEBINAR, "81234567891")
SERIES = EventRef(EventKind.WEBINAR, "81234567893")
UNREGISTERED = EventRef(EventKind.WEBINAR, "81234567895")


def people(count: int, name: str = "p") -> list[Registrant]:
    return [Registrant(f"{name}{i}@x.example", f"P{i}", "Q") for i in range(count)]


def behave(simulator: Simulator, **changes: object) -> None:
    simulator.behaviour = replace(simulator.behaviour, **changes)  # type: ignore[arg-type]  # by name


def test_me(client: ZoomClient) -> None:
    found = client.me()
    assert found.email == "host@practice.example"
    assert found.account_id == "practice-account"


def test_events_of_both_kinds(client: ZoomClient) -> None:
    webinars = client.events(EventKind.WEBINAR)
    meetings = client.events(EventKind.MEETING)
    assert WEBINAR in [event.ref for event in webinars]
    assert MEETING in [event.ref for event in meetings]
    without_time = {event.type for event in webinars + meetings if event.start is None}
    assert without_time == {6, 3}
    assert all(event.topic for event in webinars + meetings)


def test_event_and_questions(client: ZoomClient) -> None:
    event = client.event(WEBINAR)
    assert (event.approval_type, event.takes_batches) == (0, True)
    assert event.alternative_hosts == ("cohost@practice.example",)
    asked = client.questions(EventRef(EventKind.WEBINAR, "81234567892"))
    assert asked.required == {"last_name", "org"}
    assert asked.custom_required == ("How did you hear of us?",)
    assert not client.event(SERIES).takes_batches
    assert len(client.event(SERIES).occurrences) == 4


@pytest.mark.parametrize("multipart", [False, True])
@pytest.mark.parametrize("ref", [WEBINAR, MEETING], ids=["webinar", "meeting"])
def test_batch(client: ZoomClient, simulator: Simulator, ref: EventRef, multipart: bool) -> None:
    answers = client.register_batch(
        ref, people(30), auto_approve=True, confirmation_email=False, multipart=multipart
    )
    assert {answer.email for answer in answers} == {p.email for p in people(30)}
    assert all(answer.join_url.startswith("https://") for answer in answers)
    registered = {person.id for person in simulator.world.registrants(ref.id)}
    assert {answer.registrant_id for answer in answers} == registered
    mails = {tally.mails for tally in simulator.world.tallies(ref.id).values()}
    # A meeting is told not to mail; a webinar goes by its own setting.
    assert mails == ({1} if ref.kind is EventKind.WEBINAR else {0})


@pytest.mark.parametrize("status", [200, 201])
def test_any_2xx_is_a_yes(client: ZoomClient, simulator: Simulator, status: int) -> None:
    behave(simulator, batch_status=status)
    assert len(client.register_batch(WEBINAR, people(2), auto_approve=True)) == 2


def test_people_who_must_wait_have_no_link(client: ZoomClient) -> None:
    answers = client.register_batch(MANUAL_WEBINAR, people(2), auto_approve=False)
    assert [answer.join_url for answer in answers] == ["", ""]
    assert all(answer.registrant_id for answer in answers)
    assert {each.email for each in client.registrants(MANUAL_WEBINAR, "pending")} == {
        "p0@x.example",
        "p1@x.example",
    }
    assert list(client.registrants(MANUAL_WEBINAR, "approved")) == []


@pytest.mark.parametrize("count", [0, 31])
def test_batch_of_a_wrong_size_is_not_sent(
    client: ZoomClient, simulator: Simulator, count: int
) -> None:
    with pytest.raises(ValueError, match="1 to 30"):
        client.register_batch(WEBINAR, people(count), auto_approve=True)
    assert simulator.requests == []


def test_one_person_with_all_fields(client: ZoomClient, simulator: Simulator) -> None:
    person = Registrant(
        "ann@x.example", "Ann", "Ňg", {"org": "Office", "phone": ""}, {"Why?": "Because"}
    )
    answer = client.register_one(WEBINAR, person)
    assert answer.email == "ann@x.example"
    stored = simulator.world.find(WEBINAR.id, "ann@x.example")
    assert stored is not None
    assert (stored.last_name, stored.answers, stored.id) == (
        "Ňg",
        {"org": "Office"},
        answer.registrant_id,
    )
    assert stored.custom_answers == [{"title": "Why?", "value": "Because"}]


def test_occurrences_are_named(client: ZoomClient, simulator: Simulator) -> None:
    chosen = [each.id for each in client.event(SERIES).occurrences[1:3]]
    client.register_one(SERIES, people(1)[0], chosen)
    stored = simulator.world.find(SERIES.id, "p0@x.example")
    assert stored is not None
    assert stored.occurrences == chosen


def test_list_of_many_pages(client: ZoomClient, simulator: Simulator) -> None:
    everybody = people(640)
    for start in range(0, len(everybody), 30):
        client.register_batch(WEBINAR, everybody[start : start + 30], auto_approve=True)
    found = list(client.registrants(WEBINAR, "approved"))
    assert [each.email for each in found] == [person.email for person in everybody]
    assert all(each.created and each.join_url and each.id for each in found)
    pages = [r for r in simulator.requests if r.call == "list_registrants"]
    assert len(pages) == 3


def test_refusal_of_the_event(client: ZoomClient) -> None:
    with pytest.raises(EventUnusable, match="Registration not enabled") as caught:
        client.register_batch(UNREGISTERED, people(1), auto_approve=True)
    assert (caught.value.http, caught.value.zoom_code) == (400, 3000)
    with pytest.raises(EventUnusable, match="type 5"):
        client.register_batch(SERIES, people(1), auto_approve=True)
    with pytest.raises(EventUnusable, match="does not exist"):
        client.event(EventRef(EventKind.WEBINAR, "99999999999"))


def test_id_that_is_no_number_leads_nowhere_else(client: ZoomClient) -> None:
    with pytest.raises(ZoomRefused):
        client.event(EventRef(EventKind.WEBINAR, "../users/me"))
    with pytest.raises(EventUnusable, match="Invalid webinar id"):
        client.event(EventRef(EventKind.WEBINAR, "81234567890?x=1"))


def test_refusal_of_a_person(client: ZoomClient) -> None:
    host = Registrant("host@practice.example", "Practice", "Host")
    with pytest.raises(RowRefused, match="Host cannot register") as row:
        client.register_one(WEBINAR, host)
    assert (row.value.http, row.value.zoom_code, row.value.known) == (400, 3027, True)
    with pytest.raises(BatchRefused, match="Host cannot register"):
        client.register_batch(WEBINAR, [host, *people(2)], auto_approve=True)
    with pytest.raises(BatchRefused, match="Host cannot register"):
        client.register_batch(WEBINAR, [host], auto_approve=True)


def test_refusal_names_the_fields(client: ZoomClient, simulator: Simulator) -> None:
    behave(simulator, error_field_path="registrants[{index}].{field}")
    with pytest.raises(BatchRefused) as batch:
        client.register_batch(
            WEBINAR, [*people(1), Registrant("no address", "A")], auto_approve=True
        )
    assert batch.value.fields == ("registrants[1].email",)
    with pytest.raises(RowRefused) as row:
        client.register_one(WEBINAR, Registrant("no address", "A"))
    assert row.value.fields == ("email",)


@pytest.mark.parametrize(("named", "email"), [(True, "p0@x.example"), (False, "")])
def test_three_requests_a_day(
    client: ZoomClient, simulator: Simulator, named: bool, email: str
) -> None:
    behave(simulator, limit_names_registrant=named)
    for _ in range(3):
        client.register_one(WEBINAR, people(1)[0])
    with pytest.raises(RegistrantLimitReached) as single:
        client.register_one(WEBINAR, people(1)[0])
    assert single.value.email == "p0@x.example"
    with pytest.raises(RegistrantLimitReached) as batch:
        client.register_batch(WEBINAR, people(2), auto_approve=True)
    assert batch.value.email == email


def test_missing_scope(simulator: Simulator, endpoints: Endpoints) -> None:
    token = FixedToken(simulator.issue_token(scopes=("user:read:user",)))
    with ZoomClient(token, endpoints, pacer=Pacer("business")) as client:
        assert client.me().id
        with pytest.raises(MissingScope) as caught:
            client.register_batch(WEBINAR, people(1), auto_approve=True)
    assert "webinar:write:batch_registrants" in caught.value.hint


def test_multipart_that_zoom_takes_no_more(client: ZoomClient, simulator: Simulator) -> None:
    behave(simulator, multipart_accepted=False)
    with pytest.raises(Exception, match="JSON object") as caught:
        client.register_batch(WEBINAR, people(1), auto_approve=True, multipart=True)
    assert "multipart" in getattr(caught.value, "hint", "")


@pytest.mark.parametrize("elsewhere", ["https://zoom.us.evil.example", "http://127.0.0.1:9"])
def test_address_of_the_token_is_used_where_it_may_be_trusted(
    simulator: Simulator, endpoints: Endpoints, elsewhere: str
) -> None:
    """Zoom names its address without the version; a strange one is never given the token."""
    for named in (simulator.url, elsewhere):
        token = FixedToken(simulator.issue_token(), named)
        with ZoomClient(token, endpoints, pacer=Pacer("pro")) as client:
            assert client.me().id
    assert [record.path for record in simulator.requests] == ["/v2/users/me"] * 2


@contextmanager
def saying(body: str) -> Iterator[ZoomClient]:
    """Speak with a server that answers 200 and the same body to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_GET  # noqa: N815  the name is the library's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its own name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        endpoints = Endpoints(f"{url}/v2", f"{url}/oauth")
        with ZoomClient(FixedToken("t"), endpoints, pacer=Pacer("business")) as client:
            yield client
        server.shutdown()
        thread.join()


def test_list_without_an_end_is_not_followed_for_ever() -> None:
    with (
        saying('{"registrants": [], "next_page_token": "again"}') as client,
        pytest.raises(ZoomUnreachable, match="does not come to an end"),
    ):
        list(client.registrants(WEBINAR))


def test_answer_without_its_list_is_not_an_empty_list() -> None:
    """A gateway's ``{}`` must not read as "nobody is registered yet"."""
    with saying("{}") as client, pytest.raises(ZoomUnreachable, match="does not hold the list"):
        list(client.registrants(WEBINAR))


@pytest.mark.parametrize("body", ["{}", '{"registrants": null}', '{"id": 81234567890}'])
def test_yes_that_names_nobody_is_no_answer(body: str) -> None:
    with saying(body) as client:
        with pytest.raises(OutcomeUnknown):
            client.register_batch(WEBINAR, people(1), auto_approve=True)
        with pytest.raises(OutcomeUnknown):
            client.register_one(WEBINAR, people(1)[0])


def test_odd_rows_of_an_answer_are_left_out() -> None:
    body = '{"registrants": [7, null, {"email": "P0@X.example", "registrant_id": "r"}]}'
    with saying(body) as client:
        (answer,) = client.register_batch(WEBINAR, people(2), auto_approve=True)
    assert (answer.email, answer.registrant_id, answer.join_url) == ("P0@X.example", "r", "")


def test_nobody_listens() -> None:
    nowhere = Endpoints("http://127.0.0.1:9/v2", "http://127.0.0.1:9/oauth")
    with (
        ZoomClient(FixedToken("t"), nowhere, pacer=Pacer("pro")) as client,
        pytest.raises(ZoomUnreachable, match=r"no connection to 127\.0\.0\.1"),
    ):
        client.register_one(WEBINAR, people(1)[0])


def test_limit_that_the_headers_name_is_learned(simulator: Simulator) -> None:
    simulator.behaviour = Behaviour()
    pacer = Pacer("free")
    endpoints = Endpoints(simulator.api_url, simulator.oauth_url)
    with ZoomClient(FixedToken(simulator.issue_token()), endpoints, pacer=pacer) as client:
        client.me()
    assert pacer.calls_per_second(Label.LIGHT) == pytest.approx(30 * HEADROOM)


def test_lists_of_one_date(client: ZoomClient) -> None:
    event = client.event(SERIES)
    first, second = (each.id for each in event.occurrences[:2])
    assert (event.registration_type, event.recurs) == (3, True)
    client.register_one(SERIES, Registrant("ann@example.com", "Ann"), [second])
    assert list(client.registrants(SERIES, occurrence_id=first)) == []
    (ann,) = client.registrants(SERIES, occurrence_id=second)
    assert ann.email == "ann@example.com"
