"""Replies have the keys and types of Zoom's published examples, ../shared/zoom/samples."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.api import Api, people
from zoomdesk.simulator import SAMPLE_MEETING_ID, SAMPLE_WEBINAR_ID

ASKING = "81234567892"
WEEKLY_WEBINAR = "81234567893"
WEEKLY_MEETING = "91234567892"
# The samples' dates went through .NET; Zoom sends 2026-03-22T05:59:09Z.
DOTNET_TIME = re.compile(r"\d{4}-\d\d-\d\dT")
ZOOM_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
MAIN_KEYS = {
    "users-{userId}_GET": {"id", "email", "account_id", "display_name", "type", "timezone"},
    "users-{userId}-webinars_GET": {"next_page_token", "total_records", "webinars"},
    "users-{userId}-meetings_GET": {"next_page_token", "total_records", "meetings"},
    "{plural}-{id}_GET": {
        "id",
        "topic",
        "type",
        "start_time",
        "duration",
        "settings",
        "host_email",
    },
    "{plural}-{id}-registrants-questions_GET": {"questions", "custom_questions"},
    "{plural}-{id}-registrants_GET": {"next_page_token", "page_size", "registrants"},
    "{plural}-{id}-registrants-{registrantId}_GET": {"id", "email", "status", "join_url"},
    "{plural}-{id}-registrants_POST": {"id", "registrant_id", "join_url", "topic", "start_time"},
    "{plural}-{id}-batch_registrants_POST": {"registrants"},
}


def differences(ours: Any, sample: Any, where: str = "$") -> list[str]:
    """Return where our reply has a key or a type that the sample has not."""
    if type(ours) is not type(sample):
        return [f"{where}: {type(ours).__name__}, the sample has {type(sample).__name__}"]
    found = []
    if isinstance(ours, dict):
        found += [f"{where}.{key}: not in the sample" for key in ours.keys() - sample.keys()]
        for key in ours.keys() & sample.keys():
            found += differences(ours[key], sample[key], f"{where}.{key}")
    elif isinstance(ours, list) and sample:
        for index, row in enumerate(ours):
            found += differences(row, sample[0], f"{where}[{index}]")
    elif isinstance(ours, str) and DOTNET_TIME.match(sample) and not ZOOM_TIME.fullmatch(ours):
        found.append(f"{where}: {ours} is no time of Zoom's")
    return found


def reply(api: Api, name: str, kind: str, event: str) -> Any:
    """Make the call that a sample's name stands for, and return its answer."""
    people_path = f"/{kind}s/{event}/registrants"
    match name:
        case "users-{userId}_GET":
            return api.get("/users/me").json()
        case "users-{userId}-webinars_GET" | "users-{userId}-meetings_GET":
            return api.get(f"/users/me/{name[15:-4]}").json()
        case "{plural}-{id}_GET":
            return api.get(f"/{kind}s/{event}").json()
        case "{plural}-{id}-registrants-questions_GET":
            return api.get(f"{people_path}/questions").json()
        case "{plural}-{id}-batch_registrants_POST":
            return api.batch(people("ada@example.com"), event, f"{kind}s").json()
    answers: dict[str, Any] = {
        "org": "Engines",
        "custom_questions": [{"title": "How did you hear of us?", "value": "Elsewhere"}],
    }
    made = api.register("ada@example.com", event, f"{kind}s", **answers).json()
    if name.endswith("registrants_POST"):
        return made
    if name.endswith("registrants_GET"):
        return api.get(people_path).json()
    return api.get(f"{people_path}/{made['registrant_id']}").json()


EVENTS = [
    ("webinar", SAMPLE_WEBINAR_ID),
    ("webinar", ASKING),
    ("webinar", WEEKLY_WEBINAR),
    ("meeting", SAMPLE_MEETING_ID),
    ("meeting", WEEKLY_MEETING),
]
CASES = [
    (name, kind, event)
    for name in MAIN_KEYS
    for kind, event in EVENTS
    if "batch" not in name or event not in (WEEKLY_WEBINAR, WEEKLY_MEETING)
]


@pytest.mark.parametrize(("name", "kind", "event"), CASES)
def test_replies_are_like_the_samples(
    api: Api, shared: Path, name: str, kind: str, event: str
) -> None:
    file = name.replace("{plural}-{id}", f"{kind}s-{{{kind}Id}}") + ".json"
    sample = json.loads((shared / "zoom" / "samples" / file).read_text("utf-8"))
    ours = reply(api, name, kind, event)
    assert differences(ours, sample) == []
    assert MAIN_KEYS[name] <= ours.keys()


def test_differences_are_seen() -> None:
    sample = {"a": 1, "rows": [{"when": "2022-03-22T05:59:09.0+00:00"}]}
    assert differences({"a": 1, "rows": [{"when": "2026-03-22T05:59:09Z"}]}, sample) == []
    assert differences({"a": "1"}, sample) == ["$.a: str, the sample has int"]
    assert differences({"b": 1}, sample) == ["$.b: not in the sample"]
    assert len(differences({"rows": [{"when": "yesterday"}]}, sample)) == 1
