from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Generator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zoomdesk.desktop.bridge import Bridge, UnexpectedError
from zoomdesk.errors import WorkbookInUse, ZoomdeskError


def test_work_runs_elsewhere_and_its_result_arrives_on_the_gui_thread(
    bridge: Bridge, qtbot: QtBot
) -> None:
    got: list[tuple[str, str]] = []

    def work() -> str:
        return threading.current_thread().name

    bridge.run(work, lambda name: got.append((name, threading.current_thread().name)))
    qtbot.waitUntil(lambda: bool(got))
    worker, receiver = got[0]
    assert worker.startswith("zoomdesk")
    assert receiver == threading.main_thread().name
    assert not bridge.busy


def test_an_error_of_ours_arrives_as_it_is(bridge: Bridge, qtbot: QtBot) -> None:
    got: list[ZoomdeskError] = []
    error = WorkbookInUse("Held by Excel.")

    def work() -> None:
        raise error

    bridge.run(work, lambda _: pytest.fail("there is no result"), got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [error]


def test_a_fault_of_the_program_is_logged_and_said_in_plain_words(
    bridge: Bridge, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    got: list[ZoomdeskError] = []
    bridge.run(lambda: {}["missing"], None, got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert isinstance(got[0], UnexpectedError)
    assert "missing" not in str(got[0])
    assert [r.levelno for r in caplog.records] == [logging.ERROR]


def test_a_dismissed_task_is_not_heard_of(bridge: Bridge, qtbot: QtBot) -> None:
    go, got = threading.Event(), []
    task = bridge.run(go.wait, got.append)
    task.dismiss()
    go.set()
    qtbot.waitUntil(lambda: not bridge.busy)
    assert got == []


def test_events_of_a_worker_keep_their_order(bridge: Bridge, qtbot: QtBot) -> None:
    got: list[int] = []
    bridge.run(lambda: [bridge.post(lambda n=n: got.append(n)) for n in range(500)])
    qtbot.waitUntil(lambda: len(got) == 500)
    assert got == list(range(500))


def test_slices_let_the_window_live_in_between(bridge: Bridge, qtbot: QtBot) -> None:
    ticks: list[int] = []
    done: list[int] = []

    def work() -> Generator[None, None, int]:
        until_ticked = 0
        while len(ticks) < 3:  # ends only if other events are let through
            until_ticked += 1
            yield
        return until_ticked

    for _ in range(3):
        bridge.run(lambda: None, lambda _: ticks.append(1))
    bridge.slices(work(), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert len(ticks) == 3


def test_slices_can_be_stopped(bridge: Bridge, qtbot: QtBot) -> None:
    seen: list[int] = []

    def work() -> Generator[None, None, None]:
        while True:
            seen.append(1)
            yield

    stop = bridge.slices(work(), lambda _: pytest.fail("it never ends by itself"))
    qtbot.waitUntil(lambda: bool(seen))
    stop()
    before = len(seen)
    qtbot.wait(30)
    assert len(seen) == before


def test_slices_that_break_are_over(bridge: Bridge, qtbot: QtBot) -> None:
    def work() -> Generator[None, None, int]:
        yield
        raise LookupError("broken")

    with qtbot.captureExceptions() as caught:
        bridge.slices(work(), lambda _: pytest.fail("it came to no end"))
        qtbot.waitUntil(lambda: bool(caught))
        qtbot.wait(30)
    assert [kind for kind, _, _ in caught] == [LookupError]


def test_close_waits_for_the_work_and_drops_what_it_says(qapp: QApplication, qtbot: QtBot) -> None:
    bridge, finished = Bridge(), []
    bridge.run(lambda: finished.append(1), lambda _: pytest.fail("nobody listens any more"))
    bridge.close()
    bridge.close()
    qtbot.wait(20)
    assert finished == [1]
    assert bridge.run(lambda: finished.append(2)).dismissed
    assert finished == [1]


def test_cyclic_garbage_is_collected_on_the_gui_thread_only(qapp: QApplication) -> None:
    assert gc.isenabled()
    bridge = Bridge()
    assert not gc.isenabled()
    bridge.close()
    assert gc.isenabled()


def test_what_takes_things_away_runs_after_all_that_is_under_way(
    bridge: Bridge, qtbot: QtBot
) -> None:
    order: list[str] = []
    free = threading.Event()

    def use() -> None:
        free.wait(10)
        order.append("used")

    bridge.run(use)
    bridge.run_last(lambda: order.append("closed"))
    bridge.run(free.set)
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["used", "closed"]
