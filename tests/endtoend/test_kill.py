"""Kill the command, or Zoom itself, at any moment; go on; compare with Zoom's own record.

Promise 1 of DESIGN.md at the level of what a person types: no link is lost, nobody is registered or
mailed twice, and the workbook is whole at every moment. ``dev.py kill`` does the same at scale.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.endtoend.command import sign_in
from tests.endtoend.kills import (
    LATENCY,
    Office,
    Zoom,
    after,
    check_record,
    check_sheet,
    in_flight,
    rows,
    write_book,
    writing,
    written,
    zoom_dies,
)

pytestmark = [
    pytest.mark.endtoend,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL: only on Linux and macOS"),
]

GUESTS = range(300)
NOTES = 40
"""Columns beside the addresses: they make reading and writing last long enough to be hit."""

SEED = 20261122


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    book = tmp_path / "Büro" / "Gäste.xlsx"
    write_book(book, GUESTS, NOTES)
    zoom = Zoom(tmp_path / "zoom.state", {"ZOOMDESK_HOME": str(tmp_path / "server")})
    zoom.start()
    try:
        env = sign_in(zoom.said, tmp_path / "home", tmp_path / "keyring")
        yield Office(zoom, book, env, rows(book), ("--webinar", zoom.said["webinar"]))
    finally:
        zoom.stop()


def check(office: Office, said: str) -> None:
    check_sheet(office, check_record(office, GUESTS, said), said)


def test_killed_at_random_moments(office: Office) -> None:
    # A seeded generator makes a failure repeatable; nothing here is a secret.
    chance = random.Random(SEED)  # noqa: S311
    moments = [chance.uniform(0.2, 1.2) for _ in range(5)]
    codes = [office.type_once(after(seconds)) for seconds in moments]
    office.go_on_until_done()
    said = f"seed {SEED}, killed after {moments} s: {codes}"
    assert office.kills >= 3, f"killed too late to show anything: {said}"
    check(office, said)


def test_killed_at_every_stage(office: Office) -> None:
    chance = random.Random(SEED + 1)  # noqa: S311
    stages = {
        "before the first call": after(chance.uniform(0.05, 0.3)),
        "in the second batch": in_flight(1, chance.uniform(0, LATENCY)),
        "after another batch": in_flight(2, 0.0),
        "while writing": writing,
        "while writing again": writing,
        "just written": written,
    }
    codes = {name: office.type_once(moment) for name, moment in stages.items()}
    office.go_on_until_done()
    said = f"seed {SEED + 1}: {codes}"
    assert office.kills >= 5, said
    assert office.cut_writes, f"no kill came while the workbook was written: {said}"
    check(office, said)


def test_zoom_itself_is_killed(office: Office) -> None:
    chance = random.Random(SEED + 2)  # noqa: S311
    more = chance.uniform(0, LATENCY)
    code = office.type_once(zoom_dies(3, more))
    assert code == 5
    kept = rows(office.book)
    office.zoom.start()
    office.go_on_until_done()
    said = f"seed {SEED + 2}: killed {more} s into the fourth batch"
    assert sum(bool(row[-5]) for row in kept[1:]) >= 90, f"links known were not written: {said}"
    check(office, said)
