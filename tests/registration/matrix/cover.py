"""Choose cases: all there are, or so few that every pair of faults still meets."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import get_args

from tests.registration.matrix.case import Case, Where
from tests.registration.matrix.faults import STRIKES, CallName
from tests.registration.matrix.unknowns import UNKNOWNS, Unknown
from zoomdesk.zoom.events import EventKind

SEED = 20261123
CALLS: tuple[CallName, ...] = get_args(CallName)


def everything() -> Iterator[Case]:
    """Yield every fault alone and every ordered pair, in all circumstances."""
    for first, (call, kind, unknown) in itertools.product(STRIKES, circumstances()):
        yield Case(first, None, call, kind, unknown)
    for first, second in itertools.product(STRIKES, repeat=2):
        for call, kind, unknown in circumstances():
            for where in places(call):
                yield Case(first, second, call, kind, unknown, where)


def every_pair(seed: int = SEED) -> Iterator[Case]:
    """Yield every fault alone under each call and kind, and every pair once.

    The rest is dealt out like cards, so that each unknown, place and order has its share.
    """
    for first, call, kind in itertools.product(STRIKES, CALLS, EventKind):
        yield Case(first, None, call, kind, UNKNOWNS[0])
    # To be repeatable, not secret.
    chance = random.Random(seed)  # noqa: S311
    cards: list[tuple[CallName, EventKind, Unknown, Where]] = []
    for pair in itertools.combinations_with_replacement(STRIKES, 2):
        if not cards:
            cards = [(*each, where) for each in circumstances() for where in places(each[0])]
            chance.shuffle(cards)
        first, second = chance.sample(pair, 2)
        call, kind, unknown, where = cards.pop()
        yield Case(first, second, call, kind, unknown, where)


def circumstances() -> Iterator[tuple[CallName, EventKind, Unknown]]:
    """Yield every call, kind of event and way of an unknown."""
    yield from itertools.product(CALLS, EventKind, UNKNOWNS)


def places(call: CallName) -> tuple[Where, ...]:
    """Return what a second fault may strike: without batches nobody is sent alone after one."""
    wheres: tuple[Where, ...] = get_args(Where)
    return wheres if call == "batch" else tuple(where for where in wheres if where != "alone")
