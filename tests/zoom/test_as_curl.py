"""The copied command does run: by real curl in a real shell, against a running Zoom of ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from tests.zoom.failing import SECRETS, refused_batch, refused_row
from zoomdesk.simulator import Simulator
from zoomdesk.zoom.as_curl import SHELLS, Shell, as_curl, safe_json
from zoomdesk.zoom.failed_call import FailedCall

AWKWARD = {
    "email": "person1@example.com",
    "custom_questions": [
        {"title": 'It\'s "50 %" & <more> | ^y! `$HOME` \\ ünï \n ok?', "value": ""}
    ],
}


@pytest.fixture
def batch(simulator: Simulator) -> FailedCall:
    return refused_batch(simulator)


def run(command: str, simulator: Simulator) -> str:
    """Fill in a token and run the command as somebody who pasted it; return what it printed."""
    if shutil.which("curl") is None or shutil.which("bash") is None:
        pytest.skip("needs curl and bash")
    filled = command.replace("{{token}}", simulator.issue_token())
    done = subprocess.run(
        ["bash", "-c", filled], capture_output=True, text=True, timeout=30, check=True
    )
    return done.stdout


def last(simulator: Simulator) -> Any:
    return simulator.requests[-1]


@pytest.mark.parametrize("multipart", [False, True])
def test_batch_is_sent_again_as_it_was_but_for_the_people(
    simulator: Simulator, multipart: bool
) -> None:
    call = refused_batch(simulator, multipart=multipart)
    printed = run(as_curl(call), simulator)
    assert " 400 " in printed.splitlines()[0] or " 201 " in printed.splitlines()[0]
    assert "x-zm-trackingid" in printed.lower()
    record = last(simulator)
    assert (record.method, record.path) == ("POST", f"/v2{call.path}")
    body = record.body
    if multipart:
        body = {name: json.loads(text) for name, text in body.items()}
    assert body == call.body
    assert record.emails == ("person1@example.com", "person2@example.com", "person1@example.com")


def test_row_goes_through_the_shell_whatever_stands_in_it(simulator: Simulator) -> None:
    call = replace(refused_row(simulator), body=AWKWARD, query={"occurrence_ids": "1,2"})
    run(as_curl(call), simulator)
    assert last(simulator).body == AWKWARD
    assert last(simulator).query == {"occurrence_ids": "1,2"}


def test_read_needs_no_body(simulator: Simulator) -> None:
    call = FailedCall("", "GET", simulator.api_url, "/users/me", {"status": "pending"})
    assert '"email":"host@practice.example"' in run(as_curl(call), simulator).replace('": "', '":"')


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("multipart", [False, True])
def test_no_token_and_nobody_is_in_it(simulator: Simulator, shell: Shell, multipart: bool) -> None:
    text = as_curl(refused_batch(simulator, multipart=multipart), shell)
    assert text.count("{{token}}") == 1
    assert not [secret for secret in (*SECRETS, "host@", "Petrova") if secret in text]


def test_json_holds_nothing_that_a_shell_takes_for_its_own() -> None:
    text = safe_json(AWKWARD)
    assert json.loads(text) == AWKWARD
    assert text.isascii()
    assert not set(text) & set("'`$%&|<>^!\n")


def split_by_windows(line: str) -> list[str]:
    """Split a command line as the C runtime of Windows programs does (its documented rules)."""
    words, word, quoted, backslashes, begun = [], "", False, 0, False
    for c in line:
        if c == "\\":
            backslashes, begun = backslashes + 1, True
            continue
        if c == '"':
            word += "\\" * (backslashes // 2)
            if backslashes % 2:
                word += '"'
            else:
                quoted = not quoted
            begun = True
        else:
            word += "\\" * backslashes
            if c == " " and not quoted:
                words += [word] if begun else []
                word, begun = "", False
            else:
                word, begun = word + c, True
        backslashes = 0
    word += "\\" * backslashes
    return [*words, word] if begun else words


@pytest.mark.parametrize("body", [AWKWARD, {"email": "person1@example.com"}])
def test_cmd_hands_curl_the_very_same_words(simulator: Simulator, body: dict[str, Any]) -> None:
    call = replace(refused_row(simulator), body=body, query={"a": "1", "b": "2"})
    line = as_curl(call, "cmd")
    words = split_by_windows(line)
    assert words[:4] == ["curl.exe", "--include", "--request", "POST"]
    assert words[4] == f"{call.base}{call.path}?a=1&b=2"
    assert json.loads(words[words.index("--data-raw") + 1]) == body
    # cmd itself ends the quoting at every quote, also an escaped one: between them nothing of its
    # own may stand. The address comes before any such.
    address = line.index("?a=1&b=2")
    assert line[:address].count('"') % 2 == 1
    assert not set(line[address + len("?a=1&b=2") :]) & set("%&|<>^!\n")


@pytest.mark.parametrize("multipart", [False, True])
def test_powershell_hands_the_body_in_on_standard_input(
    simulator: Simulator, multipart: bool
) -> None:
    call = refused_batch(simulator, multipart=multipart)
    text = as_curl(call, "powershell")
    given, _, command = text.partition(" | ")
    body = json.loads(given.strip("'").replace("''", "'"))
    assert body == (call.body["registrants"] if multipart and call.body else call.body)
    assert '"' not in command  # before 7.3 PowerShell loses quotes inside of arguments
    # What bash takes for the same words, curl sends as the same call.
    plain = command.replace(" `\n", " ").replace("curl.exe", "curl")
    run(f"printf '%s\\r\\n' {given} | {plain}", simulator)
    sent = last(simulator).body
    if multipart:
        sent = {name: json.loads(value) for name, value in sent.items()}
    assert sent == call.body
