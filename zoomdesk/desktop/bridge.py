"""Run work on other threads and hand its result back on the GUI thread.

One ``Bridge`` lives on the GUI thread and owns the pool. Workers never touch a widget: they emit
the bridge's signals, whose receivers are slots of the bridge itself and so run on its thread.
``slices`` is for work on objects that belong to the GUI thread: it goes on in small steps between
the events of the window.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from zoomdesk.errors import ZoomdeskError

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")

_SLICE_SECONDS = 0.008
_COLLECT_EVERY_MS = 2000
_WORKERS = 4


class UnexpectedError(ZoomdeskError):
    """A fault of the program itself; the log file has the details."""

    title = "Something went wrong inside Zoomdesk"
    default_hint = "Nothing was lost. Try again; if it comes back, send us the log file."
    code = "unexpected"


class Task:
    """One piece of work under way; ``dismiss`` makes sure that nobody hears of it any more."""

    def __init__(
        self,
        on_done: Callable[[Any], None] | None,
        on_error: Callable[[ZoomdeskError], None] | None,
    ) -> None:
        self.on_done = on_done
        self.on_error = on_error
        self.future: Future[Any] | None = None
        self.dismissed = False

    def dismiss(self) -> None:
        """Drop the result: neither callback will be called."""
        self.dismissed = True
        if self.future is not None:
            self.future.cancel()

    def deliver(self) -> None:
        """Call the callback that fits what became of the work. GUI thread only."""
        future = self.future
        if self.dismissed or future is None or future.cancelled():
            return
        error = future.exception()
        if error is None:
            if self.on_done is not None:
                self.on_done(future.result())
            return
        if not isinstance(error, ZoomdeskError):
            _LOG.error("work in the background failed", exc_info=error)
            error = UnexpectedError(f"{type(error).__name__} in the background.")
        if self.on_error is not None:
            self.on_error(error)


class Bridge(QObject):
    """Own the worker threads and the way back from them."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="zoomdesk")
        self._closed = False
        self._tasks: set[Task] = set()
        self._slicing: set[QTimer] = set()
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)
        # A cyclic collection on a worker would destroy widgets there: Qt forbids that, and it
        # crashes. Only the GUI thread collects.
        self._collector_was_on = gc.isenabled()
        gc.disable()
        self._collector = QTimer(self, interval=_COLLECT_EVERY_MS)
        self._collector.timeout.connect(self._collect)
        self._collector.start()

    def run(
        self,
        work: Callable[[], _T],
        on_done: Callable[[_T], None] | None = None,
        on_error: Callable[[ZoomdeskError], None] | None = None,
    ) -> Task:
        """Run ``work`` on a worker; call ``on_done`` or ``on_error`` on the GUI thread."""
        task = Task(on_done, on_error)
        if self._closed:
            task.dismissed = True
            return task
        self._tasks.add(task)
        task.future = self._pool.submit(work)
        task.future.add_done_callback(lambda _: self.post(lambda: self._finish(task)))
        return task

    def run_last(self, work: Callable[[], None]) -> None:
        """Run ``work`` once everything that is under way now has ended: it takes things away."""
        # All of these are ahead of it in the pool's queue: it can keep none of them from running.
        before = [task.future for task in self._tasks if task.future is not None]

        def after_all() -> None:
            wait(before)
            work()

        self.run(after_all)

    def post(self, call: Callable[[], None]) -> None:
        """Have ``call`` run on the GUI thread soon. Any thread may ask."""
        if not self._closed:
            self._posted.emit(call)

    def slices(
        self, work: Generator[None, None, _T], on_done: Callable[[_T], None]
    ) -> Callable[[], None]:
        """Drive ``work`` on the GUI thread, a few milliseconds at a time; return what stops it."""
        timer = QTimer(self, interval=0)

        def stop() -> None:
            if timer in self._slicing:
                self._slicing.discard(timer)
                timer.stop()
                timer.deleteLater()

        def step() -> None:
            until = time.perf_counter() + _SLICE_SECONDS
            try:
                while time.perf_counter() < until:
                    next(work)
            except StopIteration as end:
                stop()
                on_done(end.value)
            except BaseException:
                stop()  # nothing comes of work that has broken
                raise

        self._slicing.add(timer)
        timer.timeout.connect(step)
        timer.start()
        return stop

    @property
    def busy(self) -> bool:
        """Whether work is under way or its result not yet delivered."""
        return bool(self._tasks)

    def close(self) -> None:
        """Wait for the workers and drop their results."""
        if self._closed:
            return
        self._closed = True
        for task in tuple(self._tasks):
            task.dismiss()
        self._tasks.clear()
        for timer in self._slicing:
            timer.stop()
        self._slicing.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._collector.stop()
        if self._collector_was_on:
            gc.enable()

    def _finish(self, task: Task) -> None:
        self._tasks.discard(task)
        task.deliver()

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    @Slot()
    def _collect(self) -> None:
        # The young generations alone: a full collection over a million rows would be felt.
        gc.collect(1)
