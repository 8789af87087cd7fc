"""Hold, stop and watch a run from the terminal.

Ctrl+C ends it after the calls that are under way. Ctrl+Z holds it after them and then suspends the
program, as shells expect; ``fg`` lets it go on. A suspended program answers nobody: a call that was
on the wire would be in doubt, so none may be.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from datetime import datetime
from types import FrameType

from zoomdesk.cli.output import Output, count
from zoomdesk.errors import DailyLimitReached
from zoomdesk.registration import tomorrow
from zoomdesk.registration.events import Finished, Progress, RunEvent
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.report import RunReport
from zoomdesk.zoom.cancel import Cancelled, CancelToken

_CAN_SUSPEND = hasattr(signal, "SIGTSTP")


class Steering:
    """Give a run what stops and holds it, and show how far it is."""

    def __init__(self, output: Output) -> None:
        self.cancel = CancelToken()
        self.pause = PauseSwitch()
        self._output = output

    def show(self, event: RunEvent) -> None:
        """Show an event of the run; suspend the program once a run that is held is at rest."""
        if isinstance(event, Progress):
            self._output.progress(in_words(event), last=event.done >= event.total)
            if event.paused and not event.in_flight:
                self._suspend()
        elif isinstance(event, Finished):
            self._output.end_progress()

    def _suspend(self) -> None:
        if self.pause.paused and _CAN_SUSPEND:
            self._output.say("Held. Nothing is under way; go on with: fg")
            os.kill(os.getpid(), signal.SIGSTOP)
            self.pause.go_on()

    def on_stop(self, _number: int, _frame: FrameType | None) -> None:
        """End the run after the calls that are under way; a second Ctrl+C ends at once."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.cancel.cancel()
        self._output.say("Stopping after the calls under way. Ctrl+C again ends at once.")

    def on_hold(self, _number: int, _frame: FrameType | None) -> None:
        """Hold the run after the calls that are under way; a second Ctrl+Z suspends at once."""
        if self.pause.paused:
            self._suspend()
        else:
            self.pause.pause()
            self._output.say("Holding after the calls under way. Ctrl+Z again suspends at once.")


@contextlib.contextmanager
def steered(output: Output) -> Iterator[Steering]:
    """Let Ctrl+C and Ctrl+Z steer what goes on inside; they do as before afterwards."""
    steering = Steering(output)
    handlers = {signal.SIGINT: steering.on_stop}
    if _CAN_SUSPEND:
        handlers[signal.SIGTSTP] = steering.on_hold
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield steering
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def carry_on(
    first: Callable[[], RunReport],
    again: Callable[[], RunReport],
    keep: Callable[[RunReport], None],
    steering: Steering,
    clock: Callable[[], datetime],
    output: Output,
) -> RunReport:
    """Run ``first``; where Zoom's limit for the day stops it, wait for the next day and ``again``.

    ``keep`` takes what was done before each wait. Somebody who stops the waiting gets the report of
    the run as it stopped. Raises what ``first`` and ``again`` raise.
    """
    attempt = first
    while True:
        report, stopped = None, None
        try:
            report = attempt()
            stopped = report.stopped
        except DailyLimitReached as error:  # met while the event was read, before any call
            stopped = error
        at = tomorrow.again_at(stopped, clock())
        if at is None or steering.cancel.cancelled:
            return _report_or_raise(report, stopped)
        if report is not None:
            keep(report)
        try:
            _wait(at, steering, clock, output)
        except Cancelled:
            return _report_or_raise(report, stopped)
        attempt = again


def _wait(at: datetime, steering: Steering, clock: Callable[[], datetime], output: Output) -> None:
    output.say(
        f"Zoom’s limit for today is used up. Going on at {tomorrow.in_words(at)}; Ctrl+C stops."
    )

    def tell(left: float) -> None:
        output.progress(f"Waiting for Zoom’s new day: {duration(left)} left")

    tomorrow.wait_until(at, steering.cancel, clock, tell)
    output.end_progress()


def _report_or_raise(report: RunReport | None, error: Exception | None) -> RunReport:
    if report is not None:
        return report
    raise error or RuntimeError("no report and no error")


def in_words(told: Progress) -> str:
    """Say how far a run is: ``60 of 270 · 3 calls under way · about 4 s left``."""
    parts = [f"{told.done:,} of {told.total:,}"]
    if told.in_flight:
        parts.append(f"{count(told.in_flight, 'call', 'calls')} under way")
    if told.paused:
        parts.append("held")
    elif told.waiting_for:
        parts.append(f"waiting for {told.waiting_for}")
    if told.seconds_left is not None and told.done < told.total and not told.paused:
        parts.append(f"about {max(1, round(told.seconds_left))} s left")
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """Return a length of time as people say it: ``2 h 5 min``, ``4 min``, ``12 s``."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
