from __future__ import annotations

import threading

import pytest

from zoomdesk.account.patience import TookTooLong, within


def test_value_and_error_come_through() -> None:
    assert within(10, lambda: 7, "test") == 7
    with pytest.raises(KeyError):
        within(10, lambda: {}["x"], "test")


def test_call_that_hangs_is_left_behind() -> None:
    end = threading.Event()
    with pytest.raises(TookTooLong):
        within(0.05, end.wait, "test")
    end.set()
