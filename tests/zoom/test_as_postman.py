"""The saved collection has the shape of Zoom's published one, and sends what was sent."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.simulator.foreign.postman import NEWMAN
from tests.zoom.failing import SECRETS, refused_batch, refused_row
from zoomdesk.simulator import Simulator
from zoomdesk.zoom.as_postman import SCHEMA, as_postman
from zoomdesk.zoom.failed_call import FailedCall


def send(item: dict[str, Any], variables: dict[str, str]) -> requests.Response:
    """Send a request of a collection as Postman does: variables put in, URL from its parts."""

    def fill(text: str) -> str:
        for name, value in variables.items():
            text = text.replace("{{" + name + "}}", value)
        return text

    request = item["request"]
    url = "/".join(map(fill, [*request["url"]["host"], *request["url"]["path"]]))
    params = {each["key"]: each["value"] for each in request["url"].get("query", [])}
    headers = {each["key"]: each["value"] for each in request["header"]}
    headers["Authorization"] = f"Bearer {variables['token']}"
    body = request.get("body", {})
    files = [(part["key"], (None, part["value"])) for part in body.get("formdata", [])]
    return requests.request(
        request["method"],
        url,
        params=params,
        headers=headers,
        data=body.get("raw"),
        files=files or None,
        timeout=20,
    )


@pytest.mark.parametrize("multipart", [False, True])
def test_collection_sends_the_call_again(simulator: Simulator, multipart: bool) -> None:
    call = refused_batch(simulator, multipart=multipart)
    text = as_postman([call, refused_row(simulator)])
    assert not [secret for secret in (*SECRETS, "host@", "Petrova") if secret in text]
    collection = json.loads(text)
    assert collection["info"]["schema"] == SCHEMA
    variables = {each["key"]: each["value"] for each in collection["variable"]}
    assert variables == {"baseUrl": simulator.api_url, "token": ""}
    variables["token"] = simulator.issue_token()
    first = collection["item"][0]
    answer = send(first, variables)
    assert answer.status_code in (201, 400)
    sent = simulator.requests[-1].body
    if multipart:
        sent = {name: json.loads(value) for name, value in sent.items()}
    assert sent == call.body
    example = first["response"][0]
    assert (example["code"], example["status"]) == (400, "Bad Request")
    assert json.loads(example["body"])["code"] == 3027
    assert call.tracking in json.dumps(example["header"])


def test_shape_is_that_of_the_published_collection(simulator: Simulator, shared: Path) -> None:
    published = json.loads(
        (shared / "zoom/batch_registrants.postman_collection.json").read_text(encoding="utf-8")
    )
    theirs = published["item"][0]
    ours = json.loads(as_postman([refused_batch(simulator, multipart=True)]))
    assert ours["info"]["schema"] == published["info"]["schema"]
    item = ours["item"][0]
    assert theirs.keys() <= item.keys()
    assert theirs["request"].keys() - {"auth", "header"} <= item["request"].keys()
    assert theirs["request"]["url"].keys() - {"variable"} == item["request"]["url"].keys()
    assert theirs["request"]["body"].keys() == item["request"]["body"].keys()
    fields = [part["key"] for part in item["request"]["body"]["formdata"]]
    assert fields == [part["key"] for part in theirs["request"]["body"]["formdata"]]
    assert theirs["response"][0].keys() == item["response"][0].keys()


def test_call_without_an_answer_or_a_body() -> None:
    call = FailedCall("", "GET", "https://x/v2", "/users/me", {"page_size": "1"}, words="no answer")
    item = json.loads(as_postman([call]))["item"][0]
    assert item["response"] == []
    assert "body" not in item["request"]
    assert item["request"]["url"]["raw"] == "{{baseUrl}}/users/me?page_size=1"
    assert json.loads(as_postman([]))["item"] == []


def test_postmans_own_runner_sends_it(simulator: Simulator, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not NEWMAN.exists():
        pytest.skip("needs node and newman (packaging/README.md)")
    calls = [refused_batch(simulator), refused_batch(simulator, multipart=True)]
    path = tmp_path / "collection.json"
    path.write_text(as_postman(calls), encoding="utf-8")
    before = len(simulator.requests)
    token = f"token={simulator.issue_token()}"
    subprocess.run(
        [node, str(NEWMAN), "run", str(path), "--env-var", token],
        check=True,
        capture_output=True,
        timeout=60,
    )
    sent, as_form = (record.body for record in simulator.requests[before:])
    assert sent == {name: json.loads(text) for name, text in as_form.items()} == calls[0].body
