"""Kill the real commands, and the simulated Zoom, at random moments; go on; count what was lost.

Each office has a home, a Zoom that keeps its state in a file, and sheet after sheet: webinar and
meeting in turn, a tenth of each sheet's people from the one before, some who can only go alone. A
sheet is registered and resumed, killed each time, until it is done; then it is held against Zoom's
record. The moments come from the seed; what they hit depends on the machine.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.endtoend import kills
from tests.endtoend.command import sign_in
from zoomdesk.registration.wording import NO_TRIES_LEFT

NOTES = 20
ALONE = 29
"""Every so manieth guest has no last name and goes alone."""

MOMENTS = {
    "at any time": 50,
    "in flight": 26,
    "while writing": 10,
    "just written": 4,
    "zoom": 10,
}
"""The kinds of moments, and how many of a hundred kills are of each."""


@dataclass
class Tally:
    """Count what was done and what was found, for all offices together."""

    wanted: int
    started: float = field(default_factory=time.monotonic)
    kills: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    sheets: int = 0
    cut_writes: int = 0
    lost: int = 0
    twice: int = 0
    later: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_enough(self) -> bool:
        with self.lock:
            return self.kills.total() >= self.wanted


def main(argv: Sequence[str] | None = None) -> int:
    """Kill until it is enough and print what came of it; 1 if anything was lost or done twice."""
    parser = argparse.ArgumentParser(prog="dev.py kill", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=400, help="rows of each sheet")
    parser.add_argument("--offices", type=int, default=3, help="how many are at work at once")
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(argv)
    tally = Tally(options.kills)
    with (
        tempfile.TemporaryDirectory(prefix="zoomdesk-kill-") as folder,
        ThreadPoolExecutor(options.offices) as pool,
    ):
        works = [
            pool.submit(work, Path(folder, str(n)), options.people, options.seed + n, tally)
            for n in range(options.offices)
        ]
        for each in works:
            each.result()
    show(tally)
    return int(bool(tally.lost or tally.twice))


def work(folder: Path, people: int, seed: int, tally: Tally) -> None:
    """Be one office until there were kills enough."""
    chance = random.Random(seed)  # noqa: S311  to be repeatable, not secret
    zoom = kills.Zoom(folder / "zoom.state", {"ZOOMDESK_HOME": str(folder / "server")})
    folder.mkdir()
    zoom.start()
    try:
        env = sign_in(zoom.said, folder / "home", folder / "keyring")
        known: dict[str, set[int]] = {"webinar": set(), "meeting": set()}
        first = 0
        while not tally.is_enough():
            kind = ("webinar", "meeting")[first // people % 2]
            # The sheet before the last was for the same event: its last people come again.
            again = sorted(known[kind])[-people // 10 :]
            guests = [*again, *range(first, first + people - len(again))]
            first += people
            book = folder / f"sheet-{first}" / "Gäste.xlsx"
            kills.write_book(book, guests, NOTES, every_nameless=ALONE)
            event = (f"--{kind}", zoom.said[kind])
            office = kills.Office(zoom, book, env, kills.rows(book), event)
            finish(office, chance, tally)
            known[kind].update(guests)
            compare(office, known[kind], tally)
            with tally.lock:
                tally.sheets += 1
                tally.rows += len(guests)
                tally.cut_writes += office.cut_writes
    finally:
        zoom.stop()


def finish(office: kills.Office, chance: random.Random, tally: Tally) -> None:
    """Register a sheet, killed again and again; without kills once there were enough."""
    while not tally.is_enough():
        kind = chance.choices(list(MOMENTS), list(MOMENTS.values()))[0]
        before, zoom = office.kills, office.zoom.process
        code = office.type_once(moment_of(kind, chance))
        if kind == "zoom" and zoom is not None and zoom.returncode is not None:
            office.zoom.start()
            count(tally, kind)
        elif office.kills > before:
            count(tally, kind)
        if office.is_done(code):
            return
    office.go_on_until_done()


def moment_of(kind: str, chance: random.Random) -> kills.Moment:
    more = chance.uniform(0, 2 * kills.LATENCY)
    match kind:
        case "at any time":
            return kills.after(chance.uniform(0.05, 2.5))
        case "in flight":
            return kills.in_flight(chance.randrange(1, 5), more)
        case "zoom":
            return kills.zoom_dies(chance.randrange(1, 5), more)
        case "while writing":
            return kills.writing
        case _:
            return kills.written


def count(tally: Tally, kind: str) -> None:
    with tally.lock:
        tally.kills[kind] += 1
        done = tally.kills.total()
    if done % 10 == 0:
        print(f"  {done} kills, {time.monotonic() - tally.started:.0f} s", file=sys.stderr)


def compare(office: kills.Office, known: set[int], tally: Tally) -> None:
    """Count whom Zoom and the sheet do not agree about, and whom Zoom has twice.

    A row that was left for tomorrow is one whose three tries of the day were killed, and says so.
    """
    event = office.zoom.record()["events"][office.event[1]]
    links = {person["email"].lower(): person["join_url"] for person in event["registrants"]}
    wanted = {kills.address(n).lower() for n in known}
    twice = len(links.keys() - wanted) + sum(
        any(each[what] > 1 for what in ("registered", "mails", "submitted"))
        for each in event["tally"].values()
    )
    width = len(office.before[0])
    now = kills.rows(office.book)
    lost = sum(row[:width] != was for row, was in zip(now, office.before, strict=True))
    later = 0
    for row in now[1:]:
        link, status, _, _, message = row[width : width + 5]
        known_link = links.get(str(row[3]).lower())
        is_later = known_link is None and (status, message) == ("Not sent", NO_TRIES_LEFT)
        later += is_later
        if link != known_link or not (link or is_later):
            lost += 1
            print(f"  {office.book.parent.name}: {row[3]}, {status}: {message}", file=sys.stderr)
    with tally.lock:
        tally.lost += lost
        tally.twice += twice
        tally.later += later


def show(tally: Tally) -> None:
    """Print the table."""
    seconds = time.monotonic() - tally.started
    print(f"\n{tally.rows:,} rows in {tally.sheets} sheets, {seconds:.0f} s")
    for kind, number in tally.kills.most_common():
        print(f"  killed {kind:14} {number:5}")
    print(f"  killed in all         {tally.kills.total():5}")
    print(f"  half a workbook left  {tally.cut_writes:5}   beside the whole one, gone afterwards")
    print(f"  left for tomorrow     {tally.later:5}   rows: three tries were killed")
    print(f"  lost                  {tally.lost:5}   {'' if tally.lost else 'as promised'}")
    print(f"  twice                 {tally.twice:5}   {'' if tally.twice else 'as promised'}")


if __name__ == "__main__":
    sys.exit(main())
