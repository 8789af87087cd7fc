from __future__ import annotations

import threading

import pytest

from zoomdesk.zoom.cancel import Cancelled, CancelToken


def test_wish_to_stop_ends_a_wait_on_another_thread() -> None:
    cancel = CancelToken()
    assert not cancel.cancelled
    assert not cancel.wait(0)
    assert not cancel.wait(-1)
    cancel.check()
    cancel.sleep(0)
    ended: list[bool] = []
    waiting = threading.Thread(target=lambda: ended.append(cancel.wait(60)))
    waiting.start()
    cancel.cancel()
    waiting.join(timeout=30)
    assert ended == [True]
    assert cancel.cancelled
    with pytest.raises(Cancelled):
        cancel.check()
    with pytest.raises(Cancelled):
        cancel.sleep(60)
