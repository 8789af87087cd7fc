"""Machines that take turns, in simulated time: nobody is sent by two, and everybody ends."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registration.machines import BATCH, Machine, World
from zoomdesk.registration.baton import (
    Baton,
    Count,
    Mark,
    Marked,
    Read,
    Reply,
    Roll,
    Sight,
    Sleep,
    Step,
    Timing,
)

LONG = 1_200.0
"""Simulated seconds after which everybody must have ended."""

FAST = Timing()


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  to be repeatable, not secret


@dataclass(frozen=True)
class Case:
    """A world's seed, how many machines start when, and what of their lists is shared."""

    seed: int
    people: int
    shared: float
    starts: tuple[float, ...]
    way: float = 0.3
    dies_at: float | None = None

    def play(self) -> tuple[World, list[Machine]]:
        world = World(seeded(self.seed), (0.01, self.way), FAST.lag)
        together = list(range(round(self.people * self.shared)))
        machines = []
        for number, start in enumerate(self.starts, 1):
            rest = self.people - len(together)
            sheet = [*together, *range(10_000 * number, 10_000 * number + rest)]
            world.chance.shuffle(sheet)
            machines.append(Machine(world, f"machine {number}", sheet, FAST))
            world.after(start, machines[-1].start)
        if self.dies_at is not None:
            world.after(self.dies_at, lambda: setattr(machines[0], "dead", True))
        world.run(LONG)
        return world, machines


cases = st.builds(
    Case,
    st.integers(0, 2**32),
    st.sampled_from([40, 200, 400, 1500]),
    st.sampled_from([0.0, 0.1, 0.5, 1.0]),
    st.lists(st.floats(0, 12), min_size=1, max_size=4).map(tuple),
    st.sampled_from([0.02, 0.1, 0.3]),
    st.none() | st.floats(0, 20),
)


@settings(max_examples=100, deadline=None)
@given(cases)
def test_nobody_is_sent_by_two_machines(case: Case) -> None:
    world, machines = case.play()
    # Two marks may meet by chance (see the module); nothing else ever may.
    met = [each for each in world.twice if "mark" not in each[1] or "mark" not in each[2]]
    assert met == []
    assert len(world.twice) <= 1
    for machine in machines:
        assert machine.dead or machine.done_at is not None, f"{machine.name} never ended"
        if not machine.dead:
            assert world.entries.keys() >= set(machine.sheet)


