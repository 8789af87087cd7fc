"""Approving, denying, cancelling and deleting as a person or a script does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.command import people_of, read_text, run
from tests.endtoend.test_commands import cells, control, env, home, record, server

__all__ = ["env", "home", "server"]

pytestmark = pytest.mark.endtoend

MANUAL = ("--webinar", "81234567891")
NAMES = ("ana", "bea", "cid", "dan")
HEAD = ("First name", "Email")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    rows = [(name.title(), f"{name}@example.com") for name in NAMES]
    return people_of(tmp_path / "Gäste.xlsx", [HEAD, *rows])


def known(server: dict[str, Any]) -> dict[str, str]:
    people = record(server)["events"][MANUAL[1]]["registrants"]
    return {person["email"].partition("@")[0]: person["status"] for person in people}


def column(book: Path, name: str) -> list[str]:
    return [row[name] or "" for row in cells(book)]


def test_a_registrants_whole_life(server: dict[str, Any], env: dict[str, str], book: Path) -> None:
    run("register", book, *MANUAL, "--no-auto-approve", "--yes", env=env)
    assert known(server) == dict.fromkeys(NAMES, "pending")

    looked = run("approve", book, *MANUAL, "--rows", "2-4", "--dry-run", env=env)
    assert (looked.code, looked.data["to_change"], looked.data["calls"]) == (0, 3, 1)
    assert [row["result"] for row in looked.data["rows_detail"]] == ["would_change"] * 3
    refused = run("approve", book, *MANUAL, "--rows", "2-4", env=env)
    assert (refused.code, refused.data["error"]["code"]) == (2, "usage")
    assert "Nobody was approved" in refused.said
    assert set(known(server).values()) == {"pending"}

    done = run("approve", book, *MANUAL, "--rows", "2-4", "--yes", env=env)
    assert (done.code, done.data["act"], done.data["done"]) == (0, "approve", 3)
    assert "3 people will be approved" in done.said
    assert known(server) == dict.fromkeys(NAMES, "approved") | {"dan": "pending"}
    links = column(book, "Join URL")
    assert [link.startswith("https://") for link in links] == [True, True, True, False]
    assert links[:3] == [row["join_url"] for row in done.data["rows_detail"]]

    ended = run("cancel", book, *MANUAL, "--rows", "2,5", "--yes", env=env)
    assert (ended.code, ended.data["done"], ended.data["left_out"]) == (1, 1, 1)
    assert "Deny it instead" in ended.data["rows_detail"][1]["message"]
    assert run("deny", book, *MANUAL, "--rows", "5", "--yes", env=env).code == 0
    assert run("delete", book, *MANUAL, "--rows", "3", "--yes", env=env).code == 0
    assert known(server) == {"ana": "cancelled", "cid": "approved", "dan": "denied"}
    assert column(book, "Zoom Status") == ["Cancelled", "Deleted", "Registered", "Denied"]
    assert column(book, "Join URL") == ["", "", links[2], ""]
    assert column(book, "Registrant ID")[1] == ""

    # Whoever was cancelled or deleted is not registered again by habit, but by name.
    again = run("register", book, *MANUAL, "--yes", env=env)
    assert [row["row"] for row in again.data["rows_detail"]] == [4, 5]
    assert "2 rows are left out" in again.said
    assert "bea" not in known(server)
    assert run("links", book, *MANUAL, env=env).code == 1
    assert column(book, "Zoom Status") == ["Cancelled", "Deleted", "Registered", "Denied"]
    code, out, said = read_text("delete", book, *MANUAL, "--rows", "3", "--yes", env=env)
    assert (code, "left out" in out) == (1, True)
    assert "Nobody will be deleted" in said


def test_what_could_not_be_written_or_reached_is_done_by_the_same_command_again(
    server: dict[str, Any], env: dict[str, str], book: Path
) -> None:
    run("register", book, *MANUAL, "--yes", env=env)
    before = column(book, "Zoom Status")
    lock = book.with_name(f"~${book.name}")
    lock.write_bytes(b"\x04Anna" + b" " * 160)
    held = run("delete", book, *MANUAL, "--rows", "2-4", "--yes", env=env)
    assert (held.code, held.data["done"], held.data["output"]) == (4, 3, None)
    assert "same command again" in held.data["error"]["hint"]
    lock.unlink()
    control(server, "faults", {"kind": "rate_day", "call": "delete_registrant"})
    stopped = run("delete", book, *MANUAL, "--yes", env=env)
    assert (stopped.code, stopped.data["already"], stopped.data["not_reached"]) == (5, 3, 1)
    assert column(book, "Zoom Status") == ["Deleted"] * 3 + before[3:]
