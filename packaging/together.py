"""Let several machines register overlapping lists for one event, many times, and count doubles.

dev.py together                            20 times three machines, 400 people, half of them shared
dev.py together --people 61 --shared 1     the same small list, started at the same instant
dev.py together --kill 150                 one of them is killed in the middle and goes on
dev.py together --people 12000 --times 1   how much of the limit they use together
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.registration.together.race import Race, Result, run
from zoomdesk.registration.baton import Timing
from zoomdesk.zoom.pacing import LIMITS, Label


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each race and the sum; 1 if anybody was sent twice or lacks a link."""
    parser = argparse.ArgumentParser(prog="dev.py together", description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1, help="of the first race; the next adds one")
    parser.add_argument("--machines", type=int, default=3)
    parser.add_argument("--people", type=int, default=400, help="on each machine's list")
    parser.add_argument("--shared", type=float, default=0.5, help="the part that all lists have")
    parser.add_argument("--stagger", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--kill", type=int, default=0, metavar="PEOPLE")
    parser.add_argument("--plan", choices=LIMITS, default="pro")
    parser.add_argument("--alone", action="store_true", help="take no turns: what would happen")
    options = parser.parse_args(argv)
    race = Race(
        options.machines,
        options.people,
        options.shared,
        options.stagger,
        options.kill,
        timing=None if options.alone else Timing(),
        plan=options.plan,
    )
    results = []
    for seed in range(options.seed, options.seed + options.times):
        with tempfile.TemporaryDirectory() as folder:
            results.append(run(race, seed, Path(folder)))
        print(f"  seed {seed}: {line(results[-1], LIMITS[options.plan][Label.HEAVY])}", flush=True)
        for each in results[-1].wrong[:5]:
            print(f"    {each}")
    doubles = sum(each.doubles for each in results)
    bad = sum(bool(each.wrong) for each in results)
    print(f"{len(results)} races: {doubles} people sent twice, {bad} races with anything wrong")
    return 1 if bad else 0


def line(result: Result, limit: int) -> str:
    """Return a race's figures in one line."""
    least = result.batches / limit
    share = least / result.sending if result.sending else 1.0
    return (
        f"{result.doubles} twice, {result.seconds:.1f} s, {result.batches} calls in "
        f"{result.sending:.1f} s ({share:.0%} of the limit), {result.refused} times 429"
    )


if __name__ == "__main__":
    sys.exit(main())