def test_a_machine_alone_pays_two_looks_and_a_moment() -> None:
    world, (machine,) = Case(1, 3_000, 1.0, (0.0,)).play()
    calls = len(world.calls)
    assert calls == 2 + -(-2_998 // BATCH)
    alone = Case(1, 3_000, 1.0, (0.0,))
    assert machine.done_at is not None
    batches = calls * 2 * alone.way / machine.at_once
    assert machine.done_at < batches + 6.0


def test_marks_that_meet_meet_rarely() -> None:
    """The chance that the module's head names, for the worst start: at the same instant."""
    met = sum(len(Case(seed, 61, 1.0, (0.0, 0.0)).play()[0].twice) for seed in range(150))
    assert met <= 5, "about one in two hundred"


# -- single moments --------------------------------------------------------------------------------


class Bench:
    """Answer a baton's wishes one by one."""

    def __init__(self, known: Sequence[str] = (), waiting: int = 100) -> None:
        self.now = 100.0
        self.left = waiting
        self.reads = 0
        self.baton = Baton(
            frozenset(known),
            len(known),
            lambda: self.left,
            lambda: self.now,
            FAST,
            seeded(7),
        )
        self._steps = self.baton.take()
        self.step: Step | None = next(self._steps)

    def answer(self, reply: Reply = None) -> Step | None:
        try:
            self.step = self._steps.send(reply)
        except StopIteration:
            self.step = None
        return self.step

    def sleep(self) -> Step | None:
        assert isinstance(self.step, Sleep)
        self.now += max(0.0, self.step.seconds)
        return self.answer()

    def count(self, total: int) -> Step | None:
        assert self.step == Count()
        self.now += 0.1
        return self.answer(Sight(total, self.now - 0.1, self.now))

    def go_on(self, total: int) -> Step | None:
        """Answer whatever is asked while the list does not move."""
        if isinstance(self.step, Sleep):
            return self.sleep()
        if self.step == Count():
            return self.count(total)
        assert self.step == Read()
        self.reads += 1
        return self.answer(Roll({str(number): None for number in range(total)}))

    def mark(self, name: str) -> Step | None:
        assert self.step == Mark()
        self.now += 0.1
        self.left -= 1
        self.baton.landed([name])
        return self.answer(Marked(name, self.now))

    def to_the_mark(self, total: int) -> None:
        self.count(total)
        self.sleep()
        assert self.count(total) == Mark()


def test_whoever_sees_nobody_has_the_turn() -> None:
    bench = Bench()
    bench.to_the_mark(0)
    bench.mark("a")
    assert bench.count(1) == Mark()
    bench.mark("b")
    bench.count(2)
    bench.sleep()
    assert bench.count(2) is None
    assert bench.baton.may_start


def test_whoever_sees_people_asks_since_when_they_are_there() -> None:
    world = World(seeded(1))
    world.register([0], "long ago")
    world.now = 60.0
    world.register([1, 2], "us")
    times = [world.created(entry) for entry in world.entries.values()]
    bench = Bench(["x"])
    bench.to_the_mark(1)
    bench.mark("a")
    bench.count(2)
    bench.mark("b")
    bench.count(3)
    bench.sleep()
    assert bench.count(3) == Read()
    assert bench.answer(Roll(dict(zip("xab", times, strict=True)))) is None
    assert bench.baton.may_start


@pytest.mark.parametrize("moment", ["at once", "between the marks", "at the end"])
def test_whoever_sees_another_mark_yields(moment: str) -> None:
    bench = Bench()
    bench.to_the_mark(0)
    bench.mark("a")
    if moment == "at once":
        bench.count(2)
    else:
        bench.count(1)
        bench.mark("b")
        bench.count(3 if moment == "between the marks" else 2)
        bench.sleep()
        bench.count(3)
    assert isinstance(bench.step, Sleep), "it listens"
    assert bench.baton.is_listening
    assert not bench.baton.may_start


def test_a_list_that_moved_before_the_mark_is_listened_to() -> None:
    bench = Bench()
    bench.count(0)
    bench.sleep()
    bench.count(30)
    assert bench.baton.is_listening
    for total in (60, 90):
        bench.sleep()
        bench.count(total)
    still = bench.now
    while bench.baton.is_listening:
        bench.go_on(90)
    assert FAST.quiet <= bench.now - still <= FAST.quiet + 2 * FAST.poll
    assert bench.reads == 1


def test_people_who_came_since_the_plan_are_read_before_anybody_is_sent() -> None:
    bench = Bench(["x"])
    assert bench.count(2) == Read()
    bench.left = 0
    assert bench.answer(Roll({"x": None, "y": None})) is None
    assert not bench.baton.may_start


def test_a_mark_that_zoom_refuses_is_tried_with_another_and_not_for_ever() -> None:
    bench = Bench()
    bench.to_the_mark(0)
    bench.left -= 1
    bench.answer(Marked("", bench.now))
    while bench.step is not None:
        if bench.step == Mark():
            bench.left -= 1
            bench.answer(Marked("", bench.now))
        else:
            bench.go_on(0)
    assert bench.left == 98
    assert bench.baton.may_start


def test_a_mark_that_no_list_shows_is_no_mark() -> None:
    """Registering a person who was cancelled may leave them on no list at all."""
    bench = Bench()
    bench.to_the_mark(0)
    bench.mark("a")
    waited = bench.now
    while not bench.baton.is_listening:
        bench.go_on(0)
    assert bench.now - waited >= FAST.quiet


def test_the_turn_is_lost_by_silence() -> None:
    bench = Bench()
    bench.baton._latest = bench.now
    assert bench.baton.may_start
    bench.now += FAST.lease
    assert not bench.baton.may_start
    assert not bench.baton.is_lost
    bench.baton.landed(["a"])
    assert bench.baton.may_start, "a slow call is still ours"
    bench.now += FAST.quiet - FAST.slack
    assert bench.baton.is_lost
    bench.baton.landed(["b"])
    assert not bench.baton.may_start, "others may have taken it meanwhile"


def test_a_registration_just_before_ours_may_be_somebody_at_work() -> None:
    world = World(seeded(1))
    world.now = 50.0
    world.register([1], "them")
    world.now = 53.0
    world.register([2], "us")
    times = [world.created(entry) for entry in world.entries.values()]
    roll = Roll(dict(zip(["them", "us"], times, strict=True)))
    baton = Bench(["them"]).baton
    assert not baton._were_here_long(roll, "us", ["them"])
    assert baton._were_here_long(roll, "us", [])
    unknown = Roll({"them": None, "us": times[1]})
    assert not baton._were_here_long(unknown, "us", ["them"])
