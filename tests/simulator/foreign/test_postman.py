"""Zoom's published request as Postman sends it: the simulator answers what Zoom documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.simulator.foreign.postman import Collection
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Fault, FaultKind, Simulator

Behave = Callable[..., None]


@pytest.fixture
def published(sim: Simulator, shared: Path) -> Collection:
    return Collection.filled_in(shared, sim.issue_token())


def test_the_published_request(
    sim: Simulator, published: Collection, behave: Behave, tmp_path: Path
) -> None:
    behave(batch_status=200)
    (sent,) = published.send(sim, tmp_path)
    assert sent.headers["User-Agent"].startswith("PostmanRuntime/")
    documented = json.loads(published.documented[200]["body"])["registrants"]
    wanted = json.loads(published.fields["registrants"])
    assert sent.status == 200
    assert sent.body.keys() == {"registrants"}
    assert [row["email"] for row in sent.body["registrants"]] == [row["email"] for row in wanted]
    for row in sent.body["registrants"]:
        assert row.keys() == documented[0].keys()
        assert row["join_url"].startswith(" https://"), "Zoom's example has a space there"
        found = sim.world.find(SAMPLE_WEBINAR_ID, row["email"])
        assert found is not None
        assert (found.id, found.join_url) == (row["registrant_id"], row["join_url"].strip())
    names = {(row["first_name"], row["last_name"]) for row in wanted}
    people = sim.world.registrants(SAMPLE_WEBINAR_ID)
    assert {(person.first_name, person.last_name) for person in people} == names


def test_the_malformed_value_of_the_generated_snippets(
    sim: Simulator, published: Collection, tmp_path: Path
) -> None:
    """``true[{...}]``, as the clients that were generated from the collection send it."""
    malformed = published.with_field("registrants", f"true{published.fields['registrants']}")
    (sent,) = malformed.send(sim, tmp_path)
    assert (sent.status, sent.body["code"]) == (400, 300)
    assert [error["field"] for error in sent.body["errors"]] == ["registrants"]
    assert sim.world.registrants(SAMPLE_WEBINAR_ID) == []


def test_where_the_form_is_not_taken_any_more(
    sim: Simulator, published: Collection, behave: Behave, tmp_path: Path
) -> None:
    behave(multipart_accepted=False)
    (sent,) = published.send(sim, tmp_path)
    assert (sent.status, sent.body["code"]) == (400, 300)


def test_the_published_errors(
    sim: Simulator, published: Collection, shared: Path, tmp_path: Path
) -> None:
    token = sim.issue_token()
    weekly = next(event for event in sim.world.webinars if event.type == 9)
    missing = Collection.filled_in(shared, token, "99999999999")
    recurring = Collection.filled_in(shared, token, weekly.id)
    stranger = Collection.filled_in(shared, "nobody's")
    sim.faults.add(Fault(FaultKind.RATE_REGISTRANT, call="batch", skip=2))
    sent = missing.followed_by(recurring, published, stranger).send(sim, tmp_path)
    assert {each.status for each in sent[:3]} == published.documented.keys() - {200}
    said = [(each.status, each.body["code"], each.body["message"]) for each in sent]
    assert said[0] == (404, 3001, "Webinar does not exist: 99999999999.")
    assert said[1][:2] == (400, 300)
    assert "scheduled webinars (type 5)" in said[1][2]
    assert said[2][:2] == (429, 429)
    assert "exceeded the daily rate limit" in said[2][2]
    assert said[3][:2] == (401, 124)
