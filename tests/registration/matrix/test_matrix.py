"""Every fault alone and in pairs: the end agrees with Zoom's record, nobody is sent too often.

Every pair of faults meets once here; ``dev.py matrix`` plays all of their circumstances.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.memory import folder_in_memory
from tests.registration.matrix.case import Case, play
from tests.registration.matrix.cover import every_pair, everything
from tests.registration.matrix.desk import zoom_for_many
from tests.registration.matrix.faults import STRIKES, Strike
from tests.registration.matrix.unknowns import UNKNOWNS
from zoomdesk.simulator import FaultKind

CASES: dict[str, list[Case]] = defaultdict(list)
for _case in every_pair():
    CASES[_case.first.name].append(_case)

AT_ONCE = 4
"""Cases side by side: most of the time of each is waiting."""


@pytest.mark.parametrize("first", STRIKES, ids=lambda strike: strike.name)
def test_matrix(first: Strike) -> None:
    def part(number: int) -> list[str]:
        found = []
        with zoom_for_many() as sim, TemporaryDirectory(dir=folder_in_memory()) as folder:
            for at, case in enumerate(CASES[first.name][number::AT_ONCE]):
                problems = play(case, sim, Path(folder, f"{at}.sqlite3"))
                found += [f"{case}: {problem}" for problem in problems]
        return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = [each for part_of in pool.map(part, range(AT_ONCE)) for each in part_of]
    assert not found, "\n".join(found)


def test_every_pair_meets_and_no_fault_is_forgotten() -> None:
    cases = [case for some in CASES.values() for case in some]
    met = {frozenset((case.first.name, case.second.name)) for case in cases if case.second}
    count = len(STRIKES)
    assert len(met) == count * (count + 1) // 2
    assert {strike.kind for strike in STRIKES} == set(FaultKind)
    assert {case.unknown.name for case in cases} == {unknown.name for unknown in UNKNOWNS}
    assert {case.where for case in cases} == {"beside", "again", "lists", "alone"}


def test_the_command_plays_each_case_once() -> None:
    cases = [str(case) for case in everything()]
    assert len(set(cases)) == len(cases) > 60_000
