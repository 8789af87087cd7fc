"""curl, as people try an API out: the batch as JSON and as the legacy form."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from zoomdesk.simulator import SAMPLE_MEETING_ID, SAMPLE_WEBINAR_ID, Simulator

ANN = {"email": "ann@example.com", "first_name": "Ann", "last_name": "Lee"}
BOB = {"email": "bob@example.com", "first_name": "Bob"}
EVENTS = {"webinars": SAMPLE_WEBINAR_ID, "meetings": SAMPLE_MEETING_ID}


def curl(sim: Simulator, path: str, *words: str) -> tuple[int, dict[str, Any]]:
    """Return status and body."""
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    token = f"Authorization: Bearer {sim.issue_token()}"
    done = subprocess.run(
        ["curl", "-sS", "-w", "\n%{http_code}", "-H", token, *words, sim.api_url + path],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    body, _, status = done.stdout.rpartition("\n")
    return int(status), json.loads(body)


@pytest.mark.parametrize("plural", EVENTS)
@pytest.mark.parametrize("encoding", ["json", "multipart", "chunked"])
def test_a_batch(sim: Simulator, plural: str, encoding: str) -> None:
    people = [ANN, BOB]
    body = json.dumps({"auto_approve": True, "registrants": people})
    words = {
        "json": ["--json", body],
        "multipart": ["-F", "auto_approve=true", "-F", f"registrants={json.dumps(people)}"],
        "chunked": ["--json", body, "-H", "Transfer-Encoding: chunked"],
    }[encoding]
    status, answer = curl(sim, f"/{plural}/{EVENTS[plural]}/batch_registrants", *words)
    assert status == 201
    more = {"participant_pin_code"} if plural == "meetings" else set()
    for row, person in zip(answer["registrants"], people, strict=True):
        assert row.keys() == {"registrant_id", "email", "join_url"} | more
        assert row["email"] == person["email"]
    listed = curl(sim, f"/{plural}/{EVENTS[plural]}/registrants")[1]["registrants"]
    assert {row["email"]: row["join_url"] for row in listed} == {
        row["email"]: row["join_url"].strip() for row in answer["registrants"]
    }


def test_form_fields_are_no_json(sim: Simulator) -> None:
    path = f"/webinars/{SAMPLE_WEBINAR_ID}/batch_registrants"
    status, answer = curl(sim, path, "-d", "auto_approve=true", "-d", "registrants=[]")
    assert (status, answer["code"]) == (400, 300)
    assert "valid JSON object" in answer["message"]


def test_one_person(sim: Simulator) -> None:
    path = f"/webinars/{SAMPLE_WEBINAR_ID}/registrants"
    status, answer = curl(sim, path, "--json", json.dumps(ANN))
    assert status == 201
    assert answer.keys() == {"id", "registrant_id", "join_url", "start_time", "topic"}
    status, answer = curl(sim, path, "--json", '{"email": "nobody", "first_name": "N"}')
    assert (status, answer["code"]) == (400, 300)
    assert answer["errors"] == [{"field": "email", "message": "Invalid field."}]
