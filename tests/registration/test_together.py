"""Calls made at once: all of their results, or the one error that counts."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from zoomdesk.registration.together import together
from zoomdesk.zoom.cancel import Cancelled, CancelToken


def test_all_are_under_way_at_once_and_come_back_in_order() -> None:
    meet = threading.Barrier(3, timeout=20)

    def job(name: str) -> Callable[[CancelToken], str]:
        def wait(turn: CancelToken) -> str:
            meet.wait()
            turn.check()
            return name

        return wait

    assert together([job("a"), job("b"), job("c")], None) == ["a", "b", "c"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_fails_calls_off_the_others_and_is_what_is_raised(place: int) -> None:
    class Lost(Exception):
        """What went wrong."""

    def fails(_: CancelToken) -> None:
        raise Lost

    def waits(turn: CancelToken) -> None:
        turn.sleep(20)

    jobs = [waits, waits, waits]
    jobs[place] = fails
    with pytest.raises(Lost):
        together(jobs, None)


def test_a_wish_to_stop_ends_all_of_them() -> None:
    cancel = CancelToken()

    def stops(turn: CancelToken) -> None:
        cancel.cancel()
        turn.sleep(20)

    with pytest.raises(Cancelled):
        together([stops, lambda turn: turn.sleep(20)], cancel)
