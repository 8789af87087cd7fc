"""What is kept of a call that failed: enough for Zoom's support, and nobody's name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.zoom.conftest import WEBINAR
from tests.zoom.failing import SECRETS, ZUZANA, client, refused_batch, refused_row
from zoomdesk.errors import MissingScope, SignInRequired, ZoomUnreachable
from zoomdesk.logfile import LogFile
from zoomdesk.simulator import Fault, FaultKind, Simulator
from zoomdesk.zoom.failed_call import FailedCall, Sent, tracking_id
from zoomdesk.zoom.faults import OutcomeUnknown, RegistrantLimitReached
from zoomdesk.zoom.placeholders import Placeholders


def test_refused_batch_keeps_its_shape_and_nobody(simulator: Simulator) -> None:
    call = refused_batch(simulator)
    assert (call.method, call.form, call.base) == ("POST", "json", simulator.api_url)
    assert call.path == f"/webinars/{WEBINAR.id}/batch_registrants"
    assert call.people == 3
    assert call.body == {
        "auto_approve": True,
        "registrants": [
            {"email": f"person{n}@example.com", "first_name": "Person", "last_name": f"Number {n}"}
            for n in (1, 2, 1)  # the same address is the same placeholder
        ],
    }
    assert (call.http, call.code) == (400, 3027)
    assert call.answer["message"] == call.words == "Host cannot register."
    assert call.tracking.startswith("v=2.0;")
    text = json.dumps(call.to_json(), ensure_ascii=False)
    assert not [secret for secret in (*SECRETS, "host@") if secret in text]
    assert FailedCall.from_json(json.loads(text)) == call
    assert call.id == refused_batch(simulator).id


def test_multipart_is_kept_as_the_object_that_it_stands_for(simulator: Simulator) -> None:
    json_call, call = refused_batch(simulator), refused_batch(simulator, multipart=True)
    assert (call.form, call.body) == ("multipart", json_call.body)
    assert call.id != json_call.id


def test_words_of_zoom_lose_who_they_name(simulator: Simulator) -> None:
    simulator.faults.add(Fault(FaultKind.RATE_REGISTRANT, call="register"))
    with client(simulator) as (zoom, kept), pytest.raises(RegistrantLimitReached) as caught:
        zoom.register_one(WEBINAR, ZUZANA)
    assert "zuzana@novak.example" in caught.value.message.lower()
    assert "(person1@example.com)" in kept[0].words
    assert "novak" not in json.dumps(kept[0].to_json()).lower()


def test_fields_that_nobody_thought_of_are_replaced_too() -> None:
    people = Placeholders()
    body = {
        "email": "zuzana@novak.example",
        "address": "Bärenstraße 3",
        "phone": "0049 171 1",
        "last_name": "",
        "future_field": {"inner": ["Zuzana", 7, None, True]},
        "custom_questions": [{"title": "Who sent you?", "value": "Zuzana Nováková"}],
    }
    assert people.body(body) == {
        "email": "person1@example.com",
        "address": "text",
        "phone": "5550100",
        "last_name": "",
        "future_field": {"inner": ["text", 7, None, True]},
        "custom_questions": [{"title": "Who sent you?", "value": "text"}],
    }
    said = (
        "ZUZANA@novak.example at Bärenstraße 3 or eve@x.example is no. See https://x.example/a?b=c"
    )
    assert people.words(said) == "person1@example.com at text or <address> is no. See <link>"


def test_query_and_path_keep_what_names_nobody() -> None:
    params = {"status": "pending", "page_size": "300", "next_page_token": "eyJ", "new": "Zuzana"}
    sent = Sent("GET", "https://x/v2", "/users/ann@x.example/webinars", params, None, None)
    call = sent.failed("2026-01-01T00:00:00+00:00", 5, words="no answer")
    assert call.query == {
        "status": "pending",
        "page_size": "300",
        "next_page_token": "NEXT_PAGE_TOKEN",
        "new": "text",
    }
    assert call.path == "/users/person1@example.com/webinars"
    assert (call.form, call.body, call.people) == ("", None, 0)
    assert "no answer" in call.describe()


@pytest.mark.parametrize("header", ["", "a b", "ann@x.example", "x" * 200, "é"])
def test_tracking_id_is_one_or_nothing(header: str) -> None:
    assert tracking_id(header) == ""
    assert tracking_id("v=2.0;clid=us02;rid=WEB_0f") == "v=2.0;clid=us02;rid=WEB_0f"


def test_call_that_succeeds_in_the_end_is_no_failed_call(simulator: Simulator) -> None:
    simulator.faults.add(Fault(FaultKind.SERVER_ERROR, call="me"))
    with client(simulator) as (zoom, kept):
        assert zoom.me().email
    assert kept == []


@pytest.mark.parametrize(
    ("kind", "http", "says"),
    [("cut_after", 0, "broke"), ("server_error", 502, "could not be read"), ("garbage", 201, "")],
)
def test_answer_that_tells_nothing_is_kept_as_what_it_was(
    simulator: Simulator, kind: str, http: int, says: str
) -> None:
    simulator.faults.add(Fault(FaultKind(kind), call="register", times=None))
    with client(simulator) as (zoom, kept), pytest.raises(OutcomeUnknown):
        zoom.register_one(WEBINAR, ZUZANA)
    assert (kept[0].http, kept[0].answer) == (http, {})
    assert says in kept[0].words


def test_session_that_ends_and_scope_that_lacks_come_with_their_call(simulator: Simulator) -> None:
    with client(simulator, "user:read:user") as (zoom, kept):
        with pytest.raises(MissingScope) as lacking:
            zoom.event(WEBINAR)
        simulator.expire_tokens()
        with pytest.raises(SignInRequired) as ended:
            zoom.me()
    assert lacking.value.failed_call == kept[0]
    assert "webinar:read:webinar" in kept[0].words
    assert ended.value.failed_call == kept[1]
    assert (kept[1].http, kept[1].path) == (401, "/users/me")


def test_nobody_listens(simulator: Simulator) -> None:
    with client(simulator) as (zoom, kept):
        simulator.stop()
        with pytest.raises(ZoomUnreachable):
            zoom.me()
    assert kept[0].http == 0
    assert "no connection" in kept[0].words


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"when": "x"},
        {"when": 1, "method": "GET", "base": "", "path": "/"},
        {"when": "", "method": "GET", "base": "", "path": "/", "body": []},
        {"when": "", "method": "GET", "base": "", "path": "/", "http": "400"},
    ],
)
def test_record_of_something_else_is_none(raw: dict[str, object]) -> None:
    assert FailedCall.from_json(raw) is None


def test_every_call_is_one_line_of_the_log_without_anybody(
    simulator: Simulator, tmp_path: Path
) -> None:
    log = LogFile(tmp_path, "calls")
    try:
        refused = refused_batch(simulator)
        refused_row(simulator)
        with client(simulator) as (zoom, _):
            zoom.me()
            list(zoom.registrants(WEBINAR))
        log.set_level("problems")
        with client(simulator) as (zoom, _):
            zoom.me()
            simulator.stop()
            with pytest.raises(ZoomUnreachable):
                zoom.me()
    finally:
        log.close()
    lines = log.path.read_text(encoding="utf-8").splitlines()
    batch = f"POST /webinars/{WEBINAR.id}/batch_registrants 400 code 3027"
    assert batch in lines[0]
    assert lines[0].endswith(f" ms {refused.tracking}")
    assert " INFO " in lines[2]
    assert "GET /users/me 200 " in lines[2]
    assert lines[3].count(f"GET /webinars/{WEBINAR.id}/registrants 200") == 1
    assert "?" not in lines[3]
    assert len(lines) == 4 + 3
    assert all("no answer (There is no connection" in line for line in lines[4:])
    text = "\n".join(lines)
    assert not [secret for secret in (*SECRETS, "@") if secret in text]
