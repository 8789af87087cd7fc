"""Play the whole fault matrix: every fault, alone and in pairs, in all circumstances.

dev.py matrix                       all of its cases, as many processes as there are cores
dev.py matrix --sample 2000         some of them, spread over all
dev.py matrix --fault "cut after"   those in which this fault is the first
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from pathlib import Path

from tests.memory import folder_in_memory
from tests.registration.matrix.case import Case, play
from tests.registration.matrix.cover import SEED, everything
from tests.registration.matrix.desk import zoom_for_many
from tests.registration.matrix.faults import BY_NAME
from tests.registration.matrix.unknowns import BY_NAME as UNKNOWNS
from zoomdesk.simulator import Simulator

AT_ONCE = 6
"""Cases side by side in one process: most of the time of each is waiting."""

PART = 60
"""Cases that a process is given at a time."""

Played = list[tuple[str, float, list[str]]]
"""The first fault of each case, its seconds, and what is wrong."""


def main(argv: Sequence[str] | None = None) -> int:
    """Play and print the table; 1 if any case ended in another way than it should."""
    parser = argparse.ArgumentParser(prog="dev.py matrix", description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, metavar="N", help="play N cases instead of all")
    parser.add_argument("--seed", type=int, default=SEED, help="which N cases")
    parser.add_argument("--unknown", choices=UNKNOWNS, metavar="NAME", help=", ".join(UNKNOWNS))
    parser.add_argument("--fault", choices=BY_NAME, metavar="NAME", help=", ".join(BY_NAME))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(argv)
    cases = list(everything())
    chosen = [
        n
        for n, case in enumerate(cases)
        if options.fault in (None, case.first.name) and options.unknown in (None, case.unknown.name)
    ]
    # Shuffled also where all are played: the slow ones come one after the other otherwise.
    random.Random(options.seed).shuffle(chosen)  # noqa: S311  to be repeatable, not secret
    chosen = chosen[: options.sample]
    print(f"{len(chosen):,} of {len(cases):,} cases", file=sys.stderr)
    started = time.monotonic()
    played: Played = []
    with ProcessPoolExecutor(options.jobs) as pool:
        parts = [pool.submit(part, chosen[n : n + PART]) for n in range(0, len(chosen), PART)]
        for done in as_completed(parts):
            played += done.result()
            for _, _, problems in done.result():
                print(*problems, sep="\n", end="\n" if problems else "", flush=True)
            if len(played) % (20 * PART) == 0:
                print(f"  {len(played):,}, {time.monotonic() - started:.0f} s", file=sys.stderr)
    show(played, time.monotonic() - started)
    return int(any(problems for _, _, problems in played))


def part(numbers: Sequence[int]) -> Played:
    """Play some cases, by their numbers, in this process."""
    logging.disable()  # each case is full of what a log warns of
    cases = list(everything())

    def share(first: int) -> Played:
        with zoom_for_many() as sim, tempfile.TemporaryDirectory(dir=folder_in_memory()) as folder:
            return [played(cases[n], sim, Path(folder, f"{n}.db")) for n in numbers[first::AT_ONCE]]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [each for some in pool.map(share, range(AT_ONCE)) for each in some]


def played(case: Case, sim: Simulator, journal: Path) -> tuple[str, float, list[str]]:
    started = time.monotonic()
    problems = [f"{case}: {problem}" for problem in play(case, sim, journal)]
    return case.first.name, time.monotonic() - started, problems


def show(played: Played, seconds: float) -> None:
    """Print how many cases of each first fault agreed, and the slowest of each."""
    count = Counter(name for name, _, _ in played)
    wrong = Counter(name for name, _, problems in played if problems)
    print(f"\n{'first fault':34}{'cases':>8}{'agreed':>8}{'slowest':>9}")
    for name in BY_NAME:
        slowest = max((took for other, took, _ in played if other == name), default=0.0)
        print(f"{name:34}{count[name]:8,}{count[name] - wrong[name]:8,}{slowest:7.1f} s")
    total = f"{len(played):8,}{len(played) - wrong.total():8,}"
    print(f"{'all':34}{total}   {seconds:,.0f} s in all")


if __name__ == "__main__":
    sys.exit(main())
