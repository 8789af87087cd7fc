"""Every command as a person or a script runs it, against the simulator over real HTTP."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.endtoend.command import (
    command,
    people_of,
    practice_server,
    read_text,
    run,
    sign_in,
)
from zoomdesk import paths

pytestmark = pytest.mark.endtoend

PEOPLE = [
    ("First name", "Last name", "Email", "Note"),
    ("Ana", "García", "ana@example.com", "vegan"),
    ("Björn", "Sørensen", "bjorn@example.com", None),
    ("Chloé", "Dupont", "not an address", None),
    ("李", "王", "wang@example.com", None),
]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"ZOOMDESK_HOME": str(tmp_path / "home")}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return people_of(tmp_path / "Gäste 名簿.xlsx", PEOPLE)


@pytest.fixture
def server(tmp_path: Path, home: dict[str, str]) -> Iterator[dict[str, Any]]:
    with practice_server("--state", tmp_path / "zoom.state", env=home) as server:
        yield server


@pytest.fixture
def env(server: dict[str, Any], tmp_path: Path) -> dict[str, str]:
    return sign_in(server, tmp_path / "home", tmp_path / "keyring")


def record(server: dict[str, Any]) -> dict[str, Any]:
    with urllib.request.urlopen(f"{server['url']}/_sim/record", timeout=10) as reply:  # noqa: S310
        data: dict[str, Any] = json.load(reply)
    return data


def cells(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def control(server: dict[str, Any], what: str, body: object) -> None:
    request = urllib.request.Request(  # noqa: S310
        f"{server['url']}/_sim/{what}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310


def test_check_finds_columns_and_problems(book: Path, home: dict[str, str]) -> None:
    done = run("check", book, env=home)
    assert done.code == 0
    assert {c["header"]: c["field"] for c in done.data["columns"]}["Email"] == "email"
    assert [(p["row"], p["severity"]) for p in done.data["problems"]] == [(4, "error")]
    assert (done.data["rows"], done.data["ready"], done.data["to_fix"]) == (4, 3, 1)


def test_practice_does_the_whole_job(book: Path, home: dict[str, str]) -> None:
    done = run("register", book, "--practice", env=home)
    assert done.code == 0
    data = done.data
    counted = ("rows", "registered", "already", "pending", "failed", "skipped", "not_sent")
    assert [data[key] for key in counted] == [4, 3, 0, 0, 0, 1, 0]
    assert data["event"]["kind"] == "webinar"
    assert Path(data["output"]) == book
    detail = {row["row"]: row for row in data["rows_detail"]}
    assert detail[4]["status"] == "Skipped"
    assert detail[4]["join_url"] == ""
    written = cells(book)
    assert [row["Zoom Status"] for row in written] == [
        "Registered",
        "Registered",
        "Skipped",
        "Registered",
    ]
    for row, number in zip(written, (2, 3, 4, 5), strict=True):
        assert (row["Join URL"] or "") == detail[number]["join_url"]
        assert (row["Registrant ID"] or "") == detail[number]["registrant_id"]
    assert [row["Note"] for row in written] == ["vegan", None, None, None]
    assert "3 of" in done.said or "4 of 4" in done.said


def test_a_person_reads_a_table_and_the_path(book: Path, home: dict[str, str]) -> None:
    code, out, err = read_text("register", book, "--practice", "--yes", env=home)
    assert code == 0
    assert out.rstrip().endswith(str(book))
    assert "bjorn@example.com" in out
    assert "people will be registered" in err


def test_a_dry_run_sends_and_writes_nothing(
    book: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    before = book.read_bytes()
    done = run("register", book, "--webinar", server["webinar"], "--dry-run", env=env)
    assert done.code == 0
    assert (done.data["to_send"], done.data["calls"], done.data["skipped"]) == (3, 1, 1)
    assert book.read_bytes() == before
    assert not registered(record(server), server["webinar"])


def registered(data: dict[str, Any], event: str) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = data["events"].get(event, {}).get("registrants", [])
    return people


def test_nothing_is_sent_unasked(book: Path, env: dict[str, str], server: dict[str, Any]) -> None:
    done = run("register", book, "--webinar", server["webinar"], env=env)
    assert done.code == 2
    assert "--yes" in done.data["error"]["hint"]
    assert not registered(record(server), server["webinar"])


@pytest.mark.parametrize("kind", ["webinar", "meeting"])
def test_register_twice_registers_once(
    book: Path, env: dict[str, str], server: dict[str, Any], kind: str
) -> None:
    first = run("register", book, f"--{kind}", server[kind], "--yes", env=env)
    again = run("register", book, f"--{kind}", server[kind], "--yes", env=env)
    assert (first.code, again.code) == (0, 0)
    assert (first.data["registered"], again.data["already"]) == (3, 3)
    urls = [[row["join_url"] for row in done.data["rows_detail"]] for done in (first, again)]
    assert urls[0] == urls[1]
    assert len(registered(record(server), server[kind])) == 3


def test_rows_and_output(book: Path, env: dict[str, str], server: dict[str, Any]) -> None:
    before, copy = book.read_bytes(), book.with_name("copy.xlsx")
    done = run(
        "register",
        book,
        "--webinar",
        f"https://zoom.us/w/{server['webinar']}",
        "--rows",
        "2,5",
        "--output",
        copy,
        "--yes",
        env=env,
    )
    assert done.code == 0
    assert [row["row"] for row in done.data["rows_detail"]] == [2, 5]
    assert book.read_bytes() == before
    assert [bool(row["Join URL"]) for row in cells(copy)] == [True, False, False, True]


def test_hidden_rows_stay_behind_unless_named(tmp_path: Path, home: dict[str, str]) -> None:
    path = people_of(tmp_path / "hidden.xlsx", PEOPLE)
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    done = run("register", path, "--practice", env=home)
    hidden = next(row for row in done.data["rows_detail"] if row["row"] == 3)
    assert hidden["status"] == "Skipped"
    assert "--rows" in hidden["message"]
    named = run("register", path, "--practice", "--rows", "3", env=home)
    assert named.data["registered"] == 1


def test_links_registers_nobody(book: Path, env: dict[str, str], server: dict[str, Any]) -> None:
    run("register", book, "--webinar", server["webinar"], "--rows", "2", "--yes", env=env)
    fresh = people_of(book.with_name("fresh.xlsx"), PEOPLE)
    done = run("links", fresh, "--webinar", server["webinar"], env=env)
    assert done.data["registered"] + done.data["already"] == 1
    assert [bool(row["Join URL"]) for row in cells(fresh)] == [True, False, False, False]
    assert len(registered(record(server), server["webinar"])) == 1


def test_signing_in_and_out(env: dict[str, str], server: dict[str, Any], book: Path) -> None:
    who = run("whoami", env=env)
    assert who.code == 0
    assert who.data["mode"] == "server"
    assert "@" in who.data["email"]
    secret = server["server_to_server"]["client_secret"]
    kept = [p for p in Path(env["ZOOMDESK_HOME"]).rglob("*") if p.is_file()]
    assert kept
    assert not [path for path in kept if secret.encode() in path.read_bytes()]
    assert run("sign-out", env=env).data["signed_out"] is True
    assert run("whoami", env=env).code == 3
    refused = run("register", book, "--webinar", server["webinar"], "--yes", env=env)
    assert refused.code == 3
    assert "sign-in" in refused.data["error"]["hint"]


def test_a_wrong_secret_is_said_plainly(server: dict[str, Any], tmp_path: Path) -> None:
    env = {
        "ZOOMDESK_HOME": str(tmp_path / "other"),
        "ZOOMDESK_API_URL": server["api_url"],
        "ZOOMDESK_OAUTH_URL": server["oauth_url"],
        "ZOOMDESK_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring",
        "XDG_DATA_HOME": str(tmp_path / "other-keyring"),
    }
    app = server["server_to_server"]
    ids = ("--account-id", app["account_id"], "--client-id", app["client_id"])
    done = run("sign-in", "--server-to-server", *ids, env=env, given="wrong\n")
    assert done.code == 3
    assert "wrong" not in json.dumps(done.data["error"]["message"])
    assert run("whoami", env=env).code == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "no such.xlsx"), 4),
        (("register", "BOOK"), 2),
        (("register", "BOOK", "--webinar", "12", "--yes"), 2),
        (("register", "BOOK", "--practice", "--rows", "900"), 2),
        (("register", "BOOK", "--practice", "--sheet", "Nope"), 4),
        (("register", "BOOK", "--practice", "--webinar", "99999999999"), 5),
        (("register", "BOOK", "--webinar", "81234567890", "--yes"), 3),
        (("resume", "2001-01-01-none"), 2),
        (("frobnicate",), 2),
    ],
)
def test_what_cannot_be_done_is_one_object_with_a_code(
    words: tuple[str, ...], code: int, book: Path, home: dict[str, str]
) -> None:
    before = book.read_bytes()
    done = run(*(book if word == "BOOK" else word for word in words), env=home)
    assert done.code == code
    assert done.data["error"]["message"]
    assert book.read_bytes() == before


def test_zoom_out_of_reach_is_5(book: Path, env: dict[str, str]) -> None:
    away = env | {"ZOOMDESK_API_URL": "http://127.0.0.1:9/v2"}
    done = run("register", book, "--webinar", "81234567890", "--yes", env=away)
    assert done.code == 5


def test_only_this_computer_may_be_asked_without_tls(book: Path, home: dict[str, str]) -> None:
    env = home | {"ZOOMDESK_API_URL": "http://example.com/v2"}
    assert run("register", book, "--webinar", "81234567890", "--yes", env=env).code == 2


def test_a_workbook_that_is_open_elsewhere_keeps_the_results_for_later(
    book: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    lock = book.with_name(f"~${book.name}")
    name = "Ana García"
    lock.write_bytes(
        bytes([len(name)]) + name.encode("cp1252").ljust(54) + name.encode("utf-16-le").ljust(110)
    )
    before = book.read_bytes()
    done = run("register", book, "--webinar", server["webinar"], "--yes", env=env)
    assert done.code == 4
    assert name in done.data["error"]["message"] + done.said
    assert done.data["registered"] == 3
    assert f"zoomdesk resume {done.data['run']}" in done.data["error"]["hint"]
    assert book.read_bytes() == before
    lock.unlink()
    listed = run("resume", "--list", env=env)
    assert [each["run"] for each in listed.data["runs"]] == [done.data["run"]]
    again = run("resume", done.data["run"], env=env)
    assert again.code == 0
    assert [bool(row["Join URL"]) for row in cells(book)] == [True, True, False, True]
    assert len(registered(record(server), server["webinar"])) == 3
    assert run("resume", "--list", env=env).data["runs"] == []


def register_while(
    book: Path, env: dict[str, str], server: dict[str, Any], rows: list[Sequence[object]]
) -> tuple[int, dict[str, Any], str]:
    """Register, and save other rows over the workbook as somebody else once it was read."""
    control(server, "behaviour", {"latency_seconds": 0.6})
    words = command("register", book, "--webinar", server["webinar"], "--yes", "--json")
    with subprocess.Popen(
        words, env=os.environ | env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()  # what will happen has been said: the workbook has been read
        people_of(book, rows)
        out, said = process.communicate(timeout=60)
    return process.returncode, json.loads(out), said


def test_hazard_17_a_workbook_that_somebody_changed_gets_the_links_in_the_right_rows(
    book: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    moved = [PEOPLE[0], ("New", "Person", "new@example.com", None), *PEOPLE[:0:-1]]
    code, data, _ = register_while(book, env, server, moved)
    assert (code, data["registered"], data["conflicts"]) == (0, 3, [])
    known = registered(record(server), server["webinar"])
    links = {person["email"].lower(): person["join_url"] for person in known}
    found = {row["Email"]: row["Join URL"] for row in cells(book)}
    assert found["new@example.com"] is None
    assert {address.lower(): link for address, link in found.items() if address and link} == links


def test_hazard_17_a_row_with_another_address_by_now_gets_no_link(
    book: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    first, last, _, *rest = PEOPLE[1]
    moved = [PEOPLE[0], (first, last, "somebody@example.com", *rest), *PEOPLE[2:]]
    code, data, said = register_while(book, env, server, moved)
    assert code == 0
    (conflict,) = data["conflicts"]
    assert (conflict["why"], conflict["row"]) == ("link", 2)
    assert conflict["theirs"] == "somebody@example.com"
    assert conflict["message"] in said
    found = {row["Email"]: row["Join URL"] for row in cells(book)}
    assert found["somebody@example.com"] is None
    assert found["wang@example.com"]


def test_the_day_s_limit_stops_the_run_and_it_goes_on_later(
    tmp_path: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    rows = [(f"G{n}", "Example", f"g{n}@example.com", None) for n in range(65)]
    path = people_of(tmp_path / "many.xlsx", [PEOPLE[0], *rows])
    control(server, "faults", [{"kind": "rate_day", "label": "Heavy", "skip": 1, "times": 1}])
    done = run("register", path, "--webinar", server["webinar"], "--yes", env=env)
    assert done.code == 5
    assert (done.data["registered"], done.data["not_sent"]) == (30, 35)
    assert f"zoomdesk resume {done.data['run']}" in done.said
    assert sum(bool(row["Join URL"]) for row in cells(path)) == 30
    again = run("resume", done.data["run"], env=env)
    assert again.code == 0
    assert sum(bool(row["Join URL"]) for row in cells(path)) == 65
    assert len(registered(record(server), server["webinar"])) == 65


def test_ctrl_c_finishes_the_call_and_keeps_the_results(
    tmp_path: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    rows = [(f"G{n}", "Example", f"g{n}@example.com", None) for n in range(150)]
    path = people_of(tmp_path / "many.xlsx", [PEOPLE[0], *rows])
    control(server, "behaviour", {"latency_seconds": 0.5})
    words = command("register", path, "--webinar", server["webinar"], "--yes", "--json")
    with subprocess.Popen(
        words, env=os.environ | env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        time.sleep(0.8)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    data = json.loads(out)
    assert process.returncode == 1
    assert 0 < data["registered"] < 150
    assert data["registered"] + data["not_sent"] == 150
    control(server, "behaviour", {"latency_seconds": 0})
    assert len(registered(record(server), server["webinar"])) == data["registered"]
    assert run("resume", env=env).data["registered"] == 150


def test_the_shipped_sample_goes_through(tmp_path: Path, home: dict[str, str]) -> None:
    path = tmp_path / "guests.xlsx"
    path.write_bytes(paths.resource("samples", "guests.xlsx").read_bytes())
    done = run("register", path, "--practice", "--yes", env=home)
    assert done.code == 0
    assert done.data["registered"] > 40
    assert done.data["failed"] == done.data["not_sent"] == 0


def test_version_and_help(home: dict[str, str]) -> None:
    code, out, _ = read_text("--version", env=home)
    assert (code, out.split()[0]) == (0, "zoomdesk")
    code, out, _ = read_text("--help", env=home)
    assert code == 0
    assert "exit codes" in out
