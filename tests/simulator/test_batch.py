"""Batch registration, with every unknown of zoom/README.md section 6 both ways."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.simulator.api import Api, error, people
from zoomdesk.simulator import SAMPLE_MEETING_ID, SAMPLE_WEBINAR_ID, Simulator, Tally

EVENT = SAMPLE_WEBINAR_ID
MANUAL = "81234567891"
ASKING = "81234567892"
BAD = {"email": "no-at-sign", "first_name": "Eve"}
HOST = {"email": "host@practice.example", "first_name": "Practice"}
GOOD = people("ada@example.com", "bob@example.com")
Behave = Callable[..., None]


def emails(response: requests.Response) -> list[str]:
    assert response.status_code in (200, 201), response.text
    return [row["email"] for row in response.json()["registrants"]]


def multipart(api: Api, **fields: str) -> requests.Response:
    parts = {name: (None, value) for name, value in fields.items()}
    return api.call("POST", f"/webinars/{EVENT}/batch_registrants", files=parts)


def test_everybody_gets_a_link_of_their_own(api: Api, sim: Simulator) -> None:
    sent = people(*(f"p{number}@example.com" for number in range(30)))
    response = api.batch(sent, auto_approve=True)
    assert response.status_code == 201
    rows = response.json()["registrants"]
    assert [row["email"] for row in rows] == [each["email"] for each in sent]
    assert len({row["join_url"] for row in rows}) == 30
    assert {row["registrant_id"]: row["join_url"].strip() for row in rows} == {
        each.id: each.join_url for each in sim.world.registrants(EVENT)
    }
    assert sim.world.tally(EVENT, "p0@example.com") == Tally(1, 1, 1)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("space", [True, False])
def test_the_forms_of_success(api: Api, behave: Behave, status: int, space: bool) -> None:
    behave(batch_status=status, join_url_leading_space=space)
    response = api.batch(GOOD)
    assert response.status_code == status
    assert response.json()["registrants"][0]["join_url"].startswith(" https" if space else "https")


def test_a_meeting_adds_pins_and_chooses_mail(api: Api, sim: Simulator) -> None:
    quiet = api.batch(GOOD, SAMPLE_MEETING_ID, "meetings", registrants_confirmation_email=False)
    assert isinstance(quiet.json()["registrants"][0]["participant_pin_code"], int)
    assert sim.world.tally(SAMPLE_MEETING_ID, "ada@example.com").mails == 0
    api.batch(people("eve@example.com"), SAMPLE_MEETING_ID, "meetings")
    assert sim.world.tally(SAMPLE_MEETING_ID, "eve@example.com").mails == 1


@pytest.mark.parametrize("approve", [True, False])
def test_auto_approve_matters_for_manual_approval(api: Api, sim: Simulator, approve: bool) -> None:
    rows = api.batch(GOOD, MANUAL, auto_approve=approve).json()["registrants"]
    assert all(("join_url" in row) is approve for row in rows)
    statuses = {each.status for each in sim.world.registrants(MANUAL)}
    assert statuses == {"approved" if approve else "pending"}


def test_auto_approve_cannot_hold_back_automatic_approval(api: Api, sim: Simulator) -> None:
    api.batch(GOOD, auto_approve=False)
    assert {each.status for each in sim.world.registrants(EVENT)} == {"approved"}


@pytest.mark.parametrize("shown", [True, False])
def test_e_pending_rows_have_a_join_url_or_not(api: Api, behave: Behave, shown: bool) -> None:
    behave(pending_rows_have_join_url=shown)
    rows = api.batch(GOOD, MANUAL).json()["registrants"]
    assert all(("join_url" in row) is shown for row in rows)


@pytest.mark.parametrize(
    ("event", "plural", "expected"),
    [
        (
            "81234567893",
            "webinars",
            (
                400,
                300,
                (
                    "This API can only be used for scheduled webinars (type 5). Batch registration "
                    "is not supported for other webinar types."
                ),
            ),
        ),
        (
            "91234567892",
            "meetings",
            (400, 303, "This API can only be used for scheduled meeting(meeting type: 2)."),
        ),
        ("80000000000", "webinars", (404, 3001, "Webinar does not exist: 80000000000.")),
    ],
)
def test_events_that_take_no_batch(
    api: Api, event: str, plural: str, expected: tuple[int, int, str]
) -> None:
    assert error(api.batch(GOOD, event, plural)) == expected


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"registrants": []},
        {"registrants": "ada@example.com"},
        {"registrants": ["ada@example.com"]},
        {"registrants": GOOD, "auto_approve": "true"},
        {"registrants": people(*(f"p{number}@example.com" for number in range(31)))},
    ],
    ids=["nothing", "nobody", "text", "texts", "approve as text", "31 people"],
)
def test_bodies_that_are_refused(api: Api, sim: Simulator, body: Any) -> None:
    response = api.call("POST", f"/webinars/{EVENT}/batch_registrants", json=body)
    assert error(response)[:2] == (400, 300)
    assert sim.world.registrants(EVENT) == []


def test_the_ledger_names_who_was_sent(api: Api, sim: Simulator) -> None:
    api.batch(GOOD, auto_approve=True)
    record = sim.requests[-1]
    assert (record.call, record.label, record.status) == ("batch", "Heavy", 201)
    assert record.emails == ("ada@example.com", "bob@example.com")
    assert record.body == {"registrants": GOOD, "auto_approve": True}


# (a) one bad, host or duplicate row


@pytest.mark.parametrize(
    ("row", "kind", "expected"),
    [
        (BAD, "bad", (400, 300, "Validation Failed.")),
        ({"email": "eve@example.com"}, "bad", (400, 300, "Validation Failed.")),
        (HOST, "host", (400, 3027, "Host cannot register.")),
        (
            {"email": "ADA@example.com", "first_name": "A"},
            "duplicate",
            (400, 300, "Validation Failed."),
        ),
    ],
    ids=["bad", "no first name", "host", "duplicate"],
)
@pytest.mark.parametrize("whole", ["all", "none", "this", "others"])
def test_a_batch_is_refused_whole_or_in_part(
    api: Api, sim: Simulator, behave: Behave, row: Any, kind: str, expected: Any, whole: str
) -> None:
    kinds = frozenset(("bad", "host", "duplicate"))
    choice = {"all": True, "none": False, "this": frozenset([kind]), "others": kinds - {kind}}
    behave(batch_refuses_whole=choice[whole])
    response = api.batch([*GOOD, row])
    if whole in ("all", "this"):
        assert error(response) == expected
        assert sim.world.registrants(EVENT) == []
        assert sim.world.tally(EVENT, "ada@example.com").mails == 0
    else:
        assert emails(response) == ["ada@example.com", "bob@example.com"]
        assert len(sim.world.registrants(EVENT)) == 2


def test_a_refused_batch_may_register_its_good_rows(
    api: Api, sim: Simulator, behave: Behave
) -> None:
    behave(refused_batch_keeps_good=True)
    assert error(api.batch([*GOOD, BAD])) == (400, 300, "Validation Failed.")
    people = sim.world.registrants(EVENT)
    assert [person.email for person in people] == ["ada@example.com", "bob@example.com"]
    assert sim.world.tally(EVENT, "ada@example.com").mails == 1


def test_a_duplicate_in_a_batch_is_visible(api: Api, sim: Simulator, behave: Behave) -> None:
    behave(batch_refuses_whole=False)
    api.batch(people("ada@example.com", "ada@example.com"))
    assert sim.world.tally(EVENT, "ada@example.com") == Tally(submitted=2, registered=1, mails=2)


@pytest.mark.parametrize("uses", [True, False])
def test_a_refused_batch_uses_the_allowance_or_not(api: Api, behave: Behave, uses: bool) -> None:
    behave(refused_rows_use_allowance=uses)
    for _ in range(3):
        assert api.batch([*GOOD, BAD]).status_code == 400
    assert api.batch(GOOD).status_code == (429 if uses else 201)


def test_a_private_address_where_only_work_counts(api: Api, sim: Simulator) -> None:
    sim.world.events[EVENT].work_email_only = True
    assert error(api.batch([*GOOD, *people("eve@gmail.com")]))[:2] == (400, 3034)
    assert len(emails(api.batch(GOOD))) == 2


# (b) the field path


@pytest.mark.parametrize(
    ("template", "field"),
    [
        ("{field}", "email"),
        ("registrants[{index}].{field}", "registrants[2].email"),
        ("registrants.{index}.{field}", "registrants.2.email"),
    ],
)
def test_b_the_path_of_a_bad_row(api: Api, behave: Behave, template: str, field: str) -> None:
    behave(error_field_path=template)
    assert api.batch([*GOOD, BAD]).json()["errors"] == [
        {"field": field, "message": "Invalid field."}
    ]


# (c) required questions


@pytest.mark.parametrize("blocks", [True, False])
def test_c_required_questions_block_a_batch_or_not(api: Api, behave: Behave, blocks: bool) -> None:
    behave(questions_block_batch=blocks)
    response = api.batch(GOOD, ASKING)
    if blocks:
        assert error(response) == (400, 300, "Validation Failed.")
        assert [each["field"] for each in response.json()["errors"]] == ["org", "custom_questions"]
    else:
        assert len(emails(response)) == 2
    assert api.batch(GOOD).status_code == 201


# (d) already registered and denied people


@pytest.mark.parametrize("returned", [True, False])
def test_d_people_who_are_registered_already(
    api: Api, sim: Simulator, behave: Behave, returned: bool
) -> None:
    behave(batch_returns_existing=returned)
    first = api.register("ada@example.com").json()
    rows = api.batch(GOOD).json()["registrants"]
    links = {row["email"]: row["join_url"].strip() for row in rows}
    assert links.get("ada@example.com") == (first["join_url"] if returned else None)
    assert "bob@example.com" in links
    assert sim.world.tally(EVENT, "ada@example.com") == Tally(submitted=2, registered=1, mails=2)


@pytest.mark.parametrize("returned", [True, False])
@pytest.mark.parametrize("action", ["deny", "cancel"])
def test_d_people_who_are_denied(api: Api, behave: Behave, action: str, returned: bool) -> None:
    behave(batch_returns_denied=returned)
    api.batch(GOOD)
    api.set_status(action, "ada@example.com")
    rows = {row["email"]: row for row in api.batch(GOOD).json()["registrants"]}
    assert ("ada@example.com" in rows) is returned
    assert "join_url" not in rows.get("ada@example.com", {})
    assert "join_url" in rows["bob@example.com"]


# (f) multipart


@pytest.mark.parametrize("accepted", [True, False])
def test_f_multipart_is_taken_or_not(
    api: Api, sim: Simulator, behave: Behave, accepted: bool
) -> None:
    behave(multipart_accepted=accepted)
    response = multipart(api, auto_approve="true", registrants=json.dumps(GOOD))
    if accepted:
        assert emails(response) == ["ada@example.com", "bob@example.com"]
        assert sim.requests[-1].emails == ("ada@example.com", "bob@example.com")
    else:
        assert error(response)[:2] == (400, 300)
        assert sim.world.registrants(EVENT) == []


def test_the_malformed_form_of_the_generated_clients(api: Api, sim: Simulator) -> None:
    response = multipart(api, auto_approve="true", registrants=f"true{json.dumps(GOOD)}")
    assert error(response)[:2] == (400, 300)
    response = multipart(api, auto_approve=f"true{json.dumps(GOOD)}")
    assert error(response)[:2] == (400, 300)
    assert sim.world.registrants(EVENT) == []


def test_the_published_postman_request(api: Api, shared: Any) -> None:
    path = shared / "zoom" / "batch_registrants.postman_collection.json"
    item = json.loads(path.read_text())["item"][0]
    fields = {each["key"]: each["value"] for each in item["request"]["body"]["formdata"]}
    response = multipart(api, **fields)
    assert len(emails(response)) == 2
    published = json.loads(item["response"][0]["body"])["registrants"][0]
    ours = response.json()["registrants"][0]
    assert ours.keys() == published.keys()
    assert ours["join_url"][:2] == published["join_url"][:2] == " h"


# answers that are hard to match


def test_answers_in_another_order(api: Api, behave: Behave) -> None:
    behave(shuffle_answers=True)
    sent = [f"p{number}@example.com" for number in range(20)]
    answered = emails(api.batch(people(*sent)))
    assert answered != sent
    assert sorted(answered) == sorted(sent)


def test_rows_left_out_of_the_answer_are_registered(
    api: Api, sim: Simulator, behave: Behave
) -> None:
    behave(omit_some_rows=0.5)
    answered = emails(api.batch(people(*(f"p{number}@example.com" for number in range(30)))))
    assert 0 < len(answered) < 30
    assert len(sim.world.registrants(EVENT)) == 30
